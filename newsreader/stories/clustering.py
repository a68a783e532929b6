"""Which articles are one story: articles of several sources about one event, within days of each other.

Articles come one after another, and each is placed by those that came before it. The same articles in the same order
give the same stories. A wrong story is worse than a missed one, so an article joins only where it is like the members
of a story all together, and not like one of them alone. Articles of one source have forms and phrases in common, so
what speaks for a story is always an article of another source.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from itertools import islice
from math import log
from typing import TYPE_CHECKING, Final

from newsreader.model import Placed
from newsreader.stories.holders import HeldBy
from newsreader.stories.likeness import Rarity, Weighed, is_copy, likeness

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsreader.stories.sketch import Sketch

DAYS: Final = 4  # between two articles of one story, at most
HELD: Final = 5_000  # articles that new ones are compared with: the last that came
_DAY: Final = 86_400
_JOIN: Final = 1.6  # likeness to the best member of a story
_KEEP: Final = -1.0  # and to all of those that are looked at, on average
_MERGE: Final = 0.0  # likeness of all articles of two stories to each other, on average, for them to be one
_UNLIKELY: Final = -6.0  # one member that is less like it than this says no more
_COMMON: Final = 150  # a word in more articles than this brings none
_LITTLE: Final = 1.8  # two rare words: less in common is not looked at
_RUNS: Final = 6  # of an article's are kept to find copies by: these share most of theirs
_COMPARED: Final = 12  # articles at most, those with most in common
_MEMBERS: Final = 8  # of a story are looked at: the newest, and the first
_ELSEWHERE: Final = 300  # articles taken for granted beside those that are here, for a library of a few dozen
_PAGES: Final = 8  # articles of one address, at most, for it to be one article's own
_SELDOM: Final = 0.25  # a word in fewer of a source's articles than this share is not of its form
_FORM: Final = 4  # articles of a source, from which on its words are known to be its form


@dataclass(slots=True)
class _Held:
    sketch: Sketch
    story: int
    copy_of: int | None


class Stories:
    """The stories of the articles that came last, as they grow. For one thread."""

    def __init__(self) -> None:
        self._held: dict[int, _Held] = {}
        self._order: deque[int] = deque()
        self._with_word = HeldBy[str]()
        self._with_link = HeldBy[str]()
        self._with_run = HeldBy[int]()
        self._members = HeldBy[int]()  # by story
        self._sizes: Counter[int] = Counter()  # by source

    def __len__(self) -> int:
        return len(self._held)

    def place(self, sketch: Sketch) -> Placed:
        """Say to which story a new article belongs, and remember it for those that come after."""
        placed = self._find(sketch)
        self.remember(sketch, placed)
        for id_ in placed.joined:
            self._move(id_, placed.story)
        return placed

    def remember(self, sketch: Sketch, placed: Placed) -> None:
        """Take in an article that was placed before: what a library knows when the program starts."""
        if sketch.id in self._held:
            return
        self._held[sketch.id] = _Held(sketch, placed.story, placed.copy_of)
        self._order.append(sketch.id)
        self._members.add(placed.story, sketch.id)
        self._sizes[sketch.source_id] += 1
        for word in (*sketch.title, *sketch.lead, *sketch.signs):
            self._with_word.add(word, sketch.id)
        for run in sketch.runs[:_RUNS]:
            self._with_run.add(run, sketch.id)
        if sketch.link:
            self._with_link.add(sketch.link, sketch.id)
        while len(self._order) > HELD:
            self._forget(self._order.popleft())

    def _forget(self, id_: int) -> None:
        placed = self._held.pop(id_)
        sketch = placed.sketch
        self._sizes[sketch.source_id] -= 1
        self._members.remove(placed.story, id_)
        self._with_link.remove(sketch.link, id_)
        for word in (*sketch.title, *sketch.lead, *sketch.signs):
            self._with_word.remove(word, id_)
        for run in sketch.runs[:_RUNS]:
            self._with_run.remove(run, id_)

    def _move(self, id_: int, story: int) -> None:
        held = self._held[id_]
        self._members.remove(held.story, id_)
        held.story = story
        self._members.add(story, id_)

    def _rarity(self, own: int | None = None) -> Rarity:
        """How rare each word is here; what belongs to the form of the source `own` counts for less."""
        articles = self._sizes[own] if own is not None else 0
        size = len(self._held) + _ELSEWHERE
        most = log(size / 1.5)

        def rarity(word: str) -> float:
            ids = self._with_word[word]
            found = max(0.0, log(size / (len(ids) + 0.5)) / most)
            if articles >= _FORM and max(_FORM - 1, articles * _SELDOM) <= len(ids) <= _COMMON:
                here = sum(self._held[id_].sketch.source_id == own for id_ in ids)
                found *= 1.0 - min(here / articles, 0.95)
            return found

        return Rarity(rarity)

    def _find(self, sketch: Sketch) -> Placed:
        copy = self._copied(sketch)
        if copy is not None:
            return Placed(sketch.id, copy.story, copy.copy_of or copy.sketch.id)
        rarity = self._rarity()
        mine = Weighed(sketch, self._rarity(sketch.source_id))
        fitting: list[tuple[float, int]] = []
        for story in self._stories_near(mine):
            likes = [
                max(likeness(mine, member, rarity), _UNLIKELY)
                for member in self._looked_at(story)
                if member.source_id != sketch.source_id
            ]
            if likes and max(likes) >= _JOIN and (mean := sum(likes) / len(likes)) >= _KEEP:
                fitting.append((max(likes) + mean, story))
        if not fitting:
            return Placed(sketch.id, sketch.id)
        _, best = max(fitting, key=lambda found: (found[0], -found[1]))
        joined = (id_ for _, story in fitting if story != best for id_ in self._brought(story, best, mine))
        return Placed(sketch.id, best, None, tuple(sorted(joined)))

    def _brought(self, story: int, best: int, mine: Weighed) -> Iterable[int]:
        """The articles of another story that the new one is like, where these are like the best one's, too."""
        rarity = self._rarity()
        likes = []
        for sketch in self._looked_at(story):
            weighed = Weighed(sketch, rarity)
            others = (*self._looked_at(best), mine.sketch)
            likes += [
                max(likeness(weighed, other, rarity), _UNLIKELY)
                for other in others
                if other.source_id != sketch.source_id
            ]
        return self._members[story] if likes and sum(likes) / len(likes) >= _MERGE else ()

    def _looked_at(self, story: int) -> Iterable[Sketch]:
        members = sorted(self._members[story])
        if len(members) > _MEMBERS:
            members = [members[0], *members[1 - _MEMBERS :]]
        return (self._held[id_].sketch for id_ in members)

    def _copied(self, sketch: Sketch) -> _Held | None:
        """The first article of another source that is the same."""
        linked = self._with_link[sketch.link]
        ids = {*linked} if len(linked) <= _PAGES else set()  # else it is the address of many things
        ids.update(id_ for run in sketch.runs for id_ in self._with_run[run])
        for id_ in sorted(ids):
            other = self._held[id_]
            if other.sketch.source_id == sketch.source_id or not self._is_of_these_days(sketch, other.sketch):
                continue
            if is_copy(sketch, other.sketch):
                return other
        return None

    @staticmethod
    def _is_of_these_days(sketch: Sketch, other: Sketch) -> bool:
        return abs(sketch.at - other.at) <= DAYS * _DAY

    def _stories_near(self, mine: Weighed) -> Iterable[int]:
        """Stories with articles that have weighty words in common with this one, those with most first."""
        shared: defaultdict[int, float] = defaultdict(float)
        for weights in (mine.words, mine.signs):
            for word, weight in weights.items():
                ids = self._with_word[word]
                if len(ids) <= _COMMON:
                    for id_ in ids:
                        shared[id_] += weight
        near = [(-weight, id_) for id_, weight in shared.items() if weight >= _LITTLE]
        near.sort()
        these = (id_ for _, id_ in near if self._is_of_these_days(mine.sketch, self._held[id_].sketch))
        return dict.fromkeys(self._held[id_].story for id_ in islice(these, _COMPARED))
