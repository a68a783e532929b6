"""What the last full texts of a source taught: whether its articles are better opened as full text or as the feed's.

`source.full_text_log` has a sign for each of them, the newest last. What the person set for a source always wins.
"""

from __future__ import annotations

from typing import Final

from newsreader.bounds import STUB_WORDS
from newsreader.model import FullTextMode

GAINED: Final = "+"
SAME: Final = "="
FAILED: Final = "-"

_KEPT: Final = 8  # full texts of a source that are remembered
_RECENT: Final = 4  # of them, so many decide
_ENOUGH: Final = 3  # of those, so many alike
_GAIN: Final = 1.5  # times the words of the feed, and
_MORE: Final = 80  # words more: then a full text was worth its while
_WORSE: Final = 0.8  # times the words of the feed: with fewer a full text has lost something


def outcome(feed_words: int, full_words: int) -> str:
    """The sign for a full text of so many words, where the feed gave so many."""
    gained = full_words >= feed_words * _GAIN and full_words >= feed_words + _MORE
    return GAINED if gained else SAME


def longer(log: str, sign: str) -> str:
    """The log with one more sign."""
    return (log + sign)[-_KEPT:]


def learnt(log: str) -> FullTextMode | None:
    """What the log teaches: that full texts pay, that they are not to be had or say no more, or nothing yet."""
    if log[-_RECENT:].count(GAINED) >= _ENOUGH:
        return FullTextMode.FULL
    last = log[-_ENOUGH:]
    return FullTextMode.FEED if len(last) == _ENOUGH and GAINED not in last else None


def is_whole(words: int, full_words: int | None) -> bool:
    """Whether a full text is here and lacks nothing, as far as its length tells."""
    return full_words is not None and full_words >= words * _WORSE


def shows_full(mode: FullTextMode, log: str, words: int, full_words: int | None) -> bool:
    """Whether an article opens as its full text, where that is here; `words` are those that the feed gave."""
    if full_words is None or mode is not FullTextMode.AUTO:
        return full_words is not None and mode is FullTextMode.FULL
    gained = outcome(words, full_words) == GAINED
    return gained or (is_whole(words, full_words) and learnt(log) is not FullTextMode.FEED)


def is_stub(log: str, words: int, full_words: int | None, *, page: bool = True) -> bool:
    """Whether what the feed gave is probably not the whole article: it is short, and the page says more.

    `full_words` are those of the whole text where they are known. Where the last pages of the source said no more
    than its feed, its articles are short ones; what has no `page` is all there.
    """
    if words >= STUB_WORDS or not page:
        return False
    if full_words is not None:
        return outcome(words, full_words) == GAINED
    return log[-_ENOUGH:] != SAME * _ENOUGH


def wants_full(mode: FullTextMode, log: str, words: int) -> bool:
    """Whether opening an article asks for its full text."""
    opens = (learnt(log) or mode) if mode is FullTextMode.AUTO else mode
    return opens is FullTextMode.FULL or (opens is FullTextMode.AUTO and words < STUB_WORDS)
