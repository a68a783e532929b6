"""The daily backups, day after day."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsreader.bounds import BACKUP_DAYS, BACKUP_WEEKS
from newsreader.store import Store
from newsreader.store.rotation import backed_up_at, backups, make_backup
from newsreader.store.unpacking import unpacked
from tests.store.conftest import NOW

DAY = 86_400


def small(library: Path, target: Path, *, now: float, settings: bytes | None) -> None:
    """In place of a backup, which would take its time for each of so many days."""
    del library, now, settings
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(b"x")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("newsreader.store.rotation.write_backup", small)
    return tmp_path / "backups"


def make(folder: Path, now: float) -> Path:
    return make_backup(folder / "library.db", folder, now=now, settings=folder / "settings.toml")


def days(folder: Path) -> list[str]:
    return [path.name[len("newsreader-") : -len(".backup")] for path in backups(folder)]


def test_one_a_day_and_the_old_ones_go(folder: Path) -> None:
    for day in range(100):
        assert backed_up_at(folder, NOW + day * DAY) is None
        assert make(folder, NOW + day * DAY) == backups(folder)[0]
        assert backed_up_at(folder, NOW + day * DAY + 3_600) == NOW + day * DAY
    kept = days(folder)
    assert len(kept) == BACKUP_DAYS + BACKUP_WEEKS
    assert kept[:BACKUP_DAYS] == [f"2027-03-{day:02}" for day in (2, 1)] + [
        f"2027-02-{day}" for day in range(28, 23, -1)
    ]
    assert kept[BACKUP_DAYS:] == ["2027-02-23", "2027-02-21", "2027-02-14", "2027-02-07"]


def test_a_clock_that_is_wrong_for_a_while_takes_no_good_backup_away(folder: Path) -> None:
    for day in range(7):
        make(folder, NOW + day * DAY)
    before = days(folder)
    for moment in (0, DAY, 4_100_000_000, 4_100_000_000 + DAY):  # 1970, and 2099
        make(folder, moment)
    assert set(days(folder)) > set(before[:6]), "and of the week before, the newest"
    assert backed_up_at(folder, NOW + 7 * DAY) is None


def test_what_a_killed_process_left_goes_and_what_is_not_ours_stays(folder: Path) -> None:
    left = folder / ".newsreader-2026-11-20.backup.abc"
    left.mkdir(parents=True)
    (left / "library.db").write_bytes(b"half")
    os.utime(left, (1_000_000_000, 1_000_000_000))
    other = folder / ".newsreader-2026-11-20.backup.def"
    other.mkdir()
    for name in ("newsreader-2026-99-99.backup", "mine.backup", "newsreader-2020-01-01.backup.old"):
        (folder / name).write_bytes(b"mine")
    make(folder, NOW)
    assert not left.exists()
    assert other.exists(), "another process may be writing it"
    assert days(folder) == ["2026-11-23"]
    assert len(list(folder.iterdir())) == 5


def test_the_real_one_holds_the_settings(store: Store, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("theme = 'x'")
    made = make_backup(store._db.path, tmp_path / "backups", now=NOW, settings=settings)
    assert made.stat().st_mode & 0o077 == 0
    with unpacked(made) as plain:
        assert store.take_in(plain).settings == b"theme = 'x'"
