"""Libraries, clocks and articles for the tests of the store."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from newsreader.model import AddedSources, ArticleWrite, Change, FetchState, ParsedFeed, Subscription
from newsreader.store import Store

NOW = 1_795_456_800  # 2026-11-23T18:00:00Z


@dataclass
class Clock:
    """A clock that stands until it is told to go on."""

    now: float = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.db"


@pytest.fixture
def store(path: Path, clock: Clock) -> Iterator[Store]:
    with Store.open(path, clock=clock) as opened:
        yield opened


@pytest.fixture
def open_store(path: Path, clock: Clock) -> Iterator[Callable[..., Store]]:
    """Opens further Stores on the same library, closed when the test ends."""
    opened: list[Store] = []

    def open_one(window: str = "", *, read_only: bool = False) -> Store:
        opened.append(Store.open(path, clock=clock, window=window, read_only=read_only))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder used as somebody whom permissions bind, even where the tests run as root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = os.geteuid() == 0
        if root:
            os.chown(folder, 65_534, 65_534)
            os.seteuid(65_534)
        try:
            yield folder
        finally:
            for each in [folder, *folder.rglob("*")]:
                each.chmod(0o700)
            if root:
                os.seteuid(0)


def write(number: int, **fields: object) -> ArticleWrite:
    """An article that differs from the others by its number; any field can be given."""
    values: dict[str, object] = {
        "identity": f"guid-{number}",
        "content_hash": f"hash-{number}",
        "sort_at": NOW - 100 * number,
        "guid": f"guid-{number}",
        "url": f"https://example.org/{number}",
        "title": f"Title {number}",
        "author": "Ines Almada",
        "published": NOW - 100 * number,
        "updated": None,
        "html": f"<p>Text {number}</p>",
        "text": f"Text {number}",
        "document": b"document",
        "document_version": 1,
        "words": 300,
    }
    return ArticleWrite(**(values | fields))  # type: ignore[arg-type]  # built from names, checked by every test


def add_source(store: Store, number: int = 1, *, folder: str | None = None, title: str = "") -> int:
    """Add one feed and give its id."""
    added = add_sources(store, [Subscription(f"https://example.org/feed-{number}", title, folder)])
    return added.ids[0]


def add_sources(store: Store, subscriptions: list[Subscription]) -> AddedSources:
    return store.add_sources(subscriptions)


def state_of(store: Store, source_id: int) -> FetchState:
    return store.fetch_states([source_id])[0]


def ingest(store: Store, source_id: int, *writes: ArticleWrite, feed: ParsedFeed | None = None) -> Change:
    return store.ingest(state_of(store, source_id), feed, writes)


def fill(store: Store, source_id: int, count: int, *, first: int = 1) -> tuple[int, ...]:
    """Take in `count` articles, the first the newest, and give their ids in that order."""
    change = ingest(store, source_id, *(write(number) for number in range(first, first + count)))
    return tuple(sorted(change.added))
