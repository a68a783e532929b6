"""Keys that are typed faster than what they do is done."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from newsreader.ui import in_turn
from newsreader.ui.dialogs.add import AddScreen
from newsreader.ui.dialogs.help import HelpScreen
from newsreader.ui.dialogs.messages import MessagesScreen
from newsreader.ui.dialogs.palette import PaletteScreen
from newsreader.ui.in_turn import InTurn
from newsreader.ui.main import MainScreen
from tests.ui.desk import desk, key_event

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.ui.desk import Desk


def type_at_once(here: Desk, *keys: str) -> None:
    for key in keys:
        here.app.post_message(key_event(key))


async def test_each_escape_closes_one_dialog_and_what_follows_is_for_the_one_below(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        for screen in (HelpScreen(here.main.keymap), MessagesScreen(()), HelpScreen(here.main.keymap)):
            await here.app.push_screen(screen)
        type_at_once(here, "escape", "escape", "escape", "ctrl+p", *"zoo", "escape", "a")
        await here.until(lambda: here.on(AddScreen) and here.app.screen.is_mounted)
        assert len(here.app.screen_stack) == 2


async def test_keys_that_write_and_keys_that_move_keep_their_order(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        type_at_once(here, "ctrl+p", *"undp", "backspace", "o", "home", "x", "delete")
        await here.until(lambda: "▌xndo" in here.text)
        type_at_once(here, "end", "ctrl+u", *"help", "enter", *"quit")
        await here.until(lambda: here.on(HelpScreen) and "▌quit" in here.text.replace(" ", ""))


async def test_what_is_typed_while_a_command_works_is_for_what_it_opens(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        done = asyncio.Event()
        here.main.after_others(lambda: wait_for(done))
        type_at_once(here, "ctrl+p", *"aa?", "escape", "a", "a", "K")
        await here.pilot.pause(0.01)
        assert here.on(MainScreen)
        done.set()
        await here.until(lambda: here.on(AddScreen) and "aK" in here.text)
        assert [type(screen) for screen in here.app.screen_stack] == [MainScreen, AddScreen]


async def test_a_key_that_is_lost_holds_up_none_for_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def lose(*_: object) -> None:
        """Tell nobody."""

    monkeypatch.setattr(in_turn, "_PATIENCE", 0.01)
    monkeypatch.setattr(InTurn, "through", lose)
    async with desk(tmp_path) as here:
        type_at_once(here, "ctrl+p", *"undo")
        await here.until(lambda: here.on(PaletteScreen) and "▌undo" in here.text)


async def wait_for(event: asyncio.Event) -> None:
    await event.wait()
