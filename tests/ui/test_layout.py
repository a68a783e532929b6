"""Documents laid out: nothing lost, nothing over the measure, places that survive, and how each kind of block looks."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

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
from newsreader.document.build import build
from newsreader.ui.layout import Layout
from newsreader.ui.page import Page
from newsreader.ui.sheet import Sheet

WORDS = st.text(st.sampled_from("abcdefg hij kl m  n-/.,“”x²é中文、。「」한عربי👍🏽🇩🇪❤\xa0"), min_size=0, max_size=90)


@st.composite
def texts(draw: st.DrawFn) -> Text:
    text = draw(WORDS)
    spans = []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        mark = draw(st.sampled_from([mark for mark in Mark if mark is not Mark.SUPERSCRIPT]))
        spans.append(Span(start, end, mark, "https://example.org/" if mark is Mark.LINK else None))
    return Text(text, tuple(spans))


LEAVES: st.SearchStrategy[Block] = st.one_of(
    texts().map(Paragraph),
    st.builds(Heading, st.integers(1, 6), texts()),
    st.builds(Code, st.text("ab (),\n\t中", max_size=120), st.sampled_from([None, "python", "no such language"])),
    st.builds(
        Table,
        st.integers(1, 5).flatmap(
            lambda columns: st.lists(st.tuples(*[texts()] * columns), min_size=1, max_size=4).map(tuple)
        ),
        st.integers(0, 2),
        texts(),
    ),
    st.builds(Figure, st.sampled_from([None, "https://example.org/a.jpg"]), WORDS, texts()),
    st.builds(Media, st.sampled_from(["audio", "video", "embed"]), st.just("https://example.org/v"), WORDS),
    st.just(Rule()),
)
BLOCKS: st.SearchStrategy[Block] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda blocks: Quote(tuple(blocks))),
        st.builds(
            ListBlock,
            st.lists(st.lists(inner, max_size=2).map(tuple), min_size=1, max_size=3).map(tuple),
            st.sampled_from([None, 1, 98]),
        ),
        st.builds(
            Definitions, st.lists(st.tuples(texts(), st.lists(inner, max_size=2).map(tuple)), max_size=2).map(tuple)
        ),
    ),
    max_leaves=6,
)
DOCUMENTS = st.lists(BLOCKS, max_size=4).map(lambda blocks: Document(tuple(blocks)))


def laid(document: Document, measure: int = 40) -> Layout:
    layout = Layout(document, measure)
    layout.lay()
    return layout


def page(*blocks: Block, measure: int = 40) -> list[str]:
    return [line.full.rstrip() for line in laid(Document(blocks), measure).lines]


def texts_of(block: Block) -> list[str]:
    """All texts of a block, found without its layout."""
    inner: list[Block] = []
    match block:
        case Paragraph(Text(text)) | Heading(_, Text(text)) | Code(text) | Media(_, _, text):
            return [text]
        case Quote(blocks):
            inner = [*blocks]
        case ListBlock(items):
            inner = [child for item in items for child in item]
        case Definitions(items):
            inner = [child for term, meaning in items for child in (Paragraph(term), *meaning)]
        case Table(rows, _, caption):
            inner = [Paragraph(caption), *(Paragraph(cell) for row in rows for cell in row)]
        case Figure(_, alternative, caption):
            said = alternative.strip().casefold() in caption.text.casefold()  # then it is not said twice
            inner = [Paragraph(Text("" if said else alternative)), Paragraph(caption)]
        case Rule():
            pass
    return [text for child in inner for text in texts_of(child)]


def letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", unicodedata.normalize("NFKC", text)))


@settings(deadline=None)
@given(DOCUMENTS, st.integers(16, 84))
def test_no_line_is_over_the_measure(document: Document, measure: int) -> None:
    for line in laid(document, measure).lines:
        assert cell_len(line.full) <= measure, line


@settings(deadline=None)
@given(DOCUMENTS, st.integers(16, 84))
def test_no_letter_is_lost(document: Document, measure: int) -> None:
    shown = letters("".join(line.words for line in laid(document, measure).lines))
    wanted = letters("".join(text for block in document.blocks for text in texts_of(block)))
    for letter in set(wanted):
        assert shown.count(letter) >= wanted.count(letter)


@settings(deadline=None)
@given(DOCUMENTS, st.integers(16, 84))
def test_places_only_go_forward(document: Document, measure: int) -> None:
    keys = [(line.block, line.offset) for line in laid(document, measure).lines]
    assert keys == sorted(keys)


@settings(deadline=None)
@given(texts(), st.integers(16, 84), st.integers(16, 84))
def test_a_place_is_found_again_at_another_measure(text: Text, one: int, other: int) -> None:
    document = Document((Paragraph(Text("Before it.")), Paragraph(text)))
    second = laid(document, other)
    for line in laid(document, one).lines:
        if line.block == 1 and line.words:
            number = second.line_of(1, line.offset)
            found = second.lines[number]
            assert found.offset <= line.offset
            after = second.lines[number + 1] if number + 1 < len(second.lines) else None
            assert after is None or after.offset > line.offset
            # The line found shows the first letter of the line that was on top.
            assert line.words[0] in found.words[line.offset - found.offset :][:1]


def test_offsets_name_the_characters_of_the_block() -> None:
    text = "one two three four five six seven eight nine ten eleven twelve"
    layout = laid(Document((Paragraph(Text("before")), Paragraph(Text(text)))), 20)
    shown = [line for line in layout.lines if line.block == 1 and line.words]
    assert [text[line.offset :].startswith(line.words) for line in shown] == [True] * len(shown)


def test_laying_on_demand_gives_the_same_lines() -> None:
    document = Document(tuple(Paragraph(Text(f"Paragraph {n} " + "with words " * 30)) for n in range(60)))
    whole, slowly = laid(document), Layout(document, 40)
    slowly.lay_lines(30)
    assert 30 <= len(slowly.lines) < 60
    assert abs(slowly.height - whole.height) < whole.height // 10
    for _ in range(10_000):
        slowly.lay_for(0.0005)
    assert [line.pieces() for line in slowly.lines] == [line.pieces() for line in whole.lines]
    assert [(line.block, line.offset) for line in slowly.lines] == [(line.block, line.offset) for line in whole.lines]
    assert slowly.height == whole.height


def test_a_passage_is_found_in_another_document() -> None:
    passage = Paragraph(Text("The vote was close. Seven members backed the ferry, six did not."))
    feed = laid(Document((passage,)))
    full = laid(Document((Heading(1, Text("News")), Paragraph(Text("Before it.")), Quote((passage,)))))
    assert full.find(feed.snippet(0, 20)) == (2, 20)
    assert full.find("words that stand in neither of the two documents") is None


def test_a_link_to_an_id_finds_its_line_at_any_measure() -> None:
    html = (
        '<p>Said<a href="#n2" id="r2">2</a>.</p><p>' + "words " * 90 + '<span id="mid"></span>here it is.</p>'
        "<table><tr><td>a<td>b<tr><td>c<td id=cell>d</table><ol><li id=n1>One.<li id=n2>Two, <em>the note</em>.</ol>"
        "<figure id=fig><img alt='A ferry'></figure><blockquote id=q><p>Quoted.</blockquote>"
    )
    for measure in (20, 40, 72):
        layout = Layout(build(html), measure)
        assert layout.place_of("#gone") is None
        shown = {}
        for name in ("#r2", "#mid", "cell", "#n1", "#n2", "#fig", "#q"):
            place = layout.place_of(name)
            assert place is not None
            shown[name] = layout.lines[layout.line_of(*place)].words
        assert shown["#r2"] == "Said2."
        assert "here" in shown["#mid"]
        assert (shown["#n1"], shown["#n2"]) == ("One.", "Two, the note.")
        assert shown["cell"].startswith("c")
        assert (shown["#fig"], shown["#q"]) == ("picture: A ferry", "Quoted.")


def test_a_link_to_an_id_is_found_without_laying_all() -> None:
    blocks = [Paragraph(Text(f"Paragraph {n} with words", (Span(0, 0, Mark.ANCHOR, f"p{n}"),))) for n in range(500)]
    layout = Layout(Document(tuple(blocks)), 40)
    assert layout.place_of("p20") == (20, 0)
    assert len(layout.lines) < 60


def test_lists_hang_and_count() -> None:
    items = tuple((Paragraph(Text(text)),) for text in ("alpha", "beta gamma delta epsilon zeta eta theta", "iota"))
    assert page(ListBlock(items, start=9), measure=30) == [
        " 9. alpha",
        "10. beta gamma delta epsilon",
        "    zeta eta theta",
        "11. iota",
    ]
    nested = ListBlock((((Paragraph(Text("one")), ListBlock(((Paragraph(Text("two")),),)))),))
    assert page(nested, measure=60) == ["  • one", "    ◦ two"]


def test_lists_count_down_and_in_letters() -> None:
    items = tuple((Paragraph(Text(text)),) for text in ("alpha", "beta"))
    assert page(ListBlock(items, 10, -1), measure=30) == ["10. alpha", " 9. beta"]
    assert page(ListBlock(items, 3, 1, "i"), measure=30) == ["iii. alpha", " iv. beta"]


def test_long_items_get_room() -> None:
    long = Paragraph(Text("word " * 30))
    lines = page(ListBlock(((long,), (long,))))
    assert "" in lines


def test_quotes_have_a_bar_throughout() -> None:
    quote = Quote((Paragraph(Text("One.")), Paragraph(Text("Two.")), Quote((Paragraph(Text("Three.")),))))
    assert page(quote) == ["▎ One.", "▎", "▎ Two.", "▎", "▎ ▎ Three."]


def test_headings_keep_room_above() -> None:
    lines = page(
        Paragraph(Text("a")),
        Heading(2, Text("Great")),
        Paragraph(Text("b")),
        Heading(4, Text("Small")),
        Paragraph(Text("c")),
    )
    assert lines == ["a", "", "", "Great", "", "b", "", "Small", "c"]


def test_a_table_has_columns_with_numbers_at_the_right() -> None:
    rows = (("Ward", "Votes"), ("Harbour", "3"), ("Old Town", "12"))
    table = Table(tuple(tuple(Text(cell) for cell in row) for row in rows), 1)
    assert page(table) == ["Ward      Votes", "────────  ─────", "Harbour       3", "Old Town     12"]


def test_a_table_without_room_becomes_records() -> None:
    rows = tuple(tuple(Text(f"{name} {n}") for n in range(9)) for name in ("heading", "value"))
    lines = page(Table(rows, 1))
    assert lines[:2] == ["heading 0: value 0", "  heading 1: value 1"]


def test_a_table_is_no_columns_of_broken_words() -> None:
    rows = (("Temperature", "Precipitation", "Elevation", "Remarks"), ("9.1", "812", "12", "none"))
    table = Table(tuple(tuple(Text(cell) for cell in row) for row in rows), 1)
    assert page(table, measure=36)[0] == "Temperature: 9.1"
    assert page(table, measure=50)[2].split() == ["9.1", "812", "12", "none"]


def test_a_cell_over_several_columns_does_not_widen_one() -> None:
    rows = (("Year", "Passengers", ""), ("", "out", "home"), ("2024", "12", "9"), ("2025", "see the note", ""))
    table = Table(tuple(tuple(Text(cell) for cell in row) for row in rows), 2, spans=((0, 1, 2), (3, 1, 2)))
    assert page(table) == [
        "Year  Passengers",
        "      out     home",
        "────  ───  ───────",
        "2024   12        9",
        "2025  see the note",
    ]
    assert page(table, measure=16)[1:3] == ["Passengers out:", "  12"]


def test_code_keeps_its_spaces_and_goes_on_after_an_arrow() -> None:
    lines = page(Code("if x:\n\treturn call(first, second)\n", "python"), measure=30)
    assert lines == [" if x:", "     return call(first,", " ↪ second)"]
    assert page(Code("\n  a\n", None), measure=30) == ["   a"]


def test_code_is_coloured_by_its_language() -> None:
    line = laid(Document((Code("return 1  # why", "python"),))).lines[0]
    assert [(piece.text, piece.classes[-1]) for piece in line.body if piece.text.strip()] == [
        ("return", "keyword"),
        ("1", "number"),
        ("# why", "comment"),
    ]


def test_links_in_code_are_links_whatever_its_tabs_and_colours() -> None:
    link, mark = Span(3, 9, Mark.LINK, "https://example.org/"), Span(9, 9, Mark.ANCHOR, "here")
    layout = laid(Document((Code("\n\t\treturn 1  ", "python", (link, mark)),)))
    (line,) = layout.lines
    assert [(piece.text, piece.classes, piece.link) for piece in line.body] == [
        ("        ", ("block-code",), None),
        ("return", ("block-code", "link", "keyword"), "https://example.org/"),
        (" ", ("block-code",), None),
        ("1", ("block-code", "number"), None),
    ]
    assert layout.place_of("here") == (0, 14)


def test_a_picture_that_is_a_link_says_where_it_leads() -> None:
    address = "https://example.org/a.jpg"
    line = laid(Document((Figure(address, "A film", link="https://films.example/x"),))).lines[0]
    assert line.words == "picture: A film → films.example"
    assert [(piece.text, piece.link) for piece in line.body if piece.link] == [("picture", "https://films.example/x")]
    line = laid(Document((Figure(address, "A film", link="https://www.example.org/x"),))).lines[0]
    assert (line.words, line.body[0].link) == ("picture: A film", "https://www.example.org/x")
    line = laid(Document((Figure(address, "A boat", link="https://example.org/large.png"),))).lines[0]
    assert (line.words, line.body[0].link) == ("picture: A boat", "https://example.org/large.png")


def test_pictures_and_media_are_lines_that_lead_to_them() -> None:
    address = "https://example.org/a.jpg"
    assert page(Figure(address, "The ferry", Text("The ferry at night"))) == ["picture: The ferry at night"]
    assert page(Figure(address, "A boat", Text("The ferry at night"))) == ["picture: A boat", "The ferry at night"]
    assert page(Figure(address)) == ["picture"]
    line = laid(Document((Media("video", "https://user@video.example/x", "A talk"),)), 60).lines[0]
    assert line.words == "▶ video: A talk (video.example)"
    assert line.body[0].link == "https://user@video.example/x"


def test_paragraphs_from_right_to_left_stand_at_the_right() -> None:
    (line,) = laid(Document((Paragraph(Text("שלום עולם")),))).lines
    assert line.full == f"{' ' * 31}\u2067שלום עולם\u2069"
    assert line.words == "שלום עולם"
    (line,) = laid(Document((ListBlock(((Paragraph(Text("سلام")),),)),))).lines
    assert line.full.endswith("سلام\u2069 •")
    (line,) = laid(Document((Paragraph(Text("BBC: العبّارة الليلية باقية")),))).lines
    assert line.full.startswith("  ")


def test_words_of_the_other_direction_do_not_move_what_stands_beside_them() -> None:
    (line,) = laid(Document((Quote((Paragraph(Text("He said שלום to me.")),)),))).lines
    assert line.full == "▎ \u2066He said שלום to me.\u2069"
    lines = page(Table(((Text("אב"), Text("x")), (Text("y"), Text("גד"))), 0))
    assert lines == ["\u2067אב\u2069  x", "y   \u2067גד\u2069"]


def test_what_is_copied_has_nothing_invisible_in_it() -> None:
    table = Table(((Text("אב"), Text("גד")), (Text("y"), Text("x"))), 0)
    document = Document((Paragraph(Text("He said שלום to me.")), table))
    sheet = Sheet(Page(1, "Title", "Source", None, 0, 0, None, document), 0, 40)
    sheet.body.lay()
    assert sheet.text(0, sheet.height).strip().endswith("He said שלום to me.\n\nאב  גד\ny   x")


def test_marks_become_looks_and_links() -> None:
    text = Text(
        "plain strong link up",
        (
            Span(6, 17, Mark.STRONG),
            Span(13, 17, Mark.LINK, "https://example.org/"),
            Span(18, 20, Mark.LINK, "#note"),
        ),
    )
    (line,) = laid(Document((Paragraph(text),))).lines
    assert [(piece.text, piece.classes, piece.link) for piece in line.body] == [
        ("plain ", (), None),
        ("strong ", ("strong",), None),
        ("link", ("strong", "link"), "https://example.org/"),
        (" ", (), None),
        ("up", ("jump",), "#note"),
    ]


def test_raised_figures_are_set_raised() -> None:
    assert page(Paragraph(Text("10-6 m2 2nd", (Span(2, 4, Mark.SUPERSCRIPT), Span(6, 7, Mark.SUPERSCRIPT))))) == [
        "10⁻⁶ m² 2nd"
    ]


def test_nothing_that_steers_a_terminal_is_shown() -> None:
    (line,) = laid(Document((Paragraph(Text("a\x1b]52;c;x\x07b\u202ec")),))).lines
    assert line.full == "a ]52;c;x b c"


def test_deep_nesting_keeps_room_for_words() -> None:
    block: Block = Paragraph(Text("words at the bottom of it all"))
    for _ in range(150):
        block = ListBlock(((Quote((block,)),),))
    lines = page(block, measure=40)
    assert max(map(cell_len, lines)) <= 40
    assert len(lines) < 4
