r"""newsboat's `urls` file (its manual, "Tagging" and "Scripts and filters"; src/fileurlreader.cpp), and plain lists.

A line is an address and any number of tags, parted by blanks. A word in double quotes may hold blanks and the escapes
\n \r \t \" \\; outside quotes a backslash is itself. A word that begins with # ends the line. The first tag
that begins with ~ is the title, one that begins with ! hides the feed from newsboat's list.

A file without tags is a plain list of addresses.
"""

from __future__ import annotations

from typing import Final

from newsreader.errors import ParseError
from newsreader.feeds.decoding import decode
from newsreader.feeds.gathering import FeedList, Gathering, address, folder_of, is_address, name, shown
from newsreader.model import KeptQuery, Subscription
from newsreader.text import clean_text, count_of, one_line

_BLANKS: Final = " \r\n\t"
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", "`": "\\`"}
_TITLE, _HIDDEN = "~", "!"
_ORIGIN: Final = "newsboat"
_MAX_QUERY: Final = 4_000  # characters of a query's expression; newsboat's own examples have a hundred


def read(data: bytes) -> FeedList:
    """Read newsboat's `urls` or a plain list of addresses.

    Tags stay tags, and the first one that is no title and hides nothing is the folder too. Queries are kept for
    themselves. Raises ParseError when fewer than half of the lines begin with an address.
    """
    lines = [(number, words) for number, line in enumerate(_lines(data), 1) if (words := tokenize(line))]
    if 2 * sum(is_address(words[0]) for _, words in lines) < max(1, len(lines)):
        raise ParseError("This file is no list of feeds: its lines are no addresses.")
    gathering, queries, hidden, foldered = Gathering(), dict[str, KeptQuery](), 0, 0
    for number, (given, *tags) in lines:
        if given.lower().startswith("query:"):
            _take_query(number, given, gathering, queries)
            continue
        url, reason = _address(given)
        if url is None:
            gathering.leave_out(f"Line {number}", reason)
            continue
        subscription = _subscription(url, tags)
        hidden += any(tag.startswith(_HIDDEN) for tag in tags)
        foldered += subscription.folder is not None
        gathering.take(subscription)
    return FeedList(
        subscriptions=tuple(gathering.found.values()),
        problems=tuple(gathering.problems),
        merged=tuple(gathering.merged),
        queries=tuple(queries.values()),
        notes=_notes(hidden, foldered),
    )


def tokenize(line: str) -> list[str]:
    """The words of a line, as newsboat's `tokenize_quoted` parts them."""
    words: list[str] = []
    at = 0
    while True:
        while at < len(line) and line[at] in _BLANKS:
            at += 1
        if at >= len(line) or line[at] == "#":
            return words
        word, at = _quoted(line, at + 1) if line[at] == '"' else _plain(line, at)
        words.append(word)


def _plain(line: str, at: int) -> tuple[str, int]:
    end = next((i for i in range(at, len(line)) if line[i] in _BLANKS), len(line))
    return line[at:end], end


def _quoted(line: str, at: int) -> tuple[str, int]:
    """The word behind an opening quote, and where the line goes on; without a closing quote it is the rest."""
    said: list[str] = []
    while at < len(line) and line[at] != '"':
        if line[at] == "\\" and at + 1 < len(line):
            at += 1
            said.append(_ESCAPES.get(line[at], line[at]))
        else:
            said.append(line[at])
        at += 1
    return "".join(said), at + 1


def _lines(data: bytes) -> list[str]:
    return decode(data).removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


def _address(given: str) -> tuple[str | None, str]:
    """The address of a line, or why it is none that we take."""
    url = one_line(given)
    if url.lower().startswith(("exec:", "filter:")):
        kind = url.partition(":")[0].lower()
        return None, f"{kind}: runs a program for each refresh, which is not supported ({shown(url)})."
    if url.lower().startswith(("file:", "/", "~/")) and not url.startswith("//"):
        return None, f"a file of this machine is no source ({shown(url)})."
    return address(url)


def _subscription(url: str, tags: list[str]) -> Subscription:
    title = next((name(tag[1:]) for tag in tags if tag.startswith(_TITLE)), "")
    kept = tuple(dict.fromkeys(filter(None, (name(tag) for tag in tags if not tag.startswith(_TITLE)))))
    folder = next((tag for tag in kept if not tag.startswith(_HIDDEN)), None)
    return Subscription(url, title, folder_of((folder,)) if folder else None, tags=kept)


def _take_query(number: int, given: str, gathering: Gathering, queries: dict[str, KeptQuery]) -> None:
    """Keep `query:Title:expression`; newsboat passes over empty parts before the expression."""
    title, _, expression = given.partition(":")[2].lstrip(":").partition(":")
    query = clean_text(expression).strip()
    if not title.strip() or not query or len(query) > _MAX_QUERY:
        gathering.leave_out(f"Line {number}", "a query needs a title and an expression: query:Title:expression.")
        return
    queries.setdefault(f"{title}:{query}", KeptQuery(name(title), query, _ORIGIN))


def _notes(hidden: int, foldered: int) -> tuple[str, ...]:
    notes = []
    if foldered:
        notes.append(f"{count_of(foldered, 'source')} with tags: the first tag is the folder too; all tags are kept.")
    if hidden:
        notes.append(f"{count_of(hidden, 'source')} hidden in newsboat can be seen here; the tag with “!” is kept.")
    return tuple(notes)
