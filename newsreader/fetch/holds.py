"""Hosts that are not asked, for every source they serve: that asked to be left alone, or that do not answer."""

from __future__ import annotations

import time
from datetime import datetime
from typing import TYPE_CHECKING

from newsreader.bounds import HOST_HOLD, HOST_SILENCE, MAX_RETRY_AFTER, SILENT_TRIES
from newsreader.errors import FetchError, HeldBack
from newsreader.fetch.addresses import is_loopback

if TYPE_CHECKING:
    from collections.abc import Callable


class Holds:
    """Remembers who is to be left alone. `clock` gives Unix seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until: dict[str, int] = {}

    def put(self, host: str, until: int) -> None:
        """Leave a host alone until then: Unix seconds, at most MAX_RETRY_AFTER ahead. A longer hold stays."""
        until = min(until, int(self._clock()) + MAX_RETRY_AFTER)
        if until > self._clock():
            self._until[host] = max(until, self._until.get(host, 0))

    def now(self) -> dict[str, int]:
        """The hosts that are to be left alone now, and until when."""
        now = self._clock()
        # One that is further ahead than any can be was noted before the clock was set back.
        self._until = {host: until for host, until in self._until.items() if now < until <= now + MAX_RETRY_AFTER}
        return dict(self._until)

    def check(self, host: str) -> None:
        """Raise HeldBack for a host that is to be left alone."""
        if not self._until or (until := self.now().get(host)) is None:
            return
        raise HeldBack(
            f"{host} asked to be left alone until {self._said(until)}.",
            "held back",
            until=until,
            retry_after=until - int(self._clock()),
        )

    def note(self, host: str, failure: FetchError) -> None:
        """Take note of a host that is asked too often or is too busy (429, 503).

        This machine is nobody's shared host: behind its one name stand as many servers as programs, each for itself.
        """
        if failure.status in {429, 503} and not is_loopback(host):
            wait = HOST_HOLD if failure.retry_after is None else failure.retry_after
            self.put(host, int(self._clock()) + wait)

    def _said(self, until: int) -> str:
        """A moment as a person here says it: the time, with the day unless it is today."""
        moment, now = (datetime.fromtimestamp(seconds).astimezone() for seconds in (until, self._clock()))
        return f"{moment:%H:%M}" if moment.date() == now.date() else f"{moment:%Y-%m-%d %H:%M}"


class Silences:
    """Remembers hosts that gave no answer several times in a row, each after a long wait.

    A host with a hundred feeds that is down would else hold up a refresh for minutes. `clock` is monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._hosts: dict[str, tuple[int, float, FetchError]] = {}

    def note(self, host: str, failure: FetchError) -> None:
        """Count a failure without an answer; the servers of this machine are each for itself."""
        if not is_loopback(host):
            tries, since, _ = self._hosts.get(host, (0, 0.0, failure))
            recent = self._clock() - since < HOST_SILENCE
            self._hosts[host] = (tries + 1 if recent else 1, self._clock(), failure)

    def clear(self, host: str) -> None:
        """It answered."""
        self._hosts.pop(host, None)

    def check(self, host: str) -> None:
        """Raise once more what the last try at a silent host came to."""
        tries, since, failure = self._hosts.get(host, (0, 0.0, None))
        if failure is not None and tries >= SILENT_TRIES and self._clock() - since < HOST_SILENCE:
            raise type(failure)(failure.phrase, failure.cause)
