"""What the library is asked, and what it answers."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from newsreader.text import count_of


class Scope(StrEnum):
    """What a list of articles is taken from."""

    UNREAD = "unread"
    ALL = "all"
    TODAY = "today"
    TOP = "top"
    BEGUN = "begun"
    LATER = "later"
    BOOKMARKS = "bookmarks"
    TAG = "tag"
    SMART = "smart"
    HIDDEN = "hidden"
    SOURCE = "source"
    STORY = "story"
    FOLDER = "folder"


KEPT_SCOPES: Final = frozenset({Scope.LATER, Scope.BOOKMARKS, Scope.TAG})
"""What the person keeps for ever, and sees, also after its source was removed."""


class Query(NamedTuple):
    """A list of articles: a scope, and words to search for in it (query text, see `store.search`).

    `story_of` is any article of a story, for Scope.STORY.
    """

    scope: Scope = Scope.ALL
    source_id: int | None = None
    folder: str | None = None
    text: str = ""
    tag: str | None = None
    smart_id: int | None = None
    story_of: int | None = None


NEWEST: Final = "newest"
"""The order of nearly all lists, as their heads say it."""


class Listing(NamedTuple):
    """The answer to a Query: ids in the order of their falling `sort_at`, and how many articles wait for the index.

    `sort_at` are the moments of the articles where the `order` is NEWEST; else they are numbers for that order alone.
    """

    ids: tuple[int, ...]
    sort_at: tuple[int, ...]
    not_indexed: int = 0
    order: str = NEWEST


class Counts(NamedTuple):
    """What the built-in lists show: unread articles for Unread and Today, all articles for the others.

    Top is unread too, and None where no story is of several sources of late.
    A source's own counts stand on it. Removed sources count only for Bookmarks and Later: what is kept stays.
    """

    unread: int
    all: int
    today: int
    bookmarks: int
    begun: int = 0
    later: int = 0
    hidden: int = 0
    top: int | None = None


class Change(NamedTuple):
    """What became different in the library since a sequence number: the only thing that repaints (DESIGN `apply`).

    `everything` asks for a full re-read: the instance fell too far behind. `added` are the new ones among `articles`;
    `smart` are smart sources of which something is different, be it their counts; `indexed` are
    articles that are found by all of their words from now on, of which nothing else changed.
    """

    seq: int
    articles: frozenset[int] = frozenset()
    added: frozenset[int] = frozenset()
    sources: frozenset[int] = frozenset()
    everything: bool = False
    smart: frozenset[int] = frozenset()
    indexed: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything changed at all."""
        return bool(self.everything or self.articles or self.added or self.sources or self.smart or self.indexed)

    def joined(self, other: Change) -> Change:
        """Two changes as one, at the later sequence number."""
        return Change(
            max(self.seq, other.seq),
            self.articles | other.articles,
            self.added | other.added,
            self.sources | other.sources,
            everything=self.everything or other.everything,
            smart=self.smart | other.smart,
            indexed=self.indexed | other.indexed,
        )


class LibraryFacts(NamedTuple):
    """What `doctor` says of the library file; `size_bytes` counts its write-ahead log too."""

    articles: int
    sources: int
    size_bytes: int
    schema: int
    sqlite_version: str
    fts5: bool


class Undone(NamedTuple):
    """What an undo did so far: the action ("marked 143 articles read"), how many went back, how many were left.

    `unfinished` is the action where it is a large one and there is more to do (`Store.turn_on`).
    """

    action: str
    restored: int
    left: int
    change: Change
    unfinished: int | None = None


class Action(NamedTuple):
    """One action of the journal: which window did it and when, in words ("marked 143 articles read").

    `undone_at` says when it was taken back, and is None while it stands.
    """

    id: int
    window: str
    at: int
    words: str
    undone_at: int | None = None


class Restored(NamedTuple):
    """What came into the library with a backup; all numbers are of what was not there or not so before.

    `left_out` counts the sources of which something that is set was not taken over (see `Store.take_in`).
    """

    made_at: int = 0
    sources: int = 0
    articles: int = 0
    read: int = 0
    bookmarked: int = 0
    tagged: int = 0
    notes: int = 0
    highlights: int = 0
    smart_sources: int = 0
    rules: int = 0
    mended: int = 0
    left_out: int = 0
    settings: bytes | None = None

    @property
    def words(self) -> str:
        """What came, in words: "3 sources, 12 articles, 1 note"; empty where nothing did."""
        counted = (
            (self.sources, "source"),
            (self.articles, "article"),
            (self.bookmarked, "bookmark"),
            (self.tagged, "tag"),
            (self.notes, "note"),
            (self.highlights, "highlight"),
            (self.smart_sources, "smart source"),
            (self.rules, "rule"),
            (self.read, "read mark"),
            (self.mended, "text that was damaged", "texts that were damaged"),
        )
        return ", ".join(count_of(*each) for each in counted if each[0])
