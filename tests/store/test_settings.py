from __future__ import annotations

import pytest

from newsreader.errors import UsageError
from newsreader.model import SourceSettings
from newsreader.store.settings import (
    SETTINGS,
    is_written_whole,
    parse_setting,
    read_settings,
    show_setting,
    written_settings,
)

NONE = SourceSettings()
ALL = SourceSettings(
    interval=7_200,
    user_agent="Mozilla/5.0 (X11)",
    headers=(("Accept-Language", "de"), ("X-Token", "env:TOKEN")),
    user="ada",
    secret="command:pass show news",
    proxy="socks5://127.0.0.1:9050",
    keep="90d 500",
)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("", None), ("auto", None), ("30m", 1_800), ("2h", 7_200), ("1d", 86_400), ("90 minutes", 5_400), ("1W", 604_800)],
)
def test_an_interval_is_a_time(text: str, seconds: int | None) -> None:
    assert parse_setting(ALL, "interval", text).interval == seconds


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("interval", "often", "is no time"),
        ("interval", "1m", "too often"),
        ("interval", "99d", "too seldom"),
        ("user-agent", "naïve", "ASCII"),
        ("user_agent", "a\r\nHost: b", "ASCII"),
        ("headers", "no colon", "Name: value"),
        ("headers", "Na me: value", "Name: value"),
        ("headers", "Host: elsewhere.test", "belongs to the connection"),
        ("headers", "X-Token: env:", "where the value is"),
        ("auth", "ada", "where its password stands"),
        ("auth", "ada hunter2", "never kept here"),
        ("auth", "ada:x env:NAME", "no colon"),
        ("proxy", "ftp://host:1", "http://host:port"),
        ("proxy", "http://host:99999", "http://host:port"),
        ("proxy", "host", "http://host:port"),
        ("keep", "a while", "says nothing about what to keep"),
        ("keep", "0d", "would keep nothing"),
        ("colour", "red", "There is no setting colour"),
    ],
)
def test_a_mistake_is_said_and_holds_no_secret(key: str, text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words) as mistake:
        parse_setting(NONE, key, text)
    assert "hunter2" not in mistake.value.phrase


def test_what_is_shown_is_read_as_the_same() -> None:
    for key in set(SETTINGS) - {"headers"}:
        assert parse_setting(ALL, key, show_setting(ALL, key)) == ALL
    for key in SETTINGS:
        assert parse_setting(NONE, key, show_setting(NONE, key)) == NONE
        empty = parse_setting(ALL, key, "")
        assert show_setting(empty, key) == show_setting(NONE, key)


def test_headers_come_one_by_one_and_their_values_are_hidden() -> None:
    more = parse_setting(ALL, "headers", "X-Other: secret words\nx-token:")
    assert more.headers == (("Accept-Language", "de"), ("X-Other", "secret words"))
    assert show_setting(more, "headers") == "Accept-Language: (hidden), X-Other: (hidden)"
    assert show_setting(ALL, "headers") == "Accept-Language: (hidden), X-Token: env:TOKEN"


def test_a_proxy_is_shown_without_its_password() -> None:
    assert show_setting(parse_setting(NONE, "proxy", "http://a:b@host:80"), "proxy") == "http://host:80"


def test_an_unknown_setting_cannot_be_shown() -> None:
    with pytest.raises(UsageError, match="There is no setting"):
        show_setting(NONE, "colour")


def test_what_is_written_down_is_read_back_and_holds_nothing_secret() -> None:
    named = (("Accept-Language", "env:LANG"), ("Authorization", "Bearer file:~/token"), ("X-Token", "env:TOKEN"))
    whole = ALL._replace(interval=None, headers=named)
    assert read_settings(written_settings(whole)) == (whole, ())
    secret = whole._replace(headers=(*named, ("X-Key", "swordfish")), proxy="socks5://ada:swordfish@p.test:1")
    assert "swordfish" not in str(written_settings(secret))
    assert is_written_whole("https://a.test/", whole._replace(interval=7_200))
    assert not is_written_whole("https://a.test/", secret)
    assert not is_written_whole("https://ada:swordfish@a.test/", whole)
    assert read_settings(written_settings(secret)) == (whole._replace(proxy="socks5://p.test:1"), ())
    assert written_settings(SourceSettings(interval=7_200)) == ()


def test_what_makes_no_sense_is_left_out_with_a_sentence() -> None:
    settings, problems = read_settings((("user-agent", "ü"), ("auth", "ada hunter2"), ("proxy", "none"), ("odd", "x")))
    assert settings == SourceSettings(proxy="none")
    assert len(problems) == 3
    assert "hunter2" not in " ".join(problems)


def test_a_reference_behind_a_scheme_is_shown_and_a_token_is_not() -> None:
    settings = parse_setting(NONE, "headers", "Authorization: Bearer env:TOKEN\nX-Key: swordfish")
    assert show_setting(settings, "headers") == "Authorization: Bearer env:TOKEN, X-Key: (hidden)"
    assert show_setting(NONE._replace(proxy="socks5://ada:swordfish@p.test:1"), "proxy") == "socks5://p.test:1"
