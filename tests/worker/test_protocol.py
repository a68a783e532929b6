from __future__ import annotations

import json

import pytest

from newsreader import bounds
from newsreader.worker.protocol import Answer, decode, encode


def test_a_message_is_one_line_that_reads_back() -> None:
    message = {"id": 1, "answer": Answer.DONE, "title": "two\nlines \u2028 and \x1b[31m", "others": [{"url": "x"}]}
    line = encode(message)
    assert line.count(b"\n") == 1
    assert line.isascii()
    assert b"\x1b" not in line
    assert decode(line) == message


def test_a_message_that_is_too_long_keeps_what_is_essential() -> None:
    line = encode({"id": 7, "answer": Answer.DONE, "others": ["x" * 100] * 1_000})
    assert json.loads(line) == {"id": 7, "answer": "done", "cut": True}
    line = encode({"id": 7, "answer": Answer.FAILED, "phrase": "long " * 50_000})
    assert len(line) < bounds.MAX_LINE
    assert json.loads(line)["phrase"].startswith("long long")


@pytest.mark.parametrize("line", [b"", b"\n", b"[1]", b"{", b"\xff\xfe", b"[" * 60_000, b"1" * 5_000, b'"x"'])
def test_what_is_no_message_is_none(line: bytes) -> None:
    assert decode(line) is None
