"""The catalogue: what is offered, searched, chosen, and subscribed to, undoably."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.model import Bundle, Subscription
from newsreader.ui.dialogs.catalogue import CatalogueScreen
from newsreader.ui.dialogs.first_start import FirstStart
from newsreader.ui.dialogs.offers import Offer, Offers
from newsreader.ui.main import MainScreen
from tests.ui.desk import desk, nothing
from tests.ui.world import SOURCES

if TYPE_CHECKING:
    from pathlib import Path

NEWS = Bundle(
    "Press",
    "two papers and a wire",
    (
        Subscription("https://paper.test/feed", "The Paper", "Press", link="https://www.paper.test/"),
        Subscription("http://gazette.test/feed", "La Gazette de l'Été", "Press", link="https://gazette.test/"),
        Subscription("https://agency.test/feed", "The Wire", "Press"),
    ),
)
CODE = Bundle("Code", "of computers", (Subscription("https://code.test/feed", "Bits of Paper", "Code"),))


def titles(offers: Offers) -> list[str]:
    return [offer.bundle.name if offer.source is None else str(offer.source.title) for offer in offers.rows()]


def test_bundles_are_folded_until_they_are_unfolded_or_searched() -> None:
    offers = Offers((NEWS, CODE))
    assert titles(offers) == ["Press", "Code"]
    offers.fold(Offer(CODE), fold=False)
    assert titles(offers) == ["Press", "Code", "Bits of Paper"]
    offers.search("paper")
    assert titles(offers) == ["Press", "The Paper", "Code", "Bits of Paper"]
    offers.search("ete gazette")
    assert titles(offers) == ["Press", "La Gazette de l'Été"]
    offers.search("press wire")
    assert titles(offers) == ["Press", "The Wire"]
    offers.search("nowhere")
    assert titles(offers) == []


def test_a_tick_is_of_a_source_or_of_all_of_a_bundle_that_are_not_here() -> None:
    offers = Offers((NEWS, CODE), here=["https://gazette.test/feed/"])  # by https here, and by http in the catalogue
    offers.tick(Offer(NEWS))
    assert offers.ticks(Offer(NEWS)) == (2, 2)
    assert [each.title for each in offers.chosen(None)] == ["The Paper", "The Wire"]
    offers.tick(Offer(NEWS, NEWS.sources[0]))
    assert offers.ticks(Offer(NEWS)) == (1, 2)
    offers.tick(Offer(NEWS, NEWS.sources[1]))  # which is here already
    assert offers.ticked == 1
    offers.tick(Offer(NEWS))
    offers.tick(Offer(NEWS))
    assert offers.ticked == 0
    assert offers.chosen(Offer(CODE)) == CODE.sources


def test_a_searched_bundle_is_ticked_as_far_as_it_is_found() -> None:
    offers = Offers((NEWS, CODE))
    offers.search("paper")
    offers.tick(Offer(NEWS))
    assert [each.title for each in offers.chosen(None)] == ["The Paper"]


async def test_a_source_is_found_chosen_and_subscribed_to_and_that_is_undone(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(80, 24)) as here:
        here.main.catalogue = lambda: (Bundle("Here", "what is here", SOURCES[:2]), NEWS, CODE)
        before = len(here.main.feeds())
        await here.press("g", "C")
        await here.until(lambda: here.on(CatalogueScreen))
        assert "you have all" in here.text
        await here.press(*"wire", "space")
        assert "1 source chosen" in here.text
        await here.press("escape", "down", "down", "space", "enter")  # the bundle of one
        await here.until(lambda: here.on(MainScreen) and len(here.main.feeds()) == before + 2)
        assert "Subscribed to 2 sources. u undoes it." in here.main.foot.plain
        await here.until(lambda: here.worker.asked("refresh"))
        (asked,) = here.worker.asked("refresh")
        assert len(asked["sources"]) == 2
        await here.press("u")
        assert len(here.main.feeds()) == before


async def test_a_single_source_can_be_chosen_at_the_first_start(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=nothing, size=(60, 15)) as here:
        await here.until(lambda: here.on(FirstStart))
        await here.press("right", "j", "space", "slash", *"technology", "down", "space", "enter")
        await here.until(lambda: here.on(MainScreen) and here.main.feeds())
        assert {source.title for source in here.main.feeds()} == {SOURCES[0].title, SOURCES[5].title}


async def test_a_low_window_says_how_many_bundles_follow(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=nothing, size=(60, 15)) as here:
        await here.until(lambda: here.on(FirstStart))
        await here.press("right")
        assert "↓ 2 more" in here.text
        await here.press(*["j"] * 6)
        assert "↑ 2 more" in here.text
