"""Heads that h11 refuses: read as browsers read them, or refused all the same."""

from __future__ import annotations

import contextlib

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.fetch.heads import mended
from tests.hostile_server import answer_in_chunks

pieces = st.lists(
    st.sampled_from(
        [
            *(
                b"HTTP/1.1 200 OK",
                b"HTTP/1.0 301",
                b"http/2 103",
                b"\r\n",
                b"\r\n\r\n",
                b"\n",
                b"\r",
                b"\0",
                b" ",
                b"\t",
            ),
            *(b"Content-Length: 3", b"Content-Length : x", b"Transfer-Encoding: chunked, identity", b"Set-Cookie: a"),
            *(b": b", b"nonsense", b"\xff", b"\x1b[2J", b"3\r\nabc\r\n0\r\n\r\n", b"Location: /"),
        ]
    )
    | st.binary(max_size=4),
    max_size=20,
).map(b"".join)


def read(data: bytes) -> tuple[h11.Response, bytes]:
    """What h11 makes of an answer."""
    client = h11.Connection(h11.CLIENT)
    client.send(h11.Request(method="GET", target="/", headers=[("Host", "a")]))
    client.send(h11.EndOfMessage())
    client.receive_data(data)
    client.receive_data(b"")
    head = client.next_event()
    assert isinstance(head, h11.Response)
    body = b""
    while isinstance(event := client.next_event(), h11.Data):
        body += bytes(event.data)
    assert isinstance(event, h11.EndOfMessage)
    return head, body


@pytest.mark.parametrize(
    ("lines", "fields"),
    [
        (b"Warning\r\nA: b", {b"a": b"b"}),
        (b"A b: c\r\n d\r\nE: f\r\n g", {b"e": b"f g"}),
        (b" A: b\r\nC: d\r", {b"c": b"d"}),
        (b"A : b\nC:d", {b"a": b"b", b"c": b"d"}),
        (b"A: b\r\nConnection: keep-alive", {b"a": b"b"}),
    ],
)
def test_lines_that_are_no_headers_are_passed_over(lines: bytes, fields: dict[bytes, bytes]) -> None:
    data = mended(b"HTTP/1.1 404 No\r\n" + lines + b"\r\n\r\nbody")
    assert data is not None
    head, body = read(data)
    assert (head.status_code, body) == (404, b"body")
    assert dict(head.headers) == fields | {b"connection": b"close"}


@pytest.mark.parametrize("named", [b"chunked, chunked", b"identity, Chunked", b"chunked\r\nTransfer-Encoding: chunked"])
def test_chunks_are_chunks_however_often_they_are_named(named: bytes) -> None:
    data = mended(answer_in_chunks(b"abcdef", 2).replace(b"chunked", named, 1))
    assert data is not None
    assert read(data)[1] == b"abcdef"


def test_what_follows_an_interim_head_is_left_as_it_is() -> None:
    rest = b"HTTP/1.1 200 OK\r\nnonsense\r\n\r\nbody"
    assert (
        mended(b"HTTP/1.1 103 Hints\r\nnonsense\r\n\r\n" + rest) == b"HTTP/1.1 103 \r\nconnection: close\r\n\r\n" + rest
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nnonsense",
        b"220 ready\r\n\r\n",
        b"HTTP/1.1 20 OK\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: b\0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: b\rC: d\r\n\r\n",
        b"ICY 200 OK\r\n\r\n",
    ],
)
def test_what_may_mean_anything_is_left_alone(data: bytes) -> None:
    assert mended(data) is None


@given(pieces)
def test_whatever_comes_h11_reads_it_or_refuses_it(data: bytes) -> None:
    head = mended(data)
    if head is None:
        return
    assert head.startswith(b"HTTP/1.1 ")
    assert b"\0" not in head.partition(b"\r\n\r\n")[0]
    with contextlib.suppress(h11.RemoteProtocolError, AssertionError):
        read(head)
