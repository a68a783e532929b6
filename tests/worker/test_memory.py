from __future__ import annotations

import ctypes
from pathlib import Path

from newsreader.worker.memory import give_back


def resident() -> int:
    """Bytes of memory that this process holds, where /proc tells it."""
    status = Path("/proc/self/status")
    return int(status.read_text().split("VmRSS:")[1].split()[0]) * 1024 if status.exists() else 0


def test_memory_of_what_is_gone_is_given_back() -> None:
    parts = [bytes(60_000) for _ in range(1_000)]
    last = parts.pop()  # it keeps what lies before it from being given back by itself
    parts.clear()
    before = resident()
    give_back()
    assert resident() <= before
    if before and hasattr(ctypes.CDLL(None), "malloc_trim"):
        assert resident() < before - 30_000_000
    assert len(last) == 60_000
