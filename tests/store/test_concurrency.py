"""Several connections and several processes on one library."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from newsreader.errors import LibraryError
from newsreader.model import Query, Scope, Subscription
from newsreader.store import Store
from tests.store.conftest import Clock, add_source, fill, ingest, state_of, write

ROOT = Path(__file__).parents[2]

WRITER = """
import sys
from pathlib import Path
from newsreader.store import Store
from tests.store.conftest import add_source, ingest, write

with Store.open(Path(sys.argv[1]), window=sys.argv[2]) as store:
    first = int(sys.argv[2]) * 1_000_000
    source_id = add_source(store, first)
    print("begun", flush=True)
    for number in range(first, first + int(sys.argv[3]), 5):
        change = ingest(store, source_id, *(write(each) for each in range(number, number + 5)))
        store.mark_read(sorted(change.added)[:2], True)
        store.bookmark(sorted(change.added)[:1], True)
        store.index_some(3)
        print(number, flush=True)
"""


def start(path: Path, number: int, count: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(number), str(count)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_reader_is_not_disturbed_by_an_open_write(open_store: Callable[..., Store]) -> None:
    reading, writing = open_store(), open_store()
    source_id = add_source(writing)
    ids = fill(writing, source_id, 2)
    with writing._db.transaction():
        writing._db.run("UPDATE status SET read = 1")
        assert reading.listing(Query(Scope.UNREAD)).ids == ids
    assert reading.listing(Query(Scope.UNREAD)).ids == ()


def test_a_second_writer_waits_for_its_turn(open_store: Callable[..., Store]) -> None:
    one, other = open_store("one"), open_store("other")
    ids = fill(one, add_source(one), 2)
    waiting = threading.Event()

    def mark() -> None:
        waiting.set()
        other.mark_read(ids[:1], True)

    thread = threading.Thread(target=mark)
    with one._db.transaction():
        one._db.run("UPDATE status SET read = 1 WHERE id = ?", ids[1:])
        thread.start()
        waiting.wait()
    thread.join()
    assert one.counts().unread == 0


def test_waiting_too_long_is_said_in_words(open_store: Callable[..., Store]) -> None:
    one, other = open_store(), open_store()
    ids = fill(one, add_source(one), 1)
    other._db.value("PRAGMA busy_timeout = 1")
    with one._db.transaction(), pytest.raises(LibraryError, match="is busy"):
        other.mark_read(ids, True)
    assert other.mark_read(ids, True)


def test_an_error_inside_leaves_everything_as_it_was(store: Store) -> None:
    ids = fill(store, add_source(store), 2)

    def fail_half_way() -> None:
        with store._db.transaction():
            store._db.run("UPDATE status SET read = 1")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail_half_way()
    assert store.listing(Query(Scope.UNREAD)).ids == ids
    assert store.mark_read(ids, True)


def test_many_begin_one_library_at_once(path: Path) -> None:
    count = 6
    gate = threading.Barrier(count)
    created: list[bool] = []
    failed: list[BaseException] = []

    def begin() -> None:
        gate.wait()
        try:
            with Store.open(path) as store:
                created.append(store.created)
                store.add_sources([Subscription("https://a.example/")])
        except LibraryError as error:
            failed.append(error)

    threads = [threading.Thread(target=begin) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(created) == [False] * (count - 1) + [True]
    with Store.open(path) as store:
        assert len(store.sources()) == 2
        assert store.check() == ()


def test_many_find_one_damaged_library_at_once(path: Path, clock: Clock) -> None:
    path.parent.mkdir()
    path.write_bytes(b"nonsense " * 1_000)
    count = 6
    gate = threading.Barrier(count)
    recovered: list[str | None] = []

    def begin() -> None:
        gate.wait()
        with Store.open(path, clock=clock) as store:
            recovered.append(store.recovered)
            add_source(store, threading.get_ident())

    threads = [threading.Thread(target=begin) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(recovered) == count
    assert len([each for each in recovered if each]) == 1
    assert len(list(path.parent.glob("*.corrupt-*"))) == 1
    with Store.open(path) as store:
        assert len(store.sources()) == count + 1


@pytest.mark.slow
def test_three_processes_write_at_once(path: Path) -> None:
    processes = [start(path, number, 200) for number in (1, 2, 3)]
    for process in processes:
        _, complaints = process.communicate(timeout=60)
        assert (process.returncode, complaints) == (0, b"")
    with Store.open(path) as store:
        counts = store.counts()
        assert (counts.all, counts.unread, counts.bookmarks) == (600, 360, 120)
        assert len(store.changes_since(0).added) == 600
        assert store.check() == ()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_what_was_committed_survives_kill_9(path: Path, seed: int) -> None:
    """Killed at any moment: no half batch, counts right, all that was said to be done is there."""
    process = start(path, 1, 100_000)
    assert process.stdout is not None
    assert process.stderr is not None
    last = -1
    for _ in range(random.Random(seed).randrange(3, 60)):
        line = process.stdout.readline()
        last = int(line) if line.strip().isdigit() else last
    os.kill(process.pid, signal.SIGKILL)
    rest = [int(line) for line in process.stdout.read().split(b"\n") if line.strip().isdigit()]
    process.wait()
    process.stdout.close()
    process.stderr.close()
    last = max([last, *rest[:-1]])
    with Store.open(path) as store:
        assert (store.created, store.recovered) == (False, None)
        assert store.check() == ()
        listing = store.listing(Query())
        assert len(listing.ids) % 5 == 0
        (source_id,) = [state.source_id for state in store.fetch_states()]
        done = {f"guid-{number}" for number in range(1_000_000, last + 5)}
        assert done <= store.known(source_id).keys()
        assert store.counts().bookmarks * 5 >= len(done)
        assert ingest(store, source_id, write(-1)).added
        assert state_of(store, source_id).source_id == source_id
