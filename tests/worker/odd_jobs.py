"""Jobs that no parser should do, for the tests of the children."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from typing import Any

from newsreader.errors import FetchError, NotAFeed


def echo(value: Any) -> Any:
    return value


def pid() -> int:
    return os.getpid()


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, 0)


def modules() -> list[str]:
    return sorted(sys.modules)


def hang() -> None:
    while True:
        pass


def hang_in_c(seconds: int) -> None:
    ctypes.PyDLL(None).sleep(seconds)  # PyDLL keeps the lock, as a hanging parser does


def eat() -> int:
    return len(bytearray(4 << 30))


def grow(megabytes: int) -> int:
    return len(b"x" * (megabytes << 20))


def die() -> None:
    os._exit(3)


def fail() -> None:
    raise NotAFeed("This is a web page, not a feed.", "html")


def fail_with_status() -> None:
    raise FetchError("It is gone.", status=410)


def crash() -> None:
    raise ZeroDivisionError("a mistake of ours")


def recurse() -> None:
    recurse()


def chatter() -> str:
    print("noise on the frame pipe")
    os.write(1, b"noise from C")
    sys.stdout.flush()
    return sys.stdin.read()


def unpicklable() -> Any:
    return lambda: None


def work(seconds: float) -> float:
    while time.process_time() < seconds:
        pass
    return time.process_time()


def wait(seconds: float) -> bool:
    time.sleep(seconds)
    return True


def work_more(seconds: float) -> bool:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return True
