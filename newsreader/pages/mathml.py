"""MathML to one line of text."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, Final

from newsreader.pages import tex
from newsreader.pages.formulas import above, accented, based, below, fraction, root, spaced

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml import etree

_DEEPEST: Final = 60
_SILENT: Final = frozenset(["annotation", "annotation-xml", "mphantom", "none", "mprescripts", "maligngroup"])
_LETTERS: Final = frozenset(["mi", "mn", "mo", "ms", "mtext"])


def to_text(math: etree._Element) -> str:
    """Write a `math` element on one line: what it draws, else the TeX that it keeps. Never raises."""
    drawn = spaced(_text(math, 0))
    if drawn:
        return drawn
    notes = [note for note in math.iter("annotation") if "tex" in (note.get("encoding") or "").lower()]
    source = math.get("alttext") or next(("".join(note.itertext()) for note in notes), "")
    return tex.to_text(source)


def _text(element: etree._Element, depth: int) -> str:
    tag = str(element.tag).rpartition(":")[2].lower()
    if tag in _SILENT:
        return ""
    if depth > _DEEPEST:
        return "".join(element.itertext())
    if tag in _LETTERS or (tag not in _MADE and not len(element)):
        written = unescape("".join(element.itertext())).strip(" \n\t")
        return _operator(written) if tag == "mo" else written.replace("'", "′") if tag == "mi" else written
    parts = [_text(child, depth + 1) for child in element]
    if tag == "semantics":
        return parts[0]
    least, made = _MADE.get(tag, (0, _joined))
    return (made if len(parts) >= least else _joined)(parts, element)


def _joined(parts: Sequence[str], _element: etree._Element) -> str:
    return "".join(parts)


def _operator(sign: str) -> str:
    if len(sign) > 1 and sign.isalpha():
        return f" {sign} "
    return f"{sign} " if sign in {",", ";"} else "−" if sign == "-" else sign


def _fraction(parts: Sequence[str], element: etree._Element) -> str:
    if element.get("linethickness") in {"0", "0px", "0pt"}:
        return f"{parts[0]} choose {parts[1]}"
    return fraction(parts[0], parts[1])


def _over(parts: Sequence[str], _element: etree._Element) -> str:
    return accented(parts[0], parts[1]) or parts[0] + above(parts[1])


def _fenced(parts: Sequence[str], element: etree._Element) -> str:
    separator = (element.get("separators", ",") or " ")[0]
    return f"{element.get('open', '(')}{f'{separator} '.join(parts)}{element.get('close', ')')}"


def _table(parts: Sequence[str], _element: etree._Element) -> str:
    return "; ".join(part.strip() for part in parts)


_MADE: Final[dict[str, tuple[int, Callable[[Sequence[str], etree._Element], str]]]] = {
    "mfrac": (2, _fraction),
    "msqrt": (1, lambda parts, _: root("".join(parts))),
    "mroot": (2, lambda parts, _: root(parts[0], parts[1].strip())),
    "msup": (2, lambda parts, _: based(parts[0]) + above(parts[1])),
    "msub": (2, lambda parts, _: parts[0] + below(parts[1])),
    "msubsup": (3, lambda parts, _: parts[0] + below(parts[1]) + above(parts[2])),
    "munder": (2, lambda parts, _: parts[0] + below(parts[1])),
    "mover": (2, _over),
    "munderover": (3, lambda parts, _: parts[0] + below(parts[1]) + above(parts[2])),
    "mfenced": (0, _fenced),
    "mtable": (0, _table),
    "mtr": (0, lambda parts, _: " ".join(part.strip() for part in parts)),
    "mspace": (0, lambda _parts, _element: " "),
}
