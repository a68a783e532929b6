"""One article of a feed made ready for the library: cleaned, laid out, counted. Runs in a child: it parses HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader import bounds
from newsreader.document import blocks
from newsreader.document.build import build, build_tree
from newsreader.document.plain import plain_text
from newsreader.document.plain_layout import lay_out
from newsreader.document.words import media_of
from newsreader.model import ArticleWrite
from newsreader.pages import plain_markup
from newsreader.pages.cleaning import clean, clean_tree, serialise
from newsreader.text import one_line, word_count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsreader.document.blocks import Document
    from newsreader.model import Enclosure
    from newsreader.worker.merge import MergedArticle

_TITLE_FROM_TEXT: Final = 80  # characters of its text that name an article without a title
_PLAYED: Final = {"audio": "a", "video": "v"}


def write(article: MergedArticle, base_url: str) -> ArticleWrite:
    """Clean and build one article. Relative links start at its own address, else at the feed's."""
    parsed = article.parsed
    base = parsed.url or base_url
    html, document = clean_and_build(parsed.content_html or parsed.summary_html or "", base, parsed.language)
    text = plain_text(document)
    words = word_count(text)
    title = one_line(parsed.title, bounds.MAX_TITLE) or one_line(text[:1_000], _TITLE_FROM_TEXT)
    return ArticleWrite(
        identity=article.identity,
        content_hash=article.content_hash,
        sort_at=article.sort_at,
        guid=parsed.guid,
        url=parsed.url,
        title=title,
        author=one_line(", ".join(parsed.authors), bounds.MAX_NAME) or None,
        published=parsed.published,
        updated=parsed.updated,
        html=html,
        text=text,
        document=blocks.dump(document),
        document_version=blocks.VERSION,
        words=words,
        enclosures=parsed.enclosures,
        categories=parsed.categories,
        comments_url=parsed.comments_url,
        comments_feed_url=parsed.comments_feed_url,
        comments_count=parsed.comments_count,
        language=parsed.language,
        image_url=parsed.image_url,
        media=_media(document, parsed.enclosures, short=words < bounds.STUB_WORDS),
    )


def _media(document: Document, enclosures: Iterable[Enclosure], *, short: bool) -> str:
    """What an article of few words shows or plays: the players in its text, else what the feed hangs on.

    Of a longer one only that there are pictures.
    """
    inside = media_of(document.blocks)
    if not short:
        return "i" * bool(set(inside) & {"p", "i"})
    kinds = [(each.type or "").partition("/")[0] for each in enclosures]
    players = "".join(_PLAYED[kind] for kind in kinds if kind in _PLAYED)
    return inside if not players or inside.strip("pi") else players + inside[:1].replace("p", "i")


def clean_and_build(html: str, base_url: str, language: str | None) -> tuple[str, Document]:
    """Clean HTML from outside and lay it out, parsing it once: the clean HTML and its Document."""
    if "<" not in html:
        cleaned = clean(html, base_url)
        return cleaned, build(cleaned, base_url, language=language)
    plain = plain_markup.write(html, base_url)
    if plain is not None and (document := lay_out(plain, language)) is not None:
        return plain, document
    tree = clean_tree(html, base_url)
    return serialise(tree), build_tree(tree, base_url, language=language)
