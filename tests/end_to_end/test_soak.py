"""A worker that runs for a week grows in nothing but what it keeps."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.soak import FEEDS

pytestmark = pytest.mark.slow

ROUNDS = 500


@pytest.mark.timeout(240)
def test_five_hundred_refreshes_leave_memory_and_files_as_they_were() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak", str(ROUNDS)], capture_output=True, text=True, check=True, timeout=220
    )
    report = json.loads(done.stdout)
    early, late = report["early"], report["late"]
    rounds = late["round"] - early["round"]

    assert report["events"]["source"] == len(FEEDS) * ROUNDS
    assert late["articles"] - early["articles"] == rounds, "one feed brings one article each time"
    assert late["memory_kb"] <= early["memory_kb"] * 1.05
    assert (late["files"], late["tasks"]) == (early["files"], early["tasks"])
    assert late["library"] - early["library"] <= rounds * 8_000, "articles of a kilobyte, read, laid out and indexed"
    assert max(early["log"], late["log"]) <= 32 * 2**20, "the log of writes is copied and begun anew at 16 MB"
