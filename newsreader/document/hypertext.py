"""A Document as HTML, in the vocabulary that `build` reads: building it again gives the same document."""

from __future__ import annotations

from html import escape
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
from newsreader.document.direction import has_right_to_left
from newsreader.document.inline import Style, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ELEMENTS: Final = {
    Mark.STRONG: "strong",
    Mark.EMPHASIS: "em",
    Mark.CODE: "code",
    Mark.DELETED: "del",
    Mark.INSERTED: "ins",
    Mark.SUPERSCRIPT: "sup",
    Mark.SUBSCRIPT: "sub",
    Mark.HIGHLIGHT: "mark",
    Mark.KEYBOARD: "kbd",
    Mark.SMALL: "small",
}


def to_html(document: Document) -> str:
    """Write a document as HTML without a page around it, a line for each block."""
    return "\n".join(_blocks(document.blocks))


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield "".join(_block(block))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(content):
            yield f"<p>{_text(content)}</p>"
        case Heading(level, content):
            yield f"<h{level}>{_text(content)}</h{level}>"
        case Code(text, language, spans):
            yield f'<pre class="language-{escape(language)}">' if language else "<pre>"
            yield "\n" if text.startswith("\n") else ""  # the first one after the tag is none
            yield f"{write(Text(text, spans), _LISTING)}</pre>"
        case Quote(blocks):
            yield f"<blockquote>{''.join(_blocks(blocks))}</blockquote>"
        case ListBlock(items, start):
            yield "<ul>" if start is None else f"<ol{_numbering(block)}>"
            yield from (f"<li>{''.join(_blocks(item))}</li>" for item in items)
            yield "</ul>" if start is None else "</ol>"
        case Definitions(definitions):
            meanings = ((term, "".join(_blocks(meaning))) for term, meaning in definitions)
            inner = "".join(f"<dt>{_text(term)}</dt>{f'<dd>{text}</dd>' if text else ''}" for term, text in meanings)
            yield f"<dl>{inner}</dl>"
        case Table():
            yield from _table(block)
        case Figure(source, alternative, caption, link):
            address = f' src="{escape(source)}"' if source else ""
            picture = f'<img{address} alt="{escape(alternative)}">'
            here = "" if caption.text else _text(caption)
            yield f'<figure>{here}<a href="{escape(link)}">{picture}</a>' if link else f"<figure>{here}{picture}"
            yield f"<figcaption>{_text(caption)}</figcaption></figure>" if caption.text else "</figure>"
        case Media("embed", url, label):
            yield f'<p><a href="{escape(url)}" class="embed" title="{escape(label)}"></a></p>'
        case Media(kind, url, label):
            yield f'<{kind} src="{escape(url)}" title="{escape(label)}"></{kind}>'
        case Rule():
            yield "<hr>"


def _numbering(block: ListBlock) -> str:
    kind = f' type="{block.style}"' if block.style != "1" else ""
    first = f' start="{block.start}"' if block.start != 1 or block.step != 1 else ""
    return f"{kind}{first}{' reversed' if block.step < 0 else ''}"


def _table(table: Table) -> Iterator[str]:
    letters = any(has_right_to_left(cell.text) for row in table.rows for cell in row)
    yield f'<table dir="{"rtl" if table.rightward else "ltr"}">' if table.rightward or letters else "<table>"
    if table.caption.text:
        yield f"<caption>{_text(table.caption)}</caption>"
    spans = {(number, first): count for number, first, count in table.spans}
    for number, row in enumerate(table.rows):
        name = "th" if number < table.header else "td"
        yield "<tr>"
        after = 0
        for column, cell in enumerate(row):
            if column >= after:
                count = spans.get((number, column), 1)
                after = column + count
                yield f'<{name} colspan="{count}">' if count > 1 else f"<{name}>"
                yield f"{_text(cell)}</{name}>"
        yield "</tr>"
    yield "</table>"


def _text(text: Text) -> str:
    return write(text, _STYLE)


def _plain(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _marked(span: Span, content: str) -> str:
    if span.mark is Mark.LINK:
        return f'<a href="{escape(span.target or "")}">{content}</a>'
    if span.mark is Mark.ANCHOR:
        return f'<span id="{escape(span.target or "")}"></span>'
    name = _ELEMENTS[span.mark]
    return f"<{name}>{content}</{name}>"


def _verbatim(text: str) -> str:
    return escape(text, quote=False)


_STYLE: Final = Style(_plain, _marked)
_LISTING: Final = Style(_verbatim, _marked)
