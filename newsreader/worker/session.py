"""The worker's end of the pipe: each line in is a request that gets its answer; the end of input ends the worker."""

from __future__ import annotations

import asyncio
import contextlib
import os
from threading import Thread
from typing import TYPE_CHECKING, Any

from newsreader import bounds, log
from newsreader.errors import NewsreaderError
from newsreader.worker.protocol import Answer, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from newsreader.worker.protocol import Message
    from newsreader.worker.service import Service


def read_lines(file: int, on_line: Callable[[bytes | None], None]) -> None:
    """Call `on_line` on the running loop with each line of a file descriptor, and with None at its end.

    A thread reads, because what stands there may be a pipe, a terminal or a plain file. It is a daemon and takes no
    lock, so it never delays the end of the program. A line longer than MAX_LINE is left out.
    """
    loop = asyncio.get_running_loop()

    def tell(line: bytes | None) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(on_line, line)

    def read() -> None:
        rest = b""
        with contextlib.suppress(OSError):
            while chunk := os.read(file, bounds.MAX_LINE):
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    if len(line) < bounds.MAX_LINE:
                        tell(line)
                rest = rest[: bounds.MAX_LINE]
        tell(None)

    Thread(target=read, name="requests", daemon=True).start()


class Session:
    """Runs the requests of one reader, all at the same time, and sends their answers."""

    def __init__(self, service: Service, emit: Callable[[Message], None]) -> None:
        self._service = service
        self._emit = emit
        self._running: dict[Hashable, asyncio.Task[None]] = {}

    def take(self, line: bytes) -> None:
        """Begin what a line asks for. A line that is no request is noted in the log: nobody could get the answer."""
        request = decode(line)
        if request is None or not isinstance(request.get("id"), int | str):
            if line.strip():
                log.get("worker").warning("not a request: %r", line[:200])
            return
        id_ = request["id"]
        if request.get("request") == "cancel":
            self._cancel(id_, request.get("cancel"))
            return
        task = asyncio.create_task(self._serve(id_, request))
        self._running[id_] = task
        task.add_done_callback(lambda done: self._forget(id_, done))

    async def close(self) -> None:
        """Cancel whatever still runs."""
        tasks = tuple(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _cancel(self, id_: Hashable, other: object) -> None:
        task = self._running.get(other) if isinstance(other, int | str) else None
        if task is not None:
            task.cancel()
        self._emit({"id": id_, "answer": Answer.DONE, "cancelled": task is not None})

    async def _serve(self, id_: Hashable, request: dict[str, Any]) -> None:
        try:
            result = await self._service.answer(request)
        except NewsreaderError as error:
            log.get("worker").info("%s: %s (%s)", request.get("request"), error.phrase, error.cause)
            self._emit(_failed(id_, error.phrase, type(error).__name__))
        except asyncio.CancelledError:
            self._emit(_failed(id_, "This was cancelled.", "Cancelled"))
            raise
        else:
            self._emit({"id": id_, "answer": Answer.DONE, **result})

    def _forget(self, id_: Hashable, task: asyncio.Task[None]) -> None:
        if self._running.get(id_) is task:
            del self._running[id_]
        if not task.cancelled() and (error := task.exception()) is not None:
            # A mistake of ours: the reader is told, the log has the traceback, the worker goes on.
            log.get("worker").error("request %s failed", id_, exc_info=error)
            self._emit(_failed(id_, "An unexpected error; see the log.", "Bug"))


def _failed(id_: Hashable, phrase: str, kind: str) -> Message:
    return {"id": id_, "answer": Answer.FAILED, "phrase": phrase, "kind": kind}
