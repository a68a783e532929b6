"""A damaged library whose own schema cannot be read: the tables are found by their pages, and given a schema anew.

SQLite reads the schema first, and where a page of it is damaged, nothing else. Its rows name a table and the page at
which that begins. They are looked for in all pages of the file by how they are written (SQLite's file format, 1.6 and
2.1); for those whose page is lost, a new library tells where each table would begin. A copy of the file then gets a
first page that has only these, as few words as will do.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING, Final

from newsreader.store.connecting import connect, connect_nowhere
from newsreader.store.schema import SCHEMA, migrate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from newsreader.store.connection import Connection

_LEAF: Final = 0x0D
_BEGINNINGS: Final = frozenset({0x02, 0x05, 0x0A, 0x0D})  # what the first byte of a table's first page may be
_HEAD: Final = 100  # bytes of the file's header, in its first page
_SIZES: Final = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)  # bytes of the kinds of numbers


def with_schema_anew(damaged: Path, copy: Path, tables: Iterable[str]) -> None:
    """Write a copy of a damaged library in which these tables can be read again, as far as they are found.

    Raises OSError, LibraryError.
    """
    wanted = tuple(tables)
    shutil.copyfile(damaged, copy)
    with copy.open("r+b") as file:
        head = file.read(_HEAD)
        size = _page_size(head)
        version = int.from_bytes(head[60:64], "big")
        version = version if 0 < version <= SCHEMA else SCHEMA
        pages = copy.stat().st_size // size
        first: list[bytes] = []  # the first byte of each page: what it is
        found: dict[str, int] = {}
        for number in range(pages):
            file.seek(number * size)
            page = file.read(size)
            start = _HEAD if number == 0 else 0
            first.append(page[start : start + 1])
            if first[-1] == bytes([_LEAF]) and b"table" in page:
                found |= {name: root for name, root in _rows(page, start) if name in wanted and 1 < root <= pages}
        roots = {
            name: root
            for name, root in _with_likely(found, wanted, version).items()
            if root <= pages and first[root - 1][0] in _BEGINNINGS
        }
        file.seek(0)
        file.write(_first_page(copy.with_name("schema"), roots, size, pages, version))


def _page_size(head: bytes) -> int:
    size = int.from_bytes(head[16:18], "big")
    return size if size in {1 << power for power in range(9, 16)} else 4096


def _rows(page: bytes, start: int) -> Iterator[tuple[str, int]]:
    """The tables that a page of the schema names, and the pages at which they begin; nothing of any other page."""
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    for number in range(min(count, len(page) // 8)):
        at = start + 8 + 2 * number
        try:
            row = _row(page, int.from_bytes(page[at : at + 2], "big"))
        except (IndexError, ValueError):
            continue
        if row is not None:
            yield row


def _row(page: bytes, at: int) -> tuple[str, int] | None:
    for _ in ("length", "rowid"):
        _, at = _varint(page, at)
    size, begin = _varint(page, at)
    kinds, where = [], begin
    while where < at + size:
        kind, where = _varint(page, where)
        kinds.append(kind)
    if len(kinds) != 5 or not all(kind >= 13 and kind % 2 for kind in kinds[:3]) or not 1 <= kinds[3] <= 9:
        return None
    texts = []
    for kind in kinds[:3]:
        texts.append(page[where : where + (kind - 13) // 2].decode())
        where += (kind - 13) // 2
    root = int.from_bytes(page[where : where + _SIZES[kinds[3]]], "big")
    return (texts[1], root) if texts[0] == "table" else None


def _varint(page: bytes, at: int) -> tuple[int, int]:
    value = 0
    for count in range(8):
        value = value << 7 | page[at + count] & 0x7F
        if page[at + count] < 0x80:
            return value, at + count + 1
    return value << 8 | page[at + 8], at + 9


def _with_likely(found: Mapping[str, int], wanted: Iterable[str], version: int) -> dict[str, int]:
    """Where tables of which nothing was found would begin: as in a library that was begun at the likeliest schema."""
    likely: dict[str, int] = {}
    for begun in range(1, version + 1):
        with closing(connect_nowhere()) as fresh:
            fresh.run("PRAGMA auto_vacuum = INCREMENTAL")
            migrate(fresh, begun)
            roots: dict[str, int] = dict(fresh.all("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'"))
        if _agreement(roots, found) >= _agreement(likely, found):
            likely = roots
    taken = set(found.values())
    return {**{name: root for name, root in likely.items() if name in wanted and root not in taken}, **found}


def _agreement(roots: Mapping[str, int], found: Mapping[str, int]) -> int:
    return sum(roots.get(name) == root for name, root in found.items())


def _first_page(path: Path, roots: Mapping[str, int], size: int, pages: int, version: int) -> bytes:
    """A first page whose schema has these tables, each beginning where it does."""
    with closing(connect_nowhere()) as fresh:
        migrate(fresh, version)
        statements = {name: _statement(fresh, name) for name in roots}
    with closing(connect(path, "rwc")) as small:
        small.run(f"PRAGMA page_size = {size}")
        for statement in filter(None, statements.values()):
            small.run(statement)
        small.run(f"PRAGMA user_version = {version}")
        small.run("PRAGMA writable_schema = ON")
        with small.transaction():
            for name, root in roots.items():
                small.run("UPDATE sqlite_master SET rootpage = ? WHERE name = ?", (root, name))
    page = bytearray(path.read_bytes()[:size])
    page[28:32] = pages.to_bytes(4, "big")
    page[92:96] = page[24:28]  # the number of pages counts only where these agree
    page[32:40] = bytes(8)  # no free pages are known
    return bytes(page)


def _statement(fresh: Connection, table: str) -> str:
    """What makes a table of the same columns, in few words: all of it must fit into one page."""
    rows = fresh.all("SELECT name, pk FROM pragma_table_info(?)", (table,))
    keys = [name for name, pk in sorted(rows, key=lambda row: row[1]) if pk]
    if not rows:
        return ""
    without = len(keys) > 1
    columns = [f"{name} INTEGER PRIMARY KEY" if [name] == keys else name for name, _ in rows]
    ending = f", PRIMARY KEY ({', '.join(keys)})) WITHOUT ROWID" if without else ")"
    return f"CREATE TABLE {table} ({', '.join(columns)}{ending}"
