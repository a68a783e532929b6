"""What commands print: cleaned lines for people, one JSON value for programs."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING, Any

from newsreader.bounds import SMART_COUNTED
from newsreader.text import cell_width, clean_text, iso_utc, one_line, truncate, without_userinfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsreader.model import ArticleHead, SmartSource, Source
    from newsreader.query import Mistake


def line(text: str = "") -> None:
    """Print text whose parts may come from outside: no control character leaves the program."""
    print(clean_text(text))


def problem(text: str) -> None:
    """Print a sentence on standard error."""
    print(f"newsreader: {one_line(text)}", file=sys.stderr)


def mistakes(query: str, found: Sequence[Mistake]) -> None:
    """Print what cannot be understood of a query on standard error: each sentence, and under the query where it is."""
    shown = "".join(letter if letter.isprintable() else " " for letter in query)
    for mistake in found:
        problem(mistake.sentence)
        start, marked = (cell_width(part) for part in (shown[: mistake.start], shown[mistake.start : mistake.end]))
        print(f"  {shown}\n  {' ' * start}{'^' * max(1, marked)}", file=sys.stderr)


def as_json(value: Any) -> None:
    """Print one JSON value (RFC 8259), readable, in UTF-8."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def as_json_list(values: Iterable[Any]) -> None:
    """Print a JSON list as `as_json` does, each value as soon as it is there."""
    separator = "["
    for value in values:
        shown = json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ")
        print(f"{separator}\n  {shown}", end="")
        separator = ","
    print("[]" if separator == "[" else "\n]")


def width() -> int | None:
    """The columns of the terminal, or None where the output goes elsewhere and nothing is cut."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def row(start: str, text: str, columns: int | None) -> None:
    """Print a row: its aligned start, then text folded to one line and cut to the columns that are left, if any are."""
    text = one_line(text)
    print(start + (text if columns is None else truncate(text, max(10, columns - cell_width(start)))))


def fitted(text: str, cells: int) -> str:
    """Text folded to one line, and cut or filled to so many cells."""
    text = truncate(one_line(text), cells)
    return text + " " * (cells - cell_width(text))


def moment(seconds: int | None) -> str | None:
    """A moment as JSON gives it: ISO 8601 in UTC, or null."""
    return None if seconds is None else iso_utc(seconds)


def source_json(source: Source) -> dict[str, Any]:
    """A source as `sources --json` gives it, without the name and password of its address."""
    return {
        "id": source.id,
        "title": source.title,
        "url": without_userinfo(source.url),
        "kind": str(source.kind),
        "folder": source.folder,
        "unread": source.unread,
        "total": source.total,
        "error": source.error,
        "last_success": moment(source.last_success),
        "next_due": moment(source.next_due),
        "tags": list(source.tags),
        "paused": moment(source.paused),
    }


def smart_json(smart: SmartSource) -> dict[str, Any]:
    """A smart source as `sources --smart --json` gives it; a count above a bound is the bound, and named in `more`."""
    counts = {"unread": smart.unread, "total": smart.total}
    return {
        "id": smart.id,
        "title": smart.title,
        "query": smart.query,
        "folder": smart.folder,
        **{name: None if count is None else min(count, SMART_COUNTED) for name, count in counts.items()},
        "more": [name for name, count in counts.items() if count is not None and count > SMART_COUNTED],
        "mistake": smart.mistake,
    }


def article_json(head: ArticleHead, source_url: str) -> dict[str, Any]:
    """An article as `list --json` gives it."""
    return {
        "id": head.id,
        "source": {
            "id": head.source_id,
            "title": head.source_title,
            "url": without_userinfo(source_url),
        },
        "title": head.title,
        "url": head.url,
        "author": head.author,
        "published": moment(head.published),
        "read": head.read,
        "bookmarked": head.bookmarked,
        "later": head.later,
        "tags": list(head.tags),
        "noted": head.noted,
        "highlighted": bool(head.highlights),
        "hidden_by": head.hidden_by,
        "words": head.words,
        "full_text": head.full_text,
        "comments_count": head.comments,
    }
