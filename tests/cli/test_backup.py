"""Backups from the command line: written, listed, restored and imported."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newsreader.config import Paths
from newsreader.model import Query, Scope
from tests.cli.conftest import Shell


@pytest.fixture
def elsewhere(shell: Shell, tmp_path: Path) -> Shell:
    """Another machine."""
    return replace(shell, home=tmp_path / "elsewhere")


def keep_one(shell: Shell) -> None:
    with shell.store() as store:
        store.bookmark(store.listing(Query()).ids[:1], True)


def test_a_backup_goes_to_a_file_and_comes_back_elsewhere(furnished: Shell, elsewhere: Shell, tmp_path: Path) -> None:
    keep_one(furnished)
    settings = Paths.under(furnished.home).settings_file
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("[reader]\nmeasure = 71\n")
    target = tmp_path / "mine.backup"
    assert f"{target} written" in furnished("backup", str(target))
    printed = elsewhere("restore", str(target))
    assert "Settings that were not set here were taken over." in printed
    assert "1 article, 1 bookmark" in printed
    assert Paths.under(elsewhere.home).settings_file.read_text() == "[reader]\nmeasure = 71\n"
    assert Paths.under(elsewhere.home).mirror.exists()
    with elsewhere.store() as store, furnished.store() as before:
        assert [source.title for source in store.sources()] == [source.title for source in before.sources()]
        assert len(store.listing(Query(Scope.BOOKMARKS)).ids) == 1
    assert elsewhere("restore", str(target)) == "Nothing is in it that is not here.\n"
    assert "restored what was kept on 2026-11-23" in elsewhere.json("journal")[0]["action"]


def test_all_is_exported_and_imported_on_another_machine(furnished: Shell, elsewhere: Shell, tmp_path: Path) -> None:
    target = tmp_path / "all"
    furnished("export", "--all", str(target))
    assert "Restored: " in elsewhere("import", str(target))
    with elsewhere.store() as store, furnished.store() as before:
        assert len(store.listing(Query()).ids) == len(before.listing(Query()).ids)
    assert "name one" in furnished("export", "--all", status=2)


def test_the_backup_of_the_day(furnished: Shell) -> None:
    assert "No backup yet" in furnished("backup", "--list")
    assert "newsreader-2026-11-23.backup written" in furnished("backup")
    assert "newsreader-2026-11-23.backup" in furnished("backup", "--list")
    assert "1, the newest newsreader-2026-11-23.backup" in furnished("doctor")


def test_what_cannot_be_restored_is_said(furnished: Shell, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"hello")
    assert "x is no backup of newsreader." in furnished("restore", str(tmp_path / "x"), status=2)
    assert "cannot be written" in furnished("backup", str(tmp_path / "x" / "y"), status=2)
