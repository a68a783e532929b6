"""What is read from the library for what stands under an article: on the store thread, and asking nobody else."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from newsreader.model import Query, Scope
from newsreader.stories.around import around
from newsreader.stories.telling import stored_text
from newsreader.ui.annex import Annex, Entry, Talk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.document.blocks import Document
    from newsreader.model import Article
    from newsreader.store import Store

FOLDED: Final = "reader.parts"
"""Under which the library keeps the parts that are folded."""


def read_annex(store: Store, article_id: int) -> Annex:
    """Read up who else tells of an article's event, and what is near it. Some 20 ms in a library of a million."""
    found = around(store, article_id)
    others = tuple(Entry(head, head.id in found.copies) for head in found.story if head.id != article_id)
    first = found.story[0] if found.story else None
    return Annex(
        article_id,
        story=others,
        sources=found.sources,
        first=first,
        related=tuple(map(Entry, found.near)),
        folded=_names(store.recall(FOLDED)),
    )


def _names(kept: str | None) -> frozenset[str]:
    """The names that are kept as a list; none where something else stands there, as after a hand's work."""
    try:
        names = json.loads(kept or "[]")
    except (ValueError, RecursionError):
        return frozenset()
    return frozenset(each for each in names if isinstance(each, str)) if isinstance(names, list) else frozenset()


def read_again(store: Store, annex: Annex) -> Annex:
    """The same articles as they are now: what came since moves nothing that is read."""
    heads = {head.id: head for head in store.heads((*annex.ids(), *((annex.first.id,) if annex.first else ())))}

    def again(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        return tuple(replace(entry, head=heads[entry.head.id]) for entry in entries if entry.head.id in heads)

    return replace(annex, story=again(annex.story), related=again(annex.related))


def read_talk(store: Store, article: Article, document: Document | None) -> Talk | None:
    """Where an article is discussed: as was fetched, else as far as its feed and its links tell. Asks nobody."""
    size = store.discussion_size(article.head.id)
    if size is not None:
        return Talk(*size)
    from newsreader.stories.talk.spots import places_of

    blocks = document.blocks if document is not None else ()
    spots = places_of(article, blocks)
    return Talk(spots[0].site, article.head.comments) if spots else None


def read_text(store: Store, article_id: int) -> Document | None:
    """The text of an article as it would open, where it is set."""
    article = store.article(article_id)
    return None if article is None else stored_text(article)


def first_unread(store: Store, sources: Sequence[int]) -> int | None:
    """The first unread article of the first of these sources that has one."""
    for source in sources:
        ids = store.newest(Query(Scope.SOURCE, source_id=source, text="is:unread"), 1).listing.ids
        if ids:
            return ids[0]
    return None
