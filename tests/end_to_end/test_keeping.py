"""What a person keeps, with the installed program: by keys, seen by another window, after kill -9, and taken away."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from newsreader.demo.server import DemoServer
from tests.end_to_end.conftest import Home

pytestmark = pytest.mark.slow


def test_what_is_kept_is_seen_by_another_window_and_survives_a_kill(furnished: Home, tmp_path: Path) -> None:
    number = furnished.json("list")[0]["id"]
    with furnished.open() as one, furnished.open() as two:
        for terminal in (one, two):
            terminal.wait_for("Unread")
            terminal.settle()
        one.press("L")
        two.wait_for("◷", 3)
        one.press("S")
        one.wait_for("A note")
        one.press("ferries\t")
        one.settle()
        one.press("For Monday\r")
        two.wait_for("★", 3)
        one.press("\r")
        one.wait_for("For Monday")
        one.settle()
        one.press("H")
        one.wait_for("sentence")
        one.press("\r")
        one.wait_for("▎", 3)
        one.kill(signal.SIGKILL)
        one.wait()
        two.press("Q")
        assert two.wait() == 0
    (kept,) = furnished.json("list", "is:bookmarked")
    assert (kept["id"], kept["later"], kept["tags"]) == (number, True, ["ferries"])
    read = furnished.json("read", str(number))
    assert read["note"] == "For Monday"
    assert len(read["highlights"]) == 1
    furnished.run("export", "--bookmarks", str(tmp_path / "out.json"))
    (item,) = json.loads((tmp_path / "out.json").read_bytes())["items"]
    assert item["_newsreader"]["highlights"] == read["highlights"]


def test_a_page_is_saved_shown_and_taken_back(furnished: Home, world: DemoServer) -> None:
    article = furnished.json("list")[0]
    said = furnished.run("save", article["url"], "--tag", "mine")
    assert "Saved: " in said
    with furnished.open() as terminal:
        terminal.wait_for("Saved")
        terminal.press("gb")
        terminal.wait_for("#mine")
        terminal.press("s")
        terminal.wait_for("Bookmark taken away")
        terminal.press("u")
        terminal.wait_for("Undone")
        terminal.press("Q")
        assert terminal.wait() == 0
    (kept,) = furnished.json("list", "is:bookmarked")
    assert (kept["url"], kept["full_text"], kept["source"]["title"]) == (article["url"], True, "Saved")
