"""The Document and the text of a body, written as what they differ by from its HTML: they hold the same words.

From HTML come lines (running text up to the next block) and addresses (of links and pictures), in order. Where these
stand in the Document and in the text, a sign stands instead: the next line, the next address, one line or address that
is passed over. That is no reading of HTML: what does not come out so stands there in full, and whoever writes a
difference down looks whether the same comes out of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LINE, ADDRESS, NO_LINE, NO_ADDRESS, NOTHING = "\x04", "\x05", "\x06", "\x07", "\x08"
"""The next line, the next address; one that is passed over; that there is no Document."""

_AHEAD: Final = 6  # lines or addresses that are looked at for the next one
_FAR: Final = 4_096  # characters of a text that are looked through for a line
_SHORTEST: Final = 3  # characters of what is worth a sign

_INLINE: Final = re.compile(
    "</?(?:a|em|strong|code|kbd|sub|sup|del|ins|mark|small|b|i|u|s|q|span|abbr|cite|time|var|samp|dfn|bdi|wbr)"
    "(?: [^>]*)?>"
)
_BREAKS: Final = re.compile("(?:<br ?/?> *){2,}")
_BREAK: Final = re.compile(" ?<br ?/?> ?")
_TAG: Final = re.compile("<[^>]*>")
_WIDE: Final = ("\n", "  ", "\t", "\r", "\f")
_SPACE: Final = re.compile("[ \t\n\r\f]+")
_ATTRIBUTE: Final = re.compile(' (?:href|src|alt|id)="([^"]*)"')
_LITERAL: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
_SIGN: Final = re.compile("[\x04-\x07]")
_ESCAPED: Final = re.compile(r'["\\\n\t]')
_NEWLINE: Final = "\x01"


def difference(html: str, document: str | None, text: str) -> tuple[str, str] | None:
    """What a Document and a text differ by from their HTML; None where the same would not come out again."""
    lines, addresses = _lines(html), _addresses(html)
    by_document = NOTHING if document is None else _document_by(document, lines, addresses)
    by_text = _text_by(text, lines)
    same = _document(by_document, lines, addresses) == document and _text(by_text, lines) == text
    return (by_document, by_text) if same else None


def document_of(html: str, by: str) -> str | None:
    """The Document again. Raises ValueError for what is no difference from this HTML."""
    return _document(by, _lines(html), _addresses(html))


def text_of(html: str, by: str) -> str:
    """The text again."""
    return _text(by, _lines(html))


def _document(by: str, lines: Sequence[str], addresses: Sequence[str]) -> str | None:
    return None if by == NOTHING else "".join(_restored(by, [_in_json(line) for line in lines], addresses))


def _text(by: str, lines: Sequence[str]) -> str:
    return "".join(_restored(by, [f"{line}\n" for line in lines], ()))[:-1] if by else "\n".join(lines)


def _lines(html: str) -> list[str]:
    bare = _INLINE.sub("", html)
    broken = "<br" in bare
    if broken:
        bare = _BREAK.sub(_NEWLINE, _BREAKS.sub("<>", bare))
    lines = _TAG.split(bare)
    if any(wide in bare for wide in _WIDE) and "<pre" not in bare:
        lines = [_SPACE.sub(" ", line) for line in lines]
    lines = [stripped for line in lines if (stripped := line.strip(" \n\x01"))]
    if broken:
        lines = [line.replace(_NEWLINE, "\n") for line in lines]
    return _unescaped(lines) if "&" in bare else lines


def _addresses(html: str) -> list[str]:
    found: list[str] = _ATTRIBUTE.findall(html)
    return [_in_json(each) for each in (_unescaped(found) if "&" in html else found)]


def _unescaped(texts: Sequence[str]) -> list[str]:
    from html import unescape

    return [unescape(text) for text in texts]


def _in_json(text: str) -> str:
    """Text as a Document has it between quotation marks."""
    if not _ESCAPED.search(text):
        return text
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")


def _document_by(document: str, lines: Sequence[str], addresses: Sequence[str]) -> str:
    written = [_in_json(line) for line in lines]
    out: list[str] = []
    line = address = done = 0
    for found in _LITERAL.finditer(document):
        literal = found[1]
        if len(literal) < _SHORTEST:
            continue
        if literal in (ahead := written[line : line + _AHEAD]):
            passed = ahead.index(literal)
            line += passed + 1
            sign = NO_LINE * passed + LINE
        elif literal in (following := addresses[address : address + _AHEAD]):
            passed = following.index(literal)
            address += passed + 1
            sign = NO_ADDRESS * passed + ADDRESS
        else:
            continue
        out += (document[done : found.start(1)], sign)
        done = found.end(1)
    return "".join((*out, document[done:]))


def _text_by(text: str, lines: Sequence[str]) -> str:
    if text == "\n".join(lines):
        return ""
    text += "\n"
    out = []
    done = 0
    for line in (f"{each}\n" for each in lines):
        if text.startswith(line, done):
            out.append(LINE)
        elif (at := text.find(line, done, done + _FAR)) >= 0:
            out += (text[done:at], LINE)
            done = at
        else:
            out.append(NO_LINE)
            continue
        done += len(line)
    return "".join((*out, text[done:]))


def _restored(by: str, lines: Sequence[str], addresses: Sequence[str]) -> Iterator[str]:
    rest_of_lines, rest_of_addresses = iter(lines), iter(addresses)
    done = 0
    try:
        for sign in _SIGN.finditer(by):
            yield by[done : sign.start()]
            done = sign.end()
            each = next(rest_of_lines if sign[0] in {LINE, NO_LINE} else rest_of_addresses)
            if sign[0] in {LINE, ADDRESS}:
                yield each
    except StopIteration as error:
        raise ValueError("no difference from this HTML") from error
    yield by[done:]
