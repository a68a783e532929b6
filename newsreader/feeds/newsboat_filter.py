"""newsboat's filter expressions (its manual, "Filter Language"; rust/libnewsboat/src/filterparser.rs) as our queries.

`unread = "yes" and (title =~ "ferry|boat" or tags # "harbour")`: `and` and `or` have the same rank, what stands first
holds all that follows. What has no equal in our language is said, and nothing of the expression is translated then: a
part of it would find something else. Patterns that are words are words, which find them where words begin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.query import (
    Dated,
    Has,
    Is,
    Name,
    Named,
    Place,
    State,
    Thing,
    Words,
    all_of,
    any_of,
    inverse,
    written,
)
from newsreader.query.folding import tokens
from newsreader.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsreader.query import Node

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<open>\()|(?P<close>\))|(?P<join>(?:and|or)\b)
    |(?P<attribute>\w+)\s*(?P<operator>==|!=|=~|=|!~|<=|>=|<|>|between\b|\#|!\#)\s*
     (?:"(?P<text>(?:[^"\\]|\\.)*)"|(?P<low>-?\d+)(?::(?P<high>-?\d+))?))""",
    re.VERBOSE,
)
_MAX_DEPTH: Final = 30  # parentheses inside each other
_MAX_CONDITIONS: Final = 200
_NEGATED: Final = {"!=": "=", "!~": "=~", "!#": "#"}
_EDGES: Final = r"(?:\.\*|\\b|\\<|\\>)?"
_ALTERNATIVE: Final = re.compile(
    rf"(\^|{_EDGES})((?:[\w\s,'\u2019:/&-]|\\[^\w\s]|\[(?:[^\W\d_]{{2}}|\W)\])+)({_EDGES})"
)
_ONE_LETTER: Final = re.compile(r"\[(.)(.)?\]")
_NO_EQUAL: Final = {
    "guid": "the identifiers of articles cannot be searched for here",
    "date": "dates are written out as text in newsboat; age can be searched for",
    "articleindex": "articles have no number in a list here",
    "feedindex": "sources have no number in a list here",
    "enclosure_type": "of enclosures only that there is one can be searched for",
    "description": "what a feed says of itself cannot be searched for",
    "feedlink": "the page of a source cannot be searched for, but its address (rssurl)",
    "feeddate": "when a source was last fetched cannot be searched for",
    "unread_count": "how many articles a source has cannot be searched for",
    "total_count": "how many articles a source has cannot be searched for",
    "latest_article_age": "how old a source's newest article is cannot be searched for",
    "deleted": "nothing is marked as deleted here",
}


@dataclass(frozen=True, slots=True)
class Translation:
    """An expression as a query of ours, or, where that is None, why there is none."""

    query: str | None
    reasons: tuple[str, ...] = ()


class _Condition(NamedTuple):
    attribute: str
    operator: str
    text: str | None
    low: int
    high: int


class _NoEqualError(Exception):
    """There is none; the text says why."""


def translate(expression: str) -> Translation:
    """Translate an expression; nothing raises."""
    reader = _Reader(expression)
    try:
        node = reader.read()
    except _NoEqualError as reason:
        return Translation(None, (str(reason),))
    if reader.reasons or node is None:
        return Translation(None, tuple(dict.fromkeys(reader.reasons)))
    return Translation(written(node))


class _Reader:
    """Reads an expression to its end and gathers what has no equal."""

    def __init__(self, expression: str) -> None:
        self.reasons: list[str] = []
        self._text = expression
        self._at = 0
        self._conditions = 0

    def read(self) -> Node | None:
        node = self._expression(0)
        if self._text[self._at :].strip():
            raise self._unreadable()
        return node

    def _expression(self, depth: int) -> Node | None:
        """A condition or a group, and what `and` or `or` joins to it: all that follows."""
        parts: list[Node | None] = []
        joins: list[str] = []
        while True:
            parts.append(self._operand(depth))
            found = _TOKEN.match(self._text, self._at)
            if found is None or not found["join"]:
                break
            joins.append(found["join"])
            self._at = found.end()
        whole = parts.pop()
        while joins:
            left = parts.pop()
            put_together = all_of if joins.pop() == "and" else any_of
            whole = put_together([left, whole]) if left is not None and whole is not None else None
        return whole

    def _operand(self, depth: int) -> Node | None:
        found = _TOKEN.match(self._text, self._at)
        if found is None or depth > _MAX_DEPTH:
            raise self._unreadable()
        if found["open"]:
            self._at = found.end()
            node = self._expression(depth + 1)
            end = _TOKEN.match(self._text, self._at)
            if end is None or not end["close"]:
                raise self._unreadable()
            self._at = end.end()
            return node
        if not found["attribute"] or self._conditions >= _MAX_CONDITIONS:
            raise self._unreadable()
        self._at = found.end()
        self._conditions += 1
        return self._condition(_condition(found))

    def _condition(self, condition: _Condition) -> Node | None:
        positive = _NEGATED.get(condition.operator)
        try:
            node = _meaning(condition._replace(operator=positive or condition.operator))
        except _NoEqualError as reason:
            self.reasons.append(f"{condition.attribute}: {reason}.")
            return None
        return inverse(node) if positive else node

    def _unreadable(self) -> _NoEqualError:
        rest = one_line(self._text[self._at :], 40)
        where = f"from “{rest}” on" if rest else "at its end"
        return _NoEqualError(f"This cannot be read as an expression of newsboat, {where}.")


def _condition(found: re.Match[str]) -> _Condition:
    text = found["text"]
    operator = "=" if found["operator"] == "==" else found["operator"]
    if text is not None:
        return _Condition(found["attribute"].lower(), operator, re.sub(r'\\(["\\])', r"\1", text), 0, 0)
    low = int(found["low"])
    return _Condition(found["attribute"].lower(), operator, None, low, int(found["high"] or low))


def _meaning(condition: _Condition) -> Node:
    attribute = condition.attribute
    if attribute in _MEANINGS:
        return _MEANINGS[attribute](condition)
    raise _NoEqualError(_NO_EQUAL.get(attribute, "newsboat has no such attribute"))


def _unread(condition: _Condition) -> Node:
    states = {"yes": State.UNREAD, "no": State.READ}
    if condition.operator in {"=", "=~"} and condition.text in states:
        return Is(states[condition.text])
    raise _NoEqualError("it can be “yes” or “no”")


def _present(node: Node, reason: str) -> Callable[[_Condition], Node]:
    """Of something it can only be asked whether it is there: `= ""`, `!= ""`, `=~ "."`."""

    def meaning(condition: _Condition) -> Node:
        if condition.operator == "=" and condition.text == "":
            return inverse(node)
        if condition.operator == "=~" and condition.text in {".", ".+", ".*"}:
            return node
        raise _NoEqualError(reason)

    return meaning


def _age(condition: _Condition) -> Node:
    """Ages are whole days in newsboat: "age = 0" is what is not a day old yet."""
    low, high = condition.low, condition.high
    if condition.text is not None:
        if not condition.text.isdecimal():
            raise _NoEqualError("it is a number of days")
        low = high = int(condition.text)
    bounds: dict[str, tuple[int, int | None]] = {
        "<": (0, low - 1),
        "<=": (0, low),
        ">": (low + 1, None),
        ">=": (low, None),
        "=": (low, low),
        "between": (min(low, high), max(low, high)),
    }
    if condition.operator not in bounds:
        raise _NoEqualError("it is a number of days, which is compared by < > <= >= = and between")
    return _days(*bounds[condition.operator])


def _days(first: int, last: int | None) -> Node:
    older = [Dated(f"{first}d", before=True)] if first > 0 else []
    younger = [] if last is None else [Dated(f"{max(0, last + 1)}d")]
    return all_of([*older, *younger]) or Dated("0d", before=True)


def _words(place: Place) -> Callable[[_Condition], Node]:
    def meaning(condition: _Condition) -> Node:
        if condition.text is None or condition.operator not in {"=", "=~", "#"}:
            raise _NoEqualError("texts are compared by = =~ # and their opposites only")
        if condition.operator == "=~":
            return _either([Words(text, begun=begun, place=place) for text, begun in _alternatives(condition.text)])
        if not tokens(condition.text):
            raise _NoEqualError("there is no word in what is compared")
        return Words(one_line(condition.text), place=place)

    return meaning


def _named(by: Name, operators: set[str]) -> Callable[[_Condition], Node]:
    def meaning(condition: _Condition) -> Node:
        if not condition.text or condition.operator not in operators:
            raise _NoEqualError(f"it is compared by {' '.join(sorted(operators))} only")
        if condition.operator == "=~":
            return _either([Named(by, text) for text, _ in _alternatives(condition.text)])
        return Named(by, one_line(condition.text))

    return meaning


def _either(nodes: list[Node]) -> Node:
    node = any_of(nodes)
    if node is None:
        raise _NoEqualError("there is no word in the pattern")
    return node


def _alternatives(pattern: str) -> list[tuple[str, bool]]:
    """The words of a pattern that is nothing but words, or several, and of each whether its last word may go on."""
    inner = re.fullmatch(r"(?:\.\*)?\((?:\?:)?([^()]*)\)(?:\.\*)?", pattern)
    found = []
    for part in (inner[1] if inner else pattern).split("|"):
        words = _ALTERNATIVE.fullmatch(part)
        if words is None or words[1] == "^":
            raise _NoEqualError(f"the pattern “{one_line(pattern, 40)}” is more than words")
        text = re.sub(r"\\(.)", r"\1", _ONE_LETTER.sub(_same_letter, words[2]))
        if not tokens(text):
            raise _NoEqualError(f"there is no word in the pattern “{one_line(pattern, 40)}”")
        found.append((one_line(text), words[3] not in {"\\b", "\\>"} and text[-1:].isalnum()))
    return found


def _same_letter(found: re.Match[str]) -> str:
    """`[Ff]` is a letter, whatever its case."""
    if found[2] and found[1].casefold() != found[2].casefold():
        raise _NoEqualError(f"the pattern “{found[0]}” is more than words")
    return found[1]


_MEANINGS: Final[dict[str, Callable[[_Condition], Node]]] = {
    "unread": _unread,
    "age": _age,
    "title": _words(Place.TITLE),
    "author": _words(Place.AUTHOR),
    "content": _words(Place.ANYWHERE),
    "link": _named(Name.LINK, {"=", "=~"}),
    "feedtitle": _named(Name.SOURCE, {"=", "=~"}),
    "rssurl": _named(Name.SOURCE, {"=", "=~"}),
    "tags": _named(Name.TAG, {"#", "=", "=~"}),
    "flags": _present(Is(State.BOOKMARKED), "here an article is bookmarked or not, without a letter"),
    "enclosure_url": _present(Has(Thing.ENCLOSURE), "of enclosures only that there is one can be searched for"),
}
