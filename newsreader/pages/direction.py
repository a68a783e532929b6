"""Which way the columns of tables run: said at each table, for what is declared around it does not stay."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

_WAYS: Final = frozenset({"rtl", "ltr"})
_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_rightward: Final = etree.XPath("boolean(//*[translate(normalize-space(@dir), 'RTL', 'rtl') = 'rtl'])")
_declared: Final = etree.XPath("boolean(//table) and boolean(//*[@dir])")


def write_down(root: etree._Element) -> None:
    """Give each table the direction that is declared for it or around it (`dir`), if there is anything to turn.

    That columns run from left to right is said only where there are letters that run the other way.
    """
    if not _declared(root):
        return
    turned = _RIGHT_TO_LEFT.search("".join(root.itertext())) is not None
    if not turned and not _rightward(root):  # as most pages that say so
        for table in root.iter("table"):
            table.attrib.pop("dir", None)
        return
    ways: dict[etree._Element | None, str] = {}
    for element in root.iter():
        own = (element.get("dir") or "").strip().lower() if isinstance(element.tag, str) else ""
        way = ways[element] = own if own in _WAYS else ways.get(element.getparent(), "")
        if element.tag != "table":
            continue
        if way == "rtl" or (way and turned):
            element.set("dir", way)
        else:
            element.attrib.pop("dir", None)
