"""What stands under an article: its story, what is related, and where to go next."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, several

RELATED: Final = _("Related")
READ: Final = _("read")
COPY: Final = _("the same text")
HERE_ALREADY: Final = _("It is in the library already.")
NO_ADDRESS: Final = _("This article has no address of its own.")


def story(sources: int) -> str:
    """The heading of a story."""
    return several("This story · {count} source", "This story · {count} sources", sources).format(count=f"{sources:,}")


def first(source: str, age: str) -> str:
    """Who told of it first, and when."""
    return _("first: {source}, {age}").format(source=source, age=age)


def reads_here(open_key: str, unfold: str) -> str:
    """What keys do with the article under the article that is chosen."""
    return _("{open} reads it here · {unfold} shows how it begins").format(open=open_key, unfold=unfold)
