"""A program in the worker's place that does what no worker should: `python -m tests.worker.odd_worker WHAT`."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from newsreader import __version__
from newsreader.worker.protocol import PROTOCOL


def say(**message: object) -> None:
    print(json.dumps(message), flush=True)


def main(what: str) -> None:
    begin(what)
    print("for the log", file=sys.stderr, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        ANSWERS[request["request"]](request, request["id"])


def begin(what: str) -> None:
    if what == "mute":
        time.sleep(60)
    if what == "noisy":
        print("not JSON", flush=True)
    say(event="hello", program="0.0.0" if what == "older" else __version__, schema=1, protocol=PROTOCOL)
    if what == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        say(event="ready")
        while True:
            time.sleep(60)
    if what == "babbling":
        os.write(1, b"x" * 500_000)
        time.sleep(60)


def echo(request: dict[str, Any], id_: int) -> None:
    say(id=id_, answer="progress", done=1)
    say(id=999, answer="done")
    say(id=id_, answer="done", **request.get("what", {}), pid=os.getpid())


ANSWERS: dict[str, Callable[[dict[str, Any], int], None]] = {
    "echo": echo,
    "die": lambda request, id_: os._exit(1),
    "fail": lambda request, id_: say(id=id_, answer="failed", phrase="It is gone.", kind="FetchError"),
    "cancel": lambda request, id_: say(event="cancelled", id=request["cancel"]),
    "hold": lambda request, id_: say(event="held", id=id_),
}


if __name__ == "__main__":
    main(*sys.argv[1:])
