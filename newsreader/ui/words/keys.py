"""What is said about keys: those that were begun, and those that mean nothing here."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _

LEAVE_BEGUN: Final = _("esc leaves, ⌫ takes back a step")
