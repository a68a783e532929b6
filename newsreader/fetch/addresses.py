"""Web addresses as the fetcher needs them: checked, without name and password, and told apart by where they lead.

RFC 3986 for the form; which networks are private follows the registries that the stdlib's `ipaddress` carries.
"""

from __future__ import annotations

import base64
import ipaddress
import socket
from typing import Final

import httpx

from newsreader.bounds import MAX_URL
from newsreader.errors import FetchError
from newsreader.log import without_secrets
from newsreader.text import keeps_secrets, one_line

_PORTS: Final = {"http": 80, "https": 443}


def parse(address: str) -> tuple[httpx.URL, str | None]:
    """Read an address: the URL to ask without user information and fragment, and its Basic credentials if it has any.

    Raises FetchError with a phrase for anything that is no http or https address with a host.
    """
    address = address.strip()
    if not address:
        raise FetchError("There is no address to fetch.")
    if len(address) > MAX_URL:
        raise FetchError(f"The address is longer than {MAX_URL:,} characters: {shown(address)}")
    try:
        url = httpx.URL(address)
        host, port = url.host, url.port
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"This is not a usable address: {shown(address)}", str(error)) from error
    if url.scheme not in _PORTS:
        raise FetchError(f"Only http and https addresses can be fetched, and this is none: {shown(address)}")
    if not host or " " in host or "%" in host or (port is not None and not 0 < port < 65_536):
        raise FetchError(f"This is not a usable address: {shown(address)}")
    credentials = _basic(url) if url.userinfo else None
    if url.userinfo or url.fragment:
        url = url.copy_with(userinfo=b"", fragment=None)
    return url, credentials


def _basic(url: httpx.URL) -> str:
    """The value of an Authorization header for the name and password of a URL (RFC 7617)."""
    return "Basic " + base64.b64encode(f"{url.username}:{url.password}".encode()).decode("ascii")


def shown(address: str | httpx.URL) -> str:
    """An address as people and logs may see it: no name, no password, no query, one line, at most 200 characters."""
    return one_line(without_secrets(str(address)), 200)


def with_credentials(url: httpx.URL, original: str) -> str:
    """The new address of a source that moved: `url` with the name and password that `original` had."""
    return str(url.copy_with(userinfo=httpx.URL(original).userinfo))


def origin(url: httpx.URL) -> tuple[str, str, int | None]:
    """Scheme, host and port, the default port filled in: what a password may be sent to (RFC 6454)."""
    return url.scheme, url.host, url.port or _PORTS.get(url.scheme)


def keeps_credentials(old: httpx.URL, new: httpx.URL) -> bool:
    """Whether a redirect may take the password along: to the same origin, or from http to https of the same host."""
    return keeps_secrets(str(old), str(new))


def is_private(host: str) -> bool:
    """Whether a host, as it stands, is this machine or a network of one's own: literal addresses and "localhost"."""
    host = host.rstrip(".").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    address = _literal(host.partition("%")[0])
    if address is None:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return not (mapped or address).is_global


def is_loopback(host: str) -> bool:
    """Whether a host, as it stands, is this machine: no proxy is asked for it."""
    host = host.rstrip(".").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    address = _literal(host)
    return address is not None and address.is_loopback


def is_literal(host: str) -> bool:
    """Whether a host is an address already, and no name."""
    return _literal(host) is not None


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """A literal address, also as resolvers read it: "127.1", "2130706433", "0x7f.1" are this machine (inet_aton)."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    if not host[:1].isdigit():
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None
