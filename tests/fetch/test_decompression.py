"""Bodies unpacked within bounds, however they are packed and cut."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.errors import FetchError
from newsreader.fetch.decompression import GZIP_MAGIC, Body
from tests.hostile_server import bomb, raw_deflate

LIMIT = 2_000
plain = st.binary(max_size=LIMIT).filter(lambda data: not data.startswith(GZIP_MAGIC))
packers = st.sampled_from([("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", raw_deflate)])
steps = st.integers(1, 300)


def unpack(data: bytes, encoding: str | None, step: int = 1_000, limit: int = LIMIT) -> bytes:
    body = Body(encoding, limit)
    for start in range(0, len(data), step):
        body.add(data[start : start + step])
    return body.finish()


@given(plain, packers, steps)
def test_packed_bodies_come_whole_in_any_pieces(data: bytes, packer: tuple[str, object], step: int) -> None:
    encoding, pack = packer
    assert callable(pack)
    assert unpack(pack(data), encoding, step, limit=LIMIT + 100) == data


@given(plain, steps, st.sampled_from([None, "", "identity", "UTF-8", "gzip", "identity,", "identity, gzip"]))
def test_plain_bodies_come_as_they_are(data: bytes, step: int, encoding: str | None) -> None:
    assert unpack(data, encoding, step) == data


@given(st.lists(plain, min_size=1, max_size=4), steps)
def test_members_are_joined(parts: list[bytes], step: int) -> None:
    packed = b"".join(map(gzip.compress, parts))
    assert unpack(packed, "x-gzip", step, limit=20_000) == b"".join(parts)


@given(st.binary(min_size=1, max_size=500), st.data())
def test_every_cut_is_noticed(data: bytes, draw: st.DataObject) -> None:
    packed = gzip.compress(data)
    cut = draw.draw(st.integers(2, len(packed) - 1))
    with pytest.raises(FetchError, match="broke off"):
        unpack(packed[:cut], "gzip")


@given(st.sampled_from(["gzip", "deflate", "identity", "br"]), st.binary(max_size=3_000), steps)
def test_any_bytes_end_in_a_body_or_in_words(encoding: str, data: bytes, step: int) -> None:
    for start in (b"", GZIP_MAGIC + b"\x08\x00"):
        try:
            assert len(unpack(start + data, encoding, step)) <= LIMIT
        except FetchError as error:
            assert error.phrase.endswith(".")  # noqa: PT017 - either outcome is right


def test_bomb_gives_no_more_than_the_limit() -> None:
    body = Body("gzip", LIMIT)
    with pytest.raises(FetchError, match="larger than 2,000 bytes"):
        body.add(bomb(1)[:1_900])
    assert body.size == LIMIT + 1


def test_bomb_in_a_file_without_a_name_is_bounded_too() -> None:
    with pytest.raises(FetchError, match="larger"):
        unpack(bomb(1), None)


def test_exactly_the_limit_is_allowed() -> None:
    data = bytes(LIMIT)
    assert unpack(gzip.compress(data), "gzip") == data
    assert unpack(data, None) == data
    with pytest.raises(FetchError, match="larger"):
        unpack(data + b"0", None)


def test_raw_bytes_are_counted_as_well() -> None:
    body = Body("gzip", LIMIT)
    padded = gzip.compress(b"a") + bytes(LIMIT)
    with pytest.raises(FetchError, match="larger"):
        body.add(padded)
    assert body.raw == len(padded)


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip", "\x1b[2J"])
def test_other_compressions_are_refused_by_name(encoding: str) -> None:
    with pytest.raises(FetchError) as caught:
        unpack(b"\x0b\x02\x80hello\x03", encoding)
    assert "\x1b" not in caught.value.phrase


@pytest.mark.parametrize("encoding", ["br", "text/xml", "ISO-8859-1", "chunked", "a" * 3_000])
def test_plain_text_is_taken_under_any_name(encoding: str) -> None:
    assert unpack(b"<rss></rss>", encoding, 1) == b"<rss></rss>"


def test_gzip_under_the_name_of_deflate() -> None:
    assert unpack(gzip.compress(b"a") + gzip.compress(b"b"), "deflate", 1) == b"ab"
