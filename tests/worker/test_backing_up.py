from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.config import Paths
from newsreader.store.rotation import backups
from newsreader.worker.backing_up import Backups
from tests.store.conftest import add_source, fill
from tests.worker.conftest import NOW, Worker

HOUR = 3_600


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, worker: Worker) -> Paths:
    monkeypatch.setattr(Paths, "library", tmp_path / "library.db")
    return Paths.under(tmp_path / "home")


async def test_one_a_day_and_anew_each_hour_in_which_something_was_done(worker: Worker, paths: Paths) -> None:
    keeping = Backups(paths, worker.service.tools.library, lambda: worker.time[0])

    async def made_after(seconds: int) -> float:
        worker.time[0] += seconds
        await keeping.keep()
        return backups(paths.backups)[0].stat().st_mtime - NOW

    worker.add("https://a.test/")
    assert await made_after(0) == 0
    worker.add("https://b.test/")
    assert await made_after(HOUR // 2) == 0
    assert await made_after(HOUR // 2) == HOUR
    assert await made_after(HOUR) == HOUR, "nothing was done since"
    worker.store.undo()
    assert await made_after(HOUR) == 3 * HOUR
    assert len(backups(paths.backups)) == 1
    assert await made_after(24 * HOUR) == 27 * HOUR
    assert len(backups(paths.backups)) == 2


async def test_one_that_fails_is_tried_again_an_hour_later(worker: Worker, paths: Paths) -> None:
    said: list[str] = []
    keeping = Backups(
        paths, worker.service.tools.library, lambda: worker.time[0], lambda event: said.append(event["text"])
    )
    paths.data.mkdir(parents=True)
    paths.backups.write_text("in the way")
    await keeping.keep()
    assert [text.startswith("The backup of this day could not be made: ") for text in said] == [True]
    paths.backups.unlink()
    await keeping.keep()
    assert backups(paths.backups) == ()
    worker.time[0] += HOUR
    await keeping.keep()
    assert len(backups(paths.backups)) == 1


async def test_damaged_texts_are_mended_before_the_next_backup(worker: Worker, paths: Paths) -> None:
    said: list[str] = []
    keeping = Backups(
        paths, worker.service.tools.library, lambda: worker.time[0], lambda event: said.append(event["text"])
    )
    worker.store.bookmark(fill(worker.store, add_source(worker.store), 3), True)
    while worker.store.index_some(100) or worker.store.tidy():
        pass
    before = [worker.store.html(n, full_text=False) for n in (1, 2, 3)]
    await keeping.keep()
    worker.store._db.run("UPDATE feed_packed SET body = CAST(substr(body, 1, 30) AS BLOB) WHERE id = 2")
    worker.time[0] += 24 * HOUR
    await keeping.keep()
    assert said == ["1 text that you keep had been damaged, and came back from a backup."]
    assert [worker.store.html(n, full_text=False) for n in (1, 2, 3)] == before
    assert len(backups(paths.backups)) == 2
