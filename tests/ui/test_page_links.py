"""The links of a page and their letters, pure."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from rich.style import Style

from newsreader.document.blocks import Document, Figure, Mark, Paragraph, Span, Text
from newsreader.ui.layout import Layout
from newsreader.ui.page_links import PageLink, hints, links_on
from newsreader.ui.painting import stamped

HERE, THERE = "https://example.org/here", "https://example.org/there"


def links_of(document: Document, measure: int = 40) -> list[PageLink]:
    layout = Layout(document, measure)
    layout.lay()
    return list(links_on(layout.lines.__getitem__, 0, len(layout.lines)))


def test_a_link_that_goes_on_in_the_next_line_is_one() -> None:
    text = Text("Before it a link with rather many words in it, and after it.", (Span(10, 45, Mark.LINK, HERE),))
    (link,) = links_of(Document((Paragraph(text),)))
    assert link.target == HERE
    assert link.words == "a link with rather many words in it"
    assert [line for line, _, _ in link.parts] == [0, 1]


def test_marks_inside_a_link_do_not_divide_it() -> None:
    spans = (Span(0, 11, Mark.LINK, HERE), Span(2, 6, Mark.STRONG), Span(12, 15, Mark.LINK, THERE))
    links = links_of(Document((Paragraph(Text("a bold link and more", spans)),)))
    assert [(link.words, link.target) for link in links] == [("a bold link", HERE), ("and", THERE)]


def test_the_same_address_in_two_paragraphs_is_two_links() -> None:
    one = Paragraph(Text("here", (Span(0, 4, Mark.LINK, HERE),)))
    assert [link.line for link in links_of(Document((one, one)))] == [0, 2]


def test_a_picture_is_a_link_to_it() -> None:
    (link,) = links_of(Document((Figure("https://example.org/a.png", "A ferry"),)))
    assert link.target == "https://example.org/a.png"


@pytest.mark.parametrize("count", [0, 1, 5, 26, 27, 60, 200, 676, 900])
def test_no_letters_begin_others(count: int) -> None:
    letters = hints(count)
    assert len(letters) == len(set(letters)) == min(count, 676)
    assert all(len(each) <= 2 for each in letters)
    singles = {each for each in letters if len(each) == 1}
    assert not any(each[0] in singles for each in letters if len(each) == 2)


def test_few_links_take_one_letter_each() -> None:
    assert all(len(each) == 1 for each in hints(26))
    assert sum(len(each) == 1 for each in hints(40)) == 25


def test_letters_cut_no_line_into_more_and_more_stretches() -> None:
    line = [Segment("ab ") for _ in range(60)]
    for number in range(60):
        line = stamped(line, 3 * number, "XY", Style())
    assert "".join(segment.text for segment in line) == "XY " * 60
    assert len(line) <= 3 * 60
