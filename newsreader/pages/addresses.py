"""Addresses in articles: which may stay, made absolute, without what only tracks the reader."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from newsreader.bounds import MAX_URL

_IGNORED: Final = re.compile("[\x00-\x1f\x7f]+")  # browsers leave these out of addresses: "java\nscript:"
_WEB: Final = re.compile("https?://", re.IGNORECASE)
_MAIL: Final = re.compile("mailto:[^?]", re.IGNORECASE)
_SCHEME: Final = re.compile("[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_TRACKERS: Final = re.compile(
    r"(?<=[?&])(?:utm_[a-z_]+|at_(?:medium|campaign|custom\d?|link_\w+)|(?:fb|g|dc|ms|tw|yc|wb|gb)(?:clid|raid)"
    r"|gclsrc|mc_[ce]id|_hsenc|_hsmi|mkt_tok|igshid|oly_(?:anon|enc)_id|vero_id|wickedid|ncid|s_cid|cmpid"
    r"|__twitter_impression|ref_src|ref_url)=[^&#]*(?:&|(?=#)|$)",
    re.IGNORECASE,
)
_LEFT_OVER: Final = re.compile(r"[?&]+(?=#|$)")
_TO_QUOTE: Final = re.compile(r"[^!#$%&'()*+,\-./:;=?@\[\]_~0-9A-Za-z]")
_SAFE: Final = "!#$%&'()*+,-./:;=?@[]_~"
_YOUTUBE: Final = re.compile(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{6,})[^#]*", re.IGNORECASE)


def web_address(address: str, base_url: str = "") -> str | None:
    """Give the absolute http or https form of an address found in an article, or None where there is none.

    Every other scheme (javascript:, data:, file: in any spelling) gives None, and so does what is longer than MAX_URL.
    Tracking parameters are cut off; characters that RFC 3986 forbids are percent-encoded, a host is written in ASCII.
    """
    address = address.strip() if address.isprintable() else _IGNORED.sub("", address).strip()
    if not _WEB.match(address):
        if not address or _SCHEME.match(address):
            return None
        joined = _joined(base_url, address)
        if joined is None:
            return None
        address = joined
    if "[" in address and not _is_whole(address):
        return None
    if "?" in address:
        path, mark, query = address.partition("?")
        address = path + _LEFT_OVER.sub("", _TRACKERS.sub("", mark + query))
    if _TO_QUOTE.search(address):
        address = _quoted(address)
    return address if len(address) <= MAX_URL else None


def link_address(address: str, base_url: str = "") -> str | None:
    """Give what a link may lead to: a web address, a mailto: address, or None."""
    if _MAIL.match(address):
        return quote(_IGNORED.sub("", address.strip()), safe=_SAFE) if len(address) <= MAX_URL else None
    return web_address(address, base_url)


def embedded_address(address: str, base_url: str = "") -> str | None:
    """Give the address of something embedded; of a YouTube player the page that a browser should open."""
    found = web_address(address, base_url)
    return _YOUTUBE.sub(r"https://www.youtube.com/watch?v=\1", found) if found else None


def _joined(base_url: str, address: str) -> str | None:
    if address.startswith("//") and not base_url:
        base_url = "https:"
    try:
        joined = urljoin(base_url, address)
    except ValueError:  # "Invalid IPv6 URL"
        return None
    return joined if _WEB.match(joined) else None


def _is_whole(address: str) -> bool:
    """Whether an address with brackets can be read: they may stand in a query, and around an IPv6 host."""
    try:
        return bool(urlsplit(address).netloc)
    except ValueError:
        return False


def _quoted(address: str) -> str:
    """Percent-encode, the host apart: that becomes IDNA, or the address would lead nowhere."""
    try:
        parts = urlsplit(address)
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
        address = urlunsplit(parts._replace(netloc=host))
    except ValueError:  # UnicodeError is one: not a host name in any script
        pass
    return quote(address, safe=_SAFE)
