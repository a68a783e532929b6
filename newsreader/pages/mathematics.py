"""Mathematics in a page: each formula becomes its text, once, whatever the page needed to draw it.

KaTeX and MathJax write a formula several times: as MathML for those who hear it, as boxes for those who see it, as TeX
for themselves. Wikipedia adds a picture, and blogs have nothing but a picture with TeX as its alternative.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsreader.pages import mathml, tex

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

MATH: Final = ("math", "m:math", "mml:math")
_PICTURE: Final = re.compile(r"(?:^|\s)(?:latex|tex|mwe-math-fallback-image-\w+)(?:\s|$)")
_SERVICE: Final = re.compile(r"/latex\.php\?|//latex\.codecogs\.com/|/chart\?cht=tx&")
_AROUND: Final = re.compile(  # what holds one formula in all its forms
    r"(?:^|\s)(?:katex(?:-display|-mathml)?|MathJax(?:_Display|_SVG|_CHTML|_Preview)?|MJX_Assistive_MathML"
    r"|mwe-math-(?:element|mathml-\w+))(?:\s|$)"
)
_CONTAINERS: Final = frozenset(["mjx-container", "mjx-assistive-mml", "mjx-math", "span", "div"])
_BLOCK: Final = re.compile(r"katex-display|MathJax_Display|mwe-math-mathml-display")


def formula_of(attribute: Callable[[str, str], str]) -> str:
    """Give the text of a formula of which a picture is shown; empty for any other picture.

    `attribute` gives the value of an attribute, or its second argument where there is none.
    """
    alternative = attribute("alt", "").strip()
    if alternative.startswith("{\\displaystyle"):
        return tex.to_text(alternative)
    if alternative and (_PICTURE.search(attribute("class", "")) or _SERVICE.search(attribute("src", ""))):
        return tex.to_text(alternative)
    return ""


def write_out(root: etree._Element) -> None:
    """Put the text of each formula that is not only a picture in its place."""
    for script in list(root.iter("script")):
        kind = script.get("type") or ""
        if kind.startswith("math/tex"):
            before = script.getprevious()
            while before is not None and _AROUND.search(before.get("class") or "") and not (before.tail or "").strip():
                drawn, before = before, before.getprevious()
                _put(drawn, "", display=False)
            _put(script, tex.to_text("".join(script.itertext())), display="mode=display" in kind)
    for math in [math for math in root.iter(*MATH) if next(math.iterancestors(*MATH), None) is None]:
        text = mathml.to_text(math)
        place, display = _whole(math)
        _put(place, text, display=display or math.get("display") == "block")


def _whole(math: etree._Element) -> tuple[etree._Element, bool]:
    """Find the outermost element that is nothing but this formula, and whether it stands on lines of its own."""
    place, display = math, False
    for around in math.iterancestors(*_CONTAINERS):
        classes = around.get("class") or ""
        if not str(around.tag).startswith("mjx-") and not _AROUND.search(classes):
            break
        formulas = around.iter(*MATH)
        if next(formulas) is not math or next(formulas, None) is not None:
            break
        place = around
        display = display or bool(_BLOCK.search(classes)) or around.get("display") in {"true", "block"}
    return place, display


def _put(element: etree._Element, text: str, *, display: bool) -> None:
    """Make an element hold a text and nothing else; what stands behind it stays."""
    tail = element.tail
    element.clear()
    element.tag = "div" if display else "span"
    element.text, element.tail = text, tail
