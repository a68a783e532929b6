"""Kept articles as files: Markdown with front matter, and HTML pages, whose names are safe on any file system."""

from __future__ import annotations

import json
import unicodedata
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from newsreader.document.markdown import title_line, to_markdown
from newsreader.text import clean_text, iso_utc, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsreader.document.blocks import Document
    from newsreader.model import Keepsake

_SAFE: Final = frozenset(" .,;!()[]+=@~'&-")  # beside letters, marks and numbers: no system forbids them in a name
_LONGEST: Final = 100  # bytes of a title in a file name: the whole stays far below the 143 of an encrypted folder
_STYLE: Final = (
    "body{max-width:38em;margin:2em auto;padding:0 1em;font:1.1em/1.5 serif;color:#222;background:#fdfdfb}"
    ".facts,.tags{color:#666}.note{border-left:.2em solid #a60;padding-left:1em}mark{background:#fe9}"
    "pre{overflow:auto}img{max-width:100%;height:auto}"
    "@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}mark{color:#222}.facts,.tags{color:#999}}"
)
_INDEX_BEGIN: Final = "<h1>Bookmarks</h1>\n<ul>\n"
_HEAD: Final = (
    '<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">\n'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src http: https: data:; '
    "style-src 'unsafe-inline'\">\n"
    "<title>{title}</title><style>{style}</style></head><body>\n"
)


def file_name(keepsake: Keepsake, ending: str) -> str:
    """The name of an article's file: its day, its title as far as it is safe, its number. The same every time.

    No two articles have the same name, also where case and accents do not count.
    """
    title = unicodedata.normalize("NFC", one_line(keepsake.title))
    letters = (each if each in _SAFE or unicodedata.category(each)[0] in "LMN" else " " for each in title)
    safe = " ".join("".join(letters).split())
    while len(safe.encode()) > _LONGEST:
        safe = safe[: len(safe) - max(1, (len(safe.encode()) - _LONGEST) // 4)]
    safe = safe.strip(" .-") or "untitled"
    return f"{iso_utc(keepsake.published)[:10]} {safe} {keepsake.id}.{ending}"


def markdown_file(keepsake: Keepsake, document: Document) -> str:
    """An article as Markdown under YAML front matter: strings as JSON writes them, which is YAML too."""
    front = {
        "title": one_line(keepsake.title),
        "url": keepsake.url,
        "source": one_line(keepsake.source),
        "source_url": keepsake.source_url,
        "author": keepsake.author and one_line(keepsake.author),
        "published": iso_utc(keepsake.published),
        "bookmarked": None if keepsake.kept_at is None else iso_utc(keepsake.kept_at),
        "tags": list(keepsake.tags),
        "note": keepsake.note,
        "highlights": [one_line(words) for words in keepsake.highlights],
    }
    lines = [line for name, value in front.items() if value for line in _yaml(name, value)]
    title = one_line(keepsake.title) or "Untitled"
    return clean_text("\n".join(["---", *lines, "---", "", title_line(title), "", to_markdown(document), ""]))


def _yaml(name: str, value: str | list[str]) -> list[str]:
    if isinstance(value, str):
        return [f"{name}: {_quoted(value)}"]
    return [f"{name}:", *(f"  - {_quoted(each)}" for each in value)]


def _quoted(text: str) -> str:
    return json.dumps(clean_text(text), ensure_ascii=False)


def html_file(keepsake: Keepsake) -> str:
    """An article as a page that stands alone, with what the person wrote to it above the text."""
    title = escape(one_line(keepsake.title) or "Untitled")
    language = keepsake.language or ""
    parts = [_HEAD.format(language=escape(language), title=title, style=_STYLE), f"<article><h1>{title}</h1>\n"]
    facts = (one_line(keepsake.source), one_line(keepsake.author or ""), iso_utc(keepsake.published)[:10])
    parts.append(f'<p class="facts">{escape(" · ".join(filter(None, facts)))}</p>\n')
    if keepsake.url:
        parts.append(f'<p class="facts"><a href="{escape(keepsake.url)}">{escape(clean_text(keepsake.url))}</a></p>\n')
    if keepsake.tags:
        parts.append(f'<p class="tags">{escape(" ".join(f"#{tag}" for tag in keepsake.tags))}</p>\n')
    if keepsake.note:
        parts.append(f'<p class="note">{escape(one_line(keepsake.note))}</p>\n')
    if keepsake.highlights:
        items = "".join(f"<li><mark>{escape(one_line(words))}</mark></li>" for words in keepsake.highlights)
        parts.append(f"<ul>{items}</ul>\n")
    return "".join([*parts, keepsake.html, "\n</article></body></html>\n"])


def is_index(page: bytes) -> bool:
    """Whether a page is one that `html_index` wrote."""
    return _INDEX_BEGIN.encode() in page


def html_index(entries: Iterable[tuple[str, str, str]]) -> str:
    """The page that leads to the others: of each its file, its title, and what stands below it."""
    items = "".join(
        f'<li><a href="{escape(quote(name))}">{escape(one_line(title) or "Untitled")}</a>'
        f'<br><span class="facts">{escape(one_line(facts))}</span></li>\n'
        for name, title, facts in entries
    )
    head = _HEAD.format(language="en", title="Bookmarks", style=_STYLE)
    return f"{head}{_INDEX_BEGIN}{items}</ul>\n</body></html>\n"
