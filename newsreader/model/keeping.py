"""How long articles are kept, as a person writes it: one line, the same in config.toml and for a single source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_DAYS: Final = {"d": 1, "w": 7, "y": 365}
_AGE: Final = r"(\d{1,5}) ?(d|w|y)(?:ays?|eeks?|ears?)?"
_COUNT: Final = r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?: ?articles?)?"
_WORD: Final = r"\d[\d,]*(?: ?(?:days?|weeks?|years?|articles?|[dwy]))?(?![^\s,])|[^\s,]+"
_LONGEST: Final = 36_500  # days: what is older than a hundred years was never a feed's


class Keep(NamedTuple):
    """How long articles of a source are kept; None is no limit.

    `days` since they were published, or opened last; `articles` the newest of a source. What a person keeps on purpose
    stays in any case, and so does what is unread, unless `unread` lets it go too. `tags` are lines for sources with a
    tag, in place of this one; of several the first counts.
    """

    days: int | None = None
    articles: int | None = None
    unread: bool = False
    tags: tuple[tuple[str, Keep], ...] = ()

    @property
    def everything(self) -> bool:
        """Whether nothing ever goes, tags aside."""
        return self.days is None and self.articles is None

    @property
    def limits_any(self) -> bool:
        """Whether something of some source may go."""
        return not self.everything or any(not keep.everything for _, keep in self.tags)

    def of(self, tags: Iterable[str]) -> Keep:
        """The line for a source with these tags."""
        has = {_tag(tag) for tag in tags} if self.tags else set()
        return next((keep for tag, keep in self.tags if tag in has), self._replace(tags=()))

    def __str__(self) -> str:
        """As `read_keep` reads it: "90d", "500", "90d 500 unread", "all", "all; #wire 7d"."""
        limits = (self.days and f"{self.days}d", self.articles and str(self.articles), self.unread and "unread")
        own = "all" if self.everything else " ".join(part for part in limits if part)
        return "; ".join([own, *(f"#{tag} {keep}" for tag, keep in self.tags)])


def _tag(tag: str) -> str:
    """A tag as it is compared and written: one word."""
    return "-".join(tag.lstrip("#").casefold().split())


class Going(NamedTuple):
    """What retention would take from a source, which is kept by the line `keep`; `size` is bytes of text, about."""

    source_id: int
    title: str
    keep: str
    articles: int
    size: int


class RetentionPreview(NamedTuple):
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


def read_keep(text: str, *, of_one: bool = False) -> Keep:
    """What such a line means. Raises ValueError, with what is wrong in words, for one that means nothing.

    Behind a general line may stand others for sources with a tag ("90d; #wire 7d"), but not `of_one` source.
    """
    own, *others = [part.strip() for part in text.split(";")] if not text.lstrip().startswith("#") else ["all", text]
    if len(others) == 1 and ";" in others[0]:
        others = [part.strip() for part in others[0].split(";")]
    if others and of_one:
        raise ValueError("Tags have no place in what a single source keeps. Write all, 90d, 500, or 90d 500.")
    lines: dict[str, Keep] = {}
    for part in filter(None, others):
        name, _, line = part.partition(" ")
        tag = _tag(name)
        if not part.startswith("#") or not tag or tag in lines:
            raise ValueError(f"Write a tag and how much to keep, once for each tag, as #wire 7d; not “{part[:40]}”.")
        lines[tag] = _read_limits(line)
    return _read_limits(own)._replace(tags=tuple(lines.items()))


def _read_limits(text: str) -> Keep:
    days = articles = None
    unread = every = False
    for word in re.findall(_WORD, text.casefold()):
        if age := re.fullmatch(_AGE, word):
            days = int(age[1]) * _DAYS[age[2]]
        elif count := re.fullmatch(_COUNT, word):
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
