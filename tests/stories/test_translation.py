from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.document.blocks import Code, Document, Heading, Paragraph, Text
from newsreader.stories.material import Source, of_article
from newsreader.stories.translation import Unnumbered, blocks_of, merged


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("[1]\n# Eins\n\n[2]\nZwei.", {1: "# Eins", 2: "Zwei."}),
        ("Here you are:\n\n**[1]** Eins\n[2]: Zwei [3] bleibt\n  [4]\n", {1: "Eins", 2: "Zwei [3] bleibt"}),
        ("[2]\nZwei\n[1]\nEins\n[2]\nNoch einmal", {1: "Eins", 2: "Zwei"}),
        ("No numbers at all.", {}),
        ("", {}),
    ],
)
def test_the_blocks_of_an_answer_are_told_by_their_numbers(answer: str, expected: dict[int, str]) -> None:
    assert blocks_of(answer) == expected


def shown(*texts: str) -> str:
    unnumbered = Unnumbered()
    return "".join(map(unnumbered.add, texts)) + unnumbered.end()


def test_numbers_are_not_shown_while_a_translation_comes() -> None:
    assert shown("[1]\n# Eins\n\n[", "2", "]\nZwei [3] bl", "eibt.\n**[4]** Vier\n[x] no", "t\n[5") == (
        "# Eins\n\nZwei [3] bleibt.\nVier\n[x] not\n[5"
    )


@given(st.text(alphabet="[]12*: \nab", max_size=40), st.lists(st.integers(0, 40), max_size=6))
def test_however_it_is_split_the_same_is_shown(text: str, cuts: list[int]) -> None:
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    pieces = [text[start:end] for start, end in pairwise(places)]
    assert shown(*pieces) == shown(*text)
    letters = [letter for letter in text if letter in "ab"]
    assert [letter for letter in shown(*pieces) if letter in "ab"] == letters


def plain(markdown: str) -> Document:
    return Document(tuple(Paragraph(Text(each)) for each in markdown.split("\n\n") if each))


def test_what_is_translated_takes_the_place_of_what_was_there_and_the_rest_stays() -> None:
    blocks = (Heading(1, Text("One 1")), Code("x"), Paragraph(Text("Two 2")), Paragraph(Text("Three")))
    original = Document(blocks, "en")
    material = of_article(Source(1, "T", "S", "", original), 1_000, markdown=True)
    document, note = merged(original, material, "[1]\nEins 1\n\n[2]\nZwei 3", plain)
    assert document.blocks == (Paragraph(Text("Eins 1")), Code("x"), Paragraph(Text("Zwei 3")), blocks[3])
    assert document.language is None
    assert note == (
        "1 paragraph of 3 came back without a translation: there the original stands. 1 paragraph came back in "
        "another shape. Figures differ from the original in paragraph 2."
    )


def test_a_single_block_needs_no_number() -> None:
    original = Document((Paragraph(Text("One")),))
    material = of_article(Source(1, "T", "S", "", original), 1_000, markdown=True)
    document, note = merged(original, material, "Eins", plain)
    assert (document.blocks, note) == ((Paragraph(Text("Eins")),), "")
