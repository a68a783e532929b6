"""The screen over libraries of any size, beside an empty Textual app and newsboat.

    python -m tests.benchmarks.scale_ui [--newsboat N …] [--runs 5] LIBRARY …

A LIBRARY is a folder with a library.db somewhere in it, or the file itself (tests.benchmarks.library makes them); it is
copied, never written to. All programs start in turn, so figures of one run compare; those of different runs do not.

- start: from the start of the process until lists look as they do when all is silent; "all": with the reader pane.
- open, search: from the key until the list looks as it does when all is silent. j: from the key to the last byte.
- A: every article of the largest source marked read; "next j" is the first key after it, "done" when that is said.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks import newsboat_screen as newsboat
from tests.benchmarks.keys import percentile
from tests.benchmarks.library import NOW
from tests.benchmarks.probe import Area, Probe
from tests.end_to_end.terminal import PROGRAM, environment

COLUMNS, ROWS = 140, 40
_EMPTY_APP = str(Path(__file__).with_name("empty_app.py"))
_LISTS = Area(0, 0, 71, ROWS - 3)
_LIST = Area(30, 3, 71, ROWS - 3)
_ALL = Area(0, 0, COLUMNS, ROWS - 3)
_KEYS = 100


@dataclass
class Figures:
    """What was measured of one program, in milliseconds and megabytes, by name."""

    name: str
    values: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, *values: float | None) -> None:
        self.values.setdefault(name, []).extend(value for value in values if value is not None)


@dataclass
class Program:
    """How a program is started, and what of its screen counts as full."""

    figures: Figures
    command: list[str]
    environment: dict[str, str]
    full: Area
    whole: Area
    home: Path | None = None
    words: str = ""
    """What stands on the full screen of a program that is silent for long while it starts."""

    def start(self) -> Probe:
        return Probe(self.command, self.environment, COLUMNS, ROWS)

    def time_start(self) -> None:
        with self.start() as probe:
            if self.words:
                probe.until_written(self.words, 120)
            probe.settle(1.0, 120)
            full, whole = probe.looks((self.full, self.whole))
            assert full, probe.text
            assert whole, probe.text
            self.figures.add("start", (full[0] - probe.started) * 1_000)
            self.figures.add("start, CPU", full[1])
            self.figures.add("start, all", (whole[0] - probe.started) * 1_000)
            resident, proportional = probe.memory()
            self.figures.add("RSS", resident)
            self.figures.add("PSS", proportional)


def prepared(library: Path, home: Path) -> Path:
    """Copy a library into a home of its own, with nothing due, and let the reader be there once."""
    file = library if library.is_file() else next(library.rglob("library.db"))
    data = home / "newsreader" / "data"
    data.mkdir(parents=True)
    subprocess.run(["cp", "--reflink=auto", str(file), str(data / "library.db")], check=True)
    with closing(sqlite3.connect(data / "library.db")) as raw:
        raw.execute("UPDATE fetch_state SET last_attempt = ?, next_due = ?", (NOW, NOW + 80_000))
        raw.commit()
    return data / "library.db"


def reader(library: Path, home: Path) -> Program:
    file = prepared(library, home)
    with closing(sqlite3.connect(file)) as raw:
        (count,) = raw.execute("SELECT count(*) FROM status WHERE here = 1").fetchone()
    env = environment(home, NEWSREADER_NOW=str(NOW))
    env |= {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}  # another checkout's program
    program = Program(Figures(f"newsreader {count:,}"), [PROGRAM], env, _LISTS, _ALL, home)
    with program.start() as probe:
        probe.settle(3.0, 60)
    return program


def word_of(file: Path) -> str:
    """A word that many of the newest titles have."""
    with closing(sqlite3.connect(file)) as raw:
        rows = raw.execute(
            "SELECT title FROM article WHERE id IN "
            "(SELECT id FROM status WHERE here = 1 ORDER BY sort_at DESC LIMIT 300)"
        ).fetchall()
    found = (word.lower() for (title,) in rows for word in set(title.split()))
    words = Counter(word for word in found if word.isalpha() and len(word) > 4)
    return str(words.most_common(1)[0][0])


def largest_source(file: Path) -> str:
    """The name of the source with most articles, as the source list begins it."""
    with closing(sqlite3.connect(file)) as raw:
        (name,) = raw.execute(
            "SELECT coalesce(given_title, feed_title) FROM source WHERE removed_at IS NULL ORDER BY total DESC LIMIT 1"
        ).fetchone()
    return str(name)


def use_reader(program: Program) -> None:
    """One sitting: keys in the list, lists opened, a search, everything of a source marked read."""
    assert program.home is not None
    file = program.home / "newsreader" / "data" / "library.db"
    add = program.figures.add
    with program.start() as probe:
        probe.settle(2.0, 60)
        for _ in range(6):
            for keys, name in (("ga", "open All"), ("gu", "open Unread")):
                since = probe.press(keys)
                add(name, probe.reached(_LIST, since, 0.6, 5))
        probe.press("ga")
        probe.settle(0.6, 5)
        move(probe, program.figures)
        search(probe, program.figures, word_of(file))
        mark(probe, program.figures, largest_source(file))
        resident, proportional = probe.memory()
        add("RSS after use", resident)
        add("PSS after use", proportional)
        probe.press("Q")


def move(probe: Probe, figures: Figures) -> None:
    worked = probe.worked()
    figures.add("j", *(probe.painted("j") for _ in range(_KEYS)))
    figures.add("j, CPU", (probe.worked() - worked) / _KEYS)
    figures.add("ctrl+d", *(probe.painted("\x04") for _ in range(30)))
    for keys, name in (("G", "G, to the end"), ("gg", "gg, to the top")) * 3:
        since = probe.press(keys)
        figures.add(name, probe.reached(_LIST, since, 0.6, 5))
    for key, name in (("j", "j held, behind"), ("\x04", "ctrl+d held, behind")):
        figures.add(name, held(probe, key))
    probe.press("gg")
    probe.settle(0.6, 5)


def held(probe: Probe, key: str) -> float:
    """Milliseconds by which the screen is behind after a key was held for two seconds (30 times a second)."""
    pressed = probe.press(key)
    for number in range(1, 60):
        while (wait := pressed + number / 30 - time.perf_counter()) > 0:
            probe.read(wait)
        os.write(probe.file, key.encode())
    last = time.perf_counter()
    return (probe.settle(0.1, 10) - last) * 1_000


def search(probe: Probe, figures: Figures, word: str) -> None:
    probe.press("/")
    probe.settle(0.4, 5)
    for letter in word:
        since = probe.press(letter)
        # The words of the texts, which stand on every third line, come behind the results.
        figures.add("search, a letter", probe.reached(_LIST, since, 0.5, 5, share=0.6))
    probe.press("\x1b")
    probe.settle(0.6, 5)


def find_row(probe: Probe, name: str) -> int:
    """Bring a source into view in the source list; gives its line."""
    probe.press("hgg")
    probe.settle(0.6, 5)
    for _ in range(200):
        for number, line in enumerate(probe.text.splitlines()):
            if f"{name[:22]} " in line[:30]:
                return number
        probe.press("\x04")
        probe.settle(0.3, 2)
    raise AssertionError(f"{name} is not in the source list:\n{probe.text}")


def mark(probe: Probe, figures: Figures, name: str) -> None:
    """Open the largest source with the mouse, mark all of it read, and move on at once."""
    row = find_row(probe, name)
    probe.press("gg")
    probe.settle(1.0, 5)
    row = find_row(probe, name)
    since = probe.press(f"\x1b[<0;8;{row + 1}M\x1b[<0;8;{row + 1}m")
    figures.add("open the largest source", probe.reached(_LIST, since, 0.6, 5))
    begun = probe.press("lA")
    since = probe.press("j")
    figures.add("A, next j", probe.reached(_LIST, since, 0.1, 5))
    probe.wait_for("marked read", "is read already")
    figures.add("A, done", (probe.last - begun) * 1_000)


def boat(folder: Path, articles: int) -> Program:
    newsboat.furnish(folder, articles)
    whole = Area(0, 0, COLUMNS, ROWS)
    figures = Figures(f"newsboat {articles:,}")
    return Program(figures, newsboat.command(folder), newsboat.environment(folder), whole, whole, words="Feedno")


def use_boat(program: Program) -> None:
    add = program.figures.add
    with program.start() as probe:
        probe.until_written(program.words, 120)
        probe.settle(1.0, 120)
        for _ in range(3):
            since = probe.press("\r")
            add("open the largest source", probe.reached(program.whole, since, 0.6, 60))
            probe.press("q")
            probe.settle(0.6, 60)
        probe.press("\r")
        probe.settle(0.6, 60)
        add("j", *(probe.painted("j") for _ in range(_KEYS)))
        probe.press("q")
        probe.settle(0.6, 60)
        probe.press("/")
        probe.settle(0.4, 5)
        probe.press("needle")
        probe.settle(0.4, 5)
        since = probe.press("\r")
        add("search, all at once", probe.reached(program.whole, since, 4.0, 60))
        resident, proportional = probe.memory()
        add("RSS after use", resident)
        add("PSS after use", proportional)


def table(programs: list[Program]) -> str:
    """The figures of all programs side by side: p50 / p95, and beside a start its ratio to the empty app."""
    names = dict.fromkeys(name for program in programs for name in program.figures.values)
    lines = ["".join([f"{'':<26}", *(f"{program.figures.name:>22}" for program in programs)])]
    base = programs[0].figures.values
    for name in names:
        cells = []
        for program in programs:
            values = program.figures.values.get(name)
            if not values:
                cells.append(f"{'':>22}")
                continue
            middle, high = percentile(values, 0.5), percentile(values, 0.95)
            beside = name in base and program is not programs[0]
            ratio = f" x{middle / percentile(base[name], 0.5):.2f}" if beside else ""
            cells.append(f"{f'{middle:.1f} / {high:.1f}{ratio}':>22}")
        lines.append("".join([f"{name:<26}", *cells]))
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("libraries", nargs="+", type=Path)
    parser.add_argument("--newsboat", nargs="*", type=int, default=[])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only-start", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        word = Area(0, 0, COLUMNS, ROWS)
        empty = Program(Figures("empty app"), [sys.executable, _EMPTY_APP], environment(folder), word, word)
        readers = [reader(library, folder / f"home{number}") for number, library in enumerate(chosen.libraries)]
        boats = [boat(folder / f"boat{number}", number) for number in chosen.newsboat if newsboat.NEWSBOAT]
        programs = [empty, *readers, *boats]
        for _ in range(chosen.runs):
            for program in programs:
                program.time_start()
        if not chosen.only_start:
            for program in readers:
                use_reader(program)
            for program in boats:
                use_boat(program)
        print("milliseconds and megabytes, p50 / p95; x: beside the empty app", table(programs), sep="\n")


if __name__ == "__main__":
    main()
