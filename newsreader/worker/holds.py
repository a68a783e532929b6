"""Hosts that asked to be left alone: what the Fetcher is told of them outlives the process that was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.store import Store

if TYPE_CHECKING:
    from newsreader.worker.tools import Tools


class Holds:
    """Keeps the Fetcher's holds in the library, and gives it those of other processes."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._kept: dict[str, int] = {}

    async def take_over(self) -> None:
        """Tell the Fetcher what the library knows."""
        self._kept = await self._tools.library.call(Store.held)
        for host, until in self._kept.items():
            self._tools.fetcher.hold(host, until)

    async def keep(self) -> None:
        """Write down what the Fetcher was told since: no source of such a host is due before."""
        for host, until in self._tools.fetcher.holds.items():
            if self._kept.get(host, 0) < until:
                self._kept[host] = until
                await self._tools.library.call(Store.hold_host, host, until)
