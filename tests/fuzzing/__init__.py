"""Bytes made at random for every place where bytes from outside come in: `python -m tests.fuzzing TARGET RUNS [SEED]`.

A target takes bytes in process, by the public entry point of its part, and raises nothing: errors that the part
declares are its answer, everything else is a finding. The same seed makes the same bytes.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fuzzing import targets

Target = Callable[[bytes], None]

TARGETS: dict[str, tuple[Target, tuple[bytes, ...]]] = {
    "feed": (targets.feed, targets.FEEDS),
    "date": (targets.date, targets.DATES),
    "page": (targets.page, targets.PAGES),
    "opml": (targets.subscriptions, targets.LISTS),
    "config": (targets.config, targets.CONFIGS),
    "search": (targets.search, targets.SEARCHES),
    "answer": (targets.answer, targets.ANSWERS),
    "discussion": (targets.discussion, targets.DISCUSSIONS),
    "model": (targets.model, targets.STREAMS),
    "written": (targets.written, targets.WRITTEN),
    "packed": (targets.packed, targets.PACKED),
}
"""What is fuzzed: the function that takes the bytes, and the samples that they are made from."""

_LONGEST = 20_000  # bytes of one input: time, not size, is what is looked for
_PIECES = (
    *(b"\0", b"\xff", b"\x1b[2J", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"&#0;", b"&#x10FFFF;", b"\r\n"),
    *(b"<", b">", b'"', b"'", b"&", b";", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b"<!DOCTYPE x [", b"]>"),
    *(b"9" * 400, b"[" * 200, b"(" * 50, b"-", b":", b"+", b"=", b"\\", b"*", b"%", b"{", b"}", b"e1000", b"NaN"),
)


@dataclass(slots=True)
class Report:
    """How a run went: its findings as (seed, error), and the input that took longest (seconds of processor time)."""

    runs: int = 0
    findings: list[tuple[int, str]] = field(default_factory=list)
    slowest: float = 0.0
    slowest_seed: int = 0


def made(samples: tuple[bytes, ...], seed: int) -> bytes:
    """One input: a sample with pieces cut, repeated, moved, changed and put in; sometimes only noise."""
    chance = random.Random(seed)
    data = chance.choice(samples) if chance.random() < 0.95 else chance.randbytes(chance.randrange(200))
    for _ in range(chance.choice((1, 2, 3, 5, 12))):
        start = chance.randrange(len(data) + 1)
        stop = min(len(data), start + chance.choice((0, 1, 4, 30, 300)))
        new = chance.choice((b"", data[start:stop] * chance.choice((2, 3, 40)), chance.choice(_PIECES)))
        if chance.random() < 0.2:
            new = chance.randbytes(stop - start)
        elif chance.random() < 0.1:
            other = chance.choice(samples)
            new = other[chance.randrange(len(other) + 1) :][: chance.choice((3, 30, 300))]
        data = (data[:start] + new + data[stop:])[:_LONGEST]
    return data


def fuzz(name: str, runs: int, first: int = 0) -> Report:
    """Give a target so many inputs."""
    target, samples = TARGETS[name]
    report = Report(runs)
    for seed in range(first, first + runs):
        data = made(samples, seed)
        start = time.process_time()
        try:
            target(data)
        except Exception as error:  # noqa: BLE001  whatever comes out is the finding
            report.findings.append((seed, repr(error)[:300]))
        took = time.process_time() - start
        if took > report.slowest:
            report.slowest, report.slowest_seed = took, seed
    return report
