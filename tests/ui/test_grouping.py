"""Lists by source: one after the other, as the source list has them, read a part at a time, and nothing jumps."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import pytest

from newsreader.model import ArticleHead, Query, Scope
from newsreader.store import Store
from newsreader.store.seeking import BEGINNING
from newsreader.ui.article_rows import source_sections
from newsreader.ui.grouping import Groups, groups_of
from newsreader.ui.keys import Where
from newsreader.ui.roll import Roll
from tests.ui.desk import desk
from tests.ui.world import HOUR, NOW, article, deliver, fill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db", clock=lambda: NOW, window="test") as opened:
        fill(opened)
        yield opened


def groups(store: Store, query: Query) -> Groups:
    made = groups_of(query, store.sources())
    assert made is not None
    return made


@pytest.mark.parametrize("limit", [1, 3, 1_000])
@pytest.mark.parametrize("scope", [Scope.ALL, Scope.UNREAD, Scope.TODAY])
def test_what_is_read_in_parts_is_all_of_the_list_in_order(store: Store, scope: Scope, limit: int) -> None:
    query = Query(scope)
    made = groups(store, query)
    ids: list[int] = []
    keys: list[int] = []
    after: tuple[int, int] | None = BEGINNING
    while after is not None:
        found = made.newest(store, query, limit, after=after, seconds=10)
        assert found.after is None or len(found.listing.ids) == limit
        ids += found.listing.ids
        keys += found.listing.sort_at
        after = found.after
    assert keys == sorted(keys, reverse=True)
    assert sorted(ids) == sorted(store.listing(query).ids)
    heads = {head.id: head for head in store.heads(ids)}
    runs = [[heads[id_] for id_ in run] for _, run in groupby(ids, key=lambda id_: heads[id_].source_id)]
    assert len(runs) == len({head.source_id for head in heads.values()})
    for run in runs:
        assert [head.sort_at for head in run] == sorted((head.sort_at for head in run), reverse=True)
    roll = Roll(ids, keys, "by source", groups=made)
    assert [name for name, _ in source_sections(roll)] == [run[0].source_title for run in runs]
    assert [roll.place_of(head.id, roll.moment_of(head)) for run in runs for head in run] == list(range(len(ids)))


def test_time_that_is_up_ends_a_part_and_nothing_is_lost(store: Store) -> None:
    query, after = Query(Scope.ALL), BEGINNING
    ids: list[int] = []
    made = groups(store, query)
    for _ in range(100):
        found = made.newest(store, query, 1_000, after=after, seconds=0)
        ids += found.listing.ids
        if found.after is None:
            break
        after = found.after
    assert sorted(ids) == sorted(store.listing(query).ids)


def test_only_lists_of_several_sources_in_their_own_order_are_grouped() -> None:
    assert groups_of(Query(Scope.LATER), ()) is None
    assert groups_of(Query(Scope.SOURCE, source_id=1), ()) is None
    assert groups_of(Query(Scope.ALL, text="ferry"), ()) is None
    assert groups_of(Query(Scope.FOLDER, folder="World"), ()) is not None


def sources_of(heads: tuple[ArticleHead, ...]) -> list[str]:
    return [name for name, _ in groupby(head.source_title for head in heads)]


async def test_a_key_groups_the_list_and_the_next_start_finds_it_so(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("j", "j")
        cursor = here.cursor
        await here.press("B")
        heads = here.heads(here.main.browsing.ids)
        assert len(sources_of(heads)) == len(set(sources_of(heads)))
        assert here.cursor == cursor
        assert "Grouped by source. B changes back." in here.text
        assert "by source" in here.main.head.plain
        await here.press("g", "L", "B")
        assert "This list stays as it is" in here.text
        await here.press("g", "u")
        await here.until(lambda: here.main._kept == here.main._where.dump())
    async with desk(tmp_path) as here:
        assert "by source" in here.main.head.plain
        await here.press("B")
        assert "newest" in here.main.head.plain
        assert here.main.pane is Where.ARTICLES


async def test_what_comes_in_is_let_in_below_its_source_and_nothing_moves(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("g", "a", "B")
        before = here.main.browsing.ids
        deliver(here.path, "Orbit Weekly", article("Brand new", 0))
        deliver(here.path, "The Coast Gazette", article("A late one", 400 * HOUR))
        await here.until(lambda: here.main.browsing.waiting == 2)
        assert here.main.browsing.ids == before
        await here.press("j")
        cursor, line = here.cursor, here.text.split("\n").index(row_of(here.text, here.cursor))
        await here.press("semicolon")
        heads = here.heads(here.main.browsing.ids)
        assert len(heads) == len(before) + 2
        assert len(sources_of(heads)) == len(set(sources_of(heads)))
        assert here.cursor == cursor
        assert here.text.split("\n").index(row_of(here.text, cursor)) == line


def row_of(text: str, title: str) -> str:
    return next(line for line in text.split("\n") if "▌" in line and title[:12] in line)
