"""What the invented web answers to a path: feeds, pages, comment feeds, and the faults. Pure: no sockets here."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from newsreader.demo import feeds, pages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsreader.demo.world import DemoArticle, DemoSource

_PICTURE: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A PNG of one pixel. Pictures are not what this world is about, but an address in an article should answer."""

_SOUND: Final = b"\xff\xfb\x90\x00"
"""The first bytes of an MP3 frame, for the same reason."""

_BROWSER: Final = "Mozilla/"
"""How every browser begins to name itself."""

_BROKEN_PART: Final = 0.72
"""How much of a broken feed arrives: enough for some articles, cut inside another."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: status (RFC 9110), media type, body, where to go instead, and seconds to wait before it."""

    status: int
    content_type: str = "text/html; charset=utf-8"
    body: bytes = b""
    location: str | None = None
    delay: float = 0.0


class Site:
    """The answers of all invented sources on one server.

    `base` is the server's address without a slash at its end, `now` the moment that ages are counted back from (Unix
    seconds), `delay` how long a slow source waits (seconds). Safe to ask from several threads: the only thing that
    changes is which held articles are out, and whether some were edited, and that is replaced as a whole.
    """

    def __init__(self, sources: Sequence[DemoSource], base: str, now: int, delay: float) -> None:
        self._sources = tuple(sources)
        self._base = base
        self._now = now
        self._delay = delay
        self._released: frozenset[tuple[str, str]] = frozenset()
        self._edited = False
        self._routes = self._build_routes()
        self._guarded = {source.feed_path: source for source in self._sources if source.fault == "guarded"}

    def reply(self, path: str, agent: str = "") -> Reply:
        """Answer to a path, without its query; `agent` is who asks (User-Agent, RFC 9110)."""
        guard = self._guarded.get(path)
        if guard is not None and not agent.startswith(_BROWSER):
            return Reply(403, body=pages.guarded_page(guard).encode())
        route = self._routes.get(path)
        if route is None:
            return Reply(404, body=pages.not_found_page().encode())
        return route()

    def publish_more(self, count: int | None = None) -> tuple[DemoArticle, ...]:
        """Let out `count` held articles, all of them without a count, oldest first, and return them.

        With the first of them come the edits of other articles.
        """
        self._edited = True
        held = sorted(
            (
                (source, article)
                for source in self._sources
                for article in source.articles
                if article.held and (source.slug, article.slug) not in self._released
            ),
            key=lambda pair: -pair[1].age,
        )[:count]
        self._released |= {(source.slug, article.slug) for source, article in held}
        return tuple(article for _, article in held)

    def _published(self, source: DemoSource) -> tuple[DemoArticle, ...]:
        return tuple(
            self._as_it_is(article)
            for article in source.articles
            if not article.held or (source.slug, article.slug) in self._released
        )

    def _as_it_is(self, article: DemoArticle) -> DemoArticle:
        return article if self._edited or article.before is None else replace(article, html=article.before)

    def _build_routes(self) -> dict[str, Callable[[], Reply]]:
        routes: dict[str, Callable[[], Reply]] = {"/": self._front}
        for source in self._sources:
            routes[source.home] = partial(self._home, source)
            if source.fault != "lost":
                routes[source.feed_path] = partial(self._feed, source)
            if source.fault in {"moved", "lost"}:
                routes[source.moved_path] = partial(self._document, source)
            for article in source.articles:
                routes |= self._article_routes(source, article)
        return routes

    def _article_routes(self, source: DemoSource, article: DemoArticle) -> dict[str, Callable[[], Reply]]:
        routes: dict[str, Callable[[], Reply]] = {source.path(article): partial(self._page, source, article)}
        if article.comments:
            routes[source.comments_path(article)] = partial(self._comments, source, article)
        for picture in pages.pictures(article):
            routes[picture] = partial(Reply, 200, "image/png", _PICTURE)
        if article.enclosure:
            routes[article.enclosure.path] = partial(Reply, 200, article.enclosure.type, _SOUND)
        return routes

    def _front(self) -> Reply:
        return Reply(200, body=pages.front_page(self._sources).encode())

    def _home(self, source: DemoSource) -> Reply:
        return Reply(200, body=pages.home_page(source, self._published(source), self._now).encode())

    def _feed(self, source: DemoSource) -> Reply:
        if source.fault == "gone":
            return Reply(410, body=pages.gone_page(source).encode())
        if source.fault == "moved":
            return Reply(301, location=source.moved_path)
        return self._document(source)

    def _document(self, source: DemoSource) -> Reply:
        body = feeds.write(self._edition(source))
        if source.fault == "broken":
            body = body[: int(len(body) * _BROKEN_PART)]
        kind = feeds.CONTENT_TYPES[source.format]
        # JSON is always UTF-8, and an XML document names its encoding itself.
        return Reply(200, kind, body, delay=self._delay if source.fault == "slow" else 0.0)

    def _page(self, source: DemoSource, article: DemoArticle) -> Reply:
        return Reply(200, body=pages.article_page(source, self._as_it_is(article), self._now).encode())

    def _comments(self, source: DemoSource, article: DemoArticle) -> Reply:
        return Reply(200, "application/rss+xml", feeds.write_comments(self._edition(source), article))

    def _edition(self, source: DemoSource) -> feeds.Edition:
        return feeds.Edition(source, self._published(source), self._base, self._now)
