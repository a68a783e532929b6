"""A language model, asked by the installed program: a real worker, real children, real sockets."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ai_server import AiServer, words
from tests.end_to_end.conftest import Home
from tests.end_to_end.terminal import PROGRAM
from tests.hostile_server import Serving

pytestmark = pytest.mark.slow
KEY = "sk-cormorant-93"


@pytest.fixture
def server() -> Iterator[AiServer]:
    with Serving(AiServer()) as server:
        yield server


@pytest.fixture
def asking(furnished: Home, server: AiServer) -> Home:
    """A home whose key lies in a file of its owner."""
    config = Path(furnished.run("config", "--path").strip())
    config.parent.mkdir(parents=True, exist_ok=True)
    key = furnished.folder / "key"
    key.write_text(KEY)
    key.chmod(0o600)
    lines = (
        "[ai]",
        f'base_url = "{server.base_url}"',
        'model = "tern-7b"',
        f'key = "file:{key}"',
        'language = "English"',
    )
    config.write_text("\n".join(lines))
    furnished.run("ai", "agree")
    return furnished


def written(home: Home) -> str:
    """All that the program wrote, but for the key itself."""
    files = (path for path in home.folder.rglob("*") if path.is_file() and path.name != "key")
    return "".join(path.read_text(encoding="utf-8", errors="replace") for path in files)


def command_lines() -> str:
    """How every process that runs was started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_bytes().decode(errors="replace"))
        except OSError:
            continue
    return " ".join(found)


def test_an_answer_of_a_real_child_and_the_key_nowhere(asking: Home, server: AiServer) -> None:
    article = asking.json("list", "--limit", "1")[0]["id"]
    first = asking.json("read", str(article))["text"].split("\n")[0]
    server.script = [words(first, " [1] It cost 93 billion crowns. [1]")]
    assert " ".join(first.split()) in " ".join(asking.run("ask", "summary", str(article)).split())
    found = asking.json("ask", "summary", str(article))
    assert found["cached"]
    assert [each["supported"] for each in found["sentences"]][-1] is False
    assert any(each["supported"] for each in found["sentences"])
    assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in written(asking)


def test_the_worker_streams_and_stops_at_once(asking: Home, server: AiServer) -> None:
    article = asking.json("list", "--limit", "1")[0]["id"]
    server.script = [server.hang("One sentence. ")]
    command = [PROGRAM, "fetch", "--watch", "--events", "--requests"]
    worker = subprocess.Popen(command, env=asking.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert worker.stdin is not None
    assert worker.stdout is not None
    try:
        worker.stdin.write(
            json.dumps({"id": 1, "request": "ask", "ask": "points", "article": article}).encode() + b"\n"
        )
        worker.stdin.flush()
        for line in worker.stdout:
            if (message := json.loads(line)).get("answer") == "chunk":
                break
        assert message["text"] == "One sentence. "
        assert KEY not in command_lines()
        worker.stdin.write(b'{"id": 2, "request": "cancel", "cancel": 1}\n')
        worker.stdin.flush()
        for line in worker.stdout:
            if (message := json.loads(line)).get("id") == 1:
                break
        assert (message["answer"], message["kind"]) == ("failed", "Cancelled")
        assert server.gone.wait(10)
    finally:
        worker.stdin.close()
        worker.wait(10)
        worker.stdout.close()
    assert KEY not in written(asking)
