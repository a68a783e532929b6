"""What is said of what was done to articles and sources, and that it can be undone."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, undoes

BOOKMARKED: Final = _("Bookmarked: kept for ever.")
NOT_BOOKMARKED: Final = _("Bookmark taken away.")
WAITS: Final = _("It waits in Later.")
WAITS_NO_MORE: Final = _("Taken out of Later.")
READ: Final = _("Marked read.")
UNREAD: Final = _("Marked unread.")
HIDDEN: Final = _("Hidden; it goes with the list.")
KEPT_IS_NOT_HIDDEN: Final = _("What is kept is not hidden: its bookmark, its tags, its note would have to go first.")
ONLY_WEB_PAGES: Final = _("Only pages of the web can be saved.")
AN_EDIT: Final = _("Here stands what an edit changed. esc goes to the article, where passages are highlighted.")
COMMENTS: Final = _("Only an article can be highlighted, and not what is said of it.")
NO_TEXT: Final = _("There is no text here to highlight.")
NO_TAGS: Final = _("It has no tags now.")
UNLIT: Final = _("Highlight taken away.")


def undoable(sentence: str, undo: str) -> str:
    """Say behind what was done which key undoes it."""
    return f"{sentence} {undoes(undo)}"


def lit(passages: str) -> str:
    """Say that a passage was highlighted, and the key that lists them."""
    return _("Highlighted. {passages} lists the passages.").format(passages=passages)


def tagged(tags: str) -> str:
    """Say which tags an article has now."""
    return _("Tagged {tags}.").format(tags=tags)


def bookmarked_with(tags: str) -> str:
    """Say that an article was bookmarked, and with which tags."""
    return _("{bookmarked} {tags}.").format(bookmarked=BOOKMARKED, tags=tags) if tags else BOOKMARKED


def saving(address: str) -> str:
    """Say that a page is being saved."""
    return _("Saving {address}…").format(address=address)


def without_text(saved: str, problem: str) -> str:
    """Say that a page was saved without its text, and why."""
    return _("{saved}. No text yet: {problem}").format(saved=saved, problem=problem)


def nothing_lit(key: str) -> str:
    """Say that an article has no highlights, and the key that makes one."""
    return _("Nothing is highlighted in this article. {key} highlights a passage.").format(key=key)


def lit_elsewhere(key: str) -> str:
    """Say that a passage is in the other text of an article, and the key that shows that."""
    return _("This passage is not in the text that is shown. {key} shows the other one.").format(key=key)


def shown_again(rule: str) -> str:
    """Say that a hidden article is shown again, and which rule hid it, if one did."""
    if not rule:
        return _("Shown again.")
    return _("Shown again, for good: “{rule}” hid it.").format(rule=rule)


def saved(title: str, *, new: bool, source: str) -> str:
    """Say that a page was saved, or was here already: also as an article that a source brought."""
    if new:
        return _("Saved: {title}").format(title=title)
    if source:
        return _("Bookmarked, as {source} brought it: {title}").format(source=source, title=title)
    return _("Saved already: {title}").format(title=title)
