"""Connecting to a library's file, with the functions that its SQL uses."""

from __future__ import annotations

import os
import sqlite3
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from newsreader.bounds import BUSY_TIMEOUT
from newsreader.query.folding import fold, indexed
from newsreader.store.connection import Connection, translate

if TYPE_CHECKING:
    from pathlib import Path

# One rule after the other looks at the same few hundred articles: each text is folded once.
_folded: Final = lru_cache(maxsize=512)(fold)


def connect(path: Path, mode: str) -> Connection:
    """Connect to a file, in one of the modes of SQLite's addresses ("ro", "rw", "rwc"). Raises LibraryError.

    That it is no library shows only when it is read.
    """
    try:
        raw = sqlite3.connect(
            f"{address(path)}?mode={mode}",
            uri=True,
            timeout=BUSY_TIMEOUT,
            isolation_level=None,  # transactions are ours
            check_same_thread=False,  # one thread at a time, but not always the same
            cached_statements=256,
        )
        raw.create_function("folded", 1, _folded, deterministic=True)
        raw.create_function("indexed", 1, lambda text: text and indexed(text), deterministic=True)
    except sqlite3.Error as error:
        raise translate(error) from error
    return Connection(raw, path)


def address(path: Path) -> str:
    """A file as SQLite takes it for an address, also to attach it."""
    return f"file:{quote(os.fsencode(path.absolute()))}"
