"""How much two articles tell of the same event, from their sketches and how rare each word is."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from newsreader.stories.sketch import Sketch

_IN_LEAD: Final = 0.45  # what a word of the lead weighs beside one of the title
_NAME: Final = 1.5
_SAME_RUNS: Final = 6  # of sketch.RUNS: then one is a copy of the other
_FEWEST: Final = 3  # words in common: two may be anything
_COSINE, _COVER = 0.5, 0.5
_STRANGE: Final = 0.12  # taken off where each title names somebody the other article does not know
_DAY: Final = 86_400
_A_DAY: Final = 0.04  # taken off for each day between two articles


def weights(sketch: Sketch, rarity: Callable[[str], float]) -> dict[str, float]:
    """What each word of an article counts for."""
    found = {word: rarity(word) for word in sketch.title}
    for word in sketch.lead:
        found[word] = rarity(word) * _IN_LEAD
    for name in sketch.names:
        if name in found:
            found[name] *= _NAME
    return found


def is_copy(one: Sketch, other: Sketch) -> bool:
    """Whether two articles are of the same address, or have the same text."""
    if one.link and one.link == other.link:
        return True
    return len({*one.runs} & {*other.runs}) >= _SAME_RUNS


def likeness(one: Sketch, other: Sketch, mine: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    """From 0, nothing in common, to about 1. `mine` and `theirs` are the weights of each."""
    shared = mine.keys() & theirs.keys()
    if len(shared) < _FEWEST:
        return 0.0
    cosine = sum(mine[word] * theirs[word] for word in shared) / (_length(mine) * _length(theirs))
    cover = sqrt(_covered(one.title, mine, theirs) * _covered(other.title, theirs, mine))
    found = _COSINE * cosine + _COVER * cover
    if _strange(one, theirs) and _strange(other, mine):
        found -= _STRANGE
    return found - _A_DAY * abs(one.at - other.at) / _DAY


def _length(weights: Mapping[str, float]) -> float:
    return sqrt(sum(weight * weight for weight in weights.values())) or 1.0


def _covered(title: tuple[str, ...], own: Mapping[str, float], others: Mapping[str, float]) -> float:
    """How much of a title the other article has words for."""
    whole = sum(own[word] for word in title)
    return sum(own[word] for word in title if word in others) / whole if whole else 0.0


def _strange(one: Sketch, others: Mapping[str, float]) -> bool:
    """Whether a title names something of which the other article knows nothing."""
    names = {*one.title} & {*one.names}
    return bool(names) and not any(name in others for name in names)
