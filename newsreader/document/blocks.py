"""The data types of a Document, and their compact form in the library. Needs no lxml: the reader loads this."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

VERSION: Final = 9
"""Of the builder and of the serialised form; a stored document of another version is built anew from its HTML."""


_encode: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_decode: Final = json.JSONDecoder(strict=False).decode


class Mark(StrEnum):
    """What a stretch of text is, beside plain."""

    STRONG = "b"
    EMPHASIS = "i"
    CODE = "c"
    LINK = "a"
    DELETED = "d"
    INSERTED = "u"
    SUPERSCRIPT = "^"
    SUBSCRIPT = "_"
    HIGHLIGHT = "m"
    KEYBOARD = "k"
    SMALL = "s"
    ANCHOR = "#"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` up to `end` of a Text are `mark`; `target` is a link's address (http, https, mailto, #id).

    An anchor is where links to its id (`target`, without the #) lead: a place in the text, without any character.
    """

    start: int
    end: int
    mark: Mark
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """Running text with its spans, white space as a browser shows it; a forced line break is a newline character."""

    text: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    content: Text


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    content: Text


@dataclass(frozen=True, slots=True)
class Code:
    """Preformatted text, white space kept, with its language where the page names it, and the marks in it."""

    text: str
    language: str | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: blocks set apart."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list: each item is blocks; `start` is the first number of an ordered one, None for bullets.

    From item to item the number grows by `step` (-1: it counts down); `style` is HTML's: 1, a, A, i, I.
    """

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None
    step: int = 1
    style: str = "1"


@dataclass(frozen=True, slots=True)
class Definitions:
    """A definition list: (term, what it means) in order; a term may have several meanings and none."""

    items: tuple[tuple[Text, tuple[Block, ...]], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cells, the first `header` rows are headings; ragged rows are filled up with empty cells.

    `spans` tells of each cell that goes over more than one column: its row, its column, the number of columns. Those
    that it covers are empty. One that is `rightward` runs from right to left: its first column stands at the right.
    """

    rows: tuple[tuple[Text, ...], ...]
    header: int = 0
    caption: Text = Text()
    spans: tuple[tuple[int, int, int], ...] = ()
    rightward: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture that is not shown: its address, its text alternative, its caption, where it leads if it is a link."""

    source: str | None
    alternative: str = ""
    caption: Text = Text()
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """Audio, video or something embedded, as a line with its address; `kind` is "audio", "video" or "embed"."""

    kind: str
    url: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


Block: TypeAlias = Paragraph | Heading | Code | Quote | ListBlock | Definitions | Table | Figure | Media | Rule


@dataclass(frozen=True, slots=True)
class Document:
    """An article's text as blocks, in reading order."""

    blocks: tuple[Block, ...]
    language: str | None = None


def dump(document: Document) -> bytes:
    """Write a document in its compact form (nested JSON arrays, a letter for each kind), for the library."""
    return f"[{_dump_string(document.language)},{_dump_blocks(document.blocks)}]".encode()


def load(data: bytes) -> Document:
    """Read what `dump` wrote with the same VERSION. Raises ValueError for anything else."""
    try:
        language, blocks = _decode(data.decode())
        return Document(tuple(_load_block(block) for block in blocks), language)
    except (TypeError, KeyError, IndexError) as error:
        raise ValueError("not a stored document of this version") from error


def _dump_string(text: str | None) -> str:
    """Write a string as JSON, most without looking at each character: blocks hold no other control characters."""
    if text is None:
        return "null"
    return _encode(text) if '"' in text or "\\" in text or "\n" in text or "\t" in text else f'"{text}"'


def _dump_text(text: Text) -> str:
    if not text.spans:
        return _dump_string(text.text)
    spans = ",".join(f'[{span.start},{span.end},"{span.mark}",{_dump_string(span.target)}]' for span in text.spans)
    return f"[{_dump_string(text.text)},{spans}]"


def _load_text(data: Any) -> Text:
    if isinstance(data, str):
        return Text(data)
    return Text(data[0], tuple(Span(start, end, Mark(mark), target) for start, end, mark, target in data[1:]))


def _dump_blocks(blocks: tuple[Block, ...]) -> str:
    return f"[{','.join(map(_dump_block, blocks))}]"


def _load_blocks(data: Any) -> tuple[Block, ...]:
    return tuple(_load_block(block) for block in data)


def _dump_block(block: Block) -> str:
    match block:
        case Paragraph(content):
            return f'["p",{_dump_text(content)}]'
        case Heading(level, content):
            return f'["h",{level},{_dump_text(content)}]'
        case Code(text, language, spans):
            return f'["c",{_dump_text(Text(text, spans))},{_dump_string(language)}]'
        case Quote(blocks):
            return f'["q",{_dump_blocks(blocks)}]'
        case ListBlock(items, start, step, style):
            marks = "null" if start is None else f'{start},{step},"{style}"'
            return f'["l",[{",".join(map(_dump_blocks, items))}],{marks}]'
        case Definitions(definitions):
            pairs = (f"[{_dump_text(term)},{_dump_blocks(meaning)}]" for term, meaning in definitions)
            return f'["d",[{",".join(pairs)}]]'
        case Table(rows, header, caption, spans, rightward):
            cells = (f"[{','.join(map(_dump_text, row))}]" for row in rows)
            return f'["t",{header},{_dump_text(caption)},[{",".join(cells)}],{_encode(spans)},{int(rightward)}]'
        case Figure(source, alternative, caption, link):
            addresses = f"{_dump_string(source)},{_dump_string(link)}"
            return f'["f",{addresses},{_dump_string(alternative)},{_dump_text(caption)}]'
        case Media(kind, url, label):
            return _encode(["m", kind, url, label])
        case Rule():
            return '["r"]'


def _load_block(data: Any) -> Block:
    match data:
        case ["p", content]:
            return Paragraph(_load_text(content))
        case ["h", level, content]:
            return Heading(level, _load_text(content))
        case ["c", text, language]:
            content = _load_text(text)
            return Code(content.text, language, content.spans)
        case ["q", blocks]:
            return Quote(_load_blocks(blocks))
        case ["l", items, *marks]:
            return ListBlock(tuple(_load_blocks(item) for item in items), *marks)
        case ["d", items]:
            return Definitions(tuple((_load_text(term), _load_blocks(meaning)) for term, meaning in items))
        case ["t", header, caption, rows, spans, rightward]:
            cells = tuple(tuple(_load_text(cell) for cell in row) for row in rows)
            spanning = tuple((row, first, count) for row, first, count in spans)
            return Table(cells, header, _load_text(caption), spanning, rightward=bool(rightward))
        case ["f", source, link, alternative, caption]:
            return Figure(source, alternative, _load_text(caption), link)
        case ["m", kind, url, label]:
            return Media(kind, url, label)
        case ["r"]:
            return Rule()
        case _:
            raise ValueError("not a stored document of this version")
