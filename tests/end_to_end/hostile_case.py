"""One case of what a reader meets on the web, and what is to come of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Case:
    """One case: `served` is a whole answer, or the path of the hostile server that does it.

    `titles` (in any order) or `count` say which articles must come; `error` is a pattern that the reason on the source
    must match, and with it no article comes.
    """

    name: str
    served: bytes | str = field(repr=False)
    titles: tuple[str, ...] | None = None
    count: int = -1
    error: str = ""
    text: str = ""  # must stand in the text of its first article
    absent: str = ""  # must not stand there
    facts: dict[str, Any] = field(default_factory=dict)  # of its first article, as JSON has them
    slow: bool = False

    @property
    def expected(self) -> int:
        """How many articles it brings."""
        return 0 if self.error else len(self.titles) if self.titles is not None else self.count
