"""The query language: for `/`, the command line, smart sources and rules. Text to a tree and back; pure.

    ferry harbour        both words, in title, text or author; accents and case aside
    "night ferry"        the words beside each other
    harb*                words that begin so
    -bridge  NOT bridge  not this
    ferry OR boat        one of the two: OR joins what stands at its sides, before the rest is put together
    (a b) OR c           parentheses put together first
    title:ferry          in the title; author:name, link:word in the address
    is:unread            read, bookmarked, later, edited, fulltext, begun; hidden, by a rule
    has:note             comments, enclosure, image, highlight
    source:gazette       of sources with this in their name, or of this number; folder:, tag:
    category:ferries     with this category or hashtag, as its feed gives it
    lang:de              in a language
    since:2d             not older; before:2026-11-01 older (h, d, w, m, y; today, yesterday; a year, month or day)
    words:>500           of so many words (>, >=, <, <=, 300, 200..800)
    sort:oldest          newest, oldest, words (the longest first), shortest, source, title

What it means for the library is `store.search`.
"""

from __future__ import annotations

from newsreader.query.lighting import Snippet, lights, snippet
from newsreader.query.moments import seconds_of
from newsreader.query.reading import Mistake, Parsed, both, parse, while_typing
from newsreader.query.tree import (
    All,
    Any,
    Dated,
    Has,
    Is,
    Length,
    Name,
    Named,
    Node,
    Not,
    Order,
    Place,
    State,
    Thing,
    Told,
    Words,
    all_of,
    any_of,
    inverse,
    named_in,
    written,
)

__all__ = [
    "All",
    "Any",
    "Dated",
    "Has",
    "Is",
    "Length",
    "Mistake",
    "Name",
    "Named",
    "Node",
    "Not",
    "Order",
    "Parsed",
    "Place",
    "Snippet",
    "State",
    "Thing",
    "Told",
    "Words",
    "all_of",
    "any_of",
    "both",
    "inverse",
    "lights",
    "named_in",
    "parse",
    "seconds_of",
    "snippet",
    "while_typing",
    "written",
]
