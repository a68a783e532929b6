"""What the publisher's edits of an article changed, as documents to read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsreader.document.blocks import VERSION as DOCUMENT_VERSION
from newsreader.document.blocks import Document, Heading, Text, load
from newsreader.document.difference import changed_part, difference

if TYPE_CHECKING:
    from newsreader.store import Store


@dataclass(frozen=True, slots=True)
class Version:
    """An article as it once was, or is: `until` (Unix seconds) it was replaced, None for the one of today.

    `document` is None where it must be built anew first.
    """

    title: str
    until: int | None
    document: Document | None


def read_versions(store: Store, article_id: int) -> tuple[Version, ...]:
    """The versions of what the feed gave for an article, the newest first."""
    article = store.article(article_id)
    if article is None:
        return ()
    now = Version(article.head.title, None, _loaded(article.feed_document, article.document_version))
    formers = store.former(article_id)
    return (
        now,
        *(Version(each.title, each.replaced_at, _loaded(each.document, each.document_version)) for each in formers),
    )


def _loaded(data: bytes | None, version: int | None) -> Document | None:
    if data is None or version != DOCUMENT_VERSION:
        return None
    try:
        return load(data)
    except ValueError:  # written by a program that numbered its versions otherwise
        return None


def what_changed(before: Version, after: Version) -> Document:
    """What an edit changed, word by word, its title first where that was changed, too."""
    old, new = (_titled(version, before.title != after.title) for version in (before, after))
    return changed_part(difference(old, new))


def _titled(version: Version, with_title: bool) -> Document:
    document = version.document or Document(())
    if not with_title:
        return document
    return replace(document, blocks=(Heading(1, Text(version.title)), *document.blocks))
