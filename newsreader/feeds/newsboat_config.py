"""newsboat's `config` (its manual, "Killfiles"): which articles its person does not want to see.

`ignore-article FEED EXPRESSION` ignores what an expression is true of in a feed, or with "*" in all of them. What of it
our query language can say becomes a query; the rest is said. Nothing else of the file is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from newsreader.feeds.decoding import decode
from newsreader.feeds.newsboat import tokenize
from newsreader.feeds.newsboat_filter import translate
from newsreader.query import both
from newsreader.text import one_line

_IGNORE: Final = "ignore-article"
_ANY: Final = "*"
_SHOWN: Final = 80  # characters of an expression in a sentence
_MOST: Final = 200  # lines taken: no killfile that was written by hand is longer


@dataclass(frozen=True, slots=True)
class Ignored:
    """What is ignored: queries of ours, by the expressions that they were; and a sentence for each that is none."""

    queries: tuple[tuple[str, str], ...] = ()
    problems: tuple[str, ...] = ()


def read_ignored(data: bytes) -> Ignored:
    """The articles that a `config` has newsboat ignore. Nothing raises: a line that makes no sense is passed over."""
    queries: dict[tuple[str, str], None] = {}
    problems: list[str] = []
    lines = [words for line in _lines(data) if len(words := tokenize(line)) > 2 and words[0].lower() == _IGNORE]
    for _, feed, expression, *_ in lines[:_MOST]:
        found = translate(expression)
        shown = one_line(expression, _SHOWN)
        if found.query is None:
            problems.append(f"newsboat's {_IGNORE} “{shown}” was left out: {' '.join(found.reasons)}")
        elif feed.lower().startswith("regex:"):
            problems.append(f"newsboat's {_IGNORE} “{shown}” was left out: it is for feeds by a pattern of addresses.")
        else:
            query = found.query if feed == _ANY else both(f'source:"{one_line(feed)}"', found.query)
            queries[one_line(expression), query] = None
    if len(lines) > _MOST:
        problems.append(f"newsboat's config has {len(lines):,} lines {_IGNORE}: the first {_MOST} were taken.")
    return Ignored(tuple(queries), tuple(problems))


def _lines(data: bytes) -> list[str]:
    """The lines, those that go on after a backslash as one."""
    return decode(data).removeprefix("\ufeff").replace("\r\n", "\n").replace("\\\n", " ").split("\n")
