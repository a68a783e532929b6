"""From HTML as it comes to the document: the sanitiser and the builder fit together."""

from __future__ import annotations

from hypothesis import given, settings

from newsreader.document.blocks import dump, load
from newsreader.document.build import build, build_tree
from newsreader.document.render import plain_text, to_html, to_markdown, to_plain
from newsreader.pages import clean
from newsreader.pages.cleaning import clean_tree
from newsreader.text import clean_text
from tests.pages.soup import soup

BASE = "https://example.org/blog/post"


@given(soup)
@settings(max_examples=400)
def test_the_tree_builds_the_same_as_its_html(html: str) -> None:
    assert build_tree(clean_tree(html, BASE), BASE) == build(clean(html, BASE), BASE)


@given(soup)
@settings(max_examples=400)
def test_every_document_is_stored_shown_and_built_again(html: str) -> None:
    document = build(clean(html, BASE), BASE)
    assert load(dump(document)) == document
    assert build(to_html(document)) == document
    to_markdown(document)
    to_plain(document, 20)
    words = plain_text(document)
    assert clean_text(words) == words
