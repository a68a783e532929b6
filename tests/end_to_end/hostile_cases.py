"""What a reader meets on the web, and what is to come of it: one Case a document or answer, good, odd or hostile.

Each is served twice: to a source that knows nothing yet, and to one that fetched a good feed from the same address
before. `titles` (newest first as the document has them, in any order) or `count` say which articles must be here then;
`error` is a pattern that the reason on the source must match, and with it no article comes.
"""

from __future__ import annotations

from typing import Final

from tests.end_to_end.hostile_case import Case
from tests.end_to_end.hostile_documents import DOCUMENTS
from tests.end_to_end.hostile_http import FERRY, ODD_HTTP
from tests.hostile_server import ANSWERS, ESCAPES, FEED, GZIP, PACKED, answer, answer_in_chunks, redirect


def _network() -> list[Case]:
    well = """feed gzip gzip-members gzip-padded gzip-file gzip-chunked chunks deflate deflate-raw gzip-named-plain
        no-length fresh early-hints not-quite to-feed moved moved-308 moved-twice moved-then-found other-name see-other
        choices named-twice to-utf8 to-feed-in-words drip-gzip cookie-wall cookies chain?1 chain?10
        escape-headers conditional conditional-date"""
    statuses = (400, 401, 402, 403, 404, 406, 408, 410, 418, 429, 451, 500, 502, 503, 520, 204, 205, 206)
    bad = {
        "empty": "empty",
        "gzip-truncated": "broke off",
        "gzip-damaged": "damaged",
        "gzip-twice": "compressed",
        "brotli": 'compressed its answer as "br"',
        "zstd": "compressed",
        "gzip-bomb": "larger than 16 MB",
        "gzip-bomb-twice": "compressed|larger",
        "endless": "larger than 16 MB",
        "endless-gzip": "larger than 16 MB",
        "endless-headers": "no proper HTTP",
        "huge-length": "larger than 16 MB",
        "absurd-length": "larger than 16 MB|no proper HTTP",
        "short": "broke off",
        "two-lengths": "no proper HTTP",
        "chunks-cut": "broke off",
        "chunks-wrong": "no proper HTTP",
        "huge-header": "no proper HTTP",
        "not-http": "no proper HTTP",
        "no-status": "no proper HTTP",
        "http-9": "no proper HTTP|empty",
        "nothing": "broken off",
        "reset": "broken off",
        "reset-in-body": "broke",
        "circle": "circle",
        "chain?11": "more than 10 times",
        "no-location": "names no address",
        "to-file": "cannot be fetched: file:",
        "to-javascript": "cannot be fetched: javascript:",
        "to-data": "cannot be fetched: data:",
        "to-nowhere": "circle",
        "to-bad-port": "cannot be fetched",
        "to-bad-ipv6": "cannot be fetched",
        "to-long": "cannot be fetched",
        "to-escapes": "cannot be fetched",
        "busy": "503",
        "busy-date": "429",
        "busy-year": "429",
        "escape-reason": "404",
        "escape-reason-c0": "404|no proper HTTP",
    }
    slow = ("drip-body", "drip-headers", "silent")
    return [
        *(Case(path, f"/{path}", FERRY) for path in well.split()),
        *(Case(f"status-{status}", f"/status/{status}", error=f"answered {status}") for status in statuses),
        *(Case(path, f"/{path}", error=words) for path, words in bad.items()),
        *(Case(path, f"/{path}", error="took longer than", slow=True) for path in slow),
        Case("escape-in-location", redirect(b"http://127.0.0.1:1/" + ESCAPES), error="refuses|cannot be fetched"),
        Case("escape-in-type", answer(b"<p>", b"200 OK", b"Content-Type: " + ESCAPES), error="web page"),
        Case("gzip-of-a-page", answer_in_chunks(PACKED[:40], 3, b"Content-Encoding: gzip"), error="broke off|damaged"),
    ]


def _odd_http() -> list[Case]:
    """Answers that are not by the book, and that every browser takes."""
    size, sized = len(FEED), b"Content-Length: %d" % len(FEED)

    def plain(first: bytes, *lines: bytes, end: bytes = b"\r\n") -> bytes:
        return end.join((first, *lines, b"", FEED))

    well = {
        "no-reason": plain(b"HTTP/1.1 200", sized),
        "empty-reason": plain(b"HTTP/1.1 200 ", sized),
        "lines-end-in-lf": plain(b"HTTP/1.1 200 OK", sized, end=b"\n"),
        "http-1.0": plain(b"HTTP/1.0 200 OK", b"Connection: close"),
        "status-299": plain(b"HTTP/1.1 299 Odd", sized),
        "folded-header": plain(b"HTTP/1.1 200 OK", b"X-Long: a", b"  b", sized),
        "length-twice": plain(b"HTTP/1.1 200 OK", sized, sized),
        "length-list": plain(b"HTTP/1.1 200 OK", b"Content-Length: %d, %d" % (size, size)),
        "type-twice": plain(b"HTTP/1.1 200 OK", b"Content-Type: text/html", b"Content-Type: text/xml", sized),
        "header-without-colon": plain(b"HTTP/1.1 200 OK", b"Nonsense", sized),
        "no-type": plain(b"HTTP/1.1 200 OK", sized),
        "latin-1-header": plain(b"HTTP/1.1 200 OK", b"Server: caf\xe9", sized),
        "length-too-small": plain(b"HTTP/1.1 200 OK", b"Content-Length: %d" % (size - 8)),
        "encoding-in-capitals": answer(PACKED, b"200 OK", b"Content-Encoding: GZIP"),
        "encoding-identity": answer(FEED, b"200 OK", b"Content-Encoding: identity"),
        "encoding-x-gzip": answer(PACKED, b"200 OK", b"Content-Encoding: x-gzip"),
        "encoding-utf-8": answer(FEED, b"200 OK", b"Content-Encoding: UTF-8"),
        "encoding-identity-gzip": answer(PACKED, b"200 OK", b"Content-Encoding: identity, gzip"),
        "hints-and-continue": b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + answer(),
        "to-query": redirect(b"?x=1"),
        "to-fragment": redirect(b"/feed#top"),
        "to-blanks": redirect(b" /a feed "),
        "to-dots": redirect(b"../../feed"),
    }
    bad = {
        "icy": (plain(b"ICY 200 OK", sized), "no proper HTTP"),
        "length-and-chunks": (plain(b"HTTP/1.1 200 OK", b"Transfer-Encoding: chunked", sized), "no proper HTTP"),
        "packed-chunks": (plain(b"HTTP/1.1 200 OK", b"Transfer-Encoding: gzip, chunked"), "no proper HTTP"),
        "moved-to-404": (redirect(b"/nowhere", b"301 Moved"), "404"),
        "moved-to-page": (redirect(b"/page", b"308 Moved"), "web page"),
        "encoding-named-twice": (answer(PACKED, b"200 OK", GZIP, GZIP), "not asked for"),
        "status-999": (plain(b"HTTP/1.1 999 Denied", sized), "999"),
        "status-600": (plain(b"HTTP/1.1 600 ?", sized), "600"),
        "status-101": (plain(b"HTTP/1.1 101 Switching Protocols", b"Upgrade: x"), "101|no proper HTTP"),
    }
    return [
        *(Case(name, served, FERRY) for name, served in well.items()),
        *(Case(name, served, error=words) for name, (served, words) in bad.items()),
    ]


CASES: Final = (*_network(), *_odd_http(), *ODD_HTTP, *DOCUMENTS)
assert len({case.name for case in CASES}) == len(CASES)
assert {case.served for case in CASES} >= {path for path in ANSWERS if path.startswith("/to-")}
