"""What the terminal is and answers: charset, background, and no key that is lost on the way."""

from __future__ import annotations

import ast
import os
import pty
import signal
import termios
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from textual._xterm_parser import XTermParser
from textual.color import Color
from textual.events import Key

import newsreader
from newsreader.config import Config, Paths
from newsreader.text import cell_width
from newsreader.ui import terminal as module
from newsreader.ui.driver import TerminalDriver
from newsreader.ui.letters import SIGNS, Letters, spelled
from newsreader.ui.sequences import known
from newsreader.ui.terminal import ASK, Terminal, charset, colours, dark_by_environment
from newsreader.ui.themed import ThemedApp

if TYPE_CHECKING:
    from collections.abc import Callable

ANSWER = b"\x1b]11;rgb:fafa/f5f5/e0e0\x1b\\"
DARK_ANSWER = b"\x1b]11;rgb:1c1c/1c1c/1c1c\x07"


def terminal(**environ: str) -> Terminal:
    return Terminal({"TERM": "xterm-256color", "LANG": "C.UTF-8", **environ})


class TestWhatItIs:
    @pytest.mark.parametrize(
        ("environ", "encoding", "found"),
        [
            ({"LANG": "de_DE.UTF-8"}, "utf-8", "utf-8"),
            ({}, "utf-8", "utf-8"),
            ({"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, "utf-8", "ascii"),
            ({"LANG": "POSIX"}, "utf-8", "ascii"),
            ({"LC_ALL": "", "LC_CTYPE": "C.UTF-8", "LANG": "C"}, "utf-8", "utf-8"),
            ({"LANG": "de_DE"}, "ISO-8859-1", "iso-8859-1"),
            ({"LANG": "C", "PYTHONIOENCODING": "utf-8"}, "utf-8", "utf-8"),
        ],
    )
    def test_its_charset(self, environ: dict[str, str], encoding: str, found: str) -> None:
        assert charset(environ, encoding) == found

    def test_the_consoles_font_has_no_signs(self) -> None:
        assert terminal().shows_everything
        assert not terminal(TERM="linux").shows_everything
        assert not terminal(LC_ALL="C").shows_everything

    def test_terminals_whose_colours_are_known(self) -> None:
        assert colours({"TERM": "foot"}) == "truecolor"
        assert colours({"TERM": "xterm-direct"}) == "truecolor"
        assert colours({"TERM": "xterm-256color"}) is None
        assert colours({"TERM": "foot", "COLORTERM": "truecolor"}) is None

    @pytest.mark.parametrize(
        ("value", "dark"),
        [("15;0", True), ("0;15", False), ("0;default;7", False), ("12;8", True), ("", None), ("x", None)],
    )
    def test_its_background_by_the_environment(self, value: str, dark: bool | None) -> None:
        assert dark_by_environment({"COLORFGBG": value}) is dark


UNASKED = (
    "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
    "\x1b]52;c;" + "x" * 20_000 + "\x07",
    "\x1bP1$r0m\x1b\\",
    "\x1b_Gi=1;OK\x1b\\",
    "\x1b[?62;22c",
    "\x1b[>0;276;0c",
    "\x1b[?1u",
    "\x1b[8;40;140t",
    "\x1b[1;99Z",
    "\x1b[97;5:3u",
    "\x1b[1114112u",
    "\x1b[97;;55296u",
    "\x1b[99999999999u",
    "\x1b[<999999999999;1;1M",
    "\x1b[48;99999;99999;1;1t",
    "\x1b[48;0;0;0;0t",
)
MEANT = (
    *(
        "\x1b[A",
        "\x1b[1;5C",
        "\x1b[5~",
        "\x1bOP",
        "\x1b[Z",
        "\x1b[97;5u",
        "\x1b[97;5;97u",
        "\x1b[57344u",
        "\x1b",
        "\x1bj",
    ),
    *("\x1b[<0;10;20M", "\x1b[<35;-1;2m", "\x1b[M !!", "\x1b[I", "\x1b[O", "\x1b[24;80R", "\x1b[?2026;1$y"),
    *("\x1b[48;40;140;800;1400t", "\x1b[200~a [31m b\x1b[201~", "j", "é", "\x1bP", "\x1b]a"),
)


@pytest.mark.parametrize("sent", UNASKED)
@pytest.mark.parametrize("size", [7, 4_096])
def test_what_nobody_asked_for_is_no_key(sent: str, size: int) -> None:
    here, data = terminal(), f"j{sent}k".encode()
    if size < len(data) < 100 and sent[1] == "[":
        size = len(data)  # sequences come whole
    heard = "".join(here.take(data[at : at + size]) for at in range(0, len(data), size))
    assert known(heard) == "jk"


@pytest.mark.parametrize("sent", MEANT)
def test_what_means_something_goes_on_as_it_is(sent: str) -> None:
    here = terminal()
    assert known(here.take(sent.encode()) + here.release()) == sent


@pytest.mark.parametrize("announced", [True, False])
def test_going_on_without_a_pause_begins_nothing_twice(announced: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    driver, happened = object.__new__(TerminalDriver), list[str]()
    driver._auto_restart, driver._must_signal_resume = True, announced
    for name in ("suspend", "resume"):
        monkeypatch.setattr(driver, f"{name}_application_mode", lambda name=name: happened.append(name))
    driver._sigcont_application()
    assert happened == (["resume"] if announced else ["suspend", "resume"])


def test_who_is_told_to_go_on_while_it_is_about_to_pause_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    driver, happened = object.__new__(TerminalDriver), list[str]()
    driver._auto_restart, driver._must_signal_resume = True, False
    monkeypatch.setattr("os.kill", lambda _, number: happened.append(signal.Signals(number).name))
    monkeypatch.setattr(driver, "resume_application_mode", lambda: happened.append("resume"))
    monkeypatch.setattr(driver, "suspend_application_mode", lambda: happened.append("suspend"))
    driver._sigtstp_application()
    assert happened == ["suspend", "SIGSTOP", "resume"]
    happened.clear()
    monkeypatch.setattr(driver, "suspend_application_mode", driver._sigcont_application)
    driver._sigtstp_application()
    assert happened == ["resume"]


def test_how_a_key_was_pressed_is_left_out() -> None:
    assert known("\x1b[97:65;2:1;65u\x1b[98;1:2A\x1b[99:67u") == "\x1b[97;2;65u\x1b[98;1A\x1b[99;u"
    parser = XTermParser()
    assert [event.key for event in parser.feed(known("\x1b[97;5:1u\x1b[97:65;u")) if isinstance(event, Key)]


def test_a_long_answer_without_an_end_is_no_key() -> None:
    here = terminal()
    assert here.take(b"\x1b]52;c;" + b"x" * 1_000) == ""
    assert here.release() == ""
    assert here.take(b"\x1bPabc") == ""
    assert here.release() == "\x1bPabc"


class TestAnswers:
    def asked(self) -> Terminal:
        found = terminal()
        assert found.question() == ASK
        return found

    def test_the_answer_is_kept_and_the_keys_around_it_go_on(self) -> None:
        found = self.asked()
        assert found.take(b"j" + ANSWER + b"k") == "jk"
        assert found.dark is False
        assert found.take(DARK_ANSWER) == ""
        assert found.dark is True

    @given(st.lists(st.integers(1, 40), max_size=12))
    def test_it_may_come_in_pieces(self, cuts: list[int]) -> None:
        found = self.asked()
        data = "ä".encode() + ANSWER + b"\x1b[A"
        text, at = "", 0
        for cut in (*cuts, len(data)):
            text += found.take(data[at : at + cut])
            at += cut
        assert text + found.release() == "ä\x1b[A"
        assert found.dark is False

    def test_escape_is_a_key_when_nothing_comes_after_it(self) -> None:
        found = self.asked()
        assert found.take(b"\x1b") == ""
        assert found.release() == "\x1b"
        assert found.take(b"\x1b]") + found.release() == "\x1b]"

    def test_escape_does_not_wait_when_nothing_was_asked(self) -> None:
        assert terminal().take(b"\x1b") == "\x1b"
        assert terminal().take(b"\x1b[") == "\x1b["

    def test_escape_does_not_wait_after_the_answer(self) -> None:
        found = self.asked()
        found.take(ANSWER)
        assert found.take(b"\x1b") == "\x1b"

    def test_other_reports_are_textuals(self) -> None:
        found = self.asked()
        report = "\x1b[?2026;2$y\x1b[?2048;0$y"
        assert found.take(report.encode()) == report
        assert found.take(b"\x1b[?2026") + found.take(b";2$y") == "\x1b[?2026;2$y"

    def test_a_change_is_told_and_its_word_counts_where_no_colour_was_ever_told(self) -> None:
        found = terminal()
        assert found.take(b"\x1b[?997;2n") == ""
        assert (found.has_changed, found.dark) == (True, False)
        found.take(DARK_ANSWER)
        found.take(b"\x1b[?997;2n")
        assert found.dark is True  # until its colour is asked for anew

    def test_an_answer_that_makes_no_sense_is_dropped(self) -> None:
        found = self.asked()
        assert found.take(b"a\x1b]11;what?\x07b") == "ab"
        assert found.dark is None


class TestAsking:
    """In a pty, whose other end is the person's terminal."""

    def run(self, monkeypatch: pytest.MonkeyPatch, inside: Callable[[Terminal, int], None]) -> int:
        outer, inner = pty.openpty()
        monkeypatch.setattr(module, "_IN", inner)
        monkeypatch.setattr(module, "_OUT", inner)
        before = termios.tcgetattr(inner)
        try:
            with terminal() as asked:
                assert os.read(outer, 100) == ASK.encode()
                inside(asked, outer)
            assert termios.tcgetattr(inner) == before
            os.set_blocking(outer, False)
            with pytest.raises(BlockingIOError):
                os.read(outer, 100)  # nothing was echoed
            return outer
        finally:
            os.close(inner)
            os.close(outer)

    def test_the_answer_is_there_before_the_reader_is_and_what_was_typed_is_kept(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def inside(asked: Terminal, outer: int) -> None:
            assert asked.look() is None
            os.write(outer, b"jj" + ANSWER + b"q")
            assert asked.look() is False
            assert asked.typed == "jjq"

        self.run(monkeypatch, inside)

    def test_a_late_answer_does_not_come_into_the_shell(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def inside(asked: Terminal, outer: int) -> None:
            threading.Timer(0.05, os.write, (outer, ANSWER)).start()

        begun = time.monotonic()
        self.run(monkeypatch, inside)
        assert time.monotonic() - begun < 5

    def test_who_takes_over_gets_the_modes_to_set_at_the_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def inside(asked: Terminal, outer: int) -> None:
            modes = asked.take_over()
            assert modes is not None
            assert modes[3] & termios.ECHO
            termios.tcsetattr(module._IN, termios.TCSANOW, modes)

        self.run(monkeypatch, inside)

    @pytest.mark.parametrize("term", ["linux", "dumb", "vt100", "eterm-color"])
    def test_who_cannot_answer_is_not_asked(self, term: str) -> None:
        assert not terminal(TERM=term).may_be_asked


class TestLetters:
    @given(st.text(), st.sampled_from(["ascii", "iso-8859-1", "utf-8"]))
    def test_a_text_stays_as_wide_as_it_was(self, text: str, charset: str) -> None:
        assert cell_width(spelled(text, charset)) == cell_width(text)

    @given(st.text())
    def test_ascii_is_ascii(self, text: str) -> None:
        assert spelled(text, "ascii").isascii()

    def test_words_stay_readable(self) -> None:
        assert spelled("● “Café – naïve…” ★", "ascii") == '* "Cafe - naive~" +'
        assert spelled("Café ●", "iso-8859-1") == "Café *"
        assert spelled("صوت 坂", "utf-8") == "صوت 坂"
        assert spelled("坂の上", "ascii") == "??????"

    def line(self, *texts: str) -> str:
        segments = Letters("ascii").apply([Segment(text) for text in texts], Color(0, 0, 0))
        return "".join(segment.text for segment in segments)

    def test_a_key_is_named_in_words_where_there_is_room(self) -> None:
        assert self.line("⏎", " open   ", "n", " next      ") == "enter open   n next  "
        assert self.line("⏎", " open") == "< open"
        assert self.line("plain ", "text") == "plain text"

    def test_every_sign_of_ours_has_a_letter(self) -> None:
        drawn: set[str] = set()
        for path in (Path(newsreader.__file__).parent / "ui").rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
                    drawn |= {each for each in node.value if not each.isascii() and not each.isalnum()}
        missing = {sign for sign in drawn - SIGNS.keys() if sign.isprintable() and cell_width(sign)}
        assert not missing, f"ui.letters.SIGNS says nothing of {' '.join(sorted(missing))}"


def test_a_light_terminal_gets_the_light_theme_and_no_terminal_the_dark_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    paths = Paths.under(tmp_path)
    assert ThemedApp(Config(paths), None).theme == "newsreader-dark"
    light = terminal(COLORFGBG="0;15")
    assert ThemedApp(Config(paths), light).theme == "newsreader-light"
    assert light.is_followed
    assert ThemedApp(Config(paths, theme="nord"), light).theme == "nord"
    assert not light.is_followed


def test_sixteen_colours_are_the_terminals_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLORTERM", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    app = ThemedApp(Config(Paths.under(tmp_path), theme="nord"), terminal())
    assert (app.theme, app.theme_wanted) == ("newsreader-terminal", "nord")
