"""The invented sources' web pages: the article among all that stands around one on a real page.

Two layouts: "paper" marks its article up with <article>, <header> and <figure>; "blog" is made of nested <div>s, as
older publishing programs write them. Both have navigation, a sidebar, share links, a letter to subscribe to and a
footer, so that the extraction of the full text has something to leave out.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.demo.world import DemoArticle, DemoSource

_PICTURE: Final = re.compile(r'<img\b[^>]*\bsrc="(/[^"]+)"')

_STYLE: Final = (
    "body{font:18px/1.5 Georgia,serif;margin:0}nav ul,.share ul,.footer ul{display:flex;gap:1em;list-style:none}"
    ".page{display:grid;grid-template-columns:2fr 1fr;gap:3em;max-width:70em;margin:auto}"
    ".cookies{position:fixed;bottom:0}"
)
_SECTIONS: Final = ("Front page", "Harbour", "Council", "Weather", "Letters", "Archive")
_SCRIPT: Final = (
    "window.layers=window.layers||[];window.layers.push({event:'page',consent:false});"
    "document.querySelectorAll('.share a').forEach(a=>a.addEventListener('click',()=>{}));"
)


def article_page(source: DemoSource, article: DemoArticle, now: int) -> str:
    """Write the page of an article, all of it, in its source's layout."""
    around = _blog if source.layout == "blog" else _paper
    head = (
        f'<link rel="canonical" href="{source.path(article)}">'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{escape(article.title)}">'
        f'<meta name="author" content="{escape(article.author or source.title)}">'
        f'<meta property="article:published_time" content="{_iso(now - article.age)}">'
    )
    return _html(source, f"{article.title} | {source.title}", head, around(source, article, now))


def home_page(source: DemoSource, articles: Sequence[DemoArticle], now: int) -> str:
    """Write a source's front page, which names its feed for discovery."""
    teasers = "".join(
        f'<li><h3><a href="{source.path(article)}">{escape(article.title)}</a></h3>'
        f"<p>{article.first_paragraph}</p><time>{_day(now - article.age)}</time></li>"
        for article in articles
    )
    body = f"{_banner(source)}<main><h1>{escape(source.title)}</h1><ol>{teasers}</ol></main>{_footer(source)}"
    return _html(source, source.title, "", body)


def front_page(sources: Sequence[DemoSource]) -> str:
    """Write the page at the server's root: a list of everything there is."""
    links = "".join(
        f'<li><a href="{source.home}">{escape(source.title)}</a>: {escape(source.about)}</li>' for source in sources
    )
    return f"<!doctype html><html lang=en><title>The demo world</title><h1>The demo world</h1><ul>{links}</ul></html>"


def gone_page(source: DemoSource) -> str:
    """Write what stands where a feed was."""
    return (
        f"<!doctype html><html lang={source.language}><title>Gone</title><h1>{escape(source.title)} has ended</h1>"
        "<p>Thank you for reading.</p></html>"
    )


def guarded_page(source: DemoSource) -> str:
    """Write what those who are no browser get in place of a feed."""
    return (
        f"<!doctype html><html lang={source.language}><title>One moment</title><h1>{escape(source.title)}</h1>"
        "<p>Please show that you are a person: come with a browser.</p></html>"
    )


def not_found_page() -> str:
    """Write the page for a path that leads nowhere."""
    return "<!doctype html><html lang=en><title>Not found</title><h1>Nothing here</h1></html>"


def pictures(article: DemoArticle) -> tuple[str, ...]:
    """The paths of the pictures in an article."""
    return tuple(_PICTURE.findall(article.html))


def _html(source: DemoSource, title: str, head: str, body: str) -> str:
    direction = "rtl" if source.language == "ar" else "ltr"
    return (
        f'<!doctype html>\n<html lang="{source.language}" dir="{direction}">\n<head><meta charset="utf-8">'
        f'<title>{escape(title)}</title><meta name="viewport" content="width=device-width">{head}'
        f'<link rel="alternate" type="{_feed_type(source)}" title="{escape(source.title)}" href="{source.named_path}">'
        f"<style>{_STYLE}</style><script>{_SCRIPT}</script></head>\n<body>\n{body}\n"
        '<div class="cookies" role="dialog"><p>We count visits with two pebbles and a jar. '
        '<button type="button">All right</button> <button type="button">No pebbles</button></p></div>\n'
        "</body>\n</html>\n"
    )


def _feed_type(source: DemoSource) -> str:
    match source.format:
        case "json":
            return "application/feed+json"
        case "atom" | "atom03":
            return "application/atom+xml"
        case _:
            return "application/rss+xml"


def _paper(source: DemoSource, article: DemoArticle, now: int) -> str:
    comments = "".join(
        f'<li id="comment-{number}"><b>{escape(comment.author)}</b> {comment.html}</li>'
        for number, comment in enumerate(article.comments)
    )
    return (
        f"{_banner(source)}\n"
        '<div class="page"><main>\n<article class="story" itemscope itemtype="https://schema.org/NewsArticle">\n'
        f'<header><p class="kicker">{escape(article.categories[0] if article.categories else "News")}</p>'
        f'<h1 itemprop="headline">{escape(article.title)}</h1>'
        f'<p class="byline">By <span rel="author">{escape(article.author or source.title)}</span> · '
        f'<time datetime="{_iso(now - article.age)}">{_day(now - article.age)}</time></p></header>\n'
        f"{_share(source, article)}\n"
        f'<div class="story-body" itemprop="articleBody">\n{article.html}\n</div>\n'
        f"{_share(source, article)}\n</article>\n"
        f'<section id="comments" class="comments"><h2>Comments</h2><ol>{comments}</ol>'
        '<form><textarea name="comment"></textarea><button>Post</button></form></section>\n'
        f"</main>\n{_sidebar(source, article)}</div>\n{_footer(source)}"
    )


def _blog(source: DemoSource, article: DemoArticle, now: int) -> str:
    return (
        f'<div id="wrapper"><div id="masthead">{_banner(source)}</div>\n'
        '<div id="columns"><div id="main-column"><div class="post hentry"><div class="post-inner">\n'
        f'<h2 class="entry-title">{escape(article.title)}</h2>\n'
        f'<div class="post-meta">{_day(now - article.age)} | {escape(article.author or source.title)} | '
        f'<a href="{source.path(article)}#comments">{len(article.comments)} comments</a></div>\n'
        f'<div class="post-body entry-content">\n{article.html}\n</div>\n'
        f"{_share(source, article)}"
        '<div class="newsletter"><h4>One letter a month</h4><p>No tracking, no dashes of urgency.</p>'
        '<form><input type="email" name="address"><input type="submit" value="Subscribe"></form></div>\n'
        f'</div></div></div>\n<div id="side-column">{_sidebar(source, article)}</div></div>\n{_footer(source)}</div>'
    )


def _banner(source: DemoSource) -> str:
    sections = "".join(f'<li><a href="{source.home}">{name}</a></li>' for name in _SECTIONS)
    return (
        f'<header class="banner"><a class="logo" href="{source.home}">{escape(source.title)}</a>'
        f'<p class="motto">{escape(source.about)}</p><nav class="menu"><ul>{sections}</ul></nav>'
        '<form class="search" role="search"><input type="search" name="q"><button>Search</button></form></header>'
    )


def _share(source: DemoSource, article: DemoArticle) -> str:
    address = source.path(article)
    return (
        f'<div class="share social"><ul><li><a href="{address}#share">Share</a></li>'
        f'<li><a href="{address}#mail">Send by mail</a></li><li><a href="{address}#print">Print</a></li></ul></div>'
    )


def _sidebar(source: DemoSource, article: DemoArticle) -> str:
    others = "".join(
        f'<li><a href="{source.path(other)}">{escape(other.title)}</a></li>'
        for other in source.articles
        if other is not article and not other.held
    )
    return (
        f'<aside class="sidebar"><h3>Most read</h3><ol class="most-read">{others}</ol>'
        '<div class="ad"><p>Advertisement</p><p>Rope, by the metre. Haldorsen &amp; Daughters, Quay Street.</p></div>'
        "</aside>"
    )


def _footer(source: DemoSource) -> str:
    return (
        f'<footer class="footer"><ul><li><a href="{source.home}">About {escape(source.title)}</a></li>'
        f'<li><a href="{source.home}">Corrections</a></li><li><a href="{source.home}">Privacy</a></li></ul>'
        "<p>An invented publication. Any resemblance to a real harbour is the harbour's doing.</p></footer>"
    )


def _iso(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M")
