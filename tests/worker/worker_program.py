"""A worker to run as a process: `python -m tests.worker.worker_program HOME [--watch] [--requests] [--all] [ID…]`."""

from __future__ import annotations

import sys
from pathlib import Path

from newsreader import log
from newsreader.config import Paths
from newsreader.worker.process import FetchOptions, JsonLines, main


def run(home: str, *arguments: str) -> int:
    paths = Paths.under(Path(home))
    log.setup(paths.log)
    ids = tuple(int(argument) for argument in arguments if argument.isdecimal())
    options = FetchOptions(
        sources=ids or None,
        everything="--all" in arguments,
        watch="--watch" in arguments,
        requests="--requests" in arguments,
    )
    return main(options, paths, JsonLines(sys.stdout.buffer))


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]))
