from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.ui.completion import Named, hint, offers, unknown
from newsreader.ui.files import files
from newsreader.ui.language import Kind, understand

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from newsreader.ui.keys import Command

NAMES = {
    Kind.SOURCE: ("The Coast Gazette", "Northern Wire", 'A "quoted"; one', "صوت الميناء"),
    Kind.FOLDER: ("World", "Science"),
    Kind.INTO: ("World", "Science"),
    Kind.LABELS: ("coast", "radio"),
    Kind.TAGS: ("later", "ferries", "work"),
    Kind.THEME: ("nord", "newsreader-dark"),
    Kind.BRIEF: ("summary", "points"),
}


class Everything:
    """What a test knows."""

    def named(self, kind: Kind, typed: str) -> Iterable[Named]:
        del typed
        return [Named(name) for name in NAMES.get(kind, ())]

    def key_of(self, command: Command) -> str:
        return command.keys


def lines(line: str) -> list[str]:
    """What the line becomes with each of the offers."""
    return [line[: each.start] + each.text for each in offers(line, len(line), Everything())]


@pytest.mark.parametrize(
    ("line", "first"),
    [
        (":book", ":bookmark"),
        (":tag", ":tags "),
        (":colorsch", ":theme "),
        (":mar", ":mark-all-read"),
        ("undo; sou", "undo; source "),
        (":source gaz", ":source The Coast Gazette"),
        (":source ميناء", ":source صوت الميناء"),
        (":source quot", r':source "A \"quoted\"; one"'),
        (":folder w", ":folder World"),
        (":tag work fe", ":tag work ferries"),
        (":tag -l", ":tag -later"),
        (":theme ", ":theme nord"),
        (":aside po", ":aside points"),
        (":move-source sc", ":move-source Science"),
        (":tag-source coast ra", ":tag-source coast radio"),
    ],
)
def test_what_can_be_typed_is_offered_the_likeliest_first(line: str, first: str) -> None:
    assert lines(line)[0] == first


def test_nothing_is_offered_where_nothing_can_stand_and_it_is_said_what_a_command_takes() -> None:
    assert lines(":undo ") == []
    assert lines(":open ") == []
    assert lines(":rename-source the") == []
    assert unknown(understand("move-source Seaside").calls, "move-source Seaside", Everything()) is None
    assert hint(":open ", 6) == ("open [NUMBER]", "Open what the cursor is on; in the reader, the link, else zen.")
    assert hint(":ope", 4) is None


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("source Gazett", None),
        ("source gzt", "The Coast Gazette"),
        ("undo; theme nrd", "nord"),
        ("aside", None),
        ("aside sum", None),
        ("aside smy", "summary"),
    ],
)
def test_a_name_that_nothing_has_is_a_mistake_with_the_nearest_one(line: str, meant: str | None) -> None:
    mistake = unknown(understand(line).calls, line, Everything())
    assert (mistake.meant if mistake else None) == meant
    assert mistake is None or line[mistake.start : mistake.end] in {"gzt", "nrd", "smy"}


def test_paths_are_completed_folders_with_a_slash_and_hidden_files_only_when_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "Feeds").mkdir()
    for name in ("feeds.opml", ".fetched", "other.opml"):
        (tmp_path / name).touch()
    assert [each.name for each in files("~/fe")] == ["~/Feeds/", "~/feeds.opml"]
    assert [each.name for each in files("~/.f")] == ["~/.fetched"]
    assert [each.name for each in files(f"{tmp_path}/o")] == [f"{tmp_path}/other.opml"]
    assert [each.name for each in files("~")] == ["~/"]
    assert list(files("~/nowhere/x")) == []
    assert list(files("~nobody-is-called-so/x")) == []


_PARTS = st.sampled_from([":", "tag", "source", "theme", " ", '"', ";", "-", "a", "ö", "later", "\\"])


@given(st.lists(_PARTS, max_size=10).map("".join), st.integers(0, 40))
def test_whatever_is_offered_can_stand_in_the_line(line: str, cursor: int) -> None:
    at = min(cursor, len(line))
    for offer in offers(line, at, Everything()):
        assert 0 <= offer.start <= at
        assert offer.text
