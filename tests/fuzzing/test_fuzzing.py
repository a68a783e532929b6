from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.config import Paths, load
from tests.fuzzing import TARGETS, fuzz

LONGEST = 5.0  # seconds of processor time for 20,000 bytes: far above noise, half of what a child may take


@pytest.mark.parametrize("name", TARGETS)
def test_no_bytes_raise_what_is_not_declared(name: str) -> None:
    assert fuzz(name, 150).findings == []


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_many_bytes_raise_nothing_and_end_soon(name: str) -> None:
    report = fuzz(name, 3_000 if name != "page" else 600, first=1_000)
    assert report.findings == []
    assert report.slowest < LONGEST, f"seed {report.slowest_seed}"


def test_a_config_nested_without_end_is_a_problem_in_words(tmp_path: Path) -> None:
    paths = Paths.under(tmp_path)
    paths.config_file.parent.mkdir(parents=True)
    paths.config_file.write_text("x = " + "[" * 20_000)
    assert load(paths).problems == (
        "config.toml, line 1: this cannot be read: it is nested too deeply. The defaults are used.",
    )
