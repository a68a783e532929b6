"""Follows README's first command to the letter in a fresh copy, in a terminal, and reads what a newcomer sees.

    newcomer.py FOLDER COMMAND

The command ends in the program itself: what stands before its last && is run first, then the program in a pty.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.end_to_end.terminal import Terminal, environment

FIRST_SCREEN = 1.0  # seconds from the program's start, on the second start: the first compiles the packages


def main(folder: Path, command: str) -> None:
    before, _, program = command.rpartition(" && ")
    subprocess.run(["bash", "-c", before], cwd=folder, check=True)
    for start in ("first", "second"):
        with tempfile.TemporaryDirectory() as home:
            start_program = ["bash", "-c", f"cd '{folder}' && exec {program}"]
            with Terminal(start_program, environment=environment(Path(home))) as terminal:
                seconds = terminal.wait_for("What would you like to read?", 30)
                print(f"{start} start: the first screen after {seconds:.2f} s")
                terminal.settle()
                terminal.press("\x1b")
                terminal.settle()
                terminal.press("Q")
                assert terminal.wait() == 0
                print(terminal.text)
    assert seconds < FIRST_SCREEN, f"the first screen came after {seconds:.2f} s"


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
