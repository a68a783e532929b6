"""What a person keeps, with the installed program: by keys, seen by another window, after kill -9, and taken away."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from newsreader.demo.server import DemoServer
from newsreader.demo.world import sources
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
        one.wait_for("your note is below")
        for _ in range(40):
            if "For Monday" in one.text:
                break
            one.press("\x04")
            one.settle(0.2)
        one.wait_for("For Monday")
        one.press("gg")
        one.wait_for("your note is below")
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
    pages = (world.base + source.path(article) for source in sources() for article in source.articles if article.held)
    page = next(pages)  # no feed has it yet
    said = furnished.run("save", page, "--tag", "mine")
    assert said.startswith("Saved: ")
    assert "Saved" in {source["title"] for source in furnished.json("sources")}
    take_back_and_keep_after_all(furnished, "#mine")
    (kept,) = furnished.json("list", "is:bookmarked")
    assert (kept["url"], kept["full_text"], kept["source"]["title"]) == (page, True, "Saved")


def test_a_page_that_a_source_brought_is_kept_where_it_is(furnished: Home) -> None:
    article = furnished.json("list")[0]
    said = furnished.run("save", article["url"], "--tag", "mine")
    assert said == f"Bookmarked, as {article['source']['title']} brought it: {article['id']} {article['title']}\n"
    take_back_and_keep_after_all(furnished, "#mine")
    (kept,) = furnished.json("list", "is:bookmarked")
    assert (kept["id"], kept["source"], kept["tags"]) == (article["id"], article["source"], ["mine"])
    assert "Saved" not in {source["title"] for source in furnished.json("sources")}


def take_back_and_keep_after_all(furnished: Home, shown: str) -> None:
    """Take the bookmark from the only article that has one, by its key, and undo that."""
    with furnished.open() as terminal:
        terminal.wait_for("Bookmarks")
        terminal.press("gb")
        terminal.wait_for(shown)
        terminal.press("s")
        terminal.wait_for("Bookmark taken away")
        terminal.press("u")
        terminal.wait_for("Undone")
        terminal.press("Q")
        assert terminal.wait() == 0
