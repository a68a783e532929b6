"""The one sanitiser: HTML from a feed, a page or a comment becomes HTML that is safe to keep (DESIGN rule 2).

An allow-list of elements, of attributes and of addresses. What is not on it is unwrapped: the element goes, its text
stays. Scripts, styles and drawings go with their content. What remains is a small vocabulary with one name for each
thing (`em` for `i`, `div` for every container), which `document.build` reads.

Cleaning twice changes nothing. For that, elements that libxml2 would pull apart when it reads them again (a list in a
paragraph) are renamed, see `ENDS`.
"""

from __future__ import annotations

import html as entities
import re
from typing import Any, Final
from urllib.parse import unquote

from lxml import etree

from newsreader.bounds import MAX_DEPTH, MAX_TITLE
from newsreader.pages import abbreviations, amp, direction, listings, mathematics, pictures, ruby, wide_lines
from newsreader.pages.addresses import embedded_address, link_address, web_address
from newsreader.pages.markup import parse_fragment
from newsreader.pages.vocabulary import ATTRIBUTES, BLOCKS, DRAWINGS, ENDS, NAMES, PLAYERS, SCRIPTS
from newsreader.text import clean_text, drop_unsafe, fold_space

_ID: Final = re.compile(r"[A-Za-z0-9_.:~!*()-]{1,200}")  # no character that an address would have to encode
_FALLBACK: Final = 200  # characters: more inside a player or a drawing is the article, in an element left open
_UNWRAP: Final = "unwrapped"
_TO_DROP: Final = frozenset({*SCRIPTS, *DRAWINGS, "noscript", "ruby", *abbreviations.NAMES, *mathematics.MATH})
_LISTINGS: Final = frozenset(tag for tag, name in NAMES.items() if name == "pre")
_PLAIN: Final = frozenset(tag for tag, name in NAMES.items() if name == tag) - {"a", "img", "span", "audio", "video"}
_with_id: Final = etree.XPath("//*[@id]")
_to_fragment: Final = etree.XPath("//a[starts-with(@href, '#')]")
_nested_pre: Final = etree.XPath("//pre//pre")
_too_deep: Final = etree.XPath("/html" + "/*" * (MAX_DEPTH - 1))


def clean(html: str, base_url: str = "") -> str:
    """Make HTML from outside safe to keep: compact, well-formed, nothing in it acts or tracks.

    Links keep http, https, mailto and the ids of this very article; relative addresses become absolute with
    `base_url`, and are dropped without one. Images keep address, alternative, title and size, and lazy ones get
    their address. Text without markup comes back escaped. Never raises for any string; bounded by the time libxml2
    needs for it (children have deadlines). clean(clean(x)) == clean(x).
    """
    if "<" not in html:
        text = clean_text(entities.unescape(html) if "&" in html else html)
        return entities.escape(fold_space(wide_lines.joined(text)).strip(" "), quote=False)
    return serialise(clean_tree(html, base_url))


def clean_tree(html: str, base_url: str = "") -> etree._Element:
    """Do what `clean` does and give the tree, a body element, from which a document is built without parsing again."""
    body = parse_fragment(html)
    _Cleaning(body, base_url).run()
    wide_lines.join(body, html)
    return body


def serialise(body: etree._Element) -> str:
    """Write a tree of `clean_tree` as HTML: without the body tag, white space folded outside of `pre`."""
    html = etree.tostring(body, method="html", encoding="unicode", with_tail=False)
    return compact(html.removeprefix("<body>").removesuffix("</body>"))


def compact(html: str) -> str:
    """Fold white space in clean HTML, outside of `pre`, and clean its text."""
    if "<pre" not in html:
        html = fold_space(html)
        cleaned = _clean_markup(html)
        return (html if cleaned is html else fold_space(cleaned)).strip(" ")
    before, *listings = _clean_markup(html).split("<pre")
    parts = [fold_space(before)]
    for listing in listings:
        inside, end, after = listing.rpartition("</pre>")
        parts += ("<pre", inside, end, fold_space(after))
    return "".join(parts).strip(" ")


def _clean_markup(html: str) -> str:
    if "\u0338" not in html:
        return clean_text(html)
    # It composes with a sign that is written as a reference, and not with the ">" of a tag.
    html = ">".join(clean_text(part) for part in drop_unsafe(html).split(">"))  # puts it before other marks
    return html.replace("&lt;\u0338", "\u226e").replace("&gt;\u0338", "\u226f")


class _Cleaning:
    """One pass over one tree; changes of its shape are collected and done in C at the end."""

    def __init__(self, body: etree._Element, base_url: str) -> None:
        self.body = body
        self.base_url = base_url
        self.here = ("#", base_url.partition("#")[0] + "#")  # how links within this article begin
        self.players: list[etree._Element] = []
        self.anchored = False  # whether any id or link to one was seen
        self.reshaped = False
        self.large = False  # whether there are enough elements for any to be too deep

    def run(self) -> None:
        body = self.body
        elements = list(body.iterdescendants())
        present = {element.tag for element in elements}
        if not present.isdisjoint(amp.NAMES):
            amp.write_out(body)
            elements = list(body.iterdescendants())
            present = {element.tag for element in elements}
        if not present.isdisjoint(_TO_DROP):
            mathematics.write_out(body)
            ruby.write_out(body)
            abbreviations.write_out(body)
            etree.strip_elements(body, *SCRIPTS, with_tail=False)
            self._drop_drawings()
            elements = list(body.iterdescendants())
        if not present.isdisjoint(_LISTINGS):
            self._listings()
        if "table" in present:
            direction.write_down(body)
        body.attrib.clear()
        for element in elements:
            if element.tag not in _PLAIN or element.keys():
                self._element(element)
        for player in self.players:
            _hoist_fallback(player)
        self.large = len(elements) > MAX_DEPTH - 3
        self.reshaped = self.reshaped or bool(self.players) or (self.large and bool(_too_deep(body.getroottree())))
        self._reshape()
        while self.anchored and self._resolve_fragments():
            self._reshape()
        self._finish(present)

    def _finish(self, present: set[Any]) -> None:
        """Mend what libxml2 would write or read otherwise: listings inside listings, and empty items."""
        if not present.isdisjoint(_LISTINGS):
            for inner in _nested_pre(self.body) if len(list(self.body.iter("pre"))) > 1 else ():
                inner.tag = "div"
                inner.attrib.pop("class", None)
        if "li" in present:
            for item in self.body.iter("li"):
                if item.text is None and not len(item):
                    item.text = ""  # or libxml2 writes it without its end

    def _reshape(self) -> None:
        """Do the changes of shape that were asked for, until the tree is one that libxml2 leaves alone."""
        while self.reshaped:
            etree.strip_tags(self.body, _UNWRAP)
            for deep in _too_deep(self.body.getroottree()) if self.large else ():
                _flatten(deep)
            self.reshaped = _settle(self.body)

    def _listings(self) -> None:
        for numbers in list(listings.line_numbers(self.body)):
            _drop(numbers)
        for pre in self.body.iter(*_LISTINGS):
            listings.note_language(pre)

    def _drop_drawings(self) -> None:
        for drawing in list(self.body.iter(*DRAWINGS)):
            if drawing.tag == "object" or any(child.tag in BLOCKS for child in drawing.iterdescendants()):
                continue  # its content is unwrapped: blocks inside a drawing are the article, in an element left open
            _drop(drawing)
        for noscript in list(self.body.iter("noscript")):
            before = noscript.getprevious()
            if before is not None and before.tag == "img" and noscript.find("img") is not None:
                _drop(noscript)  # the same picture again, for readers without scripts

    def _element(self, element: etree._Element) -> None:
        tag: Any = element.tag  # comments are not here: it is a str
        name = NAMES.get(tag)
        if name is None:
            if tag == "input" and _is_task(element):
                element.text = "☐" if element.get("checked") is None else "☑"
            self._unwrap(element)
            return
        if name != tag:
            element.tag = name
            self.reshaped = True
        if tag == "a":
            self._link(element)
        elif name == "img":
            self._image(element)
        elif name in PLAYERS:
            self._player(element)
        elif element.keys():
            self._keep(element, ATTRIBUTES.get(name))
        elif name == "span":
            self._unwrap(element)

    def _keep(self, element: etree._Element, allowed: dict[str, re.Pattern[str]] | None) -> None:
        """Keep the allowed attributes whose values have their form, and for now the id."""
        attributes = element.attrib
        anchor = attributes.get("id")
        kept = {}
        if allowed:
            kept = {key: value for key, value in attributes.items() if key in allowed and allowed[key].fullmatch(value)}
        attributes.clear()  # by its name a wild attribute can not be deleted: lxml refuses to speak it
        attributes.update(kept)
        if anchor and _ID.fullmatch(anchor):
            attributes["id"] = anchor
            self.anchored = True
        elif element.tag == "span":
            self._unwrap(element)

    def _unwrap(self, element: etree._Element) -> None:
        element.tag = _UNWRAP
        self.reshaped = True

    def _link(self, element: etree._Element) -> None:
        attributes = element.attrib
        href = attributes.get("href")
        target = link_address(href, self.base_url) if href else None
        if href and href.lstrip().startswith("#"):
            target = href.strip()
        if target is not None and len(attributes) == 1:  # as most are
            target = self._within(target)
            if target != href:
                attributes["href"] = target
            return
        anchor = attributes.get("id") or attributes.get("name")
        title = attributes.get("title") if attributes.get("class") == "embed" else None
        attributes.clear()
        if target is not None:
            attributes["href"] = self._within(target) if title is None else target
            if title is not None:
                attributes["class"] = "embed"
                attributes["title"] = _one_space(title)
        if anchor and _ID.fullmatch(anchor):
            attributes["id"] = anchor
            self.anchored = True
            if target is None:
                element.tag = "span"
        elif target is None:
            self._unwrap(element)

    def _within(self, target: str) -> str:
        """Shorten an address within this very page to its fragment."""
        if not target.startswith(self.here):
            return target
        self.anchored = True
        fragment = target[target.index("#") + 1 :]
        return "#" + unquote(fragment)

    def _image(self, element: etree._Element) -> None:
        attributes = element.attrib
        if formula := mathematics.formula_of(attributes.get):
            element.text = formula
            self._unwrap(element)
            return
        source = pictures.address_of(element, self.base_url)
        kept = {key: _one_space(attributes.get(key, "")) for key in ("alt", "title", "width", "height")}
        anchor = attributes.get("id")
        attributes.clear()
        tracker = kept["width"] in {"0", "1"} and kept["height"] in {"0", "1"}
        if tracker or (source is None and not kept["alt"]):
            self._unwrap(element)
            return
        if source is not None:
            attributes["src"] = source
        for key, value in kept.items():
            if value and (key in {"alt", "title"} or (value.isascii() and value.isdigit() and len(value) < 6)):
                attributes[key] = value
        if anchor and _ID.fullmatch(anchor):
            attributes["id"] = anchor
            self.anchored = True

    def _player(self, element: etree._Element) -> None:
        """Audio and video keep their address; an iframe becomes an empty link of class "embed"."""
        attributes = element.attrib
        address = attributes.get("src") or attributes.get("data-src") or attributes.get("data-lazy-src") or ""
        if not address:
            address = next((source.get("src") or "" for source in element.iter("source")), "")
        title = _one_space(attributes.get("title", ""))
        hidden = attributes.get("width") in {"0", "1"} and attributes.get("height") in {"0", "1"}
        attributes.clear()
        self.players.append(element)
        target = embedded_address(address, self.base_url)
        if target is None or hidden:
            self._unwrap(element)
        elif element.tag == "a":
            attributes.update({"href": target, "class": "embed", "title": title})
        else:
            attributes["src"] = target
            if title:
                attributes["title"] = title

    def _resolve_fragments(self) -> bool:
        """Keep the ids that links of this article name, and no link to what is not here; tell whether any went."""
        found = _with_id(self.body)
        present = {element.get("id"): element for element in reversed(found)}
        wanted = set()
        for link in _to_fragment(self.body):
            fragment = link.get("href")[1:]
            if fragment in present:
                wanted.add(fragment)
            elif fragment and (address := web_address("#" + fragment, self.base_url)):
                link.set("href", address)
            else:
                del link.attrib["href"]
                link.tag = "span"
                if "id" not in link.attrib:
                    self._unwrap(link)
        for element in found:
            anchor = element.get("id")
            if anchor in wanted and present[anchor] is element:
                continue
            del element.attrib["id"]
            if element.tag == "span":
                self._unwrap(element)
        return self.reshaped


def _one_space(value: str) -> str:
    return fold_space(clean_text(value[: 2 * MAX_TITLE])).strip(" ")[:MAX_TITLE].rstrip(" ")


def _is_task(element: etree._Element) -> bool:
    """Whether an input is the box of a task in a list, as programs that keep such lists write it: not to be clicked."""
    if element.get("type") != "checkbox" or next(element.iterancestors("li"), None) is None:
        return False
    return element.get("disabled") is not None or "task" in (element.get("class") or "")


def _drop(element: etree._Element) -> None:
    """Take an element out with its content; the text behind it stays."""
    element.tag = _UNWRAP
    tail = element.tail
    for child in list(element):
        element.remove(child)
    element.text = None
    element.tail = tail


def _hoist_fallback(player: etree._Element) -> None:
    """Empty a player. Its content is for old browsers, unless it is long: then it was left open, and text follows."""
    parent = player.getparent()
    if parent is None:
        return  # it stood in another player, which is empty by now
    text = "".join(player.itertext())
    children = list(player)
    raw_markup = not children and "<" in text
    if not raw_markup and (len(text) > _FALLBACK or (player.tag in {"a", _UNWRAP} and not children)):
        inside = etree.Element("div" if children else _UNWRAP)
        inside.text, player.text = player.text, None
        inside.extend(children)
        inside.tail, player.tail = player.tail, None
        parent.insert(parent.index(player) + 1, inside)
        return
    for child in children:
        player.remove(child)
    player.text = None


def _flatten(element: etree._Element) -> None:
    """Turn everything below an element into its text; what stood in blocks of its own stays apart."""
    for below in element.iterdescendants():
        if below.tag in BLOCKS or below.tag == "br":
            below.text = "\n" + (below.text or "")
            below.tail = "\n" + (below.tail or "")
    etree.strip_tags(element, "*")


def _settle(body: etree._Element) -> bool:
    """Rename elements that libxml2 would take apart when it reads this tree again; whether some are to be unwrapped."""
    reshaped = False
    for element in body.iterdescendants():
        parent = element.getparent()
        assert parent is not None
        outer: Any = parent.tag
        if element.tag not in ENDS.get(outer, ()):
            continue
        if outer == "p":
            parent.tag = "div"
            continue
        anchor = element.get("id")
        if element.tag in BLOCKS:
            element.tag = "div"
        else:
            element.tag = "span" if anchor else _UNWRAP
            reshaped = True
        element.attrib.clear()
        if anchor:
            element.set("id", anchor)
    return reshaped
