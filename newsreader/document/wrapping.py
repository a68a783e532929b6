"""Where lines break: running text to slices that fit a measure counted in cells.

Words are whole unless one is longer than the measure. Scripts written without spaces break between characters, but no
line begins with a closing mark or ends with an opening one (kinsoku shori, JIS X 4051 in its basics). What a reader
sees as one character (an emoji sequence, a flag, a letter with its marks) is never cut. No-break spaces hold.
Thai, Lao, Burmese and Khmer, of which only a dictionary knows the words, break between syllables as far as letters tell
them: a vowel stays with its consonant on either side, a mark of repetition or omission with what it is for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, split_graphemes

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    Cut = tuple[int, int]
    """A line: from this character up to that one."""

_SPACES: Final = " \t\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000"
_WIDE: Final = (
    "\u2e80-\u2fff\u3001-\u303e\u3041-\u312f\u3190-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff"
    "\ufe30-\ufe4f\uff01-\uff9f\uffe0-\uffe6\U0001f300-\U0001f3fa\U0001f400-\U0001faff\U00020000-\U0003fffd"
)
_FLAG: Final = "\U0001f1e6-\U0001f1ff"
_TAIL: Final = "(?:[\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]|\u200d.)*"
_UNSPACED: Final = "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
_MARKS: Final = (  # above, below and around their letters
    "[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb3-\u0ebd\u0ec8-\u0ece\u102b-\u103e\u1056-\u1060\u1062-\u1064\u1067-\u106d"
    "\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d\u17b4-\u17d3\u17dd]*"
)
_BURMESE: Final = "[\u1000-\u102a\u103f]"
_SYLLABLE: Final = (  # vowels before a consonant, stacked and final consonants, figures
    rf"(?:\u0e2f\u0e25\u0e2f|[\u0e40-\u0e44\u0ec0-\u0ec4]+(?:[\u0e01-\u0e2e\u0e81-\u0eae\u0edc-\u0edf]{_MARKS})?"
    rf"|{_BURMESE}{_MARKS}(?:(?<=\u1039){_BURMESE}{_MARKS}|{_BURMESE}[\u102d-\u1037]*\u103a{_MARKS})*"
    rf"|[\u1780-\u17b3]{_MARKS}(?:(?<=\u17d2)[\u1780-\u17b3]{_MARKS})*"
    r"|[\u0e50-\u0e59]+|[\u0ed0-\u0ed9]+|[\u1040-\u1049]+|[\u17e0-\u17e9]+"
    rf"|[{_UNSPACED}]{_MARKS})"
    r"[\u0e2f\u0e30\u0e32\u0e45\u0e46\u0eaf\u0eb0\u0eb2\u0ec6\u104a-\u104f\u17d4-\u17da]*"  # what begins no line
)
_NOT_FIRST: Final = frozenset(
    "、。，．,.・：；:;！？!?‼⁇⁈⁉」』】〕〉》〗〙〛｝］）)]}｠”’»›…‥ー々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"
    "ㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ゛゜｡､｣･ｰﾞﾟ％%‰°′″〜～‐゠–—·"
)
_NOT_LAST: Final = frozenset("「『【〔〈《〖〘〚｛［（｟([{“‘«‹＄￥￡$¥£€〝｢")
_PLAIN: Final = "\u3400-\u4dbf\u4e00-\u9fff" + "".join(  # two cells each, and a line may break between any two of them
    letter for letter in map(chr, (*range(0x3042, 0x3097), *range(0x30A2, 0x30FB))) if letter not in _NOT_FIRST
)
_ATOM: Final = re.compile(
    f"[{_PLAIN}]{{2,}}(?=[{_PLAIN}])|[{_SPACES}]+|[\"'(\u201c\u2018]*{_SYLLABLE}{_TAIL}[\"')\u201d\u2019,.!?:;\u2026]*|[{_WIDE}]{_TAIL}|[{_FLAG}]{{1,2}}{_TAIL}"
    f"|(?:\u200d.|[^{_SPACES}{_WIDE}{_FLAG}{_UNSPACED}])+",
    re.DOTALL,
)
# Characters (Latin to Arabic) that take one cell each and never join: most of all text, broken without looking at each.
_NARROW: Final = re.compile(
    "[ -~\xa0-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u03ff\u0400-\u0482\u048a-\u052f"
    "\u05be\u05d0-\u05ea\u05f3\u05f4\u060c\u061b\u061f-\u063f\u0641-\u064a\u0660-\u066f\u0671-\u06d3\u06ee-\u06ff"
    "\u1d2c-\u1dbf\u1e00-\u1eff\u2002-\u200a\u2010-\u2027\u202f-\u203a\u2070-\u2094\u20ac\u2116\u2122\u2212]*"
)
_RUN: Final = re.compile(f"[{_PLAIN}]{{2}}")
_HYPHENS: Final = re.compile("[-‐–—]")
_AFTER_HYPHEN: Final = re.compile(r"(?<=\w)[-‐–](?=[^\W\d_])|(?<=\w)—(?=\w)")
_ODD_SPACES: Final = re.compile("[\t\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]")
_AT_ONCE: Final = 2_000  # characters of an endless word that are looked at together
_SPACED: Final = re.compile(r"^ {2,}", re.MULTILINE)
_CODE_CUTS: Final = " ,;("
_GOOD_CUTS: Final = "/?&=#-_.,:;\xa0\u202f"


def wrap(text: str, width: int) -> Iterator[Cut]:
    """Break text into lines of at most `width` cells (at least 2); a newline character always breaks.

    Gives the lines as (start, end) positions in `text`, in order and without overlap; white space at a break belongs
    to no line. Text without any character gives one empty line. What a line costs does not depend on the text after it.
    """
    width = max(width, 2)
    start = 0
    for piece in text.split("\n"):
        end = start + len(piece)
        first = start + len(piece) - len(piece.lstrip(" "))
        last = first + len(piece.strip(" "))
        if _NARROW.fullmatch(text, first, last) and not _ODD_SPACES.search(text, first, last):
            yield from _wrap_narrow(text, first, last, width)
        else:
            yield from _wrap_wide(text, first, last, width)
        start = end + 1


def chop(text: str, width: int) -> Iterator[Cut]:
    """Cut one line of text into slices of at most `width` cells (at least 2), between what is seen as characters.

    For code: cuts come after a space or a comma where there is one in the second half of the line. Nothing is left
    out, the slices follow each other without a gap.
    """
    if not text:
        yield 0, 0
    yield from _chop(text, 0, len(text), max(width, 2), _CODE_CUTS)


def tab_size(code: str) -> int:
    """Say how many cells a tab of a listing takes: 8, as everywhere, if some of its lines are indented by spaces.

    Where all are indented by tabs, 4 are enough to see it, and leave room for the code.
    """
    return 8 if "\t" in code and _SPACED.search(code) else 4


def _wrap_narrow(text: str, start: int, end: int, width: int) -> Iterator[Cut]:
    while end - start > width:
        limit = start + width
        cut = text.rfind(" ", start + 1, limit + 1)
        after = _hyphen(text, max(cut, start), limit) or _inside_address(text, start, cut, limit, end)
        if after:
            yield start, after
            start = after
        elif cut > start:
            stop = cut
            while text[stop - 1] == " ":
                stop -= 1
            yield start, stop
            start = cut
        else:
            after = _good_cut(text, start, limit, _GOOD_CUTS)
            yield start, after
            start = after
        while start < end and text[start] == " ":
            start += 1
    yield start, end


def _hyphen(text: str, start: int, limit: int) -> int:
    """Find the last place after a hyphen in (start, limit] where a line may end, 0 if there is none."""
    found = 0
    if text.find("-", start, limit) >= 0 or not text.isascii():
        for match in _AFTER_HYPHEN.finditer(text, start, min(limit + 1, len(text))):
            if match.end() <= limit:
                found = match.end()
    return found


def _inside_address(text: str, start: int, cut: int, limit: int, end: int) -> int:
    """Find where to cut an address after the space `cut` that is longer than a line, so that it begins on this line.

    0 for anything else.
    """
    slashes = text.find("://", cut, limit) if cut > start else -1
    if slashes < 0:
        return 0
    stop = text.find(" ", cut + 1, end)
    if (end if stop < 0 else stop) - cut - 1 <= limit - start:
        return 0
    return _fitting_address(text, cut + 1, limit, limit - cut - 1)


def _fitting_address(text: str, start: int, end: int, room: int) -> int:
    """Find where the address that begins at `start` can be cut so that its beginning takes at most `room` cells."""
    limit = min(start + room, end)
    slashes = text.find("://", start, limit)
    cut = max(text.rfind(mark, slashes + 3, limit) for mark in "/?&") + 1 if slashes >= 0 else 0
    return cut if cell_len(text[start:cut]) <= room else 0


def _good_cut(text: str, start: int, limit: int, marks: str) -> int:
    """Find where to cut a word that is longer than the line: after a mark in its second half, else at the limit."""
    for position in range(limit, start + (limit - start) // 2, -1):
        if text[position - 1] in marks:
            return position
    return limit


def _wrap_wide(text: str, start: int, end: int, width: int) -> Iterator[Cut]:
    """Break text of any script: units that hold together are set one after the other."""
    line_start = line_end = start
    used = -1  # nothing stands on the line yet
    for unit_start, unit_end, loose in _units(text, start, end):
        if loose:
            line_start, line_end, used = yield from _fill(
                text, (line_start, line_end, used), unit_start, unit_end, width
            )
            continue
        size = _width(text, unit_start, unit_end, width)
        cut = 0
        if used >= 0:
            space = cell_len(text[line_end:unit_start])
            if used + space + size <= width:
                used += space + size
                line_end = unit_end
                continue
            cut = _fitting_address(text, unit_start, unit_end, width - used - space) if size > width else 0
            yield line_start, cut or line_end
        line_start, line_end = cut or unit_start, unit_end
        used = _width(text, line_start, line_end, width)
        if used > width:
            for first, last in _chop(text, line_start, line_end, width, _GOOD_CUTS):
                if last < line_end:
                    yield first, last
                line_start = first
            used = cell_len(text[line_start:line_end])
    yield line_start, line_end


def _fill(
    text: str, line: tuple[int, int, int], start: int, end: int, width: int
) -> Generator[Cut, None, tuple[int, int, int]]:
    """Set wide characters between any of which a line may break; `line` is where it begins and ends, and its cells."""
    line_start, line_end, used = line
    while True:
        space = cell_len(text[line_end:start]) if used >= 0 else 0
        taken = min((width - space - max(used, 0)) // 2, end - start)
        if taken > 0:
            line_start = line_start if used >= 0 else start
            used = max(used, 0) + space + 2 * taken
            start = line_end = start + taken
        if start == end:
            return line_start, line_end, used
        if used >= 0:
            yield line_start, line_end
        line_start, line_end, used = start, start, -1


def _width(text: str, start: int, end: int, enough: int) -> int:
    """Count the cells of a stretch; of one that is longer than any line, not all of them."""
    most = start + 12 * enough  # characters: hardly a family of emoji has more to a cell
    width = cell_len(text[start : min(end, most)])
    return width if end <= most or width > enough else cell_len(text[start:end])


def _units(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Cut text into the stretches that no line break may divide, without the spaces between them.

    With each it is said whether it is a run of _PLAIN characters, which may be divided anywhere.
    """
    waiting: Cut | None = None  # what comes next may hold on to it
    glued = False
    for match in _ATOM.finditer(text, start, end):
        first, last = match.span()
        if text[first] in " \t\u3000" or _ODD_SPACES.match(text, first):
            glued = False
            continue
        if last - first > 1 and _RUN.match(text, first) is not None:
            if glued and waiting is not None and text[first - 1] in _NOT_LAST:
                waiting = waiting[0], first + 1
                first += 1
            if waiting is not None:
                yield *waiting, False
            yield first, last, True
            waiting, glued = None, True
            continue
        hyphens = _AFTER_HYPHEN.finditer(text, first, last) if _HYPHENS.search(text, first, last) else ()
        parts = [first, *(hyphen.end() for hyphen in hyphens), last]
        for index in range(len(parts) - 1):
            here = parts[index], parts[index + 1]
            holds = index == 0 and glued and (text[first] in _NOT_FIRST or text[first - 1] in _NOT_LAST)
            if waiting is not None and holds:
                here = waiting[0], here[1]
            elif waiting is not None:
                yield *waiting, False
            waiting = here
        glued = True
    if waiting is not None:
        yield *waiting, False


def _chop(text: str, start: int, end: int, width: int, marks: str) -> Iterator[Cut]:
    """Cut a stretch that is too long, between what is seen as characters, rather after one of `marks`."""
    line_start, used, good = start, 0, 0
    for first, last, size in _graphemes(text, start, end):
        if used and used + size > width:
            stop = good if good > line_start else first
            yield line_start, stop
            used = cell_len(text[stop:first])
            line_start, good = stop, 0
        used += size
        if text[last - 1] in marks and used > width // 2:
            good = last
    if line_start < end:
        yield line_start, end


def _graphemes(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Give what is seen as characters, each with its cells; a flag's two letters are one (Unicode TR 51)."""
    while start < end:
        part = text[start : min(end, start + _AT_ONCE)]
        found = _with_whole_flags(part, split_graphemes(part)[0])
        if start + len(part) < end and len(found) > 1:
            found.pop()  # it may go on
        for first, last, size in found:
            yield start + first, start + last, size
        start += found[-1][1]


def _with_whole_flags(text: str, graphemes: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Join the two letters of a flag, which the terminal draws as one (Unicode TR 51, regional indicators)."""
    if not any("\U0001f1e6" <= character <= "\U0001f1ff" for character in text):
        return graphemes
    joined: list[tuple[int, int, int]] = []
    half = False
    for first, last, size in graphemes:
        letter = "\U0001f1e6" <= text[first] <= "\U0001f1ff"
        if half and letter:
            before, _, width = joined.pop()
            joined.append((before, last, width + size))
            half = False
        else:
            joined.append((first, last, size))
            half = letter
    return joined
