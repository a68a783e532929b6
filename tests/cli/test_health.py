from __future__ import annotations

import pytest

from newsreader.bounds import NEVER
from newsreader.cli import EXIT_FAILED
from tests.cli.conftest import HOSTILE, NOW, Shell

DAY = 86_400


def trouble(shell: Shell) -> None:
    """The first source lost and found again, the second held."""
    with shell.store() as store:
        gazette, wire = store.fetch_states()
        store.record(
            gazette._replace(error=f"news.example answered 404. {HOSTILE}", error_count=3, status=404, last_attempt=NOW,
                    last_success=NOW - 3 * DAY, next_due=NOW + 7_200, gap=DAY // 5)
        )  # fmt: skip
        store.record_offer(gazette.source_id, "https://ada:pw@news.example/new", NOW)
        store.record(wire._replace(last_success=NOW, next_due=NOW + 900, status=304))
        store.hold_host("wire.example", NOW + 3_600)


def test_sources_in_order_are_one_line(furnished: Shell, shell: Shell) -> None:
    with furnished.store() as store:
        for state in store.fetch_states():
            store.record(state._replace(last_success=NOW, next_due=NOW + 60))
    assert furnished("doctor", "--sources").splitlines() == ["2 sources, all in order."]


def test_an_empty_library_has_no_sources(shell: Shell) -> None:
    assert "newsreader add" in shell("doctor", "--sources")


def test_the_worst_comes_first_with_its_fix(furnished: Shell) -> None:
    trouble(furnished)
    printed = furnished("doctor", "--sources", status=EXIT_FAILED)
    first, second = printed.index("The Coast Gazette"), printed.index("Northern Wire")
    assert first < second
    assert "It was found again at https://news.example/new" in printed
    assert "address https://news.example/new" in printed
    assert "last good fetch 3 days ago, last answer 404, 35 a week, next try in 2 hours" in printed
    assert "its host asked for it" in printed
    assert "No other sources." in printed
    assert "pw" not in printed
    assert "\x1b" not in printed


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        (
            401,
            "it wants a name and a password.",
            'name and where its password stands: newsreader set {id} auth "NAME env:V',
        ),
        (
            403,
            "it blocks readers.",
            'Set a user agent, or look at it in a browser: newsreader set {id} user-agent "Moz',
        ),
        (404, "nothing.", "newsreader add --list news.example finds it, newsreader set {id} address NEW takes it"),
        (410, "gone for good.", "next try never: it has ended"),
        (200, "The site asks for a proof (a captcha).", "Set a user agent, or look at it in a browser"),
        (200, "This is a login page, not a feed.", "whether the site has an address for readers such as this"),
        (
            200,
            "This is a web page, not a feed.",
            "Look at it in a browser, for it may pass; if it stays so, look for its",
        ),
    ],
)
def test_each_trouble_has_what_can_be_done(furnished: Shell, status: int, error: str, words: str) -> None:
    with furnished.store() as store:
        state = store.fetch_states()[0]
        due = NEVER if status == 410 else NOW + 60
        store.record(state._replace(error=error, status=status, error_count=1, next_due=due, last_attempt=NOW))
    printed = furnished("doctor", "--sources", status=EXIT_FAILED)
    assert f"▲ {state.source_id}  The Coast Gazette · news.example/feed" in printed
    assert words.format(id=state.source_id) in printed
    assert "In the reader, e on a source opens its panel" in printed


@pytest.mark.parametrize("columns", [80, 140])
def test_a_terminal_gets_a_table(furnished: Shell, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    trouble(furnished)
    monkeypatch.setattr("newsreader.cli.output.width", lambda: columns)
    monkeypatch.setenv("COLUMNS", str(columns))
    printed = furnished("doctor", "--sources", status=EXIT_FAILED)
    assert ("Next try" in printed) is (columns == 140)
    assert "\x1b]52" not in printed
    assert "pw@" not in printed


def test_programs_get_json(furnished: Shell) -> None:
    with furnished.store() as store:
        state = store.fetch_states()[0]
        store.record(
            state._replace(last_success=NOW, next_due=NOW + 60, newest=NOW - 94 * DAY, gap=7 * DAY, problem="Cut off.")
        )
    gazette = furnished.json("doctor", "--sources")[0]
    assert gazette["silence"] == "used to post weekly, silent for 94 days"
    assert (gazette["weekly"], gazette["note"], gazette["error"]) == (1.0, "Cut off.", None)


def test_the_doctor_counts_what_fails(furnished: Shell) -> None:
    trouble(furnished)
    assert "1 source cannot be fetched" in furnished("doctor", status=EXIT_FAILED)
    listed = furnished("sources")
    assert "▲ news.example answered 404." in listed
    assert "waits until" in listed


def test_all_that_is_known_of_one_source_is_printed(furnished: Shell) -> None:
    trouble(furnished)
    with furnished.store() as store:
        gazette, wire = store.fetch_states()
        store.tag_sources([gazette.source_id], ["daily"])
        store.pause_sources([wire.source_id], True)
    printed = furnished("health", "coast", status=EXIT_FAILED)
    for fact in ("404", "Failures in a row    3", "35 a week", "Folder               World", "#daily"):
        assert fact in printed
    assert "Northern Wire" not in printed
    assert "not while it pauses" in furnished("health", "wire")
    everything = furnished("health", "--all", status=EXIT_FAILED)
    assert everything.index("The Coast Gazette") < everything.index("Northern Wire")
    states = {each["title"]: each for each in furnished.json("health", status=EXIT_FAILED)}
    assert states["Northern Wire"]["paused"] == "2026-11-23T18:00:00Z"
    assert states["The Coast Gazette"]["full_texts"] == {"tried": 0, "gained": 0}
    assert furnished.json("health", "wire")[0]["folder"] is None
