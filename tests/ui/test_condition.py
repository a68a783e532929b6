"""How a source does, in words: pure."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from newsreader.model import FetchState, Source, SourceHealth, SourceKind
from newsreader.store.health import BLOCKED
from newsreader.ui.condition import facts_of, fixes_of, short_address, weekly_words
from tests.ui.world import DAY, HOUR, MINUTE, NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Source(
    id=1,
    title="Valley Radio",
    url="https://ada:secret@valley.test/feed.xml",
    kind=SourceKind.FEED,
    folder=None,
    link="https://valley.test/",
    unread=2,
    total=40,
    error=None,
    last_success=NOW - 4 * HOUR,
    next_due=NOW + 26 * MINUTE,
)
STATE = FetchState(
    1,
    SOURCE.url,
    SOURCE.title,
    last_attempt=NOW - 5 * MINUTE,
    last_success=NOW - 4 * HOUR,
    next_due=NOW + 26 * MINUTE,
    status=200,
    gap=7 * DAY,
)


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def health(*, status: int = 200, held: int | None = None, weekly: float | None = 5.1, **source: object) -> SourceHealth:
    changed = SOURCE._replace(**source)  # type: ignore[arg-type]  # whatever the test wants
    return SourceHealth(changed, STATE._replace(status=status), weekly, held, changed.error, None, None)


def facts(which: SourceHealth) -> dict[str, str]:
    return dict(facts_of(which, NOW))


def first(which: SourceHealth) -> str:
    return fixes_of(which)[0].id


def test_the_facts_of_a_source_in_good_order() -> None:
    assert facts(health()) == {
        "Last good feed": "4 hours ago",
        "Last answer": "200, a feed, 5 minutes ago",
        "Next try": "in 26 minutes",
        "Articles": "5 a week, 40 here",
    }


def test_silence_is_said_with_what_was_usual_unless_the_reason_says_it() -> None:
    assert "Silence" not in facts(health(silent_since=NOW - 94 * DAY))
    said = facts(health(silent_since=NOW - 94 * DAY, error="valley.test answered 500."))
    assert said["Silence"] == "used to post weekly, silent for 94 days"


def test_a_host_that_asked_for_quiet_gets_it() -> None:
    assert facts(health(held=NOW + 90 * MINUTE))["Next try"] == "19:30, its host asked for quiet until then"
    assert facts(health(held=NOW - 1))["Next try"] == "in 26 minutes"


def test_a_retired_source_is_not_tried() -> None:
    assert "not any more" in facts(health(retired=True))["Next try"]


def test_a_feed_that_was_cut_carries_a_note() -> None:
    cut = health(error="valley.test answered 500.")
    cut = cut._replace(state=cut.state._replace(problem="The feed ends in the middle: 6 articles were whole."))
    assert facts(cut)["Note"] == "The feed ends in the middle: 6 articles were whole."


def test_what_mends_the_trouble_comes_first() -> None:
    error = "valley.test answered."
    assert first(health(offer="https://valley.test/new.xml", error=error, status=404)) == "take_offer"
    assert first(health(error=error, status=403)) == "user_agent"
    assert first(health(error=error, status=401)) == "password"
    assert first(health(error=error, status=404)) == "find"
    assert first(health(error="This is a web page, not a feed.", status=200)) == "find"
    assert first(health(error=error, status=500)) == "fetch"
    assert first(health(retired=True, error=error, status=410)) == "find"
    assert first(health()) == "fetch"


def test_a_site_that_asks_for_a_person_is_looked_at_in_the_browser_and_gets_a_user_agent() -> None:
    asks = health(error="The site asks for a captcha instead of giving the feed.")._replace(fix=BLOCKED)
    assert [fix.id for fix in fixes_of(asks)][:2] == ["user_agent", "browse"]
    assert "valley.test/feed.xml" in {fix.detail for fix in fixes_of(asks)}
    assert all("secret" not in fix.detail for fix in fixes_of(asks))


def test_a_document_that_is_no_feed_is_not_called_one() -> None:
    assert facts(health(error="This is a web page, not a feed."))["Last answer"] == "200, but no feed, 5 minutes ago"
    assert facts(health(error="x answered 500.", status=500))["Last answer"].startswith("500, the server has a fault")


def test_what_an_older_program_recorded_is_read_from_its_words() -> None:
    old = health(error="valley.test answered 403: it blocks readers.")
    old = old._replace(state=old.state._replace(status=None, error=old.source.error))
    assert first(old) == "user_agent"
    assert facts(old)["Last answer"].startswith("403, it blocks readers")
    sound = health()
    assert "Last answer" not in facts(sound._replace(state=sound.state._replace(status=None)))


def test_every_source_can_be_fetched_moved_and_removed_and_the_handbook_removed() -> None:
    for status in (200, 401, 403, 404, 410, 500):
        assert {"fetch", "find", "remove"} <= {fix.id for fix in fixes_of(health(status=status, error="No."))}
    assert [fix.id for fix in fixes_of(health(kind=SourceKind.BUILTIN))] == ["remove"]


def test_an_address_is_shown_without_its_password() -> None:
    assert short_address(SOURCE.url) == "valley.test/feed.xml"
    assert short_address(SOURCE.url, host_only=True) == "valley.test"
    assert short_address("https://[broken") == "https://[broken"
    assert short_address("valley.test") == "valley.test"


@pytest.mark.parametrize(
    ("weekly", "words"),
    [(None, ""), (140.2, "140 a week"), (1.0, "1 a week"), (0.5, "2 a month"), (0.1, "a few a year")],
)
def test_how_much_a_source_posts(weekly: float | None, words: str) -> None:
    assert weekly_words(weekly) == words
