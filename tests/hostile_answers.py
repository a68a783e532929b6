"""What the hostile server sends without a pause: whole answers, good and bad, by the path that asks for them."""

from __future__ import annotations

import gzip
import zlib
from typing import Final

FEED: Final = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Harbour News</title><link>http://127.0.0.1/</link><description>d</description>
<item><guid>1</guid><title>The ferry is late</title><link>http://127.0.0.1/1</link><description>Fog.</description></item>
</channel></rss>
"""
ETAG: Final = '"v1"'
LAST_MODIFIED: Final = "Mon, 23 Nov 2026 08:00:00 GMT"
ESCAPES: Final = b"\x1b]52;c;ZXZpbA==\x07\x1b[2J\x9b31m"


def answer(body: bytes = FEED, status: bytes = b"200 OK", *lines: bytes, length: int | None = None) -> bytes:
    """A whole HTTP/1.1 answer; `length` lies about the body's."""
    size = len(body) if length is None else length
    head = [b"HTTP/1.1 " + status, b"Content-Length: %d" % size, *lines]
    if not any(line.lower().startswith(b"content-type:") for line in lines):
        head.append(b"Content-Type: application/rss+xml")
    return b"\r\n".join(head) + b"\r\n\r\n" + body


def redirect(location: bytes, status: bytes = b"302 Found", *lines: bytes) -> bytes:
    return answer(b"", status, b"Location: " + location, *lines)


def answer_in_chunks(body: bytes, size: int, *lines: bytes, trailer: bytes = b"") -> bytes:
    """A whole answer in chunks of so many bytes (RFC 9112 7.1), the odd ones with an extension."""
    parts = [b"\r\n".join((b"HTTP/1.1 200 OK", b"Transfer-Encoding: chunked", *lines)), b"\r\n\r\n"]
    for number, at in enumerate(range(0, len(body), size)):
        chunk = body[at : at + size]
        parts.append(b"%x%s\r\n%s\r\n" % (len(chunk), b";a=b" if number % 2 else b"", chunk))
    return b"".join((*parts, b"0\r\n", trailer + b"\r\n" if trailer else b"", b"\r\n"))


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def bomb(megabytes: int) -> bytes:
    """Zeros that grow a thousandfold when they are unpacked."""
    packer = zlib.compressobj(9, wbits=31)
    block = bytes(1024 * 1024)
    return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()


GZIP: Final = b"Content-Encoding: gzip"
PACKED: Final = gzip.compress(FEED, mtime=0)
ANSWERS: Final[dict[str, bytes]] = {
    # good ones
    "/feed": answer(FEED, b"200 OK", b"ETag: " + ETAG.encode(), b"Last-Modified: " + LAST_MODIFIED.encode()),
    "/gzip": answer(PACKED, b"200 OK", GZIP),
    "/gzip-members": answer(gzip.compress(FEED[:50]) + gzip.compress(FEED[50:]), b"200 OK", GZIP),
    "/gzip-padded": answer(PACKED + bytes(64), b"200 OK", GZIP),
    "/gzip-file": answer(PACKED, b"200 OK", b"Content-Type: application/gzip"),
    "/deflate": answer(zlib.compress(FEED), b"200 OK", b"Content-Encoding: deflate"),
    "/deflate-raw": answer(raw_deflate(FEED), b"200 OK", b"Content-Encoding: deflate"),
    "/gzip-named-plain": answer(FEED, b"200 OK", GZIP),
    "/no-length": b"HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\n" + FEED,
    "/fresh": answer(FEED, b"200 OK", b"Cache-Control: public, max-age=1800", b"Age: 300"),
    "/empty": answer(b""),
    "/gzip-chunked": answer_in_chunks(PACKED, 7, GZIP),
    "/chunks": answer_in_chunks(FEED, 100, b"Content-Type: text/xml", trailer=b"X-Sum: 1"),
    "/not-quite": answer(FEED, b"203 Non-Authoritative Information"),
    "/other-name": redirect(b"/feed", b"307 Temporary Redirect"),
    "/see-other": redirect(b"/feed", b"303 See Other"),
    "/choices": redirect(b"/feed", b"300 Multiple Choices"),
    "/to-feed-in-words": redirect(b"/feed", b"302 Found", b"Refresh: 0", b"X: \xff\xfe"),
    "/early-hints": b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + answer(),
    # compression
    "/gzip-truncated": answer(PACKED[:-20], b"200 OK", GZIP),
    "/gzip-damaged": answer(PACKED[:20] + b"\xff" * 40 + PACKED[60:], b"200 OK", GZIP),
    "/gzip-twice": answer(gzip.compress(PACKED), b"200 OK", b"Content-Encoding: gzip, gzip"),
    "/brotli": answer(b"\x0b\x02\x80hello\x03", b"200 OK", b"Content-Encoding: br"),
    "/zstd": answer(b"\x28\xb5\x2f\xfd", b"200 OK", b"Content-Encoding: zstd"),
    # lengths
    "/huge-length": answer(FEED, b"200 OK", length=10 * 1024**3),
    "/absurd-length": answer(FEED, b"200 OK", length=10**40),
    "/short": answer(FEED, b"200 OK", length=len(FEED) + 100),
    "/two-lengths": answer(FEED, b"200 OK", b"Content-Length: 5"),
    "/chunks-cut": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n" + FEED[:16] + b"\r\n",
    "/chunks-wrong": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n" + FEED[:16] + b"\r\n",
    # redirects
    "/to-feed": redirect(b"/feed"),
    "/moved": redirect(b"/feed", b"301 Moved Permanently"),
    "/moved-308": redirect(b"feed", b"308 Permanent Redirect"),
    "/moved-twice": redirect(b"/moved", b"301 Moved Permanently"),
    "/moved-then-found": redirect(b"/to-feed", b"301 Moved Permanently"),
    "/named-twice": redirect(b"/feed", b"302 Found", b"Location: /feed"),
    "/circle": redirect(b"/circle-2"),
    "/circle-2": redirect(b"/circle"),
    "/no-location": answer(b"", b"302 Found"),
    "/to-file": redirect(b"file:///etc/passwd"),
    "/to-javascript": redirect(b"javascript:alert(1)"),
    "/to-data": redirect(b"data:text/xml,<rss/>"),
    "/to-nowhere": redirect(b"http://"),
    "/to-bad-port": redirect(b"http://127.0.0.1:99999/"),
    "/to-bad-ipv6": redirect(b"http://[::1/"),
    "/to-long": redirect(b"/" + b"a" * 9_000),
    "/to-escapes": redirect(b"foo:" + ESCAPES),
    "/to-utf8": redirect("/fährt".encode()),
    "/f%C3%A4hrt": answer(),
    "/f%E4hrt": answer(),
    "/other-308": redirect(b"/feed", b"308 Permanent Redirect"),
    # statuses
    **{
        f"/status/{status}": answer(b"<p>no</p>", b"%d Whatever" % status, b"Content-Type: text/html")
        for status in (204, 205, 206, 304, 400, 401, 402, 403, 404, 406, 408, 410, 418, 429, 451, 500, 502, 503, 520)
    },
    "/busy": answer(b"", b"503 Service Unavailable", b"Retry-After: 120"),
    "/busy-date": answer(b"", b"429 Too Many Requests", b"Retry-After: Mon, 23 Nov 2026 19:00:00 GMT"),
    "/busy-year": answer(b"", b"429 Too Many Requests", b"Retry-After: 31536000"),
    # heads
    "/escape-reason": answer(b"no", b"404 \x9b31mNot \x9d0;evil\x9c[/red]"),
    "/escape-reason-c0": answer(b"no", b"404 " + ESCAPES),
    "/escape-headers": answer(
        FEED, b"200 OK", b"ETag: " + ESCAPES, b"Last-Modified: " + ESCAPES, b"Content-Type: text/xml;" + ESCAPES
    ),
    "/huge-header": answer(FEED, b"200 OK", b"X-Padding: " + b"a" * 200_000),
    "/many-headers": answer(FEED, b"200 OK", *(b"X-%d: a" % number for number in range(20_000))),
    # framing (RFC 9112)
    "/same-length-twice": answer(FEED, b"200 OK", b"Content-Length: %d" % len(FEED)),
    "/length-and-chunks": answer_in_chunks(FEED, 100, b"Content-Length: 5"),
    "/chunks-in-capitals": answer_in_chunks(FEED, 175, b"Connection: close").replace(b"chunked", b"Chunked"),
    "/folded": answer(FEED, b"200 OK", b"X-Long: a\r\n b\r\n\tc"),
    "/bare-newlines": answer().replace(b"\r\n", b"\n"),
    "/no-reason": answer().replace(b"200 OK", b"200", 1),
    "/more-behind": answer() + b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",
    "/tiny-chunks": answer_in_chunks(FEED * 40, 1),
    "/length-word": b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n" + FEED,
    "/length-signed": b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n" + FEED,
    "/no-colon": answer(FEED, b"200 OK", b"what is this"),
    "/space-before-colon": answer(FEED, b"200 OK", b"X-Odd : a"),
    "/nul-in-header": answer(FEED, b"200 OK", b"X-Odd: a\x00b"),
    "/bare-return": answer(FEED, b"200 OK", b"X-Odd: a\rLocation: /feed"),
    "/chunk-size-huge": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"f" * 40 + b"\r\n" + FEED,
    "/chunk-size-signed": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n" + FEED,
    "/chunk-too-long": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n" + FEED,
    "/chunk-extension": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;a=" + b"b" * 200_000,
    "/transfer-gzip": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n" + gzip.compress(FEED, mtime=0),
    "/status-word": answer().replace(b"200 OK", b"2x0 OK", 1),
    "/status-long": answer().replace(b"200 OK", b"20000 OK", 1),
    "/status-none": answer().replace(b" 200 OK", b"", 1),
    "/icy": answer().replace(b"HTTP/1.1", b"ICY", 1),
    "/html-alone": b"<html><body>Welcome to your router</body></html>\r\n\r\n",
    "/switching": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n" + FEED,
    "/cut-in-head": b"HTTP/1.1 200 OK\r\nContent-Ty",
    "/not-http": b"220 ftp.example.org FTP server ready\r\n\r\n",
    "/no-status": b"\r\n\r\n",
    "/http-9": b"HTTP/9.9 200 OK\r\n\r\n",
    "/nothing": b"",
}
