from __future__ import annotations

import pytest

from newsreader.demo import feeds, pages
from newsreader.demo.server import NOW
from newsreader.demo.world import DemoArticle, DemoSource, sources
from newsreader.document.build import build
from newsreader.document.render import plain_text
from newsreader.feeds.discovery import find_feeds
from newsreader.pages import clean, extract

STUBS = [(source, article) for source in sources() if source.stub for article in source.articles]
FURNITURE = ("Advertisement", "Most read", "Subscribe", "pebbles", "Send by mail", "Privacy", "Search")


def _name(value: object) -> str:
    return value.slug if isinstance(value, DemoSource | DemoArticle) else str(value)


@pytest.mark.parametrize(("source", "article"), STUBS, ids=_name)
def test_the_full_text_can_be_had_from_the_page_of_a_stub(source: DemoSource, article: DemoArticle) -> None:
    page = pages.article_page(source, article, NOW)
    assert all(word in page for word in ("Advertisement", "Most read", "pebbles"))
    found = extract(page, f"http://127.0.0.1:1{source.path(article)}", title=article.title)
    assert plain_text(build(found.html)).split() == plain_text(build(clean(article.html))).split()
    assert not any(word in found.text for word in FURNITURE)
    assert found.byline == (article.author or source.title)


@pytest.mark.parametrize("source", sources(), ids=_name)
def test_a_home_page_names_its_feed(source: DemoSource) -> None:
    home = f"http://127.0.0.1:1{source.home}"
    best = find_feeds(pages.home_page(source, source.articles, NOW).encode(), home)[0]
    assert best.url == f"http://127.0.0.1:1{source.named_path}"


def test_a_page_shows_the_comments_with_what_they_answer() -> None:
    source = sources()[0]
    article = next(article for article in source.articles if article.comments)
    page = pages.article_page(source, article, NOW)
    for number, comment in enumerate(article.comments):
        assert f'id="comment-{number}"' in page
        assert feeds.plain(comment.html)[:20] in feeds.plain(page)


def test_the_arabic_pages_run_from_right_to_left() -> None:
    source = next(source for source in sources() if source.language == "ar")
    assert 'dir="rtl"' in pages.article_page(source, source.articles[0], NOW)


def test_the_front_page_leads_to_every_source() -> None:
    front = pages.front_page(sources())
    assert all(f'href="{source.home}"' in front for source in sources())
