"""The feeds that an address led to, as rows to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from rich.segment import Segment

from newsreader.text import cell_width, one_line, short_age, truncate, without_userinfo
from newsreader.ui.condition import short_address, weekly_words
from newsreader.ui.dialogs.even_rows import HEIGHT, EvenRows
from newsreader.ui.dialogs.lists import TakingList
from newsreader.ui.words import candidates as words

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.style import Style

_LONGEST: Final = 300  # characters of a title that came over the pipe


@dataclass(frozen=True, slots=True)
class Candidate:
    """A feed that was fetched and read: what it holds, and the source that it is already (`here`).

    `like` says what it has in common with a source whose new address it may be.
    """

    url: str
    title: str
    latest_title: str
    latest_at: int | None
    weekly: float | None
    full_text: bool | None
    articles: int
    here: int | None
    like: str | None = None

    @classmethod
    def load(cls, answer: dict[str, Any]) -> Self | None:
        """Read one from the worker's answer; None where it has no address."""
        url = answer.get("url")
        if not isinstance(url, str) or not url:
            return None
        weekly, latest, here = answer.get("weekly"), answer.get("latest_at"), answer.get("here")
        return cls(
            url,
            one_line(without_userinfo(str(answer.get("title") or "")), _LONGEST) or short_address(one_line(url)),
            one_line(str(answer.get("latest_title") or ""), _LONGEST),
            latest if isinstance(latest, int) else None,
            float(weekly) if isinstance(weekly, int | float) else None,
            answer["full_text"] if isinstance(answer.get("full_text"), bool) else None,
            int(answer.get("articles") or 0),
            here if isinstance(here, int) else None,
            words.LIKE.get(str(answer.get("like"))),
        )

    def about(self) -> str:
        """How much it gives: "5 a week", and whether it is a source already, or like the one that was lost."""
        if self.here is not None:
            return self.like if self.like == words.LIKE["itself"] else words.HERE
        return " · ".join(filter(None, (self.like, weekly_words(self.weekly))))

    def length(self) -> str:
        """Whether it gives whole articles."""
        return words.LENGTHS[self.full_text]


def load_candidates(answer: dict[str, Any]) -> tuple[Candidate, ...]:
    """The candidates of an answer, in its order."""
    found = answer.get("candidates")
    loaded = (Candidate.load(each) for each in found if isinstance(each, dict)) if isinstance(found, list) else ()
    return tuple(each for each in loaded if each is not None)


def whole_rows(lines: int) -> int:
    """Of so many lines those that whole candidates take, without the gap below the last."""
    return (lines + 1) // HEIGHT * HEIGHT - 1


class CandidateRows(EvenRows):
    """Two lines a candidate and a gap: its title and how much it posts; its latest article, its age, its length."""

    def __init__(
        self, candidates: tuple[Candidate, ...] = (), ticked: frozenset[int] = frozenset(), now: int = 0, *, ticks: bool
    ) -> None:
        self._candidates = candidates
        self._ticked = ticked
        self._now = now
        self._ticks = ticks

    def __len__(self) -> int:
        return len(self._candidates)

    def draw(self, row: int, line: int, width: int, style: Callable[[str], Style]) -> list[Segment]:
        """Title and rate; latest article, age and length."""
        candidate = self._candidates[row]
        dim = style("list--dim")
        if line == HEIGHT - 1:
            return []
        chosen = row in self._ticked
        mark = (" ◉ " if chosen else " ○ ") if self._ticks else " "
        lead = Segment(mark, style("list--mark" if chosen else "list--dim"))
        if line == 0:
            left, right, look = candidate.title, candidate.about(), "list--strong"
        else:
            lead = Segment(" " * len(mark), dim)
            age = short_age(candidate.latest_at, self._now) if candidate.latest_at is not None else ""
            right = " · ".join(filter(None, (age, candidate.length())))
            left, look = candidate.latest_title or words.NO_ARTICLE, "list--dim"
        room = max(0, width - len(mark) - cell_width(right) - 3)
        shown = truncate(left, room)
        filler = " " * (room - cell_width(shown))
        return [lead, Segment(shown, style(look)), Segment(f"{filler}  {right} ", dim)]


class CandidateList(TakingList):
    """The candidates; a click on one puts the cursor there, another one takes it."""

    def __init__(self, *, ticks: bool) -> None:
        self._candidates: tuple[Candidate, ...] = ()
        self._now = 0
        self._ticks = ticks
        self.ticked: frozenset[int] = frozenset()
        super().__init__(CandidateRows(ticks=ticks), id="candidates")

    def put(self, candidates: tuple[Candidate, ...], now: int) -> None:
        """Show other candidates."""
        self._candidates, self._now, self.ticked, self._clicked = candidates, now, frozenset(), None
        self.display = bool(candidates)
        self.show(CandidateRows(candidates, frozenset(), now, ticks=self._ticks))

    def tick(self) -> None:
        """Choose the candidate under the cursor, or take the choice back."""
        if self.cursor is not None:
            self.ticked ^= {self.cursor}
            rows = CandidateRows(self._candidates, self.ticked, self._now, ticks=self._ticks)
            self.show(rows, cursor=self.cursor, keep_place=True)

    @property
    def chosen(self) -> tuple[Candidate, ...]:
        """What is ticked; with nothing ticked, what the cursor is on."""
        cursor = self.cursor
        numbers = sorted(self.ticked) or ([cursor] if cursor is not None else [])
        return tuple(self._candidates[number] for number in numbers)

    def row_clicked(self, key: int, column: int) -> None:
        """Tick it by its mark; elsewhere the second click takes it."""
        if self._ticks and column <= len(" ◉ "):
            self.tick()
            self._clicked = key
        else:
            super().row_clicked(key, column)
