"""Rules: what is done to articles as they come in, and what that did."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Deed(StrEnum):
    """What a rule does to the articles that its query asks for."""

    HIDE = "hide"  # out of all lists and counts; never deleted
    READ = "read"
    TAG = "tag"  # with a tag
    BOOKMARK = "bookmark"
    FULL_TEXT = "full text"
    NOTIFY = "notify"


class Rule(NamedTuple):
    """A rule: its name, the articles that it is for (query text), its deed, and the tag of one that tags.

    `hits` counts the articles to which it was done, `hidden` those that it hides now.
    """

    id: int
    title: str
    query: str
    deed: Deed
    argument: str | None = None
    paused: bool = False
    added_at: int = 0
    hits: int = 0
    hidden: int = 0

    @property
    def does(self) -> str:
        """Its deed in words: "hide", "tag ferries"."""
        return f"{self.deed} {self.argument}" if self.argument else str(self.deed)


class Reason(NamedTuple):
    """What a rule did to an article, and when; `hides` says that it is the one that hides it now."""

    rule: Rule
    at: int
    hides: bool


class Rehearsal(NamedTuple):
    """What a rule would have done to the articles of the last days: to `matched` of `total`, newest first.

    `spared` are those among them that a hiding rule leaves alone, for the person opened or kept them.
    """

    total: int = 0
    matched: tuple[int, ...] = ()
    spared: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Notice:
    """Articles of which a rule is to tell the person: the rule's name, how many, and the title of the newest."""

    rule: str
    count: int
    title: str
