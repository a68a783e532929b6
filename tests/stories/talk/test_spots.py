"""Where an article is discussed, by its links."""

from __future__ import annotations

from newsreader.document.build import build
from newsreader.model import FeedCandidate
from newsreader.stories.talk.comment_feeds import best_of
from newsreader.stories.talk.spots import spots_of

HN = "https://news.ycombinator.com/item?id=1"
LOBSTERS = "https://lobste.rs/s/abc123/a_story"
FEED = "https://blog.test/a/feed/"


def sites(url: str | None = None, comments: str | None = None, feed: str | None = None, html: str = "") -> list[str]:
    return [spot.site for spot in spots_of(url, comments, feed, build(html, "https://blog.test/").blocks)]


def test_what_the_feed_names_comes_first() -> None:
    assert sites("https://blog.test/a", HN, FEED) == ["Hacker News", "news.ycombinator.com"]
    assert sites("https://blog.test/a", "https://blog.test/a#comments", FEED) == ["blog.test"]
    assert sites(LOBSTERS, HN) == ["Hacker News", "Lobsters"]


def test_an_article_that_is_a_discussion_is_its_own() -> None:
    assert sites("https://www.reddit.com/r/ferries/comments/p1/a_post/") == ["Reddit"]
    assert sites(HN, HN) == ["Hacker News"]


def test_links_that_say_so_lead_to_a_discussion_and_others_do_not() -> None:
    assert sites(html=f'<p>Discuss this on <a href="{HN}">Hacker News</a>.</p>') == ["Hacker News"]
    assert sites(html=f'<p>Comments URL: <a href="{HN}">{HN}</a></p>') == ["Hacker News"]
    assert sites(html='<p><a href="https://redd.it/p1">[comments]</a></p>') == ["Reddit"]
    assert sites(html=f'<p>As <a href="{HN}">somebody wrote in 2011</a>, ferries float.</p>') == []


def test_an_article_without_any_has_none() -> None:
    assert sites("https://blog.test/a", "https://blog.test/a#comments") == []


def test_the_comment_feed_of_an_article_is_told_from_that_of_its_site() -> None:
    page = "https://blog.test/2026/11/ferries/"
    own = FeedCandidate(f"{page}feed/", "Blog » Ferries Comments Feed")
    whole = FeedCandidate("https://blog.test/comments/feed/", "Blog » Comments Feed")
    articles = FeedCandidate("https://blog.test/feed/", "Blog » Feed")
    found = best_of((articles, whole, own), page)
    assert found is not None
    assert (found.address, found.site, found.page) == (own.url, "blog.test", page)
    assert best_of((articles, whole), page) is None
    assert best_of((articles, whole), "https://blog.test/") is None
    numbered = FeedCandidate("https://blog.test/?feed=rss2&p=7", "Ferries Comments Feed")
    assert best_of((numbered,), "https://blog.test/?p=7") is not None
