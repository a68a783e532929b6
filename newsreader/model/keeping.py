"""How long articles are kept, as a person writes it: one line, the same in config.toml and for a single source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_DAYS: Final = {"d": 1, "w": 7, "y": 365}
_AGE: Final = re.compile(r"(\d{1,5}) ?(d|w|y)(?:ays?|eeks?|ears?)?")
_COUNT: Final = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?: ?articles?)?")
_WORD: Final = re.compile(r"\d[\d,]*(?: ?(?:days?|weeks?|years?|articles?|[dwy]))?(?![^\s,])|[^\s,]+")
_LONGEST: Final = 36_500  # days: what is older than a hundred years was never a feed's


@dataclass(frozen=True, slots=True)
class Keep:
    """How long articles of a source are kept; None is no limit.

    `days` since they were published, or opened last; `articles` the newest of a source. What a person keeps on purpose
    stays in any case, and so does what is unread, unless `unread` lets it go too.
    """

    days: int | None = None
    articles: int | None = None
    unread: bool = False

    @property
    def everything(self) -> bool:
        """Whether nothing ever goes."""
        return self.days is None and self.articles is None

    def __str__(self) -> str:
        """As `read_keep` reads it: "90d", "500", "90d 500 unread", "all"."""
        if self.everything:
            return "all"
        parts = (self.days and f"{self.days}d", self.articles and str(self.articles), self.unread and "unread")
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Going:
    """What retention would take from a source, which is kept by the line `keep`; `size` is bytes of text, about."""

    source_id: int
    title: str
    keep: str
    articles: int
    size: int


@dataclass(frozen=True, slots=True)
class RetentionPreview:
    """What retention would take now, by source, the most first; it begins at the moment `begins`, None for at once.

    While the clock cannot be believed nothing goes, and what is old cannot be told: `problem` says so.
    """

    sources: tuple[Going, ...] = ()
    begins: int | None = None
    problem: str | None = None

    @property
    def articles(self) -> int:
        """All articles that would go."""
        return sum(each.articles for each in self.sources)

    @property
    def size(self) -> int:
        """Bytes of them all, about."""
        return sum(each.size for each in self.sources)

    def __str__(self) -> str:
        """In words: "12,310 articles, 410 MB"."""
        return f"{self.articles:,} article{'' if self.articles == 1 else 's'}, {size_words(self.size)}"


def read_keep(text: str) -> Keep:
    """What such a line means. Raises ValueError, with what is wrong in words, for one that means nothing."""
    days = articles = None
    unread = every = False
    for word in _WORD.findall(text.casefold()):
        if age := _AGE.fullmatch(word):
            days = int(age[1]) * _DAYS[age[2]]
        elif count := _COUNT.fullmatch(word):
            articles = int(count[1].replace(",", ""))
        elif word in {"all", "everything"}:
            every = True
        elif word == "unread":
            unread = True
        else:
            raise ValueError(f"“{word[:40]}” says nothing about what to keep. Write all, 90d, 500, or 90d 500.")
    if 0 in {days, articles}:
        raise ValueError("That would keep nothing. Write all to keep everything, or 30d, or 500.")
    if days is not None and days > _LONGEST:
        raise ValueError("That is more than a hundred years. Write all to keep everything.")
    limited = days is not None or articles is not None
    if every and (limited or unread):
        raise ValueError("All has no limit beside it. Write all, or 90d, or 500.")
    if not every and not limited:
        raise ValueError("Write how much to keep: all, 90d, 500, or 90d 500; unread lets unread ones go too.")
    return Keep(days, articles, unread)


def size_words(size: int) -> str:
    """Bytes as people say them: "410 MB", "1.2 GB"."""
    for unit, least in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if size >= least:
            value = size / least
            return f"{value:.1f} {unit}" if value < 10 else f"{value:,.0f} {unit}"
    return f"{size} B"
