"""The categories and hashtags that a feed gives an article: which are shown under its title, in one line, as links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.bounds import CATEGORIES_SHOWN, CATEGORY_WIDTH
from newsreader.query.folding import bare
from newsreader.text import cell_width, one_line, truncate
from newsreader.ui.page_links import CATEGORIES, CATEGORY
from newsreader.ui.pieces import Piece, isolates
from newsreader.ui.typesetting import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_BETWEEN: Final = " · "
_NONE: Final = frozenset(
    bare(name.replace("_", " "))
    for name in (
        *("uncategorized", "uncategorised", "unkategorisiert", "non_classé", "sin_categoría", "sem_categoria"),
        *("senza_categoria", "geen_categorie", "без_рубрики", "未分類", "未分类"),
    )
)
"""What programs that write feeds give an article to which nobody gave a category."""


def shown(categories: Iterable[str], source: str) -> tuple[str, ...]:
    """The categories that say something, each once: none that is an address or a number, or only names the source."""
    names: dict[str, str] = {}
    for each in categories:
        name = one_line(each).lstrip("#").strip()
        key = bare(name)
        if any(map(str.isalpha, key)) and "://" not in key and '"' not in key and key not in {*_NONE, bare(source)}:
            names.setdefault(key, name)
    return tuple(names.values())


def category_lines(names: Sequence[str], measure: int, *, whole: bool) -> Iterator[Line]:
    """Set them in one line, and how many more there are; `whole` sets all, in as many lines as it takes."""
    rows = _rows(names, measure)
    if not whole:
        first = next(rows, [])
        del first[CATEGORIES_SHOWN:]
        while len(first) > 1 and len(first) < len(names) and _width(first) + len(_more(names, first)) > measure:
            first.pop()
        more = _more(names, first)
        yield from (_line(row, more if _width(row) + len(more) <= measure else "") for row in [first] if row)
        return
    for row in rows:
        yield _line(row, "")


def _rows(names: Sequence[str], measure: int) -> Iterator[list[str]]:
    row: list[str] = []
    for name in names:
        if row and _width([*row, name]) > measure:
            yield row
            row = []
        row.append(name)
    if row:
        yield row


def _more(names: Sequence[str], row: Sequence[str]) -> str:
    return f"{_BETWEEN}+{len(names) - len(row)}" if len(row) < len(names) else ""


def _shown_name(name: str) -> str:
    return truncate(name, CATEGORY_WIDTH)


def _width(row: Sequence[str]) -> int:
    return sum(cell_width(_shown_name(name)) for name in row) + len(_BETWEEN) * (len(row) - 1)


def _line(row: Sequence[str], more: str) -> Line:
    pieces: list[Piece] = []
    for name in row:
        pieces += (Piece(_BETWEEN, ("facts",)), Piece(_shown_name(name), ("facts",), f"{CATEGORY}{name}"))
    if more:
        pieces += (Piece(_BETWEEN, ("facts",)), Piece(more.removeprefix(_BETWEEN), ("facts",), CATEGORIES))
    begin, end = isolates("".join(row), rightward=False)
    return Line((*begin, *pieces[1:], *end))
