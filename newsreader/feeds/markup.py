"""Pieces of feed markup to what a ParsedArticle holds: one-line plain text, HTML with absolute addresses, addresses.

The HTML that leaves here is not safe yet (`pages.clean` makes it so); it is only complete: what was escaped, encoded
or written as elements is one string of HTML, and its links point where they did in the feed.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin

from lxml import etree

from newsreader.bounds import MAX_NAME, MAX_TITLE, MAX_URL
from newsreader.text import one_line

XML_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

_INLINE: Final = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span strike strong"
    " sub sup tt u var wbr blink nobr time data ruby rt rp".split()
)
_BLOCK: Final = frozenset(
    "address article aside blockquote body br button canvas caption center col colgroup dd details dir div dl dt"
    " embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe img"
    " input legend li link main map math meta nav noframes noscript object ol option p param picture pre script"
    " section select source style summary svg table tbody td textarea tfoot th thead title tr track ul video audio"
    " area base applet".split()
)
_VOID: Final = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>|<(?:![a-zA-Z]|\?)[^<>]*>")
_ANY_TAG = re.compile(r"<[/!?a-zA-Z]")
_HIDDEN = re.compile(r"<!--|<(script|style)\b", re.IGNORECASE)
_HIDDEN_ENDS: Final = {
    "": re.compile("-->"),
    "script": re.compile("</script[^<>]*>", re.IGNORECASE),
    "style": re.compile("</style[^<>]*>", re.IGNORECASE),
}
_MARKUP_SIGN = re.compile(r"</([a-zA-Z][a-zA-Z0-9]*)\s*>|<(br|img|hr|p)\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_HARMLESS_ENTITY = re.compile(
    r"&(?!lt;|gt;|#60;|#62;|#x3c;|#x3e;)(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE
)
# "=" first, so that the search jumps from one to the next; then away from the absolute ones, which are most.
_RELATIVE = re.compile(
    r"=(?=\s*[\"'](?!https?:|#|mailto:|data:|tel:))"
    r"(?:(?<=href=)|(?<=src=)|(?<=HREF=)|(?<=SRC=)|(?<=poster=)|(?<=cite=)|(?<=href =)|(?<=src =))"
    r"\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')"
)
_NO_DECLARATION = re.compile(r"<!(?![-\[A-Za-z])")  # which HTML would take with all up to the next ">"
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_SCHEMES: Final = frozenset(("http", "https", "ftp", "gemini", "gopher", "mailto", "magnet"))
_HOST = re.compile(r"www\.[\w-]+\.\w", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


def plain(markup: str, limit: int = MAX_TITLE) -> str:
    """Turn a title or name that may be HTML into one line of clean text: tags cut, entities resolved, even twice."""
    if "<" not in markup and "&" not in markup:
        return one_line(markup, limit)
    markup = markup[: 8 * limit]
    if "<" in markup:
        markup = _without_sections(markup)
        markup = _TAG.sub(_tag_to_space, _without_hidden(markup))
    if "&" in markup:
        markup = html.unescape(markup)
        if _ENTITY.search(markup):  # escaped once more than the format asks for: common in the wild
            markup = html.unescape(markup)
    return one_line(markup, limit)


def _without_sections(markup: str) -> str:
    """Take out the signs of a CDATA section that stood inside of another: HTML would hide what is in it."""
    return markup.replace("<![CDATA[", "").replace("]]>", "") if "<![CDATA[" in markup else markup


def _without_hidden(markup: str) -> str:
    """Cut comments, scripts and styles out of a title, in time linear to it."""
    parts: list[str] = []
    position = 0
    endless: set[re.Pattern[str]] = set()  # looked for once and not found
    for match in _HIDDEN.finditer(markup):
        end = _HIDDEN_ENDS[(match[1] or "").lower()]
        if match.start() < position or end in endless:
            continue
        stop = end.search(markup, match.end())
        if stop is None:
            endless.add(end)
            continue
        parts.append(markup[position : match.start()])
        position = stop.end()
    return " ".join((*parts, markup[position:]))


def _without_stray_entities(text: str, limit: int) -> str:
    """Read the entities left over by mistake in text that says of itself that it is no HTML."""
    if "&" not in text:
        return text
    return _HARMLESS_ENTITY.sub(lambda match: html.unescape(match.group()), text[: 8 * limit])


def name(text: str) -> str:
    """The same as `plain` for what is short: an author, a category. They come again in article after article."""
    return _known_name(text) if len(text) <= MAX_NAME else plain(text, MAX_NAME)


@lru_cache(maxsize=1_000)
def _known_name(text: str) -> str:
    return plain(text, MAX_NAME)


def looks_like_html(text: str) -> bool:
    """Whether a text that should be plain has tags of HTML in it that are hardly there by chance."""
    return any(
        match[2] or match[1].lower() in _INLINE or match[1].lower() in _BLOCK for match in _MARKUP_SIGN.finditer(text)
    )


def text_to_html(text: str) -> str:
    """Write plain text as HTML: a paragraph for each run between blank lines, a line break for each line end."""
    text = text.strip().replace("\r\n", "\n").replace("\r", "\n")
    if "\n" not in text:
        return html.escape(text, quote=False)
    return "".join(
        f"<p>{html.escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in _BLANK_LINES.split(text)
    )


def absolute(address: str | None, base: str = "") -> str | None:
    """Make an address usable: spaces out, made absolute; None where it is too long, broken or of an unsafe scheme.

    A relative address without a base stays relative: nothing better is known of it.
    """
    if not address:
        return None
    address = address.strip()
    if not address or len(address) > MAX_URL:
        return None
    if not address.isascii() or not address.isprintable() or " " in address:
        address = one_line("".join(address.splitlines()))
    if "&amp;" in address:  # escaped once more than the format asks for
        address = address.replace("&amp;", "&")
    if address.startswith(("http://", "https://")):
        return address.replace(" ", "%20")
    if scheme := _SCHEME.match(address):
        return address if scheme[1].lower() in _SCHEMES else None
    if _HOST.match(address):  # what people forget before a host's name
        address = f"//{address}"
    if not base:
        return "https:" + address if address.startswith("//") else address
    joined = _join(base, address.replace(" ", "%20"))
    return joined if len(joined) <= MAX_URL else None


def absolutise(markup: str, base: str) -> str:
    """Make the relative addresses of links, pictures and quotes in HTML absolute."""
    if not base or "=" not in markup:
        return markup
    return _RELATIVE.sub(lambda match: _absolute_attribute(match, base), markup)


def inner_html(element: etree._Element, base: str, *, mixed: bool = False) -> str:
    """Write what stands inside an element as HTML without namespaces; a single div around it (Atom xhtml) is left out.

    Addresses are made absolute by `base` and by every xml:base on the way down. `mixed`: text beside the elements may
    be HTML itself.
    """
    while len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip():
        if _local(element[0]) not in {"div", "body"}:
            break
        element = element[0]
        base = _join(base, element.get(XML_BASE, ""))
    bases = [base]
    parts = [_beside(element.text, base, mixed=mixed)]
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node is element:
            continue
        tag = _local(node)
        if event == "start":
            bases.append(_join(bases[-1], node.get(XML_BASE, "")))
            parts += (f"<{tag}{_attributes(node, bases[-1])}>", html.escape(node.text or "", quote=False))
        else:
            bases.pop()
            tail = _beside(node.tail, bases[-1], mixed=mixed and node.getparent() is element)
            parts += ("" if tag in _VOID else f"</{tag}>", tail)
    return "".join(parts)


def _beside(text: str | None, base: str, *, mixed: bool) -> str:
    """Write text that stands beside elements: as it is where it is HTML, which RSS may mix with elements."""
    if not text:
        return ""
    if mixed and "<" in text and looks_like_html(text):
        return absolutise(text, base)
    return html.escape(text, quote=False)


def construct(element: etree._Element, base: str, *, atom: bool) -> str:
    """Read a text construct (RSS description, Atom text construct with type and mode) as HTML; "" where it is empty."""
    kind = (element.get("type") or "").strip().lower()
    if len(element):
        return inner_html(element, base, mixed=not kind).strip()
    text = element.text or ""
    if not text or text.isspace():
        return ""
    if _is_base64(element, kind):
        text = _from_base64(text)
    elif _is_plain(kind, atom=atom) and not looks_like_html(text):
        return text_to_html(text)
    if text.startswith("&lt;") and _MARKUP_SIGN.search(once := html.unescape(text)):
        text = once  # escaped once more than the format asks for
    if "<" not in text or ("\n" in text and not _ANY_TAG.search(text)):
        paragraphs = _BLANK_LINES.split(text.strip())
        return f"<p>{'</p><p>'.join(paragraphs)}</p>" if len(paragraphs) > 1 else text.strip()
    if "<!" in text:
        text = _without_sections(text)
        text = _NO_DECLARATION.sub("&lt;!", text)
    return absolutise(text, base).strip()


def title(element: etree._Element, base: str, *, atom: bool, limit: int = MAX_TITLE) -> tuple[str, str | None]:
    """Read a title, whatever its type says: one line of plain text, and its HTML where that says more."""
    kind = (element.get("type") or "").strip().lower()
    if len(element):
        written = inner_html(element, base)
    else:
        written = element.text or ""
        if _is_base64(element, kind):
            written = _from_base64(written)
        elif _is_plain(kind, atom=atom) and not looks_like_html(written):
            said = _without_stray_entities(written, limit)
            line = one_line(said, limit)
            return line, html.escape(said, quote=False) if says_more(line, said) else None
    line = plain(written, limit)
    if line == written or len(written) > 8 * limit or not says_more(line, written):
        return line, None
    return line, absolutise(written, base).strip() or None


def says_more(line: str, written: str) -> bool:
    """Whether HTML holds anything beside white space that the plain line made from it does not."""
    return line != written and " ".join(written.split()) != line


def _is_plain(kind: str, *, atom: bool) -> bool:
    """Whether a text construct is plain text; without a type it is in Atom (RFC 4287, 3.1.1) and is not in RSS."""
    return kind in {"text", "text/plain", "plain"} or (atom and not kind)


def _is_base64(element: etree._Element, kind: str) -> bool:
    """Whether content is encoded: it says so (Atom 0.3), or its type is no text (RFC 4287, 4.1.3.3)."""
    if element.get("mode", "").lower() == "base64":
        return True
    return "/" in kind and not kind.startswith("text/") and not kind.endswith(("xml", "html", "json"))


def _from_base64(text: str) -> str:
    """Decode content; "" where it is no text."""
    try:
        return base64.b64decode(text).decode("utf-8")
    except (binascii.Error, ValueError):
        return "" if len(text) > 200 and " " not in text.strip() else text


def _local(node: etree._Element) -> str:
    """The lower-case name of an element without its namespace or prefix."""
    tag = node.tag if isinstance(node.tag, str) else "span"
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def _attributes(node: etree._Element, base: str) -> str:
    """Write an element's attributes as HTML; the xml: ones have done their work."""
    parts = []
    for key, value in node.attrib.items():
        if key.startswith("{http://www.w3.org/XML/1998/namespace}"):
            if key == XML_LANG:
                parts.append(f' lang="{html.escape(value)}"')
            continue
        local = key.rpartition("}")[2].lower()
        if local in {"href", "src", "cite", "poster"} and not value.startswith(("http:", "https:", "#")):
            value = _join(base, value)  # noqa: PLW2901  the value made absolute is still the value
        parts.append(f' {local}="{html.escape(value)}"')
    return "".join(parts)


def _absolute_attribute(match: re.Match[str], base: str) -> str:
    """Write one attribute of `absolutise` again, its address made absolute."""
    quote = '"' if match[1] is not None else "'"
    address = html.unescape(match[1] if match[1] is not None else match[2]).strip()
    return f"={quote}{html.escape(_join(base, address))}{quote}"


def _join(base: str, address: str) -> str:
    """Resolve an address (RFC 3986); one that makes no sense stays as it is."""
    if not address:
        return base
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _tag_to_space(match: re.Match[str]) -> str:
    """Cut a tag of HTML out of a title; what only looks like one (`List<String>`) stays."""
    tag = (match[2] or "!doctype").lower()
    if tag in _INLINE:
        return ""
    return " " if tag in _BLOCK or tag == "!doctype" else match.group()
