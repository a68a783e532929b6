from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.errors import LibraryDamaged, LibraryError, LibraryFull, LibraryNewer
from newsreader.model import Place, Query, Scope, Subscription
from newsreader.store import Store
from newsreader.store.connection import suspect_mark
from newsreader.store.schema import APPLICATION_ID, SCHEMA
from tests.store.conftest import Clock, add_source, fill, ingest, state_of, write


def filled(path: Path, clock: Clock, count: int = 40) -> tuple[int, ...]:
    """A library with articles, closed and in one file."""
    with Store.open(path, clock=clock) as store:
        ids = fill(store, add_source(store), count)
        store.index_some(1_000)
    return ids


def aside(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}.corrupt-*"))


def test_a_new_library(path: Path, clock: Clock) -> None:
    with Store.open(path, clock=clock) as store:
        assert (store.created, store.read_only, store.notice, store.recovered) == (True, False, None, None)
        facts = store.facts()
        assert (facts.schema, facts.articles, facts.sources, facts.fts5) == (SCHEMA, 0, 0, True)
        assert facts.size_bytes > 0
        assert store.check() == ()
        settings = [store._db.value(f"PRAGMA {name}") for name in ("journal_mode", "foreign_keys", "application_id")]
        assert settings == ["wal", 1, APPLICATION_ID]
    with Store.open(path, clock=clock) as store:
        assert not store.created


def test_a_new_library_is_for_its_owner_alone(path: Path) -> None:
    before = os.umask(0o022)
    try:
        with Store.open(path) as store:
            add_source(store)
            files = {one.name: one.stat().st_mode & 0o777 for one in path.parent.iterdir() if one.is_file()}
    finally:
        os.umask(before)
    assert files == {path.name + ending: 0o600 for ending in ("", "-wal", "-shm")}


def test_a_library_keeps_the_mode_it_was_given(path: Path) -> None:
    Store.open(path).close()
    path.chmod(0o640)
    Store.open(path).close()
    assert path.stat().st_mode & 0o777 == 0o640


def test_closing_twice_and_using_it_then(path: Path) -> None:
    store = Store.open(path)
    store.close()
    store.close()
    with pytest.raises(LibraryError):
        store.sources()


def test_odd_characters_in_the_path(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "a?b#c%20d é" / "library&mode=ro.db"
    filled(path, clock)
    assert path.exists()
    with Store.open(path, clock=clock) as store:
        assert not store.created


@pytest.mark.parametrize("schema", [0, 1])
def test_a_library_that_died_while_being_born_is_begun(path: Path, schema: int) -> None:
    path.parent.mkdir()
    if schema:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
    else:
        path.touch()
    with Store.open(path) as store:
        assert store.created
        assert store.recovered is None
        assert store.check() == ()


def garbage(path: Path) -> None:
    path.write_bytes(b"This is a letter to the editor, not a library. " * 200)


def short(path: Path) -> None:
    path.write_bytes(b"SQLite")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def only_a_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


def zeros(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def schema_overwritten(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:4096] = b"\xff" * 3996
    path.write_bytes(data)


def mark_lost(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 1")


def noise_all_over(path: Path) -> None:
    data = bytearray(path.read_bytes())
    chance = random.Random(7)
    for _ in range(400):
        place = chance.randrange(4_096, len(data) - 64)
        data[place : place + 64] = chance.randbytes(64)
    path.write_bytes(data)


@pytest.mark.parametrize(
    "damage", [garbage, short, cut, only_a_header, zeros, schema_overwritten, mark_lost, noise_all_over]
)
def test_a_damaged_library_is_moved_aside_and_a_new_one_begun(
    path: Path, clock: Clock, damage: Callable[[Path], None]
) -> None:
    filled(path, clock)
    damage(path)
    broken = path.read_bytes()
    with Store.open(path, clock=clock) as store:
        assert store.created
        assert not store.read_only
        assert store.recovered is not None
        (kept,) = [each for each in aside(path) if not each.name.endswith(("-wal", "-shm"))]
        assert kept.read_bytes() == broken
        assert kept.name in store.recovered
        assert store.check() == ()
        fill(store, add_source(store), 2)
    with Store.open(path, clock=clock) as store:
        assert (store.created, store.recovered) == (False, None)
        assert len(store.listing(Query()).ids) == 2


def test_two_damaged_libraries_in_one_second_are_both_kept(path: Path, clock: Clock) -> None:
    path.parent.mkdir()
    for _ in range(3):
        garbage(path)
        Store.open(path, clock=clock).close()
    assert len(aside(path)) == 3


def test_damage_met_in_use_is_said_and_repaired_at_the_next_start(
    path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large library is not looked through at each start, so its damage shows later."""
    monkeypatch.setattr("newsreader.store.damage.OPEN_CHECK_SIZE", 0)
    ids = filled(path, clock, 400)
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'article'").fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(data)
    with Store.open(path, clock=clock) as store:
        assert store.recovered is None
        with pytest.raises(LibraryDamaged, match="start newsreader again"):
            store.heads(ids)
    with Store.open(path, clock=clock) as store:
        assert store.recovered is not None
        assert store.created
    with Store.open(path, clock=clock) as store:
        assert store.recovered is None


def test_a_suspicion_that_was_wrong_is_dropped(path: Path, clock: Clock) -> None:
    ids = filled(path, clock)
    mark = path.with_name(path.name + ".suspect")
    mark.touch()
    with Store.open(path, clock=clock) as store:
        assert store.listing(Query()).ids == ids
    assert not mark.exists()


def test_a_damaged_index_is_begun_anew_and_nothing_is_lost(path: Path, clock: Clock) -> None:
    ids = filled(path, clock)
    with Store.open(path, clock=clock) as store:
        store._db.run("UPDATE search_data SET block = x'ffffffffffffffff'")
    with Store.open(path, clock=clock) as store:
        assert store.check() == ("The search index is damaged: it is begun anew at the next search.",)
        assert store.listing(Query(text="title")).ids == ids
        assert store.waiting_for_index() == len(ids)
        assert store.index_some(1_000) == 0
        assert store.listing(Query(text="text")).ids == ids
        assert store.check() == ()
    assert not path.with_name(path.name + ".suspect").exists()


@pytest.mark.parametrize("what", ["index", "edit", "tidy"])
def test_a_damaged_index_stops_no_work(path: Path, clock: Clock, what: str) -> None:
    filled(path, clock)
    with Store.open(path, clock=clock) as store:
        store._db.run("UPDATE search_data SET block = x'ffffffffffffffff'")
    with Store.open(path, clock=clock) as store:
        (source_id,) = [state.source_id for state in store.fetch_states()]
        if what == "edit":
            ingest(store, source_id, write(1, content_hash="new", title="Moths", text="Moths"))
        else:
            ingest(store, source_id, write(900))
        if what == "tidy":
            while store.tidy():
                pass
        while store.index_some(1_000):
            pass
        assert store.check() == ()
        assert len(store.listing(Query(text="text")).ids) >= 39


def test_a_wrong_index_of_a_table_is_made_anew(path: Path, clock: Clock) -> None:
    ids = filled(path, clock)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = replace(sql, 'sort_at, id, here', 'id, sort_at, here')")
        connection.commit()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("REINDEX status_source")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = replace(sql, 'id, sort_at, here', 'sort_at, id, here')")
        connection.commit()
    path.with_name(path.name + ".suspect").touch()
    with Store.open(path, clock=clock) as store:
        assert store.recovered is None
        assert store.listing(Query(Scope.SOURCE, source_id=2)).ids == ids
        assert store.check() == ()


def test_a_schema_that_is_not_ours_any_more_is_damage(path: Path, clock: Clock) -> None:
    """Its statements fail as wrong SQL does, and no check of SQLite finds anything."""
    ids = filled(path, clock)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = replace(sql, 'new.here <> 1', 'new.her3 <> 1')")
        connection.execute("UPDATE sqlite_master SET sql = replace(sql, 'old.here <>', 'old.her3 <>')")
        connection.commit()
    with Store.open(path, clock=clock) as store, pytest.raises(LibraryError):
        store.mark_read(ids, True)
    with Store.open(path, clock=clock) as store:
        assert store.recovered is not None


def test_a_damaged_letter_takes_no_article_away(path: Path, clock: Clock) -> None:
    ids = filled(path, clock, 3)
    with Store.open(path, clock=clock) as store:
        store._db.run("UPDATE article SET title = CAST(x'4361ff66e9' AS TEXT) WHERE id = ?", ids[:1])
        assert [head.title for head in store.heads(ids)] == ["Ca\ufffdf\ufffd", "Title 2", "Title 3"]
        assert store.listing(Query(text="title")).ids


def test_another_programs_library_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    before = path.read_bytes()
    with pytest.raises(LibraryDamaged, match="belongs to another program"):
        Store.open(path)
    assert path.read_bytes() == before
    assert not aside(path)


def test_a_folder_or_a_pipe_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="is a folder"):
        Store.open(tmp_path)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(LibraryError, match="is not a file"):
        Store.open(pipe)
    pipe.unlink()
    pipe.touch()
    with pytest.raises(LibraryFull, match="cannot be made"):
        Store.open(pipe / "library.db")


def refused(store: Store) -> Iterator[Callable[[], object]]:
    """Every kind of writing."""
    state = store.fetch_states()[0]
    yield lambda: store.add_sources([Subscription("https://x.example/")])
    yield lambda: store.remove_sources([state.source_id])
    yield lambda: store.update_source(state.source_id, title="x")
    yield lambda: store.record(state)
    yield lambda: store.ingest(state, None, [write(99)])
    yield lambda: store.mark_due(None)
    yield lambda: store.mark_read([1], True)
    yield lambda: store.bookmark([1], True)
    yield lambda: store.opened(1)
    yield lambda: store.save_place(1, Place(), 1)
    yield lambda: store.save_document(1, full_text=False, document=b"", version=1)
    yield store.undo
    yield lambda: store.remember("a", "b")
    yield lambda: store.index_some(1)
    yield store.tidy


def test_a_newer_library_is_read_and_never_written(path: Path, clock: Clock) -> None:
    ids = filled(path, clock)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    with Store.open(path, clock=clock) as store:
        assert store.read_only
        assert store.notice is not None
        assert f"schema {SCHEMA + 1}" in store.notice
        assert store.listing(Query(text="text")).ids == ids
        for attempt in refused(store):
            with pytest.raises(LibraryNewer):
                attempt()


def test_what_a_newer_library_does_otherwise_is_no_damage(path: Path, clock: Clock) -> None:
    ids = filled(path, clock)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP VIEW feed_body")
        connection.execute("CREATE VIEW feed_body AS SELECT id, of_later(id) AS html FROM article")
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
        connection.commit()
    with Store.open(path, clock=clock) as store:
        assert [head.id for head in store.heads(ids)] == list(ids)
        with pytest.raises(LibraryError):
            store.html(ids[0], full_text=False)
    assert not suspect_mark(path).exists()


def test_opening_for_reading_only(path: Path, clock: Clock, open_store: Callable[..., Store]) -> None:
    with pytest.raises(LibraryError, match="There is no library"):
        Store.open(path, read_only=True)
    assert not path.parent.exists()
    writing = open_store()
    ids = fill(writing, add_source(writing), 2)
    reading = open_store(read_only=True)
    assert reading.read_only
    assert reading.listing(Query()).ids == ids
    assert reading.check() == ()
    for attempt in refused(reading):
        with pytest.raises(LibraryFull):
            attempt()
    assert len(fill(writing, state_of(writing, 2).source_id, 1, first=50)) == 1
    assert len(reading.listing(Query()).ids) == 3


@pytest.mark.parametrize("empty", [True, False])
def test_reading_only_replaces_nothing(path: Path, empty: bool) -> None:
    path.parent.mkdir()
    path.touch() if empty else garbage(path)
    with pytest.raises(LibraryError):
        Store.open(path, read_only=True)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("what", ["folder", "file", "both"])
def test_what_takes_no_writes_is_read(unprivileged: Path, clock: Clock, what: str) -> None:
    path = unprivileged / "data" / "library.db"
    ids = filled(path, clock)
    if what in {"file", "both"}:
        path.chmod(0o400)
    if what in {"folder", "both"}:
        path.parent.chmod(0o500)
    with Store.open(path, clock=clock) as store:
        assert store.read_only
        assert store.notice is not None
        assert "reading only" in store.notice
        assert store.listing(Query()).ids == ids
        for attempt in refused(store):
            with pytest.raises(LibraryFull):
                attempt()


def test_no_library_can_be_begun_where_nothing_can_be_written(unprivileged: Path) -> None:
    unprivileged.chmod(0o500)
    with pytest.raises(LibraryFull, match="cannot be made"):
        Store.open(unprivileged / "data" / "library.db")
    with pytest.raises(LibraryFull):
        Store.open(unprivileged / "library.db")


def test_a_library_that_may_not_be_read(unprivileged: Path, clock: Clock) -> None:
    path = unprivileged / "library.db"
    filled(path, clock)
    path.chmod(0)
    with pytest.raises(LibraryError, match="cannot be read"):
        Store.open(path)


def test_a_full_disk_stops_writing_and_loses_nothing(store: Store) -> None:
    source_id = add_source(store)
    ids = fill(store, source_id, 20)
    pages = store._db.value("PRAGMA page_count")
    store._db.value(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(LibraryFull, match="disk is full"):
        ingest(store, source_id, *(write(number, html="x" * 50_000) for number in range(100, 140)))
    assert store.listing(Query()).ids == ids
    assert store.article(ids[0]) is not None
    store._db.value("PRAGMA max_page_count = 1000000")
    assert store.check() == ()
    assert store.mark_read(ids, True).articles == set(ids)


@pytest.mark.parametrize("pages", [2, 10, 30])
def test_a_library_that_does_not_fit_on_the_disk_is_said_in_words(
    path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, pages: int
) -> None:
    real = sqlite3.connect

    def small_disk(*arguments: object, **named: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = real(*arguments, **named)  # type: ignore[call-overload]  # handed through
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    monkeypatch.setattr("newsreader.store.opening.sqlite3.connect", small_disk)
    with pytest.raises(LibraryFull, match="disk is full"):
        Store.open(path, clock=clock)
    monkeypatch.undo()
    with Store.open(path, clock=clock) as store:
        assert store.created
        assert store.check() == ()


def test_an_old_sqlite_is_said_in_words(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(LibraryError, match=r"SQLite 3\.37\.0 or newer"):
        Store.open(path)
