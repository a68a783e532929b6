"""Formulas on one line: fractions, roots and indices in the characters that Unicode has for them, else in brackets.

A formula in a terminal has one line and no drawing. What is written here is what a mathematician would type in a
mail: (a + b)/c, √(x² + 1), xᵢ, e^(−t/2).
"""

from __future__ import annotations

import re
from typing import Final

from newsreader.text import lowered, raised

_ACCENTS: Final = {
    **dict.fromkeys("¯‾_-−", "\u0304"),
    **dict.fromkeys("^ˆ", "\u0302"),
    **dict.fromkeys("~˜∼", "\u0303"),
    **dict.fromkeys("→⃗", "\u20d7"),
    **dict.fromkeys("˙.", "\u0307"),
    **dict.fromkeys("¨", "\u0308"),
    **dict.fromkeys("ˇ", "\u030c"),
    **dict.fromkeys("˘", "\u0306"),
}
_WHOLE: Final = re.compile(r"[√∛∜]?[\w.,′∞∂∇°]*|\([^()]*\)|\|[^|]*\|")
_SINGLE: Final = re.compile(r"[\d.,]*|[√∛∜]?[^\W\d_][′⁰¹²³⁴-⁹ⁿⁱ₀-₉ₐ-ₜᵢᵣᵤᵥ]*|[^\W\d_]{3,}|[∞*]|\([^()]*\)|\|[^|]*\|")
_BETWEEN: Final = re.compile(r"\s*([=<>≤≥≠≈≡∼≃≅∝∈∉∋⊂⊃⊆⊇→←↔⇒⇐⇔↦⟶⟹⟺∧∨∪∩±∓×÷·∘⊕⊗≪≫≔∣∥⊥])\s*")
_SUM: Final = re.compile(r"(?<=[\w)\]}′⁰¹²³⁴-⁹ⁿⁱ₀-₉ₐ-ₜ|!∞])\s*([+−-])\s*(?=[\w(\[{√∑∏∫|∂∇−…⋯])")
_INSIDE: Final = re.compile(r"(?<=[(\[])\s+|\s+(?=[)\],;])")
_COMMA: Final = re.compile(r",(?=[^\s\d])")
_APPLIED: Final = re.compile(r"\u2061(?=\w)")
_SHORT: Final = 24  # characters: up to here a formula stands on one line
_INVISIBLE: Final = re.compile("[\u2061-\u2064\u200a-\u200d\u2060]")


def fraction(upper: str, lower: str) -> str:
    """Write a fraction."""
    return f"{_bracketed(upper, _WHOLE)}/{_bracketed(lower, _SINGLE)}"


def root(inside: str, degree: str = "") -> str:
    """Write a root of a degree; a square root without one."""
    if degree in {"", "2"}:
        return f"√{_bracketed(inside, _WHOLE)}"
    sign = {"3": "∛", "4": "∜"}.get(degree)
    return f"{sign or above(degree) + '√'}{_bracketed(inside, _WHOLE)}"


def above(text: str) -> str:
    """Write a superscript."""
    written = text.strip().replace("'", "′")
    return _indexed(written, raised(written.replace(" ", "")), "^")


def below(text: str) -> str:
    """Write a subscript."""
    written = text.strip()
    return _indexed(written, lowered(written.replace(" ", "")), "_")


def _indexed(written: str, shifted: str, sign: str) -> str:
    if shifted != written.replace(" ", "") or not written.strip("*′†‡"):
        return shifted
    return f"{sign}{_bracketed(written, _SINGLE)}"


def accented(base: str, sign: str) -> str | None:
    """Write a letter with a sign above it; None where there is no such letter in Unicode's way of writing."""
    accent = _ACCENTS.get(sign.strip())
    return base + accent if accent and len(base) == 1 else None


def based(text: str) -> str:
    """Write what carries an index so that it belongs to all of it."""
    return _bracketed(text, _WHOLE)


def _bracketed(text: str, whole: re.Pattern[str]) -> str:
    text = text.strip()
    return text if whole.fullmatch(text) else f"({text})"


def spaced(text: str) -> str:
    """Set a formula: a space around signs of relation and of operation, no other but between words."""
    text = _INVISIBLE.sub("", _APPLIED.sub(" ", text))
    text = _SUM.sub(r" \1 ", _BETWEEN.sub(r" \1 ", _COMMA.sub(", ", text)))
    words = _INSIDE.sub("", text).split()
    return (" " if len(text) > _SHORT else "\xa0").join(words)
