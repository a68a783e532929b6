from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader.config import Paths
from newsreader.errors import LibraryError
from newsreader.model.answers import Ask
from newsreader.store import Store
from newsreader.stories.prompts import TASKS
from tests.ai_server import AiServer, cut, delta, error, stream, words
from tests.cli.conftest import Shell
from tests.hostile_server import Serving
from tests.worker.conftest import InlineChildren

KEY = "sk-cormorant-93"


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child takes half a second to start; `tests/end_to_end` has real ones."""
    monkeypatch.setattr("newsreader.cli.engine.Children", InlineChildren)


@pytest.fixture
def server() -> Iterator[AiServer]:
    with Serving(AiServer()) as server:
        yield server


def configure(shell: Shell, server: AiServer, *more: str) -> None:
    path = Paths.under(shell.home).config_file
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ("[ai]", f'base_url = "{server.base_url}"', 'model = "tern-7b"', 'language = "English"', *more)
    path.write_text("\n".join(lines))


@pytest.fixture
def asking(furnished: Shell, server: AiServer) -> Shell:
    """A furnished home that may ask the model of the server."""
    configure(furnished, server)
    assert server.host in furnished("ai", "agree")
    return furnished


def number(shell: Shell) -> int:
    return int(shell.json("list")[0]["id"])


def test_an_answer_is_printed_with_the_numbers_that_were_looked_into_and_what_they_stand_for(
    asking: Shell, server: AiServer
) -> None:
    id_ = number(asking)
    text = asking.json("read", str(id_))["text"]
    server.script = [words(text[:10], text[10:], " [1] It cost \x1b9 million. [1]")]
    got = asking("ask", "summary", str(id_))
    assert "It cost 9 million. [?]" in got
    assert got.startswith("The council voted late on Monday. [1] It")
    assert "\n\n[1] “" in got
    assert asking("ask", "summary", str(id_)) == got
    assert len(server.asked) == 1


def test_who_watches_sees_it_come_and_then_what_of_its_numbers_holds(
    asking: Shell, server: AiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    id_ = str(number(asking))
    first = " ".join(asking.json("read", id_)["text"].split("\n")[0].split())
    server.script = [words(first, " [1]"), words(first, " [1] It cost 9 million. [1]")]
    assert "looked into" not in asking("ask", "summary", id_)
    got = asking("ask", "points", id_)
    assert f"{first} [1] It cost 9 million. [1]\n" in got
    assert "It cost 9 million. [?]" in got.partition("The same, with the numbers that were looked into:")[2]


def test_an_answer_that_cannot_be_kept_is_printed_all_the_same(
    asking: Shell, server: AiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(store: Store, reply: object) -> int:
        raise LibraryError("The disk took no more writes of the library: it may be full or failing.")

    monkeypatch.setattr(Store, "keep_reply", full)
    server.script = [words("The ferry stays. [1]")]
    got = asking("ask", "summary", str(number(asking)), status=2)
    assert "The ferry stays. [1]\n" in got
    assert "no more writes" in got


def test_an_answer_for_programs(asking: Shell, server: AiServer) -> None:
    id_ = number(asking)
    server.script = [words("It cost 9 million [1].")]
    found = asking.json("ask", "Who paid?", str(id_))
    assert (found["ask"], found["question"], found["model"]) == ("question", "Who paid?", "tern-7b")
    assert found["sentences"] == [{"text": "It cost 9 million.", "numbers": [], "supported": False}]
    assert found["text"] == "It cost 9 million. [?]"
    assert found["numbers"][0]["article"] == id_
    assert (found["cached"], found["broken"]) == (False, "")


def test_a_story_and_a_list_can_be_asked_about(asking: Shell, server: AiServer) -> None:
    id_ = number(asking)
    server.script = [words("Nothing new.")]
    asking("ask", "What is new?", "--story", str(id_))
    asking("ask", "What is new?", "--query", "since:30d", "--language", "German")
    assert "Answer this question in German" in server.asked[-1].message("user")
    assert "Nothing is found" in asking("ask", "summary", "--query", "xyzzy", status=2)
    assert "^" in asking("ask", "summary", "--query", "is:purple", status=2)


def test_nothing_is_sent_before_the_person_agreed(furnished: Shell, server: AiServer) -> None:
    configure(furnished, server)
    server.script = [words("Yes.")]
    id_ = str(number(furnished))
    said = furnished("ask", "summary", id_, status=2)
    assert "Nothing was sent" in said
    assert f"would go to {server.host} (tern-7b, this machine)" in said
    assert not server.asked
    furnished("ai", "agree")
    furnished("ask", "summary", id_)
    furnished("ai", "withdraw")
    furnished("ask", "points", id_, status=2)
    assert len(server.asked) == 1


def test_what_goes_wrong_is_said(asking: Shell, server: AiServer) -> None:
    id_ = str(number(asking))
    server.script = [error("model 'tern-7b' not found", "404 Not Found")]
    server.models = ["tern-8b"]
    assert "Did you mean tern-8b?" in asking("ask", "summary", id_, status=2)
    server.models = ["tern-7b"]
    assert "tells of the model “tern-7b” and says" in asking("ask", "summary", id_, status=2)
    server.script = [cut(stream(delta("Half"), done=False))]
    said = asking("ask", "summary", id_, status=1)
    assert "Half" in said
    assert "broke off" in said
    assert "There is no article 999" in asking("ask", "summary", "999", status=2)


def test_what_is_set_is_shown_and_the_server_asked_for_its_models(asking: Shell, server: AiServer) -> None:
    shown = asking("ai")
    for part in (server.base_url, "tern-7b, heron-70b", "English", "yes"):
        assert part in shown
    facts = asking.json("ai")
    assert (facts["host"], facts["agreed"], facts["models"]) == (server.host, True, server.models)
    server.models = ["heron-70b"]
    assert "does not tell of a model tern-7b" in asking("ai", status=1)


def test_no_key_goes_to_a_host_before_the_person_agreed(
    furnished: Shell, server: AiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AI_KEY", KEY)
    configure(furnished, server, 'key = "env:AI_KEY"')
    assert "tern-7b, heron-70b" in furnished("ai")
    assert "authorization" not in server.asked[-1].headers
    server.wants_key = True
    assert "goes nowhere before you agree: `newsreader ai agree`" in furnished("ai", status=1)
    furnished("ai", "agree")
    assert "tern-7b, heron-70b" in furnished("ai")
    assert server.asked[-1].headers["authorization"] == f"Bearer {KEY}"


def test_without_a_model_it_is_said_how_to_set_one(furnished: Shell) -> None:
    assert 'base_url = "http://localhost:11434/v1"' in furnished("ai")
    assert "No language model is set" in furnished("ask", "summary", "1", status=2)
    assert "none; `newsreader ai` tells more" in furnished("doctor")


def test_the_tasks_are_printed_written_and_looked_through(asking: Shell) -> None:
    folder = Paths.under(asking.home).prompts
    printed = asking("ai", "prompts")
    assert all(task.rstrip() in printed for task in TASKS.values())
    assert not folder.exists()
    asking("ai", "prompts", "--example")
    assert {path.name for path in folder.iterdir()} == {f"{ask}.txt" for ask in Ask}
    (folder / "summary.txt").write_text("Mine, in {tongue}.")
    assert "stays as it is" in asking("ai", "prompts", "--example")
    assert (folder / "summary.txt").read_text() == "Mine, in {tongue}."
    assert "prompts/summary.txt, line 1: there is no placeholder {tongue}" in asking("ai", status=1)


def test_mistakes_in_the_settings_have_their_line_and_no_key_is_shown(
    furnished: Shell, server: AiServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    configure(furnished, server, f'key = "{KEY}"', "timeout = 2", 'base_ulr = "x"')
    said = furnished("ai", status=1)
    for part in (
        "line 5: ai.key must be where the key is, and not the key",
        "line 6: ai.timeout",
        "mean base_url",
    ):
        assert part in said
    monkeypatch.setenv("AI_KEY", KEY)
    configure(furnished, server, 'key = "env:AI_KEY"')
    said += furnished("ai") + str(furnished.json("ai")) + furnished("doctor") + furnished("config", "--example")
    server.script = [error(f"Incorrect API key provided: {KEY}", "401 Unauthorized")]
    furnished("ai", "agree")
    said += furnished("ask", "summary", str(number(furnished)), status=2)
    said += "".join(path.read_text(errors="replace") for path in tmp_path.rglob("*.log"))
    assert server.asked[-1].headers["authorization"] == f"Bearer {KEY}"
    assert "refuses the key" in said
    assert KEY not in said


def test_answers_can_be_taken_away(asking: Shell, server: AiServer) -> None:
    server.script = [words("Yes.")]
    id_ = str(number(asking))
    asking("ask", "summary", id_)
    assert asking("ai", "forget") == "1 answer taken away.\n"
    asking("ask", "summary", id_)
    assert len(server.asked) == 2
