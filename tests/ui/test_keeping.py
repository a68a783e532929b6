from __future__ import annotations

from pathlib import Path

from textual.geometry import Offset
from textual.selection import Selection
from textual.widgets import Input

from newsreader.document.blocks import VERSION, Document, Paragraph, Text, dump
from newsreader.model import FullText, Place, Query, SavedPage, Scope, SourceKind, Tag
from newsreader.store import Store
from newsreader.ui.dialogs.keeping import KeepScreen
from newsreader.ui.dialogs.passages import PassagesScreen
from newsreader.ui.keys import Where
from newsreader.worker.saving import blank
from tests.ui.desk import Desk, desk, nothing
from tests.ui.world import NOW, fill


async def type_in(here: Desk, words: str) -> None:
    for letter in words:
        await here.press("space" if letter == " " else letter)


async def test_later_and_tags_and_a_note_show_at_once_and_are_undone(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        title = here.cursor
        await here.press("L")
        assert "◷" in here.text
        await here.until(lambda: here.head(title).later)  # painted at once, written behind it
        await here.press("t")
        assert here.on(KeepScreen)
        await type_in(here, "#ferries port")
        await here.press("enter")
        await here.until(lambda: here.head(title).tags == ("ferries", "port"))
        assert "#ferries #port" in here.text
        await here.press("S")
        await type_in(here, "x")
        await here.press("escape")
        assert not here.head(title).bookmarked
        await here.press("S", "tab")
        await type_in(here, "For Monday")
        await here.press("enter")
        await here.until(lambda: here.head(title).bookmarked and here.head(title).noted)
        await here.press("u")
        assert not here.head(title).bookmarked
        await here.press("u")
        assert here.head(title).tags == ()
        await here.press("u")
        assert not here.head(title).later
        assert "◷" not in here.text


async def test_a_tag_is_completed_from_those_used_most(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        known = (Tag("harbour", 5), Tag("ferries", 3), Tag("fares", 1))
        taken: list[object] = []
        screen = KeepScreen("Tags", ["old"])
        here.app.push_screen(screen, taken.append)
        await here.settle()
        screen.put(known, "")
        await here.settle()
        assert "#harbour   #ferries   #fares" in here.text
        await type_in(here, "f")
        assert "#ferries   #fares" in here.text
        assert "#harbour" not in here.text
        await here.press("down", "tab")
        await type_in(here, "FERRIES")
        assert "#" not in here.text.split("esc")[0].split("fares FERRIES")[-1]
        await here.press("enter")
        assert taken == [("old fares FERRIES", None)]


async def test_later_lists_what_waits_longest_first(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        first, second = here.main.browsing.ids[:2]
        await here.press("j", "L", "k", "L")
        await here.main.go(Query(Scope.LATER))
        await here.settle()
        assert set(here.main.browsing.ids) == {first, second}
        assert "Longest waiting" in here.text
        await here.press("L")
        assert set(here.main.browsing.ids) == {first, second}


async def test_a_second_window_sees_what_the_first_wrote(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        head = here.head(here.cursor)
        with Store.open(here.path, clock=lambda: NOW, window="other") as other:
            other.tag([head.id], ["from-there"])
            other.later([head.id], True)
        await here.until(lambda: "#from-there" in here.text and "◷" in here.text)


async def test_a_passage_is_chosen_by_keys_lit_listed_and_taken_away(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(100, 30)) as here:
        await here.press("enter", "H")
        assert here.main.reader.choosing
        await here.press("j", "l", "enter")
        await here.until(lambda: here.main.reading.article and here.main.reading.article.highlights)
        article = here.main.reading.article
        await here.until(lambda: "▎" in here.text)
        assert article is not None
        await here.press("P")
        assert here.on(PassagesScreen)
        assert "“Nobody lives on the island" in here.text
        await here.press("enter")
        assert not here.on(PassagesScreen)
        await here.press("P", "x")
        await here.until(lambda: here.head(here.title).highlights == 0)
        await here.until(lambda: "▎" not in here.text)
        await here.press("u")
        await here.until(lambda: "▎" in here.text)


async def test_without_an_article_there_is_nothing_to_highlight(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(100, 30), prepare=nothing) as here:
        await here.press("escape")
        here.main.action_highlight()
        assert "no text here" in here.main.foot.plain
        here.main.action_passages()
        assert "Nothing is highlighted" in here.main.foot.plain


async def test_what_the_mouse_marked_is_highlighted(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(100, 30)) as here:
        await here.press("enter")
        reader = here.main.reader
        assert reader.sheet is not None
        line = reader.sheet.text_begins
        here.main.selections = {reader: Selection(Offset(reader.left + 4, line), Offset(reader.left + 11, line))}
        await here.press("H")
        await here.until(lambda: here.main.reading.article and here.main.reading.article.highlights)
        article = here.main.reading.article
        assert article is not None
        assert [each.place.words for each in article.highlights] == ["council"]


def with_saved(store: Store) -> dict[str, int]:
    sources = fill(store)
    store.save_pages([SavedPage(blank("https://pages.test/ferry", NOW - 60))], "saved")
    return sources


async def test_saved_pages_are_a_source_that_nothing_refreshes(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(100, 30), prepare=with_saved) as here:
        saved = next(source for source in here.main.all_sources.values() if source.kind is SourceKind.SAVED)
        await here.main.go(Query(Scope.SOURCE, source_id=saved.id), pane=Where.SOURCES)
        await here.settle()
        assert here.cursor == "pages.test/ferry"
        await here.press("r")
        assert "not change by itself" in here.main.foot.plain
        await here.press("e")
        assert "Saved" in here.text
        await here.press("escape", "l", "enter")
        await here.until(lambda: here.title == "pages.test/ferry")
        assert {"article": here.head("pages.test/ferry").id} in here.worker.asked("full_text")
        with Store.open(here.path, clock=lambda: NOW, window="worker") as store:
            full = FullText(
                "<p>W</p>", "W " * 300, dump(Document((Paragraph(Text("W " * 300)),))), VERSION, 300, "A ferry"
            )
            store.save_full_text(here.head("pages.test/ferry").id, full)
        await here.until(lambda: here.title == "A ferry")
        await here.press("d")
        assert "no other text" in here.main.foot.plain
        assert here.shows_full_text()


async def test_markup_in_tags_notes_and_passages_is_shown_as_it_stands(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        head = here.head(here.cursor)
        hostile = "[red][@click=app.quit]x"
        with Store.open(here.path, clock=lambda: NOW, window="other") as other:
            other.keep(head.id, [hostile], f"{hostile} [/]")
            other.highlight(head.id, Place(words=f"{hostile}\n[/b] \u202e end"))
        await here.until(lambda: here.head(head.title).noted and f"#{hostile}" in here.text)
        await here.press("enter", "P")
        assert hostile in here.text
        await here.press("escape", "S")
        assert f"{hostile} [/]" in here.text
        await here.press("escape", "j", "t")
        assert f"#{hostile}" in here.text


async def test_a_note_that_is_there_is_not_lost_by_keeping_fast(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        head = here.head(here.cursor)
        with Store.open(here.path, clock=lambda: NOW, window="other") as other:
            other.set_note(head.id, "There before")
        await here.press("S", "enter")
        await here.until(lambda: here.head(head.title).bookmarked)
        assert here.head(head.title).noted
        await here.press("S")
        await here.until(lambda: "There before" in here.app.screen.query_one("#note", Input).value)
        await here.press("tab")
        await type_in(here, " and after")
        await here.press("enter")
        with Store.open(here.path, clock=lambda: NOW, window="other") as other:
            await here.until(lambda: (article := other.article(head.id)) and article.note == "There before and after")
