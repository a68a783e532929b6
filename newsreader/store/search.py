"""Query text: what a person types into the search, understood. Everything typed means something, and nothing raises.

    ferry harbour        both words, in title or text, accents and case aside; the last may be the beginning of a word
    "night ferry"        the words beside each other
    -bridge -"old map"   not these
    is:unread            or is:read, is:bookmarked; -is:read is the opposite
    source:gazette       articles of the sources with this in their name, or of the source of this id
    folder:"world news"  articles of the folders with this in their name

A filter without a value yet, or of an unknown kind, is an ordinary word or nothing at all: text is searched while it
is being typed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from newsreader.text import clean_text

MAX_TERMS: Final = 32
"""Words and filters taken from one query: more is a pasted text, and a slow way to find nothing."""

_MAX_TERM: Final = 200  # characters of one word or phrase
_PIECES = re.compile(r'-?(?:is|source|folder):(?=\s|$)|(-?)(?:(is|source|folder):)?("[^"]*"?|[^\s"]+)', re.IGNORECASE)
_TOKENS = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_STATES: Final = {
    "unread": "read = 0",
    "read": "read = 1",
    "bookmarked": "bookmarked_at IS NOT NULL",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase. `prefix`: the last word may go on; `tokens` are its words, folded as the index folds them."""

    text: str
    tokens: tuple[str, ...]
    prefix: bool = False

    @property
    def match(self) -> str | None:
        """The term for FTS5, quoted so that nothing in it is an operator; None where it has no word in it."""
        if not self.tokens:
            return None
        return f'"{self.text.replace(chr(34), "")}"{"*" if self.prefix else ""}'

    @property
    def loose(self) -> bool:
        """Whether the index cannot find it everywhere: symbols, and scripts that put no spaces between words."""
        return not self.tokens or _UNSPACED.search(self.text) is not None

    def in_title(self) -> tuple[str, str]:
        """A condition on a title `a.title` (see `fold`), with its one value."""
        if not self.tokens:
            return "instr(a.title, ?) > 0", self.text
        if self.loose:
            return "instr(folded(a.title), ?) > 0", " ".join(self.tokens)
        return "instr(folded(a.title), ?) > 0", f" {' '.join(self.tokens)}{'' if self.prefix else ' '}"


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition that is no word: `kind` is "is", "source" or "folder"."""

    kind: str
    value: str
    negated: bool

    @property
    def state(self) -> str | None:
        """The condition on `status` that an `is:` stands for."""
        return _STATES.get(self.value.casefold()) if self.kind == "is" else None


@dataclass(frozen=True, slots=True)
class Search:
    """A query understood."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()


def fold(title: str | None) -> str:
    """The words of a title as the index sees them, without accents and case, one space around each."""
    text = title or ""
    if not text.isascii():
        text = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return f" {' '.join(_TOKENS.findall(text.casefold()))} "


def understand(text: str) -> Search:
    """Take query text apart. The last word is the beginning of a word, unless something else ends it."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    filters: list[Filter] = []
    text = clean_text(text)
    for number, piece in enumerate(_PIECES.finditer(text)):
        if number >= MAX_TERMS:
            break
        minus, kind, value = piece[1], (piece[2] or "").lower(), piece[3]
        if value is None:  # a filter that waits for its value
            continue
        words = " ".join(value.strip('"').split())[:_MAX_TERM]
        if not words or words == "-":
            continue
        found = Filter(kind, words, negated=bool(minus))
        if kind and (kind != "is" or found.state):
            filters.append(found)
            continue
        spoken = f"{kind}:{words}" if kind else words
        prefix = piece.end() == len(text) and value[-1].isalnum() and not value.startswith('"') and not minus
        (unwanted if minus else wanted).append(Term(spoken, tuple(fold(spoken).split()), prefix))
    return Search(tuple(wanted), tuple(unwanted), tuple(filters))
