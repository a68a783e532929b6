"""What an edit changed, word by word: nothing lost of either text."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from newsreader.document.blocks import (
    Block,
    Code,
    Definitions,
    Document,
    Figure,
    Heading,
    ListBlock,
    Mark,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    Text,
)
from newsreader.document.difference import changed_part, difference
from newsreader.document.render import plain_text
from newsreader.document.words import texts_of

WORDS = st.lists(
    st.sampled_from("the night ferry keeps running for ten years 潮汐 发电 more, less.".split()), max_size=12
)
TEXTS = WORDS.map(lambda words: Text(" ".join(words)))
LEAVES = st.one_of(
    st.builds(Paragraph, TEXTS),
    st.builds(Heading, st.integers(1, 3), TEXTS),
    st.builds(Code, WORDS.map("\n".join)),
    st.builds(Figure, st.none(), st.just(""), TEXTS),
    st.builds(lambda cell: Table(((cell, cell), (cell, Text("x"))), 1), TEXTS),
    st.builds(lambda term, meaning: Definitions(((term, (Paragraph(meaning),)),)), TEXTS, TEXTS),
)
BLOCKS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda blocks: Quote(tuple(blocks)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(
            lambda items: ListBlock(tuple(map(tuple, items))),
            st.lists(st.lists(inner, min_size=1, max_size=2), min_size=1, max_size=3),
        ),
    ),
    max_leaves=6,
)
DOCUMENTS = st.lists(BLOCKS, max_size=5).map(lambda blocks: Document(tuple(blocks), "en"))


def words_without(document: Document, mark: Mark) -> list[str]:
    """The words of a document but for those with a mark."""
    kept: list[str] = []
    for text in texts_of(document.blocks):
        gone = {place for span in text.spans if span.mark is mark for place in range(span.start, span.end)}
        kept += "".join(letter for place, letter in enumerate(text.text) if place not in gone).split()
    return kept


@given(DOCUMENTS, DOCUMENTS)
def test_both_texts_are_in_it_whole_and_in_order(old: Document, new: Document) -> None:
    both = difference(old, new)
    assert words_without(both, Mark.DELETED) == words_without(new, Mark.DELETED)
    assert words_without(both, Mark.INSERTED) == words_without(old, Mark.INSERTED)


@given(DOCUMENTS)
def test_nothing_changed_marks_nothing(document: Document) -> None:
    assert difference(document, document) == document
    assert changed_part(document).blocks == ()


def marked(document: Document) -> str:
    """A document of paragraphs with what went as -…- and what came as +…+."""
    lines = []
    for text in texts_of(document.blocks):
        line, done = "", 0
        for span in sorted(text.spans, key=lambda span: span.start):
            if span.mark in {Mark.DELETED, Mark.INSERTED}:
                sign = "-" if span.mark is Mark.DELETED else "+"
                line += text.text[done : span.start] + sign + text.text[span.start : span.end] + sign
                done = span.end
        lines.append(line + text.text[done:])
    return "\n".join(lines)


def paragraphs(*lines: str) -> Document:
    return Document(tuple(Paragraph(Text(line)) for line in lines))


def test_words_are_marked_and_not_letters() -> None:
    old = paragraphs("The vote was close. Seven members backed the ferry.")
    new = paragraphs("The vote was very close. Eight members backed the ferry.")
    assert marked(difference(old, new)) == "The vote was +very+ close. -Seven- +Eight+ members backed the ferry."


def test_a_script_without_spaces_is_compared_sign_by_sign() -> None:
    assert (
        marked(difference(paragraphs("潮汐发电机的冬天"), paragraphs("潮汐发电站的冬天"))) == "潮汐发电-机-+站+的冬天"
    )


def test_a_paragraph_that_was_put_in_is_marked_whole_and_others_keep_their_partners() -> None:
    old = paragraphs("One two three four five.", "Six seven eight nine ten.")
    new = paragraphs("One two three four more.", "Something else was put between them.", "Six seven eight nine ten.")
    assert marked(difference(old, new)).split("\n") == [
        "One two three four -five.-+more.+",
        "+Something else was put between them.+",
        "Six seven eight nine ten.",
    ]


def test_links_of_the_new_text_stay_on_their_words() -> None:
    old = Document((Paragraph(Text("He said so on Monday, in the long harbour.")),))
    link = Span(30, 42, Mark.LINK, "https://example.org/")
    new = Document((Paragraph(Text("He said so on Tuesday, in the long harbour.", (link,))),))
    (block,) = difference(old, new).blocks
    assert isinstance(block, Paragraph)
    found = next(span for span in block.content.spans if span.mark is Mark.LINK)
    assert block.content.text[found.start : found.end] == "long harbour"


def test_only_what_changed_is_left_with_a_little_around_it() -> None:
    old = paragraphs(*(f"Number {n} of the paragraphs." for n in range(20)))
    new = paragraphs(*(f"Number {n} of the paragraphs{'!' if n in {3, 15} else '.'}" for n in range(20)))
    part = changed_part(difference(old, new))
    kinds = [type(block) for block in part.blocks]
    assert kinds == [Paragraph] * 3 + [Rule] + [Paragraph] * 3
    assert plain_text(part).count("Number") == 6


def test_large_texts_take_no_seconds() -> None:
    old = paragraphs(*(" ".join(f"w{n * m % 997}" for m in range(400)) for n in range(60)))
    new = paragraphs(*(" ".join(f"w{n * m % 991}" for m in range(400)) for n in range(60)))
    blob, other = paragraphs(" ".join("a b" for _ in range(5_000))), paragraphs(" ".join("b a" for _ in range(5_000)))
    began = time.perf_counter()
    difference(old, new)
    difference(blob, other)
    assert time.perf_counter() - began < 20


def test_blocks_of_other_kinds_are_shown_both() -> None:
    old: tuple[Block, ...] = (Table(((Text("a"), Text("b")),)),)
    new: tuple[Block, ...] = (Table(((Text("a"), Text("c")),)),)
    assert marked(difference(Document(old), Document(new))).split() == ["-a-", "-b-", "+a+", "+c+"]
