"""A Document as plain text: for pipes, for screen readers, for counting and for search."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsreader.document.blocks import (
    Block,
    Code,
    Definitions,
    Document,
    Figure,
    Heading,
    ListBlock,
    Media,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from newsreader.document.words import texts_of
from newsreader.text import cell_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MIN_WIDTH: Final = 12  # cells: quotations in lists in quotations leave at least this much
_MIN_COLUMN: Final = 6  # cells: a table with narrower columns is written as records
_PIECES: Final = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff"
    "\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003fffd][\u3001\u3002\uff0c\uff01\uff1f\u300d\u300f]*"
    "|[^ \u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff"
    "\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003fffd]+"
)


def to_plain(document: Document, width: int | None = None) -> str:
    """Write a document as plain text, wrapped at `width` cells (None: not wrapped), without a newline at its end.

    Code is never wrapped; tables are aligned by cells, and become records where the width is too small for them.
    """
    return "\n".join(_blocks(document.blocks, None if width is None else max(width, _MIN_WIDTH)))


def plain_text(document: Document) -> str:
    """Give only the words of a document, a line each stretch: for counting and for search."""
    return "\n".join(text.text for text in texts_of(document.blocks) if text.text)


def wrap(text: str, width: int | None) -> list[str]:
    """Break text into lines of at most `width` cells: at spaces, between wide characters, and in words too long."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines.extend([line] if width is None else _wrap_line(line, width))
    return lines


def _wrap_line(line: str, width: int) -> Iterator[str]:
    if cell_width(line) <= width:
        yield line
        return
    current, used, end = "", 0, 0
    for match in _PIECES.finditer(line):
        piece = match[0]
        gap = " " if current and match.start() > end else ""
        end = match.end()
        size = cell_width(piece)
        if current and used + len(gap) + size > width:
            yield current
            current, used, gap = "", 0, ""
        if size > width:
            *heads, piece = _cut(piece, width)
            yield from heads
            size = cell_width(piece)
        current += gap + piece
        used += len(gap) + size
    yield current


def _cut(word: str, width: int) -> list[str]:
    """Cut a word that is too long into pieces that fit; at least one character each."""
    pieces, start, used = [], 0, 0
    for index, character in enumerate(word):
        size = cell_width(character)
        if used + size > width and index > start:
            pieces.append(word[start:index])
            start, used = index, 0
        used += size
    return [*pieces, word[start:]]


def _blocks(blocks: Iterable[Block], width: int | None) -> Iterator[str]:
    """Give the lines of blocks, an empty one between two of them."""
    first = True
    for block in blocks:
        if not first:
            yield ""
        first = False
        yield from _block(block, width)


def _block(block: Block, width: int | None) -> Iterator[str]:
    match block:
        case Paragraph(content):
            yield from wrap(content.text, width)
        case Heading(level, content):
            lines = wrap(content.text, width)
            yield from lines
            if level <= 2:
                yield "=-"[level - 1] * max(map(cell_width, lines))
        case Code(text):
            yield from (f"    {line}" for line in text.split("\n"))
        case Quote(blocks):
            yield from _indented(blocks, "> ", "> ", width)
        case ListBlock(items, start):
            yield from _list(items, start, width)
        case Definitions(items):
            for term, meaning in items:
                yield from wrap(term.text, width)
                yield from _indented(meaning, "    ", "    ", width)
        case Table():
            yield from _table(block, width)
        case Figure(_, alternative, caption):
            yield from wrap(
                f"[Image: {caption.text or alternative}]" if caption.text or alternative else "[Image]", width
            )
        case Media(kind, url, label):
            yield from wrap(f"[{kind.capitalize()}: {label}]" if label else f"[{kind.capitalize()}]", width)
            yield url
        case Rule():
            yield "* * *"


def _indented(blocks: Sequence[Block], first: str, rest: str, width: int | None) -> Iterator[str]:
    inner = None if width is None else max(width - cell_width(rest), _MIN_WIDTH)
    prefix = first
    for line in _blocks(blocks, inner):
        yield (prefix + line).rstrip()
        prefix = rest


def _list(items: Sequence[tuple[Block, ...]], start: int | None, width: int | None) -> Iterator[str]:
    """Write items under each other; with an empty line between them where one has more than a paragraph and a list."""
    spaced = any(sum(not isinstance(block, ListBlock) for block in item) > 1 for item in items)
    marks = ["• " if start is None else f"{start + index}. " for index in range(len(items))]
    indent = " " * max(map(len, marks))
    for index, item in enumerate(items):
        if index and spaced:
            yield ""
        lines = _indented(item, marks[index].rjust(len(indent)), indent, width)
        yield from lines if spaced else (line for line in lines if line)


def _table(table: Table, width: int | None) -> Iterator[str]:
    if table.caption.text:
        yield from wrap(table.caption.text, width)
        yield ""
    columns = [max(_widest(row[index].text) for row in table.rows) for index in range(len(table.rows[0]))]
    if width is not None:
        room = width - 2 * (len(columns) - 1)
        while sum(columns) > room and max(columns) > _MIN_COLUMN:
            columns[columns.index(max(columns))] -= 1
        if sum(columns) > room:
            yield from _records(table, width)
            return
    for number, row in enumerate(table.rows):
        cells = [wrap(cell.text, size) for cell, size in zip(row, columns, strict=True)]
        for index in range(max(map(len, cells))):
            line = (cell[index] if index < len(cell) else "" for cell in cells)
            yield "  ".join(_padded(text, size) for text, size in zip(line, columns, strict=True)).rstrip()
        if number == table.header - 1:
            yield "  ".join("-" * size for size in columns)


def _widest(text: str) -> int:
    return max(1, *map(cell_width, text.split("\n"))) if "\n" in text else max(1, cell_width(text))


def _padded(text: str, size: int) -> str:
    return text + " " * (size - cell_width(text))


def _records(table: Table, width: int) -> Iterator[str]:
    """Write each row as lines of "heading: value"."""
    names = [" ".join(cell.text.split()) for cell in table.rows[0]] if table.header else []
    for number, row in enumerate(table.rows[1 if names else 0 :]):
        if number:
            yield ""
        for index, cell in enumerate(row):
            name = names[index] if names else ""
            if cell.text:
                yield from wrap(f"{name}: {cell.text}" if name else cell.text, width)
