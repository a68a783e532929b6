"""`newsreader list [QUERY]`: articles, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.cli import EXIT_USAGE, output
from newsreader.cli.context import choose_smart
from newsreader.model import Query, Scope
from newsreader.query import parse
from newsreader.text import count_of, short_age

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from newsreader.cli.context import Context
    from newsreader.model import ArticleHead
    from newsreader.store import Store

_ON_SCREEN = 50
_BLOCK = 500


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
        ids, not_indexed, more = _found(store, wanted, limit)
        # In blocks: nobody needs every head of a large library in one statement.
        heads = [head for at in range(0, len(ids), _BLOCK) for head in store.heads(ids[at : at + _BLOCK])]
        unknown = None if ids else store.unknown_name(query)
        addresses = {source.id: source.url for source in store.sources()}
    if arguments.json:
        output.as_json([output.article_json(head, addresses.get(head.source_id, "")) for head in heads])
        return 0
    now = int(context.clock())
    for head in heads:
        signs = (("●", not head.read), ("★", head.bookmarked), ("◷", head.later))
        marks = "".join(sign if shown else " " for sign, shown in signs)
        start = f"{head.id:>7} {marks} {short_age(head.sort_at, now):>5}  "
        tags = "".join(f" #{tag}" for tag in head.tags)
        output.row(start, f"{head.title or 'untitled'} · {head.source_title}{tags}{_hidden(head)}", columns)
    if unknown:
        output.problem(unknown)
    _say_the_rest(not_indexed, found=bool(ids), more=more, searched=bool(arguments.query or arguments.smart))
    return 0


def _found(store: Store, query: Query, limit: int | None) -> tuple[Sequence[int], int, bool]:
    """What is listed, how many articles wait for the index, and whether there is more than the limit lets through."""
    if limit is None:
        listing = store.listing(query)
        return listing.ids, listing.not_indexed, False
    found = store.newest(query, limit)
    ids = [*found.listing.ids]
    while len(ids) < limit and found.after is not None:
        found = store.newest(query, limit - len(ids), after=found.after)
        ids += found.listing.ids
    more = found.after is not None or len(ids) > limit
    return ids[:limit], found.listing.not_indexed, more


def _hidden(head: ArticleHead) -> str:
    """Which rule hides an article, for `is:hidden`."""
    return f" · hidden by {head.hidden_by}" if head.hidden_by is not None else ""


def _say_the_rest(not_indexed: int, *, found: bool, more: bool, searched: bool) -> None:
    if not found:
        output.problem(
            "no article matches." if searched else "there is nothing here yet: `newsreader add ADDRESS` adds a source."
        )
    if more:
        output.problem("there is more; --limit N shows more of it.")
    if searched and not_indexed:
        output.problem(f"{count_of(not_indexed, 'article')} not yet indexed: searched by title only.")
