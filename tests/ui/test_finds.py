from __future__ import annotations

from pathlib import Path

from rich.segment import Segment
from rich.style import Style

from newsreader.query import parse, snippet
from newsreader.text import cell_width
from newsreader.ui.finds import Finds
from tests.ui.desk import desk

LOOK, LIT = Style(dim=True), Style(underline=True)


def lit(segments: list[Segment]) -> list[str]:
    return [text for text, style, _ in segments if style == LOOK + LIT]


def test_titles_are_lit_and_what_is_cut_off_is_not() -> None:
    finds = Finds()
    finds.begin("ferry boat*")
    assert lit(finds.title("Ferry and boats", LOOK, LIT)) == ["Ferry", "boat"]
    assert lit(finds.title("The night fer…", LOOK, LIT)) == []
    assert lit(finds.title("A boat and a ferr…", LOOK, LIT)) == ["boat"]
    segments = finds.title("العبّارة ferry", LOOK, LIT)
    assert lit(segments) == ["ferry"]
    assert "".join(text for text, *_ in segments) == "\u2066العبّارة ferry\u2069"
    finds.begin("is:unread")
    assert lit(finds.title("Ferry", LOOK, LIT)) == []


def test_a_stretch_fills_its_room() -> None:
    finds = Finds()
    finds.begin("ferry")
    assert finds.lacking([1, None, 2]) == (1, 2)
    assert finds.lacking([1, 2]) == ()
    found = snippet("The council voted late to keep the night ferry for ten years.", parse("ferry").node)
    assert found is not None
    assert finds.put("ferry", (1, 2), {1: found})
    segments = finds.stretch(1, "The Coast Gazette", 40, LOOK, LIT)
    assert segments is not None
    assert cell_width("".join(text for text, *_ in segments)) == 40
    assert "".join(text for text, *_ in segments) == "The Coast G… · …night ferry for ten yea…"
    assert lit(segments) == ["ferry"]
    assert finds.stretch(2, "", 40, LOOK, LIT) is None
    finds.begin("boat")
    assert not finds.put("ferry", (1,), {1: found}), "another search is on its way"
    assert finds.stretch(1, "", 40, LOOK, LIT) is None
    assert finds.lacking([1]) == (1,)


async def test_the_list_of_a_search_shows_where_the_words_stand(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("slash", *"night", "enter")
        await here.until(lambda: "· …" in here.text)
        assert "night ferry" in here.text
        await here.press("escape")
        await here.until(lambda: "· …" not in here.text)
