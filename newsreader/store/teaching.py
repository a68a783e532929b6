"""Learning the words of a library, by which its bodies are packed, once there are enough of them (`store.wording`)."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from newsreader.bounds import BATCH_TIME
from newsreader.store.part import Part

if TYPE_CHECKING:
    from newsreader.store.condensing import Condenser
    from newsreader.store.wording import Lessons

_FEWEST: Final = (
    1_000  # articles ever seen, from which on words are learnt: what they save is then a hundred times more
)
_ANEW: Final = 8  # times as many since the last time, and they are learnt anew
_LESSONS: Final = 3_000  # bodies that are learnt from, evenly from all
_ENOUGH: Final = 500  # of these, where many articles are gone
_SHARE: Final = 0.5  # of BATCH_TIME


class Teaching(Part):
    """The part of the Store that learns the library's words."""

    _lessons: Lessons | None = None  # on their way: whoever is ended meanwhile begins again
    _from_id = 0
    _tried_at = 0  # the last id when there were too few bodies
    _condenser: Condenser | None = None

    def _learn_some(self) -> bool:
        """Learn a little of the words, where it is time to; whether it was."""
        last = self._last_id()
        if self._lessons is None:
            known = self._db.value("SELECT max(last_id) FROM wording") or 0
            if last < max(_FEWEST, _ANEW * known, 2 * self._tried_at):
                return False
            from newsreader.store.wording import Lessons

            self._lessons, self._from_id = Lessons(), 0
        step = max(1, last // _LESSONS)
        until = monotonic() + BATCH_TIME * _SHARE
        while self._from_id <= last:
            row = self._db.one(
                "SELECT id, html, document, text FROM feed_body WHERE id >= ? ORDER BY id LIMIT 1", (self._from_id,)
            )
            if row is None:
                break
            self._lessons.take(*row[1:])
            self._from_id = max(row[0] + 1, self._from_id + step)
            if monotonic() >= until:
                return True
        lessons, self._lessons = self._lessons, None
        if lessons.taken < _ENOUGH:
            self._tried_at = last
            return True
        self._keep_wording(lessons.wording().dump(), last)
        return True

    def _last_id(self) -> int:
        return int(self._db.value("SELECT seq FROM sqlite_sequence WHERE name = 'status'") or 0)

    def _keep_wording(self, words: bytes, last: int) -> None:
        """Write a wording down, and a copy of it elsewhere in the file: without it no body can be read."""
        from newsreader.store.wording import id_of

        id_ = id_of(words)
        with self._db.transaction():
            self._db.run("INSERT OR REPLACE INTO wording (id, last_id, words) VALUES (?, ?, ?)", (id_, last, words))
            self._db.run("INSERT OR REPLACE INTO wording_copy (id, words) VALUES (?, ?)", (id_, words))
        self._condenser = None

    def _by_words(self) -> Condenser | None:
        """What condenses bodies by the latest wording that is sound; None before there is one."""
        if self._condenser is None:
            copies = "SELECT id, words, -1 FROM wording_copy"
            rows = self._db.all(f"SELECT id, words, last_id FROM wording UNION ALL {copies} ORDER BY 3 DESC")
            if rows:
                from newsreader.store.condensing import Condenser
                from newsreader.store.wording import id_of

                sound = (words for id_, words, _ in rows if id_of(words) == id_)
                self._condenser = next(map(Condenser, sound), None)
        return self._condenser
