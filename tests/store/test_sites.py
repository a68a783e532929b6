from __future__ import annotations

from newsreader.bounds import SITE_BLOCKS, SITE_DAYS, SITE_PAGES
from newsreader.store import Store
from tests.store.conftest import Clock


def test_marks_that_stood_in_three_other_articles_are_told(store: Store) -> None:
    for article, marks in enumerate([(1, 2), (1, 3), (1, -(2**63)), (4,)]):
        store.note_site_blocks("gazette.example", article, marks)
    store.note_site_blocks("gazette.example", 2, (1, 5))  # the same article again counts once
    store.note_site_blocks("wire.example", 9, (1,))
    assert store.site_blocks("gazette.example", 99) == {1: 0.75}
    assert store.site_blocks("gazette.example", 2) == {}  # its own do not count
    assert store.site_blocks("wire.example", 99) == {}


def test_a_site_keeps_marks_of_its_last_articles_only(store: Store, clock: Clock) -> None:
    for article in range(3 * SITE_PAGES):
        clock.now += 1
        store.note_site_blocks("gazette.example", article, range(article, article + 5 * SITE_BLOCKS))
    seen = store.site_blocks("gazette.example", -1)
    assert len(seen) <= SITE_PAGES * SITE_BLOCKS
    assert min(seen) >= 2 * SITE_PAGES


def test_marks_of_long_ago_are_forgotten(store: Store, clock: Clock) -> None:
    for article in range(3):
        store.note_site_blocks("gazette.example", article, (1,))
    clock.now += (SITE_DAYS - 1) * 86_400
    while store.tidy():
        pass
    assert store.site_blocks("gazette.example", 9) == {1: 1.0}
    clock.now += 2 * 86_400
    while store.tidy():
        pass
    assert store.site_blocks("gazette.example", 9) == {}
