"""Taking up what a list of sources holds: sources, smart sources, and the searches that another reader had as sources.

These become smart sources as far as our language can say them; those that have no equal are kept as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsreader.bounds import MAX_SMART
from newsreader.errors import UsageError
from newsreader.feeds.newsboat_filter import translate
from newsreader.model import SavedSearch
from newsreader.text import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsreader.feeds.gathering import FeedList
    from newsreader.model import AddedSources, KeptQuery, Subscription
    from newsreader.store import Store


class Adopted(NamedTuple):
    """How many smart sources came of searches, and a sentence for whatever did not become one."""

    new: int
    problems: tuple[str, ...] = ()


class TakenUp(NamedTuple):
    """What came of a list: its sources, how many smart sources and kept searches are new, and what could not be."""

    sources: AddedSources
    smart: int
    kept: int
    problems: tuple[str, ...]


def take_up(store: Store, subscriptions: Sequence[Subscription], listed: FeedList, *, fill: bool) -> TakenUp:
    """Take up a list as one undoable action; `subscriptions` are those of it that are taken."""
    with store.together():
        sources = store.add_sources(subscriptions, fill=fill)
        added = _add(store, listed.searches)
        new = store.keep_queries(listed.queries)
        adopted = adopt(store) if listed.queries else Adopted(0)
        left = len(set(store.kept_queries()).intersection(listed.queries))
    return TakenUp(sources, added.new + adopted.new, min(new, left), (*added.problems, *adopted.problems))


def adopt(store: Store) -> Adopted:
    """Make smart sources of the kept searches that have an equal; those that have none stay kept."""
    kept = store.kept_queries()
    equals = [(each, query) for each in kept if (query := translate(each.query).query) is not None]
    added = _add(store, [SavedSearch(each.title, query) for each, query in equals])
    if not added.problems:
        store.drop_queries([each for each, _ in equals])
    return Adopted(added.new, (*added.problems, *without_equal(kept)))


def without_equal(kept: Iterable[KeptQuery]) -> tuple[str, ...]:
    """Why searches are no smart sources, a sentence for each that has no equal here."""
    return tuple(
        f"“{each.title}” of {each.origin} is kept as it is, and has no equal here: {'; '.join(reasons)} ({each.query})."
        for each in kept
        if (reasons := translate(each.query).reasons)
    )


def _add(store: Store, searches: Sequence[SavedSearch]) -> Adopted:
    if not searches:
        return Adopted(0)
    try:
        added = store.add_smart(searches)
    except UsageError as error:
        return Adopted(0, (error.phrase,))
    lost = len(searches) - len(added.ids)
    problem = f"{count_of(lost, 'smart source')} had no room: there may be {MAX_SMART}."
    return Adopted(len(added.new), (problem,) if lost else ())
