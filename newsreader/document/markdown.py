"""A Document as Markdown (CommonMark, with the tables and the strike-through of GitHub)."""

from __future__ import annotations

import re
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from newsreader.document.blocks import (
    Block,
    Code,
    Definitions,
    Document,
    Figure,
    Heading,
    ListBlock,
    Mark,
    Media,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    Text,
)
from newsreader.document.inline import Style, write
from newsreader.document.numbering import labels
from newsreader.document.runs import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~]|&(?=#?\w+;))")
_LINE_START: Final = re.compile(r"^(\s*(?:\d{1,9}(?=[.)]))?)([#+=.)-])", re.MULTILINE)
_CLOSING: Final = re.compile(r"(^|\s)(#+)$")
_AROUND: Final = {
    Mark.STRONG: ("**", "**"),
    Mark.EMPHASIS: ("*", "*"),
    Mark.DELETED: ("~~", "~~"),
    Mark.INSERTED: ("<ins>", "</ins>"),
    Mark.SUPERSCRIPT: ("<sup>", "</sup>"),
    Mark.SUBSCRIPT: ("<sub>", "</sub>"),
    Mark.HIGHLIGHT: ("<mark>", "</mark>"),
    Mark.KEYBOARD: ("<kbd>", "</kbd>"),
    Mark.SMALL: ("", ""),
}


def to_markdown(document: Document) -> str:
    """Write a document as Markdown, without a newline at its end."""
    return "\n".join(_blocks(document.blocks))


def title_line(title: str) -> str:
    """Write a title as the heading of what follows: whatever it holds stays words."""
    return to_markdown(Document((Heading(1, Text(title)),)))


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    first = True
    before: Block | None = None
    for block in blocks:
        if not first:
            yield ""
        if isinstance(block, ListBlock) and isinstance(before, ListBlock):
            yield "<!-- -->"  # or the two lists would be one
            yield ""
        first, before = False, block
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(content):
            yield from _lines(content)
        case Heading(level, content):
            words = _CLOSING.sub(r"\1\\\2", _line(content))
            yield f"{'#' * level} {words}"
        case Code(text, language, spans):
            fence = _fence(text, 3)
            yield f"{fence}{language or ''}"
            yield from text.split("\n")
            yield fence
            yield from _links(Text(text, spans))
        case Quote(blocks):
            yield from (f"> {line}".rstrip() for line in _blocks(blocks))
        case ListBlock(items, start, step, style):
            own = start is not None and step == 1 and style == "1"
            yield from _list(items, start if own else None) if own or start is None else _list(_labelled(block), None)
        case Definitions(items):
            yield from _list([(Paragraph(_bold(term)), *meaning) for term, meaning in items], None)
        case Table(rows, header, caption):
            yield from _table(rows, header, caption)
        case Figure():
            yield from _figure(block)
        case Media(kind, url, label):
            yield f"[{_escaped(label or kind.capitalize())}]({_target(url)})"
        case Rule():
            yield "* * *"


def _links(code: Text) -> Iterator[str]:
    """Write the links of a listing below it: in it, Markdown takes every character as it is."""
    links = {
        f"[{_escaped(words)}]({_target(span.target or '')})": None
        for span in code.spans
        if span.mark is Mark.LINK and (words := " ".join(code.text[span.start : span.end].split()))
    }
    if links:
        yield ""
        yield " · ".join(links)


def _figure(figure: Figure) -> Iterator[str]:
    picture, words = "", _escaped(figure.alternative)
    if figure.source:
        picture = f"![{words}]({_target(figure.source)})"
    elif words and not figure.caption.text:
        picture = f"*{words}*"
    if figure.link:
        picture = f"[{picture or words or 'Image'}]({_target(figure.link)})"
    if picture:
        yield picture
    if figure.caption.text:
        yield from [""] * bool(picture)
        yield from _lines(figure.caption)


def _labelled(block: ListBlock) -> list[tuple[Block, ...]]:
    """Put the numbers of a list that Markdown would number otherwise into its items."""
    items = []
    for label, item in zip(labels(block), block.items, strict=True):
        first, rest = (item[0], item[1:]) if item and isinstance(item[0], Paragraph) else (Paragraph(Text()), item)
        items.append((Paragraph(joined((Text(label), first.content), " ")), *rest))
    return items


def _list(items: Sequence[tuple[Block, ...]], start: int | None) -> Iterator[str]:
    spaced = any(sum(not isinstance(block, ListBlock) for block in item) > 1 for item in items)
    for index, item in enumerate(items):
        if index and spaced:
            yield ""
        prefix = "- " if start is None else f"{max(start, 0) + index}. "
        indent = " " * len(prefix)
        for line in _blocks(item):
            if line or spaced:
                yield (prefix + line).rstrip()
                prefix = indent


def _table(rows: Sequence[tuple[Text, ...]], header: int, caption: Text) -> Iterator[str]:
    if caption.text:
        yield from _lines(caption)
        yield ""
    head, *body = rows if header else [tuple(Text() for _ in rows[0]), *rows]
    yield f"| {' | '.join(_line(cell, '<br>') for cell in head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in body:
        yield f"| {' | '.join(_line(cell, '<br>') for cell in row)} |"


def _lines(text: Text) -> list[str]:
    """Write running text; a forced line break is a backslash before the newline."""
    return _LINE_START.sub(r"\1\\\2", _written(text)).replace("\n", "\\\n").split("\n")


def _line(text: Text, line_break: str = " ") -> str:
    return _written(text).replace("\n", line_break)


def _written(text: Text) -> str:
    """Write marks; code takes no other mark inside, so it is cut where a link begins or ends in it."""
    links = [span for span in text.spans if span.mark is Mark.LINK]
    if not links or all(span.mark is not Mark.CODE for span in text.spans):
        return write(text, _STYLE)
    spans = list(links)
    for span in text.spans:
        if span.mark is Mark.CODE:
            edges = {edge for link in links for edge in (link.start, link.end) if span.start < edge < span.end}
            spans.extend(Span(a, b, Mark.CODE) for a, b in pairwise(sorted({span.start, span.end, *edges})))
        elif span.mark is not Mark.LINK:
            spans.append(span)
    return write(Text(text.text, tuple(spans)), _STYLE)


def _bold(text: Text) -> Text:
    return Text(text.text, (Span(0, len(text.text), Mark.STRONG), *text.spans)) if text.text else text


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _marked(span: Span, content: str) -> str:
    if span.mark is Mark.CODE:
        fence = _fence(content, 1)
        space = " " if content.startswith("`") or content.endswith("`") else ""
        return f"{fence}{space}{content}{space}{fence}"
    if span.mark is Mark.LINK:
        return f"[{content}]({_target(span.target or '')})"
    if span.mark is Mark.ANCHOR:
        return f'<a id="{escape(span.target or "")}"></a>'
    before, after = _AROUND[span.mark]
    return f"{before}{content}{after}"


def _target(address: str) -> str:
    return f"<{address}>" if "(" in address or ")" in address else address


def _fence(text: str, least: int) -> str:
    """Give backticks that do not occur in a text."""
    return "`" * max(least, 1 + max((len(run) for run in re.findall("`+", text)), default=0))


_STYLE: Final = Style(_escaped, _marked, frozenset({Mark.CODE}))
