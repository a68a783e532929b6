"""Sites with feeds by rule: what follows from an address alone, and what only the site's page tells.

The rules are facts of those sites, which none of them promises; whatever comes of them is fetched before it is offered.
Loads no parser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, unquote, urlsplit

from newsreader.bounds import MAX_URL
from newsreader.feeds.addresses import site_of
from newsreader.feeds.place_rules import NO_FEEDS, RULES
from newsreader.feeds.place_software import SOFTWARE
from newsreader.model import FeedCandidate
from newsreader.text import host_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.feeds.place_rule import Rule

# How sure a candidate is, beginning with the surest: 50 apart, so that an order fits in between.
LINKED: Final = 400
"""Named by a link element, which is there for that."""
KNOWN: Final = 300
"""Known by rule, or written into the page by a site that is known."""
ANCHOR: Final = 200
"""A link in the page that looks like a feed."""
ANCHORED: Final = 230
"""The most that a link in the page has."""
GUESSED: Final = 100
"""A likely address. What has less stands for no site: feeds of single articles and of comments."""
ASIDE: Final = 50
"""Of a single article, or of comments."""

_IS_FEED = re.compile(r"\.(?:rss|atom|rdf|xml)/?$|^/(?:feeds?|rss|atom)(?:/|$)", re.IGNORECASE)
_ASKS_FOR_FEED = re.compile(r"(?:^|&)(?:format|feed)=(?:atom|rss)", re.IGNORECASE)
# On a blog of its own such a name is the feed's; elsewhere it may be that of a tag, a subreddit or a project.
_BLOG = re.compile(r"[\w-]+\.(?:tumblr|wordpress|substack|medium|livejournal|dreamwidth)\.\w+", re.IGNORECASE)
_BLOG_FEED = re.compile(r"/(?:feed|rss|atom)/?$", re.IGNORECASE)
_YOUTUBE = re.compile(r"(?:[\w-]+\.)?youtube(?:-nocookie)?\.com", re.IGNORECASE)
# A page of YouTube names many channels; what stands first here is said of the page itself.
_CHANNELS: Final = tuple(
    map(
        re.compile,
        (
            r"rel=\"canonical\" href=\"https://www\.youtube\.com/channel/(UC[\w-]{22})",
            r"feeds/videos\.xml\?channel_id=(UC[\w-]{22})",
            r"\"externalId\"\s*:\s*\"(UC[\w-]{22})\"",
            r"\"externalChannelId\"\s*:\s*\"(UC[\w-]{22})\"",
            r"itemprop=\"(?:channelId|identifier)\" content=\"(UC[\w-]{22})",
            r"\"channelId\"\s*:\s*\"(UC[\w-]{22})\"",
            r"/channel/(UC[\w-]{22})",
        ),
    )
)
_FEED_IN_DATA = re.compile(
    r"\"(?:feed_?url|rss_?url|rss_?feed(?:_?url)?|xmlUrl)\"\s*:\s*\"(https?:[^\"\s<>]{4,2000})\"", re.IGNORECASE
)
NO_CONSENT: Final = (("Cookie", "SOCS=CAE="),)
"""What YouTube sets for who wants no cookies; without it every reader in Europe gets a question in place of a page."""

_PUBLICATION = re.compile(r"primaryPublication\\?\"\s*:\s*\{[^{}]{0,400}?\bsubdomain\\?\"\s*:\s*\\?\"([\w-]+)")
_SOUND_USER = re.compile(r"soundcloud:(?://)?users:(\d{1,20})")
_FLICKR_USER = re.compile(r"photos_public\.gne\?id=(\d+@N\d+)|\"(?:nsid|ownerNsid)\"\s*:\s*\"(\d+@N\d+)\"")


def known_feeds(url: str) -> tuple[FeedCandidate, ...]:
    """The feeds of an address that its site has by rule, the best first; less sure where the host is anybody's.

    None for an address that looks like a feed itself.
    """
    return _by_rule(url)[1]


def known_at_once(url: str) -> tuple[FeedCandidate, ...]:
    """The same where an address says by itself which feed is meant, so that its page need not be read.

    On a blog all pages have one feed, and name it with others: there it is seen first whether a page is there.
    """
    rule, found = _by_rule(url)
    return () if rule is None or rule.whole_site else found


def is_shared(url: str) -> bool:
    """Whether a host is known to have feeds of very many people, so that two feeds of it have nothing in common."""
    host = host_of(url)
    if site_of(url).count(".") > 1:  # ines.wordpress.com is of one
        return False
    return any(not (rule.whole_site or rule.anywhere) and re.fullmatch(rule.host, host) for rule in RULES)


def _by_rule(url: str) -> tuple[Rule | None, tuple[FeedCandidate, ...]]:
    """The rule that fits an address, and what it makes of it."""
    host, where = _host_and_path(url)
    for rule in RULES if host else ():
        made = dict(_apply(rule, host, where))
        if url in made:
            break
        if made:
            feeds = enumerate(made.items())
            return rule, tuple(FeedCandidate(url, title, None, KNOWN - place) for place, (url, title) in feeds)
    return None, ()


def _host_and_path(url: str) -> tuple[str, str]:
    """What rules look at; no host for what no rule is for: other schemes, and feeds themselves."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return "", ""
    is_feed = _IS_FEED.search(parts.path) or _ASKS_FOR_FEED.search(parts.query)
    is_feed = is_feed or (_BLOG_FEED.search(parts.path) and _BLOG.fullmatch(host))
    if is_feed or parts.scheme not in {"http", "https"}:
        return "", ""
    return host, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def page_feeds(text: str, url: str, *, named: bool = False) -> tuple[FeedCandidate, ...]:
    """The feeds that the text of a site's page gives away, where the address does not tell: channels, podcasts, forums.

    `text` is a page, or the JSON that a podcast directory answers; `named` says that it names feeds itself.
    """
    return tuple(
        FeedCandidate(address, title, None, KNOWN - 40 - place)
        for place, (address, title) in enumerate(dict.fromkeys(_told_by_page(text, url, named=named)))
        if len(address) <= MAX_URL
    )


def behind_question(url: str) -> str | None:
    """The page behind YouTube's question about cookies, to be asked for with NO_CONSENT; None for all other pages."""
    try:
        parts = urlsplit(url)
        target = parse_qs(parts.query).get("continue", [""])[0] if parts.hostname == "consent.youtube.com" else ""
        behind = urlsplit(target)
    except ValueError:
        return None
    return target if behind.scheme == "https" and _YOUTUBE.fullmatch(behind.hostname or "") else None


def without_feeds(url: str) -> str | None:
    """The name of a site that is known to serve no feeds at all; None for all others."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("mobile.")
    except ValueError:
        return None
    return NO_FEEDS.get(host)


def _apply(rule: Rule, host: str, where: str) -> Iterator[tuple[str, str]]:
    """The addresses and titles that a rule makes of an address."""
    at = re.fullmatch(rule.host, host, re.IGNORECASE)
    match = re.match(rule.path, where) if at is not None else None
    if at is None or match is None:
        return
    named = {"host": host, **{key: value or "" for key, value in {**at.groupdict(), **match.groupdict()}.items()}}
    if named.get("name", "").lower() in rule.not_names:
        return
    for address, title in rule.feeds:
        yield address.format(**named), title.format(**{key: unquote(value) for key, value in named.items()})


def _told_by_page(text: str, url: str, *, named: bool) -> Iterator[tuple[str, str]]:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return
    if _YOUTUBE.fullmatch(host):
        yield from _told_by_youtube(text, parts.query)
    if host in {"substack.com", "www.substack.com"} and (match := _PUBLICATION.search(text)):
        yield f"https://{match[1]}.substack.com/feed", "Posts"
    if host.endswith("soundcloud.com") and (match := _SOUND_USER.search(text)):
        yield f"https://feeds.soundcloud.com/users/soundcloud:users:{match[1]}/sounds.rss", "Sounds"
    if host.endswith("flickr.com") and (match := _FLICKR_USER.search(text)):
        yield f"https://www.flickr.com/services/feeds/photos_public.gne?id={match[1] or match[2]}", "Photos"
    for match in _FEED_IN_DATA.finditer(text):
        yield match[1].replace("\\/", "/").replace("\\u0026", "&").replace("&amp;", "&"), ""
    for software in SOFTWARE:
        if (software.always or not named) and software.made(text[:_HEAD]):
            for path, title in software.feeds(parts.path or "/"):
                yield f"{parts.scheme}://{parts.netloc}{path}", title


_HEAD: Final = 200_000  # characters of a page in which its program gives itself away


def _told_by_youtube(text: str, query: str) -> Iterator[tuple[str, str]]:
    """The channel that a page belongs to (handles and videos do not tell), and the playlist that plays in it."""
    for pattern in _CHANNELS:
        if match := pattern.search(text):
            yield f"https://www.youtube.com/feeds/videos.xml?channel_id={match[1]}", "Videos"
            break
    if match := re.search(r"(?:^|&)list=((?:PL|UU|OL|FL)[\w-]+)", query):
        yield f"https://www.youtube.com/feeds/videos.xml?playlist_id={match[1]}", "Playlist"
