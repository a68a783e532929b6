from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from newsreader.errors import LibraryError
from newsreader.store import Store
from newsreader.worker.library import Library


def thread_of(store: Store) -> int:
    return threading.get_ident()


async def test_calls_run_one_after_the_other_in_one_other_thread(tmp_path: Path) -> None:
    library = await Library.open(tmp_path / "library.db", clock=lambda: 0.0)
    threads = set(await asyncio.gather(*(library.call(thread_of) for _ in range(5))))
    assert len(threads) == 1
    assert threading.get_ident() not in threads
    await library.call(Store.remember, "key", "value")
    assert await library.call(Store.recall, "key") == "value"
    await library.close()


async def test_errors_reach_the_caller_and_the_next_call_works(tmp_path: Path) -> None:
    library = await Library.open(tmp_path / "library.db", clock=lambda: 0.0)

    def fails(store: Store) -> None:
        raise LibraryError("No.")

    with pytest.raises(LibraryError):
        await library.call(fails)
    assert await library.call(Store.recall, "key") is None
    await library.close()


async def test_a_call_whose_caller_left_is_finished(tmp_path: Path) -> None:
    library = await Library.open(tmp_path / "library.db", clock=lambda: 0.0)
    gate = threading.Event()

    def waits(store: Store) -> None:
        gate.wait(5)
        store.remember("key", "value")

    call = asyncio.create_task(library.call(waits))
    await asyncio.sleep(0)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    gate.set()
    assert await library.call(Store.recall, "key") == "value"
    await library.close()


async def test_closing_does_not_wait_for_ever(tmp_path: Path) -> None:
    library = await Library.open(tmp_path / "library.db", clock=lambda: 0.0)
    gate = threading.Event()

    def hangs(store: Store) -> None:
        gate.wait(20)

    call = asyncio.create_task(library.call(hangs))
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await library.close(0.01)
    call.cancel()
    gate.set()


async def test_a_library_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryError):
        await Library.open(tmp_path / "file" / "library.db", clock=lambda: 0.0)
