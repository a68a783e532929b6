"""The settings of a source as a person writes and reads them: one line of text for each. Pure.

`set` on the command line and the source's panel both use this. What is written here is checked for its form only;
whether a secret can be had shows when the source is fetched.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from newsreader.bounds import MAX_NAME, MAX_URL, OWN_INTERVALS
from newsreader.errors import UsageError
from newsreader.model import SourceSettings, read_keep
from newsreader.text import iso_utc, one_line, without_userinfo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

SETTINGS: Final = ("interval", "user-agent", "headers", "auth", "proxy", "keep", "notify")
"""The names of the settings, in the order in which they are shown."""

_SECONDS: Final = {"m": 60, "h": 3_600, "d": 86_400, "w": 7 * 86_400}
_DURATION: Final = r"(\d{1,6})\s*(m|h|d|w)(?:in|inutes?|ours?|ays?|eeks?)?"
_REFERENCE: Final = r"(?:env|command|file):\s*(?s:\S.*)"
_HEADER_REFERENCE: Final = rf"(?:[A-Za-z]+ )?{_REFERENCE}"  # Bearer env:NAME
_NAMES_A_WAY: Final = r"(?:env|command|file):"
_FIELD_NAME: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # RFC 9110 5.6.2
_FIELD_VALUE: Final = r"[\x20-\x7e]*"  # RFC 9110 5.5, without what only some servers take
_CONNECTIONS_OWN: Final = frozenset(
    {"connection", "content-length", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"}
)
_PROXIES: Final = frozenset({"http", "https", "socks5", "socks5h"})
_HIDDEN: Final = "(hidden)"


def parse_setting(settings: SourceSettings, key: str, text: str) -> SourceSettings:
    """The settings with one of them as the text says; an empty text puts it back to what every source has.

    - interval: `auto`, or a time: `30m`, `2h`, `1d`.
    - user-agent: the words, or `auto`.
    - headers: `Name: value`, one a line; it replaces the one of that name, `Name:` takes it away, `none` all of them.
    - auth: a name and where its password stands: `ada env:NAME`, `ada command:ARGV`, `ada file:PATH`, or `none`.
    - proxy: an http, https or socks5 address, `none` for a direct way, `auto` for what the environment says.
    - notify: `yes` tells of what comes in, `no`.
    - keep: `all`, `90d`, `500` articles, both, with `unread` also unread ones go; `auto` as [retention] says.

    Raises UsageError with what is wrong, and never with a secret in it.
    """
    parser = _PARSERS.get(key.replace("_", "-"))
    if parser is None:
        raise UsageError(f"There is no setting {one_line(key, 40)}. There are {', '.join(SETTINGS)}.")
    return parser(settings, text.strip())


def show_setting(settings: SourceSettings, key: str) -> str:
    """One setting in a line, as `parse_setting` reads it; the value of a header is hidden unless it is a reference."""
    shown = {
        "interval": show_duration(settings.interval) if settings.interval else "auto",
        "user-agent": settings.user_agent or "auto",
        "headers": ", ".join(f"{name}: {_shown(value)}" for name, value in settings.headers) or "none",
        "auth": " ".join(filter(None, (settings.user, settings.secret))) or "none",
        "proxy": without_userinfo(settings.proxy or "auto"),
        "keep": settings.keep or "auto",
        "notify": "yes" if settings.notify else "no",
    }.get(key.replace("_", "-"))
    if shown is None:
        raise UsageError(f"There is no setting {one_line(key, 40)}. There are {', '.join(SETTINGS)}.")
    return shown


def written_settings(settings: SourceSettings) -> tuple[tuple[str, str], ...]:
    """What is set but the interval, as texts that `read_settings` reads; whatever may be secret is left out."""
    headers = "\n".join(
        f"{name}: {value}" for name, value in settings.headers if re.fullmatch(_HEADER_REFERENCE, value)
    )
    refers = settings.user and re.fullmatch(_REFERENCE, settings.secret or "")
    auth = f"{settings.user} {settings.secret}" if refers else ""
    written = {
        "user-agent": settings.user_agent or "",
        "headers": headers,
        "auth": auth,
        "proxy": without_userinfo(settings.proxy or ""),
        "keep": settings.keep or "",
        "notify": "yes" if settings.notify else "",
        "paused": iso_utc(settings.paused) if settings.paused is not None else "",
    }
    return tuple((key, text) for key, text in written.items() if text)


def is_written_whole(url: str, settings: SourceSettings) -> bool:
    """Whether nothing of a source is left out where all that may be secret is."""
    written, _ = read_settings(written_settings(settings))
    return without_userinfo(url) == url and written == settings._replace(interval=None)


def read_settings(texts: Iterable[tuple[str, str]]) -> tuple[SourceSettings, tuple[str, ...]]:
    """The settings of such texts, and a sentence for each that makes no sense and is left out."""
    settings, problems = SourceSettings(), []
    for key, text in texts:
        try:
            settings = parse_setting(settings, key, text)
        except UsageError as mistake:
            problems.append(mistake.phrase)
    return settings, tuple(problems)


def show_duration(seconds: int) -> str:
    """A time as `parse_setting` reads it, in the largest unit that has it whole: "90m", "2h", "1d"."""
    for letter in ("d", "h"):
        if seconds % _SECONDS[letter] == 0:
            return f"{seconds // _SECONDS[letter]}{letter}"
    return f"{max(1, seconds // 60)}m"


def _shown(value: str) -> str:
    return value if re.fullmatch(_HEADER_REFERENCE, value) else _HIDDEN


def _interval(settings: SourceSettings, text: str) -> SourceSettings:
    if text.casefold() in {"", "auto"}:
        return settings._replace(interval=None)
    found = re.fullmatch(_DURATION, text.casefold())
    if found is None:
        raise UsageError(f"“{one_line(text, 40)}” is no time. Write auto, 30m, 2h or 1d.")
    seconds = int(found.group(1)) * _SECONDS[found.group(2)]
    least, most = OWN_INTERVALS
    if seconds < least:
        raise UsageError(f"That is too often: {show_duration(least)} is the least, out of courtesy.")
    if seconds > most:
        raise UsageError(f"That is too seldom: {show_duration(most)} is the most.")
    return settings._replace(interval=seconds)


def _user_agent(settings: SourceSettings, text: str) -> SourceSettings:
    if text.casefold() in {"", "auto"}:
        return settings._replace(user_agent=None)
    _check_value(text, "A user agent")
    return settings._replace(user_agent=text)


def _headers(settings: SourceSettings, text: str) -> SourceSettings:
    if text.casefold() in {"", "none"}:
        return settings._replace(headers=())
    for line in filter(None, map(str.strip, text.splitlines())):
        name, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or not re.fullmatch(_FIELD_NAME, name):
            raise UsageError("Write a header as Name: value; Name: alone takes it away.")
        if name.casefold() in _CONNECTIONS_OWN:
            raise UsageError(f"{name} belongs to the connection and cannot be set.")
        _check_value(value, f"The value of {name}")
        if re.match(_NAMES_A_WAY, value) and not re.fullmatch(_REFERENCE, value):
            raise UsageError("After env:, command: or file: comes where the value is.")
        others = tuple(each for each in settings.headers if each[0].casefold() != name.casefold())
        settings = settings._replace(headers=(*others, (name, value)) if value else others)
    return settings


def _auth(settings: SourceSettings, text: str) -> SourceSettings:
    if text.casefold() in {"", "none"}:
        return settings._replace(user=None, secret=None)
    user, _, reference = text.partition(" ")
    reference = reference.strip()
    if not reference:
        raise UsageError("Write a name and where its password stands: ada env:NAME, ada command:… or ada file:PATH.")
    if not re.fullmatch(_REFERENCE, reference):
        raise UsageError("A password is never kept here. Name where it stands: env:NAME, command:… or file:PATH.")
    _check_value(reference, "What follows the name")
    if ":" in user:
        raise UsageError("A name for this has no colon (RFC 7617).")
    return settings._replace(user=one_line(user, MAX_NAME), secret=reference)


def _proxy(settings: SourceSettings, text: str) -> SourceSettings:
    word = text.casefold()
    if word in {"", "auto"}:
        return settings._replace(proxy=None)
    if word == "none":
        return settings._replace(proxy="none")
    try:
        parts = urlsplit(text)
        sound = parts.scheme in _PROXIES and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        sound = False
    if not sound or len(text) > MAX_URL or text != one_line(text):
        raise UsageError("Write a proxy as http://host:port or socks5://host:port; none for a direct way, or auto.")
    return settings._replace(proxy=text)


def _keep(settings: SourceSettings, text: str) -> SourceSettings:
    if text.casefold() in {"", "auto"}:
        return settings._replace(keep=None)
    try:
        return settings._replace(keep=str(read_keep(text, of_one=True)))
    except ValueError as mistake:
        raise UsageError(one_line(str(mistake))) from mistake


def _notify(settings: SourceSettings, text: str) -> SourceSettings:
    word = text.casefold()
    if word not in {"yes", "no", "auto", ""}:
        raise UsageError("Write yes or no.")
    return settings._replace(notify=True if word == "yes" else None)


def _paused(settings: SourceSettings, text: str) -> SourceSettings:
    """The moment since when it pauses, as lists of sources carry it; a person pauses a source by a key or command."""
    if not text:
        return settings._replace(paused=None)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as mistake:
        raise UsageError("A source pauses since a moment such as 2026-11-23T18:00:00Z.") from mistake
    return settings._replace(paused=int(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()))


def _check_value(text: str, what: str) -> None:
    if not re.fullmatch(_FIELD_VALUE, text):
        raise UsageError(f"{what} may hold plain letters, digits and signs only (ASCII).")
    if len(text) > MAX_URL:
        raise UsageError(f"{what} is too long.")


_PARSERS: Final[Mapping[str, Callable[[SourceSettings, str], SourceSettings]]] = {
    "interval": _interval,
    "user-agent": _user_agent,
    "headers": _headers,
    "auth": _auth,
    "proxy": _proxy,
    "keep": _keep,
    "notify": _notify,
    "paused": _paused,
}
