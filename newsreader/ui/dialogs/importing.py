"""Importing sources: from a file that the person names, or what newsboat left; and what came of it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from newsreader.errors import NewsreaderError
from newsreader.text import one_line
from newsreader.ui.dialogs.asking import Paths, complete
from newsreader.ui.dialogs.frame import Dialog, Hanging, Hints
from newsreader.ui.signs import marked
from newsreader.ui.words import dialogs
from newsreader.ui.words import first_start as words
from newsreader.ui.work import work

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.widget import Widget

    from newsreader.ui.requests import Requests

_LONGEST: int = 400  # characters of a fault of the file


class ImportScreen(Dialog[str]):
    """Import a file, or the `paths` given, one after another; closes with a sentence about what came in.

    What is to be known of it, such as what could not be taken, is listed before it closes.
    """

    HEADING = words.IMPORT
    PAGE = "#answer-page"
    PLACEHOLDER: ClassVar[str] = words.PATH
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "leave", "close"),
        ("enter", "leave", "go on"),
        ("down,j", "scroll(1)", "down"),
        ("up,k", "scroll(-1)", "up"),
        ("tab", "complete", "complete"),
    ]

    def __init__(self, worker: Requests, paths: tuple[str, ...] = (), *, heading: str = "") -> None:
        super().__init__()
        self._heading = heading
        self._worker = worker
        self._paths = paths
        self._sentence: str | None = None

    @property
    def heading(self) -> str:
        """What is imported."""
        return self._heading or self.HEADING

    def content(self) -> list[Widget]:
        """The line, the answer, the keys."""
        line = [] if self._paths else [Input(placeholder=self.PLACEHOLDER, compact=True, suggester=Paths())]
        page = VerticalScroll(Static("", id="answer"), Hanging(id="problems"), id="answer-page", can_focus=False)
        return [*line, page, Hints(("⏎", dialogs.IMPORT), ("tab", dialogs.COMPLETE), ("esc", dialogs.CLOSE))]

    def on_mount(self) -> None:
        """Begin at once where the files are known."""
        if self._paths:
            self._begin(self._paths)

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        text = event.value.strip()
        if self._sentence is not None:
            self.action_leave()
        elif text:
            self._begin((text,))

    def _begin(self, paths: tuple[str, ...]) -> None:
        self.run_worker(work(self._import, paths), group="importing", exclusive=True)

    async def _import(self, paths: tuple[str, ...]) -> None:
        totals: dict[str, int] = {}
        problems: list[str] = []
        for number, path in enumerate(paths):
            self._say(Content.styled(words.reading(one_line(path, 60)), "$page-dim"))
            try:
                answer = await self._worker.request("import", path=path)
            except NewsreaderError as error:
                problems.append(error.phrase)
                continue
            # What the first file named is known when the next one names it too: that is no news.
            add_up(totals, answer if number == 0 else answer | {"known": 0})
            problems += problems_of(answer)
        if not totals:
            self._say(marked("\n".join(problems), "$warning"))
            return
        self._sentence = words.imported(totals)
        if not problems:
            self.dismiss(self._sentence)
            return
        self.query_one(Hanging).put(
            (Content.styled("  · ", "$page-dim"), Content.styled(problem, "$page-dim")) for problem in problems
        )
        self._say(Content.assemble((self._sentence, "$foreground"), (f"\n\n{words.TO_BE_KNOWN}", "$page-dim")))
        for line in self.query(Input):
            line.display = False
        self.set_focus(None)
        self.query_one(Hints).put(("⏎", dialogs.GO_ON), ("j/k", dialogs.SCROLL))

    def _say(self, said: Content) -> None:
        self.query_one("#answer", Static).update(said)
        self.fit()

    async def action_complete(self) -> None:
        """Take the path that is proposed."""
        for line in self.query(Input):
            await complete(line)

    def action_scroll(self, lines: int) -> None:
        """Scroll what is to be known."""
        self.query_one("#answer-page", VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Close, with what came in."""
        self.dismiss(self._sentence)


def add_up(totals: dict[str, int], answer: dict[str, Any]) -> None:
    """Add the numbers of an answer to those of the answers before it."""
    for key in ("added", "known", "queries", "smart", "rules", "articles", "bookmarked", "saved", "again"):
        value = answer.get(key)
        totals[key] = totals.get(key, 0) + (value if isinstance(value, int) else 0)


def problems_of(answer: dict[str, Any]) -> list[str]:
    """What of a file could not be taken, cleaned."""
    problems = answer.get("problems")
    return [one_line(str(each), _LONGEST) for each in problems] if isinstance(problems, list) else []
