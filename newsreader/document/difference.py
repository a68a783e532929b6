"""What an edit changed: two Documents as one, what went marked as deleted and what came as inserted, word by word."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

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
from newsreader.document.words import texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Pair: TypeAlias = tuple[int, int]

T = TypeVar("T")

_UNSPACED: Final = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"  # scripts that put no spaces between words
_WORD: Final = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]+\s*|\s+")
_ALIKE: Final = 0.5  # of the words of two blocks in common: then one was made from the other
_MOST_PAIRS: Final = 2_500  # of blocks that are compared with each other; between more, nothing is sought
_MOST_WORDS: Final = 4_000_000  # product of the lengths of two texts: more would take seconds
_SHORT: Final = 4  # characters of a word, with the space behind it
_CONTEXT: Final = 1  # unchanged blocks that are left around what changed


def difference(old: Document, new: Document) -> Document:
    """Give both as one document: without what is deleted it has the words of `new`, without the inserted of `old`."""
    return Document(tuple(_blocks(old.blocks, new.blocks)), new.language)


def changed_part(document: Document) -> Document:
    """What `difference` gave without the blocks in which nothing changed, but for one on each side of a change."""
    changed = [index for index, block in enumerate(document.blocks) if _is_changed(block)]
    kept = {near for index in changed for near in range(index - _CONTEXT, index + _CONTEXT + 1)}
    blocks: list[Block] = []
    for index, block in enumerate(document.blocks):
        if index in kept:
            blocks.append(block)
        elif blocks and not isinstance(blocks[-1], Rule):
            blocks.append(Rule())
    while blocks and isinstance(blocks[-1], Rule):
        blocks.pop()
    return Document(tuple(blocks), document.language)


def _blocks(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Block]:
    for before, after in _aligned(old, new, _likeness):
        if before is None or after is None:
            yield _marked(before or after or Rule(), Mark.INSERTED if before is None else Mark.DELETED)
        else:
            yield from _merged(before, after)


def _aligned(
    old: Sequence[T], new: Sequence[T], likeness: Callable[[T, T], float]
) -> Iterator[tuple[T | None, T | None]]:
    """Put together what is the same or was made from the other, in order; None stands for what has no partner."""
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(old[first:last], new[start:end], strict=True)
        else:
            yield from _partners(old[first:last], new[start:end], likeness)


def _partners(
    old: Sequence[T], new: Sequence[T], likeness: Callable[[T, T], float]
) -> Iterator[tuple[T | None, T | None]]:
    """Pair what is alike, in order, so that as much as possible has a partner; unpaired old ones come first."""
    pairs = _best_pairs(old, new, likeness) if len(old) * len(new) <= _MOST_PAIRS else []
    here = there = 0
    for index, partner in (*pairs, (len(old), len(new))):
        yield from ((each, None) for each in old[here:index])
        yield from ((None, each) for each in new[there:partner])
        if index < len(old):
            yield old[index], new[partner]
        here, there = index + 1, partner + 1


def _best_pairs(old: Sequence[T], new: Sequence[T], likeness: Callable[[T, T], float]) -> list[Pair]:
    """The pairs, none crossing another, whose likenesses add up to the most."""
    best: list[list[tuple[float, tuple[Pair, ...]]]] = [[(0.0, ())] * (len(new) + 1)]
    for index, before in enumerate(old):
        row: list[tuple[float, tuple[Pair, ...]]] = [(0.0, ())]
        for partner, after in enumerate(new):
            choices = [best[index][partner + 1], row[partner]]
            alike = likeness(before, after)
            if alike >= _ALIKE:
                total, pairs = best[index][partner]
                choices.append((total + alike, (*pairs, (index, partner))))
            row.append(max(choices, key=lambda choice: choice[0]))
        best.append(row)
    return list(best[-1][-1][1])


def _likeness(one: Block, other: Block) -> float:
    return _shared(_words(one), _words(other)) if type(one) is type(other) else 0.0


def _item_likeness(one: Sequence[Block], other: Sequence[Block]) -> float:
    before, after = ([word for block in item for word in _words(block)] for item in (one, other))
    return _shared(before, after)


def _shared(one: list[str], other: list[str]) -> float:
    """How much of two lists of words they have in common, wherever it stands: 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).quick_ratio() if one or other else 1.0


def _merged(old: Block, new: Block) -> Iterator[Block]:
    """One block made from another, what changed in it marked; where that cannot be shown in one, both."""
    match old, new:
        case _ if old == new:
            yield new
        case Paragraph(before), Paragraph(after):
            yield Paragraph(_text(before, after))
        case Heading(_, before), Heading(level, after):
            yield Heading(level, _text(before, after))
        case Code(), Code():
            merged = _text(Text(old.text, old.spans), Text(new.text, new.spans))
            yield Code(merged.text, new.language, merged.spans)
        case Quote(before), Quote(after):
            yield Quote(tuple(_blocks(before, after)))
        case ListBlock(before), ListBlock(after):
            yield replace(new, items=tuple(_items(before, after)))
        case _:
            yield _marked(old, Mark.DELETED)
            yield _marked(new, Mark.INSERTED)


def _items(old: Sequence[tuple[Block, ...]], new: Sequence[tuple[Block, ...]]) -> Iterator[tuple[Block, ...]]:
    for before, after in _aligned(old, new, _item_likeness):
        yield tuple(_blocks(before or (), after or ()))


def _text(old: Text, new: Text) -> Text:
    """One text made from another; links and other marks are those of the new one."""
    before, after = _WORD.findall(old.text), _WORD.findall(new.text)
    if len(before) * len(after) > _MOST_WORDS:
        before, after = [old.text], [new.text]
    parts: list[str] = []
    spans: list[Span] = []
    starts, shifts = [0], [0]  # where in the new text the distance to the merged one changes, and to how much
    length = taken = 0
    for kind, words in _steps(before, after):
        part = "".join(words)
        if kind is not None and part.strip():
            spans.append(Span(length, length + len(part.rstrip()), kind))
        if kind is Mark.DELETED:
            starts.append(taken)
            shifts.append(shifts[-1] + len(part))
        else:
            taken += len(part)
        parts.append(part)
        length += len(part)

    def moved(place: int) -> int:
        return place + shifts[bisect_right(starts, place) - 1]

    kept = (
        Span(moved(each.start), moved(each.end - 1) + 1, each.mark, each.target)
        for each in new.spans
        if each.start < each.end
    )
    return Text("".join(parts), tuple(sorted((*kept, *spans), key=lambda span: (span.start, -span.end))))


def _steps(old: list[str], new: list[str]) -> Iterator[tuple[Mark | None, list[str]]]:
    """How one list of words becomes the other; a short word alone between two changes goes with them."""
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    gone: list[str] = []
    come: list[str] = []
    for number, (tag, first, last, start, end) in enumerate(steps):
        at_end = number in {0, len(steps) - 1}
        if tag == "equal" and (at_end or last - first > 1 or len(old[first]) > _SHORT):
            yield Mark.DELETED, gone
            yield Mark.INSERTED, come
            yield None, new[start:end]
            gone, come = [], []
        else:
            gone = gone + old[first:last]
            come = come + new[start:end]
    yield Mark.DELETED, gone
    yield Mark.INSERTED, come


def _marked(block: Block, mark: Mark) -> Block:
    """A block of which every word is marked."""
    match block:
        case Paragraph(content):
            return Paragraph(_all(content, mark))
        case Heading(level, content):
            return Heading(level, _all(content, mark))
        case Code(text, language, spans):
            return Code(text, language, _all(Text(text, spans), mark).spans)
        case Quote(blocks):
            return Quote(tuple(_marked(each, mark) for each in blocks))
        case ListBlock(items):
            return replace(block, items=tuple(tuple(_marked(each, mark) for each in item) for item in items))
        case Definitions(items):
            return Definitions(
                tuple((_all(term, mark), tuple(_marked(each, mark) for each in meaning)) for term, meaning in items)
            )
        case Table(rows, header, caption):
            cells = tuple(tuple(_all(cell, mark) for cell in row) for row in rows)
            return Table(cells, header, _all(caption, mark))
        case Figure(caption=caption):
            return replace(block, caption=_all(caption, mark))
        case Media() | Rule():
            return block


def _all(text: Text, mark: Mark) -> Text:
    return Text(text.text, (Span(0, len(text.text), mark), *text.spans)) if text.text else text


def _words(block: Block) -> list[str]:
    return [word.strip() for text in texts_of((block,)) for word in _WORD.findall(text.text)]


def _is_changed(block: Block) -> bool:
    return any(span.mark in {Mark.DELETED, Mark.INSERTED} for text in texts_of((block,)) for span in text.spans)
