from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from newsreader.errors import NewsreaderError, WorkerError
from newsreader.worker.client import Worker

ODD = (sys.executable, "-m", "tests.worker.odd_worker")


class Ears:
    """Hears events and lets the test wait for one."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self._new = asyncio.Event()

    def __call__(self, event: dict[str, Any]) -> None:
        self.heard.append(event)
        self._new.set()

    async def until(self, event: str, count: int = 1) -> dict[str, Any]:
        async with asyncio.timeout(10):
            while len(found := [each for each in self.heard if each["event"] == event]) < count:
                self._new.clear()
                await self._new.wait()
        return found[-1]


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
async def make(ears: Ears) -> AsyncIterator[Callable[..., Worker]]:
    made: list[Worker] = []

    def make(*what: str, command: Sequence[str] | None = None, **arguments: Any) -> Worker:
        made.append(Worker(command or (*ODD, *what), on_event=ears, backoff=(0.05,), **arguments))
        return made[-1]

    yield make
    for worker in made:
        await worker.close()


async def test_a_request_gets_its_answer_and_its_progress(make: Callable[..., Worker], ears: Ears) -> None:
    worker = make("plain")
    await worker.start()
    await worker.start()
    answers = await asyncio.gather(*(worker.request("echo", what={"n": n}) for n in range(5)))
    assert [answer["n"] for answer in answers] == [0, 1, 2, 3, 4]
    assert len({answer["pid"] for answer in answers}) == 1
    assert "id" not in answers[0]
    assert ears.heard[0]["event"] == "hello"
    assert (await ears.until("progress", 5))["done"] == 1
    assert (worker.running, worker.pid) == (True, answers[0]["pid"])


async def test_a_failure_is_an_error_with_its_phrase(make: Callable[..., Worker]) -> None:
    worker = make("plain")
    await worker.start()
    with pytest.raises(NewsreaderError) as caught:
        await worker.request("fail")
    assert caught.value.phrase == "It is gone."


async def test_a_worker_that_died_is_started_again(make: Callable[..., Worker], ears: Ears) -> None:
    worker = make("plain")
    await worker.start()
    first = (await worker.request("echo"))["pid"]
    waiting = asyncio.create_task(worker.request("hold"))
    await ears.until("held")
    with pytest.raises(WorkerError, match="ended"):
        await worker.request("die")
    with pytest.raises(WorkerError, match="ended"):
        await waiting
    assert (await worker.request("echo"))["pid"] != first


async def test_cancelling_a_request_cancels_it_there(make: Callable[..., Worker], ears: Ears) -> None:
    worker = make("plain")
    await worker.start()
    request = asyncio.create_task(worker.request("hold"))
    held = await ears.until("held")
    request.cancel()
    with pytest.raises(asyncio.CancelledError):
        await request
    assert (await ears.until("cancelled"))["id"] == held["id"]
    assert await worker.request("echo")


@pytest.mark.slow
@pytest.mark.parametrize("what", ["older", "babbling"])
async def test_what_is_not_this_programs_worker_is_ended_and_started_again(
    make: Callable[..., Worker], ears: Ears, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    worker = make(what)
    with caplog.at_level("WARNING", "newsreader"):
        await worker.start()
        async with asyncio.timeout(10):
            while caplog.text.count("started again") < 2:  # noqa: ASYNC110 - the log has no event
                await asyncio.sleep(0.02)
    notices = [event for event in ears.heard if event["event"] == "notice"]
    assert len(notices) == (what == "older")


async def test_lines_that_are_no_messages_are_passed_over(make: Callable[..., Worker]) -> None:
    worker = make("noisy")
    await worker.start()
    assert await worker.request("echo")


async def test_a_command_that_does_not_exist_is_no_crash(
    make: Callable[..., Worker], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.worker.client._READY", 0.2)
    worker = make(command=[str(tmp_path / "nothing")])
    with pytest.raises(WorkerError, match="not running"):
        await worker.request("echo")
    await worker.start()
    with pytest.raises(WorkerError, match="does not start"):
        await worker.request("echo")


@pytest.mark.slow
@pytest.mark.parametrize(("what", "within"), [("plain", 1.0), ("stubborn", 1.5), ("mute", 1.5)])
async def test_closing_ends_any_worker_soon(make: Callable[..., Worker], ears: Ears, what: str, within: float) -> None:
    worker = make(what)
    await worker.start()
    if what == "mute":
        async with asyncio.timeout(10):
            while worker.pid is None:  # noqa: ASYNC110 - nothing tells of a process that says nothing
                await asyncio.sleep(0)
    else:
        await ears.until("ready" if what == "stubborn" else "hello")
    pid = worker.pid
    assert pid is not None
    waiting = asyncio.create_task(worker.request("echo")) if what == "mute" else None
    begun = time.monotonic()
    await worker.close()
    assert time.monotonic() - begun < within
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    if waiting is not None:
        waiting.cancel()


async def test_standard_error_goes_to_the_log(make: Callable[..., Worker], tmp_path: Path) -> None:
    path = tmp_path / "state" / "newsreader.log"
    worker = make("plain", log_path=path)
    await worker.start()
    await worker.request("echo")
    assert path.read_text() == "for the log\n"


def test_the_client_loads_no_network_and_no_parser() -> None:
    look = "import sys, newsreader.worker.client; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout.split()
    assert not {"httpx", "lxml", "readability", "sqlite3", "textual", "newsreader.store"} & set(loaded)
