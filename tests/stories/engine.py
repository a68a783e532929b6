"""The engine as the program runs it: what is measured is what readers get.

The samples go into a library as they arrive, are put into the index, are placed as the worker places them, and what is
near one is asked as the article page asks.
"""

from __future__ import annotations

import tempfile
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from newsreader.model import ArticleWrite, Subscription
from newsreader.store import Store
from newsreader.stories.around import around
from newsreader.stories.clustering import Stories
from newsreader.stories.sketch import LEAD
from newsreader.worker.storytelling import STEP, sketch_of
from tests.store.conftest import ingest, write
from tests.stories.truth import Sample


def cluster(samples: Sequence[Sample]) -> Mapping[str, Hashable]:
    with library_of(samples) as (store, ids):
        origins = store.origins(ids)
        return {key: origins[id_].story or id_ for id_, key in ids.items()}


def related(samples: Sequence[Sample], keys: Sequence[str]) -> Mapping[str, Sequence[str]]:
    with library_of(samples) as (store, ids):
        index(store)
        of_key = {key: id_ for id_, key in ids.items()}
        asked = [key for key in keys if key in of_key]
        return {key: [ids[head.id] for head in around(store, of_key[key]).near] for key in asked}


@contextmanager
def library_of(samples: Sequence[Sample]) -> Iterator[tuple[Store, dict[int, str]]]:
    """A library with these samples, every one in its story, and the key of each by its id."""
    now = max((sample.published for sample in samples), default=0)
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder) / "library.db", clock=lambda: now) as store,
    ):
        names = sorted({sample.source for sample in samples})
        added = store.add_sources([Subscription(f"https://source.example/{n}") for n in range(len(names))])
        source_of = dict(zip(names, added.ids, strict=True))
        ids: dict[int, str] = {}
        for source, arrived in groupby(samples, key=lambda sample: sample.source):
            batch = list(arrived)
            change = ingest(store, source_of[source], *map(written, batch))
            ids |= dict(zip(sorted(change.added), (sample.key for sample in batch), strict=True))
        place_all(store)
        yield store, ids


def written(sample: Sample) -> ArticleWrite:
    return write(
        0,
        identity=sample.key,
        guid=sample.key,
        content_hash=sample.key,
        sort_at=sample.published,
        published=sample.published,
        url=sample.url or None,
        title=sample.title,
        author=None,
        html="",
        text=sample.text,
        language=sample.language,
    )


def index(store: Store) -> None:
    while store.index_some(1_000):
        pass


def place_all(store: Store) -> None:
    """What the worker does, in one go."""
    stories = Stories()
    while True:
        upto, leads = store.unplaced(STEP, LEAD)
        if not leads:
            return
        store.place([stories.place(sketch_of(lead)) for lead in leads], upto)
