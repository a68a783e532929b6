from __future__ import annotations

import asyncio

import pytest

from newsreader.worker.sharing import Shared


async def test_who_asks_for_the_same_waits_for_the_same() -> None:
    shared: Shared[str, int] = Shared()
    begun = 0
    gate = asyncio.Event()

    async def work() -> int:
        nonlocal begun
        begun += 1
        await gate.wait()
        return begun

    waiting = [asyncio.create_task(shared.run("a", work)) for _ in range(3)]
    other = asyncio.create_task(shared.run("b", work))
    await asyncio.sleep(0)
    gate.set()
    assert len(set(await asyncio.gather(*waiting))) == 1
    await other
    assert begun == 2
    assert await shared.run("a", work) == 3


async def test_an_error_reaches_all() -> None:
    shared: Shared[int, None] = Shared()

    async def work() -> None:
        await asyncio.sleep(0)
        raise ValueError("no")

    results = await asyncio.gather(*(shared.run(1, work) for _ in range(2)), return_exceptions=True)
    assert [str(result) for result in results] == ["no", "no"]


async def test_the_last_to_leave_cancels_and_only_the_last() -> None:
    shared: Shared[int, None] = Shared()
    cancelled = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    first, second = (asyncio.create_task(shared.run(1, work)) for _ in range(2))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    assert not cancelled.is_set()
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    await asyncio.wait_for(cancelled.wait(), 1)
