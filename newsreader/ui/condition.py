"""How a source does, in words for its panel: the facts, and what can be done, what mends its trouble first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from newsreader.model import SourceKind
from newsreader.text import count_of, relative_time, without_userinfo
from newsreader.ui.signs import clock_time

if TYPE_CHECKING:
    from newsreader.model import Source, SourceHealth

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_SOON: Final = 90 * _MINUTE  # what is nearer is counted in minutes
_WEEKS_A_MONTH: Final = 365 / 12 / 7
_RHYTHMS: Final = (
    (2 * _HOUR, "all day long"),
    (3 * _DAY // 2, "daily"),
    (4 * _DAY, "every few days"),
    (10 * _DAY, "weekly"),
    (20 * _DAY, "every two weeks"),
    (45 * _DAY, "monthly"),
    (120 * _DAY, "every few months"),
)
_STATUS: Final = {
    200: "a feed",
    304: "nothing new",
    401: "it wants a name and a password",
    403: "it blocks readers",
    404: "nothing is there",
    410: "gone for good",
    429: "asked too often",
    503: "too busy",
}


@dataclass(frozen=True, slots=True)
class Fix:
    """Something that can be done about a source: what it is called here, its words, and what they are about."""

    id: str
    words: str
    detail: str = ""


def fixes_of(health: SourceHealth) -> tuple[Fix, ...]:
    """What can be done, what mends the source's trouble first."""
    source, state = health.source, health.state
    remove = Fix("remove", "Remove the source", "u brings it back")
    if source.kind is SourceKind.BUILTIN:
        return (remove,)
    fixes: list[Fix] = []
    if source.offer is not None:
        fixes.append(Fix("take_offer", "Take the new address", short_address(source.offer)))
    if source.error and state.status == 403:
        fixes.append(Fix("user_agent", "Set a user agent", "for sites that let in browsers only"))
    if source.error and state.status == 401:
        fixes.append(Fix("password", "Set name and password", "they stay where they are kept"))
    find = Fix("find", "Look for a new address", short_address(source.link or source.url, host_only=True))
    fetch = Fix("fetch", "Fetch now")
    lost = source.retired or state.status in {404, 410} or (source.error is not None and state.status == 200)
    if lost and source.offer is None:
        return (*fixes, find, remove, fetch) if source.retired else (*fixes, find, fetch, remove)
    return (*fixes, fetch, find, remove)


def facts_of(health: SourceHealth, now: int) -> tuple[tuple[str, str], ...]:
    """The facts worth a line, each with its name; nothing stands here that the reason says already."""
    source, state = health.source, health.state
    if source.kind is SourceKind.BUILTIN:
        return (("Articles", count_of(source.total, "article")),)
    facts = [("Last good feed", relative_time(state.last_success, now) if state.last_success else "never")]
    if state.last_attempt is not None:
        facts.append(("Last answer", _answer(state.status, state.last_attempt, now)))
    facts.append(("Next try", _next_try(health, now)))
    facts.append(("Articles", _articles(health)))
    if source.silent_since is not None:
        facts.append(("Silence", silence(source, state.gap, now)))
    return tuple(facts)


def silence(source: Source, gap: int | None, now: int) -> str:
    """Say since when a source is silent: "used to post weekly, silent for 94 days"."""
    days = count_of(max(1, (now - (source.silent_since or now)) // _DAY), "day")
    rhythm = rhythm_of(gap)
    return f"used to post {rhythm}, silent for {days}" if rhythm else f"silent for {days}"


def rhythm_of(gap: int | None) -> str:
    """How often a source posts that lets `gap` seconds lie between two articles: "weekly"; empty when not known."""
    if gap is None:
        return ""
    return next((words for most, words in _RHYTHMS if gap <= most), "once in a long while")


def time_ahead(moment: int, now: int) -> str:
    """Say how far ahead a moment is: "now", "in 26 minutes", "in 5 hours", "in 3 days"."""
    ahead = moment - now
    if ahead < _MINUTE:
        return "now"
    if ahead < _SOON:
        return f"in {count_of(round(ahead / _MINUTE), 'minute')}"
    if ahead < 2 * _DAY:
        return f"in {count_of(round(ahead / _HOUR), 'hour')}"
    return f"in {count_of(round(ahead / _DAY), 'day')}"


def weekly_words(weekly: float | None) -> str:
    """How much a source posts: "5 a week", "2 a month", "a few a year"; empty when not known."""
    if weekly is None:
        return ""
    if weekly >= 1:
        return f"{round(weekly):,} a week"
    monthly = weekly * _WEEKS_A_MONTH
    return f"{round(monthly)} a month" if monthly >= 1 else "a few a year"


def short_address(url: str, *, host_only: bool = False) -> str:
    """An address for showing: without scheme, name and password."""
    url = without_userinfo(url)
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if not parts.netloc:
        return url
    return parts.netloc if host_only else url.partition("://")[2].removesuffix("/")


def _answer(status: int | None, moment: int, now: int) -> str:
    when = relative_time(moment, now)
    if status is None:
        return f"none, {when}"
    words = _STATUS.get(status) or ("the server has a fault" if status >= 500 else "")
    return ", ".join(filter(None, (str(status), words, when)))


def _next_try(health: SourceHealth, now: int) -> str:
    if health.held_until is not None and health.held_until > now:
        return f"{clock_time(health.held_until, now)}, its host asked for quiet until then"
    if health.source.retired:
        return "not any more: its server says that it has ended"
    due = health.state.next_due
    return time_ahead(due, now) if due is not None else "when you ask"


def _articles(health: SourceHealth) -> str:
    rate = weekly_words(health.weekly)
    return f"{rate}, {health.source.total:,} here" if rate else f"{health.source.total:,} here"
