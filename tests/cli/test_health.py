from __future__ import annotations

from dataclasses import replace

import pytest

from newsreader.cli import EXIT_FAILED
from tests.cli.conftest import HOSTILE, NOW, Shell

DAY = 86_400


def trouble(shell: Shell) -> None:
    """The first source lost and found again, the second held."""
    with shell.store() as store:
        gazette, wire = store.fetch_states()
        store.record(
            replace(gazette, error=f"news.example answered 404. {HOSTILE}", error_count=3, status=404, last_attempt=NOW,
                    last_success=NOW - 3 * DAY, next_due=NOW + 7_200, gap=DAY // 5)
        )  # fmt: skip
        store.record_offer(gazette.source_id, "https://ada:pw@news.example/new", NOW)
        store.record(replace(wire, last_success=NOW, next_due=NOW + 900, status=304))
        store.hold_host("wire.example", NOW + 3_600)


def test_sources_in_order_are_one_line(furnished: Shell, shell: Shell) -> None:
    with furnished.store() as store:
        for state in store.fetch_states():
            store.record(replace(state, last_success=NOW, next_due=NOW + 60))
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
            replace(state, last_success=NOW, next_due=NOW + 60, newest=NOW - 94 * DAY, gap=7 * DAY, problem="Cut off.")
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
