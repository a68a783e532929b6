from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.query import Place, parse
from newsreader.query.lighting import lights, snippet


@pytest.mark.parametrize(
    ("query", "text", "lit"),
    [
        ("ferry", "The Ferry, ferries and FERRY.", ["Ferry", "FERRY"]),
        ("ferr*", "The Ferry, ferries", ["Ferr", "ferr"]),
        ("ferry OR boat -night", "night ferry boat", ["ferry", "boat"]),
        ('"night ferry"', "a night-ferry at night", ["night-ferry"]),
        ("cafe resume", "Café, résumé", ["Café", "résumé"]),
        ("CAFÉ", "cafe cafés", ["cafe"]),
        ("東京", "東京都と東京", ["東京", "東京"]),
        ("대한", "서울에서 대한민국의", ["대한"]),
        ("ไทย", "หนังสือพิมพ์ไทยรายวัน", ["ไทย"]),
        ("हिन्दी", "हिन्दी समाचार", ["हिन्दी"]),
        ("हिन", "हिन्दी समाचार", []),
        ("العبارة", "في العبّارة الليلية", ["العبّارة"]),
        ("αθηνα", "Η Αθήνα", ["Αθήνα"]),
        ("еще", "Всё ещё", ["ещё"]),
        ("🚀", "Rocket 🚀 launch", ["🚀"]),
        ("c++", "in C++ and C", ["C", "C"]),
        ("title:ferry author:almada is:unread", "ferry almada", ["ferry"]),
        ("is:unread", "is unread", []),
        ("", "text", []),
        ("x", "", []),
    ],
)
def test_what_is_lit(query: str, text: str, lit: list[str]) -> None:
    assert [text[first:last] for first, last in lights(text, parse(query).node, Place.TITLE)] == lit


def test_words_for_titles_are_not_lit_in_texts() -> None:
    assert lights("ferry boat", parse("title:ferry boat").node) == ((6, 10),)


def test_a_snippet_begins_before_its_first_hit() -> None:
    text = f"{'Nothing about it here. ' * 20}The council\tkeeps its\nnight ferry, and that ferry only. {'More. ' * 200}"
    found = snippet(text, parse("ferry").node)
    assert found is not None
    assert found.text.startswith("…keeps its night ferry, and that ferry only.")
    assert [found.text[first:last] for first, last in found.hits] == ["ferry", "ferry"]
    assert len(found.text) < 450
    assert snippet(text, parse("zebra").node) is None
    assert snippet("Ferry!", parse("ferry").node) == ("Ferry!", ((0, 5),))


@given(st.text(alphabet="aáb ß東🚀ñ'.\t", max_size=60), st.text(alphabet="aáb ß東🚀'*", max_size=8))
def test_places_are_in_order_inside_of_the_text_and_apart(text: str, query: str) -> None:
    node = parse(query).node
    ends = [0]
    for first, last in lights(text, node):
        assert ends[-1] <= first < last <= len(text)
        ends.append(last)
    found = snippet(text, node)
    assert (found is None) == (len(ends) == 1)
    assert found is None or all(0 <= first < last <= len(found.text) for first, last in found.hits)
