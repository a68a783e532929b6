"""What the worker tells: how far a refresh is, that there is no network, what a rule found, that it ended."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final, Protocol

from newsreader.text import one_line
from newsreader.ui.words import news as words

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.app import App

    from newsreader.config import Config
    from newsreader.model import Source
    from newsreader.ui.foot import Foot
    from newsreader.ui.keymap import Keymap
    from newsreader.ui.pace import Pace
    from newsreader.ui.requests import Requests


_PATIENCE: Final = 12  # looks without a worker, four a second, after which that is said


class Scene(Protocol):
    """What of the screen a herald needs."""

    foot: Foot
    worker: Requests
    config: Config
    keymap: Keymap
    clock: Callable[[], float]
    pace: Pace

    @property
    def app(self) -> App[object]:
        """The app, which can ring the bell."""

    def has_class(self, name: str) -> bool:
        """Whether the window is of a kind."""

    def asked_for_comments(self, article_id: int, host: str) -> None:
        """A host is being asked for the comments on an article."""

    def say_why_empty(self) -> None:
        """Have an empty list say why it is."""

    def feeds(self) -> tuple[Source, ...]:
        """The sources that are refreshed."""

    def spawn(self, action: Callable[[str, str], Coroutine[None, None, None]], first: str, second: str, /) -> None:
        """Do something beside the commands."""


class Herald:
    """Takes the events of the worker and says at the foot what is in them."""

    def __init__(self, main: Scene) -> None:
        self._main = main
        self._progress: tuple[int, int, int] | None = None  # what waits until the person presses no keys
        self._failed: int | None = 0  # sources in this refresh; None when there is no network, and none is to blame
        self._worker_ran = False
        self.fetching = False  # whether a refresh runs
        self._absent = 0  # how often in a row no worker was there
        self._offline = False
        self._library = ""  # why the library is only read, in a sentence

    def greet(self) -> None:
        """Say how old the news is."""
        last = self._last_success()
        if last and not self._main.has_class("-low"):
            self._main.foot.say(words.last_refreshed(last, self._now()))

    def hear(self, event: dict[str, Any]) -> None:
        """Take an event of the worker."""
        match event:
            case {"event": "refresh", "done": int(done), "total": int(total)}:
                self._failed = self._failed if done else 0
                self._progress = (done, total, self._failed or 0)
                if self.fetching != (done < total):
                    self.fetching = done < total
                    self._main.say_why_empty()
                if not self._main.pace.is_quick:
                    self.show_progress()
            case {"event": "source", "error": None, "waits": None}:
                self._offline = False
                self.stand()
            case {"event": "source", "error": str()} if self._failed is not None:
                self._failed += 1  # the event that counts it as done comes next
            case {"event": "notice", "text": str(text), "offline": True}:
                self._failed, self._offline = None, True
                self.stand()
                self._main.foot.say(words.offline(one_line(text), self._last_success(), self._now()), warning=True)
            case {"event": "notice", "text": str(text)}:
                key = self._main.keymap.key_of("edited")
                more = [words.shows_edits(key)] if event.get("edited") is True else []
                self._main.foot.say(" ".join((one_line(text), *more)), warning=True)
            case {"event": "comments", "article": int(article_id), "host": str(host)}:
                self._main.asked_for_comments(article_id, one_line(host))
            case {"event": "told", "text": str(text)}:
                self._tell(one_line(text))

    def show_progress(self) -> None:
        """Show how far the refresh is, where that was not shown yet."""
        if self._progress is not None:
            self._main.foot.show_progress(*self._progress, self._main.keymap.key_of("health"))
            self._progress = None

    def watch_worker(self) -> None:
        """Say that the worker ended; called again and again."""
        running = self._main.worker.running
        if self._worker_ran and not running:
            self._main.foot.show_progress(0, 0)
            self._main.foot.say(words.WORKER_ENDED)
        self._worker_ran = running
        self._absent = 0 if running else self._absent + 1
        self.stand()

    def library_is_read(self, why: str) -> None:
        """The library is only read, which `why` explains in a sentence."""
        self._library = why
        self.stand()

    def stand(self) -> None:
        """Show what holds for longer than a message stays, with the age of the news as it is now."""
        if self._library:
            self._main.foot.stand(self._library, words.READ_ONLY)
        elif self._absent > _PATIENCE:
            self._main.foot.stand(words.WORKER_STARTS, words.STARTS)
        elif self._offline:
            self._main.foot.stand(words.stands_offline(self._last_success(), self._now()), words.OFFLINE)
        else:
            self._main.foot.stand("")

    def _tell(self, text: str) -> None:
        """Tell of articles for which a rule or a source asks: at the foot, and by bell and program where that is set.

        The worker tells once a refresh. In quiet hours neither rings nor pops up anything.
        """
        config, now = self._main.config, time.localtime(self._main.clock())
        self._main.foot.say(text)
        if config.is_quiet(now.tm_hour * 60 + now.tm_min):
            return
        if config.bell:
            self._main.app.bell()
        if config.notify_command:
            self._main.spawn(self._notify, config.notify_command, text)

    @staticmethod
    async def _notify(command: str, text: str) -> None:
        from newsreader.ui.programs import notify_by_command

        await notify_by_command(command, text)

    def _last_success(self) -> int:
        return max((source.last_success or 0 for source in self._main.feeds()), default=0)

    def _now(self) -> int:
        return int(self._main.clock())
