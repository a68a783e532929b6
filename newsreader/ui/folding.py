"""Rows that stand for several articles: a burst of one source within a day, and a story that several sources tell.

The first of them in the list leads: its row says what is folded behind it. The roll of the list keeps all articles in
their order, so whatever is done to the whole list is done to what is folded too; this only says where each is shown,
for the newest FOLDED_MOST: what lies further down a list of a million stands by itself, and costs nothing.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.bounds import BURST, FOLDED_MOST
from newsreader.model import Query, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from newsreader.model import Origin, Teller
    from newsreader.ui.roll import Roll

_QUARTER: Final = 900  # seconds
_FOLDED: Final = frozenset({Scope.UNREAD, Scope.ALL, Scope.TODAY, Scope.FOLDER})


class Wanted(NamedTuple):
    """What is folded: the stories of several sources, the bursts of one."""

    stories: bool = False
    bursts: bool = False

    def of(self, query: Query) -> bool:
        """Whether anything is folded in a list: one of several sources, in which nothing is searched for."""
        return (self.stories or self.bursts) and query.scope in _FOLDED and not query.text


_ALL_STANDS: Final = Wanted()


class Known(NamedTuple):
    """What has to be known of articles to fold them: of which source and story each is, and who told a story first."""

    origins: Mapping[int, Origin]
    firsts: Mapping[int, Teller]

    def joined(self, other: Known) -> Known:
        """This and more."""
        return Known({**self.origins, **other.origins}, {**self.firsts, **other.firsts})


NOTHING_KNOWN: Final = Known({}, {})


class Fold(NamedTuple):
    """What one row stands for, beside its own article; `first` told the story first, and is None of a burst."""

    members: tuple[int, ...]
    first: Teller | None


class Folding:
    """Where the articles of a roll are shown. Places are counted in the roll, spots among the rows of articles."""

    def __init__(
        self,
        roll: Roll,
        known: Known = NOTHING_KNOWN,
        wanted: Wanted = _ALL_STANDS,
        opened: frozenset[int] = frozenset(),
        day_of: Callable[[int], object] = lambda moment: moment // 86_400,
    ) -> None:
        self._roll = roll
        self.taken = len(roll)  # the roll may grow
        self.folds: dict[int, Fold] = {}
        self.opened = opened
        self._leader: dict[int, int] = {}
        self._order = array("I")  # the places that are shown one after the other, of the first `_reach`
        self._heads = array("I")  # those of them that lead or stand by themselves
        self._spots: dict[int, int] = {}
        self._reach = 0
        if known.origins and any(wanted):
            self._fold(known, wanted, day_of)

    def __len__(self) -> int:
        return self.taken - self._reach + len(self._order)

    def place(self, spot: int) -> int:
        """Where the article at a spot stands in the roll."""
        return self._order[spot] if spot < len(self._order) else spot - len(self._order) + self._reach

    def spot(self, place: int) -> int:
        """Where an article of the roll is shown: one that is folded away, where its leader is."""
        return place - self._reach + len(self._order) if place >= self._reach else self._spots[place]

    def first_spot(self, place: int) -> int:
        """The first spot of what stands by itself from a place on: where a heading goes that stands above it."""
        if place >= self._reach:
            return self.spot(place)
        at = bisect_left(self._heads, place)
        return self._spots[self._heads[at]] if at < len(self._heads) else len(self._order)

    def leader(self, article: int) -> int | None:
        """The article behind whose row, or below it, this one stands; itself where it leads others."""
        return article if article in self.folds else self._leader.get(article)

    def behind(self, article: int) -> tuple[int, ...]:
        """The articles that are folded away behind one."""
        fold = self.folds.get(article)
        return fold.members if fold is not None and article not in self.opened else ()

    def hidden(self) -> frozenset[int]:
        """All that is folded away."""
        return frozenset(each for leader in self.folds.keys() - self.opened for each in self.folds[leader].members)

    def _fold(self, known: Known, wanted: Wanted, day_of: Callable[[int], object]) -> None:
        self._reach = min(self.taken, FOLDED_MOST)
        ids = self._roll[: self._reach]
        if wanted.stories:
            self._fold_stories(ids, known)
        if wanted.bursts:
            self._fold_bursts(ids, known, day_of)
        self._leader = {member: leader for leader, fold in self.folds.items() for member in fold.members}
        places = {article: place for place, article in enumerate(ids)}
        self._heads.extend(place for place, article in enumerate(ids) if article not in self._leader)
        for place in self._heads:
            self._show(place)
            fold = self.folds.get(ids[place])
            if fold is not None and ids[place] in self.opened:
                for member in fold.members:
                    self._show(places[member])
            elif fold is not None:
                self._spots |= dict.fromkeys((places[member] for member in fold.members), self._spots[place])

    def _show(self, place: int) -> None:
        self._spots[place] = len(self._order)
        self._order.append(place)

    def _fold_stories(self, ids: Sequence[int], known: Known) -> None:
        stories: dict[int, list[int]] = {}
        for article in ids:
            origin = known.origins.get(article)
            if origin is not None and origin.story is not None:
                stories.setdefault(origin.story, []).append(article)
        for story, (leader, *members) in stories.items():
            if members:
                self.folds[leader] = Fold(tuple(members), known.firsts.get(story))

    def _fold_bursts(self, ids: Sequence[int], known: Known, day_of: Callable[[int], object]) -> None:
        days: dict[int, object] = {}  # by the quarter of an hour, of which no day anywhere has a part
        of_stories = {each for leader, fold in self.folds.items() for each in (leader, *fold.members)}

        def run(place: int) -> tuple[int, object] | None:
            origin = known.origins.get(ids[place])
            if origin is None or ids[place] in of_stories:
                return None
            moment = self._roll.time_at(place)
            quarter = moment // _QUARTER
            if quarter not in days:
                days[quarter] = day_of(moment)
            return origin.source, days[quarter]

        for of_one, places in groupby(range(len(ids)), key=run):
            leader, *members = (ids[place] for place in places)
            if of_one is not None and len(members) >= BURST:
                self.folds[leader] = Fold(tuple(members), None)
