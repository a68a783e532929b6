"""Articles as an EPUB 3 book (https://www.w3.org/TR/epub-33/): a chapter each, made of our own Documents.

A book holds no remote picture, and every link in it leads somewhere: pictures, sound and film are links, and links
within an article that lead nowhere are none. What is written is XML, whatever the article was.
"""

from __future__ import annotations

import re
import uuid
import zipfile
from html import escape
from time import gmtime
from typing import IO, TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from newsreader.document.hypertext import to_html
from newsreader.text import clean_text, iso_utc, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsreader.document.blocks import Document
    from newsreader.model import Keepsake

_NO_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_IN_ADDRESSES: Final = ";/?:@&=+$,!~*'()%-._"
_BARE_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CONTAINER: Final = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_PAGE: Final = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
 xml:lang="{language}" lang="{language}">
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>
{body}
</body>
</html>
"""
_STYLE: Final = (
    "body{line-height:1.45}.facts,.tags{font-size:.85em}.note{border-left:.2em solid;padding-left:1em}"
    "pre{white-space:pre-wrap}table{border-collapse:collapse}td,th{border:1px solid;padding:.2em .4em}\n"
)


def write_epub(chapters: Iterable[tuple[Keepsake, Document]], title: str, now: int, file: IO[bytes]) -> int:
    """Write a book into a file that can be sought in; gives how many chapters it has."""
    entries: list[tuple[str, str]] = []
    languages: dict[str, int] = {}
    with zipfile.ZipFile(file, "w") as book:
        _add(book, "mimetype", "application/epub+zip", now, zipfile.ZIP_STORED)  # the first, as it is: so it is known
        _add(book, "META-INF/container.xml", _CONTAINER, now)
        _add(book, "EPUB/style.css", _STYLE, now)
        for number, (keepsake, document) in enumerate(chapters, 1):
            language = _language_of(keepsake.language or document.language)
            languages[language] = languages.get(language, 0) + 1
            name = f"article-{number}.xhtml"
            _add(book, f"EPUB/{name}", _chapter(keepsake, document, language), now)
            entries.append((name, one_line(keepsake.title) or "Untitled"))
        language = max(languages, key=lambda each: languages[each], default="en")
        _add(book, "EPUB/nav.xhtml", _contents(entries, title, language), now)
        _add(book, "EPUB/package.opf", _package(entries, title, language, now), now)
    return len(entries)


def _add(book: zipfile.ZipFile, name: str, text: str, now: int, how: int = zipfile.ZIP_DEFLATED) -> None:
    entry = zipfile.ZipInfo(name, gmtime(max(now, 315_532_800))[:6])  # no zip knows a time before 1980
    entry.compress_type = how
    entry.external_attr = 0o644 << 16
    book.writestr(entry, text.encode("utf-8", "replace"))


def _language_of(given: str | None) -> str:
    found = (given or "").strip().replace("_", "-")
    return found if _LANGUAGE.fullmatch(found) else "en"


def _xml(text: str) -> str:
    """Text of one line as XML takes it."""
    return escape(_NO_XML.sub("", one_line(text)))


def _chapter(keepsake: Keepsake, document: Document, language: str) -> str:
    title = _xml(keepsake.title) or "Untitled"
    facts = (keepsake.source, keepsake.author or "", iso_utc(keepsake.published)[:10])
    parts = [f"<h1>{title}</h1>", f'<p class="facts">{_xml(" · ".join(filter(None, facts)))}</p>']
    address = _address(keepsake.url)
    if address is not None:
        parts.append(f'<p class="facts"><a href="{escape(address)}">{_xml(keepsake.url or "")}</a></p>')
    if keepsake.tags:
        parts.append(f'<p class="tags">{_xml(" ".join(f"#{tag}" for tag in keepsake.tags))}</p>')
    if keepsake.note:
        parts.append(f'<p class="note">{_xml(keepsake.note)}</p>')
    if keepsake.highlights:
        passages = "".join(f"<li><mark>{_xml(words)}</mark></li>" for words in keepsake.highlights)
        parts.append(f"<ul>{passages}</ul>")
    body = "\n".join([*parts, _body(document)])
    return _PAGE.format(language=language, title=title, body=body)


def _body(document: Document) -> str:
    """The text of an article as XML."""
    written = _NO_XML.sub("", clean_text(to_html(document)))
    root = fragment_fromstring(f"<div>{written}</div>")
    for element in list(root.iter("img", "audio", "video")):
        _as_link(element)
    for element in list(root.iter("dt")):
        after = element.getnext()
        if after is None or after.tag not in {"dt", "dd"}:
            element.addnext(_element("dd"))  # a term must mean something
    _mend_links(root)
    return str(etree.tostring(root, encoding="unicode", method="xml"))


def _element(tag: str) -> HtmlElement:
    found: HtmlElement = fragment_fromstring(f"<{tag}></{tag}>")
    return found


def _as_link(element: HtmlElement) -> None:
    """Put words that lead to it in the place of a picture, of sound or of a film."""
    what = {"img": "Picture", "audio": "Audio", "video": "Video"}[str(element.tag)]
    words, source, tail = element.get("alt") or element.get("title"), element.get("src"), element.tail
    inside = any(each.tag == "a" for each in element.iterancestors())
    link = _element("a" if source and not inside else "span")
    link.text = f"{what}: {words}" if words else what
    if source and not inside:
        link.set("href", source)
    element.clear()
    element.tag = "span" if what == "Picture" else "p"
    element.append(link)
    element.tail = tail


def _mend_links(root: HtmlElement) -> None:
    """Give places names that are unique, and let links lead to them or to addresses; others are links no more."""
    names: dict[str, str] = {}
    for element in root.iter():
        given = element.attrib.pop("id", None)
        if given is not None and given not in names:
            names[given] = f"place-{len(names) + 1}"
            element.set("id", names[given])
    for link in list(root.iter("a")):
        target = link.attrib.pop("href", "")
        place = names.get(target.removeprefix("#")) if target.startswith("#") else None
        address = f"#{place}" if place else _address(target)
        if address is not None:
            link.set("href", address)
        else:
            link.tag = "span"
        if not len(link) and not link.text:
            link.text = link.get("title") or target or "Link"
        for name in {"class", "title"} & set(map(str, link.attrib)):
            del link.attrib[name]


def _address(url: str | None) -> str | None:
    """An address with nothing in it that a book's may not have; None for what is none."""
    before, sign, after = _BARE_PERCENT.sub("%25", url or "").partition("#")
    quoted = quote(before, safe=_IN_ADDRESSES) + sign + quote(after, safe=_IN_ADDRESSES)
    try:
        parts = urlsplit(quoted)
        _ = parts.port  # which may be none
    except ValueError:
        return None
    leads = bool(parts.path) if parts.scheme == "mailto" else parts.scheme in {"http", "https"} and bool(parts.hostname)
    return quoted if leads else None


def _contents(entries: Sequence[tuple[str, str]], title: str, language: str) -> str:
    items = "\n".join(f'<li><a href="{name}">{_xml(each)}</a></li>' for name, each in entries)
    body = f'<nav epub:type="toc" id="toc">\n<h1>{_xml(title)}</h1>\n<ol>\n{items}\n</ol>\n</nav>'
    return _PAGE.format(language=language, title=_xml(title), body=body)


def _package(entries: Sequence[tuple[str, str]], title: str, language: str, now: int) -> str:
    names = [name for name, _ in entries]
    identity = uuid.uuid5(uuid.NAMESPACE_URL, "\n".join((title, str(now), *(each for _, each in entries))))
    manifest = "\n".join(
        f'<item id="article-{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(names, 1)
    )
    spine = "\n".join(f'<itemref idref="article-{number}"/>' for number in range(1, len(names) + 1))
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{identity}</dc:identifier>
<dc:title>{_xml(title)}</dc:title>
<dc:language>{language}</dc:language>
<meta property="dcterms:modified">{iso_utc(now)}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
{manifest}
</manifest>
<spine>
{spine or '<itemref idref="nav"/>'}
</spine>
</package>
"""
