from __future__ import annotations

import re
from pathlib import Path

from newsreader.cli.parser import build_parser
from newsreader.store.settings import SETTINGS
from newsreader.ui.keymap import table

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_essentials_stand_within_25_lines() -> None:
    start = "\n".join(README.splitlines()[:25])
    assert start.startswith("# newsreader\n")
    assert "![" in start
    assert start.count("    python3 -m venv .venv && ") == 2


def test_the_keys_are_those_of_the_command_table() -> None:
    written = re.search(r"<!-- keys -->\n(.*)<!-- /keys -->", README, re.DOTALL)
    assert written is not None
    assert written.group(1).strip() == table().strip(), "write what newsreader.ui.keymap.table() gives into README.md"


def test_every_picture_is_there() -> None:
    for name in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README):
        assert (ROOT / name).stat().st_size > 10_000


def test_every_command_is_told_of() -> None:
    parser = build_parser()
    commands = next(action.choices for action in parser._actions if isinstance(action.choices, dict))
    for command in set(commands) - {"config"}:
        assert f"newsreader {command}" in README
    assert "newsreader config --path" in README
    assert "newsreader config --example" in README


def test_every_option_is_told_of() -> None:
    parser = build_parser()
    commands = next(action.choices for action in parser._actions if isinstance(action.choices, dict))
    internal = {"--help", "--requests", "--window"}  # the reader's own way of running its worker
    options = {
        option
        for each in (parser, *commands.values())
        for action in each._actions
        for option in action.option_strings
        if option.startswith("--") and option not in internal
    }
    assert not {option for option in options if option not in README}


def test_every_setting_of_a_source_is_told_of() -> None:
    assert all(name in README for name in SETTINGS)
