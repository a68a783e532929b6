"""Arranging sources and folders on the command line."""

from __future__ import annotations

import pytest

from newsreader.config import Paths
from tests.cli.conftest import Shell


def source(shell: Shell, name: str) -> dict[str, object]:
    found: dict[str, object] = next(each for each in shell.json("sources") if each["title"] == name)
    return found


def test_a_source_is_renamed_moved_tagged_and_paused_and_the_mirror_follows(furnished: Shell) -> None:
    assert "Northern Wire is called The Wire now" in furnished("source", "rename", "wire", "The Wire")
    assert "in the folder World" in furnished("source", "move", "the wire", "coast", "--to", "World")
    assert "tagged so" in furnished("source", "tag", "coast", "the wire", "--add", "morning", "long reads")
    assert "2 sources: paused" in furnished("source", "pause", "coast", "the wire")
    assert "going on" in furnished("source", "resume", "coast")
    wire = source(furnished, "The Wire")
    assert (wire["folder"], wire["tags"], wire["paused"]) == (
        "World",
        ["morning", "long reads"],
        "2026-11-23T18:00:00Z",
    )
    assert source(furnished, "The Coast Gazette")["paused"] is None
    printed = furnished("sources", "--tag", "#Morning")
    assert "paused now" in printed
    assert "#long reads" in printed
    assert "handbook" not in printed
    mirror = Paths.under(furnished.home).mirror.read_text()
    assert 'category="morning,long reads"' in mirror
    assert 'paused="2026-11-23T18:00:00Z"' in mirror
    assert "#morning" in furnished("source", "tag", "the wire")


def test_sources_and_folders_change_places(furnished: Shell) -> None:
    furnished("source", "move", "wire", "--to", "Science")
    assert "World" in furnished("folder", "list")
    assert "Moved the folder “Science” up" in furnished("folder", "up", "sci")
    assert furnished("folder", "list").splitlines()[0].startswith("Science · 1 source")
    assert "Nothing to do" in furnished("folder", "up", "science")
    furnished("folder", "rename", "Science", "World")
    assert [each["title"] for each in furnished.json("sources")][:2] == ["The Coast Gazette", "Northern Wire"]
    assert "moved up" in furnished("source", "up", "wire")
    assert [each["title"] for each in furnished.json("sources")][:2] == ["Northern Wire", "The Coast Gazette"]


def test_a_folder_is_paused_dissolved_removed_and_comes_back(furnished: Shell) -> None:
    furnished("folder", "pause", "World")
    assert source(furnished, "The Coast Gazette")["paused"]
    furnished("folder", "resume", "World")
    furnished("folder", "dissolve", "World")
    assert source(furnished, "The Coast Gazette")["folder"] is None
    furnished("journal", "--undo", str(furnished.json("journal")[0]["id"]))
    assert "Removed the folder “World” with “The Coast Gazette”" in furnished("folder", "remove", "World")
    assert len(furnished.json("sources")) == 2
    furnished("journal", "--undo", str(furnished.json("journal")[0]["id"]))
    assert source(furnished, "The Coast Gazette")["folder"] == "World"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("folder", "rename", "Nowhere", "X"), "There is no folder “Nowhere”"),
        (("folder", "rename", "World", " "), "needs a name"),
        (("source", "pause", "handbook"), "never fetched"),
        (("source", "move", "zebra", "--to", "X"), "There is no source"),
    ],
)
def test_what_cannot_be_arranged_is_said(furnished: Shell, words: tuple[str, ...], said: str) -> None:
    assert said in furnished(*words, status=2)


def test_what_was_edited_by_hand_is_shown_taken_over_and_dropped(furnished: Shell) -> None:
    furnished("source", "pause", "wire")
    mirror = Paths.under(furnished.home).mirror
    mirror.write_text(mirror.read_text().replace("Northern Wire", "The Wire"))
    said = furnished("source", "edits")
    assert "1 changed" in said
    assert "~ The Wire" in said
    assert "as in" in furnished("source", "edits", "--take")
    assert source(furnished, "The Wire")["paused"]
    assert "says what the library says" in furnished("source", "edits")
    mirror.write_text(mirror.read_text().replace("The Wire", "Wires"))
    assert "sources.opml.edited" in furnished("source", "edits", "--drop")
    assert "The Wire" in mirror.read_text()
