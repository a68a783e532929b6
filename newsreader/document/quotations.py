"""Whether a quotation in a sentence (`q`) brings its marks along: pages write them in it, or on either side of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml import etree

_DOUBLE: Final = '"“„”«»「」『』'
_SINGLE: Final = "\u2018\u201a\u2039\u203a"  # without the apostrophe
_BEGINS: Final = frozenset(_DOUBLE + _SINGLE)
_ENDS: Final = frozenset(f"{_DOUBLE}{_SINGLE}\u2019")
_MARKS: Final = re.compile(f"[{_DOUBLE}{_SINGLE}]")
_LONGEST: Final = 2_000  # characters: what is longer is looked at no further


def is_marked(quotation: etree._Element) -> bool:
    """Whether the page itself put marks around a quotation, right inside or right outside of it."""
    before, parent = quotation.getprevious(), quotation.getparent()
    outside = before.tail if before is not None else parent.text if parent is not None else None
    if (outside or "")[-1:] in _BEGINS and (quotation.tail or "")[:1] in _ENDS:
        return True
    if (quotation.text or "").lstrip()[:1] not in _BEGINS:
        return False
    words = "".join(quotation.itertext()).strip()
    return len(words) <= _LONGEST and words[-1:] in _ENDS and _MARKS.search(words[1:-1]) is None
