"""What stands in the source list: the built-in lists, smart sources, tags, folders that fold, and sources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.model import Counts, Query, Scope, SmartSource, Source, SourceKind, Tag
from newsreader.query import Name, Named, written
from newsreader.text import relative_time
from newsreader.ui.signs import NO_SIGN, Sign
from newsreader.ui.words import sources as words
from newsreader.ui.words.sources import ALL_BY_ESC, pauses
from newsreader.ui.words.stories import THIS_STORY, TOP_STORIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from newsreader.ui.keymap import Keymap

LISTS: Final = (
    (Scope.UNREAD, words.UNREAD),
    (Scope.ALL, words.ALL),
    (Scope.TODAY, words.TODAY),
    (Scope.BEGUN, words.BEGUN),
    (Scope.LATER, words.LATER),
    (Scope.BOOKMARKS, words.BOOKMARKS),
)
TAGS_NAME: Final = words.TAG_LIST
HIDDEN_NAME: Final = words.HIDDEN
_TOP_AT: Final = 3  # below Today
_TAGS: Final = "\0tags"  # no folder is called so


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what choosing it lists (None for a gap), its name, its count, and what is to be said of it.

    `fold` is the sign of what folds. `figure` stands in place of a count that is not a plain number.
    """

    query: Query | None
    name: str = ""
    count: int = 0
    indent: int = 0
    fold: str = ""
    sign: Sign = NO_SIGN
    lively: bool = True
    figure: str = ""
    ticked: bool = False

    @property
    def shown_count(self) -> str:
        """The count as it stands at the end of the row."""
        return self.figure or (f"{self.count:,}" if self.count else "")

    def cells_since(self, before: Row) -> int | None:
        """How many cells at the end of the row are others than before; None where that may be all of them."""
        count = self.shown_count
        same = replace(before, count=self.count, figure=self.figure) == self and len(before.shown_count) == len(count)
        return len(count) + 1 if same else None


class Shelf(NamedTuple):
    """All that the source list shows, as it was read from the library."""

    counts: Counts = Counts(0, 0, 0, 0)
    sources: tuple[Source, ...] = ()
    smart: tuple[SmartSource, ...] = ()
    tags: tuple[Tag, ...] = ()

    def smart_source(self, query: Query | None) -> SmartSource | None:
        """The smart source that a query lists."""
        return next((each for each in self.smart if query and each.id == query.smart_id), None)

    def has(self, query: Query) -> bool:
        """Whether the source, smart source, folder or tag of a query is in the library."""
        match query.scope:
            case Scope.SOURCE:
                return any(each.id == query.source_id for each in self.sources)
            case Scope.SMART:
                return any(each.id == query.smart_id for each in self.smart)
            case Scope.FOLDER:
                return query.folder in folders_of(self)
            case Scope.TAG:
                return query.tag is None or query.tag in {tag.name for tag in self.tags}
        return True


class Sorting(StrEnum):
    """In which order the sources stand."""

    HAND = "hand"
    NAME = "name"
    UNREAD = "unread"
    QUIET = "quiet"


class View(NamedTuple):
    """How the sources are looked at: their order, the tag that all shown have, those that are chosen for a command.

    `narrowed` are the only rows that are shown, in this order, while somebody looks for a name.
    `ranks` are the counts by which they were sorted: while news come in nothing changes its place.
    `listed` is what the list shows: it has its row, though there is nothing in it.
    """

    sorting: Sorting = Sorting.HAND
    tag: str | None = None
    ticked: frozenset[int] = frozenset()
    narrowed: tuple[Query, ...] | None = None
    ranks: Mapping[int, int] = MappingProxyType({})
    listed: Scope | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether only some sources are shown, or some are chosen: what escape ends."""
        return bool(self.ticked) or self.tag is not None

    def ranked(self, shelf: Shelf) -> View:
        """The same by the counts of now."""
        match self.sorting:
            case Sorting.UNREAD:
                return self._replace(ranks={source.id: source.unread for source in shelf.sources})
            case Sorting.QUIET:  # what is not known counts as posting all the time
                return self._replace(ranks={source.id: source.gap or 0 for source in shelf.sources})
        return self._replace(ranks={})

    def of(self, shelf: Shelf) -> Shelf:
        """What is shown of the shelf, in this order."""
        sources = shelf.sources
        if self.tag is not None:
            tag = self.tag.casefold()
            sources = tuple(each for each in sources if tag in map(str.casefold, each.tags))
            shelf = shelf._replace(sources=sources, smart=(), tags=())
        match self.sorting:
            case Sorting.HAND:
                return shelf
            case Sorting.NAME:
                order = sorted(sources, key=lambda each: ((each.folder or "").casefold(), each.title.casefold()))
            case Sorting.QUIET:
                order = sorted(sources, key=lambda each: -self.ranks.get(each.id, 0))
            case Sorting.UNREAD:
                most: dict[str | None, int] = {}
                for each in sources:
                    most[each.folder] = most.get(each.folder, 0) + self.ranks.get(each.id, 0)
                order = sorted(sources, key=lambda each: (-most[each.folder], -self.ranks.get(each.id, 0)))
        return shelf._replace(sources=tuple(order))


AS_IT_IS: Final = View()
"""All sources, in the person's own order."""


def fold_of(query: Query) -> str | None:
    """The name under which what is below this row folds away; None for a row that has nothing below it."""
    if query.scope is Scope.FOLDER:
        return query.folder
    return _TAGS if query.scope is Scope.TAG and query.tag is None else None


def fold_around(query: Query, shelf: Shelf) -> str | None:
    """The name of the fold in which this row stands; None for one that stands by itself."""
    match query.scope:
        case Scope.TAG if query.tag is not None:
            return _TAGS
        case Scope.SOURCE:
            return next((each.folder for each in shelf.sources if each.id == query.source_id), None)
        case Scope.SMART:
            return next((each.folder for each in shelf.smart if each.id == query.smart_id), None)
    return None


def head_of(fold: str) -> Query:
    """The row under which a fold folds away."""
    return Query(Scope.TAG) if fold == _TAGS else Query(Scope.FOLDER, folder=fold)


def no_sign(source: Source) -> Sign:
    """Nothing to be said of a source."""
    del source
    return NO_SIGN


def source_rows(
    shelf: Shelf,
    folded: frozenset[str],
    signs: Callable[[Source], Sign] = no_sign,
    mend: str = "e",
    view: View = AS_IT_IS,
    *,
    compact: bool = False,
    alone: str = "",
) -> tuple[Row, ...]:
    """The rows for a library: built-in lists, smart sources, tags, loose sources, folders, saved pages, handbook.

    `signs` gives what is to be said of a source, `mend` is the key that leads to what mends a smart source. In a
    `compact` list nothing stands between them, and beside a source in trouble only the key that tells more. Where there
    is no source yet, `alone` stands in their place.
    """
    if view.narrowed is not None:
        return _narrowed_rows(shelf, view.narrowed, signs, mend)
    shelf = view.of(shelf)
    blocks = (
        _list_rows(shelf.counts, view.listed),
        [*_smart_rows(shelf.smart, None, mend), *_tag_rows(shelf.tags, folded)],
        [_source_row(each, 0, signs(each)) for each in _feeds(shelf) if each.folder is None],
        [Row(None, alone)] if alone and not _feeds(shelf) else [],
        *(_folder_rows(name, shelf, folded, signs, mend) for name in folders_of(shelf)),
        [_source_row(each, 0, signs(each)) for each in shelf.sources if each.kind is not SourceKind.FEED],
    )
    rows: list[Row] = []
    for block in blocks:
        if block:
            rows += [Row(None), *block] if rows and not compact else block
        if view.tag is not None and block is blocks[0]:
            rows += [Row(None), _tag_row(shelf, view.tag)]
    rows = [_in_one_line(row) for row in rows] if compact else rows
    return tuple(_with_ticks(rows, view.ticked) if view.ticked else rows)


def tag_query(tag: str) -> Query:
    """What lists the articles of all sources with a tag, and those that have it themselves."""
    return Query(Scope.ALL, text=written(Named(Name.TAG, tag)))


def _tag_row(shelf: Shelf, tag: str) -> Row:
    """The row over the sources while only those with a tag are shown: all of their articles."""
    unread = sum(source.unread for source in shelf.sources)
    return Row(tag_query(tag), f"#{tag}", unread, fold=" ", sign=Sign(note=ALL_BY_ESC), lively=unread > 0)


def _narrowed_rows(
    shelf: Shelf, narrowed: tuple[Query, ...], signs: Callable[[Source], Sign], mend: str
) -> tuple[Row, ...]:
    """The rows of these only, in their order, each by itself."""
    ids, folders = ({getattr(query, name) for query in narrowed} - {None} for name in ("source_id", "folder"))
    near = tuple(source for source in shelf.sources if source.id in ids or source.folder in folders)
    rows = source_rows(shelf._replace(sources=near), frozenset(), signs, mend, compact=True)
    known = {row.query: _by_itself(row, row.query) for row in rows if row.query is not None}
    return tuple(known[query] for query in narrowed if query in known)


def _by_itself(row: Row, query: Query) -> Row:
    """A row without those around it: its sign tells a folder, its name a tag."""
    name = f"#{row.name}" if query.scope is Scope.TAG and query.tag is not None else row.name
    return replace(row, name=name, indent=0, fold="▸" if row.fold else "")


def _in_one_line(row: Row) -> Row:
    """The row without the reason on a line below it."""
    if not row.sign.reason:
        return row
    return replace(row, sign=row.sign._replace(reason="", note=row.sign.note or row.sign.key))


def _with_ticks(rows: list[Row], ticked: frozenset[int]) -> Iterator[Row]:
    for row in rows:
        chosen = row.query is not None and row.query.source_id in ticked
        yield replace(row, ticked=True) if chosen else row


def title_of(query: Query, shelf: Shelf, tag: str | None = None) -> str:
    """What the head of the list calls a query; `tag` is the one by which the sources are filtered."""
    if tag is not None and query == tag_query(tag):
        return f"#{tag}"
    match query.scope:
        case Scope.SOURCE:
            name = next((each.title or each.url for each in shelf.sources if each.id == query.source_id), "")
        case Scope.SMART:
            name = next((each.title for each in shelf.smart if each.id == query.smart_id), "")
        case Scope.TAG:
            name = f"#{query.tag}" if query.tag is not None else TAGS_NAME
        case Scope.HIDDEN:
            name = HIDDEN_NAME
        case Scope.TOP:
            name = TOP_STORIES
        case Scope.STORY:
            name = THIS_STORY
        case _:
            name = query.folder or dict(LISTS).get(query.scope, "")
    return f"“{query.text}” in {name}" if query.text else name


def trouble_of(query: Query, shelf: Shelf, now: float, keymap: Keymap) -> str:
    """What is wrong with what is listed, whole: the source list has room for its beginning only."""
    if query.scope is Scope.SMART:
        return next((each.mistake or "" for each in shelf.smart if each.id == query.smart_id), "")
    source = next((each for each in shelf.sources if query.scope is Scope.SOURCE and each.id == query.source_id), None)
    if source is not None and source.paused is not None:
        return pauses(relative_time(source.paused, int(now)), keymap.key_of("pause_source"))
    return source.error or "" if source is not None else ""


def folders_of(shelf: Shelf) -> tuple[str, ...]:
    """The folders there are: in the order of the sources in them, then those of smart sources alone."""
    named = (*(each.folder for each in _feeds(shelf)), *(each.folder for each in shelf.smart))
    return tuple(dict.fromkeys(folder for folder in named if folder is not None))


def _feeds(shelf: Shelf) -> list[Source]:
    return [source for source in shelf.sources if source.kind is SourceKind.FEED]


def _list_rows(counts: Counts, listed: Scope | None) -> list[Row]:
    numbers = {
        Scope.UNREAD: counts.unread,
        Scope.ALL: counts.all,
        Scope.TODAY: counts.today,
        Scope.BEGUN: counts.begun,
        Scope.LATER: counts.later,
        Scope.BOOKMARKS: counts.bookmarks,
    }
    rows = [Row(Query(scope), name, numbers[scope]) for scope, name in LISTS]
    if counts.top is not None or listed is Scope.TOP:
        rows.insert(_TOP_AT, Row(Query(Scope.TOP), TOP_STORIES, counts.top or 0, lively=bool(counts.top)))
    hidden = Row(Query(Scope.HIDDEN), HIDDEN_NAME, counts.hidden, lively=False)
    return [*rows, hidden] if counts.hidden or listed is Scope.HIDDEN else rows


def _tag_rows(tags: tuple[Tag, ...], folded: frozenset[str]) -> Iterator[Row]:
    if not tags:
        return
    is_folded = _TAGS in folded
    yield Row(Query(Scope.TAG), TAGS_NAME, fold="▸" if is_folded else "▾")
    if not is_folded:
        by_name = sorted(tags, key=lambda tag: tag.name.casefold())
        yield from (Row(Query(Scope.TAG, tag=tag.name), tag.name, tag.articles, 2) for tag in by_name)


def _smart_rows(smart: tuple[SmartSource, ...], folder: str | None, mend: str) -> Iterator[Row]:
    """The smart sources of a folder; in the count that shows, as at a source, what is unread."""
    for each in smart:
        if each.folder == folder:
            query = Query(Scope.SMART, smart_id=each.id)
            sign = Sign(reason=each.mistake.removesuffix("."), key=mend, loud=True) if each.mistake else NO_SIGN
            indent = 0 if folder is None else 2
            yield Row(query, each.title, 0, indent, sign=sign, lively=each.unread != 0, figure=each.figure)


def _folder_rows(
    folder: str, shelf: Shelf, folded: frozenset[str], signs: Callable[[Source], Sign], mend: str
) -> list[Row]:
    inside = [source for source in _feeds(shelf) if source.folder == folder]
    unread = sum(source.unread for source in inside)
    below = [*_smart_rows(shelf.smart, folder, mend), *(_source_row(source, 2, signs(source)) for source in inside)]
    is_folded = folder in folded
    loud = is_folded and any(row.sign.loud for row in below)
    query = Query(Scope.FOLDER, folder=folder)
    head = Row(query, folder, unread, fold="▸" if is_folded else "▾", sign=Sign(loud=loud), lively=unread > 0)
    return [head] if is_folded else [head, *below]


def _source_row(source: Source, indent: int, sign: Sign) -> Row:
    name = source.title or source.url
    query = Query(Scope.SOURCE, source_id=source.id)
    return Row(query, name, source.unread, indent, sign=sign, lively=source.unread > 0 and source.paused is None)
