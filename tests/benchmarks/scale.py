"""What a large library costs: `python -m tests.benchmarks.scale FOLDER`, with one that `tests.benchmarks.library` made.

The library is copied into a temporary folder first. Prints its size and what takes it, then milliseconds, the first
time and the median of further times, of what the reader asks: pages of lists, heads, articles, counts, searches; then
of what writes: 10,000 articles marked read, that undone and done again, and the steps of upkeep in idle moments.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Final

from newsreader.model import Query, Scope
from newsreader.store import Store
from newsreader.store.packing import Body, pack, unpack
from tests.benchmarks.library import COMMON, NOW, RARE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_TIMES: Final = 20
_PAGE: Final = 60
_MARKED: Final = 10_000
_SCOPES: Final = (Scope.ALL, Scope.UNREAD, Scope.TODAY, Scope.BOOKMARKS, Scope.BEGUN, Scope.LATER)
_SEARCHES: Final = (
    COMMON,
    RARE,
    f"{COMMON} of",
    f'"{COMMON} of"',
    "the of and",
    "the",
    "the*",
    "con*",
    "arc*",
    f"{COMMON} is:unread",
    f"{COMMON} OR is:bookmarked",
    f"-{COMMON}",
    f"title:{COMMON}",
    "新聞",
    "source:1 the",
    "since:2d",
    "has:note",
    "words:>100000",
    f"{COMMON} words:>100000",
)


def sizes(store: Store) -> None:
    """Print the size of the file and of its largest tables and indexes, in bytes for each article."""
    database = store._db
    articles = int(database.value("SELECT count(*) FROM article"))
    size = database.value("PRAGMA page_count") * database.value("PRAGMA page_size")
    print(f"size               {size / 1e6:10,.0f} MB, {size / articles:,.0f} bytes each of {articles:,} articles")
    free = database.value("PRAGMA freelist_count") * database.value("PRAGMA page_size")
    rows = database.all("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 10")
    for name, taken in [*rows, ("free", free)]:
        print(f"  {name:<28} {taken / articles:8,.0f}")


def timed(name: str, work: Callable[[], object], *, times: int = _TIMES) -> None:
    """Print how long something takes, in milliseconds."""
    took = []
    for _ in range(times + 1):
        began = perf_counter()
        work()
        took.append((perf_counter() - began) * 1_000)
    further = f", then {median(took[1:]):9.2f}, at most {max(took[1:]):9.2f}" if times else ""
    print(f"{name:<34} {took[0]:9.2f} ms{further}")


def reads(store: Store) -> None:
    """Time what the reader asks for."""
    largest = int(store._db.value("SELECT id FROM source ORDER BY total DESC LIMIT 1"))
    folder = store._db.value("SELECT folder FROM source WHERE folder IS NOT NULL LIMIT 1")
    queries = {str(scope): Query(scope) for scope in _SCOPES}
    queries |= {
        "largest source": Query(Scope.SOURCE, source_id=largest),
        "folder": Query(Scope.FOLDER, folder=folder),
        "largest source, unread": Query(Scope.SOURCE, source_id=largest, text="is:unread"),
    }
    for name, query in queries.items():
        timed(f"first of {name}", partial(store.newest, query, _PAGE))
    past = (NOW - 5 * 365 * 86_400, 0)
    timed("of all, five years back", partial(store.newest, Query(), _PAGE, after=past))
    pages = (("newest", store.newest(Query(), _PAGE)), ("old", store.newest(Query(), _PAGE, after=past)))
    for name, (listing, _, _) in pages:
        timed(f"{_PAGE} heads, {name}", partial(store.heads, listing.ids))
        timed(f"an article, {name}", _one_by_one(store, listing.ids), times=_PAGE - 2)
    timed("counts", store.counts)
    timed("sources", store.sources)
    timed("tags and smart sources", lambda: (store.tags(), store.smart_sources()))
    timed("changes", lambda: store.changes_since(store.last_change()))
    for text in _SEARCHES:
        timed(f"first of {text}", partial(store.newest, Query(text=text), _PAGE), times=5)
    timed("list of all, whole", lambda: store.listing(Query()), times=1)
    timed("list of unread, whole", lambda: store.listing(Query(Scope.UNREAD)), times=1)


def _one_by_one(store: Store, ids: Iterable[int]) -> Callable[[], object]:
    left = iter(ids)
    return lambda: store.article(next(left))


def packing(store: Store) -> None:
    """Time packing and unpacking by the articles that are here."""
    packed = store._db.column("SELECT body FROM feed_packed ORDER BY id DESC LIMIT 2000")
    began = process_time()
    bodies = [unpack(each) for each in packed]
    words = store._by_words()
    middle = process_time()
    for body in bodies:
        pack(Body(*body), words)
    end, each = process_time(), 1e6 / max(1, len(packed))
    print(f"unpacking a body {(middle - began) * each:.0f} us, packing one {(end - middle) * each:.0f} us")


def writes(store: Store) -> None:
    """Time marking many, and upkeep."""
    unread = store.newest(Query(Scope.UNREAD), _MARKED).listing.ids
    timed(f"{len(unread):,} marked read", lambda: store.mark_read(unread, True), times=0)
    timed("  undone", store.undo, times=0)
    timed("  done again", store.redo, times=0)
    steps: list[float] = []
    more = True
    while more and len(steps) < 500:
        began = perf_counter()
        more = store.tidy()
        steps.append((perf_counter() - began) * 1_000)
    print(f"upkeep: {len(steps)} steps, {median(steps):.1f} ms in the middle, {max(steps):.1f} ms at most")


def main(folder: str) -> None:
    with tempfile.TemporaryDirectory(dir=Path(folder).parent) as copied:
        path = Path(copied) / "library.db"
        shutil.copy(Path(folder) / "library.db", path)
        with Store.open(path, clock=lambda: NOW, window="benchmark") as store:
            sizes(store)
            reads(store)
            packing(store)
            writes(store)


if __name__ == "__main__":
    main(sys.argv[1])
