"""What all lists of subscriptions share: which addresses are taken, and each of them once.

A list may be OPML or newsboat's `urls`. Whatever is left out is said in a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from newsreader.bounds import MAX_NAME, MAX_URL
from newsreader.text import count_of, one_line, without_userinfo

if TYPE_CHECKING:
    from newsreader.model import KeptQuery, SavedSearch, Subscription

FOLDER_SEPARATOR: Final = " / "
"""Stands between the names of nested folders (`folder_of`, `path_of`)."""

_MAX_FOLDERS: Final = 10  # nested folders that are told apart; deeper ones count as the tenth
_MAX_SHOWN: Final = 80  # characters of an address in a sentence
_NAMED: Final = 5  # addresses that a sentence about several of them names
_COMMANDS: Final = ("exec:", "filter:", "|")
_FEED_SCHEME = re.compile(r"(?:feed:(?://)?(?=https?:)|feed:(?=//))", re.IGNORECASE)
_HOST_ONLY = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$)")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class FeedList:
    """A list as read: its title, each address once, searches, and a sentence for everything that was left out.

    `queries` are searches in the language of another reader, `searches` are smart sources in ours.

    `merged` names the addresses that stood in the list again. `notes` say what was understood in a way that the
    person may not expect. A list that is not whole is cut off or damaged: its first problem says how.
    """

    title: str = ""
    subscriptions: tuple[Subscription, ...] = ()
    problems: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    queries: tuple[KeptQuery, ...] = ()
    searches: tuple[SavedSearch, ...] = ()
    notes: tuple[str, ...] = ()
    is_whole: bool = True

    def remarks(self) -> tuple[str, ...]:
        """Everything that is to be said of the reading, in sentences for the person."""
        said = [*self.problems, *self.notes]
        if self.merged:
            names = ", ".join(dict.fromkeys(self.merged[:_NAMED])) + (", …" if len(self.merged) > _NAMED else "")
            said.append(f"{count_of(len(self.merged), 'source')} stood in the list again; the first was kept: {names}.")
        return tuple(said)


@dataclass(slots=True)
class Gathering:
    """Subscriptions on their way out of a list: the first of an address stays, later ones add what it lacks."""

    found: dict[str, Subscription] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    searches: dict[SavedSearch, None] = field(default_factory=dict)

    def take(self, subscription: Subscription) -> None:
        """Take a subscription, or give what it says to the one of the same address."""
        key = same_address(subscription.url)
        known = self.found.get(key)
        if known is None:
            self.found[key] = subscription
            return
        self.merged.append(subscription.title or shown(subscription.url))
        self.found[key] = known._replace(
            title=known.title or subscription.title,
            folder=known.folder or subscription.folder,
            link=known.link or subscription.link,
            tags=tuple(dict.fromkeys((*known.tags, *subscription.tags))),
            interval=known.interval or subscription.interval,
            settings=known.settings or subscription.settings,
        )

    def leave_out(self, name: str, reason: str) -> None:
        """Note why something was not taken."""
        self.problems.append(f"{name}: {reason}")


def address(given: str) -> tuple[str | None, str]:
    """The address that is meant, if it can be fetched; else None with the reason."""
    match = _FEED_SCHEME.match(given)
    url = given[match.end() :] if match else given
    if url.startswith("//"):
        url = "https:" + url
    if _HOST_ONLY.match(url):
        url = f"https://{url}"
    reason = _fault(url)
    return (None, reason) if reason else (url, "")


def is_address(given: str) -> bool:
    """Whether a word looks like something that a list of subscriptions holds, taken or not."""
    return _SCHEME.match(given) is not None or address(given)[0] is not None


def same_address(url: str) -> str:
    """What two spellings of one feed's address share: not the scheme, the host's case, a usual port, a fragment."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return url
    if port == _DEFAULT_PORTS.get(parts.scheme.lower()):
        port = None
    userinfo = parts.netloc.rpartition("@")[0]
    return f"{userinfo}@{host}:{port or ''}{parts.path or '/'}?{parts.query}"


def folder_of(path: tuple[str, ...]) -> str | None:
    """Nested folders as one name, None for none.

    In the name of a folder a word that is nothing but slashes gets one more, so that `path_of` finds it again:
    "News / World" inside "My" is "My / News // World".
    """
    return FOLDER_SEPARATOR.join(map(_escape, path[:_MAX_FOLDERS])) or None


def path_of(folder: str | None) -> tuple[str, ...]:
    """The names of nested folders, the outermost first: what `folder_of` was given."""
    path: list[list[str]] = [[]]
    for word in one_line(folder or "").split(" "):
        if word == "/":
            path.append([])
        elif word:
            path[-1].append(word[1:] if not word.strip("/") else word)
    return tuple(" ".join(words) for words in path if words)[:_MAX_FOLDERS]


def shown(url: str) -> str:
    """An address as sentences show it: short, and without name and password."""
    return one_line(without_userinfo(url), _MAX_SHOWN)


def name(text: str) -> str:
    """The name of a source, a folder or a tag, as lists give it."""
    return one_line(text, MAX_NAME)


def _escape(folder: str) -> str:
    return " ".join(word if word.strip("/") else f"{word}/" for word in folder.split(" "))


def _fault(url: str) -> str:
    """Why an address cannot be fetched; "" for one that can."""
    lowered, reason = url.lower(), ""
    if not url:
        reason = "it has no address."
    elif len(url) > MAX_URL:
        reason = "its address is too long."
    elif lowered.startswith(("http://", "https://")):
        reason = "" if _host(url) else "its address has no host."
    elif lowered.startswith(_COMMANDS):
        reason = f"it runs a command, which is not supported ({shown(url)})."
    elif lowered.startswith("query:"):
        reason = "it is a search in another reader."
    else:
        reason = f"its address is not one of the web ({shown(url)})."
    return reason


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
