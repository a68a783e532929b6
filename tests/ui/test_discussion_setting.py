"""Comments set as lines: none too wide, however deep; only what is needed is set, and once."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.model.talk import Comment
from newsreader.text import cell_width
from newsreader.ui.discussion_page import Thread, Tree
from newsreader.ui.discussion_setting import most_threads
from newsreader.ui.discussion_sheet import ThreadSheet
from newsreader.ui.page import Page
from newsreader.ui.pieces import ISOLATES
from tests.ui.talk import SMALL, comment, discussion, many
from tests.ui.world import NOW

MEASURES = st.integers(20, 120)
COMMENTS = st.lists(
    st.tuples(st.integers(0, 40), st.text(max_size=90), st.text(max_size=30), st.none() | st.integers(-5, 10**6)),
    max_size=12,
).map(
    lambda rows: tuple(
        comment(str(at), depth, text, author=author, score=score)
        for at, (depth, text, author, score) in enumerate(rows)
    )
)


def page(comments: tuple[Comment, ...], **more: Any) -> Page:
    numbers = {each.key: number for number, each in enumerate(comments, 1)}
    thread = Thread(discussion(1, comments), numbers, author="Ines Almada")._replace(**more)
    return Page(1, "A ferry", "Gazette", None, NOW, 9, None, None, thread=thread)


def sheet(comments: tuple[Comment, ...], measure: int = 76, **more: Any) -> ThreadSheet:
    return ThreadSheet(page(comments, **more), NOW, measure)


def whole(sheet: ThreadSheet) -> list[str]:
    sheet.body.lay()
    return [sheet.line(number).full.translate(ISOLATES).rstrip() for number in range(sheet.height)]


@settings(deadline=None)
@given(COMMENTS, MEASURES, st.data())
def test_no_line_is_wider_than_the_measure_however_deep_a_comment_stands(
    comments: tuple[Comment, ...], measure: int, data: st.DataObject
) -> None:
    keys = [each.key for each in comments]
    folded, bare, fresh = (
        frozenset(data.draw(st.sets(st.sampled_from(keys)))) if keys else frozenset() for _ in range(3)
    )
    set_so = sheet(
        comments,
        measure,
        folded=folded,
        bare=bare,
        fresh=fresh,
        fetching=True,
        notices=("A sentence. " * 9,),
        link="https://example.test/" + "a" * 99,
    )
    assert all(cell_width(line) <= measure for line in whole(set_so))


@settings(deadline=None)
@given(COMMENTS, MEASURES, MEASURES)
def test_what_stood_on_a_line_is_found_again_at_another_measure(
    comments: tuple[Comment, ...], one: int, other: int
) -> None:
    before, after = sheet(comments, one), sheet(comments, other)
    before.body.lay()
    for number in range(before.text_begins, before.text_laid):
        found = after.line_of(before.place(number))
        assert after.comment_at(found) == before.comment_at(number)


def test_the_tree_knows_who_answers_whom() -> None:
    tree = Tree(SMALL)
    assert tree.parents == [-1, 0, 1, 0, -1, 4, -1]
    assert tree.depths == [0, 1, 2, 1, 0, 1, 0]
    assert [tree.answers(place) for place in range(7)] == [3, 1, 0, 0, 1, 0, 0]
    assert [tree.root(place) for place in range(7)] == [0, 0, 0, 0, 4, 4, 6]
    assert [tree.beside(place, 1) for place in range(7)] == [4, 3, 3, 4, 6, 6, None]
    assert [tree.beside(place, -1) for place in range(7)] == [None, 0, 1, 1, 0, 4, 4]
    assert tree.shown(frozenset({1, 4})) == [0, 1, 3, 4, 6]


@given(COMMENTS)
def test_each_comment_is_shown_once_and_every_answer_under_what_it_answers(comments: tuple[Comment, ...]) -> None:
    tree = Tree(comments)
    assert tree.shown(frozenset()) == list(range(len(comments)))
    for place, parent in enumerate(tree.parents):
        assert parent < place
        assert parent < 0 or place < tree.ends[parent]
        assert tree.depths[place] == (0 if parent < 0 else tree.depths[parent] + 1)
    roots = tree.shown(frozenset(range(len(comments))))
    assert [tree.root(place) for place in roots] == roots
    assert all(tree.beside(one, 1) == other for one, other in pairwise(roots))


def test_a_small_discussion_as_it_is_set() -> None:
    assert (
        "\n".join(whole(sheet(SMALL, 50)))
        == """
Comments · 7 on Hacker News · 1 minute ago

A ferry

Marta K. · 1 hour ago · 12 points
The numbers in the second half are from the 2019
survey, not this one.
│
│ Ines Almada · author · 50 minutes ago
│ They are; the article says so at the end.
│ │
│ │ reader-c · 40 minutes ago
│ │ Then the headline is a little bold. See
│ │ https://survey.test/2019 for both.
│
│ reader-d · 30 minutes ago
│ The survey of 2019 asked another question.

Tomas · 2 hours ago · 41 points
I took this ferry every night for nine years.

It was late twice.
│
│ reader-f · 1 hour ago
│ Twice in nine years is better than my watch.

reader-g · 20 minutes ago
What does a ferry cost that nobody takes?
"""
    )


def test_what_is_folded_is_a_line_with_the_number_of_its_answers() -> None:
    lines = whole(sheet(SMALL, 50, folded=frozenset("b"), bare=frozenset("e")))
    assert "│ ▸ Ines Almada · author · 50 minutes ago" in lines
    assert "▸ Tomas · 2 hours ago · 1 answer · 41 points" in lines
    assert "It was late twice." in lines
    assert not any("They are" in line or "reader-c" in line or "reader-f" in line for line in lines)


def test_what_is_new_has_a_sign() -> None:
    lines = whole(sheet(SMALL, fresh=frozenset("dg")))
    assert "Comments · 7 on Hacker News · 1 minute ago · 2 new" in lines
    assert "│ ● reader-d · 30 minutes ago" in lines


def test_thirty_levels_deep_there_is_still_room_for_words_and_the_level_is_said() -> None:
    deep = tuple(comment(str(depth), depth, "Word after word after word after word.") for depth in range(31))
    lines = whole(sheet(deep, 56))
    assert lines[-2].startswith("│ " * most_threads(56) + "Word after word after word")
    assert any("↳30 reader-30" in line for line in lines)
    assert not any("↳" in line for line in lines if "reader-3 " in line)


def test_somebody_without_a_name_and_what_was_deleted_are_shown() -> None:
    gone = comment("x", 0, "")._replace(author="", gone=True, document=b"", posted_at=None)
    lines = whole(sheet((gone, replace_author(comment("y", 1, "Why?")))))
    assert "deleted" in lines
    assert "│ someone · 1 hour ago" in lines


def replace_author(comment: Comment) -> Comment:
    return comment._replace(author="")


def test_only_what_is_needed_is_set_and_folding_sets_nothing_again() -> None:
    comments = many(3_000)
    before = sheet(comments)
    assert before.talk.laid_comments == 0
    before.lay_lines(100)
    assert before.talk.laid_comments <= 50
    before.body.lay()
    assert before.talk.laid_comments == 3_000
    assert before.page.thread is not None
    folded = before.page._replace(thread=before.page.thread._replace(folded=frozenset({"5"})))
    after = ThreadSheet(folded, NOW, 76, before)
    assert after.talk.setter is before.talk.setter


def test_the_height_is_about_right_before_all_is_laid() -> None:
    comments = many(1_000)
    one, other = sheet(comments), sheet(comments)
    one.lay_lines(200)
    other.body.lay()
    assert 0.7 < one.height / other.height < 1.4


def test_a_damaged_text_is_left_out_and_breaks_nothing() -> None:
    broken = SMALL[0]._replace(document=b"{")
    assert "Marta K. · 1 hour ago · 12 points" in whole(sheet((broken, *SMALL[1:])))
