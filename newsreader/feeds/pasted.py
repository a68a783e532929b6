"""What of a pasted text is the address: without the words, signs and slips around it. Loads no parser."""

from __future__ import annotations

import re
from typing import Final

from newsreader.bounds import MAX_URL
from newsreader.text import one_line

_READERS: Final = r"(?:web\+)?(?:feeds?|rss|podcasts?|pcast|itpc|view-source)"
_ADDRESS: Final = re.compile(rf"(?:{_READERS}:(?://)?)?https?:/+[^\s<>\"\u201c\u201d\u00ab\u00bb]+", re.IGNORECASE)
_BARE_ADDRESS: Final = re.compile(
    r"(?:www\.[\w-]+(?:\.[\w-]+)+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?/\S)\S*", re.IGNORECASE
)
_MARKDOWN_LINK: Final = re.compile(r"\[[^\[\]]*\]\(\s*<?((?:[^\s<>()]|\([^\s<>()]*\))+)>?(?:\s[^()]*)?\)")
_AROUND: Final = (
    " \t<>\"'`,;*|\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb"  # blanks, brackets, quotes of several languages
)
_BEHIND: Final = ".:\u2026\u3002\u3001\uff0c"  # what a sentence goes on or ends with
_PAIRS: Final = (("(", ")"), ("[", "]"), ("{", "}"), ("\uff08", "\uff09"))
_MISTYPED: Final = re.compile(r"(?:h?t{1,3}p(s?)(?::/*|/{2,}))+(?=[^/\s])", re.IGNORECASE)
_FILE_NAME: Final = re.compile(r"\S+\.[a-z0-9]{2,5}", re.IGNORECASE)


def picked_out(text: str) -> str:
    """The address in a text: of a sentence, a list, a line of Markdown, two lines that were one.

    A text that is nothing but an address, or a short form, comes back as it is, but for signs around it.
    """
    lines = [line.strip() for line in text[: 4 * MAX_URL].splitlines() if line.strip()]
    if len(lines) > 1 and _ADDRESS.fullmatch(lines[0]) and not any(" " in line or ":" in line for line in lines[1:]):
        lines = ["".join(lines)]  # a terminal broke it
    whole = one_line(" ".join(lines))
    if link := _MARKDOWN_LINK.search(whole):
        whole = link[1]
    found = _ADDRESS.search(whole)
    if found is not None and not _is_part(whole[: found.start()]):
        behind = whole[found.end() :]
        if found[0] != whole and (found.start() or not _goes_on(behind)):
            whole = found[0].rstrip("!?")
    elif " " in whole and (bare := _BARE_ADDRESS.search(whole)) is not None and not _goes_on(whole[bare.end() :]):
        whole = bare[0].rstrip("!?")
    return mended(_stripped(whole))


def _is_part(before: str) -> bool:
    """Whether what stands before an address belongs to it: x.org/?u= and the like, which ask for another."""
    return bool(before) and not before.endswith(tuple(" \t([<{*\"'")) and bool(re.search(r"[./]", before))


def _goes_on(behind: str) -> bool:
    """Whether words behind an address belong to it: the name of a file with blanks in it."""
    words = behind.split()
    return bool(words) and _FILE_NAME.fullmatch(words[-1]) is not None and "://" not in behind


def _stripped(address: str) -> str:
    """An address without the signs of a text around it; a bracket that it opens itself is its own."""
    before = None
    while before != address:
        before = address
        address = address.strip(_AROUND).rstrip(_BEHIND)
        for opening, closing in _PAIRS:
            if address.endswith(closing) and address.count(closing) > address.count(opening):
                address = address.removesuffix(closing)
            if address.startswith(opening) and address.count(opening) > address.count(closing):
                address = address.removeprefix(opening)
            if address.startswith(opening) and address.endswith(closing):
                address = address[1:-1]
    return address


def mended(address: str) -> str:
    """An address with a scheme that can be read: for "https//x", "ttps://x", "https://http://x"."""
    slip = _MISTYPED.match(address)
    return address if slip is None else f"http{slip[1].lower()}://{address[slip.end() :]}"
