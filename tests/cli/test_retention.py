from __future__ import annotations

import pytest

from newsreader.cli.context import NOW_VARIABLE
from newsreader.config import Paths
from newsreader.model import Query
from newsreader.store import Store
from tests.cli.conftest import NOW, Shell, written


def age(shell: Shell) -> None:
    """A source with six read articles, of which four are older than a month."""
    with shell.store() as store:
        source = store.find_sources("Gazette")[0]
        state = store.fetch_states([source.id])[0]
        added = store.ingest(state, None, [written(n, f"Old {n}", "word " * 300, hours=240 * n) for n in range(50, 56)])
        store.mark_read(added.added, True)


def total(shell: Shell) -> int:
    with Store.open(Paths.under(shell.home).library, clock=lambda: NOW) as store:
        return len(store.listing(Query()).ids)


def test_everything_is_kept_unless_the_person_says_otherwise(furnished: Shell) -> None:
    age(furnished)
    printed = furnished("retention")
    assert "keeps all its articles" in printed
    assert "Nothing is to go now." in printed


def test_what_would_go_is_told_by_source_and_nothing_goes(furnished: Shell) -> None:
    age(furnished)
    before = total(furnished)
    printed = furnished("retention", "--preview", "30d")
    assert "Would remove 6 articles, 2" in printed
    assert "The Coast Gazette · keeps 30d" in printed
    found = furnished.json("retention", "--preview", "30d")
    assert (found["articles"], found["keep"], len(found["sources"])) == (6, "30d", 1)
    assert total(furnished) == before


def test_what_is_set_waits_an_hour_or_goes_at_once(furnished: Shell) -> None:
    age(furnished)
    before = total(furnished)
    printed = furnished("retention", "--set", "30d")
    assert "what was published or opened in the last 30 days, and whatever is unread" in printed
    assert "From 19:00 on it goes" in printed or "idle moments" in printed
    assert total(furnished) == before
    assert "6 articles went" in furnished("retention", "--now")
    assert total(furnished) == before - 6
    assert "Nothing is to go now." in furnished("retention")


def test_a_source_keeps_what_is_set_for_it(furnished: Shell) -> None:
    age(furnished)
    furnished("retention", "--set", "30d")
    assert "1000" in furnished("set", "Gazette", "keep", "1,000 articles")
    printed = furnished("retention")
    assert "but for these:" in printed
    assert "The Coast Gazette · keeps 1000" in printed
    assert "Nothing is to go now." in printed


def test_config_toml_wins(furnished: Shell) -> None:
    file = Paths.under(furnished.home).config_file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('[retention]\nkeep = "1y"\n')
    assert "keeps what was published or opened in the last 365 days" in furnished("retention", "--set", "30d")
    file.write_text('[retention]\nkeep = "1 banana"\n')
    assert "in the last 30 days" in furnished("retention")


def test_a_mistake_is_said(furnished: Shell) -> None:
    assert "Write all, 90d, 500" in furnished("retention", "--preview", "banana", status=2)
    assert "would keep nothing" in furnished("retention", "--set", "0", status=2)


def test_with_a_wrong_clock_nothing_is_said_to_go(furnished: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    age(furnished)
    with furnished.store() as store:
        store.tidy()  # which remembers that it was in use
    monkeypatch.setenv(NOW_VARIABLE, str(NOW + 800 * 86_400))
    printed = furnished("retention", "--preview", "30d")
    assert printed.startswith("Nothing goes now.")
    assert "until one of them is right nothing goes by its age" in printed
    found = furnished.json("retention", "--preview", "30d")
    assert (found["articles"], found["sources"]) == (0, [])
    assert found["problem"]


def test_a_tag_can_have_a_line_of_its_own(furnished: Shell) -> None:
    age(furnished)
    furnished("source", "tag", "Gazette", "--add", "wire")
    assert "Would remove 6 articles" in furnished("retention", "--preview", "all; #wire 30d")
    printed = furnished("retention", "--set", "1y; #wire 30d")
    assert "those with the tag #wire: what was published or opened in the last 30 days" in printed
    assert "Write a tag and how much to keep" in furnished("retention", "--set", "all; wire 30d", status=2)
