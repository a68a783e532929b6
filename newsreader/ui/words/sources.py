"""What stands in the source list itself."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, several

PAUSED: Final = _("paused")
ALL_BY_ESC: Final = _("esc: all")
PAUSE: Final = (_("Pause"), _("fetch it no more, until you say so"))
RESUME: Final = (_("Let it go on"), _("it pauses, and is not fetched"))
IS_PAUSED: Final = _("It pauses, and is not fetched.")
NOW_PAUSED: Final = _("It pauses from now on; u undoes it.")
NOW_RESUMED: Final = _("It goes on; u undoes it.")
UNREAD: Final = _("Unread")
ALL: Final = _("All")
TODAY: Final = _("Today")
BEGUN: Final = _("Continue reading")
LATER: Final = _("Later")
BOOKMARKS: Final = _("Bookmarks")
TAG_LIST: Final = _("Tags")
HIDDEN: Final = _("Hidden")
"""The rows over the sources, and below the folders."""

NOTHING_TO_REFRESH: Final = _("Nothing of this is refreshed: it does not change by itself.")
NO_TROUBLE: Final = _("No source here is in trouble. On a source this key shows how it does, and its settings.")
NO_HANDBOOK_YET: Final = _("The handbook is not in the library yet; it stands last among the sources when it is.")
TAGS: Final = (_("Tags"), _("between commas"))
NOTIFY: Final = (_("Tell me of new ones"), _("yes or no"))
TELLS: Final = _("yes, once a refresh")
TELLS_NOT: Final = _("no")
NO_TAGS: Final = _("none")
MANUAL: Final = _("only when you ask")


def no_trouble_in(folder: str, renames: str, removes: str) -> str:
    """Say that all is well in a folder, and the keys for the folder itself."""
    said = _("No source in {folder} is in trouble. {renames} renames the folder, {removes} removes it.")
    return said.format(folder=folder, renames=renames, removes=removes)


def all_paused(key: str) -> str:
    """Say that nothing is fetched, as all of it pauses, and the key that lets it go on."""
    return _("All of this pauses, and is not fetched. {key} lets it go on.").format(key=key)


def none_to_refresh(add: str) -> str:
    """Say that there is no source, and the key that adds one."""
    return _("There is no source to refresh yet. {add} adds one.").format(add=add)


def refreshing(count: int) -> str:
    """Say how many sources are being refreshed."""
    return several("Refreshing {count} source…", "Refreshing {count} sources…", count).format(count=f"{count:,}")


def paused_for(days: int) -> str:
    """What stands at a source that is not fetched."""
    return _("paused {days} d").format(days=days) if days else PAUSED


def paused_since(age: str) -> str:
    """When a source is fetched again that pauses."""
    return _("not while it pauses, since {age}").format(age=age)


WELL: Final = _("well")
ODD: Final = _("well, after mending")
NOT_YET: Final = _("not fetched yet")
NEVER_GOOD: Final = _("never a good feed")


def last_good(age: str) -> str:
    """When a source last gave a feed."""
    return _("last good {age}").format(age=age)


def next_try(when: str) -> str:
    """When it is asked again."""
    return _("next {when}").format(when=when)


def in_a_row(count: int) -> str:
    """How often it failed since the last good feed."""
    return _("failed {count} times in a row").format(count=f"{count:,}")


def failures(count: int) -> tuple[str, str]:
    """The same as a fact."""
    return _("Failures in a row"), f"{count:,}"


def full_text_rate(good: int, total: int) -> str:
    """How many of the last full texts were worth it."""
    return _("full text {good} of {total}").format(good=good, total=total)


def full_texts(good: int, total: int) -> tuple[str, str]:
    """The same as a fact."""
    return _("Full texts"), _("{good} of the last {total} said more than the feed").format(good=good, total=total)


def size(count: int) -> tuple[str, str]:
    """How large the last document was, as a fact."""
    return _("Size of the feed"), f"{count / 1024:,.0f} kB" if count < 1024 * 1024 else f"{count / 1024**2:,.1f} MB"


def as_for_all(value: str) -> str:
    """Say what goes for a source for which nothing is set."""
    return _("auto: {value}, as for all sources").format(value=value)


def pauses(age: str, key: str) -> str:
    """Say of a source that is listed since when nothing of it is fetched, and what lets it go on."""
    since = _("just now") if age == "now" else age
    return _("Paused {age}: it is not fetched. {key} lets it go on.").format(age=since, key=key)
