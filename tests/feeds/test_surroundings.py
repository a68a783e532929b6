"""Feeds behind and inside of what does not belong to them."""

from __future__ import annotations

import pytest

from newsreader.errors import NotAFeed
from newsreader.feeds import parse

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
FEED = (
    "<rss version='2.0'><channel><title>Färöer</title><link>https://x.example/</link>"
    "<item><title>One</title></item><item><title>Two</title></item></channel></rss>"
)
WARNING = "<br />\n<b>Warning</b>: Undefined variable: x in <b>/srv/x.php</b> on line <b>9</b><br />\n"


@pytest.mark.parametrize(
    "document",
    [
        "\n\n  \t" + DECLARATION + FEED,
        "\ufeff\ufeff" + DECLARATION + FEED,
        "\ufeff\n\ufeff" + DECLARATION + FEED,
        "ï»¿" + DECLARATION + FEED,
        "\0\0" + DECLARATION + FEED,
        "<!-- made by x -->\n" + DECLARATION + FEED,
        "<!-- <rss> -->\n" + DECLARATION + FEED,
        WARNING + DECLARATION + FEED,
        DECLARATION + WARNING + FEED,
        DECLARATION + "<!-- a --><?pi x?>" + WARNING + FEED,
        DECLARATION + DECLARATION + FEED,
        "<?xml-stylesheet href='x.xsl'?>\n" + DECLARATION + FEED,
        "<script>var a = '<rss>';</script>\n" + DECLARATION + FEED,
        "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n" + DECLARATION + FEED,
        "1f4a\r\n" + DECLARATION + FEED + "\r\n0\r\n\r\n",
        "<!DOCTYPE html>\n" + FEED,
        "<!DOCTYPE html>\n" + DECLARATION + FEED,
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd"><!-- x -->' + FEED,
        DECLARATION + "<!DOCTYPE html>" + FEED,
        DECLARATION + "<!DOCTYPE rss [<!ENTITY x 'y'>]>" + FEED,
        "<html><head></head><body>" + FEED + "</body></html>",
        "<!DOCTYPE html><html><head><title>x</title></head><body>" + DECLARATION + FEED + "<p>x</body></html>",
        (DECLARATION + FEED).replace("&", "&amp;").replace("<", "&lt;"),
        FEED.replace("<item>", "</item><item>", 1),
        FEED.replace("version='2.0'", "xmlns:dc=http://purl.org/dc/elements/1.1/"),
        FEED + "\n<!-- cached page --><script src='x'></script>",
        FEED + "and more & <more>",
    ],
)
def test_what_stands_around_a_feed_costs_nothing(document: str) -> None:
    feed = parse(document.encode())
    assert (feed.title, feed.link) == ("Färöer", "https://x.example/")
    assert [article.title for article in feed.articles] == ["One", "Two"]


def test_a_feed_without_articles_may_have_the_doctype_of_a_page() -> None:
    assert parse(b"<!DOCTYPE html><rss><channel><title>Quiet</title></channel></rss>").title == "Quiet"


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><body><p>What &lt;rss&gt; is</p></body></html>",
        "<!DOCTYPE html><html><body><pre><rss><channel></pre></body></html>",
        "<html><!-- <rdf:RDF><rdf:Description about='x'/></rdf:RDF> --><body>x</body></html>",
        "<!-- a --><!DOCTYPE html><html><feed></feed></html>",
        f"<!DOCTYPE html><html><body><!-- {FEED} -->gone</body></html>",
    ],
)
def test_a_page_that_writes_about_feeds_is_none(page: str) -> None:
    with pytest.raises(NotAFeed, match="web page"):
        parse(page.encode())


def test_articles_inside_of_another_are_articles() -> None:
    """Where an end tag comes too late the document may be well formed all the same."""
    inner = "<item url='x'/><item><title>Two</title></item><item><title>Three</title></item>"
    items = f"<item><title>One</title>{inner}</item><item><title>Four</title></item>"
    feed = parse(f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
    assert [article.title for article in feed.articles] == ["One", "Two", "Three", "Four"]
    feed = parse(b"<rss version='2.0'><channel><item><title>One</title><item url='x'/></item></channel></rss>")
    assert [article.title for article in feed.articles] == ["One"]


def test_characters_written_as_two_halves_are_joined() -> None:
    written = "<item><title>A &#xD83D;&#xDE00; &#55357;&#56832;!&#xD83D;</title></item>"
    (article,) = parse(f"<rss version='2.0'><channel>{written}</channel></rss>".encode()).articles
    assert article.title == "A 😀 😀!"


def test_the_address_behind_an_empty_link_is_the_link() -> None:
    item = "<item><title>One</title><link/>https://x.example/1\n<guid isPermaLink='false'>1</guid></item>"
    (article,) = parse(f"<rss version='2.0'><channel>{item}</channel></rss>".encode()).articles
    assert article.url == "https://x.example/1"


def test_paragraphs_of_plain_text_stay_whatever_signs_are_in_it() -> None:
    item = "<item><title>One</title><description>First,\nwhere 3 &lt; 4\n\nsecond</description></item>"
    (article,) = parse(f"<rss version='2.0'><channel>{item}</channel></rss>".encode()).articles
    assert article.summary_html == "<p>First,\nwhere 3 < 4</p><p>second</p>"
