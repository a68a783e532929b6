"""Giving memory back to the system while there is nothing to do."""

from __future__ import annotations

import sys
from contextlib import suppress


def give_back() -> None:
    """Have the C library return what it keeps: after a few large feeds that is half of what a worker holds.

    It takes some milliseconds, in which other threads go on. Only glibc has a call for it; others return memory by
    themselves, or never.
    """
    if sys.platform == "linux":
        import ctypes

        with suppress(AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
