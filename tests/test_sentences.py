from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.sentences import sentences


def said(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One. Two! Three? Four…", ["One.", "Two!", "Three?", "Four…"]),
        ("He said “No.” It was 3.5 percent.", ["He said “No.”", "It was 3.5 percent."]),
        ("The last vote was Toll's. It counted.", ["The last vote was Toll's.", "It counted."]),
        ("Dekalb, Ill. — Mike ran. He won.", ["Dekalb, Ill. — Mike ran.", "He won."]),
        ("Mr. Smith went to the U.S. Senate. He spoke.", ["Mr. Smith went to the U.S. Senate.", "He spoke."]),
        ("J. R. Hale wrote books, e.g. three.", ["J. R. Hale wrote books, e.g. three."]),
        ("Am 3. Mai kam Dr. Ott, z. B. hierher. Er ging.", ["Am 3. Mai kam Dr. Ott, z. B. hierher.", "Er ging."]),
        (
            "What? asked nobody. Then a name: example.org. End",
            ["What? asked nobody.", "Then a name: example.org.", "End"],
        ),
        ("It was so.[3] It ended.", ["It was so.[3]", "It ended."]),
        ("東京は晴れ。「そうだ。」明日は雨？", ["東京は晴れ。", "「そうだ。」", "明日は雨？"]),
        ("यह एक है। यह दूसरा है।", ["यह एक है।", "यह दूसरा है।"]),
        ("قال الرجل؟ نعم.", ["قال الرجل؟", "نعم."]),
        ("a title without an end\nand a line. And more", ["a title without an end", "and a line.", "And more"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_at_their_marks_and_not_at_abbreviations(text: str, wanted: list[str]) -> None:
    assert said(text) == wanted


@given(st.text(alphabet="aB1 .!?\n。“”)Dr", max_size=60) | st.text(max_size=60))
def test_every_word_is_in_one_sentence_and_they_come_in_order(text: str) -> None:
    covered = ""
    last = 0
    for start, end in sentences(text):
        assert last <= start < end
        assert not text[last:start].strip()
        covered += text[start:end]
        last = end
    assert not text[last:].strip()
    assert "".join(covered.split()) == "".join(text.split())
