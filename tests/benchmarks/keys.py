"""Key to paint in a real terminal, quiet and while the worker refreshes: `python -m tests.benchmarks.keys [FEEDS]`.

Prints milliseconds from a key to the last byte of the repaint it causes (40 ms of silence end it), p50, p95, p99 and
the ratio of the two p95. Figures of one run compare; those of different machines do not.

`again` counts the keys after which more was painted than their own frame before it was silent: what arrives behind is
to wait for the next key. On a computer that has other things to do, too, this figure stays the same.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.end_to_end.terminal import PROGRAM, Terminal, environment

KEYS = 150
_SILENCE = 0.04
_FRAME_ENDS = b"\x1b[?2026l"


def key_to_paint(terminal: Terminal, key: str) -> tuple[float, int] | None:
    """Milliseconds until the last byte that follows a key, and the frames till then; None where it painted nothing."""
    before = len(terminal.raw)
    pressed = last = time.perf_counter()
    terminal.press(key)
    while (now := time.perf_counter()) - last < (_SILENCE if len(terminal.raw) > before else 0.5):
        size = len(terminal.raw)
        terminal.read(max(0.0, min(_SILENCE, 0.5 - (now - pressed))))
        if len(terminal.raw) > size:
            last = time.perf_counter()
    if len(terminal.raw) == before:
        return None
    return (last - pressed) * 1_000, terminal.raw[before:].count(_FRAME_ENDS)


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def measure(terminal: Terminal, label: str) -> list[float]:
    painted = [each for _ in range(KEYS) if (each := key_to_paint(terminal, "j")) is not None]
    times, again = [taken for taken, _ in painted], sum(frames > 1 for _, frames in painted)
    figures = " ".join(
        f"{name} {percentile(times, share):.1f}" for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
    )
    print(f"{label:<12} n={len(times)} {figures} max {max(times):.1f} ms again {again}", flush=True)
    return times


def main(feeds: int) -> None:
    web = ["nice", "-n", "15", sys.executable, "-m", "tests.benchmarks.newsweb", str(feeds), "60", "80"]
    with tempfile.TemporaryDirectory() as folder, subprocess.Popen(web, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        env = environment(Path(folder))
        outlines = "".join(
            f'<outline type="rss" text="f{n}" xmlUrl="http://127.0.0.1:{port}/{n}.xml"/>' for n in range(feeds)
        )
        opml = f'<opml version="2.0"><head/><body>{outlines}</body></opml>'
        subprocess.run([PROGRAM, "import", "-"], env=env, input=opml, text=True, check=True, capture_output=True)
        subprocess.run([PROGRAM, "fetch", "--all"], env=env, check=True, capture_output=True)
        with Terminal([PROGRAM], environment=env, columns=140, rows=40) as terminal:
            terminal.wait_for("Unread")
            terminal.settle(1.5, 20)
            terminal.press("ga")
            terminal.settle(1.0)
            quiet = measure(terminal, "quiet")
            terminal.press("R")
            loaded = measure(terminal, "refreshing")
            print(f"p95 refreshing / quiet: {percentile(loaded, 0.95) / percentile(quiet, 0.95):.2f}")
            terminal.press("Q")
            terminal.wait()
        server.terminate()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
