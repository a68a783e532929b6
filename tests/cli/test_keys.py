from __future__ import annotations

from newsreader.cli import EXIT_FAILED
from newsreader.config import Paths
from newsreader.ui.keys import COMMANDS
from tests.cli.conftest import Shell


def configured(shell: Shell, text: str) -> None:
    paths = Paths.under(shell.home)
    paths.config.mkdir(parents=True)
    paths.config_file.write_text(text)


def test_the_keys_are_printed_with_the_name_and_the_help_of_each_command(shell: Shell) -> None:
    printed = shell("keys")
    assert all(command.id in printed and command.help in printed for command in COMMANDS)
    assert "  s  " in next(line for line in printed.splitlines() if " bookmark  " in line)


def test_the_keys_are_those_of_the_person_unless_a_preset_is_named(shell: Shell) -> None:
    configured(shell, '[keys]\npreset = "newsboat"\nbookmark = "X"\n[macros]\na = "bookmark; next-unread"\n')
    keys = {each["id"]: each for each in shell.json("keys")}
    assert keys["bookmark"]["keys"] == ["X"]
    assert keys["toggle_read"]["keys"] == ["N", "m"]
    assert keys[", a"]["macro"] == "bookmark; next-unread"
    assert "bookmark; next-unread" in shell("keys")
    keys = {each["id"]: each for each in shell.json("keys", "--preset", "default")}
    assert keys["bookmark"]["keys"] == ["s"]
    assert keys["toggle_read"]["keys"] == ["m"]
    assert ", a" not in keys


def test_what_cannot_be_followed_is_said(shell: Shell) -> None:
    configured(shell, '[keys]\nbokmark = "B"\n[macros]\na = "next-unred"\n')
    printed = shell("keys", status=EXIT_FAILED)
    assert "config.toml, line 2: there is no command bokmark. Did you mean bookmark?" in printed
    assert "config.toml, line 4: There is no command next-unred. Did you mean next-unread?" in printed
