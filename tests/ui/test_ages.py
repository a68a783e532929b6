"""Ages are those of now: they change as minutes pass, and nothing else is painted for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.geometry import Region

from tests.ui.desk import desk
from tests.ui.world import DAY, MINUTE, NOW

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


async def test_only_the_cells_of_an_age_are_painted_when_a_minute_has_passed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(tmp_path) as here:
        await here.until(lambda: "12 minutes ago" in here.text)
        articles, reader = here.main.articles, here.main.reader
        painted: list[Region] = []
        before = here.text.split("\n")
        for pane in (articles, reader):
            refresh = pane.refresh

            def record(*regions: Region, refresh: Any = refresh, **options: Any) -> Any:
                painted.extend(regions or (Region(0, 0, 999, 999),))
                return refresh(*regions, **options)

            monkeypatch.setattr(pane, "refresh", record)
        monkeypatch.setattr(here.main, "clock", lambda: NOW + MINUTE)
        here.main.tick()
        await here.until(lambda: "13 minutes ago" in here.text and "13 m " in here.text)
        assert painted
        assert all(region.height == 1 for region in painted)
        assert sum(region.width for region in painted if region.width < 10) < 40
        after = here.text.split("\n")
        changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
        assert all(len(old) == len(new) for old, new in changed)
        painted.clear()
        here.main.tick()
        assert not painted


async def test_at_midnight_the_headings_are_those_of_another_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(tmp_path) as here:
        assert "Today" in here.main.articles.render_line(0).text + here.main.articles.render_line(1).text
        cursor = here.cursor
        monkeypatch.setattr(here.main, "clock", lambda: NOW + DAY)
        here.main.tick()
        await here.until(lambda: "Yesterday" in here.main.articles.render_line(0).text)
        assert here.cursor == cursor
