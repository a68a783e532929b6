"""Finding feeds: an address, what it leads to, and a choice among that. The worker looks; the person chooses."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import on
from textual.widgets import Input, Static

from newsreader.errors import NewsreaderError
from newsreader.text import one_line, truncate, without_userinfo
from newsreader.ui.condition import short_address
from newsreader.ui.dialogs.candidates import Candidate, CandidateList, load_candidates, whole_rows
from newsreader.ui.dialogs.frame import Dialog, Hints, Saying
from newsreader.ui.signs import marked
from newsreader.ui.words import adding as words
from newsreader.ui.words import dialogs
from newsreader.ui.work import work

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.binding import BindingType
    from textual.timer import Timer
    from textual.widget import Widget

    from newsreader.model import Source
    from newsreader.ui.requests import Requests

T = TypeVar("T")
_SHOWN: int = 48  # cells of an address in a sentence
_TELL: float = 3.0  # seconds between two words about a search that takes long
_NAME: int = 60  # cells of a source's name


class Finding(Dialog[T]):
    """A line for an address, and below it the feeds it leads to. Escape stops looking, then closes.

    `start` is looked at at once. With `TICKS` several can be taken together. With `AT_ONCE` a single feed is taken
    without a question, if it is what the address names.
    """

    PLACEHOLDER: ClassVar[str] = words.PASTE
    PAGE = "#candidates"
    TICKS: ClassVar[bool] = False
    AT_ONCE: ClassVar[bool] = False
    HINTS: ClassVar[tuple[tuple[str, str], ...]] = (("⏎", words.TAKE_IT), ("esc", dialogs.CLOSE))
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "leave", "back"),
        ("down,j", "move(1)", "down"),
        ("up,k", "move(-1)", "up"),
        ("space", "tick", "choose"),
        ("enter", "take", "take"),
    ]

    def __init__(self, worker: Requests, clock: Callable[[], float], start: str = "") -> None:
        super().__init__()
        self.worker = worker
        self._clock = clock
        self._start = start
        self._asked: tuple[str, dict[str, Any]] = ("", {})
        self._busy = False

    def content(self) -> list[Widget]:
        """The line, what goes on, the feeds, what subclasses add, the keys."""
        line = Input(self._start, placeholder=self.PLACEHOLDER, compact=True, id="address")
        return [
            line,
            Saying("", id="answer"),
            CandidateList(ticks=self.TICKS),
            *self.further(),
            Hints(*self.HINTS),
        ]

    def further(self) -> list[Widget]:
        """What else is to be chosen."""
        return []

    def on_mount(self) -> None:
        """Look at once where an address is given."""
        self._list.display = False
        self.query_one("#answer", Static).display = False
        self.set_focus(self._address)
        if self._start:
            self._look(self._start)

    def part_of(self, room: int) -> int:
        """So many lines that the last feed in view is whole."""
        return whole_rows(room)

    @property
    def _list(self) -> CandidateList:
        return self.query_one(CandidateList)

    @property
    def _address(self) -> Input:
        return self.query_one("#address", Input)

    def say(self, sentence: str, *, look: str = "$page-dim") -> None:
        """Say what goes on, or what went wrong, below the line; an empty sentence takes it away."""
        answer = self.query_one("#answer", Static)
        answer.display = bool(sentence)
        answer.update(marked(sentence, look))
        self.fit()

    # Looking

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        text = self._address.value.strip()
        if text and ((text, self.wishes()) != self._asked or not len(self._list.rows)):
            self._look(text)
        else:
            self.action_take()

    @on(Input.Changed, "#address")
    def _change(self, event: Input.Changed) -> None:
        event.stop()
        if event.value.strip() != self._asked[0] and len(self._list.rows):
            self._list.put((), 0)
            self.say("")

    _clock_hand: Timer
    _since = 0.0

    def _look(self, text: str) -> None:
        self._asked = text, self.wishes()
        self._list.put((), 0)
        self.say(words.looking(truncate(one_line(short_address(text)), _SHOWN)))
        self._begin(lambda: self._find(text))
        self._since = monotonic()
        self._clock_hand = self.set_interval(_TELL, lambda: self._still(text))

    def _still(self, text: str) -> None:
        """Say for how long it has been looked, and how to stop."""
        if not self._busy or self._asked[0] != text:
            self._clock_hand.stop()
            return
        shown = truncate(one_line(short_address(text)), _SHOWN)
        self.say(words.still_looking(shown, round(monotonic() - self._since)))

    def _begin(self, action: Callable[[], Awaitable[None]]) -> None:
        self._busy = True
        self.run_worker(work(self._guard, action), group="asking", exclusive=True)

    async def _guard(self, action: Callable[[], Awaitable[None]]) -> None:
        try:
            await action()
        except NewsreaderError as error:
            self.say(error.phrase, look="$warning")
        self._busy = False

    async def _find(self, text: str) -> None:
        answer = await self.worker.request("find", address=text, **self.wishes())
        found = load_candidates(answer)
        problem = one_line(str(answer.get("problem") or ""), 400)
        if not found:
            self.say(problem or words.NOTHING_FOUND, look="$warning")
        elif len(found) == 1 and self.AT_ONCE and not problem:
            await self.take(found)
        else:
            self.show(found, problem)
        if problem:
            self.refused(answer.get("status"))

    def wishes(self) -> dict[str, Any]:
        """What else the worker is told of what is looked for."""
        return {}

    def refused(self, status: object) -> None:
        """Ask for what the site wants, where its answer of this HTTP status tells."""

    def show(self, found: tuple[Candidate, ...], problem: str) -> None:
        """List what was found, and say why it is not what was asked for where that is so."""
        if problem:
            self.say(words.near(problem, len(found)), look="$warning")
        else:
            self.say(words.found(len(found)))
        self._list.put(found, int(self._clock()))
        self.set_focus(self._list)

    async def take(self, chosen: tuple[Candidate, ...]) -> None:
        """Do what the dialog is for with what was chosen. Raises NewsreaderError."""
        raise NotImplementedError

    # Keys

    def action_move(self, step: int) -> None:
        """Move through the feeds."""
        if self._list.display:
            self.set_focus(self._list)
            self._list.move(step)

    def action_tick(self) -> None:
        """Choose the feed under the cursor, or take the choice back."""
        if self.TICKS and self.focused is self._list:
            self._list.tick()

    def action_take(self) -> None:
        """Take what was chosen."""
        chosen = self._list.chosen
        if chosen and not self._busy:
            self._begin(lambda: self.take(chosen))

    @on(CandidateList.Taken)
    def _click(self) -> None:
        self.action_take()

    def action_leave(self) -> None:
        """Stop looking; when nothing is looked for, close."""
        if self._busy:
            self.workers.cancel_group(self, "asking")
            self._busy = False
            self._asked = ("", {})
            self.say(words.STOPPED)
            self.set_focus(self._address)
        else:
            self.close()

    def close(self) -> None:
        """Close without a choice."""
        self.dismiss(None)


class AddressScreen(Finding[str]):
    """Look for the new address of a source; shows what is there, and closes with the one that was taken."""

    HINTS: ClassVar[tuple[tuple[str, str], ...]] = (("⏎", words.TAKE_ADDRESS), ("esc", dialogs.CLOSE))

    def __init__(self, worker: Requests, clock: Callable[[], float], source: Source) -> None:
        super().__init__(worker, clock, without_userinfo(source.link or source.url))
        self._source = source

    @property
    def heading(self) -> str:
        """Whose address is looked for."""
        return words.new_address(truncate(self._source.title, _NAME))

    def wishes(self) -> dict[str, Any]:
        """Whose address it is to be."""
        return {"source": self._source.id}

    def show(self, found: tuple[Candidate, ...], problem: str) -> None:
        """List what was found; a feed that has the address already is no new one."""
        if not problem and all(each.here == self._source.id for each in found):
            problem = words.WHERE_IT_WAS
            self.say(problem, look="$warning")
        else:
            super().show(found, problem)

    async def take(self, chosen: tuple[Candidate, ...]) -> None:
        """Close with the address."""
        self.dismiss(chosen[0].url)
