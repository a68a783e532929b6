"""What forums and weblogs answer: Lemmy, Discourse, Mastodon, WordPress."""

from __future__ import annotations

import pytest

from newsreader.errors import ParseError
from newsreader.stories.talk import comment_feeds, discourse, lemmy, mastodon, wordpress
from newsreader.stories.talk.adapters import spot_at
from newsreader.stories.talk.shapes import Answer
from tests.stories.talk import answers
from tests.stories.talk.answers import THEN, answer, comment_feed, feed_comment, tree


class TestLemmy:
    def test_a_list_is_a_tree_by_its_paths(self) -> None:
        views = [
            answers.lemmy(1, "0.1"),
            answers.lemmy(3, "0.1.2.3"),
            answers.lemmy(2, "0.1.2", deleted=True),
            answers.lemmy(4, "0.4", removed=True),
            answers.lemmy(5, "odd", content=None),
        ]
        talk = lemmy.read(answer({"comments": views}))
        assert tree(talk) == "1 2. 3.. 5"
        first = talk.comments[0]
        assert (first.author, first.score, first.html, first.markdown) == ("User 1", 5, "Said **1**.", True)
        assert first.posted_at == THEN
        assert first.link == "https://lemmy.test/comment/1"

    def test_any_host_is_asked_only_where_a_feed_names_it(self) -> None:
        url = "https://talk.test/post/77"
        assert spot_at(url) is None
        found = spot_at(url, named=True)
        assert found is not None
        assert found.address.startswith("https://talk.test/api/v3/comment/list?post_id=77&")
        by_name = spot_at("https://lemmy.ml/post/77")
        assert by_name is not None
        assert by_name.site == "lemmy.ml"


class TestDiscourse:
    def test_a_topic_is_its_posts_but_for_the_first(self) -> None:
        posts = [answers.discourse(number) for number in (1, 2, 3)]
        posts += [answers.discourse(4, reply_to_post_number=2), answers.discourse(5, reply_to_post_number=1)]
        talk = discourse.read(answer({"post_stream": {"posts": posts}, "posts_count": 60}, "https://d.test/t/7.json"))
        assert tree(talk) == "2 4. 3 5"
        assert talk.total == 59
        first = talk.comments[0]
        assert (first.author, first.score, first.html) == ("User 2", 3, "<p>Said 2.</p>")
        assert (first.link, first.posted_at) == ("https://d.test/t/7/2", THEN)

    @pytest.mark.parametrize(
        ("url", "address"),
        [
            ("https://d.test/t/a-topic/7", "https://d.test/t/7.json"),
            ("https://d.test/t/a-topic/7/12?u=ada", "https://d.test/t/7.json"),
            ("https://d.test/forum/t/a-topic/7", "https://d.test/forum/t/7.json"),
            ("https://d.test/t/7", "https://d.test/t/7.json"),
            ("https://d.test/t/a-topic", None),
            ("https://d.test/t/2026/11/ferries", None),
        ],
    )
    def test_its_addresses(self, url: str, address: str | None) -> None:
        spot = discourse.spot(url)
        assert (spot and spot.address) == address


class TestWordPress:
    def test_its_comment_feeds_tell_where_the_whole_is(self) -> None:
        feed = comment_feed(feed_comment(1), feed_comment(2))
        whole = comment_feeds.read(answer(feed, "https://new.test/a/feed/?x=1")).whole
        assert whole is not None
        assert whole.address == "https://new.test/?rest_route=/wp/v2/comments&post=1&per_page=100&order=asc"

    def test_other_feeds_do_not(self) -> None:
        other = feed_comment(3).replace("?p=1#comment-3", "?p=2#comment-3")
        assert comment_feeds.read(answer(comment_feed(feed_comment(1), other))).whole is None
        assert comment_feeds.read(answer(comment_feed())).whole is None
        assert comment_feeds.read(answer(comment_feed(feed_comment(1).replace("?p=1", "?q=1")))).whole is None

    def test_its_list_is_a_tree_without_trackbacks(self) -> None:
        comments = [answers.wordpress(1), answers.wordpress(2, parent=1), answers.wordpress(3, type="pingback")]
        talk = wordpress.read(answer(comments))
        assert tree(talk) == "1 2."
        first = talk.comments[0]
        assert (first.author, first.html, first.posted_at) == ("User 1", "<p>Said 1.</p>", THEN)
        assert first.link == "https://blog.test/a/#comment-1"

    @pytest.mark.parametrize("body", [b"{}", b'{"code": "rest_no_route"}', b"<html>", b"", b"No"])
    def test_what_is_no_list_is_said(self, body: bytes) -> None:
        with pytest.raises(ParseError):
            wordpress.read(Answer(body, "https://site.test/", None))


class TestMastodon:
    def test_what_was_answered_is_a_tree(self) -> None:
        posts = [answers.mastodon("11", "10"), answers.mastodon("12", "11"), answers.mastodon("13", "10")]
        posts += [answers.mastodon("14", None, spoiler_text="<Ferries>")]
        talk = mastodon.read(answer({"ancestors": [], "descendants": posts}))
        assert tree(talk) == "11 12. 13 14"
        first, *_, last = talk.comments
        assert (first.author, first.score, first.html) == ("User 11", 2, "<p>Said 11.</p>")
        assert (first.link, first.posted_at) == ("https://m.test/@u/11", THEN)
        assert last.html == "<p><b>&lt;Ferries&gt;</b></p><p>Said 14.</p>"

    @pytest.mark.parametrize(
        ("url", "id_"),
        [
            ("https://m.test/@ada/112233445566778899", "112233445566778899"),
            ("https://m.test/@ada@other.test/112233445566778899", "112233445566778899"),
            ("https://m.test/users/ada/statuses/112233445566778899", "112233445566778899"),
            ("https://m.test/@ada/2026", None),
        ],
    )
    def test_its_addresses(self, url: str, id_: str | None) -> None:
        spot = mastodon.spot(url)
        assert (spot and spot.address) == (id_ and f"https://m.test/api/v1/statuses/{id_}/context")
