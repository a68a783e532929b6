"""The small parts: store thread, whereabouts, themes, programs."""

from __future__ import annotations

import asyncio
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.errors import LibraryError, UsageError
from newsreader.model import Query, Scope
from newsreader.store import Store
from newsreader.ui.keys import Where
from newsreader.ui.library import Library
from newsreader.ui.programs import copy_by_command, notify_by_command
from newsreader.ui.whereabouts import Whereabouts
from tests.ui.desk import desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class TestLibrary:
    async def test_calls_run_on_one_thread_in_their_order(self, tmp_path: Path) -> None:
        with Store.open(tmp_path / "library.db") as store:
            library = Library(store)
            seen: list[tuple[int, int]] = []

            def call(_: Store, number: int) -> int:
                seen.append((number, threading.get_ident()))
                return number

            assert await asyncio.gather(*(library.call(call, number) for number in range(20))) == list(range(20))
            library.close()
        assert [number for number, _ in seen] == list(range(20))
        assert len({thread for _, thread in seen}) == 1
        assert seen[0][1] != threading.get_ident()

    async def test_a_write_is_done_even_when_nobody_waits_for_it(self, tmp_path: Path) -> None:
        with Store.open(tmp_path / "library.db") as store:
            library = Library(store)
            library.call(Store.remember, "key", "value")
            library.close()
            assert store.recall("key") == "value"
            with pytest.raises(LibraryError):
                library.call(Store.counts)

    async def test_others_get_in_between_steps(self, tmp_path: Path) -> None:
        with Store.open(tmp_path / "library.db") as store:
            library, seen = Library(store), list[str]()
            inside = threading.Event()

            def steps(_: Store) -> Iterator[int]:
                for number in range(3):
                    seen.append(f"step {number}")
                    inside.wait(5)
                    yield number

            stepping = library.steps(steps)
            other = library.call(lambda _: seen.append("other"))
            inside.set()
            await other
            assert [number async for number in stepping] == [0, 1, 2]
            assert seen == ["step 0", "other", "step 1", "step 2"]
            library.close()

    async def test_steps_go_on_to_the_end_when_the_library_is_closed(self, tmp_path: Path) -> None:
        with Store.open(tmp_path / "library.db") as store:
            library, done = Library(store), list[int]()

            def steps(_: Store) -> Iterator[int]:
                for number in range(1_000):
                    done.append(number)
                    yield number

            library.steps(steps)
            library.close()
            assert done == list(range(1_000))
            with pytest.raises(LibraryError):
                library.steps(steps)

    async def test_a_step_that_fails_ends_them(self, tmp_path: Path) -> None:
        with Store.open(tmp_path / "library.db") as store:
            library = Library(store)

            def steps(_: Store) -> Iterator[int]:
                yield 1
                raise LibraryError("The disk is full.")

            stepping = library.steps(steps)
            assert await anext(stepping) == 1
            with pytest.raises(LibraryError):
                await anext(stepping)
            library.close()


async def test_a_slow_library_does_not_hold_up_the_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()

    def slow(*_: object) -> None:
        gate.wait(5)
        raise LibraryError("The disk is slow.")

    async with desk(tmp_path) as here:
        monkeypatch.setattr(Store, "bookmark", slow)
        await here.press("s")
        await here.press("j", "j", "k")
        assert here.cursor == "Ferry noturno continua por dez anos"
        gate.set()
        await here.until(lambda: "The disk is slow." in here.text)


class TestWhereabouts:
    def test_it_comes_back_as_it_went(self) -> None:
        query = Query(Scope.SOURCE, source_id=3, text="ferry")
        where = Whereabouts(query, 12, 13, Where.READER, frozenset({"World"}))
        assert Whereabouts.load(where.dump()) == where
        assert Whereabouts.load(Whereabouts().dump()) == Whereabouts()

    @given(st.text())
    def test_nonsense_is_nowhere(self, text: str) -> None:
        assert isinstance(Whereabouts.load(text), Whereabouts)

    @pytest.mark.parametrize(
        "text", [None, "", "[]", "7", "null", "[" * 9_000, '{"scope": "x"}', '{"folded": 3}', '{"cursor": "a"}']
    )
    def test_damage_is_nowhere(self, text: str | None) -> None:
        assert Whereabouts.load(text) == Whereabouts()


class TestCopyCommand:
    async def test_the_command_gets_the_text_and_no_shell(self, tmp_path: Path) -> None:
        target = tmp_path / "copied"
        script = "import sys; open(sys.argv[1], 'w').write(sys.stdin.read())"
        await copy_by_command(f'{sys.executable} -c "{script}" {target}', "https://example.test/;$(id)")
        assert target.read_text() == "https://example.test/;$(id)"

    async def test_a_program_is_told_by_its_last_argument(self, tmp_path: Path) -> None:
        target = tmp_path / "told"
        script = "import sys; open(sys.argv[1], 'w').write(sys.argv[2])"
        await notify_by_command(f'{sys.executable} -c "{script}" {target}', "2 new articles for “$(id)”: A 'storm'; rm")
        assert target.read_text() == "2 new articles for “$(id)”: A 'storm'; rm"
        with pytest.raises(UsageError, match="Notifying by"):
            await notify_by_command("no-such-command-here", "text")

    @pytest.mark.parametrize("command", ["no-such-command-here", "'", f"{sys.executable} -c 'raise SystemExit(3)'"])
    async def test_a_command_that_fails_is_said(self, command: str) -> None:
        with pytest.raises(UsageError, match="Copying by"):
            await copy_by_command(command, "text")
