"""What is handed to other programs, and the further commands about lists: filter, above, below, placing."""

from __future__ import annotations

import contextlib
import io
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from newsreader.errors import UsageError
from newsreader.model import Enclosure
from newsreader.store import Store
from newsreader.ui import outside
from newsreader.ui.keys import Where
from newsreader.ui.running import command_for, editor, pipe_through, run_in_terminal
from tests.ui.desk import desk
from tests.ui.world import ARTICLES, MINUTE, article, fill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from newsreader.ui.app import NewsreaderApp

PLAYERS = {"audio/*": "mpv --force-window", "audio/x-scpls": "vlc", "*": "xdg-open"}


@pytest.mark.parametrize(
    ("kind", "url", "command"),
    [
        ("audio/mpeg", "https://a.test/1", "mpv --force-window"),
        ("Audio/MPEG; codecs=x", "https://a.test/1", "mpv --force-window"),
        ("audio/x-scpls", "https://a.test/1", "vlc"),
        ("video/mp4", "https://a.test/1", "xdg-open"),
        (None, "https://a.test/one.mp3?x=1", "mpv --force-window"),
        ("", "https://a.test/one", "xdg-open"),
    ],
)
def test_the_narrowest_pattern_that_fits_names_the_player(kind: str | None, url: str, command: str) -> None:
    assert command_for(kind, url, PLAYERS) == command


def test_without_a_pattern_that_fits_there_is_no_player() -> None:
    assert command_for("video/mp4", "https://a.test/1", {"audio/*": "mpv"}) is None


def test_the_editor_is_the_persons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.setenv("EDITOR", "code --wait")
    assert editor() == ["code", "--wait"]
    monkeypatch.setenv("VISUAL", 'a "quotation')
    monkeypatch.delenv("EDITOR")
    assert editor() == ["vi"]


class TestPiping:
    @pytest.fixture(autouse=True)
    def _shell(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SHELL", "/bin/sh")

    async def test_a_command_gets_the_text_and_what_it_prints_comes_back(self) -> None:
        printed = await pipe_through('cat; echo "$NEWSREADER_TITLE" >&2', "words", {"NEWSREADER_TITLE": "T; rm"})
        assert printed == "wordsT; rm\n"

    async def test_what_goes_wrong_is_said_with_what_the_command_said(self) -> None:
        with pytest.raises(UsageError) as failure:
            await pipe_through("echo no disk; exit 3", "words", {})
        assert failure.value.phrase == "echo no disk; exit 3 failed: no disk"
        with pytest.raises(UsageError) as failure:
            await pipe_through("exit 3", "words", {})
        assert failure.value.phrase == "exit 3 failed: it ended with 3."

    async def test_one_that_does_not_end_is_ended(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("newsreader.ui.running.PIPE_PATIENCE", 0.05)
        with pytest.raises(UsageError) as failure:
            await pipe_through("exec sleep 60", "words", {})
        assert "it was stopped after" in failure.value.phrase

    async def test_one_that_does_not_read_is_no_failure(self) -> None:
        assert await pipe_through("true", "x" * 1_000_000, {}) == ""

    def test_one_in_the_terminal_is_waited_for_and_can_be_interrupted(
        self, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
        before = signal.getsignal(signal.SIGINT)
        run_in_terminal("kill -INT $PPID; echo done; exit 2", {}, "Enter goes back.")
        assert signal.getsignal(signal.SIGINT) is before
        said = capfd.readouterr().out
        assert "done" in said
        assert "it ended with 2. Enter goes back." in said
        with pytest.raises(UsageError):
            run_in_terminal(["/nowhere/vi"], {})


async def test_an_article_is_piped_as_markdown_and_what_is_printed_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHELL", "/bin/sh")
    async with desk(tmp_path) as here:
        here.main.perform("pipe", "head -n 1")
        await here.until(lambda: "# Harbour town votes to keep its night ferry" in here.main.foot.plain)
        here.main.perform("pipe", "cat >/dev/null")
        await here.until(lambda: "Given to cat >/dev/null." in here.main.foot.plain)
        here.main.perform("pipe", "wc; printf '[/]\\033]0;x\\007\\n'")
        await here.until(lambda: "[/]" in here.text)
        await here.press("escape", "x", "x")
        here.main.perform("pipe", "grep -c '^# '")
        await here.until(lambda: "2" in here.main.foot.plain.split())
        await here.press("escape", "|", *"false", "enter")
        await here.until(lambda: "false failed: it ended with 1." in here.main.foot.plain)


async def test_the_browser_gets_the_article_and_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("newsreader.ui.perusing.open_link", lambda url, browser: opened.append(url))
    async with desk(tmp_path) as here:
        await here.press("O")
        await here.until(lambda: here.head(here.titles[0]).read)
        assert opened == ["https://example.test/harbourtownvotestokeepitsnightferry"]


def with_enclosures(store: Store) -> dict[str, int]:
    heard = article("An hour of waves", MINUTE)._replace(
        enclosures=(
            Enclosure("https://a.test/waves.mp3", "audio/mpeg", None, None, None),
            Enclosure("https://a.test/waves.pdf", "application/pdf", None, None, "The [b]notes"),
        ),
    )
    return fill(store, {**ARTICLES, "Valley Radio": (heard,)})


async def test_the_files_of_an_article_are_opened_by_what_is_chosen_for_their_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[str, str | None]] = []
    monkeypatch.setattr(outside, "open_link", lambda url, browser: opened.append((url, browser)))
    async with desk(tmp_path, prepare=with_enclosures, enclosures={"audio/*": "mpv"}) as here:
        await here.press("e")
        await here.until(lambda: "Opened 1 of 2: a.test/waves.mp3. 2e opens another." in here.main.foot.plain)
        await here.press("2", "e")
        await here.until(lambda: "Opened 2 of 2: The [b]notes. 1e opens another." in here.main.foot.plain)
        await here.press("3", "e")
        await here.until(lambda: "2 files go with this article." in here.main.foot.plain)
        await here.press("j", "e")
        await here.until(lambda: "No file goes with this article" in here.main.foot.plain)
    assert opened == [("https://a.test/waves.mp3", "mpv"), ("https://a.test/waves.pdf", None)]


async def test_a_command_has_the_terminal_and_knows_the_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[object, dict[str, str]]] = []
    resumed: list[int] = []

    @contextlib.contextmanager
    def suspend(app: NewsreaderApp) -> Iterator[None]:
        yield
        resumed.append(len(ran))  # as Textual does it, which an error that goes through leaves suspended

    def run(command: object, environment: dict[str, str], afterwards: str = "") -> None:
        ran.append((command, environment))
        if command == "nothing":
            raise UsageError("It could not be started.")
        if isinstance(command, list):
            paths[0].write_text("<opml/>")

    async with desk(tmp_path) as here:
        here.main.perform("shell", "date")
        await here.until(lambda: "No other program can have this terminal." in here.main.foot.plain)
        monkeypatch.setattr("newsreader.ui.app.NewsreaderApp.suspend", suspend)
        monkeypatch.setattr(outside, "run_in_terminal", run)
        paths = [here.main.config.paths.mirror]
        here.main.perform("shell", "date")
        await here.settle()
        assert ran[0][0] == "date"
        assert ran[0][1]["NEWSREADER_URL"].startswith("https://example.test/harbour")
        here.main.perform("shell", "nothing")
        await here.until(lambda: "It could not be started." in here.main.foot.plain)
        assert resumed == [1, 2]
        await here.press("g", "E")
        await here.until(lambda: "is not there yet" in here.main.foot.plain)
        paths[0].parent.mkdir(parents=True)
        paths[0].write_text("<opml></opml>")
        here.main.perform("edit_sources")
        await here.until(lambda: here.worker.asked("mirror"))  # what is new is taken over
        assert ran[-1][0] == [*editor(), str(paths[0])]


async def test_a_filter_keeps_what_is_listed_and_escape_ends_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("m", "g", "u")
        whole = here.titles
        await here.press("F", *"ferry")
        await here.until(lambda: 0 < len(here.titles) < len(whole))
        assert "Harbour town votes to keep its night ferry" not in here.titles, "it is read, and so not in this list"
        await here.press("enter", "escape")
        await here.until(lambda: here.titles == whole)
        await here.press("/", *"ferry")
        await here.until(lambda: "Harbour town votes to keep its night ferry" in here.titles)


async def test_above_and_below_are_marked_read_and_undone(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        titles = here.titles
        await here.press("j", "j", "M")
        await here.until(lambda: "2 articles marked read. u undoes it." in here.main.foot.plain)
        assert [here.head(each).read for each in titles[:4]] == [True, True, False, False]
        await here.press("g", "M")
        await here.until(lambda: f"{len(titles) - 3} articles marked read" in here.main.foot.plain)
        assert [each for each in titles if not here.head(each).read] == [titles[2]]
        await here.press("2", "u")
        await here.until(lambda: not any(here.head(each).read for each in titles))


async def test_rows_and_lines_are_put_where_they_are_wanted(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(160, 24)) as here:
        await here.press("5", "j", "Z", "t")
        top = here.main.articles.scroll_offset.y
        assert top == here.main.articles.rows.top(here.main.articles.cursor_row)
        await here.press("Z", "b")
        assert here.main.articles.scroll_offset.y < top
        await here.press("enter", "4", "}", "Z", "z")
        assert here.at(Where.READER)
        middle = here.main.reader.top
        await here.press("Z", "t")
        assert here.main.reader.top > middle
