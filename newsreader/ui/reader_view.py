"""The reader pane: a page with what can be done in it: links chosen by keys and mouse, words found, text selected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.message import Message

from newsreader.ui.finding_page import FindingPage
from newsreader.ui.links import Deed, shown_address
from newsreader.ui.looks import CSS
from newsreader.ui.page_links import PART, PageLink, hints, is_own, links_on
from newsreader.ui.painting import LINK, selected, stamped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rich.segment import Segment
    from textual import events
    from textual.content import Content
    from textual.selection import Selection

    from newsreader.ui.page import Page

_LOOK_AHEAD: Final = 200  # lines laid at once in looking for the next link


class ReaderView(FindingPage, inherit_bindings=False):
    """The page in the reader pane."""

    DEFAULT_CSS = CSS

    class LinkChosen(Message):
        """A link of the text was chosen: `url` begins with http, https, mailto or #; `deed` says what to do with it."""

        def __init__(self, url: str, deed: Deed = Deed.OPEN) -> None:
            self.url = url
            self.deed = deed
            super().__init__()

    class LineClicked(Message):
        """A line was clicked where no link stands."""

        def __init__(self, line: int) -> None:
            self.line = line
            super().__init__()

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - the name is textual's
        super().__init__(id=id, classes=classes)
        self._pressed: tuple[int, int] | None = None
        self._hints: dict[str, PageLink] = {}
        self._typed = ""
        self._saves = False  # whether the link that is chosen by its letters is saved
        self._link: PageLink | None = None
        self.tell_own: Callable[[str], str] = lambda _: ""
        """Says what keys do with a link under the article."""
        self._talk = False, False

    def show(self, page: Page, now: int) -> None:
        """Show a page; `now` (Unix seconds) dates it. What is selected stays so if it stands where it stood."""
        selected = self.selected_words() if self.is_mounted else ""
        super().show(page, now)
        if not selected or selected != self.selected_words():
            self._forget_selection()

    def clear(self, message: Content | str = "") -> None:
        """Show no article but a sentence; a `str` is taken literally, never as markup."""
        self._forget_selection()
        super().clear(message)

    def page_changed(self, *, other: bool) -> None:
        """Letters and the chosen link stay if they stand where they stood."""
        super().page_changed(other=other)
        if self._link is not None and is_own(self._link.target) and not other:
            self._link = self._find_own(self._link.target)
        if self._talk != (talk := (self.in_discussion, self.has_comments)):
            self._talk = talk
            self.post_message(self.KeysChanged())
        if other or not self._links_stand():
            self._hints, self._typed, self._link = {}, "", None

    @property
    def in_discussion(self) -> bool:
        """Whether comments are shown in place of an article."""
        return self.page is not None and self.page.thread is not None

    @property
    def has_comments(self) -> bool:
        """Whether there are any of them."""
        thread = self.page.thread if self.page is not None else None
        return thread is not None and thread.discussion is not None and bool(thread.discussion.comments)

    def on_resize(self) -> None:
        """End the letters: what is in sight is another part of the page."""
        self._hints, self._typed = {}, ""

    def _links_stand(self) -> bool:
        """Whether the links that are lettered or chosen are where they were: the page was only set again."""
        if self.sheet is None:
            return False
        if self._hints and list(self._hints.values()) != self._links(self.top, self.top + self.room):
            return False
        link = self._link
        return link is None or link in links_on(self.sheet.line, link.line, link.parts[-1][0] + 1)

    def _find_own(self, target: str) -> PageLink | None:
        """A link above or under the text where it stands now: what is above it may have been folded."""
        sheet = self.sheet
        if sheet is None:
            return None
        above = links_on(sheet.line, 0, sheet.text_begins)
        under = links_on(sheet.line, sheet.text_height, sheet.height) if sheet.body.done else ()
        return next((link for link in (*above, *under) if link.target == target), None)

    def spans_on(self, number: int) -> Sequence[tuple[int, int, str]]:
        """What is highlighted and found on a line, and the chosen link."""
        spans = list(super().spans_on(number))
        if self._link is not None:
            spans += [(start, end, "chosen") for line, start, end in self._link.parts if line == number]
        return spans

    def painted(self, segments: Iterable[Segment], number: int) -> Iterable[Segment]:
        """Paint what is selected, and the letters of the links."""
        selection = self.text_selection
        span = selection.get_span(number) if selection is not None else None
        if span is not None:
            segments = selected(segments, *span, self.screen.get_component_rich_style("screen--selection"))
        if self._hints:
            segments = self._lettered(segments, number)
        return segments

    def foot_words(self) -> str:
        """Where the chosen link leads, else how many places were found."""
        if self.link is not None:
            target = self.link.target
            return self.tell_own(target) if is_own(target) else shown_address(target)
        return super().foot_words()

    # Links by letters

    def begin_hints(self) -> bool:
        """Put letters on the links in sight; False where there are none."""
        if self.sheet is None:
            return False
        links = self._links(self.top, self.top + self.room)
        self._hints = dict(zip(hints(len(links)), links, strict=False))
        self._typed, self._saves = "", False
        self.repaint()
        return bool(self._hints)

    @property
    def hinting(self) -> bool:
        """Whether letters stand on the links."""
        return bool(self._hints)

    @property
    def saving(self) -> bool:
        """Whether the letters save the page that a link leads to."""
        return self._saves

    def take_hint(self, key: str) -> None:
        """Take a key while letters stand on the links; a capital chooses the link to copy it, + has letters save it.

        Other keys end it.
        """
        if key in {"+", "plus"} and not self._typed:
            self._saves = not self._saves
            return
        typed = self._typed[:-1] if key == "backspace" else self._typed + key.lower()
        chosen = self._hints.get(typed)
        if chosen is not None:
            self._end_hints()
            self.choose(chosen, Deed.SAVE if self._saves else Deed.COPY if key.isupper() else Deed.OPEN)
        elif any(letters.startswith(typed) for letters in self._hints):
            self._typed = typed
            self.repaint()
        else:
            self._end_hints()

    def _end_hints(self) -> None:
        self._hints, self._typed = {}, ""
        self.repaint()

    def _lettered(self, segments: Iterable[Segment], number: int) -> Iterable[Segment]:
        """Put the letters of a line's links over their beginnings."""
        line = list(segments)
        look = self.look(("hint",))
        for letters, link in self._hints.items():
            if link.line == number and letters.startswith(self._typed):
                at = self.left + link.parts[0][1]
                line = stamped(line, at, letters[len(self._typed) :], look)
        return line

    # Links one after the other

    def next_link(self, step: int) -> bool:
        """Choose the next link (step 1) or the one before (step -1), from what is in sight on; False at the last."""
        self._set_link(self._find_link(step))
        return self._link is not None

    @property
    def link(self) -> PageLink | None:
        """The link that is chosen, as long as it is in sight."""
        shown = range(self.top, self.top + self.room)
        return self._link if self._link is not None and any(line in shown for line, _, _ in self._link.parts) else None

    def all_links(self) -> list[PageLink]:
        """All links of the article."""
        self.lay_all()
        links = links_on(self.sheet.line, 0, self.sheet.text_laid) if self.sheet is not None else ()
        return [link for link in links if not is_own(link.target)]

    def choose(self, link: PageLink, deed: Deed = Deed.OPEN) -> None:
        """Follow a link, or do something else with it."""
        self.post_message(self.LinkChosen(link.target, deed))

    def leave_link(self) -> bool:
        """Choose no link any more; False where none was chosen."""
        chosen = self._link is not None
        self._set_link(None)
        return chosen

    def heading(self, step: int) -> bool:
        """Go to the next heading or the one before; that of a part under the article is chosen, to fold it."""
        moved = super().heading(step)
        line = self._standing()
        links = links_on(self.sheet.line, line, line + 1) if self.sheet is not None else ()
        self._set_link(next((link for link in links if link.target.startswith(PART)), None))
        return moved

    @property
    def shows_under(self) -> bool:
        """Whether anything under the article is in sight."""
        return self.sheet is not None and self.top + self.room > self.sheet.text_height

    def _links(self, first: int, end: int) -> list[PageLink]:
        """The links on some lines that lead anywhere; the headings under the article are gone to as headings are."""
        links = links_on(self.sheet.line, first, end) if self.sheet is not None else ()
        return [link for link in links if not link.target.startswith(PART)]

    def _find_link(self, step: int) -> PageLink | None:
        if self.sheet is None:
            return None
        shown, here = range(self.top, self.top + self.room), self.link
        if step < 0:
            before = here.start if here else (shown.stop, 0)
            links = [link for link in self._links(0, before[0] + 1) if link.start < before]
            return links[-1] if links else None
        after = here.start if here else (shown.start, -1)
        first, end = after[0], shown.stop
        while True:
            self.lay(end)
            for link in self._links(first, min(end, self.sheet.laid)):
                if link.start > after:
                    return link
            if end >= self.sheet.laid:
                return None
            end += _LOOK_AHEAD

    def _set_link(self, link: PageLink | None) -> None:
        before, self._link = self._link, link
        self.repaint_lines(line for each in (before, link) if each is not None for line, _, _ in each.parts)
        if link is not None:
            self.reveal(link.line)
        self.repaint_foot()

    def begin_find(self) -> None:
        """Remember where the person is, and choose no link any more."""
        self.leave_link()
        super().begin_find()

    # Mouse and selection

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where a click began: a drag that ends on a link chooses text, not the link."""
        self._pressed = (event.x, event.y)

    def on_click(self, event: events.Click) -> None:
        """Follow a link that was clicked."""
        link = event.style.meta.get(LINK)
        if event.button != 1 or self._pressed != (event.x, event.y):
            return
        self.post_message(self.LinkChosen(link) if isinstance(link, str) else self.LineClicked(self.top + event.y))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Give the words that are selected, without margins and bars, wrapped lines joined."""
        sheet = self.sheet
        if sheet is None:
            return None
        first, last = (selection.start.y if selection.start else 0), (selection.end.y if selection.end else None)
        if last is None:
            sheet.body.lay()
            last = sheet.text_height - 1
        start = selection.start.x - self.left if selection.start else 0
        end = selection.end.x - self.left if selection.end else None
        return sheet.text(first, last, max(start, 0), None if end is None else max(end, 0)).strip("\n"), "\n"

    def selected_words(self) -> str:
        """The words that are selected, none where nothing is."""
        selection = self.text_selection
        found = self.get_selection(selection) if selection is not None else None
        return found[0] if found else ""

    def highlight_selected(self) -> bool:
        """Highlight the words that are selected; False where nothing is."""
        selection, words = self.text_selection, self.selected_words()
        if selection is None or not words.strip():
            return False
        self._forget_selection()
        self.highlight(selection.start.y if selection.start else 0, words)
        return True

    def selection_updated(self, selection: Selection | None) -> None:
        """Paint what is selected now."""
        del selection  # it is read line by line, when they are painted
        self.repaint()

    def _forget_selection(self) -> None:
        if self.is_mounted and self.text_selection is not None:
            self.screen.clear_selection()
