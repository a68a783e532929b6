"""The worker as a process: `newsreader fetch`, once or with `--watch`, with or without a reader at its pipe."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import stat
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from newsreader import __version__, log
from newsreader.config import Files
from newsreader.errors import LibraryError, NewsreaderError
from newsreader.fetch.fetcher import Fetcher
from newsreader.store import Store
from newsreader.store.schema import SCHEMA
from newsreader.worker.backing_up import Backups
from newsreader.worker.child import be_nice
from newsreader.worker.children import Children, cores
from newsreader.worker.library import OWN, Library
from newsreader.worker.lock import FileLock
from newsreader.worker.protocol import PROTOCOL, encode
from newsreader.worker.recovery import bring_back
from newsreader.worker.service import Service
from newsreader.worker.session import Session, read_lines
from newsreader.worker.tools import Meter, Tools, Wishes
from newsreader.worker.watch import Follower, Mirror, Watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from newsreader.config import Config, Paths
    from newsreader.model import Keep
    from newsreader.worker.protocol import Message
    from newsreader.worker.refresh import Outcome

_CLOSING: Final = 0.6  # seconds that the library's last write may take when the worker is told to end
_RETIRING: Final = 200  # short steps of retention after a refresh without `--watch`, which has no idle moments
_INTERRUPTED: Final = 130  # what a shell expects of a program that was stopped


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """What `newsreader fetch` was asked for.

    `sources` are ids, or None for those that are due; `everything` means every one. `watch` goes on until stopped;
    `requests` reads requests from standard input, and its end stops the worker; `window` can undo what they do.
    """

    sources: tuple[int, ...] | None = None
    everything: bool = False
    watch: bool = False
    requests: bool = False
    window: str = OWN


class Reporter(Protocol):
    """Where events and answers go; see `worker.protocol` for what they are."""

    def emit(self, message: Message) -> None:
        """Show or send one message. Raises OSError when nobody is there any more: then the worker ends."""


class JsonLines:
    """The reporter of `--events` and `--requests`: one JSON object a line."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def emit(self, message: Message) -> None:
        """Write the message and see to it that it leaves at once."""
        self._stream.write(encode(message))
        self._stream.flush()


def main(options: FetchOptions, paths: Paths, reporter: Reporter, *, clock: Callable[[], float] = time.time) -> int:
    """Run the worker and give the exit status: 0 when every source was tried, 1 when all of them failed.

    Raises LibraryError when the library cannot be opened. The caller ends with `leave`, so that a worker that is told
    to stop does so within a second.
    """
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(run(options, paths, reporter, clock=clock))
    finally:
        loop.close()


def leave(status: int) -> int:
    """Give the status back; where a name server or a disk holds up a thread of this process, end it without waiting."""
    if any(not thread.daemon and thread is not threading.main_thread() for thread in threading.enumerate()):
        with contextlib.suppress(OSError):
            sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return status


async def run(options: FetchOptions, paths: Paths, reporter: Reporter, *, clock: Callable[[], float]) -> int:
    """The worker in a running event loop; see `main`."""
    if options.watch:
        with contextlib.suppress(OSError):
            be_nice()
    stop = asyncio.Event()
    emit = _until_broken(reporter, stop)
    emit({"event": "hello", "program": __version__, "schema": SCHEMA, "protocol": PROTOCOL})
    try:
        library = await Library.open(paths.library, clock=clock, window=options.window)
    except LibraryError as error:
        emit({"event": "notice", "text": error.phrase})
        raise
    # A single refresh takes every core, at nice 10; one that runs beside a reader leaves a core to it.
    children = Children(None if options.watch else cores())
    try:
        async with Fetcher(clock=clock) as fetcher:
            files = Files(paths)
            tools = Tools(
                library, fetcher, children, clock, emit, lambda: _wishes(files.current(), clock()), files.current
            )
            return await _Process(options, paths, tools, stop, files).run()
    finally:
        await children.close()
        await library.close(_CLOSING)


class _Process:
    """One run of the worker."""

    def __init__(self, options: FetchOptions, paths: Paths, tools: Tools, stop: asyncio.Event, files: Files) -> None:
        self._options = options
        self._paths = paths
        self._tools = tools
        self._stop = stop
        self._files = files
        self._meter = Meter(tools.children, cpu_from_start=True)
        self._service = Service(tools)
        self._lock = FileLock(paths.schedule_lock)
        self._mirror = Mirror(self._service, paths.mirror)
        self._service.edited = self._mirror.answer
        self._backups = Backups(paths, tools.library, tools.clock, tools.emit)
        self._session = Session(self._service, tools.emit)

    async def run(self) -> int:
        self._stop_on_signals()
        self._stop_without_reader()
        if self._options.requests:
            read_lines(sys.stdin.fileno(), self._take)
        work = asyncio.create_task(self._work())
        stopped = asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait((work, stopped), return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                return work.result()
            return 0 if self._options.watch or self._options.requests else _INTERRUPTED
        finally:
            for task in (work, stopped):
                task.cancel()
            await asyncio.gather(work, stopped, self._session.close(), return_exceptions=True)
            self._lock.release()

    async def _work(self) -> int:
        await self._begin()
        if self._options.watch:
            await Watch(self._service, self._lock, self._mirror, keep=self._keep, back_up=self._backups.keep).run()
        outcome = await self._once()
        if self._options.requests:
            await self._stop.wait()
        return 1 if outcome.all_failed else 0

    async def _begin(self) -> None:
        """What comes first: see that sources and handbook are there, and say what is odd about the library."""
        library = self._tools.library
        try:
            await library.call(bring_back, self._paths)
            await self._service.refresher.take_handbook()
        except NewsreaderError as error:
            # A library that takes no writes can still be read, and says so by itself.
            log.get("worker").warning("%s (%s)", error.phrase, error.cause)
        for text in await library.call(_notices):
            self._tools.emit({"event": "notice", "text": text})

    async def _once(self) -> Outcome:
        """Refresh once: here with the schedule lock, through its holder without."""
        options, service = self._options, self._service
        if not self._lock.acquire():
            states = await service.refresher.chosen(options.sources, everything=options.everything)
            outcome = await Follower(service, self._lock).follow(states)
            self._tools.emit({"event": "readable", **self._meter.read()})
            await service.put_in_place()
            self._tools.emit({"event": "indexed", **self._meter.read()})
            return outcome
        outcome = await service.refresh(options.sources, everything=options.everything, meter=self._meter)
        while asked := await self._tools.library.call(Store.requested):
            # Others asked for these meanwhile, and wait. An asking is over once it was tried, so this ends.
            await service.refresh(sorted(asked), meter=self._meter)
        await self._mirror.keep()
        await service.articles.fetch_bookmarked()  # by cron alone nobody else would
        await service.refresher.index()
        await service.rediscovery.look()
        await self._backups.keep()
        keep = self._keep()
        for _ in range(_RETIRING):
            if not await self._tools.library.call(Store.retire_some, keep):
                break
        return outcome

    def _keep(self) -> Keep:
        """How long articles are kept, as it is set now."""
        return self._files.current().retention

    def _take(self, line: bytes | None) -> None:
        if line is None:
            self._stop.set()
        else:
            self._session.take(line)

    def _stop_on_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            # Not on Windows, and only in the main thread: elsewhere the default stays, which ends the process.
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                asyncio.get_running_loop().add_signal_handler(number, self._stop.set)

    def _stop_without_reader(self) -> None:
        """End when nobody reads the pipe of our output any more (`| head`), even while there is nothing to say."""
        with contextlib.suppress(NotImplementedError, OSError, ValueError):
            output = sys.stdout.fileno()
            if stat.S_ISFIFO(os.fstat(output).st_mode):
                asyncio.get_running_loop().add_reader(output, self._nobody_reads, output)

    def _nobody_reads(self, output: int) -> None:
        asyncio.get_running_loop().remove_reader(output)  # a pipe's writing end is ready to be read only when it broke
        self._stop.set()


def _wishes(config: Config, now: float) -> Wishes:
    """What is set for all sources, at this moment of the person's day."""
    local = time.localtime(now)
    quiet = config.is_quiet(local.tm_hour * 60 + local.tm_min)
    return Wishes(config.seconds, config.full_text_mode, by_itself=config.interval != "manual" and not quiet)


def _notices(store: Store) -> tuple[str, ...]:
    return tuple(text for text in (store.recovered, store.notice, store.clock_problem()) if text)


def _until_broken(reporter: Reporter, stop: asyncio.Event) -> Callable[[Message], None]:
    """Emit to the reporter until nobody reads there any more; then stop the worker."""

    def emit(message: Message) -> None:
        if stop.is_set():
            return
        try:
            reporter.emit(message)
        except OSError:
            stop.set()

    return emit
