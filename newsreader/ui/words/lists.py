"""What is said about lists of articles: marking, undoing, letting in."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, several, undoes

ALL_READ_ALREADY: Final = _("Everything here is read already.")
TAKING_BACK: Final = _("It is taken back, behind what you do next…")
DOING_AGAIN: Final = _("It is done again, behind what you do next…")
NOTHING_TO_UNDO: Final = _("There is nothing to undo.")
NOTHING_TO_REDO: Final = _("There is nothing to do again.")
WITHOUT_A_TITLE: Final = _("Without a title")
TODAY: Final = _("Today")
YESTERDAY: Final = _("Yesterday")
HIDDEN: Final = _("hidden")
NOTHING_UNREAD_ELSEWHERE: Final = _("No other source has anything unread.")
TAB_PUTS_IT_IN: Final = _("Tab puts it in.")
SEARCH_WAYS: Final = (("⏎", _("to what is found")), ("esc", _("end the search")))
TOO_SMALL: Final = _("newsreader needs 60 columns and 15 lines. Make the window larger, or the letters smaller.")
SEARCHING: Final = _("Searching…")
NOTHING_NEW_WAITS: Final = _("No new articles wait.")


def earlier_in(month: str) -> str:
    """The heading over what is older than a week, and of this month."""
    return _("Earlier in {month}").format(month=month)


def hidden_by(rule: str) -> str:
    """Say by which rule an article is hidden, if it is by one."""
    return _("hidden by {rule}").format(rule=rule) if rule else HIDDEN


def keeps_search(key: str) -> str:
    """Say which key keeps a search."""
    return _("{key} keeps this search among the sources.").format(key=key)


def quits(back: str, quit_key: str) -> str:
    """Say which keys go back and quit."""
    return _("{back} goes back, {quit} quits.").format(back=back, quit=quit_key)


def marking(count: int) -> str:
    """Say of a long list how many articles are marked read by now, while one goes on."""
    return _("{count} marked read so far, behind what you do next…").format(count=f"{count:,}")


def marked_read(count: int, undo: str) -> str:
    """Say how many articles were marked read, and the key that takes it back."""
    said = several("{count} article marked read.", "{count} articles marked read.", count)
    return f"{said.format(count=f'{count:,}')} {undoes(undo)}"


def sources(count: int) -> str:
    """Say of how many sources the articles of a story are."""
    return several("{count} source", "{count} sources", count).format(count=f"{count:,}")


def articles(count: int) -> str:
    """Say how many articles a story has."""
    return several("{count} article", "{count} articles", count).format(count=f"{count:,}")


def first(name: str, age: str) -> str:
    """Say who told a story first, and how long ago; nothing of the time where that is now."""
    return (_("first: {name} {age} ago") if age[0].isdigit() else _("first: {name}")).format(name=name, age=age)


def more(count: int) -> str:
    """Say how many more articles a row stands for."""
    return _("{count} more").format(count=f"{count:,}")


def more_of_day(count: int, *, today: bool) -> str:
    """Say how many more articles of the same source and day a row stands for."""
    return (_("{count} more of today") if today else _("{count} more of that day")).format(count=f"{count:,}")


def results(count: int, *, so_far: bool, share: float | None) -> str:
    """Say how many results there are, and of a search that is not through how far it is, from 0 to 1."""
    found = several("{count} result", "{count} results", count).format(count=f"{count:,}")
    if not so_far:
        return found
    far = "" if share is None else f" · {min(share, 1):.0%}"
    return _("{found} so far").format(found=found) + far


def waiting(count: int, key: str) -> str:
    """Say how many new articles wait, and the key that lets them in."""
    said = several("{count} new ↑ press {key} to let it in", "{count} new ↑ press {key} to let them in", count)
    return said.format(count=f"{count:,}", key=key)


def not_indexed(count: int) -> str:
    """Say of how many articles a search knows the titles only."""
    said = several(
        "{count} article not indexed yet; so far found by its title only.",
        "{count} articles not indexed yet; so far found by their titles only.",
        count,
    )
    return said.format(count=f"{count:,}")


def looked_through(looked: int, size: int, *, esc: bool) -> str:
    """Say how much of the library a search has looked through that found nothing so far; `esc`: that key stops it."""
    said = _("Looked through {looked} of {size}…").format(looked=f"{looked:,}", size=f"{size:,}")
    stops = _("esc stops it.")
    return f"{said} {stops}" if esc else said


def search_in(place: str) -> str:
    """Say in what is searched."""
    return _("Search in {place}").format(place=place)


def filter_in(place: str) -> str:
    """Say of what something is to be kept."""
    return _("Keep in {place} only").format(place=place)


def comments(count: int) -> str:
    """So many comments on an article."""
    return several("{count} comment", "{count} comments", count).format(count=f"{count:,}")
