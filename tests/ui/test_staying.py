"""What stays where it is while the library moves, and what a hostile title, a small window and an end do to it."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest

from newsreader.model import Keep, Query, Scope
from newsreader.store import Store
from newsreader.ui.dialogs.help import HelpScreen
from newsreader.ui.keys import Where
from tests.ui.desk import Desk, desk, nothing
from tests.ui.world import DAY, HOUR, NOW, article, deliver

if TYPE_CHECKING:
    from pathlib import Path

FERRY = "Harbour town votes to keep its night ferry"
NOTURNO = "Ferry noturno continua por dez anos"
COOLING = "A quieter way to cool a data centre"


class TestOthers:
    """What other processes do to the library while one reads."""

    async def test_what_is_on_the_screen_does_not_go_with_the_old(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("enter")
            await here.until(lambda: here.title == FERRY)
            opened = here.main.opened_id
            assert opened is not None
            await here.main.flush()
            with Store.open(here.path, clock=lambda: NOW + 300 * DAY) as other:
                other.mark_read([head.id for head in here.heads()], True)
                while other.retire_some(Keep(days=1), at_once=True):
                    pass
                assert other.listing(Query()).ids == (opened,)
            await here.until(lambda: here.titles == [FERRY])
            assert here.title == FERRY

    async def test_new_articles_move_nothing_and_come_in_by_a_key(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("j", "j")
            before = here.text.splitlines()
            deliver(here.path, "Orbit Weekly", article("Brand new", 0), article("Also new", 60))
            await here.until(lambda: "2 new ↑ press ; to let them in" in here.text)
            after = here.text.splitlines()
            assert [line[30:70] for line in after[3:40]] == [line[30:70] for line in before[3:40]]
            assert here.cursor == COOLING
            line = next(number for number, line in enumerate(after) if COOLING[:20] in line[30:80])
            await here.press("semicolon")
            assert here.titles[0] == "Brand new"
            assert here.cursor == COOLING
            await here.pilot.pause()
            moved = next(number for number, line in enumerate(here.text.splitlines()) if COOLING[:20] in line[30:80])
            assert moved == line

    async def test_a_read_mark_of_another_window_is_painted(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            with Store.open(here.path, window="other", clock=lambda: NOW) as store:
                store.mark_read((here.head(FERRY).id,), read=True)
            await here.until(lambda: f"● {FERRY[:24]}" not in here.text)
            assert here.titles[0] == FERRY

    async def test_what_is_of_a_removed_source_leaves_the_list(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("g", "a", "j")
            wire = here.sources["Northern Wire"]
            before = here.heads(here.main.browsing.ids)
            here.main.articles.put_cursor(next(head.id for head in before if head.source_id == wire))
            deliver(here.path, "Northern Wire", article("Brand new", 0))
            deliver(here.path, "Orbit Weekly", article("Also new", 0))
            await here.until(lambda: here.main.browsing.waiting == 2)
            with Store.open(here.path, window="other", clock=lambda: NOW) as store:
                store.remove_sources([wire])
            kept = [head.title for head in before if head.source_id != wire]
            await here.until(lambda: here.titles == kept)
            await here.until(lambda: here.main.browsing.waiting == 1)
            assert here.cursor in kept
            await here.until(lambda: here.title == here.cursor)  # the reader follows
            await here.press("semicolon")
            assert here.titles == ["Also new", *kept]

    async def test_the_first_articles_of_an_empty_list_come_in_by_themselves(self, tmp_path: Path) -> None:
        from tests.ui.world import fill

        async with desk(tmp_path, prepare=lambda store: fill(store, {})) as here:
            assert "No articles yet." in here.text
            deliver(here.path, "Orbit Weekly", article("The first", 0))
            await here.until(lambda: here.titles == ["The first"])
            deliver(here.path, "Field Notes", article("The second", 0), article("The third", HOUR))
            await here.until(lambda: len(here.titles) == 3)
            assert here.cursor == "The second"
            await here.press("j")
            deliver(here.path, "Northern Wire", article("The fourth", 0))
            await here.until(lambda: here.main.browsing.waiting == 1)
            assert here.cursor == "The first"

    async def test_events_of_the_worker_are_shown(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            here.worker.on_event({"event": "refresh", "done": 37, "total": 412})
            await here.until(lambda: "37 of 412 ━" in here.text)
            here.worker.on_event({"event": "refresh", "done": 412, "total": 412})
            await here.until(lambda: "of 412" not in here.text)
            here.worker.on_event({"event": "notice", "text": "Offline."})
            await here.until(lambda: "Offline." in here.text)
            here.worker.on_event({"event": "notice", "text": "There is no network.", "offline": True})
            await here.until(lambda: "There is no network. The news here is from 4 minutes ago." in here.text)

    async def test_a_worker_that_ended_is_said_and_reading_goes_on(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.until(lambda: here.main.herald._worker_ran)
            here.worker.running = False
            await here.until(lambda: "Reading goes on." in here.text)
            await here.press("enter")
            assert here.title == FERRY


class TestPlace:
    """The place is kept, also when nobody said goodbye."""

    async def test_source_article_and_line_are_there_again(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("right_square_bracket", "right_square_bracket", "enter", "space")
            assert here.title == COOLING
            await here.until(lambda: self.kept_place(here) is not None)
            await here.until(lambda: "Northern" not in here.main.notebook.here.dump() and here.main.notebook.is_written)
            place = here.main.reader.place
            top = here.main.reader.scroll_y
        async with desk(tmp_path) as here:
            assert here.title == COOLING
            assert here.main.browsing.title == "Northern Wire"
            assert here.at(Where.READER)
            assert here.main.reader.place == place
            assert here.main.reader.scroll_y == top

    async def test_a_read_article_is_still_in_the_unread_list_it_was_opened_from(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("j", "enter", "h")
        async with desk(tmp_path) as here:
            assert here.cursor == NOTURNO
            assert here.titles[:2] == [FERRY, NOTURNO]
            await here.press("g", "a", "g", "u")
            assert NOTURNO not in here.titles

    async def test_it_is_written_without_an_end(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("g", "a", "j")
            await here.until(lambda: '"scope": "all"' in self.recalled(here))

    @staticmethod
    def kept_place(here: Desk) -> object:
        with Store.open(here.path, read_only=True) as store:
            found = store.article(here.head(COOLING).id)
            return found.place if found else None

    @staticmethod
    def recalled(here: Desk) -> str:
        with Store.open(here.path, read_only=True) as store:
            return store.recall("reader.whereabouts") or ""


class TestWidths:
    """Three panes, two, one, a sentence."""

    @pytest.mark.parametrize(
        ("size", "panes"),
        [((160, 48), 3), ((120, 40), 3), ((119, 40), 2), ((80, 24), 2), ((79, 24), 1), ((60, 15), 1), ((59, 30), 0)],
    )
    async def test_so_many_panes(self, tmp_path: Path, size: tuple[int, int], panes: int) -> None:
        async with desk(tmp_path, size=size) as here:
            shown = [pane for pane in (here.main.sources, here.main.articles, here.main.reader) if pane.region]
            assert len(shown) == panes
            if not panes:
                assert "newsreader needs 60 columns and 15 lines." in " ".join(here.text.split())

    @pytest.mark.parametrize("size", [(100, 30), (60, 15)])
    async def test_every_pane_can_be_reached(self, tmp_path: Path, size: tuple[int, int]) -> None:
        async with desk(tmp_path, size=size) as here:
            await here.press("h")
            assert here.main.sources.region
            await here.press("l", "l")
            assert here.main.reader.region
            assert here.title == FERRY

    @pytest.mark.parametrize("size", [(60, 15), (80, 24), (160, 48)])
    async def test_the_help_is_always_named_at_the_foot(self, tmp_path: Path, size: tuple[int, int]) -> None:
        async with desk(tmp_path, size=size) as here:
            for key in ("h", "l", "l"):
                await here.press(key)
                assert here.text.splitlines()[-1].rstrip().endswith("? keys")

    async def test_the_first_start_fits_into_the_smallest_window(self, tmp_path: Path) -> None:
        async with desk(tmp_path, size=(60, 15), prepare=nothing) as here:
            await here.until(lambda: "What would you like to read?" in here.text)
            assert "i   import" in here.text
            assert "⏎ start reading" in here.text

    @pytest.mark.slow
    async def test_sizes_may_change_wildly(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("j", "enter")
            for size in ((20, 5), (1, 1), (10, 2), (500, 200), (60, 15), (100, 30), (160, 48)):
                await here.pilot.resize_terminal(*size)
                await here.pilot.pause()
            assert here.cursor == NOTURNO
            assert NOTURNO in here.text


class TestMouse:
    """Clicks choose; the wheel marks nothing."""

    async def test_a_click_shows_an_article_and_marks_nothing_a_second_one_opens_it(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            line = next(y for y, words in enumerate(here.text.splitlines()) if COOLING in words)
            await here.pilot.click(offset=(40, line))
            await here.until(lambda: here.title == COOLING)
            assert here.at(Where.ARTICLES)
            assert not here.head(COOLING).read
            await here.pilot.click(offset=(40, line), times=2)
            await here.settle()
            assert here.at(Where.READER)
            assert here.head(COOLING).read

    async def test_ctrl_and_a_click_select_and_a_click_on_a_day_goes_to_its_first_article(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            lines = here.text.splitlines()
            line = next(y for y, words in enumerate(lines) if COOLING in words)
            await here.pilot.click(offset=(40, line), control=True)
            await here.settle()
            assert here.main.articles.selected == {here.head(COOLING).id}
            assert here.cursor == COOLING
            day = next(y for y, words in enumerate(lines) if "Yesterday" in words)
            await here.pilot.click(offset=(40, day))
            await here.settle()
            assert here.cursor == "Reindeer, railways and the right of way"
            await here.pilot.click("#list-head")
            await here.settle()
            assert here.cursor == FERRY

    async def test_keys_at_the_foot_are_clicked_and_a_second_click_on_a_source_goes_to_its_articles(
        self, tmp_path: Path
    ) -> None:
        async with desk(tmp_path, size=(80, 24)) as here:
            column = here.text.splitlines()[-1].index("n next unread")
            await here.pilot.click(offset=(column + 4, 23))
            await here.settle()
            assert here.at(Where.READER)
            await here.press("h", "h")
            line = next(y for y, words in enumerate(here.text.splitlines()) if "Quiet Circuits" in words[:30])
            await here.pilot.click(offset=(8, line), times=2)
            await here.settle()
            assert here.main.browsing.title == "Quiet Circuits"
            assert here.at(Where.ARTICLES)
            column = here.text.splitlines()[-1].index("? keys")
            await here.pilot.click(offset=(column, 23))
            await here.settle()
            assert here.on(HelpScreen)

    async def test_a_click_lists_a_source_and_a_click_on_its_sign_folds_a_folder(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            lines = here.text.splitlines()
            line = next(y for y, words in enumerate(lines) if "Quiet Circuits" in words[:30])
            await here.pilot.click(offset=(8, line))
            await here.settle()
            assert here.main.browsing.title == "Quiet Circuits"
            line = next(y for y, words in enumerate(lines) if "Technology" in words[:30])
            await here.pilot.click(offset=(2, line))
            await here.settle()
            assert here.main.folded == {"Technology"}
            assert here.main.sources.cursor == Query(Scope.FOLDER, folder="Technology")  # its own row is folded away
            line = next(y for y, words in enumerate(here.text.splitlines()) if "World" in words[:30])
            await here.pilot.click(offset=(2, line))
            await here.settle()
            assert here.main.folded == {"Technology", "World"}
            assert here.main.sources.cursor == Query(Scope.FOLDER, folder="Technology")  # that is listed, and not this

    async def test_the_wheel_scrolls_and_marks_nothing(self, tmp_path: Path) -> None:
        async with desk(tmp_path, size=(160, 24)) as here:
            for _ in range(5):
                here.main.articles._on_mouse_scroll_down(_wheel(here))
                await here.pilot.pause()
            await here.until(lambda: here.main.articles.scroll_y > 0)
            assert here.cursor == FERRY
            assert not any(head.read for head in here.heads())


def _wheel(here: Desk) -> Any:
    from textual.events import MouseScrollDown

    return MouseScrollDown(here.main.articles, 5, 5, 0, 1, 0, shift=False, meta=False, ctrl=False)


async def test_many_articles_cost_nothing_to_show(tmp_path: Path) -> None:
    from tests.ui.world import fill

    many = tuple(article(f"Number {number}", number * DAY // 50) for number in range(1_500))
    async with desk(tmp_path, prepare=lambda store: fill(store, {"Orbit Weekly": many})) as here:
        assert len(here.main.articles.known_ids()) < 300
        await here.press("G")
        await here.until(lambda: here.cursor == "Number 1499")
        assert "Number 1499" in here.text


async def test_a_signal_ends_with_its_number_and_the_place_is_written(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("g", "a")
        here.app.end_from_outside(143)
    assert here.app.return_code == 143
    assert here.worker.closed == 1
    with Store.open(here.path, read_only=True) as store:
        assert '"scope": "all"' in (store.recall("reader.whereabouts") or "")


async def test_ctrl_c_says_how_to_quit(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("ctrl+c")
        assert "q goes back, Q quits." in here.text
        await here.pilot.press("Q")
    assert here.app.return_code == 0


async def test_what_another_window_does_is_seen_between_quick_keys_too(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        first, *_ = here.main.browsing.ids
        here.main.pace.last_key = monotonic() + 60  # somebody who leans on j
        here.main.pace.last_look = begun = monotonic()
        with Store.open(here.path, clock=lambda: NOW, window="other") as other:
            other.mark_read((first,), True)
        await here.until(lambda: (head := here.main.articles.head(first)) is not None and head.read)
        assert monotonic() - begun < 2  # a tenth more than half a second, were the computer not busy


async def test_what_changed_out_of_sight_is_drawn_anew_when_it_is_seen_again(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(160, 20)) as here:
        second, title = here.main.browsing.ids[1], here.titles[1]

        def row() -> str:
            return next((line[30:80] for line in here.text.splitlines() if title[:20] in line[30:80]), "")

        assert "●" in row()
        await here.press("G")
        assert not row()
        with Store.open(here.path, clock=lambda: NOW, window="other") as other:
            other.mark_read((second,), True)
        await here.until(lambda: (head := here.main.articles.head(second)) is not None and head.read)
        await here.press("g", "g")
        await here.until(row)
        assert "●" not in row()
