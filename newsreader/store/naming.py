"""What the names in a query mean: sources, folders, tags and categories as they are called in the library."""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from newsreader.bounds import CATEGORIES_KNOWN
from newsreader.query import Name, named_in, parse
from newsreader.query.folding import bare
from newsreader.store.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsreader.query import Named

_CATEGORIES: Final = f"""
    SELECT DISTINCT ltrim(c.value, '#') FROM article a, json_each(a.categories) c
    WHERE a.categories IS NOT NULL AND a.id > (SELECT max(id) FROM article) - {CATEGORIES_KNOWN}
"""


class Naming(Sources):
    """The part of the Store that knows what things are called."""

    def _ids_of(self, named: Named) -> list[int]:
        """What in the library is called so."""
        wanted = bare(named.value)
        if named.by is Name.SOURCE:
            return [source.id for source in self.find_sources(named.value)]
        if named.by is Name.TAG:
            return [id_ for id_, name in self._db.all("SELECT id, name FROM tag") if bare(name) == wanted]
        folders = self._db.all("SELECT id, folder FROM source WHERE folder IS NOT NULL")
        return [id_ for id_, folder in folders if wanted in bare(folder)]

    def unknown_name(self, text: str) -> str | None:
        """What nothing in the library is called of the names in a query, in a sentence with what was probably meant."""
        for named in named_in(parse(text).node):
            known = self._names(named.by)
            if known is None or self._is_known(named, known):
                continue
            words = {bare(word): word for name in known for word in (*name.split(), name)}
            near = get_close_matches(bare(named.value), words, n=1)
            asks = f"; did you mean “{words[near[0]]}”?" if near else "."
            return f"No {named.by} is called “{named.value}”{asks}"
        return None

    def _is_known(self, named: Named, known: Iterable[str]) -> bool:
        if named.by is Name.CATEGORY:
            return bare(named.value) in map(bare, known)
        return bool(self._ids_of(named)) or (named.by is Name.TAG and bool(self._sources_tagged(named.value)))

    def _names(self, by: Name) -> list[str] | None:
        """What sources, folders, tags and categories are called; None for what has no list of names."""
        match by:
            case Name.SOURCE:
                return [source.title for source in self.sources()]
            case Name.FOLDER:
                return self._db.column("SELECT DISTINCT folder FROM source WHERE folder IS NOT NULL")
            case Name.TAG:
                return self._db.column("SELECT name FROM tag")
            case Name.CATEGORY:
                return self._db.column(_CATEGORIES)
            case _:
                return None

    def _sources_tagged(self, tag: str) -> list[int]:
        """The sources whose articles all have a tag, as another reader had it, or a list of subscriptions."""
        rows = self._db.all("SELECT id, tags FROM source WHERE tags <> '[]'")
        return [id_ for id_, tags in rows if bare(tag) in map(bare, json.loads(tags))]
