"""Being told of what came in: off unless it is set, by bell and by a program, once a refresh, not in quiet hours."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from newsreader.errors import UsageError
from newsreader.ui import programs
from tests.ui.desk import Desk, desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


TOLD: dict[str, Any] = {"event": "told", "text": "2 new articles for “ferries”: The night ferry stays"}


@pytest.fixture
def posted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """What the program for notifications was given, a line each time."""
    file, program = tmp_path / "posted", tmp_path / "bin" / "notify-send"
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable}\nimport sys\nopen({str(file)!r}, 'a').write('|'.join(sys.argv[1:]) + '\\n')\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setattr(programs, "_SHOWS", ("notify-send", "--", "newsreader"))
    return lambda: file.read_text() if file.exists() else ""


def set_to(here: Desk, **changes: object) -> None:
    here.main.config = here.main.config._replace(**changes)  # type: ignore[arg-type]  # built from names


def rings(here: Desk, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    rung: list[int] = []
    monkeypatch.setattr(here.app, "bell", lambda: rung.append(1))
    return rung


async def test_the_desktop_is_told_by_its_own_program_with_the_words_as_one_argument(posted: Callable[[], str]) -> None:
    await programs.notify_by_command("desktop", "--a 'b'; $(id)")
    assert posted() == "--|newsreader|--a 'b'; $(id)\n"


async def test_without_that_program_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match=r"Notifying by .* failed"):
        await programs.notify_by_command("desktop", "text")


async def test_nothing_rings_or_pops_up_unless_that_is_set(
    tmp_path: Path, posted: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(tmp_path) as here:
        rung = rings(here, monkeypatch)
        here.main.herald.hear(TOLD)
        assert "The night ferry stays" in here.main.foot.plain
        await here.settle()
        assert (rung, posted()) == ([], "")
        set_to(here, bell=True, notify_command="desktop", quiet="00:00-24:00")
        here.main.herald.hear(TOLD)
        await here.settle()
        assert (rung, posted()) == ([], "")


async def test_a_refresh_rings_once_and_pops_up_once_where_that_is_set(
    tmp_path: Path, posted: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(tmp_path) as here:
        rung = rings(here, monkeypatch)
        set_to(here, bell=True, notify_command="desktop")
        here.main.herald.hear(TOLD)
        await here.until(lambda: posted().endswith("\n"))
        assert posted() == f"--|newsreader|{TOLD['text']}\n"
        assert rung == [1]
