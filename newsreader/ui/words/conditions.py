"""How a source does, and what mends it: facts, fixes, and the sign beside its name."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, several

ANSWERS: Final = {
    200: _("a feed"),
    304: _("nothing new"),
    401: _("it wants a name and a password"),
    403: _("it blocks readers"),
    404: _("nothing is there"),
    410: _("gone for good"),
    429: _("asked too often"),
    503: _("too busy"),
}
"""What an HTTP status means, in full."""

A_FAULT: Final = _("the server has a fault")
NO_FEED: Final = _("but no feed")

SIGNS: Final = {
    "401": _("wants a password"),
    "403": _("blocks readers"),
    "404": _("nothing there"),
    "410": _("gone for good"),
    "429": _("asked too often"),
}
"""What an HTTP status means, beside the name of a source."""

MOVED: Final = _("moved, offer")
ENDED: Final = _("ended")

REMOVE: Final = (_("Remove the source"), _("u brings it back"))
TAKE_OFFER: Final = _("Take the new address")
USER_AGENT: Final = (_("Set a user agent"), _("for sites that let in browsers only"))
PASSWORD: Final = (_("Set name and password"), _("they stay where they are kept"))
FIND: Final = _("Look for a new address")
FETCH: Final = _("Fetch now")
BROWSE: Final = _("Look at it in the browser")

ARTICLES: Final = _("Articles")
LAST_GOOD: Final = _("Last good feed")
LAST_ANSWER: Final = _("Last answer")
NEXT_TRY: Final = _("Next try")
SILENCE: Final = _("Silence")
NOTE: Final = _("Note")

NEVER: Final = _("never")
JUST_NOW: Final = _("just now")
SERVER_ENDED: Final = _("not any more: its server says that it has ended")
WHEN_YOU_ASK: Final = _("when you ask")
A_FEW_A_YEAR: Final = _("a few a year")


def articles(count: int) -> str:
    """How many articles there are of it."""
    return several("{count} article", "{count} articles", count).format(count=f"{count:,}")


def here(count: int, rate: str) -> str:
    """How much it posts, where that is known, and how many of its articles are here."""
    said = _("{count} here").format(count=f"{count:,}")
    return _("{rate}, {here}").format(rate=rate, here=said) if rate else said


def a_week(count: int) -> str:
    """How much a source posts that posts weekly."""
    return _("{count} a week").format(count=f"{count:,}")


def a_month(count: int) -> str:
    """How much a source posts that posts monthly."""
    return _("{count} a month").format(count=count)


def no_answer(age: str) -> str:
    """When it did not answer."""
    return _("none, {age}").format(age=age)


def quiet_until(when: str) -> str:
    """When it is asked again whose host wants quiet."""
    return _("{when}, its host asked for quiet until then").format(when=when)


def waits_until(when: str) -> str:
    """The same beside the name of a source."""
    return _("waits until {when}").format(when=when)


def silent(days: int) -> str:
    """For how long a source is silent that is not by its habit."""
    return _("silent {days} d").format(days=days)
