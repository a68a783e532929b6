"""The command of `tests.stories.truth`: what it prints and how it ends."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from tests.stories.corpus_articles import read_corpus
from tests.stories.truth import (
    Cluster,
    LabelledPair,
    Related,
    mistakes,
    read_pairs,
    read_world,
    score_pairs,
    score_world,
)

ENGINE = "tests.stories.engine"
"""The one module that knows the engine: `cluster` and `related`, as `truth.Cluster` and `truth.Related` say."""

NO_ENGINE = (
    "tests/stories/engine.py is not there. It names what is measured: cluster(samples) and related(samples, keys), "
    "see Cluster and Related in tests/stories/truth.py."
)


def missing(pairs: Sequence[LabelledPair], there: set[str]) -> list[str]:
    """A line for each article of pairs that the corpus does not hold (any more)."""
    lost = sorted({name for pair in pairs for name in (pair.a, pair.b)} - there)
    return [f"pairs.toml names an article that is not in the corpus: {name}" for name in lost]


def measure(cluster: Cluster, related: Related, corpus: Path | None, *, show: bool) -> tuple[list[str], list[str]]:
    """What to print, and the floors that are missed."""
    world = read_world()
    score = score_world(world, cluster, related)
    lines, missed = score.lines(), score.misses()
    if corpus is not None:
        on_pairs = score_pairs(read_corpus(corpus), read_pairs(), cluster, related)
        lines += on_pairs.lines()
        missed += on_pairs.misses()
    if show:
        lines += mistakes(world, cluster([article.sample for article in world]))
    return lines, missed


def main(arguments: Sequence[str] | None = None, out: TextIO | None = None) -> int:
    options = argparse.ArgumentParser(prog="python -m tests.stories.truth", description="Measure stories and related.")
    options.add_argument("corpus", type=Path, nargs="?")
    options.add_argument("--show", action="store_true", help="list the mistakes of the half to tune with")
    given = options.parse_args(arguments)
    if given.corpus is not None:
        lost = missing(read_pairs(), {article.name for article in read_corpus(given.corpus)})
        if lost:
            print("\n".join(lost), file=out)
            return 1
    try:
        engine = importlib.import_module(ENGINE)
    except ModuleNotFoundError as error:
        if error.name != ENGINE:
            raise
        print(NO_ENGINE, file=out)
        return 2
    lines, missed = measure(engine.cluster, engine.related, given.corpus, show=given.show)
    print("\n".join([*lines, *missed]), file=out)
    return 1 if missed else 0
