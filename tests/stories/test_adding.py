"""What another article adds to the one that was read: new facts, and nothing that was only said otherwise."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsreader.document.blocks import ListBlock, Paragraph, Quote, Text
from newsreader.stories.adding import added

READ = (
    Paragraph(Text("The council of Port Varrel voted late on Monday to keep the night ferry for another ten years.")),
    Paragraph(
        Text("Seven members backed the ferry, six the bridge. The fare rises to 45 crowns if the county refuses.")
    ),
    Paragraph(Text("“Nobody lives on the island by accident,” said the ferry's captain, Rui Haldorsen.")),
)
SAME = "Late on Monday the council of Port Varrel voted to keep the night ferry another ten years."
NEW = "A second boat with an electric engine is to be ordered in the summer from a yard in Brede."


def paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(Text(text)) for text in texts)


def test_only_what_is_new_is_added() -> None:
    assert added(READ, paragraphs(SAME, NEW)) == (NEW,)


def test_another_number_is_new() -> None:
    assert added(READ, paragraphs("The fare rises to 48 crowns if the county refuses.")) != ()
    assert added(READ, paragraphs("The fare rises to 45 crowns if the county refuses.")) == ()


def test_the_same_article_adds_nothing_in_whatever_it_is_set() -> None:
    assert added(READ, READ) == ()
    assert added(READ, (Quote(READ[:2]), ListBlock(((READ[2],),)))) == ()


def test_a_paragraph_with_one_new_sentence_among_old_ones_is_not_new() -> None:
    old = " ".join(block.content.text for block in READ)
    assert added(READ, paragraphs(f"{old} It rained.")) == ()


def test_what_cannot_be_compared_is_not() -> None:
    german = "Der Rat der Hafenstadt hat am Montag mit sieben gegen sechs Stimmen beschlossen, die Fähre zu behalten."
    assert added(READ, paragraphs(german, german)) is None
    assert (
        added(
            READ,
            paragraphs("港の町は夜の渡し船を残すことを決めた。七対六の投票だったという。長い夜だったと議員は言う。"),
        )
        is None
    )
    assert added(READ, ()) is None
    assert added((), READ) is None


def test_of_a_short_text_a_long_one_in_its_language_adds_much() -> None:
    assert added(paragraphs(SAME), READ) == tuple(block.content.text for block in READ[1:])


@given(st.lists(st.text(max_size=120), max_size=6), st.lists(st.text(max_size=120), max_size=6))
def test_what_is_added_stands_in_the_other_article(read: list[str], other: list[str]) -> None:
    found = added(paragraphs(*read), paragraphs(*other))
    assert found is None or {" ".join(text.split()) for text in found} <= {" ".join(text.split()) for text in other}
