"""What the list of a search shows of its finds: the words lit in titles, and the stretch of a text where they stand."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from rich.segment import Segment

from newsreader.query import Place, lights, parse
from newsreader.text import cell_width, truncate
from newsreader.ui.pieces import isolates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.style import Style

    from newsreader.query import Node, Snippet

_BEHIND: Final = 10  # cells at least behind the first hit: what follows it tells more than what stands before
_NAME: Final = 12  # cells of a source's name beside a stretch of text
_KEPT: Final = 500  # stretches, then all are forgotten: some screenfuls
_NOTHING: Final[Mapping[int, Snippet | None]] = MappingProxyType({})


class Finds:
    """What is looked for in a list, and the stretches of texts that were read so far."""

    def __init__(self) -> None:
        self.text = ""
        self._node: Node | None = None
        self._snippets: dict[int, Snippet | None] = {}
        self._asked: set[int] = set()

    def begin(self, text: str, found: Mapping[int, Snippet | None] = _NOTHING) -> None:
        """Look for what another query looks for; of some articles it was read already where that stands."""
        if text != self.text:
            self.text, self._node = text, parse(text).node
            self._snippets.clear()
            self._asked.clear()
        self._snippets.update(found)
        self._asked.update(found)

    def lacking(self, keys: Iterable[int | None]) -> tuple[int, ...]:
        """The articles of which nothing was read yet, now asked for; none where no words are looked for."""
        if self._node is None:
            return ()
        lacking = tuple(key for key in keys if key is not None and key not in self._asked)
        self._asked.update(lacking)
        return lacking

    def put(self, text: str, ids: Sequence[int], found: Mapping[int, Snippet]) -> bool:
        """Take in what was read of these for a query; False where another one is looked for meanwhile."""
        if text != self.text:
            return False
        if len(self._snippets) > _KEPT:
            self._snippets.clear()
            self._asked = set(ids)
        self._snippets.update((id_, found.get(id_)) for id_ in ids)
        return True

    def title(self, title: str, look: Style, lit: Style) -> list[Segment]:
        """A title with what is looked for lit."""
        return _lit(title, lights(title, self._node, Place.TITLE), look, lit)

    def stretch(self, key: int, name: str, room: int, look: Style, lit: Style) -> list[Segment] | None:
        """Where the words stand in the text, behind the name of the source; None where they do not."""
        snippet = self._snippets.get(key)
        if snippet is None:
            return None
        name = truncate(name, min(_NAME, room // 3))
        lead = f"{name} · " if name else ""
        text, hits = _near(snippet, max(0, room - cell_width(lead)))
        filler = " " * (room - cell_width(lead) - cell_width(text))
        return [*_lit(lead, (), look, lit), *_lit(text, hits, look, lit), Segment(filler, look)]


def _near(snippet: Snippet, room: int) -> tuple[str, list[tuple[int, int]]]:
    """As much of a stretch as there is room for, with the first hit in it."""
    first, last = snippet.hits[0]
    start = max(0, first - max(0, room - cell_width(snippet.text[first:last]) - _BEHIND))
    if start:
        gap = snippet.text.find(" ", start, first)
        start = gap + 1 if gap >= 0 else first
    mark = "…" if start else ""
    moved = [(begin - start + len(mark), end - start + len(mark)) for begin, end in snippet.hits]
    return truncate(mark + snippet.text[start:], room), moved


def _lit(text: str, hits: Iterable[tuple[int, int]], look: Style, lit: Style) -> list[Segment]:
    """A text in its look with stretches of it lit over that look; what is cut off at its end is not lit."""
    begin, end = isolates(text, rightward=False)
    segments = [Segment(piece.text, look) for piece in begin]
    at, last = 0, len(text) - text.endswith("…")
    for start, stop in hits:
        if start < last:
            segments += [Segment(text[at:start], look), Segment(text[start : min(stop, last)], look + lit)]
            at = min(stop, last)
    return [*segments, Segment(text[at:], look), *(Segment(piece.text, look) for piece in end)]
