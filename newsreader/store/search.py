"""What a query means for the library: a tree of `newsreader.query` as a condition in SQL.

The condition is on `status st` and, where it says so, on `article a` beside it. Words are looked for in the index, as
far as an article is in it: those that wait are compared themselves, by title and author, or with the text as well.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

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
    Told,
    Words,
    all_of,
    seconds_of,
)
from newsreader.query import Any as AnyOf
from newsreader.query.folding import AUTHOR, TITLE, bare, sought
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
    Thing.IMAGE: "(a.image_url IS NOT NULL OR instr(a.media, 'p') > 0 OR instr(a.media, 'i') > 0)",
    Thing.HIGHLIGHT: "st.id IN (SELECT article_id FROM highlight WHERE removed_at IS NULL)",
}
_OF_ARTICLE: Final = frozenset({Is(State.FULLTEXT), Has(Thing.COMMENTS), Has(Thing.ENCLOSURE), Has(Thing.IMAGE)})
_LANGUAGE: Final = """
    coalesce(a.language, (SELECT language FROM full_text f WHERE f.id = a.id AND a.full_words IS NOT NULL))
"""
TEXT: Final = """
    coalesce((SELECT text FROM full_text f WHERE f.id = a.id), (SELECT text FROM feed_body b WHERE b.id = a.id), '')
"""
_SOURCES: Final = """
    coalesce((SELECT s.sources FROM told t JOIN story s ON s.id = t.story WHERE t.article_id = st.id), 1)
"""
_CATEGORY: Final = """
    a.categories IS NOT NULL AND (a.categories LIKE ? ESCAPE '\\' OR instr(a.categories, '\\u') > 0) AND EXISTS (
        SELECT 1 FROM json_each(a.categories) c WHERE ltrim(bare(c.value), '#') = ?
    )
"""
_MARKS: Final = {Place.TITLE: TITLE, Place.AUTHOR: AUTHOR}
_FIELDS: Final = {Place.TITLE: "a.title", Place.AUTHOR: "a.author"}


class Condition(NamedTuple):
    """A condition in SQL with its values; `article` says that it needs `article a` beside `status st`."""

    sql: str = "TRUE"
    values: tuple[Any, ...] = ()
    article: bool = False


BEGINS: Final = " *"
"""What stands in a match where it asks for beginnings of words."""

ALWAYS: Final = Condition()
NEVER: Final = Condition("FALSE")


class Plan(NamedTuple):
    """A tree taken apart: what the index is asked (None: nothing), and what else is asked of that.

    `rest` is asked as ever, `looked_at` by looking at the articles themselves: words beside each other.
    """

    match: str | None = None
    rest: Node | None = None
    looked_at: Node | None = None


def plan(node: Node | None) -> Plan:
    """Take a tree apart."""
    match = None if node is None else match_of(node)
    if node is None or match is None:
        return Plan(rest=node)
    if is_exact(node):
        return Plan(match)
    if not isinstance(node, All):
        return Plan(match, looked_at=node)
    parts = [part for part in node.parts if not is_exact(part.part if isinstance(part, Not) else part)]
    looked_at = all_of([part for part in parts if match_of(part) is not None])
    return Plan(match, all_of([part for part in parts if match_of(part) is None]), looked_at)


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


def of_article(node: Node) -> bool:
    """Whether the row of an article in `article` tells what a tree asks for."""
    match node:
        case Not(part):
            return of_article(part)
        case All(parts) | AnyOf(parts):
            return all(map(of_article, parts))
        case Named(by):
            return by in {Name.LINK, Name.LANG, Name.CATEGORY}
        case _:
            return isinstance(node, Length) or node in _OF_ARTICLE


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
    """What the index is asked to find all that a tree asks for, and maybe more; None where it cannot narrow it down."""
    match node:
        case Words(text, begun, place):
            found = sought(text, begun, _MARKS.get(place, ""))
            return f"({' AND '.join(found.terms)})" if found.terms else None
        case AnyOf(parts):
            matches = [match_of(part) for part in parts]
            return f"({' OR '.join(filter(None, matches))})" if all(matches) else None
        case All(parts):
            wanted = " AND ".join(match for part in parts if (match := match_of(part)))
            missing = [match_of(part.part) for part in parts if isinstance(part, Not) and is_exact(part.part)]
            unwanted = f" NOT ({' OR '.join(filter(None, missing))})" if missing else ""
            return f"({wanted}{unwanted})" if wanted else None
        case _:
            return None


def is_exact(node: Node) -> bool:
    """Whether the index alone tells what a tree asks for."""
    match node:
        case Words(text, begun):
            return sought(text, begun).exact
        case AnyOf(parts):
            return all(map(is_exact, parts))
        case All(parts):
            wanted = [part for part in parts if not isinstance(part, Not)]
            return bool(wanted) and all(is_exact(part.part if isinstance(part, Not) else part) for part in parts)
        case _:
            return False


class Meaning:
    """What trees mean, now, in a library: `ids_of` finds what is called so, `hits` is the condition of a match."""

    def __init__(
        self,
        *,
        now: float,
        ids_of: Callable[[Named], list[int]],
        sources_tagged: Callable[[str], list[int]],
        hits: Callable[[str], Condition | None],
        waiting: bool,
        texts: bool,
    ) -> None:
        self._now = now
        self._ids_of = ids_of
        self._sources_tagged = sources_tagged
        self._hits = hits
        self._waiting = waiting
        self._texts = texts

    def of(self, node: Node | None) -> Condition:
        """The condition that a tree is."""
        if node is None:
            return ALWAYS
        if isinstance(node, Words) or is_exact(node):
            return self._of_words(node)
        match node:
            case Not(part):
                return negated(self.of(part))
            case AnyOf(parts):
                return combined(" OR ", map(self.of, parts))
            case All(parts):
                exact = [part for part in parts if is_exact(part)]
                rest = [part for part in parts if part not in exact]
                words = all_of(exact)
                return combined(" AND ", [self.of(part) for part in (words, *rest) if part is not None])
            case _:
                return self._of_leaf(node)

    def looked_at(self, node: Node | None, *, texts: bool = True) -> Condition:
        """The same by looking at each article itself, at its text as well or at title and author only."""
        match node:
            case None:
                return ALWAYS
            case Words(text, begun, place):
                fields = [_FIELDS[place]] if place else [*_FIELDS.values(), *([TEXT] if texts else [])]
                wanted = (sought(text, begun).beside,)
                return combined(" OR ", [Condition(f"holds(?, {field})", wanted, article=True) for field in fields])
            case Not(part):
                return negated(self.looked_at(part, texts=texts))
            case AnyOf(parts):
                return combined(" OR ", [self.looked_at(part, texts=texts) for part in parts])
            case All(parts):
                return combined(" AND ", [self.looked_at(part, texts=texts) for part in parts])
            case _:
                return self._of_leaf(node)

    def _of_words(self, node: Node) -> Condition:
        """Words by the index, looked at where it cannot tell; those of articles that wait for it are looked at."""
        match = match_of(node)
        if match is None:
            return self.looked_at(node)
        found = self._hits(match)
        if found is None:
            return self.looked_at(node)
        if not is_exact(node):
            found = combined(" AND ", (found, self.looked_at(node)))
        if not self._waiting:
            return found
        waiting = self.looked_at(node, texts=self._texts)
        sql = f"(CASE WHEN st.id IN (SELECT id FROM index_queue) THEN {waiting.sql} ELSE {found.sql} END)"
        return Condition(sql, (*waiting.values, *found.values), article=True)

    def _of_leaf(self, node: Node) -> Condition:
        match node:
            case Is(state):
                return Condition(f"({_STATES[state]})", article=node in _OF_ARTICLE)
            case Has(thing):
                return Condition(f"({_THINGS[thing]})", article=node in _OF_ARTICLE)
            case Dated(moment, before):
                return Condition(f"(st.sort_at {'<' if before else '>='} ?)", (seconds_of(moment, self._now),))
            case Length(least, most):
                low, high = -1 if least is None else least, 2**62 if most is None else most
                return Condition("(max(a.words, coalesce(a.full_words, 0)) BETWEEN ? AND ?)", (low, high), True)
            case Told(least, most):
                low, high = -1 if least is None else least, 2**62 if most is None else most
                return Condition(f"({_SOURCES} BETWEEN ? AND ?)", (low, high))
            case Named():
                return self._of_name(node)
            case _:
                return NEVER

    def _of_name(self, node: Named) -> Condition:
        match node.by:
            case Name.LINK:
                part = "".join(f"\\{letter}" if letter in "%_\\" else letter for letter in node.value)
                return Condition("(coalesce(a.url, '') LIKE ? ESCAPE '\\')", (f"%{part}%",), True)
            case Name.LANG:
                return Condition(f"(coalesce({_LANGUAGE}, '') || '-' LIKE ?)", (f"{node.value}-%",), True)
            case Name.CATEGORY:
                return _of_category(node.value)
            case Name.TAG:
                tagged = "st.id IN (SELECT article_id FROM tagged WHERE tag_id IN (SELECT value FROM json_each(?)))"
                sql = f"({tagged} OR st.source_id IN (SELECT value FROM json_each(?)))"
                return Condition(sql, (id_list(self._ids_of(node)), id_list(self._sources_tagged(node.value))))
            case _:
                return Condition(
                    "(st.source_id IN (SELECT value FROM json_each(?)))", (json.dumps(self._ids_of(node)),)
                )


def _of_category(name: str) -> Condition:
    """That the feed gave a category of this name; those that cannot have it are told by their JSON, which is quick."""
    escaped = json.dumps(name)[1:-1]
    part = "".join(f"\\{letter}" if letter in "%_\\" else letter for letter in escaped)
    return Condition(f"({_CATEGORY})", (f"%{part}%", bare(name)), True)


def negated(condition: Condition) -> Condition:
    """The opposite."""
    return Condition(f"NOT {condition.sql}", condition.values, condition.article)


def combined(word: str, conditions: Iterable[Condition]) -> Condition:
    """Several conditions as one, joined by AND or OR."""
    parts = list(conditions)
    if word == " AND ":
        parts = [part for part in parts if part != ALWAYS]
        if not parts:
            return ALWAYS
    sql = word.join(part.sql for part in parts)
    values = tuple(value for part in parts for value in part.values)
    return Condition(f"({sql})", values, any(part.article for part in parts))
