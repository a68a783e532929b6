"""The values of newsreader: frozen, slotted, one shape a stage.

bytes -> ParsedFeed(ParsedArticle…) -> ArticleWrite… -> the library -> ArticleHead, Article. Moments are whole Unix
seconds in UTC; `None` means "not given". Every text here has passed `clean_text`; every `…_html` of a Parsed shape is
as it came and passes `pages.clean` before it is stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

NO_IDENTITY: Final = "none"
"""Stands for a content hash, at a guid or address that stood on several articles of its source: it identifies none."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with an article: RSS enclosure, Atom link rel=enclosure, JSON Feed attachment, media:content.

    `length` is bytes, `duration` seconds (itunes:duration, media:content, JSON Feed).
    """

    url: str
    type: str | None = None
    length: int | None = None
    duration: int | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """One item as the feed gave it, decoded and with addresses made absolute, its HTML not yet cleaned.

    `title_html` is given only where it says more than `title` (links, emphasis, invisible marks). `author_mails` are
    the mail addresses of `authors` in their order, "" for one without; empty where no author with a name gave one.
    `reply_to` is the guid of the article that this one answers (RFC 4685), as comment feeds have it.
    """

    guid: str | None = None
    url: str | None = None
    title: str = ""
    authors: tuple[str, ...] = ()
    published: int | None = None
    updated: int | None = None
    summary_html: str | None = None
    content_html: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    categories: tuple[str, ...] = ()
    comments_url: str | None = None
    comments_feed_url: str | None = None
    comments_count: int | None = None
    language: str | None = None
    image_url: str | None = None
    title_html: str | None = None
    author_mails: tuple[str, ...] = ()
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed document as read: what it says of itself, and its articles in document order.

    What it says about asking it again: `ttl` seconds (RSS 2.0 ttl, sy:updatePeriod), `skip_hours` of the day in UTC
    (0 to 23) and `skip_days` of the week (0 is Monday), RSS 2.0.
    `problem` says in words what was repaired or cut; the articles that could be read are here all the same. `cut` says
    that the document breaks off, so that what the server has is not what came.
    `title_html` and `description_html` are given only where they say more than their plain text.
    """

    title: str = ""
    link: str | None = None
    description: str | None = None
    language: str | None = None
    updated: int | None = None
    articles: tuple[ParsedArticle, ...] = ()
    ttl: int | None = None
    problem: str | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    title_html: str | None = None
    description_html: str | None = None
    cut: bool = False


class SourceKind(StrEnum):
    """What serves a source."""

    FEED = "feed"
    BUILTIN = "builtin"  # the handbook: never fetched, not in OPML


class FullTextMode(StrEnum):
    """What opening an article of a source shows first."""

    AUTO = "auto"  # the full text where the feed gives a stub
    FULL = "full"  # always the full text
    FEED = "feed"  # always what the feed gave


def _opens_as(mode: FullTextMode, learnt: FullTextMode | None) -> FullTextMode:
    return learnt or mode if mode is FullTextMode.AUTO else mode


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """What the person set for fetching one source; None and empty mean as for every source.

    `interval` is seconds between two askings. `user` and `secret` are for Basic authentication (RFC 7617); a secret is
    never stored but named: `env:NAME`, `command:ARGV` or `file:PATH` (readable by its owner only). The value of a
    header may name one in the same way. `proxy` is an http, https or socks5 address, or "none".
    """

    interval: int | None = None
    user_agent: str | None = None
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    user: str | None = None
    secret: str | None = field(default=None, repr=False)
    proxy: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Source:
    """A subscription as panes and commands show it.

    `offer` is an address at which the feed was found again after it was lost, or to which it moved without what was set
    for its old origin (`Store.take_offer`). `retired` says that
    its server called it gone for good (410). `silent_since` is its newest article's moment, given only where the
    source is silent for much longer than its posts were apart. `learnt` is how its articles are better opened, where
    the last full texts taught something (`store.learning`); it counts as long as the mode is AUTO.
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

    @property
    def opens_as(self) -> FullTextMode:
        """How its articles open: as the person set, else as was learnt."""
        return _opens_as(self.full_text_mode, self.learnt)


@dataclass(frozen=True, slots=True)
class FetchState:
    """What refreshing a source needs to know and writes back: validators (RFC 9110), hash, errors, schedule.

    `status` is the HTTP status of the last answer. `ttl`, `skip_hours` and `skip_days` are the feed's own hints, kept
    because an unchanged feed is not read again, as is its `problem`: what was repaired, cut or left out of it.
    `newest` is its newest article's moment, `gap` the usual seconds between two of them while it posted. `looked_at` is
    when its new address was looked for last, `offer_about` what stands at the one that is offered. Settings, title,
    address and mode are the source's and only read here.
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

    @property
    def opens_as(self) -> FullTextMode:
        """How the articles of the source open: as the person set, else as was learnt."""
        return _opens_as(self.full_text_mode, self.learnt)


@dataclass(frozen=True, slots=True)
class SourceHealth:
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


class ArticleWrite(NamedTuple):
    """One new or changed article on its way into the library: everything cleaned, the document built.

    A tuple, because a first refresh brings them by the ten thousand from the children: a dataclass with slots costs
    three times as much to pickle.

    `identity` is what DESIGN rule 4 says; `content_hash` tells an edit from a repetition; `sort_at` follows rule 5 and
    is used only when the article is new. `html` is the clean HTML of the feed (content, else summary); `text` its
    words for search; `document` the serialised Document of the builder's version.
    """

    identity: str
    content_hash: str
    sort_at: int
    guid: str | None
    url: str | None
    title: str
    author: str | None
    published: int | None
    updated: int | None
    summary: str
    html: str
    text: str
    document: bytes
    document_version: int
    words: int
    enclosures: tuple[Enclosure, ...] = ()
    categories: tuple[str, ...] = ()
    comments_url: str | None = None
    comments_feed_url: str | None = None
    comments_count: int | None = None
    language: str | None = None
    image_url: str | None = None


@dataclass(frozen=True, slots=True)
class FullText:
    """The article as extracted from its page, cleaned and built, on its way into the library.

    `next_page` is where it goes on; it is not kept.
    """

    html: str
    text: str
    document: bytes
    document_version: int
    words: int
    title: str | None = None
    author: str | None = None
    language: str | None = None
    next_page: str | None = None


class ArticleFace(NamedTuple):
    """What an article is recognised by in another feed: its identity (DESIGN rule 4), address and title."""

    identity: str
    url: str | None
    title: str


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """What a row of the article list shows; never a body.

    `words` counts the text that opening it would show (the full text's where it is here, else the feed's); `stub` says
    that only a short text from the feed is here. `percent` tells how far the reader came in it, 0 where it was not
    begun.
    """

    id: int
    source_id: int
    source_title: str
    title: str
    url: str | None
    author: str | None
    published: int | None
    sort_at: int
    words: int
    read: bool
    bookmarked: bool
    full_text: bool
    stub: bool
    percent: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an article the reader was: which document, which block, which character of its text.

    `words` are those that stand there. They find the place again in a document that is another one now: the article's
    other text, or what its publisher made of it.
    """

    full_text: bool = False
    block: int = 0
    offset: int = 0
    words: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Article:
    """An article as the reader view opens it: its head, both documents as stored, and what goes with it.

    `shows_full` says that it opens as its full text, which is here; `wants_full` that it is to be fetched for that.
    Both follow what the person set for the source, else what its last full texts taught (`store.learning`).
    `full_is_whole` says that a full text is here and lacks nothing that the feed gave. `edits` is how often the
    publisher changed its title or words since it came, as far as that is kept (FORMER_KEPT).
    """

    head: ArticleHead
    source_url: str
    shows_full: bool
    wants_full: bool
    full_is_whole: bool
    edits: int
    feed_document: bytes | None
    full_document: bytes | None
    document_version: int | None
    full_document_version: int | None
    full_text_error: str | None
    place: Place | None
    enclosures: tuple[Enclosure, ...] = ()
    categories: tuple[str, ...] = ()
    comments_url: str | None = None
    comments_feed_url: str | None = None
    comments_count: int | None = None
    language: str | None = None
    image_url: str | None = None


@dataclass(frozen=True, slots=True)
class Former:
    """What an edit of an article replaced: its title and clean HTML until `replaced_at`, and the Document of it.

    The document may be missing or of another version: then it is built anew from the HTML.
    """

    id: int
    replaced_at: int
    title: str
    html: str
    document: bytes | None = None
    document_version: int | None = None


class Scope(StrEnum):
    """What a list of articles is taken from."""

    UNREAD = "unread"
    ALL = "all"
    TODAY = "today"
    BEGUN = "begun"
    BOOKMARKS = "bookmarks"
    SOURCE = "source"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Query:
    """A list of articles: a scope, and words to search for in it (query text, see `store.search`)."""

    scope: Scope = Scope.ALL
    source_id: int | None = None
    folder: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """The answer to a Query: ids newest first with their sort times, and how many articles wait for the index."""

    ids: tuple[int, ...]
    sort_at: tuple[int, ...]
    not_indexed: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """What the smart sources show: unread articles for Unread and Today, all articles for the others.

    A source's own counts stand on it. Removed sources count only for Bookmarks: what is bookmarked stays.
    """

    unread: int
    all: int
    today: int
    bookmarks: int
    begun: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """What became different in the library since a sequence number: the only thing that repaints (DESIGN `apply`).

    `everything` asks for a full re-read: the instance fell too far behind. `added` are the new ones among `articles`.
    """

    seq: int
    articles: frozenset[int] = field(default_factory=frozenset)
    added: frozenset[int] = field(default_factory=frozenset)
    sources: frozenset[int] = field(default_factory=frozenset)
    everything: bool = False

    def __bool__(self) -> bool:
        """Whether anything changed at all."""
        return bool(self.everything or self.articles or self.added or self.sources)


@dataclass(frozen=True, slots=True)
class AddedSources:
    """What adding subscriptions gave: their ids in the order asked for, which of them are new, and the change."""

    ids: tuple[int, ...]
    new: frozenset[int]
    change: Change


@dataclass(frozen=True, slots=True)
class LibraryFacts:
    """What `doctor` says of the library file; `size_bytes` counts its write-ahead log too."""

    articles: int
    sources: int
    size_bytes: int
    schema: int
    sqlite_version: str
    fts5: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did: the action in words ("marked 143 articles read"), how many went back, how many were left."""

    action: str
    restored: int
    left: int
    change: Change


@dataclass(frozen=True, slots=True)
class FeedCandidate:
    """A feed that a page names (or that an address is): for `add` and the dialog to choose from."""

    url: str
    title: str = ""
    type: str | None = None
    score: int = 0


@dataclass(frozen=True, slots=True)
class Subscription:
    """One source of an OPML file: a feed's address with the name and folder the person gave it.

    `folder` joins nested outlines by " / "; `tags` come from the category attribute. `full_text_mode`, `interval`
    (seconds) and `settings` are what the person set, where that is not the rule: names and texts as `store.settings`
    writes and reads them, without any secret.
    """

    url: str
    title: str = ""
    folder: str | None = None
    link: str | None = None
    tags: tuple[str, ...] = ()
    full_text_mode: FullTextMode = FullTextMode.AUTO
    interval: int | None = None
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class KeptQuery:
    """A search that another reader had as a source (`origin`: "newsboat"), in that reader's language."""

    title: str
    query: str
    origin: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A few sources that go together, for the first start to offer.

    `language` (a primary subtag of BCP 47: "de") is set where a bundle is for readers of that language.
    """

    name: str
    about: str
    sources: tuple[Subscription, ...]
    language: str | None = None
