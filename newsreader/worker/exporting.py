"""Writing the sources as OPML for another reader or another machine; no secret goes along."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsreader.config.paths import expanded
from newsreader.config.writing import write_whole
from newsreader.errors import UsageError
from newsreader.feeds import opml
from newsreader.store.settings import is_written_whole

if TYPE_CHECKING:
    from newsreader.store import Store

_TITLE = "newsreader"


class Exported(NamedTuple):
    """What went out: sources, smart sources, and the names of the sources whose secrets stayed here."""

    content: bytes
    sources: int
    smart: int
    bare: list[str]


def as_opml(store: Store, now: int) -> Exported:
    """The sources of a library as OPML."""
    subscriptions, searches = store.subscriptions(), store.saved_searches()
    bare = [each.title for each in store.fetch_states() if not is_written_whole(each.url, each.settings)]
    content = opml.write(subscriptions, searches=searches, title=_TITLE, date=now)
    return Exported(content, len(subscriptions), len(searches), bare)


def export_opml(store: Store, name: str, now: int) -> Exported:
    """Write the sources into a file, whole or not at all. Raises UsageError where it cannot be written."""
    exported = as_opml(store, now)
    try:
        write_whole(expanded(name), exported.content)
    except (OSError, ValueError, RuntimeError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UsageError(f"{name} cannot be written: {why}.", str(error)) from error
    return exported
