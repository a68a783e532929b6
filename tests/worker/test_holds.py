"""Hosts that ask to be left alone: all their sources wait, that is no failure, and it is remembered."""

from __future__ import annotations

import httpx

from tests.worker.conftest import NOW, Worker, rss

BUSY = [f"http://busy.test/{number}" for number in range(4)]
CALM = "http://calm.test/feed"
HOUR = 3_600


def busy(seconds: int | None = 2 * HOUR) -> httpx.Response:
    return httpx.Response(429, headers={} if seconds is None else {"Retry-After": str(seconds)})


async def test_one_answer_holds_the_whole_host(worker: Worker) -> None:
    worker.web.pages |= dict.fromkeys(BUSY, rss("storm")) | {BUSY[0]: busy(), CALM: rss("ferry")}
    ids = worker.add(*BUSY, CALM)
    outcome = await worker.service.refresh()
    asked = sum(worker.web.asked[url] for url in BUSY)
    assert asked <= 2, "two of a host are asked at once"
    assert (outcome.done, outcome.failed, outcome.waiting) == (5, 1, 4 - asked)
    states = worker.store.fetch_states(ids[:4])
    assert min(state.next_due or 0 for state in states) >= NOW + 2 * HOUR
    assert [state.error_count for state in states] == [1, 0, 0, 0]
    assert worker.store.held() == {"busy.test": NOW + 2 * HOUR}
    waits = [event["waits"] for event in worker.of("source") if event["waits"]]
    assert waits == [NOW + 2 * HOUR] * outcome.waiting
    assert worker.store.fetch_states([ids[4]])[0].error is None


async def test_asking_by_hand_honours_a_hold_of_another_run(worker: Worker) -> None:
    worker.web.pages |= dict.fromkeys(BUSY, rss("storm"))
    ids = worker.add(*BUSY)
    worker.store.hold_host("busy.test", NOW + HOUR)
    assert (await worker.service.refresh()).total == 0
    outcome = await worker.service.refresh(everything=True)
    assert (outcome.waiting, outcome.failed, outcome.all_failed) == (4, 0, False)
    assert sum(worker.web.asked.values()) == 0
    assert [state.next_due for state in worker.store.fetch_states(ids)] == [NOW + HOUR] * 4
    assert all(state.error is None and not state.error_count for state in worker.store.fetch_states(ids))
    worker.time[0] += HOUR
    assert (await worker.service.refresh()).added == 4


async def test_without_a_word_of_how_long_the_source_backs_off(worker: Worker) -> None:
    worker.web.pages[BUSY[0]] = busy(None)
    (id_,) = worker.add(BUSY[0])
    pauses = []
    for _ in range(3):
        await worker.service.refresh()
        (state,) = worker.store.fetch_states([id_])
        assert state.next_due is not None
        pauses.append(state.next_due - worker.time[0])
        worker.time[0] = state.next_due
    assert pauses[0] < pauses[1] < pauses[2]
    assert state.error_count == 3
