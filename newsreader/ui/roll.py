"""The articles of a list in their order, packed: a million of them take 8 MB and are found by bisection."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, overload

from newsreader.model import NEWEST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from newsreader.model import ArticleHead, Listing
    from newsreader.ui.grouping import Groups


class Roll:
    """The ids of a list, by falling sort time and falling id. It grows at its end; all else gives another roll."""

    __slots__ = ("_ids", "_moments", "groups", "not_indexed", "order")

    def __init__(
        self,
        ids: Iterable[int],
        moments: Iterable[int],
        order: str = NEWEST,
        not_indexed: int = 0,
        groups: Groups | None = None,
    ) -> None:
        self._ids = _packed(ids)
        self._moments = _packed(moments)
        self.order = order
        self.not_indexed = not_indexed
        self.groups = groups

    @classmethod
    def of(cls, listing: Listing, groups: Groups | None = None) -> Roll:
        """A roll of what the library gave; `groups` are those in whose order it is."""
        return cls(listing.ids, listing.sort_at, listing.order, listing.not_indexed, groups)

    def moment_of(self, head: ArticleHead) -> int:
        """The number by which an article has its place here."""
        return self.groups.key_of(head) if self.groups is not None else head.sort_at

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[int, ...]: ...
    def __getitem__(self, at: int | slice) -> int | tuple[int, ...]:
        return tuple(self._ids[at]) if isinstance(at, slice) else self._ids[at]

    def time_at(self, place: int) -> int:
        """The sort time of the article at a place, in a list that is in the order of times."""
        key = self._moments[place]
        return key if self.groups is None else self.groups.moment(key)

    @property
    def by_day(self) -> bool:
        """Whether the order is that of the moments of the articles."""
        return self.order == NEWEST

    @property
    def moments(self) -> Sequence[int]:
        """The sort times."""
        return self._moments

    def extend(self, further: Listing) -> None:
        """Take in what follows below."""
        self._ids = _joined(self._ids, further.ids)
        self._moments = _joined(self._moments, further.sort_at)

    def place_of(self, article: int, moment: int | None = None) -> int | None:
        """Where an article stands, None where it does not; quick where its sort time is given."""
        if moment is not None:
            at = _place(self._ids, self._moments, moment, article)
            if at < len(self._ids) and self._ids[at] == article:
                return at
        try:
            return self._ids.index(article)
        except ValueError:
            return None

    def has(self, article: int, moment: int) -> bool:
        """Whether an article with this sort time is here."""
        at = _place(self._ids, self._moments, moment, article)
        return at < len(self._ids) and self._ids[at] == article

    def with_more(self, others: Listing) -> Roll:
        """This and a few others, each in its place; what is here already stays as it is."""
        ids, moments = _copied(self._ids, others.ids), _copied(self._moments, others.sort_at)
        for article, moment in zip(others.ids, others.sort_at, strict=True):
            if not self.has(article, moment):
                at = _place(ids, moments, moment, article)
                ids.insert(at, article)
                moments.insert(at, moment)
        return Roll(ids, moments, self.order, others.not_indexed, self.groups)

    def without(self, gone: Collection[int]) -> Roll:
        """This without some articles."""
        left = [at for at, article in enumerate(self._ids) if article not in gone]
        ids, moments = ([column[at] for at in left] for column in (self._ids, self._moments))
        return Roll(ids, moments, self.order, self.not_indexed, self.groups)


def _packed(numbers: Iterable[int]) -> array[int]:
    """Numbers in four bytes each, or in eight where they are below zero or beyond the year 2106."""
    if isinstance(numbers, array):
        return numbers
    numbers = tuple(numbers)
    try:
        return array("I", numbers)
    except OverflowError:
        return array("q", numbers)


def _copied(packed: array[int], further: Sequence[int]) -> array[int]:
    """A copy into which these further numbers fit."""
    return array(max(packed.typecode, _packed(further).typecode), packed)


def _joined(packed: array[int], numbers: Sequence[int]) -> array[int]:
    further = _packed(numbers)
    if further.typecode != packed.typecode:
        return _packed((*packed, *numbers))
    packed.extend(further)
    return packed


def _place(ids: Sequence[int], moments: Sequence[int], moment: int, article: int) -> int:
    """The first place whose sort time and id are not above these."""
    return bisect_left(range(len(ids)), (-moment, -article), key=lambda at: (-moments[at], -ids[at]))
