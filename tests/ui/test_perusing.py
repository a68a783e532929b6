"""What keys do inside an article: links, finding, paragraphs and headings."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from newsreader.document.blocks import Document, Heading, Mark, Paragraph, Span, Text
from newsreader.ui.dialogs.links import LinksScreen
from newsreader.ui.keys import Where
from tests.ui.desk import Desk, desk
from tests.ui.world import HOUR, NOW, article, fill

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from newsreader.model import ArticleWrite

NEAR, FAR, MAIL = "https://near.test/a?b=1", "https://bücher.test/far", "mailto:ada@near.test"
FILLER = "The harbour office published the minutes the same night and the bakery on the quay copied them out. " * 4


def linked() -> Document:
    """Three links on the first screen, one far below, headings between."""
    first = Paragraph(
        Text("The near one and the far one and a letter.", (Span(4, 8, Mark.LINK, NEAR), Span(21, 24, Mark.LINK, FAR)))
    )
    letter = Paragraph(Text("Write to Ada.", (Span(9, 12, Mark.LINK, MAIL),)))
    filler = [Paragraph(Text(f"Number {n}. {FILLER}")) for n in range(12)]
    last = Paragraph(Text("The ferry at last.", (Span(4, 9, Mark.LINK, "https://ferry.test/"),)))
    return Document((first, letter, Heading(2, Text("The middle")), *filler, Heading(2, Text("The end")), last))


def footnotes() -> Document:
    """A sentence with a note far below, which leads back."""
    marks = (Span(3, 3, Mark.ANCHOR, "there"), Span(8, 11, Mark.LINK, "#note"), Span(8, 11, Mark.SUPERSCRIPT))
    sentence = Paragraph(Text("As said.[1] And so on.", marks))
    gone = Paragraph(Text("See nowhere.", (Span(4, 11, Mark.LINK, "#nowhere"),)))
    filler = [Paragraph(Text(f"Number {n}. {FILLER}")) for n in range(12)]
    note = Paragraph(Text("The note. back", (Span(0, 0, Mark.ANCHOR, "note"), Span(10, 14, Mark.LINK, "#there"))))
    return Document((sentence, gone, *filler, note, *filler[:6]))


@asynccontextmanager
async def opened(
    folder: Path, monkeypatch: Any, size: tuple[int, int] = (100, 30), document: Document | None = None
) -> AsyncIterator[Desk]:
    """An article in the reader, the linked one; what a browser would be given is in `opened_urls`."""
    opened_urls.clear()
    monkeypatch.setattr("newsreader.ui.perusing.open_link", lambda url, browser: opened_urls.append(url))
    writes: dict[str, tuple[ArticleWrite, ...]] = {"Field Notes": (article("Linked", HOUR, document or linked()),)}
    async with desk(folder, size=size, prepare=lambda store: fill(store, writes)) as here:
        await here.press("enter")
        yield here


opened_urls: list[str] = []


def top(here: Desk) -> str:
    """The line on top of the reader."""
    return here.main.reader.render_line(0).text.strip()


def foot(here: Desk) -> str:
    """The last line of the reader."""
    reader = here.main.reader
    return reader.render_line(reader.size.height - 1).text.strip()


class TestLinks:
    async def test_f_puts_letters_on_the_links_and_a_letter_opens_one(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch) as here:
            await here.press("f")
            assert "The aear one and the sar one" in here.text
            assert "Write to dda." in here.text
            assert "letters open" in here.main.foot.plain
            await here.press("s")
            await here.until(lambda: opened_urls == [FAR])
            assert "The near one and the far one" in here.text
            assert "letters open" not in here.main.foot.plain

    async def test_a_capital_copies_instead(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch) as here:
            await here.press("f", "A")
            assert here.app.clipboard == NEAR
            assert f"Copied {NEAR}" in here.main.foot.plain
            assert opened_urls == []

    @pytest.mark.parametrize("key", ["escape", "1", "x"])
    async def test_any_other_key_ends_it_and_does_nothing_else(
        self, tmp_path: Path, monkeypatch: Any, key: str
    ) -> None:
        async with opened(tmp_path, monkeypatch) as here:
            await here.press("f", key)
            assert "The near one and the far one" in here.text
            assert here.at(Where.READER)
            assert opened_urls == []

    async def test_without_links_in_sight_f_says_so(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch) as here:
            await here.press("space", "f")
            assert "no links in sight. U lists all" in here.main.foot.plain
            assert not here.main.reader.hinting
        without = Document((Paragraph(Text("Nothing leads on.")),))
        async with opened(tmp_path / "other", monkeypatch, document=without) as here:
            await here.press("f")
            assert "no links in sight. The article has none." in here.main.foot.plain

    async def test_many_links_have_two_letters(self, tmp_path: Path, monkeypatch: Any) -> None:
        words = "ab cd 漢字 " * 14
        places = [match.start() for match in re.finditer(r"\S+", words)]
        spans = tuple(Span(p, p + 2, Mark.LINK, f"https://example.test/{n}") for n, p in enumerate(places))
        document = Document((Paragraph(Text(words.rstrip(), spans)),))
        async with opened(tmp_path, monkeypatch, document=document) as here:
            await here.press("f", "m")
            assert here.main.reader.hinting
            assert "a字" not in here.text
            await here.press("backspace", "m", "D")
            assert here.app.clipboard == "https://example.test/27"
            assert "ab cd 漢字 ab" in here.text

    async def test_letters_stay_where_the_same_lines_are_set_again(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch) as here:
            await here.press("tab", "f")
            page = here.main.reader.page
            assert page is not None
            here.main.reader.show(page._replace(bookmarked=not page.bookmarked), NOW)
            assert here.main.reader.hinting
            assert here.main.reader.link is not None
            await here.press("a")
            await here.until(lambda: opened_urls == [NEAR])

    async def test_scrolling_takes_no_letters_along(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch) as here:
            await here.press("f")
            await here.pilot.resize_terminal(90, 30)
            await here.settle()
            assert not here.main.reader.hinting
            await here.press("f", "a")
            await here.until(lambda: opened_urls == [NEAR])

    async def test_tab_goes_from_link_to_link_and_enter_opens(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch) as here:
            await here.press("tab")
            assert foot(here).startswith("near.test/a?b=1")
            await here.press("tab")
            assert foot(here).startswith("xn--bcher-kva.test/far")
            await here.press("enter")
            await here.until(lambda: opened_urls == [FAR])
            assert not here.main.zen
            await here.press("tab")
            assert foot(here).startswith("mail to ada@near.test")
            await here.press("tab")
            assert foot(here).startswith("ferry.test")
            assert "The ferry at last." in here.text
            await here.press("shift+tab")
            assert foot(here).startswith("mail to")
            await here.press("escape")
            assert here.at(Where.READER)
            assert not foot(here).startswith("mail to")

    async def test_a_link_that_is_out_of_sight_is_not_opened(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch) as here:
            await here.press("tab", "space")
            assert not foot(here).startswith("near.test")
            await here.press("enter")
            assert here.main.zen
            assert opened_urls == []

    async def test_after_the_last_link_tab_goes_round_the_panes(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch) as here:
            await here.press("G", "tab", "tab")
            assert here.at(Where.SOURCES)
            await here.press("tab", "tab", "tab")
            assert here.at(Where.READER)
            assert foot(here).startswith("ferry.test")

    async def test_shift_u_lists_all_links_with_their_true_sites(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch) as here:
            await here.press("U")
            assert here.on(LinksScreen)
            await here.pilot.pause()
            for words in ("Links   4", "xn--bcher-kva.test/far", "near.test/a?b=1", "mail to ada@near.test", "ferry"):
                assert words in here.text
            await here.press("f", "e", "r", "r", "y")
            assert "xn--bcher" not in here.text
            await here.press("enter")
            await here.until(lambda: opened_urls == ["https://ferry.test/"])
            assert not here.on(LinksScreen)

    async def test_the_list_of_links_copies_too(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch) as here:
            await here.press("U", "down", "ctrl+y")
            await here.until(lambda: not here.on(LinksScreen))
            assert here.app.clipboard == FAR
            assert opened_urls == []

    async def test_a_link_is_saved_by_its_letters_and_from_the_list(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch) as here:

            async def save(address: str) -> dict[str, Any]:
                return {"article": 9, "title": "Far", "new": "far" in address, "problem": None}

            here.worker.answers["save"] = save
            await here.press("f", "+")
            assert "save the page" in here.main.foot.plain
            await here.press("s")
            await here.until(lambda: here.worker.asked("save") == [{"address": FAR}])
            await here.until(lambda: "Saved: Far" in here.main.foot.plain)
            await here.press("U", "ctrl+b")
            await here.until(lambda: "Saved already: Far" in here.main.foot.plain)
            assert len(here.worker.asked("save")) == 2
            assert opened_urls == []

    async def test_an_article_without_links_says_so(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("enter", "U")
            assert "There are no links in this article." in here.main.foot.plain


class TestFootnotes:
    async def test_a_note_is_jumped_to_and_ctrl_o_comes_back(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch, (80, 24), footnotes()) as here:
            await here.press("j", "f", "a")
            assert "▸ The note." in here.text
            assert "ctrl+o goes back." in here.main.foot.plain
            await here.press("ctrl+o")
            assert here.main.reader.top == 1
            assert opened_urls == []

    async def test_a_link_back_from_the_note_works_and_both_ways_are_kept(
        self, tmp_path: Path, monkeypatch: Any
    ) -> None:
        async with opened(tmp_path, monkeypatch, (80, 24), footnotes()) as here:
            await here.press("tab", "enter", "f", "a")
            assert "As said." in here.text
            await here.press("ctrl+o")
            assert "The note." in here.text
            await here.press("ctrl+o")
            assert here.main.reader.top == 0

    async def test_a_note_is_jumped_to_by_a_click(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch, (80, 24), footnotes()) as here:
            reader = here.main.reader
            row = next(y for y in range(reader.size.height) if "As said." in reader.render_line(y).text)
            column = reader.render_line(row).text.index("As said.") + 9
            await here.pilot.click(reader, offset=(column, row + reader.gutter.top))
            await here.settle()
            assert "The note." in here.text

    async def test_a_link_that_leads_nowhere_says_so(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch, (80, 24), footnotes()) as here:
            await here.press("tab", "tab", "enter")
            assert "not in this article" in here.main.foot.plain
            assert here.main.reader.top == 0

    async def test_ways_back_do_not_lead_into_another_article(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("enter", "G", "J", "ctrl+o")
            assert "no way back" in here.main.foot.plain


class TestFinding:
    async def test_slash_finds_while_one_writes_and_n_goes_on(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch) as here:
            await here.press("slash", *"BAKERY")
            await here.until(lambda: foot(here).startswith("1 of 48"))
            await here.press("enter")
            assert here.at(Where.READER)
            assert "next match" in here.main.foot.plain
            await here.press("n", "n")
            assert foot(here).startswith("3 of 48")
            await here.press("N", "N", "N")
            assert foot(here).startswith("48 of 48")
            assert "Number 11." in here.text
            await here.press("n")
            assert foot(here).startswith("1 of 48")

    async def test_every_match_is_lit_and_the_one_gone_to_most(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch) as here:
            await here.press("slash", *"bakery", "enter")
            reader = here.main.reader
            lit = [
                segment.style.bgcolor
                for y in range(reader.size.height)
                for segment in reader.render_line(y)
                if segment.text == "bakery" and segment.style
            ]
            assert len(lit) > 4
            assert len({str(colour) for colour in lit}) == 2
            assert lit.count(lit[0]) == 1

    async def test_escape_ends_it_and_keys_mean_what_they_meant(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch) as here:
            await here.press("slash", *"bakery", "enter", "escape")
            assert here.at(Where.READER)
            assert not here.main.reader.finding
            assert "bookmark" in here.main.foot.plain
            await here.press("n")
            assert "Nothing unread." in here.main.foot.plain

    async def test_escape_while_writing_goes_back_to_the_place(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch) as here:
            await here.press("j", "j", "j")
            before = here.main.reader.top
            await here.press("slash", *"ferry")
            await here.until(lambda: here.main.reader.top > before)
            await here.press("escape")
            assert here.main.reader.top == before
            assert not here.main.reader.finding
            assert here.at(Where.READER)

    async def test_words_that_are_not_there_are_said_and_nothing_moves(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch) as here:
            await here.press("slash", *"zebra", "enter")
            assert foot(here).startswith("“zebra” is not here")
            assert here.main.reader.top == 0
            await here.press("n")
            assert here.main.reader.top == 0

    async def test_matches_survive_another_width(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch) as here:
            await here.press("slash", *"bakery", "enter", "n", "n", "n")
            await here.pilot.resize_terminal(64, 24)
            await here.until(lambda: foot(here).startswith("4 of 48"))
            await here.press("n")
            assert foot(here).startswith("5 of 48")

    async def test_another_article_ends_it(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("enter", "slash", *"ferry", "enter", "J")
            assert not here.main.reader.finding

    async def test_slash_in_a_list_still_searches_everything(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("slash")
            assert here.main.search_line.has_class("-open")
            assert not here.main.foot.find_line.has_class("-open")


class TestMoving:
    async def test_braces_go_by_paragraphs(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch, size=(80, 24)) as here:
            seen = []
            for _ in range(4):
                await here.press("}")
                seen.append(top(here)[:10])
            assert seen == ["The near o", "Write to A", "The middle", "Number 0. "]
            await here.press("j", "j", "{")
            assert top(here).startswith("Number 0.")
            await here.press("{")
            assert top(here) == "The middle"
            await here.press("{", "{", "{")
            assert here.main.reader.top == 0

    async def test_parentheses_go_by_headings(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch, size=(80, 24)) as here:
            await here.press(")")
            assert top(here) == "The middle"
            await here.press(")")
            assert "▸ The end" in here.text
            await here.press(")")
            assert "No heading follows." in here.main.foot.plain
            await here.press("(")
            assert top(here) == "The middle"
            await here.press("(")
            assert here.main.reader.top == 0

    async def test_the_end_and_back(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch, size=(80, 24)) as here:
            await here.press("}", "}", "}", "}")
            before = here.main.reader.top
            await here.press("G")
            assert here.main.reader.progress == 1
            await here.press("ctrl+o")
            assert here.main.reader.top == before
            await here.press("ctrl+o")
            assert "no way back" in here.main.foot.plain

    async def test_back_from_a_find(self, tmp_path: Path, monkeypatch: Any) -> None:
        async with opened(tmp_path, monkeypatch, size=(80, 24)) as here:
            await here.press("j", "j", "slash", *"at last", "enter")
            assert here.main.reader.top > 10
            await here.press("ctrl+o")
            assert here.main.reader.top == 2
