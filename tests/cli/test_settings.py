from __future__ import annotations

import pytest

from newsreader.model import FullTextMode, SourceSettings
from tests.cli.conftest import Shell


def settings(shell: Shell) -> SourceSettings:
    with shell.store() as store:
        return next(state.settings for state in store.fetch_states() if "news." in state.url)


def test_all_settings_are_shown(furnished: Shell) -> None:
    printed = furnished("set", "Gazette")
    assert "The Coast Gazette" in printed
    for key, value in (("interval", "auto"), ("headers", "none"), ("full-text", "auto"), ("address", "https://news.")):
        assert any(line.split()[0] == key and value in line for line in printed.splitlines()[1:])


def test_settings_are_set_shown_and_reset(furnished: Shell) -> None:
    assert "30m" in furnished("set", "Gazette", "interval", "30m")
    furnished("set", "Gazette", "user-agent", "Mozilla/5.0", "(X11)")
    furnished("set", "Gazette", "header", "X-Token: env:TOKEN")
    shown = furnished("set", "Gazette", "header", "X-Word: hunter2")
    assert "X-Token: env:TOKEN, X-Word: (hidden)" in shown
    assert "hunter2" not in furnished("set", "Gazette")
    furnished("set", "Gazette", "auth", "ada env:NEWS_PASSWORD")
    furnished("set", "Gazette", "proxy", "none")
    assert settings(furnished) == SourceSettings(
        1_800,
        "Mozilla/5.0 (X11)",
        (("X-Token", "env:TOKEN"), ("X-Word", "hunter2")),
        "ada",
        "env:NEWS_PASSWORD",
        "none",
    )
    furnished("set", "Gazette", "header", "X-Word:")
    assert settings(furnished).headers == (("X-Token", "env:TOKEN"),)
    for key in ("interval", "user-agent", "header", "auth", "proxy"):
        furnished("set", "Gazette", key, "default")
    assert settings(furnished) == SourceSettings()


def test_full_text_and_address(furnished: Shell) -> None:
    assert "always" in furnished("set", "Gazette", "full-text", "always")
    assert "https://news.example/rss" in furnished("set", "Gazette", "address", "news.example/rss")
    with furnished.store() as store:
        source = store.find_sources("Gazette")[0]
        assert source.full_text_mode is FullTextMode.FULL
        store.record_offer(source.id, "https://ada:pw@news.example/new", 5)
    assert "pw" not in furnished("set", "Gazette", "address", "https://news.example/new")
    with furnished.store() as store:
        assert store.find_sources("Gazette")[0].url == "https://ada:pw@news.example/new"
    furnished("set", "Gazette", "full-text", "default")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("intervall",), "Did you mean interval?"),
        (("colour",), "There are interval, user-agent"),
        (("interval", "often"), "is no time"),
        (("interval", "1m"), "5m is the least"),
        (("auth", "ada", "hunter2"), "env:NAME"),
        (("full-text", "never"), "There are auto, always, feed"),
        (("address", "https://wire.example/feed"), "has this address already"),
    ],
)
def test_a_mistake_is_said(furnished: Shell, words: tuple[str, ...], said: str) -> None:
    printed = furnished("set", "Gazette", *words, status=2)
    assert said in printed
    assert "hunter2" not in printed


def test_what_is_never_fetched_has_no_settings(furnished: Shell) -> None:
    with furnished.store() as store:
        handbook = store.sources()[-1].id
    assert "nothing to set" in furnished("set", str(handbook), status=2)
