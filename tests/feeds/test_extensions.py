"""What the modules of feeds say: media, podcasts, threads, hints, and titles that are HTML."""

from __future__ import annotations

import json

import pytest

from newsreader.feeds import parse
from newsreader.feeds.media import seconds
from newsreader.model import Enclosure, ParsedArticle, ParsedFeed

SPACES = (
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:thr="http://purl.org/syndication/thread/1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)


def rss(body: str, *, head: str = "") -> ParsedFeed:
    document = f"<rss {SPACES}><channel><title>T</title>{head}<item>{body}</item></channel></rss>"
    return parse(document.encode(), "https://x.example/feed")


def item(body: str) -> ParsedArticle:
    (only,) = rss(body).articles
    return only


def atom(body: str, *, head: str = "") -> ParsedFeed:
    document = f'<feed xmlns="http://www.w3.org/2005/Atom" {SPACES}>{head}<entry>{body}</entry></feed>'
    return parse(document.encode(), "https://x.example/dir/feed.atom")


def test_a_video_channel_gives_text_picture_and_file() -> None:
    (read,) = atom(
        "<title>Knots</title><media:group><media:title>Knots, all of them</media:title>"
        '<media:content url="https://v.example/v/1" type="video/mp4" duration="61" width="640"/>'
        '<media:thumbnail url="https://v.example/1.jpg" width="480"/>'
        "<media:description>Ten knots.\n\nhttps://v.example/more</media:description></media:group>"
    ).articles
    assert read.summary_html == "<p>Ten knots.</p><p>https://v.example/more</p>"
    assert read.image_url == "https://v.example/1.jpg"
    assert read.enclosures == (Enclosure("https://v.example/v/1", "video/mp4", duration=61),)


def test_media_content_has_titles_and_thumbnails_of_its_own() -> None:
    read = item(
        '<media:content url="/a.jpg" medium="image"><media:title>The pier</media:title>'
        '<media:thumbnail url="/a-small.jpg"/><media:description>caption</media:description></media:content>'
    )
    assert read.enclosures == (Enclosure("https://x.example/a.jpg", "image/*", title="The pier"),)
    assert (read.image_url, read.summary_html) == ("https://x.example/a-small.jpg", None)


def test_an_episode_of_a_podcast() -> None:
    read = item(
        "<title>Tides</title><itunes:author>Mara Quint</itunes:author><itunes:duration>1:02:03</itunes:duration>"
        '<itunes:season>2</itunes:season><itunes:episode>7</itunes:episode><itunes:image href="/cover.png"/>'
        '<itunes:summary>All of it</itunes:summary><enclosure url="/7.mp3" type="audio/mpeg" length="90"/>'
        '<podcast:transcript url="/7.vtt" type="text/vtt"/>'
        '<podcast:chapters url="/7.json" type="application/json+chapters"/>'
    )
    assert read.authors == ("Mara Quint",)
    assert (read.summary_html, read.image_url) == ("All of it", "https://x.example/cover.png")
    assert read.enclosures == (
        Enclosure("https://x.example/7.mp3", "audio/mpeg", 90, 3_723, "Season 2, episode 7"),
        Enclosure("https://x.example/7.vtt", "text/vtt", title="Transcript"),
        Enclosure("https://x.example/7.json", "application/json+chapters", title="Chapters"),
    )


def test_a_file_named_twice_is_one_file_with_all_that_is_said_of_it() -> None:
    read = item(
        '<enclosure url="/a.mp3" type="audio/mpeg"/><media:content url="/a.mp3" fileSize="5" duration="9"/>'
        "<enclosure>https://x.example/b.mp3</enclosure>"
    )
    assert read.enclosures == (
        Enclosure("https://x.example/a.mp3", "audio/mpeg", 5, 9),
        Enclosure("https://x.example/b.mp3"),
    )


@pytest.mark.parametrize(
    ("written", "length"),
    [
        *(("3723", 3723), ("62:03", 3723), ("1:02:03", 3723), ("00:45.5", 45), (" 12 ", 12), ("", None)),
        *(("1h 2m 3s", 3723), ("PT1H2M3S", 3723), ("PT45M", 2700), ("62 min", 3720), ("90 seconds", 90), ("PT", None)),
        *(("an hour", None), ("1:2:3:4", None), ("-1", None)),
    ],
)
def test_lengths_of_time(written: str, length: int | None) -> None:
    assert seconds(written) == length


@pytest.mark.parametrize(
    ("body", "picture"),
    [
        ('<media:thumbnail url="/t.jpg"/><enclosure url="/e.jpg" type="image/jpeg"/>', "t.jpg"),
        ('<enclosure url="/a.mp3" type="audio/mpeg"/><enclosure url="/e.webp"/>', "e.webp"),
        ('<media:content url="/c.png" type="image/png"/>', "c.png"),
        ("<image><url>https://x.example/i.gif</url></image>", "i.gif"),
        ("<image>https://x.example/i.gif</image>", "i.gif"),
        ('<enclosure url="/a.mp3" type="audio/mpeg"/>', None),
    ],
)
def test_the_picture_of_an_article(body: str, picture: str | None) -> None:
    assert item(body).image_url == (picture and f"https://x.example/{picture}")


def test_json_feed_pictures_and_attachments() -> None:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {"id": "1", "banner_image": "/b.png"},
            {"id": "2", "image": "/i.png", "banner_image": "/b.png"},
            {
                "id": "3",
                "attachments": [
                    {"url": "/3.mp3", "mime_type": "audio/mpeg", "duration_in_seconds": 61.4, "title": "Three"}
                ],
            },
        ],
    }
    articles = parse(json.dumps(document).encode(), "https://x.example/feed.json").articles
    assert [a.image_url for a in articles] == ["https://x.example/b.png", "https://x.example/i.png", None]
    assert articles[2].enclosures == (Enclosure("https://x.example/3.mp3", "audio/mpeg", None, 61, "Three"),)


def test_a_comment_names_what_it_answers() -> None:
    (read,) = atom('<id>c1</id><thr:in-reply-to ref="urn:post:7" href="https://x.example/7"/>').articles
    assert read.reply_to == "urn:post:7"


def test_hours_and_days_to_leave_a_feed_alone() -> None:
    feed = rss(
        "<title>A</title>",
        head="<ttl>90</ttl><skipHours><hour>0</hour><hour>7</hour><hour>24</hour><hour>99</hour><hour>x</hour>"
        "</skipHours><skipDays><day>Sunday</day><day> monday </day><day>Someday</day></skipDays>",
    )
    assert (feed.ttl, feed.skip_hours, feed.skip_days) == (5_400, frozenset((0, 7)), frozenset((6, 0)))


@pytest.mark.parametrize(
    ("title", "line", "written"),
    [
        ("Plain words", "Plain words", None),
        ("  Two\n  lines ", "Two lines", None),
        ("AT&amp;T", "AT&T", None),
        ("A &lt;em&gt;loud&lt;/em&gt; one", "A loud one", "A <em>loud</em> one"),
        ('See <a href="map">map</a>', "See map", 'See <a href="https://x.example/map">map</a>'),
        ("left\u200eright", "leftright", "left\u200eright"),
    ],
)
def test_titles_keep_their_html_where_it_says_more(title: str, line: str, written: str | None) -> None:
    read = item(f"<title>{title}</title>")
    assert (read.title, read.title_html) == (line, written)


def test_plain_titles_of_atom_are_no_html() -> None:
    (read,) = atom("<title>1 &lt; 2 &amp; 3\u200e</title>").articles
    assert (read.title, read.title_html) == ("1 < 2 & 3", "1 &lt; 2 &amp; 3\u200e")


def test_a_feed_keeps_the_html_of_its_title_and_description() -> None:
    feed = atom(
        "<title>A</title>",
        head='<title type="html">&lt;b&gt;Bold&lt;/b&gt;</title>'
        '<subtitle type="xhtml" xml:base="/top/"><div xmlns="http://www.w3.org/1999/xhtml"><a href="x">x</a></div>'
        "</subtitle>",
    )
    assert (feed.title, feed.title_html) == ("Bold", "<b>Bold</b>")
    assert (feed.description, feed.description_html) == ("x", '<a href="https://x.example/top/x">x</a>')


def test_a_title_of_a_megabyte_is_kept_as_a_line_only() -> None:
    read = item(f"<title>{'&lt;b&gt;x&lt;/b&gt; ' * 100_000}</title>")
    assert len(read.title) == 1_000
    assert read.title_html is None


@pytest.mark.parametrize(
    "author", ["Ann Lee &lt;ann@x.example&gt;", "ann@x.example (Ann Lee)", "Ann Lee, ann@x.example"]
)
def test_authors_keep_their_mail_beside_their_name(author: str) -> None:
    read = item(f"<author>{author}</author><author>Bo</author>")
    assert (read.authors, read.author_mails) == (("Ann Lee", "Bo"), ("ann@x.example", ""))


def test_authors_without_a_name_go_by_their_mail() -> None:
    read = item("<author>ann@x.example</author><author>bo@x.example</author>")
    assert (read.authors, read.author_mails) == (("ann@x.example", "bo@x.example"), ())


@pytest.mark.parametrize(
    ("body", "summary", "content"),
    [
        ("<description>One two</description><summary>Three</summary>", "One two", "Three"),
        ("<summary>Three</summary><description>One two</description>", "Three", "One two"),
        (f"<description>{'long ' * 30}</description><summary>Short</summary>", "Short", ("long " * 30).strip()),
        ("<description>One</description><summary> </summary>", "One", None),
    ],
)
def test_a_summary_beside_a_description_is_not_lost(body: str, summary: str, content: str | None) -> None:
    read = item(body)
    assert (read.summary_html, read.content_html) == (summary, content)


def test_paths_as_ids_are_told_apart_by_their_base() -> None:
    feed = parse(
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry xml:base='https://a.example/'><id>/1</id></entry>"
        b"<entry xml:base='https://b.example/'><id>/1</id></entry></feed>"
    )
    assert [a.guid for a in feed.articles] == ["https://a.example/1", "https://b.example/1"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("&amp;lt;p&amp;gt;Hi &amp;lt;b&amp;gt;you&amp;lt;/b&amp;gt;&amp;lt;/p&amp;gt;", "<p>Hi <b>you</b></p>"),
        ("Write &amp;lt;p&amp;gt; for a paragraph", "Write &lt;p&gt; for a paragraph"),
        ("&lt;!' &lt;b&gt;x&lt;/b&gt;", "&lt;!' <b>x</b>"),
        ("&lt;!-- c --&gt;&lt;b&gt;x&lt;/b&gt;", "<!-- c --><b>x</b>"),
    ],
)
def test_content_escaped_twice_or_with_stray_signs(written: str, read: str) -> None:
    assert item(f"<description>{written}</description>").summary_html == read


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("koi8-r", "В Москве открылась выставка старинных книг и карт из частных собраний"),
        ("cp1251", "В Москве открылась выставка старинных книг и карт из частных собраний"),
        ("shift_jis", "東京で新しい美術館が開館しました。多くの人々が訪れています。"),
        ("euc_jp", "東京で新しい美術館が開館しました。多くの人々が訪れています。"),
        ("euc_kr", "서울에서 새로운 미술관이 문을 열었습니다. 많은 사람들이 방문하고 있습니다"),
        ("gb2312", "北京今天开放了一座新的美术馆，许多人前来参观。展览将持续到明年三月"),
        ("big5", "台北今天開放了一座新的美術館，許多人前來參觀。展覽將持續到明年三月"),
        ("cp1252", "Über die Brücke führt ein Weg; naïve café déjà vu, größer “quoted”"),
    ],
)
def test_encodings_that_nobody_names_are_detected(encoding: str, words: str) -> None:
    text = f"<rss><channel><title>{words}</title><item><title>{words}</title></item></channel></rss>"
    assert parse(text.encode(encoding)).title == words
