"""Text from outside is shown as text: it does nothing, and nothing of it reaches the terminal raw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsreader.model import Query, Scope, Subscription
from newsreader.text import clean_text
from newsreader.ui.pieces import ISOLATES
from tests.ui.desk import desk
from tests.ui.world import article, fill

if TYPE_CHECKING:
    from pathlib import Path

    from newsreader.store import Store

EVIL = "[/red][@click=app.quit]x\x1b]52;c;aGVsbG8=\x07"
TITLES = (
    EVIL,
    "[link=http://x]y[/link]",
    "[bold",
    "$accent [on red]",
    "\x1b[2J\x9b31m",
    "\u202eevil\u200b",
    "a\u0301" + "\u0301" * 50,
    "👨‍👩‍👧‍👦🏳️‍🌈" * 10,
    "漢字" * 60,
    "العربية " * 20,
    "w" * 900,
    " ",
)


def prepare(store: Store) -> dict[str, int]:
    """Articles and a source with every such title, as a careless path into the library would have left them."""
    ids = fill(store, {})
    writes = tuple(
        article(title, number * 60)._replace(identity=str(number), title=clean_text(title), author=clean_text(title))
        for number, title in enumerate(TITLES)
    )
    from tests.ui.world import ingest

    state = next(state for state in store.fetch_states() if state.source_id == ids["Orbit Weekly"])
    ingest(store, state, writes)
    store.add_sources((Subscription("https://evil.test/feed", clean_text(EVIL), clean_text(EVIL)),))
    evil = next(state for state in store.fetch_states() if "evil.test" in state.url)
    store.record(evil._replace(error=clean_text(EVIL), error_count=1))
    return ids


@pytest.mark.parametrize("size", [(160, 48), (100, 30), (60, 15)])
async def test_titles_are_shown_as_they_are_and_lines_keep_their_width(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(tmp_path, prepare=prepare, size=size) as here:
        await here.press("enter")
        for _ in TITLES:
            strips = here.app.screen._compositor.render_strips()
            assert all(strip.cell_length == size[0] for strip in strips)
            for strip in strips:
                # Isolates of ours, and whole: what they hold together ends with its line.
                assert strip.text.count("\u2066") + strip.text.count("\u2067") == strip.text.count("\u2069")
                for segment in strip:
                    text = segment.text.translate(ISOLATES)
                    assert text.isprintable() or "\u200d" in text
                    assert not (segment.style and "@click" in segment.style.meta)
            await here.press("J")
        assert here.main.articles.cursor == here.main.browsing.ids[-1]


async def test_a_hostile_title_does_nothing_when_clicked(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=prepare) as here:
        line = next(y for y, words in enumerate(here.text.splitlines()) if "[/red][@click=app.quit]x" in words[30:])
        await here.pilot.click(offset=(40, line))
        await here.settle()
        assert here.app.is_running
        assert here.app._exit is False


async def test_hostile_sources_folders_and_errors_are_shown_as_they_are(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=prepare) as here:
        await here.press("h")
        here.main.sources.put_cursor(Query(Scope.FOLDER, folder=clean_text(EVIL)))
        await here.press("enter", "R", "A")
        assert "▲" in here.text
        assert here.main.browsing.title.startswith("[/red]")
        await here.press("u")
        assert "Undone: added “[/red]" in here.text
        assert here.main.browsing.query == Query(Scope.UNREAD)
        await here.press("slash", *"[/red]", "enter")
        assert here.app.is_running


async def test_the_worker_cannot_steer_the_screen(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        here.worker.on_event({"event": "notice", "text": EVIL})
        await here.until(lambda: "[/red][@click=app.quit]x" in here.text)
        assert "\x1b" not in here.text


async def test_hostile_names_are_found_and_completed_as_they_are(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=prepare) as here:
        for keys in (("ctrl+p", *"[/red]", "down"), (":", *"source [/r", "tab"), ("g", "f", *"[/r")):
            await here.press(*keys)
            await here.until(lambda: "[/red]" in here.text)
            strips = here.app.screen._compositor.render_strips()
            assert all(not (part.style and "@click" in part.style.meta) for strip in strips for part in strip)
            await here.press("escape")
        assert here.app.is_running
