"""Articles as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), a piece at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from newsreader.text import clean_text, iso_utc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsreader.model import Keepsake


def write(keepsakes: Iterable[Keepsake], title: str) -> Iterator[bytes]:
    """A feed of kept articles; what JSON Feed has no name for stands in `_newsreader`, as its extensions do."""
    head = {"version": "https://jsonfeed.org/version/1.1", "title": title}
    yield json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "items": ['
    for number, each in enumerate(keepsakes):
        item = json.dumps(_item(each), ensure_ascii=False, indent=1)
        yield (b",\n" if number else b"\n") + item.encode("utf-8", "replace")
    yield b"\n]}\n"


def _item(keepsake: Keepsake) -> dict[str, Any]:
    own = {
        "source": clean_text(keepsake.source),
        "source_url": keepsake.source_url,
        "bookmarked": None if keepsake.kept_at is None else iso_utc(keepsake.kept_at),
        "note": clean_text(keepsake.note),
        "highlights": [clean_text(words) for words in keepsake.highlights],
    }
    item = {
        "id": keepsake.url or f"newsreader:{keepsake.id}",
        "url": keepsake.url,
        "title": clean_text(keepsake.title),
        "content_html": keepsake.html,
        "date_published": iso_utc(keepsake.published),
        "authors": [{"name": clean_text(keepsake.author)}] if keepsake.author else None,
        "tags": [clean_text(tag) for tag in keepsake.tags] or None,
        "language": keepsake.language,
        "_newsreader": {name: value for name, value in own.items() if value},
    }
    return {name: value for name, value in item.items() if value is not None}
