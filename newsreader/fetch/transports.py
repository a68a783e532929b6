"""The ways out: our own straight one, and httpx's transport for each proxy of the environment or of a source.

An httpx client would add cookies, redirects, logging of whole addresses and a millisecond of CPU to each request; none
of that is wanted here. The one TLS context is made at the first https address, for it costs tens of milliseconds.
"""

from __future__ import annotations

import importlib.util
import ssl
import sys
from typing import TYPE_CHECKING, Final, cast
from urllib.request import getproxies, proxy_bypass

import httpx

from newsreader.bounds import MAX_FETCHES
from newsreader.errors import FetchError
from newsreader.fetch.addresses import is_loopback, shown
from newsreader.fetch.direct import DirectTransport

if TYPE_CHECKING:
    from types import ModuleType

    from newsreader.fetch.names import Names

_LIMITS: Final = httpx.Limits(max_connections=2 * MAX_FETCHES, max_keepalive_connections=4, keepalive_expiry=15.0)


class Transports:
    """Gives each URL its transport. `fixed` stands in for all of them, in tests and wherever else it is wanted.

    Proxies are those of `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy` (on macOS the system's too), read once;
    this machine itself is never asked through a proxy.
    """

    def __init__(self, fixed: httpx.AsyncBaseTransport | None = None, *, names: Names | None = None) -> None:
        self._fixed = fixed
        self._names = names
        self._made: dict[tuple[str, str | None], httpx.AsyncBaseTransport] = {}
        self._tls: ssl.SSLContext | None = None
        self._proxies = {} if fixed else {key: value for key, value in getproxies().items() if value}

    def proxy_of(self, url: httpx.URL, own: str | None = None) -> str | None:
        """The proxy through which a URL is asked, if any: a source's own, "none", or that of the environment."""
        if own is not None:
            return None if own == "none" else own
        if not self._proxies:
            return None
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all")
        if not proxy or is_loopback(url.host) or proxy_bypass(url.netloc.decode("ascii")):
            return None
        return proxy if "://" in proxy else f"http://{proxy}"

    def transport_of(self, url: httpx.URL, proxy: str | None, *, own: bool = False) -> httpx.AsyncBaseTransport:
        """The transport for a URL, made at its first use. Raises FetchError for a proxy that cannot be used.

        `own` says in its words whether the proxy is a source's own or the environment's.
        """
        if self._fixed is not None:
            return self._fixed
        key = (url.scheme, proxy) if proxy else ("", None)
        if key not in self._made:
            self._made[key] = self._make(url.scheme, proxy, own=own)
        return self._made[key]

    async def close(self) -> None:
        """Close all connections."""
        made, self._made = list(self._made.values()), {}
        for transport in made if self._fixed is None else [self._fixed]:
            await transport.aclose()

    def _make(self, scheme: str, proxy: str | None, *, own: bool) -> httpx.AsyncBaseTransport:
        if proxy is None:
            return DirectTransport(lambda: self._context("https", None), names=self._names)
        _spare_searches()
        cure = "correct the source's settings" if own else "correct http_proxy, https_proxy or all_proxy"
        try:
            _check_port(proxy)
            return httpx.AsyncHTTPTransport(verify=self._context(scheme, proxy), limits=_LIMITS, proxy=proxy)
        except ImportError as error:
            raise FetchError(
                "A SOCKS proxy needs a part that is not installed: install newsreader[socks], or " + cure + ".",
                str(error),
            ) from error
        except (ValueError, httpx.InvalidURL) as error:
            where = "of this source" if own else "of the environment"
            raise FetchError(
                f"The proxy {shown(proxy)} {where} cannot be used: {cure}.", type(error).__name__
            ) from error

    def _context(self, scheme: str, proxy: str | None) -> ssl.SSLContext:
        """The TLS context; for plain http an empty one that trusts nobody and costs nothing."""
        if scheme == "http" and not (proxy or "").startswith("https:"):
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if self._tls is None:
            self._tls = httpx.create_ssl_context()
        return self._tls


def _check_port(proxy: str) -> None:
    """Raise ValueError for a port that is none: httpx hands it on to the system, which has an error of its own."""
    if (httpx.URL(proxy).port or 0) > 65_535:
        raise ValueError("port")


def _spare_searches() -> None:
    """Spare httpcore six searches of the whole import path a request: a quarter of its CPU time.

    It imports sniffio anew for each lock, and a module that is not installed is searched for each time; None in
    `sys.modules` is Python's own way to say that there is no such module.
    """
    if "sniffio" not in sys.modules and importlib.util.find_spec("sniffio") is None:
        cast("dict[str, ModuleType | None]", sys.modules)["sniffio"] = None
