"""Discussions by the pipe's request: found, fetched, cleaned, kept, and what is said where that fails."""

from __future__ import annotations

import asyncio
import errno
import json
from typing import Any

import httpx
import pytest

from newsreader import bounds
from newsreader.document import blocks
from newsreader.document.render import plain_text
from newsreader.errors import ChildError, NewsreaderError, Offline, UsageError
from newsreader.model import Query, Scope
from newsreader.model.talk import Discussion
from tests.stories.talk.answers import (
    comment_feed,
    feed_comment,
    hn,
    hn_story,
    lemmy,
    reddit,
    reddit_more,
    reddit_post,
    wordpress,
)
from tests.worker.conftest import NOW, Worker

FEED = "http://harbour.test/feed"
PAGE = "http://harbour.test/storm"
COMMENTS_FEED = "http://harbour.test/storm/comments.xml"
HN_PAGE = "https://news.ycombinator.com/item?id=8"
API = "hn.algolia.com"
HN = f"https://{API}/api/v1/items/8"
REDDIT = "https://www.reddit.com/comments/p1.json?raw_json=1&limit=500"


def feed(extra: str = "", link: str = PAGE, text: str = "About the storm.") -> bytes:
    return (
        '<rss version="2.0" xmlns:wfw="http://wellformedweb.org/CommentAPI/" '
        'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel><title>The Harbour Post</title>'
        f"<item><guid isPermaLink='false'>storm</guid><link>{link}</link><title>Storm</title>"
        f"<description><![CDATA[{text}]]></description>{extra}</item></channel></rss>"
    ).encode()


async def furnish(worker: Worker, extra: str = "", **more: str) -> int:
    worker.web.pages[FEED] = feed(extra, **more)
    (source,) = worker.add(FEED)
    await worker.service.refresh()
    (id_,) = worker.store.listing(Query(Scope.SOURCE, source_id=source)).ids
    return id_


async def ask(worker: Worker, id_: int, **more: object) -> dict[str, Any]:
    return await worker.service.answer({"id": 1, "request": "comments", "article": id_, **more})


def talk(worker: Worker, id_: int) -> Discussion:
    found = worker.store.discussion(id_)
    assert found is not None
    return found


def shown(worker: Worker, id_: int) -> list[str]:
    """Each comment with its depth, author and words."""
    return [
        f"{'.' * comment.depth}{comment.author}: {plain_text(blocks.load(comment.document))}".strip()
        for comment in talk(worker, id_).comments
    ]


COMMENTS = f"<comments>{HN_PAGE}</comments>"
WFW = f"<wfw:commentRss>{COMMENTS_FEED}</wfw:commentRss>"


async def test_the_comments_of_a_feed_are_kept(worker: Worker) -> None:
    id_ = await furnish(worker, f"<comments>{PAGE}#comments</comments>{WFW}<slash:comments>1</slash:comments>")
    worker.web.pages[COMMENTS_FEED] = comment_feed(feed_comment(1), feed_comment(2, "Bob", answers=1))
    assert await ask(worker, id_) == {"article": id_, "found": True}
    assert shown(worker, id_) == ["Ada: Said 1.", ".Bob: Said 2."]
    found = talk(worker, id_)
    assert (found.site, found.url, found.fetched_at, found.total) == ("The Harbour Post", f"{PAGE}#comments", NOW, 2)
    assert worker.of("comments")[0] == {"event": "comments", "article": id_, "host": "harbour.test"}
    assert worker.store.heads([id_])[0].comments == 2


async def test_of_a_feed_with_the_last_comments_only_the_others_are_counted(worker: Worker) -> None:
    id_ = await furnish(worker, WFW + "<slash:comments>45</slash:comments>")
    worker.web.pages[COMMENTS_FEED] = comment_feed(feed_comment(1), feed_comment(2))
    await ask(worker, id_)
    found = talk(worker, id_)
    assert (found.total, found.missing) == (45, 43)
    assert worker.store.heads([id_])[0].comments == 45


async def test_where_a_feed_tells_where_the_whole_is_that_is_kept(worker: Worker) -> None:
    id_ = await furnish(worker, WFW)
    worker.web.pages[COMMENTS_FEED] = comment_feed(feed_comment(1), feed_comment(2))
    whole = "http://harbour.test/?rest_route=/wp/v2/comments&post=1&per_page=100&order=asc"
    comments = [wordpress(1), wordpress(2, parent=1)]
    worker.web.pages[whole] = json.dumps(comments).encode()
    await ask(worker, id_)
    assert shown(worker, id_) == ["User 1: Said 1.", ".User 2: Said 2."]
    assert talk(worker, id_).site == "The Harbour Post"
    for refused in (httpx.Response(401), b"[]", b"<html>"):
        worker.web.pages[whole] = refused
        await ask(worker, id_, afresh=True)
        assert shown(worker, id_) == ["Ada: Said 1.", "Ada: Said 2."]


async def test_what_is_fresh_is_left_unless_it_is_wanted_afresh(worker: Worker) -> None:
    id_ = await furnish(worker, COMMENTS)
    worker.web.pages[HN] = json.dumps(hn_story(hn(1))).encode()
    for more in ({}, {}, {"afresh": True}, {}):
        await ask(worker, id_, **more)
    assert worker.web.asked[HN] == 2
    worker.time[0] += bounds.COMMENTS_FRESH + 1
    await ask(worker, id_)
    assert worker.web.asked[HN] == 3


async def test_asked_twice_at_once_they_are_fetched_once(worker: Worker) -> None:
    id_ = await furnish(worker, COMMENTS)
    worker.web.pages[HN] = json.dumps(hn_story(hn(1))).encode()
    await asyncio.gather(*(ask(worker, id_) for _ in range(3)))
    assert worker.web.asked[HN] == 1


async def test_comments_are_cleaned_as_articles_are(worker: Worker) -> None:
    id_ = await furnish(worker, COMMENTS)
    evil = (
        "<p onclick='x()'>Hi\x1b[2J\u202e <script>steal()</script><a href='javascript:x()'>there</a> e" + "\u0301" * 99
    )
    item = hn(1, evil, author="A\x1b[31mda\u202e" + "a" * 999, created_at_i=NOW + 10**9, points=10**30)
    worker.web.pages[HN] = json.dumps(hn_story(item)).encode()
    await ask(worker, id_)
    (comment,) = talk(worker, id_).comments
    text = comment.document.decode() + comment.author
    assert not set("\x1b\u202e") & set(text)
    assert "steal" not in text
    assert "javascript" not in text
    assert text.count("\u0301") <= bounds.COMBINING_MARKS
    assert len(comment.author) <= bounds.MAX_NAME
    assert (comment.posted_at, comment.score) == (NOW, None)
    assert worker.store.discussion_html(id_)[0].startswith("<p>Hi")


async def test_no_more_are_kept_than_anybody_reads(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MAX_COMMENT", 40)
    id_ = await furnish(worker, link="https://www.reddit.com/r/ferries/comments/p1/a_post/")
    long = reddit("a", body_html="<p>" + "word " * 99 + "</p>")
    worker.web.pages[REDDIT] = json.dumps(reddit_post(long, reddit_more(70))).encode()
    await ask(worker, id_)
    found = talk(worker, id_)
    assert len(worker.store.discussion_html(id_)[0]) < 60
    assert (found.site, found.total, found.missing) == ("Reddit", 71, 70)


async def test_markdown_is_read_and_cleaned(worker: Worker) -> None:
    id_ = await furnish(worker, "<comments>https://talk.test/post/7</comments>")
    evil = "Some **bold** words <script>x()</script> and [a link](javascript:x) or [two](https://b.test/)"
    address = "https://talk.test/api/v3/comment/list?post_id=7&type_=All&sort=Hot&max_depth=50&limit=300"
    worker.web.pages[address] = json.dumps({"comments": [lemmy(1, "0.1", content=evil)]}).encode()
    await ask(worker, id_)
    (html,) = worker.store.discussion_html(id_)
    assert "<strong>bold</strong>" in html
    assert '<a href="https://b.test/">two</a>' in html
    assert "<script" not in html
    assert 'href="javascript' not in html


async def test_no_comments_yet_is_no_failure(worker: Worker) -> None:
    id_ = await furnish(worker, COMMENTS)
    worker.web.pages[HN] = json.dumps(hn_story()).encode()
    assert (await ask(worker, id_))["found"]
    assert (talk(worker, id_).comments, talk(worker, id_).failure) == ((), None)


@pytest.mark.parametrize(
    ("answer", "phrase"),
    [
        (httpx.Response(404), "hn.algolia.com has no discussion at this address any more (it answered 404)."),
        (
            httpx.Response(429, headers={"Retry-After": "600"}),
            "hn.algolia.com is asked too much just now (it answered 429): try again in 10 minutes.",
        ),
        (
            httpx.Response(403),
            "Hacker News cannot be read here: hn.algolia.com answered 403. Look at it in the browser.",
        ),
        (
            b"<!doctype html><title>Are you a person?</title>",
            f"Hacker News cannot be read here: what {API} answered is no discussion. Look at it in the browser.",
        ),
    ],
)
async def test_a_site_that_cannot_be_read_is_said_with_its_link(
    answer: bytes | httpx.Response, phrase: str, worker: Worker
) -> None:
    id_ = await furnish(worker, COMMENTS)
    worker.web.pages[HN] = answer
    assert (await ask(worker, id_))["found"]
    found = talk(worker, id_)
    assert (found.failure, found.url, found.comments) == (phrase, HN_PAGE, ())


async def test_an_answer_that_no_child_can_read_is_said(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    id_ = await furnish(worker, COMMENTS)
    worker.web.pages[HN] = b'{"children": [' + b"[" * 99

    async def stopped(*arguments: object) -> None:
        raise ChildError("Reading the discussion took longer than 10 seconds and was stopped.")

    monkeypatch.setattr(worker.children, "run", stopped)
    await ask(worker, id_)
    assert "is no discussion" in str(talk(worker, id_).failure)


async def test_the_next_place_is_asked_where_the_first_cannot_be_read(worker: Worker) -> None:
    id_ = await furnish(worker, COMMENTS + WFW)
    worker.web.pages[HN] = httpx.Response(500)
    worker.web.pages[COMMENTS_FEED] = comment_feed(feed_comment(1))
    await ask(worker, id_)
    assert shown(worker, id_) == ["Ada: Said 1."]


async def test_what_is_here_stays_where_it_cannot_be_had_afresh(worker: Worker) -> None:
    id_ = await furnish(worker, COMMENTS)
    worker.web.pages[HN] = json.dumps(hn_story(hn(1))).encode()
    await ask(worker, id_)
    worker.web.pages[HN] = httpx.Response(503)
    with pytest.raises(NewsreaderError, match="asked too much"):
        await ask(worker, id_, afresh=True)
    assert shown(worker, id_) == ["user1: Said."]


async def test_without_a_network_nothing_is_kept(worker: Worker) -> None:
    id_ = await furnish(worker, COMMENTS)
    worker.time[0] += 3_600
    lost = worker.web.pages[HN] = httpx.ConnectError("no")
    lost.__cause__ = OSError(errno.ENETUNREACH, "Network is unreachable")
    with pytest.raises(Offline):
        await ask(worker, id_)
    assert worker.store.discussion(id_) is None


async def test_an_article_that_leads_nowhere_is_looked_at_on_its_own_page_only(worker: Worker) -> None:
    id_ = await furnish(worker)
    worker.web.pages[PAGE] = b"<html><body><p>No talk.</p></body></html>"
    assert await ask(worker, id_) == {"article": id_, "found": False, "search": "hn.algolia.com", "failure": None}
    assert set(worker.web.asked) == {FEED, PAGE}
    assert worker.store.discussion(id_) is None


async def test_a_page_that_names_no_comments_is_left_for_a_while_unless_it_is_asked_afresh(worker: Worker) -> None:
    id_ = await furnish(worker)
    worker.web.pages[PAGE] = b"<html><body><p>No talk.</p></body></html>"
    nothing = await ask(worker, id_)
    for seconds, how, asked in ((60, {}, 1), (0, {"afresh": True}, 2), (bounds.COMMENTS_NOWHERE, {}, 3), (60, {}, 3)):
        worker.time[0] += seconds
        assert await ask(worker, id_, **how) == nothing
        assert worker.web.asked[PAGE] == asked


async def test_a_page_that_could_not_be_had_is_asked_again(worker: Worker) -> None:
    id_ = await furnish(worker)
    worker.web.pages[PAGE] = httpx.Response(503)
    why = "harbour.test answered 503: it is too busy or under repair."
    assert (await ask(worker, id_))["failure"] == why
    await ask(worker, id_)
    assert worker.web.asked[PAGE] == 2


async def test_the_comment_feed_that_its_page_names_is_found(worker: Worker) -> None:
    id_ = await furnish(worker)
    worker.web.pages[PAGE] = (
        b'<html><head><link rel="alternate" type="application/rss+xml" title="Post &raquo; Comments Feed" '
        b'href="/comments/feed/"><link rel="alternate" type="application/rss+xml" '
        b'title="Post &raquo; Storm Comments Feed" href="/storm/feed/"></head><body>Storm</body></html>'
    )
    worker.web.pages["http://harbour.test/storm/feed/"] = comment_feed(feed_comment(1))
    await ask(worker, id_)
    assert shown(worker, id_) == ["Ada: Said 1."]
    assert talk(worker, id_).url == PAGE


async def test_a_discussion_is_looked_for_only_where_the_person_asks_for_it(worker: Worker) -> None:
    id_ = await furnish(worker)
    search = "https://hn.algolia.com/api/v1/search?query=harbour.test%2Fstorm&restrictSearchableAttributes=url&hitsPerPage=20"
    worker.web.pages[search] = json.dumps({"hits": []}).encode()
    assert await ask(worker, id_, search=True) == {"article": id_, "found": False, "search": None, "failure": None}
    hit = {"objectID": "8", "url": PAGE, "num_comments": 1}
    worker.web.pages[search] = json.dumps({"hits": [hit]}).encode()
    worker.web.pages[HN] = json.dumps(hn_story(hn(1))).encode()
    assert (await ask(worker, id_, search=True))["found"]
    assert talk(worker, id_).url == HN_PAGE
    # From now on it is known.
    worker.time[0] += bounds.COMMENTS_FRESH + 1
    assert (await ask(worker, id_))["found"]
    assert worker.web.asked[search] == 2
    assert worker.web.asked[HN] == 2


@pytest.mark.parametrize("link", ["http://127.0.0.1/storm", "http://intranet/storm", "http://10.0.0.7/storm"])
async def test_an_address_of_a_private_network_is_told_to_nobody(link: str, worker: Worker) -> None:
    id_ = await furnish(worker, link=link)
    assert (await ask(worker, id_))["search"] is None
    with pytest.raises(UsageError, match="no public address"):
        await ask(worker, id_, search=True)


async def test_documents_of_a_former_builder_are_built_anew_without_the_network(worker: Worker) -> None:
    id_ = await furnish(worker, COMMENTS)
    worker.web.pages[HN] = json.dumps(hn_story(hn(1, "<p>One"), hn(2, None, hn(3)))).encode()
    await ask(worker, id_)
    before = talk(worker, id_)
    old = before._replace(document_version=0, comments=tuple(each._replace(document=b"") for each in before.comments))
    worker.store.save_discussion(old, worker.store.discussion_html(id_))
    worker.web.pages[HN] = httpx.Response(500)
    await ask(worker, id_)
    assert talk(worker, id_) == before


async def test_a_public_feed_names_nothing_in_a_private_network(worker: Worker) -> None:
    id_ = await furnish(worker, "<wfw:commentRss>http://192.168.1.1/admin</wfw:commentRss>")
    await ask(worker, id_)
    failure = talk(worker, id_).failure
    assert failure is not None
    assert "private network" in failure
    assert "http://192.168.1.1/admin" not in worker.web.asked


async def test_an_article_that_is_gone_has_no_discussion(worker: Worker) -> None:
    with pytest.raises(UsageError, match="no article 99"):
        await ask(worker, 99)


async def test_a_later_fetch_of_the_feed_counts_anew_and_edits_nothing(worker: Worker) -> None:
    def count(number: int) -> bytes:
        return feed(f"<slash:comments>{number}</slash:comments>")

    id_ = await furnish(worker, "<slash:comments>3</slash:comments>")
    worker.store.mark_read([id_], True)
    seq = worker.store.changes_since(0).seq
    worker.web.pages[FEED] = count(14)
    outcome = await worker.service.refresh(everything=True)
    (head,) = worker.store.heads([id_])
    assert (head.comments, head.read) == (14, True)
    article = worker.store.article(id_)
    assert article is not None
    assert article.edits == 0
    assert not outcome.edited
    assert id_ in worker.store.changes_since(seq).articles
    await worker.service.refresh(everything=True)
    seq = worker.store.changes_since(0).seq
    worker.web.pages[FEED] = count(14) + b"<!-- -->"
    await worker.service.refresh(everything=True)
    assert id_ not in worker.store.changes_since(seq).articles
