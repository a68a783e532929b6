"""The tree of a discussion: every comment once, behind what it answers, whatever a site says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsreader.stories.talk.shapes import RawComment
from newsreader.stories.talk.threads import arrange

KEYS = st.sampled_from("abcdefgh")
COMMENTS = st.lists(st.builds(RawComment, KEYS, st.none() | KEYS | st.just("nowhere"), gone=st.booleans()), max_size=12)


def shown(comments: list[RawComment], **limits: int) -> str:
    """The tree in short: "a b. c.. d" has b under a, c under b."""
    return " ".join(comment.key + "." * depth for comment, depth in arrange(comments, **limits))


def raws(*pairs: str) -> list[RawComment]:
    """ "b>a" is b, which answers a; "b!" is one that is gone."""
    found = []
    for pair in pairs:
        key, _, parent = pair.partition(">")
        found.append(RawComment(key.rstrip("!"), parent or None, gone=key.endswith("!")))
    return found


def test_answers_follow_what_they_answer_in_their_order() -> None:
    assert shown(raws("a", "b", "c>a", "d>b", "e>a", "f>c")) == "a c. f.. e. b d."


def test_an_answer_may_stand_before_what_it_answers() -> None:
    assert shown(raws("c>b", "b>a", "a")) == "a b. c.."


def test_what_answers_nothing_that_is_here_answers_the_article() -> None:
    assert shown(raws("a>nowhere", "b>a", "c>c")) == "a b. c"


def test_circles_begin_where_the_first_of_them_stands() -> None:
    assert shown(raws("x", "a>c", "b>a", "c>b", "d>b")) == "x a b. c.. d.."


def test_the_first_of_several_with_one_key_counts() -> None:
    first, second = RawComment("a", None, "Ada"), RawComment("a", None, "Bob")
    assert arrange([first, second]) == ((first, 0),)


def test_what_is_gone_keeps_its_place_only_for_its_answers() -> None:
    assert shown(raws("a!", "b>a", "c!", "d!", "e!>d", "f>b", "g!>f")) == "a b. f.."


def test_a_place_goes_with_the_answers_that_are_cut_off() -> None:
    assert shown(raws("a", "b!", "c>b"), most=2) == "a"
    assert shown(raws("a", "b!", "c>b"), most=3) == "a b c."


def test_depth_and_number_are_bounded() -> None:
    chain = [RawComment(str(number), str(number - 1) if number else None) for number in range(100_000)]
    placed = arrange(chain, most=5_000, deepest=100)
    assert len(placed) == 5_000
    assert [depth for _, depth in placed[:3]] == [0, 1, 2]
    assert max(depth for _, depth in placed) == 100


@given(COMMENTS)
def test_every_comment_appears_once_and_behind_what_it_answers(comments: list[RawComment]) -> None:
    placed = arrange(comments)
    known = {comment.key: comment for comment in reversed(comments)}
    keys = [comment.key for comment, _ in placed]
    assert len(keys) == len(set(keys))
    assert {key for key, comment in known.items() if not comment.gone} <= set(keys)
    assert all(known[comment.key] is comment for comment, _ in placed)
    before = -1
    for _, depth in placed:
        assert 0 <= depth <= before + 1
        before = depth
    above: list[str] = []
    for comment, depth in placed:
        del above[depth:]
        if depth:
            assert comment.parent == above[-1]
        above.append(comment.key)


@given(COMMENTS)
def test_a_place_that_is_gone_has_an_answer_behind_it(comments: list[RawComment]) -> None:
    placed = arrange(comments)
    following = [depth for _, depth in placed[1:]] + [-1]
    for (comment, depth), after in zip(placed, following, strict=False):
        assert not comment.gone or after > depth
