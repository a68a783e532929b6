from __future__ import annotations

import io
import json
import time
from pathlib import Path

import pytest

from newsreader.cli import main
from newsreader.config import Paths
from newsreader.feeds import opml
from newsreader.model import Subscription
from tests.cli.conftest import Shell
from tests.worker.newsboat_home import make_home

KEYS = {
    "id",
    "title",
    "url",
    "kind",
    "folder",
    "unread",
    "total",
    "error",
    "last_success",
    "next_due",
    "tags",
    "paused",
}


def addresses(shell: Shell) -> list[str]:
    return [source["url"] for source in shell.json("sources") if source["kind"] == "feed"]


def test_sources_are_listed_with_their_counts(furnished: Shell) -> None:
    sources = {source["title"]: source for source in furnished.json("sources")}
    assert set(sources["Northern Wire"]) == KEYS
    assert (sources["The Coast Gazette"]["unread"], sources["The Coast Gazette"]["total"]) == (3, 3)
    assert sources["The Coast Gazette"]["folder"] == "World"
    assert sources["The newsreader handbook"]["kind"] == "builtin"
    printed = furnished("sources")
    assert "World" in printed
    assert "The Coast Gazette · 3 of 3 articles unread" in printed


def test_a_removed_source_is_gone_and_waits(furnished: Shell) -> None:
    assert "brings it back" in furnished("remove", "coast")
    assert addresses(furnished) == ["https://wire.example/feed"]
    assert furnished.json("list") == []
    assert "https://news.example/feed" not in Paths.under(furnished.home).mirror.read_text()


@pytest.mark.parametrize(
    ("words", "said"), [("zebra", "no source"), ("e", "could be"), ("handbook", "cannot be removed")]
)
def test_what_cannot_be_removed_is_said_and_stays(furnished: Shell, words: str, said: str) -> None:
    assert said in furnished("remove", words, status=2)
    assert len(addresses(furnished)) == 2


def test_opml_goes_out_and_comes_in(furnished: Shell, tmp_path: Path) -> None:
    file = tmp_path / "sub folder" / "out.opml"
    assert "2 sources written" in furnished("export", str(file))
    other = Shell(tmp_path / "other", furnished.capture)
    assert "2 sources added" in other("import", str(file))
    assert "0 sources added, 2 known already" in other("import", str(file))
    assert addresses(other) == addresses(furnished)
    assert "handbook" not in file.read_text()


def test_export_without_a_file_prints(furnished: Shell) -> None:
    assert 'xmlUrl="https://news.example/feed"' in furnished("export")


def test_import_lists_what_it_did_not_take(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = '<outline text="good" xmlUrl="https://a.example/feed"/><outline text="bad" xmlUrl="file:///etc/passwd"/>'
    file = io.TextIOWrapper(io.BytesIO(f'<opml version="2.0"><head/><body>{rows}</body></opml>'.encode()))
    monkeypatch.setattr("sys.stdin", file)
    assert "1 source added" in shell("import", "-")
    assert addresses(shell) == ["https://a.example/feed"]


def test_a_list_that_is_cut_off_is_said_with_what_was_read(
    shell: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with shell.store() as store:
        store.add_sources([Subscription(f"https://{letter}.example/feed", letter) for letter in "abcd"])
    whole = shell("export")
    for number in range(2, 6):
        shell("remove", str(number))
    (tmp_path / "half.opml").write_text(whole[: whole.index("https://c.example")])
    assert main(["--home", str(shell.home), "import", str(tmp_path / "half.opml")]) == 0
    out, err = capsys.readouterr()
    assert "2 sources added." in out
    assert "newsreader: The list is cut off after “b”: 2 sources were read, the rest is lost." in err
    assert "newsreader: c: its row is damaged, and its address cannot be read." in err


def test_a_thousand_sources_are_imported_within_two_seconds(shell: Shell, tmp_path: Path) -> None:
    sources = [
        Subscription(
            f"https://s{n}.example/feed", f"Source {n}", f"Folder {n % 20}", f"https://s{n}.example/", ("a", "b")
        )
        for n in range(1_000)
    ]
    (tmp_path / "many.opml").write_bytes(opml.write(sources, title="many"))
    began = time.process_time()  # the machine may have other things to do
    assert "1,000 sources added." in shell("import", str(tmp_path / "many.opml"))
    assert time.process_time() - began < 2
    with shell.store() as store:
        assert set(store.subscriptions()) == set(sources)


def test_newsboat_is_taken_over(shell: Shell, tmp_path: Path) -> None:
    home = make_home(tmp_path / ".newsboat")
    said = shell("import", str(home / "cache.db"), str(home / "urls"))
    assert "14 sources added." in said
    assert "41 articles taken over; 21 marked read, 1 bookmarked." in said
    assert "1 smart source added." in said
    assert len(shell.json("list", "is:bookmarked")) == 1
    assert "14 known already" in shell("import", str(home))


def test_no_secret_of_an_address_is_exported(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "urls").write_text("https://name:secret@a.example/feed\n")
    shell("import", str(tmp_path / "urls"))
    assert "secret" not in shell("export")


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"<html><body>no</body></html>"])
def test_what_is_no_opml_is_said(shell: Shell, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.opml"
    file.write_bytes(content)
    said = shell("import", str(file), status=2)
    assert said.startswith("newsreader: ")
    assert addresses(shell) == []


def test_the_mirror_follows_and_restores(furnished: Shell, tmp_path: Path) -> None:
    furnished("import", str(_opml(tmp_path, "https://third.example/feed")))
    before = addresses(furnished)
    assert len(before) == 3
    for path in Paths.under(furnished.home).data.iterdir():
        path.unlink()
    assert sorted(addresses(furnished)) == sorted(before)


def _opml(folder: Path, address: str) -> Path:
    path = folder / "one.opml"
    path.write_text(f'<opml version="2.0"><head/><body><outline text="x" xmlUrl="{address}"/></body></opml>')
    return path


def test_a_password_in_an_address_is_never_shown_or_given_away(shell: Shell, tmp_path: Path) -> None:
    address = "https://anna:s3cret@club.example/feed"
    with shell.store() as store:
        store.add_sources([Subscription(address), Subscription("https://b:s3cret@b.example/feed", address)])
    file = tmp_path / "out.opml"
    shell("export", str(file))
    shown = [shell("sources"), json.dumps(shell.json("sources")), shell("export"), file.read_text()]
    number = next(source["id"] for source in shell.json("sources") if source["title"] == "club.example")
    removed = shell("remove", str(number))
    for text in [*shown, removed]:
        assert "s3cret" not in text
        assert "club.example/feed" in text
    assert "with its name and password" in removed
    mirror = Paths.under(shell.home).mirror
    assert "b:s3cret@b.example" in mirror.read_text()  # it must be able to restore
    assert mirror.stat().st_mode & 0o777 == 0o600


def test_adding_says_no_password(shell: Shell) -> None:
    said = shell("add", "http://anna:s3cret@127.0.0.1:1/feed", status=1)
    assert "http://127.0.0.1:1/feed: " in said
    assert "s3cret" not in said


def test_what_an_export_leaves_out_is_said(shell: Shell, tmp_path: Path) -> None:
    with shell.store() as store:
        club = Subscription("https://anna:s3cret@club.example/feed", "Club")
        store.add_sources([club, Subscription("https://b.example/")])
    assert main(["--home", str(shell.home), "export", str(tmp_path / "out.opml")]) == 0
    out, err = shell.capture.readouterr()
    assert "2 sources written" in out
    assert "Passwords and headers of 1 source stay here and are not in the file: Club." in err
    assert main(["--home", str(shell.home), "remove", "Club"]) == 0
    shell.capture.readouterr()
    assert main(["--home", str(shell.home), "export"]) == 0
    assert shell.capture.readouterr().err == ""
