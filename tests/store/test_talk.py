"""Discussions in the library: kept whole, shown whole, and let go when nobody wants them any more."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import pytest

from newsreader.bounds import DISCUSSION_DAYS, LATEST, MAX_TALK
from newsreader.document import blocks
from newsreader.errors import LibraryError
from newsreader.model import Query, Scope
from newsreader.model.talk import Comment, Discussion
from newsreader.store import Store
from newsreader.store.backup import write_backup
from newsreader.store.harmless import make_harmless
from newsreader.store.unpacking import unpacked
from tests.store.conftest import NOW, Clock, add_source, fill, ingest, write

DAY = 86_400
DOCUMENT = blocks.dump(blocks.Document((blocks.Paragraph(blocks.Text("Déjà vu, “twice”.")),)))
COMMENTS = (
    Comment("1", 0, "Ada", NOW - 60, 3, DOCUMENT, "https://blog.test/a#1"),
    Comment("2", 1, "", None, None, DOCUMENT),
    Comment("3", 0, "Bob", NOW - 30, -1, blocks.dump(blocks.Document(())), None, gone=True),
    Comment("4", 1, "Cy", NOW, 0, DOCUMENT),
)
HTML = ("<p>One</p>", "<p>Two</p>", "", "<p>Four</p>")


def talk(article_id: int, comments: tuple[Comment, ...] = COMMENTS, **fields: Any) -> Discussion:
    known = Discussion(article_id, "Blog", "https://blog.test/a", NOW, 7, comments, document_version=blocks.VERSION)
    return known._replace(**fields)


def settle(store: Store) -> None:
    while store.tidy():
        pass


@pytest.fixture
def article(store: Store) -> int:
    return fill(store, add_source(store), 1)[0]


def test_a_discussion_comes_back_as_it_was_kept(store: Store, article: int) -> None:
    assert store.discussion(article) is None
    change = store.save_discussion(talk(article), HTML)
    assert change.articles == {article}
    assert store.discussion(article) == talk(article)
    assert store.discussion_html(article) == HTML
    assert talk(article).missing == 4


def test_a_later_one_takes_its_place(store: Store, article: int) -> None:
    store.save_discussion(talk(article), HTML)
    later = talk(article, COMMENTS[:1], total=1, fetched_at=NOW + 60)
    store.save_discussion(later, HTML[:1])
    assert store.discussion(article) == later


def test_no_comments_is_a_discussion_and_one_that_failed_another(store: Store, article: int) -> None:
    failed = Discussion(article, "Reddit", "https://redd.it/p1", NOW, 0, failure="Reddit cannot be read here.")
    store.save_discussion(failed, ())
    assert store.discussion(article) == failed
    none_yet = talk(article, (), total=0)
    store.save_discussion(none_yet, ())
    assert store.discussion(article) == none_yet


def test_a_failure_takes_no_discussions_place(store: Store, article: int) -> None:
    store.save_discussion(talk(article), HTML)
    change = store.save_discussion(talk(article, (), failure="Gone."), ())
    assert not change.articles
    assert store.discussion(article) == talk(article)


def test_the_list_shows_how_many_comments_there_are(store: Store) -> None:
    source = add_source(store)
    first, second = fill(store, source, 2)
    ingest(store, source, write(9, comments_count=14))
    heads = {head.title: head.comments for head in store.heads((first, second, second + 1))}
    assert heads == {"Title 1": None, "Title 2": None, "Title 9": 14}
    store.save_discussion(talk(first), HTML)
    store.save_discussion(talk(second, (), failure="Gone.", total=0), ())
    assert [head.comments for head in store.heads((first, second))] == [7, None]


def test_nothing_is_kept_for_an_article_that_is_gone(store: Store, article: int) -> None:
    assert not store.save_discussion(talk(article + 1), HTML).articles
    store.save_discussion(talk(article), HTML)
    store.drop_articles([article])
    assert store.discussion(article) is None


def test_one_that_nobody_asked_for_again_goes_but_for_what_is_kept(store: Store, clock: Clock) -> None:
    loose, starred, tagged, asked = fill(store, add_source(store), 4)
    store.bookmark([starred], bookmarked=True)
    store.tag([tagged], ["sea"])
    for id_ in (loose, starred, tagged, asked):
        store.save_discussion(talk(id_), HTML)
    clock.now += (DISCUSSION_DAYS - 1) * DAY
    store.save_discussion(talk(asked, fetched_at=int(clock.now)), HTML)
    settle(store)
    assert store.discussion(loose) is not None
    clock.now += 2 * DAY
    settle(store)
    assert [store.discussion(id_) is None for id_ in (loose, starred, tagged, asked)] == [True, False, False, False]


def test_what_is_damaged_can_be_fetched_again(store: Store, article: int) -> None:
    store.save_discussion(talk(article), HTML)
    store._db.run("UPDATE discussion SET comments = x'00', html = x'00'")
    assert store.discussion(article) == talk(article, ())
    assert store.discussion_html(article) == ()


def test_a_library_that_takes_no_writes_refuses(store: Store, article: int, path: Path, clock: Clock) -> None:
    store.save_discussion(talk(article), HTML)
    with Store.open(path, clock=clock, read_only=True) as reading:
        assert reading.discussion(article) == talk(article)
        with pytest.raises(LibraryError):
            reading.save_discussion(talk(article), HTML)


def test_it_goes_along_with_a_backup_and_comes_back_harmless(store: Store, path: Path, clock: Clock) -> None:
    starred, loose = fill(store, add_source(store), 2)
    store.bookmark([starred], bookmarked=True)
    evil = (COMMENTS[0]._replace(author="Ada\x1b[2J", link="javascript:alert(1)"),)
    store.save_discussion(talk(starred, evil, site="Blog\x1b[2J"), ("<p>One</p>",))
    store.save_discussion(talk(loose), HTML)
    backup = path.with_name("a.backup")
    write_backup(path, backup, now=NOW)
    with Store.open(path.with_name("other.db"), clock=clock) as other, unpacked(backup) as plain:
        other.take_in(plain)
        (id_,) = other.listing(Query(Scope.BOOKMARKS)).ids
        found = other.discussion(id_)
        assert found is not None
        assert (found.site, found.total) == ("Blog[2J", 7)
        assert found.document_version != blocks.VERSION, "its Documents are built anew"
        (comment,) = found.comments
        assert (comment.key, comment.author, comment.document, comment.link) == ("1", "Ada[2J", b"", None)
        assert other.discussion_html(id_) == ("<p>One</p>",)


def test_it_comes_to_an_article_that_is_here_without_it(store: Store, path: Path, clock: Clock) -> None:
    (starred,) = fill(store, add_source(store), 1)
    store.bookmark([starred], bookmarked=True)
    store.save_discussion(talk(starred), HTML)
    backup = path.with_name("a.backup")
    write_backup(path, backup, now=NOW)
    with Store.open(path.with_name("other.db"), clock=clock) as other, unpacked(backup) as plain:
        (here,) = fill(other, add_source(other), 1)
        other.take_in(plain)
        assert other.discussion_html(here) == HTML
        later = talk(here, COMMENTS[:1])
        other.save_discussion(later, HTML[:1])
        other.take_in(plain)
        assert other.discussion(here) == later, "what is here stays"


def taken_over(store: Store, article: int, rows: str) -> Discussion | None:
    """What is left of a discussion whose comments somebody else wrote."""
    store.save_discussion(talk(article), HTML[:1])
    store._db.run("UPDATE discussion SET comments = ?", (zlib.compress(rows.encode()),))
    with store._db.transaction():
        make_harmless(store._db)
    return store.discussion(article)


@pytest.mark.parametrize(
    "rows",
    [
        "[{}]", "[7]", "[[1, 2]]", '[["1", 0, "Ada", 5, 3, ""]]',
        "[" * 100_000,
        " " * MAX_TALK + '[["1", 0, "Ada", 5, 3, "", null, false]]',
        '[["1", 1, "Answers nothing", 5, 3, "", null, false]]',
        '[["1", 0, "Ada", 5, 3, "", null, false], ["2", 0, "Has no HTML", 5, 3, "", null, false]]',
    ],
    ids=["record", "number", "numbers", "short", "nested", "vast", "orphan", "more"],
)  # fmt: skip
def test_what_no_program_of_ours_wrote_is_not_taken_over(rows: str, store: Store, article: int) -> None:
    assert taken_over(store, article, rows) is None


@pytest.mark.parametrize("number", ['"soon"', "1" + "0" * 30, "-" + "9" * 30])
def test_a_number_that_makes_no_sense_is_none(number: str, store: Store, article: int) -> None:
    found = taken_over(store, article, f'[["1", 0, "Ada", {number}, {number}, "", null, false]]')
    assert found is not None
    assert found.comments == (Comment("1", 0, "Ada", None, None, b""),)


def test_a_discussion_of_a_time_that_cannot_be_is_one_all_the_same(store: Store, article: int) -> None:
    store.save_discussion(talk(article, fetched_at=2**62, total=-5), HTML)
    with store._db.transaction():
        make_harmless(store._db)
    found = store.discussion(article)
    assert found is not None
    assert (found.total, found.fetched_at, len(found.comments)) == (0, LATEST, 4)
