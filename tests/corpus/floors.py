"""Scores feeds and pages on the corpus and fails below the floors: `python tests/corpus/floors.py SHARED`.

SHARED is the folder that holds corpus/ and score/. The floors are what the program has reached, less the noise; raise
them with it, never lower them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

FEED_CASES = 0.964
"""Cases passed of all but feedparser's own `sanitize` tests, which ask for cleaned HTML."""
PAGE_F1 = {"scrapinghub": 0.965, "trafilatura": 0.915, "mozilla": 0.974}


def score(shared: Path, script: str, function: str) -> dict[str, Any]:
    """Run one of the scorers and return its summary."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "score.json"
        command = [
            sys.executable, str(shared / "score" / script), function, str(shared / "corpus"),
            "--path", str(ROOT), "--json", str(out),
        ]  # fmt: skip
        subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
        summary: dict[str, Any] = json.loads(out.read_text())["summary"]
        return summary


def feed_cases(summary: dict[str, Any]) -> float:
    """The share of cases passed, `sanitize` left out."""
    counted = [row for name, row in summary.items() if "cases" in row and name != "all" and "sanitize" not in name]
    return float(sum(row["passed"] for row in counted) / sum(row["cases"] for row in counted))


def main(shared: Path) -> None:
    failed = []
    share = feed_cases(score(shared, "score_feeds.py", "tests.corpus.feed_adapter:neutral"))
    print(f"feeds: {share:.3f} of the cases, floor {FEED_CASES}")
    if share < FEED_CASES:
        failed.append("feeds")
    summary = score(shared, "score_extract.py", "tests.corpus.page_adapter:text")
    for origin, floor in PAGE_F1.items():
        print(f"pages, {origin}: F1 {summary[origin]['f1']:.3f}, floor {floor}")
        if summary[origin]["f1"] < floor:
            failed.append(origin)
    if failed:
        sys.exit(f"below the floor: {', '.join(failed)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
