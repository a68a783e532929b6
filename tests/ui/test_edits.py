"""What the publisher changed is said, and shown word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsreader.document.blocks import VERSION, Document, Paragraph, Text, dump
from newsreader.store import Store
from tests.ui.desk import Desk, desk
from tests.ui.world import HOUR, MINUTE, NOW, article, fill, ingest

if TYPE_CHECKING:
    from pathlib import Path

    from newsreader.model import ArticleWrite

FILLER = "The harbour office published the minutes the same night, and the bakery on the quay copied them out."


def version(votes: str, title: str = "The vote") -> ArticleWrite:
    """The article as it was at a time."""
    blocks = (*(Paragraph(Text(f"Number {n}. {FILLER}")) for n in range(20)), Paragraph(Text(f"It had {votes} votes.")))
    write = article(title, HOUR, Document(blocks))
    text = " ".join(block.content.text for block in blocks)
    return write._replace(identity="vote", guid="vote", content_hash=f"{title} {votes}", text=text)


def edited(store: Store) -> dict[str, int]:
    """An article that was edited twice, an hour and half an hour ago."""
    ids = fill(store, {"Field Notes": (version("six", "The vote tonight"),)})
    state = next(each for each in store.fetch_states() if each.source_id == ids["Field Notes"])
    ingest(store, state, (version("seven"),))
    store._db.run("UPDATE former SET replaced_at = ?", (NOW - HOUR,))
    ingest(store, state, (version("eight"),))
    store._db.run("UPDATE former SET replaced_at = ? WHERE id = 2", (NOW - 30 * MINUTE,))
    return ids


def page(here: Desk) -> str:
    reader = here.main.reader
    return "\n".join(reader.render_line(y).text.strip() for y in range(reader.size.height))


def looks_of(here: Desk, words: str) -> set[str]:
    """Which of the marks of an edit a stretch of the page has."""
    reader = here.main.reader
    return {
        name
        for y in range(reader.size.height)
        for segment in reader.render_line(y)
        if segment.text.strip() == words and segment.style
        for name in ("strike", "underline")
        if getattr(segment.style, name)
    }


async def test_the_head_says_that_it_was_edited(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=edited) as here:
        await here.press("enter")
        assert "Field Notes · 1 hour ago · edited twice" in page(here)


async def test_w_shows_the_last_edit_then_the_one_before_then_the_article(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=edited) as here:
        await here.press("enter", "w")
        assert "What the publisher changed · 30 minutes ago" in page(here)
        assert "It had seven eight votes." in page(here)
        assert looks_of(here, "seven") == {"strike"}
        assert looks_of(here, "eight") == {"underline"}
        assert "Number 19." in page(here)
        assert "Number 12." not in page(here)
        assert "w shows the edit before" in here.main.foot.plain
        await here.press("w")
        assert "What the publisher changed · 1 hour ago" in page(here)
        assert "The vote tonight" in page(here)
        assert "It had six seven votes." in page(here)
        await here.press("w")
        assert "Number 0." in page(here)
        assert "What the publisher" not in page(here)
        assert "shows the article" not in here.main.foot.plain


async def test_escape_goes_back_to_the_place_in_the_article(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=edited, size=(100, 20)) as here:
        await here.press("enter", "}", "}", "}", "}", "}")
        before = here.main.reader.top
        await here.press("w", "j", "G", "escape")
        assert "shows the article" not in here.main.foot.plain
        assert here.main.reader.top == before
        await here.press("w", "escape", "escape")
        assert here.main.pane == "articles"
        await here.pilot.pause(0.4)
        assert here.heads()[0].percent == here.main.reader.percent


async def test_an_article_that_was_never_edited_says_so(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("enter", "w")
        assert "has not changed this article" in here.main.foot.plain


async def test_former_texts_of_an_older_builder_are_built_anew_first(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=edited) as here:

        async def build(article: int) -> dict[str, Any]:
            with Store.open(here.path) as store:
                for former in store.former(article):
                    document = Document((Paragraph(Text("It had seven votes.")),))
                    store.save_former_document(former.id, dump(document), VERSION)
            return {}

        here.worker.answers["former"] = build
        with Store.open(here.path) as store:
            for former in store.former(here.head("The vote").id):
                store.save_former_document(former.id, b"[]", 0)
        await here.press("enter", "w", "G")
        assert here.worker.asked("former")
        assert looks_of(here, "seven") == {"strike"}


async def test_an_edit_that_comes_while_one_reads_is_said(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=lambda store: fill(store, {"Field Notes": (version("six"),)})) as here:
        await here.press("enter")
        assert "edited" not in page(here)
        with Store.open(here.path, clock=lambda: NOW) as store:
            state = next(each for each in store.fetch_states() if each.title == "Field Notes")
            ingest(store, state, (version("seven"),))
        await here.until(lambda: "edited once" in page(here))
