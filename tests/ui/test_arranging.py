"""The arrangement of the panes: their widths, how close rows stand, and that both are kept."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import MouseDown, MouseMove, MouseUp

from newsreader.ui.keys import Where
from newsreader.ui.pane_widths import THREE, Choice, Widths, widened, widths_of
from tests.ui.desk import Desk, desk

if TYPE_CHECKING:
    from pathlib import Path

ALL = frozenset({"sources", "middle", "reader"})
TWO = frozenset({"middle", "reader"})
LEFT = frozenset({"sources", "middle"})
CHOICES = st.builds(Choice, *[st.integers(-500, 500)] * 3)


@given(st.integers(80, 400), st.sampled_from([ALL, TWO, LEFT]), CHOICES)
def test_the_panes_fill_the_window_and_each_can_be_read_whatever_was_chosen(
    total: int, shown: frozenset[str], choice: Choice
) -> None:
    if len(shown) == 3:
        total = max(total, THREE)
    widths = widths_of(total, shown, choice)
    assert widths.sources + widths.middle + widths.reader == total
    assert all(getattr(widths, name) >= (18 if name == "sources" else 26) for name in shown)
    assert all(getattr(widths, name) == 0 for name in ALL - shown)


@given(st.integers(120, 400), st.sampled_from([ALL, TWO, LEFT]), CHOICES, st.sampled_from(["sources", "middle"]))
def test_a_pane_gets_wider_and_narrower_by_as_much(
    total: int, shown: frozenset[str], choice: Choice, pane: str
) -> None:
    before = widths_of(total, shown, choice)
    wider = widened(total, shown, choice, pane if pane in shown else "middle", 2)
    after = widths_of(total, shown, wider)
    if wider != choice and getattr(after, pane) == getattr(before, pane) + 2:
        back = widened(total, shown, wider, pane if pane in shown else "middle", -2)
        assert widths_of(total, shown, back) == before


@pytest.mark.parametrize(
    ("total", "widths"),
    [(120, Widths(30, 34, 56)), (160, Widths(30, 50, 80)), (200, Widths(35, 71, 94)), (250, Widths(41, 100, 109))],
)
def test_a_wide_window_gives_its_room_to_all_three(total: int, widths: Widths) -> None:
    assert widths_of(total, ALL, Choice()) == widths


@pytest.mark.parametrize("text", [None, "", "[]", "[1,2]", "[1,2,true]", "[1, 2, 9999]", "{}", "x", "3", '["a",1,2]'])
def test_widths_that_make_no_sense_are_the_usual_ones(text: str | None) -> None:
    assert Choice.load(text) == Choice()
    assert Choice.load(Choice(3, -4, 5).dump()) == Choice(3, -4, 5)


async def test_panes_are_made_wider_and_narrower_by_keys_and_stay_so(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        articles, reader, sources = (here.main.articles, here.main.reader, here.main.sources)
        before = articles.size.width, reader.size.width
        await here.press(">", ">")
        await here.until(lambda: (articles.size.width, reader.size.width) == (before[0] + 4, before[1] - 4))
        await here.press("Z", "<")
        await here.until(lambda: articles.size.width == before[0] + 2)
        await here.press("h")
        await here.press(*["<"] * 8)
        await here.until(lambda: sources.size.width == 18)
        assert "as far as it goes" in here.main.foot.plain
        kept = articles.size.width
    async with desk(tmp_path) as here:
        assert (here.main.sources.size.width, here.main.articles.size.width) == (18, kept)
    async with desk(tmp_path, size=(70, 24)) as here:
        await here.press(">")
        assert "one pane at a time" in here.main.foot.plain


async def test_a_list_is_set_closer_by_a_key_and_stays_so(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        cursor = here.cursor
        await here.press("j", "j", "g", "d")
        row = next(line for line in here.text.split("\n") if here.cursor[:20] in line)
        source = here.main.articles.head(here.main.articles.cursor)
        assert source is not None
        assert source.source_title[:10] in row[row.index(here.cursor[:20]) :]
        assert here.cursor != cursor
        assert not any(here.main.sources.rows.key(number) is None for number in range(len(here.main.sources.rows)))
        await here.until((tmp_path / "config" / "settings.toml").exists)
        kept = tomllib.loads((tmp_path / "config" / "settings.toml").read_text())
        assert kept["screen"]["density"] == "compact"
        await here.press("g", "d")
        assert here.main.pane is Where.ARTICLES
        assert not here.main.articles.compact


async def draw(here: Desk, *places: tuple[int, int]) -> None:
    """Press the button of the mouse, move it, and let it go, as the terminal's driver tells it."""
    kinds = [MouseDown, *([MouseMove] * (len(places) - 1)), MouseUp]
    for kind, (x, y) in zip(kinds, [*places, places[-1]], strict=True):
        here.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
        await here.settle()


async def test_the_edges_between_panes_are_drawn_with_the_mouse_and_stay_so(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        articles, sources = here.main.articles, here.main.sources
        cursor = here.cursor
        await draw(here, (sources.size.width + articles.size.width, 20), (90, 20))
        await here.until(lambda: sources.size.width + articles.size.width == 90)
        await draw(here, (sources.size.width - 1, 20), (23, 21), (2, 21))
        await here.until(lambda: sources.size.width == 18)  # no narrower
        assert here.cursor == cursor
        kept = articles.size.width
        await draw(here, (25, 9), (40, 9))  # elsewhere the mouse does what it did
        assert (sources.size.width, articles.size.width) == (18, kept)
        await here.settle()
    async with desk(tmp_path) as here:
        assert here.main.sources.size.width == 18
