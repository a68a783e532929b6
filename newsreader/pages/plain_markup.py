"""Plain markup, cleaned without a parser: most articles of most feeds, at a fraction of the cost.

What a parser is for is markup that can be read in more than one way. Well-formed paragraphs, headings, lists,
quotations, pictures, links and emphasis can not: their tags are written here as the sanitiser writes them, one by one.
Whatever else appears (an element or an attribute that would stay, a doubtful reference, a link that leads nowhere)
makes it no plain markup, and it goes through `pages.cleaning`. That tags are closed in the order in which they are
opened is not looked at here: `document.plain_layout` sees it, and only what both take counts.
"""

from __future__ import annotations

import html as entities
import re
from html.entities import name2codepoint
from typing import Final

from newsreader.pages import mathematics
from newsreader.pages.addresses import web_address
from newsreader.pages.cleaning import compact
from newsreader.pages.listings import GUTTER
from newsreader.pages.pictures import LAZY
from newsreader.pages.vocabulary import ATTRIBUTES, NAMES
from newsreader.text import clean_text, fold_space

_REFERENCE: Final = re.compile("&(?:#([0-9]{2,6});|#x([0-9a-fA-F]{2,5});|([a-zA-Z][a-zA-Z0-9]{1,7});)?")
_SIGN_IN_TAG: Final = re.compile("<[^<>]*&(?:quot|lt|gt|#0*(?:3[48]|6[02])|#[xX]0*(?:2[26]|3[cCeE]));[^<>]*>")
_NAMES: Final = (
    "p div h1 h2 h3 h4 h5 h6 ul ol li blockquote figure figcaption hr em strong code kbd sub sup del ins mark small br"
).split()
_TO_WRITE: Final = re.compile(f'<(?!/?(?:pre|{"|".join(_NAMES)})>|/a>)(?:a href="([^"<>]*)"|([^<>]*))>')
"""A tag that has another name in clean HTML, or attributes."""
_PARTS: Final = re.compile(r'([a-z][a-z0-9]*)((?:\s+[a-z][a-z0-9-]*="[^"<>]*")*)\s*(/?)')
_ATTRIBUTE: Final = re.compile(r'\s([a-z][a-z0-9-]*)="([^"]*)"')
_KNOWN: Final = frozenset(_NAMES)
_TELLING: Final = {name: frozenset({"id", *ATTRIBUTES.get(name, ())}) for name in {*_KNOWN, "a", "img"}}
_TELLING["a"] |= {"name"}
_TELLING["img"] |= frozenset(LAZY)
"""Attributes of which the sanitiser keeps something, beside those that are read here."""
_NAME: Final = re.compile("<(/?)([a-z0-9]+)")
_PARAGRAPHS: Final = frozenset("p h1 h2 h3 h4 h5 h6 em strong".split())
_VOID: Final = frozenset({"br", "img", "hr"})
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9._~!*'()@/:=?;#%&,+-]+")  # what is written as it is
_DOTS: Final = frozenset({"0", "1"})  # of such a size is what counts readers
_SMALL_IMAGE: Final = re.compile("0*(?:[0-9]|[12][0-9]|3[0-2])")  # such a picture may stand for letters
_SIZE: Final = re.compile("[0-9]{1,5}")
_SHORT: Final = 500  # characters of a description, well below where one is cut


class _NotPlainError(Exception):
    """Something that only the parser can judge."""


def write(html: str, base_url: str) -> str | None:
    """Give what `clean` makes of HTML, if its markup is plain; None where it is not. No tag may be out of place."""
    if "<!" in html or "<?" in html or html.count("<") != html.count(">"):
        return None
    try:
        return _Writing(base_url, html).write()
    except _NotPlainError:
        return None


class _Writing:
    """HTML as the sanitiser writes it: one name for each thing, and no attribute but those that say something."""

    def __init__(self, base_url: str, html: str) -> None:
        self.base_url = base_url
        self.here = base_url.partition("#")[0].replace("&", "&amp;") + "#"
        self.html = html
        self.joined = False  # whether text came together that a tag had kept apart
        self.renamed = False  # whether the names that are written tell no more if elements were closed in order
        self.classified = False  # whether attributes may tell the language of a listing, or the numbers of its lines

    def write(self) -> str:
        """Write it all."""
        html = self.html
        if "&" in html:
            if _SIGN_IN_TAG.search(html) is not None:
                raise _NotPlainError
            html = _REFERENCE.sub(_resolved, html)
        if "\u0338" in html or clean_text(html) is not html:
            raise _NotPlainError
        html = _TO_WRITE.sub(self._tag, html)
        if (self.classified and "<pre" in html) or (self.renamed and not _is_nested(self.html)):
            raise _NotPlainError
        if self.joined or "<pre" in html:
            return compact(html)
        return fold_space(html).strip(" ")

    def _tag(self, found: re.Match[str]) -> str:
        address, tag = found.groups()
        if address is not None:
            return self._link(address)
        if tag[:1] == "/":
            name = tag[1:]
            return "" if name == "span" else f"</{self._renamed(name)}>"
        parts = _PARTS.fullmatch(tag)
        if parts is None:
            raise _NotPlainError
        name = parts[1]
        pairs = _ATTRIBUTE.findall(parts[2])
        attributes = dict(pairs)
        if len(attributes) < len(pairs) or bool(parts[3]) > (name in _VOID):
            raise _NotPlainError
        if name == "span" and "id" not in attributes:
            self.classified = self.classified or GUTTER.search(attributes.get("class", "")) is not None
            self.renamed = self.joined = True
            return ""
        written = name if name in {"a", "img"} else self._renamed(name)
        if not _TELLING[written].isdisjoint(attributes):
            raise _NotPlainError
        if name == "a":
            if attributes.get("class") == "embed":
                raise _NotPlainError
            return self._link(attributes.get("href", ""))
        if name == "img":
            return self._picture(attributes)
        self.classified = self.classified or (bool(attributes) and name not in _PARAGRAPHS)
        return f"<{written}>"

    def _renamed(self, name: str) -> str:
        written = NAMES.get(name)
        if written not in _KNOWN:
            raise _NotPlainError
        self.renamed = self.renamed or written != name
        return written

    def _link(self, address: str) -> str:
        target = self._address(address)
        if target is None or target.startswith(self.here):
            raise _NotPlainError
        return f'<a href="{target}">'

    def _picture(self, attributes: dict[str, str]) -> str:
        width, height = attributes.get("width", ""), attributes.get("height", "")
        if mathematics.formula_of(attributes.get):
            raise _NotPlainError
        if width in _DOTS and height in _DOTS:
            self.joined = True
            return ""
        source = self._address(attributes.get("src", ""))
        if source is None or _SMALL_IMAGE.fullmatch(width) or _SMALL_IMAGE.fullmatch(height):
            raise _NotPlainError
        alternative = fold_space(attributes.get("alt", "")).strip(" ")
        title = fold_space(attributes.get("title", "")).strip(" ")
        words = alternative + title
        if 0 < len(alternative) <= 3 or len(words) > _SHORT or "&" in words or "\\" in words or not words.isprintable():
            raise _NotPlainError
        kept = {"src": source, "alt": alternative, "title": title}
        kept |= {"width": width if _SIZE.fullmatch(width) else "", "height": height if _SIZE.fullmatch(height) else ""}
        shown = "".join([f' {key}="{value}"' for key, value in kept.items() if value])
        return f"<img{shown}>"

    def _address(self, written: str) -> str | None:
        """Give the address that an attribute means, as it is written in HTML; None where there is none to follow."""
        if "&" in written and written.count("&") != written.count("&amp;"):
            raise _NotPlainError
        if written[:1] in {"#", " "} or written[:7].lower() == "mailto:":
            raise _NotPlainError
        target = web_address(written.replace("&amp;", "&"), self.base_url)
        if target is not None and _ADDRESS.fullmatch(target) is None:
            raise _NotPlainError
        return target and target.replace("&", "&amp;")


def _is_nested(html: str) -> bool:
    """Whether each element is closed where it must be: what is begun in it before it."""
    opened: list[str] = []
    for end, name in _NAME.findall(html):
        if not end:
            if name not in _VOID:
                opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


def _resolved(found: re.Match[str]) -> str:
    """Give what a reference to a character stands for, as clean HTML has it, where everyone reads it alike.

    White space, controls and surrogates are doubtful, and so is an ampersand that begins no reference.
    """
    decimal, hexadecimal, name = found.groups()
    code = name2codepoint.get(name, 0) if name else int(decimal) if decimal else int(hexadecimal or "0", 16)
    if not (32 < code < 127 or 160 <= code < 0xD800 or 0x1F000 <= code < 0x1FB00):
        raise _NotPlainError
    return entities.escape(chr(code), quote=False)
