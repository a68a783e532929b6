from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.model import FullText, Query, Scope, Subscription
from newsreader.query import parse, while_typing
from newsreader.query.folding import folded
from newsreader.store import Store
from tests.store.conftest import NOW, Clock, add_source, fill, ingest, write

ARTICLES = {
    "Harbour town votes to keep its night ferry": "The council of Port Varrel voted late on Monday.",
    "The bridge that was drawn three times": "No ferry, no harbour: a bridge over the night.",
    "Café culture, measured": "Naïve façades and a résumé.",
    "المدينة تختار العبّارة الليلية": "صوت الميناء",
    "東京の新しい図書館が開館": "東京都は新しい図書館を開いた。",
    "Rocket 🚀 launch": "C++ and don't-panic code",
}


@pytest.fixture
def library(store: Store) -> Store:
    source_id = add_source(store, title="The Coast Gazette", folder="World")
    said = enumerate(ARTICLES.items())
    ingest(store, source_id, *(write(n, title=t, text=b, categories=("#Port",)) for n, (t, b) in said))
    return store


def titles(store: Store, text: str, scope: Scope = Scope.ALL) -> list[str]:
    return [head.title.split()[0] for head in store.heads(store.listing(Query(scope, text=text)).ids)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("source:gazete", "No source is called “gazete”; did you mean “Gazette”?"),
        ("-source:gazette OR folder:wrold", "No folder is called “wrold”; did you mean “World”?"),
        ("ferry (tag:zebra OR title:x)", "No tag is called “zebra”."),
        ("tag:portt", "No tag is called “portt”; did you mean “port”?"),
        ("source:gazette folder:wor tag:PORT link:nowhere lang:xx ferry", None),
        ("category:portt", "No category is called “portt”; did you mean “Port”?"),
        ("category:port", None),
        ("source:1", None),
        ("", None),
    ],
)
def test_what_nothing_is_called_is_said(library: Store, text: str, sentence: str | None) -> None:
    (first, *_) = library.listing(Query()).ids
    library.tag([first], ["port"], [])
    assert library.unknown_name(text) == sentence


FOUND = [
    ("ferry", ["Harbour", "The"]),
    ("FERRY harbour", ["Harbour", "The"]),
    ('"night ferry"', ["Harbour"]),
    ('"ferry night"', []),
    ("ferry -bridge", ["Harbour"]),
    ('-ferry -"drawn three"', ["Café", "المدينة", "東京の新しい図書館が開館", "Rocket"]),
    ("harb*", ["Harbour", "The"]),
    ("harb ferry", []),
    ("harb", []),
    ('"harb"', []),
    ("cafe", ["Café"]),
    ("CAFÉ resume", ["Café"]),
    ("المدينة", ["المدينة"]),
    ("c++", ["Rocket"]),
    ('"c++"', ["Rocket"]),
    ("don't", ["Rocket"]),
    ("is:unread ferry", ["Harbour", "The"]),
    ("is:read ferry", []),
    ("-is:unread", []),
    ("source:gazette ferry", ["Harbour", "The"]),
    ('source:"coast gaz" bridge', ["The"]),
    ("source:nowhere ferry", []),
    ("-source:gazette", []),
    ("folder:WORLD cafe", ["Café"]),
    ("folder:science cafe", []),
    ("-folder:science cafe", ["Café"]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_finding_in_the_index(library: Store, text: str, expected: list[str]) -> None:
    assert library.index_some(100) == 0
    assert titles(library, text) == expected


@pytest.mark.parametrize("text", ["東京", "図書館", "新しい図書館", "🚀"])
def test_symbols_and_scripts_without_spaces_are_found_in_titles(library: Store, text: str) -> None:
    before = titles(library, text)
    library.index_some(100)
    assert len(titles(library, text)) == 1
    assert titles(library, text) == before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("night", ["Harbour"]),
        ("nig*", ["Harbour"]),
        ("nig", []),
        ("ight*", []),
        ("night ferry", ["Harbour"]),
        ('"night ferry"', ["Harbour"]),
        ('"ferry night"', []),
        ("CAFE", ["Café"]),
        ("the -bridge", []),
        ("العبارة", ["المدينة"]),
        ("100%", []),
    ],
)
def test_what_waits_for_the_index_is_found_by_its_title(library: Store, text: str, expected: list[str]) -> None:
    assert titles(library, text) == expected
    assert library.listing(Query(text=text)).not_indexed == len(ARTICLES)


def test_index_and_titles_together_come_newest_first(store: Store) -> None:
    source_id = add_source(store)
    ingest(store, source_id, write(2, title="ferry two"), write(4, title="ferry four"))
    store.index_some(10)
    ingest(store, source_id, write(1, title="ferry one"), write(3, title="ferry three"))
    listing = store.listing(Query(text="ferry"))
    assert [head.title for head in store.heads(listing.ids)] == ["ferry one", "ferry two", "ferry three", "ferry four"]
    assert listing.sort_at == (NOW - 100, NOW - 200, NOW - 300, NOW - 400)
    assert listing.not_indexed == 2


def test_a_search_stays_in_its_scope(library: Store) -> None:
    library.index_some(100)
    other = add_source(library, 2, folder="Science")
    ingest(library, other, write(50, title="Another ferry"))
    library.index_some(100)
    ids = library.listing(Query(text="ferry")).ids
    library.mark_read(ids[:1], True)
    library.bookmark(ids[1:2], True)
    assert library.listing(Query(Scope.UNREAD, text="ferry")).ids == ids[1:]
    assert library.listing(Query(Scope.BOOKMARKS, text="ferry")).ids == ids[1:2]
    assert library.listing(Query(Scope.SOURCE, source_id=other, text="ferry")).ids == ids[2:]
    assert library.listing(Query(Scope.FOLDER, folder="Science", text="ferry")).ids == ids[2:]
    assert library.listing(Query(text="ferry is:bookmarked")).ids == ids[1:2]
    assert library.listing(Query(text="ferry -is:bookmarked is:unread")).ids == ids[2:]
    library.remove_sources([other])
    assert library.listing(Query(text="ferry")).ids == ids[:2]


def test_an_edit_is_found_by_its_new_words_only(store: Store) -> None:
    source_id = add_source(store)
    ids = fill(store, source_id, 1)
    store.index_some(10)
    ingest(store, source_id, write(1, content_hash="new", title="Moths", text="counters"))
    for indexed in (False, True):
        assert store.listing(Query(text="moths")).ids == ids
        assert store.listing(Query(text="title ")).ids == ()
        assert store.listing(Query(text='"text"')).ids == ()
        if not indexed:
            assert store.index_some(10) == 0
    assert store.listing(Query(text="counters")).ids == ids
    assert store.check() == ()


def test_the_full_text_is_found_in_place_of_the_feeds(store: Store) -> None:
    ids = fill(store, add_source(store), 1)
    store.index_some(10)
    for word in ("lanterns", "moths"):
        store.save_full_text(ids[0], FullText(f"<p>{word}</p>", word, b"", 1, 900))
        assert store.waiting_for_index() == 1
        store.index_some(10)
        assert store.listing(Query(text=word)).ids == ids
    assert store.listing(Query(text='"lanterns"')).ids == ()
    assert store.listing(Query(text='"text"')).ids == ()
    assert store.check() == ()


def test_what_was_dropped_is_found_no_more(store: Store) -> None:
    source_id = add_source(store)
    ids = fill(store, source_id, 3)
    store.index_some(2)
    store.drop_articles(ids[1:])
    assert store.waiting_for_index() == 0
    assert store.listing(Query(text="title")).ids == ids[:1]
    store.index_some(10)
    assert store.listing(Query(text="title")).ids == ids[:1]
    assert store.check() == ()


def test_indexing_goes_on_where_it_was(store: Store) -> None:
    fill(store, add_source(store), 250)
    assert store.waiting_for_index() == 250
    assert store.index_some(120) == 130
    assert store.index_some(0) == 130
    assert store.index_some(1_000) == 0
    assert store.index_some(1_000) == 0
    assert len(store.listing(Query(text="title")).ids) == 250


def test_an_empty_query_is_the_scope_itself(library: Store) -> None:
    listing = library.listing(Query(text="   "))
    assert len(listing.ids) == len(ARTICLES)
    assert listing.not_indexed == 0


@pytest.mark.parametrize("text", ["is:", "source:", "-", '"', '""', '-""', "folder:  ", "is: -", "_", "&", "(", "OR"])
def test_what_is_not_yet_typed_out_asks_for_nothing(library: Store, text: str) -> None:
    assert len(library.listing(Query(text=text)).ids) == len(ARTICLES)


def test_an_address_is_found_as_words(store: Store) -> None:
    source_id = add_source(store)
    ids = sorted(ingest(store, source_id, write(1, title="What is: odd"), write(2, title="https://a.example/b")).added)
    store.index_some(10)
    assert store.listing(Query(text='"is:odd"')).ids == tuple(ids[:1])
    assert store.listing(Query(text="https://a.example/b")).ids == tuple(ids[1:])
    assert store.listing(Query(text="x" * 100_000)).ids == ()


@pytest.mark.parametrize(
    ("title", "expected"),
    [("", "  "), (None, "  "), ("A  B-c", " a b c "), ("Straße É", " straße e "), ("العبّارة", " العباره ")],
)
def test_folding(title: str | None, expected: str) -> None:
    assert folded(title) == expected


@pytest.fixture(scope="module")
def odd_library() -> Iterator[Store]:
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "library.db", clock=Clock()) as store:
        added = store.add_sources([Subscription("https://a.example/", "A", "F"), Subscription("https://b.example/")])
        for number, source_id in enumerate(added.ids):
            ingest(store, source_id, *(write(n, title=t, text=b) for n, (t, b) in enumerate(ARTICLES.items())))
            if not number:
                store.index_some(100)
        yield store


SYMBOLS = [*"\"-()*^:+{}%_é \\'\x00\ud800"]
WORDS = [
    "AND",
    "OR",
    "NOT",
    "NEAR(",
    "is:",
    "source:",
    "folder:",
    "title:",
    "is:unread",
    "-is:read",
    "ferry",
    "東京",
    "99",
]
PIECES = st.sampled_from([*SYMBOLS, *WORDS])


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)), st.sampled_from(Scope))
@settings(deadline=None, max_examples=300)
def test_no_query_raises(odd_library: Store, text: str, scope: Scope) -> None:
    listing = odd_library.listing(Query(scope, source_id=2, folder="F", text=text))
    assert len(listing.ids) == len(listing.sort_at)
    assert list(listing.sort_at) == sorted(listing.sort_at, reverse=True)
    odd_library.newest(Query(scope, source_id=2, folder="F", text=while_typing(text)), 5)
    odd_library.matching(text, listing.ids)


@given(st.text(alphabet="abfér \"-東🚀'", max_size=12))
@settings(deadline=None, max_examples=200)
def test_a_word_and_its_opposite_part_the_library(odd_library: Store, text: str) -> None:
    word = text.replace('"', "").strip().lstrip("-")
    quoted = f'"{word}"'
    if parse(quoted).node is None:
        return
    everything = set(odd_library.listing(Query()).ids)
    having = set(odd_library.listing(Query(text=quoted)).ids)
    lacking = set(odd_library.listing(Query(text=f"-{quoted}")).ids)
    assert having | lacking == everything
    assert not having & lacking
