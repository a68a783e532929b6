"""One search for feeds on its way: what was asked and may still be, the feeds, and what came of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from newsreader import bounds
from newsreader.feeds import addresses, places
from newsreader.model import SourceSettings
from newsreader.text import host_of, keeps_secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from newsreader.errors import FetchError, NewsreaderError
    from newsreader.fetch.fetcher import Fetched
    from newsreader.model import FeedCandidate
    from newsreader.worker.peeking import FeedPeek

_AS_ALL: Final = SourceSettings()
_PATIENCE: Final = 2  # fetches without an answer, and a host is asked no more


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that was fetched and read: the address to ask it at, what it holds, the source that it is already.

    `answer` is its document, where that is small enough to be kept until the person has chosen. `settings` are those
    with which it was asked.
    """

    url: str
    score: int
    peek: FeedPeek
    answer: Fetched | None = field(default=None, repr=False)
    here: int | None = None
    settings: SourceSettings = _AS_ALL


@dataclass(frozen=True, slots=True)
class Findings:
    """What an address led to: where it was looked, and the feeds, the best first.

    `problem` says why there is none; or, beside feeds, why they are not what was asked for: the address names nothing,
    or something else, and they are what its site has.
    """

    page: str
    feeds: tuple[FoundFeed, ...]
    problem: NewsreaderError | None = None


def _any(found: FoundFeed) -> bool:
    del found
    return True


@dataclass(slots=True)
class Search:
    """What was asked, the feeds, and the pages that were met where feeds should be.

    `address` is what was asked for. Name and password of `home`, and the secrets of `settings`, are for its origin
    alone. A person waits for an `urgent` search; others ask less, as does one without a `whole` list to show. The
    search goes on until it has a feed that is `wanted`. `refusal` is the failure of the best feed that a page names: a
    password may be all that it wants. `broken` says what is the matter with another one that is not there, or is none.
    `named_at` is the first document of the search, which led to all others.
    """

    now: int
    address: str
    settings: SourceSettings = _AS_ALL
    home: str = ""
    urgent: bool = True
    whole: bool = True
    wanted: Callable[[FoundFeed], bool] = _any
    page: str = ""
    named_at: str | None = None
    tried: set[str] = field(default_factory=set)
    silences: Counter[str] = field(default_factory=Counter)
    fetches: int = 0
    further: int = 0
    kept: int = 0
    feeds: list[FoundFeed] = field(default_factory=list)
    leads: list[Fetched] = field(default_factory=list)
    refusal: FetchError | None = None
    refusal_score: int = 0
    broken: str = ""

    @property
    def succeeded(self) -> bool:
        """Whether a feed was found that is wanted: one of comments or of a single article does not end the search."""
        return any(each.score >= places.GUESSED and self.wanted(each) for each in self.feeds)

    def take(self, candidates: Iterable[FeedCandidate], limit: int, *, further: bool = False) -> list[FeedCandidate]:
        """The first candidates that were not asked yet, as many as may still be; they count as asked from now on.

        `further` ones have a number of their own. A host that does not exist, or gave no answer twice, is left alone.
        """
        most = bounds.FIND_FETCHES if self.urgent else bounds.LOST_FETCHES
        left = bounds.FIND_FURTHER - self.further if further else most - self.fetches
        taken: list[FeedCandidate] = []
        for candidate in candidates:
            key = addresses.same_key(candidate.url)
            if len(taken) >= min(limit, left):
                break
            if key not in self.tried and self.silences[host_of(candidate.url)] < _PATIENCE:
                self.tried.add(key)
                taken.append(candidate)
        if further:
            self.further += len(taken)
        else:
            self.fetches += len(taken)
        return taken

    def silent(self, url: str, *, unknown: bool) -> None:
        """Note that a host gave no answer, or that it does not exist."""
        self.silences[host_of(url)] += _PATIENCE if unknown else 1

    def refused(self, failure: FetchError, score: int) -> None:
        """Note that a feed of this score is there, and cannot be had."""
        if score > self.refusal_score:
            self.refusal, self.refusal_score = failure, score

    def own(self, url: str) -> str:
        """An address with name and password, where they are for it."""
        return addresses.with_userinfo_of(self.home, url) if keeps_secrets(self.home, url) else url

    def settings_for(self, url: str) -> SourceSettings:
        """How an address is asked: with headers and password only where they were meant for."""
        if keeps_secrets(self.home, url):
            return self.settings
        return self.settings._replace(headers=(), user=None, secret=None)

    def found(self, url: str, score: int, peek: FeedPeek, answer: Fetched) -> None:
        """Take a feed in; its document is kept while all that are kept are small."""
        small = self.kept + len(answer.body) <= bounds.LARGE_BODY
        self.kept += len(answer.body) if small else 0
        address = answer.moved_to or self.own(url)
        asked = self.settings_for(address)
        self.feeds.append(FoundFeed(address, score, peek, answer if small else None, settings=asked))
