"""Full text on and off, and how the sources themselves teach which of the two is better."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from newsreader.document.blocks import Document
from newsreader.errors import FetchError
from newsreader.model import FullTextMode
from newsreader.store import Store
from tests.fakes import FakeWorker
from tests.ui.desk import Desk, desk
from tests.ui.world import HOUR, STUB, article, body, fill, full_text, short

if TYPE_CHECKING:
    from pathlib import Path

    from newsreader.model import ArticleWrite, Source

TITLES = ("One", "Two", "Three", "Four")


def sample(store: Store, document: Document = STUB) -> dict[str, int]:
    """Four articles of one source."""
    writes: tuple[ArticleWrite, ...] = tuple(
        article(title, (number + 1) * HOUR, document) for number, title in enumerate(TITLES)
    )
    return fill(store, {"Field Notes": writes})


def keep(here: Desk, title: str, document: Document | None = None) -> None:
    """Keep a full text, as the worker would."""
    with Store.open(here.path) as store:
        store.save_full_text(here.head(title).id, full_text(document))


def source(here: Desk) -> Source:
    with Store.open(here.path, read_only=True) as store:
        return next(each for each in store.sources() if each.title == "Field Notes")


def fetching(here: Desk, document: Document | None = None) -> None:
    """Let the worker fetch full texts."""

    async def fetch(article: int) -> dict[str, Any]:
        with Store.open(here.path) as store:
            store.save_full_text(article, full_text(document))
        return {}

    here.worker.answers["full_text"] = fetch


def refusing(worker: FakeWorker) -> None:
    async def refuse(article: int) -> dict[str, Any]:
        raise FetchError("The server answered 403: it blocks readers.")

    worker.answers["full_text"] = refuse


async def test_d_fetches_the_full_text_and_what_went_well_is_kept(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=lambda store: sample(store, body(1))) as here:
        fetching(here)
        await here.press("enter")
        assert here.worker.asked("full_text") == []
        await here.press("d")
        await here.until(lambda: "The full text for Field Notes from now on." in here.text)
        assert here.shows_full_text()
        assert source(here).full_text_mode is FullTextMode.FULL
        await here.press("d")
        assert source(here).full_text_mode is FullTextMode.FEED
        assert not here.shows_full_text()


async def test_d_that_fails_says_why_and_keeps_nothing(tmp_path: Path) -> None:
    worker = FakeWorker()
    refusing(worker)
    async with desk(tmp_path, prepare=lambda store: sample(store, body(1)), worker=worker) as here:
        await here.press("enter", "d")
        await here.until(lambda: "No full text: The server answered 403" in here.main.foot.plain)
        assert source(here).full_text_mode is FullTextMode.AUTO
        assert not here.shows_full_text()
        await here.press("d")
        await here.until(lambda: len(worker.asked("full_text")) == 2)


async def test_a_page_that_says_less_than_the_feed_is_not_shown(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=lambda store: sample(store, body(20))) as here:
        fetching(here, short("Only the beginning of it is on the page, and then one is asked to pay."))
        await here.press("enter", "d")
        await here.until(lambda: "The page says less than the feed" in here.main.foot.plain)
        assert not here.shows_full_text()
        assert source(here).full_text_mode is FullTextMode.AUTO


async def test_full_texts_that_pay_open_also_what_is_no_stub(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=lambda store: sample(store, body(1))) as here:
        for title in TITLES[:3]:
            keep(here, title)
        await here.until(lambda: source(here).learnt is FullTextMode.FULL)
        here.main.articles.put_cursor(here.head("Four").id)
        await here.press("enter")
        assert {"article": here.head("Four").id} in here.worker.asked("full_text")


async def test_pages_that_refuse_are_not_asked_any_more(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=sample) as here:
        with Store.open(here.path) as store:
            for title in TITLES[:3]:
                store.save_full_text_error(here.head(title).id, "It blocks readers.", lasting=True)
        await here.until(lambda: here.main.all_sources[here.sources["Field Notes"]].learnt is FullTextMode.FEED)
        here.main.articles.put_cursor(here.head("Four").id)
        await here.press("enter")
        assert here.worker.asked("full_text") == []
        assert "stub, 18 words" in here.main.reader.render_line(4).text
        await here.press("d")
        assert here.worker.asked("full_text") == [{"article": here.head("Four").id}]


async def test_the_label_is_honest_before_opening(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=sample) as here:
        rows = [line[30:80] for line in here.text.splitlines()]
        assert sum("Field Notes · stub, " in line for line in rows) == 4
        keep(here, "One", body(20))
        await here.until(lambda: "Field Notes · 900 words · 4 min" in here.text)


async def test_what_was_said_of_an_article_goes_when_another_is_opened(tmp_path: Path) -> None:
    worker = FakeWorker()
    refusing(worker)
    async with desk(tmp_path, prepare=lambda store: sample(store, body(1)), worker=worker) as here:
        await here.press("enter", "d")
        await here.until(lambda: "No full text: The server answered 403" in here.main.foot.plain)
        await here.press("J")
        assert "No full text" not in here.main.foot.plain


async def test_an_article_without_a_word_says_so(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=lambda store: sample(store, Document(()))) as here:
        await here.press("enter")
        await here.until(lambda: "Nothing to read is here." in here.text)


async def test_the_text_stays_where_it_is_while_the_full_text_is_fetched(tmp_path: Path) -> None:
    arrived = asyncio.Event()

    async def fetch(article: int) -> dict[str, Any]:
        await arrived.wait()
        return {}

    async with desk(tmp_path, prepare=sample) as here:
        here.worker.answers["full_text"] = fetch
        here.main.perform("open")
        reader = here.main.reader
        await here.until(lambda: "fetching…" in reader.render_line(4).text)
        before = [reader.render_line(y).text for y in range(5, 12)]
        assert any("The old maps" in line for line in before)
        arrived.set()
        await here.until(lambda: "fetching" not in reader.render_line(4).text)
        assert [reader.render_line(y).text for y in range(5, 12)] == before
