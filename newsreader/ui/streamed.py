"""Words of a language model while they come: what of them is Markdown so far, as blocks.

The whole answer is read and cleaned by the worker in the end; until then this shows what is sure to be a heading, a
bullet or a paragraph, as words and nothing else. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsreader.document.blocks import Code, Document, Heading, ListBlock, Paragraph, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.document.blocks import Block

_HEADING: Final = re.compile(r"(#{1,6})\s+(.*)")
_BULLET: Final = re.compile(r"\s*(?:[-*+]|(\d{1,3})[.)])\s+(.*)")
_NUMBER_ALONE: Final = re.compile(r"\s*(?:\*\*)?\[\d{1,4}\](?:\*\*)?:?\s*")
_MARKS: Final = re.compile(r"(\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|`)")
_THOUGHT: Final = re.compile(r"<(think|thinking|thought|reasoning)>.*?(?:</\1>|$)", re.DOTALL)
_FENCE: Final = "```"


def streamed(text: str) -> Document:
    """What came so far, as blocks."""
    return Document(tuple(_blocks(_THOUGHT.sub("", text))))


def _blocks(text: str) -> Iterator[Block]:
    lines: list[str] = []
    items: list[str] = []
    start: int | None = None
    code: list[str] | None = None
    for line in [*text.split("\n"), ""]:
        if line.lstrip().startswith(_FENCE):
            yield from _ended(lines, items, start)
            if code is not None:
                yield Code("\n".join(code))
            code = [] if code is None else None
            continue
        if code is not None:
            code.append(line)
            continue
        heading, bullet = _HEADING.match(line), _BULLET.match(line)
        if bullet is not None:
            yield from _ended(lines, [], None)
            start = start if items else int(bullet[1]) if bullet[1] else None
            items.append(bullet[2])
        elif heading is not None or not line.strip() or _NUMBER_ALONE.fullmatch(line):
            yield from _ended(lines, items, start)
            if heading is not None and heading[2].strip():
                yield Heading(len(heading[1]), _text(heading[2]))
        elif items and line[:1].isspace():
            items[-1] += f" {line.strip()}"
        else:
            yield from _ended([], items, start)
            lines.append(line.strip())
    if code:
        yield Code("\n".join(code).rstrip("\n"))


def _ended(lines: list[str], items: list[str], start: int | None) -> Iterator[Block]:
    """The paragraph or list that has come to its end; both begin anew."""
    if lines:
        yield Paragraph(_text(" ".join(lines)))
    if items:
        yield ListBlock(tuple((Paragraph(_text(item)),) for item in items), start)
    lines.clear()
    items.clear()


def _text(words: str) -> Text:
    return Text(_MARKS.sub("", words).strip())
