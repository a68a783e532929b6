from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader.feeds import opml
from newsreader.model import Subscription
from newsreader.store import Store
from newsreader.worker.mirror import restore, write_mirror

A, B = Subscription("https://a.test/feed", "A", "Coast"), Subscription("https://b.test/feed", "B")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db", clock=lambda: 1_795_456_800) as store:
        yield store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "sources.opml"


def listed(path: Path) -> set[tuple[str, str | None]]:
    return {(each.url, each.folder) for each in opml.read(path.read_bytes()).subscriptions}


def test_the_file_follows_the_library(store: Store, path: Path) -> None:
    assert write_mirror(store, path) is None
    assert not path.exists()  # nothing to mirror yet
    ids = store.add_sources([A, B]).ids
    assert write_mirror(store, path) is None
    assert listed(path) == {("https://a.test/feed", "Coast"), ("https://b.test/feed", None)}
    store.remove_sources(ids)
    assert write_mirror(store, path) is None
    assert listed(path) == set()


def test_a_mirror_in_step_is_not_written_again(store: Store, path: Path) -> None:
    store.add_sources([A])
    write_mirror(store, path)
    before = path.stat()
    write_mirror(store, path)
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_that_is_lost_is_written_again(store: Store, path: Path) -> None:
    store.add_sources([A])
    write_mirror(store, path)
    path.unlink()
    write_mirror(store, path)
    assert listed(path) == {("https://a.test/feed", "Coast")}


def test_a_file_edited_by_hand_is_left_alone_and_the_difference_told(store: Store, path: Path) -> None:
    store.add_sources([A])
    write_mirror(store, path)
    edited = opml.write([B], title="mine")
    path.write_bytes(edited)
    store.add_sources([Subscription("https://c.test/feed")])
    difference = write_mirror(store, path)
    assert difference is not None
    assert path.read_bytes() == edited
    assert [each.url for each in difference.only_in_file] == [B.url]
    assert {each.url for each in difference.only_in_library} == {A.url, "https://c.test/feed"}


def test_an_edit_that_the_library_took_over_is_no_difference(store: Store, path: Path) -> None:
    store.add_sources([A])
    write_mirror(store, path)
    path.write_bytes(opml.write([A, B], title="mine"))
    store.add_sources([B])
    assert write_mirror(store, path) is None
    store.add_sources([Subscription("https://c.test/feed")])
    assert write_mirror(store, path) is None
    assert len(listed(path)) == 3


def test_an_edit_that_cannot_be_read_is_left_alone_too(store: Store, path: Path) -> None:
    store.add_sources([A])
    write_mirror(store, path)
    path.write_bytes(b"half a file that is no markup")
    difference = write_mirror(store, path)
    assert difference is not None
    assert difference.problem is not None
    assert path.read_bytes() == b"half a file that is no markup"


def test_dying_between_note_and_file_looks_like_no_edit(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add_sources([A])
    write_mirror(store, path)
    store.add_sources([B])

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("newsreader.worker.mirror.write_whole", killed)
        with pytest.raises(KeyboardInterrupt):
            write_mirror(store, path)
    assert write_mirror(store, path) is None
    assert len(listed(path)) == 2


def test_a_folder_that_takes_no_file_is_no_failure(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store.add_sources([A])
    assert write_mirror(store, tmp_path / "file" / "sources.opml") is None


def test_a_new_library_is_filled_from_the_mirror(store: Store, path: Path, tmp_path: Path) -> None:
    store.add_sources([A, B])
    write_mirror(store, path)
    with Store.open(tmp_path / "new.db", clock=lambda: 1_795_456_800) as new:
        assert restore(new, path) == 2
        assert {(each.url, each.title, each.folder) for each in new.subscriptions()} == {
            (each.url, each.title, each.folder) for each in (A, B)
        }
        new.add_sources([Subscription("https://c.test/feed")])
        assert write_mirror(new, path) is None
        assert len(listed(path)) == 3


@pytest.mark.parametrize("content", [None, b"", b"no markup", b"<opml><body/></opml>"])
def test_a_mirror_of_no_use_restores_nothing(store: Store, path: Path, content: bytes | None) -> None:
    if content is not None:
        path.parent.mkdir()
        path.write_bytes(content)
    assert restore(store, path) == 0
    assert (path.read_bytes() if path.exists() else None) == content


def test_a_mirror_in_step_costs_no_lxml(store: Store, path: Path, tmp_path: Path) -> None:
    store.add_sources([A])
    write_mirror(store, path)
    look = (
        "import sys; from pathlib import Path; from newsreader.store import Store;"
        "from newsreader.worker.mirror import write_mirror;"
        "write_mirror(Store.open(Path(sys.argv[1])), Path(sys.argv[2])); print('lxml' in sys.modules)"
    )
    arguments = [sys.executable, "-c", look, str(tmp_path / "library.db"), str(path)]
    assert subprocess.run(arguments, capture_output=True, text=True, check=True).stdout == "False\n"
