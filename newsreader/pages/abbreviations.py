"""What abbreviations mean, which browsers show under the pointer, put into the line at the first use: BKA (…)."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from newsreader.text import clean_text, fold_space

NAMES: Final = frozenset({"abbr", "acronym"})
_SHORT: Final = 16  # characters: more are no abbreviation
_LONG: Final = 120  # characters: a longer title is a remark
_MOST: Final = 200  # of one article: each is looked for in all of its text
_JOINED: Final = re.compile(r"[-\u2010\u2013\u2019']?\w")
_LETTER: Final = re.compile(r"[^\W\d_]")
_DIGIT: Final = re.compile(r"\d")
_AS_IT_IS: Final = frozenset({"pre", "code", "a", "h1", "h2", "h3", "h4", "h5", "h6"})


def write_out(root: etree._Element) -> None:
    """Write the title of each abbreviation behind its first use, in brackets and small, unless the text says it."""
    said = fold_space("".join(root.itertext())).casefold()
    written = 0
    for element in list(root.iter(*NAMES)):
        if written == _MOST:
            break
        words = fold_space("".join(element.itertext())).strip()
        meaning = fold_space(clean_text(element.get("title") or "")).strip()
        if not _is_meaning(words, meaning) or meaning.casefold() in said:
            continue
        if _stands_close(element) or next(element.iterancestors(*_AS_IT_IS), None) is not None:
            continue  # a later use has room for it
        written += 1
        said += f"\n{meaning.casefold()}"
        small = etree.SubElement(element, "small")
        small.text = f" ({meaning})"


def _stands_close(element: etree._Element) -> bool:
    """Whether an abbreviation stands in brackets, behind what it is for, or is a part of a word: BKA-Präsident."""
    before = element.getprevious()
    parent = element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else None
    return (text or "").rstrip()[-1:] in {"(", "["} or _JOINED.match(element.tail or "") is not None


def _is_meaning(words: str, meaning: str) -> bool:
    """Whether a title says what an abbreviation stands for; dates carry one for programs, and marks none of use."""
    if not _LETTER.search(words) or not len(words) <= _SHORT or not len(words) < len(meaning) <= _LONG:
        return False
    return _LETTER.search(meaning) is not None and not (_DIGIT.search(meaning) and _DIGIT.search(words))
