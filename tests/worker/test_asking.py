from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from newsreader.config import Config, Paths
from newsreader.document import blocks
from newsreader.document.render import to_plain
from newsreader.fetch.fetcher import Fetcher
from newsreader.model import SavedPage
from newsreader.model.answers import Reply
from newsreader.store import Store
from newsreader.worker.jobs import build_document
from newsreader.worker.library import Library
from newsreader.worker.saving import blank
from newsreader.worker.service import Service
from newsreader.worker.tools import Tools
from tests.ai_server import AiServer, words
from tests.worker.conftest import NOW, InlineChildren

PARAGRAPHS = (
    "The council of Port Varrel voted late on Monday to keep the night ferry to Sennet running for ten more years.",
    "Seven members of the council backed the night ferry, six the bridge, said Rui Haldorsen, the ferry’s captain.",
    "Without the night ferry the island of Sennet would be eleven kilometres from the next doctor after dark.",
)


class Desk:
    """A library with articles, and a worker that may ask a model."""

    def __init__(self, server: AiServer, store: Store, service: Service, config: list[Config], paths: Paths) -> None:
        self.server = server
        self.store = store
        self.service = service
        self.config = config
        self.paths = paths
        self.events: list[dict[str, Any]] = []

    def add(self, *articles: tuple[str, str]) -> list[int]:
        """Articles, each a title and its HTML; their ids."""
        ids: list[int] = []
        for number, (title, html) in enumerate(articles):
            document, text, _ = build_document(html, "http://harbour.test/")
            page = blank(f"http://harbour.test/{title.replace(' ', '-')}", NOW - number * 3600, title)
            write = page._replace(html=html, text=text, document=document, words=len(text.split()))
            ids += self.store.save_pages([SavedPage(write)], None).ids
        return ids

    async def ask(self, ask: str, **arguments: Any) -> dict[str, Any]:
        return await self.service.answer({"id": 7, "request": "ask", "ask": ask, **arguments})

    async def agree(self) -> None:
        await self.service.answer({"id": 1, "request": "agree", "host": self.server.host})

    def reply(self, done: dict[str, Any]) -> Reply:
        found = self.store.reply(done["reply"])
        assert found is not None
        return found

    def text(self, done: dict[str, Any]) -> str:
        return to_plain(blocks.load(self.reply(done).document))

    @property
    def chunks(self) -> str:
        return "".join(each["text"] for each in self.events if each.get("answer") == "chunk")

    def stages(self) -> list[str]:
        return [each["stage"] for each in self.events if each.get("answer") == "progress"]


def html(*paragraphs: str) -> str:
    return "".join(f"<p>{each}</p>" for each in paragraphs)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    paths = Paths.under(tmp_path)
    store = Store.open(tmp_path / "library.db", clock=lambda: float(NOW), window="worker")
    library = Library(store)
    children = InlineChildren()
    async with AiServer() as server, Fetcher(clock=lambda: float(NOW)) as fetcher:
        config = [Config(paths, ai_url=server.base_url, ai_model="tern-7b", ai_language="English", ai_timeout=30)]
        events: list[dict[str, Any]] = []
        tools = Tools(library, fetcher, children, lambda: float(NOW), events.append, config=lambda: config[0])
        found = Desk(server, store, Service(tools), config, paths)
        found.events = events
        yield found
    await children.close()
    await library.close()


async def test_a_summary_streams_and_is_kept_with_its_receipts(desk: Desk) -> None:
    (id_,) = desk.add(("Town keeps its ferry", html(*PARAGRAPHS)))
    desk.server.script = [
        words("The council keeps the night ferry ", "for ten more years [2]. ", "It costs 9 million [1].")
    ]
    await desk.agree()
    done = await desk.ask("summary", article=id_)
    assert desk.stages() == ["sent", "begun"]
    assert desk.chunks == "The council keeps the night ferry for ten more years [2]. It costs 9 million [1]."
    assert desk.text(done) == "The council keeps the night ferry for ten more years. [1] It costs 9 million. [?]"
    reply = desk.reply(done)
    assert [(each.numbers, each.supported) for each in reply.receipts] == [((1,), True), ((), False)]
    assert [(spot.article, spot.block) for spot in reply.spots] == [(id_, 0), (id_, 1), (id_, 2)]
    assert (done["sentences"], done["unsupported"], done["broken"]) == (2, 1, "")


async def test_nothing_is_sent_before_the_person_agreed_to_the_host(desk: Desk) -> None:
    (id_,) = desk.add(("Town keeps its ferry", html(*PARAGRAPHS)))
    done = await desk.ask("summary", article=id_)
    assert not desk.server.asked
    consent = done["consent"]
    assert (consent["host"], consent["model"], consent["articles"]) == (desk.server.host, "tern-7b", 1)
    assert consent["here"] is True
    assert consent["characters"] > sum(map(len, PARAGRAPHS))
