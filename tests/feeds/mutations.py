"""Well-formed feeds harmed at random, read by us and by feedparser: `python -m tests.feeds.mutations ROUNDS [SEED]`.

What must hold of every harmed feed: nothing is raised but ParseError; reading it twice gives the same; the time stays
within LONGEST; no article is lost that feedparser finds where feedparser is right; and where one place is harmed, the
articles elsewhere are read exactly as before.

feedparser is right about an article when one of its entries names that article's marker in its id, title or link,
once however often it gives it, and the article is still in the document from its start tag to its end tag, outside
of comments, with something in it and with no other article in it. It is wrong where it invents entries (no marker),
doubles them, gives one that was cut off in the middle (we leave it out and say so) or counts what stands inside
another article.
"""

from __future__ import annotations

import codecs
import random
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import feedparser
from lxml import etree

from newsreader.errors import ParseError
from newsreader.feeds import parse
from newsreader.feeds.decoding import decode
from newsreader.model import ParsedFeed
from tests.feeds.shapes import shaped

LONGEST = 2.0
"""Seconds of processor time for a feed of a few kilobytes: far above any machine's noise, far below a hang."""
_TAG = re.compile(rb"<[^<>]{1,200}>")
_MARKER = re.compile(r"zq\d{3}x")
_ENTITY = re.compile(rb"&[#\w]+;")
_ARTICLE = re.compile(rb"<(item|entry)\b.*?</\1>", re.DOTALL)
_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF)\b")
_COMMENT = re.compile(rb"<!--.*?(?:-->|$)", re.DOTALL)
_SCRAPS = (
    *(b"<", b">", b"&", b"]]>", b"<![CDATA[", b"-->", b"\0", b"\x1b[31m", b"\x0c", b"&#0;", b"&nbsp;", b"&bogus;"),
    *(b"&#x1F;", b"\xff\xfe", b"\xc3", b"\x92", b"</p>", b"<br>", b"<b>", b'"', b"'", b"</item>", b"<item>", b"&#38;"),
    *(b"<?php x ?>", b"<p>", b"</channel>", b"=", b"<a href=x>", b"\xef\xbb\xbf", b"\r"),
)


def _span(body: bytes, chance: random.Random, longest: int) -> tuple[int, int]:
    start = chance.randrange(len(body))
    return start, min(len(body), start + chance.randrange(1, longest))


def _some_tag(body: bytes, chance: random.Random) -> tuple[int, int]:
    tags = [match.span() for match in _TAG.finditer(body)]
    return chance.choice(tags) if tags else _span(body, chance, 20)


def _cut(body: bytes, chance: random.Random) -> bytes:
    return body[: chance.randrange(len(body) // 4, len(body))]


def _drop_bytes(body: bytes, chance: random.Random) -> bytes:
    start, stop = _span(body, chance, 40)
    return body[:start] + body[stop:]


def _flip_bytes(body: bytes, chance: random.Random) -> bytes:
    start, stop = _span(body, chance, 6)
    return body[:start] + chance.randbytes(stop - start) + body[stop:]


def _insert(body: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(body))
    return body[:start] + chance.choice(_SCRAPS) + body[start:]


def _drop_tag(body: bytes, chance: random.Random) -> bytes:
    start, stop = _some_tag(body, chance)
    return body[:start] + body[stop:]


def _double_tag(body: bytes, chance: random.Random) -> bytes:
    start, stop = _some_tag(body, chance)
    return body[:stop] + body[start:]


def _swap_tags(body: bytes, chance: random.Random) -> bytes:
    (a, b), (c, d) = sorted((_some_tag(body, chance), _some_tag(body, chance)))
    return body if b > c else body[:a] + body[c:d] + body[b:c] + body[a:b] + body[d:]


def _break_entity(body: bytes, chance: random.Random) -> bytes:
    entities = [match.span() for match in _ENTITY.finditer(body)]
    if not entities:
        return _insert(body, chance)
    start, stop = chance.choice(entities)
    return body[:start] + chance.choice((b"&", b"&nbsp;", b"&amp", b"&#xZZ;", b"&amp;amp;", b"&#150;")) + body[stop:]


def _drop_namespace(body: bytes, chance: random.Random) -> bytes:
    return re.sub(rb"\sxmlns(?::\w+)?=\"[^\"]*\"", b"", body, count=chance.randrange(1, 6))


def _drop_quotes(body: bytes, chance: random.Random) -> bytes:
    start, stop = _some_tag(body, chance)
    return body[:start] + body[start:stop].replace(b'"', b"") + body[stop:]


def _lie_about_encoding(body: bytes, chance: random.Random) -> bytes:
    label = chance.choice((b"iso-8859-1", b"utf-16", b"ascii", b"koi8-r", b"no-such", b"utf-8", b"windows-1252"))
    return re.sub(rb"encoding=\"[^\"]*\"", b'encoding="' + label + b'"', body, count=1)


def _other_encoding(body: bytes, chance: random.Random) -> bytes:
    text = body.decode("utf-8", "replace")
    return text.encode(chance.choice(("utf-8-sig", "utf-16", "cp1252", "utf-16-le")), "replace")


def _before(body: bytes, chance: random.Random) -> bytes:
    return chance.choice((b"\n\n", b"<br />\n<b>Warning</b>: x\n", b"\xef\xbb\xbf\n", b"<!-- x -->", b"\0")) + body


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_cut, _drop_bytes, _flip_bytes, _insert, _insert, _drop_tag, _double_tag, _swap_tags, _break_entity),
    *(_drop_namespace, _drop_quotes, _lie_about_encoding, _other_encoding, _before),
)


def mutated(seed: int) -> tuple[bytes, str]:
    """A harmed feed and the names of what was done to it; the same for the same seed."""
    chance = random.Random(seed)
    body = shaped(chance.randrange(400))
    done = []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        harm = chance.choice(MUTATIONS)
        body = harm(body, chance)
        done.append(harm.__name__.strip("_"))
    return body, ", ".join(done)


LOCAL: tuple[Callable[[bytes, random.Random], bytes], ...] = tuple(
    harm
    for harm in MUTATIONS
    if harm not in {_swap_tags, _drop_namespace, _lie_about_encoding, _other_encoding, _before}
)
"""Those that harm one place: what the feed says elsewhere is the same as before."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What went wrong with one harmed feed."""

    seed: int
    what: str
    done: str


def examine(seed: int) -> Finding | None:
    """Read one harmed feed and say what does not hold; None when all does."""
    body, done = mutated(seed)
    start = time.process_time()
    try:
        ours = _read(body)
        again = _read(body)
    except Exception as error:  # noqa: BLE001  what else is raised is the finding
        return Finding(seed, f"raised {error!r}", done)
    if time.process_time() - start > 2 * LONGEST:
        return Finding(seed, "took too long", done)
    if ours != again:
        return Finding(seed, "read differently the second time", done)
    lost = right(body, theirs(body)) - (markers(ours) if ours else set())
    return Finding(seed, f"lost {sorted(lost)}", done) if lost else None


def examine_rest(seed: int) -> Finding | None:
    """Harm one place behind the head of a feed and say whether an article elsewhere is not read exactly as before."""
    chance = random.Random(seed)
    body = shaped(chance.randrange(400))
    harm = chance.choice(LOCAL)
    blocks = [match.group() for match in _ARTICLE.finditer(body)]
    harmed = harm(body, chance)
    before = parse(body, "https://x.example/feed").articles
    if len(blocks) != len(before) or not harmed.startswith(body[: body.index(blocks[0])]):
        return None
    after = _read(harmed)
    read = after.articles if after else ()
    for block, article in zip(blocks, before, strict=True):
        place = harmed.find(block)
        if place >= 0 and not _is_hidden(harmed[:place]) and article not in read:
            return Finding(seed, f"changed {article.title!r}", harm.__name__.strip("_"))
    return None


def _is_hidden(before: bytes) -> bool:
    """Whether what follows stands in a comment or a section."""
    return before.rfind(b"<!--") > before.rfind(b"-->") or before.rfind(b"<![CDATA[") > before.rfind(b"]]>")


def _read(body: bytes) -> ParsedFeed | None:
    try:
        return parse(body, "https://x.example/feed")
    except ParseError:
        return None


def markers(feed: ParsedFeed) -> set[str]:
    """The markers that our articles name."""
    return {
        word for article in feed.articles for word in _MARKER.findall(f"{article.guid} {article.title} {article.url}")
    }


def theirs(body: bytes) -> set[str]:
    """The markers that feedparser's entries name in id, title or link; none where it fails itself."""
    try:
        entries = feedparser.parse(body).entries
    except Exception:  # noqa: BLE001  an oracle that is gone says nothing
        return set()
    return {
        word
        for entry in entries
        for word in _MARKER.findall(f"{entry.get('id')} {entry.get('title')} {entry.get('link')}")
    }


def right(body: bytes, found: set[str]) -> set[str]:
    """Those of feedparser's articles of which it is right that they are there: whole, alone, and in no comment."""
    if body[:1] == b"{":
        return set()
    if body.startswith(codecs.BOM_UTF16_LE) or body[1:2] == b"\0":
        body = body.decode("utf-16-le", "replace").encode()
    blocks = [match.group() for match in _ARTICLE.finditer(_COMMENT.sub(b"", body))]
    named = [set(_MARKER.findall(block.decode("ascii", "ignore"))) for block in blocks if block.count(b"<") > 3]
    alone = {word for words in named if len(words) == 1 for word in words}
    return found & alone - _nested(body)


def _nested(body: bytes) -> set[str]:
    """The markers of articles inside other articles, where the document is well formed and so says it clearly."""
    text = decode(body)
    start = _ROOT.search(text)
    try:
        root = etree.fromstring(text[start.start() :].encode() if start else b"")
    except (etree.XMLSyntaxError, ValueError):
        return set()
    inner = root.xpath(
        "//*[local-name()='item' or local-name()='entry']//*[local-name()='item' or local-name()='entry']"
    )
    assert isinstance(inner, list)
    texts = [etree.tostring(element, encoding="unicode") for element in inner if isinstance(element, etree._Element)]
    return set(_MARKER.findall(" ".join(texts)))


def main(rounds: int, first: int = 0) -> int:
    """Examine so many harmed feeds and print what was found; the number of findings."""
    seeds = range(first, first + rounds)
    findings = [finding for seed in seeds for finding in (examine(seed), examine_rest(seed)) if finding]
    for finding in findings[:40]:
        print(f"seed {finding.seed}: {finding.what} after {finding.done}")
    print(f"{rounds:,} harmed feeds, {len(findings)} findings")
    return len(findings)


if __name__ == "__main__":
    sys.exit(bool(main(*map(int, sys.argv[1:]))))
