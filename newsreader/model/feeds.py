"""A feed as it was read, and what leads to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.model.sources import FullTextMode

if TYPE_CHECKING:
    from newsreader.model.smart import SavedSearch

NO_IDENTITY: Final = "none"
"""Stands for a content hash, at a guid or address that stood on several articles of its source: it identifies none."""


class Enclosure(NamedTuple):
    """A file that goes with an article: RSS enclosure, Atom link rel=enclosure, JSON Feed attachment, media:content.

    `length` is bytes, `duration` seconds (itunes:duration, media:content, JSON Feed).
    """

    url: str
    type: str | None = None
    length: int | None = None
    duration: int | None = None
    title: str | None = None


class ParsedArticle(NamedTuple):
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


class ParsedFeed(NamedTuple):
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


class FeedCandidate(NamedTuple):
    """A feed that a page names (or that an address is): for `add` and the dialog to choose from."""

    url: str
    title: str = ""
    type: str | None = None
    score: int = 0


class Subscription(NamedTuple):
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


class SourceEdits(NamedTuple):
    """What another list of the sources says differently: as it says it, but for what it lacks (`removed`).

    `readdressed` are old and new addresses; `changed` are sources of which name, folder, tags or settings differ, and
    `how` says which of these, for each of them.
    `order` are all its addresses in its order, which is another one where that was edited (`reordered`).
    """

    added: tuple[Subscription, ...] = ()
    removed: tuple[Subscription, ...] = ()
    readdressed: tuple[tuple[str, str], ...] = ()
    changed: tuple[Subscription, ...] = ()
    how: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    reordered: bool = False
    smart_added: tuple[SavedSearch, ...] = ()
    smart_removed: tuple[SavedSearch, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything differs."""
        sources = self.added or self.removed or self.readdressed or self.changed or self.reordered
        return bool(sources or self.smart_added or self.smart_removed)


class KeptQuery(NamedTuple):
    """A search that another reader had as a source (`origin`: "newsboat"), in that reader's language."""

    title: str
    query: str
    origin: str


class Bundle(NamedTuple):
    """A few sources that go together, for the first start to offer.

    `language` (a primary subtag of BCP 47: "de") is set where a bundle is for readers of that language.
    """

    name: str
    about: str
    sources: tuple[Subscription, ...]
    language: str | None = None
