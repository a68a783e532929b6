"""`newsreader list [QUERY]`: articles, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.cli import EXIT_USAGE, output
from newsreader.cli.context import choose_smart
from newsreader.model import Query, Scope
from newsreader.query import parse
from newsreader.store import BEGINNING
from newsreader.text import count_of, short_age

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from newsreader.cli.context import Context
    from newsreader.model import ArticleHead
    from newsreader.store import Store

_ON_SCREEN = 50
_BLOCK = 500  # heads read in one statement
_AT_ONCE = 2_000  # articles looked for at once


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print the articles that match, as lines or as JSON."""
    columns = output.width()
    query = " ".join(arguments.query).strip()
    if mistakes := parse(query).mistakes:
        output.mistakes(query, mistakes)
        return EXIT_USAGE
    with context.open_library() as store:
        wanted = Query(text=query)
        if arguments.smart is not None:
            smart = choose_smart(store, arguments.smart)
            if mistakes := parse(smart.query).mistakes:
                output.mistakes(smart.query, mistakes)
                return EXIT_USAGE
            wanted = Query(Scope.SMART, text=query, smart_id=smart.id)
        limit = arguments.limit or (None if arguments.json or columns is None else _ON_SCREEN)
        found = _Found(store, wanted, limit)
        if arguments.json:
            addresses = {source.id: source.url for source in store.sources()}
            output.as_json_list(output.article_json(head, addresses.get(head.source_id, "")) for head in found.heads())
            return 0
        now = int(context.clock())
        for head in found.heads():
            _print(head, now, columns)
        unknown = None if found.count else store.unknown_name(query)
    if unknown:
        output.problem(unknown)
    _say_the_rest(found, searched=bool(arguments.query or arguments.smart))
    return 0


class _Found:
    """What a query finds, read and printed in blocks: the first lines come at once, however long the rest takes."""

    def __init__(self, store: Store, query: Query, limit: int | None) -> None:
        self._store = store
        self._query = query
        self._limit = limit
        self.count = self.not_indexed = 0
        self.more = False

    def heads(self) -> Iterator[ArticleHead]:
        """The heads, newest first; afterwards it is known how many they were and whether there are more."""
        after: tuple[int, int] | None = BEGINNING
        while after is not None and not self._is_full:
            found = self._store.newest(self._query, _AT_ONCE, after=after)
            after, self.not_indexed = found.after, found.listing.not_indexed
            ids = found.listing.ids[: None if self._limit is None else self._limit - self.count]
            self.count += len(ids)
            self.more = after is not None or len(ids) < len(found.listing.ids)
            # In blocks: nobody needs every head of a large library in one statement.
            for at in range(0, len(ids), _BLOCK):
                yield from self._store.heads(ids[at : at + _BLOCK])

    @property
    def _is_full(self) -> bool:
        return self._limit is not None and self.count >= self._limit


def _print(head: ArticleHead, now: int, columns: int | None) -> None:
    signs = (("●", not head.read), ("★", head.bookmarked), ("◷", head.later))
    marks = "".join(sign if shown else " " for sign, shown in signs)
    start = f"{head.id:>7} {marks} {short_age(head.sort_at, now):>5}  "
    tags = "".join(f" #{tag}" for tag in head.tags)
    output.row(start, f"{head.title or 'untitled'} · {head.source_title}{tags}{_hidden(head)}", columns)


def _hidden(head: ArticleHead) -> str:
    """Which rule hides an article, for `is:hidden`."""
    return f" · hidden by {head.hidden_by}" if head.hidden_by is not None else ""


def _say_the_rest(found: _Found, *, searched: bool) -> None:
    if not found.count:
        output.problem(
            "no article matches." if searched else "there is nothing here yet: `newsreader add ADDRESS` adds a source."
        )
    if found.more:
        output.problem("there is more; --limit N shows more of it.")
    if searched and found.not_indexed:
        output.problem(f"{count_of(found.not_indexed, 'article')} not yet indexed: searched by title only.")
