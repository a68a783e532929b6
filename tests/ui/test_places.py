"""The place in every article is kept, whatever becomes of its text, and what is begun waits to be read on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.document.blocks import Block, Document, Heading, Paragraph, Text
from newsreader.model import Place, Query, Scope
from newsreader.store import Store
from tests.ui.desk import Desk, desk
from tests.ui.world import HOUR, NOW, article, fill, full_text

if TYPE_CHECKING:
    from pathlib import Path

    from newsreader.model import ArticleWrite

FERRY = "Harbour town votes to keep its night ferry"
NOTURNO = "Ferry noturno continua por dez anos"


def parts(first: int, last: int) -> tuple[Block, ...]:
    """Paragraphs that can be told apart."""
    return tuple(
        Paragraph(
            Text(f"Part {n}: the {n} of the minutes that the office of the harbour published the same night. " * 4)
        )
        for n in range(first, last)
    )


def long_article(store: Store, document: Document | None = None) -> dict[str, int]:
    """Fill a library with one long article."""
    writes: dict[str, tuple[ArticleWrite, ...]] = {
        "Field Notes": (article("Long", HOUR, document or Document(parts(0, 30))),),
        "Northern Wire": (article("Other", 2 * HOUR),),
    }
    return fill(store, writes)


def top(here: Desk) -> str:
    """The first words on the reader's screen."""
    reader = here.main.reader
    lines = (reader.render_line(y).text.strip("▸ ") for y in range(reader.size.height))
    return next(line for line in lines if line)


def save(here: Desk, place: Place, percent: int) -> None:
    """Keep a place, as another window would."""
    with Store.open(here.path, clock=lambda: NOW) as store:
        store.save_place(here.head("Long").id, place, percent)


def blocks(here: Desk) -> int:
    """How many blocks the text in the reader has."""
    page = here.main.reader.page
    return len(page.document.blocks) if page is not None and page.document is not None else 0


async def until_kept(here: Desk) -> None:
    await here.until(lambda: here.head("Long").percent == here.main.reader.percent)


async def test_the_list_says_how_far_one_came(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=long_article) as here:
        await here.press("enter", "space", "space")
        await until_kept(here)
        await here.until(lambda: f"{here.main.reader.percent} % of" in here.text)


async def test_what_is_begun_waits_under_continue_reading(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=long_article) as here:
        await here.press("g", "c")
        assert "Nothing is begun." in here.text
        await here.press("g", "a", "enter", "space")
        await until_kept(here)
        await here.press("g", "c")
        assert here.main.browsing.query == Query(Scope.BEGUN)
        assert here.titles == ["Long"]
        assert next(line[:30].split() for line in here.text.splitlines() if "Continue" in line)[-1] == "1"
        await here.press("enter", "G")
        await until_kept(here)
        assert here.titles == ["Long"]
        await here.press("g", "u", "g", "c")
        assert here.titles == []


async def test_an_article_opens_where_it_was_left(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=long_article) as here:
        await here.press("enter", "space", "space", "}")
        left = top(here)
        await here.press("J")
        assert here.title == "Other"
        await here.press("K")
        assert top(here) == left


async def test_the_place_is_found_by_its_words_in_the_other_text(tmp_path: Path) -> None:
    full = Document((Heading(1, Text("Before")), *parts(100, 110), *parts(0, 30)))

    def prepare(store: Store) -> dict[str, int]:
        ids = long_article(store)
        long = store.listing(Query(Scope.ALL)).ids[0]
        store.save_full_text(long, full_text(full))
        store.save_place(
            long, Place(full_text=False, block=7, words="Part 7: the 7 of the minutes that the office"), 20
        )
        return ids

    async with desk(tmp_path, prepare=prepare) as here:
        await here.press("enter")
        assert here.shows_full_text()
        assert top(here).startswith("Part 7:")


async def test_the_place_is_found_after_the_publisher_put_something_before_it(tmp_path: Path) -> None:
    def prepare(store: Store) -> dict[str, int]:
        ids = long_article(store, Document((*parts(50, 60), *parts(0, 30))))
        long = store.listing(Query(Scope.ALL)).ids[0]
        store.save_place(long, Place(block=7, words="Part 7: the 7 of the minutes that the office"), 20)
        return ids

    async with desk(tmp_path, prepare=prepare) as here:
        await here.press("enter")
        assert top(here).startswith("Part 7:")


async def test_full_text_off_and_on_comes_back_to_the_place(tmp_path: Path) -> None:
    def prepare(store: Store) -> dict[str, int]:
        ids = long_article(store, Document(parts(0, 2)))
        store.save_full_text(store.listing(Query(Scope.ALL)).ids[0], full_text(Document(parts(0, 30))))
        return ids

    async with desk(tmp_path, prepare=prepare) as here:
        await here.press("enter", "space", "space", "}")
        left = top(here)
        assert left.startswith("Part ")
        await here.press("d")
        assert not here.shows_full_text()
        assert "Long" in here.text
        await here.press("d")
        assert here.shows_full_text()
        assert top(here) == left


async def test_an_edit_while_one_reads_moves_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=long_article) as here:
        await here.press("enter", "space", "space", "}")
        left = top(here)
        edited = article("Long", HOUR, Document((*parts(50, 60), *parts(0, 30))))
        with Store.open(here.path, clock=lambda: NOW) as store:
            state = next(each for each in store.fetch_states() if each.title == "Field Notes")
            store.ingest(state, None, (edited._replace(content_hash="edited"),))
        await here.until(lambda: blocks(here) == 40)
        assert top(here) == left


async def test_a_place_that_is_nowhere_any_more_is_the_top(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=long_article) as here:
        save(here, Place(full_text=True, block=7, words="Words that are in no paragraph of this text"), 20)
        await here.press("enter")
        assert here.main.reader.top == 0
        save(here, Place(block=700), 20)
        await here.press("J", "K")
        assert top(here).startswith("Part 29") or here.main.reader.progress == 1
