"""What is said about the coming in of news: how old they are, that there is no network, that the worker ended."""

from __future__ import annotations

from typing import Final

from newsreader.text import relative_time
from newsreader.ui.words import _, several

WORKER_STARTS: Final = _("What fetches the news is being started…")
STARTS: Final = _("starting…")
OFFLINE: Final = _("offline")
READ_ONLY: Final = _("read-only")
LIBRARY_CLOSED: Final = _("The library is closed.")
NOBODY_WAITS: Final = _("Nobody waits for this any more.")
WORKER_ENDED: Final = _("The worker that fetches the news has ended; it is started again. Reading goes on.")


def last_refreshed(moment: int, now: int) -> str:
    """Say when a source was last refreshed."""
    return _("Last refreshed {age}.").format(age=_past(moment, now))


def offline(reason: str, newest: int, now: int) -> str:
    """Say that there is no network, and how old the news is; `newest` is 0 where there is none."""
    if not newest:
        return reason
    said = _("The news here is from {age}.").format(age=_past(newest, now))
    return f"{reason} {said}"


def stands_offline(newest: int, now: int) -> str:
    """Say, as long as it is so, that there is no network, and how old the news is."""
    return offline(_("Offline."), newest, now)


def progress(done: int, total: int) -> str:
    """Say how far a refresh is."""
    return _("{done} of {total}").format(done=f"{done:,}", total=f"{total:,}")


def failed(count: int, key: str) -> str:
    """Say how many sources failed, and the key that shows which."""
    said = several("{count} failed", "{count} failed", count).format(count=f"{count:,}")
    return _("{failed}, {key} shows which").format(failed=said, key=key) if key else said


def refreshed(sources: int, added: int, trouble: int, key: str) -> str:
    """Say what came of a refresh, and where there was trouble the key that shows where."""
    asked = several("Refreshed {count} source", "Refreshed {count} sources", sources).format(count=f"{sources:,}")
    new = several("{count} new article", "{count} new articles", added).format(count=f"{added:,}")
    return f"{asked}: {new}, {failed(trouble, key)}." if trouble else f"{asked}: {new}."


def _past(moment: int, now: int) -> str:
    age = relative_time(moment, now)
    return _("just now") if age == "now" else age


def shows_edits(key: str) -> str:
    """Say which key shows what was edited in the list of the sources."""
    return _("{key} shows it.").format(key=key)
