"""The reader on a real library and a stand-in for the worker, driven by keys."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.events import Key
from textual.keys import REPLACED_KEYS, _character_to_key, key_to_character

from newsreader.config import Paths, load
from newsreader.model import ArticleHead, Bundle, Query, Scope
from newsreader.store import Store
from newsreader.ui.app import NewsreaderApp
from newsreader.ui.main import MainScreen
from tests.fakes import FakeWorker
from tests.ui.world import NOW, SOURCES, fill

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.screen import Screen

    from newsreader.ui.keys import Where

PATIENCE = 5.0
BUNDLES = (
    Bundle("World", "the wires", SOURCES[:4]),
    Bundle("Technology", "circuits and kernels", SOURCES[4:6]),
    Bundle("Science", "fields and orbits", SOURCES[6:8]),
)


@dataclass
class Desk:
    """What a test has in its hands."""

    app: NewsreaderApp
    main: MainScreen
    pilot: Pilot[None]
    worker: FakeWorker
    path: Path
    sources: dict[str, int]

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until their commands are through."""
        for key in keys:
            self.app.post_message(key_event(key))
            await self.settle()

    async def settle(self) -> None:
        """Wait until every message and command so far is through."""
        for _ in range(3):  # from the app to the screen, to the widget, and what that tells the screen
            await self.pilot.pause(0)
            await self.until(lambda: self.main.idle and self.app.keys.idle)

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something holds; fails when it never does."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():
                    await self.pilot.pause(0.005)
        except TimeoutError:
            msg = f"it never came to that; the screen:\n{self.text}"
            raise AssertionError(msg) from None

    @property
    def text(self) -> str:
        """The screen as plain text."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    @property
    def title(self) -> str:
        """The title of the article in the reader pane."""
        article = self.main.reading.article
        return article.head.title if article else ""

    @property
    def cursor(self) -> str:
        """The title of the article under the cursor."""
        head = self.main.articles.head(self.main.articles.cursor)
        return head.title if head else ""

    def shows_full_text(self) -> bool:
        """Whether the reader pane shows a full text."""
        return self.main.reading.full_text

    def at(self, pane: Where) -> bool:
        """Whether a pane has the focus."""
        return self.main.pane is pane

    def on(self, kind: type[Screen[Any]]) -> bool:
        """Whether a screen of this kind is on top."""
        return isinstance(self.app.screen, kind)

    @property
    def titles(self) -> list[str]:
        """The titles in the list, as the library has them."""
        return [head.title for head in self.heads(self.main.browsing.ids)]

    def heads(self, ids: tuple[int, ...] | None = None) -> tuple[ArticleHead, ...]:
        """Articles as another process finds them in the library."""
        with Store.open(self.path, read_only=True, clock=lambda: NOW) as store:
            return tuple(store.heads(store.listing(Query(Scope.ALL)).ids if ids is None else ids))

    def head(self, title: str) -> ArticleHead:
        """One article as another process finds it in the library."""
        return next(head for head in self.heads() if head.title == title)


@asynccontextmanager
async def desk(
    folder: Path,
    *,
    size: tuple[int, int] = (160, 48),
    prepare: Callable[[Store], dict[str, int]] = fill,
    worker: FakeWorker | None = None,
    keys: Mapping[str, str] | None = None,
    macros: Mapping[str, str] | None = None,
    enclosures: Mapping[str, str] | None = None,
    theme: str = "newsreader-dark",
    history: bool = True,
) -> AsyncIterator[Desk]:
    """Open the reader on the library in `folder`; a new one is filled by `prepare`."""
    path = folder / "library.db"
    worker = worker or FakeWorker()
    with Store.open(path, clock=lambda: NOW, window="test") as store:
        sources = prepare(store) if store.created else {source.title: source.id for source in store.sources()}
        paths = Paths.under(folder)
        config = load(paths)._replace(
            theme=theme, keys=keys or {}, macros=macros or {}, enclosures=enclosures or {}, history=history
        )
        app = NewsreaderApp(store=store, worker=worker, config=config, catalogue=lambda: BUNDLES, clock=lambda: NOW)
        async with app.run_test(size=size) as pilot:
            main = app._main
            here = Desk(app, main, pilot, worker, path, sources)
            await here.until(lambda: worker.started)
            await here.settle()
            yield here
            if not app._exit:
                app.exit()


def key_event(key: str) -> Key:
    """A key press as the terminal's driver would send it; the pilot's own waits 60 ms for each."""
    if len(key) == 1:
        return Key(key if key.isalnum() else _character_to_key(key), key)
    return Key(key, key_to_character(REPLACED_KEYS.get(key, key)))


def nothing(store: Store) -> dict[str, int]:
    """Leave the library empty, as at the first start."""
    del store
    return {}
