"""An invented source as the bytes of a feed, in every format that is about. Standard library only.

The feeds are written as well-behaved publishers write them: full HTML where the source is not a stub, a permanent id
that does not depend on the server's port, comment feeds by wfw:commentRss (RSS) and RFC 4685 (Atom).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import formatdate
from html import escape, unescape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsreader.demo.world import DemoArticle, DemoSource, Format

_TAG: Final = re.compile(r"<[^>]+>")
_SPACE: Final = re.compile(r"\s+")
_LOCAL_ADDRESS: Final = re.compile(r'\b(href|src)="/')

_RSS_NAMESPACES: Final = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:wfw="http://wellformedweb.org/CommentAPI/" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:thr="http://purl.org/syndication/thread/1.0"'
)

CONTENT_TYPES: Final[dict[Format, str]] = {
    "rss2": "application/rss+xml",
    "rss1": "application/rdf+xml",
    "rss09": "text/xml",
    "atom": "application/atom+xml",
    "atom03": "application/atom+xml",
    "json": "application/feed+json",
}


@dataclass(frozen=True, slots=True)
class Edition:
    """One feed document to be written: whose, with which articles, on which server (no slash at its end), when."""

    source: DemoSource
    articles: Sequence[DemoArticle]
    base: str
    now: int

    def address(self, path: str) -> str:
        """The absolute address of a path on this server."""
        return self.base + path

    def identity(self, article: DemoArticle) -> str:
        """The article's permanent id, a tag URI (RFC 4151)."""
        return f"tag:{self.source.slug}.example,2026:{article.slug}"

    def html(self, article: DemoArticle) -> str:
        """What the feed carries of an article: all of it, or the first paragraph of a stub source."""
        whole = f"<p>{article.first_paragraph}</p>" if self.source.stub else article.html
        return self.absolute(whole)

    def absolute(self, html: str) -> str:
        """The same HTML, its addresses on this server made absolute: feeds are read elsewhere."""
        return _LOCAL_ADDRESS.sub(rf'\1="{self.base}/', html)


def write(edition: Edition) -> bytes:
    """Write the feed in its source's format and encoding."""
    writers: dict[Format, Callable[[Edition], str]] = {
        "rss2": _rss2,
        "rss1": _rss1,
        "rss09": _rss09,
        "atom": _atom,
        "atom03": _atom03,
        "json": _json,
    }
    text = writers[edition.source.format](edition)
    return text.encode(edition.source.encoding, "xmlcharrefreplace")


def write_comments(edition: Edition, article: DemoArticle) -> bytes:
    """Write the comment feed of an article as RSS 2.0; an answer names what it answers by thr:in-reply-to."""
    page = edition.address(edition.source.path(article))
    comments = "".join(
        f"<item><title>{escape(comment.author)}</title><link>{escape(page)}#comment-{number}</link>"
        f'<guid isPermaLink="false">{escape(edition.identity(article))}#{number}</guid>'
        f"<dc:creator>{escape(comment.author)}</dc:creator><pubDate>{_rfc822(edition.now - comment.age)}</pubDate>"
        + (
            f'<thr:in-reply-to ref="{escape(edition.identity(article))}#{comment.answers}"/>'
            if comment.answers is not None
            else ""
        )
        + f"<description>{escape(plain(comment.html))}</description>"
        f"<content:encoded>{_cdata(edition.absolute(comment.html))}</content:encoded></item>\n"
        for number, comment in enumerate(article.comments)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" {_RSS_NAMESPACES}>\n<channel>'
        f"<title>Comments on: {escape(article.title)}</title><link>{escape(page)}</link>"
        f"<description>Comments on: {escape(article.title)}</description>\n{comments}</channel>\n</rss>\n"
    ).encode()


def plain(html: str) -> str:
    """The words of a piece of our own HTML on one line."""
    return _SPACE.sub(" ", unescape(_TAG.sub(" ", html))).strip()


def _declaration(edition: Edition) -> str:
    return f'<?xml version="1.0" encoding="{edition.source.encoding}"?>\n'


def _rss2(edition: Edition) -> str:
    source = edition.source
    articles = "".join(_rss2_article(edition, article) for article in edition.articles)
    return (
        f'{_declaration(edition)}<rss version="2.0" {_RSS_NAMESPACES}>\n<channel>\n'
        f"<title>{escape(source.title)}</title>\n<link>{escape(edition.address(source.home))}</link>\n"
        f'<atom:link href="{escape(edition.address(source.feed_path))}" rel="self" type="application/rss+xml"/>\n'
        f"<description>{escape(source.about)}</description>\n<language>{source.language}</language>\n"
        f"<lastBuildDate>{_rfc822(edition.now)}</lastBuildDate>\n<ttl>30</ttl>\n{articles}</channel>\n</rss>\n"
    )


def _rss2_article(edition: Edition, article: DemoArticle) -> str:
    source = edition.source
    page = escape(edition.address(source.path(article)))
    lines = [
        "<item>",
        f"<title>{escape(article.title)}</title>",
        f"<link>{page}</link>",
        f'<guid isPermaLink="false">{escape(edition.identity(article))}</guid>',
        f"<pubDate>{_rfc822(edition.now - article.age)}</pubDate>",
        *(f"<category>{escape(category)}</category>" for category in article.categories),
    ]
    if article.author:
        lines.append(f"<dc:creator>{escape(article.author)}</dc:creator>")
    if article.comments:
        lines += [
            f"<comments>{page}#comments</comments>",
            f"<wfw:commentRss>{escape(edition.address(source.comments_path(article)))}</wfw:commentRss>",
            f"<slash:comments>{len(article.comments)}</slash:comments>",
        ]
    if article.enclosure:
        file = article.enclosure
        lines.append(
            f'<enclosure url="{escape(edition.address(file.path))}" type="{file.type}" length="{file.length}"/>'
        )
    if source.stub:
        lines.append(f"<description>{escape(plain(article.first_paragraph))}</description>")
    else:
        lines.append(f"<description>{escape(_summary(article))}</description>")
        lines.append(f"<content:encoded>{_cdata(edition.html(article))}</content:encoded>")
    return "\n".join([*lines, "</item>\n"])


def _rss1(edition: Edition) -> str:
    source = edition.source
    pages = [escape(edition.address(source.path(article))) for article in edition.articles]
    order = "".join(f'<rdf:li rdf:resource="{page}"/>' for page in pages)
    articles = "".join(
        f'<item rdf:about="{page}">\n<title>{escape(article.title)}</title>\n<link>{page}</link>\n'
        f"<description>{escape(_summary(article))}</description>\n"
        f"<dc:creator>{escape(article.author or source.title)}</dc:creator>\n"
        f"<dc:date>{_rfc3339(edition.now - article.age)}</dc:date>\n"
        f"<content:encoded>{_cdata(edition.html(article))}</content:encoded>\n</item>\n"
        for article, page in zip(edition.articles, pages, strict=True)
    )
    return (
        f'{_declaration(edition)}<rdf:RDF xmlns="http://purl.org/rss/1.0/" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<channel rdf:about="{escape(edition.address(source.feed_path))}">\n<title>{escape(source.title)}</title>\n'
        f"<link>{escape(edition.address(source.home))}</link>\n<description>{escape(source.about)}</description>\n"
        f"<dc:language>{source.language}</dc:language>\n<items><rdf:Seq>{order}</rdf:Seq></items>\n</channel>\n"
        f"{articles}</rdf:RDF>\n"
    )


def _rss09(edition: Edition) -> str:
    source = edition.source
    articles = "".join(
        f"<item>\n<title>{escape(article.title)}</title>\n<link>{escape(edition.address(source.path(article)))}</link>"
        f"\n<description>{escape(edition.html(article))}</description>\n"
        # The specification knows no date here, and publishers gave one all the same.
        f"<pubDate>{_rfc822(edition.now - article.age)}</pubDate>\n</item>\n"
        for article in edition.articles
    )
    return (
        f'{_declaration(edition)}<rss version="0.91">\n<channel>\n<title>{escape(source.title)}</title>\n'
        f"<link>{escape(edition.address(source.home))}</link>\n<description>{escape(source.about)}</description>\n"
        f"<language>{source.language}</language>\n<pubDate>{_rfc822(edition.now)}</pubDate>\n{articles}"
        "</channel>\n</rss>\n"
    )


def _atom(edition: Edition) -> str:
    source = edition.source
    articles = "".join(_atom_article(edition, article) for article in edition.articles)
    return (
        f'{_declaration(edition)}<feed xmlns="http://www.w3.org/2005/Atom" '
        f'xmlns:thr="http://purl.org/syndication/thread/1.0" xml:lang="{source.language}">\n'
        f"<title>{escape(source.title)}</title>\n<subtitle>{escape(source.about)}</subtitle>\n"
        f"<id>tag:{source.slug}.example,2026:feed</id>\n<updated>{_rfc3339(edition.now)}</updated>\n"
        f'<link rel="alternate" type="text/html" href="{escape(edition.address(source.home))}"/>\n'
        f'<link rel="self" href="{escape(edition.address(source.feed_path))}"/>\n{articles}</feed>\n'
    )


def _atom_article(edition: Edition, article: DemoArticle) -> str:
    source = edition.source
    changed = article.age if article.updated is None else article.updated
    lines = [
        "<entry>",
        f'<title type="text">{escape(article.title)}</title>',
        f"<id>{escape(edition.identity(article))}</id>",
        f'<link rel="alternate" type="text/html" href="{escape(edition.address(source.path(article)))}"/>',
        f"<published>{_rfc3339(edition.now - article.age)}</published>",
        f"<updated>{_rfc3339(edition.now - changed)}</updated>",
        f"<author><name>{escape(article.author or source.title)}</name></author>",
        *(f'<category term="{escape(category)}"/>' for category in article.categories),
    ]
    if article.comments:
        lines.append(
            f'<link rel="replies" type="application/rss+xml" thr:count="{len(article.comments)}" '
            f'href="{escape(edition.address(source.comments_path(article)))}"/>'
        )
    kind = "summary" if source.stub else "content"
    lines.append(f'<{kind} type="html">{escape(edition.html(article))}</{kind}>')
    return "\n".join([*lines, "</entry>\n"])


def _atom03(edition: Edition) -> str:
    source = edition.source
    articles = "".join(
        f'<entry>\n<title mode="escaped" type="text/html">{escape(escape(article.title))}</title>\n'
        f'<link rel="alternate" type="text/html" href="{escape(edition.address(source.path(article)))}"/>\n'
        f"<id>{escape(edition.identity(article))}</id>\n<issued>{_rfc3339(edition.now - article.age)}</issued>\n"
        f"<modified>{_rfc3339(edition.now - article.age)}</modified>\n"
        f"<author><name>{escape(article.author or source.title)}</name></author>\n"
        f'<content type="text/html" mode="escaped">{escape(edition.html(article))}</content>\n</entry>\n'
        for article in edition.articles
    )
    return (
        f'{_declaration(edition)}<feed version="0.3" xmlns="http://purl.org/atom/ns#" '
        f'xml:lang="{source.language}">\n<title>{escape(source.title)}</title>\n'
        f"<tagline>{escape(source.about)}</tagline>\n"
        f'<link rel="alternate" type="text/html" href="{escape(edition.address(source.home))}"/>\n'
        f"<modified>{_rfc3339(edition.now)}</modified>\n{articles}</feed>\n"
    )


def _json(edition: Edition) -> str:
    source = edition.source
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": source.title,
            "home_page_url": edition.address(source.home),
            "feed_url": edition.address(source.feed_path),
            "description": source.about,
            "language": source.language,
            "items": [_json_article(edition, article) for article in edition.articles],
        },
        ensure_ascii=False,
        indent=1,
    )


def _json_article(edition: Edition, article: DemoArticle) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": edition.identity(article),
        "url": edition.address(edition.source.path(article)),
        "title": article.title,
        "content_html": edition.html(article),
        "summary": _summary(article),
        "date_published": _rfc3339(edition.now - article.age),
        "authors": [{"name": article.author or edition.source.title}],
    }
    if article.categories:
        entry["tags"] = list(article.categories)
    return entry


def _summary(article: DemoArticle) -> str:
    """The first words of an article, as publishers' programs cut them."""
    text = plain(article.html)
    return text if len(text) <= 240 else text[:239].rsplit(" ", 1)[0].rstrip(".,;:") + "…"


def _cdata(html: str) -> str:
    return "<![CDATA[" + html.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _rfc822(moment: int) -> str:
    return formatdate(moment, usegmt=True)


def _rfc3339(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
