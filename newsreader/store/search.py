"""What a query means for the library: a tree of `newsreader.query` as a condition in SQL.

The condition is on `status st` and, where it says so, on `article a` beside it. Words are looked for in the index, as
far as an article is in it: those that wait are compared themselves, by title and author, or with the text as well.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from newsreader.query import (
    All,
    Dated,
    Has,
    Is,
    Length,
    Name,
    Named,
    Not,
    Place,
    State,
    Thing,
    Words,
    all_of,
    seconds_of,
)
from newsreader.query import Any as AnyOf
from newsreader.query.folding import sought
from newsreader.store.connection import id_list
from newsreader.store.status import BEGUN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from newsreader.query import Node

_STATES: Final = {
    State.UNREAD: "st.read = 0",
    State.READ: "st.read = 1",
    State.BOOKMARKED: "st.bookmarked_at IS NOT NULL",
    State.LATER: "st.later_at IS NOT NULL",
    State.EDITED: "st.id IN (SELECT article_id FROM former)",
    State.FULLTEXT: "a.full_words IS NOT NULL",
    State.HIDDEN: "st.hidden_by IS NOT NULL AND st.here = 2",
    State.BEGUN: f"st.id IN (SELECT id FROM place WHERE {BEGUN})",
}
_THINGS: Final = {
    Thing.NOTE: "st.id IN (SELECT id FROM note WHERE text <> '')",
    Thing.COMMENTS: "coalesce(a.comments_url, a.comments_feed_url, a.comments_count) IS NOT NULL",
    Thing.ENCLOSURE: "a.enclosures IS NOT NULL",
    Thing.IMAGE: "(a.image_url IS NOT NULL OR instr(a.media, 'p') > 0)",
    Thing.HIGHLIGHT: "st.id IN (SELECT article_id FROM highlight WHERE removed_at IS NULL)",
}
_LANGUAGE: Final = "lower(coalesce(a.language, (SELECT language FROM full_text f WHERE f.id = a.id), ''))"
_TEXT: Final = """
    coalesce((SELECT text FROM full_text f WHERE f.id = a.id), (SELECT text FROM feed_body b WHERE b.id = a.id), '')
"""
_FIELDS: Final = {Place.TITLE: "a.title", Place.AUTHOR: "a.author"}


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition in SQL with its values; `article` says that it needs `article a` beside `status st`."""

    sql: str = "TRUE"
    values: tuple[Any, ...] = ()
    article: bool = False


ALWAYS: Final = Condition()
NEVER: Final = Condition("FALSE")


@dataclass(frozen=True, slots=True)
class Parts:
    """A condition taken apart: words that the index finds by itself, and what else is asked of what it found."""

    words: Node | None
    rest: Node | None


def taken_apart(node: Node | None) -> Parts:
    """Part a tree into what all of it asks of the index, and the rest."""
    if node is None or match_of(node):
        return Parts(node, None)
    if not isinstance(node, All):
        return Parts(None, node)
    wanted = [part for part in node.parts if match_of(part)]
    if not wanted:
        return Parts(None, node)
    missing = [part for part in node.parts if isinstance(part, Not) and match_of(part.part)]
    rest = [part for part in node.parts if part not in wanted and part not in missing]
    return Parts(all_of([*wanted, *missing]), all_of(rest))


def has_words(node: Node | None) -> bool:
    """Whether anything in a tree is looked for in the index."""
    match node:
        case Words():
            return True
        case Not(part):
            return has_words(part)
        case All(parts) | AnyOf(parts):
            return any(map(has_words, parts))
        case _:
            return False


def asks_for_hidden(node: Node | None) -> bool:
    """Whether a tree has to do with what rules hide, which is in no list else."""
    match node:
        case Is(state):
            return state is State.HIDDEN
        case Not(part):
            return asks_for_hidden(part)
        case All(parts) | AnyOf(parts):
            return any(map(asks_for_hidden, parts))
        case _:
            return False


def match_of(node: Node) -> str | None:
    """A tree as the index takes it; None where it asks more than words, or only what is to be missing."""
    match node:
        case Words(text, begun, place):
            words, open_end = sought(text)
            if not words:
                return None
            column = f"{place} : " if place else ""
            return f'{column}"{" ".join(words)}"{" *" if begun or open_end else ""}'
        case AnyOf(parts):
            return _joined(" OR ", map(match_of, parts))
        case All(parts):
            wanted = _joined(" AND ", (match_of(part) for part in parts if not isinstance(part, Not)))
            missing = [match_of(part.part) for part in parts if isinstance(part, Not)]
            if not missing or not wanted:
                return wanted or None
            unwanted = _joined(" OR ", missing)
            return f"({wanted} NOT {unwanted})" if unwanted else None
        case _:
            return None


def _joined(word: str, matches: Iterable[str | None]) -> str | None:
    known = list(matches)
    parts = [part for part in known if part]
    return f"({word.join(parts)})" if parts and len(parts) == len(known) else None


class Meaning:
    """What trees mean, now, in a library: `ids_of` finds what is called so, `hits` is the condition of a match."""

    def __init__(
        self,
        *,
        now: float,
        ids_of: Callable[[Named], list[int]],
        hits: Callable[[str], Condition],
        waiting: bool,
        texts: bool,
    ) -> None:
        self._now = now
        self._ids_of = ids_of
        self._hits = hits
        self._waiting = waiting
        self._texts = texts

    def of(self, node: Node | None) -> Condition:
        """The condition that a tree is."""
        if node is None:
            return ALWAYS
        match = match_of(node)
        if match is not None:
            return self._by_words(node, self._hits(match))
        match node:
            case Not(part):
                inner = self.of(part)
                return Condition(f"NOT {inner.sql}", inner.values, inner.article)
            case AnyOf(parts):
                return combined(" OR ", map(self.of, parts))
            case All():
                apart = taken_apart(node)
                rest = apart.rest.parts if isinstance(apart.rest, All) else (apart.rest,)
                return combined(" AND ", [self.of(each) for each in (apart.words, *rest) if each is not None])
            case _:
                return self._of_leaf(node)

    def of_waiting(self, node: Node) -> Condition:
        """The condition that words are for an article that waits for the index."""
        match node:
            case Words(text, begun, place):
                return self._of_waiting_words(*sought(text), begun=begun, place=place)
            case Not(part):
                inner = self.of_waiting(part)
                return Condition(f"NOT {inner.sql}", inner.values, inner.article)
            case AnyOf(parts):
                return combined(" OR ", map(self.of_waiting, parts))
            case All(parts):
                return combined(" AND ", map(self.of_waiting, parts))
            case _:
                return NEVER

    def _of_waiting_words(self, words: tuple[str, ...], open_end: bool, *, begun: bool, place: Place) -> Condition:
        wanted = f" {' '.join(words)}{'' if begun or open_end else ' '}"
        fields = [_FIELDS[place]] if place else [*_FIELDS.values(), *([_TEXT] if self._texts else [])]
        return combined(" OR ", [Condition(f"instr(folded({field}), ?) > 0", (wanted,), True) for field in fields])

    def _by_words(self, node: Node, hits: Condition) -> Condition:
        if not self._waiting:
            return hits
        waiting = self.of_waiting(node)
        sql = f"CASE WHEN st.id IN (SELECT id FROM index_queue) THEN {waiting.sql} ELSE {hits.sql} END"
        return Condition(f"({sql})", (*waiting.values, *hits.values), waiting.article or hits.article)

    def _of_leaf(self, node: Node) -> Condition:
        match node:
            case Is(state):
                return Condition(f"({_STATES[state]})", article=state is State.FULLTEXT)
            case Has(thing):
                return Condition(f"({_THINGS[thing]})", article=thing in {Thing.COMMENTS, Thing.ENCLOSURE, Thing.IMAGE})
            case Dated(moment, before):
                return Condition(f"(st.sort_at {'<' if before else '>='} ?)", (seconds_of(moment, self._now),))
            case Length(least, most):
                low, high = -1 if least is None else least, 2**62 if most is None else most
                return Condition("(max(a.words, coalesce(a.full_words, 0)) BETWEEN ? AND ?)", (low, high), True)
            case Named():
                return self._of_name(node)
            case _:
                return NEVER

    def _of_name(self, node: Named) -> Condition:
        match node.by:
            case Name.LINK:
                return Condition("(instr(lower(coalesce(a.url, '')), ?) > 0)", (node.value.lower(),), True)
            case Name.LANG:
                sql = f"({_LANGUAGE} = ? OR {_LANGUAGE} LIKE ?)"
                return Condition(sql, (node.value, f"{node.value}-%"), True)
            case Name.TAG:
                sql = "(st.id IN (SELECT article_id FROM tagged WHERE tag_id IN (SELECT value FROM json_each(?))))"
                return Condition(sql, (id_list(self._ids_of(node)),))
            case _:
                return Condition(
                    "(st.source_id IN (SELECT value FROM json_each(?)))", (json.dumps(self._ids_of(node)),)
                )


def combined(word: str, conditions: Iterable[Condition]) -> Condition:
    """Several conditions as one, joined by AND or OR."""
    parts = list(conditions)
    sql = word.join(part.sql for part in parts)
    values = tuple(value for part in parts for value in part.values)
    return Condition(f"({sql})", values, any(part.article for part in parts))
