"""What the worker can be asked for, by name, and what it does about a refresh from beginning to end."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from newsreader.errors import LibraryError, UsageError
from newsreader.model import SourceSettings
from newsreader.store import Store
from newsreader.store.settings import parse_setting
from newsreader.text import count_of, listed, truncate
from newsreader.worker.rediscovery import Rediscovery
from newsreader.worker.refresh import Refresher
from newsreader.worker.tools import Meter

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from newsreader.model import Notice
    from newsreader.worker.articles import Articles
    from newsreader.worker.asking import Asking
    from newsreader.worker.importing import Importing
    from newsreader.worker.refresh import Outcome
    from newsreader.worker.saving import Saving
    from newsreader.worker.storytelling import Storyteller
    from newsreader.worker.subscribing import Subscribing
    from newsreader.worker.talking import Talking
    from newsreader.worker.tools import Tools

_SHOWN: Final = 40  # cells of a rule's name in a sentence


class Service:
    """The worker's parts put together; what a refresh needs none of is loaded when it is first asked for."""

    def __init__(self, tools: Tools) -> None:
        self.tools = tools
        self.edited: Callable[[str], Awaitable[dict[str, Any]]] | None = None  # what was edited by hand in the mirror
        self.refresher = Refresher(tools)
        self.rediscovery = Rediscovery(tools, lambda: self.subscribing)

    @cached_property
    def stories(self) -> Storyteller:
        """Which articles are of one story."""
        from newsreader.worker.storytelling import Storyteller

        return Storyteller(self.tools)

    @cached_property
    def articles(self) -> Articles:
        """Full texts and documents."""
        from newsreader.worker.articles import Articles

        return Articles(self.tools)

    @cached_property
    def talking(self) -> Talking:
        """Discussions."""
        from newsreader.worker.talking import Talking

        return Talking(self.tools)

    @cached_property
    def saving(self) -> Saving:
        """Saving pages."""
        from newsreader.worker.saving import Saving

        return Saving(self.tools, self.articles)

    @cached_property
    def asking(self) -> Asking:
        """Asking a language model."""
        from newsreader.worker.asking import Asking

        return Asking(self.tools, self.articles)

    @cached_property
    def subscribing(self) -> Subscribing:
        """Finding and adding feeds."""
        from newsreader.worker.subscribing import Subscribing

        return Subscribing(self.tools, self.refresher.visits)

    @cached_property
    def importing(self) -> Importing:
        """Taking over lists and other readers' libraries."""
        from newsreader.worker.importing import Importing

        return Importing(self.tools)

    async def refresh(
        self, ids: Sequence[int] | None = None, *, everything: bool = False, meter: Meter | None = None
    ) -> Outcome:
        """Refresh (see `Refresher.refresh`), say `readable`, fetch wanted full texts, index, and say `indexed`.

        Feeds that were lost are noted for `rediscovery.look`.
        """
        meter = meter or Meter(self.tools.children)
        try:
            outcome = await self.refresher.refresh(ids, everything=everything)
        except LibraryError:
            self.tools.emit({"event": "refresh", "done": 0, "total": 0})  # it is over
            raise
        self.tools.emit({"event": "readable", **meter.read()})
        for state in outcome.lost:
            self.rediscovery.note(state)
        if outcome.wanting:
            await self.articles.fetch_quietly(outcome.wanting)
        if outcome.edited and (old := await self.tools.library.call(Store.outdated_full_texts, outcome.edited)):
            await self.articles.fetch_quietly(old, anew=True)
        if notices := await self.tools.library.call(Store.take_notices):
            outcome.told = _told(notices)
            self.tools.emit({"event": "told", "text": outcome.told})
        await self.refresher.index()
        self.tools.emit({"event": "indexed", **meter.read()})
        await self.stories.place()
        return outcome

    async def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do what a request asks for and give its result. Raises NewsreaderError; UsageError for no known request."""
        match request:
            case {"request": "refresh", "sources": list(ids)} if all(isinstance(id_, int) for id_ in ids):
                return _summary(await self.refresh(ids))
            case {"request": "refresh"}:
                return _summary(await self.refresh(everything=bool(request.get("all"))))
            case {"request": "ask" | "agree" | "models"}:
                return await self._about_models(request)
            case {"article": int(article_id)}:
                return {"article": article_id, **await self._about_article(article_id, request)}
            case {"request": "save", "address": str(address)}:
                tags = [str(tag) for tag in request.get("tags") or ()]
                return await self.saving.save(address, tags, str(request.get("note") or ""))
            case _:
                return await self._about_sources(request)

    async def _about_article(self, article_id: int, request: dict[str, Any]) -> dict[str, Any]:
        """Do what a request asks for that is about one article."""
        match request["request"]:
            case "comments":
                afresh, search = (bool(request.get(name)) for name in ("afresh", "search"))
                return await self.talking.comments(article_id, afresh=afresh, search=search)
            case "full_text":
                await self.articles.full_text(article_id)
            case "document":
                await self.articles.document(article_id, full_text=bool(request.get("full_text")))
            case "former":
                await self.articles.former(article_id)
            case unknown:
                raise UsageError("This worker knows no such request.", str(unknown))
        return {}

    async def _about_models(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do what a request asks for that is about a language model."""
        match request:
            case {"request": "agree", "host": str() | None as host}:
                return await self.asking.agree(host)
            case {"request": "models"}:
                return await self.asking.models()
            case _:
                return await self.asking.ask(request)

    async def _about_sources(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do what a request asks for that brings sources in."""
        match request:
            case {"request": "find", "address": str(address)}:
                source = request.get("source")
                id_ = source if isinstance(source, int) else None
                return await self.subscribing.find(address, id_, _settings(request))
            case {"request": "add", "address": str(address)}:
                result = await self.subscribing.add(address, request.get("folder"), _settings(request))
            case {"request": "import", "path": str(path)}:
                result = await self.importing.answer([path])
            case {"request": "mirror", "do": str(deed)} if self.edited is not None:
                return await self.edited(deed)
            case {"request": "export", "path": str(path)}:
                return await self._export(path)
            case {"request": "newsboat"}:
                return await self.importing.newsboat(os.environ)
            case _:
                raise UsageError("This worker knows no such request.", str(request.get("request")))
        await self.put_in_place()
        return result

    async def put_in_place(self) -> None:
        """Put what came in into the index, and into its stories."""
        await self.refresher.index()
        await self.stories.place()

    async def _export(self, path: str) -> dict[str, Any]:
        from newsreader.worker.exporting import export_opml

        exported = await self.tools.library.call(export_opml, path, self.tools.now())
        return {"sources": exported.sources, "smart": exported.smart, "bare": len(exported.bare)}


def _settings(request: dict[str, Any]) -> SourceSettings:
    """How a person wants an address to be asked. Raises UsageError for what is no setting."""
    given = request.get("settings")
    settings = SourceSettings()
    for key, text in given.items() if isinstance(given, dict) else ():
        settings = parse_setting(settings, str(key), str(text))
    return settings


def _told(notices: Sequence[Notice]) -> str:
    """One sentence about all articles that came in of which rules are to tell."""
    rules = listed(f"“{truncate(notice.rule, _SHOWN)}”" for notice in notices)
    return f"{count_of(sum(notice.count for notice in notices), 'new article')} for {rules}: {notices[0].title}"


def _summary(outcome: Outcome) -> dict[str, Any]:
    return {
        "total": outcome.total,
        "failed": outcome.failed,
        "added": outcome.added,
        "offline": bool(outcome.offline),
        **({"told": outcome.told} if outcome.told else {}),
    }
