"""A query as it is understood: a small tree of frozen nodes, and the text that says each of them.

Reading what `written` gives leads to the same tree again. Nodes are in one shape only: no All directly in an All, no
Any in an Any, no Not of a Not, and two parts at least in each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias


class Place(StrEnum):
    """Where words are looked for: in title, text and author, or in one of them."""

    ANYWHERE = ""
    TITLE = "title"
    AUTHOR = "author"


class Name(StrEnum):
    """What an article is found by besides its words: a part of the name is enough for some."""

    SOURCE = "source"
    FOLDER = "folder"
    TAG = "tag"
    CATEGORY = "category"
    LINK = "link"
    LANG = "lang"


class State(StrEnum):
    """What an article can be."""

    UNREAD = "unread"
    READ = "read"
    BOOKMARKED = "bookmarked"
    LATER = "later"
    EDITED = "edited"
    FULLTEXT = "fulltext"
    BEGUN = "begun"
    HIDDEN = "hidden"


class Thing(StrEnum):
    """What an article can have."""

    NOTE = "note"
    COMMENTS = "comments"
    ENCLOSURE = "enclosure"
    IMAGE = "image"
    HIGHLIGHT = "highlight"


class Order(StrEnum):
    """What comes first in a list."""

    NEWEST = "newest"
    OLDEST = "oldest"
    WORDS = "words"
    SHORTEST = "shortest"
    SOURCE = "source"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand beside each other, accents and case aside; `begun`: the last is the beginning of a word."""

    text: str
    begun: bool = False
    place: Place = Place.ANYWHERE


@dataclass(frozen=True, slots=True)
class Named:
    """An article of a source, folder, tag, category, address or language that is called so."""

    by: Name
    value: str


@dataclass(frozen=True, slots=True)
class Is:
    """An article in a state."""

    state: State


@dataclass(frozen=True, slots=True)
class Has:
    """An article that has something."""

    thing: Thing


@dataclass(frozen=True, slots=True)
class Length:
    """An article of so many words, both ends included; None where there is no end, but never at both."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An article of an event that so many sources tell of; one that is alone is told by one. None is no end."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """An article since a moment, or before it: `moment` as it is written ("2d", "2026-11-01"; see `query.moments`)."""

    moment: str
    before: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """What is not so."""

    part: Node


@dataclass(frozen=True, slots=True)
class All:
    """All of several."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One of several, or more."""

    parts: tuple[Node, ...]


Node: TypeAlias = Words | Named | Is | Has | Length | Told | Dated | Not | All | Any

_PLAIN: Final = re.compile(r'[^\s()"“”„:*-][^\s()"“”„:*]*')
_OPERATORS: Final = {"OR", "AND", "NOT"}


def inverse(node: Node) -> Node:
    """What is not so."""
    return node.part if isinstance(node, Not) else Not(node)


def named_in(node: Node | None) -> tuple[Named, ...]:
    """All names in a tree, in their order."""
    match node:
        case Named():
            return (node,)
        case Not(part):
            return named_in(part)
        case All(parts) | Any(parts):
            return tuple(named for part in parts for named in named_in(part))
        case _:
            return ()


def all_of(nodes: list[Node]) -> Node | None:
    """All of these, in the one shape; None for none."""
    return _joined(All, nodes)


def any_of(nodes: list[Node]) -> Node | None:
    """One of these, in the one shape; None for none."""
    return _joined(Any, nodes)


def _joined(kind: type[All | Any], nodes: list[Node]) -> Node | None:
    flat: list[Node] = []
    for node in nodes:
        flat += node.parts if isinstance(node, kind) else (node,)
    if len(flat) < 2:
        return flat[0] if flat else None
    return kind(tuple(flat))


def written(node: Node | None, order: Order = Order.NEWEST) -> str:
    """The text that says a query."""
    words = [] if node is None else [_said(node)]
    if order is not Order.NEWEST:
        words.append(f"sort:{order}")
    if len(words) > 1 and isinstance(node, Any):
        words[0] = f"({words[0]})"
    return " ".join(words)


def _said(node: Node) -> str:
    match node:
        case Words(text, begun, place):
            return f"{place}{':' if place else ''}{_quoted(text)}{'*' if begun else ''}"
        case Named(by, value):
            return f"{by}:{_quoted(value)}"
        case Is(state):
            return f"is:{state}"
        case Has(thing):
            return f"has:{thing}"
        case Length(least, most):
            return f"words:{_range(least, most)}"
        case Told(least, most):
            return f"story:{_range(least, most)}"
        case Dated(moment, before):
            return f"{'before' if before else 'since'}:{moment}"
        case Not(part):
            return f"-{_grouped(part)}"
        case All(parts):
            return " ".join(f"({_said(part)})" if isinstance(part, All) else _any_said(part) for part in parts)
        case Any(parts):
            return " OR ".join(_grouped(part) for part in parts)


def _any_said(part: Node) -> str:
    """A part of an All: OR binds tighter than standing beside each other, but a group is easier to read."""
    return f"({_said(part)})" if isinstance(part, Any) else _said(part)


def _grouped(part: Node) -> str:
    return f"({_said(part)})" if isinstance(part, All | Any) else _said(part)


def _range(least: int | None, most: int | None) -> str:
    if most is None:
        return f">{least - 1}" if least else ">=0"
    if least is None:
        return f"<{most + 1}"
    if least == most:
        return str(least)
    return f"{least}..{most}"


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text not in _OPERATORS else f'"{text}"'
