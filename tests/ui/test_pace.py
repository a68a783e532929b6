"""What arrives behind is painted with the next key while keys are pressed, and by itself when they are not."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.geometry import Region

from newsreader.store import Store
from newsreader.ui.app import NewsreaderApp
from newsreader.ui.pace import Pace
from tests.ui.desk import desk, key_event
from tests.ui.world import NOW, article, deliver

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from textual.screen import Screen

WAITS = "1 new ↑ press ; to let it in"


class Clockwork:
    """Timers that a test sets off."""

    def __init__(self) -> None:
        self.running: list[Callable[[], object]] = []

    def set(self, seconds: float, action: Callable[[], object]) -> Any:
        assert 0 < seconds < 0.2
        self.running.append(action)
        return self

    def stop(self) -> None:
        self.running.clear()


class TestPace:
    """When drawings are made."""

    def test_what_arrives_is_drawn_at_once_where_no_keys_are_pressed(self) -> None:
        drawn: list[str] = []
        Pace(Clockwork().set).draw(partial(drawn.append, "news"))
        assert drawn == ["news"]

    def test_a_rest_is_told_once_and_begins_anew_with_a_key(self) -> None:
        pace = Pace(Clockwork().set)
        assert not pace.rests()
        for _ in range(2):
            pace.key_pressed()
            assert not pace.rests()
            pace.last_key -= 2
            assert pace.rests()
            assert not pace.rests()

    def test_between_quick_keys_it_waits_for_the_next_one(self) -> None:
        drawn: list[str] = []
        timers = Clockwork()
        pace = Pace(timers.set)
        pace.key_pressed()
        pace.draw(partial(drawn.append, "first"))
        pace.draw(partial(drawn.append, "second"))
        assert not drawn
        assert len(timers.running) == 1
        pace.key_pressed()
        assert drawn == ["first", "second"]
        assert not timers.running
        pace.key_pressed()
        assert drawn == ["first", "second"]

    def test_it_waits_no_longer_than_a_moment(self) -> None:
        drawn: list[str] = []
        timers = Clockwork()
        pace = Pace(timers.set)
        pace.key_pressed()
        pace.draw(partial(drawn.append, "news"))
        timers.running[0]()
        assert drawn == ["news"]

    def test_what_the_person_did_is_drawn_above_what_waited(self) -> None:
        drawn: list[str] = []
        pace = Pace(Clockwork().set)
        pace.key_pressed()
        pace.draw(partial(drawn.append, "news"))
        pace.draw_now(partial(drawn.append, "deed"))
        assert drawn == ["news", "deed"]


async def test_a_key_and_what_others_did_are_painted_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[str] = []
    display = NewsreaderApp._display

    def note(app: NewsreaderApp, screen: Screen[Any], renderable: Any) -> None:
        painted.append("\n".join(strip.text for strip in screen._compositor.render_strips()))
        display(app, screen, renderable)

    async with desk(tmp_path) as here:
        second = here.main.browsing.ids[1]
        monkeypatch.setattr("newsreader.ui.pace._TOGETHER", 60)
        here.main.pace.last_key = monotonic() + 60  # somebody who leans on j
        deliver(here.path, "Orbit Weekly", article("Brand new", 0))
        with Store.open(here.path, clock=lambda: NOW, window="other") as other:
            other.mark_read((second,), True)
        await here.until(lambda: here.main.browsing.waiting == 1)
        assert WAITS not in here.text
        monkeypatch.setattr(NewsreaderApp, "_display", note)
        before = here.cursor
        here.app.post_message(key_event("j"))
        await here.until(lambda: painted)
        assert WAITS in painted[0]
        assert here.cursor != before
        head = here.main.articles.head(second)
        assert head is not None
        assert head.read


async def test_what_stays_the_same_is_not_painted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk(tmp_path) as here:
        heads = [here.main.articles.head(each) for each in here.main.browsing.ids[:5]]
        painted: list[object] = []
        monkeypatch.setattr(here.main.articles, "refresh", lambda *regions, **_: painted.extend(regions or ("all",)))
        here.main.articles.put_heads([head for head in heads if head is not None])
        here.main.articles.say("Nothing here is empty.")
        assert not painted
        here.main.articles.put_heads([head._replace(read=not head.read) for head in heads[:2] if head is not None])
        assert len(painted) == 2


async def test_a_count_in_the_source_list_is_painted_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk(tmp_path) as here:
        painted: list[Region] = []
        refresh = here.main.sources.refresh

        def note(*regions: Region, **options: bool) -> object:
            painted.extend(regions or (Region(0, 0, 999, 999),))
            return refresh(*regions, **options)

        monkeypatch.setattr(here.main.sources, "refresh", note)
        before = here.text
        deliver(here.path, "Orbit Weekly", article("Brand new", 0))
        await here.until(lambda: WAITS in here.text)
        changed = [
            line[:30]
            for line, old in zip(here.text.splitlines(), before.splitlines(), strict=True)
            if line[:30] != old[:30]
        ]
        assert any("Orbit Weekly" in line for line in changed)
        assert len(painted) == len(changed)
        assert all(region.height == 1 and region.width < 8 for region in painted)
