"""The log: one file in the state folder, 1 MB and its predecessor, written by every process of the program.

What goes in is cleaned, and addresses lose what may be secret: the query, and name and password before the host.
"""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING, Final

from newsreader.bounds import LOG_SIZE
from newsreader.text import clean_text, without_userinfo

if TYPE_CHECKING:
    from pathlib import Path

_ROOT: Final = "newsreader"
_LOOP: Final = "asyncio"  # what it cannot tell anybody else it would write on the screen
_ADDRESS = r"(?i)(?P<scheme>\b[a-z][a-z0-9+.-]*://)(?P<rest>[^\s?#'\"<>]*)(?:[?#][^\s'\"<>]*)?"


def without_secrets(text: str) -> str:
    """Cut query, fragment and user information from every address in a text."""
    return re.sub(_ADDRESS, lambda found: f"{found['scheme']}{found['rest']}", without_userinfo(text))


class _Formatter(logging.Formatter):
    """Writes a record, its traceback included, cleaned and without secrets."""

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(clean_text(super().format(record)))


class _QuietFile(RotatingFileHandler):
    """A log that cannot be written (full disk, read-only folder) disturbs nobody."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        del record


def setup(path: Path) -> None:
    """Send the program's log to a file; where that is impossible the program goes on without a log."""
    handler = _handler(path)
    for name, level in ((_ROOT, logging.INFO), (_LOOP, logging.WARNING)):
        logger = logging.getLogger(name)
        logger.setLevel(level)
        logger.propagate = False
        for before in list(logger.handlers):
            logger.removeHandler(before)
            before.close()
        logger.addHandler(handler)


logging.getLogger(_ROOT).addHandler(logging.NullHandler())  # until then; without any, Python writes on the screen


def _handler(path: Path) -> logging.Handler:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = _QuietFile(path, maxBytes=LOG_SIZE, backupCount=1, encoding="utf-8", delay=True, errors="replace")
    except OSError:
        return logging.NullHandler()
    handler.setFormatter(_Formatter("%(asctime)s %(process)d %(name)s %(levelname)s %(message)s"))
    return handler


def get(name: str = "") -> logging.Logger:
    """The logger of one part of the program: `get("worker")`."""
    return logging.getLogger(f"{_ROOT}.{name}" if name else _ROOT)
