"""Articles made to break a reader go the whole way: cleaned, laid out in a child within its bounds, shown at once."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from newsreader.document import blocks
from newsreader.document.render import to_html, to_markdown, to_plain
from newsreader.errors import ParseError
from newsreader.model import ParsedArticle, ParsedFeed
from newsreader.ui.layout import Layout
from newsreader.worker.children import Children
from tests.pages.hostile import KINDS

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

PAGE = "<!doctype html><html><head><title>A page</title></head><body><article><p>{}</p>{}</article></body></html>"
WORDS = "The council voted late on Monday to keep the night ferry running. " * 12
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\ufeff\U000e0000-\U000e007f]")


def show(stored: bytes) -> None:
    """Show an article as the reader does, and write it as the command line does."""
    document = blocks.load(stored)
    for measure in (20, 72, 120):
        layout = Layout(document, measure)
        layout.lay_lines(100)
        for line in layout.lines:
            assert cell_len(line.full) <= max(measure, 20)
            assert not STEERING.search(line.full)
    for text in (to_plain(document, 72), to_markdown(document), to_html(document)):
        assert not STEERING.search(text)


@pytest.mark.parametrize("kind", KINDS)
async def test_no_article_breaks_the_reader(kind: str) -> None:
    html = KINDS[kind]()
    children = Children(1)
    try:
        feed = ParsedFeed(title="T", articles=(ParsedArticle(guid="1", title="A", content_html=html),))
        digest = await children.run("digest_parsed", feed, "https://x.example/", {}, 1_790_000_000)
        (write,) = digest.writes
        assert ("END" in write.text) == ("END" in html)
        show(write.document)
        page = PAGE.format(WORDS, html).encode("utf-8", "surrogatepass")
        try:
            full = await children.run("extract_page", page, "https://x.example/a", None, "A page", None)
        except ParseError:
            pass  # a sentence for the person; the feed's own text stays
        else:
            show(full.document)
    finally:
        await children.close()
