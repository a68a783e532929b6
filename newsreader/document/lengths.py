"""How much there is to read, in words for lists, which need no blocks for that."""

from __future__ import annotations

from typing import Final

from newsreader.text import count_of

_NAMES: Final = {"v": "video", "a": "recording", "e": "embedded page", "p": "picture"}


def short_length(words: int, media: str, *, stub: bool = True) -> str:
    """Say how much a short text is: "stub, 60 words"; or what it goes with: "3 pictures", "video, 40 words".

    `media` has a letter for each thing: a video, a recording (audio), an embedded page, a picture; others say nothing.
    """
    counts = ((media.count(letter), name) for letter, name in _NAMES.items())
    things = [name if count == 1 else count_of(count, name) for count, name in counts if count]
    return ", ".join(
        [*(things or ["stub"] * stub), *([count_of(words, "word")] if words else [] if things else ["no text"])]
    )
