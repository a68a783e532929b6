"""A search a screenful at a time finds what the whole list has, in its order, whichever way it goes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from newsreader.model import Query, Scope, Subscription
from newsreader.store import Store
from newsreader.store.seeking import BEGINNING
from tests.store.conftest import NOW, Clock, ingest, write
from tests.store.test_meaning import FOUND, library

__all__ = ["library"]  # a fixture

COMBED = (
    "words:>1 is:read",
    "words:<3",
    "link:example.org",
    "lang:de OR lang:en",
    "-has:image -has:comments",
    "tag:gone",
)
ASKED = [text for text, _ in FOUND] + [
    *COMBED,
    "",
    "the",
    "ferr*",
    '"night ferry" OR bridge',
    "-ferry is:unread",
    "f* OR is:read",
]
WAYS = {
    "few candidates": (),
    "many": (("_FEW", -1), ("_FIRST", 2), ("_LOOKED_AT", 2), ("_MOST", 4)),
    "many, and beginnings are rare": (("_FEW", -1), ("_FIRST", 3), ("_LOOKED_AT", 3), ("_MOST", 3), ("_RARE", 0)),
    "few beginnings, which are rare": (("_FIRST", 2), ("_LOOKED_AT", 2), ("_MOST", 2), ("_RARE", 0)),
    "combed": (("_FIRST", 2), ("_MOST", 2), ("_SPARSE", 0), ("combing._BLOCK", 2)),
    "combed in vain": (("_FEW", 1), ("_FIRST", 2), ("_MOST", 2), ("_SPARSE", 0), ("combing._BLOCK", 2)),
}


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in WAYS[request.param]:
        monkeypatch.setattr(f"newsreader.store.{name if '.' in name else f'seeking.{name}'}", value)


def whole(store: Store, query: Query, limit: int, seconds: float) -> tuple[list[int], list[int]]:
    """Everything, found piece by piece."""
    ids: list[int] = []
    moments: list[int] = []
    after: tuple[int, int] | None = BEGINNING
    while after is not None:
        found = store.newest(query, limit, after=after, seconds=seconds)
        assert len(found.listing.ids) <= limit
        ids += found.listing.ids
        moments += found.listing.sort_at
        assert found.after is None or found.after < after or (found.looked and not found.listing.ids)
        after = found.after
    return ids, moments


@pytest.mark.parametrize(("limit", "seconds"), [(3, 60.0), (100, 0.0)])
def test_it_finds_what_the_list_has(library: Store, way: None, limit: int, seconds: float) -> None:
    for text in ASKED:
        for scope in (Scope.ALL, Scope.UNREAD, Scope.BOOKMARKS):
            query = Query(scope, text=text)
            listing = library.listing(query)
            assert whole(library, query, limit, seconds) == ([*listing.ids], [*listing.sort_at]), text


@pytest.mark.parametrize("scope", [each for each in Scope if each is not Scope.SMART])
def test_every_list_can_be_had_so(library: Store, way: None, scope: Scope) -> None:
    for tag in (None, "séaside") if scope is Scope.TAG else (None,):
        for text in ("", "ferry", "is:read", "source:gazette", "folder:world is:hidden OR is:read"):
            query = Query(scope, source_id=2, folder="World", tag=tag, text=text)
            listing = library.listing(query)
            assert whole(library, query, 2, 60.0) == ([*listing.ids], [*listing.sort_at])


@pytest.fixture(scope="module")
def backlog() -> Iterator[Store]:
    """A library in which what came in last is not the newest, and the end of which waits for the index."""
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "library.db", clock=Clock()) as store:
        added = store.add_sources(
            [Subscription("https://a.example/"), Subscription("https://b.example/", tags=("old",))]
        )
        for source, first, step in ((0, 0, 100), (1, 50, 5_000)):
            articles = [
                write(
                    number,
                    title=f"{'Ferry' if number % 3 else 'Ferrous'} {number}",
                    text="night boat" if number % 2 else "boat at night",
                    sort_at=NOW - first - step * number,
                )
                for number in range(60)
            ]
            ingest(store, added.ids[source], *articles)
            store.index_some(50)
        yield store


@pytest.mark.parametrize(
    "text", ["ferry", "ferr*", '"night boat"', "-ferry", "tag:old ferr*", "ferr* words:>1", "xyz*"]
)
def test_late_backlogs_stand_where_they_belong(backlog: Store, way: None, text: str) -> None:
    query = Query(text=text)
    listing = backlog.listing(query)
    assert backlog.waiting_for_index() > 0
    found, _ = whole(backlog, query, 7, 60.0)  # with beginnings in texts that the list does not look at yet
    assert [id_ for id_ in found if id_ in listing.ids] == [*listing.ids]


def test_what_is_not_known_or_in_another_order_is_whole(library: Store) -> None:
    assert library.newest(Query(Scope.SMART, smart_id=99), 3).listing.ids == ()
    for order in ("oldest", "words", "shortest", "source", "title"):
        query = Query(text=f"ferry sort:{order}")
        assert library.newest(query, 1).listing == library.listing(query)


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("oldest", ["Café", "A", "Harbour"]),
        ("words", ["A", "Café", "Harbour"]),
        ("title", ["A", "Café", "Harbour"]),
        ("source", ["Café", "Harbour", "A"]),
    ],
)
def test_lists_can_be_in_another_order(library: Store, order: str, titles: list[str]) -> None:
    listing = library.listing(Query(text=f"ferry sort:{order}"))
    assert [head.title.split()[0] for head in library.heads(listing.ids)] == titles
    assert list(listing.sort_at) == sorted(listing.sort_at, reverse=True)
    assert listing.order != "newest"


def test_snippets_show_what_was_found_in_texts(library: Store) -> None:
    listing = library.listing(Query(text="ferry OR 図書"))
    found = library.snippets(listing.ids, "ferry OR 図書")
    said = {head.title.split()[0]: found[head.id].text for head in library.heads(listing.ids) if head.id in found}
    assert said == {"A": "No ferry any more.", "東京都の新しい図書館": "東京都は図書館を開いた。"}
    assert library.snippets(listing.ids, "is:unread") == {}
    assert library.snippets((), "ferry") == {}


@pytest.mark.parametrize("text", ["-zzz", "is:unread OR is:read"])
def test_who_has_enough_does_not_wait_for_more(library: Store, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    for name, value in (*WAYS["many"], ("_MOST", 2)):
        monkeypatch.setattr(f"newsreader.store.seeking.{name}", value)
    moments = itertools.count(0.0, 0.004)
    monkeypatch.setattr("newsreader.store.seeking.monotonic", lambda: next(moments))
    query = Query(text=text)
    listing = library.listing(query).ids
    found = library.newest(query, 100, enough=2, seconds=60.0)
    assert found.after is not None
    assert 2 <= len(found.listing.ids) < len(listing)
    assert library.newest(query, 100, enough=len(listing), seconds=60.0).listing.ids == listing
    assert library.newest(query, 2, enough=1, seconds=60.0).listing.ids == listing[:2], "while there is time, all"


def test_what_few_articles_have_is_combed_for(library: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in WAYS["combed"]:
        monkeypatch.setattr(f"newsreader.store.{name if '.' in name else f'seeking.{name}'}", value)
    query = Query(text="words:>100000")
    first = library.newest(query, 5, seconds=0.0)
    assert first.after is not None
    assert first.looked == 2
    second = library.newest(query, 5, after=first.after, seconds=0.0)
    assert (second.after, second.looked) == (first.after, 2), "the place stays while all are combed"
    begun_anew = library.newest(query, 5, seconds=0.0)
    assert begun_anew == first


def test_the_size_of_what_is_searched_is_known_where_it_is_kept(library: Store) -> None:
    total = library.counts().all
    assert library.size_of(Query(text="ferry")) == total
    by_source = [library.size_of(Query(Scope.SOURCE, source_id=source.id)) for source in library.sources()]
    assert by_source == [source.total for source in library.sources()]
    assert library.size_of(Query(Scope.FOLDER, folder="World"))
    assert library.size_of(Query(Scope.BOOKMARKS)) is None


@pytest.mark.parametrize(("text", "count"), [("link:100%", 1), ("link:a_b", 1), ("link:EXAMPLE", 3), ("link:a\\b", 0)])
def test_signs_in_an_address_mean_themselves(store: Store, text: str, count: int) -> None:
    urls = ("https://example.org/100%25", "https://example.org/a_b", "https://example.org/acb")
    source = store.add_sources([Subscription("https://example.org/feed")]).ids[0]
    ingest(store, source, *(write(number, url=url) for number, url in enumerate(urls)))
    assert len(store.listing(Query(text=text)).ids) == count
