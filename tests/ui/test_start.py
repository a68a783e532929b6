"""What the first paints show: lists at once, and empty panes only where the library takes long."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from newsreader.store import Store
from newsreader.ui.app import NewsreaderApp
from tests.ui.desk import desk

if TYPE_CHECKING:
    from pathlib import Path

    from textual.screen import Screen

    from newsreader.model import Counts

FERRY = "Harbour town votes to keep"


class Frames(list[str]):
    """The text of the main screen at each of its paints."""

    def __init__(self) -> None:
        super().__init__()
        self.first = threading.Event()


@pytest.fixture
def frames(monkeypatch: pytest.MonkeyPatch) -> Frames:
    """What is painted from now on."""
    painted = Frames()
    display = NewsreaderApp._display

    def note(app: NewsreaderApp, screen: Screen[Any], renderable: Any) -> None:
        if screen is app._main and screen.is_mounted:
            painted.append("\n".join(strip.text for strip in screen._compositor.render_strips()))
            painted.first.set()
        display(app, screen, renderable)

    monkeypatch.setattr(NewsreaderApp, "_display", note)
    return painted


async def test_the_first_paint_shows_sources_and_articles(tmp_path: Path, frames: Frames) -> None:
    async with desk(tmp_path) as here:
        assert FERRY in frames[0]
        assert "Northern Wire" in frames[0]
        lists = [[line[:70] for line in text.splitlines()[:40]] for text in (frames[0], here.text)]
        assert lists[0] == lists[1], "what stands in the first paint moves after it"


async def test_a_slow_library_keeps_nobody_from_the_screen(
    tmp_path: Path, frames: Frames, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = Store.counts

    def wait(store: Store) -> Counts:
        frames.first.wait(5)
        return counts(store)

    monkeypatch.setattr(Store, "counts", wait)
    monkeypatch.setattr("newsreader.ui.live._FIRST_PAINT", 0.01)
    async with desk(tmp_path) as here:
        assert FERRY not in frames[0]
        await here.until(lambda: FERRY in here.text)
