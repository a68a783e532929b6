"""Sentences about invented articles, true and false, from `receipt_cases.txt`, which tells what they are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

_SECTION = re.compile(r"^\[(.+) (\w+)\]$", re.MULTILINE)
_TRUE = re.compile(r"\+(\d+) (.*)")


class Case(NamedTuple):
    """An article, what is true of it with the paragraph (from 1) that bears it out, and what is not."""

    language: str
    paragraphs: tuple[str, ...]
    true: tuple[tuple[str, int], ...]
    false: tuple[str, ...]


def cases(of: str) -> tuple[Case, ...]:
    """The cases of one set: "tuned", "near", "held out"."""
    _, *parts = _SECTION.split(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8"))
    named = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return tuple(_case(language, body) for name, language, body in named if name == of)


def _case(language: str, body: str) -> Case:
    lines = [line for line in body.splitlines() if line]
    true = tuple((found[2], int(found[1])) for found in map(_TRUE.fullmatch, lines) if found)
    false = tuple(line.removeprefix("- ") for line in lines if line.startswith("- "))
    return Case(language, tuple(line for line in lines if line[0] not in "+-"), true, false)
