"""Which tables are tables: cells become a Table, or plain blocks where the page used the table for layout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from newsreader.bounds import MAX_TABLE_CELLS
from newsreader.document.blocks import (
    Block,
    Code,
    Definitions,
    Figure,
    Heading,
    Mark,
    Media,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    Text,
)
from newsreader.document.direction import has_letters, reads_right_to_left
from newsreader.document.runs import joined
from newsreader.document.words import texts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from newsreader.document.runs import Run

    Grid = tuple[tuple[Text, ...], ...]
    Spans = tuple[tuple[int, int, int], ...]

_MAX_SPAN: Final = 100  # columns or rows; columns that stay empty are dropped again
_LONG_CELL: Final = 600  # characters: cells of this length on average are columns of prose
_EMPTY: Final = Text()
_PARTS: Final = frozenset(
    ["tr", "thead", "tbody", "tfoot", "td", "th", "caption"]
)  # the builder sees what else has an id


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as built: its blocks, what it spans (1 or more), whether it is a heading."""

    blocks: tuple[Block, ...]
    columns: int = 1
    rows: int = 1
    header: bool = False


def table_blocks(rows: Sequence[Sequence[Cell]], caption: Text, way: str | None = None) -> tuple[Block, ...]:
    """Make a Table of rows of cells, or plain blocks in reading order where it is none; every word stays.

    One column, a single row without headings, another table or whole sections inside cells: that is layout. A table
    of more than MAX_TABLE_CELLS cells becomes a paragraph a row. `way` is the direction that is declared, rtl or ltr;
    else the table runs as most of its cells do.
    """
    rows = [row for row in rows if any(cell.blocks for cell in row)]
    if not rows:
        return (Paragraph(caption),) if caption.text else ()
    before = (Paragraph(caption),) if caption.text else ()
    if _is_layout(rows):
        return before + tuple(block for row in rows for cell in row for block in cell.blocks)
    if len(rows) * max(sum(min(cell.columns, _MAX_SPAN) for cell in row) for row in rows) > MAX_TABLE_CELLS:
        lines = (joined((_text(cell) for cell in row if cell.blocks), "  ") for row in rows)
        return before + tuple(Paragraph(line) for line in lines if line.text.strip())
    header = _header_rows(rows)
    grid, spans = _without_empty_columns(*_grid(rows, header))
    if len(grid[0]) < 2:
        return before + tuple(Paragraph(row[0]) for row in grid if row[0].text)
    rightward = way == "rtl" if way else _runs_rightward(grid)
    return (Table(grid, header, caption, spans, rightward),)


def _runs_rightward(grid: Grid) -> bool:
    cells = [cell.text for row in grid for cell in row if has_letters(cell.text)]
    return sum(map(reads_right_to_left, cells)) * 2 > len(cells)


def _is_layout(rows: Sequence[Sequence[Cell]]) -> bool:
    cells = [cell for row in rows for cell in row if cell.blocks]
    if max(len([cell for cell in row if cell.blocks]) for row in rows) < 2:
        return True
    if any(isinstance(block, Table) for cell in cells for block in cell.blocks):
        return True
    if any(cell.header for cell in cells):
        return False
    if len(rows) < 2:
        return True
    sections = (Heading, Code, Quote, Rule, Media, Definitions)
    if any(isinstance(block, sections) for cell in cells for block in cell.blocks):
        return True
    pictures = sum(isinstance(block, Figure) for cell in cells for block in cell.blocks)
    length = sum(len(text.text) for cell in cells for text in texts_of(cell.blocks))
    return pictures * 2 >= len(cells) or length > _LONG_CELL * len(cells)


def _grid(rows: Sequence[Sequence[Cell]], header: int) -> tuple[Grid, Spans]:
    """Fill rows up to the same length, with empty cells for what is spanned, and say which cells span columns."""
    taken: dict[int, int] = {}  # column -> rows still covered from above
    lines: list[list[Text]] = []
    spans = []
    for number, row in enumerate(rows):
        line: list[Text] = []
        covered, taken = taken, {column: left - 1 for column, left in taken.items() if left > 1}
        for cell in row:
            while len(line) in covered:
                line.append(_EMPTY)
            first, span = len(line), min(cell.columns, _MAX_SPAN)
            line.append(_strong(_text(cell)) if cell.header and number >= header else _text(cell))
            line.extend([_EMPTY] * (span - 1))
            if span > 1 and line[first].text:
                spans.append((number, first, span))
            if cell.rows > 1:
                taken.update(dict.fromkeys(range(first, first + span), min(cell.rows, _MAX_SPAN) - 1))
        lines.append(line)
    width = max(len(line) for line in lines)
    return tuple(tuple(line + [_EMPTY] * (width - len(line))) for line in lines), tuple(spans)


def _without_empty_columns(grid: Grid, spans: Spans) -> tuple[Grid, Spans]:
    kept = [column for column in range(len(grid[0])) if any(row[column].text for row in grid)]
    place = {column: index for index, column in enumerate(kept)}
    narrowed = (
        (row, place[first], sum(column in place for column in range(first, first + count)))
        for row, first, count in spans
    )
    rows = tuple(tuple(row[column] for column in kept) for row in grid)
    return rows, tuple(span for span in narrowed if span[2] > 1)


def _strong(text: Text) -> Text:
    """Mark a heading beside its row, as a browser does."""
    return Text(text.text, (Span(0, len(text.text), Mark.STRONG), *text.spans)) if text.text else text


def _header_rows(rows: Sequence[Sequence[Cell]]) -> int:
    count = 0
    for row in rows:
        if not all(cell.header or not cell.blocks for cell in row):
            break
        count += 1
    return count if count < len(rows) else 0


def _text(cell: Cell) -> Text:
    """Fold the blocks of a cell into one text, a line each; a picture is its alternative, a player its name."""
    texts: list[Text] = []
    for block in cell.blocks:
        if isinstance(block, Figure):
            words = block.alternative or ("picture" if block.link else "")
            here = () if block.caption.text else block.caption.spans
            texts.append(_linked(words, block.link, here))
        if isinstance(block, Media):
            texts.append(_linked(block.label or block.kind, block.url))
        else:
            texts.extend(texts_of((block,)))
    return joined((text for text in texts if text.text), "\n")


def _linked(words: str, target: str | None, spans: tuple[Span, ...] = ()) -> Text:
    return Text(words, (Span(0, len(words), Mark.LINK, target), *spans) if target and words else spans)


class Around(Protocol):
    """The builder of the document in which a table stands: it takes what is no row and builds what cells hold."""

    run: Run
    blocks: list[Block]

    def inside(self, element: etree._Element) -> tuple[Block, ...]:
        """Build what an element holds, apart."""

    def node(self, element: etree._Element) -> None:
        """Take an element in."""


def read_rows(around: Around, table: etree._Element) -> tuple[list[list[Cell]], Text]:
    """Collect the rows and the caption of a table; other content goes around it, before."""
    rows: list[list[Cell]] = []
    captions: list[Text] = []
    _read_section(around, table, rows, captions, header=False)
    return rows, joined(captions, "\n")


def _read_section(
    around: Around, section: etree._Element, rows: list[list[Cell]], captions: list[Text], *, header: bool
) -> None:
    around.run.add(section.text or "")
    for child in sorted(section, key=lambda part: part.tag == "tfoot"):  # old pages have the foot before the rows
        _keep_anchor(around, child)
        match child.tag:
            case "tr":
                rows.append(_read_row(around, child, header=header))
            case "thead" | "tbody" | "tfoot":
                _read_section(around, child, rows, captions, header=child.tag == "thead")
            case "td" | "th":
                rows.append([_read_cell(around, child, header=header)])
            case "caption":
                text, rest = split(around.inside(child))
                captions.extend([text] if text.text else [])
                around.blocks.extend(rest)
            case _:
                around.node(child)
        around.run.add(child.tail or "")


def _read_row(around: Around, row: etree._Element, *, header: bool) -> list[Cell]:
    cells = []
    around.run.add(row.text or "")
    for child in row:
        if child.tag in {"td", "th"}:
            _keep_anchor(around, child)
            cells.append(_read_cell(around, child, header=header))
        else:
            around.node(child)
        around.run.add(child.tail or "")
    return cells


def _keep_anchor(around: Around, element: etree._Element) -> None:
    if element.tag in _PARTS and (anchor := element.get("id")) is not None:
        around.run.anchor(anchor)


def _read_cell(around: Around, cell: etree._Element, *, header: bool) -> Cell:
    columns, rows = whole_number(cell.get("colspan"), 1), whole_number(cell.get("rowspan"), 1)
    return Cell(around.inside(cell), max(1, columns), max(1, rows), header or cell.tag == "th")


def split(blocks: tuple[Block, ...]) -> tuple[Text, tuple[Block, ...]]:
    """Part blocks into their running text, a line each, and what is no running text."""
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return blocks[0].content, ()
    texts = [text for block in blocks if not _stands_alone(block) for text in texts_of((block,)) if text.text]
    return joined(texts, "\n"), tuple(block for block in blocks if _stands_alone(block))


def _stands_alone(block: Block) -> bool:
    return isinstance(block, Figure | Media | Code | Rule)


def whole_number(value: str | None, default: int) -> int:
    """Read a number of an attribute; the default where there is none."""
    try:
        return int(value) if value else default
    except ValueError:
        return default
