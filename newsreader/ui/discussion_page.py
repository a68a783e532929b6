"""A discussion as the reader pane shows it: a value, and who answers whom in it. Pure."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newsreader.model.talk import Comment, Discussion

_NONE: Final[Mapping[str, int]] = MappingProxyType({})


class Thread(NamedTuple):
    """The comments of an article in its place.

    `discussion` is None while none is here. `notices` are sentences of ours under the head: why there are none, or
    none newer; `link` is an address that goes with them. Comments are named by their keys: those of `folded` are a
    line each, with all that answers them; of those in `bare` the answers are folded away only. `fresh` came since the
    person looked last. `numbers` are the comments', the same as long as the person stays, however many come between
    them; none is 0. `author` wrote the article. `fetching` says that they are being fetched, `asking` from which host.
    """

    discussion: Discussion | None = None
    numbers: Mapping[str, int] = _NONE
    fetching: bool = False
    asking: str = ""
    notices: tuple[str, ...] = ()
    link: str | None = None
    folded: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    fresh: frozenset[str] = frozenset()
    author: str = ""

    @property
    def comments(self) -> tuple[Comment, ...]:
        """The comments that are here."""
        return self.discussion.comments if self.discussion is not None else ()


class Tree:
    """Who answers whom: comments are known by their places in the list."""

    __slots__ = ("depths", "ends", "parents")

    def __init__(self, comments: Sequence[Comment]) -> None:
        self.parents: list[int] = []
        """What each one answers, -1 for the article."""
        self.depths: list[int] = []
        """How many comments stand above each."""
        self.ends = [len(comments)] * len(comments)
        """The place after the last one that answers it, or an answer to it."""
        above: list[int] = []
        for place, comment in enumerate(comments):
            while above and comments[above[-1]].depth >= comment.depth:
                self.ends[above.pop()] = place
            self.parents.append(above[-1] if above else -1)
            self.depths.append(len(above))
            above.append(place)

    def answers(self, place: int) -> int:
        """How many comments answer it, or answers to it."""
        return self.ends[place] - place - 1

    def above(self, place: int) -> Iterator[int]:
        """What it answers, what that answers, and so on up to what answers the article."""
        while (place := self.parents[place]) >= 0:
            yield place

    def root(self, place: int) -> int:
        """The comment on the article that all this answers."""
        return min(self.above(place), default=place)

    def beside(self, place: int, step: int) -> int | None:
        """The next comment of the same level (step 1) or the one before (step -1); at the last, one level higher."""
        if step > 0:
            return self.ends[place] if self.ends[place] < len(self.ends) else None
        before = place - 1
        while before >= 0 and self.depths[before] > self.depths[place]:
            before = self.parents[before]
        return before if before >= 0 else None

    def shown(self, folded: frozenset[int]) -> list[int]:
        """The comments of which none above is folded."""
        found, place = [], 0
        while place < len(self.ends):
            found.append(place)
            place = self.ends[place] if place in folded else place + 1
        return found
