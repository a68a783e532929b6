"""Settings: the panel, what is taken over from the files while the reader runs, and the mistakes in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsreader.config import SETTINGS, Paths, load
from newsreader.config.writing import save_setting
from newsreader.store import Store
from newsreader.ui.dialogs.adjusting import SettingsPanel
from newsreader.ui.dialogs.fields import LABEL, Choice, Field
from tests.ui.desk import Desk, desk
from tests.ui.world import NOW, full_text

if TYPE_CHECKING:
    from pathlib import Path


def write(here: Desk, text: str) -> None:
    """Write config.toml, as an editor does."""
    path = here.main.config.paths.config_file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


async def edited(here: Desk, text: str) -> None:
    """Write config.toml, and let the reader look."""
    write(here, text)
    await here.main.look_at_settings()
    await here.settle()


async def on(here: Desk, name: str) -> Choice | Field:
    """Go to a setting of the open panel."""
    panel = here.app.screen
    assert isinstance(panel, SettingsPanel)
    row = next(row for row in panel._rows() if row.name == name)
    panel.go_to(row)
    await here.settle()
    return row


class TestFiles:
    async def test_what_is_written_in_config_counts_at_once(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.main.look_at_settings()
            await edited(
                here,
                '[screen]\ntheme = "newsreader-light"\nmouse = false\n[reader]\nmeasure = 60\n'
                '[keys]\nundo = "ctrl+z"\n[notify]\nbell = true\n[retention]\nkeep = "90d"\n',
            )
            assert here.app.theme == "newsreader-light"
            assert here.main.reader.measure == 60
            assert here.main.keymap.key_of("undo") == "ctrl+z"
            assert here.main.config.bell
            assert here.main.config.retention.days == 90
            assert "Taken over: Theme, Mouse, Line length," in here.main.foot.plain
            await here.press("m", "ctrl+z")
            assert "Undone" in here.main.foot.plain

    async def test_a_broken_file_changes_nothing_and_is_said_with_its_line(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.main.look_at_settings()
            await edited(here, "[reader]\nmeasure = 60\n")
            await edited(here, "[reader]\nmeasure = \n")
            assert here.main.reader.measure == 60
            assert "config.toml, line 2" in here.main.foot.plain
            assert "still counts" in here.text
            await edited(here, "[reader]\nmeasure = 64\n")
            assert here.main.reader.measure == 64

    async def test_mistakes_are_listed_in_the_panel_until_they_are_mended(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.main.look_at_settings()
            await edited(here, '[reader]\nmeasur = 60\n[screen]\ntheme = "nrod"\n[keys]\nundoo = "x"\n')
            assert "3 settings are wrong; g s lists them." in here.main.foot.plain
            await here.press("g", "s")
            for words in ("line 2", "Did you mean measure?", "line 4", "Did you mean nord?", "line 6", "undo?"):
                assert words in here.text
            await here.press("escape")
            await edited(here, "")
            assert "Everything in config.toml is right now." in here.main.foot.plain
            await here.press("g", "s")
            assert "line 2" not in here.text

    async def test_many_mistakes_leave_the_row_of_the_cursor_in_sight(self, tmp_path: Path) -> None:
        async with desk(tmp_path, size=(100, 30)) as here:
            await here.main.look_at_settings()
            await edited(here, "[keys]\n" + "".join(f'nothing{number} = "x"\n' for number in range(20)))
            await here.press("g", "s")
            await here.until(lambda: "▌ Theme" in here.text and "line 21" in here.text)
            assert "line 2:" not in here.text
            assert "↑↓ more" in here.text
            await here.press("j", "k", "pageup", "pageup", "pageup")
            await here.until(lambda: "line 2:" in here.text)
            await here.press("k")
            await here.until(lambda: "▌ Theme" in here.text)

    async def test_what_another_window_sets_counts_here_too(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.main.look_at_settings()
            save_setting(here.main.config.paths, "screen.theme", "newsreader-light")
            await here.main.look_at_settings()
            assert here.app.theme == "newsreader-light"

    async def test_a_theme_file_that_is_written_is_shown_at_once(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            themes = here.main.config.paths.themes
            themes.mkdir(parents=True)
            (themes / "mine.toml").write_text('background = "#101820"\n')
            await here.main.look_at_settings()
            await edited(here, '[screen]\ntheme = "mine"\n')
            assert here.app.current_theme.background == "#101820"
            (themes / "mine.toml").write_text('background = "#203010"\nacent = "red"\n')
            await here.main.look_at_settings()
            await here.settle()
            assert here.app.current_theme.background == "#203010"
            assert "themes/mine.toml, line 2: there is no colour acent." in here.text

    async def test_what_holds_until_the_end_is_not_taken_back_by_another_change(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.main.look_at_settings()
            await edited(here, "[reader]\nmeasure = 60\n")
            await here.press(*":set measure 64", "enter")
            await here.until(lambda: here.main.reader.measure == 64)
            await edited(here, "[reader]\nmeasure = 60\n[notify]\nbell = true\n")
            assert (here.main.reader.measure, here.main.config.bell) == (64, True)
            await edited(here, "[reader]\nmeasure = 70\n[notify]\nbell = true\n")
            assert here.main.reader.measure == 70


class TestPanel:
    async def test_a_value_changes_at_once_and_is_kept(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("g", "s")
            await on(here, "reader.measure")
            await here.until(lambda: "Characters in a line of an article, 40 to 120." in here.text)
            await here.press("h", "h")
            await here.until(lambda: here.main.reader.measure == load(here.main.config.paths).measure == 68)
            await here.until(lambda: "default 76" in here.text)
            await on(here, "screen.theme")
            await here.press("l")
            await here.until(lambda: here.app.theme == load(here.main.config.paths).theme == "newsreader-light")

    async def test_u_changes_back_one_after_the_other_also_later(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("g", "s")
            await on(here, "reader.measure")
            await here.press("l", "l", "u")
            await here.until(lambda: here.main.reader.measure == 80)
            await here.press("escape", "g", "s", "u")
            await here.until(lambda: here.main.reader.measure == load(here.main.config.paths).measure == 76)
            await here.until(lambda: here.main.config.paths.settings_file.read_text() == "")
            await here.press("u")
            await here.until(lambda: "No setting was changed here" in here.text)

    async def test_x_goes_back_to_the_default_and_forgets_what_was_kept(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("g", "s")
            await on(here, "notify.bell")
            await here.press("space")
            await here.until(lambda: load(here.main.config.paths).bell)
            await here.press("x")
            await here.until(lambda: not here.main.config.bell)
            await here.until(lambda: "bell" not in here.main.config.paths.settings_file.read_text())
            await here.press("x")
            await here.until(lambda: "It is at its default already." in here.text)

    async def test_a_line_of_text_is_edited_in_place_and_checked(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press("g", "s")
            await on(here, "retention.keep")
            await here.until(lambda: "⏎ edit" in here.text)
            await here.press("enter", *"sometimes", "enter")
            await here.until(lambda: "must be all, 90d" in here.text)
            await here.press("ctrl+u", "1", "space", *"unread")
            await here.until(lambda: "Would remove" in here.text)
            await here.press("ctrl+u", *"90d", "enter")
            await here.until(lambda: here.main.config.retention.days == 90)
            await here.press("enter", "ctrl+u", "delete", "enter")
            await here.until(lambda: here.main.config.retention.everything)

    async def test_config_toml_wins_and_is_named_with_its_line(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.main.look_at_settings()
            await edited(here, "[reader]\nmeasure = 60\n")
            await here.press("g", "s")
            await on(here, "reader.measure")
            await here.until(lambda: "config.toml, line 2" in here.text)
            await here.press("l")
            await here.until(lambda: here.main.reader.measure == 64)
            await here.until(
                lambda: "Until you quit: config.toml, line 2, sets reader.measure, and it wins." in here.text
            )
            await here.until(lambda: not here.main.config.paths.settings_file.exists())
            await here.press("u")
            await here.until(lambda: here.main.reader.measure == 60)

    async def test_where_a_key_is_is_asked_for_with_an_example_and_a_key_itself_is_not_taken(
        self, tmp_path: Path
    ) -> None:
        async with desk(tmp_path) as here:
            await here.press("g", "s")
            await on(here, "ai.key")
            await here.press("enter")
            await here.until(lambda: "as env:OPENAI_API_KEY" in here.text)
            await here.press(*"sk-cormorant", "enter")
            await here.until(lambda: "ai.key must be where the key is" in here.text)
            assert "in quotes" not in here.text
            assert here.main.config.ai_key is None

    async def test_what_config_toml_says_of_the_model_is_changed_there(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.main.look_at_settings()
            await edited(here, '[ai]\nbase_url = "http://localhost:1/v1"\nmodel = "tern"\n')
            await here.press("g", "s")
            await on(here, "ai.model")
            await here.press("enter", "x", "enter")
            await here.until(lambda: "config.toml, line 3, sets ai.model: change it there." in here.text)
            assert here.main.config.ai_model == "tern"

    async def test_the_row_of_the_cursor_stays_in_sight_in_a_window_of_another_size(self, tmp_path: Path) -> None:
        async with desk(tmp_path, size=(60, 40)) as here:
            await here.press("g", "s")
            await on(here, "ai.key")
            await here.pilot.resize_terminal(60, 15)
            await here.until(lambda: "▌ AI key" in here.text)

    @pytest.mark.parametrize("size", [(60, 15), (80, 24)])
    async def test_below_ten_mistakes_the_row_of_the_cursor_is_in_sight(
        self, tmp_path: Path, size: tuple[int, int]
    ) -> None:
        async with desk(tmp_path, size=size) as here:
            await here.main.look_at_settings()
            await edited(here, "[keys]\n" + "".join(f'nothing{number} = "x"\n' for number in range(10)))
            await here.press("g", "s")
            await here.until(lambda: "▌ Theme" in here.text and "line 11" in here.text)
            await on(here, "ai.key")
            assert "▌ AI key" in here.text
            await on(here, "screen.theme")
            assert "▌ Theme" in here.text

    async def test_it_leaves_the_screen_in_view_in_a_low_window(self, tmp_path: Path) -> None:
        async with desk(tmp_path, size=(60, 15)) as here:
            await here.press("g", "s", "j", "j")
            await here.until(lambda: here.app.screen.query_one(".dialog").region.y >= 3)
            await here.until(lambda: "Line length" in here.text)
            await here.until(lambda: "change" in here.text.splitlines()[-1])


async def test_full_text_of_all_sources_is_shown_at_once(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        head = here.head(here.cursor)
        with Store.open(here.path, clock=lambda: NOW) as store:
            store.save_full_text(head.id, full_text())
        await here.press("enter")
        shown = here.shows_full_text()
        await here.press("g", "s")
        await on(here, "reader.full_text")
        await here.press("l", *(["l"] if shown else []))
        await here.until(lambda: here.shows_full_text() is not shown)
        await here.press("u", *(["u"] if shown else []))
        await here.until(lambda: here.shows_full_text() is shown)


async def test_at_the_start_what_is_stale_is_refreshed_where_that_is_set(tmp_path: Path) -> None:
    save_setting(Paths.under(tmp_path), "refresh.on_start", value=True)
    async with desk(tmp_path) as here:
        await here.until(lambda: here.worker.asked("refresh"))
        (asked,) = here.worker.asked("refresh")
        fresh = {source.id for source in here.main.feeds() if (source.last_success or 0) >= NOW - 900}
        assert set(asked["sources"]) == {source.id for source in here.main.feeds()} - fresh
    save_setting(Paths.under(tmp_path), "refresh.quiet", "0:00-24:00")
    async with desk(tmp_path) as here:
        await here.main.tending.refresh_stale()
        assert not here.worker.asked("refresh")


class TestTyped:
    async def test_a_setting_is_set_by_its_name(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press(*":set measure 64", "enter")
            await here.until(lambda: "Line length: 64." in here.main.foot.plain)
            await here.until(lambda: here.main.reader.measure == load(here.main.config.paths).measure == 64)
            await here.press(*":set mouse=off", "enter")
            await here.until(lambda: "Mouse: off." in here.main.foot.plain)
            await here.press(*":set measure default", "enter")
            await here.until(lambda: here.main.reader.measure == 76)
            await here.press(*":set measure", "enter")
            await here.until(lambda: "characters in a line" in here.main.foot.plain)

    @pytest.mark.parametrize(
        ("line", "words"),
        [
            ("set mesure 64", "Did you mean measure?"),
            ("set measure 640", "40 to 120"),
            ("set theme nrod", "Theme is never nrod."),
            ("set preset emacs", "There are default, newsboat"),
        ],
    )
    async def test_what_cannot_be_set_is_said(self, tmp_path: Path, line: str, words: str) -> None:
        async with desk(tmp_path) as here:
            await here.press(*f":{line}", "enter")
            await here.until(lambda: words in " ".join(here.text.split()))
            assert here.main.foot.find_line.value == f":{line}"  # where it can be mended
            await here.until(lambda: not here.main.config.paths.settings_file.exists())

    async def test_settings_and_their_values_are_offered(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            await here.press(*":set density comp", "tab", "enter")
            await here.until(lambda: here.main.config.density == "compact")


async def test_an_open_panel_follows_the_file(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.main.look_at_settings()
        await here.press("g", "s")
        await edited(here, "[reader]\nmeasure = 60\nmeasur = 1\n")
        assert "config.toml, line 2" in here.text
        assert "Did you mean measure?" in here.text


def test_what_settings_are_called_stands_apart_from_what_they_are() -> None:
    assert [setting.label for setting in SETTINGS if len(setting.label) >= LABEL] == []
