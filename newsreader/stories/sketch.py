"""An article cut down to what tells which event it is about: the words of title and lead, its names, numbers, links.

A sketch is a few hundred bytes, is made in a fraction of a millisecond, and is all that stories are made from.
"""

from __future__ import annotations

from sys import intern
from typing import Final, NamedTuple
from zlib import crc32

from newsreader.query.folding import tokens
from newsreader.stories.common_words import COMMON
from newsreader.stories.names import named
from newsreader.stories.overviews import is_overview
from newsreader.stories.signs import signs_of
from newsreader.stories.stems import stem

LEAD: Final = 700  # letters of the text that are looked at: news say at the beginning what they are about
RUNS: Final = 12  # numbers of runs in a sketch; a text with fewer runs of words than this is no wire copy
_RUN: Final = 5  # words beside each other
_SHORTEST_NAME: Final = 3  # letters


class Sketch(NamedTuple):
    """What one article is compared by. Words are stems, each once; thousands of sketches are held at a time.

    `at` is when it was published, in seconds; `sounds` are its names as other alphabets would have them, `link` is its
    address as two articles of the same page have it, and `runs` stand for its first words: copies have most in common.
    """

    id: int
    source_id: int
    at: int
    title: tuple[str, ...]
    lead: tuple[str, ...]
    names: tuple[str, ...]
    signs: tuple[str, ...]
    shown: tuple[str, ...]
    link: str
    runs: tuple[int, ...]
    overview: bool = False


def sketch(article_id: int, source_id: int, at: int, *, title: str, text: str, link: str = "") -> Sketch:
    """Sketch an article from its title and the beginning of its text."""
    lead = text[:LEAD]
    title_words, lead_words = tokens(title), tokens(lead)
    if lead_words[: len(title_words)] == title_words:  # the feed says the title again
        lead_words = lead_words[len(title_words) :]
    titles = _stems(title_words)
    names = named(title, lead)
    signs = signs_of(title, lead, title_words + lead_words)
    return Sketch(
        article_id,
        source_id,
        at,
        titles,
        tuple(word for word in _stems(lead_words) if word not in titles),
        tuple(sorted({intern(stem(word)) for word in names})),
        tuple(map(intern, signs)),
        tuple(map(intern, signs.values())),
        link,
        _runs(lead_words),
        is_overview(title, lead),
    )


def _stems(words: tuple[str, ...]) -> tuple[str, ...]:
    kept = (word for word in words if word not in COMMON and (len(word) > 1 or word.isdigit()))
    return tuple(dict.fromkeys(intern(stem(word)) for word in kept))


def _runs(words: tuple[str, ...]) -> tuple[int, ...]:
    """The smallest numbers of its runs of words: two texts share as many of these as they share of their words."""
    starts = range(max(len(words) - _RUN + 1, 0))
    numbers = {crc32(" ".join(words[start : start + _RUN]).encode()) for start in starts}
    return tuple(sorted(numbers)[:RUNS]) if len(numbers) >= RUNS else ()
