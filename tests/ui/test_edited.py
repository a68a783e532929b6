"""The offer of what was edited by hand in the list of the sources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from newsreader.errors import UsageError
from newsreader.ui.dialogs.edited import EditedScreen
from newsreader.ui.main import MainScreen
from tests.fakes import FakeWorker
from tests.ui.desk import desk

LOOK = {"problem": None, "short": "1 source more, 1 changed", "lines": ["+ Mine in World", "~ The Wire"]}


def worker(**answers: Any) -> FakeWorker:
    """A worker that answers to each deed."""
    fake = FakeWorker()

    async def answer(**arguments: Any) -> dict[str, Any]:
        found = answers[arguments["do"]]
        if isinstance(found, Exception):
            raise found
        return dict(found)

    fake.answers["mirror"] = answer
    return fake


@pytest.mark.parametrize(
    ("key", "deed", "said"),
    [("enter", "take", "Taken over: 2 changed. u undoes all of it."), ("D", "drop", "the edited one is /x/y.edited")],
)
async def test_the_difference_is_shown_taken_over_or_dropped(tmp_path: Path, key: str, deed: str, said: str) -> None:
    fake = worker(look=LOOK, take={"sources": 2}, drop={"kept": "/x/y.edited"})
    async with desk(tmp_path, size=(60, 15), worker=fake) as here:
        here.main.herald.hear({"event": "notice", "text": "sources.opml was edited.", "edited": True})
        assert "g e shows it" in here.main.foot.plain
        await here.press("g", "e")
        await here.until(lambda: "1 source more, 1 changed" in here.text)
        assert "+ Mine in World" in here.text
        await here.press(key)
        await here.until(lambda: here.on(MainScreen))
        await here.until(lambda: said in " ".join(here.main.foot.plain.split()))
        assert [arguments["do"] for arguments in fake.asked("mirror")] == ["look", deed]


async def test_what_cannot_be_taken_over_is_said_and_stays(tmp_path: Path) -> None:
    fake = worker(
        look={"problem": "The list is cut off.", "short": "", "lines": []}, drop=UsageError("It is read-only.")
    )
    async with desk(tmp_path, worker=fake) as here:
        await here.press("g", "e")
        await here.until(lambda: "The list is cut off." in here.text)
        await here.press("enter")
        assert here.on(EditedScreen)
        await here.press("D")
        await here.until(lambda: "It is read-only." in here.text)
        await here.press("escape")
        assert here.on(MainScreen)


async def test_nothing_edited_is_said_at_the_foot(tmp_path: Path) -> None:
    async with desk(tmp_path, worker=worker(look={"problem": None, "short": "", "lines": []})) as here:
        await here.press("g", "e")
        await here.until(lambda: "nothing was edited by hand" in here.text)
        assert here.on(MainScreen)
