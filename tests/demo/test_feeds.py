from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from newsreader import feeds as reading
from newsreader.demo import feeds
from newsreader.demo.server import NOW
from newsreader.demo.world import DemoArticle, DemoSource, sources

BASE = "http://127.0.0.1:8080"
BY_SLUG = {source.slug: source for source in sources()}


def _edition(source: DemoSource) -> feeds.Edition:
    return feeds.Edition(source, source.articles, BASE, NOW)


def _slug(source: object) -> str:
    return source.slug if isinstance(source, DemoSource) else str(source)


@pytest.mark.parametrize("source", sources(), ids=_slug)
def test_a_feed_is_well_formed(source: DemoSource) -> None:
    body = feeds.write(_edition(source))
    if source.format == "json":
        assert len(json.loads(body)["items"]) == len(source.articles)
    else:
        names = [element.tag.rpartition("}")[2] for element in ET.fromstring(body).iter()]
        assert names.count("item") + names.count("entry") == len(source.articles)


@pytest.mark.parametrize("source", sources(), ids=_slug)
def test_our_own_parser_reads_back_what_was_written(source: DemoSource) -> None:
    edition = _edition(source)
    parsed = reading.parse(feeds.write(edition), BASE + source.feed_path, feeds.CONTENT_TYPES[source.format])
    assert parsed.problem is None
    assert parsed.title == source.title
    assert parsed.link == BASE + source.home
    assert parsed.language == source.language
    assert [article.title for article in parsed.articles] == [article.title for article in source.articles]
    for found, article in zip(parsed.articles, source.articles, strict=True):
        assert found.url == BASE + source.path(article)
        assert found.published == NOW - article.age
        if source.format not in {"rss09", "rss1"}:
            assert found.guid == edition.identity(article)
        html = found.content_html or found.summary_html
        assert html is not None
        whole = feeds.plain(article.first_paragraph if source.stub else article.html)
        assert feeds.plain(html) == whole
        assert 'href="/' not in html


@pytest.mark.parametrize("source", [source for source in sources() if source.format != "rss09"], ids=_slug)
def test_authors_are_named(source: DemoSource) -> None:
    parsed = reading.parse(feeds.write(_edition(source)))
    for found, article in zip(parsed.articles, source.articles, strict=True):
        if article.author:
            assert found.authors == (article.author,)


@pytest.mark.parametrize("slug", ["coast-gazette", "uptime-quarterly", "field-notes"])
def test_comment_feeds_are_named_and_can_be_read(slug: str) -> None:
    source = BY_SLUG[slug]
    article = next(article for article in source.articles if article.comments)
    edition = _edition(source)
    found = next(found for found in reading.parse(feeds.write(edition)).articles if found.title == article.title)
    assert found.comments_feed_url == BASE + source.comments_path(article)
    assert found.comments_count == len(article.comments)
    comments = reading.parse(feeds.write_comments(edition, article))
    assert [comment.authors for comment in comments.articles] == [(comment.author,) for comment in article.comments]
    assert [comment.content_html for comment in comments.articles] == [
        edition.absolute(comment.html) for comment in article.comments
    ]
    answers = ET.fromstring(feeds.write_comments(edition, article)).iter(
        "{http://purl.org/syndication/thread/1.0}in-reply-to"
    )
    assert len(list(answers)) == sum(comment.answers is not None for comment in article.comments)


def test_an_atom_feed_names_its_comments() -> None:
    source = BY_SLUG["northern-wire"]
    article = replace(source.articles[0], comments=BY_SLUG["coast-gazette"].articles[1].comments)
    body = feeds.write(feeds.Edition(source, (article,), BASE, NOW))
    (found,) = reading.parse(body).articles
    assert found.comments_feed_url == (BASE + source.comments_path(article) if article.comments else None)
    assert article.comments


def test_an_enclosure_is_given_with_type_and_length() -> None:
    source = BY_SLUG["valley-radio"]
    parsed = reading.parse(feeds.write(_edition(source)))
    for found, article in zip(parsed.articles, source.articles, strict=True):
        (file,) = found.enclosures
        assert article.enclosure is not None
        assert (file.url, file.type, file.length) == (
            BASE + article.enclosure.path,
            "audio/mpeg",
            article.enclosure.length,
        )


def test_an_old_encoding_carries_every_character() -> None:
    source = BY_SLUG["boletim-do-sul"]
    article = replace(source.articles[0], title="Ação — “às 23:40” 船")
    body = feeds.write(feeds.Edition(source, (article,), BASE, NOW))
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    assert reading.parse(body).articles[0].title == article.title


@pytest.mark.parametrize("title", ["<angle> & ampersand", "if a < b && b > c", "]]> in a title", 'a "quoted" one'])
@pytest.mark.parametrize("slug", ["northern-wire", "plain-machines", "orbit-weekly"])
def test_awkward_titles_survive_where_the_format_can_say_them(slug: str, title: str) -> None:
    article = DemoArticle(slug="a", title=title, html="<p>]]&gt; and <em>]]></em></p>", age=60)
    body = feeds.write(feeds.Edition(BY_SLUG[slug], (article,), BASE, NOW))
    (found,) = reading.parse(body).articles
    assert found.title == title
    assert found.content_html == article.html


def test_an_end_of_cdata_in_an_article_does_not_end_the_feed() -> None:
    article = DemoArticle(slug="a", title="a", html="<pre>x[y[0]]>1</pre>", age=60)
    body = feeds.write(feeds.Edition(BY_SLUG["coast-gazette"], (article,), BASE, NOW))
    assert reading.parse(body).articles[0].content_html == article.html
