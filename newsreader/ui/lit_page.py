"""A page with passages that are lit: those that the person highlighted, and the one that is being chosen by keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from textual.message import Message

from newsreader.ui.passages import Passages, sentences
from newsreader.ui.turning import TurningPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.model import Place
    from newsreader.ui.matching import Match


_LIT: Final = "▎"


class LitPage(TurningPage, inherit_bindings=False):
    """A page in which passages are highlighted, sentence by sentence; what the mouse marked needs no such choosing."""

    class Highlighted(Message):
        """The person chose a passage to highlight: its words stand at the place."""

        def __init__(self, article_id: int, place: Place) -> None:
            self.article_id = article_id
            self.place = place
            super().__init__()

    class Unlit(Message):
        """The person took these highlights away."""

        def __init__(self, highlights: Sequence[int]) -> None:
            self.highlights = tuple(highlights)
            super().__init__()

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - the name is textual's
        super().__init__(id=id, classes=classes)
        self._passages = Passages(())
        self._sentences: list[Match] = []
        self._first = self._last = 0  # of the sentences, those that are chosen

    def page_changed(self, *, other: bool) -> None:
        """Find the highlights anew, and choose nothing any more."""
        super().page_changed(other=other)
        self._sentences = []
        self._passages = Passages(self.page.highlights if self.page is not None else ())
        self._light()

    def lines_laid(self) -> None:
        """Find highlights on the further lines, too."""
        super().lines_laid()
        if self._light():
            self.repaint()

    def spans_on(self, number: int) -> Sequence[tuple[int, int, str]]:
        """What is highlighted on a line, and what is being chosen."""
        spans = [(start, end, "lit") for start, end, _ in self._passages.on_line(number)]
        for sentence in self._sentences[self._first : self._last + 1]:
            spans += [(start, end, "chosen") for line, start, end in sentence.parts if line == number]
        return spans

    def sign_at(self, number: int) -> str:
        """Where the eye goes on, and what is highlighted: it shows where there are no colours."""
        return super().sign_at(number) or (_LIT if self._passages.on_line(number) else "")

    def _light(self) -> bool:
        """Find the highlights in what is laid; False where nothing changes."""
        if self.sheet is None or not self._passages:
            return False
        return self._passages.take(self.sheet, done=self.sheet.body.done)

    def go_to_highlight(self, highlight: int) -> bool:
        """Go to a highlighted passage, and leave a way back; False where its words are not in this text."""
        self.lay_all()
        self._light()
        line = self._passages.line_of(highlight)
        if line is None:
            return False
        self.leave_way_back()
        self.reveal(line)
        self.mark(line)
        return True

    # Choosing a passage by keys

    @property
    def choosing(self) -> bool:
        """Whether a passage is being chosen."""
        return bool(self._sentences)

    def begin_choosing(self) -> bool:
        """Choose the first sentence that is whole in sight; False where there is none."""
        if self.sheet is None:
            return False
        self.lay_all()
        self._sentences = sentences(self.sheet)
        after = (number for number, each in enumerate(self._sentences) if each.line >= self.top)
        self._first = self._last = next(after, len(self._sentences) - 1)
        self.repaint()
        return self.choosing

    def take_choice(self, key: str) -> None:
        """Take a key while a passage is being chosen."""
        match key:
            case "j" | "down":
                self._choose(self._last + 1, self._last + 1)
            case "k" | "up":
                self._choose(self._first - 1, self._first - 1)
            case "l" | "right" | "J" | "shift+down":
                self._choose(self._first, self._last + 1)
            case "h" | "left" | "K" | "shift+up":
                self._choose(self._first, max(self._first, self._last - 1))
            case "enter" | "H" | "space":
                self._take_chosen()
            case "x" | "delete":
                self._take_away()
            case _:
                self.end_choosing()

    def end_choosing(self) -> bool:
        """Choose nothing any more; False where nothing was chosen."""
        chosen, self._sentences = self.choosing, []
        self.repaint()
        return chosen

    def _choose(self, first: int, last: int) -> None:
        end = len(self._sentences) - 1
        self._first, self._last = min(max(first, 0), end), min(max(last, 0), end)
        moving = self._sentences[self._last if last > first else self._first]
        self.reveal(moving.line)
        self.repaint()

    def _take_chosen(self) -> None:
        first, last = self._sentences[self._first], self._sentences[self._last]
        (line, start), (end_line, _, end) = first.start, last.parts[-1]
        self.end_choosing()
        if self.sheet is not None:
            self.highlight(line, self.sheet.text(line, end_line, start, end))

    def _take_away(self) -> None:
        chosen = self._sentences[self._first : self._last + 1]
        lit = dict.fromkeys(id_ for sentence in chosen for id_ in self._passages.touching(sentence))
        self.end_choosing()
        if lit:
            self.post_message(self.Unlit(tuple(lit)))

    def highlight(self, line: int, words: str) -> None:
        """Ask to highlight words that begin on a line."""
        page = self.page
        if page is not None and self.sheet is not None and not page.changes and words.strip():
            place = replace(self.sheet.place(line), words=words.strip())
            self.post_message(self.Highlighted(page.article_id, place))
