"""Whether the clock can be believed: nothing goes by age while it may be wrong.

The library remembers when it was last in use. A clock that is a day behind that, or more than a year ahead, is believed
once it has gone on so for a day: people do stay away for long, and it may be the one before that was wrong.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from newsreader.bounds import MAX_RETRY_AFTER
from newsreader.store.connection import id_list
from newsreader.store.part import Part
from newsreader.text import iso_utc

if TYPE_CHECKING:
    from collections.abc import Collection

_DAY: Final = 86_400
_HOUR: Final = 3_600
_LEAP: Final = 366 * _DAY
_KEY: Final = "clock"


class Timekeeping(Part):
    """The part of the Store that knows whether to believe the clock."""

    def clock_problem(self) -> str | None:
        """What is wrong with the clock, in a sentence for the person; None where nothing seems to be."""
        now, seen = self._now(), self._seen()[0]
        if seen is None or seen - _DAY <= now <= seen + _LEAP:
            return None
        return (
            f"The clock of this computer says {iso_utc(now)[:10]}, but the library was in use on {iso_utc(seen)[:10]}: "
            "until one of them is right nothing goes by its age, and new articles may get a wrong date."
        )

    def _believes_clock(self) -> bool:
        """Whether what goes by age may go; in a transaction, as the library remembers what it saw."""
        now = self._now()
        seen, leapt = self._seen()
        if seen is not None and not seen - _DAY <= now <= seen + _LEAP:
            if leapt is None or not leapt <= now <= leapt + _LEAP:
                self._remember(seen, now)
                return False
            if now < leapt + _DAY:
                return False
            self._remember(now, None)
        elif seen is None or now >= seen + _HOUR or leapt is not None:
            self._remember(max(now, seen or 0), None)
        return True

    def _seen(self) -> tuple[int | None, int | None]:
        """When the library was last in use by a clock that was believed, and when another one was first met."""
        stored = self._db.value("SELECT value FROM memory WHERE key = ?", (_KEY,))
        with suppress(ValueError, TypeError, RecursionError):  # what a hand wrote there is passed over
            seen, leapt = json.loads(stored)
            if type(seen) is int and type(leapt) in {int, type(None)}:
                return seen, leapt
        return self._db.value("SELECT max(last_success) FROM fetch_state"), None

    def _remember(self, seen: int, leapt: int | None) -> None:
        self._db.run(
            "INSERT INTO memory (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (_KEY, json.dumps([seen, leapt])),
        )

    def _mend_times(self) -> Collection[int]:
        """Take back what a clock that was ahead has left, now that it is believed; gives the articles that moved."""
        now = self._now()
        moved = self._db.column("SELECT id FROM status WHERE here = 1 AND sort_at > ?", (now + _DAY,))
        if moved:
            self._db.run(
                "UPDATE status SET sort_at = ? WHERE id IN (SELECT value FROM json_each(?))", (now, id_list(moved))
            )
        self._db.run("DELETE FROM hold WHERE until > ?", (now + MAX_RETRY_AFTER,))
        return moved
