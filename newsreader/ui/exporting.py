"""Writing articles to files: the one that is read, or all that are selected."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.config.paths import expanded
from newsreader.config.writing import write_whole
from newsreader.document.blocks import VERSION, Document, load
from newsreader.errors import UsageError
from newsreader.store.keepsakes import keepsake_of, shows_full
from newsreader.text import one_line, truncate
from newsreader.ui.desk import Desk
from newsreader.ui.keys import Where
from newsreader.ui.words import commands
from newsreader.ui.words import exporting as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.model import Keepsake
    from newsreader.store import Store

_SHOWN: Final = 60  # cells of a path in a sentence
_BETWEEN: Final = "\n\n"  # two articles in one file
_PAGES: Final = frozenset({".html", ".htm"})
_TEXTS: Final = frozenset({".txt", ".text"})
_MARKDOWN: Final = frozenset({".md", ".markdown"})


def is_for_articles(written: str) -> bool:
    """Whether the name of a file says that articles are to be written to it, and no list of sources."""
    return written.endswith("/") or Path(written).suffix.lower() in _PAGES | _TEXTS | _MARKDOWN


class _Read(NamedTuple):
    """An article read for a file; the document is None where it has to be built anew first."""

    keepsake: Keepsake
    document: Document | None
    full: bool


class Exporting(Desk):
    """The command that writes articles to a file."""

    async def take_write(self, written: str) -> None:
        """Write the article, or all that are selected, to a file whose ending says how, or into a folder."""
        head = self.main.target()
        selected = self.main.articles.selected if self.main.pane is not Where.READER else frozenset[int]()
        ids = [each for each in self.main.articles.roll[:] if each in selected]
        if not ids and head is not None:
            ids = [head.id]
        if not ids:
            self.main.foot.say(commands.NO_ARTICLE)
            return
        path = expanded(written)
        folder = written.endswith("/") or await asyncio.to_thread(path.is_dir)
        if not folder:
            await asyncio.to_thread(_check, path, len(ids))
        self.main.spawn(self._export, ids, path, folder, truncate(one_line(written), _SHOWN))

    async def _export(self, ids: Sequence[int], path: Path, folder: bool, shown: str) -> None:
        """Read one after the other, so that others have the library too, and write. Raises NewsreaderError."""
        if len(ids) > 1:
            self.main.foot.say(words.writing(len(ids)))
        found = [each for each in [await self._read(article_id) for article_id in ids] if each is not None]
        try:
            await asyncio.to_thread(_write_all if folder else _write_one, found, path)
        except OSError as error:
            raise UsageError(words.not_written(shown, error.strerror or str(error)), str(error)) from error
        self.main.foot.say(words.written(len(found), shown))

    async def _read(self, article_id: int) -> _Read | None:
        found = await self.main.library.call(_read, article_id)
        if found is not None and found.document is None:
            await self.main.worker.request("document", article=article_id, full_text=found.full)
            found = await self.main.library.call(_read, article_id)
        return found


def _check(path: Path, count: int) -> None:
    """Refuse a file that cannot be written, or is there. Raises UsageError."""
    ending = path.suffix.lower()
    if ending not in _PAGES | _TEXTS | _MARKDOWN:
        raise UsageError(words.ENDINGS)
    if ending in _PAGES and count > 1:
        raise UsageError(words.ONE_PAGE)
    if path.exists():
        raise UsageError(words.there_already(truncate(one_line(str(path)), _SHOWN)))


def _read(store: Store, article_id: int) -> _Read | None:
    article = store.article(article_id)
    if article is None:
        return None
    full = shows_full(article)
    data = article.full_document if full else article.feed_document
    version = article.full_document_version if full else article.document_version
    document = load(data) if data is not None and version == VERSION else None
    return _Read(keepsake_of(store, article), document, full)


def _write_all(found: Sequence[_Read], folder: Path) -> None:
    """A Markdown file an article, by the name it always has."""
    from newsreader.document import keepsakes

    folder.mkdir(parents=True, exist_ok=True)
    for each in found:
        text = keepsakes.markdown_file(each.keepsake, each.document or Document(()))
        write_whole(folder / keepsakes.file_name(each.keepsake, "md"), text.encode("utf-8", "replace"))


def _write_one(found: Sequence[_Read], path: Path) -> None:
    from newsreader.document import keepsakes
    from newsreader.document.plain import to_plain

    ending = path.suffix.lower()
    texts: list[str] = []
    for keepsake, document, _ in found:
        if ending in _PAGES:
            texts.append(keepsakes.html_file(keepsake))
        elif ending in _MARKDOWN:
            texts.append(keepsakes.markdown_file(keepsake, document or Document(())))
        else:
            facts = " · ".join(filter(None, (one_line(keepsake.source), one_line(keepsake.author or ""), keepsake.url)))
            texts.append(f"{one_line(keepsake.title)}\n{facts}\n\n{to_plain(document or Document(()))}\n")
    write_whole(path, _BETWEEN.join(texts).encode("utf-8", "replace"))
