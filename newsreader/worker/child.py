"""A child: a process of its own that runs one job after the other, for parsers that may hang or grow.

`python -m newsreader.worker.child MEMORY MODULE` reads frames from standard input and answers each on standard output;
the jobs are functions of that module (`newsreader.worker.jobs`), imported with the first one. A frame is its length
(8 bytes, big-endian) and a pickle: `(job, arguments, deadline)` there, `Answer` back. Both ends are this program, so
pickle is safe here. The end of input ends the child. The deadline is seconds of the processor: then the kernel ends it
(SIGPROF). An alarm by the clock ends it when its parent died in mid-job.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
import time
import traceback
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from newsreader.bounds import CHILD_PATIENCE
from newsreader.errors import NewsreaderError
from newsreader.worker.frames import HEADER, Answer, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

NICENESS: Final = 10
_GRACE: Final = 2.0  # seconds after its parent's patience at which a child without a parent ends itself


def main(arguments: Sequence[str]) -> None:
    """Serve jobs until the input ends; `arguments` are the cap of the address space in bytes and the jobs' module."""
    memory, module = int(arguments[0]), arguments[1]
    with contextlib.suppress(OSError):
        be_nice()
    _limit_memory(memory)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl+c in a terminal is for the parent to handle
    reader, writer = _take_streams()
    while (frame := _read_frame(reader)) is not None:
        job, job_arguments, deadline = pickle.loads(frame)
        del frame
        _alarm(deadline)
        answer = _run(module, job, job_arguments, memory)
        del job_arguments
        payload = _pack(answer)
        _alarm(0)
        writer.write(HEADER.pack(len(payload)))
        writer.write(payload)
        writer.flush()
        if answer.tired:
            return


def be_nice() -> None:
    """Give way to the reader: go to nice 10 unless this process is there or beyond. Raises OSError."""
    if sys.platform != "win32" and os.getpriority(os.PRIO_PROCESS, 0) < NICENESS:
        os.setpriority(os.PRIO_PROCESS, 0, NICENESS)


def _take_streams() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipes for frames only: whatever a library prints goes to standard error, what it reads is empty."""
    reader = os.fdopen(os.dup(0), "rb", buffering=0)
    writer = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return reader, writer


def _read_frame(reader: BinaryIO) -> bytes | None:
    header = _read_exactly(reader, HEADER.size)
    return None if header is None else _read_exactly(reader, HEADER.unpack(header)[0])


def _read_exactly(reader: BinaryIO, size: int) -> bytes | None:
    """Read so many bytes; None when the input ended before."""
    parts = []
    while size:
        part = reader.read(min(size, 1 << 20))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _run(module: str, job: str, arguments: Sequence[Any], memory: int) -> Answer:
    """Run one job; whatever happens in it becomes an answer."""
    try:
        value = getattr(import_module(module), job)(*arguments)
    except NewsreaderError as error:
        return Answer(Status.FAILED, error, time.process_time(), _tired(memory))
    except MemoryError:
        return Answer(Status.MEMORY, None, time.process_time(), tired=True)
    except Exception:  # noqa: BLE001 - not swallowed: the parent logs it and one source gets one error
        return Answer(Status.CRASHED, traceback.format_exc(limit=-20), time.process_time(), _tired(memory))
    return Answer(Status.DONE, value, time.process_time(), _tired(memory))


def _pack(answer: Answer) -> bytes:
    try:
        return pickle.dumps(tuple(answer), protocol=5)
    except MemoryError:
        return pickle.dumps((Status.MEMORY, None, answer.cpu, True), protocol=5)
    except (pickle.PicklingError, AttributeError, TypeError, RecursionError):
        values = (Status.CRASHED, traceback.format_exc(limit=-20), answer.cpu, answer.tired)
        return pickle.dumps(values, protocol=5)


def _limit_memory(memory: int) -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    # Some systems (macOS) know the limit and do not let it be set; the deadline still holds there.
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _tired(memory: int) -> bool:
    """Whether this process has grown so much that a fresh one serves better (freed memory is seldom given back)."""
    return _peak() > memory // 4


def _peak() -> int:
    """The most memory that this program held, in bytes; 0 where nobody says.

    Linux hands the peak of the process that started this one down in ru_maxrss; /proc tells this program's own.
    """
    with contextlib.suppress(OSError, IndexError):
        return int(Path("/proc/self/status").read_text(encoding="ascii").split("VmHWM:")[1].split()[0]) * 1024
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415 - there is none on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _alarm(seconds: float) -> None:
    """Have the kernel end this process after so many seconds of work, even in a library's loop; 0 takes that back."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.setitimer(signal.ITIMER_REAL, seconds * CHILD_PATIENCE + _GRACE if seconds else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
