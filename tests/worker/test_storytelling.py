from __future__ import annotations

import pytest

from newsreader.model import Query
from newsreader.store import Store
from newsreader.worker.storytelling import STEP
from tests.worker.conftest import Web, Worker

TEXT = (
    "The council of Port Varrel voted late on Monday to keep the night ferry to Sennet running for another ten years, "
    "ending a dispute that had split the town since a bridge was first proposed. "
)


def feed(title: str, text: str, guid: str) -> bytes:
    return (
        f"<rss version='2.0'><channel><title>{guid}</title><item><guid>{guid}</guid><title>{title}</title>"
        f"<description>{text}</description></item></channel></rss>"
    ).encode()


async def test_a_refresh_tells_which_articles_are_one_story(web: Web, worker: Worker) -> None:
    web.pages["http://gazette.test/feed"] = feed("Port Varrel keeps its night ferry to Sennet", TEXT, "a")
    web.pages["http://wire.test/feed"] = feed("Night ferry to Sennet stays, Port Varrel decides", TEXT * 2, "b")
    web.pages["http://notes.test/feed"] = feed("What the moth counters learned", "Moths were counted again.", "c")
    sources = worker.add(*(f"http://{name}.test/feed" for name in ("gazette", "wire", "notes")))
    await worker.service.refresh(sources, everything=True)
    ids = worker.store.listing(Query()).ids
    told = [worker.store.story_of(id_) for id_ in ids]
    assert sorted(len(each) for each in told) == [0, 2, 2]
    assert worker.store.unplaced(9, 100)[1] == ()


async def test_what_was_told_before_is_read_once_however_many_come_that_are_alone(
    web: Web, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = worker.add("http://gazette.test/feed")
    web.pages["http://gazette.test/feed"] = feed("Port Varrel keeps its night ferry to Sennet", TEXT, "a")
    await worker.service.refresh(first, everything=True)
    items = "".join(f"<item><guid>{n}</guid><title>Number {n} alone</title></item>" for n in range(3 * STEP))
    web.pages["http://wire.test/feed"] = f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
    read: list[int] = []

    def placed(store: Store, since: int, limit: int, letters: int, before: int | None = None) -> object:
        read.append(since)
        return reading(store, since, limit, letters, before)

    reading = Store.placed
    monkeypatch.setattr(Store, "placed", placed)
    await worker.service.refresh(worker.add("http://wire.test/feed"), everything=True)
    assert worker.store.unplaced(9, 100)[1] == ()
    assert len(read) <= 1


async def test_what_another_process_placed_meanwhile_is_taken_over(web: Web, worker: Worker) -> None:
    web.pages["http://gazette.test/feed"] = feed("Port Varrel keeps its night ferry to Sennet", TEXT, "a")
    await worker.service.refresh(worker.add("http://gazette.test/feed"), everything=True)
    worker.store.remember("stories", "0")  # as if this process had placed nothing
    web.pages["http://wire.test/feed"] = feed("Night ferry to Sennet stays, Port Varrel decides", TEXT * 2, "b")
    await worker.service.refresh(worker.add("http://wire.test/feed"), everything=True)
    assert {len(worker.store.story_of(id_)) for id_ in worker.store.listing(Query()).ids} == {2}
    assert worker.store.unplaced(9, 100)[1] == ()
