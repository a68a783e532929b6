"""One fetch on its way through redirects: where it is, what it may say there, and where it goes next."""

from __future__ import annotations

import warnings
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

import httpx

from newsreader import __version__, bounds
from newsreader.errors import FetchError
from newsreader.fetch import addresses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsreader.fetch.gate import Room

REDIRECTS: Final = frozenset({300, 301, 302, 303, 307, 308})
_PERMANENT: Final = frozenset({301, 308})


@dataclass(slots=True)
class Trip:
    """`own` are header lines that only the origin of the first address gets, `credentials` those of the address itself.

    `left` is seconds. `moved`: every redirect until now was permanent. `public`: it was in the internet, so that it may
    not be led into a private network.
    """

    address: str = field(repr=False)
    url: httpx.URL
    credentials: str | None = field(repr=False)
    etag: str | None
    last_modified: str | None
    accept: str
    urgent: bool
    left: float
    own: Mapping[str, str] = field(default_factory=dict, repr=False)
    proxy: str | None = field(default=None, repr=False)
    room: Room | None = None
    hops: int = 0
    moved: bool = True
    public: bool = False
    cookies: httpx.Cookies | None = None
    seen: set[tuple[str, str]] = field(default_factory=set)

    def request(self, connect_timeout: float) -> httpx.Request:
        """What is asked where the trip is now."""
        lines = {
            "User-Agent": f"newsreader/{__version__}",
            "Accept": self.accept,
            "Accept-Encoding": "gzip, deflate",
        }
        if self.etag:
            lines["If-None-Match"] = self.etag
        if self.last_modified:
            lines["If-Modified-Since"] = self.last_modified
        if self.credentials:
            lines["Authorization"] = self.credentials
        if self.own:
            given = {name.lower() for name in self.own}
            lines = {name: value for name, value in lines.items() if name.lower() not in given} | dict(self.own)
        extensions = {"timeout": {"connect": connect_timeout}, "public": self.public}
        request = httpx.Request("GET", self.url, headers=lines, extensions=extensions)
        if self.cookies is not None:
            with suppress(UnicodeError):  # no header can hold it
                self.cookies.set_cookie_header(request)
        return request

    def turn(self, request: httpx.Request, response: httpx.Response) -> None:
        """Point the trip at the address a redirect names, or raise FetchError where it leads nowhere."""
        host = self.url.host
        location = next(iter(response.headers.get_list("location")), "").strip()  # some name the same one twice
        if not location:
            raise FetchError(
                f"{host} answered {response.status_code}: a redirect that names no address. "
                "Only its owner can mend that.",
                status=response.status_code,
            )
        if "set-cookie" in response.headers:
            self._remember_cookies(request, response)
        old = self.url
        self.seen.add((str(old), request.headers.get("cookie", "")))
        self.hops += 1
        if self.hops > bounds.MAX_REDIRECTS:
            raise FetchError(f"The address redirects more than {bounds.MAX_REDIRECTS} times. Look at it in a browser.")
        try:
            self.url, _ = addresses.parse(urljoin(str(old), location))
        except (FetchError, ValueError) as error:
            raise FetchError(
                f"{host} redirects to an address that cannot be fetched: {addresses.shown(location)}",
                status=response.status_code,
            ) from error
        if not addresses.keeps_credentials(old, self.url):
            self.credentials = None
            self.own = {}
        downgraded = old.scheme == "https" and self.url.scheme == "http"
        self.moved = self.moved and response.status_code in _PERMANENT and not downgraded
        cookie = "" if self.cookies is None else self.request(0).headers.get("cookie", "")
        if (str(self.url), cookie) in self.seen:
            raise FetchError("The address redirects in a circle. Look at it in a browser.")

    def moved_to(self) -> str | None:
        """The new address of what was asked for, if every redirect on the way was permanent."""
        if not self.hops or not self.moved:
            return None
        return addresses.with_credentials(self.url, self.address) if self.credentials else str(self.url)

    def _remember_cookies(self, request: httpx.Request, response: httpx.Response) -> None:
        """Keep a cookie until this fetch ends: some sites redirect in a circle until they see theirs again."""
        if self.cookies is None:
            self.cookies = httpx.Cookies()
        response.request = request
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # one that http.cookiejar cannot read comes with a traceback on the screen
            self.cookies.extract_cookies(response)
