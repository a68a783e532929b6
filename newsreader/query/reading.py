"""Query text, read: what it means, and every mistake in it where it stands. Nothing that is typed raises.

A mistake means nothing: the rest of the query stands without it. Who acts on a query (a rule, the command line) asks
for `mistakes` first. What may only not be typed out yet is a mistake as well, marked as `unfinished`: a quotation mark
or a parenthesis that is open, a filter without its value or with the beginning of one, an OR at the end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.query.filters import FIELDS, Misread, near, read_filter
from newsreader.query.folding import tokens
from newsreader.query.tree import Order, Place, Words, all_of, any_of, inverse, written
from newsreader.text import clean_text

if TYPE_CHECKING:
    from newsreader.query.tree import Node

MAX_TERMS: Final = 64
"""Words and filters taken from one query: more is a pasted text, and a slow way to find nothing."""

MAX_DEPTH: Final = 12
"""Parentheses inside each other."""

MAX_TEXT: Final = 4_000
"""Characters of a query."""

MAX_TERM: Final = 200
"""Characters of one word, phrase or value."""

_QUOTES: Final = '"“”„'
_BARE: Final = re.compile(rf"[^\s(){_QUOTES}]+")
_OPERATOR: Final = re.compile(rf"(?:OR|AND|NOT)(?=[\s(){_QUOTES}]|$)|-(?=[^\s)])")
_FIELD: Final = re.compile(r"([^\W\d_]{2,20}):(?!//|:)")


class Mistake(NamedTuple):
    """What cannot be understood: where it stands, a sentence about it, and what was probably meant in its place."""

    start: int
    end: int
    sentence: str
    meant: str | None = None
    unfinished: bool = False


class Parsed(NamedTuple):
    """A query as it was understood: what is searched for (None: everything), in which order, and the mistakes."""

    node: Node | None = None
    order: Order = Order.NEWEST
    mistakes: tuple[Mistake, ...] = ()

    @property
    def text(self) -> str:
        """The one way to write it."""
        return written(self.node, self.order)


class _Group:
    """What is inside a pair of parentheses, as far as it was read: parts, each of them what an OR joins."""

    def __init__(self, start: int, *, negated: bool = False) -> None:
        self.start = start
        self.negated = negated
        self.parts: list[list[Node]] = []
        self.joins: tuple[int, int] | None = None  # the OR that waits for what comes behind it

    def add(self, *nodes: Node) -> None:
        """Take a part in, or join it to the last one; without a node it is a mistake, which means nothing."""
        if self.joins and self.parts:
            self.parts[-1].extend(nodes)
        else:
            self.parts.append([*nodes])
        self.joins = None

    def node(self) -> Node | None:
        """All of it."""
        return all_of([each for part in self.parts if (each := any_of(part)) is not None])


def parse(text: str) -> Parsed:
    """Read query text."""
    return _Reader(text).read()


def while_typing(text: str) -> str:
    """The query that text stands for while it is typed: its last word may be the beginning of one.

    One or two letters are no beginning yet: half of all articles have a word that begins so.
    """
    reader = _Reader(text)
    reader.read()
    return f"{text}*" if reader.may_go_on else text


def both(one: str, other: str) -> str:
    """The query of what two queries find both, in the order of the second one where it names any."""
    read = parse(one), parse(other)
    orders = [each.order for each in read if each.order is not Order.NEWEST]
    node = all_of([each.node for each in read if each.node is not None])
    return written(node, orders[-1] if orders else Order.NEWEST)


class _Reader:
    """One reading of one text, from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self.may_go_on = False
        self.is_open = False  # a quotation mark, up to the end
        self._text = text[:MAX_TEXT]
        self._at = 0
        self._terms = 0
        self._mistakes: list[Mistake] = []
        self._order: Order | None = None
        self._groups = [_Group(0)]
        self._negation: tuple[int, int] | None = None  # the minus or NOT that waits for what comes behind it
        if len(text) > MAX_TEXT:
            self._wrong(MAX_TEXT, len(text), f"Only the first {MAX_TEXT:,} characters of a query are read.")

    def read(self) -> Parsed:
        """Read it all."""
        while self._at < len(self._text):
            character = self._text[self._at]
            if character.isspace():
                self._at += 1
            elif character == "(":
                self._open()
            elif character == ")":
                self._close()
            elif not self._take_operator():
                self._take_term()
        self._end_here()
        mistakes = sorted(self._mistakes, key=lambda mistake: (mistake.start, mistake.end))
        return Parsed(self._groups[0].node(), self._order or Order.NEWEST, tuple(mistakes))

    def _end_here(self) -> None:
        end = len(self._text)
        if self._negation:
            self._wrong(*self._negation, "What is left out comes right behind the minus or NOT.", unfinished=True)
        for group in self._groups:
            if group.joins:
                self._wrong(*group.joins, "OR waits for what else may be: one OR other.", unfinished=True)
        while len(self._groups) > 1:
            start = self._groups[-1].start
            self._wrong(start, start + 1, "This parenthesis is not closed.", unfinished=True)
            self._leave_group()
        self._at = end

    def _wrong(
        self, start: int, end: int, sentence: str, meant: str | None = None, *, unfinished: bool = False
    ) -> None:
        self._mistakes.append(Mistake(start, end, sentence, meant, unfinished))

    # Parentheses and operators

    def _open(self) -> None:
        if len(self._groups) > MAX_DEPTH:
            self._wrong(self._at, self._at + 1, f"No more than {MAX_DEPTH} parentheses inside each other are read.")
        else:
            self._groups.append(_Group(self._at, negated=self._take_negation()))
        self._at += 1

    def _close(self) -> None:
        group = self._groups[-1]
        if self._negation:
            self._wrong(*self._negation, "What is left out comes right behind the minus or NOT.")
            self._negation = None
        if group.joins:
            self._wrong(*group.joins, "OR stands between two: one OR other.")
        if len(self._groups) == 1:
            self._wrong(self._at, self._at + 1, "Nothing was opened that this parenthesis could close.")
        else:
            self._leave_group()
        self._at += 1

    def _leave_group(self) -> None:
        group = self._groups.pop()
        node = group.node()
        nodes = () if node is None else (inverse(node) if group.negated else node,)
        self._groups[-1].add(*nodes)

    def _take_negation(self) -> bool:
        negated, self._negation = self._negation is not None, None
        return negated

    def _take_operator(self) -> bool:
        """Take OR, AND, NOT or a minus, if one stands here."""
        found = _OPERATOR.match(self._text, self._at)
        if found is None:
            return False
        start, self._at = found.span()
        group = self._groups[-1]
        match found[0]:
            case "OR" if not group.parts or group.joins:
                self._wrong(start, self._at, "OR stands between two: one OR other.")
            case "OR":
                group.joins = found.span()
            case "NOT" | "-":
                self._negation = None if self._negation else found.span()
        return True

    # Words and filters

    def _take_term(self) -> None:
        start = self._at
        known = _FIELD.match(self._text, start)
        if known and known[1].casefold() not in FIELDS and known.end() == self._word_end(known.end()):
            known = None  # "Paris: a history"
        if known:
            self._at = known.end()
        value_start = self._at
        value, quoted, begun = self._take_value()
        self._terms += 1
        if self._terms > MAX_TERMS:
            if self._terms == MAX_TERMS + 1:
                self._wrong(start, self._at, f"Only the first {MAX_TERMS} words and filters of a query are read.")
            return
        if known:
            self._take_filter(known[1], start, value_start, value, begun=begun)
        elif tokens(value):
            self._add(Words(value, begun=begun))
        else:
            self._drop()
        is_word = not known or known[1].casefold() in {Place.TITLE, Place.AUTHOR}
        self.may_go_on = (
            is_word
            and (self.is_open or not quoted)
            and not begun
            and self._at == len(self._text)
            and self._text[-1].isalnum()
            and self._may_be_begun(value)
        )

    def _may_be_begun(self, value: str) -> bool:
        parts = self._groups[-1].parts
        newest = parts[-1][-1] if parts and parts[-1] else None
        return isinstance(newest, Words) and newest.text == value and len(value) > 2 and value[-1].isalnum()

    def _take_filter(self, name: str, start: int, value_start: int, value: str, *, begun: bool) -> None:
        field_name, end = name.casefold(), start + len(name)
        if field_name not in FIELDS:
            meant = near(field_name, FIELDS)
            asks = f"; did you mean “{meant}:”?" if meant else ". Words with a colon are found in quotation marks."
            self._wrong(start, end, f"There is no filter “{name}:”{asks}", meant)
        elif not value:
            asks = f"{field_name}: needs its value right behind it."
            if self._text[self._at : self._at + 1] == "(":
                asks = f"{field_name}: belongs to one value: ({field_name}:one OR {field_name}:other)."
            self._wrong(start, max(value_start, self._at), asks, unfinished=self._at == len(self._text))
        else:
            found = read_filter(field_name, value, begun=begun)
            if isinstance(found, Misread):
                last = self._at == len(self._text)
                self._wrong(value_start, self._at, found.sentence, found.meant, unfinished=found.unfinished and last)
            elif isinstance(found, Order):
                self._take_order(found, start)
            else:
                self._add(found)
                return
        self._drop()

    def _take_order(self, order: Order, start: int) -> None:
        if self._negation:
            self._wrong(start, self._at, "sort: puts a list in order; it can leave nothing out.")
        elif self._order is not None and self._order is not order:
            self._wrong(start, self._at, f"A list has one order; sort:{self._order} is named before.")
        else:
            self._order = order

    def _add(self, node: Node) -> None:
        self._groups[-1].add(inverse(node) if self._take_negation() else node)

    def _drop(self) -> None:
        """What was read means nothing."""
        self._groups[-1].add()
        self._negation = None

    def _take_value(self) -> tuple[str, bool, bool]:
        """The word or phrase here, whether it was in quotation marks, and whether a star stands behind it."""
        text, start = self._text, self._at
        quoted = start < len(text) and text[start] in _QUOTES
        if not quoted:
            self._at = self._word_end(start)
            said = text[start : self._at]
            return _cleaned(said.rstrip("*")), False, said.endswith("*")
        end = next((at for at in range(start + 1, len(text)) if text[at] in _QUOTES), None)
        if end is None:
            self._wrong(start, start + 1, "This quotation mark is not closed.", unfinished=True)
            self._at, self.is_open = len(text), True
            said = text[start + 1 :]
            return _cleaned(said.rstrip("*")), True, said.endswith("*")
        begun = text[end + 1 : end + 2] == "*"
        self._at = end + 1 + begun
        return _cleaned(text[start + 1 : end]), True, begun

    def _word_end(self, start: int) -> int:
        found = _BARE.match(self._text, start)
        return found.end() if found else start


def _cleaned(text: str) -> str:
    return " ".join(clean_text(text).split())[:MAX_TERM].strip()
