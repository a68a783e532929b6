"""What is said about comments."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, several

COMMENTS: Final = _("Comments")
FETCHING: Final = _("fetching…")
FETCHING_ANEW: Final = _("Fetching the comments anew…")
AUTHOR: Final = _("author")
SOMEONE: Final = _("someone")
GONE: Final = _("deleted")
NONE_YET: Final = _("No comments yet.")
SETTING: Final = _("Setting the comments…")
NO_ARTICLE: Final = _("There is no article here whose comments could be shown.")
NO_COMMENT: Final = _("There is no comment here.")
FIRST: Final = _("No comment stands before this one.")
LAST: Final = _("No comment follows.")
TOP_LEVEL: Final = _("This one answers the article.")
NO_ADDRESS: Final = _("No address is known of these comments.")
KNOWN: Final = _("It is known where these comments are.")


def asking(host: str) -> str:
    """Say who is being asked."""
    return _("asking {host}…").format(host=host)


def on_site(comments: int, site: str) -> str:
    """How many there are, and where."""
    return _("{count} on {site}").format(count=f"{comments:,}", site=site)


def new(comments: int) -> str:
    """How many came since they were last looked at."""
    return _("{count} new").format(count=f"{comments:,}")


def came(comments: int) -> str:
    """Say what fetching brought."""
    if not comments:
        return _("No new comments.")
    return several("{count} new comment.", "{count} new comments.", comments).format(count=f"{comments:,}")


def points(score: int) -> str:
    """What others gave a comment."""
    return several("{count} point", "{count} points", score).format(count=f"{score:,}")


def answers(folded: int) -> str:
    """How many answers to a comment are folded away."""
    return several("{count} answer", "{count} answers", folded).format(count=f"{folded:,}")


def missing(comments: int) -> str:
    """Say that not all of them are here."""
    return several(
        "{count} more stands there, and is not shown here.",
        "{count} more stand there, and are not shown here.",
        comments,
    ).format(count=f"{comments:,}")


def standing(number: int, shown: int) -> str:
    """Which of the comments is chosen."""
    return _("comment {number} of {count}").format(number=f"{number:,}", count=f"{shown:,}")


def opens_there(key: str) -> str:
    """Say which key opens the page of the comments."""
    return _("{key} opens it in the browser.").format(key=key)


def unknown(key: str, host: str) -> str:
    """Say that no address of comments is known, and what a key would do about it: tell an address to a host."""
    return _(
        "Nothing here tells where people talk about this article. {key} asks Hacker News, which tells the article's "
        "address to {host}."
    ).format(key=key, host=host)


NOWHERE: Final = _("Nothing tells where people talk about this article.")
NOT_FOUND: Final = _("Nobody talks about this article on Hacker News, as far as it knows.")


NO_ONE_TO_ASK: Final = _("There is nobody to ask about this article: it has no public address, or was asked about.")


def page_unread(why: str) -> str:
    """Say that the article's page, which might tell where the comments are, could not be read."""
    return _("Its page could not be looked through: {why}").format(why=why)


def not_fetched(why: str) -> str:
    """Say that the comments could not be fetched."""
    return _("Not fetched: {why}").format(why=why)


def not_fetched_anew(why: str) -> str:
    """Say that the comments that are here are those of before."""
    return _("Not fetched anew: {why}").format(why=why)


def not_shown(key: str) -> str:
    """Say that this is for comments, which are not shown now."""
    return _("No comments are shown here. {key} shows those of an article.").format(key=key)
