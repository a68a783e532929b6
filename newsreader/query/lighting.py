"""Where in a text stands what a query looks for, and the stretch of a text that shows it best."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.query.folding import folded_letter, pattern_of, words_in
from newsreader.query.tree import All, Any, Place, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.query.tree import Node

_LEAD: Final = 24  # characters before the first hit, which tell what it is about
_AROUND: Final = 400  # characters of a text that is cut out; the screen cuts what has no room
_GAP: Final = re.compile(r"\s+")


class Snippet(NamedTuple):
    """A stretch of a text on one line, and the hits in it: first character and the one behind the last."""

    text: str
    hits: tuple[tuple[int, int], ...]


def lights(text: str, node: Node | None, place: Place = Place.ANYWHERE) -> tuple[tuple[int, int], ...]:
    """The places of what a query wants in a text, in order and apart; `place` says whether it is a title."""
    pattern = _pattern(_wanted(node, place))
    if pattern is None or not text:
        return ()
    if text.isascii():
        return tuple(found.span() for found in pattern.finditer(text.lower()))
    folded, origins = _folded(text)
    return tuple((origins[found.start()], origins[found.end() - 1] + 1) for found in pattern.finditer(folded))


def snippet(text: str, node: Node | None) -> Snippet | None:
    """The stretch of a text that shows the first of what a query wants; None where nothing of it stands there."""
    hits = lights(text, node)
    if not hits:
        return None
    start, first_hit = max(0, hits[0][0] - _LEAD), hits[0][0]
    if start:
        gap = _GAP.search(text, start, first_hit)
        start = gap.end() if gap else first_hit
    lead = "…" if start else ""
    shown = _on_one_line(text[start : start + _AROUND])
    inside = ((max(first, start), min(last, start + _AROUND)) for first, last in hits if first < start + _AROUND)
    return Snippet(
        f"{lead}{shown}", tuple((first - start + len(lead), last - start + len(lead)) for first, last in inside)
    )


def _on_one_line(text: str) -> str:
    """Every sign of space a blank, one for one: places stay what they are."""
    return "".join(" " if letter.isspace() else letter for letter in text)


def _wanted(node: Node | None, place: Place) -> frozenset[tuple[str, bool]]:
    return frozenset((words.text, words.begun) for words in _words_of(node) if words.place in {Place.ANYWHERE, place})


def _words_of(node: Node | None) -> Iterator[Words]:
    """The words that a tree wants, not those that are to be missing."""
    if isinstance(node, Words):
        yield node
    elif isinstance(node, All | Any):
        for part in node.parts:
            yield from _words_of(part)


@lru_cache(maxsize=16)
def _pattern(wanted: frozenset[tuple[str, bool]]) -> re.Pattern[str] | None:
    words = [(words_in(_folded(text)[0]), begun) for text, begun in wanted]
    parts = [pattern_of(each, begun=begun) for each, begun in words if each]
    return re.compile("|".join(sorted(parts, key=len, reverse=True))) if parts else None


def _folded(text: str) -> tuple[str, list[int]]:
    """A text as it is compared, and for each of its letters the place it comes from."""
    parts = [folded_letter(letter) for letter in text]
    return "".join(parts), [index for index, part in enumerate(parts) for _ in part]
