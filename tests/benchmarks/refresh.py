"""What a first refresh costs and holds: `python -m tests.benchmarks.refresh [FEEDS [ARTICLES]]` (Linux: by /proc).

A worker as the reader starts it refreshes made-up feeds and is then left alone until its children have ended. Prints,
as JSON: seconds by the wall and of the processor until `readable` and until `indexed`, and megabytes of all fetching
processes together (the sum of Pss: what they share counts once), at the peak and when idle.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from newsreader.bounds import CHILD_IDLE
from tests.end_to_end.terminal import PROGRAM, environment

_LOOK = 0.02  # seconds between two looks at the memory
_KIBIBYTE = 1 / 1_024  # in megabytes


@dataclass
class Cost:
    """Seconds and megabytes; `processes` is how many there were at the peak and when idle.

    `failed` counts sources with an error: a run in which there are any says nothing.
    """

    readable: dict[str, float] = field(default_factory=dict)
    indexed: dict[str, float] = field(default_factory=dict)
    peak: float = 0.0
    idle: float = 0.0
    processes: tuple[int, int] = (0, 0)
    failed: int = 0


def family(process: int) -> list[int]:
    """A process and all that descend from it."""
    found = [process]
    for parent in found:
        try:
            for task in Path(f"/proc/{parent}/task").iterdir():
                found += map(int, (task / "children").read_text(encoding="ascii").split())
        except OSError:  # it has just ended
            continue
    return found


def megabytes(process: int) -> float:
    """The proportional share (Pss) of memory of one process; 0 for one that has ended."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        return int(rollup.split("\nPss:")[1].split()[0]) * _KIBIBYTE
    except (OSError, IndexError):
        return 0.0


def watch(process: int, cost: Cost, stop: threading.Event) -> None:
    """Look again and again until told to stop; what is seen last is the idle state."""
    while not stop.wait(_LOOK):
        members = family(process)
        now = sum(map(megabytes, members))
        if now > cost.peak:
            cost.peak, cost.processes = now, (len(members), cost.processes[1])
        cost.idle, cost.processes = now, (cost.processes[0], len(members))


def await_event(stream: IO[str], name: str, cost: Cost) -> dict[str, Any]:
    """Read events up to one of this name, counting failures. Raises EOFError when the worker ended before."""
    for line in stream:
        event: dict[str, Any] = json.loads(line)
        cost.failed += event.get("event") == "source" and event["error"] is not None
        if event.get("event") == name:
            return {key: event[key] for key in ("wall", "cpu")}
    raise EOFError(name)


def measure(feeds: int, articles: int, *, idle: float) -> Cost:
    """Refresh so many feeds of so many articles in a new library, then wait for `idle` seconds."""
    web = ["nice", "-n", "15", sys.executable, "-m", "tests.benchmarks.newsweb", str(feeds), str(articles), "80"]
    with tempfile.TemporaryDirectory() as folder, subprocess.Popen(web, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        env = environment(Path(folder))
        outlines = "".join(
            f'<outline type="rss" text="f{n}" xmlUrl="http://127.0.0.1:{port}/{n}.xml"/>' for n in range(feeds)
        )
        opml = f'<opml version="2.0"><head/><body>{outlines}</body></opml>'
        subprocess.run([PROGRAM, "import", "-"], env=env, input=opml, text=True, check=True, capture_output=True)
        command = [PROGRAM, "fetch", "--watch", "--events"]
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as worker:
            assert worker.stdout is not None
            cost, stop = Cost(), threading.Event()
            looking = threading.Thread(target=watch, args=(worker.pid, cost, stop))
            looking.start()
            cost.readable = await_event(worker.stdout, "readable", cost)
            cost.indexed = await_event(worker.stdout, "indexed", cost)
            time.sleep(idle)
            stop.set()
            looking.join()
            worker.terminate()
        server.terminate()
    return cost


def main(feeds: int = 500, articles: int = 60) -> None:
    print(json.dumps(asdict(measure(feeds, articles, idle=CHILD_IDLE + 5.0)), indent=1))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
