"""Whether a text bears out a sentence about it, and where: no model, no dictionary, any language with sentences. Pure.

A sentence is borne out by a paragraph that has most of what it says: its words, weighed by how rare they are in the
text, all its numbers and all its names, and that denies what it denies. A second paragraph may help. It is not
understanding: a sentence that turns the paragraph's own words around ("A sued B") passes, one with a number, a name or
a claim of its own does not. Where the sentence is in another language than the text, its numbers and names must do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import chain
from math import log
from typing import TYPE_CHECKING, Final

from newsreader.model.answers import Receipt
from newsreader.query.folding import tokens
from newsreader.stories.common_words import COMMON
from newsreader.stories.names import names_of
from newsreader.stories.stems import sound, stem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

_BORNE_OUT: Final = 0.55  # of the weight of a sentence's words must stand in the paragraphs it rests on
_HELPS: Final = 0.1  # so much more must a second paragraph bring
_TELLS: Final = 0.15  # with less a paragraph that the model named has nothing to do with the sentence
_BETTER: Final = 0.25  # of the weight more in another paragraph: then the model named the wrong one
_SAME_LANGUAGE: Final = 0.5  # of the common words of an answer stand in the text, too
_FEW_COMMON: Final = 4  # with fewer nobody can tell
_SHORTEST: Final = 2  # letters of a word that tells something
_WORDS: Final = 1  # a sentence with fewer says nothing that needs a receipt
_NUMBER: Final = re.compile(r"(?<![\w.,])\d+(?:[.,\u2009\u00a0\u202f']\d+)*")
_GROUPED: Final = re.compile(r"\d{1,3}(?:[.,\u2009\u00a0\u202f']\d{3})+")
_SEPARATOR: Final = re.compile(r"[.,\u2009\u00a0\u202f']")
_SPELLED: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve",
    "null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf",
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze",
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "zero um dois tres quatro cinco seis sete oito nove dez onze doze",
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici",
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
)
_DENIALS: Final = frozenset(
    "not no never none nobody nothing neither nor cannot without isn aren wasn weren don doesn didn won wouldn couldn "
    "shouldn hasn haven hadn nicht kein keine keinen keiner keinem nie niemals ohne niemand nichts "
    "ne pas jamais aucun aucune sans rien nunca ningun ninguna sin nadie nao nem nenhum sem ninguem "
    "non mai nessun nessuna senza niet geen nooit zonder не нет ни никогда без никто inte ingen aldrig utan".split()
)


@cache
def _values() -> dict[str, str]:
    """The small numbers that are written as words, in digits."""
    return {
        tokens(word)[0]: str(value) for line in _SPELLED for value, word in enumerate(line.split()) if len(word) > 2
    }


def numbers_of(text: str) -> set[str]:
    """The numbers that stand in a text in digits: 1,240 and 1.240 and 1 240 are one, and 3,5 is 3.5."""
    found = set()
    for match in _NUMBER.finditer(text):
        number = match[0]
        if _GROUPED.fullmatch(number):
            found.add(_SEPARATOR.sub("", number).lstrip("0") or "0")
        else:
            whole, *rest = _SEPARATOR.split(number)
            found.add(".".join([whole.lstrip("0") or "0", *rest]))
    return found


@dataclass(frozen=True, slots=True)
class _Said:
    """What a text says: its words without their endings, its numbers, its names, whether it denies something."""

    words: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    denies: bool


def _read(text: str) -> _Said:
    words = tokens(text)
    names = {part for name in names_of(text) for part in tokens(name) if len(part) > 1 and part not in COMMON}
    told = {stem(word) for word in words if len(word) >= _SHORTEST and word not in COMMON and not word.isdigit()}
    return _Said(frozenset(told - _DENIALS), frozenset(numbers_of(text)), frozenset(names), bool(_DENIALS & {*words}))


class Judge:
    """Tells what the sentences of an answer rest on: `texts` are the paragraphs it was made from, numbered from 1.

    `heads` are the titles above them: of names and numbers they are part, of what is said they are not.
    """

    def __init__(self, texts: Sequence[str], answer: str, heads: Sequence[str] = ()) -> None:
        self._read = [_read(text) for text in texts]
        heads = heads or [""] * len(texts)
        self._all = [frozenset(tokens(f"{head} {text}")) for head, text in zip(heads, texts, strict=True)]
        self._numbers = [
            frozenset(numbers_of(head)) | said.numbers | {_values()[word] for word in words if word in _values()}
            for head, said, words in zip(heads, self._read, self._all, strict=True)
        ]
        self._sounds = [frozenset(filter(None, map(sound, words))) for words in self._all]
        count = len(texts)
        holding: dict[str, int] = {}
        for word in chain.from_iterable(said.words for said in self._read):
            holding[word] = holding.get(word, 0) + 1
        self._weights = {word: log(1 + count / times) for word, times in holding.items()}
        self._rarest = log(1 + count)
        self.same_language = _alike(frozenset(tokens(answer)), frozenset(chain.from_iterable(self._all)))

    def receipt(self, sentence: str, claimed: Iterable[int]) -> Receipt | None:
        """What a sentence rests on, beginning with the paragraphs that it claims; None for one that says too little."""
        said = _read(sentence)
        named = tuple(dict.fromkeys(number for number in claimed if 0 < number <= len(self._read)))
        if len(said.words) + len(said.numbers) < _WORDS:
            return None
        telling = tuple(number for number in named if self._tells(said, number))
        best = self._best(said)
        if best and telling and self._share(said, best[0]) - self._share(said, telling) >= _BETTER:
            telling = ()
        for numbers in (telling, *best):
            if numbers and self._bears_out(said, numbers):
                return Receipt(sentence, self._needed(said, numbers), supported=True)
        return Receipt(sentence, (), supported=False)

    def _tells(self, said: _Said, number: int) -> bool:
        """Whether a paragraph has to do with a sentence at all."""
        return not self.same_language or self._share(said, (number,)) >= _TELLS or self._has_numbers(said, (number,), 1)

    def _best(self, said: _Said) -> list[tuple[int, ...]]:
        """The paragraph that has most of a sentence, and the two that have most together."""
        if not self.same_language:
            ranked = sorted(range(1, len(self._read) + 1), key=lambda number: -self._facts(said, number))
            return [(ranked[0],)] if ranked and self._facts(said, ranked[0]) else []
        ranked = sorted(range(1, len(self._read) + 1), key=lambda number: -self._share(said, (number,)))
        pairs = [(ranked[0], other) for other in ranked[1:]]
        pairs.sort(key=lambda pair: -self._share(said, pair))
        return [(ranked[0],), *pairs[:1]] if ranked else []

    def _facts(self, said: _Said, number: int) -> int:
        """How many of a sentence's numbers and names a paragraph has."""
        names = sum(self._has_name(name, (number,)) for name in said.names)
        return len(said.numbers & self._numbers[number - 1]) + names

    def _bears_out(self, said: _Said, numbers: Sequence[int]) -> bool:
        if not self._has_numbers(said, numbers, len(said.numbers)):
            return False
        if not all(self._has_name(name, numbers) for name in said.names):
            return False
        if not self.same_language:
            return bool(said.numbers or said.names)
        denied = any(self._read[number - 1].denies for number in numbers)
        return (denied or not said.denies) and self._share(said, numbers) >= _BORNE_OUT

    def _has_numbers(self, said: _Said, numbers: Sequence[int], least: int) -> bool:
        there = frozenset(chain.from_iterable(self._numbers[number - 1] for number in numbers))
        return len(said.numbers & there) >= least and (least > 0 or not said.numbers)

    def _has_name(self, name: str, numbers: Sequence[int]) -> bool:
        heard = sound(name)
        return any(
            name in self._all[number - 1]
            or any(stem(name) == stem(word) for word in self._all[number - 1])
            or (heard and heard in self._sounds[number - 1])
            for number in numbers
        )

    def _share(self, said: _Said, numbers: Sequence[int]) -> float:
        """How much of a sentence's words, by weight, these paragraphs have."""
        there = frozenset(chain.from_iterable(self._read[number - 1].words for number in numbers))
        weights = {word: self._weights.get(word, self._rarest) for word in said.words}
        return sum(weight for word, weight in weights.items() if word in there) / (sum(weights.values()) or 1.0)

    def _needed(self, said: _Said, numbers: Sequence[int]) -> tuple[int, ...]:
        """Those of these paragraphs that bring something, in their order."""
        kept = list(numbers)
        for number in numbers:
            rest = [other for other in kept if other != number]
            if rest and self._bears_out(said, rest) and self._share(said, kept) - self._share(said, rest) < _HELPS:
                kept = rest
        return tuple(sorted(kept))


def _alike(answer: Collection[str], text: Collection[str]) -> bool:
    """Whether two texts are in one language: they share its common words, or at least its script."""
    common = [word for word in answer if word in COMMON]
    if len(common) >= _FEW_COMMON:
        return sum(word in text for word in common) >= _SAME_LANGUAGE * len(common)
    scripts = [_script(words) for words in (answer, text)]
    return scripts[0] == scripts[1] or not all(scripts)


def _script(words: Collection[str]) -> str:
    """The script of most words: a letter's block of characters, in thousands."""
    counts: dict[str, int] = {}
    for word in words:
        if not word[0].isdigit():
            key = "latin" if ord(word[0]) < 0x370 else str(ord(word[0]) // 0x200)
            key = "han" if 0x3400 <= ord(word[0]) <= 0x9FFF else key
            counts[key] = counts.get(key, 0) + 1
    return max(counts, key=lambda key: counts[key], default="")
