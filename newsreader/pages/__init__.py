"""Page HTML to article HTML: `clean`, the one sanitiser, and `extract`, the article's text from its page. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.pages.cleaning import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsreader.pages.extraction import Extracted

__all__ = ["clean", "extract"]


def extract(
    html: bytes | str,
    url: str,
    *,
    title: str | None = None,
    summary: str | None = None,
    first: str | None = None,
    repeated: Mapping[int, float] | None = None,
) -> Extracted:
    """Find the article on its page; see `newsreader.pages.extraction.extract`, which is loaded at the first call."""
    from newsreader.pages.extraction import extract as run

    return run(html, url, title=title, summary=summary, first=first, repeated=repeated)
