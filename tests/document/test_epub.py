"""Books of articles: what the specification of EPUB 3 asks of them, whatever is in the articles."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from lxml import etree

from newsreader.document.blocks import (
    Definitions,
    Document,
    Figure,
    Heading,
    ListBlock,
    Mark,
    Media,
    Paragraph,
    Rule,
    Span,
    Table,
    Text,
)
from newsreader.document.build import build
from newsreader.document.epub import write_epub
from newsreader.document.render import to_plain
from newsreader.model import Keepsake
from newsreader.pages.cleaning import clean
from tests.document import golden
from tests.document.test_keepsakes import FERRY
from tests.document.writing import Written, articles

NOW = 1_795_456_800
GOLDEN = golden.documents()
XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
FLOW = set(
    "p h1 h2 h3 h4 h5 h6 pre blockquote ul ol li dl dt dd table caption tr th td figure figcaption hr br a span strong "
    "em code del ins sup sub mark kbd small div".split()
)


def book(*chapters: tuple[Keepsake, Document], title: str = "Bookmarks") -> zipfile.ZipFile:
    file = io.BytesIO()
    assert write_epub(chapters, title, NOW, file) == len(chapters)
    return zipfile.ZipFile(file)


def body(document: Document) -> etree._Element:
    page = etree.fromstring(book((FERRY, document)).read("EPUB/article-1.xhtml"))
    found = page.find(f"{XHTML}body/{XHTML}div")
    assert found is not None
    return found


def check_page(page: etree._Element) -> None:
    """What a reading system may rely on: known elements, unique names, links that lead somewhere, nothing from afar."""
    names = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(names) == len(set(names))
    within = page.find(f"{XHTML}body")
    assert within is not None
    for element in within.iter():
        assert str(element.tag).removeprefix(XHTML) in FLOW | {"body", "nav"}
        assert element.get("src") is None
        target = element.get("href")
        if target is not None and target.startswith("#"):
            assert target[1:] in names
        elif target is not None and ":" in target:
            assert target.startswith(("http://", "https://", "mailto:"))
            assert not set(target) & set(' "<>\\^`{|}')
        if element.tag == f"{XHTML}a":
            assert all(inner is element or inner.tag != element.tag for inner in element.iter())


def check(opened: zipfile.ZipFile) -> None:
    """The frame of a book: the mimetype first and as it is, a package that names every file, a table of contents."""
    first = opened.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert opened.read("mimetype") == b"application/epub+zip"
    container = etree.fromstring(opened.read("META-INF/container.xml"))
    assert [element.get("full-path") for element in container.iter() if element.get("full-path")] == [
        "EPUB/package.opf"
    ]
    package = etree.fromstring(opened.read("EPUB/package.opf"))
    items = {item.get("id"): item for item in package.iter(f"{OPF}item")}
    files = {f"EPUB/{item.get('href')}" for item in items.values()}
    assert files == set(opened.namelist()) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    assert [item.get("href") for item in items.values() if item.get("properties") == "nav"] == ["nav.xhtml"]
    for element in ("identifier", "title", "language"):
        assert package.find(f".//{DC}{element}") is not None
    assert package.get("unique-identifier") == "id"
    spine = [each.get("idref") for each in package.iter(f"{OPF}itemref")]
    assert spine
    assert all(each in items for each in spine)
    for name in opened.namelist():
        if name.endswith(".xhtml"):
            check_page(etree.fromstring(opened.read(name)))


def texts(element: etree._Element) -> list[str]:
    return [" ".join("".join(each.itertext()).split()) for each in element]


def test_a_book_has_a_chapter_an_article_and_a_table_of_contents() -> None:
    other = FERRY._replace(id=13, title="<b>&\x1b[2J", url="javascript:alert(1)", language="de_AT", note="", tags=())
    first = (FERRY, Document((Paragraph(Text("The vote was close.")),)))
    opened = book(first, (other, Document(())), (other, Document(())))
    check(opened)
    contents = etree.fromstring(opened.read("EPUB/nav.xhtml"))
    assert [(link.get("href"), link.text) for link in contents.iter(f"{XHTML}a")] == [
        ("article-1.xhtml", "The night ferry: “stays”"),
        ("article-2.xhtml", "<b>&[2J"),
        ("article-3.xhtml", "<b>&[2J"),
    ]
    chapter = opened.read("EPUB/article-1.xhtml").decode()
    for words in (
        "The Coast Gazette · Ines Almada",
        "#ferries #port",
        "For &quot;Monday&quot;",
        "<mark>The vote was close.</mark>",
    ):
        assert words in chapter
    assert 'href="https://a.example/ferry?a=1&amp;b=2"' in chapter
    assert b"javascript" not in opened.read("EPUB/article-2.xhtml")
    package = etree.fromstring(opened.read("EPUB/package.opf"))
    assert package.findtext(f".//{DC}language") == "de-AT"
    assert "2026-11-23T18:00:00Z" in opened.read("EPUB/package.opf").decode()
    again = book(first, (other, Document(())), (other, Document(())))
    assert again.read("EPUB/package.opf") == opened.read("EPUB/package.opf"), "its name too"


@pytest.mark.parametrize(
    ("block", "said", "leads"),
    [
        (Figure("https://a.example/x y.png", "A boat", Text("At night")), ["Picture: A boat At night"], ["https://a.example/x%20y.png"]),
        (Figure("https://a.example/x.png", "", Text(), "https://a.example/"), ["Picture"], ["https://a.example/"]),
        (Figure(None, "A boat"), ["Picture: A boat"], []),
        (Media("audio", "https://a.example/1.mp3", "Part 1"), ["Audio: Part 1"], ["https://a.example/1.mp3"]),
        (Media("embed", "https://a.example/e", "A map"), ["A map"], ["https://a.example/e"]),
        (Definitions(((Text("Term"), ()), (Text("Other"), (Paragraph(Text("Means")),)))), ["Term Other Means"], []),
        (Paragraph(Text("a 100% b", (Span(0, 1, Mark.LINK, "https://a.example/100%?q=a b#c#d"),))), ["a 100% b"], ["https://a.example/100%25?q=a%20b#c%23d"]),
        (Paragraph(Text("gone", (Span(0, 4, Mark.LINK, "#nowhere"),))), ["gone"], []),
    ],
)  # fmt: skip
def test_what_a_book_cannot_hold_is_a_link_or_words(block: Paragraph, said: list[str], leads: list[str]) -> None:
    found = body(Document((block,)))
    assert [" ".join(each.replace("Term", "Term ").replace("Other", "Other ").split()) for each in texts(found)] == [
        " ".join(each.split()) for each in said
    ] or [each.replace(" ", "") for each in texts(found)] == [each.replace(" ", "") for each in said]
    assert [link.get("href") for link in found.iter(f"{XHTML}a") if link.get("href")] == leads


def test_notes_in_an_article_lead_to_their_places() -> None:
    note = Text("See 1", (Span(4, 5, Mark.LINK, "#fn 1"),))
    place = Text("The note", (Span(0, 0, Mark.ANCHOR, "fn 1"), Span(0, 0, Mark.ANCHOR, "fn 1")))
    opened = book((FERRY, Document((Heading(2, note), ListBlock(((Paragraph(place),),), 1), Rule()))))
    check(opened)
    assert b'<a href="#place-1">1</a>' in opened.read("EPUB/article-1.xhtml")


def test_what_is_no_xml_is_left_out() -> None:
    document = Document((Table(((Text("a\ufffe\x00b\ud800c"), Text("&nbsp;<")),)),))
    check(book((FERRY, document), title="A\ufffe<"))
    assert texts(body(document)) == ["abc&nbsp;<"]


@pytest.mark.parametrize("name", GOLDEN)
def test_every_kind_of_text_is_a_chapter_with_all_its_words(name: str) -> None:
    whole(build(clean(GOLDEN[name], golden.BASE), golden.BASE))


@given(articles)
@settings(max_examples=40, deadline=None)
def test_every_article_can_be_in_a_book(written: Written) -> None:
    whole(build("".join(written.parts), "https://example.org/"))


def whole(document: Document) -> None:
    """A chapter is as it must be, and every word of the text is in it."""
    check(book((FERRY, document)))
    said = "".join(body(document).itertext())
    missing = {
        word for word in to_plain(document, None).split() if word.isalnum() and word.strip("⁰¹²³⁴⁵⁶⁷⁸⁹") not in said
    }
    assert not missing - set("Picture Audio Video Embedded".split()), missing
