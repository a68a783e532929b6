"""Formulas on one line: fractions, roots and indices in the characters that Unicode has for them, else in brackets.

A formula in a terminal has one line and no drawing. What is written here is what a mathematician would type in a
mail: (a + b)/c, √(x² + 1), xᵢ, e^(−t/2).
"""

from __future__ import annotations

import re
from typing import Final

_RAISED: Final = str.maketrans("0123456789+-−=()in*′'", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ*′′")
_LOWERED: Final = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_HIGH: Final = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ*′†‡")
_LOW: Final = frozenset("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
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
_INVISIBLE: Final = re.compile("[\u2061-\u2064\u200a-\u200d\u2060]")


def fraction(above: str, below: str) -> str:
    """Write a fraction."""
    return f"{_bracketed(above, _WHOLE)}/{_bracketed(below, _SINGLE)}"


def root(inside: str, degree: str = "") -> str:
    """Write a root of a degree; a square root without one."""
    if degree in {"", "2"}:
        return f"√{_bracketed(inside, _WHOLE)}"
    sign = {"3": "∛", "4": "∜"}.get(degree)
    return f"{sign or raised(degree) + '√'}{_bracketed(inside, _WHOLE)}"


def raised(text: str) -> str:
    """Write a superscript."""
    text = text.strip()
    shifted = text.replace(" ", "").translate(_RAISED)
    if not text or _HIGH.issuperset(shifted):
        return shifted
    return f"^{_bracketed(text, _SINGLE)}"


def lowered(text: str) -> str:
    """Write a subscript."""
    text = text.strip()
    shifted = text.replace(" ", "").translate(_LOWERED)
    if not text or _LOW.issuperset(shifted):
        return shifted
    return f"_{_bracketed(text, _SINGLE)}"


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
    return " ".join(_INSIDE.sub("", text).split())
