"""Articles of every kind of element: no word and no link is lost on the way to paper, page, Markdown and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given, settings

from newsreader.document.blocks import dump, load
from newsreader.document.build import build
from newsreader.document.render import plain_text, to_html, to_markdown, to_plain
from newsreader.pages import clean
from newsreader.text import cell_width
from tests.document.writing import Written, articles

if TYPE_CHECKING:
    from newsreader.document.blocks import Document

BASE = "https://example.org/blog/post"
_WORD = re.compile(r"[wéжعz]\d+")


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def document_of(article: Written) -> Document:
    return build(clean(article.html, BASE), BASE)


@settings(deadline=None, max_examples=300)
@given(articles)
def test_every_word_is_in_the_document_in_order(article: Written) -> None:
    assert words(plain_text(document_of(article))) == article.words


@settings(deadline=None)
@given(articles)
def test_every_word_is_kept_by_every_way_out(article: Written) -> None:
    document = document_of(article)
    assert load(dump(document)) == document
    assert build(to_html(document)) == document
    for text in (to_plain(document), to_plain(document, 72), to_markdown(document), to_html(document)):
        assert set(words(text)) == set(article.words)
    assert words(to_plain(document)) == article.words or "<table" in article.html


@settings(deadline=None)
@given(articles)
def test_every_link_is_in_markdown_and_html(article: Written) -> None:
    document = document_of(article)
    for address in article.links:
        assert address in to_html(document)
        if "<pre>" not in article.html:  # code in Markdown is only text
            assert address in to_markdown(document)


@settings(deadline=None)
@given(articles)
def test_no_printed_line_is_over_the_width_but_code(article: Written) -> None:
    for width in (50, 72, 120):
        for line in to_plain(document_of(article), width).split("\n"):
            assert cell_width(line) <= width or "    " in line, line
