"""The words of a library, by which its bodies are packed: a short code for each that is frequent.

A body by itself is too short for deflate to learn its language from. So a library learns its words once, from some
thousand of its own bodies: each of the most frequent (tags and the beginnings of addresses are words, too) becomes a
code of one or two bytes, a capital letter one byte more. What bodies look like when they are written so is kept as
well: deflate begins with it. Together they take a fifth to a quarter of what deflate alone needs.

A wording never changes: what was packed by it can be read by it alone. A better one is a further one.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections import Counter
from functools import cache, cached_property
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from newsreader.store.deriving import difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from zlib import _Compress as Compress

_WINDOW: Final = 15
_LEVEL: Final = 6  # 9 takes a fifth longer for a thousandth less
_SAMPLE: Final = 32_000  # bytes of the library's own bodies that deflate begins with: as far as it looks back
_HEAD, _TAIL = 1_000, 500  # characters of one body in that: its beginning, and how its document differs
_STRIDE: Final = 40  # bodies between two that stand one after the other in the sample
_TAUGHT: Final = 6_000  # characters of one body that words are counted in
_REMEMBERED: Final = 100_000  # words, then those that were seen once are forgotten: memory
_FIRST_CODE, _FIRST_LONG = 0x80, 0xC0
_SHORT: Final = _FIRST_LONG - _FIRST_CODE  # codes of one byte
_FREQUENT: Final = 2  # characters of what is no word and kept all the same: signs, and spaces beside them
_MOST: Final = _SHORT + (0xFF - _FIRST_LONG) * 256
_SEEN: Final = 3  # times at least, to be a word
_LONGEST: Final = 60  # characters
_RAW, _END, _CAPITAL = b"\x01", b"\x02", b"\x03"
_BETWEEN: Final = b"\n"  # no word has one

# Ranges that are nearly all letters; what is wrongly taken for one does no harm, and asking what is one costs more.
_LETTERS: Final = r"A-Za-z\u00aa-\u1fff\u2c00-\u2dff\u3005-\ud7ff\uf900-\ufdff\ufe70-\uffdc"
_WORD: Final = (
    r"(?:</?[^<> ]*>)+"
    r'|<[^<> ]*(?: [a-z]+=")?'
    r"|https?://[\w.-]*/?"
    rf"|[{_LETTERS}]+(?:[,.;:]? )?"
    rf"|[0-9]|[^{_LETTERS}0-9<]+"
)
_CODE: Final = re.compile(
    rb"[\x80-\xbf]|[\xc0-\xff].|[^\x01\x03\x80-\xff]+|\x03(?:[\x80-\xbf]|[\xc0-\xff].)|\x01[^\x02]*\x02", re.DOTALL
)


_ASCII: Final = {chr(number): bytes([number]) for number in range(128)}


class _Codes(dict[str, bytes]):
    """The codes of words; what has none is written with the code of the small word, or as it stands."""

    def __missing__(self, word: str) -> bytes:
        if word[0].isupper() and (code := self.get(word[0].lower() + word[1:])) is not None:
            return _CAPITAL + code
        raw = word.encode("utf-8", "surrogatepass")
        return raw if word.isascii() else _RAW + raw + _END


class _Words(dict[bytes, bytes]):
    """The words of codes, and what else stands between them; each is found at once from the second time on.

    A library has some sixteen thousand, a sitting meets a few thousand: the others stay in one piece.
    """

    def __init__(self, learnt: bytes) -> None:
        super().__init__()
        self._learnt = learnt
        self._ends = array("I", accumulate(len(word) + 1 for word in learnt.split(_BETWEEN)))

    def __missing__(self, code: bytes) -> bytes:
        first = code[0]
        if first >= _FIRST_CODE:
            found = self._word(
                first - _FIRST_CODE if len(code) == 1 else (first - _FIRST_LONG) * 256 + code[1] + _SHORT
            )
        elif code[:1] == _CAPITAL:
            word = self[code[1:]].decode()
            found = (word[:1].upper() + word[1:]).encode()
        elif code[:1] == _RAW:
            return code[1:-1]
        elif len(code) > _FREQUENT:
            return code
        else:
            found = code
        self[code] = found
        return found

    def _word(self, number: int) -> bytes:
        if number >= len(self._ends):
            raise ValueError("no such word")
        return self._learnt[self._ends[number - 1] if number else 0 : self._ends[number] - 1]


class Wording:
    """Words with their codes, the most frequent first, and the sample that deflate begins with.

    `learnt` are the words, one a line. Whoever only reads needs the words of the codes: the codes of the words are made
    when they are asked for.
    """

    def __init__(self, learnt: bytes, sample: bytes) -> None:
        self._learnt = learnt
        self._sample = sample
        self._words = _Words(learnt)

    @cached_property
    def _codes(self) -> _Codes:
        words = self._learnt.decode().split(_BETWEEN.decode())
        return _Codes({**_ASCII, **dict(zip(words, _every_code(), strict=False))})

    @cached_property
    def _deflate(self) -> Compress:
        strategy = zlib.Z_DEFAULT_STRATEGY
        return zlib.compressobj(_LEVEL, zlib.DEFLATED, -_WINDOW, 9, strategy, self._sample or b" ")

    def dump(self) -> bytes:
        """As the library keeps it."""
        return zlib.compress(self._learnt + _BETWEEN + _BETWEEN + self._sample, 9)

    def deflated(self, coded: bytes) -> bytes:
        """What was written by codes, compressed."""
        deflate = self._deflate.copy()  # taking the sample in anew would cost as much as a body does
        return deflate.compress(coded) + deflate.flush()

    def inflated(self, data: bytes) -> bytes:
        """The same again. Raises zlib.error for anything else."""
        return zlib.decompressobj(-_WINDOW, self._sample or b" ").decompress(data)

    def coded(self, text: str) -> bytes:
        """Write a text by codes; it may not hold any of the characters U+0001 to U+0003."""
        return b"".join(map(self._codes.__getitem__, _in_words()(text)))

    def read(self, coded: bytes) -> str:
        """The text that was written so. Raises ValueError for anything else."""
        return b"".join(map(self._words.__getitem__, _CODE.findall(coded))).decode("utf-8", "surrogatepass")


def load(data: bytes) -> Wording:
    """Read what `dump` wrote. Raises ValueError, zlib.error for anything else."""
    words, between, sample = zlib.decompress(data).partition(_BETWEEN + _BETWEEN)
    if not between:
        raise ValueError("no wording")
    return Wording(words, sample)


def id_of(data: bytes) -> int:
    """What a wording is known by in every library: a number of its content, above 0."""
    return zlib.crc32(data) or 1


@cache
def _in_words() -> Callable[[str], list[str]]:
    """What takes a text apart into words; whoever only reads does without, for it takes long to compile."""
    return re.compile(_WORD).findall


def _every_code() -> Iterator[bytes]:
    """The codes, the short ones first."""
    single = [bytes([code]) for code in range(256)]
    yield from single[_FIRST_CODE:_FIRST_LONG]
    for high in single[_FIRST_LONG:0xFF]:
        yield from [high + low for low in single]


class Lessons:
    """What is learnt from on the way to a wording: how often words were seen, and some of the texts."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._texts: list[str] = []
        self.taken = 0

    def take(self, html: str, document: bytes | None, text: str) -> None:
        """Learn from one body."""
        self.taken += 1
        try:
            by = difference(html, None if document is None else document.decode(), text) or ()
        except UnicodeDecodeError:
            by = ()
        whole = "\x00".join((html, *by))
        self._seen.update(_in_words()(whole[:_TAUGHT]))
        if len(self._seen) > _REMEMBERED:
            self._seen = Counter({word: count for word, count in self._seen.items() if count > 1})
        self._texts.append(whole if len(whole) < _HEAD + _TAIL else whole[:_HEAD] + whole[-_TAIL:])

    def wording(self) -> Wording:
        """What was learnt."""
        seen = {word: count for word, count in self._seen.items() if count >= _SEEN and 1 < len(word) <= _LONGEST}
        for word in [word for word in seen if word[0].isupper() and word[0].lower() + word[1:] in seen]:
            seen[word[0].lower() + word[1:]] += seen.pop(word)
        saved = ((count * (len(word.encode("utf-8", "replace")) - 1), word, count) for word, count in seen.items())
        best = sorted((each for each in saved if _is_clean(each[1])), reverse=True)[:_MOST]
        words = [word for _, word, _ in sorted(best, key=itemgetter(2), reverse=True)]
        learnt = _BETWEEN.join(word.encode() for word in words)
        bare = Wording(learnt, b"")
        sample = b""
        for start in range(_STRIDE):  # from all over, until there is enough
            for text in self._texts[start::_STRIDE]:
                if len(sample) >= _SAMPLE:
                    return Wording(learnt, sample[:_SAMPLE])
                sample += bare.coded(text)
        return Wording(learnt, sample)


def _is_clean(word: str) -> bool:
    return "\n" not in word and not re.search("[\x00-\x08\ud800-\udfff]", word)
