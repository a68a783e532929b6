"""A library with articles and a worker that may ask a model, which is a server of these tests on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

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
from tests.ai_server import AiServer
from tests.worker.conftest import NOW, InlineChildren

PARAGRAPHS = (
    "The council of Port Varrel voted late on Monday to keep the night ferry to Sennet running for ten more years.",
    "Seven members of the council backed the night ferry, six the bridge, said Rui Haldorsen, the ferry’s captain.",
    "Without the night ferry the island of Sennet would be eleven kilometres from the next doctor after dark.",
)


class Desk:
    """A library with articles, and a worker that may ask a model."""

    service: Service

    def __init__(self, server: AiServer, store: Store, config: list[Config], paths: Paths) -> None:
        self.server = server
        self.store = store
        self.config = config
        self.paths = paths
        self.events: list[dict[str, Any]] = []
        self._moved = asyncio.Event()

    def add(self, *articles: tuple[str, str]) -> list[int]:
        """Articles, each a title and its HTML; their ids."""
        ids: list[int] = []
        for number, (title, html) in enumerate(articles):
            document, text, _ = build_document(html, "http://harbour.test/")
            page = blank(f"http://harbour.test/{title.replace(' ', '-')}", NOW - number * 3600, title)
            write = page._replace(html=html, text=text, document=document, words=len(text.split()))
            ids += self.store.save_pages([SavedPage(write)], None).ids
        return ids

    def emit(self, message: dict[str, Any]) -> None:
        self.events.append(message)
        self._moved.set()

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds of what was said."""
        async with asyncio.timeout(10):
            while not holds():
                self._moved.clear()
                await self._moved.wait()

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


FERRY = ("Town keeps its ferry", html(*PARAGRAPHS))


@asynccontextmanager
async def open_desk(folder: Path) -> AsyncIterator[Desk]:
    paths = Paths.under(folder)
    store = Store.open(folder / "library.db", clock=lambda: float(NOW), window="worker")
    library = Library(store)
    children = InlineChildren()
    async with AiServer() as server, Fetcher(clock=lambda: float(NOW)) as fetcher:
        config = [Config(paths, ai_url=server.base_url, ai_model="tern-7b", ai_language="English", ai_timeout=30)]
        desk = Desk(server, store, config, paths)
        tools = Tools(library, fetcher, children, lambda: float(NOW), desk.emit, config=lambda: config[0])
        desk.service = Service(tools)
        yield desk
    await children.close()
    await library.close()
