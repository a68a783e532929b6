"""The articles of the corpus' feeds as plain title and lead, each with a key that finds it again.

Knows nothing of how stories are made; it is shared by the script that draws pairs and by the measuring of them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from newsreader.errors import NewsreaderError
from newsreader.feeds import parse
from newsreader.model import ParsedArticle

SAVED = "a feed as saved from the web"
"""So the manifest begins to say what a feed is; the others test one element each and hold no news."""

TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class CorpusArticle:
    """An article of one feed file; `text` is what the feed gives of it, without markup."""

    file: str
    key: str
    source: str
    published: int | None
    url: str | None
    title: str
    text: str
    html: str
    language: str | None

    @property
    def name(self) -> str:
        return f"{self.file}#{self.key}"


def plain(html: str) -> str:
    """Words only: escaped twice is common, so it is undone twice."""
    return " ".join(unescape(TAG.sub(" ", unescape(TAG.sub(" ", html)))).split())


def key_of(article: ParsedArticle) -> str:
    seen = "\0".join((article.guid or "", article.url or "", article.title))
    return hashlib.sha256(seen.encode()).hexdigest()[:12]


def articles_of(file: str, source: str, body: bytes, url: str, content_type: str) -> Iterator[CorpusArticle]:
    try:
        feed = parse(body, url, content_type)
    except NewsreaderError:
        return
    for article in feed.articles:
        html = max(article.content_html or "", article.summary_html or "", key=len)
        yield CorpusArticle(
            file=file,
            key=key_of(article),
            source=source,
            published=article.published or article.updated,
            url=article.url,
            title=plain(article.title),
            text=plain(html),
            html=html,
            language=article.language or feed.language,
        )


def read_corpus(corpus: Path) -> list[CorpusArticle]:
    """Every article of the saved feeds, each key once a file, in the order of the manifest."""
    folder = corpus / "feeds"
    manifest: list[dict[str, Any]] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    found: dict[str, CorpusArticle] = {}
    for entry in manifest:
        file: str = entry["file"]
        if not entry["tests"].startswith(SAVED):
            continue
        data = (folder / file).read_bytes()
        body = gzip.decompress(data) if file.endswith(".gz") else data
        for article in articles_of(file, entry["key"], body, entry["url"], entry["content_type"] or ""):
            found.setdefault(article.name, article)
    return list(found.values())
