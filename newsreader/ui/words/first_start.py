"""What the first start says, and the import of what another reader left."""

from __future__ import annotations

from typing import Any, Final

from newsreader.ui.words import _, several

QUESTION: Final = _("What would you like to read?")
NOTHING_YET: Final = _("Nothing is fetched before you choose.")
DOORS: Final = (
    ("a", _("paste any address: a site, a channel, a feed")),
    ("h", _("read the handbook first, offline")),
    ("i", _("import the sources of a file: OPML, or newsboat's")),
)
FROM_NEWSBOAT: Final = _("Taking over from newsboat")

IMPORT: Final = _("Import sources")
PATH: Final = _("Path: OPML, newsboat's urls or cache.db, or a backup")
TO_BE_KNOWN: Final = _("To be known:")


def newsboat(found: dict[str, Any]) -> str:
    """What newsboat has, in a line: "newsboat found: 142 sources, 18 tags, 31 queries"."""
    numbers = {key: count for key in ("sources", "tags", "queries") if isinstance(count := found.get(key), int)}
    parts = (_counted(key, count) for key, count in numbers.items() if count)
    return _("newsboat found: {numbers}").format(numbers=", ".join(parts))


def reading(path: str) -> str:
    """Say that a file is being read."""
    return _("reading {path} …").format(path=path)


def imported(totals: dict[str, int]) -> str:
    """Say what came in: "142 new sources, 3 known already, 31 queries kept; 9,412 articles, 38 bookmarks."."""
    pages = totals["saved"] + totals["again"]
    said = [_counted("added", totals["added"])] if totals["added"] or not pages else []
    if pages:
        said.append(_counted("saved", totals["saved"]))
    rest = ("again", "known", "smart", "rules", "queries kept", "articles", "bookmarked")
    numbers = ((key, totals[key.partition(" ")[0]]) for key in rest)
    return ", ".join((*said, *(_counted(key, count) for key, count in numbers if count))) + "."


def _counted(key: str, count: int) -> str:
    said = {
        "sources": lambda: several("{count} source", "{count} sources", count),
        "tags": lambda: several("{count} tag", "{count} tags", count),
        "queries": lambda: several("{count} query", "{count} queries", count),
        "added": lambda: several("{count} new source", "{count} new sources", count),
        "saved": lambda: several("{count} page saved", "{count} pages saved", count),
        "again": lambda: several("{count} here already and bookmarked", "{count} here already and bookmarked", count),
        "known": lambda: several("{count} known already", "{count} known already", count),
        "smart": lambda: several("{count} smart source", "{count} smart sources", count),
        "rules": lambda: several("{count} rule, pausing", "{count} rules, pausing", count),
        "queries kept": lambda: several("{count} query kept", "{count} queries kept", count),
        "articles": lambda: several("{count} article", "{count} articles", count),
        "bookmarked": lambda: several("{count} bookmark", "{count} bookmarks", count),
    }
    return said[key]().format(count=f"{count:,}")
