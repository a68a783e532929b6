"""What a document that is no feed is instead, in words for the person."""

from __future__ import annotations

import re
from typing import Final

from newsreader.errors import NotAFeed

EMPTY: Final = "The document is empty."
_SIGNATURES: Final = (
    (b"%PDF", "This is a PDF, not a feed."),
    (b"\x1f\x8b", "This is a compressed file, not a feed."),
    (b"PK\x03\x04", "This is an archive, not a feed."),
    (b"\x89PNG", "This is a picture, not a feed."),
    (b"\xff\xd8\xff", "This is a picture, not a feed."),
    (b"GIF8", "This is a picture, not a feed."),
    (b"ID3", "This is a sound file, not a feed."),
    (b"OggS", "This is a sound file, not a feed."),
)
_ROOT: Final = r"<((?:\w+:)?(?:rss|feed|RDF)|channel)[\s>]"
_REMARKS: Final = r"(?>(?><!--.{0,2000}?-->\s*){0,5})"
_PAGE = re.compile(
    rf"\s*(?:<\?xml[^>]*\?>\s*)?{_REMARKS}<(?:!doctype\s+html\b(?![^>]{{0,400}}>\s*{_REMARKS}{_ROOT})|(?:html|head|body)\b)",
    re.IGNORECASE | re.DOTALL,
)
# How a page begins that leaves out what browsers add; of names that other formats have too, none.
_PART_OF_PAGE = re.compile(
    rf"{_REMARKS}<(?:head|body|title|meta|link|base|style|script|noscript|template|iframe|frameset|form|input|div|span|p"
    r"|h[1-6]|br|hr|img|a|b|center|font|table|ul|ol|pre|main|nav|header|footer)(?=[\s/>])",
    re.DOTALL,
)
_ROOT_IN_PAGE = re.compile(_ROOT, re.IGNORECASE)
_FEED_START = re.compile(
    r"<!doctype\s+(?!html)|<rss\b|<(?:\w+:)?(?:feed|RDF)\b|<channel\b|<(?:item|entry)[\s>]", re.IGNORECASE
)
# What may stand between the XML declaration and the root.
_PROLOGUE: Final = (
    r"\s*(?>(?>(?:<!--.{0,4000}?-->|<\?(?!xml\s).{0,1000}?\?>"
    r"|<!doctype\b[^\[>]{0,2000}(?:\[.{0,8000}?\]\s*)?>)\s*){0,20})"
)
_FEED: Final = r"<(?:(?:\w+:)?(?:rss|feed|RDF)|channel|item|entry)\b"
_DECLARED_FEED: Final = rf"(?is)<\?xml\b[^>]{{0,400}}>{_PROLOGUE}{_FEED}"
_PURE_FEED = re.compile(rf"(?:<\?xml\b[^>]{{0,400}}>)?{_PROLOGUE}{_FEED}", re.IGNORECASE | re.DOTALL)
_COMMENTS = re.compile(r"(?>(?>\s*<!--.{0,4000}?-->){1,10})", re.DOTALL)
_CAPTCHA = re.compile(
    r"captcha|cf-chl|cf_chl|challenge-platform|just a moment\.\.\.|are you (?:a )?human|attention required!|ddos-guard"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|unusual traffic",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"type\s*=\s*[\"']?password", re.IGNORECASE)
_SKIPPED: Final = 65_536  # characters before a feed: more are a document of their own
_LOOKED_AT: Final = 300_000  # characters of a page; what gives it away stands early
_NO_WORDS = re.compile(r"(?is)<(script|style|noscript|template)\b.*?(?:</\1\s*>|$)|<[^<>]{0,2000}>")
_FEW: Final = 2_000  # characters of text: more than a form asks with, fewer than the front page of a forum has


def of_bytes(data: bytes) -> str | None:
    """Say what bytes are that cannot be a feed at all; None where they may be one."""
    if not data.strip(b"\0 \t\r\n"):
        return EMPTY
    head = data[:16].lstrip()
    return next((phrase for signature, phrase in _SIGNATURES if head.startswith(signature)), None)


def is_page(text: str) -> bool:
    """Whether a text begins as a web page does."""
    return _PAGE.match(text[:12_000]) is not None


def feed_in_page(text: str) -> str:
    """What looks like a feed that stands whole in a page; "" where nothing does."""
    root = _ROOT_IN_PAGE.search(text, 0, _SKIPPED)
    while root is not None and text.rfind("<!--", 0, root.start()) > text.rfind("-->", 0, root.start()):
        root = _ROOT_IN_PAGE.search(text, root.end(), _SKIPPED)
    if root is None:
        return ""
    end = text.rfind(f"</{root[1]}>")
    return text[root.start() : end + len(root[1]) + 3] if end > root.end() else text[root.start() :]


def of_page(text: str) -> NotAFeed:
    """Say what kind of web page stands where a feed should.

    A form for a password, or a word of captchas, stands on many a page that has enough to read beside it.
    """
    text = text[:_LOOKED_AT]
    login, captcha = _LOGIN.search(text), _CAPTCHA.search(text)
    if (login or captcha) and len(" ".join(_NO_WORDS.sub(" ", text).split())) < _FEW:
        if login:
            return NotAFeed("This is a login page, not a feed.")
        return NotAFeed("The site asks for a proof that a person is there (a captcha) instead of giving the feed.")
    return NotAFeed("This is a web page, not a feed.", page=True)


def of_text(text: str) -> NotAFeed:
    """Say what a text is that is no feed and does not begin as a web page does."""
    start = text[:2_000].lstrip("\ufeff \t\r\n").lower()
    if "<opml" in start:
        return NotAFeed("This is a list of feeds (OPML), not a feed: import it instead.")
    if "<urlset" in start or "<sitemapindex" in start:
        return NotAFeed("This is a sitemap, not a feed.")
    if "<html" in start or "<!doctype html" in start or _PART_OF_PAGE.match(start):
        return of_page(text)
    if start.startswith("<"):
        return NotAFeed("This is an XML document, but not a feed.")
    return NotAFeed("This is plain text, not a feed.")


def feed_start(text: str) -> int:
    """Where a feed begins behind what a server wrote before it (warnings, notes); 0 where that is not so."""
    if _PURE_FEED.match(text):
        return 0
    comments = _COMMENTS.match(text)
    start = comments.end() if comments else 0
    match = re.compile(_DECLARED_FEED).search(text, start, _SKIPPED) or _FEED_START.search(text, start, _SKIPPED)
    return match.start() if match else 0
