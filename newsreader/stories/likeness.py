"""How likely it is that two articles tell of the same event, from their sketches and how rare each word is.

What speaks for it is gathered as a few numbers (`Evidence`), which are weighed by what they were worth where the truth
is known: the weights are those of a logistic regression, made by `python -m tests.stories.fit`.
"""

from __future__ import annotations

from math import log, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.stories.signs import NUMBER, SOUND, VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from newsreader.stories.sketch import Sketch

_SAME_RUNS: Final = 6  # of sketch.RUNS: then one is a copy of the other
_DAY: Final = 86_400
_DIGIT, _DIGITS = 0.3, 0.7  # what a short number among words counts for beside a word, and a longer one
_NAME: Final = 1.3
_THING: Final = 0.8  # what is known in many languages is no name
_SOUND: Final = 5  # letters from which on a sound is as good as a name
_FEWEST: Final = 2  # things in common: one may be anything
_UNNAMED: Final = 0.3  # of the names is told, where there are none
UNLIKE: Final = -20.0


class Evidence(NamedTuple):
    """What two articles have in common, and what not; all is between 0 and a few, and weighed by `_WEIGHTS`."""

    shared: float  # words, names once more, signs, by how rare they are
    dense: float  # the same, beside how much there is that could be shared
    in_leads: float  # of that only beneath the titles
    things: float  # that only `concepts` knows to be the same
    small_numbers: float
    rarest: float  # the one thing in common that is rarest
    covered: float  # of the title that is less well told by the other article
    names: float  # the same for all names
    strange: float  # names in each title of which the other article knows nothing
    days: float
    late: float  # days after the first
    length: float  # of the shorter


_WEIGHTS: Final = Evidence(
    shared=1.22,
    dense=9.55,
    in_leads=-1.55,
    things=0.45,
    small_numbers=2.26,
    rarest=1.51,
    covered=4.69,
    names=2.37,
    strange=-0.26,
    days=-0.62,
    late=-1.47,
    length=-0.55,
)
_BIAS: Final = -7.0


class Rarity(dict[str, float]):
    """How rare words are, from 0 to 1; each is counted once, and most are asked for many times."""

    def __init__(self, counted: Callable[[str], float]) -> None:
        super().__init__()
        self._counted = counted

    def __missing__(self, word: str) -> float:
        found = self[word] = self._counted(word)
        return found


class Weighed:
    """An article to compare others with: what it says, and what each of that counts for here."""

    def __init__(self, sketch: Sketch, rarity: Rarity) -> None:
        self.sketch = sketch
        self.title = frozenset(sketch.title)
        self.words = {word: rarity[word] * _worth(word) for word in (*sketch.title, *sketch.lead)}
        self.shown = dict(zip(sketch.signs, sketch.shown, strict=True))
        self.signs = {sign: rarity[sign] for sign in sketch.signs}
        self.names = frozenset(sketch.names) & self.words.keys()
        self.versions = _versions(sketch)


class _Words(NamedTuple):
    """The words in common: what those in titles count for, those in leads, and names among them; how many there are."""

    in_titles: float
    in_leads: float
    names: float
    rarest: float
    number: int


class _Signs(NamedTuple):
    """The signs in common where words are not; `told` are the words of one that the other has in another form."""

    sounds: float
    things: float
    numbers: float
    small_numbers: float
    rarest: float
    number: int
    told: set[str]
    told_there: set[str]


def is_copy(one: Sketch, other: Sketch) -> bool:
    """Whether two articles are of the same address, or have the same text."""
    if one.link and one.link == other.link:
        return True
    return len({*one.runs} & {*other.runs}) >= _SAME_RUNS


def likeness(mine: Weighed, other: Sketch, rarity: Mapping[str, float]) -> float:
    """The logarithm of the odds that two articles tell of one event: 0 is even, 2 is seven to one.

    Who tells of many things tells of none of them, and two versions of a program are two events.
    """
    versions = _versions(other)
    if mine.sketch.overview or other.overview:
        return UNLIKE
    if versions and mine.versions and versions.isdisjoint(mine.versions):
        return UNLIKE
    found = evidence(mine, other, rarity)
    if found is None:
        return UNLIKE
    return _BIAS + sum(weight * value for weight, value in zip(_WEIGHTS, found, strict=True))


def evidence(mine: Weighed, other: Sketch, rarity: Mapping[str, float]) -> Evidence | None:
    """What speaks for two articles being about one event, and against it; None where they have nothing in common."""
    theirs, names = {*other.title, *other.lead}, {*other.names}
    words = _words_shared(mine, other, names)
    signs = _signs_shared(mine, other, theirs)
    if words.number + signs.number < _FEWEST:
        return None
    told, told_there = signs.told | theirs, signs.told_there | mine.words.keys()
    of_signs = signs.sounds + signs.things + signs.numbers
    sizes = len(mine.words), len(theirs)
    days = abs(mine.sketch.at - other.at) / _DAY
    known = [
        *([_covered(mine.names, mine.words, told)] if mine.names else ()),
        *([_covered(names & theirs, rarity, told_there)] if not names.isdisjoint(theirs) else ()),
    ]
    return Evidence(
        shared=sqrt(words.in_titles + words.in_leads + words.names + of_signs),
        dense=sqrt(words.in_titles + words.in_leads / 2 + of_signs) / log(4 + max(sizes)),
        in_leads=sqrt(words.in_leads),
        things=sqrt(signs.things),
        small_numbers=sqrt(signs.small_numbers),
        rarest=max(words.rarest, signs.rarest),
        covered=min(_titles_told(mine, other, rarity, told, told_there)),
        names=min(known, default=_UNNAMED),
        strange=min(
            _unknown(mine.title & mine.names, told, rarity),
            _unknown(names.intersection(other.title), told_there, rarity),
        ),
        days=days,
        late=max(0.0, days - 1.0),
        length=log(1 + min(sizes)),
    )


def titles_told(mine: Weighed, other: Sketch, rarity: Mapping[str, float]) -> tuple[float, float]:
    """How much of each title the other article tells."""
    theirs = {*other.title, *other.lead}
    signs = _signs_shared(mine, other, theirs)
    return _titles_told(mine, other, rarity, signs.told | theirs, signs.told_there | mine.words.keys())


def _titles_told(
    mine: Weighed, other: Sketch, rarity: Mapping[str, float], told: set[str], told_there: set[str]
) -> tuple[float, float]:
    there = {word: rarity[word] * _worth(word) for word in other.title}
    return _covered(mine.sketch.title, mine.words, told), _covered(other.title, there, told_there)


def _words_shared(mine: Weighed, other: Sketch, names: set[str]) -> _Words:
    in_titles = in_leads = of_names = rarest = 0.0
    count = 0
    words = mine.words
    for place in (other.title, other.lead):
        for word in place:
            worth = words.get(word)
            if worth is None:
                continue
            count += not word.isdigit()
            if place is other.title or word in mine.title:
                in_titles += worth
            else:
                in_leads += worth
            if word in names or word in mine.names:
                of_names += worth
                worth *= _NAME
            rarest = max(rarest, worth)
    return _Words(in_titles, in_leads, of_names, rarest, count)


def _signs_shared(mine: Weighed, other: Sketch, theirs: set[str]) -> _Signs:
    told, told_there = set[str](), set[str]()
    sounds = things = numbers = small_numbers = rarest = 0.0
    count = 0
    for sign, shown_there in zip(other.signs, other.shown, strict=True):
        shown = mine.shown.get(sign)
        if shown is None or sign[0] == VERSION:
            continue
        told.add(shown)
        told_there.add(shown_there)
        worth = mine.signs[sign]
        if sign[0] == NUMBER:
            if is_large(sign):
                numbers += worth
                count += 1
            else:
                small_numbers += worth
        elif shown_there in mine.words or shown in theirs:
            continue  # the words are the same already
        elif sign[0] == SOUND:
            worth *= min(1.0, (len(sign) - 1) / _SOUND)
            sounds += worth
            rarest = max(rarest, worth)
            count += 1
        else:
            things += worth
            rarest = max(rarest, worth * _THING)
            count += 1
    return _Signs(sounds, things, numbers, small_numbers, rarest, count, told, told_there)


def is_large(sign: str) -> bool:
    """Whether a number is none of those that are in every other article."""
    return len(sign) > 3 or (len(sign) == 3 and sign[1] != "1")


def _covered(asked: Iterable[str], rarity: Mapping[str, float], told: AbstractSet[str]) -> float:
    """How much of this is told, by how rare it is."""
    whole = got = 0.0
    for word in asked:
        worth = rarity[word]
        whole += worth
        if word in told:
            got += worth
    return got / whole if whole else 0.0


def _unknown(names: Iterable[str], told: AbstractSet[str], rarity: Mapping[str, float]) -> float:
    return sum(rarity[name] for name in names if name not in told)


def _worth(word: str) -> float:
    """What a word counts for beside others of its rarity: numbers that stand among words say less."""
    if not word.isdigit():
        return 1.0
    return _DIGIT if len(word) < 3 else _DIGITS


def _versions(sketch: Sketch) -> frozenset[str]:
    return frozenset(sign for sign in sketch.signs if sign[0] == VERSION)
