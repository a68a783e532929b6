"""What a feed files an article under: cleaned, in one line under the title, each a link to all that is filed so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from newsreader.model import Query, Scope
from newsreader.text import cell_width
from newsreader.ui.categories import category_lines, shown
from newsreader.ui.keys import Where
from newsreader.ui.page_links import CATEGORIES, CATEGORY
from newsreader.ui.pieces import ISOLATES
from tests.ui.desk import desk
from tests.ui.world import HOUR, article, body, fill

if TYPE_CHECKING:
    from pathlib import Path

    from newsreader.store import Store

MANY = tuple(f"Category number {number}" for number in range(12))


def test_what_says_nothing_is_left_out() -> None:
    given_by_the_feed = (
        "Ferries",
        " #ferries",
        "Uncategorized",
        "未分類",
        "https://a.test/x",
        "2026",
        "Gazette",
        "Fête",
        "#C++",
    )
    assert shown(given_by_the_feed, "gazette") == ("Ferries", "Fête", "C++")


@given(st.lists(st.text(min_size=1, max_size=40), max_size=14), st.integers(12, 120), st.booleans())
def test_no_line_is_too_wide_and_each_category_is_a_link(said: list[str], measure: int, whole: bool) -> None:
    names = shown(said, "A source")
    lines = list(category_lines(names, measure, whole=whole))
    widths = [cell_width(line.full.translate(ISOLATES)) for line in lines]
    assert all(width <= max(measure, 28) for width in widths)
    links = [piece.link or "" for line in lines for piece in line.body if piece.link]
    named = [link.removeprefix(CATEGORY) for link in links if link != CATEGORIES]
    assert named == list(names[: len(named)])
    if whole:
        assert named == list(names)
    else:
        assert len(lines) == bool(names)


def test_a_line_says_how_many_more_there_are() -> None:
    (line,) = category_lines(MANY, 60, whole=False)
    assert line.full == "Category number 0 · Category number 1 · +10"


def filed(store: Store) -> dict[str, int]:
    """Two articles of one category, the first with many more; and one without."""
    few, many = ("Night ferry",), ("Night ferry", *MANY)
    return fill(
        store,
        {
            "The Coast Gazette": (article("Harbour town", HOUR, body(30))._replace(categories=many),),
            "Northern Wire": (
                article("Ferry to sail on", 3 * HOUR)._replace(categories=few),
                article("Moths", 4 * HOUR),
            ),
        },
    )


async def test_a_category_leads_to_all_that_is_filed_under_it_and_escape_back(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=filed, size=(80, 24)) as here:
        await here.press("enter")
        assert "Night ferry · Category number 0 · +11" in here.text
        await here.press("tab", "tab", "tab")
        assert "⏎ shows the others" in here.text
        await here.press("enter")
        assert "Category number 11" in here.text
        await here.press("g", "g", "tab")
        assert "⏎ lists all under “Night ferry”" in here.text
        await here.press("enter")
        await here.until(lambda: here.titles == ["Harbour town", "Ferry to sail on"])
        assert here.at(Where.ARTICLES)
        await here.press("escape")
        await here.until(lambda: here.main.browsing.query == Query(Scope.UNREAD))
