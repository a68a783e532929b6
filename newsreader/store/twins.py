"""Telling that two articles of one source are the same, whatever identities the feed gives them."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from newsreader.model import ArticleWrite

_SCHEME: Final = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
_NOISE: Final = re.compile(r"^https?://(?:www\.)?|#.*$|(?<=[?&])utm_[a-z]+=[^&#]*&?|[/?&]+$", re.IGNORECASE)
_BEGINNING: Final = 200  # characters of a text that tell it from another


def twin_key(write: ArticleWrite) -> int | None:
    """A 64-bit number that articles share which are the same by all that a reader sees of them; None for an empty one.

    These are articles with the same address and title; without a title, with the same address and beginning of the
    text; without an address, with the same title, beginning of the text and date: a feed that invents a guid for each
    of its articles at every fetch gives no other sign. An address is compared without scheme, "www.", fragment, utm_
    parameters and a slash at its end.
    """
    words = " ".join(write.title.casefold().split())
    beginning = write.text[:_BEGINNING].strip()
    if write.url and words:
        face = f"{_bare(write.url)}\n{words}"
    elif write.url and beginning:
        face = f"{_bare(write.url)}\n\n{beginning}"
    elif words and beginning:
        face = f"\n{words}\n{beginning}\n{write.published}"
    else:
        return None
    digest = blake2b(face.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _bare(url: str) -> str:
    """The part of an address that tells pages apart. Most addresses need no more than two cuts."""
    scheme = _SCHEME.match(url)
    rest = url[scheme.end() :] if scheme else url
    if "#" in rest or "://" in rest or "utm_" in rest.lower():
        rest = _NOISE.sub("", _NOISE.sub("", url))
    return rest.rstrip("/?&")
