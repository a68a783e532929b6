"""Backups: all that cannot be fetched again goes out and comes back, into a new library and into one in use."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.errors import UsageError
from newsreader.model import Deed, FullText, FullTextMode, Place, Query, Restored, Scope, SourceSettings, Subscription
from newsreader.store import Store
from newsreader.store.backup import write_backup
from newsreader.store.connection import Row
from newsreader.store.marks import pack_marks, unpack_marks
from newsreader.store.schema import SCHEMA
from newsreader.store.unpacking import is_backup, unpacked
from newsreader.text import short_identity
from tests.store.conftest import NOW, Clock, add_source, fill, ingest, write

SECRET = "hunter2"


@pytest.fixture
def used(store: Store) -> Store:
    """A library in which a person did something of everything: twelve articles of two sources."""
    store.add_sources([Subscription("https://ada:hunter2@a.example/feed", "Gazette", "World")])
    (private,) = [source.id for source in store.sources() if source.folder == "World"]
    settings = SourceSettings(
        headers=(("X-Key", SECRET), ("X-Shown", "env:KEY")), user="ada", secret="env:PASSWORD", interval=7200
    )
    store.set_source(private, settings=settings, full_text_mode=FullTextMode.FEED)
    first = fill(store, private, 8)
    second = fill(store, add_source(store, 2), 4, first=20)
    store.mark_read(first[:6], True)
    store.bookmark(first[:1], True)
    store.save_full_text(first[0], FullText("<p>All of it</p>", "All of it", b"d", 1, 900))
    store.tag(first[1:2], ["sea", "Ferry"])
    store.set_note(first[2], "read again")
    store.highlight(second[0], Place(block=0, offset=2, words="Text"))
    store.opened(second[1])
    store.save_place(second[1], Place(block=3, words="here"), 40)
    with store._db.transaction():
        store._db.run("UPDATE status SET later_at = ? WHERE id = ?", (NOW, first[3]))
        store._db.run("INSERT INTO smart_source (title, query, added_at) VALUES ('Boats', 'ferry', 1)")
        store._db.run("INSERT INTO rule (title, query, deed, added_at) VALUES ('No cats', 'cats', 'hide', 1)")
    return store


def backup_of(store: Store, name: str = "a.backup", *, everything: bool = False) -> Path:
    target = store._db.path.with_name(name)
    write_backup(store._db.path, target, now=NOW, settings=b"theme = 'x'\n", everything=everything)
    return target


def take_in(store: Store, backup: Path) -> Restored:
    with unpacked(backup) as plain:
        return store.take_in(plain)


def kept(store: Store) -> tuple[list[Row], ...]:
    """All that a backup must hold, by names that another library has too."""
    everything = store._db.all
    return (
        everything("SELECT url, given_title, folder, full_text_mode FROM source WHERE removed_at IS NULL ORDER BY url"),
        everything(
            "SELECT identity, read, bookmarked_at, later_at, opened_at FROM status "
            "WHERE read OR bookmarked_at ORDER BY identity"
        ),
        everything(
            """
            SELECT identity, a.title, b.html, f.html, percent, note.text FROM status st JOIN article a USING (id)
            JOIN feed_body b USING (id) LEFT JOIN full_text f USING (id) LEFT JOIN place USING (id)
            LEFT JOIN note USING (id) WHERE bookmarked_at OR later_at OR note.text OR percent > 0
                OR id IN (SELECT article_id FROM tagged)
                OR id IN (SELECT article_id FROM highlight WHERE removed_at IS NULL) ORDER BY identity
            """
        ),
        everything("SELECT name, identity FROM tagged JOIN tag ON tag.id = tag_id JOIN status s ON s.id = article_id"),
        everything("SELECT identity, words FROM highlight JOIN status s ON s.id = article_id WHERE removed_at IS NULL"),
        everything("SELECT title, query FROM smart_source WHERE removed_at IS NULL"),
        everything("SELECT query, deed FROM rule WHERE removed_at IS NULL"),
    )


@pytest.fixture
def other(tmp_path: Path, clock: Clock) -> Store:
    return Store.open(tmp_path / "other" / "library.db", clock=clock, window="other")


def test_all_that_is_kept_comes_back_in_a_new_library(used: Store, other: Store) -> None:
    used.update_source(used.find_sources("Gazette")[0].id, url="https://a.example/feed")
    restored = take_in(other, backup_of(used))
    assert restored == Restored(
        NOW, sources=2, articles=5, read=7, bookmarked=1, tagged=2, notes=1, highlights=1, smart_sources=1, rules=1,
        settings=b"theme = 'x'\n",
    )  # fmt: skip
    before, after = kept(used), kept(other)
    # Of what was only opened the text can be fetched again: its status waits for it.
    gone = [row for row in before[2] if row not in after[2]]
    assert [row[4] for row in gone] == [40]
    assert (before[:2], before[3:]) == (after[:2], after[3:])
    assert other.check() == ()
    assert other.counts().bookmarks == 1
    other.index_some(100)
    assert len(other.listing(Query(text="title")).ids) == 5


def test_what_was_read_is_read_when_it_is_fetched_again(used: Store, other: Store) -> None:
    take_in(other, backup_of(used))
    source = other.find_sources("Gazette")[0]
    ingest(other, source.id, *(write(number) for number in range(1, 9)))
    heads = other.heads(other.listing(Query(Scope.SOURCE, source_id=source.id)).ids)
    assert [head.title for head in heads if not head.read] == ["Title 7", "Title 8"]
    assert [head.title for head in heads] == [f"Title {number}" for number in range(1, 9)], (
        "in the order of their dates"
    )
    second = other.find_sources("feed-2")[0]
    ingest(other, second.id, *(write(number) for number in range(20, 24)))
    begun = other.heads(other.listing(Query(Scope.BEGUN)).ids)
    assert [(head.title, head.percent) for head in begun] == [("Title 21", 40)]
    assert other.check() == ()


def test_restoring_twice_changes_nothing(used: Store, other: Store) -> None:
    backup = backup_of(used)
    take_in(other, backup)
    once = kept(other)
    again = take_in(other, backup)
    assert again._replace(settings=None) == Restored(NOW)
    assert kept(other) == once


def test_into_a_library_in_use_nothing_is_lost_and_undo_takes_it_back(used: Store, other: Store) -> None:
    backup = backup_of(used)
    source_id = other.add_sources([Subscription("https://x@a.example/feed", "My name")]).ids[0]
    ingest(other, source_id, *(write(number) for number in range(1, 9)))
    by = {head.title: head.id for head in other.heads(other.listing(Query()).ids)}
    other.set_note(by["Title 3"], "my own")
    other.mark_read([by["Title 8"]], True)
    before = kept(other)
    restored = take_in(other, backup)
    assert (restored.sources, restored.notes) == (1, 1)
    source = other.source(source_id)
    assert source is not None
    assert (source.title, source.folder, source.url) == ("My name", "World", "https://x@a.example/feed")
    assert other._db.value("SELECT text FROM note") == "my own read again"
    heads = {head.title: head for head in other.heads(other.listing(Query()).ids)}
    assert [heads[f"Title {number}"].read for number in range(1, 9)] == [True] * 6 + [False, True]
    assert other._db.value("SELECT html FROM full_text") == "<p>All of it</p>"
    assert other.check() == ()
    undone = other.undo()
    assert undone is not None
    assert undone.action == "restored what was kept on 2026-11-23"
    assert kept(other) == before
    again = other.redo()
    assert again is not None
    assert again.left == 0


def test_everything_goes_along_when_asked(used: Store, other: Store) -> None:
    assert take_in(other, backup_of(used, everything=True)).articles == 12
    assert len(other.listing(Query()).ids) == 12
    assert other.counts().unread == used.counts().unread
    assert other.check() == ()


def test_what_a_rule_hides_stays_hidden_and_can_say_why(used: Store, other: Store) -> None:
    used.add_rule("zeppelin", Deed.HIDE)
    ingest(used, used.find_sources("feed-2")[0].id, write(30, title="Zeppelin"), write(31, title="Ferry"))
    assert used.counts().hidden == 1
    take_in(other, backup_of(used, everything=True))
    assert other.counts() == used.counts()
    (hidden,) = other.listing(Query(Scope.HIDDEN)).ids
    assert [(reason.rule.query, reason.hides) for reason in other.why(hidden)] == [("zeppelin", True)]
    assert other.check() == ()
    other.remove_rules([rule.id for rule in other.rules() if rule.query == "zeppelin"])
    assert other.counts().hidden == 0


def test_what_was_hidden_by_hand_stays_hidden(used: Store, other: Store) -> None:
    used.hide(used.listing(Query()).ids)  # but for what is kept
    before = used.counts()
    take_in(other, backup_of(used, everything=True))
    assert other.counts() == before
    assert before.hidden > 0 < before.all
    assert other.check() == ()


def test_no_secret_is_in_it(used: Store) -> None:
    with unpacked(backup_of(used)) as plain:
        content = plain.read_bytes()
        with closing(sqlite3.connect(plain)) as raw:
            settings = raw.execute("SELECT url, settings FROM source WHERE folder = 'World'").fetchone()
    assert b"hunter2" not in content
    assert settings[0] == "https://a.example/feed"
    assert "env:PASSWORD" in settings[1]
    assert "X-Shown" in settings[1]
    assert "X-Key" not in settings[1]
    assert "7200" in settings[1]


ESC = "\x1b]52;c;aGVsbG8=\x07"


def test_what_somebody_else_wrote_is_cleaned_and_built_anew(used: Store, other: Store) -> None:
    with used._db.transaction():
        for statement in (
            "UPDATE article SET title = title || ?, author = ?1 WHERE id < 5",
            "UPDATE source SET given_title = coalesce(given_title, '') || ? WHERE id > 1",
            "UPDATE note SET text = text || ?",
            "UPDATE highlight SET words = words || ?",
            "UPDATE tag SET name = name || ?",
            "UPDATE smart_source SET title = title || ?",
            "UPDATE article SET categories = json_array(?) WHERE id = 1",
        ):
            used._db.run(statement, (ESC,))
        used._db.run("UPDATE article SET url = 'javascript:x' WHERE id = 1")
        used._db.run("UPDATE article SET author = CAST(x'ff41' AS TEXT) WHERE id = 2")
        used._db.run("INSERT INTO source (kind, url, added_at) VALUES ('feed', 'file:///etc/passwd', 1)")
    take_in(other, backup_of(used, everything=True))
    assert "\x1b" not in "".join(other._db._raw.iterdump())
    assert len(other.subscriptions()) == 2
    article = other.article(other.listing(Query(Scope.BOOKMARKS)).ids[0])
    assert article is not None
    assert (article.document_version, article.categories) == (None, ())


def test_of_somebody_elses_backup_no_place_of_a_secret_is_taken(used: Store, other: Store) -> None:
    with unpacked(backup_of(used)) as plain:
        assert other.take_in(plain, own=False).left_out == 1
    (settings,) = [state.settings for state in other.fetch_states() if state.settings.interval]
    assert settings == SourceSettings(interval=7200)


def test_a_whole_library_can_be_restored_too(used: Store, other: Store, tmp_path: Path) -> None:
    used.close()
    assert is_backup(used._db.path)
    assert take_in(other, used._db.path).articles == 12


def test_of_a_damaged_library_what_can_be_read_is_restored(used: Store, other: Store) -> None:
    used.close()
    content = bytearray(used._db.path.read_bytes())
    content[len(content) - 8_192 :] = bytes(8_192)
    content[60_000:60_100] = b"\xa5" * 100
    kept = used._db.path.with_name("library.db.corrupt-20261123")
    kept.write_bytes(content)
    assert take_in(other, kept).articles > 6
    assert other.check() == ()


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def packed(path: Path, statement: str) -> None:
    """Change the library inside of a backup."""
    plain = path.with_name("plain")
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    with closing(sqlite3.connect(plain)) as raw:
        raw.execute(statement)
        raw.commit()
    path.write_bytes(gzip.compress(plain.read_bytes()))


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "damaged": (damaged, "is damaged"),
    "cut off": (lambda path: path.write_bytes(path.read_bytes()[:-40]), "is damaged: it is cut off"),
    "empty": (lambda path: path.write_bytes(b""), "is no backup of newsreader"),
    "foreign": (lambda path: path.write_bytes(b"%PDF-1.4 and so on"), "is no backup of newsreader"),
    "another archive": (lambda path: path.write_bytes(gzip.compress(b"hello" * 99)), "is damaged"),
    "another database": (lambda path: packed(path, "PRAGMA application_id = 7"), "is no backup of newsreader"),
    "newer": (lambda path: packed(path, f"PRAGMA user_version = {SCHEMA + 2}"), "was written by a newer newsreader"),
    "missing": (Path.unlink, "cannot be read: No such file or directory"),
    "a folder": (folder, "cannot be read: Is a directory"),
}


@pytest.mark.parametrize("kind", SPOILT)
def test_a_file_that_is_no_sound_backup_is_refused_in_words(used: Store, other: Store, kind: str) -> None:
    backup = backup_of(used)
    spoil, words = SPOILT[kind]
    spoil(backup)
    with pytest.raises(UsageError) as refusal:
        take_in(other, backup)
    assert words in refusal.value.phrase
    assert other.counts().all == 0


def test_a_backup_that_cannot_be_written_leaves_the_one_before(used: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    target = backup_of(used)
    before = target.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(UsageError) as refusal:
        backup_of(used)
    assert refusal.value.phrase.endswith("cannot be written: No space left on device.")
    assert target.read_bytes() == before
    assert [path.name for path in target.parent.iterdir() if path.name.startswith(".")] == []


def test_marks_of_an_earlier_backup_lead_to_the_same_articles() -> None:
    marks = [("tag:1", 5), ("https://a.example/2026/the-ferry", 9)]
    assert unpack_marks(pack_marks(marks)) == [("tag:1", 5), (short_identity("https://a.example/2026/the-ferry"), 9)]
