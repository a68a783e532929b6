from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.feeds.discovery import find_feeds
from newsreader.feeds.places import is_shared, known_at_once, known_feeds, page_feeds, without_feeds

CHANNEL = "UCabcdefghijklmnopqrstuv"
OTHER = "UCzyxwvutsrqponmlkjihgfe"
VIDEOS = "https://www.youtube.com/feeds/videos.xml"
HOSTS = (
    "www.youtube.com www.reddit.com github.com gitlab.com codeberg.org bsky.app medium.com news.ycombinator.com"
    " lobste.rs stackoverflow.com en.wikipedia.org arxiv.org a.tumblr.com a.blogspot.com vimeo.com x.example"
).split()


@pytest.mark.parametrize(
    ("url", "feeds"),
    [
        (f"https://www.youtube.com/channel/{CHANNEL}/videos", [f"{VIDEOS}?channel_id={CHANNEL}"]),
        ("https://m.youtube.com/user/ines", [f"{VIDEOS}?user=ines"]),
        ("https://youtube.com/playlist?si=a&list=PL123", [f"{VIDEOS}?playlist_id=PL123"]),
        ("https://vimeo.com/ines/videos", ["https://vimeo.com/ines/videos/rss"]),
        ("https://vimeo.com/channels/staffpicks", ["https://vimeo.com/channels/staffpicks/videos/rss"]),
        ("https://old.reddit.com/r/ferries/", ["https://www.reddit.com/r/ferries/.rss"]),
        (
            "https://www.reddit.com/r/ferries/top/?t=week",
            ["https://www.reddit.com/r/ferries/top/.rss?t=week", "https://www.reddit.com/r/ferries/.rss"],
        ),
        (
            "https://reddit.com/r/ferries/comments/1abc/a_title/",
            ["https://www.reddit.com/r/ferries/.rss", "https://www.reddit.com/r/ferries/comments/1abc/.rss"],
        ),
        ("https://www.reddit.com/user/ines/m/sea/", ["https://www.reddit.com/user/ines/m/sea/.rss"]),
        ("https://www.reddit.com/u/ines", ["https://www.reddit.com/user/ines/.rss"]),
        (
            "https://github.com/owner/repo.git",
            [f"https://github.com/owner/repo/{what}.atom" for what in ("releases", "commits", "tags")],
        ),
        (
            "https://github.com/owner/repo/commits/dev/",
            [f"https://github.com/owner/repo/{what}.atom" for what in ("commits/dev", "releases", "tags")],
        ),
        ("https://github.com/owner", ["https://github.com/owner.atom"]),
        (
            "https://gitlab.com/group/sub/repo/-/releases",
            [f"https://gitlab.com/group/sub/repo{end}" for end in ("/-/releases.atom", "/-/tags?format=atom", ".atom")],
        ),
        (
            "https://codeberg.org/owner/repo/src/branch/main",
            [f"https://codeberg.org/owner/repo{end}" for end in ("/releases.rss", "/rss/branch/main", "/tags.rss")],
        ),
        (
            "https://codeberg.org/owner/repo",
            [f"https://codeberg.org/owner/repo{end}" for end in ("/releases.rss", "/tags.rss", ".rss")],
        ),
        (
            "https://github.com/owner/repo/wiki/Home",
            [f"https://github.com/owner/repo/{what}.atom" for what in ("wiki", "releases")],
        ),
        (
            "https://github.com/owner/repo/discussions/categories/ideas",
            [f"https://github.com/owner/repo/{what}.atom" for what in ("discussions/categories/ideas", "discussions")],
        ),
        (
            "https://github.com/owner/repo/blob/main/docs/a.md",
            [f"https://github.com/owner/repo/{what}.atom" for what in ("commits/main/docs/a.md", "releases")],
        ),
        ("https://github.com/orgs/owner/repositories", ["https://github.com/owner.atom"]),
        ("https://gist.github.com/owner/a1b2", ["https://gist.github.com/owner.atom"]),
        (
            "https://gitlab.com/group/repo/-/tree/main",
            [f"https://gitlab.com/group/repo/-/{end}" for end in ("commits/main?format=atom", "releases.atom")],
        ),
        (
            "https://gitlab.com/group/repo/-/issues/7",
            [f"https://gitlab.com/group/repo/-/{end}" for end in ("issues.atom", "releases.atom")],
        ),
        ("https://sourceforge.net/p/coast/code/", ["https://sourceforge.net/projects/coast/rss?path=/"]),
        ("https://odysee.com/@coast:f/ferry:1", ["https://odysee.com/$/rss/@coast:f"]),
        ("https://www.reddit.com/domain/x.example/", ["https://www.reddit.com/domain/x.example/.rss"]),
        (
            "https://www.reddit.com/r/ferries/search/?q=coast&restrict_sr=on",
            ["https://www.reddit.com/r/ferries/search.rss?q=coast&restrict_sr=on"],
        ),
        ("https://news.ycombinator.com/from?site=x.example", ["https://hnrss.org/newest?q=x.example&search_attrs=url"]),
        (
            "https://news.ycombinator.com/shownew",
            ["https://news.ycombinator.com/showrss", "https://hnrss.org/show"],
        ),
        ("https://lobste.rs/comments", ["https://lobste.rs/comments.rss"]),
        ("https://lobste.rs/top/1w", ["https://lobste.rs/top/rss"]),
        ("https://lobste.rs/u/ines", ["https://lobste.rs/~ines/stories.rss"]),
        (
            "https://mastodon.example/@ines/tagged/sea",
            ["https://mastodon.example/@ines/tagged/sea.rss", "https://mastodon.example/@ines.rss"],
        ),
        ("https://coast.medium.com/tagged/sea", ["https://medium.com/feed/coast/tagged/sea"]),
        ("https://coast.ghost.io/tag/sea/", ["https://coast.ghost.io/tag/sea/rss/", "https://coast.ghost.io/rss/"]),
        ("https://letterboxd.com/ines/", ["https://letterboxd.com/ines/rss/"]),
        ("https://world.hey.com/ines/a-post-1234", ["https://world.hey.com/ines/feed.atom"]),
        ("https://steamcommunity.com/groups/coast", ["https://steamcommunity.com/groups/coast/rss/"]),
        (
            "https://www.flickr.com/photos/tags/sea",
            ["https://www.flickr.com/services/feeds/photos_public.gne?tags=sea"],
        ),
        (
            "https://www.flickr.com/groups/12@N3/",
            ["https://www.flickr.com/services/feeds/groups_pool.gne?id=12@N3"],
        ),
        (
            "https://en.wikipedia.org/wiki/Special:RecentChanges",
            ["https://en.wikipedia.org/w/index.php?title=Special:RecentChanges&feed=atom"],
        ),
        ("https://pypi.org/project/httpx/0.28/", ["https://pypi.org/rss/project/httpx/releases.xml"]),
        ("https://crates.io/crates/serde", ["https://static.crates.io/rss/crates/serde.xml"]),
        ("https://mastodon.example/@ines", ["https://mastodon.example/@ines.rss"]),
        ("https://mastodon.example/@ines/1123", ["https://mastodon.example/@ines.rss"]),
        ("https://mastodon.example/@ines@home.example", ["https://home.example/@ines.rss"]),
        ("https://bsky.app/profile/ines.example/post/3k", ["https://bsky.app/profile/ines.example/rss"]),
        ("https://lemmy.example/c/ferries", ["https://lemmy.example/feeds/c/ferries.xml?sort=New"]),
        ("https://medium.com/@ines/some-story", ["https://medium.com/feed/@ines"]),
        ("https://medium.com/coast-notes/some-story", ["https://medium.com/feed/coast-notes"]),
        ("https://medium.com/tag/sea", ["https://medium.com/feed/tag/sea"]),
        ("https://coast.substack.com/p/ferry", ["https://coast.substack.com/feed"]),
        ("https://open.substack.com/pub/coast/p/ferry", ["https://coast.substack.com/feed"]),
        (
            "https://news.ycombinator.com",
            ["https://news.ycombinator.com/rss", "https://hnrss.org/frontpage"],
        ),
        ("https://news.ycombinator.com/newest", ["https://hnrss.org/newest"]),
        ("https://news.ycombinator.com/ask", ["https://hnrss.org/ask"]),
        ("https://news.ycombinator.com/item?id=12", ["https://hnrss.org/item?id=12"]),
        (
            "https://news.ycombinator.com/user?id=ines",
            ["https://hnrss.org/submitted?id=ines", "https://hnrss.org/threads?id=ines"],
        ),
        ("https://lobste.rs/t/rust,python", ["https://lobste.rs/t/rust,python.rss"]),
        ("https://lobste.rs/newest", ["https://lobste.rs/newest.rss"]),
        ("https://lobste.rs/s/abc/title", ["https://lobste.rs/rss"]),
        ("https://www.reddit.com/r/rss/", ["https://www.reddit.com/r/rss/.rss"]),
        ("https://lobste.rs/t/rss", ["https://lobste.rs/t/rss.rss"]),
        ("https://stackoverflow.com/questions/tagged/rss", ["https://stackoverflow.com/feeds/tag/rss"]),
        ("https://unix.stackexchange.com/questions/7/x", ["https://unix.stackexchange.com/feeds/question/7"]),
        (
            "https://de.wikipedia.org/wiki/F%C3%A4hre",
            ["https://de.wikipedia.org/w/index.php?title=F%C3%A4hre&action=history&feed=atom"],
        ),
        ("https://arxiv.org/list/cs.AI/recent", ["https://rss.arxiv.org/rss/cs.AI"]),
        ("https://coast.tumblr.com/post/1", ["https://coast.tumblr.com/rss"]),
        ("https://www.tumblr.com/coast/7", ["https://coast.tumblr.com/rss"]),
        ("https://coast.wordpress.com/2024/05/01/a/", ["https://coast.wordpress.com/feed/"]),
        ("https://coast.blogspot.co.uk/2024/a.html", ["https://coast.blogspot.co.uk/feeds/posts/default"]),
        ("https://coast.ghost.io/a/", ["https://coast.ghost.io/rss/"]),
        ("https://dev.to/ines/a-post", ["https://dev.to/feed/ines"]),
        ("https://store.steampowered.com/app/730/X/", ["https://store.steampowered.com/feeds/news/app/730/"]),
        (
            "https://podcasts.apple.com/de/podcast/die-f%C3%A4hre/id123456?i=1",
            ["https://itunes.apple.com/lookup?id=123456&entity=podcast"],
        ),
    ],
)
def test_sites_with_feeds_by_rule(url: str, feeds: list[str]) -> None:
    assert [candidate.url for candidate in known_feeds(url)] == feeds
    assert known_at_once(url) in {(), known_feeds(url)}
    # What a rule makes is a feed, and no further rule is for it: it can be added by its own address.
    assert not any(known_at_once(feed) for feed in feeds)


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/topics/rss", "https://github.com/owner/repo/releases.atom", "https://x.example/a", "", "x",
        "https://www.reddit.com/r/ferries/.rss", "https://www.youtube.com/@coast", "https://www.youtube.com/watch?v=a",
        "https://medium.com/feed/@ines", "https://bsky.app/profile/ines.example/rss", "https://[bad", "ftp://github.com/a/b",
        "https://x.com/@ines", "https://codeberg.org/owner/repo.rss", f"{VIDEOS}?channel_id={CHANNEL}",
        "https://stackoverflow.com/feeds/tag/rss", "https://coast.tumblr.com/tagged/sea/rss",
        "https://coast.wordpress.com/category/sea/feed/", "https://coast.blogspot.com/feeds/posts/default/-/sea",
        "https://gitlab.com/group/repo/-/tags?format=atom",
    ],
)  # fmt: skip
def test_other_addresses_and_feeds_themselves_have_no_rule(url: str) -> None:
    assert known_feeds(url) == ()


YOUTUBE_HANDLE = f"""<!DOCTYPE html><html><head><title>Coast - YouTube</title>
<link rel="canonical" href="https://www.youtube.com/channel/{CHANNEL}">
<script>var ytInitialData = {{"featured":{{"channelId":"{OTHER}"}},"metadata":{{"channelMetadataRenderer":
{{"title":"Coast","externalId":"{CHANNEL}","rssUrl":"{VIDEOS}?channel_id={CHANNEL}"}}}}}};</script></head></html>"""
YOUTUBE_VIDEO = f"""<!DOCTYPE html><html><head><link rel="canonical" href="https://www.youtube.com/watch?v=abc">
</head><body><script>var ytInitialPlayerResponse = {{"videoDetails":{{"videoId":"abc","channelId":"{CHANNEL}"}},
"microformat":{{"externalChannelId":"{CHANNEL}"}}}};</script><a href="/channel/{OTHER}">Other</a></body></html>"""


@pytest.mark.parametrize(
    ("url", "page", "feed"),
    [
        ("https://www.youtube.com/@coast", YOUTUBE_HANDLE, f"{VIDEOS}?channel_id={CHANNEL}"),
        ("https://www.youtube.com/c/Coast", YOUTUBE_HANDLE, f"{VIDEOS}?channel_id={CHANNEL}"),
        ("https://www.youtube.com/watch?v=abc", YOUTUBE_VIDEO, f"{VIDEOS}?channel_id={CHANNEL}"),
        (
            "https://soundcloud.com/coast",
            '<meta property="al:ios:url" content="soundcloud://users:77"><script>{"urn":"soundcloud:users:77"}</script>',
            "https://feeds.soundcloud.com/users/soundcloud:users:77/sounds.rss",
        ),
        (
            "https://itunes.apple.com/lookup?id=1&entity=podcast",
            '{"resultCount":1,"results":[{"kind":"podcast","feedUrl":"https:\\/\\/coast.example\\/show.xml?a=1\\u0026b=2"}]}',
            "https://coast.example/show.xml?a=1&b=2",
        ),
        (
            "https://pods.example/show/1",
            '<html><script type="application/json">{"feedUrl":"https://coast.example/show.xml"}</script></html>',
            "https://coast.example/show.xml",
        ),
        (
            "https://forum.example/c/boats/12",
            '<html><head><meta name="generator" content="Discourse 3.4.0 - https://github.com/discourse"></head></html>',
            "https://forum.example/c/boats/12.rss",
        ),
        (
            "https://forum.example/t/a-ferry/77/3",
            '<html><head><meta name="generator" content="Discourse 3.4.0 - https://github.com/discourse"></head></html>',
            "https://forum.example/latest.rss",
        ),
        (
            "https://lemmy.example/u/ines",
            '<html><body><div id="app" class="lemmy-site"></div></body></html>',
            "https://lemmy.example/feeds/u/ines.xml?sort=New",
        ),
        (
            "https://git.example/owner/repo/src",
            '<html><head><meta name="keywords" content="go,git,self-hosted,gitea"></head></html>',
            "https://git.example/owner/repo/releases.rss",
        ),
        (
            "https://mastodon.example/tags/ferry",
            "<html><body><div class='app-holder' data-props='{}' id='mastodon'></div></body></html>",
            "https://mastodon.example/tags/ferry.rss",
        ),
        (
            "https://blog.example/category/sea/",
            '<html><head><meta name="generator" content="WordPress 6.8"></head></html>',
            "https://blog.example/category/sea/feed/",
        ),
        (
            "https://blog.example/2024/ferry/",
            "<html><head><meta content='Ghost 5.1' name='generator'></head></html>",
            "https://blog.example/rss/",
        ),
        (
            "https://blog.example/posts/",
            "<html><head><meta name=generator content='Hugo 0.148'></head></html>",
            "https://blog.example/posts/index.xml",
        ),
        (
            "https://shop.example/blogs/sea/a-ferry",
            '<html><link rel="preconnect" href="https://cdn.shopify.com"></html>',
            "https://shop.example/blogs/sea.atom",
        ),
        (
            "https://coast.example/journal/ferry",
            "<html><!-- This is Squarespace. --></html>",
            "https://coast.example/journal?format=rss",
        ),
        (
            "https://git.example/group/repo/-/tree/main",
            '<html><head><meta content="GitLab" property="og:site_name"></head></html>',
            "https://git.example/group/repo/-/releases.atom",
        ),
        (
            "https://lemmy.example/m/boats",
            '<html><body><div id="app" class="lemmy-site"></div></body></html>',
            "https://lemmy.example/feeds/m/boats.xml?sort=New",
        ),
        (
            "https://forum.example/c/boats/sails/l/latest",
            '<html><head><meta name="generator" content="Discourse 3.4.0"></head></html>',
            "https://forum.example/c/boats/sails.rss",
        ),
        (
            "https://forum.example/top?period=weekly",
            '<html><head><meta name="generator" content="Discourse 3.4.0"></head></html>',
            "https://forum.example/top.rss",
        ),
    ],
)
def test_some_pages_tell_what_their_address_does_not(url: str, page: str, feed: str) -> None:
    assert find_feeds(page.encode(), url)[0].url == feed


def test_what_a_page_names_itself_needs_no_guess_by_its_program() -> None:
    page = '<meta name="generator" content="WordPress 6.8"><link rel="feed" href="/own.xml">'
    assert [each.url for each in find_feeds(page.encode(), "https://blog.example/")] == ["https://blog.example/own.xml"]


@pytest.mark.parametrize(
    ("url", "shared"),
    [
        ("https://medium.com/feed/@ines", True),
        ("https://www.reddit.com/r/a/.rss", True),
        ("https://lobste.rs/rss", True),
        ("https://ines.wordpress.com/feed/", False),
        ("https://ines.medium.com/feed", False),
        ("https://x.example/@ines.rss", False),
        ("https://[bad", False),
    ],
)
def test_hosts_of_very_many(url: str, shared: bool) -> None:
    assert is_shared(url) is shared


def test_a_channel_that_is_only_linked_is_the_last_resort() -> None:
    page = f'<html><a href="/channel/{OTHER}">x</a><script>{{"externalId":"{CHANNEL}"}}</script></html>'
    assert [each.url for each in page_feeds(page, "https://www.youtube.com/@coast")] == [
        f"{VIDEOS}?channel_id={CHANNEL}"
    ]
    assert not page_feeds(page, "https://elsewhere.example/@coast")


def test_a_video_in_a_playlist_gives_both() -> None:
    found = find_feeds(YOUTUBE_VIDEO.encode(), "https://www.youtube.com/watch?v=abc&list=PL123")
    assert [each.url for each in found] == [f"{VIDEOS}?channel_id={CHANNEL}", f"{VIDEOS}?playlist_id=PL123"]


def test_sites_without_feeds_are_named() -> None:
    assert without_feeds("https://mobile.twitter.com/ines") == "Twitter"
    assert without_feeds("https://x.example/") is None
    assert without_feeds("https://[bad") is None


@given(st.sampled_from(HOSTS), st.text("abcA1@/._-?=&:+%~ é#", max_size=30), st.text(max_size=40))
def test_rules_only_ever_give_addresses_of_the_web(host: str, path: str, text: str) -> None:
    url = f"https://{host}/{path}"
    for candidate in (*known_feeds(url), *page_feeds(text, url)):
        assert candidate.url.startswith(("http://", "https://"))
    assert known_feeds(url) == known_feeds(url)
