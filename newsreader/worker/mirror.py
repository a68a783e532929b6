"""The OPML mirror of the sources, beside the config: a lost library costs no subscription (DESIGN rule 9).

The library is the truth; the file follows it. It is its owner's alone (0600), for an address may hold a password.
Its hash tells when a person edited it by hand: then it is left alone, and the difference is the person's to take or
to drop.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader import bounds, log
from newsreader.config.writing import write_whole
from newsreader.errors import ParseError

if TYPE_CHECKING:
    from pathlib import Path

    from newsreader.feeds.gathering import FeedList
    from newsreader.model import SavedSearch, Subscription
    from newsreader.store import Store

_TITLE: Final = "newsreader"
_FILE_KEY: Final = "mirror.hash"  # of the file as written last; two hashes while it is being replaced
_SOURCES_KEY: Final = "mirror.sources"  # of the sources that were written then: nothing to do while they are the same


@dataclass(frozen=True, slots=True)
class Difference:
    """A mirror that was edited by hand, against the library; `problem` says in words why it cannot be read."""

    only_in_file: tuple[Subscription | SavedSearch, ...] = ()
    only_in_library: tuple[Subscription | SavedSearch, ...] = ()
    problem: str | None = None


class Mirrored(NamedTuple):
    """What the mirror holds."""

    subscriptions: tuple[Subscription, ...]
    searches: tuple[SavedSearch, ...] = ()

    def faces(self) -> dict[tuple[str | None, ...], Subscription | SavedSearch]:
        """Each by what it is known by: a source by address and folder, a smart source by all of it."""
        sources = {(each.url, each.folder): each for each in self.subscriptions}
        return sources | {(each.title, each.query, each.folder): each for each in self.searches}


def write_mirror(store: Store, path: Path) -> Difference | None:
    """Bring the mirror up to the library, whole or not at all; None when it is in step.

    A file that somebody else wrote last is not overwritten: what it says differently is returned. A folder that takes
    no file is noted in the log and no failure. Raises LibraryError when the library cannot be read or written.
    """
    if store.read_only:
        return None
    here = Mirrored(store.subscriptions(), store.saved_searches())
    content, ours = _read(path), frozenset((store.recall(_FILE_KEY) or "").split())
    if content is None and not any(here):
        return None
    if content is not None and _hash(content) not in ours:
        difference = _compare(content, here)
        if difference is not None:
            return difference
    elif content is not None and store.recall(_SOURCES_KEY) == _sources_hash(here):
        return None
    _replace(store, path, content, here)
    return None


def restore(store: Store, path: Path) -> int:
    """Subscribe a new library to everything in the mirror, and say how many sources that brought.

    A mirror that is missing or cannot be read brings none, and is left as it is; so is one that is cut off or
    damaged, of which everything is taken that can be read.
    """
    content = _read(path)
    if content is None or store.read_only:
        return 0
    listed = _parse(content)
    if not listed.subscriptions and not listed.searches:
        return 0
    added = store.add_sources(listed.subscriptions)
    store.add_smart(listed.searches)
    if listed.is_whole:
        store.remember(_FILE_KEY, _hash(content))
    return len(added.new)


def _replace(store: Store, path: Path, old: bytes | None, here: Mirrored) -> None:
    """Write the file between two notes of its hash, so that no moment and no crash makes it look like an edit."""
    from newsreader.feeds import opml

    new = opml.write(here.subscriptions, searches=here.searches, title=_TITLE, private=True)
    before = [] if old is None else [_hash(old)]
    store.remember(_FILE_KEY, " ".join([*before, _hash(new)]))
    try:
        write_whole(path, new)
    except OSError as error:
        log.get("mirror").warning("%s cannot be written: %s", path, error)
        return
    store.remember(_FILE_KEY, _hash(new))
    store.remember(_SOURCES_KEY, _sources_hash(here))


def _compare(content: bytes, here: Mirrored) -> Difference | None:
    """What a file says differently from the library; None when it has the same sources in the same folders."""
    try:
        listed = _parse(content, strict=True)
    except ParseError as error:
        return Difference(problem=error.phrase)
    if not listed.is_whole:
        return Difference(problem=listed.problems[0])
    there = Mirrored(listed.subscriptions, listed.searches)
    if here.faces() == there.faces():
        return None
    return Difference(
        tuple(each for face, each in there.faces().items() if face not in here.faces()),
        tuple(each for face, each in here.faces().items() if face not in there.faces()),
    )


def _parse(content: bytes, *, strict: bool = False) -> FeedList:
    from newsreader.feeds import opml
    from newsreader.feeds.gathering import FeedList

    try:
        return opml.read(content)
    except ParseError as error:
        if strict:
            raise
        log.get("mirror").warning("the OPML mirror cannot be read: %s", error.phrase)
        return FeedList()


def _read(path: Path) -> bytes | None:
    """The file, or None when there is none. One that is too large or cannot be read counts as edited: it is kept."""
    try:
        with path.open("rb") as file:
            return file.read(bounds.MAX_BODY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        log.get("mirror").warning("%s cannot be read: %s", path, error)
        return b""


def _hash(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def _sources_hash(here: Mirrored) -> str:
    what = tuple(here) if here.searches else here.subscriptions
    return _hash(repr(what).encode("utf-8", "surrogatepass"))
