"""What is said at the foot: nothing is lost, nothing that one needs is covered, and nothing moves for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from newsreader.store import Store
from newsreader.ui import foot
from newsreader.ui.dialogs.messages import MessagesScreen
from tests.ui.desk import desk
from tests.ui.world import fill

if TYPE_CHECKING:
    from pathlib import Path

LONG = "The Coast Gazette answered 403: it blocks readers, or this is not public. e in the sources sets a user agent."


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (160, 48)])
async def test_a_message_of_any_length_covers_no_key_and_moves_nothing(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(tmp_path, size=size) as here:
        await here.until(lambda: size[0] < 80 or "The council" in here.text)  # the reader has followed
        here.main.foot.hush()
        await here.until(lambda: "Last refreshed" not in here.text)
        before = here.text.split("\n")
        here.main.foot.say(LONG, warning=True)
        await here.until(lambda: "".join(LONG.split()) in "".join("".join(here.text.split("\n")[-5:]).split()))
        after = here.text.split("\n")
        assert after[-1] == before[-1]
        changed = [number for number, line in enumerate(after) if line != before[number]]
        assert changed == list(range(changed[0], size[1] - 1))


async def test_in_a_low_window_the_next_key_ends_a_message_that_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(tmp_path, size=(60, 15)) as here:
        here.main.foot.say("This was said.")
        await here.press("j")
        assert "This was said." in here.text
        monkeypatch.setattr(foot, "_READ", 0.0)
        await here.press("j")
        assert "This was said." not in here.text


@pytest.mark.parametrize("size", [(60, 15), (100, 30)])
async def test_a_warning_that_nobody_can_have_read_stays_above_what_is_said_next(
    tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(tmp_path, size=size) as here:
        here.main.foot.say("config.toml, line 3: this is wrong.", warning=True)
        await here.press("s")
        await here.until(lambda: "Bookmarked" in here.text and "line 3: this is wrong." in here.text)
        monkeypatch.setattr(foot, "_WARNS", 0.0)
        here.main.foot.say("Said much later.")
        await here.until(lambda: "Said much later." in here.text and "line 3" not in here.text)


async def test_what_was_said_in_quick_order_can_be_read_again(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        here.main.foot.say("The first thing.")
        here.main.foot.say("The second thing, a warning.", warning=True)
        await here.press("s")
        await here.until(lambda: "Bookmarked: kept for ever. u undoes it." in here.text)
        await here.press("g", "m")
        await here.until(lambda: here.on(MessagesScreen))
        await here.until(lambda: "The first thing." in here.text)
        said = here.text
        assert said.index("Bookmarked") < said.index("The second thing") < said.index("The first thing.")


async def test_a_refresh_is_a_thin_line_with_what_failed_and_the_key_that_shows_which(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        hear = here.worker.on_event
        hear({"event": "refresh", "done": 0, "total": 412})
        for _ in range(3):
            hear({"event": "source", "error": "It is gone.", "waits": None})
        hear({"event": "refresh", "done": 37, "total": 412})
        await here.until(lambda: "37 of 412 · 3 failed, g H shows which ━" in here.text)
        hear({"event": "refresh", "done": 412, "total": 412})
        await here.until(lambda: "of 412" not in here.text)


async def test_without_a_network_the_age_of_the_news_stands_until_something_comes_again(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        hear = here.worker.on_event
        hear({"event": "notice", "text": "There is no network.", "offline": True})
        here.main.foot.hush()
        await here.until(lambda: "Offline. The news here is from 4 minutes ago." in here.text)
        await here.press("j")
        hear({"event": "source", "error": None, "waits": None})
        await here.until(lambda: "Offline." not in here.text)


async def test_a_low_window_says_at_the_end_of_the_keys_what_goes_on(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(60, 15)) as here:
        hear = here.worker.on_event
        hear({"event": "notice", "text": "There is no network.", "offline": True})
        await here.until(lambda: here.text.rstrip().endswith("offline"))
        hear({"event": "refresh", "done": 37, "total": 412})
        await here.until(lambda: here.text.rstrip().endswith("37/412"))
        assert "? keys" in here.text.split("\n")[-1]


async def test_a_library_that_is_only_read_says_so_as_long_as_it_is(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library.db", window="test") as store:
        fill(store)
    async with desk(tmp_path) as here:
        here.main.herald.library_is_read("The library's file is read-only: it is open for reading only.")
        here.main.foot.hush()
        await here.until(lambda: "open for reading only." in here.text)
        here.main.herald.watch_worker()
        await here.settle()
        assert "open for reading only." in here.text


async def test_in_a_low_window_the_cursor_is_not_under_a_message_where_the_list_goes_on(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(60, 15)) as here:
        for _ in range(9):
            await here.press("j")
            here.main.foot.say(LONG[:100], warning=True)
            await here.pilot.pause()
            row = next((line for line in here.text.split("\n") if here.cursor[:24] in line), "")
            assert row.startswith("▌")


async def test_what_came_of_a_refresh_is_said_with_the_key_that_shows_where_there_was_trouble(tmp_path: Path) -> None:
    async def answer(**arguments: Any) -> dict[str, Any]:
        del arguments
        return {"added": 1, "failed": 2}

    async with desk(tmp_path) as here:
        here.worker.answers["refresh"] = answer
        await here.press("R")
        await here.until(lambda: "Refreshed 9 sources: 1 new article, 2 failed, g H shows which." in here.text)


async def test_the_keys_fit_when_something_was_said_while_a_command_was_typed_in_their_place(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(80, 24)) as here:
        await here.press("enter")
        await here.until(lambda: here.text.rstrip().endswith("? keys") and "read on" in here.text)
        keys = here.text.split("\n")[-1]
        await here.press(":")
        here.main.foot.say("This was said.")
        await here.press("escape")
        await here.until(lambda: "read on" in here.text)
        assert here.text.split("\n")[-1] == keys


async def test_what_a_line_of_commands_said_stays_when_it_leaves_the_article(tmp_path: Path) -> None:
    async with desk(tmp_path, macros={"a": "bookmark; next-unread"}) as here:
        await here.press(",", "a")
        await here.until(lambda: here.main.opened_id is not None)
        assert "Bookmarked" in here.text
        await here.press("J")
        await here.until(lambda: "Bookmarked" not in here.text)


async def test_a_key_for_what_is_selected_can_be_clicked_on(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        first, second = here.titles[:2]
        await here.press("x", "x")
        await here.pilot.click(offset=(here.text.split("\n")[-1].index("s bookmark"), 47))
        await here.until(lambda: here.head(first).bookmarked and here.head(second).bookmarked)
