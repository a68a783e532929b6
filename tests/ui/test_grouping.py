"""Lists by source: one after the other, as the source list has them, read a part at a time, and nothing jumps."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import pytest

from newsreader.model import ArticleHead, Query, Scope
from newsreader.store import Store
from newsreader.store.seeking import BEGINNING
from newsreader.ui.article_rows import sections_of, source_sections
from newsreader.ui.grouping import Groups, groups_of, quiet_first
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
        await here.until(lambda: here.main.notebook.is_written)
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


def busy(store: Store) -> dict[str, int]:
    """The demo world with a source that posts all day."""
    sources = fill(store)
    state = next(each for each in store.fetch_states() if each.title == "Northern Wire")
    store.ingest(state, None, [article(f"Wire {hours}", hours * HOUR) for hours in range(1, 40, 3)])
    return sources


@pytest.mark.parametrize("limit", [1, 3, 1_000])
@pytest.mark.parametrize("scope", [Scope.ALL, Scope.UNREAD, Scope.TODAY])
def test_quiet_sources_come_first_and_all_others_by_day(tmp_path: Path, scope: Scope, limit: int) -> None:
    with Store.open(tmp_path / "library.db", clock=lambda: NOW, window="test") as store:
        busy(store)
        query, after = Query(scope), BEGINNING
        made = quiet_first(query)
        assert made is not None
        ids: list[int] = []
        keys: list[int] = []
        while True:
            found = made.newest(store, query, limit, after=after, seconds=10)
            ids += found.listing.ids
            keys += found.listing.sort_at
            if found.after is None:
                break
            after = found.after
        assert keys == sorted(keys, reverse=True)
        assert sorted(ids) == sorted(store.listing(query).ids)
        heads = {head.id: head for head in store.heads(ids)}
        roll = Roll(ids, keys, "quiet first", groups=made)
        assert [roll.place_of(id_, roll.moment_of(heads[id_])) for id_ in ids] == list(range(len(ids)))
        sections = sections_of(roll, NOW)
        assert [name for name, _ in sections][:2] == ["Quiet sources", "Today"]
        first = [heads[id_] for id_ in ids[: sections[1][1]]]
        assert "Northern Wire" not in {head.source_title for head in first}
        assert all(head.sort_at >= NOW - 28 * 24 * HOUR for head in first)
        rest = [heads[id_] for id_ in ids[sections[1][1] :]]
        old = {head.title for head in rest if head.source_title != "Northern Wire"}
        assert old <= {"The map of everything that fell", "Nine small satellites"}


async def test_a_key_puts_quiet_sources_first_and_that_stays(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=busy) as here:
        await here.press("Z", "q")
        assert "Quiet sources" in here.text
        assert "quiet first" in here.main.head.plain
        assert "The Coast Gazette ·" in here.text
        deliver(here.path, "Orbit Weekly", article("Brand new", 0))
        deliver(here.path, "Northern Wire", article("Wire 0", 0))
        await here.until(lambda: here.main.browsing.waiting == 2)
        await here.press("semicolon", "g", "g")
        assert here.cursor == "Brand new"
        assert here.titles.index("Wire 0") > here.titles.index("A year on the far side")
    async with desk(tmp_path) as here:
        assert "Quiet sources" in here.text
        await here.press("Z", "q")
        assert "Quiet sources" not in here.text
        assert "newest" in here.main.head.plain
