"""How long the first screen of each hostile article takes to set, the slowest first.

    python -m tests.benchmarks.hostile_pages

Processor time of `Layout.lay_lines` for 100 lines at three measures, the worst of the three, in ms. Articles that
people write take about 10; nothing should take 1,000.
"""

from __future__ import annotations

import time
from typing import Final

from newsreader.document.build import build
from newsreader.pages.cleaning import clean
from newsreader.ui.layout import Layout
from tests.pages.hostile import KINDS

MEASURES: Final = (20, 72, 120)
LINES: Final = 100


def first_screen(html: str) -> float:
    """Seconds for the first lines at the slowest measure."""
    document = build(clean(html, "https://x.example/a"))
    slowest = 0.0
    for measure in MEASURES:
        layout = Layout(document, measure)
        started = time.process_time()
        layout.lay_lines(LINES)
        slowest = max(slowest, time.process_time() - started)
    return slowest


def main() -> None:
    times = sorted(((first_screen(make()), kind) for kind, make in KINDS.items()), reverse=True)
    for seconds, kind in times:
        print(f"{seconds * 1000:8.1f} ms  {kind}")


if __name__ == "__main__":
    main()
