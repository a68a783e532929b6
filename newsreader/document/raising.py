"""Superscripts and subscripts in Unicode's own characters, one for one, so that places in the text stay."""

from __future__ import annotations

from typing import Final

_RAISED: Final = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED: Final = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_STANDING: Final = " [],*†‡"  # what may stand among them as it is


def raised(text: str) -> str:
    """Set a text as a superscript if there is a character for each of its own."""
    return _shifted(text, text.translate(_RAISED))


def lowered(text: str) -> str:
    """Set a text as a subscript if there is a character for each of its own."""
    return _shifted(text, text.translate(_LOWERED))


def _shifted(text: str, shifted: str) -> str:
    return shifted if all(a != b or a in _STANDING for a, b in zip(text, shifted, strict=True)) else text
