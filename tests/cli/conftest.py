"""A home with a library that was filled by hand, and commands run in this process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from newsreader import log
from newsreader.cli import main
from newsreader.config import Paths
from newsreader.document import blocks
from newsreader.model import ArticleWrite, Subscription
from newsreader.store import Store

NOW = 1_795_456_800
"""2026-11-23 18:00 UTC."""
HOSTILE = "[/red][@click=app.quit]x\x1b]52;c;aGVsbG8=\x07"


def written(number: int, title: str, text: str, *, hours: int) -> ArticleWrite:
    """An article as a refresh hands it to the library."""
    document = blocks.Document((blocks.Paragraph(blocks.Text(text)),))
    return ArticleWrite(
        identity=f"guid-{number}", content_hash=f"hash-{number}", sort_at=NOW - hours * 3600, guid=f"guid-{number}",
        url=f"https://news.example/{number}", title=title, author="Ines Almada", published=NOW - hours * 3600,
        updated=None, html=f"<p>{text}</p>", text=text, document=blocks.dump(document),
        document_version=blocks.VERSION, words=len(text.split()),
    )  # fmt: skip


@dataclass(frozen=True)
class Shell:
    """Runs `newsreader …` in a home of its own, in this process."""

    home: Path
    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str, status: int = 0) -> str:
        self.capture.readouterr()
        got = main(["--home", str(self.home), *arguments])
        out, err = self.capture.readouterr()
        assert got == status, out + err
        return out if status == 0 else out + err

    def json(self, *arguments: str, status: int = 0) -> Any:
        return json.loads(self(*arguments, "--json", status=status).partition("\nnewsreader: ")[0])

    def store(self) -> Store:
        return Store.open(Paths.under(self.home).library, clock=lambda: NOW, window="test")


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    monkeypatch.setenv("NEWSREADER_NOW", str(NOW))
    monkeypatch.delenv("NEWSREADER_HOME", raising=False)
    yield Shell(tmp_path / "home", capsys)
    for handler in list(log.get().handlers):
        log.get().removeHandler(handler)
        handler.close()


@pytest.fixture
def furnished(shell: Shell) -> Shell:
    """Two sources; three articles in the first, one of them with a hostile title."""
    with shell.store() as store:
        added = store.add_sources(
            [
                Subscription("https://news.example/feed", "The Coast Gazette", "World"),
                Subscription("https://wire.example/feed", "Northern Wire"),
            ]
        )
        (state,) = store.fetch_states([added.ids[0]])
        store.ingest(
            state,
            None,
            [
                written(1, "Harbour town votes to keep its night ferry", "The council voted late on Monday.", hours=1),
                written(2, HOSTILE, "Nothing to see.", hours=2),
                written(3, "港の夜の渡し船 🚢 " * 12, "長い題名。", hours=30),
            ],
        )
        while store.index_some(100):
            pass
    return shell
