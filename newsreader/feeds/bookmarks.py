"""Netscape bookmarks files, which every browser and every keeper of links writes and reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING, Final

from newsreader.bounds import LATEST, MAX_TITLE, MAX_URL
from newsreader.feeds.decoding import decode
from newsreader.text import clean_text, one_line, without_userinfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEAD: Final = """\
<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is an automatically generated file.
     It will be read and overwritten.
     DO NOT EDIT! -->
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
"""
_NAME: Final = "netscape-bookmark-file"
_PIECE: Final = re.compile(
    r"<A\s(?P<link>[^>]*)>(?P<title>[^<]*)(?:</A\s*>)?|<DD>(?P<note>[^<]*)|<H3(?P<kind>\s[^>]*)?>(?P<folder>[^<]*)|(?P<end></DL)",
    re.IGNORECASE,
)
_ATTRIBUTE: Final = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_WEB: Final = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_SPACE: Final = re.compile(r"[\s,]+")
_OWN: Final = re.compile(r"PERSONAL_TOOLBAR_FOLDER|UNFILED_BOOKMARKS_FOLDER|MOBILE_BOOKMARKS", re.IGNORECASE)
_OWN_NAMES: Final = frozenset(
    {
        *("bookmarks bar", "bookmarks toolbar", "bookmarks menu", "bookmarks", "other bookmarks", "mobile bookmarks"),
        *("favorites", "favorites bar", "other favorites", "reading list"),
    }
)
_SECONDS: Final = 100_000_000_000  # larger numbers of a date are milliseconds, or microseconds


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A page that somebody kept; `added` is a moment, None where it is not given."""

    url: str
    title: str = ""
    added: int | None = None
    tags: tuple[str, ...] = ()
    note: str = ""


def is_bookmarks(data: bytes) -> bool:
    """Whether a file says of itself that it has bookmarks."""
    return _NAME in decode(data[:1_000]).lower()


def read(data: bytes) -> tuple[Bookmark, ...]:
    """The pages of a file, each address once. The folders in which they stand become tags, but for a browser's own.

    Whatever is no address of the web (bookmarklets, places in the browser) is left out.
    """
    found: dict[str, Bookmark] = {}
    for bookmark in _bookmarks(decode(data)):
        found.setdefault(bookmark.url, bookmark)
    return tuple(found.values())


def _bookmarks(text: str) -> Iterator[Bookmark]:
    folders: list[str] = []
    last: Bookmark | None = None
    for piece in _PIECE.finditer(text):
        if piece["note"] is not None and last is not None:
            last = Bookmark(last.url, last.title, last.added, last.tags, one_line(unescape(piece["note"])))
            continue
        if last is not None:
            yield last
            last = None
        if piece["folder"] is not None:
            folders.append(_folder(piece["kind"] or "", one_line(unescape(piece["folder"]))))
        elif piece["end"]:
            del folders[-1:]
        elif piece["link"] is not None:
            last = _bookmark(piece["link"], piece["title"], folders)
    if last is not None:
        yield last


def _folder(kind: str, name: str) -> str:
    """The tag for a folder; none for those that a browser has by itself."""
    return "" if _OWN.search(kind) or name.lower() in _OWN_NAMES else _SPACE.sub("-", name)


def _bookmark(link: str, title: str, folders: Iterable[str]) -> Bookmark | None:
    given = {name.lower(): unescape(one or two or three) for name, one, two, three in _ATTRIBUTE.findall(link)}
    url = clean_text(given.get("href", "")).strip()
    if not _WEB.fullmatch(url) or len(url) > MAX_URL:
        return None
    own = (_SPACE.sub("-", tag.strip()) for tag in given.get("tags", "").split(","))
    tags = dict.fromkeys(tag for tag in (*own, *folders) if tag)
    return Bookmark(url, one_line(unescape(title), MAX_TITLE), _moment(given.get("add_date", "")), tuple(tags))


def _moment(text: str) -> int | None:
    moment = int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 0
    while moment > _SECONDS:
        moment //= 1_000
    return moment if 0 < moment < LATEST else None


def write(bookmarks: Iterable[Bookmark]) -> Iterator[bytes]:
    """A file of bookmarks, UTF-8, a piece at a time; passwords in addresses are left out."""
    yield f"{_HEAD}<DL><p>\n".encode()
    for each in bookmarks:
        added = "" if each.added is None else f' ADD_DATE="{each.added}"'
        tags = f' TAGS="{escape(clean_text(",".join(each.tags)))}"' if each.tags else ""
        title = escape(one_line(each.title) or each.url, quote=False)
        url = escape(without_userinfo(clean_text(each.url)))
        note = f"    <DD>{escape(one_line(each.note), quote=False)}\n" if each.note else ""
        yield f'    <DT><A HREF="{url}"{added}{tags}>{title}</A>\n{note}'.encode("utf-8", "replace")
    yield b"</DL><p>\n"
