from __future__ import annotations

import errno
import json
import os
import zipfile
from pathlib import Path

import pytest

from newsreader.feeds import bookmarks
from newsreader.model import Place
from tests.cli.conftest import Shell


@pytest.fixture
def keeping(furnished: Shell) -> Shell:
    """One article is bookmarked with everything, one only noted, one only in Later."""
    one, two, three = (str(article["id"]) for article in furnished.json("list"))
    furnished("bookmark", one)
    furnished("tag", one, "--add", "ferries")
    furnished("note", two, "Odd")
    furnished("later", three)
    with furnished.store() as store:
        store.highlight(int(one), Place(words="voted late"))
    return furnished


def test_markdown_files_into_a_folder(keeping: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "deep"
    assert "2 articles written" in keeping("export", "--bookmarks", str(folder))
    keeping("export", "--bookmarks", str(folder))
    files = sorted(folder.iterdir())
    assert [file.suffix for file in files] == [".md", ".md"]
    text = next(file for file in files if "Harbour" in file.name).read_text("utf-8")
    for words in ('tags:\n  - "ferries"', 'highlights:\n  - "voted late"', "The council voted late on Monday."):
        assert words in text
    assert all("\x1b" not in file.read_text("utf-8") for file in files)


def test_pages_with_an_index(keeping: Shell, tmp_path: Path) -> None:
    keeping("export", "--bookmarks", "--format", "html", str(tmp_path / "out"))
    names = {file.name for file in (tmp_path / "out").iterdir()}
    assert len(names) == 3
    assert "Harbour town votes" in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_a_page_of_another_program_is_left_alone(keeping: Shell, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<h1>My own page</h1>")
    said = keeping("export", "--bookmarks", "--format", "html", str(tmp_path), status=2)
    assert "is another program's, and is left alone" in said
    assert [file.name for file in tmp_path.glob("*.html")] == ["index.html"]
    for _ in range(2):  # but what was written before is written anew
        keeping("export", "--bookmarks", "--format", "html", str(tmp_path / "out"))


def test_one_file_by_its_name(keeping: Shell, tmp_path: Path) -> None:
    assert "2 articles" in keeping("export", "--bookmarks", str(tmp_path / "all.json"))
    assert len(json.loads((tmp_path / "all.json").read_bytes())["items"]) == 2
    assert "2 articles" in keeping("export", "--bookmarks", str(tmp_path / "all.html"))
    first, _ = bookmarks.read((tmp_path / "all.html").read_bytes())
    assert (first.url, first.tags) == ("https://news.example/1", ("ferries",))
    assert "0 pages saved, 2 here already and bookmarked." in keeping("import", str(tmp_path / "all.html"))
    assert "2 pages saved." in Shell(tmp_path / "other", keeping.capture)("import", str(tmp_path / "all.html"))


def test_all_that_is_kept_is_more_than_bookmarks(keeping: Shell, tmp_path: Path) -> None:
    assert "3 articles" in keeping("export", "--kept", str(tmp_path / "all.json"))
    assert "3 articles" in keeping("export", "--kept", str(tmp_path / "folder"))


def test_a_folder_has_to_be_named(keeping: Shell) -> None:
    assert "Name a folder" in keeping("export", "--bookmarks", status=2)


def test_a_full_disk_gives_a_sentence_and_leaves_no_part(
    keeping: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    for name in ("out", "all.json", "all.html"):
        assert "No space left on device" in keeping("export", "--bookmarks", str(tmp_path / name), status=2)
    assert [file.name for file in tmp_path.rglob("*") if file.is_file() and file.suffix != ".db"] == [
        file.name for file in keeping.home.rglob("*") if file.is_file() and file.suffix != ".db"
    ]


def test_a_book_of_what_is_kept_or_found(keeping: Shell, tmp_path: Path) -> None:
    assert "2 articles" in keeping("export", "--bookmarks", str(tmp_path / "kept.epub"))
    with zipfile.ZipFile(tmp_path / "kept.epub") as book:
        assert "The council voted late on Monday." in book.read("EPUB/article-1.xhtml").decode()
        assert "<title>Bookmarks</title>" in book.read("EPUB/nav.xhtml").decode()
    keeping("export", "--query", "is:later OR council", "--format", "epub", str(tmp_path / "found"))
    with zipfile.ZipFile(tmp_path / "found") as book:
        assert len([name for name in book.namelist() if "article" in name]) == 2
    assert "nothing to make a book of" in keeping("export", "--query", "zebra", str(tmp_path / "no.epub"), status=2)
    assert "did you mean" in keeping("export", "--query", "is:latr", str(tmp_path / "no.epub"), status=2)
    assert "Which articles?" in keeping("export", "--query", " ", str(tmp_path / "no.epub"), status=2)
    assert not (tmp_path / "no.epub").exists()
    keeping("export", "--query", "is:bookmarked", str(tmp_path / "some"))
    (file,) = (tmp_path / "some").iterdir()
    assert "bookmarked: " in file.read_text("utf-8")
