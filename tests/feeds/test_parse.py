from __future__ import annotations

import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.bounds import MAX_ARTICLES, MAX_TITLE, MAX_URL
from newsreader.errors import NotAFeed, ParseError
from newsreader.feeds import parse
from newsreader.model import Enclosure, ParsedArticle
from tests.feeds import documents

MOMENT = 1_709_641_815  # 2024-03-05T12:30:15Z
DAY = 86_400


def article(body: str, *, prefix: str = "") -> ParsedArticle:
    feed = parse(
        f"<rss><channel><title>T</title>{prefix}<item>{body}</item></channel></rss>".encode(), "https://x.example/f"
    )
    assert len(feed.articles) == 1
    return feed.articles[0]


def test_rss_2() -> None:
    feed = parse(documents.RSS, "https://coast.example/feed")
    assert (feed.title, feed.link, feed.description) == (
        "The Coast & Gazette",
        "https://coast.example/",
        "News of the harbour",
    )
    assert (feed.language, feed.updated, feed.ttl, feed.problem) == ("en-GB", MOMENT, 5_400, None)
    first, second = feed.articles
    assert first.title == "Ferry stays: AT&T pays"
    assert (first.guid, first.url) == ("coast-1", "https://coast.example/2024/ferry")
    assert first.authors == ("Ines Almada", "Tomas Reed")
    assert first.published == MOMENT
    assert first.summary_html == "Short."
    assert first.content_html is not None
    assert 'href="https://coast.example/2024/map.html"' in first.content_html
    assert 'src="https://coast.example/p.jpg"' in first.content_html
    assert first.categories == ("Ferries", "Harbour")
    assert first.enclosures == (
        Enclosure("https://coast.example/a.mp3", "audio/mpeg", 1234),
        Enclosure("https://coast.example/p.jpg", "image/*", None),
    )
    assert first.comments_url == "https://coast.example/2024/ferry#comments"
    assert first.comments_feed_url == "https://coast.example/2024/ferry/feed"
    assert first.comments_count == 14
    assert (second.title, second.url, second.authors) == ("", "https://coast.example/2024/bridge", ("Tomas Reed",))
    assert second.summary_html == "<p>A bridge.</p>"


def test_rss_1() -> None:
    feed = parse(documents.RSS1)
    assert (feed.title, feed.link, feed.ttl) == ("Northern Wire", "https://wire.example/", 21_600)
    (only,) = feed.articles
    assert (only.guid, only.url, only.published) == ("https://wire.example/1", "https://wire.example/1", MOMENT)


def test_rss_091_with_a_doctype_and_latin_1() -> None:
    feed = parse(documents.RSS091)
    assert feed.title == "Café é"
    assert feed.articles[0].title == "First"


def test_atom_1() -> None:
    feed = parse(documents.ATOM, "https://elsewhere.example/feed.atom")
    assert (feed.title, feed.description, feed.language) == ("Boletim & Sul", "Do sul", "pt")
    assert (feed.link, feed.updated) == ("https://sul.example/blog/", MOMENT)
    first, second = feed.articles
    assert first.title == "Ferry noturno"
    assert first.url == "https://sul.example/blog/2024/ferry"
    assert first.authors == ("Rosa Pinto",)
    assert (first.published, first.updated) == (MOMENT, MOMENT + DAY)
    assert first.summary_html == "1 &lt; 2 &amp; 3"
    assert first.content_html == '<p>Texto <a href="https://sul.example/blog/2024/mapa">mapa</a><br></p>'
    assert first.comments_feed_url == "https://sul.example/blog/2024/ferry/comments.atom"
    assert (first.comments_url, first.comments_count) == ("https://sul.example/blog/2024/ferry#c", 3)
    assert first.enclosures == (Enclosure("https://sul.example/blog/2024/ferry.ogg", "audio/ogg", 99),)
    assert first.categories == ("mar",)
    assert (second.title, second.authors, second.content_html) == ("Plain 1 < 2", ("Ana",), "<p>Olá</p>")


def test_atom_03_with_escaped_and_base64_content() -> None:
    feed = parse(documents.ATOM03)
    (only,) = feed.articles
    assert (feed.title, feed.description, feed.link) == ("Field Notes", "Notes", "https://notes.example/")
    assert (only.title, only.content_html) == ("Old maps", "<p>Moths</p>")
    assert (only.published, only.updated) == (MOMENT, MOMENT + DAY)


def test_json_feed() -> None:
    feed = parse(documents.JSON, "https://orbit.example/feed.json")
    assert (feed.title, feed.link, feed.language, feed.updated) == (
        "Orbit Weekly",
        "https://orbit.example/",
        "en",
        MOMENT,
    )
    first, second = feed.articles
    assert (first.guid, first.title, first.authors, first.categories) == ("7", "Low & slow", ("Kim", "Lee"), ("space",))
    assert first.content_html == "<p>Hi <a href='https://orbit.example/x'>x</a></p>"
    assert first.enclosures == (Enclosure("https://orbit.example/7.mp3", "audio/mpeg", 5),)
    assert (second.url, second.authors) == ("https://else.example/8", ("Orbit Desk",))
    assert second.content_html == "<p>One &lt;two&gt;</p><p>Three</p>"


@pytest.mark.parametrize(
    ("body", "phrase"),
    [
        (b"", "empty"),
        (b" \n\0 ", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"just some words", "plain text"),
        (b"<!doctype html><html><body><p>Hello</p></body></html>", "web page"),
        (b"<html><form><input type='password'></form></html>", "login page"),
        (b"<html><title>Just a moment...</title></html>", "captcha"),
        (b"<opml version='2.0'><body><outline text='x'/></body></opml>", "OPML"),
        (b"<urlset><url/></urlset>", "sitemap"),
        (b"<note><to>x</to></note>", "XML document"),
        (b'{"error": "not found"}', "JSON document"),
        (b"[1, 2]", "JSON document"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, phrase: str) -> None:
    with pytest.raises(NotAFeed) as caught:
        parse(body)
    assert phrase in caught.value.phrase


@pytest.mark.parametrize(
    "body", [b"[" * 200_000, b'{"items": ' + b"9" * 6_000 + b"}", b'{"items": [', b'{"a":' * 150_000]
)
def test_hostile_json_is_a_parse_error(body: bytes) -> None:
    with pytest.raises(ParseError):
        parse(body)


def test_a_feed_without_articles_is_a_feed() -> None:
    feed = parse(b"<rss version='2.0'><channel><title>Quiet</title></channel></rss>")
    assert (feed.title, feed.articles, feed.problem) == ("Quiet", (), "There is no article in the feed.")


def test_a_missing_channel_is_forgiven() -> None:
    feed = parse(b"<rss><title>T</title><item><title>A</title></item></rss>")
    assert (feed.title, [a.title for a in feed.articles]) == ("T", ["A"])


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("AT&T & co", "AT&T & co"),
        ("Caf&eacute; &nbsp;open", "Café open"),
        ("Tom &amp;amp; Ann", "Tom & Ann"),
        ("It&amp;#8217;s", "It’s"),
        ("5 < 6 and 7 > 2", "5 < 6 and 7 > 2"),
        ("<![CDATA[List<String> in <b>Java</b>]]>", "List<String> in Java"),
        ("a\x01b\x1b[31mc", "ab[31mc"),
        ("x&#27;]52;c;AAAA&#7;y", "x]52;c;AAAAy"),
        ("&amp;#27;[2J&#155;31m", "[2J›31m"),
        ("dash &#150; dash", "dash – dash"),
        ("\u202eevil\u200b", "evil"),
        (" two\n lines ", "two lines"),
        ("&unknown; thing", "&unknown; thing"),
    ],
)
def test_titles_become_one_clean_line(written: str, title: str) -> None:
    assert article(f"<title>{written}</title>").title == title


def test_unescaped_html_in_a_description_is_kept_with_what_follows() -> None:
    read = article(
        "<title>T</title><description>One<br>two <a href='/p'>&three</description>"
        "<pubDate>Tue, 05 Mar 2024 12:30:15 GMT</pubDate>"
    )
    assert read.summary_html is not None
    assert "One<br>two" in read.summary_html
    assert read.published == MOMENT


def test_undeclared_prefixes_mean_what_they_say() -> None:
    read = article("<dc:creator>Ann</dc:creator><content:encoded>&lt;p&gt;x&lt;/p&gt;</content:encoded>")
    assert (read.authors, read.content_html) == (("Ann",), "<p>x</p>")


def test_names_count_by_namespace_not_by_prefix() -> None:
    body = b"""<rss xmlns:zz="http://purl.org/dc/elements/1.1/" xmlns:q="https://unknown.example/ns"><channel><item>
    <q:title>Wrong</q:title><zz:title>Right</zz:title></item></channel></rss>"""
    assert parse(body).articles[0].title == "Right"


def test_a_misspelt_namespace_counts_as_what_its_prefix_mostly_means() -> None:
    body = b"""<rss xmlns:dc="http://purl.org/dc/elementz/1.1/" xmlns:Content="http://invented.example/ns"
    xmlns:x="http://invented.example/x"><channel><item><dc:creator>Ann</dc:creator><x:creator>Bo</x:creator>
    <Content:encoded>&lt;p&gt;x&lt;/p&gt;</Content:encoded></item></channel></rss>"""
    (read,) = parse(body).articles
    assert (read.authors, read.content_html) == (("Ann",), "<p>x</p>")


def test_tags_in_capitals_and_an_old_cdf_channel() -> None:
    feed = parse(
        b"<CHANNEL HREF='https://cdf.example/'><ITEM HREF='https://cdf.example/1'><TITLE>One</TITLE></ITEM></CHANNEL>"
    )
    assert (feed.link, feed.articles[0].url, feed.articles[0].title) == (
        "https://cdf.example/",
        "https://cdf.example/1",
        "One",
    )


def test_declared_entities_are_read_and_bombs_are_not() -> None:
    body = b"""<!DOCTYPE rss [<!ENTITY me "Ann"><!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
    <rss><channel><title>&me; &b; &f;</title></channel></rss>"""
    assert parse(body).title == "Ann &b; &f;"


def test_an_entity_may_be_declared_with_references_of_xml_itself() -> None:
    body = b"""<!DOCTYPE rss [<!ENTITY co 'Odd &amp; Sons &#8211; "Co"'>]>
    <rss><channel><title>&co;</title></channel></rss>"""
    assert parse(body).title == 'Odd & Sons – "Co"'


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel><title>Cut before any article",
        b"<rss><channel><title>x</title><item><title>Cut in the first",
    ],
)
def test_damage_that_leaves_no_article_is_said(body: bytes) -> None:
    with pytest.raises(ParseError, match="no article in it can be read"):
        parse(body)


def test_attributes_need_no_quotes() -> None:
    body = b"""<rss version=2.0><channel><item><title>x = y</title><guid isPermaLink=false>a</guid>
    <enclosure url='http://a.example/?a=b c' length = 7 type=audio/ogg></enclosure></item></channel></rss>"""
    (article,) = parse(body).articles
    assert (article.title, article.guid, article.url) == ("x = y", "a", None)
    (enclosure,) = article.enclosures
    assert (enclosure.url, enclosure.length) == ("http://a.example/?a=b%20c", 7)


def test_an_empty_feed_may_be_ill_formed() -> None:
    assert parse(b"<rss><channel><title>x</title><b><i></b></i></channel></rss>").articles == ()


def test_a_number_of_any_length_costs_a_json_feed_nothing() -> None:
    digits = "7" * 5_000
    body = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"id": {digits}, "title": "x"}}]}}'
    (article,) = parse(body.encode()).articles
    assert article.guid == digits[:1_999] + "…"


def test_a_cut_document_keeps_its_whole_articles() -> None:
    whole = documents.RSS
    cut = whole[: whole.index(b"A bridge")]
    feed = parse(cut, "https://coast.example/feed")
    assert [a.guid for a in feed.articles] == ["coast-1"]
    assert feed.articles[0].comments_count == 14
    assert feed.problem is not None
    assert "cut off" in feed.problem


def test_warnings_before_the_document_are_skipped() -> None:
    assert parse(b"\n<br />\n<b>Warning</b>: x in <b>y.php</b>\n" + documents.RSS).title == "The Coast & Gazette"


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("utf-8", None, None),
        ("utf-8-sig", None, None),
        ("utf-16", None, None),
        ("utf-16-le", None, None),
        ("utf-32", None, None),
        ("utf-8", "iso-8859-1", None),
        ("cp1252", "utf-8", None),
        ("cp1252", "iso-8859-1", "text/xml"),
        ("cp1252", None, "text/xml; charset=windows-1252"),
        ("cp1252", None, "text/xml; charset=no-such-thing"),
        ("iso-8859-15", "ISO-8859-15", None),
        ("utf-8", "zlib", None),
    ],
)
def test_encodings(encoding: str, declared: str | None, content_type: str | None) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    text = f"{declaration}<rss><channel><title>Ünïcode – café</title></channel></rss>"
    if encoding == "iso-8859-15":
        text = text.replace("–", "€")
    title = parse(text.encode(encoding), "", content_type).title
    assert title == ("Ünïcode € café" if encoding == "iso-8859-15" else "Ünïcode – café")


@pytest.mark.parametrize(
    ("encoding", "word"), [("koi8-r", "Новости"), ("shift_jis", "ニュース"), ("gb2312", "新闻"), ("euc-kr", "뉴스")]
)
def test_declared_encodings_of_other_scripts(encoding: str, word: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><rss><channel><title>{word}</title></channel></rss>'
    assert parse(text.encode(encoding)).title == word


def test_text_that_was_encoded_twice_is_repaired() -> None:
    text = "<rss><channel><title>Zürich – “größer”</title></channel></rss>"
    assert (
        parse(text.encode().decode("cp1252", "replace").replace("\ufffd", "\x9d").encode()).title == "Zürich – “größer”"
    )


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://x.example/" + "a" * MAX_URL]
)
def test_unusable_addresses_are_left_out(address: str) -> None:
    assert article(f"<link>{address}</link><enclosure url='{address}'/>").url is None


def test_relative_addresses_in_rss_start_from_the_site() -> None:
    read = article("<link>a b</link>", prefix="<link>https://site.example/dir/</link>")
    assert read.url == "https://site.example/dir/a%20b"


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ("ann@x.example (Ann Lee)", "Ann Lee"),
        ("Ann Lee <ann@x.example>", "Ann Lee"),
        ("ann@x.example", "ann@x.example"),
        ("Ann &amp;amp; Lee", "Ann & Lee"),
    ],
)
def test_authors_in_their_spellings(person: str, name: str) -> None:
    assert article(f"<author>{person.replace('<', '&lt;')}</author>").authors == (name,)


def test_bounds_hold() -> None:
    assert len(article(f"<title>{'x' * 100_000}</title>").title) == MAX_TITLE
    count = MAX_ARTICLES + 50
    items = "".join(f"<item><guid>{n}</guid><pubDate>{1_000_000_000 + n}</pubDate></item>" for n in range(count))
    feed = parse(f"<rss><channel>{items}</channel></rss>".encode())
    assert [a.guid for a in feed.articles] == [str(n) for n in range(50, count)]


def test_media_groups_give_description_and_file() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><entry><title>V</title>
    <media:group><media:title>W</media:title><media:content url="https://v.example/1.mp4" type="video/mp4"/>
    <media:description>First.\n\nSecond &lt;3</media:description></media:group></entry></feed>"""
    (only,) = parse(body).articles
    assert only.title == "V"
    assert only.summary_html == "<p>First.</p><p>Second &lt;3</p>"
    assert only.enclosures == (Enclosure("https://v.example/1.mp4", "video/mp4", None),)


@given(st.binary(max_size=400))
def test_arbitrary_bytes_raise_nothing_but_parse_errors(body: bytes) -> None:
    with suppress(ParseError):
        parse(body, "https://x.example/")


@settings(max_examples=300)
@given(
    st.sampled_from(documents.ALL),
    st.integers(min_value=0),
    st.sampled_from(["cut", "drop", "flip", "double", "insert"]),
)
def test_mutated_feeds_raise_nothing_but_parse_errors(body: bytes, seed: int, kind: str) -> None:
    chance = random.Random(seed)
    start = chance.randrange(len(body))
    stop = min(len(body), start + chance.randrange(1, 60))
    changed = {
        "cut": body[:start],
        "drop": body[:start] + body[stop:],
        "flip": body[:start] + bytes(chance.randrange(256) for _ in range(stop - start)) + body[stop:],
        "double": body[:stop] + body[start:],
        "insert": body[:start]
        + chance.choice([b"<", b"&", b"]]>", b"<![CDATA[", b"\0", b"&#0;", b"<!--", b"\xff\xfe"])
        + body[start:],
    }[kind]
    try:
        feed = parse(changed, "https://x.example/")
    except ParseError:
        return
    for read in feed.articles:
        assert "\x1b" not in read.title
        assert "\n" not in read.title
