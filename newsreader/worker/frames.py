"""What goes through the pipes between the worker and a child; both ends import it from here, so that pickles agree."""

from __future__ import annotations

import struct
from enum import StrEnum
from typing import Any, Final, NamedTuple

HEADER: Final = struct.Struct(">Q")
"""The length that goes before each pickle."""


class Status(StrEnum):
    """How a job ended."""

    DONE = "done"  # the value is its result
    FAILED = "failed"  # the value is the NewsreaderError it raised
    CRASHED = "crashed"  # the value is a traceback: a mistake of ours, or of a library
    MEMORY = "memory"  # the memory cap was met; this child ends


class Answer(NamedTuple):
    """What a child sends back: the outcome, the processor seconds it has used in all, and whether it wants to end."""

    status: Status
    value: Any
    cpu: float
    tired: bool
