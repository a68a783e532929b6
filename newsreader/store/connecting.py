"""Connecting to a library's file, with the functions that its SQL uses."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from newsreader.bounds import BUSY_TIMEOUT
from newsreader.query.folding import bare, folded, holds, indexed
from newsreader.store.connection import Connection, translate
from newsreader.store.packing import damaged, document_in, html_in, text_in, wanted
from newsreader.store.slimming import hash_now, identity_now
from newsreader.text import one_line, without_userinfo


def connect(path: Path, mode: str) -> Connection:
    """Connect to a file, in one of the modes of SQLite's addresses ("ro", "rw", "rwc"). Raises LibraryError.

    That it is no library shows only when it is read.
    """
    return _connect(f"{address(path)}?mode={mode}", path)


def connect_nowhere() -> Connection:
    """Begin a library that SQLite keeps for itself, in memory and a nameless file, and that goes with it."""
    return _connect("", Path("nowhere"))


def _connect(name: str, path: Path) -> Connection:
    try:
        raw = sqlite3.connect(
            name,
            uri=True,
            timeout=BUSY_TIMEOUT,
            isolation_level=None,  # transactions are ours
            check_same_thread=False,  # one thread at a time, but not always the same
            cached_statements=256,
        )
        raw.create_function("lined", 1, _lined, deterministic=True)
        raw.create_function("bare", 1, bare, deterministic=True)
        raw.create_function("folded", 1, folded, deterministic=True)
        raw.create_function("indexed", 3, indexed, deterministic=True)
        raw.create_function("holds", 2, holds, deterministic=True)
        raw.create_function("wanted", 1, wanted)
        for change in (identity_now, hash_now):
            raw.create_function(change.__name__, 1, change, deterministic=True)
        raw.create_function("damaged", -1, damaged)
        raw.create_function("public", 1, without_userinfo, deterministic=True)
        for part in (html_in, document_in, text_in):
            raw.create_function(part.__name__, -1, part, deterministic=True)
    except sqlite3.Error as error:
        raise translate(error) from error
    return Connection(raw, path)


def _lined(data: bytes | None) -> str | None:
    """For SQL: clean text in one line. It is given as a BLOB, for a byte of it may be damaged."""
    return None if data is None else one_line(data.decode("utf-8", "replace"))


def address(path: Path) -> str:
    """A file as SQLite takes it for an address, also to attach it."""
    return f"file:{quote(os.fsencode(path.absolute()))}"
