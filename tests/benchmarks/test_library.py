from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.model import Query, Scope
from newsreader.store import Store
from tests.benchmarks.library import COMMON, NOW, RARE, build


@pytest.mark.slow
def test_a_made_up_library_is_whole_and_made_the_same_again(tmp_path: Path) -> None:
    for name in ("one", "other"):
        build(tmp_path / name / "library.db", 1_000, sources=40)
    stores = [Store.open(tmp_path / name / "library.db", clock=lambda: NOW) for name in ("one", "other")]
    assert [store.check() for store in stores] == [(), ()]
    listings = [store.listing(Query()) for store in stores]
    assert listings[0] == listings[1]
    assert len(listings[0].ids) == 1_000
    assert stores[0].article(500) == stores[1].article(500)
    assert len(stores[0].listing(Query(text=RARE)).ids) == 1
    assert 100 < len(stores[0].listing(Query(text=COMMON)).ids) < 300
    assert 0 < len(stores[0].listing(Query(Scope.UNREAD)).ids) < 500
    for store in stores:
        store.close()
