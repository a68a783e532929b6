from __future__ import annotations

import pytest
from lxml import html as lxml_html

from newsreader.pages import clean
from newsreader.pages.paging import join, next_page, page_number

FIRST = "https://gazette.example/2026/ferry"


@pytest.mark.parametrize(
    ("first", "address", "number"),
    [
        (FIRST, FIRST, 1),
        (FIRST, f"{FIRST}/#top", 1),
        (FIRST, f"{FIRST}/2", 2),
        (FIRST, f"{FIRST}/2/", 2),
        (FIRST, f"{FIRST}?page=3", 3),
        (FIRST, f"{FIRST}/seite-12", 12),
        (FIRST, f"{FIRST}/page/2", 2),
        (f"{FIRST}?page=1", f"{FIRST}?page=2", 2),
        (f"{FIRST}.html", f"{FIRST}-2.html", 2),
        (f"{FIRST}.html", f"{FIRST}.html?seite=2", 2),
        ("https://gazette.example/?id=7", "https://gazette.example/?id=7&page=2", 2),
        ("http://gazette.example/a", "https://gazette.example/a/2", 2),
        (FIRST, f"{FIRST}/comments-2", None),
        (FIRST, f"{FIRST}?replytocom=2", None),
        (FIRST, f"{FIRST}?theme=2", None),
        (FIRST, f"{FIRST}/gallery/2", None),
        (FIRST, f"{FIRST}-boat", None),
        (FIRST, f"{FIRST}2", None),
        (FIRST, f"{FIRST}/1", None),
        (FIRST, "https://gazette.example/2026/other/2", None),
        (FIRST, "https://other.example/2026/ferry/2", None),
        (f"{FIRST}-part-1", f"{FIRST}-part-2", None),
        (f"{FIRST}-2", f"{FIRST}-3", None),
    ],
)
def test_which_page_of_an_article_an_address_is(first: str, address: str, number: int | None) -> None:
    assert page_number(first, address) == number


@pytest.mark.parametrize(
    ("markup", "url", "expected"),
    [
        ('<link rel="next" href="/2026/ferry/2">', FIRST, f"{FIRST}/2"),
        ('<a rel="nofollow next" href="/2026/ferry/2">on</a>', FIRST, f"{FIRST}/2"),
        ('<p>Pages: 1 <a href="/2026/ferry/2">2</a> <a href="/2026/ferry/3">3</a></p>', FIRST, f"{FIRST}/2"),
        ('<a href="/2026/ferry">1</a> <a href="/2026/ferry/3">3</a>', f"{FIRST}/2", f"{FIRST}/3"),
        ('<a href="/2026/ferry">1</a> <a href="/2026/ferry/2">2</a>', f"{FIRST}/3", None),
        ('<a rel="next" href="/2026/other">The next article</a>', FIRST, None),
        ('<a rel="next">2</a><a href="javascript:go(2)">2</a><a href="http://[2">2</a>', FIRST, None),
    ],
)
def test_the_next_page_is_found(markup: str, url: str, expected: str | None) -> None:
    root = lxml_html.document_fromstring(f"<html><body>{markup}</body></html>")
    assert next_page(root, url, FIRST) == expected


def test_pages_are_joined_without_what_stood_on_one_before() -> None:
    top = '<h1>Night ferry stays</h1><img src="https://gazette.example/a.jpg" alt="Ferry">'
    note = "<p>A note of the publisher that stands below each of the pages of this article.</p>"
    parts = [f"{top}<p>{'One. ' * 40}</p><h2>Sums</h2>{note}", f"{top}<p>{'Two. ' * 40}</p><h2>Sums</h2><p>3</p>{note}"]
    joined = join(parts, FIRST)
    assert [joined.count(part) for part in ("<h1>", "<img", "Two. ", "<h2>", "A note")] == [1, 1, 40, 2, 1]
    assert clean(joined, FIRST) == joined
    assert join(parts, FIRST, f'{FIRST}/3?a=1&b="').endswith(
        f'<p><a href="{FIRST}/3?a=1&amp;b=%22">The article goes on here.</a></p>'
    )
