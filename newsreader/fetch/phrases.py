"""Failures of the network in full sentences: what happened and what to do; the cause is for the log. Pure.

Nothing a server sent is quoted here: its reason phrase is its own prose, and may carry escape sequences.
"""

from __future__ import annotations

import errno
import socket
import ssl
from typing import TYPE_CHECKING, Final

import httpx

from newsreader.errors import FetchError, Offline, UnknownHost, Unreachable, Untrusted
from newsreader.fetch.addresses import is_literal, is_private, shown
from newsreader.log import without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator

_AGAIN: Final = " It will be tried again."
_WHEN_ALLOWED: Final = " It will be tried again when it allows."
_STATUS: Final = {
    400: "{host} answered 400: it does not understand the request. Check the address.",
    401: "{host} answered 401: it wants a name and a password. A source can have them in its settings.",
    402: "{host} answered 402: it wants to be paid. Look at the page in a browser.",
    403: "{host} answered 403: it blocks readers, or this address is not public. Another user agent may help.",
    404: "{host} answered 404: there is no document at this address. Add the site's own address to find it again.",
    406: "{host} answered 406: it has no document in a form that can be read here. Another user agent may help.",
    407: "The proxy answered 407: it wants a name and a password. Put them into http_proxy or https_proxy.",
    408: "{host} answered 408: it gave up waiting. It will be tried again.",
    410: "{host} answered 410: this address is gone for good. Remove the source, or look for its new address.",
    421: "{host} answered 421: this host does not serve the address. Check it.",
    429: "{host} answered 429: it is asked too often. It will be tried again when it allows.",
    451: "{host} answered 451: it may not show this here, for legal reasons. Look at the page in a browser.",
    503: "{host} answered 503: it is too busy or under repair. It will be tried again.",
}
_STATUS_OF_PAGE: Final = {
    404: "{host} answered 404: there is no page at this address any more.",
    410: "{host} answered 410: this page is gone for good.",
}
"""Where a page is asked for and not a source: there is nothing to look for."""

_TLS: Final = {
    9: "is not valid yet. Check the clock of this computer.",
    10: "has expired. Only the site's owner can renew it.",
    18: "is signed by nobody but itself. Only the site's owner can mend that.",
    19: "is signed by an authority that is not known here. Only the site's owner can mend that.",
    20: "is signed by an authority that is not known here. Only the site's owner can mend that.",
    62: "is for another host. Check the address.",
    64: "is for another address. Check it.",
}
_NO_TLS: Final = {
    ": it speaks plain http. Try http://.": frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL"}),
    ": it offers only what is safe no longer. Only its owner can mend that.": frozenset(
        {
            *("TLSV1_ALERT_PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL", "NO_PROTOCOLS_AVAILABLE", "DH_KEY_TOO_SMALL"),
            *("SSLV3_ALERT_HANDSHAKE_FAILURE", "TLSV1_ALERT_INSUFFICIENT_SECURITY", "WRONG_SIGNATURE_TYPE"),
            *("UNSAFE_LEGACY_RENEGOTIATION_DISABLED", "BAD_ECPOINT", "EE_KEY_TOO_SMALL", "CA_MD_TOO_WEAK"),
        }
    ),
    ": it does not know this name. Check the address.": frozenset({"TLSV1_UNRECOGNIZED_NAME"}),
}
_NO_NETWORK: Final = frozenset({errno.ENETUNREACH, errno.ENETDOWN})
_NO_WAY: Final = "There is no way from this network to {where}. It will be tried again."
_REFUSED: Final = "Nothing answers at {where}: it refuses the connection. It will be tried again."
_SILENT: Final = "There was no answer from {where}: it may be down. It will be tried again."
_BROKEN: Final = "The connection was broken off by {where}. It will be tried again."
_BY_NUMBER: Final = {
    errno.ENETUNREACH: _NO_WAY,
    errno.ENETDOWN: _NO_WAY,
    errno.EHOSTUNREACH: _NO_WAY,
    errno.EHOSTDOWN: _NO_WAY,
    errno.EADDRNOTAVAIL: _NO_WAY,
    errno.ECONNREFUSED: _REFUSED,
    errno.ETIMEDOUT: _SILENT,
    errno.ECONNRESET: _BROKEN,
    errno.ECONNABORTED: _BROKEN,
    errno.EPIPE: _BROKEN,
}
_UNHEARD: Final = frozenset({_NO_WAY, _SILENT})  # so it looks too where this computer has lost its network
_NO_NAME: Final = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
_WALLED: Final = (
    "No site can be reached safely: either this network wants a login first, which a browser shows, "
    "or the clock of this computer is wrong. What is here can be read all the same."
)
_OFFLINE: Final = "There is no network connection. What is here can be read all the same."


def once(phrase: str) -> str:
    """A failure without what a refresh says of its next try: what a person asks for is not tried again by itself."""
    asked = phrase.removesuffix(_WHEN_ALLOWED)
    return f"{asked} Try again later." if asked != phrase else phrase.removesuffix(_AGAIN)


def for_status(status: int, host: str, *, retry_after: int | None = None) -> FetchError:
    """The error for an answer that is no document."""
    if status in _STATUS:
        phrase = _STATUS[status].format(host=host)
    elif status >= 500:
        phrase = f"{host} answered {status}: the server has a fault. It will be tried again."
    elif status >= 400:
        phrase = f"{host} answered {status}: it refuses this address. Look at it in a browser."
    else:
        phrase = f"{host} answered {status}, without a document. Look at the address in a browser."
    return FetchError(phrase, f"HTTP {status}", status=status, retry_after=retry_after)


def of_page(error: FetchError, host: str) -> FetchError:
    """The same error in words for one page."""
    phrase = _STATUS_OF_PAGE.get(error.status or 0)
    if phrase is None:
        return error
    return FetchError(phrase.format(host=host), error.cause, status=error.status, retry_after=error.retry_after)


def for_failure(error: Exception, host: str, *, proxy: str | None, online: bool) -> FetchError:
    """The error for a request that got no answer.

    `online` says that another host answered a short while ago: then what looks like no network is this host's trouble.
    A name that does not exist is UnknownHost, a host that nothing was heard of Unreachable; but for a proxy, that is to
    be set right, however many it fails, and a private or literal address, of which nobody else says anything.
    """
    cause = without_secrets(f"{type(error).__name__}: {error}")
    causes = list(_causes(error))
    where = f"the proxy for {host}" if proxy else host
    for found in causes:
        if isinstance(found, ssl.SSLError):
            agreed = not isinstance(error, httpx.ConnectError)
            doubted = isinstance(found, ssl.SSLCertVerificationError) and not agreed and _is_named(where, proxy)
            return (Untrusted if doubted else FetchError)(_tls(found, host, agreed=agreed), cause)
    for found in causes:
        if isinstance(found, UnicodeError) and isinstance(error, httpx.ConnectError):
            return FetchError(f'No host can have the name "{host}". Check the address.', cause)
        if isinstance(found, OSError) and (
            failure := _by_number(found, where, cause, proxy=bool(proxy), online=online)
        ):
            return failure
    if isinstance(error, httpx.TimeoutException):
        return _unheard(_SILENT, where, cause, proxy=bool(proxy))
    return FetchError(_by_kind(error, host, where), cause)


def offline(cause: str) -> Offline:
    """The error where there is no network; `cause` is what showed it."""
    return Offline(_OFFLINE, cause)


def cut_off(failure: Unreachable) -> Offline:
    """The error of a host of which, as of all others, nothing was heard, or nothing that can be believed."""
    # A new one each time: an error that was raised has hold of what it came through.
    return Offline(_WALLED, failure.cause) if isinstance(failure, Untrusted) else offline(failure.cause)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and everything that led to it, the members of groups included."""
    seen: set[int] = set()
    waiting: list[BaseException] = [error]
    while waiting:
        found = waiting.pop()
        if id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        waiting.extend(inner for inner in (found.__context__, found.__cause__) if inner is not None)
        if isinstance(found, BaseExceptionGroup):
            waiting.extend(found.exceptions)


def _tls(error: ssl.SSLError, host: str, *, agreed: bool) -> str:
    """What went wrong before a safe connection was `agreed` on, or after."""
    reason = getattr(error, "reason", None) or ""  # only what OpenSSL said itself has one
    if "CERTIFICATE_REQUIRED" in reason:
        return f"{host} wants to see a certificate of its readers, and newsreader has none."
    if agreed:
        return _BROKEN.format(where=host)
    if isinstance(error, ssl.SSLCertVerificationError):
        wrong = _TLS.get(error.verify_code, "cannot be trusted.")
        return f"The connection to {host} is not safe: its certificate {wrong}"
    wrong = next((words for words, reasons in _NO_TLS.items() if reason in reasons), ". It will be tried again.")
    return f"A safe connection to {host} could not be agreed on{wrong}"


def _by_number(error: OSError, where: str, cause: str, *, proxy: bool, online: bool) -> FetchError | None:
    """The error for what the system said; None where that says nothing in particular."""
    number = error.errno
    if isinstance(error, socket.gaierror):
        name = f"The host name {'of ' * proxy}{where}"
        if number in _NO_NAME:
            kind = FetchError if proxy else UnknownHost
            return kind(f"{name} does not exist. Check the address.", cause)
        if number == socket.EAI_AGAIN and not online:
            return offline(cause)
        return FetchError(f"{name} could not be looked up. It will be tried again.", cause)
    if number in _NO_NETWORK and not online:
        return offline(cause)
    if number is None and isinstance(error, ConnectionResetError):
        number = errno.ECONNRESET  # asyncio's own, for a handshake that was broken off
    phrase = _BY_NUMBER.get(number or 0)
    return None if phrase is None else _unheard(phrase, where, cause, proxy=proxy)


def _unheard(phrase: str, where: str, cause: str, *, proxy: bool) -> FetchError:
    """The error for a host with a public name that may be silent for want of a network; else a plain one."""
    kind = Unreachable if phrase in _UNHEARD and _is_named(where, proxy) else FetchError
    return kind(phrase.format(where=where), cause)


def _is_named(where: str, proxy: object) -> bool:
    """Whether this is a host with a public name that is asked itself."""
    return not (proxy or is_literal(where) or is_private(where))


def _by_kind(error: Exception, host: str, where: str) -> str:
    """The phrase for what httpx said, where the system said nothing."""
    if isinstance(error, httpx.ProxyError):
        return f"The proxy for {host} refuses. Check its address, name and password."
    if isinstance(error, httpx.RemoteProtocolError) and "without sending complete" in str(error):
        return f"The answer of {where} broke off before its end. It will be tried again."
    if isinstance(error, httpx.RemoteProtocolError) and "disconnected" in str(error):
        return f"The connection was broken off by {where} without an answer. It will be tried again."
    if isinstance(error, httpx.ProtocolError):
        return f"What {where} sends is no proper HTTP. Only its owner can mend that."
    return f"The connection to {where} failed. It will be tried again."


def linked(url: httpx.URL) -> FetchError:
    """What a public source names is in a private network."""
    return FetchError(
        f"A public source links into a private network, to {shown(url)}, and is not followed. "
        "If you trust it, look at that address in a browser."
    )


def private(url: httpx.URL) -> FetchError:
    """A public address redirects into a private network."""
    return FetchError(
        f"A public address redirects into a private network, to {shown(url)}, and is not followed. "
        "If you trust it, add that address itself."
    )
