from __future__ import annotations

import asyncio
from unittest.mock import patch

import pytest

from newsreader.worker.delivery import Delivery


async def test_results_and_errors_reach_those_who_wait() -> None:
    loop = asyncio.get_running_loop()
    delivery = Delivery(loop)
    good, bad = loop.create_future(), loop.create_future()

    def work() -> None:
        delivery.fulfil(good, 1)
        delivery.fail(bad, OSError("no"))

    await asyncio.to_thread(work)
    assert await good == 1
    with pytest.raises(OSError, match="no"):
        await bad


async def test_results_that_come_together_wake_the_loop_once() -> None:
    loop = asyncio.get_running_loop()
    delivery = Delivery(loop)
    for _ in range(2):
        answers = [loop.create_future() for _ in range(5)]
        with patch.object(loop, "call_soon_threadsafe", wraps=loop.call_soon_threadsafe) as wake:
            for number, answer in enumerate(answers):
                delivery.fulfil(answer, number)
            assert await asyncio.gather(*answers) == [0, 1, 2, 3, 4]
        assert wake.call_count == 1


async def test_who_left_gets_nothing_and_takes_nothing_from_the_others() -> None:
    loop = asyncio.get_running_loop()
    delivery = Delivery(loop)
    left, stayed = loop.create_future(), loop.create_future()
    left.cancel()
    delivery.fulfil(left, 1)
    delivery.fulfil(stayed, 2)
    assert await stayed == 2


def test_a_loop_that_has_ended_is_left_alone() -> None:
    loop = asyncio.new_event_loop()
    answer: asyncio.Future[int] = loop.create_future()
    loop.close()
    Delivery(loop).fulfil(answer, 1)
    assert not answer.done()
