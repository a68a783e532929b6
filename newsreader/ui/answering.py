"""Asking a language model through the worker: one question at a time, shown as it is answered, stopped by a key."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from newsreader.errors import NewsreaderError
from newsreader.store import Store
from newsreader.ui.answers import Going, answered, articles_of, consent, failed, going, stopped
from newsreader.ui.work import work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.timer import Timer
    from textual.worker import Worker

    from newsreader.ui.answers import Asked
    from newsreader.ui.aside import Aside
    from newsreader.ui.keeping import KeepingPanes

_TICK: Final = 1.0  # seconds between two looks at how long one has waited


class Answering:
    """What was asked last, and how far its answer is; `show` is called with what the panel is to show of it.

    It is called with `keep` where that is more of the same, and nothing should move.
    """

    def __init__(self, main: KeepingPanes, show: Callable[[Aside, bool], None]) -> None:
        self.articles: frozenset[int] = frozenset()
        self._main = main
        self._show = show
        self._going: Going | None = None
        self._host = ""
        self._began = 0.0
        self._timer: Timer | None = None
        self._run: Worker[None] | None = None

    @property
    def running(self) -> bool:
        """Whether an answer is on its way."""
        return self._run is not None

    def begin(self, asked: Asked, *, afresh: bool = False) -> None:
        """Ask; what was on its way before is given up."""
        self._end()
        self._going, self.articles, self._began = Going(asked), frozenset(), monotonic()
        self._paint(keep=False)
        self._timer = self._main.set_interval(_TICK, self._tick)
        self._run = self._main.run_worker(work(self._ask, self._going, afresh), group="answer")

    def again(self) -> bool:
        """Ask the same anew; False where nothing was asked."""
        if self._going is None:
            return False
        self.begin(self._going.asked, afresh=True)
        return True

    def agree(self) -> None:
        """The host may have it: ask again, and send it."""
        if self._going is not None:
            self._main.spawn(self._agree, self._host)

    async def _agree(self, host: str) -> None:
        await self._main.worker.request("agree", host=host)
        if self._going is not None:
            self.begin(self._going.asked)

    def stop(self) -> bool:
        """Stop what is on its way, and leave what came; False where nothing is."""
        if self._run is None or self._going is None:
            return False
        self._end()
        self._show(stopped(self._going, self._again), True)
        return True

    def leave(self) -> None:
        """Nobody looks at it any more."""
        self._end()
        self._going, self.articles = None, frozenset()

    def _end(self) -> None:
        run, self._run = self._run, None
        if run is not None:
            run.cancel()
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    @property
    def _again(self) -> str:
        return self._main.keymap.key_of("refresh")

    def _paint(self, *, keep: bool = True) -> None:
        if self._going is not None:
            self._show(going(self._going, self._main.keymap.key_of("back")), keep)

    def _tick(self) -> None:
        if self._going is not None and self._going.first is None:
            self._going = replace(self._going, seconds=monotonic() - self._began)
            self._paint()

    async def _ask(self, begun: Going, afresh: bool) -> None:
        asked = begun.asked
        arguments = {**asked.about, "ask": str(asked.ask), "question": asked.question, "afresh": afresh}

        def told(message: Mapping[str, Any]) -> None:
            if self._going is not None and self._going.asked is asked and self._run is not None:
                self._take(self._going, message)

        try:
            done = await self._main.worker.request("ask", told=told, **arguments)
            if "consent" in done:
                self._host = str(done["consent"]["host"])
                shown = consent(asked, done["consent"])
            else:
                kept = done.get("reply")
                reply = await self._main.library.call(Store.reply, kept) if isinstance(kept, int) else None
                self.articles = articles_of(reply) if reply is not None else frozenset()
                shown = answered(asked, reply, done, int(self._main.clock()), self._again)
        except NewsreaderError as error:
            shown = failed(self._going or begun, error.phrase, self._again)
        if self._going is not None and self._going.asked is asked and self._run is not None:
            self._run = None
            self._end()
            self._show(shown, False)

    def _take(self, now: Going, message: Mapping[str, Any]) -> None:
        """Take what the worker tells on the way."""
        match message:
            case {"answer": "chunk", "text": str(text)}:
                now = replace(now, text=now.text + text)
            case {"stage": "sent"}:
                now = replace(
                    now,
                    host=str(message.get("host", "")),
                    model=str(message.get("model", "")),
                    sent=int(message.get("characters", 0)),
                    note=str(message.get("note", "")),
                )
            case {"stage": "thinking"}:
                now = replace(now, thinks=True)
            case {"stage": "begun"}:
                now = replace(now, first=float(message.get("seconds", 0)))
        self._going = now
        self._paint()
