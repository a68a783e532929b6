"""Where the person was, kept in the library so that the next start finds it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from newsreader.model import Query, Scope
from newsreader.store import Store
from newsreader.ui.keys import Where
from newsreader.ui.source_rows import Sorting

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsreader.ui.library import Library

KEY: Final = "reader.whereabouts"
SEEN: Final = "reader.seen"
"""Under which the library keeps when the person was here last."""


class Whereabouts(NamedTuple):
    """The list, the article under the cursor, that in the reader, the pane with the focus, folds, orders."""

    query: Query | None = None
    cursor: int | None = None
    opened: int | None = None
    pane: Where = Where.ARTICLES
    folded: frozenset[str] = frozenset()
    sorting: Sorting = Sorting.HAND
    grouped: bool = False

    def dump(self) -> str:
        """As text for the library."""
        query = self.query
        return json.dumps(
            {
                "scope": query and query.scope,
                "source": query and query.source_id,
                "folder": query and query.folder,
                "text": query and query.text,
                "tag": query and query.tag,
                "smart": query and query.smart_id,
                "story": query and query.story_of,
                "cursor": self.cursor,
                "opened": self.opened,
                "pane": self.pane,
                "folded": sorted(self.folded),
                "sorting": self.sorting,
                "grouped": self.grouped,
            }
        )

    @classmethod
    def load(cls, text: str | None) -> Whereabouts:
        """From text of the library; what cannot be understood is left at its default."""
        try:
            data: Any = json.loads(text or "{}")
            scope = data.get("scope")
            query = _query(Scope(scope), data) if scope else None
            pane = Where(data.get("pane", Where.ARTICLES))
            folded = frozenset(str(name) for name in data.get("folded", ()))
            sorting = Sorting(data.get("sorting", Sorting.HAND))
            grouped = data.get("grouped") is True
            return cls(query, _number(data.get("cursor")), _number(data.get("opened")), pane, folded, sorting, grouped)
        except (ValueError, TypeError, AttributeError, RecursionError):
            return cls()


class Notebook:
    """Where the person is now, and how far the library knows of it."""

    def __init__(self, library: Library, clock: Callable[[], float]) -> None:
        self.here = Whereabouts()
        self._library = library
        self._clock = clock
        self._written = self.here.dump()

    @property
    def is_written(self) -> bool:
        """Whether the library knows it as it is."""
        return self.here.dump() == self._written

    async def write(self) -> None:
        """Have the library keep it. Raises LibraryError."""
        if not self.is_written:
            self._written = self.here.dump()
            await self._library.call(Store.remember, KEY, self._written)
            await self._library.call(Store.remember, SEEN, str(int(self._clock())))
            shown = (self.here.cursor, self.here.opened)
            await self._library.call(Store.note_open, [each for each in shown if each is not None])


def _query(scope: Scope, data: dict[str, Any]) -> Query:
    text = str(data.get("text") or "")
    return Query(
        scope,
        _number(data.get("source")),
        _words(data.get("folder")),
        text,
        _words(data.get("tag")),
        _number(data.get("smart")),
        _number(data.get("story")),
    )


def _number(value: Any) -> int | None:
    return value if type(value) is int else None


def _words(value: Any) -> str | None:
    return value if isinstance(value, str) else None
