"""Adding: paste any address, or give an OPML file. The worker finds out what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from textual.content import Content
from textual.widgets import Input, Static

from newsreader.errors import NewsreaderError
from newsreader.text import count_of, one_line, without_userinfo
from newsreader.ui.dialogs.frame import Dialog, hints
from newsreader.ui.work import work

if TYPE_CHECKING:
    from textual.widget import Widget

    from newsreader.ui.requests import Requests

T = TypeVar("T")
_OTHERS: int = 9  # other feeds of a page that are offered: each has a digit


class _Asking(Dialog[T]):
    """A dialog of one line that asks the worker; the answer, or what went wrong, stands below the line."""

    PLACEHOLDER = ""
    WORKING = ""
    HINTS = ("⏎", "add")

    def __init__(self, worker: Requests) -> None:
        super().__init__()
        self._worker = worker

    def content(self) -> list[Widget]:
        """The line, the answer, the hints."""
        line = Input(placeholder=self.PLACEHOLDER, compact=True)
        return [line, Static("", id="answer"), Static(hints(self.HINTS, ("esc", "close")), classes="hints")]

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the line."""
        event.stop()
        self.take(event.value.strip())

    def take(self, text: str) -> None:
        """Ask about what was entered."""
        if text:
            self.say(Content.styled(self.WORKING, "$page-dim"))
            self.run_worker(work(self._try, text), exclusive=True)

    async def _try(self, text: str) -> None:
        try:
            await self.ask(self._worker, text)
        except NewsreaderError as error:
            self.say(Content.styled(error.phrase, "$warning"))

    def say(self, answer: Content) -> None:
        """Show something below the line."""
        self.query_one("#answer", Static).update(answer)

    async def ask(self, worker: Requests, text: str) -> None:
        """Put the question. Raises NewsreaderError."""
        raise NotImplementedError


class AddScreen(_Asking[int]):
    """Add a source; closes with its id. Other feeds of the same page are offered by digits."""

    HEADING = "Add a source"
    PLACEHOLDER = "Paste any address: a site, a channel, a feed"
    WORKING = "Looking for a feed there…"

    def __init__(self, worker: Requests) -> None:
        super().__init__(worker)
        self._added: int | None = None
        self._others: list[dict[str, Any]] = []

    async def ask(self, worker: Requests, text: str) -> None:
        """Add the address."""
        answer = await worker.request("add", address=text, folder=None)
        self._added = int(answer["source"])
        self._others = [each for each in answer.get("others") or () if isinstance(each, dict)][:_OTHERS]
        if not self._others:
            self.dismiss(self._added)
            return
        lines = [
            ("Added ", ""),
            (one_line(without_userinfo(str(answer.get("title") or text)), 80), "bold"),
            (".\n\n", ""),
        ]
        lines.append(("The page has other feeds too; a digit adds one, ⏎ goes to the new source.\n", "$page-dim"))
        for number, other in enumerate(self._others, 1):
            name = one_line(without_userinfo(str(other.get("title") or other.get("url"))), 60)
            lines += [(f"\n {number}  ", "$accent"), (name, "")]
        self.say(Content.assemble(*lines))
        line = self.query_one(Input)
        line.value = ""
        line.placeholder = "⏎ goes to the new source"

    def take(self, text: str) -> None:
        """Ask, or close when all is said."""
        if self._added is not None and not text:
            self.dismiss(self._added)
        else:
            super().take(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """A digit alone adds one of the other feeds."""
        event.stop()
        text = event.value.strip()
        if self._others and text.isdecimal() and 0 < int(text) <= len(self._others):
            chosen = self._others[int(text) - 1]
            event.input.value = ""
            self.take(str(chosen.get("url")))

    async def action_dismiss(self, result: int | None = None) -> None:
        """Close; what was added is gone to all the same."""
        self.dismiss(self._added if result is None else result)


class ImportScreen(_Asking[str]):
    """Import an OPML file; closes with a sentence about what came in."""

    HEADING = "Import OPML"
    PLACEHOLDER = "Path of the file, for example ~/subscriptions.opml"
    WORKING = "Reading the file…"
    HINTS = ("⏎", "import")

    async def ask(self, worker: Requests, text: str) -> None:
        """Import the file."""
        answer = await worker.request("import", path=text)
        new = count_of(int(answer.get("new") or 0), "new source")
        known = int(answer.get("known") or 0)
        also = f", {known:,} known already" if known else ""
        problems = [one_line(str(each), 120) for each in answer.get("problems") or ()][:1]
        self.dismiss(" ".join([f"{new} from {one_line(text, 60)}{also}.", *problems]))
