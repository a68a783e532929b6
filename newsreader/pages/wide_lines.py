"""Lines of Chinese and Japanese: these scripts know no spaces, so a line break in their source is none.

Browsers do so, too ("segment break transformation" in CSS Text); Korean has spaces.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml import etree

_WIDE: Final = (
    "\u3001-\u303f\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff"
)
_BREAK: Final = re.compile(rf"(?<=[{_WIDE}])[ \t\r]*\n[ \t\r\n]*(?=[{_WIDE}])")


def joined(text: str) -> str:
    """Join the lines of a text where a wide character stands on both sides of the break."""
    return text if text.isascii() else _BREAK.sub("", text)


def join(body: etree._Element, html: str) -> None:
    """Do the same in the running text of a tree that was made of `html`; listings stay as they are."""
    if html.isascii() or _BREAK.search(html) is None:
        return
    for element in body.iter():
        if element.text and "\n" in element.text and not _is_listed(element):
            element.text = joined(element.text)
        if element.tail and "\n" in element.tail and not _is_listed(element.getparent()):
            element.tail = joined(element.tail)


def _is_listed(element: etree._Element | None) -> bool:
    return element is not None and (element.tag == "pre" or next(element.iterancestors("pre"), None) is not None)
