"""A disk that takes no more at the N-th step: every step ends in a sentence, and what was there is there."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newsreader.model import Query
from newsreader.store import Store
from tests.store.conftest import Clock, add_source, fill

ROOT = Path(__file__).parents[2]

# Python ignores SIGXFSZ, so a write beyond the limit fails as it does on a full disk.
WORK = """
import resource, sys
from pathlib import Path
from newsreader.errors import LibraryError
from newsreader.model import FullText, Query
from newsreader.store import Store
from tests.store.conftest import ingest, write
from tests.store.test_replies import new
from tests.store.test_talk import HTML, talk

path, limit = Path(sys.argv[1]), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
failed = 0
try:
    store = Store.open(path, window="another")
except LibraryError as error:
    print("not opened:", error.phrase)
    raise SystemExit(0)
ids = store.listing(Query()).ids
(source_id,) = [state.source_id for state in store.fetch_states()]
steps = [
    lambda: ingest(store, source_id, *(write(number, html="x" * 3000) for number in range(100, 120))),
    lambda: store.save_full_text(ids[0], FullText("<p>x</p>" * 1000, "x " * 1000, b"x", 1, 900)),
    lambda: store.index_some(100),
    lambda: store.mark_read(ids, True),
    lambda: store.undo(),
    lambda: store.save_discussion(talk(ids[1]), HTML),
    lambda: store.keep_reply(new()),
    lambda: store.tidy(),
]
for step in steps:
    try:
        step()
    except LibraryError as error:
        failed += 1
        assert error.phrase.endswith("."), error.phrase
    assert store.heads(ids), "what was there can be read"
store.close()
print("failed:", failed)
"""


@pytest.mark.slow
def test_no_step_fails_but_in_words_and_nothing_is_lost(path: Path, clock: Clock, tmp_path: Path) -> None:
    with Store.open(path, clock=clock) as store:
        ids = fill(store, add_source(store), 30)
        store.index_some(10)
    size = path.stat().st_size
    outcomes = set()
    for extra in range(-4, 36, 2):
        limited = tmp_path / f"{extra}" / "library.db"
        limited.parent.mkdir()
        shutil.copy(path, limited)
        done = subprocess.run(
            [sys.executable, "-c", WORK, str(limited), str(max(size // 2 + extra * 8_192, 4_096))],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
        outcomes.add(done.stdout)
        with Store.open(limited, clock=clock) as store:
            assert store.recovered is None
            assert set(ids) <= set(store.listing(Query()).ids)
            assert store.check() == ()
    assert len(outcomes) > 2
    assert "failed: 0\n" in outcomes
