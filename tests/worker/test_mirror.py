from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader.feeds import opml
from newsreader.model import FullTextMode, SavedSearch, SourceSettings, Subscription
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
    assert [each.title for each in difference.only_in_file] == [B.title]
    assert {each.title for each in difference.only_in_library} == {A.title, ""}


def test_a_lost_library_costs_no_smart_source(store: Store, path: Path, tmp_path: Path) -> None:
    searches = (
        SavedSearch("Wrong", "is:bokmarked"),
        SavedSearch("渡し船 “ferries”", '"night ferry" OR is:unread', "World"),
    )
    ids = store.add_smart(searches).ids
    write_mirror(store, path)
    with Store.open(tmp_path / "new.db") as new:
        assert restore(new, path) == 0
        assert new.saved_searches() == searches
        assert write_mirror(new, path) is None
    store.change_smart(ids[1], title="Ferries")
    assert write_mirror(store, path) is None
    assert opml.read(path.read_bytes()).searches[1].title == "Ferries"
    path.write_bytes(opml.write([], searches=[SavedSearch("Mine", "boat")], title="mine"))
    difference = write_mirror(store, path)
    assert difference is not None
    assert [each.title for each in difference.only_in_file] == ["Mine"]
    assert len(difference.only_in_library) == 2


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


SETTINGS = SourceSettings(
    interval=7_200,
    user_agent="Moth/1",
    headers=(("X-Token", "env:TOKEN"), ("Authorization", "Bearer file:~/token")),
    user="ada",
    secret="command:pass show news",
    proxy="socks5://proxy.test:1080",
)


def test_what_is_set_for_a_source_survives_the_loss_of_the_library(store: Store, path: Path, tmp_path: Path) -> None:
    deep = Subscription(
        "https://ada:hunter2@a.test/feed", "A", "Coast / North // South", "https://a.test/", ("x", "!y")
    )
    ids = store.add_sources([deep, B]).ids
    store.set_source(ids[0], settings=SETTINGS, full_text_mode=FullTextMode.FULL)
    store.set_source(
        ids[1], settings=SETTINGS._replace(headers=(("X-Key", "swordfish"),), proxy="http://b:swordfish@p:1")
    )
    write_mirror(store, path)
    assert "swordfish" not in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600  # for the password in the address
    with Store.open(tmp_path / "new.db", clock=lambda: 1_795_456_800) as new:
        restore(new, path)
        assert set(new.subscriptions()) == set(store.subscriptions())
        states = {state.url: state for state in new.fetch_states()}
    assert states[deep.url].settings == SETTINGS
    assert states[deep.url].full_text_mode is FullTextMode.FULL
    assert states[B.url].settings == SETTINGS._replace(headers=(), proxy="http://p:1")


def test_a_mirror_that_is_cut_off_restores_what_it_can_and_is_left_alone(
    store: Store, path: Path, tmp_path: Path
) -> None:
    store.add_sources([A, B])
    write_mirror(store, path)
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b"a.test")])
    with Store.open(tmp_path / "new.db", clock=lambda: 1_795_456_800) as new:
        assert restore(new, path) == 1
        difference = write_mirror(new, path)
    assert difference is not None
    assert difference.problem is not None
    assert difference.problem.startswith("The list is cut off after “B”: 1 source was read")
    assert content.startswith(path.read_bytes())


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
