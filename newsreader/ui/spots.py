"""Everywhere one can go by a name: lists, smart sources, tags, folders, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.model import Query, Scope
from newsreader.text import one_line, truncate
from newsreader.ui.ranking import Ranking
from newsreader.ui.source_rows import HIDDEN_NAME, LISTS, folders_of
from newsreader.ui.words import commands as words
from newsreader.ui.words.stories import TOP_STORIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.ui.source_rows import Shelf

_SHOWN: Final = 40  # cells of a name in a sentence


class Spot(NamedTuple):
    """Somewhere to go: its name, what lists it, what can be said beside it (the folder that it is in)."""

    name: str
    query: Query
    aside: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """By what it is found: a tag with and without its sign."""
        return (self.name, self.name.removeprefix("#")) if self.query.scope is Scope.TAG else (self.name,)


def spots(shelf: Shelf) -> tuple[Spot, ...]:
    """All there are, in the order of the source list."""
    return tuple(_spots(shelf))


def _spots(shelf: Shelf) -> Iterator[Spot]:
    yield from (Spot(name, Query(scope)) for scope, name in LISTS)
    if shelf.counts.hidden:
        yield Spot(HIDDEN_NAME, Query(Scope.HIDDEN))
    if shelf.counts.top is not None:
        yield Spot(TOP_STORIES, Query(Scope.TOP))
    yield from (Spot(each.title, Query(Scope.SMART, smart_id=each.id), each.folder or "") for each in shelf.smart)
    by_name = sorted(shelf.tags, key=lambda tag: tag.name.casefold())
    yield from (Spot(f"#{tag.name}", Query(Scope.TAG, tag=tag.name)) for tag in by_name)
    yield from (Spot(name, Query(Scope.FOLDER, folder=name)) for name in folders_of(shelf))
    yield from (
        Spot(each.title or each.url, Query(Scope.SOURCE, source_id=each.id), each.folder or "")
        for each in shelf.sources
    )


def meant(shelf: Shelf, name: str, scope: Scope | None = None) -> Spot | str:
    """What is meant by a name, of one kind or any; where nothing is, a sentence about it."""
    known = Ranking((spot, spot.names) for spot in spots(shelf) if scope in {None, spot.query.scope})
    spot = known.meant(name)
    if spot is not None:
        return spot
    near = next(iter(known.best(name, 1)), None)
    return words.nowhere(truncate(one_line(name), _SHOWN), truncate(near.name, _SHOWN) if near else None)
