"""What happened of late, for mail or a cron job: the top stories in a few sentences, what else is new, what is unread.

Offline, and the same whenever it is asked with the same clock. Nothing here marks anything read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.bounds import (
    DIGEST_ALSO,
    DIGEST_BLOCKS,
    DIGEST_FROM_ONE,
    DIGEST_LOOKED_AT,
    DIGEST_SENTENCES,
    DIGEST_SOURCES,
    DIGEST_TELLERS,
    DIGEST_UNREAD,
)
from newsreader.document.blocks import Document
from newsreader.model import Query, Scope, SourceKind
from newsreader.store import BEGINNING
from newsreader.stories.around import Around
from newsreader.stories.summary import summarise_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from newsreader.model import ArticleHead, Source
    from newsreader.store import Store

    Read = Callable[[Store, int], Document | None]
    """Reads the text of an article as blocks."""

_AT_ONCE: Final = 2_000  # articles looked through in one statement


class Said(NamedTuple):
    """A sentence, and the article that it is from."""

    text: str
    head: ArticleHead


class Told(NamedTuple):
    """A story: the article that stands for it, all of them, oldest first, and what it comes to."""

    head: ArticleHead
    around: Around
    said: tuple[Said, ...]


class Unread(NamedTuple):
    """A source with something unread, and the newest of that."""

    source: Source
    newest: tuple[ArticleHead, ...]


class Digest(NamedTuple):
    """What happened between two moments (Unix seconds): `new` counts the articles; `unread` is only there if asked.

    `more_new` and `more_unread` are those that are not named.
    """

    since: int
    now: int
    new: int = 0
    stories: tuple[Told, ...] = ()
    also: tuple[ArticleHead, ...] = ()
    unread: tuple[Unread, ...] = ()
    more_unread: int = 0
    more_new: int = 0

    def articles(self) -> list[int]:
        """The articles that are named, but those that are only unread."""
        told = (head.id for story in self.stories for head in story.around.story)
        return list(dict.fromkeys((*told, *(head.id for head in self.also))))


def digest(store: Store, read: Read, *, since: int, now: int, stories: int, unread: bool = False) -> Digest:
    """Put together what happened since a moment: so many top stories at most."""
    sources = {source.id: source for source in store.sources() if source.kind is not SourceKind.BUILTIN}
    ids = _new(store, since, frozenset(sources))
    told = tuple(_told(store, read, first) for _, first in store.top_stories(since)[:stories])
    named = {head.id for story in told for head in story.around.story}
    left = [each for each in ids if each not in named]
    also = tuple(_also(store, left))
    waiting = [source for source in sources.values() if source.unread] if unread else []
    return Digest(
        since,
        now,
        len(ids),
        told,
        also,
        tuple(Unread(source, _newest_unread(store, source.id)) for source in waiting[:DIGEST_SOURCES]),
        max(0, len(waiting) - DIGEST_SOURCES),
        len(left) - len(also),
    )


def _new(store: Store, since: int, sources: frozenset[int]) -> list[int]:
    """What was published since a moment, newest first, but the handbook."""
    ids: list[int] = []
    after: tuple[int, int] | None = BEGINNING
    while after is not None and after[0] >= since:
        listing, after, _ = store.newest(Query(Scope.ALL), _AT_ONCE, after=after)
        ids += [id_ for id_, moment in zip(listing.ids, listing.sort_at, strict=True) if moment >= since]
    origins = store.origins(ids)
    return [id_ for id_ in ids if id_ in origins and origins[id_].source in sources]


def _told(store: Store, read: Read, first: int) -> Told:
    """A story by what the newest of its own voices calls it, and what several of them say."""
    members = store.story_of(first)
    copies = frozenset(each.id for each in members if each.copy_of is not None)
    story = store.heads([each.id for each in members]) or store.heads((first,))
    voices = [head for head in reversed(story) if head.id not in copies] or list(story)
    return Told(voices[0], Around(story, copies), tuple(_said(store, read, voices[:DIGEST_TELLERS])))


def _said(store: Store, read: Read, voices: Sequence[ArticleHead]) -> Iterator[Said]:
    """A summary over the texts of a story, each sentence with the article it is from."""
    texts = [(head, document) for head in voices if (document := read(store, head.id)) is not None]
    some = [(Document(document.blocks[:DIGEST_BLOCKS]), head.title) for head, document in texts]
    found = summarise_all(some, DIGEST_SENTENCES)
    return (Said(told.text, texts[told.article][0]) for told in found.sentences)


def _also(store: Store, ids: Sequence[int]) -> Iterator[ArticleHead]:
    """The newest of what is left, few of one source."""
    count: dict[int, int] = {}
    given = 0
    for head in _heads(store, ids[:DIGEST_LOOKED_AT]):
        count[head.source_id] = count.get(head.source_id, 0) + 1
        if count[head.source_id] <= DIGEST_FROM_ONE:
            yield head
            given += 1
        if given == DIGEST_ALSO:
            return


def _heads(store: Store, ids: Sequence[int]) -> Iterable[ArticleHead]:
    return (head for at in range(0, len(ids), 100) for head in store.heads(ids[at : at + 100]))


def _newest_unread(store: Store, source_id: int) -> tuple[ArticleHead, ...]:
    found = store.newest(Query(Scope.SOURCE, source_id=source_id, text="is:unread"), DIGEST_UNREAD)
    return tuple(store.heads(found.listing.ids))
