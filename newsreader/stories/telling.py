"""What the articles of a story say: their texts, to be summed up together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.document.blocks import VERSION, Document, load

if TYPE_CHECKING:
    from newsreader.model import Article, ArticleHead
    from newsreader.store import Store

MOST: Final = 12
"""Articles of a story that are read: the first to tell of it, and then the last."""


class Telling(NamedTuple):
    """An article of a story with its text."""

    head: ArticleHead
    document: Document


def tellings(store: Store, article_id: int) -> tuple[Telling, ...]:
    """Read the articles of an article's story in the order of their times, each text once; an article alone has none.

    Texts that are not set yet are left out: they are when their article is opened.
    """
    told = [each.id for each in store.story_of(article_id) if each.copy_of is None or each.id == article_id]
    if len(told) > MOST:
        told = [*told[:1], *told[-MOST + 1 :]]
    found = (store.article(each) for each in told)
    texts = ((article.head, stored_text(article)) for article in found if article is not None)
    return tuple(Telling(head, text) for head, text in texts if text is not None)


def stored_text(article: Article) -> Document | None:
    """The text that opening an article would show, as it is stored; None where it must be set anew first."""
    full = article.shows_full
    data = article.full_document if full else article.feed_document
    version = article.full_document_version if full else article.document_version
    return load(data) if data is not None and version == VERSION else None
