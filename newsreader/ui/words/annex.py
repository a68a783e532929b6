"""What stands under an article: its story, what is related, and where to go next."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, several

RELATED: Final = _("Related")
NOTE: Final = _("Your note")
HIGHLIGHTS: Final = _("Highlights")
READ: Final = _("read")
PASSAGE_GONE: Final = _("These words are not in the text that is shown.")
ADDS_NOTHING: Final = _("all of it is above")
COPY: Final = _("the same text")
HERE_ALREADY: Final = _("It is in the library already.")
NO_ADDRESS: Final = _("This article has no address of its own.")


def story(sources: int) -> str:
    """The heading of a story."""
    return several("This story · {count} source", "This story · {count} sources", sources).format(count=f"{sources:,}")


def first(source: str, age: str) -> str:
    """Who told of it first, and when."""
    return _("first: {source}, {age}").format(source=source, age=age)


def edits(key: str) -> str:
    """Say which key edits it."""
    return _("{key} edits it").format(key=key)


def reads(key: str) -> str:
    """Say which key reads them."""
    return _("{key} to read").format(key=key)


def comments(count: int | None, site: str) -> str:
    """The line about the comments: how many there are, where that is known, and where."""
    if count is None:
        return _("Comments on {site}").format(site=site)
    if not count:
        return _("No comments yet on {site}").format(site=site)
    return _("Comments · {count} on {site}").format(count=f"{count:,}", site=site)


def next_unread(key: str) -> str:
    """What stands over the next unread article."""
    return _("Next unread · {key}").format(key=key)


def nothing_after(go_all: str, refresh: str) -> str:
    """Say that nothing unread follows, and what could be done."""
    return _("Nothing unread after this. {all} shows everything, {refresh} looks for more.").format(
        all=go_all, refresh=refresh
    )


def nothing_here(go_unread: str) -> str:
    """Say that nothing unread follows in this list."""
    return _("Nothing unread after this in the list. {unread} goes to what is unread elsewhere.").format(
        unread=go_unread
    )


def on_article(open_key: str, unfold: str) -> str:
    """What keys do with the article under the article that is chosen."""
    return _("{open} reads it here · {unfold} shows how it begins").format(open=open_key, unfold=unfold)


def on_adding(open_key: str, unfold: str) -> str:
    """What keys do with an article that adds something to the one above."""
    return _("{open} reads it here · {unfold} shows what it adds").format(open=open_key, unfold=unfold)


def added(paragraphs: int) -> str:
    """Say how much of an article is not in the one above."""
    return several("+ {count} paragraph not above", "+ {count} paragraphs not above", paragraphs).format(
        count=f"{paragraphs:,}"
    )


def added_in_short(paragraphs: int) -> str:
    """The same, where there is less room."""
    return several("+ {count} paragraph", "+ {count} paragraphs", paragraphs).format(count=f"{paragraphs:,}")


def more_added(paragraphs: int) -> str:
    """Say how many more there are."""
    return several("and {count} more paragraph", "and {count} more paragraphs", paragraphs).format(
        count=f"{paragraphs:,}"
    )


def on_part(open_key: str, *, folded: bool) -> str:
    """What a key does with the heading that is chosen."""
    return (_("{open} unfolds this part") if folded else _("{open} folds this part")).format(open=open_key)


def on_passage(open_key: str) -> str:
    """What a key does with the passage that is chosen."""
    return _("{open} goes to it in the text").format(open=open_key)


def on_category(open_key: str, name: str) -> str:
    """What a key does with the category that is chosen."""
    return _("{open} lists all under “{name}”").format(open=open_key, name=name)


def on_categories(open_key: str) -> str:
    """What a key does with the number of categories that have no room."""
    return _("{open} shows the others").format(open=open_key)


def on_next(open_key: str) -> str:
    """What a key does with the next unread article."""
    return _("{open} reads it").format(open=open_key)


def on_comments(open_key: str) -> str:
    """What a key does with the line about comments."""
    return _("{open} reads them").format(open=open_key)
