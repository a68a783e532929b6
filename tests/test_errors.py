"""Errors: a phrase fit for the screen whatever went into it, and a tree that `except` can rely on."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader import errors
from newsreader.errors import (
    ChildError,
    FetchError,
    HeldBack,
    LibraryError,
    NewsreaderError,
    NotAFeed,
    Offline,
    ParseError,
    UsageError,
)

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, NewsreaderError)]


@given(st.sampled_from(KINDS), st.text(), st.text())
def test_phrase_and_cause_are_safe_and_short(kind: type[NewsreaderError], phrase: str, cause: str) -> None:
    error = kind(phrase * 20, cause * 50)
    assert len(error.phrase) <= 400
    assert len(error.cause) <= 1_000
    for text in (error.phrase, error.cause, str(error)):
        assert len(text.splitlines()) <= 1
        assert not any(character < " " or "\x7f" <= character <= "\x9f" for character in text)
    assert str(error) == error.phrase


def test_no_error_holds_the_password_of_an_address() -> None:
    error = UsageError("https://ada:hunter2@a.example/ is no feed.", "socks5://ada:hunter2@b.example:1")
    assert (error.phrase, error.cause) == ("https://a.example/ is no feed.", "socks5://b.example:1")


@pytest.mark.parametrize("kind", KINDS)
def test_errors_come_whole_through_a_pipe(kind: type[NewsreaderError]) -> None:
    error = pickle.loads(pickle.dumps(kind("It failed.", "errno 5")))
    assert type(error) is kind
    assert (error.phrase, error.cause) == ("It failed.", "errno 5")


@pytest.mark.parametrize("kind", [FetchError, Offline])
def test_what_a_server_said_comes_through_too(kind: type[FetchError]) -> None:
    error = pickle.loads(pickle.dumps(kind("Busy.", "HTTP 503", status=503, retry_after=120)))
    assert (error.status, error.retry_after, error.gone) == (503, 120, False)


def test_a_hold_comes_through_with_its_end() -> None:
    error = pickle.loads(pickle.dumps(HeldBack("Later.", until=1_795_456_800, retry_after=60)))
    assert (error.until, error.retry_after, error.status) == (1_795_456_800, 60, None)


def test_gone_is_410_only() -> None:
    assert FetchError("Gone.", status=410).gone
    assert not any(FetchError("No.", status=status).gone for status in (None, 301, 404, 500))


def test_tree() -> None:
    assert issubclass(Offline, FetchError)
    assert issubclass(NotAFeed, ParseError)
    assert not issubclass(ChildError, ParseError)
    assert all(issubclass(kind, LibraryError) for kind in (errors.LibraryNewer, errors.LibraryDamaged))
    assert issubclass(errors.LibraryFull, LibraryError)
