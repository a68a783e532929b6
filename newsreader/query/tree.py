"""A query as it is understood: a small tree of frozen nodes, and the text that says each of them.

Reading what `written` gives leads to the same tree again. Nodes are in one shape only: no All directly in an All, no
Any in an Any, no Not of a Not, and two parts at least in each.
"""

from __future__ import annotations

import re
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


class _Node:
    """What all nodes are: values with names that stay as they are, equal to those of their own kind alone.

    Each is written out below it: ten frozen dataclasses would take 3 ms of every start to be made.
    """

    __slots__ = ()
    __match_args__: tuple[str, ...] = ()

    def _set(self, *values: object) -> None:
        for name, value in zip(self.__match_args__, values, strict=True):
            object.__setattr__(self, name, value)

    def _values(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__match_args__)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} stays as it is")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), *self._values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self._values()))})"


class Words(_Node):
    """Words that stand beside each other, accents and case aside; `begun`: the last is the beginning of a word."""

    __slots__ = __match_args__ = ("text", "begun", "place")
    text: str
    begun: bool
    place: Place

    def __init__(self, text: str, *, begun: bool = False, place: Place = Place.ANYWHERE) -> None:
        self._set(text, begun, place)


class Named(_Node):
    """An article of a source, folder, tag, category, address or language that is called so."""

    __slots__ = __match_args__ = ("by", "value")
    by: Name
    value: str

    def __init__(self, by: Name, value: str) -> None:
        self._set(by, value)


class Is(_Node):
    """An article in a state."""

    __slots__ = __match_args__ = ("state",)
    state: State

    def __init__(self, state: State) -> None:
        self._set(state)


class Has(_Node):
    """An article that has something."""

    __slots__ = __match_args__ = ("thing",)
    thing: Thing

    def __init__(self, thing: Thing) -> None:
        self._set(thing)


class Length(_Node):
    """An article of so many words, both ends included; None where there is no end, but never at both."""

    __slots__ = __match_args__ = ("least", "most")
    least: int | None
    most: int | None

    def __init__(self, least: int | None = None, most: int | None = None) -> None:
        self._set(least, most)


class Told(_Node):
    """An article of an event that so many sources tell of; one that is alone is told by one. None is no end."""

    __slots__ = __match_args__ = ("least", "most")
    least: int | None
    most: int | None

    def __init__(self, least: int | None = None, most: int | None = None) -> None:
        self._set(least, most)


class Dated(_Node):
    """An article since a moment, or before it: `moment` as it is written ("2d", "2026-11-01"; see `query.moments`)."""

    __slots__ = __match_args__ = ("moment", "before")
    moment: str
    before: bool

    def __init__(self, moment: str, *, before: bool = False) -> None:
        self._set(moment, before)


class Not(_Node):
    """What is not so."""

    __slots__ = __match_args__ = ("part",)
    part: Node

    def __init__(self, part: Node) -> None:
        self._set(part)


class All(_Node):
    """All of several."""

    __slots__ = __match_args__ = ("parts",)
    parts: tuple[Node, ...]

    def __init__(self, parts: tuple[Node, ...]) -> None:
        self._set(parts)


class Any(_Node):
    """One of several, or more."""

    __slots__ = __match_args__ = ("parts",)
    parts: tuple[Node, ...]

    def __init__(self, parts: tuple[Node, ...]) -> None:
        self._set(parts)


Node: TypeAlias = Words | Named | Is | Has | Length | Told | Dated | Not | All | Any

_PLAIN: Final = r'[^\s()"“”„:*-][^\s()"“”„:*]*'
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
    return text if re.fullmatch(_PLAIN, text) and text not in _OPERATORS else f'"{text}"'
