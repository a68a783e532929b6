"""`newsreader export --bookmarks`, `--kept` and `--query`: articles as files that need no newsreader."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Final

from newsreader.cli import EXIT_USAGE, output
from newsreader.cli.read import document_of
from newsreader.config.paths import expanded
from newsreader.config.writing import write_whole
from newsreader.document import keepsakes
from newsreader.errors import UsageError
from newsreader.feeds import bookmarks, json_feed_writing
from newsreader.model import Query
from newsreader.query import parse
from newsreader.store.keepsakes import keepsake_of, shows_full
from newsreader.text import count_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from newsreader.cli.context import Context
    from newsreader.document.blocks import Document
    from newsreader.model import Keepsake
    from newsreader.store import Store

_BY_ENDING: Final = {".json": "json", ".html": "netscape", ".htm": "netscape", ".epub": "epub"}
_IN_MEMORY: Final = 16 * 1024 * 1024  # bytes of a book; a larger one is put together in a temporary file
_PIECE: Final = 64 * 1024
_INDEX: Final = "index.html"


def export(arguments: argparse.Namespace, context: Context) -> int:
    """Write them in a form; which one, the name says where it is not given."""
    name, query = arguments.file, (arguments.query or "").strip()
    form = arguments.format or _BY_ENDING.get(Path(name).suffix.lower(), "markdown")
    if arguments.query is not None and not query:
        raise UsageError('Which articles? Say it as in `list`: --query "is:later".')
    if mistakes := parse(query).mistakes:
        output.mistakes(query, mistakes)
        return EXIT_USAGE
    with context.open_library() as store:
        kept = store.keepsakes(all_kept=arguments.kept or bool(query))
        if query:
            moments = dict(kept)
            kept = tuple((id_, moments.get(id_)) for id_ in store.listing(Query(text=query)).ids)
        title = query or ("What was kept" if arguments.kept else "Bookmarks")
        if form in {"markdown", "html"}:
            if name == "-":
                raise UsageError("Name a folder for the files: newsreader export --bookmarks FOLDER.")
            written = _into_folder(store, kept, expanded(name), form)
        elif form == "epub":
            written = _into_book(store, kept, name, title, int(context.clock()))
        else:
            found = (keepsake for keepsake, _ in _all(store, kept))
            written = _into_file(found, name, form, title)
    if name != "-":
        output.line(f"{count_of(written, 'article')} written to {name}.")
    return 0


def _into_book(store: Store, kept: Sequence[tuple[int, int | None]], name: str, title: str, now: int) -> int:
    from newsreader.document.epub import write_epub

    if not kept:
        raise UsageError("There is nothing to make a book of.")
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        written = write_epub(_all(store, kept), title, now, file)
        file.seek(0)
        _put(iter(lambda: file.read(_PIECE), b""), name)
    return written


def _into_folder(store: Store, kept: Iterable[tuple[int, int | None]], folder: Path, form: str) -> int:
    """Write a file an article; each is there whole or not at all."""
    entries: list[tuple[str, str, str]] = []
    index = folder / _INDEX
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if form == "html" and index.exists() and not keepsakes.is_index(index.read_bytes()):
            raise UsageError(f"{index} is another program's, and is left alone. Name another folder.")
        for keepsake, document in _all(store, kept):
            ending, text = ("md", "") if form == "markdown" else ("html", keepsakes.html_file(keepsake))
            name = keepsakes.file_name(keepsake, ending)
            text = text or keepsakes.markdown_file(keepsake, document)
            write_whole(folder / name, text.encode("utf-8", "replace"))
            entries.append((name, keepsake.title, " · ".join(filter(None, (keepsake.source, keepsake.note)))))
        if form == "html":
            write_whole(index, keepsakes.html_index(entries).encode("utf-8", "replace"))
    except OSError as error:
        written = f" {count_of(len(entries), 'article')} had been written." if entries else ""
        raise UsageError(f"{folder} cannot be written: {error.strerror or error}.{written}", str(error)) from error
    return len(entries)


def _into_file(found: Iterator[Keepsake], name: str, form: str, title: str) -> int:
    counted = count()
    if form == "json":
        content = json_feed_writing.write((keepsake for keepsake, _ in zip(found, counted, strict=False)), title)
    else:  # a browser can keep nothing that has no address
        marks = (_bookmark(keepsake) for keepsake in found if keepsake.url)
        content = bookmarks.write(mark for mark, _ in zip(marks, counted, strict=False))
    _put(content, name)
    return next(counted)


def _put(content: Iterable[bytes], name: str) -> None:
    """Write a file, or to standard output where that is its name."""
    try:
        if name == "-":
            sys.stdout.flush()
            sys.stdout.buffer.writelines(content)
        else:
            write_whole(expanded(name), content)
    except OSError as error:
        raise UsageError(f"{name} cannot be written: {error.strerror or error}.", str(error)) from error


def _bookmark(keepsake: Keepsake) -> bookmarks.Bookmark:
    return bookmarks.Bookmark(
        keepsake.url or "", keepsake.title, keepsake.kept_at or keepsake.published, keepsake.tags, keepsake.note
    )


def _all(store: Store, kept: Iterable[tuple[int, int | None]]) -> Iterator[tuple[Keepsake, Document]]:
    """The articles one after the other, each as the reader shows it."""
    for article_id, kept_at in kept:
        article = store.article(article_id)
        if article is None:
            continue
        yield keepsake_of(store, article, kept_at), document_of(store, article, shows_full(article))
