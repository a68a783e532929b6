"""What every part of the worker works with, and its account of time."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsreader.model import FullTextMode

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsreader.config import Config
    from newsreader.fetch.fetcher import Fetcher
    from newsreader.worker.children import Children
    from newsreader.worker.library import Library
    from newsreader.worker.protocol import Message


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person set for all sources.

    Seconds between two askings (None: as often as they post), whether their articles open as full text, and whether
    anything is refreshed by itself at this moment.
    """

    every: int | None = None
    full_text: FullTextMode = FullTextMode.AUTO
    by_itself: bool = True


@dataclass(frozen=True, slots=True)
class Tools:
    """The library, the network, the children, the clock (Unix seconds), where events go, and what the person wants.

    `config` gives all that is set, for what asks a language model.
    """

    library: Library
    fetcher: Fetcher
    children: Children
    clock: Callable[[], float]
    emit: Callable[[Message], None]
    wishes: Callable[[], Wishes] = Wishes
    config: Callable[[], Config] | None = None

    def now(self) -> int:
        """This moment in whole Unix seconds."""
        return int(self.clock())


class Meter:
    """Seconds by the wall and of the processor, all processes together, since it was made."""

    def __init__(self, children: Children, *, cpu_from_start: bool = False) -> None:
        """`cpu_from_start` counts the processor from the start of this process: what a one-shot `fetch` costs."""
        self._children = children
        self._wall = time.monotonic()
        self._cpu = 0.0 if cpu_from_start else self._used()

    def read(self) -> dict[str, float]:
        """The seconds so far, as events carry them."""
        return {"wall": round(time.monotonic() - self._wall, 3), "cpu": round(self._used() - self._cpu, 3)}

    def _used(self) -> float:
        # The children that ended stand in the account of this process, those alive said themselves what they used.
        times = os.times()
        ended = times.children_user + times.children_system
        return times.user + times.system + ended + self._children.cpu_seconds()
