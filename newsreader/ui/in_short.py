"""An article in short, as what the panel beside the text shows: computed here, from its own sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.stories.paragraphs import paragraph_numbers
from newsreader.stories.summary import summarise, summarise_all
from newsreader.text import one_line, reading_time, relative_time
from newsreader.ui.aside import Aside, Part, Passage, Row, Search
from newsreader.ui.words import aside as words
from newsreader.ui.words import pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newsreader.document.blocks import Document
    from newsreader.stories.naming import Name
    from newsreader.stories.summary import Summary, Told
    from newsreader.stories.telling import Telling

SUMMARY, POINTS, NAMES = "s", "k", "n"
"""The kinds of what is shown of an article, by their keys in the menu."""

TITLES: Final[Mapping[str, str]] = {SUMMARY: words.SUMMARY, POINTS: words.POINTS, NAMES: words.NAMES}
"""What the panel calls them."""


def in_short(kind: str, document: Document, title: str, said: int) -> Aside:
    """Say in short what an article of so many words (`said`) comes to, in the panel's rows."""
    summary, numbers = summarise(document, title), paragraph_numbers(document)
    length = (pages.words(said), reading_time(said)) if said else ()
    facts = " · ".join((words.sentences(summary.counted), *length)) if summary.counted else " · ".join(length)
    if kind == NAMES:
        return Aside(words.NAMES, facts, (_names(summary.names, words.NAMED) or _said(words.NOBODY),))
    if not summary.sentences:
        return Aside(words.SUMMARY, facts, (_said(words.NO_SENTENCES), *_all_names(summary)))
    if kind == POINTS:
        points = Part(_rows(summary.points, numbers)) if summary.points else _said(words.NO_POINTS)
        return Aside(words.POINTS, facts, (points, *_all_names(summary), _said(words.OF_ITSELF)))
    note = words.short_enough(summary.counted) if summary.is_short else words.OF_ITSELF
    return Aside(words.SUMMARY, facts, (Part(_rows(summary.sentences, numbers)), *_all_names(summary), _said(note)))


def story_in_short(told: Sequence[Telling], here: int, now: int) -> Aside:
    """Say in short what several articles tell of one event; `here` is the one that is read, `now` in Unix seconds."""
    summary = summarise_all([(each.document, each.head.title) for each in told])
    sources = words.sources(len({each.head.source_id for each in told}))
    facts = " · ".join((sources, words.articles(len(told)), words.sentences(summary.counted)))
    if not summary.sentences:
        return Aside(words.STORY, facts, (_said(words.NO_SENTENCES),))
    parts = [Part(_story_rows(summary.sentences, told, here, now))]
    if summary.points:
        parts.append(Part(_story_rows(summary.points, told, here, now), words.POINTS))
    return Aside(words.STORY, facts, (*parts, *_all_names(summary), _said(words.OF_THE_STORY)))


def _story_rows(sentences: Iterable[Told], told: Sequence[Telling], here: int, now: int) -> tuple[Row, ...]:
    rows = []
    for each in sentences:
        head, document = told[each.article]
        number = words.paragraph(paragraph_numbers(document)[each.block])
        age = relative_time(head.published or head.sort_at, now)
        note = " · ".join((one_line(head.source_title), age, *((words.THIS_ONE,) if head.id == here else ())))
        rows.append(Row(each.text, number, note, Passage(each.text, each.block, head.id)))
    return tuple(rows)


def _said(sentence: str) -> Part:
    return Part((Row(sentence),), dim=True)


def _rows(told: Iterable[Told], numbers: Mapping[int, int]) -> tuple[Row, ...]:
    return tuple(
        Row(each.text, words.paragraph(numbers[each.block]), target=Passage(each.text, each.block)) for each in told
    )


def _all_names(summary: Summary) -> tuple[Part, ...]:
    names = _names(summary.names, words.NAMES)
    return (names,) if names is not None else ()


def _names(names: Iterable[Name], heading: str) -> Part | None:
    rows = tuple(Row(each.name, note=words.times(each.times), target=Search(each.name)) for each in names)
    return Part(rows, heading, flowing=True) if rows else None
