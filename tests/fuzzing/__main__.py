"""`python -m tests.fuzzing TARGET RUNS [SEED]`; TARGET is one of the names, or all."""

from __future__ import annotations

import sys

from tests.fuzzing import TARGETS, fuzz


def main(name: str, runs: int, first: int = 0) -> int:
    """Fuzz and tell; the number of findings."""
    found = 0
    for target in TARGETS if name == "all" else (name,):
        report = fuzz(target, runs, first)
        for seed, error in report.findings[:10]:
            print(f"{target}, seed {seed}: {error}")
        print(
            f"{target}: {runs:,} inputs, {len(report.findings)} findings, "
            f"slowest {report.slowest * 1000:.0f} ms of processor time (seed {report.slowest_seed})"
        )
        found += len(report.findings)
    return found


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1], *map(int, sys.argv[2:]))))
