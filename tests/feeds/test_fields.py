"""Links, identities, people and numbers of an article, in the ways in which feeds write them."""

from __future__ import annotations

import pytest

from newsreader.feeds import parse
from newsreader.model import ParsedArticle, ParsedFeed

ATOM = 'xmlns="http://www.w3.org/2005/Atom"'


def item(body: str, *, head: str = "") -> ParsedArticle:
    (only,) = parse(f"<rss><channel>{head}<item>{body}</item></channel></rss>".encode(), "https://x.example/f").articles
    return only


def atom(body: str, *, head: str = "", attributes: str = "") -> ParsedFeed:
    return parse(f"<feed {ATOM} {attributes}>{head}<entry>{body}</entry></feed>".encode(), "https://x.example/f")


def entry(body: str, *, head: str = "", attributes: str = "") -> ParsedArticle:
    (only,) = atom(body, head=head, attributes=attributes).articles
    return only


@pytest.mark.parametrize(
    ("links", "page"),
    [
        ('<link rel="alternate nofollow" href="/a"/>', "a"),
        ('<link rel="related" href="/r"/><link rel="alternate" href="/a"/>', "a"),
        ('<link rel="via" href="/v"/><link rel="related" href="/r"/>', "r"),
        ('<link rel="via" href="/v"/>', "v"),
        ('<link rel="self" href="/s"/><link rel="via" href="/v"/>', "s"),
        ('<link rel="http://www.iana.org/assignments/relation/alternate" href="/a"/>', "a"),
        ('<link hreflang="de" href="/de"/><link hreflang="en" href="/en"/>', "en"),
        ('<link type="text/html" hreflang="de" href="/de"/><link type="application/json" href="/j"/>', "j"),
        ('<link hreflang="de" href="/de"/><link hreflang="fr" href="/fr"/>', "de"),
        ('<link HREF="/a"/>', "a"),
        ('<link href=""/><link href="/a"/>', "a"),
        ('<link rel="enclosure" href="/e"/><link rel="hub" href="/h"/>', None),
    ],
)
def test_the_page_of_an_entry_among_its_links(links: str, page: str | None) -> None:
    assert entry(links, attributes='xml:lang="en-GB"').url == (page and f"https://x.example/{page}")


@pytest.mark.parametrize(
    ("guid", "page"),
    [
        ("<guid>https://x.example/1</guid>", "https://x.example/1"),
        ('<guid isPermaLink="true">https://x.example/1</guid>', "https://x.example/1"),
        ('<guid isPermaLink="False">https://x.example/1</guid>', None),
        ('<guid isPermalink="false">https://x.example/1</guid>', None),
        ('<guid ispermalink="false">https://x.example/1</guid>', None),
    ],
)
def test_a_guid_is_a_page_unless_it_says_no(guid: str, page: str | None) -> None:
    read = item(guid)
    assert (read.guid, read.url) == ("https://x.example/1", page)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://x.example/?a=1&amp;b=2", "https://x.example/?a=1&b=2"),
        ("https://x.example/?a=1&amp;amp;b=2", "https://x.example/?a=1&b=2"),
        ("<![CDATA[https://x.example/?a=1&amp;b=2]]>", "https://x.example/?a=1&b=2"),
        ("https://x.example/?a=1&b=2", "https://x.example/?a=1&b=2"),
    ],
)
def test_ampersands_in_addresses(written: str, address: str) -> None:
    assert item(f"<link>{written}</link>").url == address


@pytest.mark.parametrize(
    "enclosure",
    [
        '<ENCLOSURE URL="https://x.example/a.mp3" TYPE="audio/mpeg" LENGTH="4"/>',
        '<enclosure Url="https://x.example/a.mp3" Type="Audio/MPEG" Length=" 4 "/>',
        '<enclosure url="https://x.example/a.mp3"type="audio/mpeg"length="4"/>',
        "<enclosure url=https://x.example/a.mp3 type=audio/mpeg length=4 />",
    ],
)
def test_enclosures_with_attributes_in_every_spelling(enclosure: str) -> None:
    (read,) = item(enclosure).enclosures
    assert (read.url, read.type, read.length) == ("https://x.example/a.mp3", "audio/mpeg", 4)


@pytest.mark.parametrize("length", ["", "-1", "1,234,567", "12.5 MB", "unknown", "9" * 40])
def test_a_length_that_is_no_number_of_bytes_is_unknown(length: str) -> None:
    (read,) = item(f'<enclosure url="https://x.example/a.mp3" length="{length}"/>').enclosures
    assert read.length is None


SOURCE = (
    "<source><id>s</id><title>Source</title><updated>2020-01-01T00:00:00Z</updated><category term='other'/>"
    "<author><name>Sam</name><email>sam@x.example</email></author><link href='/source'/></source>"
)
ENTRY = "<id>1</id><title>One</title><updated>2024-03-05T12:30:15Z</updated><link href='/1'/>"


@pytest.mark.parametrize("body", [ENTRY + SOURCE, SOURCE + ENTRY])
def test_an_entry_taken_from_another_feed_has_its_authors_and_nothing_else(body: str) -> None:
    read = entry(body, head="<title>Planet</title><author><name>Planeteer</name></author>")
    assert (read.guid, read.title, read.updated) == ("1", "One", 1_709_641_815)
    assert (read.url, read.categories) == ("https://x.example/1", ())
    assert (read.authors, read.author_mails) == (("Sam",), ("sam@x.example",))


def test_authors_of_an_entry_come_before_those_of_its_source_and_these_before_the_feeds() -> None:
    head = "<author><name>Planeteer</name></author>"
    assert entry(f"<author><name>Own</name></author>{SOURCE}", head=head).authors == ("Own",)
    assert entry("<source><title>Source</title></source>", head=head).authors == ("Planeteer",)


def test_an_author_that_is_an_address_only_is_no_name() -> None:
    head = "<author><name>Ann</name></author>"
    assert entry("<author><uri>https://a.example/</uri></author>", head=head).authors == ("Ann",)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<![CDATA[<p>a <![CDATA[b]]]]><![CDATA[> c</p>]]>", "<p>a b c</p>"),
        ("&lt;![CDATA[&lt;p&gt;a&lt;/p&gt;]]&gt;", "<p>a</p>"),
        ("<![CDATA[<p>a <![CDATA[b]]> c</p>]]>", "<p>a b c"),
        ("<![cdata[<p>a & b</p>]]>", "<p>a & b</p>"),
    ],
)
def test_sections_in_sections_hide_nothing(written: str, read: str) -> None:
    assert item(f"<description>{written}</description>").summary_html == read


def test_a_section_in_a_title_hides_nothing() -> None:
    assert item("<title>&lt;![CDATA[One &amp;amp; two]]&gt;</title>").title == "One & two"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<![CDATA[<p>a</p>]]><br/>tail", "<p>a</p><br>tail"),
        ("<b>a</b><![CDATA[<a href='/x'>x</a>]]>", "<b>a</b><a href='https://x.example/x'>x</a>"),
        ("<p>1 &lt; 2 &amp; <b>3</b></p>", "<p>1 &lt; 2 &amp; <b>3</b></p>"),
        ("Use &lt;b&gt; and <i>x</i> &lt; y", "Use &lt;b&gt; and <i>x</i> &lt; y"),
    ],
)
def test_a_description_may_mix_escaped_html_with_elements(written: str, read: str) -> None:
    assert item(f"<description>{written}</description>").summary_html == read


@pytest.mark.parametrize(
    ("body", "page"),
    [
        ("<link>www.other.example/1</link>", "https://www.other.example/1"),
        ("<link>www/1</link>", "https://x.example/www/1"),
        ('<guid isPermaLink="true">/posts/1</guid>', "https://x.example/posts/1"),
        ("<guid>/posts/1</guid>", None),
        ('<link xmlns:rdf="urn:r" rdf:resource="https://x.example/1"/>', "https://x.example/1"),
    ],
)
def test_pages_that_are_written_short(body: str, page: str | None) -> None:
    assert item(body).url == page


def test_a_file_of_rss_1() -> None:
    body = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
     xmlns:enc="http://purl.oclc.org/net/rss_2.0/enc#" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">
     <item rdf:about="https://x.example/1"><prism:publicationDate>2024-03-05</prism:publicationDate>
     <enc:enclosure rdf:resource="https://x.example/a.mp3" enc:type="audio/mpeg" enc:length="9"/></item></rdf:RDF>"""
    (read,) = parse(body).articles
    assert (read.url, read.published) == ("https://x.example/1", 1_709_596_800)
    assert [(e.url, e.type, e.length) for e in read.enclosures] == [("https://x.example/a.mp3", "audio/mpeg", 9)]


def test_the_whole_text_that_feeds_give_to_yandex() -> None:
    body = "<description>Short</description><y:full-text xmlns:y='http://news.yandex.ru'>&lt;p&gt;Long&lt;/p&gt;</y:full-text>"
    read = item(body)
    assert (read.summary_html, read.content_html) == ("Short", "<p>Long</p>")


def test_an_article_without_a_title_is_called_as_its_file() -> None:
    media = "<media:content url='/a.mp4'><media:title>Tides &amp; more</media:title></media:content>"
    assert item(media).title == "Tides & more"
    assert item(f"<title>Own</title>{media}").title == "Own"


@pytest.mark.parametrize(
    ("head", "link"),
    [
        ("<id>https://a.example/</id>", "https://a.example/"),
        ("<id>urn:a</id>", None),
        ("<id>https://a.example/</id><link rel='self' href='/f'/>", "https://x.example/f"),
        ("<id>https://a.example/</id><link href='/'/>", "https://x.example/"),
    ],
)
def test_a_feed_that_names_no_page_may_have_it_as_its_id(head: str, link: str | None) -> None:
    assert atom("<id>1</id>", head=head).link == link
