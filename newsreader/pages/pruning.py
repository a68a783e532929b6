"""What stands around and inside an article and is none of it: share bars, related lists, sign-ups, bylines again.

Names of classes and ids are evidence, never proof: an element goes only when its text is short or mostly links, too.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from lxml import etree

from newsreader.pages.measuring import LONG, measured
from newsreader.pages.pictures import LAZY

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.html import HtmlElement

    from newsreader.pages.measuring import Measure, Measures

DOOMED: Final = "doomed"
_REMOVED_NAMES: Final = "button canvas datalist dialog input nav noscript option script select style template textarea"
_REMOVED: Final = frozenset(_REMOVED_NAMES.split())
_HIDDEN: Final = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_NOISE: Final = re.compile(
    r"(?:^|[\s_-])(?:shar(?:e|es|ing|ethis)|sharedaddy|social(?:media|share|links|bar)?|addtoany|addthis|jp-relatedposts"
    r"|related\w*|recommend\w*|recirc\w*|read-?more|more-?(?:stories|news|from|articles)|outbrain|taboola|zergnet"
    r"|newsletter\w*|subscri(?:be|ption)\w*|sign-?up|breadcrumbs?|pagination|pager|tags|tag-?(?:list|cloud|links)|taglist"
    r"|post-?nav\w*|nav-?(?:links|below)|comments?|respond|disqus\w*|cookie\w*|consent|gdpr|advert\w*|adsbygoogle"
    r"|sponsor\w*|promo\w*|author-?(?:bio|box|info|card)|about-?(?:the-?)?author|mw-editsection|screen-reader-text"
    r"|visually-?hidden|sr-only|skip-?link|toolbar|likes|like-?(?:button|this)|wp-calendar)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(
    r"(?:^|\s)(?:h?entry|post|article|story|content|main|(?:entry|post|article)-content)(?:$|\s)"
)
_UNLIKELY: Final = re.compile(
    "sidebar|footer|foot-|comment|menu|widget|related|teaser|cookie|consent|gdpr|newsletter|banner|breadcrumb|masthead"
    "|modal|popup|overlay",
    re.IGNORECASE,
)
_EMBEDDED: Final = re.compile(  # what is shown in a frame and is part of an article; all other frames are advertising
    r"(?:youtu(?:be(?:-nocookie)?\.com|\.be)|vimeo\.com|dailymotion\.com|twitch\.tv|ted\.com|archive\.org|wikimedia\.org"
    r"|streamable\.com|rumble\.com|odysee\.com|peertube|brightcove\.net|jwplatform\.com|wistia\.(?:com|net)|v\.qq\.com"
    r"|bilibili\.com|soundcloud\.com|spotify\.com|bandcamp\.com|mixcloud\.com|music\.apple\.com|podcasts\.apple\.com"
    r"|megaphone\.fm|acast\.com|podigee|libsyn\.com|buzzsprout\.com|deezer\.com|platform\.twitter\.com/embed"
    r"|facebook\.com/(?:v\d[^/]*/)?plugins/(?:video|post)|instagram\.com/\w+/[^/]+/embed|tiktok\.com/embed|reddit"
    r"|codepen\.io|jsfiddle\.net|gist\.github\.com|codesandbox\.io|datawrapper|dwcdn\.net|flourish\.studio|infogram\.com"
    r"|documentcloud\.org|slideshare\.net|speakerdeck\.com|openstreetmap\.org|google\.[a-z.]+/maps|giphy\.com)",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile("twitter-|instagram-|tiktok-|mastodon-|bluesky-|fb-post", re.IGNORECASE)
_TEASER: Final = 500  # characters: what stands below a heading that is a link is shorter where it only leads on
_NAMES_KEPT: Final = 2_000  # what was found of so many is remembered
_LONGEST_NAMES: Final = 500  # characters
_KEPT: Final = frozenset({"html", "body", "article", "main", "p", "figure", "figcaption", "picture", "img", "a"})
_FRAME: Final = frozenset({"html", "body", "article", "main"})


def names_of(element: HtmlElement) -> str:
    """Give the class and the id of an element as one string, cut where it is endless, empty when it has neither."""
    classes, identity = element.get("class"), element.get("id")
    return f"{identity or ''} {classes or ''}"[:_LONGEST_NAMES] if classes or identity else ""


def prune(body: HtmlElement, names: Collection[str] = ()) -> Measures:
    """Take out of a page's body what is none of its article, and measure every element that is left.

    `names` are the titles of the article, as `key_of` gives them.
    This goes from the end of the page to its beginning: a box is judged when all that is inside it is measured, and
    what goes is in no sum.
    """
    measures: Measures = {}
    _complete_pictures(body)
    etree.strip_elements(body, *_REMOVED, with_tail=False)
    for element in reversed(list(body.iter())):
        found = measured(element, measures, names)
        if element is not body:
            if _is_noise(element, found):
                element.tag = DOOMED
                continue
            if found.score > 0:
                found.score *= likelihood(element, found)
        measures[element] = found
    drop_doomed(body)
    return measures


def _complete_pictures(body: HtmlElement) -> None:
    """Give pictures the address that the page keeps beside them, for readers without scripts or for other screens."""
    for noscript in list(body.iter("noscript")):
        if noscript.find(".//img") is not None and not noscript.text_content().strip():
            before = noscript.getprevious()
            if before is None or before.tag != "img" or not _has_address(before):
                noscript.tag = "span"
                if before is not None and before.tag == "img":
                    before.tag = DOOMED  # a placeholder
    for picture in body.iter("picture"):
        image, source = picture.find(".//img"), picture.find(".//source")
        if image is not None and source is not None and not _has_address(image):
            image.set("srcset", source.get("srcset") or source.get("data-srcset") or "")


def _has_address(image: HtmlElement) -> bool:
    return any(image.get(key) for key in ("srcset", *LAZY)) or not (image.get("src") or "data:").startswith("data:")


def drop_doomed(body: HtmlElement) -> None:
    """Take out all elements that were renamed to DOOMED; the text behind them stays.

    Taken out one by one, each would copy the text behind it once more.
    """
    etree.strip_elements(body, DOOMED, with_tail=False)


def _is_noise(element: HtmlElement, found: Measure) -> bool:
    """Whether an element is hidden, or noise by its name and by its text: it is short, or more links than text."""
    if _is_hidden(element) or _lists_tags(element, found):
        return True
    if element.tag == "iframe":
        return _EMBEDDED.search(element.get("src") or element.get("data-src") or "") is None
    if element.tag in {"form", "footer"}:
        return (found.running < 300 or found.link_share > 0.5) and not _names_the_quoted(element)
    if element.tag in _KEPT or not _is_named_noise(element):
        return False
    return found.chars < LONG or found.link_share > 0.5 or (found.long <= 1 and found.chars < 5 * LONG)


def _lists_tags(element: HtmlElement, found: Measure) -> bool:
    """Whether an element is the line of what an article is filed under: several links, and the page says of what kind.

    A line of its own may hold one link only.
    """
    if found.link_share <= 0.5 or found.chars > _LONGEST_NAMES or element.tag == "a":
        return False
    links = list(element.iter("a"))
    return len(links) > (element.tag != "p") and all("tag" in (link.get("rel") or "").lower().split() for link in links)


def _names_the_quoted(element: HtmlElement) -> bool:
    """Whether a footer is that of a quotation: it says who was quoted."""
    return element.tag == "footer" and next(element.iterancestors("blockquote"), None) is not None


def _is_named_noise(element: HtmlElement) -> bool:
    return _says_noise(names_of(element)) and not holds_quoted_post(element)  # which is "social", too


def holds_quoted_post(element: HtmlElement) -> bool:
    """Whether the post of somebody is quoted in an element."""
    return any(_is_quotation(quote) for quote in element.iter("blockquote"))


@lru_cache(maxsize=_NAMES_KEPT)  # most elements of a page have the names of others
def _says_noise(names: str) -> bool:
    return bool(names) and _NOISE.search(names) is not None and _ARTICLE.search(names) is None


@lru_cache(maxsize=_NAMES_KEPT)
def _says_unlikely(names: str) -> bool:
    return bool(names) and _UNLIKELY.search(names) is not None


def _is_hidden(element: HtmlElement) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def _is_quotation(quote: HtmlElement) -> bool:
    """Whether a quotation is that of a post."""
    return _QUOTED.search(quote.get("class") or "") is not None


def likelihood(element: HtmlElement, found: Measure) -> float:
    """How likely it is that running text in this element is the article's: 1 unless something speaks against it."""
    if element.tag in {"footer", "aside"} or found.opening:
        return 0.2
    if found.headings and found.headings == found.linked_headings and found.chars < _TEASER * found.headings:
        return 0.3  # text below a heading that is a link is the teaser of what it leads to
    if element.tag not in _FRAME and _says_unlikely(names_of(element)):
        return 0.3
    return 1.0


def mark_quotations(body: HtmlElement) -> None:
    """Mark quotations of posts so that readability does not take them for widgets."""
    for quote in body.iter("blockquote"):
        if _is_quotation(quote):
            quote.set("class", "quotation")
