"""Each key does what it says, on a real library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from newsreader.errors import FetchError
from newsreader.model import FetchState, FullTextMode, Query, Scope
from newsreader.store import Store
from newsreader.ui.keys import Where
from tests.fakes import FakeWorker
from tests.ui.desk import desk, nothing
from tests.ui.world import HOUR, article, full_text

if TYPE_CHECKING:
    from pathlib import Path

FERRY = "Harbour town votes to keep its night ferry"
NOTURNO = "Ferry noturno continua por dez anos"
COOLING = "A quieter way to cool a data centre"
MAPS = "Old maps, new floods"


async def test_the_start_shows_what_is_unread_newest_first(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        assert here.main.browsing.query == Query(Scope.UNREAD)
        assert here.cursor == FERRY
        assert here.at(Where.ARTICLES)
        for words in ("Unread", "Today", "Yesterday", "The Coast Gazette", FERRY[:24], "Last refreshed 4 minutes ago."):
            assert words in here.text


async def test_j_and_k_move_and_the_reader_pane_follows_without_marking(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("j", "down", "k")
        assert here.cursor == NOTURNO
        await here.until(lambda: here.title == NOTURNO)
        assert not here.head(NOTURNO).read


async def test_enter_opens_marks_read_and_keeps_the_row_dimmed_in_place(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("enter")
        assert here.title == FERRY
        assert here.at(Where.READER)
        await here.until(lambda: here.head(FERRY).read)
        assert here.titles[0] == FERRY
        assert f"● {FERRY[:24]}" not in here.text


async def test_h_and_l_go_between_the_panes(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("l")
        assert here.at(Where.READER)
        await here.press("h")
        assert here.at(Where.ARTICLES)
        await here.press("left")
        assert here.at(Where.SOURCES)
        await here.press("right")
        assert here.at(Where.ARTICLES)
        await here.press("tab")
        assert here.at(Where.READER)


async def test_tab_goes_round_the_panes_and_in_the_reader_over_its_links(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("l")
        await here.until(lambda: here.main.reading.annex is not None and here.main.reading.annex.following)
        links = 0
        while here.at(Where.READER):
            links += here.main.reader.link is not None
            await here.press("tab")
        assert links == 1
        assert here.at(Where.SOURCES)
        await here.press("shift+tab")
        assert here.at(Where.READER)


async def test_capital_j_and_k_go_through_articles_from_the_reader(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("enter", "J")
        assert here.title == NOTURNO
        assert here.at(Where.READER)
        await here.press("K")
        assert here.title == FERRY


async def test_n_opens_the_next_unread_and_p_goes_back_to_one(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("n", "n")
        assert here.title == COOLING
        await here.press("p")
        assert here.title == FERRY


async def test_n_crosses_from_source_to_source(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.main.go(Query(Scope.SOURCE, source_id=here.sources["Boletim do Sul"]))
        await here.press("enter", "n")
        assert here.main.browsing.query == Query(Scope.SOURCE, source_id=here.sources["صوت الميناء"])
        assert here.title == "المدينة تختار العبّارة الليلية"


async def test_n_says_when_nothing_is_unread(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("A")
        await here.until(lambda: "marked read" in here.text)
        await here.press("n")
        assert "Nothing unread." in here.text


async def test_n_in_a_list_without_anything_unread_says_where_there_is_some(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("s", "enter", "g", "b", "n")
        assert "Nothing unread in this list. g u goes to what is unread elsewhere." in here.text


async def test_space_pages_and_at_the_end_opens_the_next_unread(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("space")
        assert here.title == FERRY
        await here.press("space")
        assert here.title == FERRY
        assert here.main.reader.scroll_y > 0
        for _ in range(10):
            await here.press("space")
            if here.title != FERRY:
                break
        assert here.title == NOTURNO


async def test_paging_keys_move_by_pages(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(100, 24)) as here:
        await here.press("ctrl+d")
        half = here.main.articles.cursor_row
        await here.press("ctrl+f")
        assert here.main.articles.cursor_row > half > 1
        await here.press("ctrl+b", "b", "ctrl+u")
        assert here.cursor == FERRY
        await here.press("G")
        assert here.main.articles.cursor == here.main.browsing.ids[-1]
        await here.press("g", "g")
        assert here.cursor == FERRY
        await here.press("enter", "pagedown", "ctrl+d", "j")
        assert here.main.reader.scroll_y > 10
        await here.press("home")
        assert here.main.reader.scroll_y == 0
        await here.press("end", "b", "ctrl+u", "k")
        assert 0 < here.main.reader.progress < 1


async def test_brackets_go_to_sources_with_something_unread(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("right_square_bracket")
        assert here.main.browsing.title == "The Coast Gazette"
        await here.press("right_square_bracket")
        assert here.main.browsing.title == "Northern Wire"
        await here.press("left_square_bracket")
        assert here.main.browsing.title == "The Coast Gazette"
        assert here.main.sources.cursor == here.main.browsing.query


async def test_m_marks_read_and_unread(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("m")
        await here.until(lambda: here.head(FERRY).read)
        await here.press("m")
        await here.until(lambda: not here.head(FERRY).read)


async def test_s_bookmarks_and_asks_for_the_full_text_of_a_stub(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        here.main.articles.put_cursor(here.head(MAPS).id)
        await here.press("s")
        await here.until(lambda: here.head(MAPS).bookmarked)
        assert here.worker.asked("full_text") == [{"article": here.head(MAPS).id}]
        assert "★" in here.text
        await here.press("g", "b")
        assert here.titles == [MAPS]


async def test_capital_a_marks_the_list_read_and_u_takes_it_back(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("A")
        await here.until(lambda: "16 articles marked read. u undoes it." in here.text)
        assert all(head.read for head in here.heads())
        await here.press("A")
        await here.until(lambda: "Everything here is read already." in here.text)
        await here.press("u")
        assert not any(head.read for head in here.heads())
        assert "Undone: " in here.text
        assert here.cursor == FERRY
        await here.press("ctrl+r")
        assert all(head.read for head in here.heads())
        assert "Done again: marked 16 articles read." in here.text
        await here.press("ctrl+r")
        assert "There is nothing to do again." in here.text


async def test_u_says_when_there_is_nothing_to_undo(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("u", "u", "u")
        assert "There is nothing to undo." in here.text


async def test_a_failed_write_takes_the_paint_back_with_a_sentence(tmp_path: Path, monkeypatch: Any) -> None:
    from newsreader.errors import LibraryFull

    def full(*_: object) -> None:
        raise LibraryFull("The disk is full.")

    async with desk(tmp_path) as here:
        monkeypatch.setattr(Store, "mark_read", full)
        await here.press("m")
        await here.until(lambda: "The disk is full." in here.text)
        head = here.main.articles.head(here.main.articles.cursor)
        assert head is not None
        assert not head.read


async def test_opening_a_stub_fetches_its_full_text_and_shows_it(tmp_path: Path) -> None:
    worker = FakeWorker()

    async with desk(tmp_path, worker=worker) as here:

        async def fetch(article: int) -> dict[str, Any]:
            with Store.open(here.path) as store:
                store.save_full_text(article, full_text())
            return {}

        worker.answers["full_text"] = fetch
        here.main.articles.put_cursor(here.head(MAPS).id)
        await here.press("enter")
        await here.until(lambda: here.main.reading.full_text)
        assert "Harbour" not in here.title
        assert "What was decided" in here.text


async def test_why_there_is_no_full_text_is_said_on_the_page(tmp_path: Path) -> None:
    worker = FakeWorker()

    async def refuse(article: int) -> dict[str, Any]:
        raise FetchError("The server answered 403: it blocks readers.")

    worker.answers["full_text"] = refuse
    async with desk(tmp_path, worker=worker) as here:
        here.main.articles.put_cursor(here.head(MAPS).id)
        await here.press("enter")
        await here.until(lambda: "403: it blocks readers." in here.text)
        assert "The old maps were right" in here.text


async def test_the_next_two_stubs_are_fetched_too(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("j", "j", "enter")
        assert here.title == COOLING
        assert {"article": here.head(MAPS).id} in here.worker.asked("full_text")


async def test_d_changes_between_full_text_and_feed_and_keeps_that_for_the_source(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        with Store.open(here.path) as store:
            store.save_full_text(here.head(FERRY).id, full_text())
        await here.press("enter")
        assert here.shows_full_text()
        await here.press("d")
        assert not here.shows_full_text()
        source = here.main.all_sources[here.sources["The Coast Gazette"]]
        assert source.full_text_mode is FullTextMode.FEED
        await here.press("d")
        assert here.shows_full_text()
        assert here.worker.asked("full_text") == []


async def test_the_words_are_counted_of_what_is_shown(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        stub = here.head(MAPS).words
        with Store.open(here.path) as store:
            store.save_full_text(here.head(MAPS).id, full_text())
        whole = here.head(MAPS).words
        here.main.articles.put_cursor(here.head(MAPS).id)
        await here.press("enter")
        assert f"{whole:,} words" in here.text
        await here.press("d")
        assert f" {stub} words" in here.text
        facts = here.main.reader.render_line(4).text
        assert f"{stub} words" in facts
        assert f"{whole:,} words" not in facts


async def test_a_full_text_that_failed_once_is_asked_for_once_in_each_session(tmp_path: Path) -> None:
    worker = FakeWorker()

    async def refuse(article: int) -> dict[str, Any]:
        raise FetchError("The server answered 503: it is too busy.")

    worker.answers["full_text"] = refuse
    async with desk(tmp_path, worker=worker) as here:
        with Store.open(here.path) as store:
            store.save_full_text_error(here.head(MAPS).id, "It failed yesterday.")
        here.main.articles.put_cursor(here.head(MAPS).id)
        await here.press("enter")
        await here.until(lambda: "503: it is too busy." in here.text)
        await here.press("K", "J")
        assert here.title == MAPS
        assert worker.asked("full_text").count({"article": here.head(MAPS).id}) == 1


async def test_a_source_in_trouble_says_why_in_short_and_in_full(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        source = here.sources["Valley Radio"]
        with Store.open(here.path) as store:
            (state,) = store.fetch_states([source])
            store.record(state._replace(error="valley.test answered 410: this address is gone for good. Remove it."))
        await here.until(lambda: "▲ Valley Radio" in here.text)
        assert "410, gone for good: e" in here.text
        assert "valley.test answered" not in here.text
        await here.main.go(Query(Scope.SOURCE, source_id=source))
        await here.settle()
        assert "valley.test answered 410: this address is gone for good. Remove it." in here.text


async def test_d_asks_for_a_full_text_that_is_not_here(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("enter", "d")
        assert here.worker.asked("full_text") == [{"article": here.head(FERRY).id}]


async def test_r_refreshes_the_source_and_capital_r_all(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("R")
        await here.until(lambda: here.worker.asked("refresh"))
        assert here.worker.asked("refresh")[-1]["sources"] is None
        await here.press("right_square_bracket", "r")
        await here.until(lambda: len(here.worker.asked("refresh")) == 2)
        assert here.worker.asked("refresh")[-1]["sources"] == [here.sources["The Coast Gazette"]]


async def test_the_progress_of_a_refresh_counts_what_failed(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        tell = here.worker.on_event
        tell({"event": "refresh", "done": 0, "total": 412})
        tell({"event": "refresh", "done": 36, "total": 412})
        await here.until(lambda: "36 of 412 ━" in here.text)
        tell({"event": "source", "id": 1, "title": "A", "added": 0, "error": "a.test answered 500: a fault."})
        tell({"event": "refresh", "done": 37, "total": 412})
        await here.until(lambda: "37 of 412 · 1 failed" in here.text)
        tell({"event": "refresh", "done": 412, "total": 412})
        await here.until(lambda: "412" not in here.text)
        tell({"event": "refresh", "done": 0, "total": 412})
        tell({"event": "notice", "text": "There is no network connection.", "offline": True})
        tell({"event": "source", "id": 1, "title": "A", "added": 0, "error": "There is no network connection."})
        tell({"event": "refresh", "done": 1, "total": 412})
        await here.until(lambda: "1 of 412" in here.text)
        assert "failed" not in here.text
        assert here.text.count("There is no network connection.") == 1


async def test_y_copies_the_address(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("y")
        assert here.app.clipboard == here.head(FERRY).url
        assert "Copied https://example.test/" in here.text


async def test_o_opens_the_browser(tmp_path: Path, monkeypatch: Any) -> None:
    opened: list[str] = []
    monkeypatch.setattr("newsreader.ui.perusing.open_link", lambda url, browser: opened.append(url))
    async with desk(tmp_path) as here:
        await here.press("o", "v")
        await here.until(lambda: len(opened) == 2)
        assert opened[0] == here.head(FERRY).url


async def test_z_leaves_the_article_alone_and_q_brings_the_panes_back(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("enter", "z")
        assert not here.main.sources.region
        await here.press("q")
        assert here.main.sources.region
        assert here.at(Where.READER)
        await here.press("z")
        assert not here.main.sources.region


async def test_q_goes_back_level_by_level_and_quits_at_the_top_while_escape_stays(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("enter", "q")
        assert here.at(Where.ARTICLES)
        await here.press("q", "escape", "escape")
        assert here.at(Where.SOURCES)
        assert not here.app._exit
        await here.pilot.press("q")
    assert here.app.return_code == 0


@pytest.mark.parametrize("size", [(80, 24), (60, 15)])
async def test_a_long_sentence_is_said_to_its_end(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(tmp_path, size=size) as here:
        here.main.foot.say(
            "The library was written by a newer newsreader: it is open for reading only. Start the newer."
        )
        await here.until(lambda: "Start the newer." in here.text)
        assert "? keys" in here.text
        here.main.foot.hush()
        await here.until(lambda: "Start the newer." not in here.text)


async def test_g_sequences_go_to_lists_and_an_unknown_one_does_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("g", "a")
        assert here.main.browsing.query == Query(Scope.ALL)
        await here.press("g", "t")
        assert here.main.browsing.query == Query(Scope.TODAY)
        await here.press("g", "x", "g", "escape", "g", "u")
        assert here.main.browsing.query == Query(Scope.UNREAD)


async def test_the_list_follows_the_source_cursor(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("h", "j")
        await here.until(lambda: here.main.browsing.query == Query(Scope.ALL))
        assert here.at(Where.SOURCES)


async def test_a_look_at_the_sources_leaves_the_place_in_the_list(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("j", "j")
        before = here.main.articles.cursor
        await here.press("h", "l")
        assert here.at(Where.ARTICLES)
        assert here.main.articles.cursor == before


async def test_a_folder_lists_its_sources_and_folds(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        folder = Query(Scope.FOLDER, folder="World")
        await here.press("h")
        here.main.sources.put_cursor(folder)
        await here.press("enter")
        assert here.titles[:2] == [FERRY, NOTURNO]
        await here.press("h", "h")
        assert "Northern Wire" not in "\n".join(line[:30] for line in here.text.splitlines())
        assert here.main.sources.cursor == folder
        await here.press("l")
        assert "Northern Wire" in "\n".join(line[:30] for line in here.text.splitlines())


async def test_empty_lists_speak(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("g", "b")
        assert "No bookmarks yet." in here.text


async def test_the_theme_changes_and_stays(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("g", "l")
        assert here.app.theme == "newsreader-light"
        settings = here.main.config.paths.settings_file
        await here.until(lambda: settings.exists() and "newsreader-light" in settings.read_text())


async def test_a_theme_that_is_not_there_is_said(tmp_path: Path) -> None:
    async with desk(tmp_path, theme="no-such-theme") as here:
        assert "there is no theme no-such-theme." in here.text


async def test_chosen_keys_work_and_mistakes_in_them_are_said(tmp_path: Path) -> None:
    async with desk(tmp_path, keys={"down": "ctrl+n", "bokmark": "b"}) as here:
        assert "there is no command bokmark" in here.text
        await here.press("ctrl+n")
        assert here.cursor == NOTURNO


async def test_themes_of_textual_work(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(80, 24)) as here:
        for theme in ("ansi-dark", "dracula", "textual-light"):
            here.app.theme = theme
            await here.pilot.pause()
            assert FERRY[:20] in here.text


async def test_without_a_network_the_notice_with_the_age_of_the_news_stays(tmp_path: Path) -> None:
    worker = FakeWorker()

    async def offline(**_: Any) -> dict[str, Any]:
        worker.on_event({"event": "notice", "text": "There is no network connection.", "offline": True})
        return {"total": 8, "failed": 8, "added": 0, "offline": True}

    worker.answers["refresh"] = offline
    async with desk(tmp_path, worker=worker) as here:
        await here.press("R")
        await here.until(lambda: "There is no network connection." in here.text)
        await here.settle()
        assert "The news here is from" in here.text
        assert "in trouble" not in here.text


async def test_the_handbook_has_no_other_text(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=nothing) as here:
        with Store.open(here.path) as store:
            (handbook,) = store.sources()
            store.ingest(FetchState(handbook.id, handbook.url, ""), None, [article("Start here", HOUR)])
        await here.until(lambda: here.main.browsing.ids)
        await here.press("q")
        await here.until(lambda: here.title == "Start here")
        await here.press("enter", "d")
        assert "The handbook is whole" in here.text
        assert here.worker.asked("full_text") == []


async def test_a_list_that_changed_behind_another_pane_is_whole_when_it_is_seen(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(60, 15)) as here:
        await here.press("h")
        await here.main.go(Query(Scope.ALL), pane=Where.SOURCES)
        await here.press("l")
        assert "Harbour town votes to keep its night ferry" in here.text
