"""The charset of a document that names none, or one that it is not in, from its bytes and the language it says it has.

What is written in another script than the Latin one is told by chardet, and where that is in doubt by its letters. It
knows nothing of the Latin ones beside windows-1252: these are told by the letters inside of words, for the letters of
one language lie where no western language has its own ("wiêcej", "pøíštì").
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

_SAMPLE: Final = 30_000  # bytes: as much as a detector needs
_TEXT = re.compile(rb"[^<>\n]+")
_LANGUAGE = re.compile(rb"(?:language>\s*|xml:lang=[\"'])([A-Za-z]{2}(?:[-_][A-Za-z]{2,4})?)\b")
_INNER = re.compile(rb"(?<=[A-Za-z\x80-\xff])[\x80-\xff](?=[A-Za-z\x80-\xff])|[\x80-\xff](?=[a-z])")
_NO_LETTERS: Final = bytes(range(0x41))
_ASCII: Final = bytes(range(0x80))
# Quotes, dashes and spaces, which all these charsets have in the same places.
_SIGNS: Final = b"\x80\x82\x84\x85\x86\x87\x89\x8b\x91\x92\x93\x94\x95\x96\x97\x99\x9b\xa0\xab\xad\xb7\xbb"
# What chardet may say, and the charset it is read as: the one that holds it all.
_FOUND: Final = {
    "koi8-r": "koi8-u",
    "windows-1251": "cp1251",
    "maccyrillic": "cp1251",
    "iso-8859-5": "iso8859-5",
    "ibm866": "cp866",
    "iso-8859-7": "iso8859-7",
    "windows-1253": "cp1253",
    "iso-8859-8": "iso8859-8",
    "windows-1255": "cp1255",
    "shift_jis": "cp932",
    "cp932": "cp932",
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "cp949": "cp949",
    "gb2312": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "tis-620": "cp874",
}
_USUAL: Final = {
    "ja": ("cp932", "euc_jp"),
    "zh": ("gb18030", "big5hkscs"),
    "zh-tw": ("big5hkscs", "gb18030"),
    "zh-hk": ("big5hkscs", "gb18030"),
    "ko": ("cp949",),
    "th": ("cp874",),
    "el": ("cp1253",),
    "he": ("cp1255",),
}
# The letters of German, French, Spanish and so on; what a language has beside them are names of others.
_WESTERN: Final = (
    *("äöüß", "àâæçèéêëîïôœùûüÿ", "áéíñóúüºª¿¡", "áàâãçéêíóôõúüºª", "àèéìíîòóùú", "àçèéíïòóúü", "åäöéüà"),
    *("æøåéóàäöü", "áðéíóúýþæö", "áðíóúýæø", "åäöšžé", "éèëïöüáàêçôûó", "äõöüšž", "áéíóúâêîôû"),
)
_FEW: Final = 6  # bytes of letters that tell nothing
_TRUSTED: Final = 0.97  # share of the letters that a language must account for


@dataclass(frozen=True, slots=True)
class _Latin:
    """A language not written in windows-1252: its charsets, its letters, and groups of them that each must occur."""

    languages: frozenset[str]
    encodings: tuple[str, ...]
    letters: str
    marks: tuple[str, ...]


def _latin(languages: str, encodings: str, letters: str, *marks: str) -> _Latin:
    return _Latin(frozenset(languages.split()), tuple(encodings.split()), letters, marks)


_LATIN: Final = (
    _latin("pl", "cp1250 iso8859-2", "ąćęłńóśźż", "ł", "ąęż"),
    _latin("cs", "cp1250 iso8859-2", "áčďéěíňóřšťúůýž", "šž", "ěřů"),
    _latin("sk", "cp1250 iso8859-2", "áäčďéíĺľňóôŕšťúýž", "šž", "čľťň"),
    _latin("hu", "cp1250 iso8859-2", "áéíóöőúüű", "őű", "öü"),
    _latin("ro mo", "cp1250 iso8859-2", "ăâîşţ", "ăâ", "şţ"),
    _latin("hr sl bs sr sh", "cp1250 iso8859-2", "čćđšž", "šž", "čć"),
    _latin("tr", "cp1254", "çğıöşüâîûİ", "ı", "ğş"),
    _latin("lt", "cp1257 iso8859-13", "ąčęėįšųūž", "ėųį", "šž"),
    _latin("lv", "cp1257 iso8859-13", "āčēģīķļņšūž", "ā", "šžņļķ"),
)


def guess(data: bytes) -> str | None:
    """The charset of a document that is no UTF-8; None for western text, and where in doubt."""
    language = _language(data[:_SAMPLE])
    letters = Counter(data[:_SAMPLE].translate(None, _ASCII + _SIGNS))
    if guessed := _of_latin_language(letters, language[:2]):
        return guessed
    if _is_western(letters):  # as nearly all are: the rest takes long
        return None
    foreign_text = (text for match in _TEXT.finditer(data) if not (text := match.group()).isascii())
    sample = b"\n".join(islice(foreign_text, 1_000))[:_SAMPLE]
    foreign = len(sample.translate(None, _ASCII))
    # No western language has so much that is not ASCII.
    if foreign >= len(sample.translate(None, _NO_LETTERS)) // 3:
        return _of_other_script(sample, language)
    return _of_latin_letters(sample)


def _language(head: bytes) -> str:
    """The language that a document says it has, as a tag in lower case; "" where it says none."""
    said = _LANGUAGE.match(head, place) if (place := head.find(b"language>")) >= 0 else None
    if said is None and (place := head.find(b"xml:lang=")) >= 0:
        said = _LANGUAGE.match(head, place)
    return said[1].decode("ascii").lower().replace("_", "-") if said else ""


def _of_other_script(sample: bytes, language: str) -> str | None:
    foreign = len(sample.translate(None, _ASCII))
    if foreign >= _FEW:
        import chardet

        found = chardet.detect(sample)
        if (found["confidence"] or 0) > 0.7 and (known := _FOUND.get((found["encoding"] or "").lower())):
            return known
    for encoding in ("cp932", "euc_jp"):
        if _share(sample, encoding, "\u3041", "\u30ff") > 0.2 and _share(sample, encoding, "\uff61", "\uff9f") < 0.1:
            return encoding
    for encoding in _USUAL.get(language, _USUAL.get(language[:2], ())):
        if fits(sample.decode(encoding, "replace")):
            return encoding
    for encoding in ("cp1256", "iso8859-6"):
        if foreign >= 3 * _FEW and _share(sample, encoding, "\u0600", "\u06ff") > _TRUSTED:
            return encoding if _share(sample, encoding, "اليو") > 0.25 else None
    return None


def _share(sample: bytes, encoding: str, first: str, last: str = "") -> float:
    """Which part of what is not ASCII lies between two letters, or is among some, if the bytes can be so at all."""
    foreign = sample.decode(encoding, "replace").encode("ascii", "ignore")
    text = sample.decode(encoding, "replace")
    total = len(text) - len(foreign)
    if not total or not fits(text):
        return 0.0
    return sum(first <= sign <= last if last else sign in first for sign in text) / total


def _of_latin_language(counts: Counter[int], language: str) -> str | None:
    for known in _LATIN:
        if language in known.languages and counts:
            best = max(known.encodings, key=lambda encoding: _part(counts, known.letters, encoding))
            if _part(counts, known.letters, best) > 0.9:
                return best
    return None


def _of_latin_letters(sample: bytes) -> str | None:
    counts = Counter(b"".join(_INNER.findall(sample)).translate(None, _SIGNS))
    if counts.total() < _FEW or _is_western(counts):
        return None
    for known in _LATIN:
        for encoding in known.encodings:
            marked = all(_part(counts, letters, encoding) > 0.03 for letters in known.marks)
            if marked and _part(counts, known.letters, encoding) >= _TRUSTED:
                return encoding
    return None


def _is_western(counts: Counter[int]) -> bool:
    """Whether all the counted bytes are letters of one western language."""
    return any(_part(counts, letters, "cp1252") >= _TRUSTED for letters in _WESTERN)


def _part(counts: Counter[int], letters: str, encoding: str) -> float:
    """Which part of the counted bytes are some letters, small or capital, in a charset."""
    return sum(counts[place] for place in _places(letters, encoding)) / (counts.total() or 1)


@cache
def _places(letters: str, encoding: str) -> frozenset[int]:
    return frozenset((letters + letters.upper()).encode(encoding, "ignore").translate(None, _ASCII))


def fits(text: str) -> bool:
    """Whether a text was read in its own charset: hardly anything in it could not be read."""
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return text.count("\ufffd") * 20 <= foreign
