"""Libraries of every released schema open, with everything there, and are copied before they are changed."""

from __future__ import annotations

import gzip
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

import pytest

from newsreader.errors import LibraryError
from newsreader.model import NO_IDENTITY, ParsedArticle, Place, Query, Scope
from newsreader.store import Store, opening, precaution, teaching
from newsreader.store.connecting import connect
from newsreader.store.rotation import all_backups, make_backup
from newsreader.store.schema import SCHEMA, migrate
from newsreader.store.slimming import hash_now
from newsreader.store.unpacking import unpacked
from newsreader.text import identity_of_guid, identity_of_text, short_identity
from newsreader.worker.merge import content_hash, identity_of
from tests.store import old_libraries
from tests.store.conftest import Clock, ingest, write
from tests.store.old_libraries import THEN, unpack

RELEASED = range(1, SCHEMA)
EARLIER = range(1, 7)


@pytest.fixture(params=EARLIER)
def version(request: pytest.FixtureRequest, path: Path, clock: Clock) -> int:
    """A library of each released schema lies at the path."""
    clock.now = THEN + 10 * 86_400
    unpack(request.param, path)
    number: int = request.param
    return number


def test_there_is_a_library_of_every_released_schema() -> None:
    assert set(EARLIER) == set(RELEASED), "write one: see tests.store.old_libraries"
    for number in RELEASED:
        assert old_libraries.fixture(number).exists()


def test_everything_of_an_older_library_is_there(version: int, path: Path, clock: Clock) -> None:
    with Store.open(path, clock=clock, window="w") as store:
        assert (store.created, store.read_only, store.notice, store.recovered) == (False, False, None, None)
        assert store.check() == ()
        assert store.facts().schema == SCHEMA
        heads = {head.id: head for head in store.heads(range(1, 13))}
        assert [id_ for id_, head in heads.items() if head.read] == [1, 2, 7]
        assert sorted(store.listing(Query(Scope.BOOKMARKS)).ids) == [2, 12]
        second, gazette = (source for source in store.sources() if source.kind == "feed")
        assert (gazette.title, gazette.folder, gazette.unread, gazette.total) == ("The Gazette", "World", 4, 6)
        assert (second.title, second.unread) == ("Feed", 3)
        article, full = store.article(1), store.article(12)
        assert article is not None
        assert article.place == Place(block=0, offset=5)
        assert article.categories == ("sea",)
        assert store.html(1, full_text=False) == "<p>Text 1 about ferries</p>"
        assert full is not None
        assert full.head.full_text
        assert store.html(12, full_text=True) == "<p>All</p>"
        assert [former.title for former in store.former(3)] == ["Old title"]
        if version >= 2:
            assert store.fetch_states([2])[0].settings.interval == 7200
            assert [kept.title for kept in store.kept_queries()] == ["Boats"]
        if version >= 4:
            assert heads[1].percent == 40
            assert article.place.words == "about ferries"
        if version >= 5:
            assert [tag.name for tag in store.tags()] == ["boats"]
            noted = store.article(4)
            assert noted is not None
            assert (noted.note, noted.head.title) == ("For the crossing", "Title 4")
            assert [each.place.words for each in store.highlights(4)] == ["about ferries"]
            assert store.listing(Query(Scope.LATER)).ids == (5,)
            assert [smart.title for smart in store.smart_sources()] == ["Ferries"]
            assert [rule.title for rule in store.rules()] == ["No text 8"]
        if version >= 6:
            assert [told.id for told in store.story_of(7)] == [1, 7]
        while store.index_some(100):
            pass
        assert len(store.listing(Query(text="ferries")).ids) == 10, "those of the sources that are there"
        undone = store.undo()
        assert undone is not None
        assert (undone.action, undone.restored, undone.left) == ("marked 2 articles read", 2, 0)
        assert not any(head.read for head in store.heads([2, 7]))
        again = store.redo()
        assert again is not None
        assert again.restored == 2


def test_its_bodies_are_packed_step_by_step_and_read_the_same_at_every_moment(
    version: int, path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teaching, "_FEWEST", 10)
    monkeypatch.setattr(teaching, "_ENOUGH", 10)

    def texts(store: Store) -> list[object]:
        return [(store.article(n), store.html(n, full_text=True), store.former(n)) for n in range(1, 13)]

    with Store.open(path, clock=clock) as store:
        before = texts(store)
        assert before[0] != (None, None, ())
        while store.index_some(3):
            assert texts(store) == before
        while store.tidy():
            assert texts(store) == before
        assert store._db.value("SELECT count(*) FROM feed_packed") == 12
        assert store._db.value("SELECT count(*) FROM feed_loose") == 0
        assert store._db.value("SELECT count(*) FROM feed_before") == 0
        assert texts(store) == before


def test_it_is_copied_before_it_is_changed(version: int, path: Path, clock: Clock, tmp_path: Path) -> None:
    Store.open(path, clock=clock).close()
    (copy,) = all_backups(path.parent / "backups")
    assert copy.name == f"before-schema-{SCHEMA}-2026-01-11.db"
    with closing(connect(copy, "ro")) as raw:
        assert raw.value("PRAGMA user_version") == version
        assert raw.value("SELECT count(*) FROM article") == 12
    Store.open(path, clock=clock).close()
    assert len(all_backups(path.parent / "backups")) == 1
    with unpacked(copy) as plain, Store.open(tmp_path / "new" / "library.db", clock=clock) as store:
        assert store.take_in(plain).articles == 12
        assert store.check() == ()


def test_without_room_what_cannot_be_fetched_again_is_copied(
    path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    unpack(4, path)
    monkeypatch.setattr(precaution, "_ROOM", 1e15)
    Store.open(path, clock=clock).close()
    (copy,) = all_backups(path.parent / "backups")
    assert copy.suffix == ".backup"
    with unpacked(copy) as plain, Store.open(tmp_path / "new" / "library.db", clock=clock) as store:
        restored = store.take_in(plain)
        assert (restored.sources, restored.articles, restored.bookmarked, restored.read) == (2, 2, 2, 3)


def test_where_no_copy_can_be_made_it_opens_all_the_same(path: Path, clock: Clock) -> None:
    unpack(4, path)
    (path.parent / "backups").write_text("a file stands in the way")
    with Store.open(path, clock=clock) as store:
        assert store.facts().schema == SCHEMA


def test_the_copy_goes_when_a_week_of_backups_has_followed(path: Path, clock: Clock) -> None:
    clock.now = THEN + 10 * 86_400
    unpack(4, path)
    Store.open(path, clock=clock).close()
    folder = path.parent / "backups"
    for day in range(1, 9):
        assert any(copy.suffix == ".db" for copy in all_backups(folder)), day
        make_backup(path, folder, now=clock.now + day * 86_400, settings=path.parent / "settings.toml")
        if day < 7:
            continue
        assert all(copy.suffix == ".backup" for copy in all_backups(folder))
        break


@pytest.fixture
def third() -> bytes:
    """A library of schema 3; to be asked for before `unprivileged`, who may not be let into the checkout."""
    return gzip.decompress(old_libraries.fixture(3).read_bytes())


def test_an_older_library_that_takes_no_writes_is_read(third: bytes, unprivileged: Path, clock: Clock) -> None:
    path = unprivileged / "library.db"
    path.write_bytes(third)
    path.chmod(0o400)
    unprivileged.chmod(0o500)
    with Store.open(path, clock=clock) as store:
        assert store.read_only
        assert store.notice is not None
        assert store.notice.endswith("It is of an older newsreader, and read from a copy.")
        assert sorted(store.listing(Query(Scope.BOOKMARKS)).ids) == [2, 12]
        assert [source.title for source in store.sources()][:2] == ["Feed", "The Gazette"]
        assert store.article(1) is not None
        assert store.html(12, full_text=True) == "<p>All</p>"
        assert store.html(1, full_text=True) is None
    assert path.read_bytes() == third


def test_an_older_library_that_takes_no_writes_and_is_too_large_to_copy_is_refused_in_words(
    third: bytes, unprivileged: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.store.opening.READ_BY_COPY", len(third) - 1)
    path = unprivileged / "library.db"
    path.write_bytes(third)
    path.chmod(0o400)
    unprivileged.chmod(0o500)
    with pytest.raises(LibraryError, match=r"older newsreader .* too much to be read from a copy"):
        Store.open(path, clock=clock)
    assert path.read_bytes() == third


def test_a_change_that_fails_leaves_the_library_as_it_was(
    version: int, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsreader.store import migrations, schema

    broken = tuple((*statements, "SELECT no_such_function()") for statements in migrations.MIGRATIONS)
    monkeypatch.setattr(schema, "MIGRATIONS", broken)
    with closing(connect(path, "rw")) as raw:
        before = raw.all("SELECT type, name, sql FROM sqlite_master ORDER BY name")
        with pytest.raises(Exception, match="could not be read"):
            migrate(raw)
        assert raw.value("PRAGMA user_version") == version
        assert raw.all("SELECT type, name, sql FROM sqlite_master ORDER BY name") == before


LONG_GUID = f"https://a.example/{'very/' * 120}long"
FORMER_IDENTITIES = {
    "tag:1": "tag:1",
    "https://a.example/2026/the-ferry": short_identity("https://a.example/2026/the-ferry"),
    "long:" + blake2b(LONG_GUID.encode(), digest_size=16).hexdigest(): identity_of_guid(LONG_GUID),
    "hash:" + blake2b(b"Title\nText", digest_size=16).hexdigest(): identity_of_text("Title", "Text"),
    "\n7": "\n7",
}


def test_long_identities_become_hashes_and_lead_to_the_same_articles(path: Path, clock: Clock) -> None:
    unpack(5, path)
    article = ParsedArticle(guid="https://a.example/2026/the-ferry", title="The ferry")
    parts = blake2b(b"content", digest_size=16).hexdigest()
    with closing(connect(path, "rw")) as raw:
        for id_, identity in enumerate(FORMER_IDENTITIES, 1):
            raw.run("UPDATE status SET identity = ?, content_hash = ? WHERE id = ?", (identity, parts, id_))
        raw.run("INSERT INTO twin VALUES (2, 'https://a.example/2026/another', 'h', 3)")
        raw.run("INSERT INTO no_identity VALUES (2, 'https://a.example/2026/none')")
        raw.run("UPDATE sqlite_sequence SET seq = 99 WHERE name = 'status'")
    with Store.open(path, clock=clock) as store:
        known = store.known(2)
        assert set(FORMER_IDENTITIES.values()) <= known.keys()
        assert identity_of(article) in known
        assert {known[name] for name in map(str, FORMER_IDENTITIES.values())} == {hash_now(parts)}
        assert len(hash_now(parts)) == len(content_hash(article))
        assert known[short_identity("https://a.example/2026/none")] == NO_IDENTITY
        assert short_identity("https://a.example/2026/another") in known
        assert store.check() == ()
        added = ingest(store, 3, write(90), write(91))
        assert min(added.added) == 100, "an id is never given twice"


def test_of_a_large_library_it_is_said_before(path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    unpack(5, path)
    monkeypatch.setattr(opening, "_LONG", 1)
    Store.open(path, clock=clock, tell=said.append).close()
    Store.open(path, clock=clock, tell=said.append).close()
    assert said == ["The library (0 MB) is copied and brought to a new form, which takes a while …"]
