from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from newsreader.bounds import HISTORY_KEPT, MAX_TYPED
from newsreader.ui.history import COMMANDS, SEARCHES, History, forget

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_typed_comes_back_the_newest_first_and_each_once(tmp_path: Path) -> None:
    history = History(None)
    for line in ("tag later", "undo", "tag work", "undo"):
        history.add(COMMANDS, line)
    assert history.lines(COMMANDS) == ("undo", "tag work", "tag later")
    assert history.lines(SEARCHES) == ()
    assert history.before(COMMANDS, "tag", None, 1) == "tag work"
    assert history.before(COMMANDS, "tag", "tag work", 1) == "tag later"
    assert history.before(COMMANDS, "tag", "tag later", 1) is None
    assert history.before(COMMANDS, "tag", "tag work", -1) is None
    history.save(None)
    assert list(tmp_path.iterdir()) == []


def test_it_is_kept_over_restarts_for_its_owner_alone_and_two_windows_share_it(tmp_path: Path) -> None:
    path = tmp_path / "state" / "history.json"
    first, second = History(path), History(path)
    first.add(COMMANDS, "undo")
    first.save(path)
    second.add(SEARCHES, "ferry 島")
    second.save(path)
    assert History(path).lines(COMMANDS) == ("undo",)
    assert History(path).lines(SEARCHES) == ("ferry 島",)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    forget(path)
    forget(path)
    assert not path.exists()


def test_it_has_an_end_and_holds_no_passwords(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    history = History(path)
    for number in range(HISTORY_KEPT + 50):
        history.add(COMMANDS, f"open {number}")
    history.add(COMMANDS, "add https://ada:secret@example.test/feed")
    history.add(COMMANDS, "set ai.key sk-secret")
    history.add(COMMANDS, "Set key = sk-secret")
    history.add(COMMANDS, "set ai.key env:AI_KEY")
    assert history.lines(COMMANDS)[0] == "set ai.key env:AI_KEY"
    history.add(COMMANDS, "x" * 5_000)
    history.save(path)
    kept = History(path).lines(COMMANDS)
    assert len(kept) == HISTORY_KEPT
    assert len(kept[0]) <= MAX_TYPED
    assert "secret" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"commands": 3}', b'{"commands": [1, null, "undo"]}', b"\xff\xfe", b"[" * 9999]
)
def test_a_file_that_makes_no_sense_is_passed_over(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "history.json"
    path.write_bytes(content)
    assert set(History(path).lines(COMMANDS)) <= {"undo"}
    History(path).save(path)
