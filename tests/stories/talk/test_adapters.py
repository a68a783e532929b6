"""What each site's answer says, and what odd and hostile answers come to."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.errors import NewsreaderError, ParseError
from newsreader.stories.talk import comment_feeds, hacker_news, lobsters, reddit, wordpress
from newsreader.stories.talk.adapters import ADAPTERS
from newsreader.stories.talk.shapes import Answer
from newsreader.stories.talk.threads import arrange
from tests.stories.talk import answers
from tests.stories.talk.answers import (
    THEN,
    answer,
    comment_feed,
    feed_comment,
    hn,
    hn_story,
    lobster,
    lobsters_story,
    tree,
)


class TestHackerNews:
    def test_an_item_is_a_tree(self) -> None:
        talk = hacker_news.read(answer(hn_story(hn(1, "<p>One", hn(2, "Two", hn(3)), hn(4)), hn(5))))
        assert tree(talk) == "1 2. 3.. 4. 5"
        first = talk.comments[0]
        assert (first.author, first.posted_at, first.score, first.html) == ("user1", THEN, None, "<p>One")
        assert first.link == "https://news.ycombinator.com/item?id=1"

    def test_a_deleted_comment_holds_its_answers_together(self) -> None:
        talk = hacker_news.read(answer(hn_story(hn(1, None, hn(2)), hn(3, None))))
        assert tree(talk) == "1 2."
        assert talk.comments[0].gone

    def test_a_story_without_comments_is_a_discussion(self) -> None:
        assert hacker_news.read(answer(hn_story())).comments == ()

    def test_values_of_other_types_are_left_out(self) -> None:
        odd = hn(1, "x", author=7, created_at_i="soon", points="many", children="none")
        comment = hacker_news.read(answer(hn_story(odd, 7, None, [hn(2)], hn({"id": 1})))).comments[0]
        assert (comment.author, comment.posted_at, comment.score) == ("", None, None)

    def test_depth_without_end_is_read_to_its_end(self) -> None:
        head = "".join(f'{{"id":{number},"author":"a","text":"t","children":[' for number in range(5_000))
        talk = hacker_news.read(answer(f'{{"id":9000,"children":[{head}{"]}" * 5_000}]}}'.encode()))
        assert len(talk.comments) == 5_000
        placed = arrange(talk.comments)
        assert [comment.key for comment, _ in placed] == [str(number) for number in range(5_000)]

    def test_what_was_cut_off_is_read_as_far_as_it_goes(self) -> None:
        whole = json.dumps(hn_story(*(hn(number, "Said " * 20) for number in range(9))))
        talk = hacker_news.read(answer(whole[: len(whole) // 2].encode()))
        assert 2 <= len(talk.comments) < 9

    @pytest.mark.parametrize(
        ("url", "id_"),
        [
            ("https://news.ycombinator.com/item?id=42", "42"),
            ("http://news.ycombinator.com/item?goto=news&id=42#up_43", "42"),
            ("HTTPS://News.YCombinator.com/item?id=42", "42"),
            ("https://news.ycombinator.com/user?id=42", None),
            ("https://news.ycombinator.com/item?xid=42", None),
            ("https://evil.test/?https://news.ycombinator.com/item?id=42", None),
            ("https://news.ycombinator.com.evil.test/item?id=42", None),
        ],
    )
    def test_its_addresses(self, url: str, id_: str | None) -> None:
        spot = hacker_news.spot(url)
        assert (spot and spot.address) == (id_ and f"https://hn.algolia.com/api/v1/items/{id_}")

    def test_a_search_gives_the_discussion_of_this_very_page_with_most_comments(self) -> None:
        hits = [
            {"objectID": "1", "url": "https://site.test/a", "num_comments": 3},
            {"objectID": "2", "url": "http://www.site.test/a/?utm_source=x", "num_comments": 90},
            {"objectID": "3", "url": "https://site.test/a/b", "num_comments": 900},
            {"objectID": "4/../x", "url": "https://site.test/a", "num_comments": 9000},
            {"objectID": "5", "url": None},
            "odd",
        ]
        found = hacker_news.read_search(answer({"hits": hits}), "https://site.test/a")
        assert found is not None
        assert found.page == "https://news.ycombinator.com/item?id=2"
        assert hacker_news.read_search(answer({"hits": []}), "https://site.test/a") is None

    def test_a_search_names_the_page_without_what_follows_the_reader(self) -> None:
        address = hacker_news.search_address("https://ada:secret@site.test/a?id=1&utm_source=feed")
        assert "secret" not in address
        assert "utm_source" not in address
        assert "site.test%2Fa%3Fid%3D1" in address


class TestLobsters:
    def test_a_story_names_what_each_comment_answers(self) -> None:
        story = lobsters_story(
            lobster("a", parent_comment=None),
            lobster("b", parent_comment="a"),
            lobster("c", parent_comment="b"),
            lobster("d", parent_comment="a"),
            lobster("e", parent_comment=None),
        )
        talk = lobsters.read(answer(story))
        assert tree(talk) == "a b. c.. d. e"
        first = talk.comments[0]
        assert (first.author, first.score, first.link) == ("user-a", 4, "https://lobste.rs/c/a")
        assert first.posted_at == 1_795_392_000
        assert talk.total == 5

    @pytest.mark.parametrize(("name", "first"), [("depth", 0), ("indent_level", 1)])
    def test_or_how_deep_it_stands(self, name: str, first: int) -> None:
        depths = {"a": 0, "b": 1, "c": 2, "d": 1, "e": 0, "f": 9}
        story = lobsters_story(*(lobster(id_, **{name: depth + first}) for id_, depth in depths.items()))
        assert tree(lobsters.read(answer(story))) == "a b. c.. d. e f."

    def test_an_author_was_an_object_once(self) -> None:
        story = lobsters_story(lobster("a", commenting_user={"username": "ada"}), lobster("b", commenting_user=[1]))
        assert [comment.author for comment in lobsters.read(answer(story)).comments] == ["ada", ""]

    def test_deleted_and_moderated_comments_are_gone(self) -> None:
        story = lobsters_story(
            lobster("a", is_deleted=True),
            lobster("b", parent_comment="a"),
            lobster("c", is_moderated=True, parent_comment=None),
        )
        assert tree(lobsters.read(answer(story))) == "a b."

    @pytest.mark.parametrize(
        ("url", "address"),
        [
            ("https://lobste.rs/s/abc123", "https://lobste.rs/s/abc123.json"),
            ("https://lobste.rs/s/abc123/a_story#c_x", "https://lobste.rs/s/abc123.json"),
            ("https://lobste.rs/u/abc123", None),
            ("https://lobste.rs.evil.test/s/abc123", None),
        ],
    )
    def test_its_addresses(self, url: str, address: str | None) -> None:
        spot = lobsters.spot(url)
        assert (spot and spot.address) == address


class TestReddit:
    def test_a_post_is_a_tree_with_what_was_left_out_counted(self) -> None:
        post = answers.reddit_post(
            answers.reddit("a", answers.reddit("b", answers.reddit_more(4)), answers.reddit("c")),
            answers.reddit_more(30),
            num_comments=3,
        )
        talk = reddit.read(answer(post))
        assert tree(talk) == "a b. c."
        assert talk.total == 37
        assert talk.page == "https://www.reddit.com/r/ferries/comments/post1/a_post/"
        first = talk.comments[0]
        assert (first.author, first.score, first.posted_at) == ("user_a", 7, THEN)
        assert first.link == "https://www.reddit.com/r/ferries/comments/post1/a_post/a/"

    def test_html_that_was_escaped_twice_is_read_once_more(self) -> None:
        (comment,) = reddit.read(answer(answers.reddit_post(answers.reddit("a")))).comments
        assert comment.html == '<div class="md"><p>Said by <strong>a</strong> &amp; more.</p>\n</div>'
        raw = answers.reddit("a", body_html="<p>1 &lt; 2</p>")
        (comment,) = reddit.read(answer(answers.reddit_post(raw))).comments
        assert comment.html == "<p>1 &lt; 2</p>"

    def test_without_html_there_is_the_markdown(self) -> None:
        (comment,) = reddit.read(answer(answers.reddit_post(answers.reddit("a", body_html=None)))).comments
        assert (comment.html, comment.markdown) == ("Said by **a**.", True)

    def test_what_was_deleted_is_gone_and_a_deleted_author_is_nobody(self) -> None:
        post = answers.reddit_post(
            answers.reddit("a", answers.reddit("b", author="[deleted]"), author="[deleted]", body="[removed]"),
            answers.reddit("c", body="[deleted]"),
        )
        talk = reddit.read(answer(post))
        assert tree(talk) == "a b."
        assert [comment.author for comment in talk.comments] == ["", "", "user_c"]

    def test_a_hidden_score_is_none(self) -> None:
        post = answers.reddit_post(answers.reddit("a", score_hidden=True), answers.reddit("b", score=None))
        assert [comment.score for comment in reddit.read(answer(post)).comments] == [None, None]

    @pytest.mark.parametrize(
        "url",
        [
            "https://www.reddit.com/r/ferries/comments/post1/a_post/",
            "https://old.reddit.com/r/ferries/comments/post1/a_post/?sort=new",
            "https://reddit.com/comments/post1",
            "https://np.reddit.com/r/ferries/comments/POST1/a_post/xyz/",
            "https://www.reddit.com/user/ada/comments/post1/a_post/",
            "https://redd.it/post1",
        ],
    )
    def test_its_addresses(self, url: str) -> None:
        spot = reddit.spot(url)
        assert spot is not None
        assert spot.address == "https://www.reddit.com/comments/post1.json?raw_json=1&limit=500"

    @pytest.mark.parametrize("url", ["https://www.reddit.com/r/ferries/", "https://reddit.com.evil.test/comments/x"])
    def test_other_addresses(self, url: str) -> None:
        assert reddit.spot(url) is None


class TestCommentFeeds:
    def test_flat_ones_are_in_the_order_of_time(self) -> None:
        feed = comment_feed(feed_comment(3, minute=30), feed_comment(2, minute=20), feed_comment(1, minute=10))
        talk = comment_feeds.read(answer(feed, content_type="application/rss+xml"))
        assert [comment.html for comment in talk.comments] == [f"<p>Said <b>{number}</b>.</p>" for number in (1, 2, 3)]
        assert {comment.parent for comment in talk.comments} == {None}
        assert (talk.comments[0].author, talk.total) == ("Ada", 3)

    def test_without_times_they_stay_in_their_order(self) -> None:
        talk = comment_feeds.read(answer(comment_feed(feed_comment(1), feed_comment(2, minute=1), feed_comment(3))))
        assert [comment.html[11] for comment in talk.comments] == ["1", "2", "3"]

    def test_threaded_ones_are_a_tree(self) -> None:
        feed = comment_feed(feed_comment(1), feed_comment(2, answers=1), feed_comment(3), feed_comment(4, answers=2))
        placed = arrange(comment_feeds.read(answer(feed)).comments)
        assert [(comment.key[-1], depth) for comment, depth in placed] == [("1", 0), ("2", 1), ("4", 2), ("3", 0)]

    def test_atom_names_what_is_answered_by_its_address_too(self) -> None:
        feed = b"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0">
            <title>Comments</title>
            <entry><id>tag:b,1</id><title>By: Ada</title><link href="https://b.test/a#1"/><content>One</content></entry>
            <entry><id>tag:b,2</id><title>Re</title><link href="https://b.test/a#2"/><content>Two</content>
                <thr:in-reply-to ref="tag:b,0" /><author><name>Bob</name></author></entry>
            <entry><id>tag:b,3</id><title>Re</title><thr:in-reply-to href="https://b.test/a#2" /></entry></feed>"""
        talk = comment_feeds.read(answer(feed))
        assert tree(talk) == "tag:b,1 tag:b,2 tag:b,3."
        assert [comment.author for comment in talk.comments] == ["Ada", "Bob", ""]

    @pytest.mark.parametrize(
        ("title", "author"),
        [
            ("By: Ada", "Ada"),
            ("Von: Ada", "Ada"),
            ("Comment on Ferries by night by Ada", "Ada"),
            ("Ferries", ""),
            ("Re: Stand by", ""),
        ],
    )
    def test_an_author_may_stand_in_the_title_only(self, title: str, author: str) -> None:
        (comment,) = comment_feeds.read(answer(comment_feed(feed_comment(1, author="", title=title)))).comments
        assert comment.author == author

    def test_one_without_comments_is_a_discussion(self) -> None:
        assert comment_feeds.read(answer(comment_feed())).comments == ()


@pytest.mark.parametrize("name", [name for name in ADAPTERS if name != wordpress.NAME])
@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><html><body><h1>Are you a person?</h1></body></html>",
        b"Too many requests",
        b"",
        b"{}",
        b"[]",
        b'{"error": "Not found", "children": null, "comments": {}}',
        b'[{"data": {"children": 3}}]',
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_discussion_is_said(name: str, body: bytes) -> None:
    with pytest.raises(ParseError):
        ADAPTERS[name].read(Answer(body, "https://site.test/", None))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("id", "children", "comments", "text", "author", "short_id", "parent_comment", "depth", "data"),
                    *("kind", "replies", "body", "body_html", "created_utc", "created_at_i", "score", "count"),
                    *("permalink", "hits", "comment", "creator", "path", "content", "counts", "post_number"),
                    *("reply_to_post_number", "actions_summary", "account", "in_reply_to_id", "spoiler_text"),
                ]
            ),
            inner | st.sampled_from(("t1", "t3", "more", "Listing")),
            max_size=6,
        )
    ),
    max_leaves=30,
)


@pytest.mark.parametrize("name", [name for name in ADAPTERS if name != comment_feeds.NAME])
@given(value=JSON, cut=st.integers(0, 40))
def test_nothing_that_a_site_answers_breaks_anything(name: str, value: Any, cut: int) -> None:
    named = dict.fromkeys(("children", "comments", "descendants"), value)
    shapes = (value, named | {"post_stream": {"posts": value}}, [{"data": {"children": value}}])
    for shape in shapes:
        body = json.dumps(shape).encode()
        try:
            talk = ADAPTERS[name].read(Answer(body[: len(body) - cut], "https://site.test/", None))
        except NewsreaderError:
            continue
        arrange(talk.comments)
        for comment in talk.comments:
            assert isinstance(comment.html, str)
            assert comment.score is None or isinstance(comment.score, int)
            assert comment.posted_at is None or isinstance(comment.posted_at, int)
