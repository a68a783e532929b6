"""The filters of a query: what `is:`, `since:`, `words:` … take, and what was meant where they cannot be read."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from newsreader.query.moments import moment_in
from newsreader.query.tree import Dated, Has, Is, Length, Name, Named, Order, Place, State, Thing, Told, Words
from newsreader.text import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from enum import StrEnum

    from newsreader.query.tree import Node

    E = TypeVar("E", bound=StrEnum)

_NUMBER: Final = r"(>=|<=|>|<|=)?(\d{1,9})|(\d{1,9})\.\.(\d{1,9})"
_NUMBER_BEGUN: Final = r"(>=?|<=?|=)|\d{1,9}\.\.?"
_DATE_BEGUN: Final = r"\d{1,5}|\d{4}[-/.](\d{0,2}|\d{1,2}[-/.])"
_LANGUAGE: Final = r"[a-z]{2,3}(-[a-z0-9]{2,8})*"
_LANGUAGES: Final = dict(
    pair.split(":")
    for pair in "arabic:ar chinese:zh dutch:nl english:en french:fr german:de italian:it japanese:ja korean:ko "
    "polish:pl portuguese:pt russian:ru spanish:es swedish:sv turkish:tr ukrainian:uk".split()
)
# What other programs, and people, call it.
_ALSO: Final = {
    **dict.fromkeys(("starred", "star", "saved", "flagged", "favorite", "favourite", "marked"), "bookmarked"),
    **dict.fromkeys(("new", "unseen"), "unread"),
    **dict.fromkeys(("seen", "opened"), "read"),
    **dict.fromkeys(("queued", "readlater"), "later"),
    **dict.fromkeys(("changed", "updated"), "edited"),
    **dict.fromkeys(("full", "full-text", "whole"), "fulltext"),
    **dict.fromkeys(("started", "unfinished"), "begun"),
    **dict.fromkeys(("attachment", "audio", "podcast", "file", "video"), "enclosure"),
    **dict.fromkeys(("picture", "photo", "img"), "image"),
    **dict.fromkeys(("feed", "from", "blog", "site"), "source"),
    **dict.fromkeys(("group", "in"), "folder"),
    **dict.fromkeys(("cat", "topic", "hashtag", "section"), "category"),
    **dict.fromkeys(("label", "keyword"), "tag"),
    **dict.fromkeys(("by", "writer"), "author"),
    **dict.fromkeys(("subject", "headline", "intitle"), "title"),
    **dict.fromkeys(("url", "href", "inurl"), "link"),
    **dict.fromkeys(("after", "newer", "age"), "since"),
    **dict.fromkeys(("until", "older"), "before"),
    **dict.fromkeys(("length", "size", "long", "longest"), "words"),
    **dict.fromkeys(("order", "orderby"), "sort"),
    "latest": "newest",
    "short": "shortest",
}


class Misread(NamedTuple):
    """Why a value is none: a sentence, what was probably meant, and whether it may only not be typed out yet."""

    sentence: str
    meant: str | None = None
    unfinished: bool = False


def near(word: str, known: Iterable[str]) -> str | None:
    """What was probably meant by a word, of those that are known."""
    folded, choices = word.casefold(), list(known)
    if (also := _ALSO.get(folded)) in choices:
        return also
    found = difflib.get_close_matches(folded, choices, n=1, cutoff=0.6)
    return found[0] if found else None


def read_filter(field: str, value: str, *, begun: bool = False) -> Node | Order | Misread:
    """Read one of FIELDS with its value, which is cleaned and not empty; `begun` stands for the star behind a word."""
    return FIELDS[field](value, begun)


def _states(value: str, _: bool) -> Node | Misread:
    state = _one_of(State, "is", value)
    return state if isinstance(state, Misread) else Is(state)


def _things(value: str, _: bool) -> Node | Misread:
    thing = _one_of(Thing, "has", value)
    return thing if isinstance(thing, Misread) else Has(thing)


def _orders(value: str, _: bool) -> Order | Misread:
    return _one_of(Order, "sort", value)


def _one_of(kind: type[E], field: str, value: str) -> E | Misread:
    word = value.casefold()
    names = [each.value for each in kind]
    if word in names:
        return kind(word)
    meant = near(word, names)
    asks = f"; did you mean “{field}:{meant}”?" if meant else f". {field}: takes {listed(names)}."
    return Misread(f"There is no “{field}:{value}”{asks}", meant, any(name.startswith(word) for name in names))


def _place(place: Place) -> Callable[[str, bool], Node]:
    return lambda value, begun: Words(value, begun=begun, place=place)


def _name(name: Name) -> Callable[[str, bool], Node]:
    return lambda value, _: Named(name, value)


def _category(value: str, _: bool) -> Node | Misread:
    """What a feed calls a hashtag is the same without its sign."""
    name = value.lstrip("#").strip()
    return Named(Name.CATEGORY, name) if name else Misread("category: takes a name, as category:ferries.", None, True)


def _language(value: str, _: bool) -> Node | Misread:
    if re.fullmatch(_LANGUAGE, value, re.IGNORECASE):
        return Named(Name.LANG, value.lower())
    meant = _LANGUAGES.get(value.casefold())
    asks = f"; did you mean “lang:{meant}”?" if meant else ". They are written so: lang:en, lang:pt-BR."
    return Misread(f"“{value}” is no language{asks}", meant, len(value) < 2)


def _dated(before: bool) -> Callable[[str, bool], Node | Misread]:
    def read(value: str, _: bool) -> Node | Misread:
        moment = moment_in(value)
        if moment is not None:
            return Dated(moment, before=before)
        field = "before" if before else "since"
        meant = near(value, ("today", "yesterday"))
        begun = re.fullmatch(_DATE_BEGUN, value) or any(
            day.startswith(value.casefold()) for day in ("today", "yesterday")
        )
        takes = f"{field}: takes 12h, 2d, 3w, 6m, 1y, today, yesterday or 2026-11-01."
        asks = f"; did you mean “{field}:{meant}”?" if meant else f". {takes}"
        return Misread(f"“{value}” is no date{asks}", meant, bool(begun))

    return read


def _length(value: str, _: bool) -> Node | Misread:
    found = _range(value)
    if found is None:
        takes = "words: takes >500, <100, 300 or 200..800."
        return Misread(f"“{value}” is no number of words. {takes}", None, bool(re.fullmatch(_NUMBER_BEGUN, value)))
    return Length(*found)


def _story(value: str, _: bool) -> Node | Misread:
    found = _range(value)
    if found is None:
        takes = "story: takes >2, >=3, 4 or 2..5: how many sources tell of it."
        return Misread(f"“{value}” is no number of sources. {takes}", None, bool(re.fullmatch(_NUMBER_BEGUN, value)))
    return Told(*found)


def _range(value: str) -> tuple[int | None, int | None] | None:
    """The least and the most that a number with a sign, or two with dots between them, stand for."""
    found = re.fullmatch(_NUMBER, value.replace(",", "").replace(" ", ""))
    if found is None:
        return None
    sign, one, least, most = found.groups()
    if one is None:
        low, high = sorted((int(least), int(most)))
        return low, high
    number = int(one)
    bounds = {">": (number + 1, None), ">=": (number, None), "<": (None, number - 1), "<=": (None, number)}
    return bounds.get(sign, (number, number))


FIELDS: Final[dict[str, Callable[[str, bool], Node | Order | Misread]]] = {
    "is": _states,
    "has": _things,
    "source": _name(Name.SOURCE),
    "folder": _name(Name.FOLDER),
    "tag": _name(Name.TAG),
    "category": _category,
    "author": _place(Place.AUTHOR),
    "title": _place(Place.TITLE),
    "link": _name(Name.LINK),
    "lang": _language,
    "since": _dated(before=False),
    "before": _dated(before=True),
    "words": _length,
    "story": _story,
    "sort": _orders,
}
"""Every filter by its name, and what reads its value."""
