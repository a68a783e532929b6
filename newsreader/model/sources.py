"""A source: its settings, how it does, what is to be done about it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from newsreader.model.library import Change


class SourceKind(StrEnum):
    """What serves a source."""

    FEED = "feed"
    BUILTIN = "builtin"  # the handbook: never fetched, not in OPML
    SAVED = "saved"  # pages saved one by one: each is fetched by itself, none in OPML


class FullTextMode(StrEnum):
    """What opening an article of a source shows first."""

    AUTO = "auto"  # the full text where the feed gives a stub
    FULL = "full"  # always the full text
    FEED = "feed"  # always what the feed gave


def _opens_as(mode: FullTextMode, learnt: FullTextMode | None, usual: FullTextMode) -> FullTextMode:
    if mode is not FullTextMode.AUTO:
        return mode
    return usual if usual is not FullTextMode.AUTO else learnt or mode


_SECRETS: Final = frozenset({"headers", "secret", "proxy"})


class SourceSettings(NamedTuple):
    """What the person set for one source; None and empty mean as for every source.

    `interval` is seconds between two askings. `user` and `secret` are for Basic authentication (RFC 7617); a secret is
    never stored but named: `env:NAME`, `command:ARGV` or `file:PATH` (readable by its owner only). The value of a
    header may name one in the same way. `proxy` is an http, https or socks5 address, or "none". `keep` says how long
    its articles are kept (`read_keep`); it has nothing to do with fetching. `paused` is the moment (Unix seconds) since
    when the source is not fetched; `notify` that the person is told of what comes in.
    """

    interval: int | None = None
    user_agent: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    user: str | None = None
    secret: str | None = None
    proxy: str | None = None
    keep: str | None = None
    paused: int | None = None
    notify: bool | None = None

    def __repr__(self) -> str:
        """All but what may be a secret, which no log is to hold."""
        told = (f"{name}={value!r}" for name, value in self._asdict().items() if name not in _SECRETS)
        return f"SourceSettings({', '.join(told)})"


class Source(NamedTuple):
    """A subscription as panes and commands show it.

    `offer` is an address at which the feed was found again after it was lost, or to which it moved without what was set
    for its old origin (`Store.take_offer`). `retired` says that
    its server called it gone for good (410). `silent_since` is its newest article's moment, given only where the
    source is silent for much longer than its posts were apart. `learnt` is how its articles are better opened, where
    the last full texts taught something (`store.learning`); it counts as long as the mode is AUTO. `paused` is the
    moment since when it is not fetched, None for one that is; `gap` the usual seconds between two of its articles.
    """

    id: int
    title: str
    url: str
    kind: SourceKind
    folder: str | None
    link: str | None
    unread: int
    total: int
    error: str | None
    last_success: int | None
    next_due: int | None
    full_text_mode: FullTextMode = FullTextMode.AUTO
    offer: str | None = None
    retired: bool = False
    silent_since: int | None = None
    learnt: FullTextMode | None = None
    tags: tuple[str, ...] = ()
    paused: int | None = None
    gap: int | None = None

    def opens_as(self, usual: FullTextMode = FullTextMode.AUTO) -> FullTextMode:
        """How its articles open: as the person set, for it or for all (`usual`), else as was learnt."""
        return _opens_as(self.full_text_mode, self.learnt, usual)


class FetchState(NamedTuple):
    """What refreshing a source needs to know and writes back: validators (RFC 9110), hash, errors, schedule.

    `status` is the HTTP status of the last answer. `ttl`, `skip_hours` and `skip_days` are the feed's own hints, kept
    because an unchanged feed is not read again, as is its `problem`: what was repaired, cut or left out of it.
    `newest` is its newest article's moment, `gap` the usual seconds between two of them while it posted. `looked_at` is
    when its new address was looked for last, `offer_about` what stands at the one that is offered. `size` is how many
    bytes its last document had, `full_texts` how many of the last full texts said more, and of how many. Settings,
    title, address and mode are the source's and only read here; `every` is the interval that the person set for all
    sources, which stands in no library.
    """

    source_id: int
    url: str
    title: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    last_attempt: int | None = None
    last_success: int | None = None
    next_due: int | None = None
    error: str | None = None
    error_count: int = 0
    interval: int | None = None
    full_text_mode: FullTextMode = FullTextMode.AUTO
    status: int | None = None
    ttl: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    offer: str | None = None
    newest: int | None = None
    gap: int | None = None
    settings: SourceSettings = SourceSettings()
    problem: str | None = None
    looked_at: int | None = None
    offer_about: str | None = None
    learnt: FullTextMode | None = None
    size: int | None = None
    full_texts: tuple[int, int] = (0, 0)
    every: int | None = None

    def opens_as(self, usual: FullTextMode = FullTextMode.AUTO) -> FullTextMode:
        """How the articles of the source open: as the person set, for it or for all (`usual`), else as was learnt."""
        return _opens_as(self.full_text_mode, self.learnt, usual)


class SourceHealth(NamedTuple):
    """How a source does, for its panel and for `doctor --sources`; `held_until` is when its host may be asked again.

    `reason` says in a sentence what is wrong, None when nothing is; `fix` what to do about it; `key` is the id of the
    command that does it (`ui.keys`), where there is one. `weekly` is articles a week while it posts.
    """

    source: Source
    state: FetchState
    weekly: float | None
    held_until: int | None
    reason: str | None
    fix: str | None
    key: str | None


class AddedSources(NamedTuple):
    """What adding subscriptions gave: their ids in the order asked for, which of them are new, and the change."""

    ids: tuple[int, ...]
    new: frozenset[int]
    change: Change
