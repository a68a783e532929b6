from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from newsreader.worker.lock import FileLock, try_lock

HOLDER = """
import sys
from pathlib import Path
from newsreader.worker.lock import FileLock
print(FileLock(Path(sys.argv[1])).acquire(), flush=True)
sys.stdin.read()
"""


def test_one_holder_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "state" / "schedule.lock"
    first, second = FileLock(path), FileLock(path)
    assert first.acquire()
    assert first.acquire()
    assert not second.acquire()
    assert (first.held, second.held) == (True, False)
    first.release()
    first.release()
    assert second.acquire()
    assert try_lock(path) is None
    second.release()
    lock = try_lock(path)
    assert lock is not None
    lock.release()


def test_what_stands_in_the_place_of_the_file_or_its_folder_is_locked_itself(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    for path in (tmp_path / "folder", tmp_path / "file" / "schedule.lock"):
        first, second = FileLock(path), FileLock(path)
        assert first.acquire()
        assert not second.acquire()
        first.release()
        assert second.acquire()
        second.release()


def test_a_killed_holder_frees_it(tmp_path: Path) -> None:
    path = tmp_path / "schedule.lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert try_lock(path) is None
        holder.kill()
    lock = try_lock(path)
    assert lock is not None
    lock.release()


def test_a_place_that_takes_no_file_gives_no_lock(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not FileLock(tmp_path / "file" / "state" / "schedule.lock").acquire()
