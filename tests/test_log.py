from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader import log


@pytest.fixture(autouse=True)
def fresh_logger() -> Iterator[None]:
    yield
    for logger in (log.get(), logging.getLogger("asyncio")):
        for handler in list(logger.handlers):
            logger.removeHandler(handler)
            handler.close()


def test_what_is_logged_is_cleaned(tmp_path: Path) -> None:
    log.setup(tmp_path / "state" / "log")
    log.get("fetch").warning("answered \x1b]0;owned\x07 and more")
    text = (tmp_path / "state" / "log").read_text()
    assert "answered ]0;owned and more" in text
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("at https://ann:secret@example.org/feed?token=abc#x now", "at https://example.org/feed now"),
        ("at http://example.org/feed", "at http://example.org/feed"),
        ("'https://example.org/?key=1'", "'https://example.org/'"),
    ],
)
def test_addresses_lose_what_may_be_secret(said: str, kept: str) -> None:
    assert log.without_secrets(said) == kept


def test_a_traceback_is_cleaned_too(tmp_path: Path) -> None:
    log.setup(tmp_path / "log")
    try:
        raise ValueError("https://ann:secret@example.org/ \x1b[2J")
    except ValueError:
        log.get().exception("failed")
    text = (tmp_path / "log").read_text()
    assert "Traceback" in text
    assert "secret" not in text
    assert "\x1b" not in text


def test_what_the_event_loop_has_to_say_goes_there_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log.setup(tmp_path / "log")
    loop = asyncio.new_event_loop()
    loop.call_exception_handler({"message": "nobody waited for \x1b[2J", "exception": ValueError("this")})
    loop.close()
    text = (tmp_path / "log").read_text()
    assert "nobody waited for [2J" in text
    assert "ValueError: this" in text
    assert capsys.readouterr().err == ""


def test_the_log_is_rotated_once(tmp_path: Path) -> None:
    log.setup(tmp_path / "log")
    for _ in range(30):
        log.get().info("x" * 100_000)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log", "log.1"]
    assert (tmp_path / "log").stat().st_size <= 1024 * 1024


def test_a_folder_that_takes_no_log_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    log.setup(tmp_path / "file" / "log")
    log.get().warning("said to nobody")
    assert isinstance(log.get().handlers[0], logging.NullHandler)
