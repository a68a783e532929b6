"""A list of the sources that was edited by hand: what is different, to be taken over or written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from newsreader.errors import NewsreaderError
from newsreader.text import one_line
from newsreader.ui.dialogs.frame import Dialog, Hanging, Hints
from newsreader.ui.words import edited as words
from newsreader.ui.work import work

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.binding import BindingType
    from textual.widget import Widget

    from newsreader.ui.requests import Requests

_LONGEST: Final = 400  # characters of a sentence
_SIGNS: Final = {"+": "$foreground", "-": "$warning", "→": "$foreground", "~": "$foreground"}


class EditedScreen(Dialog[str]):
    """Shows the difference; closes with a sentence about what was done about it."""

    HEADING = words.HEADING
    PAGE = "#answer-page"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter", "take", "take it over"),
        ("D", "drop", "write it anew"),
        ("down,j", "scroll(1)", "down"),
        ("up,k", "scroll(-1)", "up"),
        ("escape,q", "dismiss", "close"),
    ]

    def __init__(self, worker: Requests, undo: str) -> None:
        super().__init__()
        self._worker = worker
        self._undo = undo
        self._can_take = self._differs = False

    def content(self) -> list[Widget]:
        """What differs in short, all of it, the keys."""
        page = VerticalScroll(Hanging(), id="answer-page", can_focus=False)
        return [Static("", id="answer"), page, Hints()]

    def on_mount(self) -> None:
        """Ask."""
        self._say(words.LOOKING, "$page-dim")
        self._do(self._look)

    async def _look(self) -> None:
        answer = await self._worker.request("mirror", do="look")
        problem, short = one_line(str(answer.get("problem") or ""), _LONGEST), one_line(str(answer.get("short") or ""))
        self._can_take, self._differs = bool(short), bool(short or problem)
        if not self.is_attached:
            return
        if not self._differs:
            self.dismiss(words.IN_STEP)
            return
        self._say(
            f"{words.differs(short, self._undo)}\n" if short else words.broken(problem),
            "$foreground" if short else "$warning",
        )
        lines = answer.get("lines")
        self.query_one(Hanging).put(_entry(one_line(str(line))) for line in (lines if isinstance(lines, list) else ()))
        self.query_one(Hints).put(*(words.KEYS if short else words.BROKEN_KEYS))
        self.fit()

    def action_take(self) -> None:
        """Let the library say what the file says."""
        if self._can_take:
            self._do(self._take)

    async def _take(self) -> None:
        answer = await self._worker.request("mirror", do="take")
        self.dismiss(words.taken(int(answer.get("sources") or 0), self._undo))

    def action_drop(self) -> None:
        """Let the file say what the library says."""
        if self._differs:
            self._do(self._drop)

    async def _drop(self) -> None:
        answer = await self._worker.request("mirror", do="drop")
        self.dismiss(words.dropped(one_line(str(answer.get("kept")))))

    def action_scroll(self, lines: int) -> None:
        """Scroll what differs."""
        self.query_one("#answer-page", VerticalScroll).scroll_relative(y=lines, animate=False)

    def _say(self, sentence: str, look: str) -> None:
        self.query_one("#answer", Static).update(Content.styled(sentence, look))
        self.fit()

    def _do(self, action: Callable[[], Awaitable[None]]) -> None:
        self.run_worker(work(self._guard, action), group="asking", exclusive=True)

    async def _guard(self, action: Callable[[], Awaitable[None]]) -> None:
        try:
            await action()
        except NewsreaderError as error:
            self._say(error.phrase, "$warning")


def _entry(line: str) -> tuple[Content, Content]:
    sign, _, words_of = line.partition(" ")
    return Content.styled(f"  {sign} ", _SIGNS.get(sign, "$page-dim")), Content.styled(words_of, "$foreground")
