"""The pool of children: jobs run in processes of their own, each with a deadline and a cap on its memory.

A child that hangs, grows or dies costs its own job one ChildError; the next job gets a fresh child.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import signal
import subprocess
import sys
import sysconfig
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, Final

import newsreader
from newsreader import bounds, log
from newsreader.errors import ChildError, NewsreaderError
from newsreader.worker.delivery import Delivery
from newsreader.worker.frames import HEADER, Answer, Status

if sys.platform == "linux":
    import fcntl

_DOING: Final = {
    "digest_feed": "Reading the feed",
    "extract_page": "Reading the page",
    "join_pages": "Joining the pages",
    "build_document": "Laying out the article",
    "find_feeds": "Looking for feeds on the page",
    "peek_feed": "Reading the feed",
    "read_list": "Reading the list of sources",
    "read_discussion": "Reading the discussion",
}
_DYING: Final = 1.0  # seconds that a process may take from closing its pipes to its end
_PIPE: Final = 1024 * 1024  # bytes that a pipe holds: what Linux allows everybody


class _Child:
    """One process, the thread that speaks with it, and what it said it has used of the processor.

    A thread that reads and writes whole frames costs a quarter of what asyncio's streams cost for the same bytes, and
    unpickles while the loop goes on. `gone` is done when the process has been reaped.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        loop = asyncio.get_running_loop()
        self.process = process
        self.cpu = 0.0
        self.rest: asyncio.TimerHandle | None = None
        self.gone: asyncio.Future[None] = loop.create_future()
        self._delivery = Delivery(loop)
        self._requests: SimpleQueue[tuple[bytes, asyncio.Future[Answer]] | None] = SimpleQueue()
        Thread(target=self._serve, name="child", daemon=True).start()

    async def ask(self, request: bytes) -> Answer:
        """Send one job and wait for its answer. Raises OSError or EOFError when the child is gone."""
        waiting: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._requests.put((request, waiting))
        answer = await waiting
        self.cpu = answer.cpu
        return answer

    def end(self) -> None:
        """Kill the process; whoever waits for an answer learns that it is gone."""
        with contextlib.suppress(OSError):
            self.process.kill()
        self._requests.put(None)

    def _serve(self) -> None:
        try:
            with self.process:  # at the end its pipes are closed, and it is waited for
                while (job := self._requests.get()) is not None:
                    if not self._do(*job):
                        break
                    del job  # it may be large, and the next may be long in coming
        finally:
            self._delivery.fulfil(self.gone, None)

    def _do(self, request: bytes, waiting: asyncio.Future[Answer]) -> bool:
        """Have one job done, and say whether the child can do another."""
        try:
            answer = _exchange(self.process, request)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError) as error:
            failure = error if isinstance(error, OSError) else EOFError(str(error))
            self._delivery.fail(waiting, TimeoutError() if self._was_overtime() else failure)
            return False
        self._delivery.fulfil(waiting, answer)
        return True

    def _was_overtime(self) -> bool:
        """Whether the kernel ended the process for what it used of the processor."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.process.wait(_DYING) == -getattr(signal, "SIGPROF", 0) != 0
        return False


def _exchange(process: subprocess.Popen[bytes], request: bytes) -> Answer:
    """Write a frame and read the one that answers it."""
    pipe = process.stdin
    assert pipe is not None
    pipe.write(HEADER.pack(len(request)))  # eight bytes go into a pipe in one piece
    rest = memoryview(request)
    while rest:
        rest = rest[pipe.write(rest) :]
    (size,) = HEADER.unpack(_read(process, HEADER.size))
    if size > bounds.MAX_FRAME:
        raise EOFError("the child sent a length that cannot be")
    return Answer(*pickle.loads(_read(process, size)))


def _read(process: subprocess.Popen[bytes], size: int) -> bytearray:
    pipe = process.stdout
    assert pipe is not None
    frame = bytearray(size)
    rest = memoryview(frame)
    while rest:
        count = pipe.readinto(rest)  # type: ignore[attr-defined]  # unbuffered, so it is io.FileIO
        if not count:
            raise EOFError("the child ended")
        rest = rest[count:]
    return frame


def cores() -> int:
    """How many processors this computer has."""
    return os.cpu_count() or 1


class Children:
    """Runs jobs in at most `size` child processes: by default one less than there are cores, from one to MAX_CHILDREN.

    `deadline` is seconds of the processor, of which CHILD_PATIENCE times as many may pass by the clock; `idle` is
    seconds, `memory` bytes of address space, `module` holds the jobs. All methods belong to one event loop.
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
        self.size = min(size or max(1, cores() - 1), bounds.MAX_CHILDREN)
        self._deadline = deadline
        self._memory = memory
        self._idle_time = idle
        self._module = module
        self._slots = asyncio.Semaphore(self.size)
        self._alive: set[_Child] = set()
        self._idle: list[_Child] = []
        self._ending: set[asyncio.Future[None]] = set()
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
            child = self._take()
            answer = None
            try:
                async with asyncio.timeout(limit * bounds.CHILD_PATIENCE):
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

    def _take(self) -> _Child:
        """The child that was busy last, else a new one."""
        if self._closed:
            raise ChildError("The work was stopped: the program is ending.")
        while self._idle:
            child = self._idle.pop()
            if child.rest is not None:
                child.rest.cancel()
            if child.process.poll() is None:
                return child
            self._end(child)
        child = _Child(_start(self._memory, self._module))
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
        child.end()
        self._ending.add(child.gone)
        child.gone.add_done_callback(self._ending.discard)


def _start(memory: int, module: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [
            sys.executable,
            "-P",  # the folder in which the person stands is no place to import from
            "-m",
            "newsreader.worker.child",
            str(memory),
            module,
        ],
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a crash comes back as an answer; the rest is chatter of libraries
        env=_environment(),
    )
    _widen(process)
    return process


def _widen(process: subprocess.Popen[bytes]) -> None:
    """Let a feed and its articles pass in few pieces. Not every system can, nor every account has so much left."""
    if sys.platform == "linux":
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            with contextlib.suppress(OSError):
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _environment() -> dict[str, str]:
    """The environment with which a child finds the very package that runs here, installed or in a checkout."""
    environment = dict(os.environ)
    home = str(Path(newsreader.__file__).parents[1])
    if home != sysconfig.get_path("purelib"):
        before = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join([home, before] if before else [home])
    return environment
