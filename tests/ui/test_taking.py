"""What one takes out of an article, and how it is set: copying, the measure, a screen without colours."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from newsreader.bounds import MEASURES
from newsreader.config import load
from newsreader.document.blocks import Document, Mark, Paragraph, Quote, Span, Text
from tests.ui.desk import Desk, desk
from tests.ui.world import HOUR, article, fill

if TYPE_CHECKING:
    from pathlib import Path

    from newsreader.model import ArticleWrite
    from newsreader.store import Store

FERRY = "Harbour town votes to keep its night ferry"
LONG = "The bakery on the quay copied the page out by hand and hung it in the window, where it drew a longer queue."


def quoting(store: Store) -> dict[str, int]:
    """An article of a quotation in two lines, CJK, and a link."""
    link = Paragraph(Text("See the timetable there.", (Span(8, 17, Mark.LINK, "https://ferry.test/"),)))
    document = Document((Quote((Paragraph(Text(LONG)),)), Paragraph(Text("潮汐发电机的第一个冬天")), link))
    writes: dict[str, tuple[ArticleWrite, ...]] = {"Field Notes": (article("A [quoted] *page*", HOUR, document),)}
    return fill(store, writes)


def place_of(here: Desk, words: str) -> tuple[int, int]:
    """Where words stand in the reader pane: column and row, in cells of what is before them."""
    from newsreader.text import cell_width

    reader = here.main.reader
    for y in range(reader.size.height):
        text = reader.render_line(y).text
        if words in text:
            return reader.gutter.left + cell_width(text[: text.index(words)]), y + reader.gutter.top
    raise AssertionError(words)


async def drag(here: Desk, first: str, last: str) -> None:
    """Mark from the beginning of some words to the end of others, with the mouse."""
    from newsreader.text import cell_width

    await here.until(lambda: "fetching…" not in here.text)  # a page set anew forgets what was marked
    reader = here.main.reader
    start, (x, y) = place_of(here, first), place_of(here, last)
    await here.pilot.mouse_down(reader, offset=start)
    await here.pilot.hover(reader, offset=(x + cell_width(last[:-1]), y))
    await here.pilot.mouse_up(reader, offset=(x + cell_width(last[:-1]), y))
    await here.settle()


class TestCopying:
    async def test_capital_y_copies_a_markdown_link(self, tmp_path: Path) -> None:
        async with desk(tmp_path, prepare=quoting) as here:
            await here.press("Y")
            url = here.heads()[0].url
            assert here.app.clipboard == rf"[A \[quoted\] \*page\*]({url})"
            assert "Copied [A" in here.main.foot.plain

    async def test_what_the_mouse_marks_is_copied_clean(self, tmp_path: Path) -> None:
        async with desk(tmp_path, prepare=quoting, size=(90, 30)) as here:
            await here.press("enter")
            await drag(here, "bakery", "queue.")
            assert here.app.clipboard == LONG.removeprefix("The ")
            assert "Copied 22 words" in here.main.foot.plain

    async def test_wide_characters_are_copied_as_marked(self, tmp_path: Path) -> None:
        async with desk(tmp_path, prepare=quoting) as here:
            await here.press("enter")
            await drag(here, "发电机", "第一个")
            assert here.app.clipboard == "发电机的第一个"

    async def test_a_click_copies_nothing(self, tmp_path: Path) -> None:
        async with desk(tmp_path, prepare=quoting) as here:
            await here.press("enter")
            await here.pilot.click(here.main.reader, offset=place_of(here, "bakery"))
            await here.settle()
            assert here.app.clipboard == ""

    async def test_everything_copied_goes_to_the_command_too(self, tmp_path: Path) -> None:
        target = tmp_path / "copied"
        script = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_text(sys.stdin.read())"
        async with desk(tmp_path / "home") as here:
            here.main.config = here.main.config._replace(copy_command=f"{sys.executable} -c '{script}' {target}")
            await here.press("Y")
            await here.until(lambda: target.exists() and target.read_text().startswith(f"[{FERRY}]("))

    async def test_a_command_that_fails_is_said(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            here.main.config = here.main.config._replace(copy_command="/nowhere/copy")
            await here.press("y")
            await here.until(lambda: "Copying by /nowhere/copy failed" in here.main.foot.plain)


class TestMeasure:
    async def test_angle_brackets_change_the_measure_and_that_is_kept(self, tmp_path: Path) -> None:
        async with desk(tmp_path, size=(160, 40)) as here:
            await here.press("enter", "z", ">")
            assert here.main.reader.measure == 80
            assert "80 characters to a line." in here.main.foot.plain
            await here.press("<", "<", "<")
            assert here.main.reader.measure == 68
            assert load(here.main.config.paths).measure == 68

    async def test_the_text_stays_where_it_was(self, tmp_path: Path) -> None:
        async with desk(tmp_path, size=(100, 20)) as here:
            await here.press("enter", "space", "}")
            reader = here.main.reader
            before = reader.render_line(0).text.split()[:4]
            await here.press("<", "<")
            assert reader.render_line(0).text.split()[:4] == before

    async def test_it_ends_somewhere_and_a_narrow_pane_says_so(self, tmp_path: Path) -> None:
        async with desk(tmp_path, size=(160, 40)) as here:
            await here.press("enter", "z", *["<"] * 12)
            assert here.main.reader.measure == MEASURES[0]
            assert f"{MEASURES[0]} is as far as it goes." in here.main.foot.plain
            await here.press(*[">"] * 25)
            assert here.main.reader.measure == MEASURES[1]
            await here.press("z")
            await here.press(">")
            assert "There is room for" in here.main.foot.plain

    async def test_what_config_says_wins_and_that_is_said(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            file = here.main.config.paths.config_file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("[reader]\nmeasure = 70\n")
            await here.press("enter", "z", "<")
            assert here.main.reader.measure == 72
            assert "Until you quit: config.toml, line 2, sets reader.measure" in here.main.foot.plain
