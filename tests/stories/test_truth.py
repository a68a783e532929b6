"""The measures measure, and the two sets are well formed."""

from __future__ import annotations

import io
import math
import sys
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stories.corpus_articles import CorpusArticle, plain
from tests.stories.draw_pairs import draw
from tests.stories.measures import Measure, b_cubed, pairwise, precision_at_five
from tests.stories.truth import (
    LANGUAGES,
    LabelledPair,
    Sample,
    known_events,
    mistakes,
    part_of,
    read_pairs,
    read_world,
    score_pairs,
    score_world,
)
from tests.stories.truth_command import NO_ENGINE, main, missing

WORLD = read_world()
PAIRS = read_pairs()


def clustered(*groups: str) -> dict[str, Hashable]:
    """Letters of one word are in one cluster."""
    return {name: group for group in groups for name in group}


class TestMeasures:
    def test_b_cubed_as_counted_by_hand(self) -> None:
        measure = b_cubed(clustered("abd", "c", "e"), clustered("abc", "de"))
        # a, b: 2 of 3 and 2 of 3; c: 1 of 1, 1 of 3; d: 1 of 3, 1 of 2; e: 1 of 1, 1 of 2
        assert measure.precision == pytest.approx((2 / 3 + 2 / 3 + 1 + 1 / 3 + 1) / 5)
        assert measure.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2) / 5)

    def test_b_cubed_of_a_part_sees_merges_with_the_rest(self) -> None:
        assert b_cubed(clustered("ab"), clustered("a", "b"), ["a"]) == Measure(0.5, 1.0, 1)

    def test_what_is_left_out_is_alone(self) -> None:
        assert b_cubed({}, clustered("ab")) == Measure(1.0, 0.5, 2)
        assert pairwise({"a": None}, [("a", "b", True)]) == Measure(1.0, 0.0, 1)

    def test_pairs_as_counted_by_hand(self) -> None:
        pairs = [("a", "b", True), ("a", "c", True), ("a", "d", False), ("d", "e", False)]
        assert pairwise(clustered("abd", "c", "e"), pairs) == Measure(0.5, 0.5, 4)

    def test_f1_is_the_harmonic_mean(self) -> None:
        assert Measure(0.5, 1.0, 1).f1 == pytest.approx(2 / 3)
        assert Measure(0.0, 0.0, 1).f1 == 0.0

    def test_of_fewer_than_five_the_share_is_of_these(self) -> None:
        events = {name: name for name in "abcde"} | {"f": "a"}
        topics = {name: ["sea"] for name in "abcf"} | {"d": ["ice"], "e": ["war"]}
        measure = precision_at_five({"a": ["f", "b", "d"]}, events, topics)
        assert measure.precision == 0.5, "its own event is left out, then one of two is right"
        assert measure.items == 1
        assert measure.answered == 0.25, "a, b, c and f have somebody of their topic in another event"

    def test_only_the_first_five_count(self) -> None:
        names = "abcdefg"
        topics = {name: ["x"] for name in "abcdef"} | {"g": ["y"]}
        measure = precision_at_five({"a": list("bcdefg")}, {name: name for name in names}, topics)
        assert measure.precision == 1.0

    def test_what_has_no_related_article_is_wrong_to_be_given_one(self) -> None:
        measure = precision_at_five({"a": ["b"]}, {"a": "a", "b": "b"}, {"a": ["x"], "b": ["y"]})
        assert (measure.precision, measure.answered) == (0.0, 1.0)


TRUTHS = st.dictionaries(st.integers().map(str), st.integers(0, 9), min_size=1, max_size=30)


class TestAnyTruth:
    @given(TRUTHS)
    def test_a_perfect_clustering_scores_one(self, truth: dict[str, int]) -> None:
        renamed = {name: f"story {event}" for name, event in truth.items()}
        assert b_cubed(renamed, truth) == Measure(1.0, 1.0, len(truth))

    @given(TRUTHS)
    def test_all_in_one_misses_nothing(self, truth: dict[str, int]) -> None:
        assert math.isclose(b_cubed(dict.fromkeys(truth, 0), truth).recall, 1.0)

    @given(TRUTHS)
    def test_all_alone_merges_nothing_wrong(self, truth: dict[str, int]) -> None:
        assert math.isclose(b_cubed({name: name for name in truth}, truth).precision, 1.0)

    @given(TRUTHS, st.data())
    def test_a_measure_is_between_none_and_all(self, truth: dict[str, int], data: st.DataObject) -> None:
        found = {name: data.draw(st.integers(0, 5)) for name in truth}
        measure = b_cubed(found, truth)
        assert 0.0 < measure.precision <= 1.0 + 1e-9
        assert 0.0 < measure.recall <= 1.0 + 1e-9


class TestWorld:
    def test_it_is_large_enough(self) -> None:
        sizes = Counter(article.event for article in WORLD)
        assert len(WORLD) >= 450
        assert sum(size > 1 for size in sizes.values()) >= 120
        assert 0.3 <= sum(size == 1 for size in sizes.values()) / len(WORLD) <= 0.4
        assert len({article.sample.source for article in WORLD}) >= 30

    def test_names_and_keys_are_unique(self) -> None:
        assert len({article.name for article in WORLD}) == len(WORLD)
        assert len({article.sample.key for article in WORLD}) == len(WORLD)

    def test_an_event_stands_once(self) -> None:
        topics: dict[str, frozenset[str]] = {}
        for article in WORLD:
            assert topics.setdefault(article.event, article.topics) == article.topics
            assert article.topics

    def test_languages_are_known_and_most_articles_are_english(self) -> None:
        languages = Counter(article.sample.language for article in WORLD)
        assert set(languages) == LANGUAGES
        assert languages["en"] > len(WORLD) / 2

    def test_there_are_events_in_several_languages_and_in_another_one_only(self) -> None:
        spoken: dict[str, set[str | None]] = {}
        for article in WORLD:
            spoken.setdefault(article.event, set()).add(article.sample.language)
        assert sum(len(languages) > 1 for languages in spoken.values()) >= 40
        assert sum(languages != {"en"} and len(languages) == 1 for languages in spoken.values()) >= 40

    def test_an_event_ends_after_three_days(self) -> None:
        hours: dict[str, list[int]] = {}
        for article in WORLD:
            assert 0 <= article.hours <= 240
            hours.setdefault(article.event, []).append(article.hours)
        assert max(max(h) - min(h) for h in hours.values()) <= 72

    def test_a_copy_is_one(self) -> None:
        by_name = {article.name: article for article in WORLD}
        copies = [article for article in WORLD if article.copy_of]
        assert len(copies) >= 5
        for copy in copies:
            assert copy.copy_of is not None
            original = by_name[copy.copy_of]
            assert original.event == copy.event
            assert original.sample.source != copy.sample.source
            assert SequenceMatcher(None, original.sample.text, copy.sample.text).ratio() > 0.8

    def test_press_releases_share_a_link(self) -> None:
        events: dict[str, set[str]] = {}
        for article in WORLD:
            events.setdefault(article.sample.url, set()).add(article.event)
        shared = Counter(article.sample.url for article in WORLD)
        assert sum(count > 1 for count in shared.values()) >= 3
        assert all(len(found) == 1 for found in events.values())

    def test_some_have_only_a_title_and_some_the_whole_text(self) -> None:
        assert sum(not article.sample.text for article in WORLD) >= 20
        assert sum("\n\n" in article.sample.text for article in WORLD) >= 10

    def test_they_come_oldest_first(self) -> None:
        times = [article.sample.published for article in WORLD]
        assert times == sorted(times)

    def test_both_halves_hold_a_good_part(self) -> None:
        parts = Counter(part_of(article.event) for article in WORLD)
        assert min(parts["tuning"], parts["held out"]) > len(WORLD) / 3


class TestPairs:
    def test_there_are_200_of_every_kind_and_enough_true_ones(self) -> None:
        kinds = Counter(pair.kind for pair in PAIRS)
        assert kinds == {"close": 110, "copy": 10, "near": 45, "random": 35}
        assert sum(pair.same for pair in PAIRS) >= 50
        assert len({frozenset((pair.a, pair.b)) for pair in PAIRS}) == 200

    def test_labels_do_not_contradict_each_other(self) -> None:
        events = known_events(PAIRS)
        for pair in PAIRS:
            assert pair.same == (pair.event is not None)
            assert pair.related or not pair.same
            assert not (pair.same and pair.unsure)
            if pair.same:
                assert events[pair.a] == events[pair.b] == pair.event
            elif pair.a in events and pair.b in events and not pair.unsure:
                assert events[pair.a] != events[pair.b]

    def test_a_missing_article_is_named(self) -> None:
        pair = LabelledPair("close", "a#1", "b#2", same=False, related=False)
        assert missing([pair], {"a#1"}) == ["pairs.toml names an article that is not in the corpus: b#2"]


def perfect(samples: Sequence[Sample]) -> Mapping[str, Hashable]:
    events = {article.sample.key: article.event for article in WORLD}
    return {sample.key: events[sample.key] for sample in samples}


def nothing(samples: Sequence[Sample], keys: Iterable[str]) -> Mapping[str, Sequence[str]]:
    return {}


class TestScore:
    def test_who_knows_the_truth_reaches_every_floor(self) -> None:
        score = score_world(WORLD, perfect, nothing)
        assert score.misses() == []
        assert score.all.f1 == score.each_language.f1 == 1.0
        assert mistakes(WORLD, perfect([article.sample for article in WORLD])) == []

    def test_who_merges_everything_misses_precision(self) -> None:
        score = score_world(WORLD, lambda samples: {s.key: 0 for s in samples}, nothing)
        assert "world, all: precision is below 0.97" in score.misses()

    def test_mistakes_name_the_half_to_tune_with_only(self) -> None:
        lines = mistakes(WORLD, {})
        split = [line.split(": ")[1] for line in lines]
        assert split
        assert {part_of(event) for event in split} == {"tuning"}

    def test_pairs_are_looked_up_in_the_whole(self) -> None:
        articles = [article(f"f{n}", "k", n * 100, f"Title {n}") for n in range(1, 4)]
        pairs = [
            LabelledPair("close", "f1#k", "f2#k", same=True, related=True, event="e"),
            LabelledPair("close", "f1#k", "f3#k", same=False, related=True),
        ]
        score = score_pairs(
            articles, pairs, lambda samples: {s.key: 1 for s in samples}, lambda samples, keys: {"f1#k": ["f3#k"]}
        )
        assert score.pairs == Measure(0.5, 1.0, 2)
        assert score.clusters == Measure(1.0, 1.0, 2)
        assert score.related == Measure(1.0, 1.0, 1)


class TestCommand:
    def test_it_says_what_is_missing_where_no_engine_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tests.stories.truth_command.ENGINE", "tests.stories.no_such_engine")
        said = io.StringIO()
        assert main([], said) == 2
        assert said.getvalue() == NO_ENGINE + "\n"

    def test_it_measures_the_engine_that_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        engine = ModuleType("one_for_the_test")
        vars(engine).update(cluster=perfect, related=nothing)
        monkeypatch.setitem(sys.modules, "one_for_the_test", engine)
        monkeypatch.setattr("tests.stories.truth_command.ENGINE", "one_for_the_test")
        said = io.StringIO()
        assert main(["--show"], said) == 0
        assert said.getvalue().startswith(
            f"world, all            precision 1.000  recall 1.000  F1 1.000  ({len(WORLD)})"
        )
        vars(engine).update(cluster=lambda samples: {s.key: 0 for s in samples})
        assert main([], said) == 1
        assert "precision is below" in said.getvalue()


def article(file: str, key: str, published: int, title: str, text: str = "") -> CorpusArticle:
    return CorpusArticle(file, key, file, published, None, title, text, text, None)


class TestDraw:
    def test_pairs_with_rare_words_in_common_are_close(self) -> None:
        articles = [
            article("one.xml", "a", 1000, "Zebra crosses Danube near Bratislava", "Keeper Novotny"),
            article("two.xml", "b", 2000, "Bratislava: zebra swims", "Keeper Novotny saw it in the Danube"),
            article("two.xml", "c", 2000, "Cheese prices unchanged", "Nothing happened"),
        ]
        drawn = draw(articles)
        assert [(kind, {a.key, b.key}) for kind, (a, b) in drawn if kind == "close"] == [("close", {"a", "b"})]
        assert draw(articles[::-1]) == [(kind, (b, a)) for kind, (a, b) in drawn]

    def test_markup_is_undone_as_often_as_it_was_done(self) -> None:
        assert plain("&lt;p&gt;Salt &amp;amp; sea&lt;/p&gt;") == "Salt & sea"
