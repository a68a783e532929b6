from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader.model import Subscription
from newsreader.store import Store
from newsreader.stories.related import related
from tests.store.conftest import NOW, ingest, write

ARTICLES = {
    1: ("Harbour town votes to keep its night ferry", "The council of Port Varrel kept the ferry to Sennet island."),
    2: ("Island life, by the timetable", "On Sennet the ferry from Port Varrel is the clock that all islanders keep."),
    3: (
        "The bridge that was drawn three times",
        "A bridge from Port Varrel to the island of Sennet instead of a ferry.",
    ),
    4: ("What the moth counters learned", "Moths were counted in gardens with lamps and sheets for thirty summers."),
    5: ("A quieter way to cool a data centre", "Fans were turned off and water was led through the racks at night."),
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[tuple[Store, dict[int, int]]]:
    with Store.open(tmp_path / "library.db", clock=lambda: NOW) as store:
        source = store.add_sources([Subscription("https://gazette.example/feed")]).ids[0]
        ids = {}
        for number, (title, text) in ARTICLES.items():
            (ids[number],) = ingest(store, source, write(number, title=title, text=text)).added
        while store.index_some(100):
            pass
        yield store, ids


def test_what_tells_of_the_same_things_is_related_and_nothing_else(library: tuple[Store, dict[int, int]]) -> None:
    store, ids = library
    found = related(store, ids[1])
    assert {each.id for each in found} == {ids[2], ids[3]}
    assert all(0 < each.likeness <= 1 for each in found)
    assert related(store, ids[4]) == ()


def test_what_is_left_out_and_what_is_gone_is_not_related(library: tuple[Store, dict[int, int]]) -> None:
    store, ids = library
    assert [each.id for each in related(store, ids[1], without=[ids[2]])] == [ids[3]]
    assert len(related(store, ids[1], most=1)) == 1
    store.drop_articles([ids[3]])
    assert [each.id for each in related(store, ids[1])] == [ids[2]]
    assert related(store, ids[3]) == ()
    assert related(store, 10**9) == ()
