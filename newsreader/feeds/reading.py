"""The way from a document's bytes to a ParsedFeed: look at it, decode it, build a tree, read it."""

from __future__ import annotations

import html
from contextlib import suppress
from typing import TYPE_CHECKING

from newsreader.bounds import MAX_ARTICLES
from newsreader.errors import NotAFeed, ParseError
from newsreader.feeds import sniffing
from newsreader.feeds.decoding import decode
from newsreader.feeds.doubled import undouble
from newsreader.feeds.repair import parse_xml
from newsreader.feeds.xml_feed import is_feed, read_tree

if TYPE_CHECKING:
    from newsreader.model import ParsedArticle, ParsedFeed


def read(body: bytes, url: str = "", content_type: str | None = None) -> ParsedFeed:
    """Read a feed of any format; see `newsreader.feeds.parse`."""
    if phrase := sniffing.of_bytes(body):
        raise NotAFeed(phrase)
    text = undouble(decode(body, content_type), body).lstrip("\ufeff\0 \t\r\n")
    if not text:
        raise NotAFeed(sniffing.EMPTY)
    if text.startswith("&lt;"):  # all of it was escaped
        text = html.unescape(text)
    if not text.startswith("<") and (feed := _read_json(text, url)):
        return _bounded(feed)
    if sniffing.is_page(text):
        return _bounded(_read_page(text, url))
    text = text[sniffing.feed_start(text) :]
    tree = parse_xml(text) if "<" in text else None
    if tree is None or not is_feed(tree):
        raise sniffing.of_text(text)
    return _bounded(read_tree(tree, url))


def _read_json(text: str, url: str) -> ParsedFeed | None:
    """Read a JSON Feed; None where a text does not look like one."""
    from newsreader.feeds.json_feed import json_start, read_json

    start = json_start(text)
    return None if start is None else read_json(text[start:], url)


def _read_page(text: str, url: str) -> ParsedFeed:
    """Read a feed that a server has put into a page; one without articles is a page that only writes about feeds."""
    inside = sniffing.feed_in_page(text)
    tree = parse_xml(inside) if inside else None
    with suppress(ParseError):
        if tree is not None and is_feed(tree) and (feed := read_tree(tree, url)).articles:
            return feed
    raise sniffing.of_page(text)


def _bounded(feed: ParsedFeed) -> ParsedFeed:
    """Keep the newest MAX_ARTICLES of a feed, in its own order; those without a date count as old. None is said too."""
    if not feed.articles:
        return feed._replace(problem=feed.problem or "There is no article in the feed.")
    if len(feed.articles) <= MAX_ARTICLES:
        return feed

    def age(numbered: tuple[int, ParsedArticle]) -> tuple[int, int]:
        number, article = numbered
        return -(article.published or article.updated or 0), number

    newest = sorted(enumerate(feed.articles), key=age)[:MAX_ARTICLES]
    kept = tuple(article for _, article in sorted(newest, key=lambda numbered: numbered[0]))
    return feed._replace(articles=kept, problem=f"Only the newest {MAX_ARTICLES:,} articles were taken in.")
