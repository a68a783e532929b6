"""Which articles are one story: articles of several sources about one event, within days of each other.

Articles come one after another, and each is placed by those that came before it. The same articles in the same order
give the same stories. A wrong story is worse than a missed one, so an article joins only where it is like the members
of a story all together, and not like one of them alone. Articles of one source have forms and phrases in common, so
what speaks for a story is always an article of another source.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from newsreader.model import Placed
from newsreader.stories.likeness import is_copy, likeness, weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsreader.stories.sketch import Sketch

K = TypeVar("K", str, int)
DAYS: Final = 4  # between two articles of one story, at most
HELD: Final = 5_000  # articles that new ones are compared with: the last that came
_DAY: Final = 86_400
_JOIN: Final = 0.42  # likeness to the best member
_KEEP: Final = 0.34  # and to all of those that are looked at, on average
_ASKED: Final = 14  # of an article's weightiest words bring others to be compared with
_COMMON: Final = 300  # a word in more articles than this brings none
_COMPARED: Final = 40  # articles at most, those with most in common
_MEMBERS: Final = 12  # of a story are looked at: the newest, and the first
_ELSEWHERE: Final = 300  # articles taken for granted beside those that are here, for a library of a few dozen
_PAGES: Final = 8  # articles of one address, at most, for it to be one article's own
_FORM: Final = 4  # articles of a source, from which on its words are known to be its form


class _Table(Generic[K]):
    """Which articles have a run of words, an address, a story: most are one article's own, and those need no list."""

    def __init__(self) -> None:
        self._ids: dict[K, int | list[int]] = {}

    def of(self, key: K) -> Sequence[int]:
        """The articles, in the order in which they came."""
        ids = self._ids.get(key, ())
        return (ids,) if isinstance(ids, int) else ids

    def put(self, key: K, id_: int) -> None:
        """Take in an article."""
        ids = self._ids.setdefault(key, id_)
        if isinstance(ids, list):
            ids.append(id_)
        elif ids != id_:
            self._ids[key] = [ids, id_]

    def take_out(self, key: K, id_: int) -> None:
        """Forget an article."""
        ids = self._ids.get(key)
        if isinstance(ids, list) and len(ids) > 1:
            ids.remove(id_)
        elif ids is not None:
            del self._ids[key]


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
        self._with_word: defaultdict[str, list[int]] = defaultdict(list)
        self._with_link = _Table[str]()
        self._with_run = _Table[int]()
        self._sizes: Counter[int] = Counter()
        self._members = _Table[int]()

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
        self._members.put(placed.story, sketch.id)
        self._sizes[sketch.source_id] += 1
        for word in (*sketch.title, *sketch.lead):
            self._with_word[word].append(sketch.id)
        for run in sketch.runs:
            self._with_run.put(run, sketch.id)
        if sketch.link:
            self._with_link.put(sketch.link, sketch.id)
        while len(self._order) > HELD:
            self._forget(self._order.popleft())

    def _forget(self, id_: int) -> None:
        placed = self._held.pop(id_)
        sketch = placed.sketch
        self._sizes[sketch.source_id] -= 1
        self._members.take_out(placed.story, id_)
        self._with_link.take_out(sketch.link, id_)
        for word in (*sketch.title, *sketch.lead):
            ids = self._with_word[word]
            ids.remove(id_)
            if not ids:
                del self._with_word[word]
        for run in sketch.runs:
            self._with_run.take_out(run, id_)

    def _move(self, id_: int, story: int) -> None:
        held = self._held[id_]
        self._members.take_out(held.story, id_)
        held.story = story
        self._members.put(story, id_)

    def _weights(self, sketch: Sketch) -> dict[str, float]:
        """What each word of an article counts for here: rare ones much, those of its source's form nothing."""
        size, own = len(self._held) + _ELSEWHERE, self._sizes[sketch.source_id]

        def rarity(word: str) -> float:
            ids = self._with_word.get(word, ())
            rare = log(size / (len(ids) + 0.5))
            if own < _FORM or len(ids) < _FORM - 1 or len(ids) > _COMMON:
                return rare
            here = sum(self._held[id_].sketch.source_id == sketch.source_id for id_ in ids)
            return rare * (1.0 - min(here / own, 0.95))

        return weights(sketch, rarity)

    def _find(self, sketch: Sketch) -> Placed:
        copy = self._copied(sketch)
        if copy is not None:
            return Placed(sketch.id, copy.story, copy.copy_of or copy.sketch.id)
        mine = self._weights(sketch)
        fitting: list[tuple[float, int]] = []
        for story in self._stories_near(sketch, mine):
            likes = [
                likeness(sketch, member, mine, self._weights(member))
                for member in self._looked_at(story)
                if member.source_id != sketch.source_id
            ]
            if likes and max(likes) >= _JOIN and (mean := sum(likes) / len(likes)) >= _KEEP:
                fitting.append((max(likes) + mean, story))
        if not fitting:
            return Placed(sketch.id, sketch.id)
        _, best = max(fitting, key=lambda found: (found[0], -found[1]))
        joined = (story for _, story in fitting if story != best and len(self._members.of(story)) == 1)
        return Placed(sketch.id, best, None, tuple(sorted(joined)))

    def _looked_at(self, story: int) -> Iterable[Sketch]:
        members = self._members.of(story)
        if len(members) > _MEMBERS:
            members = [members[0], *members[1 - _MEMBERS :]]
        return (self._held[id_].sketch for id_ in members)

    def _copied(self, sketch: Sketch) -> _Held | None:
        """The first article of another source that is the same."""
        linked = self._with_link.of(sketch.link)
        ids = {*linked} if len(linked) <= _PAGES else set()  # else it is the address of many things
        ids.update(id_ for run in sketch.runs for id_ in self._with_run.of(run))
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

    def _stories_near(self, sketch: Sketch, mine: dict[str, float]) -> Iterable[int]:
        """Stories with articles that have weighty words in common with this one, those with most first."""
        shared: defaultdict[int, float] = defaultdict(float)
        for word in sorted(mine, key=lambda word: (-mine[word], word))[:_ASKED]:
            ids = self._with_word.get(word, ())
            if len(ids) <= _COMMON:
                for id_ in ids:
                    shared[id_] += mine[word]
        near = [id_ for id_ in shared if self._is_of_these_days(sketch, self._held[id_].sketch)]
        near.sort(key=lambda id_: (-shared[id_], id_))
        return dict.fromkeys(self._held[id_].story for id_ in near[:_COMPARED])
