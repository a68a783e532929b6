"""What stands beside an article: nothing of the handbook, nothing of a source that was removed, but what was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.model import FetchState, Placed, Subscription
from newsreader.store import Store
from newsreader.stories.around import around
from tests.store.conftest import NOW, ingest, write

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "Harbour town votes to keep its night ferry"
TEXT = "The council of Port Varrel kept the ferry to Sennet island."
NEAR = "On Sennet the ferry from Port Varrel is the clock that all islanders keep."


def test_the_same_text_is_that_of_the_article_itself(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library.db", clock=lambda: NOW) as store:
        added = store.add_sources([Subscription(f"https://{number}.example/feed") for number in range(4)]).ids
        first, copy, other, lone = (
            next(iter(ingest(store, source, write(number, title=TITLE)).added)) for number, source in enumerate(added)
        )
        store.place(
            [Placed(first, first), Placed(copy, first, first), Placed(other, first, first), Placed(lone, first)], 0
        )
        copies = {id_: around(store, id_).copies for id_ in (first, copy, other, lone)}
    assert copies == {first: {copy, other}, copy: {first, other}, other: {first, copy}, lone: frozenset()}


def test_one_that_is_hidden_still_has_its_story_beside_it(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library.db", clock=lambda: NOW) as store:
        added = store.add_sources([Subscription(f"https://{number}.example/feed") for number in range(3)]).ids
        first, copy, other = (
            next(iter(ingest(store, source, write(number, title=TITLE)).added)) for number, source in enumerate(added)
        )
        store.place([Placed(first, first), Placed(copy, first, first), Placed(other, first)], 0)
        store.hide([first])
        found = around(store, first)
    assert {head.id for head in found.story} == {copy, other}
    assert found.copies == frozenset()


def test_what_is_removed_and_the_handbook_stand_beside_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library.db", clock=lambda: NOW) as store:
        gazette, wire = store.add_sources(
            [Subscription("https://gazette.example/feed"), Subscription("https://wire.example/feed")]
        ).ids
        handbook = next(source.id for source in store.sources() if source.kind == "builtin")
        (first,) = ingest(store, gazette, write(1, title=TITLE, text=TEXT)).added
        (second,) = ingest(store, wire, write(2, title=TITLE, text=TEXT)).added
        (near,) = ingest(store, wire, write(3, title="Island life, by the timetable", text=NEAR)).added
        (kept,) = ingest(store, wire, write(4, title="Island ferries, by the clock", text=NEAR)).added
        state = FetchState(handbook, "newsreader:handbook", "The handbook")
        (taught,) = store.ingest(state, None, [write(5, title="Moving by ferry", text=NEAR)]).added
        while store.index_some(100):
            pass
        store.place([Placed(first, first), Placed(second, first)], 0)
        found = around(store, first)
        assert {head.id for head in found.story} == {first, second}
        assert {head.id for head in found.near} == {near, kept}
        assert {head.id for head in around(store, taught).near} >= {near, kept}
        store.bookmark([kept], True)
        store.remove_sources([wire])
        found = around(store, first)
        assert found.story == ()
        assert {head.id for head in found.near} == {kept}
