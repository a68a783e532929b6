"""What stands around and inside an article and is none of it: share bars, related lists, sign-ups, bylines again.

Names of classes and ids are evidence, never proof: an element goes only when its text is short or mostly links, too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NOISE: Final = re.compile(
    r"(?:^|[\s_-])(?:shar(?:e|es|ing|ethis)|sharedaddy|social(?:media|share|links|bar)?|addtoany|addthis|jp-relatedposts"
    r"|related\w*|recommend\w*|recirc\w*|read-?more|more-?(?:stories|news|from|articles)|outbrain|taboola|zergnet"
    r"|newsletter\w*|subscri(?:be|ption)\w*|sign-?up|breadcrumbs?|pagination|pager|tags|tag-?(?:list|cloud|links)|taglist"
    r"|post-?nav\w*|nav-?(?:links|below)|comments?|respond|disqus\w*|cookie\w*|consent|gdpr|advert\w*|adsbygoogle"
    r"|sponsor\w*|promo\w*|author-?(?:bio|box|info|card)|about-?(?:the-?)?author|mw-editsection|screen-reader-text"
    r"|visually-?hidden|sr-only|skip-?link|toolbar|likes|like-?(?:button|this))(?:$|[\s_-])",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(
    r"(?:^|\s)(?:h?entry|post|article|story|content|main|(?:entry|post|article)-content)(?:$|\s)"
)
_QUOTED: Final = re.compile("twitter-|instagram-|tiktok-|mastodon-|bluesky-|fb-post", re.IGNORECASE)
_KEPT: Final = frozenset({"html", "body", "article", "main", "p", "figure", "figcaption", "picture", "img", "a"})
_LONG: Final = 140  # characters: a paragraph of this length is text, not a label


def prune(root: HtmlElement) -> None:
    """Take noise out of a page, and mark quotations of posts so that an extractor does not take them for widgets."""
    for quote in root.iter("blockquote"):
        if _QUOTED.search(quote.get("class") or ""):
            quote.set("class", "quotation")
    for element in root.xpath("//*[@class or @id]"):
        if element.tag in _KEPT or element.getparent() is None:
            continue
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _NOISE.search(names) and not _ARTICLE.search(names) and is_noise(element):
            element.drop_tree()


def is_noise(element: HtmlElement) -> bool:
    """Whether an element named like noise is it: at most one long paragraph, or more links than text."""
    length, linked = text_length(element), link_length(element)
    if length < _LONG:
        return True
    if linked > 0.5 * length:
        return True
    long = sum(text_length(part) - link_length(part) > _LONG for part in element.iter("p", "li", "blockquote"))
    return long <= 1 and length < 5 * _LONG


def text_length(element: HtmlElement) -> int:
    """Characters of an element's text, white space folded."""
    return len(" ".join(element.text_content().split()))


def link_length(element: HtmlElement) -> int:
    """Characters of an element's text that stand in links."""
    return sum(text_length(link) for link in element.iter("a"))
