"""An answer of a language model, as a Document with receipts: every sentence says which paragraphs it rests on. Pure.

What comes here was cleaned like a feed (`pages.written`, `pages.clean`, `document.build`). The marks that the model
wrote are taken out, what they claim is looked into (`stories.receipts`), and what holds is written anew, as links to
`#1`, `#2` …; `[?]`, a link to `#0`, stands behind a sentence that nothing bears out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from newsreader.document.blocks import (
    Document,
    Figure,
    Heading,
    ListBlock,
    Mark,
    Media,
    Paragraph,
    Quote,
    Span,
    Text,
)
from newsreader.document.render import plain_text
from newsreader.document.runs import joined
from newsreader.sentences import sentences
from newsreader.stories.receipts import Judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newsreader.document.blocks import Block
    from newsreader.model.answers import Receipt

UNSUPPORTED: Final = "[?]"
_THOUGHTS: Final = re.compile(r"^.*</(?:think|thinking|thought|reasoning)>\s*", re.DOTALL)
_FENCED: Final = re.compile(r"```(?:markdown|md)?[ \t]*\n(.*)\n```", re.DOTALL)
_ONE: Final = r"(?:[¶§#]|[Pp]ara(?:graph)?s?\.? |[Aa]bsatz )?\s?\d{1,4}"
_MARK: Final = re.compile(rf"\s*[\[【]({_ONE}(?:\s?(?:[,;\u2013-]|and|und|et|y)\s?{_ONE})*)[\]】](?!\()")
_DIGITS: Final = re.compile(r"\d+|[\u2013-]")
_RECEIPT: Final = re.compile(r"#\d+")
_RANGE: Final = 20  # paragraphs in one mark: more tell nothing
_HEADLINE: Final = 200
_QUOTES: Final = "\"'\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019`*_# "


def tidied(answer: str) -> str:
    """An answer without what is none: thoughts whose beginning was not sent, and a fence around it all."""
    text = _THOUGHTS.sub("", answer).strip()
    found = _FENCED.fullmatch(text)
    return (found[1] if found else text).strip()


def headline(answer: str) -> str:
    """An answer that is to be one headline: its first line, without marks and quotation marks."""
    line = next((each for each in tidied(answer).splitlines() if each.strip(_QUOTES)), "")
    return _MARK.sub("", line).strip(_QUOTES)[:_HEADLINE]


def with_receipts(
    document: Document, texts: Sequence[str], heads: Sequence[str] = (), *, translated: bool = False
) -> tuple[Document, tuple[Receipt, ...], bool]:
    """The document with a receipt behind each sentence, the receipts, and whether it is in the language of `texts`.

    `heads` are the titles above these; `translated` says that the document was to be in another language.
    """
    judge = Judge(texts, plain_text(document), heads, translated=translated)
    marking = _Marking(judge)
    return replace(document, blocks=tuple(marking.blocks(document.blocks))), tuple(marking.found), judge.same_language


def without_links_to_receipts(document: Document) -> Document:
    """The document with its marks as plain text, for where they lead nowhere."""
    return replace(document, blocks=tuple(_plain(document.blocks)))


def _plain(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Paragraph(content):
                spans = (span for span in content.spans if not _RECEIPT.fullmatch(span.target or ""))
                yield Paragraph(replace(content, spans=tuple(spans)))
            case Quote(inner):
                yield Quote(tuple(_plain(inner)))
            case ListBlock(items):
                yield replace(block, items=tuple(tuple(_plain(item)) for item in items))
            case _:
                yield block


class _Marking:
    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self.found: list[Receipt] = []

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Blocks with receipts; pictures and players are none of an answer's."""
        for block in blocks:
            match block:
                case Paragraph(content):
                    yield Paragraph(self._text(content))
                case Heading(level, content):
                    yield Heading(level, _without_marks(content)[0])
                case Quote(inner):
                    yield Quote(tuple(self.blocks(inner)))
                case ListBlock(items):
                    yield replace(block, items=tuple(tuple(self.blocks(item)) for item in items))
                case Figure() | Media():
                    pass
                case _:
                    yield block

    def _text(self, text: Text) -> Text:
        bare, marks = _without_marks(text)
        ends = list(sentences(bare.text))
        if not ends:
            return bare
        parts: list[Text] = []
        done = 0
        for index, (start, end) in enumerate(ends):
            last = index + 1 == len(ends)
            until = len(bare.text) if last else ends[index + 1][0]
            claimed = [number for place, number in marks if (place > start or index == 0) and (place <= until or last)]
            said = " ".join(bare.text[start:end].split())
            receipt = None if said.endswith((":", "\uff1a")) else self._judge.receipt(said, claimed)
            parts.append(_slice(bare, done, end))
            done = end
            if receipt is not None:
                self.found.append(receipt)
                parts.append(_marks(receipt))
        parts.append(_slice(bare, done, len(bare.text)))
        return joined(parts, "")


def _marks(receipt: Receipt) -> Text:
    """The marks behind a sentence."""
    if not receipt.supported:
        return Text(f" {UNSUPPORTED}", (Span(1, 1 + len(UNSUPPORTED), Mark.LINK, "#0"),))
    text, spans = " ", []
    for number in receipt.numbers:
        mark = f"[{number}]"
        spans.append(Span(len(text), len(text) + len(mark), Mark.LINK, f"#{number}"))
        text += mark
    return Text(text, tuple(spans))


def _without_marks(text: Text) -> tuple[Text, list[tuple[int, int]]]:
    """A text without the model's marks, and where which number stood; listings keep what looks like one."""
    code = [(span.start, span.end) for span in text.spans if span.mark is Mark.CODE]
    kept: list[Text] = []
    marks: list[tuple[int, int]] = []
    done = length = 0
    for found in _MARK.finditer(text.text):
        if any(start < found.end() and found.start() < end for start, end in code):
            continue
        part = _slice(text, done, found.start())
        kept.append(part)
        length += len(part.text)
        marks += [(length, number) for number in _numbers(found[1])]
        done = found.end()
    kept.append(_slice(text, done, len(text.text)))
    return joined(kept, ""), marks


def _numbers(mark: str) -> Iterator[int]:
    """The numbers of one mark: "2", "2, 4", "2-4"."""
    before: int | None = None
    ranged = False
    for part in _DIGITS.findall(mark):
        if not part.isdecimal():
            ranged = before is not None
            continue
        number = int(part)
        yield from range(before + 1, min(number, before + _RANGE)) if ranged and before is not None else ()
        yield number
        before, ranged = number, False


def _slice(text: Text, start: int, end: int) -> Text:
    """A part of a text, with the marks that stand in it."""
    spans = []
    for span in text.spans:
        first, last = max(span.start, start), min(span.end, end)
        if first < last or (span.mark is Mark.ANCHOR and start <= span.start < end):
            spans.append(replace(span, start=first - start, end=max(first, last) - start))
    return Text(text.text[start:end], tuple(spans))
