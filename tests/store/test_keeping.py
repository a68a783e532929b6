from __future__ import annotations

from collections.abc import Callable

from newsreader.model import Place, Query, Scope
from newsreader.store import Store
from newsreader.store.keeping import tags_named, tags_of
from tests.store.conftest import Clock, add_source, fill


def test_tags_in_a_line() -> None:
    assert tags_of("  #Ferries, port-varrel ferries,,#  한국 ") == ("Ferries", "port-varrel", "한국")
    assert tags_of("C# #f# ##") == ("C#", "f#")
    assert tags_of("") == ()
    assert tags_of("a\x1b\nb") == ("a", "b")
    assert [len(tag) for tag in tags_of("x" * 500)] == [60]
    assert len(tags_of(" ".join(map(str, range(500))))) == 32


def test_tags_come_and_go_in_one_action(store: Store) -> None:
    source_id = add_source(store)
    ids = fill(store, source_id, 3)
    change = store.tag(ids[:2], ["ferries", "Port"])
    assert change.articles == set(ids[:2])
    assert change.sources == {source_id}
    assert [head.tags for head in store.heads(ids)] == [("ferries", "Port"), ("ferries", "Port"), ()]
    store.tag(ids, ["new", "FERRIES"], ["port", "never-there"])
    assert [head.tags for head in store.heads(ids)] == [("ferries", "new")] * 3
    assert [(tag.name, tag.articles) for tag in store.tags()] == [("ferries", 3), ("new", 3)]
    assert not store.tag(ids, ["ferries"], ["port"])
    assert not store.tag([10**6], ["x"])


def test_a_name_may_be_of_several_words_and_several_names_stand_between_commas(store: Store) -> None:
    assert tags_named(["night ferry, C#", " , ", "port"]) == ("night-ferry", "C#", "port")


def test_a_tag_keeps_its_capitals_in_every_script(store: Store) -> None:
    ids = fill(store, add_source(store), 2)
    store.tag(ids[:1], ["Fähre"])
    store.tag(ids, ["FÄHRE"])
    assert [tag.name for tag in store.tags()] == ["Fähre"]
    store.tag(ids, [], ["fähre"])
    assert store.tags() == ()


def test_tagging_is_undone(open_store: Callable[..., Store]) -> None:
    here, there = open_store("here"), open_store("there")
    ids = fill(here, add_source(here), 2)
    here.tag(ids[:1], ["old"])
    here.tag(ids, ["new"], ["old"])
    there.tag(ids[1:], [], ["new"])
    undone = here.undo()
    assert undone is not None
    assert undone.action == "tagged 2 articles of “example.org” #new and no longer #old"
    assert [head.tags for head in here.heads(ids)] == [("old",), ()]
    assert undone.change.articles >= {ids[0]}


def test_later_and_back(store: Store) -> None:
    ids = fill(store, add_source(store), 2)
    assert store.later(ids[:1], True).articles == {ids[0]}
    assert not store.later(ids[:1], True)
    assert [head.later for head in store.heads(ids)] == [True, False]
    undone = store.undo()
    assert undone is not None
    assert undone.action == "put “Title 1” into Later"
    assert not store.heads(ids)[0].later


def test_what_waits_longest_comes_first_in_later(store: Store, clock: Clock) -> None:
    ids = fill(store, add_source(store), 4)
    for article_id in (ids[2], ids[0], ids[3]):
        clock.now += 60
        store.later([article_id], True)
    listing = store.listing(Query(Scope.LATER))
    assert listing.ids == (ids[2], ids[0], ids[3])
    assert listing.order == "longest waiting"
    assert store.listing(Query(Scope.LATER), among=ids[:3]).ids == (ids[2], ids[0])
    assert store.listing(Query(Scope.LATER, text="is:unread")).ids == listing.ids
    assert store.listing(Query(Scope.ALL)).order == "newest"


def test_a_note_is_written_changed_and_taken_away(store: Store) -> None:
    (article_id,) = fill(store, add_source(store), 1)

    def note() -> str:
        article = store.article(article_id)
        assert article is not None
        assert article.head.noted is bool(article.note)
        return article.note

    store.set_note(article_id, "  For the\nboard \x1b meeting ")
    assert note() == "For the board meeting"
    assert not store.set_note(article_id, "For the board meeting")
    store.set_note(article_id, "Another")
    store.set_note(article_id, "")
    assert note() == ""
    assert [(store.undo() is not None, note()) for _ in range(3)] == [
        (True, "Another"),
        (True, "For the board meeting"),
        (True, ""),
    ]
    assert not store.set_note(10**6, "x")


def test_bookmarking_with_tags_and_a_note_is_one_action(store: Store) -> None:
    (article_id,) = fill(store, add_source(store), 1)
    store.tag([article_id], ["gone", "stays"])
    store.keep(article_id, ["Stays", "new"], "Why")
    article = store.article(article_id)
    assert article is not None
    assert (article.head.bookmarked, article.head.tags, article.note) == (True, ("new", "stays"), "Why")
    assert not store.keep(article_id, ["stays", "new"], "Why")
    store.undo()
    article = store.article(article_id)
    assert article is not None
    assert (article.head.bookmarked, article.head.tags, article.note) == (False, ("gone", "stays"), "")


def test_a_passage_is_highlighted_once_and_taken_away(store: Store) -> None:
    (article_id,) = fill(store, add_source(store), 1)
    place = Place(full_text=True, block=3, offset=7, words="the night ferry")
    assert store.highlight(article_id, place).articles == {article_id}
    assert not store.highlight(article_id, place)
    assert not store.highlight(article_id, Place(words="  "))
    (highlight,) = store.highlights(article_id)
    assert (highlight.place, highlight.place.words) == (place, "the night ferry")
    assert store.heads([article_id])[0].highlights == 1
    assert store.remove_highlights([highlight.id, 10**6]).articles == {article_id}
    assert store.highlights(article_id) == ()
    store.undo()
    assert store.highlights(article_id) == (highlight,)
    store.undo()
    assert store.highlights(article_id) == ()
    assert store.highlight(article_id, place)
    assert store.highlights(article_id) == (highlight,)


def test_everything_that_is_kept_is_undone_and_done_again(store: Store) -> None:
    (article_id,) = fill(store, add_source(store), 1)

    def state() -> tuple[object, ...]:
        article = store.article(article_id)
        assert article is not None
        return article.head, article.note, article.highlights

    deeds: tuple[Callable[[], object], ...] = (
        lambda: store.later([article_id], True),
        lambda: store.tag([article_id], ["a", "b"]),
        lambda: store.set_note(article_id, "One"),
        lambda: store.keep(article_id, ["b", "c"], "Two"),
        lambda: store.highlight(article_id, Place(words="w", block=1)),
        lambda: store.remove_highlights([each.id for each in store.highlights(article_id)]),
        lambda: store.later([article_id], False),
    )
    states = [state()]
    for deed in deeds:
        deed()
        states.append(state())
    for before in states[-2::-1]:
        assert store.undo() is not None
        assert state() == before
    for after in states[1:]:
        assert store.redo() is not None
        assert state() == after
