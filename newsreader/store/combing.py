"""Combing: looking for what few articles have through all of `article`, in the order in which its rows lie.

That takes a sixth of the time that it takes in the order of lists. What is found is few, and put in order then.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from newsreader.model import Query
    from newsreader.store.connection import Connection
    from newsreader.store.search import Condition

_BLOCK: Final = 10_000  # ids in one statement: some 4 ms


class Comb:
    """One combing, as far as it came: the ids found so far, for a query, of which `condition` is what is combed for.

    It ends without an outcome where more than `most` are found: then they are met soon in the order of lists.
    """

    def __init__(self, query: Query, condition: Condition, last: int, most: int) -> None:
        self.query = query
        self.condition = condition
        self.last = last
        self.most = most
        self.ids: list[int] = []
        self.next = 0

    @property
    def done(self) -> bool:
        """Whether all was looked through."""
        return self.next > self.last

    @property
    def fails(self) -> bool:
        """Whether there is too much of what is looked for."""
        return len(self.ids) > self.most

    def go_on(self, database: Connection, deadline: float) -> int:
        """Look through some more, a block at least; says through how many ids."""
        began = self.next
        while not self.done and not self.fails:
            self.ids += database.column(
                f"SELECT a.id FROM article a WHERE a.id BETWEEN ? AND ? AND {self.condition.sql}",
                (self.next, self.next + _BLOCK - 1, *self.condition.values),
            )
            self.next += _BLOCK
            if monotonic() >= deadline:
                break
        return self.next - began
