"""How a source does, in words for its panel: the facts, and what can be done, what mends its trouble first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from newsreader.model import SourceKind
from newsreader.store.health import BLOCKED
from newsreader.text import clock_time, relative_time, silence, time_ahead, without_userinfo
from newsreader.ui.signs import answered, sign_of
from newsreader.ui.words import conditions
from newsreader.ui.words import sources as words

if TYPE_CHECKING:
    from newsreader.model import SourceHealth

BROWSER: Final = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
"""What is proposed for a site that lets in browsers only."""

_WEEKS_A_MONTH: Final = 365 / 12 / 7


@dataclass(frozen=True, slots=True)
class Fix:
    """Something that can be done about a source: what it is called here, its words, and what they are about."""

    id: str
    words: str
    detail: str = ""


def fixes_of(health: SourceHealth) -> tuple[Fix, ...]:
    """What can be done, what mends the source's trouble first."""
    source, status = health.source, _status(health)
    remove = Fix("remove", *conditions.REMOVE)
    if source.kind is not SourceKind.FEED:
        return (remove,)
    fixes: list[Fix] = []
    if source.offer is not None:
        fixes.append(Fix("take_offer", conditions.TAKE_OFFER, short_address(source.offer)))
    if source.error and (status == 403 or health.fix == BLOCKED):
        fixes.append(Fix("user_agent", *conditions.USER_AGENT))
    if source.error and status == 401:
        fixes.append(Fix("password", *conditions.PASSWORD))
    home = short_address(source.link or source.url, host_only=True)
    find = Fix("find", conditions.FIND, home)
    fetch = Fix("fetch", conditions.FETCH)
    pause = Fix("pause", *words.PAUSE)
    browse = Fix("browse", conditions.BROWSE, short_address(source.url) if source.error else home)
    if source.paused is not None:
        return (Fix("resume", *words.RESUME), *fixes, find, browse, remove)
    if source.retired:
        return (*fixes, find, pause, remove, browse, fetch)
    lost = status in {404, 410} or (source.error is not None and status == 200 and health.fix != BLOCKED)
    if lost and source.offer is None:
        return (*fixes, find, browse, fetch, pause, remove)
    if source.error and fixes:
        return (*fixes, browse, fetch, find, pause, remove)
    return (*fixes, fetch, find, browse, pause, remove)


def facts_of(health: SourceHealth, now: int) -> tuple[tuple[str, str], ...]:
    """The facts worth a line, each with its name; nothing stands here that the reason says already."""
    source, state = health.source, health.state
    if source.kind is not SourceKind.FEED:
        return ((conditions.ARTICLES, conditions.articles(source.total)),)
    facts = [(conditions.LAST_GOOD, _ago(state.last_success, now) if state.last_success else conditions.NEVER)]
    if state.last_attempt is not None and (_status(health) is not None or source.error):
        facts.append((conditions.LAST_ANSWER, _answer(health, state.last_attempt, now)))
    facts.append((conditions.NEXT_TRY, _next_try(health, now)))
    facts.append((conditions.ARTICLES, _articles(health)))
    troubled = bool(source.error or source.offer or source.retired)
    if source.silent_since is not None and troubled:
        facts.append((conditions.SILENCE, silence(source.silent_since, state.gap, now)))
    if state.error_count > 1 and source.error:
        facts.append(words.failures(state.error_count))
    if state.full_texts[1]:
        facts.append(words.full_texts(*state.full_texts))
    if state.size:
        facts.append(words.size(state.size))
    if state.problem and (troubled or source.silent_since is not None):
        facts.append((conditions.NOTE, without_userinfo(state.problem)))
    return tuple(facts)


def standing_of(health: SourceHealth, now: int) -> str:
    """How a source does, in a few words."""
    source = health.source
    sign = sign_of(source, now=now, held_until=health.held_until)
    if sign.reason or sign.note:
        return sign.reason or sign.note
    if health.state.problem:
        return words.ODD
    return words.WELL if source.last_success is not None else words.NOT_YET


def line_of(health: SourceHealth, now: int) -> str:
    """What there is to say of a source in a line, the most telling first."""
    source, state = health.source, health.state
    said = [
        words.last_good(_ago(state.last_success, now)) if state.last_success else words.NEVER_GOOD,
        words.in_a_row(state.error_count) if source.error and state.error_count > 1 else "",
        weekly_words(health.weekly),
        "" if source.paused is not None or source.retired else words.next_try(_next_try(health, now)),
        words.full_text_rate(*state.full_texts) if state.full_texts[1] else "",
        words.size(state.size)[1] if state.size else "",
        source.folder or "",
    ]
    return " · ".join(filter(None, said))


def weekly_words(weekly: float | None) -> str:
    """How much a source posts: "5 a week", "2 a month", "a few a year"; empty when not known."""
    if weekly is None:
        return ""
    if weekly >= 1:
        return conditions.a_week(round(weekly))
    monthly = weekly * _WEEKS_A_MONTH
    return conditions.a_month(round(monthly)) if monthly >= 1 else conditions.A_FEW_A_YEAR


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


def _status(health: SourceHealth) -> int | None:
    """The status of the last answer; what an older program recorded has it in its words only."""
    return health.state.status or answered(health.state.error)


def _ago(moment: int, now: int) -> str:
    return relative_time(moment, now).replace("now", conditions.JUST_NOW)


def _answer(health: SourceHealth, moment: int, now: int) -> str:
    status, when = _status(health), _ago(moment, now)
    if status is None:
        return conditions.no_answer(when)
    meaning = conditions.ANSWERS.get(status) or (conditions.A_FAULT if status >= 500 else "")
    if health.source.error and status < 400:
        meaning = conditions.NO_FEED
    return ", ".join(filter(None, (str(status), meaning, when)))


def _next_try(health: SourceHealth, now: int) -> str:
    if health.source.paused is not None:
        return words.paused_since(_ago(health.source.paused, now))
    if health.held_until is not None and health.held_until > now:
        return conditions.quiet_until(clock_time(health.held_until, now))
    if health.source.retired:
        return conditions.SERVER_ENDED
    due = health.state.next_due
    return time_ahead(due, now) if due is not None else conditions.WHEN_YOU_ASK


def _articles(health: SourceHealth) -> str:
    return conditions.here(health.source.total, weekly_words(health.weekly))
