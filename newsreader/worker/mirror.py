"""The OPML mirror of the sources, beside the config: a lost library costs no subscription (DESIGN rule 9).

The library is the truth; the file follows it. It is its owner's alone (0600), for an address may hold a password.
Its hash tells when a person edited it by hand: then it is left alone, and the difference is the person's to take or
to drop.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader import bounds, log
from newsreader.config.paths import open_file
from newsreader.config.writing import write_whole
from newsreader.errors import ParseError, UsageError
from newsreader.worker.edits import Difference, find_edits

if TYPE_CHECKING:
    from pathlib import Path

    from newsreader.feeds.gathering import FeedList
    from newsreader.model import Change, SavedSearch, Subscription
    from newsreader.store import Store

_TITLE: Final = "newsreader"
_FILE_KEY: Final = "mirror.hash"  # of the file as written last; two hashes while it is being replaced
_SOURCES_KEY: Final = "mirror.sources"  # of the sources that were written then: nothing to do while they are the same


class Mirrored(NamedTuple):
    """What the mirror holds."""

    subscriptions: tuple[Subscription, ...]
    searches: tuple[SavedSearch, ...] = ()


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


def difference(store: Store, path: Path) -> Difference | None:
    """What a mirror that was edited by hand says differently; None where it was not, or says the same."""
    content, ours = _read(path), frozenset((store.recall(_FILE_KEY) or "").split())
    if content is None or _hash(content) in ours:
        return None
    return _compare(content, Mirrored(store.subscriptions(), store.saved_searches()))


def take_edits(store: Store, path: Path) -> Change:
    """Let the library say what the mirror says that was edited by hand, as one undoable action.

    Raises UsageError where the file cannot be read as a whole, or was not edited.
    """
    found = difference(store, path)
    if found is None:
        raise UsageError(f"{path.name} says what the library says.")
    if found.problem is not None:
        raise UsageError(found.problem)
    change = store.take_edits(found.edits, path.name)
    write_mirror(store, path)
    return change


def drop_edits(store: Store, path: Path) -> Path:
    """Let the mirror say again what the library says; the edited file is kept beside it, and its path is given.

    Raises UsageError where it was not edited, or the folder takes no file.
    """
    content = _read(path)
    if content is None or difference(store, path) is None:
        raise UsageError(f"{path.name} says what the library says.")
    kept = path.with_name(f"{path.name}.edited")
    try:
        write_whole(kept, content)
    except OSError as error:
        raise UsageError(f"{kept} cannot be written: {error.strerror or error}.", str(error)) from error
    _replace(store, path, content, Mirrored(store.subscriptions(), store.saved_searches()))
    return kept


def _replace(store: Store, path: Path, old: bytes | None, here: Mirrored) -> None:
    """Write the file between two notes of its hash, so that no moment and no crash makes it look like an edit."""
    new = _written(here)
    before = [] if old is None else [_hash(old)]
    store.remember(_FILE_KEY, " ".join([*before, _hash(new)]))
    try:
        write_whole(path, new)
    except OSError as error:
        log.get("mirror").warning("%s cannot be written: %s", path, error)
        return
    store.remember(_FILE_KEY, _hash(new))
    store.remember(_SOURCES_KEY, _sources_hash(here))


def _written(here: Mirrored) -> bytes:
    from newsreader.feeds import opml

    return opml.write(here.subscriptions, searches=here.searches, title=_TITLE, private=True)


def _compare(content: bytes, here: Mirrored) -> Difference | None:
    """What a file says differently from the library; None when it says the same of the same sources."""
    try:
        listed = _parse(content, strict=True)
    except ParseError as error:
        return Difference(problem=error.phrase)
    if not listed.is_whole:
        return Difference(problem=listed.problems[0])
    edits = find_edits(_parse(_written(here)), listed)
    return Difference(edits) if edits else None


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
        with open_file(path) as file:
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
