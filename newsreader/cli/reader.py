"""`newsreader` without a command: the reader. `--demo` opens it on a throw-away invented world."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

from newsreader.cli.context import NOW_VARIABLE, Context
from newsreader.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from newsreader.config import Config
    from newsreader.model import Bundle
    from newsreader.ui.terminal import Terminal

_NEWS_AFTER = 20.0
"""Seconds until the demo world has more to tell: R then shows how new articles arrive."""
_TURN = 0.001
"""Seconds for which a thread may keep the others waiting: the one that reads the library, or the one that paints, for a
key; five times as long is Python's own choice.
"""
_WINDOWS = 100
"""More windows than anybody opens at once; each has its own undo."""


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Open the reader and stay until it is left. Raises UsageError where there is no terminal to draw on."""
    terminal = os.environ.get("TERM", "dumb")
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or terminal in {"", "dumb"}:
        raise UsageError("The reader needs a real terminal; `newsreader list` and `newsreader read` work without one.")
    with ExitStack() as stack:
        if arguments.demo:
            context = _enter_demo(stack)
        return _open(stack, context)


def _open(stack: ExitStack, context: Context) -> int:
    # What is loaded from here to the first paint stays: looking through it for garbage meanwhile would take a tenth of
    # the start. The app turns it on again, and sets what is there by then aside.
    gc.disable()
    sys.setswitchinterval(_TURN)
    from newsreader.cli.ending import Ending

    config = context.config()
    terminal = _terminal(stack, config)
    from newsreader.ui.app import NewsreaderApp
    from newsreader.worker.client import Worker

    store = stack.enter_context(context.open_library("window-1"))
    window = claim_window(stack, context, store.windows())
    stack.enter_context(store.acting_for(window))
    store.use_mode(config.full_text_mode)
    store.use_copies(together=config.copies)
    app = NewsreaderApp(
        store=store,
        worker=Worker(context.worker_command(window), log_path=context.paths.log),
        config=config,
        catalogue=_bundles,
        clock=context.clock,
        terminal=terminal,
    )
    with Ending(app.end_from_outside):
        app.run(mouse=config.mouse)
    return app.return_code or 0


def _terminal(stack: ExitStack, config: Config) -> Terminal:
    """The terminal, asked for its background where that matters: it answers while the reader is loaded."""
    from newsreader.ui.terminal import Terminal, colours

    known = colours(os.environ)
    if known is not None:
        os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", known)
    terminal = Terminal()
    return stack.enter_context(terminal) if config.theme == "auto" else terminal


def _bundles() -> tuple[Bundle, ...]:
    """The starter catalogue, which is not needed before a first start or a key asks for it."""
    from newsreader.feeds.catalogue import bundles

    return bundles(_language())


def _language() -> str | None:
    """The language of the person's locale, as a primary subtag of BCP 47; both kinds of Norwegian are one."""
    locale = next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    language = locale.partition(".")[0].partition("_")[0].casefold()
    return {"nb": "no", "nn": "no"}.get(language, language) or None


def claim_window(stack: ExitStack, context: Context, acted: Sequence[str] = ()) -> str:
    """Find this window's name: of those that no running reader has the one that acted last, so undo outlives restarts.

    `acted` names who did something of late, the last one first. The claim is a kernel lock: it ends with the process,
    however that ends. Nobody is refused: in a folder that takes no files, and beyond any sensible number, a window
    goes without a claim.
    """
    from newsreader.worker.lock import try_lock

    names = [f"window-{number}" for number in range(1, _WINDOWS)]
    for name in dict.fromkeys([*(name for name in acted if name in names), *names]):
        path = context.paths.state / f"{name}.lock"
        lock = try_lock(path)
        if lock is not None:
            stack.callback(lock.release)
            return name
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            return name
    return f"window-{_WINDOWS}"


def _enter_demo(stack: ExitStack) -> Context:
    """Begin a throw-away home that is subscribed to the demo world, and serve that world."""
    from newsreader.demo.server import NOW, DemoServer

    os.environ[NOW_VARIABLE] = str(NOW)
    # The demo world lies on loopback: a proxy has no way there.
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "*"
    home = stack.enter_context(tempfile.TemporaryDirectory(prefix="newsreader-demo-", ignore_cleanup_errors=True))
    server = stack.enter_context(DemoServer())
    later = Timer(_NEWS_AFTER, server.publish_more)
    later.daemon = True
    later.start()
    stack.callback(later.cancel)
    context = Context.create(str(Path(home)))
    with context.open_library() as store:
        store.add_sources(server.subscriptions())
    return context
