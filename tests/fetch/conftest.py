"""The hostile server and a fetcher with short patience, for every test of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsreader.fetch.fetcher import Fetcher
from tests.hostile_server import HostileServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

NOW = 1_795_456_800  # 2026-11-23T18:00:00Z
LIMIT = 100_000  # bytes: a small cap shows the same as a large one, sooner


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
async def server() -> AsyncIterator[HostileServer]:
    async with HostileServer() as running:
        yield running


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(clock=lambda: NOW, deadline=10.0, max_body=LIMIT) as made:
        yield made


@pytest.fixture
async def hasty() -> AsyncIterator[Fetcher]:
    """One that gives up after 0.3 seconds."""
    async with Fetcher(clock=lambda: NOW, deadline=0.3, max_body=LIMIT) as made:
        yield made
