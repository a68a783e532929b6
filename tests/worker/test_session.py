from __future__ import annotations

import asyncio
import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from newsreader import bounds
from newsreader.worker.session import Session, read_lines
from tests.worker.conftest import Worker, page, rss

if TYPE_CHECKING:
    from collections.abc import Callable

FEED = "https://harbour.test/feed"


class Talk:
    """A session whose answers can be waited for."""

    def __init__(self, worker: Worker) -> None:
        self.answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.session = Session(worker.service, self.answers.put_nowait)

    async def ask(self, id_: int, **request: Any) -> dict[str, Any]:
        self.session.take(json.dumps({"id": id_, **request}).encode())
        return await asyncio.wait_for(self.answers.get(), 5)


@pytest.fixture
def talk(worker: Worker) -> Talk:
    return Talk(worker)


async def test_every_kind_of_request_is_answered(worker: Worker, talk: Talk, tmp_path: Any) -> None:
    worker.web.pages |= {FEED: rss("storm"), "http://harbour.test/storm": page()}
    added = await talk.ask(1, request="add", address=FEED, folder="Coast")
    assert (added["id"], added["answer"], added["added"]) == (1, "done", 1)
    refreshed = await talk.ask(2, request="refresh", sources=[added["source"]])
    assert refreshed == {"id": 2, "answer": "done", "total": 1, "failed": 0, "added": 0, "offline": False}
    assert (await talk.ask(3, request="refresh", sources=None, all=True))["total"] == 1
    assert (await talk.ask(4, request="refresh"))["total"] == 0
    (id_,) = (head.id for head in worker.store.heads(range(20)) if head.source_id == added["source"])
    assert await talk.ask(5, request="full_text", article=id_) == {"id": 5, "answer": "done", "article": id_}
    assert await talk.ask(6, request="document", article=id_, full_text=True) == {
        "id": 6, "answer": "done", "article": id_,
    }  # fmt: skip
    (tmp_path / "a.opml").write_text("<opml><body><outline xmlUrl='https://b.test/'/></body></opml>")
    assert (await talk.ask(7, request="import", path=str(tmp_path / "a.opml")))["added"] == 1


async def test_failures_are_phrases(talk: Talk) -> None:
    failed = await talk.ask(1, request="full_text", article=999)
    assert failed == {"id": 1, "answer": "failed", "phrase": "There is no article 999.", "kind": "UsageError"}
    for number, request in enumerate(({}, {"request": "dance"}, {"request": "full_text", "article": "x"}), 2):
        assert "no such request" in (await talk.ask(number, **request))["phrase"]


async def test_a_mistake_of_ours_is_answered_too(worker: Worker, talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(worker.service.articles, "full_text", broken)
    failed = await talk.ask(1, request="full_text", article=1)
    assert failed["phrase"] == "An unexpected error; see the log."


async def test_a_request_can_be_cancelled(worker: Worker, talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def endless(_: int) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    monkeypatch.setattr(worker.service.articles, "full_text", endless)
    talk.session.take(b'{"id": 1, "request": "full_text", "article": 1}')
    await asyncio.wait_for(begun.wait(), 5)
    assert await talk.ask(2, request="cancel", cancel=1) == {"id": 2, "answer": "done", "cancelled": True}
    assert ended.is_set() or await asyncio.wait_for(ended.wait(), 5)
    assert (await asyncio.wait_for(talk.answers.get(), 5))["kind"] == "Cancelled"
    assert (await talk.ask(3, request="cancel", cancel=1))["cancelled"] is False
    assert (await talk.ask(4, request="cancel", cancel=[1]))["cancelled"] is False


async def test_closing_cancels_what_runs(worker: Worker, talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def endless(_: int) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(worker.service.articles, "full_text", endless)
    talk.session.take(b'{"id": 1, "request": "full_text", "article": 1}')
    async with asyncio.timeout(5):
        await talk.session.close()


@pytest.mark.parametrize("line", [b"", b"nonsense", b"[]", b'{"request": "refresh"}', b'{"id": [1]}', b"\xff"])
async def test_lines_that_are_no_requests_are_passed_over(talk: Talk, line: bytes) -> None:
    talk.session.take(line)
    assert (await talk.ask(1, request="dance"))["id"] == 1
    assert talk.answers.empty()


async def _lines(write: Callable[[int], None]) -> list[bytes | None]:
    """What `read_lines` gives for what is written to a pipe, up to its end."""
    end, start = os.pipe()
    lines: asyncio.Queue[bytes | None] = asyncio.Queue()
    read_lines(end, lines.put_nowait)
    await asyncio.to_thread(write, start)
    os.close(start)
    found: list[bytes | None] = []
    while not found or found[-1] is not None:
        found.append(await asyncio.wait_for(lines.get(), 5))
    os.close(end)
    return found


async def test_lines_are_read_whole_up_to_the_end() -> None:
    def write(file: int) -> None:
        for part in (b'{"id"', b": 1}\n{}\n", b"half"):
            os.write(file, part)

    assert await _lines(write) == [b'{"id": 1}', b"{}", None]


async def test_a_line_without_end_is_left_out() -> None:
    def write(file: int) -> None:
        for _ in range(40):
            os.write(file, b"x" * (bounds.MAX_LINE // 4))
        os.write(file, b"\nnext\n")

    assert await _lines(write) == [b"next", None]
