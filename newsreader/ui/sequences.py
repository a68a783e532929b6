"""Of what a terminal sends, only what is known to mean something reaches Textual's parser.

That takes what it does not know for keys, letter by letter, so that an answer nobody asked for could hide an article;
and it fails for numbers that are no letter's.
"""

from __future__ import annotations

import re
from typing import Final

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

_SEQUENCE: Final = re.compile(r"\x1b\[(?!M)([0-?]*)[ -/]*[@-~]")
_KNOWN: Final = re.compile(
    r"\x1b\[(?:[\d:;]*[u~ABCDEFHPQRS]"  # keys, and where the cursor is
    r"|<\d{1,6};-?\d{1,6};-?\d{1,6}[Mm]"  # the mouse
    r"|[IO]|\?\d+;\d\$y"  # the focus, and what the terminal can do
    r"|48;[1-9]\d{0,2}(?::\d*)*;1?[1-9]\d{0,2}(?::\d*)*;[\d:]+;[\d:]+t)"  # its size
)
_KEYS: Final = "u~ABCDEFHPQRS"
_LAST: Final = 0x10FFFF
_HALVES: Final = range(0xD800, 0xE000)  # of a letter in UTF-16: none by themselves


def known(text: str) -> str:
    """The text without the sequences that mean nothing here."""
    return _SEQUENCE.sub(_kept, text) if "\x1b[" in text else text


def _kept(found: re.Match[str]) -> str:
    sequence = found.group()
    if sequence in ANSI_SEQUENCES_KEYS:
        return sequence
    if _KNOWN.fullmatch(sequence) is None:
        return ""
    if sequence[-1] in _KEYS and ":" in sequence:
        key, _, rest = found[1].partition(";")
        pressed, _, typed = rest.partition(";")
        if pressed.endswith(":3"):  # let go
            return ""
        # Textual reads neither the other letters of the key nor how it was pressed, and fails for them.
        sequence = f"\x1b[{key.partition(':')[0]};{pressed.partition(':')[0]}{typed and f';{typed}'}{sequence[-1]}"
    numbers = re.findall(r"\d+", found[1])
    wrong = any(len(each) > len(str(_LAST)) or int(each) > _LAST or int(each) in _HALVES for each in numbers)
    return "" if wrong else sequence
