"""Pictures of the reader in all kinds of terminals, into screenshots/terminals: `python -m tests.terminals [NAME…]`.

The real program runs in a pty with the environment of such a terminal; what arrives there is drawn: nothing is taken
from inside the program. pyte reads the bytes, chromium draws the cells.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from tests.end_to_end.terminal import Terminal
from tests.screenshots import FOLDER, draw_page

COMMAND = (sys.executable, "-m", "newsreader", "--demo")
_NAMED = {
    "black": "#000000", "red": "#cd0000", "green": "#00cd00", "brown": "#cdcd00", "blue": "#0000ee",
    "magenta": "#cd00cd", "cyan": "#00cdcd", "white": "#e5e5e5", "brightblack": "#7f7f7f", "brightred": "#ff0000",
    "brightgreen": "#00ff00", "brightbrown": "#ffff00", "brightblue": "#5c5cff", "bfightmagenta": "#ff00ff",
    "brightmagenta": "#ff00ff", "brightcyan": "#00ffff", "brightwhite": "#ffffff",
}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A kind of terminal: its environment, and the text and background that are its own."""

    name: str
    environment: dict[str, str] = field(default_factory=dict)
    text: str = "#d0d0d0"
    background: str = "#000000"
    answer: str = ""
    """What it answers when it is asked for its background."""
    keys: tuple[str, ...] = ("j", "j", "s", "m", "j", "j")


KINDS = (
    Kind("true-colour-dark", answer="rgb:1c1c/1c1c/1c1c"),
    Kind("true-colour-light", answer="rgb:ffff/ffff/ffff", text="#000000", background="#ffffff"),
    Kind("256-colours-dark", {"COLORTERM": ""}),
    Kind("256-colours-light", {"COLORTERM": "", "COLORFGBG": "0;15"}, text="#000000", background="#ffffff"),
    Kind("16-colours-dark", {"COLORTERM": "", "TERM": "xterm"}),
    Kind("16-colours-light", {"COLORTERM": "", "TERM": "xterm"}, text="#000000", background="#ffffff"),
    Kind("no-colour", {"NO_COLOR": "1"}),
    Kind("ascii", {"LC_ALL": "C"}, answer="rgb:0000/0000/0000"),
    Kind("ascii-no-colour", {"LC_ALL": "C", "NO_COLOR": "1"}, text="#000000", background="#ffffff"),
    Kind("linux-console", {"TERM": "linux", "COLORTERM": ""}),
)


def run(kind: Kind, *, columns: int = 150, rows: int = 40, keys: tuple[str, ...] | None = None) -> str:
    """Run the reader in such a terminal and return its screen as a page of HTML."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            "PATH": os.environ["PATH"], "HOME": home, "TERM": "xterm-256color", "COLORTERM": "truecolor",
            "LANG": "C.UTF-8", "NEWSREADER_HOME": home, "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            **kind.environment,
        }  # fmt: skip
        with Terminal(COMMAND, environment=environment, columns=columns, rows=rows) as terminal:
            if kind.answer:
                terminal.wait_until(lambda: b"\x1b]11;?" in terminal.raw, "the question", 60)
                terminal.press(f"\x1b]11;{kind.answer}\x1b\\")
            terminal.wait_for("Harbour town", 60)
            terminal.settle(1.5, 20)
            for key in kind.keys if keys is None else keys:
                terminal.press(key)
                terminal.settle(0.4)
            return page(terminal, kind)


def page(terminal: Terminal, kind: Kind) -> str:
    """The screen of a terminal as HTML: first every cell's ground, then the letters, which may be wider than a cell."""
    screen = terminal.screen
    lines = []
    for row in range(screen.lines):
        grounds, letters = [], []
        for column in range(screen.columns):
            cell = screen.buffer[row][column]
            text, ground = _colour(cell.fg, kind.text), _colour(cell.bg, kind.background)
            if cell.reverse:
                text, ground = ground, text
            at = f"left:{column}ch"
            grounds.append(f'<span style="background:{ground};{at}"> </span>')
            drawn = [name for name, on in (("underline", cell.underscore), ("line-through", cell.strikethrough)) if on]
            if cell.data.strip() or drawn:
                looks = f"color:{text};{at};font-weight:{700 if cell.bold else 400}"
                looks += ";font-style:italic" if cell.italics else ""
                looks += f";text-decoration:{' '.join(drawn)}" if drawn else ""
                letters.append(f'<span style="{looks}">{escape(cell.data)}</span>')
        lines.append(f"<div>{''.join(grounds)}{''.join(letters)}</div>")
    style = (
        f"body{{margin:8px;background:{kind.background};font:15px/19px 'Fira Code','Noto Sans Mono','Noto Sans CJK JP',"
        "'Noto Sans Arabic',monospace;font-variant-ligatures:none}div{position:relative;height:19px}"
        "span{position:absolute;white-space:pre;height:19px;min-width:1.05ch}"
    )
    return f"<style>{style}</style>{''.join(lines)}"


def _colour(name: str, usual: str) -> str:
    if name == "default":
        return usual
    return _NAMED.get(name) or f"#{name}"


def main(names: list[str]) -> None:
    folder = FOLDER / "terminals"
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        if not names or kind.name in names:
            draw_page(run(kind), folder / f"{kind.name}.png", 1370, 776)
            print(f"terminals/{kind.name}.png")


if __name__ == "__main__":
    main([Path(name).stem for name in sys.argv[1:]])
