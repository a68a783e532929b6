"""Words cut down to what stays the same in their forms, and names to what stays the same in other alphabets.

No dictionary and no language is needed: an ending that many languages have in common is taken off. That makes some
words alike that are not; what compares articles looks at many words together.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_LEAST: Final = 3  # letters that stay
_LATIN: Final = re.compile("(?:ations?|ings?|ments?|ities|ity|edly|ies|ied|ers?|ern|es|ed|en|ly|os|as|s|e|y|a|o)$")
_CYRILLIC: Final = re.compile(
    "(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|ией|ых|их|ый|ий|ой|ая|яя|ое|ее|ые|ие|ия|ию|ов|ев|ей|ам|ям|ах|ях|ом|ем|"
    "ить|ать|ет|ит|ла|ло|ли|л|а|я|о|е|у|ю|ы|и|ь|й)$"
)
_ARTICLE: Final = re.compile("^(?:وال|بال|فال|كال|لل|ال)")
_DOUBLED: Final = re.compile(r"(.)\1$")
_CYRILLIC_LETTERS: Final = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ",
        "a b v g d e z z i i k l m n o p r s t u f h c c s s  i  e u a i i e g".split(" "),
        strict=True,
    )
)
_GREEK_LETTERS: Final = dict(
    zip("αβγδεζηθικλμνξοπρστυφχψω", "a v g d e z i t i k l m n x o p r s t i f h p o".split(" "), strict=True)
)
_ARABIC_LETTERS: Final = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگةى",
        " b t t g h h d d r z s s s d t z  g f k k l m n h v i p c z g  ".split(" "),
        strict=True,
    )
)
_HEBREW_LETTERS: Final = dict(
    zip("אבגדהוזחטיכלמנסעפצקרשתךםןףץ", " b g d h v z h t i k l m n s  p c k r s t k m n p c".split(" "), strict=True)
)
_DEVANAGARI_LETTERS: Final = dict(
    zip(
        "कखगघङचछजझञटठडढणतथदधनपफबभमयरलळवशषसहंअआइईउऊएऐओऔऋािीुूेैोौृँ़्ॅॉऑ",
        "k k g g n c c i i n t t d d n t t d d n p f b b m  r l l v s s s  n                            ".split(" "),
        strict=False,
    )
)
_KANA_LETTERS: Final = {
    kana: letter
    for row, letter in (
        ("アイウエオヤユヨァィゥェォャュョッーハヒヘホ", ""),
        ("カキクケコ", "k"),
        ("ガギグゲゴ", "g"),
        ("サシスセソ", "s"),
        ("ザジズゼゾ", "z"),
        ("タテトティ", "t"),
        ("チ", "c"),
        ("ツ", "ts"),
        ("ダヂヅデド", "d"),
        ("ナニヌネノン", "n"),
        ("フ", "f"),
        ("バビブベボ", "b"),
        ("パピプペポ", "p"),
        ("マミムメモ", "m"),
        ("ラリルレロ", "r"),
        ("ワヴ", "v"),
    )
    for kana in row
}
_SOUNDS: Final = str.maketrans(
    _CYRILLIC_LETTERS | _GREEK_LETTERS | _ARABIC_LETTERS | _HEBREW_LETTERS | _DEVANAGARI_LETTERS | _KANA_LETTERS
)
_SPELLINGS: Final = (("sch", "s"), ("sh", "s"), ("ch", "c"), ("zh", "z"), ("kh", "h"), ("ph", "f"), ("th", "t"))
_LETTERS_ALIKE: Final = str.maketrans({"w": "v", "q": "k", "y": "i", "j": "i", "c": "k", "x": "ks", "p": "b"})
_UNHEARD: Final = re.compile("[aeiouh]")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A folded word without its ending: "votes", "voted" and "voting" are one."""
    if len(word) <= _LEAST or word.isdigit():
        return word
    first = word[0]
    if first.isascii() or "\u00df" <= first <= "\u024f":
        pattern = _LATIN
    elif "\u0400" <= first <= "\u052f":
        pattern = _CYRILLIC
    elif "\u0600" <= first <= "\u06ff":
        cut = _ARTICLE.sub("", word)
        return cut if len(cut) >= _LEAST else word
    else:
        return word
    found = pattern.search(word, _LEAST)
    cut = word[: found.start()] if found else word
    return _DOUBLED.sub(r"\1", cut)


@lru_cache(maxsize=16_384)
def sound(name: str) -> str:
    """A folded name by the sounds that stay the same in other alphabets: "putin" and "путин" are one.

    Nothing for what is too short to tell a name by.
    """
    if name.isascii():
        for spelling, letter in _SPELLINGS:
            name = name.replace(spelling, letter)
        letters = name
    else:
        letters = name.translate(_SOUNDS)
        if not letters.isascii():
            return ""
    letters = letters.translate(_LETTERS_ALIKE)
    heard = _UNHEARD.sub("", letters)
    kept = re.sub(r"(.)\1+", r"\1", heard)
    return kept if len(kept) >= _LEAST else ""
