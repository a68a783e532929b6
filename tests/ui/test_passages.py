"""Highlighted passages in lines, pure."""

from __future__ import annotations

import pytest

from newsreader.document.blocks import Document, Paragraph, Text
from newsreader.model import Highlight, Place
from newsreader.ui.page import Page
from newsreader.ui.passages import Passages, sentences
from newsreader.ui.pieces import ISOLATES
from newsreader.ui.sheet import Sheet

NOW = 1_795_456_800


def sheet_of(*texts: str, full_text: bool = False, measure: int = 40) -> Sheet:
    document = Document(tuple(Paragraph(Text(text)) for text in texts))
    page = Page(1, "Title", "Source", None, NOW, 10, None, document, full_text=full_text)
    sheet = Sheet(page, NOW, measure)
    sheet.body.lay()
    return sheet


def lit(sheet: Sheet, *highlights: Highlight) -> list[str]:
    """The lit stretches, line by line."""
    passages = Passages(highlights)
    passages.take(sheet, done=True)
    return [
        sheet.line(number).full[start:end] for number in range(sheet.laid) for start, end, _ in passages.on_line(number)
    ]


def passage(words: str, block: int = 0, offset: int = 0, *, full_text: bool = False) -> Highlight:
    return Highlight(1, Place(full_text, block, offset, words), NOW)


FERRY = "The night ferry stays. Fares are frozen until 2028, said the captain. A second boat is ordered."


def test_a_passage_is_lit_where_its_words_stand_at_any_measure() -> None:
    wanted = passage("Fares are frozen until 2028, said the captain.", 1)
    for measure in (20, 40, 120):
        assert " ".join(lit(sheet_of("Before.", FERRY, measure=measure), wanted)) == wanted.place.words


def test_of_several_the_nearest_is_lit() -> None:
    sheet = sheet_of("The ferry.", "The ferry.", "The ferry.")
    passages = Passages([passage("The ferry.", 1)])
    passages.take(sheet, done=True)
    line = passages.line_of(1)
    assert line is not None
    assert sheet.place(line).block == 1


def test_a_passage_goes_over_paragraphs() -> None:
    sheet = sheet_of("One begins. It ends here.", "Two begins. Two ends.", "One ends")
    assert lit(sheet, passage("It ends here.\n\nTwo begins.")) == ["It ends here.", "Two begins."]


def test_after_an_edit_the_sentences_are_lit_that_still_stand() -> None:
    wanted = passage("The night ferry stays. Fares are frozen until 2026, said the captain. A second boat is ordered.")
    assert " ".join(lit(sheet_of(FERRY, measure=120), wanted)) == "The night ferry stays. A second boat is ordered."


def test_it_is_found_among_letters_of_both_directions() -> None:
    words = "تبحر السفينة في الساعة 23:40 وتعود."
    sheet = sheet_of(f"قبل ذلك. {words} وبعد ذلك (v 2.0).", measure=120)
    (found,) = lit(sheet, passage(words))
    assert found.translate(ISOLATES) == words


def test_words_that_went_light_nothing() -> None:
    assert lit(sheet_of(FERRY), passage("Nothing of this is here at all.")) == []
    assert lit(sheet_of(), passage("Nothing")) == []


def test_it_is_found_in_the_other_text_and_as_lines_are_laid() -> None:
    sheet = sheet_of(*(f"Paragraph {number}." for number in range(300)), "The last one.", full_text=True)
    passages = Passages([passage("The last one.", 2)])
    passages.take(sheet, done=False)
    passages.take(sheet, done=True)
    assert passages.line_of(1) == sheet.laid - 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            FERRY,
            ["The night ferry stays.", "Fares are frozen until 2028, said the captain.", "A second boat is ordered."],
        ),
        ("“Late!” he said. No 3.5 km more.", ["“Late!” he said.", "No 3.5 km more."]),
        ("船は残る。料金は同じだ。", ["船は残る。", "料金は同じだ。"]),
        ("No mark", ["No mark"]),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    sheet = sheet_of(text, measure=200)
    assert [
        " ".join(sheet.line(line).full[start:end] for line, start, end in sentence.parts)
        for sentence in sentences(sheet)
    ] == found
