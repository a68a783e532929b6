"""What is said in place of a picture: its text alternative and its title, and the caption that stands under it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from newsreader.document.blocks import Figure, ListBlock, Paragraph, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.document.blocks import Block

_FILE: Final = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|avif|svg)", re.IGNORECASE)
_SHARING: Final = re.compile(
    r"https?://(?:www\.)?(?:twitter\.com/(?:home\?status|intent/|share)|x\.com/(?:intent/|share)"
    r"|facebook\.com/(?:sharer?|dialog)|plus\.google\.com/share|reddit\.com/submit|pinterest\.com/pin/create"
    r"|linkedin\.com/(?:shareArticle|sharing)|tumblr\.com/share|digg\.com/submit|stumbleupon\.com/submit"
    r"|addtoany\.com/|addthis\.com/|feeds\.feedburner\.com/~ff/|del\.icio\.us/post|delicious\.com/(?:post|save))"
)
_VIDEO: Final = re.compile(
    r"https?://(?:www\.)?(?:youtube(?:-nocookie)?\.com/(?:embed/|watch)|(?:player\.)?vimeo\.com/|dailymotion\.com/embed"
    r"|embed\.ted\.com/|facebook\.com/plugins/video|player\.twitch\.tv/|players\.brightcove\.net/|[^/]+/videos/embed/)"
)
_AUDIO: Final = re.compile(
    r"https?://(?:www\.)?(?:w\.soundcloud\.com/player|open\.spotify\.com/embed|bandcamp\.com/EmbeddedPlayer"
    r"|embed\.podcasts\.apple\.com/|player\.simplecast\.com/|embed\.acast\.com/)"
)
_WORDS: Final = re.compile(r"\w+")
_TELLING: Final = 12  # characters of an alternative that can be recognised in a caption
_SHARED: Final = 0.8  # of the words of an alternative that stand in its caption
_LONGEST: Final = 600  # characters: more is no caption


def described(alternative: str, title: str) -> str:
    """Put together a picture's text alternative and its title, which comics use for a second joke.

    What says the same twice is said once; the name of a file says nothing.
    """
    alternative = "" if _FILE.fullmatch(alternative) else alternative
    title = "" if _FILE.fullmatch(title) else title
    if not title or title in alternative:
        return alternative
    if alternative in title:
        return title if " " in title or not alternative else alternative
    return f"{alternative} ({title})" if " " in title else alternative


def kind_of(address: str) -> str:
    """Say what an embedded page at an address is: "video", "audio", or "embed" where nobody knows."""
    return "video" if _VIDEO.match(address) else "audio" if _AUDIO.match(address) else "embed"


def is_button(link: str | None) -> bool:
    """Whether a picture that leads there is a button for telling others: no part of an article."""
    return link is not None and _SHARING.match(link) is not None


def captioned(blocks: Sequence[Block]) -> list[Block]:
    """Give pictures the captions that pages write as ordinary text: a paragraph that says what the alternative says."""
    if not any(isinstance(block, Figure) for block in blocks):
        return list(blocks)
    given: list[Block] = []
    for block in blocks:
        before = given[-1] if given else None
        if isinstance(before, Figure) and not before.caption.text and len(before.alternative) >= _TELLING:
            caption = _text(block)
            if caption is not None and _says(caption.text, before.alternative):
                spans = (*before.caption.spans, *caption.spans)
                given[-1] = replace(before, caption=Text(caption.text, spans))
                continue
        given.append(block)
    return given


def _text(block: Block) -> Text | None:
    """Give the text of a paragraph, or of a list that is nothing but one."""
    match block:
        case Paragraph(content) | ListBlock(((Paragraph(content),),), None):
            return content
        case _:
            return None


def _says(caption: str, alternative: str) -> bool:
    """Whether a text says what an alternative says: nearly all of its words, or the beginning of it."""
    if len(caption) > _LONGEST:
        return False
    said, meant = (_WORDS.findall(text.casefold()) for text in (caption, alternative))
    shared = len(set(said) & set(meant))
    return shared >= _SHARED * len(set(meant)) or (len(caption) >= _TELLING and meant[: len(said)] == said)
