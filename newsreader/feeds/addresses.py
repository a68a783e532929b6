"""Addresses as people type and paste them, and what can be said of them without asking anybody. Loads no parser."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from newsreader.bounds import MAX_URL
from newsreader.errors import UsageError
from newsreader.feeds.pasted import mended, picked_out
from newsreader.text import one_line

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+-]*):(?!\d)")
_FILE = re.compile(r"file:|~?/(?!/)|\.{1,2}/|[a-z]:[\\/]", re.IGNORECASE)
# What other readers and podcast programs register for themselves: only the address behind it counts.
_FEED_SCHEME = re.compile(
    r"(?:web\+)?(?:feeds?|rss|podcasts?|pcast|itpc|view-source):(?://)?(?:(https?):)?/*", re.IGNORECASE
)
_WEB_SCHEME = re.compile(r"(https?):/*", re.IGNORECASE)
_FEDIVERSE_NAME = re.compile(r"(?:acct:)?@?([\w.-]+)@((?:[\w-]+\.)+[\w-]{2,}(?::\d+)?)")
_COMMUNITY_NAME = re.compile(r"!([\w.-]+)@((?:[\w-]+\.)+[\w-]{2,})")
_CLONE = re.compile(r"(?:(?:ssh|git)://)?git@([\w.-]+)(?::\d+/|[:/])/*(\S+)", re.IGNORECASE)
_REDDIT_NAME = re.compile(r"/?(r|u|user)/([\w+-]+)/?", re.IGNORECASE)
_IPV4 = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}")
_IPV6 = re.compile(r"[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}", re.IGNORECASE)
_DOTS = re.compile("[\u3002\uff0e\uff61]")  # the dots of IDNA (RFC 3490 3.1)
_PATHS: Final = (
    "feed",
    "rss.xml",
    "atom.xml",
    "feed.xml",
    "index.xml",
    "rss",
    "feeds/posts/default",
    "?feed=rss2",
    "feed.json",
    "atom",
    "rss2.xml",
    "index.rdf",
)
_SECTIONS: Final = ("blog", "news")
# Below these a name is registered in the third level: example.co.uk, ines.github.io.
_SECOND_LEVEL = re.compile(
    r"(?:ac|asso|asn|co|com|ed|edu|go|gob|gov|gouv|gv|id|ltd|me|mil|ne|net|nom|or|org|plc|sch)\.[a-z]{2}"
    r"|blogspot\.\w+|(?:codeberg|itch|github|gitlab|ghost|micro)\.(?:blog|io|page)|(?:bearblog|hashnode|pages)\.dev"
    r"|(?:dreamwidth|hypotheses|neocities)\.org|(?:netlify|vercel|web)\.app|write\.as"
    r"|(?:herokuapp|livejournal|medium|over-blog|substack|tumblr|typepad|wixsite|wordpress)\.com"
)
_PORTS: Final = {"http": 80, "https": 443}
_SHARED_HOST = re.compile(
    r".+\.(?:github|gitlab|codeberg)\.(?:io|page)|codeberg\.page|sites\.google\.com", re.IGNORECASE
)


def site_of(url: str) -> str:
    """The part of an address's host that one owner has: the domain that was registered; with a host of many, all of it.

    Without the public suffix list, which is larger than this program: most names of two levels are right by their form.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return ""
    labels = host.split(".")
    if labels[-1].isdecimal() or ":" in host or len(labels) == 1:
        return parts.netloc.rpartition("@")[2].lower()
    levels = 3 if _SECOND_LEVEL.fullmatch(".".join(labels[-2:])) else 2
    levels += levels == 3 and labels[-3:-2] == ["blogspot"]  # ines.blogspot.co.uk
    return ".".join(labels[-levels:])


def normalise_address(text: str) -> str:
    """Make what a person typed or pasted an address that can be fetched; doing it twice changes nothing.

    Words, brackets, quotes and Markdown around it are left out, as is a scheme of feed readers (feed:); https:// is
    added. `@user@host` is a profile of the fediverse, `!name@host` a community, `r/name` a subreddit,
    `git@host:name` a repository. Raises UsageError for other schemes and for what is no address at all.
    """
    address = text
    for _ in range(4):
        before, address = address, _normalised(address)
        if before == address:
            return address
    raise UsageError(f"{one_line(text, 80)} is not an address.")


def without_feed_scheme(address: str) -> str:
    """An address without the schemes that feed readers register for themselves: feed:https://x, feed://x, pcast://x."""
    return _FEED_SCHEME.sub(lambda match: f"{match[1] or 'https'}://", address, count=1)


def has_scheme(text: str) -> bool:
    """Whether the person named http or https themselves."""
    return re.search(r"https?:", one_line(text)[: MAX_URL + 20], re.IGNORECASE) is not None


def same_key(url: str) -> str:
    """What two addresses of one document mostly share.

    That is all but scheme, name, password, default port and last slash; a name in letters of any language is one with
    its form in ASCII.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    host = _ascii((parts.hostname or "").rstrip("."))
    named = f"{host}:{port}" if port not in {None, _PORTS.get(parts.scheme)} else host
    return f"{named}{parts.path.rstrip('/')}" + (f"?{parts.query}" if parts.query else "")


def _ascii(host: str) -> str:
    """A host as the domain name system has it (RFC 3490)."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def with_userinfo_of(other: str, url: str) -> str:
    """An address with the name and password that another one has, unless it has its own."""
    userinfo, at, _ = urlsplit(other).netloc.rpartition("@")
    parts = urlsplit(url)
    if not at or "@" in parts.netloc:
        return url
    return urlunsplit(parts._replace(netloc=f"{userinfo}@{parts.netloc}"))


def front_page(url: str | None) -> str | None:
    """The front page of the site that an address belongs to; None where the address is one itself.

    A folder that is a person's own (`/~name/`, a project's pages) counts as a site.
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    segments = [segment for segment in parts.path.split("/") if segment]
    own = segments[:1] if segments and (segments[0][0] == "~" or _SHARED_HOST.fullmatch(parts.netloc)) else []
    if not parts.netloc or (segments == own and not parts.query):
        return None
    return urlunsplit((parts.scheme, parts.netloc, "/".join(["", *own, ""]), "", ""))


def guess_paths(url: str) -> tuple[str, ...]:
    """Addresses where a feed often lies, the likeliest first: in the page's own folder, its section, its site."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ()
    segments = [segment for segment in parts.path.split("/") if segment]
    if segments and "." in segments[-1]:
        segments.pop()
    own = "/".join(["", *segments, ""])
    section = "/".join(["", *segments[:1], ""])
    front = urlsplit(front_page(url) or url).path if segments else "/"
    # What lies deep is an article, and a feed in its folder would be one of its comments.
    folders = dict.fromkeys((own, front, "/", section) if len(segments) < 3 else (front, "/", section))
    guesses = [f"{folder}{path}" for path in _PATHS for folder in folders]
    guesses += [f"/{name}/{path}" for name in _SECTIONS for path in _PATHS[:3]]
    made = (guess.partition("?") for guess in guesses)
    return tuple(dict.fromkeys(urlunsplit((parts.scheme, parts.netloc, path, query, "")) for path, _, query in made))


def _normalised(text: str) -> str:
    address = _spelled_out(mended(without_feed_scheme(picked_out(text))))
    if address.startswith("@"):
        raise UsageError(f"{address[:80]} is a name without its place: paste the address of the page.")
    if _FILE.match(address):
        raise UsageError(
            f"{address[:80]} is a file: feeds are read from the web only. A list of sources can be imported."
        )
    scheme = _SCHEME.match(address)
    if scheme and scheme[1].lower() not in _PORTS:
        raise UsageError(f"Only http and https addresses can be read, not {scheme[1].lower()}:.")
    address = _WEB_SCHEME.sub(r"\1://", address, count=1) if scheme else "https://" + address.lstrip("/")
    try:
        parts = urlsplit(address)
        host = _DOTS.sub(".", parts.hostname or "")
        port = parts.port
    except ValueError as error:
        raise UsageError(f"{address[:80]} is not an address.", str(error)) from error
    if not _may_be(host, port) or " " in parts.netloc or len(address) > MAX_URL:
        raise UsageError(f"{address.removeprefix('https://')[:80] or 'Nothing'} is not an address.")
    path, query = (quote(part, safe=_KEPT) if " " in part else part for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme.lower(), _lower_host(parts.netloc), path, query, ""))


_KEPT: Final = "!#$%&'()*+,/:;=?@[]~"  # of a path or query with blanks, which alone are to be encoded


def _may_be(host: str, port: int | None) -> bool:
    """Whether a host can be one: a name of several parts with letters in the last, an IP address, this machine."""
    if ":" in host or host == "localhost" or _IPV4.fullmatch(host):
        return True
    labels = host.rstrip(".").split(".")
    if not all(labels) or (len(labels) > 1 and labels[-1].isdecimal()):
        return False
    return len(labels) > 1 or port is not None


def _spelled_out(address: str) -> str:
    """The web address that a short form stands for."""
    if match := _CLONE.fullmatch(address):
        return f"https://{match[1]}/{match[2]}"
    if match := _FEDIVERSE_NAME.fullmatch(address):
        return f"https://{match[2]}/@{match[1]}"
    if _IPV6.fullmatch(address):
        return f"https://[{address}]"
    if match := _COMMUNITY_NAME.fullmatch(address):
        return f"https://{match[2]}/c/{match[1]}"
    if match := _REDDIT_NAME.fullmatch(address):
        return f"https://www.reddit.com/{'r' if match[1] in 'rR' else 'user'}/{match[2]}"
    return address


def _lower_host(netloc: str) -> str:
    """A network location with its host in lower case; name and password keep theirs."""
    user, at, place = netloc.rpartition("@")
    return f"{user}{at}{_DOTS.sub('.', place.lower())}"
