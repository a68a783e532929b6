"""HTTP as it should not be, case by case: framing, statuses, headers, redirects, compression (see `hostile_cases`).

What browsers and curl read is to be read; what may mean two things, or breaks off, is to end in words.
"""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING, Final

from tests.end_to_end.hostile_case import Case
from tests.hostile_server import FEED, GZIP, PACKED, answer, raw_deflate, redirect

if TYPE_CHECKING:
    from collections.abc import Iterable

FERRY: Final = ("The ferry is late",)
_SIZE: Final = len(FEED)
_OK: Final = b"HTTP/1.1 200 OK"
_SIZED: Final = b"Content-Length: %d" % _SIZE
_CHUNKED: Final = b"Transfer-Encoding: chunked"
_CHUNK: Final = b"%x\r\n%s\r\n" % (_SIZE, FEED)
_LAST: Final = b"0\r\n\r\n"
_ESCAPE: Final = b"\x1b]0;evil\x07\x1b[2J"
_BAD: Final = "no proper HTTP"
_CUT: Final = "broke off"


def _head(first: bytes, *lines: bytes, body: bytes = FEED, end: bytes = b"\r\n") -> bytes:
    return end.join((first, *lines, b"", body))


def _chunks(body: bytes, *lines: bytes) -> bytes:
    return _head(_OK, *(lines or (_CHUNKED,)), body=body)


def _with(*lines: bytes) -> bytes:
    return _head(_OK, *lines, _SIZED)


def _packed(name: bytes, body: bytes) -> bytes:
    return answer(body, b"200 OK", b"Content-Encoding: " + name)


def _first(status: bytes) -> bytes:
    return answer().replace(b"HTTP/1.1 200 OK", status, 1)


def _well(served: dict[str, bytes | str]) -> Iterable[Case]:
    return (Case(name, answer_, FERRY) for name, answer_ in served.items())


def _bad(served: dict[str, tuple[bytes | str, str]]) -> Iterable[Case]:
    return (Case(name, answer_, error=words) for name, (answer_, words) in served.items())


def _framing() -> Iterable[Case]:
    yield from _well(
        {
            "chunk-size-padded": _chunks(b"0000" + _CHUNK + _LAST),
            "chunk-size-in-capitals": _chunks(b"%X\r\n%s\r\n" % (_SIZE, FEED) + _LAST),
            "chunk-size-and-blanks": _chunks(b"%x  \r\n%s\r\n" % (_SIZE, FEED) + _LAST),
            "chunk-extension-quoted": _chunks(b'%x;a="b;\\"c"\r\n%s\r\n' % (_SIZE, FEED) + _LAST),
            "chunk-extension-escape": _chunks(b"%x;%s\r\n%s\r\n" % (_SIZE, _ESCAPE, FEED) + _LAST),
            "chunk-trailers": _chunks(_CHUNK + b"0\r\nX: 1\r\nContent-Length: 5\r\n\r\n"),
            "chunks-named-twice": _chunks(_CHUNK + _LAST, _CHUNKED, _CHUNKED),
            "chunks-listed-twice": _chunks(_CHUNK + _LAST, b"Transfer-Encoding: chunked, Chunked"),
            "chunks-and-identity": _chunks(_CHUNK + _LAST, b"Transfer-Encoding: identity, chunked"),
            "chunks-and-length-5": _chunks(_CHUNK + _LAST, _CHUNKED, b"Content-Length: 5"),
            "chunks-in-http-1.0": b"HTTP/1.0" + _chunks(_CHUNK + _LAST)[8:],
            "transfer-identity": _with(b"Transfer-Encoding: identity"),
            "transfer-identity-to-the-end": _head(_OK, b"Transfer-Encoding: identity"),
            "transfer-of-nothing": _with(b"Transfer-Encoding:"),
            "length-padded": _head(_OK, b"Content-Length: 000%d" % _SIZE),
            "no-header-at-all": _head(_OK),
            "kept-alive-1.0": _head(b"HTTP/1.0 200 OK", b"Connection: keep-alive", _SIZED),
            "kept-alive-without-length": _head(b"HTTP/1.0 200 OK", b"Connection: keep-alive"),
            "connection-odd": _with(b"Connection: , ,close;, upgrade"),
            "upgrade-offered": _with(b"Connection: Upgrade", b"Upgrade: h2, h2c"),
            "continue-with-a-length": b"HTTP/1.1 100 Continue\r\nContent-Length: 5\r\n\r\n" + answer(),
            "hints-ten-times": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 10 + answer(),
            "status-199-before": b"HTTP/1.1 199 Odd\r\n\r\n" + answer(),
        }
    )
    yield from _bad(
        {
            "chunk-size-after-blank": (_chunks(b" " + _CHUNK + _LAST), _BAD),
            "chunk-size-0x": (_chunks(b"0x" + _CHUNK + _LAST), _BAD),
            "chunk-size-plus": (_chunks(b"+" + _CHUNK + _LAST), _BAD),
            "chunk-size-missing": (_chunks(b"\r\n" + _CHUNK + _LAST), _BAD),
            "chunk-size-of-17-digits": (_chunks(b"1" + b"0" * 16 + b"\r\n" + FEED), _CUT),
            "chunk-size-of-4-gb": (_chunks(b"ffffffff\r\n" + FEED), _CUT),
            "chunk-lines-in-lf": (_chunks(b"%x\n%s\n0\n\n" % (_SIZE, FEED)), _BAD),
            "chunk-without-its-end": (_chunks(b"%x\r\n%s" % (_SIZE, FEED) + _LAST), _BAD),
            "chunks-without-a-last": (_chunks(_CHUNK), _CUT),
            "chunks-of-nothing": (_chunks(_LAST + FEED), "empty"),
            "chunks-that-are-none": (_chunks(FEED), _BAD),
            "chunk-trailer-huge": (_chunks(_CHUNK + b"0\r\nX: " + b"a" * 200_000 + b"\r\n\r\n"), _BAD),
            "transfer-unknown": (_with(b"Transfer-Encoding: rot13"), _BAD),
            "length-empty": (_head(_OK, b"Content-Length:"), _BAD),
            "length-in-hex": (_head(_OK, b"Content-Length: 0x10"), _BAD),
            "length-with-unit": (_head(_OK, b"Content-Length: %d bytes" % _SIZE), _BAD),
            "length-in-arabic": (_head(_OK, "Content-Length: ١٢٣".encode()), _BAD),
            "lengths-that-differ": (_head(_OK, b"Content-Length: 5, 6"), _BAD),
            "length-0": (_head(_OK, b"Content-Length: 0"), "empty"),
            "length-1": (_head(_OK, b"Content-Length: 1"), "not a feed|no feed|cut|nothing"),
            "hints-eleven-times": (b"HTTP/1.1 103 Early Hints\r\n\r\n" * 11 + answer(), _BAD),
            "cut-in-status": (b"HTTP/1", "broken off"),
            "cut-in-headers": (_OK + b"\r\nContent-Ty", "broken off"),
            "cut-after-headers": (_head(_OK, _SIZED, body=b""), _CUT),
        }
    )


def _heads() -> Iterable[Case]:
    kinds = (
        *(b"", b";;;;", b"image/png", b"application/octet-stream", b"text/xml; charset=", b"text/xml; charset=rot13"),
        *(b"text/xml; charset=utf-16", b"text/xml; charset=" + _ESCAPE, b"multipart/x-mixed-replace; boundary=x"),
        *(b"text/xml; charset=zlib_codec", b"text/xml; charset=idna", b"text/xml; charset=undefined", b"a" * 90_000),
    )
    marks = (b"", b'W/""', b"abc", b'"\xff"', _ESCAPE, b'"a" "b"', b"*", b"a" * 45_000, '"✓"'.encode())
    ages = (
        *(b"max-age=-1", b"max-age=" + b"9" * 5_000, b"max-age=1e9", _ESCAPE, b"0", b'max-age=,no-cache="'),
        *(b"Thu, 99 Foo 20000 99:99:99 GMT", b"Mon, 01 Jan 0001 00:00:00 GMT", b"Fri, 31 Dec 9999 23:59:59 GMT"),
    )
    cookies = (b"", b"=", b"a=b; expires=" + _ESCAPE, b"\xff=\xff", b"a=b; max-age=" + b"9" * 4_000, b";" * 5_000)
    yield from _well(
        {
            "continued-before-the-first": _head(_OK, b" X: a", _SIZED),
            "continued-length": _head(_OK, b"Content-Length:", b" %d" % _SIZE),
            "name-with-escape": _with(b"X-" + _ESCAPE + b": a"),
            "name-with-blank": _with(b"Access Control: a"),
            "name-of-nothing": _with(b": a"),
            "name-in-utf-8": _with("Größe: 1".encode()),
            "name-in-brackets": _with(b"X(y): a"),
            "name-before-blank": _head(_OK, b"Content-Length : %d" % _SIZE),
            "line-of-php": _with(b"<b>Warning</b>  mysql_connect()"),
            "lines-of-noise": _with(b"nonsense", b" and more of it", b"\ttoo"),
            "value-with-escape": _with(b"Server: " + _ESCAPE),
            "value-with-c1": _with(b"Server: \x9b2J\x9d0;evil\x9c"),
            "headers-1000": _with(*(b"X-%d: a" % number for number in range(1_000))),
            "header-of-60-kb": _with(b"X: " + b"a" * 60_000),
            "lines-end-in-crcrlf": _with(b"X: a\r"),
            "status-in-small-letters": _first(b"http/1.1 200 ok"),
            "status-after-blanks": _first(b"HTTP/1.1   200 OK"),
            "status-after-tab": _first(b"HTTP/1.1\t200\tOK"),
            "status-without-blank": _first(b"HTTP/1.1 200OK"),
            "version-2": _first(b"HTTP/2 200"),
            "version-1.2": _first(b"HTTP/1.2 200 OK"),
            "version-1": _first(b"HTTP/1 200 OK"),
            "reason-in-utf-8": _first("HTTP/1.1 200 Schön ✓".encode()),
            "reason-of-50-kb": _first(b"HTTP/1.1 200 " + b"a" * 50_000),
            "reason-with-escape": _first(b"HTTP/1.1 200 " + _ESCAPE),
            "status-201": answer(FEED, b"201 Created", b"Location: /nowhere"),
            "status-202": answer(FEED, b"202 Accepted"),
            "status-226": answer(FEED, b"226 IM Used"),
            "location-of-200": answer(FEED, b"200 OK", b"Location: /nowhere"),
            **{f"type-{number}": _with(b"Content-Type: " + kind) for number, kind in enumerate(kinds)},
            **{
                f"mark-{number}": _with(b"ETag: " + mark, b"Last-Modified: " + mark)
                for number, mark in enumerate(marks)
            },
            **{
                f"age-{number}": _with(b"Cache-Control: " + age, b"Expires: " + age, b"Date: " + age, b"Age: " + age)
                for number, age in enumerate(ages)
            },
            **{f"cookie-{number}": _with(b"Set-Cookie: " + cookie) for number, cookie in enumerate(cookies)},
            **{
                f"cookie-{number}-and-redirect": redirect(b"/feed", b"302 Found", b"Set-Cookie: " + cookie)
                for number, cookie in enumerate(cookies)
            },
        }
    )
    yield from _bad(
        {
            "name-with-nul": (_with(b"X\0: a"), _BAD),
            "value-with-nul": (_with(b"X: a\0b"), _BAD),
            "value-with-return": (_with(b"X: a\rContent-Length: 5"), _BAD),
            "header-of-150-kb": (_with(b"X: " + b"a" * 150_000), _BAD),
            "blank-line-first": (b"\r\n" + answer(), _BAD),
            "status-of-two-digits": (_first(b"HTTP/1.1 20 OK"), _BAD),
            "status-of-four-digits": (_first(b"HTTP/1.1 0200 OK"), _BAD),
            "status-000": (_first(b"HTTP/1.1 000 OK"), _BAD),
            "status-negative": (_first(b"HTTP/1.1 -200 OK"), _BAD),
            "http-0.9": (FEED, _BAD),
            "http-2-settings": (b"\0\0\x12\x04\0\0\0\0\0\0\3\0\0\0\x80\0\4\0\1\0\0\0\5\0\xff\xff\xff", _BAD),
            "http-2-preface": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", _BAD),
            "tls-alert": (b"\x15\x03\x01\x00\x02\x02\x46", _BAD),
            "ssh": (b"SSH-2.0-OpenSSH_9.0\r\n", _BAD),
            "smtp-with-escape": (b"220 mail " + _ESCAPE + b"\r\n", _BAD),
            "request-for-answer": (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", _BAD),
            "status-206-whole": (answer(FEED, b"206 Partial Content", b"Content-Range: bytes 0-9/10"), "answered 206"),
            "status-204-with-body": (answer(FEED, b"204 No Content"), "answered 204"),
            "status-300-with-body": (answer(FEED, b"300 Multiple Choices"), "names no address"),
            "status-305": (redirect(b"/feed", b"305 Use Proxy"), "answered 305"),
            "status-306": (redirect(b"/feed", b"306 Switch Proxy"), "answered 306"),
            "status-310": (redirect(b"/feed", b"310 Odd"), "answered 310"),
            "body-of-blanks": (answer(b"  \r\n \t"), "empty"),
            "body-of-a-mark": (answer(b"\xef\xbb\xbf"), "empty|not a feed"),
            "body-of-nul": (answer(bytes(100)), "not a feed|empty|no feed"),
            "refresh-header": (answer(b"<html></html>", b"200 OK", b"Refresh: 0; url=/feed"), "web page"),
        }
    )
    times = (
        *(b"-5", b"9" * 5_000, b"Mon, 23 Nov 2020 19:00:00 GMT", b"soon", b"1.5", b"120, 240", _ESCAPE, b""),
        *(b"Mon, 01 Jan 0001 00:00:00 GMT", b"Fri, 31 Dec 9999 23:59:59 +9999", b"0x10", "١٢".encode()),
    )
    for number, value in enumerate(times):
        busy = b"429 Busy" if number % 2 else b"503 Busy"
        yield Case(f"busy-{number}", answer(b"", busy, b"Retry-After: " + value), error="429|503")


def _redirects() -> Iterable[Case]:
    yield from _well(
        {
            "to-scheme-in-capitals": "/away?HTTP://127.0.0.1:PORT/feed",
            "to-no-scheme": "/away?//127.0.0.1:PORT/feed",
            "to-one-slash": redirect(b"http:/feed"),
            "to-no-host": redirect(b"http:///feed"),
            "to-a-password": "/away?http://anna:s3cret@127.0.0.1:PORT/feed",
            "to-a-host-for-a-name": "/away?http://example.org@127.0.0.1:PORT/feed",
            "to-a-tab": redirect(b"/fe\ted"),
            "to-latin-1": redirect(b"/f\xe4hrt"),
            "to-a-first-of-two": redirect(b"/feed", b"302 Found", b"Location: /nowhere"),
            "to-this-host": "/away?http://0.0.0.0:PORT/feed",
            "to-mapped": "/away?http://[::ffff:127.0.0.1]:PORT/feed",
            "to-number": "/away?http://2130706433:PORT/feed",
            "to-307": redirect(b"/other-308", b"307 Temporary Redirect"),
            "to-feed-and-body": redirect(b"/feed") + b"a body that was not counted",
        }
    )
    nowhere = {
        "to-fragment-alone": (b"#top", "circle"),
        "to-question": (b"?", "circle"),
        "to-blank": (b" ", "names no address"),
        "to-backslash": (b"\\feed", "404"),
        "to-quotes": (b'"/feed"', "404"),
        "to-list": (b"/feed, /feed", "404"),
        "to-percent": (b"/%zz%", "404"),
        "to-nul": (b"/feed\0", _BAD),
        "to-150-kb": (b"/" + b"a" * 150_000, _BAD),
        "to-4-kb": (b"/" + b"a" * 4_097, "cannot be fetched"),
        "to-label-of-64": (b"http://" + b"a" * 64 + b".example/", "No host can have the name"),
        "to-empty-label": (b"http://a..example/", "No host can have the name"),
    }
    unusable = (
        *(b"ftp://127.0.0.1/", b"feed://127.0.0.1/feed", b"about:blank", b"mailto:a@example.org", b"blob:http://a/b"),
        *(b"http://127.0.0.1:0/", b"http://127.0.0.1:http/", b"http://127.0.0.1:-1/", b"http://a b/", b"http://xn--/"),
        *(b"http://[fe80::1%25lo]/", b"http://[::1/", b"http://0177.0.0.1/", b"http://" + _ESCAPE + b"/", b"gopher:x"),
        *("http://evil\u202egro.example/".encode(), b"http://%31/", b"view-source:http://127.0.0.1/"),
    )
    yield from _bad({name: (redirect(location), words) for name, (location, words) in nowhere.items()})
    yield from _bad({f"to-none-{n}": (redirect(value), "cannot be fetched") for n, value in enumerate(unusable)})


def _packing() -> Iterable[Case]:
    small = zlib.compressobj(wbits=9)
    names = (b"gzip,", b",gzip", b"GZip , identity", b"x-gzip, ", b"none, gzip")
    plain = (b"none", b"text/xml", b"chunked", b"ISO-8859-1", b"null", b"br", b"zstd", b"a" * 3_000, _ESCAPE)
    refused = (b"gzip gzip", b'"gzip"', b"compress", b"br, gzip", b"*", b"gzip" + _ESCAPE)
    yield from _well(
        {
            "gzip-and-noise": answer(PACKED + b"<!-- noise -->", b"200 OK", GZIP),
            "gzip-under-deflate": _packed(b"deflate", PACKED),
            "gzip-stored": answer(gzip.compress(FEED, 0), b"200 OK", GZIP),
            "gzip-of-many-members": answer(
                b"".join(gzip.compress(FEED[at : at + 9]) for at in range(0, _SIZE, 9)), b"200 OK", GZIP
            ),
            "deflate-and-noise": _packed(b"deflate", zlib.compress(FEED) + b"noise"),
            "deflate-stored": _packed(b"deflate", zlib.compress(FEED, 0)),
            "deflate-small-window": _packed(b"deflate", small.compress(FEED) + small.flush()),
            **{f"gzip-named-{number}": _packed(name, PACKED) for number, name in enumerate(names)},
            **{f"plain-named-{number}": _packed(name, FEED) for number, name in enumerate(plain)},
        }
    )
    yield from _bad(
        {
            "gzip-of-nothing": (answer(gzip.compress(b""), b"200 OK", GZIP), "empty"),
            "gzip-without-bytes": (answer(b"", b"200 OK", GZIP), "empty"),
            "gzip-head-alone": (answer(PACKED[:10], b"200 OK", GZIP), _CUT),
            "gzip-without-its-sum": (answer(PACKED[:-8], b"200 OK", GZIP), _CUT),
            "gzip-wrong-sum": (answer(PACKED[:-8] + bytes(4) + PACKED[-4:], b"200 OK", GZIP), "damaged"),
            "gzip-wrong-method": (answer(PACKED[:2] + b"\x09" + PACKED[3:], b"200 OK", GZIP), "damaged"),
            "gzip-in-gzip-named-once": (answer(gzip.compress(PACKED), b"200 OK", GZIP), "not a feed"),
            "zlib-unnamed": (answer(zlib.compress(FEED)), "not a feed"),
            "raw-named-gzip": (answer(raw_deflate(FEED), b"200 OK", GZIP), "not a feed"),
            "deflate-cut": (_packed(b"deflate", zlib.compress(FEED)[:-10]), _CUT),
            "plain-named-deflate": (_packed(b"deflate", FEED), "damaged"),
            **{
                f"packed-named-{number}": (_packed(name, PACKED), "not asked for")
                for number, name in enumerate(refused)
            },
        }
    )


ODD_HTTP: Final = (*_framing(), *_heads(), *_redirects(), *_packing())
