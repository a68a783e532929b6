"""The chosen part of a page without its clutter: lists of links, labels, headings that lead elsewhere."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from newsreader.bounds import NO_TEXT
from newsreader.pages.measuring import HEADINGS, LABEL, LONG
from newsreader.pages.phrases import DISCUSSION, SECTION
from newsreader.pages.pruning import DOOMED, drop_doomed, holds_quoted_post, names_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from newsreader.pages.measuring import Measure, Measures

_BOXES: Final = frozenset({"aside", "div", "footer", "header", "ol", "section", "table", "ul"})
_SHORT_BY_NATURE: Final = frozenset({"dd", "figure", "li", "pre", "td", "th"})
_LISTS: Final = frozenset({"ol", "table", "ul"})
_MANY_COMMAS: Final = 10  # so many are prose, whatever is linked in it
_ROW: Final = 600  # characters: a longer row of a table holds an article
_AMID: Final = 1000  # characters in the neighbours of a box: it stands in the middle of the text
_POST: Final = 1000  # characters: a longer box with a quoted post holds more than it
_BETWEEN: Final = 4  # elements below a heading are looked at
_BYLINE: Final = 60  # characters
_DISCUSSION: Final = re.compile(
    r"(?:^|[\s_-])(?:comments?|kommentar\w*|comentarios?|commentaires?|respond|replies|disqus\w*)"
    r"(?:[\s_-]?(?:list|area|section|thread|form|wrap\w*|container|box|block|module?))?(?:$|[\s_-])",
    re.IGNORECASE,
)
_TEXT_NAMES: Final = re.compile("article|body|content|entry|main|page|post|text|blog|story", re.IGNORECASE)
_OTHER_NAMES: Final = re.compile(
    "combx|comment|com-|contact|foot|masthead|media|meta|outbrain|promo|related|scroll|shoutbox|sidebar|sponsor"
    "|shopping|tags|tool|widget",
    re.IGNORECASE,
)


def refine(core: HtmlElement, measures: Measures) -> None:
    """Take out of the element that was chosen what is no text of the article."""
    whole = measures[core].running
    clutter: list[HtmlElement] = []
    for element in core.iterdescendants():
        found = measures.get(element)
        if found is None:
            continue
        if _is_clutter(element, found, measures) or _is_other_section(element, found, whole):
            clutter.append(element)
            if found.opening and element.tag not in _BOXES:
                clutter += _announced_by(element, measures)
    for element in clutter:
        element.tag = DOOMED
    drop_doomed(core)


def _is_other_section(element: HtmlElement, found: Measure, whole: int) -> bool:
    """Whether an element is a discussion, or begins with a title that says that it is none of the article.

    `whole` is the running text of all; a page of nothing but a discussion keeps that.
    """
    if found.opening == SECTION:
        return found.running <= 0.3 * whole
    return (found.opening == DISCUSSION or _is_discussion(element)) and found.running < whole - NO_TEXT


def _announced_by(title: HtmlElement, measures: Measures) -> list[HtmlElement]:
    """Give the boxes and lists right below a title that says that they are none of the article."""
    boxes: list[HtmlElement] = []
    for below in title.itersiblings():
        found = measures.get(below)
        if found is None or not found.chars:
            continue
        if below.tag not in _BOXES or (found.link_share <= 0.25 and measures[title].opening != DISCUSSION):
            break
        boxes.append(below)
    return boxes


def _is_clutter(element: HtmlElement, found: Measure, measures: Measures) -> bool:
    if element.tag in HEADINGS:
        return found.link_share > 0.33 and not _has_text_below(element, measures)
    if element.tag not in _BOXES or found.commas >= _MANY_COMMAS or _is_entry(element, found, measures):
        return False
    if _is_quoted(element, measures):
        return False
    if found.chars < LABEL:
        return _is_label(element, found)
    if found.link_share <= (0.5 if element.tag in _LISTS or _is_named_text(element) else 0.25):
        return False
    return found.link_share > 0.8 or _text_beside(element, measures) <= _AMID


def _has_text_below(heading: HtmlElement, measures: Measures) -> bool:
    """Whether a paragraph follows: then a heading that is a link is part of a text about many things.

    A picture, a player or a line of who wrote it may stand between the two.
    """
    for below in islice((below for below in heading.itersiblings() if below in measures), _BETWEEN):
        if below.tag == "p" and measures[below].running > LONG:
            return True
        if below.tag in HEADINGS or measures[below].chars > _BYLINE:
            return False
    return False


def _is_quoted(element: HtmlElement, measures: Measures) -> bool:
    """Whether a box is part of a quotation, who was quoted for example, or holds the post of somebody."""
    quote = next(element.iterancestors("blockquote"), None)
    if quote is not None and quote in measures and measures[quote].chars <= _AMID:
        return True
    return measures[element].chars <= _POST and holds_quoted_post(element)


def _is_discussion(element: HtmlElement) -> bool:
    return element.tag in _BOXES and _DISCUSSION.search(names_of(element)) is not None


def _is_label(element: HtmlElement, found: Measure) -> bool:
    """Whether a box of a few words, or none, is no text: nothing says that it is, and it is in no table or list."""
    if found.link_share > 0.5:
        return True
    if found.pictures or found.stated or element.tag in _LISTS:
        return False
    return not found.chars or next(element.iterancestors(*_SHORT_BY_NATURE), None) is None


def _is_entry(element: HtmlElement, found: Measure, measures: Measures) -> bool:
    """Whether a box is all that stands in a cell of a table whose row is short: what is a name or a link there is data.

    Where a page is laid out by a table, a row is long: it holds the article.
    """
    around = element.getparent()
    while around is not None and around.tag == "div" and _is_all_of(around, found, measures):
        around = around.getparent()
    if around is None or around.tag not in {"td", "th"} or not _is_all_of(around, found, measures):
        return False
    row = around.getparent()
    if row is None or row not in measures or measures[row].chars > _ROW:
        return False
    return sum(cell in measures and measures[cell].chars > 0 for cell in row) > 1


def _is_all_of(around: HtmlElement, found: Measure, measures: Measures) -> bool:
    return around in measures and measures[around].chars == found.chars


def _is_named_text(element: HtmlElement) -> bool:
    names = names_of(element)
    return _TEXT_NAMES.search(names) is not None and _OTHER_NAMES.search(names) is None


def _text_beside(element: HtmlElement, measures: Measures) -> int:
    return sum(
        measures[beside].chars
        for beside in (element.getprevious(), element.getnext())
        if beside is not None and beside in measures
    )
