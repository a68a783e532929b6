"""Pictures, players and frames of AMP pages (https://amp.dev/documentation/components), as HTML has them."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from lxml import etree

_PLAIN: Final = {
    "amp-img": "img", "amp-anim": "img", "amp-video": "video", "amp-audio": "audio", "amp-iframe": "iframe",
}  # fmt: skip
_SITES: Final = {  # name: the attribute that says what is shown, and where that is
    "amp-youtube": ("data-videoid", "https://www.youtube.com/embed/{}"),
    "amp-vimeo": ("data-videoid", "https://player.vimeo.com/video/{}"),
    "amp-dailymotion": ("data-videoid", "https://www.dailymotion.com/embed/video/{}"),
    "amp-soundcloud": ("data-trackid", "https://w.soundcloud.com/player/?url=https://api.soundcloud.com/tracks/{}"),
    "amp-twitter": ("data-tweetid", "https://platform.twitter.com/embed/Tweet.html?id={}"),
    "amp-instagram": ("data-shortcode", "https://www.instagram.com/p/{}/embed"),
    "amp-facebook": ("data-href", "https://www.facebook.com/plugins/post.php?href={}"),
    "amp-gist": ("data-gistid", "https://gist.github.com/{}"),
}
_CLUTTER_NAMES: Final = (
    "amp-ad amp-analytics amp-consent amp-embed amp-geo amp-pixel amp-sidebar amp-social-share amp-state amp-sticky-ad "
    "amp-user-notification"
)
_CLUTTER: Final = frozenset(_CLUTTER_NAMES.split())
NAMES: Final = frozenset({*_PLAIN, *_SITES, *_CLUTTER})
_LITTLE: Final = 400  # characters: with more in it, an element was left open, and holds the article
_KEPT: Final = ("src", "srcset", "data-src", "alt", "title", "width", "height", "id")


def write_out(root: etree._Element) -> None:
    """Put an element of HTML before each of AMP's that shows or plays something; what that holds besides stays.

    Its stand-ins (`fallback`, `placeholder`, `noscript`) go, and so do advertisements and what counts readers.
    """
    for element in list(root.iter(*NAMES)):
        tag: Any = element.tag
        if tag in _CLUTTER:
            _empty(element)
        elif (instead := _instead(element, tag)) is not None:
            element.addprevious(instead)
            for child in list(element.iterdescendants()):
                if child.tag == "noscript" or "fallback" in child.attrib or "placeholder" in child.attrib:
                    _empty(child)


def _instead(element: etree._Element, tag: str) -> etree._Element | None:
    """Make what HTML has for an element of AMP, if it has anything."""
    name = _PLAIN.get(tag)
    if name is not None:
        found = etree.Element(name, {key: value for key in _KEPT if (value := element.get(key)) is not None})
        if "src" not in found.attrib and (source := element.find("source")) is not None:
            found.set("src", source.get("src") or "")
        return found
    key, address = _SITES.get(tag, ("", ""))
    shown = element.get(key) if key else None
    return etree.Element("iframe", {"src": address.format(quote(shown, safe=""))}) if shown else None


def _empty(element: etree._Element) -> None:
    """Make an element an empty one that says nothing, unless it holds much text; what stands behind it stays."""
    if len("".join(element.itertext())) > _LITTLE:
        return
    for child in list(element):
        element.remove(child)
    element.text = None
    element.attrib.clear()
    element.tag = "span"
