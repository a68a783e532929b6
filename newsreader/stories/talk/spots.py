"""Where an article is discussed, as far as its links tell. Loads no parser: the reader may ask it too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsreader.document.words import texts_of
from newsreader.stories.talk import comment_feeds
from newsreader.stories.talk.adapters import spot_at
from newsreader.text import host_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsreader.document.blocks import Block, Text
    from newsreader.model import Article
    from newsreader.stories.talk.shapes import Spot

_SAYS_SO: Final = re.compile(
    r"\b(?:comments?|discuss\w*|thread|hacker ?news|hn|lobste\.?rs|reddit|lemmy|mastodon|fediverse)\b"
    r"|kommentar|diskussion|diskutier|commentaires|comentario|comentário|commenti\b|reacties\b|コメント|评论",
    re.IGNORECASE,
)
_LONGEST: Final = 80  # characters of a link that leads to a discussion, with what stands before it
_BEFORE: Final = 40


def places_of(article: Article, blocks: Iterable[Block] = ()) -> tuple[Spot, ...]:
    """The places where an article may be discussed, the best first, by the names that are shown."""
    spots = spots_of(article.head.url, article.comments_url, article.comments_feed_url, blocks)
    return tuple(named(spot, article) for spot in spots)


def named(spot: Spot, article: Article) -> Spot:
    """A comment feed at home with its article is called as the source of that is."""
    at_home = host_of(spot.address) in {host_of(article.head.url or ""), host_of(article.source_url)}
    return spot._replace(site=article.head.source_title) if spot.adapter == comment_feeds.NAME and at_home else spot


def spots_of(
    url: str | None, comments_url: str | None, comments_feed_url: str | None, blocks: Iterable[Block] = ()
) -> tuple[Spot, ...]:
    """The places where an article may be discussed, the best first, each once.

    First what its feed names, then itself, where it is a discussion, then links in its text (`blocks`) of which the
    words say that they lead to one. Any other link to a discussion is one that the article is about.
    """
    named = [spot_at(comments_url, named=True) if comments_url else None]
    if comments_feed_url:
        named.append(comment_feeds.spot(comments_feed_url, comments_url or url))
    named.append(spot_at(url) if url else None)
    named += [spot_at(target) for target in _talk_links(blocks)]
    found: dict[str, Spot] = {}
    for spot in named:
        if spot is not None:
            found.setdefault(spot.address, spot)
    return tuple(found.values())


def _talk_links(blocks: Iterable[Block]) -> Iterator[str]:
    for text in texts_of(blocks):
        yield from _talk_links_in(text)


def _talk_links_in(text: Text) -> Iterator[str]:
    for span in text.spans:
        target = span.target or ""
        if target.startswith(("http://", "https://")) and span.end - span.start <= _LONGEST:
            said = text.text[max(0, span.start - _BEFORE) : span.end].rpartition("\n")[2]
            if _SAYS_SO.search(said):
                yield target
