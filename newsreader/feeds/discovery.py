"""From an address or a web page to the feeds behind it.

A page names its feeds by link elements (RSS Autodiscovery, HTML Standard 4.6.7.1); many only link to them. Some sites
have feeds by rule (YouTube, Reddit, GitHub, Mastodon …), known from the address alone. Nothing here fetches.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, quote, urlsplit, urlunsplit

from lxml import etree

from newsreader.bounds import MAX_NAME, MAX_URL
from newsreader.errors import UsageError
from newsreader.feeds import markup
from newsreader.feeds.decoding import decode
from newsreader.model import FeedCandidate
from newsreader.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_CANDIDATES: Final = 100
_TYPES: Final = frozenset(
    (
        "application/rss+xml",
        "application/atom+xml",
        "application/x.atom+xml",
        "application/x-atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/rss",
        "application/atom",
        "text/rss+xml",
        "text/atom+xml",
        "text/rss",
        "text/atom",
    )
)
_GENERAL_TYPES: Final = frozenset(("application/xml", "text/xml", "application/json"))
_LOOKS_LIKE_FEED = re.compile(
    r"(?:^|[/.?&=_-])(?:rss|atom|feeds?|rdf)(?:[/.?&=_-]|\d|$)|\.(?:rss|atom|rdf)$|feeds\.feedburner\.com/|/index\.xml$",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"comment|kommentar|commentaire|comentari|commenti|yorum|комментар", re.IGNORECASE)
_SAID_IN_TEXT = re.compile(r"^\W*(?:rss|atom|(?:rss |atom |web |json )?feed|subscribe|rss[ -]feed)\W*$", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):(?!\d)")
_FEED_SCHEME = re.compile(r"feed:(?://)?(https?:)?/*", re.IGNORECASE)
_PATHS: Final = (
    "feed",
    "rss.xml",
    "atom.xml",
    "feed.xml",
    "index.xml",
    "rss",
    "feed.json",
    "feeds/posts/default",
    "?feed=rss2",
)

# Sites with feeds by rule: host, path, the feed's address made of the path's groups, what the feed has.
_RULES: Final = tuple(
    (re.compile(host, re.IGNORECASE), re.compile(path), address, title)
    for host, path, address, title in (
        (
            r"(?:www\.|m\.)?youtube\.com",
            r"/channel/(UC[\w-]{22})",
            "https://www.youtube.com/feeds/videos.xml?channel_id={0}",
            "Videos",
        ),
        (
            r"(?:www\.|m\.)?youtube\.com",
            r"/user/([\w.-]+)",
            "https://www.youtube.com/feeds/videos.xml?user={0}",
            "Videos",
        ),
        (r"(?:www\.|old\.|new\.)?reddit\.com", r"/(r/[\w+]+)", "https://www.reddit.com/{0}/.rss", "Posts of {0}"),
        (
            r"(?:www\.|old\.|new\.)?reddit\.com",
            r"/(?:u|user)/([\w-]+)",
            "https://www.reddit.com/user/{0}/.rss",
            "Posts of {0}",
        ),
        (r"github\.com", r"/([\w.-]+/[\w.-]+)", "https://github.com/{0}/releases.atom", "Releases of {0}"),
        (r"github\.com", r"/([\w.-]+/[\w.-]+)", "https://github.com/{0}/commits.atom", "Commits to {0}"),
        (r"gitlab\.com", r"/([\w.-]+/[\w.-]+)", "https://gitlab.com/{0}/-/tags?format=atom", "Tags of {0}"),
        (r"medium\.com", r"/(@[\w.-]+|[\w-]+)", "https://medium.com/feed/{0}", "Stories"),
        (r"([\w-]+\.medium\.com)", r"/", "https://{host}/feed", "Stories"),
        (r"([\w-]+\.substack\.com)", r"/", "https://{host}/feed", "Posts"),
        (r"([\w-]+\.tumblr\.com)", r"/", "https://{host}/rss", "Posts"),
        (
            r"stackoverflow\.com",
            r"/questions/tagged/([^/]+)",
            "https://stackoverflow.com/feeds/tag/{0}",
            "Questions about {0}",
        ),
        (r"news\.ycombinator\.com", r"/", "https://news.ycombinator.com/rss", "Hacker News"),
        (r"lobste\.rs", r"/", "https://lobste.rs/rss", "Lobsters"),
        (r"bsky\.app", r"/profile/([\w.:-]+)", "https://bsky.app/profile/{0}/rss", "Posts of {0}"),
        (
            r"(?!.*(?:medium|youtube|tiktok|threads|flickr)\.\w+$).+",
            r"/(@[\w.]+)/?$",
            "https://{host}/{0}.rss",
            "Posts of {0}",
        ),
    )
)
_NO_REPOSITORY: Final = frozenset(
    ("topics", "orgs", "settings", "features", "marketplace", "explore", "search", "login")
)
_CHANNEL = re.compile(
    r"(?:\"(?:channelId|externalId)\"\s*:\s*\"|/channel/|itemprop=\"(?:channelId|identifier)\" content=\")(UC[\w-]{22})"
)


def find_feeds(html: bytes, url: str, content_type: str | None = None) -> tuple[FeedCandidate, ...]:
    """The feeds that a page names, the best first; empty where it names none.

    First the link elements in the page's order, feeds of comments and of the single article after the others; then
    what is known by rule; then anchors that look like feeds. Never raises.
    """
    text = decode(html, _content_type(html, content_type))
    found: dict[str, FeedCandidate] = {}
    root = _tree(text)
    base = url
    if root is not None:
        for element in root.iter("base"):
            base = markup.absolute(element.get("href"), url) or url
            break
        for candidate in (
            *_from_links(root, base, url),
            *known_feeds(url),
            *_from_page_text(text, url),
            *_from_anchors(root, base),
        ):
            known = found.get(candidate.url)
            if known is None or known.score < candidate.score:
                found[candidate.url] = candidate
    best = sorted(found.values(), key=lambda candidate: -candidate.score)
    return tuple(candidate for candidate in best if candidate.url != url)[:_MAX_CANDIDATES]


def known_feeds(url: str) -> tuple[FeedCandidate, ...]:
    """The feeds of an address that its site has by rule, the best first; a guess where the host is anybody's."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ()
    candidates = []
    if host.endswith("youtube.com") and (playlist := parse_qs(parts.query).get("list")):
        address = f"https://www.youtube.com/feeds/videos.xml?playlist_id={quote(playlist[0])}"
        candidates.append(FeedCandidate(address, "Playlist", "application/atom+xml", 80))
    for host_rule, path_rule, address, title in _RULES:
        match = path_rule.match(parts.path or "/") if host_rule.fullmatch(host) else None
        if match is None or (host == "github.com" and match[1].split("/")[0] in _NO_REPOSITORY):
            continue
        groups = match.groups()
        score = 80 - len(candidates) if host_rule.pattern[0] != "(" or host.endswith((".com", ".rs")) else 50
        candidates.append(FeedCandidate(address.format(*groups, host=host), title.format(*groups), None, score))
    return tuple(candidates)


def guess_paths(url: str) -> tuple[str, ...]:
    """Addresses where a feed often lies, below the page's own folder and below the root of its host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ()
    folder = parts.path.rpartition("/")[0] if "." in parts.path.rpartition("/")[2] else parts.path.rstrip("/")
    folders = dict.fromkeys((f"{folder}/", "/"))
    guesses = []
    for base in folders:
        for path in _PATHS:
            name, _, query = path.partition("?")
            guesses.append(urlunsplit((parts.scheme, parts.netloc, base + name, query, "")))
    return tuple(dict.fromkeys(guesses))


def normalise_address(text: str) -> str:
    """Make what a person typed or pasted an address that can be fetched: https:// added, feed: taken off.

    Raises UsageError for other schemes and for what is no address at all.
    """
    address = one_line(text).strip("<>\"'“”").strip()
    address = _FEED_SCHEME.sub(lambda match: f"{match[1]}//" if match[1] else "https://", address, count=1)
    scheme = _SCHEME.match(address)
    if scheme and scheme[1].lower() not in {"http", "https"}:
        raise UsageError(f"Only http and https addresses can be read, not {scheme[1].lower()}:.")
    if not scheme:
        address = "https://" + address.lstrip("/")
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        port = parts.port
    except ValueError as error:
        raise UsageError(f"{address[:80]} is not an address.", str(error)) from error
    known = "." in host.strip(".") or host == "localhost" or ":" in host or port is not None
    if not host or not known or " " in address or len(address) > MAX_URL:
        raise UsageError(f"{address.removeprefix('https://')[:80] or 'Nothing'} is not an address.")
    netloc = parts.netloc.replace(host, host.lower()) if host in parts.netloc else _lower_host(parts.netloc)
    return urlunsplit((parts.scheme.lower(), netloc, parts.path, parts.query, ""))


def _lower_host(netloc: str) -> str:
    """A network location with its host in lower case; name and password keep theirs."""
    user, at, place = netloc.rpartition("@")
    return f"{user}{at}{place.lower()}"


def _content_type(html: bytes, content_type: str | None) -> str | None:
    """The HTTP header, or where it names no charset the page's own meta element in its place."""
    if content_type and "charset" in content_type.lower():
        return content_type
    match = _META_CHARSET.search(html[:4096])
    return f"text/html; charset={match[1].decode('ascii', 'replace')}" if match else content_type


def _tree(text: str) -> etree._Element | None:
    """The page as a tree; None where there is nothing in it."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _from_links(root: etree._Element, base: str, page: str) -> Iterator[FeedCandidate]:
    """Feeds named by link elements: rel alternate or feed, with a type that only feeds have."""
    for position, element in enumerate(root.iter("link")):
        relations = (element.get("rel") or "").lower().split()
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        address = markup.absolute(element.get("href"), base)
        if address is None or not ("alternate" in relations or "feed" in relations):
            continue
        title = one_line(element.get("title") or "", MAX_NAME)
        general = kind in _GENERAL_TYPES and _LOOKS_LIKE_FEED.search(f"{address} {title}") is not None
        if kind in _TYPES or (general and "oembed" not in address) or ("feed" in relations and not kind):
            yield FeedCandidate(address, title, kind or None, 200 - min(position, 50) - _minor(address, title, page))


def _minor(address: str, title: str, page: str) -> int:
    """How far a feed stands behind the site's own: one of comments, or one of the single page only."""
    if _COMMENTS.search(address) or _COMMENTS.search(title):
        return 90
    path = page.partition("?")[0].rstrip("/")
    return 80 if path.count("/") > 3 and address.startswith(path + "/") else 0


def _from_anchors(root: etree._Element, base: str) -> Iterator[FeedCandidate]:
    """Links in the page that look like feeds by their address, or by their words and address together."""
    for element in root.iter("a"):
        address = markup.absolute(element.get("href"), base)
        if address is None or not address.startswith(("http://", "https://")):
            continue
        target = address.partition("://")[2].partition("#")[0]
        path = target[target.find("/") :] if "/" in target else ""
        by_address = _LOOKS_LIKE_FEED.search(path) is not None or target.startswith("feeds.")
        text = one_line("".join(map(str, element.itertext()))[:200]) or one_line(element.get("title") or "", MAX_NAME)
        by_words = _SAID_IN_TEXT.match(text) is not None
        kind = (element.get("type") or "").lower()
        if not (by_address or kind in _TYPES or (by_words and path.endswith(".xml"))):
            continue
        score = 30 + 20 * by_words + 20 * (kind in _TYPES) - (20 if _COMMENTS.search(address + text) else 0)
        yield FeedCandidate(address.partition("#")[0], text[:MAX_NAME], kind or None, score)


def _from_page_text(text: str, url: str) -> Iterator[FeedCandidate]:
    """The channel that a page of YouTube belongs to, which its address does not tell (handles, videos)."""
    if re.match(r"https?://(?:www\.|m\.)?youtube\.com/", url) and (match := _CHANNEL.search(text)):
        yield FeedCandidate(f"https://www.youtube.com/feeds/videos.xml?channel_id={match[1]}", "Videos", None, 80)
