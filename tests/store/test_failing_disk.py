"""A disk that fails at the N-th write, for every N: each ends in a sentence, and what was there can be read.

`python -m tests.store.test_failing_disk 300` tries more of them by hand.
"""

from __future__ import annotations

import logging
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from newsreader.errors import NewsreaderError
from newsreader.model import Deed, Keep, Place, Query, Scope
from newsreader.store import Store
from newsreader.store.backup import write_backup
from newsreader.store.unpacking import unpacked
from tests.store.conftest import NOW, Clock, add_source, fill, ingest, write
from tests.store.failing_disk import FULL, IO_ERROR, FailingDisk, failing_disk
from tests.store.old_libraries import unpack
from tests.store.test_replies import new
from tests.store.test_talk import HTML, talk

KINDS = ((FULL, True), (IO_ERROR, True), (IO_ERROR, False))
SOURCE = 2


def take_in_articles(store: Store) -> None:
    ingest(store, SOURCE, *(write(number, html="<p>x</p>" * 400) for number in range(100, 130)))
    store.index_some(100)


def mark_and_undo(store: Store) -> None:
    ids = store.listing(Query()).ids
    store.mark_read(ids, True)
    store.undo()
    store.redo()
    list(store.mark_many([ids[:20], ids[20:]], read=False))
    store.undo()


def keep_things(store: Store) -> None:
    ids = store.listing(Query()).ids
    store.tag(ids[:20], ["sea"])
    store.keep(ids[0], ["a", "b"], "a note")
    store.highlight(ids[1], Place(block=0, words="Text"))


def rule_over_them(store: Store) -> None:
    store.add_rule("title", Deed.HIDE)
    while store.settle_rules():
        pass
    store.remove_rules([rule.id for rule in store.rules()])


def tidy_up(store: Store) -> None:
    take_in_articles(store)
    for _ in range(20):
        if not store.tidy(Keep()):
            break


def say_things(store: Store) -> None:
    for id_ in store.listing(Query()).ids[:20]:
        store.save_discussion(talk(id_), HTML)
        store.keep_reply(new(f"{id_}", article=id_))
    store.drop_replies()


def restore(store: Store) -> None:
    with unpacked(store._db.path.with_name("other.backup")) as plain:
        store.take_in(plain)


def back_up(store: Store) -> None:
    write_backup(store._db.path, store._db.path.with_name("mine.backup"), now=NOW)


STEPS: dict[str, Callable[[Store], None]] = {
    "ingest": take_in_articles,
    "mark": mark_and_undo,
    "keep": keep_things,
    "talk": say_things,
    "rules": rule_over_them,
    "tidy": tidy_up,
    "restore": restore,
    "backup": back_up,
}


def prepare(folder: Path) -> None:
    """A library with forty articles, one bookmarked, and a backup of another one."""
    with Store.open(folder / "other.db", clock=Clock()) as other:
        ids = fill(other, add_source(other, 7), 30)
        other.mark_read(ids, True)
        other.bookmark(ids[:10], True)
        other.save_discussion(talk(ids[0]), HTML)
        write_backup(folder / "other.db", folder / "other.backup", now=NOW)
    with Store.open(folder / "library.db", clock=Clock()) as store:
        store.bookmark(fill(store, add_source(store), 40)[:1], True)
        store.save_discussion(talk(1), HTML)


def phrases_of(call: Callable[[], object]) -> list[str]:
    """Do something that may fail, but only in a sentence; gives that."""
    phrases = []
    try:
        call()
    except NewsreaderError as error:
        phrases.append(error.phrase)
    assert all(phrase.endswith(".") for phrase in phrases), phrases
    return phrases


def work(step: Callable[[Store], None], path: Path) -> int:
    """Open the library and take one step; both may fail in a sentence, and reading must not."""
    failed: list[str] = []

    def open_and_work() -> None:
        with Store.open(path, clock=Clock()) as store:
            failed.extend(phrases_of(lambda: step(store)))
            assert len(store.listing(Query(Scope.BOOKMARKS)).ids) >= 1
            assert store.heads(store.listing(Query()).ids)

    return len(phrases_of(open_and_work)) + len(failed)


def check(path: Path) -> None:
    """With a sound disk all is there that was there, and nothing half."""
    with Store.open(path, clock=Clock()) as store:
        assert store.recovered is None
        assert store.check() == ()
        titles = {head.title for head in store.heads(range(1, 41))}
        assert titles == {f"Title {number}" for number in range(1, 41)}
        assert 1 in store.listing(Query(Scope.BOOKMARKS)).ids
        assert store.discussion(1) == talk(1)


def fail_at(step: Callable[[Store], None], folder: Path, at: int, code: int, *, for_ever: bool) -> bool:
    """One step on a copy of the library, on a disk that fails so; says whether the disk came to fail."""
    with tempfile.TemporaryDirectory() as name:
        for file in ("library.db", "other.backup"):
            shutil.copy(folder / file, name)
        path = Path(name) / "library.db"
        with failing_disk(FailingDisk(at, code, for_ever)) as disk:
            work(step, path)
        check(path)
        return disk.writes >= at


def read_bookmarks(path: Path) -> None:
    with Store.open(path, clock=Clock()) as store:
        assert len(store.listing(Query(Scope.BOOKMARKS)).ids) == 2


def migrate_at(at: int, code: int, *, for_ever: bool) -> bool:
    """The same with a library of an older schema, which is changed when it is opened."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "library.db"
        unpack(4, path)
        with failing_disk(FailingDisk(at, code, for_ever)) as disk:
            phrases_of(lambda: read_bookmarks(path))
        with Store.open(path, clock=Clock()) as store:
            assert store.recovered is None
            assert sorted(store.listing(Query(Scope.BOOKMARKS)).ids) == [2, 12]
            assert store.check() == ()
        return disk.writes >= at


def test_the_disk_fails_as_it_is_told(tmp_path: Path) -> None:
    prepare(tmp_path)
    with failing_disk(FailingDisk()) as disk:
        assert work(mark_and_undo, tmp_path / "library.db") == 0
    assert disk.writes > 5
    for at in (1, 3, disk.writes):
        with failing_disk(FailingDisk(at)):
            work(mark_and_undo, tmp_path / "library.db")
    assert fail_at(mark_and_undo, tmp_path, 2, FULL, for_ever=True)


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.parametrize("name", STEPS)
def test_failing_at_the_nth_write_loses_nothing(name: str, tmp_path: Path) -> None:
    prepare(tmp_path)
    for code, for_ever in KINDS:
        failed = [fail_at(STEPS[name], tmp_path, at, code, for_ever=for_ever) for at in range(1, 51)]
        assert sum(failed) > 5


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_failing_at_the_nth_write_of_a_migration_loses_nothing() -> None:
    for code, for_ever in KINDS:
        assert all(migrate_at(at, code, for_ever=for_ever) for at in range(1, 51))


def main(most: int) -> None:
    logging.disable()
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name))
        for step in (*STEPS, "migration"):
            failed = 0
            for code, for_ever in KINDS:
                for at in range(1, most + 1):
                    if step == "migration":
                        failed += migrate_at(at, code, for_ever=for_ever)
                    else:
                        failed += fail_at(STEPS[step], Path(name), at, code, for_ever=for_ever)
            print(f"{step}: {failed} of {len(KINDS) * most} met a failing disk; nothing lost", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
