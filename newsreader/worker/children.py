"""The pool of children: jobs run in processes of their own, each with a deadline and a cap on its memory.

A child that hangs, grows or dies costs its own job one ChildError; the next job gets a fresh child.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import newsreader
from newsreader import bounds, log
from newsreader.errors import ChildError, NewsreaderError
from newsreader.worker.frames import HEADER, Answer, Status

_DOING: Final = {
    "digest_feed": "Reading the feed",
    "extract_page": "Reading the page",
    "build_document": "Laying out the article",
    "find_feeds": "Looking for feeds on the page",
    "peek_feed": "Reading the feed",
    "read_list": "Reading the list of sources",
}
_LARGE: Final = 256 * 1024  # bytes of an answer from which unpickling is worth a thread: the loop stays free
_BUFFER: Final = 1024 * 1024  # bytes that asyncio reads ahead from a child


@dataclass(slots=True, eq=False)
class _Child:
    """One process, and what it said it has used of the processor."""

    process: asyncio.subprocess.Process
    cpu: float = 0.0
    rest: asyncio.TimerHandle | None = None

    async def ask(self, request: bytes) -> Answer:
        """Send one job and wait for its answer. Raises OSError or EOFError when the child is gone."""
        writer, reader = self.process.stdin, self.process.stdout
        assert writer is not None
        assert reader is not None
        writer.write(HEADER.pack(len(request)))
        writer.write(request)
        await writer.drain()
        (size,) = HEADER.unpack(await reader.readexactly(HEADER.size))
        if size > bounds.MAX_FRAME:
            raise EOFError("the child sent a length that cannot be")
        payload = await reader.readexactly(size)
        # In a thread the loop gets its turns: our values are unpickled by Python code, which lets go of the lock.
        values = await asyncio.to_thread(pickle.loads, payload) if size > _LARGE else pickle.loads(payload)
        answer = Answer(*values)
        self.cpu = answer.cpu
        return answer


class Children:
    """Runs jobs in at most `size` child processes (by default one less than there are cores, at least one).

    `deadline` and `idle` are seconds, `memory` is bytes of address space, `module` holds the jobs. All methods belong
    to one event loop.
    """

    def __init__(
        self,
        size: int | None = None,
        *,
        deadline: float = bounds.CHILD_DEADLINE,
        memory: int = bounds.CHILD_MEMORY,
        idle: float = bounds.CHILD_IDLE,
        module: str = "newsreader.worker.jobs",
    ) -> None:
        self.size = size or max(1, (os.cpu_count() or 1) - 1)
        self._deadline = deadline
        self._memory = memory
        self._idle_time = idle
        self._module = module
        self._slots = asyncio.Semaphore(self.size)
        self._alive: set[_Child] = set()
        self._idle: list[_Child] = []
        self._ending: set[asyncio.Task[object]] = set()
        self._closed = False

    async def run(self, job: str, *arguments: object, deadline: float | None = None) -> Any:
        """Run a function of `worker.jobs` by its name and return its result.

        Raises the NewsreaderError that the job raised, or ChildError when it took longer than `deadline` seconds,
        met the memory cap, crashed or took its process with it. Cancelling ends the child.
        """
        limit = self._deadline if deadline is None else deadline
        doing = _DOING.get(job, "The work")
        async with self._slots:
            request = pickle.dumps((job, arguments, limit), protocol=5)  # not earlier: many may wait for a child
            child = await self._take()
            answer = None
            try:
                async with asyncio.timeout(limit):
                    answer = await child.ask(request)
            except TimeoutError as error:
                raise ChildError(f"{doing} took longer than {limit:g} seconds and was stopped.", job) from error
            except (EOFError, OSError) as error:
                raise ChildError(f"{doing} failed: its process died.", f"{job}: {error}") from error
            finally:
                if answer is None or answer.tired:
                    self._end(child)
                else:
                    self._rest(child)
        return self._result(answer, doing)

    def _result(self, answer: Answer, doing: str) -> Any:
        match answer.status:
            case Status.DONE:
                return answer.value
            case Status.FAILED:
                assert isinstance(answer.value, NewsreaderError)
                raise answer.value
            case Status.MEMORY:
                megabytes = self._memory // (1024 * 1024)
                raise ChildError(f"{doing} needed more than {megabytes} MB of memory and was stopped.")
            case Status.CRASHED:
                log.get("worker").error("%s failed in a child:\n%s", doing, answer.value)
                raise ChildError(f"{doing} failed by a mistake of this program; see the log.", answer.value)

    async def close(self) -> None:
        """End every child at once, wait until they are gone, and start no other."""
        self._closed = True
        for child in list(self._alive):
            self._end(child)
        while self._ending:
            await asyncio.gather(*self._ending)

    def cpu_seconds(self) -> float:
        """Processor seconds of the children that are alive, as of their last answer.

        Those that ended stand in the system's account of this process (RUSAGE_CHILDREN).
        """
        return sum(child.cpu for child in self._alive)

    @property
    def alive(self) -> int:
        """How many children are there, busy or idle."""
        return len(self._alive)

    async def _take(self) -> _Child:
        """The child that was busy last, else a new one."""
        if self._closed:
            raise ChildError("The work was stopped: the program is ending.")
        while self._idle:
            child = self._idle.pop()
            if child.rest is not None:
                child.rest.cancel()
            if child.process.returncode is None:
                return child
            self._end(child)
        child = _Child(await _start(self._memory, self._module))
        self._alive.add(child)
        return child

    def _rest(self, child: _Child) -> None:
        self._idle.append(child)
        child.rest = asyncio.get_running_loop().call_later(self._idle_time, self._end, child)

    def _end(self, child: _Child) -> None:
        """Kill a child, and see to it that it is reaped and its pipes are closed."""
        if child not in self._alive:
            return
        self._alive.discard(child)
        if child in self._idle:
            self._idle.remove(child)
        if child.rest is not None:
            child.rest.cancel()
        if child.process.returncode is None:
            child.process.kill()
        # `communicate` also empties the pipe: `wait` alone would hang on a half-read answer.
        task: asyncio.Task[object] = asyncio.create_task(child.process.communicate())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)


async def _start(memory: int, module: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",  # the folder in which the person stands is no place to import from
        "-m",
        "newsreader.worker.child",
        str(memory),
        module,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # a crash comes back as an answer; the rest is chatter of libraries
        limit=_BUFFER,
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    """The environment with which a child finds the very package that runs here, installed or in a checkout."""
    environment = dict(os.environ)
    home = str(Path(newsreader.__file__).parents[1])
    if home != sysconfig.get_path("purelib"):
        before = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join([home, before] if before else [home])
    return environment
