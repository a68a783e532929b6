from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
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
    Media,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    Text,
    dump,
    load,
)
from newsreader.document.build import build
from newsreader.document.numbering import labels
from newsreader.document.render import plain_text, to_html
from newsreader.pages import clean


def text(words: str, *spans: tuple[int, int, Mark] | tuple[int, int, Mark, str]) -> Text:
    return Text(words, tuple(Span(*span) for span in spans))


def para(words: str) -> Paragraph:
    return Paragraph(Text(words))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", []),
        (" \n ", []),
        ("just words", [para("just words")]),
        ("<p>  one\n two </p>\n<p></p><p>three</p>", [para("one two"), para("three")]),
        ("loose<p>block</p>tail", [para("loose"), para("block"), para("tail")]),
        ("<div><div>a</div>b<div>c</div></div>", [para("a"), para("b"), para("c")]),
        ("<p>a<br>b</p>", [para("a\nb")]),
        ("<p>a<br><br>b<br></p>", [para("a"), para("b")]),
        ("<p>a\u00a0b \u00a0</p><p>\u00a0</p>", [para("a\u00a0b")]),
        ("<h2>Title</h2>", [Heading(2, Text("Title"))]),
        ('<h2>Title <a href="#title">#</a></h2>', [Heading(2, Text("Title"))]),
        ("<blockquote>q<p>r</p></blockquote>", [Quote((para("q"), para("r")))]),
        ("<hr><p>a</p><hr><hr><p>b</p><hr>", [para("a"), Rule(), para("b")]),
        ("<p>say <q>hello</q></p>", [para("say “hello”")]),
        ("<p>say „<q>hello</q>“, <q>«ho»</q></p>", [para("say „hello“, «ho»")]),
        ("<p>it’s <q>‘so’, and ‘so’</q>: “<q>hello</q></p>", [para("it’s “‘so’, and ‘so’”: ““hello”")]),
        ("<script>x</script><style>y</style>z", [para("z")]),
    ],
)
def test_running_text(html: str, expected: list[Block]) -> None:
    assert list(build(html).blocks) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a <strong>b </strong>c", text("a b c", (2, 3, Mark.STRONG))),
        ("<em> a</em>b", text("ab", (0, 1, Mark.EMPHASIS))),
        ("<code>x</code> <kbd>y</kbd>", text("x y", (0, 1, Mark.CODE), (2, 3, Mark.KEYBOARD))),
        ("H<sub>2</sub>O<sup>+</sup>", text("H2O+", (1, 2, Mark.SUBSCRIPT), (3, 4, Mark.SUPERSCRIPT))),
        ("<del>a</del><ins>b</ins>", text("ab", (0, 1, Mark.DELETED), (1, 2, Mark.INSERTED))),
        ("<mark>a</mark> <small>b</small>", text("a b", (0, 1, Mark.HIGHLIGHT), (2, 3, Mark.SMALL))),
        ("<strong><strong>a</strong></strong>", text("a", (0, 1, Mark.STRONG))),
        ("<em><strong>a</strong></em>", text("a", (0, 1, Mark.EMPHASIS), (0, 1, Mark.STRONG))),
        (
            '<a href="https://x.example/">a <em>b</em></a>',
            text("a b", (0, 3, Mark.LINK, "https://x.example/"), (2, 3, Mark.EMPHASIS)),
        ),
        ('<a href="javascript:x">a</a>', text("a")),
        ("<em></em>a<strong> </strong>", text("a")),
    ],
)
def test_marks(html: str, expected: Text) -> None:
    assert build(f"<p>{html}</p>").blocks == (Paragraph(expected),)


def test_a_mark_around_blocks_marks_each() -> None:
    html = '<a href="https://x.example/"><h3>Title</h3><p>words</p></a>'
    link = (Mark.LINK, "https://x.example/")
    assert build(html).blocks == (Heading(3, text("Title", (0, 5, *link))), Paragraph(text("words", (0, 5, *link))))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p id=n>a</p>", [Paragraph(text("a", (0, 0, Mark.ANCHOR, "n")))]),
        ("<p>a <span id=n></span> b</p>", [Paragraph(text("a b", (2, 2, Mark.ANCHOR, "n")))]),
        ("<p>a<br><span id=n> b</span></p>", [Paragraph(text("a\nb", (2, 2, Mark.ANCHOR, "n")))]),
        ("<div id=n> <div><h2>a</h2></div></div>", [Heading(2, text("a", (0, 0, Mark.ANCHOR, "n")))]),
        ("<span id=n></span>\u00a0<p>\u00a0</p><p>a</p>", [Paragraph(text("a", (0, 0, Mark.ANCHOR, "n")))]),
        ("<ul id=m><li id=n>a</ul>", [ListBlock(((Paragraph(text("a", *((0, 0, Mark.ANCHOR, x) for x in "mn"))),),))]),
        ("<dl><dt id=n>a</dt></dl>", [Definitions(((text("a", (0, 0, Mark.ANCHOR, "n")), ()),))]),
        (
            "<table id=m><tr id=n><td>a<td id=o>b<tr><td>c<td>d</table>",
            [
                Table(
                    (
                        (text("a", *((0, 0, Mark.ANCHOR, x) for x in "mn")), text("b", (0, 0, Mark.ANCHOR, "o"))),
                        (Text("c"), Text("d")),
                    )
                )
            ],
        ),
        ("<figure id=n><img alt=A></figure>", [Figure(None, "A", text("", (0, 0, Mark.ANCHOR, "n")))]),
        (
            "<figure id=n><img alt=A><figcaption id=m>C</figcaption></figure>",
            [Figure(None, "A", text("C", *((0, 0, Mark.ANCHOR, x) for x in "nm")))],
        ),
        (
            "<pre id=n>x <span id=m>y</span></pre>",
            [Code("x y", None, (Span(0, 0, Mark.ANCHOR, "n"), Span(2, 2, Mark.ANCHOR, "m")))],
        ),
        (
            "<p>a</p><video id=n src='https://x.example/v'></video>",
            [Paragraph(text("a", (1, 1, Mark.ANCHOR, "n"))), Media("video", "https://x.example/v")],
        ),
        ("<pre> <span id=n></span></pre><p>a</p>", [Paragraph(text("a", (0, 0, Mark.ANCHOR, "n")))]),
        ("<p>a</p><span id=n></span>", [Paragraph(text("a", (1, 1, Mark.ANCHOR, "n")))]),
    ],
)
def test_ids_stand_where_links_to_them_lead(html: str, expected: list[Block]) -> None:
    document = build(html)
    assert list(document.blocks) == expected
    assert load(dump(document)) == document
    assert build(to_html(document)) == document


def test_relative_addresses_need_a_base() -> None:
    (paragraph,) = build('<a href="/x">a</a>', "https://x.example/y").blocks
    assert paragraph == Paragraph(text("a", (0, 1, Mark.LINK, "https://x.example/x")))
    assert build('<a href="/x">a</a>').blocks == (para("a"),)


def test_lists() -> None:
    html = "<ul>lost<li>a<ul><li>b</ul><li><p>c</p><p>d</p><li></li><ol start=3><li>e</ol></ul>"
    inner = ListBlock(((para("e"),),), 3)
    assert build(html).blocks == (
        ListBlock(((para("lost"),), (para("a"), ListBlock(((para("b"),),))), (para("c"), para("d"), inner))),
    )
    assert build("<ol><li value=7>a</ol>").blocks == (ListBlock(((para("a"),),), 7),)
    assert build("<ul></ul>").blocks == ()


@pytest.mark.parametrize(
    ("html", "numbers"),
    [
        ("<ol><li>x<li>x", ["1.", "2."]),
        ("<ol start=-1><li>x<li>x", ["-1.", "0."]),
        ("<ol reversed><li>x<li>x<li>x", ["3.", "2.", "1."]),
        ("<ol reversed start=10><li>x<li>x", ["10.", "9."]),
        ("<ol type=a start=26><li>x<li>x", ["z.", "aa."]),
        ("<ol type=I><li value=4>x<li>x", ["IV.", "V."]),
        ("<ol type=i start=0><li>x<li>x", ["0.", "i."]),
        ("<ol type=disc><li>x", ["1."]),
        ("<ol><li>x<li value=5>x<li>x<li value=7>x", ["1.", "5.", "6.", "7."]),
    ],
)
def test_items_are_numbered_as_in_a_browser(html: str, numbers: list[str]) -> None:
    document = build(html)
    lists = [block for block in document.blocks if isinstance(block, ListBlock)]
    assert [label for block in lists for label in labels(block)] == numbers
    assert load(dump(document)) == document
    assert build(to_html(document)) == document
    assert build(clean(html)) == document


def test_numbers_that_the_page_wrote_itself_are_not_shown_twice() -> None:
    once = ListBlock(((para("Mix."),), (para("Bake."),)), 1)
    assert build("<ol><li><div>1.</div><p>Mix.<li><p>2)</p><p>Bake.</ol>").blocks == (once,)
    kept = ListBlock(((para("1."), para("Mix.")), (para("3."), para("Bake."))), 1)
    assert build("<ol><li><div>1.</div><p>Mix.<li><p>3.</p><p>Bake.</ol>").blocks == (kept,)
    assert build("<ol><li>1<li>2</ol>").blocks == (ListBlock(((para("1"),), (para("2"),)), 1),)


def test_definition_lists() -> None:
    html = "<dl><dt>one</dt><dd>a</dd><dd>b</dd><div><dt>two</dt></div></dl>"
    assert build(html).blocks == (Definitions(((Text("one"), (para("a"), para("b"))), (Text("two"), ()))),)
    assert build("<dl><dd>only indented</dd></dl>").blocks == (para("only indented"),)


def test_preformatted_text() -> None:
    html = '<pre class="language-py">\ndef f():<br>    return 1\n\n</pre>'
    assert build(html).blocks == (Code("def f():\n    return 1", "py"),)
    assert build("<pre> \n </pre>").blocks == ()


def test_preformatted_text_keeps_its_links_and_marks() -> None:
    link = Span(4, 8, Mark.LINK, "https://x.example/")
    html = '<pre>\nsee\t<a href="https://x.example/">that</a>\n<em>x</em> <code>y</code></pre>'
    document = build(html)
    assert document.blocks == (Code("see\tthat\nx y", None, (link, Span(9, 10, Mark.EMPHASIS))),)
    assert build(to_html(document)) == document
    around = build('<a href="https://x.example/"><strong><pre>\n\n  code</pre></strong></a>')
    assert around.blocks == (
        Code("\n  code", None, (Span(0, 7, Mark.LINK, "https://x.example/"), Span(0, 7, Mark.STRONG))),
    )
    assert build(to_html(around)) == around


def test_a_picture_knows_where_it_leads_unless_words_do() -> None:
    picture = '<img src="https://x.example/a.png" alt="A">'
    assert build(f'<p><a href="https://y.example/"> {picture}</a></p>').blocks == (
        Figure("https://x.example/a.png", "A", link="https://y.example/"),
    )
    assert build(f'<a href="https://x.example/a.png">{picture}</a>').blocks == (Figure("https://x.example/a.png", "A"),)
    assert build(f'<a href="https://y.example/">{picture} words</a>').blocks == (
        Figure("https://x.example/a.png", "A"),
        Paragraph(text("words", (0, 5, Mark.LINK, "https://y.example/"))),
    )
    row = f'<table><tr><th>a<th>b<tr><td><a href="https://y.example/">{picture}</a><td>{picture}</table>'
    (table,) = build(row).blocks
    assert isinstance(table, Table)
    assert table.rows[1] == (text("A", (0, 1, Mark.LINK, "https://y.example/")), Text("A"))


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ('alt="A boat"', "A boat"),
        ('alt="A boat" title="A boat"', "A boat"),
        ('alt="A boat" title="IMG_2044"', "A boat"),
        ('title="IMG_2044"', "IMG_2044"),
        ('alt="12-IMG_3886.jpg"', ""),
        ('alt="12-IMG_3886.jpg" title="A boat"', "A boat"),
        ('alt="Boat" title="A boat at sea"', "Boat (A boat at sea)"),
        ('alt="boat" title="A boat at sea"', "A boat at sea"),
    ],
)
def test_what_is_said_of_a_picture(attributes: str, said: str) -> None:
    assert build(f'<img src="https://x.example/a.png" {attributes}>').blocks == (
        Figure("https://x.example/a.png", said),
    )


def test_a_caption_written_as_text_is_the_caption() -> None:
    picture = '<p><img src="https://x.example/a.png" alt="Hori Parata at his farm"></p>'
    for below in ("<p>Hori Parata at his farm. <em>Photo</em></p>", "<ul><li>Hori Parata at his farm</li></ul>"):
        (figure,) = build(picture + below).blocks
        assert isinstance(figure, Figure)
        assert figure.caption.text.startswith("Hori Parata at his farm")
        assert build(to_html(Document((figure,)))).blocks == (figure,)
    for below in ("<p>Something else.</p>", "<ol><li>Hori Parata at his farm</li></ol>", "<p>Hori</p>"):
        assert len(build(picture + below).blocks) == 2


def test_a_heading_does_not_lead_to_itself() -> None:
    assert build('<h2 id=x><a href="#x">Setting up</a></h2>').blocks == (
        Heading(2, text("Setting up", (0, 0, Mark.ANCHOR, "x"))),
    )
    back = build('<h2 id=x><a href="#toc">Setting up</a></h2>').blocks
    assert isinstance(back[0], Heading)
    assert Span(0, 10, Mark.LINK, "#toc") in back[0].content.spans
    note = build('<h2>Title<a href="#n">1</a></h2>').blocks
    assert note == (Heading(2, text("Title1", (5, 6, Mark.LINK, "#n"))),)


def test_figures_and_pictures() -> None:
    html = '<figure><img src="https://x.example/a.png" alt="A"><figcaption>Cap <em>x</em></figcaption></figure>'
    assert build(html).blocks == (Figure("https://x.example/a.png", "A", text("Cap x", (4, 5, Mark.EMPHASIS))),)
    inline = '<p>before <img src="https://x.example/a.png" alt="pic"> after</p>'
    assert build(inline).blocks == (para("before after"), Figure("https://x.example/a.png", "pic"))
    assert build('<p>nice <img src="https://x.example/s.png" alt="🙂"> day</p>').blocks == (para("nice 🙂 day"),)
    table = "<figure><pre>x</pre><figcaption>Listing</figcaption></figure>"
    assert build(table).blocks == (Code("x"), para("Listing"))


def test_players_become_a_line() -> None:
    html = (
        '<p>see<video src="https://x.example/v.mp4" title="Film"></video></p><audio src="https://x.example/a.mp3"></audio>'
        '<a href="https://x.example/e" class="embed" title="Talk"></a>'
    )
    assert build(html).blocks == (
        para("see"),
        Media("video", "https://x.example/v.mp4", "Film"),
        Media("audio", "https://x.example/a.mp3"),
        Media("embed", "https://x.example/e", "Talk"),
    )


def rows(*lines: str) -> tuple[tuple[Text, ...], ...]:
    return tuple(tuple(Text(cell) for cell in line.split("|")) for line in lines)


def test_the_foot_of_a_table_comes_last_wherever_it_is_written() -> None:
    foot, body = "<tfoot><tr><td>Sum<td>3</tfoot>", "<tbody><tr><td>A<td>1<tr><td>B<td>2</tbody>"
    assert build(f"<table>{foot}{body}</table>").blocks == (Table(rows("A|1", "B|2", "Sum|3")),)


def test_tables() -> None:
    html = (
        "<table><caption>Sizes</caption>stray<thead><tr><th>a<th>b<th>c</thead>"
        "<tr><td>1<td colspan=2>2<tr><td rowspan=2>r<td>s<td>t<tr><td>u<td>v</table>"
    )
    sizes = Table(rows("a|b|c", "1|2|", "r|s|t", "|u|v"), 1, Text("Sizes"), ((1, 1, 2),))
    assert build(html).blocks == (para("stray"), sizes)
    assert build("<table><tr><td>a<td>b<tr><td>c</table>").blocks == (Table(rows("a|b", "c|")),)
    wide = build("<table><tr><td colspan=100>wide<tr><td>a<td>b</table>")
    assert wide.blocks == (Table(rows("wide|", "a|b"), spans=((0, 0, 2),)),)
    for document in (wide, build(html)):
        assert load(dump(document)) == document
        assert build(to_html(document)) == document


def test_headings_beside_rows_are_strong() -> None:
    (table,) = build("<table><tr><th>Name<td>Aurelia<tr><th><em>Built</em><td>1961</table>").blocks
    assert isinstance(table, Table)
    assert table.rows[0] == (text("Name", (0, 4, Mark.STRONG)), Text("Aurelia"))
    assert table.rows[1][0] == text("Built", (0, 5, Mark.STRONG), (0, 5, Mark.EMPHASIS))
    assert build(to_html(Document((table,)))).blocks == (table,)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<table><tr><td>one<tr><td>two</table>", [para("one"), para("two")]),
        ("<table><tr><td><p>a</p><td>b</table>", [para("a"), para("b")]),
        (
            "<table><tr><td><h2>T</h2><td>b<tr><td>c<td>d</table>",
            [Heading(2, Text("T")), para("b"), para("c"), para("d")],
        ),
        (
            "<table><tr><td>x<td><table><tr><td>a<td>b<tr><td>c<td>d</table></table>",
            [para("x"), Table(rows("a|b", "c|d"))],
        ),
        (
            "<table><tr><td>1\n2<td><pre>x\ny</pre><tr><td>3<td><pre>z</pre></table>",
            [para("1 2"), Code("x\ny"), para("3"), Code("z")],
        ),
        ("<table></table>", []),
    ],
)
def test_tables_for_layout_become_blocks(html: str, expected: list[Block]) -> None:
    assert list(build(html).blocks) == expected


def test_a_table_of_data_becomes_a_paragraph_a_row() -> None:
    html = "<table>" + "<tr><td>a<td>b" * 15_000 + "</table>"
    blocks = build(html).blocks
    assert len(blocks) == 15_000
    assert blocks[0] == para("a  b")


@pytest.mark.parametrize(
    "unit", ["<blockquote>", "<ul><li>", "<dl><dt>", "<table><tr><td>", "<div>", "<em>", "<figure>", "<table>"]
)
@pytest.mark.parametrize("count", [150, 600])
def test_any_depth_is_built_and_stored(unit: str, count: int) -> None:
    document = build(unit * count + "x THE END")
    assert "THE END" in plain_text(document)
    assert load(dump(document)) == document


def test_the_language_is_kept() -> None:
    assert build("x", language="de") == Document((para("x"),), "de")


@pytest.mark.parametrize(
    ("language", "said"),
    [(None, "“a ‘b’”"), ("de-AT", "„a ‚b‘“"), ("fr", "«a “b”»"), ("ja", "「a 『b』」"), ("en", "“a ‘b’”")],
)
def test_quotations_have_the_marks_of_their_language(language: str | None, said: str) -> None:
    assert build("<q>a <q>b</q></q>", language=language).blocks == (para(said),)


def test_buttons_for_telling_others_are_no_pictures() -> None:
    share = '<a href="https://twitter.com/home?status=x"><img src="https://x.example/t.png"></a>'
    assert build(f"<p>words {share}</p>").blocks == (para("words"),)
    assert len(build(f"<p>words {share.replace('home?status=x', 'someone')}</p>").blocks) == 2


def test_text_is_cleaned_after_its_last_decoding() -> None:
    assert build("<p>a\u202eb\u009bc&amp;#27;</p>").blocks == (para("abc&#27;"),)
    assert build("<p>Donau&shy;dampf<wbr>schiff</p>").blocks == (para("Donaudampfschiff"),)


_BLOCK_TAGS = "p div h1 h2 blockquote ul ol li dl dt dd table tr td th caption figure figcaption pre br hr".split()
_INLINE_TAGS = "em strong code a sub small span mark".split()
_WORDS = st.text(alphabet="abc xyz\n\u00a0é漢", max_size=6)
_PIECES = st.one_of(
    st.sampled_from(_BLOCK_TAGS + _INLINE_TAGS).map("<{}>".format),
    st.sampled_from(_BLOCK_TAGS + _INLINE_TAGS).map("</{}>".format),
    _WORDS,
)


@given(st.lists(_PIECES, max_size=20).map("".join))
@settings(max_examples=500)
def test_no_character_is_lost_or_doubled(html: str) -> None:
    written = Counter(re.sub(r"<[^>]*>|\s", "", html))
    assert Counter(re.sub(r"\s", "", plain_text(build(html)))) == written
