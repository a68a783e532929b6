"""One article as it leaves the library: read for exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.model import Keepsake
from newsreader.text import without_userinfo

if TYPE_CHECKING:
    from newsreader.model import Article
    from newsreader.store.store import Store


def shows_full(article: Article) -> bool:
    """Whether the reader shows the full text of an article."""
    return article.full_document is not None and article.shows_full


def keepsake_of(store: Store, article: Article, kept_at: int | None = None) -> Keepsake:
    """The article as the reader shows it, with what the person wrote to it; `kept_at` is its bookmark's."""
    head = article.head
    return Keepsake(
        id=head.id,
        title=head.title,
        url=without_userinfo(head.url) if head.url else None,
        source=head.source_title,
        source_url=without_userinfo(article.source_url),
        author=head.author,
        published=head.published if head.published is not None else head.sort_at,
        kept_at=kept_at,
        tags=head.tags,
        note=article.note,
        highlights=tuple(each.place.words for each in article.highlights),
        language=article.language,
        html=store.html(head.id, full_text=shows_full(article)) or "",
    )
