"""The entry points that take bytes from outside, each with samples of its kind."""

from __future__ import annotations

import asyncio
import gzip
import json
import ssl
import tempfile
import zlib
from pathlib import Path

from newsreader.config import Paths, load
from newsreader.document import blocks
from newsreader.document.build import build
from newsreader.document.render import to_html, to_markdown, to_plain
from newsreader.errors import FetchError, ModelError, NewsreaderError, ParseError
from newsreader.feeds import lists, parse
from newsreader.feeds.dates import parse_date
from newsreader.feeds.newsboat_filter import translate
from newsreader.fetch.decompression import Body
from newsreader.fetch.deltas import Deltas
from newsreader.fetch.direct import DirectTransport, _Connection
from newsreader.fetch.events import Answer as SaidByModel
from newsreader.fetch.events import TooLongError
from newsreader.fetch.fetcher import Fetcher
from newsreader.fetch.wire import Wire
from newsreader.model.answers import Ask
from newsreader.pages import extract
from newsreader.pages.cleaning import clean
from newsreader.pages.decoding import decode
from newsreader.query import parse as parse_query
from newsreader.query import snippet, while_typing
from newsreader.query.folding import tokens
from newsreader.stories.material import Source, of_article
from newsreader.stories.talk.adapters import ADAPTERS
from newsreader.stories.talk.shapes import Answer, Spot
from newsreader.text import one_line
from newsreader.ui.layout import Layout
from newsreader.worker.answering import finish
from newsreader.worker.talk_digest import digest
from tests.feeds import documents
from tests.hostile_server import ANSWERS as SERVED
from tests.hostile_server import FEED, answer_in_chunks, raw_deflate
from tests.stories.talk import answers

FEEDS = documents.ALL
DATES = tuple(
    text.encode()
    for text in (
        *(
            "Tue, 05 Mar 2024 12:30:15 GMT",
            "2024-03-05T12:30:15.123+05:30",
            "12. März 2024 um 8 Uhr",
            "20240305T123015Z",
        ),
        *("5/3/24 4:30 pm PST", "2024-W10-2", "2024-065", "1709641815", "2024年3月5日 下午4:30", "5 сентября 2024 г."),
        *("Sept. 3rd, 2024 (CET)", "Tue Mar  5 12:30:15 2024", "0000-00-00 00:00:00", "31 Dec 9999 23:59:60 -1500"),
    )
)
_ARTICLE = (
    b"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>The ferry</title></head><body><nav>Home</nav>"
    b"<article><h1>The ferry</h1><p>%s</p><table><tr><td>1<td>2</table><ul><li>a<li>b</ul><pre>x &lt; y</pre>"
    b"<img src='a.jpg'><blockquote>Q</blockquote></article><script>x()</script><footer>About</footer></body></html>"
)
PAGES = (
    _ARTICLE % (b"It stays, says the <b>harbour</b>, until spring. " * 12),
    b"<p>short <a href='javascript:x'>link</a><svg><style><!--</style><img src=x onerror=y>--></svg>",
    b"<meta http-equiv=content-type content='text/html; charset=koi8-r'><div><div><p>\xce\xcf\xd7\xcf\xd3\xd4\xc9",
)
ANSWERS = (
    *(served for served in SERVED.values() if len(served) < 5_000),
    answer_in_chunks(gzip.compress(FEED), 30, b"Content-Encoding: gzip", b"Set-Cookie: a=b", trailer=b"X: 1"),
)
PACKED = (
    b"gzip\n" + gzip.compress(FEED[:90]) + gzip.compress(FEED[90:]),
    b"deflate\n" + zlib.compress(FEED),
    b"deflate\n" + raw_deflate(FEED),
    b"identity, x-gzip\n" + gzip.compress(FEED),
    b"br\n" + FEED,
    b"\n" + gzip.compress(FEED),
)
LISTS = (
    b"""<?xml version='1.0'?><opml version='2.0'><head><title>T</title></head><body><outline text='News'>
    <outline text='A' type='rss' xmlUrl='https://a.example/feed' category='/x,y'/></outline></body></opml>""",
    b'https://a.example/feed news "~A title" !hidden\n"query:Unread:unread = \\"yes\\""\n# note\nexec:script tag\n',
)
CONFIGS = (
    b'[refresh]\ninterval = 60\n\n[look]\ntheme = "dark"\n\n[keys]\nnext = "n"\n',
    b"[[a]]\nx = {y = 1, z = [1, 2]}\nd = 2024-03-05T12:30:15Z\ns = '''\nx'''\n",
)
DISCUSSIONS = (
    *(
        json.dumps(said).encode()
        for said in (
            answers.hn_story(answers.hn(1, "<p>One <i>x</i>", answers.hn(2, None, answers.hn(3)))),
            answers.lobsters_story(answers.lobster("a"), answers.lobster("b", parent_comment="a")),
            answers.reddit_post(answers.reddit("a", answers.reddit("b"), answers.reddit_more(3))),
            {"comments": [answers.lemmy(1, "0.1"), answers.lemmy(2, "0.1.2")]},
            {"post_stream": {"posts": [answers.discourse(1), answers.discourse(2)]}, "posts_count": 9},
            {"descendants": [answers.mastodon("11", "10"), answers.mastodon("12", "11")]},
            [answers.wordpress(1), answers.wordpress(2, parent=1)],
        )
    ),
    answers.comment_feed(answers.feed_comment(1), answers.feed_comment(2, answers=1)),
)
STREAMS = (
    b': hi\n\ndata: {"choices": [{"delta": {"content": "<think>x</think>It stays."}}]}\r\n\r\ndata: [DONE]\n\n',
    b'data:{"choices":[{"delta":{"content":null,"tool_calls":[{}]},"finish_reason":"length"}]}\n\ndata: {"error": "x"}',
    b'{"choices": [{"message": {"content": [{"type": "text", "text": "It stays."}]}, "finish_reason": "stop"}]}',
    b'data: {"error": {"message": "maximum context length is 4096 tokens, you sent 5120", "code": 400}}\n\n',
)
WRITTEN = (
    b"# It stays\n\n- **Nine** boats [1][2]. [a](http://x.example) ![b](c) <b>d</b>\n\n| a |\n|---|\n| 1 |\n",
    "```markdown\nIt stays. [2, 3-9] 夜間フェリー。【1】 \\[x\\] `[1]` ~~no~~ &amp; <http://x.example>\n```".encode(),
    b"[1]\nBleibt bis Fr\xc3\xbchling.\n\n[2]\n> 9 Boote\n\n[3]: x\n",
)
SEARCHES = (
    b'ferry -bridge "in the harbour" title:tide source:coast is:unread',
    b"after:2024-03-05 tag:sea (a OR b) NEAR/3 c* ^d",
    "東京 новости café".encode(),
)


def feed(data: bytes) -> None:
    try:
        parse(data, "https://x.example/feed", "text/xml; charset=utf-8" if len(data) % 2 else None)
    except ParseError:
        return


def date(data: bytes) -> None:
    moment = parse_date(data.decode("utf-8", "replace"))
    assert moment is None or isinstance(moment, int)


def page(data: bytes) -> None:
    text = decode(data, None)
    document = build(clean(text, "https://x.example/"), "https://x.example/")
    if build(to_html(document)) != document:
        raise AssertionError(text)
    to_markdown(document)
    to_plain(document, 40)
    Layout(document, 40).lay()
    try:
        extract(text, "https://x.example/")
    except ParseError:
        return


def subscriptions(data: bytes) -> None:
    try:
        lists.read(data)
    except ParseError:
        return


def config(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths.under(Path(folder))
        paths.config_file.parent.mkdir(parents=True)
        paths.config_file.write_bytes(data)
        load(paths)


def search(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    tokens(text)
    parsed = parse_query(while_typing(text))
    assert parse_query(parsed.text).node == parsed.node
    snippet(text, parsed.node)
    translate(text)


class _Canned(DirectTransport):
    """Connections that bring the same bytes each time, in two pieces, and end."""

    def __init__(self, data: bytes) -> None:
        super().__init__(ssl.create_default_context)
        self._data = data

    async def _connect(self, origin: tuple[str, str, int], seconds: float | None, *, public: bool) -> _Connection:
        wire = Wire()
        half = len(self._data) // 2
        for piece in (self._data[:half], self._data[half:]):
            if piece:
                wire.data_received(piece)
        wire.eof_received()
        return _Connection(wire, origin, "93.184.216.34")


def answer(data: bytes) -> None:
    """What a server sends, from its first byte on."""

    async def ask() -> None:
        async with Fetcher(transport=_Canned(data), clock=lambda: 1_795_456_800, host_gap=0) as fetcher:
            await fetcher.get("http://x.example/feed", etag='"1"')

    try:
        asyncio.run(ask())
    except FetchError as error:
        _expect_words(error)


def packed(data: bytes) -> None:
    """A body, in pieces of a length that it tells itself; what it says of its packing is its first line."""
    name, _, rest = data.partition(b"\n")
    body = Body(name.decode("latin-1"), 1_000_000)
    step = len(data) % 97 + 1
    try:
        for at in range(0, len(rest), step):
            body.add(rest[at : at + step])
        assert len(body.finish()) <= 1_000_000
    except FetchError as error:
        _expect_words(error)


def discussion(data: bytes) -> None:
    """What a site answers when it is asked for comments; how much there is tells who answers."""
    names = [*ADAPTERS]
    spot = Spot(names[len(data) % len(names)], "x.example", "https://x.example/")
    try:
        found = digest(spot, Answer(data, spot.address), 1, 1_795_456_800)
    except ParseError:
        return
    for comment in found.discussion.comments:
        assert comment.author == one_line(comment.author)
        blocks.load(comment.document)


def model(data: bytes) -> None:
    """What a language model's server sends, in pieces of a length that it tells itself."""
    answer, deltas = SaidByModel(100_000), Deltas("x.example")
    step = len(data) % 97 + 1
    try:
        for at in range(0, len(data), step):
            for each in answer.add(data[at : at + step]):
                deltas.take(each)
        for each in answer.end():
            deltas.take(each)
    except TooLongError:
        pass
    except ModelError as error:
        _expect_words(error)
    deltas.end()


def written(data: bytes) -> None:
    """What a model wrote, laid out with its receipts."""
    text = data.decode("utf-8", "replace")
    source = Source(1, "The ferry", "The Gazette", "", build(clean("<p>It stays until spring.<p>[1] 9 boats")))
    ask = (Ask.SUMMARY, Ask.HEADLINE, Ask.TRANSLATE)[len(data) % 3]
    material = of_article(source, 10_000, markdown=ask is Ask.TRANSLATE)
    to_plain(blocks.load(finish(ask, text, material, blocks.dump(source.document)).document))


def _expect_words(error: NewsreaderError) -> None:
    assert error.phrase == one_line(error.phrase)
