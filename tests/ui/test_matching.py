"""Finding words in lines, pure."""

from __future__ import annotations

import pytest

from newsreader.document.blocks import Document, ListBlock, Paragraph, Table, Text
from newsreader.ui.layout import Layout
from newsreader.ui.matching import Matches


def paragraphs(*texts: str) -> Document:
    return Document(tuple(Paragraph(Text(text)) for text in texts))


def found(document: Document, words: str, measure: int = 40) -> list[list[str]]:
    """Each match as the stretches of the lines that it lights."""
    layout = Layout(document, measure)
    layout.lay()
    matches = Matches(words)
    matches.take(layout.lines.__getitem__, len(layout.lines), done=True)
    return [[layout.lines[line].full[start:end] for line, start, end in match.parts] for match in matches.found]


@pytest.mark.parametrize(
    ("text", "words", "seen"),
    [
        ("The ferry, the FERRY.", "ferry", ["ferry", "FERRY"]),
        ("Die STRASSE und die Straße.", "straße", ["STRASSE", "Straße"]),
        ("Die STRASSE und die Straße.", "strasse", ["STRASSE", "Straße"]),
        ("ΟΔΥΣΣΕΥΣ, Οδυσσεύς", "οδυσσευσ", ["ΟΔΥΣΣΕΥΣ"]),
        ("İstanbul and istanbul", "stanbul", ["stanbul", "stanbul"]),
        ("He said “it’s late” – and left", '"it\'s late" - and', ["“it’s late” – and"]),
        ("two\xa0words", "two words", ["two\xa0words"]),
        ("潮汐发电机的第一个冬天", "发电机", ["发电机"]),
        ("a+b (c) [d]", "+b (c", ["+b (c"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("nothing here", "else", []),
        ("nothing here", "   ", []),
    ],
)
def test_words_match_whatever_their_case_and_signs(text: str, words: str, seen: list[str]) -> None:
    assert found(paragraphs(text), words) == [[each] for each in seen]


def test_a_phrase_is_found_across_the_end_of_a_line() -> None:
    text = "one two three four five six seven eight nine ten eleven twelve thirteen"
    assert found(paragraphs(text), "eight nine ten", 40) == [["eight", "nine ten"]]
    assert found(paragraphs(text), "four five", 40) == [["four five"]]


def test_a_word_that_is_longer_than_the_line_is_found_whole() -> None:
    parts = found(paragraphs("x" * 30 + "needle" + "y" * 30), "xneedley", 32)
    assert "".join(parts[0]) == "xneedley"
    assert len(parts[0]) == 2


def test_nothing_is_found_across_two_paragraphs() -> None:
    assert found(paragraphs("ends with night", "ferry begins"), "night ferry") == []


def test_bullets_and_bars_are_not_searched_and_do_not_shift() -> None:
    items = ListBlock(((Paragraph(Text("the night boat")),), (Paragraph(Text("the day boat")),)))
    assert found(Document((items,)), "day") == [["day"]]
    assert found(Document((items,)), "•") == []


def test_cells_of_a_table_are_found() -> None:
    table = Table(((Text("Boat"), Text("Hour")), (Text("Ferry"), Text("half past midnight"))), 1)
    assert found(Document((table,)), "past") == [["past"]]


def test_lines_may_come_one_after_the_other() -> None:
    document = paragraphs(*(f"number {n} of the ferries that come across and across the water" for n in range(30)))
    whole = Layout(document, 40)
    whole.lay()
    at_once, in_pieces = Matches("across the"), Matches("across the")
    at_once.take(whole.lines.__getitem__, len(whole.lines), done=True)
    for count in range(len(whole.lines) + 1):
        in_pieces.take(whole.lines.__getitem__, count, done=False)
    in_pieces.take(whole.lines.__getitem__, len(whole.lines), done=True)
    assert in_pieces.found == at_once.found
    assert len(at_once.found) == 30
