"""Telling which article of a source a new writing of one is, whatever identities the feed gives.

The rule. DESIGN rule 4 says what identifies an article: its guid, else its address, else title and text. But some
feeds give one guid to all their articles, or number their places instead of articles, and then trusting it would
replace an article, perhaps a bookmarked one, with another. So:

1. The same address and title are the same article, whatever the guid. (A front page is no article's address; there,
   and without an address, the beginning of the text and the date stand for it.)
2. The same guid on the same page is the same article: pages are rewritten, headline and all.
3. Where an identity leads to an article that differs in page or has no page of its own, what a reader sees decides
   (`is_another`): title, text, date and page are asked, and it is an edit if not more speaks against that than for it.
   So an edit may change any two of the four where all are given; a new title, date and page are another article's.
4. Else it is another article. It gets the next identity, and the one that proved to be none is remembered in
   `no_identity`: `merge` takes it for nothing from then on. The article that had it stays as it is, and is known by its
   address from then on. In doubt there is one article more: that costs a glance, an overwritten one is lost.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.bounds import SPOILT_KEPT
from newsreader.store.connection import id_list
from newsreader.store.part import Part
from newsreader.text import (
    OF_TEXT,
    folded_title,
    identity_of_guid,
    identity_of_text,
    identity_of_url,
    is_version,
    page_of,
    same_text,
    same_title,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from newsreader.model import ArticleWrite

_BEGINNING: Final = 200  # characters of a text that tell it from another
_DAY: Final = 86_400


class Shown(NamedTuple):
    """What the library shows of an article."""

    title: str
    url: str | None
    published: int | None
    html: str
    text: str


class Known(NamedTuple):
    """An article that the library knows, by an identity or by its key; `twin` says that the identity is not its own.

    Where an identity led to it, the hash of its content under that identity is given, and `shown` if it is here.
    `over` says that it went for good: what a feed still says of it changes nothing.
    """

    id: int
    here: bool
    twin: bool
    key: int | None
    sort_at: int = 0
    content_hash: str | None = None
    shown: Shown | None = None
    over: bool = False


class Recognised(NamedTuple):
    """Writings with their keys and what their identities lead to; and what the keys of all others lead to."""

    writes: list[tuple[ArticleWrite, int | None, Known | None]]
    twins: dict[int, Known]


class Twins(Part):
    """The part of the Store that tells articles from others."""

    def _spoilt(self, source_id: int, writes: Iterable[ArticleWrite]) -> set[str]:
        """What is no identity in a source, with what proves to be none in these writings of one document."""
        spoilt = set(self._db.column("SELECT identity FROM no_identity WHERE source_id = ?", (source_id,)))
        if found := {name for write in writes for name in _given_up(write)} - spoilt:
            self._spoil(source_id, found, spoilt)
        return spoilt

    def _recognise(
        self, source_id: int, writes: Sequence[ArticleWrite], spoilt: set[str], fresh: Collection[int]
    ) -> Recognised:
        """Tell which articles these are. What proves to be no identity is added to `spoilt`.

        `fresh` are the articles that the same document gave before.
        """
        while True:
            found = self._tell(source_id, _identified(writes, spoilt) if spoilt else writes)
            astray = {
                write.identity for write, key, it in found.writes if it and _is_astray(write, key, it, found, fresh)
            }
            if spoilt:
                names = Counter(write.identity for write, _, _ in found.writes)
                astray |= {name for name, count in names.items() if count > 1}
            if not astray:
                return self._told_by_text(source_id, found, fresh)
            self._spoil(source_id, astray, spoilt)

    def _tell(self, source_id: int, writes: Sequence[ArticleWrite]) -> Recognised:
        known = self._identities(source_id, writes)
        told = [(write, twin_key(write), known.get(write.identity)) for write in writes]
        keys = [key for _, key, it in told if key is not None and (it is None or it.key != key)]
        return Recognised(told, self._by_keys(source_id, keys))

    def _told_by_text(self, source_id: int, found: Recognised, fresh: Collection[int]) -> Recognised:
        """Keep articles apart that have address and title in common, where these were found to identify nothing."""
        taken: set[int] = set()
        doubtful = {}
        for number, (write, key, it) in enumerate(found.writes):
            if it is None and key is not None:
                if write.url and _is_of_text(write):
                    twin = found.twins.get(key)
                    if key in taken or (twin is not None and not self._is_version(twin, write, fresh)):
                        doubtful[number] = _text_key(write)
                taken.add(key)
        if doubtful:
            for number, key in doubtful.items():
                found.writes[number] = (found.writes[number][0], key, None)
            found.twins.update(self._by_keys(source_id, [key for key in doubtful.values() if key is not None]))
        return found

    def _is_version(self, known: Known, write: ArticleWrite, fresh: Collection[int]) -> bool:
        shown = self._shown([known.id]).get(known.id)
        return known.id not in fresh and (shown is None or is_version(shown.text, write.text))

    def _identities(self, source_id: int, writes: Sequence[ArticleWrite]) -> dict[str, Known]:
        rows = self._db.all(
            """
            SELECT identity, id, here, 0, twin, sort_at, content_hash, here = 0 AND content_hash <> '' FROM status
            WHERE source_id = ?1 AND identity IN (SELECT value FROM json_each(?2))
            UNION ALL
            SELECT twin.identity, id, here, 1, status.twin, sort_at, twin.content_hash,
                here = 0 AND status.content_hash <> ''
            FROM twin JOIN status ON status.id = article_id
            WHERE twin.source_id = ?1 AND twin.identity IN (SELECT value FROM json_each(?2))
            """,
            (source_id, json.dumps([write.identity for write in writes])),
        )
        hashes = {write.identity: write.content_hash for write in writes}
        shown = self._shown({row[1] for row in rows if row[2] and row[6] != hashes.get(row[0])}) if rows else {}
        return {
            identity: Known(id_, bool(here), bool(twin), key, sort_at, content_hash, shown.get(id_), bool(over))
            for identity, id_, here, twin, key, sort_at, content_hash, over in rows
        }

    def _by_keys(self, source_id: int, keys: Sequence[int]) -> dict[int, Known]:
        if not keys:
            return {}
        rows = self._db.all(
            "SELECT twin, id, here, here = 0 AND content_hash <> '' FROM status "
            "WHERE source_id = ? AND twin IS NOT NULL AND twin IN (SELECT value FROM json_each(?))",
            (source_id, json.dumps(keys)),
        )
        return {key: Known(id_, bool(here), twin=True, key=key, over=bool(over)) for key, id_, here, over in rows}

    def _shown(self, ids: Collection[int]) -> dict[int, Shown]:
        rows = self._db.all(
            "SELECT id, title, url, published, html, text FROM article JOIN feed_body USING (id) "
            "WHERE id IN (SELECT value FROM json_each(?))",
            (id_list(ids),),
        )
        return {row[0]: Shown(*row[1:]) for row in rows}

    def _spoil(self, source_id: int, names: set[str], spoilt: set[str]) -> None:
        """Remember that these are no identities; what was known by them is known by address, or title and text, now."""
        spoilt |= names
        listed = json.dumps(sorted(names))
        rows = self._db.all(
            "SELECT id, url, title, (SELECT b.text FROM feed_body b WHERE b.id = status.id) "
            "FROM status LEFT JOIN article USING (id) "
            "WHERE source_id = ? AND identity IN (SELECT value FROM json_each(?))",
            (source_id, listed),
        )
        for id_, url, title, text in rows:
            own = identity_of_url(url) or identity_of_text(title or "", text or "")
            if title is None or own in spoilt or self._is_taken(source_id, own):
                own = f"\n{id_}"  # what no feed can give: it is found by its key alone
            self._db.run("UPDATE status SET identity = ? WHERE id = ?", (own, id_))
        self._db.run(
            "DELETE FROM twin WHERE source_id = ? AND identity IN (SELECT value FROM json_each(?))", (source_id, listed)
        )
        self._db.run(
            "INSERT OR IGNORE INTO no_identity (source_id, identity) SELECT ?, value FROM json_each(?)",
            (source_id, listed),
        )
        self._db.run(
            "DELETE FROM no_identity WHERE source_id = ?1 AND rowid NOT IN "
            "(SELECT rowid FROM no_identity WHERE source_id = ?1 ORDER BY rowid DESC LIMIT ?2)",
            (source_id, SPOILT_KEPT),
        )

    def _is_taken(self, source_id: int, identity: str) -> bool:
        both = "SELECT source_id, identity FROM status UNION ALL SELECT source_id, identity FROM twin"
        return (
            self._db.one(f"SELECT 1 FROM ({both}) WHERE source_id = ? AND identity = ?", (source_id, identity))
            is not None
        )


def _given_up(write: ArticleWrite) -> Iterable[str]:
    """What `merge` found to be no identity: a guid that is not used, and an address where there is no better guid."""
    if write.guid == write.identity:
        return
    guid = identity_of_guid(write.guid)
    if guid == write.identity:
        return
    if guid is not None:
        yield guid
    if _is_of_text(write) and (url := identity_of_url(write.url)) is not None:
        yield url


def _is_of_text(write: ArticleWrite) -> bool:
    """Whether neither guid nor address identify the article of a writing."""
    return write.identity.startswith(OF_TEXT) and write.identity != write.guid


def _identified(writes: Sequence[ArticleWrite], spoilt: Collection[str]) -> list[ArticleWrite]:
    """The same writings by identities that are such: address instead of guid, title and text instead of address.

    Of several that are the same by title and text the first stands for all.
    """
    given: list[ArticleWrite] = []
    by_text: set[str] = set()
    for write in writes:
        of_text = identity_of_text(write.title, write.text)
        names = (write.identity, identity_of_url(write.url))
        name = next((name for name in names if name is not None and name not in spoilt), of_text)
        if name not in by_text:
            given.append(write if name == write.identity else write._replace(identity=name))
        if name == of_text:
            by_text.add(name)
    return given


def _is_astray(write: ArticleWrite, key: int | None, known: Known, found: Recognised, fresh: Collection[int]) -> bool:
    """Whether the identity of a writing leads to another article than the one it is of: see the rule above."""
    if known.content_hash == write.content_hash or (key is not None and key == known.key) or _is_of_text(write):
        return False
    by_guid = write.guid is not None and write.identity == identity_of_guid(write.guid)
    if by_guid and known.shown is not None and _same_page(known.shown.url, write.url):
        return False
    if (key in found.twins) or (not by_guid and known.id in fresh):
        return True
    if any(twin.id == known.id for twin in found.twins.values()):
        return True  # another writing has the address and title of what is known
    if known.shown is None:  # it went, and only its key and its moment are left
        moment = write.published if write.published is not None else write.updated
        return known.key is not None and not (_is_exact(moment) and write.sort_at == known.sort_at)
    return is_another(known.shown, write)


def is_another(shown: Shown, write: ArticleWrite) -> bool:
    """Whether more speaks against a writing being an edit of what is shown than for it.

    The text speaks loudest, but those of releases and menus are nearly the same, too. A moment can be that of a whole
    batch, a title that of every article ("Today's menu"), and an address moves with its site.
    """
    votes = -1 if _same_page(shown.url, write.url) is False else 0
    votes += {True: 1, None: 0, False: -1}[same_title(shown.title, write.title)]
    if shown.published is not None and write.published is not None:
        if shown.published != write.published:
            votes -= 1
        elif _is_exact(write.published):
            votes += 1
    if votes <= 0:  # comparing texts takes half a millisecond
        votes += {True: 2, None: 0, False: -1}[same_text(shown.text, write.text)]
    return votes < 0


def _same_page(one: str | None, other: str | None) -> bool | None:
    """Whether two articles have one page; None where one has none of its own."""
    page, further = page_of(one), page_of(other)
    return page == further if page and further else None


def _is_exact(moment: int | None) -> bool:
    """Whether a date is more than a day."""
    return moment is not None and moment % _DAY != 0


def twin_key(write: ArticleWrite) -> int | None:
    """A 64-bit number that articles share which are the same by all that a reader sees of them; None for an empty one.

    These are articles with the same address and title; without a title, with the same address and beginning of the
    text; without an address of their own, with the same title, beginning of the text and date: a feed that invents a
    guid for each of its articles at every fetch gives no other sign. An address is compared without scheme, "www.",
    trackers and a slash at its end; its fragment counts, for lists of links and live tickers tell articles by it.
    """
    if not (page := page_of(write.url)):
        return _text_key(write)
    if words := folded_title(write.title):
        return _number(f"{page}\n{words}")
    beginning = write.text[:_BEGINNING].strip()
    return _number(f"{page}\n\n{beginning}") if beginning else None


def _text_key(write: ArticleWrite) -> int | None:
    words, beginning = folded_title(write.title), write.text[:_BEGINNING].strip()
    return _number(f"\n{words}\n{beginning}\n{write.published}") if words and (beginning or write.url) else None


def _number(face: str) -> int:
    from hashlib import blake2b

    digest = blake2b(face.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
