from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.ui.ranking import Ranking

NAMES = (
    "The Coast Gazette",
    "Coast",
    "Coastal Engineering",
    "A Gazette of Coasts",
    "Łódź Dziś",
    "Élan vital",
    "صوت الميناء",
    "潮汐周报",
    "Northern Wire",
)


def ranked(typed: str) -> list[str]:
    return Ranking((name, (name,)) for name in NAMES).best(typed, 20)


def test_what_begins_so_comes_first_then_words_then_parts_then_letters() -> None:
    assert ranked("coast") == ["Coast", "Coastal Engineering", "The Coast Gazette", "A Gazette of Coasts"]
    assert ranked("coast")[0] == "Coast"
    assert ranked("oast")[0] == "Coast"
    assert ranked("nwire") == ["Northern Wire"]
    assert ranked("cg") == ["The Coast Gazette"]
    assert ranked("gazette coast") == ["The Coast Gazette", "A Gazette of Coasts"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [("lodz", "Łódź Dziś"), ("ELAN", "Élan vital"), ("المي", "صوت الميناء"), ("周报", "潮汐周报")],
)
def test_neither_accents_nor_case_count_and_any_script_is_found(typed: str, name: str) -> None:
    assert ranked(typed) == [name]


def test_nothing_typed_gives_all_in_their_order_and_nonsense_nothing() -> None:
    assert ranked(" ") == list(NAMES)
    assert ranked("qqq") == []


def test_only_a_part_of_a_name_means_it() -> None:
    names = Ranking((name, (name,)) for name in NAMES)
    assert names.meant("gazette") == "The Coast Gazette"
    assert names.meant("nwr") is None
    assert names.meant("") is None


@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=8))
def test_whatever_is_typed_finds_names_that_are_there(typed: str, names: list[str]) -> None:
    known = Ranking((name, (name,)) for name in names)
    assert set(known.best(typed, 5)) <= set(names)
    assert known.meant(typed) in {None, *names}
