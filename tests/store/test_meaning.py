"""What the filters of a query find, and that lists and rules mean the same by it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.model import ArticleWrite, Enclosure, FullText, Place, Query, Subscription
from newsreader.query import parse
from newsreader.store import Store
from tests.store.conftest import NOW, Clock, ingest, write

DAY = 86_400
SAID: dict[int, tuple[str, str, dict[str, object]]] = {
    1: (
        "Harbour town keeps its night ferry",
        "The council voted.",
        {"author": "Ines Almada", "categories": ("Ferry", "Söul 100%")},
    ),
    2: (
        "A bridge, drawn three times",
        "No ferry, no harbour.",
        {"language": "de-CH", "words": 900, "categories": ("#FERRY", 'a "b" c')},
    ),
    3: (
        "Café culture",
        "Naïve façades.",
        {"comments_url": "https://a.example/c", "author": "Zoë Ferry", "categories": ("Ferry boats", "Café")},
    ),
    4: ("東京都の新しい図書館", "東京都は図書館を開いた。", {"enclosures": (Enclosure("https://a.example/e.mp3"),)}),
    5: ("한국어 신문", "서울에서 대한민국의 소식을 전합니다.", {"image_url": "https://a.example/i.png"}),
    6: ("ภาษาไทย", "หนังสือพิมพ์ไทยรายวัน", {"url": "https://paper.example/thai/1"}),
    7: ("हिन्दी समाचार", "दिल्ली में आज बारिश हुई।", {}),
    8: ("Ελληνικά νέα", "Η Αθήνα σήμερα: ο Ωμέγας.", {"media": "i"}),
    9: ("Все ещё едет", "Ёлка стоит, мой дом. Київ.", {"sort_at": NOW - 3 * DAY}),
    10: ("العبّارة الليلية", "صوت الميناء على أن تبقى", {"sort_at": NOW - 40 * DAY}),
    11: ("Rocket 🚀 launch", "C++ and don't-panic ＡＢＣ code", {"sort_at": NOW - 400 * DAY}),
}


def articles() -> dict[int, ArticleWrite]:
    plain = {"author": "N. N.", "updated": None}
    return {
        number: write(number, title=title, text=text, **({"sort_at": NOW - number} | plain | fields))
        for number, (title, text, fields) in SAID.items()
    }


@pytest.fixture(scope="module")
def library() -> Iterator[Store]:
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "library.db", clock=Clock()) as store:
        added = store.add_sources(
            [
                Subscription("https://a.example/", "Coast Gazette", "World", tags=("Papers", "coast")),
                Subscription("https://b.example/", "Café B"),
            ]
        )
        for number, article in articles().items():
            ingest(store, added.ids[number % 2], article)
        ids = {head.title: head.id for head in store.heads(store.listing(Query()).ids)}
        one, two, three, four, five = (ids[SAID[number][0]] for number in range(1, 6))
        store.mark_read([one, two], True)
        store.bookmark([one], True)
        store.later([two], True)
        store.tag([one, three], ["Séaside"])
        store.set_note(three, "Remember")
        store.save_place(four, Place(block=3), 40)
        store.save_full_text(five, FullText("<p>x</p>", "서울에서 대한민국의", b"", 1, 2_000))
        ingest(store, added.ids[0], articles()[2]._replace(text="No ferry any more.", content_hash="new"))
        store.index_some(100)
        yield store


def found(store: Store, text: str) -> list[int]:
    """The numbers of what is found, newest first."""
    numbers = {title: number for number, (title, _, _) in SAID.items()}
    return [numbers[head.title] for head in store.heads(store.listing(Query(text=text)).ids)]


FOUND = [
    ("is:read", [1, 2]),
    ("is:unread -lang:de", [3, 4, 5, 6, 7, 8, 9, 10, 11]),
    ("is:bookmarked OR is:later", [1, 2]),
    ("is:edited", [2]),
    ("is:fulltext", [5]),
    ("is:begun", [4]),
    ("has:note", [3]),
    ("has:comments OR has:enclosure", [3, 4]),
    ("has:image", [5, 8]),
    ("has:highlight", []),
    ("tag:sea", []),
    ("tag:SEASIDE", [1, 3]),
    ("tag:papers", [2, 4, 6, 8, 10]),
    ("category:ferry", [1, 2]),
    ("-category:#Ferry ferry", [3]),
    ('category:"ferry boats"', [3]),
    ("category:cafe", [3]),
    ('category:"söul 100%"', [1]),
    ("category:100%", []),
    ("source:gazette ferry", [2]),
    ("source:cafe ferry", [1, 3]),
    ("folder:world is:read", [2]),
    ("lang:de", [2]),
    ("lang:de-at", []),
    ("link:PAPER.example", [6]),
    ("author:almada", [1]),
    ("ferry", [1, 2, 3]),
    ("title:ferry", [1]),
    ("author:ferry", [3]),
    ("ferry -author:ferry", [1, 2]),
    ("ferry OR bridge -title:drawn", [1, 3]),
    ("words:>800", [2, 5]),
    ("words:<800 ferry", [1, 3]),
    ("since:2d ferry", [1, 2, 3]),
    ("before:2d", [9, 10, 11]),
    ("before:30d since:1y", [10]),
    ("-(ferry OR is:unread)", []),
    ("(ferry is:read) OR has:note", [1, 2, 3]),
    ("東", [4]),
    ("京都", [4]),
    ("新しい図書館", [4]),
    ("館新", []),
    ("図書館を開", [4]),
    ("대한민국", [5]),
    ("민국", [5]),
    ("서울", [5]),
    ("ไทย", [6]),
    ("รายวัน", [6]),
    ("हिन्दी", [7]),
    ("हिन", []),
    ("हिन*", [7]),
    ("दिल्ली बारिश", [7]),
    ("ελληνικα", [8]),
    ("αθηνα ωμεγας", [8]),
    ("еще", [9]),
    ("елка", [9]),
    ("мой", [9]),
    ("мои", []),
    ("київ", [9]),
    ("العبارة", [10]),
    ("ان تبقي", [10]),
    ("🚀", [11]),
    ("abc C++", [11]),
    ("cafe naive", [3]),
]


@pytest.mark.parametrize(("text", "numbers"), FOUND)
def test_what_is_found(library: Store, text: str, numbers: list[int]) -> None:
    assert parse(text).mistakes == ()
    assert found(library, text) == numbers


@pytest.mark.parametrize(("text", "numbers"), FOUND)
def test_rules_mean_the_same(library: Store, text: str, numbers: list[int]) -> None:
    everything = library.listing(Query()).ids
    assert library.matching(text, everything) == set(library.listing(Query(text=text)).ids)
    some = everything[::2]
    assert library.matching(text, some) == set(library.listing(Query(text=text)).ids) & set(some)


def test_what_just_arrived_is_matched_by_its_text_before_it_is_indexed(store: Store) -> None:
    added = store.add_sources([Subscription("https://a.example/")])
    ingest(store, added.ids[0], *articles().values())
    ids = store.listing(Query()).ids
    words = [
        text
        for text, _ in FOUND
        if not {"is", "has", "tag", "source", "folder"} & set(text.replace("(", "").split(":"))
    ]
    before = {text: store.matching(text, ids) for text in words}
    assert store.waiting_for_index() == len(ids)
    store.index_some(100)
    assert {text: store.matching(text, ids) for text in words} == before
    assert before["दिल्ली बारिश"]


def test_a_query_with_a_mistake_matches_nothing(library: Store) -> None:
    everything = library.listing(Query()).ids
    for text in ("is:unraed", "ferry since:bad", '"ferry', "(ferry"):
        assert library.matching(text, everything) == frozenset()
    assert library.matching("", everything) == set(everything)
    assert library.matching("ferry", ()) == frozenset()


PIECES = st.sampled_from([text for text, _ in FOUND])


@given(PIECES, PIECES, PIECES)
@settings(max_examples=60)
def test_queries_are_put_together_as_sets(library: Store, one: str, two: str, three: str) -> None:
    def ids(text: str) -> set[int]:
        return set(library.listing(Query(text=text)).ids)

    everything = ids("")
    assert ids(f"({one}) ({two})") == ids(one) & ids(two)
    assert ids(f"({one}) OR ({two})") == ids(one) | ids(two)
    assert ids(f"-({one})") == everything - ids(one)
    assert ids(f"({one}) -({two}) OR ({three})") == ids(one) & (everything - ids(two) | ids(three))
