"""The reader pane: what it shows, how it moves, that it keeps the place, and what mouse and selection give."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Offset
from textual.selection import Selection

from newsreader.bounds import MEASURES
from newsreader.config import Config, Paths
from newsreader.document.blocks import Document, Heading, ListBlock, Mark, Paragraph, Quote, Span, Text
from newsreader.model import Place
from newsreader.ui.page import Page
from newsreader.ui.reader_view import ReaderView
from newsreader.ui.themed import ThemedApp
from newsreader.ui.themes import DARK_NAME, LIGHT_NAME
from newsreader.ui.turning import OVERLAP

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

NOW = 1_000_720
LINKED = Paragraph(Text("Before the link and after it.", (Span(11, 15, Mark.LINK, "https://example.org/there"),)))


class Stage(ThemedApp):
    CSS = "ReaderView { width: 1fr; height: 1fr; }"

    def __init__(self) -> None:
        super().__init__(Config(Paths.under(Path("nowhere"))), None)
        self.told: list[ReaderView.PlaceMoved] = []
        self.links: list[str] = []

    def compose(self) -> ComposeResult:
        yield ReaderView()

    def on_page_view_place_moved(self, message: ReaderView.PlaceMoved) -> None:
        self.told.append(message)

    def on_reader_view_link_chosen(self, message: ReaderView.LinkChosen) -> None:
        self.links.append(message.url)


def story(paragraphs: int, words: int = 60) -> Document:
    return Document(
        tuple(Paragraph(Text(f"Part {n}: " + " ".join(f"w{n}x{m}" for m in range(words)))) for n in range(paragraphs))
    )


def page(
    document: Document | None,
    *,
    article: int = 1,
    full_text: bool = False,
    place: Place | None = None,
    notice: str | None = None,
) -> Page:
    return Page(
        article_id=article,
        title="A title",
        source="The Gazette",
        author="Ines",
        moment=1_000_000,
        words=1_240,
        url=None,
        document=document,
        full_text=full_text,
        notice=notice,
        place=place,
    )


@asynccontextmanager
async def staged(size: tuple[int, int] = (100, 30)) -> AsyncIterator[tuple[Stage, ReaderView, Pilot[None]]]:
    app = Stage()
    async with app.run_test(size=size) as pilot:
        yield app, app.query_one(ReaderView), pilot


def screen(view: ReaderView) -> list[str]:
    return [view.render_line(y).text.rstrip() for y in range(view.size.height)]


async def told(app: Stage, pilot: Pilot[None]) -> None:
    """Wait until the pane has told a place."""
    while not app.told:
        await pilot.pause(0.02)


async def test_the_head_says_what_it_is() -> None:
    async with staged() as (_, view, pilot):
        view.show(page(Document((LINKED,)), notice="fetching the full text"), NOW)
        await pilot.pause()
        assert [line.strip() for line in screen(view)[:9]] == [
            "",
            "A title",
            "",
            "The Gazette · 12 minutes ago",
            "by Ines · 1,240 words · 6 min",
            "fetching the full text",
            "",
            "",
            "Before the link and after it.",
        ]


async def test_the_text_is_centred_at_its_measure() -> None:
    async with staged((120, 30)) as (_, view, pilot):
        view.show(page(story(3)), NOW)
        await pilot.pause()
        lines = [line for line in screen(view)[:-1] if line]
        assert {len(line) - len(line.lstrip()) for line in lines} == {22}
        assert max(map(len, lines)) <= 22 + 76
        view.measure = 84
        assert {len(line) - len(line.lstrip()) for line in screen(view)[:-1] if line} == {18}
        view.measure = 200
        assert view.measure == MEASURES[1]
        view.measure = 10
        assert view.measure == MEASURES[0]


async def test_nothing_is_wider_than_a_narrow_pane() -> None:
    async with staged((24, 12)) as (_, view, pilot):
        view.show(page(story(3)), NOW)
        await pilot.pause()
        assert all(len(line) <= 22 for line in screen(view))


async def test_a_source_is_not_named_again_as_the_author() -> None:
    async with staged() as (_, view, pilot):
        view.show(page(story(1))._replace(author="The gazette"), NOW)
        await pilot.pause()
        assert screen(view)[4].strip() == "1,240 words · 6 min"


async def test_pages_overlap_and_mark_the_next_line() -> None:
    async with staged() as (_, view, pilot):
        view.show(page(story(20)), NOW)
        await pilot.pause()
        before = screen(view)[:-1]
        assert view.page_down()
        await pilot.pause()
        after = screen(view)[:-1]
        assert after[:OVERLAP] == before[-OVERLAP:]
        marked = [index for index, line in enumerate(after) if "▸" in line]
        assert len(marked) == 1
        assert marked[0] >= OVERLAP
        view.page_up()
        assert screen(view)[:-1] == before


async def test_space_comes_to_the_end_and_says_so() -> None:
    async with staged() as (_, view, pilot):
        view.show(page(story(20)), NOW)
        await pilot.pause()
        turned = 0
        while view.page_down():
            turned += 1
            assert turned < 50
        assert any("w19x59" in line for line in screen(view))
        assert view.progress == 1.0
        assert screen(view)[-1].endswith("100 %")
        view.to_end(last=False)
        assert view.progress == 0.0
        view.to_end(last=True)
        assert view.progress == 1.0


async def test_the_overlap_has_words_and_nothing_is_skipped() -> None:
    blocks = [block for n in range(30) for block in (Heading(1, Text(f"Head {n}")), Paragraph(Text("word " * n)))]
    for height in range(9, 14):
        async with staged((60, height)) as (_, view, pilot):
            view.show(page(Document(tuple(blocks))), NOW)
            await pilot.pause()
            for turn in (view.page_down, view.page_up):
                before = None
                while before != view.top:
                    before, shown = view.top, range(view.top, view.top + view.room)
                    turn()
                    kept = set(shown) & set(range(view.top, view.top + view.room))
                    assert view.sheet is not None
                    assert any(view.sheet.line(number).words.strip() for number in kept)
                    assert len(kept) >= OVERLAP


async def test_the_mark_for_the_eye_stays_at_its_words() -> None:
    async with staged((90, 20)) as (_, view, pilot):
        view.show(page(Document((Heading(1, Text("Head")), *story(20, 30).blocks))), NOW)
        await pilot.pause()
        view.page_down()
        for width in (60, 110, 44):
            assert view.eye is not None
            assert view.sheet is not None
            before = view.sheet.place(view.eye)
            await pilot.resize_terminal(width, 20)
            assert view.eye is not None
            assert view.sheet.line(view.eye).words.strip()
            after = view.sheet.place(view.eye)
            assert (after.block, after.offset <= before.offset) == (before.block, True)


async def test_a_page_that_fits_needs_no_scrolling() -> None:
    async with staged() as (_, view, pilot):
        view.show(page(Document((LINKED,))), NOW)
        await pilot.pause()
        assert not view.page_down()
        view.move(5)
        assert view.scroll_y == 0
        assert view.progress == 1.0
        assert not screen(view)[-1]


async def test_the_place_survives_other_sizes() -> None:
    async with staged() as (_, view, pilot):
        view.show(page(story(40)), NOW)
        await pilot.pause()
        for _ in range(4):
            view.page_down()
        while not screen(view)[0]:
            view.move(1)
        place = view.place
        word = screen(view)[0].split()[0]
        for width in (60, 140, 40, 100):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            assert word in screen(view)[0]
        assert view.place == place


async def test_a_page_opens_at_its_place() -> None:
    async with staged() as (_, view, pilot):
        view.show(page(story(40), place=Place(full_text=False, block=7, offset=0)), NOW)
        await pilot.pause()
        assert screen(view)[0].strip().startswith("Part 7:")
        view.show(page(story(40), article=2, place=Place(full_text=True, block=7)), NOW)
        assert "A title" in screen(view)[1]


async def test_the_full_text_opens_at_the_same_words() -> None:
    async with staged((100, 12)) as (_, view, pilot):
        feed = story(20)
        full = Document((Heading(1, Text("Before")), Quote(feed.blocks[:3]), *feed.blocks[3:]))
        view.show(page(feed), NOW)
        await pilot.pause()
        for _ in range(3):
            view.page_down()
        top = screen(view)[0].strip()
        view.show(page(full, full_text=True), NOW)
        await pilot.pause()
        assert screen(view)[0].strip() == top
        assert view.place.full_text
        view.show(page(feed), NOW)
        assert screen(view)[0].strip() == top


async def test_a_notice_moves_nothing_but_the_head() -> None:
    async with staged() as (_, view, pilot):
        view.show(page(story(40)), NOW)
        await pilot.pause()
        view.page_down()
        top = screen(view)[0]
        view.show(page(story(40), notice="The full text could not be had."), NOW)
        assert screen(view)[0] == top


async def test_places_are_told_when_the_person_stays() -> None:
    async with staged() as (app, view, pilot):
        view.show(page(story(40)), NOW)
        await pilot.pause()
        assert app.told == []
        view.page_down()
        view.page_down()
        await told(app, pilot)
        assert [(message.article_id, message.place) for message in app.told] == [(1, view.place)]
        assert 0 < app.told[0].percent < 100


async def test_the_last_place_is_told_before_another_article() -> None:
    async with staged() as (app, view, pilot):
        view.show(page(story(40)), NOW)
        await pilot.pause()
        view.page_down()
        left_at = view.place
        view.show(page(story(3), article=2), NOW)
        await pilot.pause()
        assert [(message.article_id, message.place) for message in app.told] == [(1, left_at)]


async def test_a_long_document_is_laid_in_pieces() -> None:
    async with staged() as (_, view, _pilot):
        view.show(page(story(900)), NOW)
        sheet = view.sheet
        assert sheet is not None
        assert not sheet.body.done
        view.to_end(last=True)
        assert any("w899x59" in line for line in screen(view))


async def test_links_are_chosen_by_a_click_and_not_by_a_drag() -> None:
    async with staged() as (app, view, pilot):
        view.show(page(Document((LINKED,))), NOW)
        await pilot.pause()
        row = next(y for y, line in enumerate(screen(view)) if "Before the link" in line)
        column = screen(view)[row].index("link")
        await pilot.click(view, offset=(column - 2, row))
        await pilot.pause()
        assert app.links == []
        await pilot.click(view, offset=(column + 1, row))
        await pilot.pause()
        assert app.links == ["https://example.org/there"]
        await pilot.mouse_down(view, offset=(column - 8, row))
        await pilot.hover(view, offset=(column + 1, row))
        await pilot.mouse_up(view, offset=(column + 1, row))
        await pilot.pause()
        assert app.links == ["https://example.org/there"]


async def test_the_wheel_scrolls_and_the_place_follows() -> None:
    async with staged() as (app, view, pilot):
        view.show(page(story(40)), NOW)
        await pilot.pause()
        for _ in range(6):
            await pilot._post_mouse_events([events.MouseScrollDown], view, (20, 10))
        await pilot.wait_for_animation()
        assert view.scroll_y > 3
        assert "A title" not in screen(view)[1]
        while not app.told or app.told[-1].place != view.place:  # told again when the wheel has come to rest
            await pilot.pause(0.02)


async def test_selected_text_is_clean() -> None:
    async with staged((60, 30)) as (_, view, pilot):
        quote = Quote((Paragraph(Text("One two three four five six seven eight nine ten eleven twelve thirteen.")),))
        items = ListBlock(((Paragraph(Text("alpha")),), (Paragraph(Text("beta")),)))
        view.show(page(Document((quote, items))), NOW)
        await pilot.pause()
        text = view.get_selection(Selection(None, None))
        assert text is not None
        assert text[0].endswith(
            "One two three four five six seven eight nine ten eleven twelve thirteen.\n\nalpha\nbeta"
        )
        row = next(y for y, line in enumerate(screen(view)) if "One two" in line)
        start = screen(view)[row].index("two")
        some = view.get_selection(Selection(Offset(start, row), Offset(start + 9, row)))
        assert some == ("two three", "\n")


async def test_what_is_selected_stays_as_long_as_it_stands_where_it_stood() -> None:
    async with staged() as (app, view, pilot):
        more = Paragraph(Text("More below."))
        view.show(page(Document((LINKED,))), NOW)
        await pilot.pause()
        row = next(y for y, line in enumerate(screen(view)) if "Before the link" in line)
        app.screen.selections = {view: Selection(Offset(view.left, row), Offset(view.left + 6, row))}
        assert view.selected_words() == "Before"
        view.show(page(Document((LINKED, more))), NOW)
        assert view.selected_words() == "Before"
        view.show(page(Document((more, LINKED))), NOW)
        assert view.text_selection is None


async def test_dragging_selects_on_the_screen() -> None:
    async with staged() as (app, view, pilot):
        view.show(page(Document((LINKED,))), NOW)
        await pilot.pause()
        row = next(y for y, line in enumerate(screen(view)) if "Before the link" in line)
        column = screen(view)[row].index("Before")
        await pilot.mouse_down(view, offset=(column, row))
        await pilot.hover(view, offset=(column + 10, row))
        await pilot.mouse_up(view, offset=(column + 10, row))
        await pilot.pause()
        assert app.screen.get_selected_text() in {"Before the", "Before the "}
        view.show(page(story(3), article=2), NOW)
        await pilot.pause()
        assert not app.screen.get_selected_text()


async def test_without_an_article_it_says_a_sentence_literally() -> None:
    async with staged() as (_, view, pilot):
        view.show(page(story(40)), NOW)
        await pilot.pause()
        view.page_down()
        view.clear("Nothing unread. [b]g a[/b] shows everything.")
        await pilot.pause()
        assert [line.strip() for line in screen(view) if line] == ["Nothing unread. [b]g a[/b] shows everything."]
        assert view.page is None
        view.clear(Content.from_markup("[b]Bold[/b] words"))
        assert [line.strip() for line in screen(view) if line] == ["Bold words"]
        assert not view.page_down()


async def test_a_page_without_a_document_shows_its_head_and_notice() -> None:
    async with staged() as (_, view, pilot):
        view.show(page(None, notice="No text is here yet."), NOW)
        await pilot.pause()
        assert "No text is here yet." in [line.strip() for line in screen(view)]
        assert view.place == Place()


async def test_a_hostile_title_is_only_text() -> None:
    async with staged() as (_, view, pilot):
        hostile = Page(1, "[/red][@click=app.quit]x\x1b]52;c;eA==\x07", "S", None, 0, 0, None, Document((LINKED,)))
        view.show(hostile, NOW)
        await pilot.pause()
        assert screen(view)[1].strip() == "[/red][@click=app.quit]x]52;c;eA=="


async def test_every_theme_paints_the_page() -> None:
    async with staged() as (app, view, pilot):
        view.show(page(Document((LINKED,))), NOW)
        for theme in (DARK_NAME, LIGHT_NAME, "textual-dark", "ansi-dark"):
            app.theme = theme
            await pilot.pause()
            row = next(y for y in range(view.size.height) if "link" in view.render_line(y).text)
            styles = [segment.style for segment in view.render_line(row) if segment.text == "link"]
            assert [style.underline for style in styles if style] == [True]
