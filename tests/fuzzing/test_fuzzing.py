from __future__ import annotations

import pytest

from tests.fuzzing import TARGETS, fuzz

LONGEST = 2.0  # seconds of processor time for 20,000 bytes: far above noise, far below a hang


@pytest.mark.parametrize("name", TARGETS)
def test_no_bytes_raise_what_is_not_declared(name: str) -> None:
    assert fuzz(name, 150).findings == []


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_many_bytes_raise_nothing_and_end_soon(name: str) -> None:
    report = fuzz(name, 3_000 if name != "page" else 600, first=1_000)
    assert report.findings == []
    assert report.slowest < LONGEST, f"seed {report.slowest_seed}"
