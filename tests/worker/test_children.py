from __future__ import annotations

import asyncio
import logging
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from newsreader.errors import ChildError, FetchError, NotAFeed
from newsreader.worker.children import Children

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

JOBS = "tests.worker.odd_jobs"


@pytest.fixture
async def make() -> AsyncIterator[Callable[..., Children]]:
    made: list[Children] = []

    def make(**arguments: Any) -> Children:
        arguments.setdefault("size", 1)
        made.append(Children(module=JOBS, **arguments))
        return made[-1]

    yield make
    for children in made:
        await children.close()
        assert children.alive == 0


async def test_a_job_gives_its_result_and_the_next_runs_in_the_same_process(make: Callable[..., Children]) -> None:
    children = make()
    assert await children.run("echo", {"a": (1, b"\x00")}) == {"a": (1, b"\x00")}
    assert await children.run("pid") == await children.run("pid") != os.getpid()


async def test_large_values_pass_both_ways(make: Callable[..., Children]) -> None:
    body = os.urandom(1 << 20) * 9
    assert await make().run("echo", body) == body


async def test_errors_of_ours_come_back_as_themselves(make: Callable[..., Children]) -> None:
    children = make()
    with pytest.raises(NotAFeed) as caught:
        await children.run("fail")
    assert (caught.value.phrase, caught.value.cause) == ("This is a web page, not a feed.", "html")
    with pytest.raises(FetchError) as gone:
        await children.run("fail_with_status")
    assert gone.value.gone
    assert children.alive == 1


async def test_a_mistake_is_logged_and_the_child_goes_on(
    make: Callable[..., Children], caplog: pytest.LogCaptureFixture
) -> None:
    children = make()
    before = await children.run("pid")
    with caplog.at_level(logging.ERROR, "newsreader"), pytest.raises(ChildError, match="mistake of this program"):
        await children.run("crash")
    assert "ZeroDivisionError: a mistake of ours" in caplog.text
    with pytest.raises(ChildError):
        await children.run("recurse")
    with pytest.raises(ChildError):
        await children.run("no_such_job")
    assert await children.run("pid") == before


async def test_a_result_that_cannot_be_sent_costs_only_its_job(make: Callable[..., Children]) -> None:
    children = make()
    with pytest.raises(ChildError):
        await children.run("unpicklable")
    assert await children.run("echo", 1) == 1


async def test_what_a_library_prints_does_not_reach_the_frames(make: Callable[..., Children]) -> None:
    children = make()
    assert await children.run("chatter") == ""
    assert await children.run("echo", 2) == 2


@pytest.mark.parametrize(("job", "arguments"), [("hang", ()), ("hang_in_c", (50,))])
async def test_a_job_past_its_deadline_is_killed(
    make: Callable[..., Children], job: str, arguments: tuple[object, ...]
) -> None:
    children = make()
    before = await children.run("pid")
    with pytest.raises(ChildError, match=r"took longer than 0\.2 seconds and was stopped\.$"):
        await children.run(job, *arguments, deadline=0.2)
    assert await children.run("pid") != before
    await children.close()  # the kernel may take its time, and this waits for it
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)


async def test_the_deadline_is_of_work_and_not_of_waiting(
    make: Callable[..., Children], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child gives way to everything else that a computer does: a feed must not be taken for one that hangs."""
    monkeypatch.setattr("newsreader.bounds.CHILD_PATIENCE", 100)
    children = make()
    before = await children.run("pid")
    assert await children.run("wait", 0.5, deadline=0.3)
    assert await children.run("pid") == before
    for _ in range(4):
        assert await children.run("work_more", 0.3, deadline=1.0), "each job has a deadline of its own"
    assert await children.run("pid") == before


async def test_a_job_over_the_memory_cap_is_stopped(make: Callable[..., Children]) -> None:
    children = make(memory=512 << 20)
    with pytest.raises(ChildError, match="needed more than 512 MB of memory"):
        await children.run("eat")
    assert await children.run("echo", 1) == 1


async def test_a_child_that_grew_is_replaced(make: Callable[..., Children]) -> None:
    children = make(memory=256 << 20)
    before = await children.run("pid")
    assert await children.run("grow", 100) == 100 << 20
    assert children.alive == 0
    assert await children.run("pid") != before


async def test_a_child_that_dies_costs_its_own_job_only(make: Callable[..., Children]) -> None:
    children = make()
    with pytest.raises(ChildError, match="its process died"):
        await children.run("die")
    assert await children.run("echo", 1) == 1


async def test_a_child_killed_while_idle_costs_nothing(make: Callable[..., Children]) -> None:
    children = make()
    before = await children.run("pid")
    os.kill(before, signal.SIGKILL)
    await asyncio.to_thread(children._idle[0].process.wait, 5)
    assert await children.run("pid") != before


async def test_cancelling_a_job_ends_its_child(make: Callable[..., Children]) -> None:
    children = make()
    await children.run("echo", 1)
    job = asyncio.create_task(children.run("hang"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job
    assert children.alive == 0
    assert await children.run("echo", 1) == 1


async def test_no_more_children_than_asked_for(make: Callable[..., Children]) -> None:
    children = make(size=2)
    pids = await asyncio.gather(*(children.run("pid") for _ in range(8)))
    assert len(set(pids)) <= 2
    assert children.alive <= 2


async def test_idle_children_end(make: Callable[..., Children]) -> None:
    children = make(idle=0.05)
    await children.run("echo", 1)
    (child,) = children._alive
    await asyncio.wait_for(asyncio.shield(child.gone), 5)
    assert children.alive == 0


async def test_children_are_nice_and_light_until_their_first_job(make: Callable[..., Children]) -> None:
    children = make()
    assert await children.run("niceness") >= 10
    loaded = set(await children.run("modules"))
    assert not loaded & {"lxml", "httpx", "readability", "asyncio", "sqlite3", "textual"}


async def test_their_processor_time_is_known(make: Callable[..., Children]) -> None:
    children = make()
    assert children.cpu_seconds() == 0
    used = await children.run("work", 0.2)
    assert children.cpu_seconds() >= used >= 0.2


def _gone(process: int) -> bool:
    try:
        with open(f"/proc/{process}/stat", encoding="ascii") as file:  # noqa: PTH123 - as plain as a look can be
            return file.read().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


PARENT = """
import asyncio, sys
from newsreader.worker.children import Children
async def main():
    children = Children(1, deadline=0.5, module="tests.worker.odd_jobs")
    print(await children.run("pid"), flush=True)
    if sys.argv[1] == "busy":
        await children.run("hang_in_c", 60, deadline=0.4)
    await asyncio.sleep(60)
asyncio.run(main())
"""


@pytest.mark.slow
@pytest.mark.parametrize(("state", "within"), [("idle", 2.0), ("busy", 5.0)])
def test_children_do_not_outlive_a_killed_parent(state: str, within: float) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, state], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent, parent.stdout:
        child = int(parent.stdout.readline())
        time.sleep(0.2)
        parent.kill()
    deadline = time.monotonic() + within
    while not _gone(child):
        assert time.monotonic() < deadline
        time.sleep(0.05)
