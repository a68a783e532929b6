"""Whom and what an article names, and how often: people by their whole names, however they are called later on."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from newsreader.stories.names import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MOST: Final = 10
_LEAST: Final = 2  # letters
_GERMAN: Final = 0.06  # of the words are those of German: there all nouns are written as names are
_SEEN: Final = 2  # times that a word must stand where places stand, to be one
_AND: Final = re.compile("[\u2019']s (?=.)| (?:and|und|et|y|e) ")
_CALLED: Final = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady herr frau señor señora sra sr mme m former president mayor "
    "minister senator sen rep gov governor chancellor ceo cto cfo judge captain präsident kanzler attorney "
    "secretary spokesman spokeswoman".split()
)
_CALLS: Final = frozenset(["prime", "chief", "vice", "deputy", "first"])
_DAYS: Final = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec januar februar märz mai juni juli oktober dezember "
    "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag "
    "sonnabend sonntag".split()
)
"""Months and days, in the languages that write them with a capital."""
_FEASTS: Final = frozenset(["black", "cyber", "good", "ash", "holy", "super", "giving", "palm", "bloody"])
_OTHER: Final = frozenset(
    "new old great north south east west northern southern eastern western central upper lower saint st san santa "
    "nova novo nueva nuevo nord süd ost west neu alt".split()
)
"""What stands before the name of one place in that of another: "New Delhi" is not who "Delhi" is short for."""
_DETERMINED: Final = re.compile(
    r"(?:(?<!\bvon )(?<!\bvan )"
    r"\b(?i:der|die|das|den|dem|des|ein|eine|einen|einem|einer|eines|kein\w*|mein\w*|dein\w*|sein\w*|ihre?[nmrs]?|"
    r"unser\w*|diese\w*|jede\w*|alle\w*|viele\w*|mehr|weniger|im|am|zum|zur|vom|beim|ins|ans)|\d)"
    r"(?: [a-zäöüß]+(?:e|en|er|es|em))? ([A-ZÄÖÜ][\w-]+)"
)
"""A noun behind what stands before nouns: it is no name in German, which writes both with a capital."""
_OF_GERMAN: Final = frozenset(["der", "die", "das", "und", "ist", "nicht", "ein", "eine", "mit", "den", "zu", "auf"])
_PLACED: Final = re.compile(r"\b(?:in|aus|nach|bei) ([A-ZÄÖÜ][\w-]+)")


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody or something that an article names, and how often."""

    name: str
    times: int


def named_in(texts: Sequence[str]) -> tuple[Name, ...]:
    """Whom and what texts name, the most often named first; "Mr Toll" is Henrike Toll where only one has that name."""
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}  # by the name in small letters: datelines are in capitals
    small = frozenset(word for text in texts for word in text.split() if word.islower())
    found = (_bare(part) for text in texts for several in names_of(text, small) for part in _AND.split(several))
    for name in _without_nouns(found, texts):
        folded = name.casefold()
        if len(folded) >= _LEAST:
            counts[folded] += 1
            if written.get(folded, name.upper()).isupper():
                written[folded] = name
    _join(counts)
    ranked = sorted(counts.items(), key=lambda each: (-each[1], -len(each[0].split())))
    return tuple(Name(written[folded], times) for folded, times in ranked[:_MOST])


def _join(counts: Counter[str]) -> None:
    """Count the short names of somebody with the whole one, and of what is something's by its own."""
    bearers: defaultdict[str, list[str]] = defaultdict(list)
    for folded in counts:
        first, _, short = folded.rpartition(" ")
        if first and " of " not in folded and _OTHER.isdisjoint(first.split()):
            bearers[short].append(folded)
    for short, longer in bearers.items():
        # "Apple's chief Tim Cook" and "Tim Cook" are one, too.
        bearer = [one for one in longer if not any(one.endswith(f" {other}") for other in longer)]
        if short not in counts or len(bearer) != 1:
            continue
        if bearer[0].rpartition(" ")[0] in counts:  # "Google Stadia": the Stadia of Google, who is one, too
            counts[short] += counts.pop(bearer[0])
        else:
            counts[bearer[0]] += counts.pop(short)


def _bare(name: str) -> str:
    """A name without what people are called by before it, the one whom it belongs to, and the day behind it."""
    words = name.split()
    while words and words[-1].casefold() in _DAYS and words[-2:-1] and words[-2].casefold() not in _FEASTS:
        words.pop()
    called = [at for at, word in enumerate(words) if word.rstrip(".").casefold() in _CALLED]
    if called and called[-1] + 1 < len(words):
        words = words[called[-1] + 1 :]
    elif called and all(word.casefold() in _CALLED | _CALLS for word in words):
        words = []
    while words and (words[0].islower() or words[0].casefold() in _DAYS):
        words.pop(0)
    return " ".join(words)


def _without_nouns(names: Iterable[str], texts: Sequence[str]) -> Iterator[str]:
    """The names alone, where all nouns have capitals: of several words, of one that ends such a name, and of places."""
    words = [word for text in texts for word in text.split()]
    if sum(word in _OF_GERMAN for word in words) <= _GERMAN * len(words):
        yield from names
        return
    nouns = {found[1] for text in texts for found in _DETERMINED.finditer(text)}
    placed = Counter(found[1] for text in texts for found in _PLACED.finditer(text))
    parts = [part for name in names for part in _parts(name, nouns)]
    known = {part.rpartition(" ")[2] for part in parts if " " in part}
    for part in parts:
        if " " in part or part in known or part.isupper() or placed[part] >= _SEEN:
            yield part


def _parts(name: str, nouns: set[str]) -> Iterator[str]:
    """What is left of a name between its nouns; the small words inside it stay: "Ursula von der Leyen"."""
    kept: list[str] = []
    for word in (*name.split(), ""):
        if word and word not in nouns and not (word.islower() and not kept):
            kept.append(word)
            continue
        while kept and kept[-1].islower():
            kept.pop()
        if kept:
            yield " ".join(kept)
        kept = []
