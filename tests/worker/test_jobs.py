from __future__ import annotations

import pickle

import pytest

from newsreader import bounds
from newsreader.document import blocks
from newsreader.errors import NotAFeed, ParseError
from newsreader.model import Enclosure, ParsedArticle, ParsedFeed
from newsreader.worker import jobs
from newsreader.worker.children import Children
from tests.worker.conftest import NOW, page, rss

URL = "https://harbour.test/feed"


def digest(*articles: ParsedArticle, known: dict[str, str] | None = None) -> jobs.FeedDigest:
    return jobs.digest_parsed(ParsedFeed(title="T", articles=articles), URL, known or {}, NOW)


def test_an_article_is_cleaned_and_built() -> None:
    html = '<p onclick="x()">One <a href="/two?utm_source=feed">two</a> three.</p><script>alert(1)</script>'
    (write,) = digest(ParsedArticle(guid="1", url="https://harbour.test/a/b", title="A", content_html=html)).writes
    assert write.html == '<p>One <a href="https://harbour.test/two">two</a> three.</p>'
    assert (write.text.strip(), write.words) == ("One two three.", 3)
    assert write.document_version == blocks.VERSION
    (paragraph,) = blocks.load(write.document).blocks
    assert isinstance(paragraph, blocks.Paragraph)
    assert paragraph.content.spans[0].target == "https://harbour.test/two"


def test_the_content_comes_before_the_summary() -> None:
    (write,) = digest(ParsedArticle(guid="1", content_html="<p>The whole.</p>", summary_html="Short")).writes
    assert write.text.strip() == "The whole."
    (write,) = digest(ParsedArticle(guid="1", summary_html="<p>Only this.</p>")).writes
    assert write.html == "<p>Only this.</p>"


def test_long_fields_are_cut_and_a_missing_title_is_made_from_the_text() -> None:
    long = ParsedArticle(guid="1", title="t" * 5_000, authors=("a" * 500, "b"), content_html="<p>" + "word " * 2_000)
    (write,) = digest(long).writes
    assert len(write.title) == bounds.MAX_TITLE
    assert write.author is not None
    assert len(write.author) == bounds.MAX_NAME
    assert write.words == 2_000
    (write,) = digest(long._replace(title=" ")).writes
    assert write.title.startswith("word word")
    assert len(write.title) <= 80


@pytest.mark.parametrize(
    ("html", "enclosure", "media"),
    [
        (
            '<figure><img src="/a.jpg"><figcaption>The quay</figcaption></figure><ul><li><img src="/b.jpg"></ul>',
            "",
            "pp",
        ),
        ('<p>Teaser <img src="/a.jpg"></p>', "", "i"),
        ('<p>About it.</p><video src="/a.mp4"></video><img src="/a.jpg">', "", "v"),
        ('<iframe src="https://www.youtube.com/embed/x1"></iframe>', "", "v"),
        ('<iframe src="https://map.test/"></iframe>', "", "e"),
        ("<p>Episode seven.</p>", "audio/mpeg", "a"),
        ('<img src="/cover.jpg">', "audio/mpeg", "ai"),
        ("<p>A picture hangs on it.</p>", "image/png", ""),
        (f"<p>{'word ' * 200}</p><audio src='/a.mp3'></audio>", "", ""),
    ],
)
def test_what_a_short_article_shows_or_plays_is_noted(html: str, enclosure: str, media: str) -> None:
    hung = (Enclosure("https://harbour.test/e", enclosure),) if enclosure else ()
    (write,) = digest(ParsedArticle(guid="1", url=URL, content_html=html, enclosures=hung)).writes
    assert write.media == media


def test_terminal_controls_never_get_through() -> None:
    nasty = "a\x1b]52;c;x\x07 &#27;[2J \u202e \x9b31m"
    (write,) = digest(ParsedArticle(guid="1", title=nasty, summary_html=nasty, content_html=f"<p>{nasty}</p>")).writes
    for text in (write.title, write.text, write.html, write.document.decode()):
        assert not set(text) & set("\x1b\x07\x9b\u202e")


def test_what_is_known_is_left_out_but_its_time_counts() -> None:
    article = ParsedArticle(guid="1", title="A", published=NOW - 60)
    (write,) = digest(article).writes
    again = digest(article, known={write.identity: write.content_hash})
    assert (again.writes, again.published, again.feed.articles) == ((), (NOW - 60,), ())


def test_bytes_that_are_no_feed() -> None:
    with pytest.raises(NotAFeed):
        jobs.digest_feed(jobs.FeedJob(page(), URL, "text/html", {}, NOW))
    with pytest.raises(ParseError):
        jobs.extract_page(b"<html><body>Nothing.", "https://harbour.test/", None, None, None)


def test_a_page_in_another_encoding() -> None:
    text = "Привет, паром пришёл в гавань вовремя. " * 20
    full = jobs.extract_page(
        page(text).decode().encode("cp1251"), "https://harbour.test/", "text/html; charset=windows-1251", None, None
    )
    assert "паром пришёл" in full.text
    assert full.words >= 300
    assert full.document_version == blocks.VERSION


def test_jobs_and_digests_survive_the_pipe() -> None:
    job = jobs.FeedJob(rss("storm"), URL, None, {"x": "y"}, NOW)
    digested = jobs.digest_feed(pickle.loads(pickle.dumps(job)))
    assert pickle.loads(pickle.dumps(digested)) == digested


async def test_real_children_run_the_real_jobs() -> None:
    children = Children(1)
    try:
        digested = await children.run("digest_feed", jobs.FeedJob(rss("storm", "ferry"), URL, None, {}, NOW))
        assert [write.title for write in digested.writes] == ["Ferry", "Storm"]
        with pytest.raises(NotAFeed):
            await children.run("digest_feed", jobs.FeedJob(page(), URL, None, {}, NOW))
        full = await children.run("extract_page", page(), "https://harbour.test/", None, "A page", None)
        assert "harbour pilots" in full.text
    finally:
        await children.close()
