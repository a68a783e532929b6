"""What every part of the Store stands on: the connection, the clock, the window, and how a change is announced."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from newsreader.bounds import CHANGES_KEPT, MAX_TITLE
from newsreader.model import Change, FullTextMode
from newsreader.store.connection import Connection, id_list
from newsreader.text import one_line, without_userinfo

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

EVERYTHING: Final = "everything"
"""The kind of a row of `changes` after which all is read anew."""

_PRUNE_EVERY: Final = 256  # changes; pruning is cheap but need not be paid at each


class Part:
    """The ground of the Store's parts; each part is one subject with its own SQL."""

    def __init__(self, connection: Connection, *, clock: Callable[[], float], window: str) -> None:
        self._db: Final = connection
        self._clock: Final = clock
        self._window = window
        self._usual_mode = FullTextMode.AUTO
        self._with_copies = True

    def use_mode(self, mode: FullTextMode) -> None:
        """Go by this for sources for which nothing is set: what opening an article shows first."""
        self._usual_mode = mode

    def use_copies(self, *, together: bool) -> None:
        """Go by this when an article is marked read: whether its copies, which are the same text, are read with it."""
        self._with_copies = together

    @contextmanager
    def acting_for(self, window: str) -> Iterator[None]:
        """Within this, what is done is an action of that window: the person at it can undo it."""
        own, self._window = self._window, window
        try:
            yield
        finally:
            self._window = own

    @property
    def window(self) -> str:
        """Who acts, for undo."""
        return self._window

    def _now(self) -> int:
        """The moment, in whole Unix seconds."""
        return int(self._clock())

    def _announce(
        self,
        *,
        articles: Collection[int] = (),
        added: Collection[int] = (),
        sources: Collection[int] = (),
        everything: bool = False,
        smart: Collection[int] = (),
        indexed: Collection[int] = (),
    ) -> Change:
        """Write down what the running transaction changed, for the other processes, and give it as a Change.

        Nothing changed writes nothing. `everything` has all be read anew: for what is seldom changed and shows in many
        places, such as the name of a tag.
        """
        seq = 0
        kinds = {
            "article": articles,
            "added": added,
            "source": sources,
            "smart": smart,
            "indexed": indexed,
            EVERYTHING: (0,) if everything else (),
        }
        for kind, ids in kinds.items():
            if ids:
                seq = self._db.insert("INSERT INTO changes (kind, ids) VALUES (?, ?)", (kind, id_list(ids)))
                if seq % _PRUNE_EVERY == 0:
                    self._db.run("DELETE FROM changes WHERE seq <= ?", (seq - CHANGES_KEPT,))
        return Change(
            seq or self._last_seq(),
            frozenset(articles) | frozenset(added),
            frozenset(added),
            frozenset(sources),
            everything=everything,
            smart=frozenset(smart),
            indexed=frozenset(indexed),
        )

    def _nothing(self) -> Change:
        """The Change of a call that found nothing to do."""
        return Change(self._last_seq())

    def _last_seq(self) -> int:
        return int(self._db.value("SELECT seq FROM sqlite_sequence WHERE name = 'changes'") or 0)


def address_title(url: str) -> str:
    """The title of a saved page until its own is known: its address, without scheme and without a password."""
    return one_line(without_userinfo(url).partition("://")[2] or url, MAX_TITLE)


def shown_title(title: str | None, url: str) -> str:
    """The name of a source: what the person or the feed gave, else the host of its address; never a password.

    A list of subscriptions may give the whole address for a title.
    """
    if title:
        return without_userinfo(title)
    try:
        return urlsplit(url).hostname or without_userinfo(url)
    except ValueError:
        return without_userinfo(url)
