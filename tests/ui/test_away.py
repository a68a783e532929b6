"""Coming back after days away: an offer, what mattered, and the rest set aside as one action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.model import Placed, Query, Scope
from newsreader.store import Store
from newsreader.ui.dialogs.catching_up import CatchingUpScreen
from newsreader.ui.whereabouts import SEEN
from tests.ui.desk import Desk, desk
from tests.ui.world import DAY, HOUR, NOW, article, fill

if TYPE_CHECKING:
    from pathlib import Path

FERRY = "Harbour town votes to keep its night ferry"


def twelve_days_later(store: Store) -> dict[str, int]:
    """The demo world twelve days after it was looked at: a wire that never rests, and a story of three sources."""
    sources = fill(store)
    state = next(each for each in store.fetch_states() if each.title == "Northern Wire")
    store.ingest(state, None, [article(f"Wire {hours}", hours * HOUR) for hours in range(1, 200, 9)])
    told = (FERRY, "Ferry noturno continua por dez anos", "المدينة تختار العبّارة الليلية")
    upto, leads = store.unplaced(1_000, 1)
    story = next(lead.id for lead in leads if lead.title == FERRY)
    store.place([Placed(lead.id, story if lead.title in told else lead.id) for lead in leads], upto)
    store.bookmark([lead.id for lead in leads if lead.title == "Wire 10"], True)
    store.remember(SEEN, str(NOW - 12 * DAY))
    return sources


def unread(here: Desk) -> set[str]:
    with Store.open(here.path, read_only=True, clock=lambda: NOW) as store:
        return {head.title for head in store.heads(store.listing(Query(Scope.UNREAD)).ids)}


async def test_after_days_away_a_line_offers_to_catch_up_and_a_key_sets_the_rest_aside(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=twelve_days_later) as here:
        await here.until(lambda: "12 days away" in here.text)
        assert "new: press g k to catch up" in here.text
        before = unread(here)
        await here.press("g", "k")
        assert here.on(CatchingUpScreen)
        await here.until(lambda: "3 sources" in here.text)
        assert unread(here) == before
        await here.press("enter")
        await here.until(lambda: "set aside" in here.text)
        left = unread(here)
        assert {title for title in left if title.startswith("Wire")} == {"Wire 10"}
        assert "المدينة تختار العبّارة الليلية" in left  # the story as it was told first
        assert "A year on the far side" in left  # of a source that seldom posts
        assert "The map of everything that fell" in left  # from before
        assert here.main.browsing.query == Query(Scope.UNREAD)
        await here.press("u")
        await here.until(lambda: unread(here) == before)
        with Store.open(here.path, read_only=True) as store:
            assert store.actions(1)[0].words.startswith("set ")


async def test_whoever_leaves_it_has_everything_as_it_was(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=twelve_days_later, size=(60, 15)) as here:
        before = unread(here)
        await here.press("g", "k")
        await here.until(lambda: "leave all as it is" in here.text)
        await here.press("escape")
        assert unread(here) == before


async def test_nothing_is_offered_to_whoever_was_here_lately(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=twelve_days_later) as here:
        await here.press("j")
        await here.until(lambda: here.main.notebook.is_written)
    async with desk(tmp_path) as here:
        assert "days away" not in here.text


def test_sources_that_post_about_once_a_week_are_quiet_ones(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library.db", clock=lambda: NOW) as store:
        ids = twelve_days_later(store)
        quiet = store.quiet_sources()
        assert ids["Northern Wire"] not in quiet
        assert ids["Kernel Almanac"] in quiet
        assert ids["Valley Radio"] not in quiet  # it has nothing
