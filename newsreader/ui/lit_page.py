"""A page with passages that are lit: those that the person highlighted, and the one that is being chosen by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.message import Message

from newsreader.ui.matching import Match, Matches, Stretch, stretches
from newsreader.ui.passages import Passages, sentences
from newsreader.ui.turning import TurningPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.document.blocks import Document
    from newsreader.model import Place


_LIT: Final = "▎"
_POINTS: Final = "▸"


class LitPage(TurningPage, inherit_bindings=False):
    """A page in which passages are highlighted, sentence by sentence; what the mouse marked needs no such choosing."""

    class Highlighted(Message):
        """The person chose a passage to highlight: its words stand at the place."""

        def __init__(self, article_id: int, place: Place) -> None:
            self.article_id = article_id
            self.place = place
            super().__init__()

    class TextChanged(Message):
        """Another text is shown now, of this article or of another one."""

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
        self._document: Document | None = None
        self._pointed: tuple[str, int, bool] | None = None  # words that the panel speaks of, their block, all of it
        self._pointed_at: Match | None = None

    def page_changed(self, *, other: bool) -> None:
        """Find the highlights anew, and choose nothing any more."""
        super().page_changed(other=other)
        self._sentences = []
        self._passages = Passages(self.page.highlights if self.page is not None else ())
        self._light()
        document = self.page.document if self.page is not None else None
        if document is not self._document:
            self._document = document
            self.post_message(self.TextChanged())
        if other:
            self._pointed = self._pointed_at = None
        elif self._pointed is not None:
            self._pointed_at = self._find_pointed(*self._pointed)

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
        if self._pointed_at is not None:
            spans += [(start, end, "told") for line, start, end in self._pointed_at.parts if line == number]
        return spans

    def sign_at(self, number: int) -> str:
        """Where the eye goes on, and what is highlighted: it shows where there are no colours."""
        pointed = self._pointed_at is not None and number == self._pointed_at.line
        return super().sign_at(number) or (_POINTS if pointed else _LIT if self._passages.on_line(number) else "")

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

    # What the panel beside the text speaks of

    def point_at(self, words: str, block: int, *, whole: bool = False) -> bool:
        """Light words in a block of the text, and move nothing; False where they are not there.

        Where they are not all there as they stand, or with `whole`, all of the block is lit.
        """
        self._pointed, before = (words, block, whole), self._pointed_at
        self._pointed_at = self._find_pointed(words, block, whole)
        self._repaint_pointed(before, self._pointed_at)
        return self._pointed_at is not None

    def point_nowhere(self) -> None:
        """Light nothing of that kind any more."""
        before, self._pointed, self._pointed_at = self._pointed_at, None, None
        self._repaint_pointed(before)

    def go_to_pointed(self) -> bool:
        """Bring it into sight; False where it is not in this text."""
        if self._pointed_at is None:
            return False
        self.reveal(self._pointed_at.line)
        return True

    def _find_pointed(self, words: str, block: int, whole: bool) -> Match | None:
        if self.sheet is None:
            return None
        lines = self.sheet.lines_of(block)
        matches = Matches(words)
        for running, _ in stretches(self.sheet.line, lines.start, lines.stop, done=True) if lines and not whole else ():
            matches.look(running)
        if matches.found:
            return matches.found[0]
        parts = ((each, stretch.match(0, len(stretch.text))) for each in lines if (stretch := self._line_alone(each)))
        every = tuple(part for _, match in parts if match is not None for part in match.parts)
        return Match(every) if every else None

    def _line_alone(self, number: int) -> Stretch | None:
        line = self.sheet.line(number) if self.sheet is not None else None
        return Stretch(number, (line,)) if line is not None and line.words.strip() else None

    def _repaint_pointed(self, *matches: Match | None) -> None:
        self.repaint_lines(line for each in matches if each is not None for line, _, _ in each.parts)

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
        if page is not None and self.sheet is not None and page.is_article and words.strip():
            place = self.sheet.place(line)._replace(words=words.strip())
            self.post_message(self.Highlighted(page.article_id, place))
