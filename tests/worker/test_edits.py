"""Editing sources.opml by hand: what differs is found, taken over as one action, or dropped; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsreader.errors import UsageError
from newsreader.feeds import opml
from newsreader.model import FullTextMode, SavedSearch, SourceKind, SourceSettings, Subscription
from newsreader.store import Store
from newsreader.worker.edits import in_short, told
from newsreader.worker.mirror import difference, drop_edits, take_edits, write_mirror

GIVEN = (
    Subscription("https://loose.test/feed", "Loose"),
    Subscription("https://a.test/feed", "A", "Coast", tags=("daily",)),
    Subscription("https://b.test/feed", "B", "Coast"),
    Subscription("https://c.test/feed", "C", "News / Asia"),
)
SEARCH = SavedSearch("Ferries", "ferry", "Coast")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db", clock=lambda: 1_795_456_800, window="test") as store:
        store.add_sources(GIVEN)
        store.add_smart([SEARCH])
        yield store


@pytest.fixture
def path(tmp_path: Path, store: Store) -> Path:
    path = tmp_path / "config" / "sources.opml"
    write_mirror(store, path)
    return path


def edit(path: Path, change: Callable[[str], str]) -> None:
    """Edit the file as a person does, in an editor."""
    before = path.read_text()
    after = change(before)
    assert after != before
    path.write_text(after)


def state(store: Store) -> tuple[object, ...]:
    """All that the library says of its sources."""
    return store.subscriptions(), store.saved_searches()


def test_what_was_not_edited_is_no_difference(store: Store, path: Path) -> None:
    assert difference(store, path) is None
    path.write_bytes(path.read_bytes().replace(b"  <", b"\t<"))  # another way to indent says the same
    assert difference(store, path) is None
    for deed in (take_edits, drop_edits):
        with pytest.raises(UsageError, match="says what the library says"):
            deed(store, path)


OWN = 'xmlns:newsreader="urn:newsreader:opml" newsreader:fullText="full"'


@pytest.mark.parametrize(
    ("before", "after", "short", "line"),
    [
        ('title="A"', 'title="Alpha"', "1 changed", "~ Alpha in Coast: name"),
        ('category="daily"', 'category="daily,local"', "1 changed", "~ A in Coast: tags"),
        ('"Coast"', '"Shore"', "2 changed, 2 smart sources changed", "~ A in Shore: folder"),
        ("//b.test", "//new.b.test", "1 new address", "→ https://b.test/feed is at https://new.b.test/feed"),
        ('category="daily"', f'category="daily" {OWN}', "1 changed", "~ A in Coast: full text"),
    ],
)  # fmt: skip
def test_each_edit_is_found_taken_over_and_undone_as_one(
    store: Store, path: Path, before: str, after: str, short: str, line: str
) -> None:
    was = state(store)
    edit(path, lambda text: text.replace(before, after))
    found = difference(store, path)
    assert found is not None
    assert in_short(found.edits) == short
    assert line in told(found)["lines"]
    assert take_edits(store, path).sources
    assert state(store) != was
    assert difference(store, path) is None
    assert opml.read(path.read_bytes()).subscriptions == store.subscriptions()
    undone = store.undo()
    assert undone is not None
    assert undone.action == "took over what was edited in sources.opml"
    assert state(store) == was


def test_more_fewer_and_another_order_come_at_once(store: Store, path: Path) -> None:
    was = state(store)
    given = (
        Subscription("https://c.test/feed", "C", "News / Asia"),
        Subscription("https://d.test/feed", "D", "New", tags=("x",)),
        Subscription("https://b.test/feed", "B", "Coast"),
        Subscription("https://a.test/feed", "A", "Coast", tags=("daily",)),
    )
    path.write_bytes(opml.write(given, searches=[SavedSearch("Mine", "boat")], title="mine"))
    found = difference(store, path)
    assert found is not None
    assert in_short(found.edits) == "1 source more, 1 source fewer, 2 smart sources changed, another order"
    take_edits(store, path)
    assert [each.title for each in store.subscriptions()] == ["C", "D", "B", "A"]
    assert store.saved_searches() == (SavedSearch("Mine", "boat"),)
    store.undo()
    assert state(store) == was
    store.redo()
    assert [each.title for each in store.subscriptions()] == ["C", "D", "B", "A"]


def test_what_a_list_cannot_hold_stays(store: Store, path: Path) -> None:
    (id_,) = (source.id for source in store.sources() if source.title == "A")
    secret = SourceSettings(headers=(("X-Key", "hidden"),), user="ada", secret="env:PW", interval=7_200)
    store.set_source(id_, settings=secret, full_text_mode=FullTextMode.FULL)
    write_mirror(store, path)
    assert "hidden" not in path.read_text()
    edit(path, lambda text: text.replace('interval="7200"', 'interval="3600"'))
    take_edits(store, path)
    (kept,) = store.fetch_states([id_])
    assert (kept.settings.headers, kept.settings.secret) == ((("X-Key", "hidden"),), "env:PW")
    assert (kept.settings.interval, kept.full_text_mode) == (3_600, FullTextMode.FULL)


def test_an_edit_is_dropped_and_kept_beside(store: Store, path: Path) -> None:
    was = path.read_bytes()
    edit(path, lambda text: text.replace("https://a.test/feed", "https://mine.test/feed"))
    edited = path.read_bytes()
    kept = drop_edits(store, path)
    assert kept.read_bytes() == edited
    assert opml.read(path.read_bytes()).subscriptions == opml.read(was).subscriptions
    assert difference(store, path) is None


def test_a_broken_edit_is_said_and_can_only_be_dropped(store: Store, path: Path) -> None:
    path.write_bytes(path.read_bytes()[:400])
    found = difference(store, path)
    assert found is not None
    assert "is cut off" in told(found)["problem"]
    with pytest.raises(UsageError, match="cut off"):
        take_edits(store, path)
    assert sum(source.kind is SourceKind.FEED for source in store.sources()) == len(GIVEN)
    drop_edits(store, path)
    assert difference(store, path) is None
