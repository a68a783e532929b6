"""Where on a measured page the article is: below its headline, where most of the running text is, and no wider.

The element with the highest sum is taken (see `measuring`), then the way down is followed as long as almost all of
the sum is in one part. What the page marks as its article counts half as much again, and so does what holds the words
that the feed gave.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from newsreader.bounds import MAX_TITLE
from newsreader.pages.measuring import INLINE
from newsreader.pages.pruning import likelihood, names_of
from newsreader.pages.trimming import key_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from lxml.html import HtmlElement

    from newsreader.pages.measuring import Measures

_BODY_CLASSES: Final = re.compile(
    r"(?:^|\s)(?:entry-content|post-content|article-body|article-content|article__body|article__content|post-body"
    r"|story-body|articleBody|article-text|post__content|single-content)(?:\s|$)"
)
_BOX_NAMES: Final = (
    "a article aside body center dd details div dl fieldset figure footer form header li main ol section span table "
    "tbody td tr ul"
)
_BOXES: Final = frozenset(_BOX_NAMES.split())
_MARKED: Final = 1.5  # so much more counts the sum of an element that the page marks as its article
_BESIDE: Final = 0.1  # of the sum in the largest part: if there is more beside it, the whole is the article
_LEAD: Final = 160  # characters of running text: a shorter line under a headline sums the article up
_LONGEST_LEAD: Final = 1500
_START: Final = 80  # characters: by so much of its beginning a summary is found on the page
_FEW: Final = 30  # characters: by fewer nothing is found
_SUMMING_UP: Final = re.compile(
    "dek|standfirst|summary|blurb|subtitle|description|caption|byline|meta|image|photo|credit|author", re.IGNORECASE
)


def headline_of(body: HtmlElement, measures: Measures, names: Collection[str]) -> HtmlElement | None:
    """Find the headline: the first heading that is one of the titles, else the page's only heading of the first rank.

    `names` are the titles that are known, as `key_of` gives them.
    """
    first = []
    for heading in body.iter("h1", "h2", "h3"):
        if heading not in measures or measures[heading].chars > 2 * MAX_TITLE:
            continue
        if is_title(heading, names):
            return heading
        if heading.tag == "h1":
            first.append(heading)
    return first[0] if len(first) == 1 else None


def is_title(heading: HtmlElement, names: Collection[str]) -> bool:
    """Whether a heading is one of the titles."""
    return key_of(heading.text_content()) in names


def forget_before(headline: HtmlElement, measures: Measures) -> None:
    """Take from all sums what stands before the headline, unless more stands there in one place than after it."""
    path = [headline, *(ancestor for ancestor in headline.iterancestors() if ancestor.tag not in {"body", "html"})]
    before = [_scoring(element.itersiblings(preceding=True), measures) for element in path]
    after = sum(measures[part].score for element in path for part in _scoring(element.itersiblings(), measures))
    if max((measures[part].score for parts in before for part in parts), default=0) > after:
        return
    forgotten = 0.0
    for element, parts in zip(path, before, strict=True):
        forgotten += sum(measures[part].score for part in parts)
        for inner in (inner for part in parts for inner in part.iter() if inner in measures):
            measures[inner].score = min(0.0, measures[inner].score)
        parent = element.getparent()
        if parent is not None:
            measures[parent].score -= forgotten


def _scoring(parts: Iterable[HtmlElement], measures: Measures) -> list[HtmlElement]:
    return [part for part in parts if part in measures and measures[part].score > 0]


def holders_of(words: str, body: HtmlElement, measures: Measures) -> set[HtmlElement]:
    """Give the elements in which the first words of a summary stand, as `key_of` gives them; none for a few words."""
    start = words[:_START]
    if len(start) < _FEW:
        return set()
    for element in body.iter("p", "div", "li", "td", "blockquote", "section", "article"):
        found = measures.get(element)
        if found is None or not _FEW <= found.chars <= _LONGEST_LEAD:
            continue
        if start in key_of(element.text_content()):
            return {element, *element.iterancestors()}
    return set()


def choose(body: HtmlElement, measures: Measures, likely: Collection[HtmlElement] = ()) -> HtmlElement:
    """Give the element that is the article, or holds it most closely; `likely` are those of which the feed speaks."""
    best, highest = body, max(0.0, measures[body].score)
    factors = {body: 1.0}  # of what is inside an element: text in a part that is hardly the article's counts less
    for element in body.iterdescendants():
        found = measures.get(element)
        parent = element.getparent()
        if found is None or parent is None:
            continue
        factor = factors[parent]
        factors[element] = factor * likelihood(element, found)
        score = (
            factor * found.score * (_MARKED if is_marked(element) else 1.0) * (_MARKED if element in likely else 1.0)
        )
        if score > highest and element.tag not in INLINE:
            best, highest = element, score
    return _narrowed(best, measures)


def _narrowed(element: HtmlElement, measures: Measures) -> HtmlElement:
    """Follow the way down to the smallest element with almost all of the sum."""
    while (core := _main_part(element, measures)) is not None:
        element = core
    return element


def _main_part(element: HtmlElement, measures: Measures) -> HtmlElement | None:
    """Give the part of an element beside which next to nothing is, if there is one."""
    parts = [part for part in element if part in measures]
    core = max(parts, key=lambda part: measures[part].score, default=None)
    if core is None or core.tag not in _BOXES or measures[core].score < 0.5 * measures[element].score:
        return None
    beside = max(0.0, measures[element].score - sum(measures[part].score for part in parts))
    for part in parts:
        if part is not core and measures[part].score > 0:
            of_its_kind = part.tag not in _BOXES or _kind(part) == _kind(core)
            beside += measures[part].score * (1.0 if of_its_kind else 0.5)
    return core if beside < _BESIDE * measures[core].score else None


def _kind(element: HtmlElement) -> tuple[str, str]:
    return str(element.tag), (element.get("class") or "").strip().partition(" ")[0]


def is_marked(element: HtmlElement) -> bool:
    """Whether the page marks an element as the text of its article."""
    return (
        element.tag in {"article", "main"}
        or element.get("itemprop") == "articleBody"
        or element.get("role") == "main"
        or _BODY_CLASSES.search(element.get("class") or "") is not None
    )


def leads(headline: HtmlElement, core: HtmlElement, measures: Measures) -> list[HtmlElement]:
    """Give the paragraphs between the headline and the chosen element: the beginning of the article."""
    way = [core, *core.iterancestors()]
    above = [headline, *headline.iterancestors()]
    if core in above:
        return []
    frame = next(ancestor for ancestor in above if ancestor in way)
    found: list[HtmlElement] = []
    reached = False
    for element in frame.iter():
        if element is core:
            break
        reached = reached or element is headline
        if (
            reached
            and element not in way
            and _is_lead(element, measures)
            and not any(ancestor in found for ancestor in element.iterancestors())
        ):
            found.append(element)
    return found


def _is_lead(element: HtmlElement, measures: Measures) -> bool:
    found = measures.get(element)
    return (
        found is not None
        and element.tag not in {"figure", *INLINE}
        and _LEAD <= found.running <= _LONGEST_LEAD
        and found.score > 0
        and found.link_share < 0.25
        and not any(_SUMMING_UP.search(names_of(box)) for box in (*element.iter(), *islice(element.iterancestors(), 2)))
    )
