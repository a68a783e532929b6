from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.errors import UsageError
from newsreader.model import ArticleWrite, Deed, FetchState, Place, Query, Rule, Scope
from newsreader.store import Store
from newsreader.store.migrations import HANDBOOK_URL
from tests.store.conftest import NOW, Clock, add_source, ingest, write

DAY = 86_400
HIDE = Deed.HIDE


def titled(*titles: str, edited: bool = False) -> list[ArticleWrite]:
    """Articles of these titles, numbered from 1, the first the newest."""
    return [
        write(number, title=title, content_hash=f"{number}{title}{edited}", text=f"Text of {title}")
        for number, title in enumerate(titles, 1)
    ]


def titles(store: Store, scope: Scope = Scope.ALL) -> list[str]:
    return [head.title for head in store.heads(store.listing(Query(scope)).ids)]


def ids(store: Store, scope: Scope = Scope.ALL) -> tuple[int, ...]:
    return store.listing(Query(scope)).ids


def numbers(store: Store) -> tuple[int, int, int]:
    counts = store.counts()
    assert store.check() == ()
    return counts.unread, counts.all, counts.hidden


def rule(store: Store) -> Rule:
    return store.rules()[0]


@pytest.fixture
def fed(store: Store) -> Store:
    """A library with a source that has given nothing yet."""
    add_source(store)
    return store


def test_what_is_hidden_leaves_all_lists_and_counts(fed: Store) -> None:
    fed.add_rule("cricket", HIDE)
    change = ingest(fed, 2, *titled("Cricket tonight", "A ferry", "More cricket"))
    assert len(change.added) == 1
    assert len(change.articles) == 3
    assert titles(fed) == titles(fed, Scope.UNREAD) == ["A ferry"]
    assert titles(fed, Scope.HIDDEN) == ["Cricket tonight", "More cricket"]
    assert {head.hidden_by for head in fed.heads(ids(fed, Scope.HIDDEN))} == {"cricket"}
    assert numbers(fed) == (1, 1, 2)
    assert (rule(fed).hits, rule(fed).hidden) == (2, 2)


def test_the_text_counts_too(fed: Store) -> None:
    fed.add_rule("cricket", HIDE)
    ingest(fed, 2, write(1, text="Tonight: cricket", title="Evening"), write(2))
    assert titles(fed) == ["Title 2"]


def test_what_was_here_before_a_rule_stays(fed: Store) -> None:
    ingest(fed, 2, *titled("Cricket tonight"))
    fed.add_rule("cricket", HIDE)
    assert titles(fed) == ["Cricket tonight"]
    assert numbers(fed) == (1, 1, 0)


def test_every_deed(fed: Store) -> None:
    fed.add_rule("ferry", Deed.READ)
    fed.add_rule("ferry", Deed.TAG, "#Boats, sea")
    fed.add_rule("harbour", Deed.BOOKMARK)
    fed.add_rule("bridge", Deed.FULL_TEXT)
    fed.add_rule("storm", Deed.NOTIFY, title="Storms")
    change = ingest(fed, 2, *titled("A ferry", "A harbour", "A bridge", "A storm", "Storm again"))
    assert len(change.added) == 5
    by_title = {head.title: head for head in fed.heads(ids(fed))}
    assert by_title["A ferry"].read
    assert by_title["A ferry"].tags == ("Boats", "sea")
    assert by_title["A harbour"].bookmarked
    assert set(fed.wanting_full_text(9)) == {by_title[title].id for title in ("A ferry", "A harbour", "A bridge")}
    assert [(each.rule, each.count, each.title) for each in fed.take_notices()] == [("Storms", 2, "A storm")]
    assert fed.take_notices() == ()
    assert numbers(fed) == (4, 5, 0)
    assert [rule.does for rule in fed.rules()] == ["read", "tag Boats sea", "bookmark", "full text", "notify"]


def test_what_a_rule_did_can_be_taken_back_in_the_journal(fed: Store) -> None:
    fed.add_rule("ferry", Deed.READ, title="Boats")
    ingest(fed, 2, *titled("A ferry", "Another ferry", "A calm"))
    (action, _) = fed.actions(2)
    assert (action.words, action.window) == ("marked 2 articles of “example.org” read, by the rule “Boats”", "rules")
    assert fed.take_back(action.id) is not None
    assert numbers(fed) == (3, 3, 0)
    ingest(fed, 2, *titled("A ferry", "Another ferry", "A calm", edited=True))
    assert numbers(fed) == (3, 3, 0)


def test_all_rules_are_asked_before_any_acts(fed: Store) -> None:
    fed.add_rule("is:unread ferry", Deed.READ)
    fed.add_rule("is:unread ferry", Deed.BOOKMARK)
    ingest(fed, 2, *titled("A ferry"))
    (head,) = fed.heads(ids(fed))
    assert (head.read, head.bookmarked) == (True, True)


def test_what_a_rule_bookmarks_none_hides_but_what_it_tags(fed: Store) -> None:
    fed.add_rule("ferry", HIDE)
    fed.add_rule("harbour", HIDE)
    fed.add_rule("ferry", Deed.BOOKMARK)
    fed.add_rule("harbour", Deed.TAG, "sea")
    ingest(fed, 2, *titled("A ferry", "A harbour"))
    assert titles(fed) == ["A ferry"]


def test_a_tag_of_a_rule_is_no_keeping_of_the_person_but_one_of_hers_is(fed: Store) -> None:
    fed.add_rule("cricket", Deed.TAG, "Sport games")
    ingest(fed, 2, *titled("Cricket tonight", "More cricket", "Cricket again"))
    _, second, third = ids(fed)
    fed.tag((second,), ("sport", "mine"), ())
    fed.tag((third,), (), ("sport", "games"))
    fed.tag((third,), ("own",), ())
    fed.add_rule("cricket", HIDE)
    fed.apply_now(fed.rules()[1].id)
    assert titles(fed, Scope.HIDDEN) == ["Cricket tonight"]
    fed.remove_rules([fed.rules()[0].id])
    fed.pause_rules([fed.rules()[0].id], True)
    assert titles(fed, Scope.HIDDEN) == []
    fed.pause_rules([fed.rules()[0].id], False)
    assert titles(fed, Scope.HIDDEN) == ["Cricket tonight"], "also when the rule that tagged it is gone"


def test_a_rule_that_is_there_already_is_refused(fed: Store) -> None:
    fed.add_rule("cricket OR rugby", HIDE)
    fed.add_rule("cricket OR rugby", Deed.TAG, "sport")
    fed.add_rule("cricket OR rugby", Deed.TAG, "ball")
    for query, deed, tag in (("cricket  OR rugby", HIDE, None), ("(cricket OR rugby)", Deed.TAG, "#sport")):
        with pytest.raises(UsageError, match="There is such a rule already: “cricket OR rugby”, number"):
            fed.add_rule(query, deed, tag, title="Another")
    first, *_ = fed.rules()
    fed.edit_rule(first.id, "cricket OR rugby", HIDE, title="Sport")
    with pytest.raises(UsageError):
        fed.edit_rule(fed.rules()[0].id, "cricket OR rugby", Deed.TAG, "ball")
    fed.remove_rules([fed.rules()[0].id])
    fed.add_rule("cricket OR rugby", HIDE)
    assert len(fed.rules()) == 3


def test_rules_change_places_and_what_two_hide_the_first_hides(fed: Store) -> None:
    for query in ("cricket", "tonight", "rain"):
        fed.add_rule(query, HIDE)
    ingest(fed, 2, *titled("Cricket tonight", "A ferry"))
    (article,) = ids(fed, Scope.HIDDEN)
    one, two, three = (each.id for each in fed.rules())
    fed.move_rules([two], -1)
    assert [each.id for each in fed.rules()] == [two, one, three]
    assert fed.why(article)[0].rule.id == two
    assert not fed.move_rules([two], -1)
    fed.move_rules([two, one], 1)
    assert [each.id for each in fed.rules()] == [three, two, one]
    assert fed.undo()
    assert fed.undo()
    assert [each.id for each in fed.rules()] == [one, two, three]
    assert fed.why(article)[0].rule.id == one
    assert fed.heads((article,))[0].hidden_by == "cricket"
    with pytest.raises(UsageError):
        fed.move_rules([99], 1)


def test_the_first_of_two_rules_hides_and_the_other_when_that_is_gone(fed: Store) -> None:
    fed.add_rule("cricket", HIDE, title="Sport")
    fed.add_rule("tonight", HIDE, title="Evening")
    ingest(fed, 2, *titled("Cricket tonight", "Cricket at noon"))
    assert {head.hidden_by for head in fed.heads(ids(fed, Scope.HIDDEN))} == {"Sport"}
    change = fed.remove_rules([rule(fed).id])
    assert change.everything
    assert titles(fed) == ["Cricket at noon"]
    (head,) = fed.heads(ids(fed, Scope.HIDDEN))
    assert (head.title, head.hidden_by) == ("Cricket tonight", "Evening")
    fed.undo()
    assert titles(fed) == []
    assert {head.hidden_by for head in fed.heads(ids(fed, Scope.HIDDEN))} == {"Sport"}
    fed.redo()
    assert titles(fed) == ["Cricket at noon"]
    assert numbers(fed) == (1, 1, 1)


def test_a_rule_that_pauses_shows_what_it_hid_and_hides_it_when_it_goes_on(fed: Store) -> None:
    fed.add_rule("cricket", HIDE)
    ingest(fed, 2, *titled("Cricket tonight", "More cricket", "Cricket at noon"))
    fed.pause_rules([rule(fed).id], True)
    assert numbers(fed) == (3, 3, 0)
    first, second, _ = ids(fed)
    fed.opened(first)
    fed.bookmark([second], True)
    ingest(fed, 2, write(9, title="Cricket again"))
    assert numbers(fed) == (3, 4, 0)
    fed.pause_rules([rule(fed).id], False)
    assert titles(fed) == ["Cricket tonight", "More cricket", "Cricket again"]
    assert rule(fed).hidden == 1
    fed.undo()
    assert numbers(fed) == (3, 4, 0)
    assert fed.pause_rules([rule(fed).id], True).articles == frozenset()


def test_what_a_person_keeps_of_the_hidden_is_shown(fed: Store) -> None:
    fed.add_rule("cricket", HIDE)
    ingest(fed, 2, *titled(*(f"Cricket {number}" for number in range(6))))
    first, second, third, fourth, fifth, sixth = ids(fed, Scope.HIDDEN)
    fed.bookmark([first], True)
    fed.later([second], True)
    fed.tag([third], ["sport"])
    fed.set_note(fourth, "A note")
    fed.highlight(fifth, Place(words="Text of Cricket"))
    fed.opened(sixth)
    fed.mark_read([sixth], False)
    assert ids(fed) == (first, second, third, fourth, fifth)
    assert numbers(fed) == (5, 5, 1)
    for _ in range(2):
        fed.undo()
    assert ids(fed, Scope.HIDDEN) == (sixth,)
    fed.undo()
    assert ids(fed, Scope.HIDDEN) == (fifth, sixth)
    for _ in range(4):
        fed.undo()
    assert numbers(fed) == (0, 0, 6)


def test_undoing_after_the_rule_is_gone_hides_nothing(fed: Store) -> None:
    fed.add_rule("cricket", HIDE)
    ingest(fed, 2, *titled("Cricket"))
    fed.show_again(ids(fed, Scope.HIDDEN))
    shown = fed.actions(1)[0]
    fed.remove_rules([rule(fed).id])
    assert fed.take_back(shown.id) is not None
    assert titles(fed) == ["Cricket"]
    assert numbers(fed) == (1, 1, 0)


def test_a_rule_acts_on_what_is_here_when_it_is_told_to(fed: Store) -> None:
    ingest(fed, 2, *titled("Cricket tonight", "A ferry", "More cricket", "Cricket at noon"))
    fed.index_some(10)
    fed.opened(ids(fed)[2])
    fed.add_rule("cricket", HIDE)
    fed.add_rule("cricket", Deed.TAG, "sport")
    fed.add_rule("cricket", Deed.NOTIFY)
    hiding, tagging, telling = (each.id for each in fed.rules())
    assert len(fed.apply_now(hiding).articles) == 2
    assert titles(fed) == ["A ferry", "More cricket"]
    assert numbers(fed) == (1, 2, 2)
    assert not fed.apply_now(hiding).articles
    assert len(fed.apply_now(tagging).articles) == 1
    with pytest.raises(UsageError, match="nothing to tell"):
        fed.apply_now(telling)
    fed.undo()
    undone = fed.undo()
    assert undone is not None
    assert undone.action == "let the rule “cricket” act on 2 articles of “example.org”"
    assert numbers(fed) == (3, 4, 0)
    fed.redo()
    assert numbers(fed) == (1, 2, 2)
    fed.pause_rules([hiding], True)
    assert numbers(fed) == (3, 4, 0)


def test_what_is_shown_again_stays_so(fed: Store) -> None:
    fed.add_rule("cricket", HIDE)
    ingest(fed, 2, *titled("Cricket tonight", "More cricket"))
    (id_, _) = ids(fed, Scope.HIDDEN)
    change = fed.show_again([id_, 999])
    assert change.articles == {id_}
    assert titles(fed) == ["Cricket tonight"]
    ingest(fed, 2, *titled("Cricket tonight", "More cricket", edited=True))
    fed.pause_rules([rule(fed).id], True)
    fed.pause_rules([rule(fed).id], False)
    assert titles(fed) == ["Cricket tonight"]
    for _ in range(3):
        fed.undo()
    assert titles(fed) == []
    assert numbers(fed) == (0, 0, 2)
    fed.redo()
    assert numbers(fed) == (1, 1, 1)


def test_an_edit_is_asked_about_but_nothing_is_done_twice(fed: Store) -> None:
    fed.add_rule("cricket", HIDE)
    fed.add_rule("ferry", Deed.READ)
    ingest(fed, 2, *titled("A ferry", "A harbour", "A bridge"))
    fed.mark_read(ids(fed), False)
    fed.opened(ids(fed)[2])
    ingest(fed, 2, *titled("A ferry, later", "Cricket in the harbour", "Cricket on the bridge"))
    assert titles(fed) == ["A ferry, later", "Cricket on the bridge"]
    assert titles(fed, Scope.UNREAD) == ["A ferry, later"]


def test_an_article_that_is_hidden_is_edited_and_stays_hidden(fed: Store) -> None:
    fed.add_rule("cricket", HIDE)
    ingest(fed, 2, *titled("Cricket tonight"))
    ingest(fed, 2, *titled("Nothing tonight"))
    assert titles(fed, Scope.HIDDEN) == ["Nothing tonight"]
    assert numbers(fed) == (0, 0, 1)


def test_an_article_says_why(fed: Store) -> None:
    fed.add_rule("tonight", Deed.READ, title="Evenings")
    fed.add_rule("cricket", HIDE, title="Sport")
    ingest(fed, 2, *titled("Cricket tonight"))
    (id_,) = ids(fed, Scope.HIDDEN)
    assert [(why.rule.title, why.rule.deed, why.at, why.hides) for why in fed.why(id_)] == [
        ("Sport", HIDE, NOW, True),
        ("Evenings", Deed.READ, NOW, False),
    ]
    fed.remove_rules([each.id for each in fed.rules()])
    assert [why.hides for why in fed.why(id_)] == [False, False]
    assert fed.why(999) == ()


def test_another_query_hides_what_it_asks_for_of_what_the_former_hid(fed: Store) -> None:
    fed.add_rule("cricket", HIDE)
    fed.add_rule("ferry", Deed.READ)
    ingest(fed, 2, *titled("Cricket tonight", "Cricket at noon"))
    fed.edit_rule(rule(fed).id, "cricket tonight", HIDE)
    assert [each.query for each in fed.rules()] == ["cricket tonight", "ferry"]
    assert titles(fed) == ["Cricket at noon"]
    assert [head.hidden_by for head in fed.heads(ids(fed, Scope.HIDDEN))] == ["cricket tonight"]
    fed.undo()
    assert [each.query for each in fed.rules()] == ["cricket", "ferry"]
    assert titles(fed) == []
    fed.edit_rule(rule(fed).id, "cricket", Deed.TAG, "sport")
    assert numbers(fed) == (2, 2, 0)


def test_what_makes_no_rule_is_refused_in_words(fed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="needs a query"):
        fed.add_rule("  ", HIDE)
    with pytest.raises(UsageError, match="no number"):
        fed.add_rule("words:many", HIDE)
    with pytest.raises(UsageError, match="Which tag"):
        fed.add_rule("ferry", Deed.TAG, " # ")
    with pytest.raises(UsageError, match="There is no rule 7"):
        fed.edit_rule(7, "ferry", HIDE)
    monkeypatch.setattr("newsreader.store.rules.RULES_MOST", 1)
    fed.add_rule("ferry", HIDE)
    with pytest.raises(UsageError, match="1 rules already"):
        fed.add_rule("bridge", HIDE)
    assert len(fed.rules()) == 1


def test_adding_a_rule_is_undone_with_what_it_hid(fed: Store) -> None:
    fed.add_rule("cricket", HIDE)
    ingest(fed, 2, *titled("Cricket tonight"))
    undone = fed.undo()
    assert undone is not None
    assert (undone.action, undone.restored) == ("added the rule “cricket”", 1)
    assert fed.rules() == ()
    assert numbers(fed) == (1, 1, 0)


def test_a_great_many_come_back_by_and_by(fed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsreader.store.rules.RULES_SETTLED", 4)
    monkeypatch.setattr("newsreader.store.rules.RULES_STEP", 4)
    fed.add_rule("title", HIDE)
    ingest(fed, 2, *(write(number) for number in range(1, 11)))
    change = fed.remove_rules([rule(fed).id])
    assert len(change.articles) == 4
    assert titles(fed) == ["Title 1", "Title 2", "Title 3", "Title 4"]
    steps = 0
    while fed.settle_rules():
        steps += 1
    assert steps == 1
    assert numbers(fed) == (10, 10, 0)
    assert not fed.settle_rules()


def test_a_rehearsal_tells_of_the_last_days(fed: Store) -> None:
    fed.add_rule("noon", HIDE)
    ingest(
        fed,
        2,
        *titled("Cricket tonight", "A ferry", "Cricket at noon", "Cricket and tea"),
        write(9, title="Cricket of old", sort_at=NOW - 31 * DAY),
    )
    tonight, _, tea, _ = ids(fed)
    fed.bookmark([tea], True)
    found = fed.rehearse("cricket", 30)
    assert (found.total, len(found.matched), found.matched[0]) == (4, 3, tonight)
    assert found.spared == {tea}
    assert fed.rehearse("nothing", 30).matched == ()
    assert rule(fed).hits == 1


def test_the_handbook_is_for_no_rule(store: Store) -> None:
    store.add_rule("title", HIDE)
    change = store.ingest(FetchState(1, HANDBOOK_URL, "Handbook"), None, [write(1)])
    assert len(change.added) == 1


def test_the_query_language_tells_the_hidden(fed: Store) -> None:
    fed.add_rule("cricket", HIDE)
    ingest(fed, 2, *titled("Cricket tonight", "A ferry", "More cricket"))

    def found(text: str, scope: Scope = Scope.ALL) -> list[str]:
        return [head.title for head in fed.heads(fed.listing(Query(scope, text=text)).ids)]

    assert found("cricket") == []
    assert found("is:hidden") == ["Cricket tonight", "More cricket"]
    assert found("is:hidden tonight", Scope.UNREAD) == ["Cricket tonight"]
    assert found("-is:hidden") == ["A ferry"]
    assert found("is:hidden OR ferry") == ["Cricket tonight", "A ferry", "More cricket"]


def test_a_damaged_index_keeps_no_rule_from_acting(fed: Store) -> None:
    ingest(fed, 2, *titled("A storm"))
    fed.index_some(10)
    fed.add_rule("cricket", HIDE)
    fed._db.run("UPDATE search_data SET block = x'00' WHERE id > 10")
    ingest(fed, 2, *titled("A calm", "Cricket tonight", edited=True))
    assert titles(fed, Scope.HIDDEN) == ["Cricket tonight"]
    assert fed.check() == ()


WORDS = ("ferry", "harbour", "cricket", "storm")
DEEDS = (Deed.HIDE, Deed.READ, Deed.TAG, Deed.BOOKMARK)
TAKEN = ("pause", "go on", "remove", "show", "undo", "redo", "again")
RULES = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(DEEDS)), max_size=4, unique=True)
ARTICLES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), max_size=6)
STEPS = st.lists(st.tuples(st.sampled_from(TAKEN), st.integers(0, 5)), max_size=8)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(rules=RULES, articles=ARTICLES, steps=STEPS)
def test_hidden_and_shown_are_all_and_the_counts_are_right(
    rules: list[tuple[str, Deed]], articles: list[list[str]], steps: list[tuple[str, int]]
) -> None:
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "library.db", clock=Clock()) as store:
        with store.acting_for("another window"):
            source_id = add_source(store)
        for word, deed in rules:
            store.add_rule(word, deed, "x")
        writes = titled(*(" ".join(words) for words in articles))
        ingest(store, source_id, *writes)
        everything = set(store._db.column("SELECT id FROM status"))
        hiding = {word for word, deed in rules if deed is HIDE}
        saving = {word for word, deed in rules if deed is Deed.BOOKMARK}
        wanted = {" ".join(words) for words in articles if hiding & {*words} and not saving & {*words}}
        assert set(titles(store, Scope.HIDDEN)) == wanted
        for step, number in steps:
            before = _state(store)
            _take(store, step, number)
            if step == "again":
                ingest(store, source_id, *writes)
                assert store._apply_rules(sorted(everything)) == frozenset()
                assert _state(store) == before
            shown, hidden = set(ids(store)), set(ids(store, Scope.HIDDEN))
            assert shown | hidden == everything
            assert not shown & hidden
            counts = store.counts()
            assert (counts.all, counts.hidden) == (len(shown), len(hidden))
            assert counts.unread == len(ids(store, Scope.UNREAD))
            assert store.check() == ()
            active = {rule.id for rule in store.rules() if not rule.paused}
            assert all({why.rule.id for why in store.why(id_) if why.hides} <= active for id_ in hidden)
            assert all(any(why.hides for why in store.why(id_)) for id_ in hidden)


def _take(store: Store, step: str, number: int) -> None:
    there = store.rules()
    one = [there[number % len(there)].id] if there else []
    deeds: dict[str, Callable[[], object]] = {
        "pause": lambda: store.pause_rules(one, True),
        "go on": lambda: store.pause_rules(one, False),
        "remove": lambda: store.remove_rules(one),
        "show": lambda: store.show_again(list(itertools.islice(ids(store, Scope.HIDDEN), number))),
        "undo": store.undo,
        "redo": store.redo,
    }
    deeds.get(step, lambda: None)()


def _state(store: Store) -> object:
    return store._db.all("SELECT id, here, hidden_by, read, bookmarked_at FROM status ORDER BY id")


def test_what_is_hidden_by_hand_no_rule_shows_and_undo_does(fed: Store) -> None:
    ingest(fed, 2, *titled("A ferry", "A bridge", "An island"))
    first, second, _ = ids(fed)
    fed.bookmark([second], True)
    fed.hide([first, second])
    assert numbers(fed) == (2, 2, 1)
    assert ids(fed, Scope.HIDDEN) == (first,), "what is kept is not hidden"
    assert [head.hidden_by for head in fed.heads([first])] == [""]
    fed.add_rule("nothing", Deed.HIDE)
    fed.remove_rules([rule(fed).id])
    while fed.settle_rules():
        pass
    assert ids(fed, Scope.HIDDEN) == (first,)
    fed.undo()
    fed.undo()
    fed.undo()
    assert numbers(fed) == (3, 3, 0)
    assert [head.hidden_by for head in fed.heads([first])] == [None]
