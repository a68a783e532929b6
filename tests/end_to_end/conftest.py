"""The installed program, a home of its own, and the demo world on a loopback port."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from newsreader.demo.server import NOW, DemoServer
from newsreader.feeds import opml
from tests.end_to_end.terminal import PROGRAM, Terminal, environment


@dataclass(frozen=True)
class Home:
    """One person's newsreader: run commands in it, open the reader in it."""

    folder: Path
    frozen: bool = True

    @property
    def environment(self) -> dict[str, str]:
        return environment(self.folder, **({"NEWSREADER_NOW": str(NOW)} if self.frozen else {}))

    def run(self, *arguments: str, status: int = 0, stdin: str = "") -> str:
        done = subprocess.run(
            [PROGRAM, *arguments], env=self.environment, input=stdin, capture_output=True, text=True, check=False,
            timeout=60,
        )  # fmt: skip
        assert done.returncode == status, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        return done.stdout if status == 0 else done.stdout + done.stderr

    def json(self, *arguments: str) -> Any:
        return json.loads(self.run(*arguments, "--json"))

    def open(self, columns: int = 140, rows: int = 40) -> Terminal:
        return Terminal([PROGRAM], environment=self.environment, columns=columns, rows=rows)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def world() -> Iterator[DemoServer]:
    with DemoServer() as server:
        yield server


@pytest.fixture
def furnished(home: Home, world: DemoServer) -> Home:
    """A home that is subscribed to the demo world and has fetched it once."""
    file = home.folder / "demo.opml"
    file.write_bytes(opml.write(world.subscriptions(), title="demo", date=None))
    home.run("import", str(file))
    home.run("fetch", "--all")
    return home
