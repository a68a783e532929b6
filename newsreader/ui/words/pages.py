"""What is said about the article that is read, and its links."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, several

UNTITLED: Final = _("Untitled")
NOT_HERE: Final = _("The place that this link leads to is not in this article.")
NO_LINKS: Final = _("There are no links in this article.")
NO_ADDRESS: Final = _("This article has no address.")
IN_THIS_ARTICLE: Final = _("in this article")
LAST_PARAGRAPH: Final = _("This is the last paragraph.")
NO_HEADING: Final = _("No heading follows.")
NO_WAY_BACK: Final = _("There is no way back from here.")
NEVER_EDITED: Final = _("The publisher has not changed this article since it came.")
FIND: Final = _("Find in this article")

GONE: Final = _("This article is no longer in the library.")
NOTHING_GIVEN: Final = _("the worker gave none.")
SAYS_LESS: Final = _("The page says less than the feed, which is shown.")
SETTING: Final = _("Setting the page…")
NOTHING_TO_READ: Final = _("Nothing to read is here.")
FETCHING: Final = _("fetching…")
LATER: Final = _("later")
NOTED: Final = _("your note is below")

HANDBOOK_IS_WHOLE: Final = _("The handbook is whole as it stands.")
SAVED_IS_WHOLE: Final = _("A saved page has no other text than its own.")
NO_PAGE: Final = _("This article has no page of its own: what the feed gives is all there is.")
TEXT_IS_HERE: Final = _("The text of this page is here now.")

MALFORMED: Final = _("This link is not opened: its address is malformed.")
ONLY_WEB_AND_MAIL: Final = _("This link is not opened: only web and mail addresses are.")
MAIL_TO_NO_ONE: Final = _("This link is not opened: it names no one to write to.")
WOULD_ATTACH: Final = _("This link is not opened: it would attach a file of yours.")
NO_SITE: Final = _("This link is not opened: it names no site.")
BROWSER_UNREADABLE: Final = _("The browser setting cannot be read: a quotation mark is missing.")
NO_BROWSER: Final = _("No browser was found. Name one in config.toml (browser) or in $BROWSER.")

LINK_WAYS: Final = (
    (_("letters"), _("open")),
    (_("shift"), _("copy")),
    ("+", _("save")),
    ("esc", _("end")),
)
SAVING_WAYS: Final = ((_("letters"), _("save the page")), ("+", _("open")), ("esc", _("end")))
PASSAGE_WAYS: Final = (
    ("j k", _("sentence")),
    ("l h", _("extend")),
    ("⏎", _("light")),
    ("x", _("unlight")),
    ("esc", _("end")),
)
"""What keys do while letters stand on links, and while a passage is chosen."""


def goes_back(key: str) -> str:
    """Say which key goes back."""
    return _("{key} goes back.").format(key=key)


def opened(address: str) -> str:
    """Say what was opened."""
    return _("Opened {address}").format(address=address)


def copied(what: str) -> str:
    """Say what was copied."""
    return _("Copied {what}").format(what=what)


def words(count: int) -> str:
    """So many words."""
    return several("{count} word", "{count} words", count).format(count=f"{count:,}")


def none_in_sight(key: str, *, elsewhere: bool) -> str:
    """Say that there are no links in sight, and the key that lists those that are elsewhere in the article."""
    if not elsewhere:
        return _("There are no links in sight. The article has none.")
    return _("There are no links in sight. {key} lists all of the article.").format(key=key)


def no_room(characters: int) -> str:
    """Say that lines cannot be longer."""
    return _("There is room for {count} characters here, and not for more.").format(count=characters)


def measure(characters: int) -> str:
    """Say how long lines are now."""
    return _("{count} characters to a line.").format(count=characters)


def as_far(characters: int) -> str:
    """Say that lines cannot be shorter."""
    return _("{count} is as far as it goes.").format(count=characters)


def edit_shown(again: str, back: str, *, earlier: bool) -> str:
    """Say behind an edit which key shows the edit before, where there is one, and which the article."""
    if not earlier:
        return _("{back} shows the article.").format(back=back)
    return _("{again} shows the edit before, {back} shows the article.").format(again=again, back=back)


def what_changed(age: str) -> str:
    """The notice over an edit."""
    return _("What the publisher changed · {age}").format(age=age)


def no_full_text(why: str) -> str:
    """Say that there is no full text, and why."""
    return _("No full text: {why}").format(why=why)


def from_now_on(source: str, key: str, *, full_text: bool) -> str:
    """Say what is shown of a source from now on, and the key that changes it back."""
    said = _("The full text for {source} from now on. {key} changes back.")
    if not full_text:
        said = _("What the feed gives for {source} from now on. {key} changes back.")
    return said.format(source=source, key=key)


def hidden(rule: str) -> str:
    """Say by what an article is hidden: by a rule, or, where that is empty, by the person."""
    return _("hidden by the rule “{rule}”").format(rule=rule) if rule else _("hidden by you")


def edited(times: int, *, or_more: bool) -> str:
    """Say how often the publisher changed an article, as far as that is kept."""
    if times < 3:
        return ("", _("edited once"), _("edited twice"))[times]
    if or_more:
        return _("edited {count} times or more").format(count=times)
    return _("edited {count} times").format(count=times)


def by(author: str) -> str:
    """Say who wrote it."""
    return _("by {author}").format(author=author)


def not_found(looked_for: str) -> str:
    """Say that words are not in the article."""
    return _("“{words}” is not here").format(words=looked_for)


def match(number: int, count: str) -> str:
    """Say which of the places is gone to where words stand."""
    return _("{number} of {count}").format(number=f"{number:,}", count=count)


def mail_to(address: str) -> str:
    """A link that writes to someone."""
    return _("mail to {address}").format(address=address)


def not_started(command: str, why: str) -> str:
    """Say that the browser does not start."""
    return _("{command} could not be started: {why}.").format(command=command, why=why)


def no_such_browser(browser: str) -> str:
    """Say that the browser of the settings is not there."""
    return _("The browser of your settings was not found: {browser}.").format(browser=browser)


def links_here(count: int) -> str:
    """Say how many links an article has, where one beyond was asked for."""
    if not count:
        return _("There are no links in this article.")
    return several("There is {count} link in this article.", "There are {count} links in this article.", count).format(
        count=count
    )
