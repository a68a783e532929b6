"""The worker as the reader sees it: a program it starts, asks over a pipe, and starts again when it died.

A leaf: it imports nothing of the worker but the protocol, so the reader loads no network and no parser.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
from typing import TYPE_CHECKING, Any, Final

from newsreader import __version__, bounds, log
from newsreader.errors import NewsreaderError, WorkerError
from newsreader.worker.protocol import PROTOCOL, Answer, decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from newsreader.worker.protocol import Message

_READY: Final = 15.0  # seconds that a request waits for a worker that is being started
_GRACE: Final = 0.4  # seconds for each way of ending the worker, the polite one first
_STEADY: Final = 60.0  # seconds after which a worker counts as sound, and the next restart is quick again


def _nowhere(message: Message) -> None:
    del message


class Worker:
    """Keeps a worker running from `start` to `close`; all in one event loop.

    `command` is argv. `on_event` gets every event, on the loop. What the worker writes to standard error goes to the
    end of `log_path`. `backoff` are the seconds before each restart; the last one repeats.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        log_path: Path | None = None,
        on_event: Callable[[Message], None] = _nowhere,
        backoff: Sequence[float] = bounds.WORKER_BACKOFF,
    ) -> None:
        self.on_event = on_event
        self._command = tuple(command)
        self._log_path = log_path
        self._backoff = tuple(backoff)
        self._numbers = itertools.count(1)
        self._pending: dict[int, asyncio.Future[Message]] = {}
        self._listeners: dict[int, Callable[[Message], None]] = {}
        self._process: asyncio.subprocess.Process | None = None
        self._ready = asyncio.Event()
        self._supervisor: asyncio.Task[None] | None = None
        self._mismatch = False

    async def start(self) -> None:
        """Begin to keep a worker running. Returns at once; starting twice does nothing."""
        if self._supervisor is None:
            self._supervisor = asyncio.create_task(self._supervise())

    @property
    def running(self) -> bool:
        """Whether a worker is there and has said hello."""
        return self._ready.is_set()

    @property
    def pid(self) -> int | None:
        """The process id of the worker, if there is one."""
        return None if self._process is None else self._process.pid

    async def request(self, kind: str, *, told: Callable[[Message], None] | None = None, **arguments: Any) -> Message:
        """Ask for something and wait for the result; cancelling this cancels it in the worker.

        `told` hears of what comes before the result: `progress` and `chunk`, told apart by `answer`. Raises WorkerError
        when there is no worker or it dies meanwhile, and NewsreaderError with the phrase of a failure.
        """
        await self._wait_until_ready()
        id_ = next(self._numbers)
        line = encode({"id": id_, "request": kind, **arguments})
        answer: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._pending[id_] = answer
        if told is not None:
            self._listeners[id_] = told
        try:
            self._send(line)
            return _result(await answer)
        except asyncio.CancelledError:
            with contextlib.suppress(WorkerError):
                self._send(encode({"id": next(self._numbers), "request": "cancel", "cancel": id_}))
            raise
        finally:
            self._pending.pop(id_, None)
            self._listeners.pop(id_, None)

    async def close(self) -> None:
        """End the worker, within about a second whatever it does. Waiting requests fail."""
        supervisor, self._supervisor = self._supervisor, None
        if supervisor is not None:
            supervisor.cancel()
            await asyncio.gather(supervisor, return_exceptions=True)

    async def _wait_until_ready(self) -> None:
        if self._supervisor is None:
            raise WorkerError("The worker is not running.")
        try:
            async with asyncio.timeout(_READY):
                await self._ready.wait()
        except TimeoutError as error:
            raise WorkerError("The worker does not start; `newsreader doctor` shows where the log is.") from error

    def _send(self, line: bytes) -> None:
        process = self._process
        if process is None or process.stdin is None or process.stdin.is_closing():
            raise WorkerError("The worker is not running; it is being started again.")
        process.stdin.write(line)

    async def _supervise(self) -> None:
        """Start the worker, read what it says until it ends, and begin again."""
        loop, deaths = asyncio.get_running_loop(), 0
        while True:
            started = loop.time()
            try:
                await self._run_once()
            except OSError as error:
                log.get("client").warning("the worker cannot be started: %s", error)
            if loop.time() - started > _STEADY:
                deaths = 0
            pause = self._backoff[min(deaths, len(self._backoff) - 1)]
            deaths += 1
            log.get("client").warning("the worker ended; it is started again in %g seconds", pause)
            await asyncio.sleep(pause)

    async def _run_once(self) -> None:
        process = await self._spawn()
        self._process = process
        try:
            await self._listen(process)
        finally:
            self._ready.clear()
            self._process = None
            self._fail_pending()
            await asyncio.shield(_end(process))

    async def _spawn(self) -> asyncio.subprocess.Process:
        errors = _open_log(self._log_path)
        try:
            return await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
                limit=2 * bounds.MAX_LINE,
                start_new_session=True,  # ctrl+c in the terminal is the reader's; the pipe's end ends the worker
            )
        finally:
            if errors != asyncio.subprocess.DEVNULL:
                os.close(errors)

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        """Read messages until the worker ends or speaks another protocol."""
        assert process.stdout is not None
        greeted = False
        while True:
            try:
                line = await process.stdout.readline()
            except ValueError:  # longer than any line of ours
                log.get("client").warning("the worker sent a line without end")
                return
            if not line:
                return
            message = decode(line)
            if message is None:
                log.get("client").warning("the worker sent no message: %r", line[:200])
                continue
            if not greeted:
                if not self._greets(message):
                    return
                greeted = True
                self._ready.set()
            self._take(message)

    def _greets(self, message: Message) -> bool:
        """Whether this is the hello of a worker that fits this reader; if not, the reader is told once."""
        same = (message.get("program"), message.get("protocol")) == (__version__, PROTOCOL)
        if message.get("event") == "hello" and same:
            return True
        log.get("client").warning("not the worker of this program: %s", message)
        if not self._mismatch:
            self._mismatch = True
            self.on_event({"event": "notice", "text": "newsreader was updated meanwhile: leave it and start it again."})
        return False

    def _take(self, message: Message) -> None:
        if "event" in message:
            self.on_event(message)
            return
        answer = self._pending.get(message.get("id", 0))
        if answer is None or answer.done():
            return
        if message.get("answer") in {Answer.PROGRESS, Answer.CHUNK}:
            if (told := self._listeners.get(message["id"])) is not None:
                told(message)
            elif message["answer"] == Answer.PROGRESS:
                self.on_event({"event": "progress", **message})
        else:
            answer.set_result(message)

    def _fail_pending(self) -> None:
        for answer in self._pending.values():
            if not answer.done():
                answer.set_exception(WorkerError("The worker ended in the middle of this; it is being started again."))


def _result(message: Message) -> Message:
    """What an answer holds, without what only the pipe needs. Raises NewsreaderError for a failure."""
    if message.get("answer") == Answer.FAILED:
        raise NewsreaderError(str(message.get("phrase") or "The worker could not do this."), str(message.get("kind")))
    return {key: value for key, value in message.items() if key not in {"id", "answer"}}


def _open_log(path: Path | None) -> int:
    """A descriptor for the worker's standard error: the end of the log, or nowhere when it takes nothing."""
    if path is not None:
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    return asyncio.subprocess.DEVNULL


async def _end(process: asyncio.subprocess.Process) -> None:
    """End a worker: by the end of its input, else by asking, else by force; then let go of its pipes."""
    if process.stdin is not None:
        process.stdin.close()
    gone = asyncio.create_task(process.communicate())  # reads on, so that a full pipe holds nobody up
    for insist in (process.terminate, process.kill):
        await asyncio.wait((gone,), timeout=_GRACE)
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                insist()
    await gone
