"""The demo world on a web server of its own, for `--demo`, tests and screenshots.

Importing this module is cheap: the command line does it on every start. The server's own modules are loaded when it
starts.
"""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from types import TracebackType

    from newsreader.demo.handler import SiteServer
    from newsreader.demo.world import DemoArticle
    from newsreader.model import Subscription

NOW: Final[int] = 1_795_456_800
"""2026-11-23T18:00:00Z, the moment at which the demo world stands still."""


class DemoServer:
    """The demo world at a random port of 127.0.0.1, as a context manager.

    `now` (Unix seconds) is the moment that the articles' ages are counted back from. `delay` (seconds) is how long the
    slow source lets one wait.
    """

    def __init__(self, *, now: int = NOW, delay: float = 2.0) -> None:
        self.now = now
        self._delay = delay
        self._server: SiteServer | None = None
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        """Start to serve. Raises OSError if no port can be had."""
        from newsreader.demo.handler import SiteServer
        from newsreader.demo.site import Site
        from newsreader.demo.world import sources

        server = SiteServer()
        server.site = Site(sources(), f"http://127.0.0.1:{server.server_port}", self.now, self._delay)
        server.modified = self.now
        self._server = server
        # The interval is how long the end of the server may take.
        self._thread = Thread(target=server.serve_forever, args=(0.05,), name="demo server", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop: slow answers are cut off."""
        server, thread = self._running, self._thread
        self._server = self._thread = None
        server.stopping.set()
        server.shutdown()
        server.server_close()
        assert thread is not None
        thread.join()

    @property
    def base(self) -> str:
        """The server's address, without a slash at its end."""
        return f"http://127.0.0.1:{self._running.server_port}"

    @property
    def requests(self) -> tuple[str, ...]:
        """Every path that was asked for so far, in order."""
        return self._running.seen

    def subscriptions(self) -> tuple[Subscription, ...]:
        """Every source with its folder, in the order of the world."""
        from newsreader.demo.world import sources
        from newsreader.model import Subscription

        return tuple(
            Subscription(
                url=self.base + source.feed_path,
                title=source.title,
                folder=source.folder,
                link=self.base + source.home,
            )
            for source in sources()
        )

    def publish_more(self, count: int | None = None) -> tuple[DemoArticle, ...]:
        """Let news arrive: put `count` held articles into their feeds, all of them without a count; return them."""
        site = self._running.site
        assert site is not None
        return site.publish_more(count)

    @property
    def _running(self) -> SiteServer:
        if self._server is None:
            raise RuntimeError("the demo server is not running")
        return self._server
