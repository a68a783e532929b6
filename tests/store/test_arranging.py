"""Arranging sources: several at once, folders, their order, tags and pauses; each is undone as a whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from newsreader.errors import UsageError
from newsreader.model import Deed, SavedSearch, SourceKind, SourceSettings, Subscription
from newsreader.store import Store
from tests.store.conftest import NOW, ingest, state_of, write

GIVEN = (
    ("a", None), ("b", "World"), ("c", "World"), ("d", "Science"), ("e", None), ("f", "World"), ("g", "Art"),
)  # fmt: skip


@pytest.fixture
def ids(store: Store) -> dict[str, int]:
    added = store.add_sources([Subscription(f"https://{name}.example/", name, folder) for name, folder in GIVEN])
    return {name: id_ for (name, _), id_ in zip(GIVEN, added.ids, strict=True)}


def shape(store: Store) -> str:
    """The sources as they are listed: loose ones, then folder by folder."""
    words, folder = [], None
    for source in store.sources():
        if source.kind is SourceKind.FEED:
            if source.folder != folder:
                folder = source.folder
                words.append(f"{folder}:")
            words.append(source.title)
    return " ".join(words)


BEFORE = "a e World: b c f Science: d Art: g"


def undone(store: Store) -> bool:
    """Whether one undo brings back all of it, and redo does it again."""
    after = shape(store)
    assert store.undo() is not None
    before = shape(store)
    assert store.redo() is not None
    assert shape(store) == after
    store.undo()
    return before == BEFORE == shape(store)


@pytest.mark.parametrize(
    ("moved", "folder", "after"),
    [
        ("c", "Science", "a e World: b f Science: d c Art: g"),
        ("ab", "Art", "e World: c f Science: d Art: g a b"),
        ("bd", None, "a e b d World: c f Art: g"),
        ("a", "New", "e World: b c f Science: d Art: g New: a"),
        ("d", "New", "a e World: b c f Art: g New: d"),
        ("bcf", "World", BEFORE),
    ],
)
def test_sources_move_to_a_folder_and_nothing_else_moves(
    store: Store, ids: dict[str, int], moved: str, folder: str | None, after: str
) -> None:
    change = store.move_sources([ids[name] for name in moved], folder)
    assert shape(store) == after
    assert after == BEFORE or {ids[name] for name in moved} <= change.sources
    assert after == BEFORE or undone(store)


@pytest.mark.parametrize(
    ("moved", "step", "after"),
    [
        ("c", -1, "a e World: c b f Science: d Art: g"),
        ("c", 1, "a e World: b f c Science: d Art: g"),
        ("cf", -1, "a e World: c f b Science: d Art: g"),
        ("bc", 1, "a e World: f b c Science: d Art: g"),
        ("e", -1, "e a World: b c f Science: d Art: g"),
        ("b", -1, BEFORE),
        ("f", 1, BEFORE),
    ],
)
def test_sources_change_places_in_their_folder(
    store: Store, ids: dict[str, int], moved: str, step: int, after: str
) -> None:
    store.shift_sources([ids[name] for name in moved], step)
    assert shape(store) == after
    assert after == BEFORE or undone(store)


@pytest.mark.parametrize(
    ("folder", "step", "after"),
    [
        ("Science", -1, "a e Science: d World: b c f Art: g"),
        ("Science", 1, "a e World: b c f Art: g Science: d"),
        ("World", -1, BEFORE),
    ],
)
def test_folders_change_places(store: Store, ids: dict[str, int], folder: str, step: int, after: str) -> None:
    assert ids
    store.shift_folder(folder, step)
    assert shape(store) == after
    assert after == BEFORE or undone(store)


def test_a_folder_is_renamed_where_it_stands_with_its_smart_sources(store: Store, ids: dict[str, int]) -> None:
    store.add_smart([SavedSearch("Boats", "ferry", "World")])
    change = store.rename_folder("World", "  Planet ")
    assert shape(store) == "a e Planet: b c f Science: d Art: g"
    assert store.smart_sources()[0].folder == "Planet"
    assert ids["b"] in change.sources
    assert change.smart
    assert undone(store)
    assert store.smart_sources()[0].folder == "World"


def test_a_folder_called_as_another_becomes_a_part_of_it(store: Store, ids: dict[str, int]) -> None:
    assert ids
    store.rename_folder("Science", "World")
    assert shape(store) == "a e World: b c f d Art: g"
    assert undone(store)


def test_a_folder_goes_without_its_sources_or_with_them(store: Store, ids: dict[str, int]) -> None:
    assert ids
    store.dissolve_folder("World")
    assert shape(store) == "a e b c f Science: d Art: g"
    assert undone(store)
    store.add_smart([SavedSearch("Boats", "ferry", "World")])
    store.remove_folder("World")
    assert shape(store) == "a e Science: d Art: g"
    assert store.smart_sources() == ()
    assert store.actions(1)[0].words == "removed the folder “World” with 3 sources and the smart source “Boats”"
    assert undone(store)
    assert len(store.smart_sources()) == 1


def test_what_is_no_folder_is_said(store: Store, ids: dict[str, int]) -> None:
    assert ids
    calls: tuple[Callable[[], object], ...] = (
        lambda: store.rename_folder("Nowhere", "World"),
        lambda: store.dissolve_folder("Nowhere"),
        lambda: store.remove_folder("Nowhere"),
        lambda: store.shift_folder("Nowhere", 1),
        lambda: store.rename_folder("World", "  "),
    )
    for call in calls:
        with pytest.raises(UsageError):
            call()
    assert shape(store) == BEFORE


def test_sources_pause_and_go_on_and_say_since_when(store: Store, ids: dict[str, int]) -> None:
    both = [ids["a"], ids["b"]]
    store.set_source(ids["a"], settings=SourceSettings(user_agent="Mine"))
    store.pause_sources(both, True)
    assert {source.title: source.paused for source in store.sources() if source.paused} == {"a": NOW, "b": NOW}
    assert state_of(store, ids["a"]).settings.user_agent == "Mine"
    assert not store.pause_sources(both, True)
    store.pause_sources([ids["b"]], False)
    assert {source.title for source in store.sources() if source.paused} == {"a"}
    assert store.actions(1)[0].words == "resumed “b”"
    store.undo()
    store.undo()
    assert not any(source.paused for source in store.sources())


def test_what_pauses_is_not_waited_for(store: Store, ids: dict[str, int]) -> None:
    store.mark_due([ids["a"], ids["b"]])
    store.pause_sources([ids["a"]], True)
    assert store.requested() == {ids["b"]}
    assert store.paused() == {ids["a"]}


def test_a_pause_goes_along_in_lists(store: Store, ids: dict[str, int]) -> None:
    store.pause_sources([ids["c"]], True)
    (given,) = (each for each in store.subscriptions() if each.title == "c")
    assert given.settings == (("paused", "2026-11-23T18:00:00Z"),)
    store.remove_sources([ids["c"]])
    store.add_sources([Subscription("https://z.example/", "z", settings=given.settings)])
    assert next(source for source in store.sources() if source.title == "z").paused == NOW


def test_sources_are_tagged_and_untagged(store: Store, ids: dict[str, int]) -> None:
    store.tag_sources([ids["a"], ids["b"]], ["Morning", "daily"])
    store.tag_sources([ids["b"]], ["DAILY", "long"], ["morning"])
    tags = {source.title: source.tags for source in store.sources()}
    assert (tags["a"], tags["b"]) == (("Morning", "daily"), ("daily", "long"))
    assert store.source_tags() == ("daily", "long", "Morning")
    assert next(each for each in store.subscriptions() if each.title == "b").tags == ("daily", "long")
    store.undo()
    assert next(source for source in store.sources() if source.id == ids["b"]).tags == ("Morning", "daily")


def test_the_person_is_told_of_what_a_source_brings_where_that_is_set(store: Store, ids: dict[str, int]) -> None:
    for name, notify in (("a", True), ("b", None)):
        store.set_source(ids[name], settings=SourceSettings(notify=notify))
    store.add_rule("storm", Deed.HIDE, None)
    for name in ("a", "b"):
        ingest(store, ids[name], write(1, title=f"Of {name}"), write(2, title="A storm"), write(3))
    assert [(each.rule, each.count, each.title) for each in store.take_notices()] == [("a", 2, "Of a")]
    ingest(store, ids["a"], write(1, title="Of a", content_hash="other"))
    assert store.take_notices() == ()


def test_the_handbook_stays_where_it_is(store: Store, ids: dict[str, int]) -> None:
    assert ids
    handbook = store.sources()[-1].id
    assert not store.move_sources([handbook], "World")
    assert not store.pause_sources([handbook], True)
    assert not store.tag_sources([handbook], ["x"])
    assert store.actions(5)[0].words == "added 7 sources"
