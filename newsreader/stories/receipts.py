"""Whether a text bears out a sentence about it, and where: no model, no dictionary, any language with sentences. Pure.

A sentence is borne out by a paragraph that has most of what it says: its words, weighed by how rare they are in the
text, and all its numbers, dates and names; and that does not deny it, nor the other way round. A second paragraph may
help. It is not understanding: a sentence that turns the paragraph's own words around ("A sued B") passes, one with a
number, a name or a claim of its own seldom does. Where the sentence is in another language than the text, its numbers
and names must do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain
from math import log
from typing import TYPE_CHECKING, Final

from newsreader.model.answers import Receipt
from newsreader.query.folding import tokens
from newsreader.sentences import sentences
from newsreader.stories.common_words import COMMON, language_in
from newsreader.stories.figures import dates_of, numbers_of, spelled, written_numbers
from newsreader.stories.names import names_of
from newsreader.stories.stems import sound, stem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

_BORNE_OUT: Final = 0.55  # of the weight of a sentence's words must stand in the paragraphs it rests on
_TOGETHER: Final = 0.7  # where two are needed: between them two paragraphs have many words by chance
_UNHEARD: Final = 1.5  # times its weight counts a word that stands nowhere in the text: it is somebody else's
_HELPS: Final = 0.1  # so much more must a second paragraph bring
_TELLS: Final = 0.15  # with less a paragraph that the model named has nothing to do with the sentence
_BETTER: Final = 0.25  # of the weight more in another paragraph: then the model named the wrong one
_ABOUT: Final = 0.34  # of a sentence's weight in one of the text: then that one speaks of the same
_CONTRARY: Final = 0.75  # of a denial's words in a sentence that denies nothing: then it says the contrary
_SAME_LANGUAGE: Final = 0.5  # of the common words of an answer stand in the text, too
_FEW_COMMON: Final = 4  # with fewer nobody can tell
_NOUNS: Final = 0.25  # of the words inside sentences with a capital: more than names are written so
_WORD: Final = re.compile(r"[^\W\d_][\w\u2019'-]*")
_SHORTEST: Final = 2  # letters of a word that tells something
_WORDS: Final = 1  # a sentence with fewer says nothing that needs a receipt, and one with no more says little
_DENIALS: Final = frozenset(
    "not no never none nobody nothing neither nor cannot without isn aren wasn weren don doesn didn won wouldn couldn "
    "shouldn hasn haven hadn nicht kein keine keinen keiner keinem nie niemals ohne niemand nichts "
    "ne pas jamais aucun aucune sans rien nunca ningun ninguna sin nadie nao nem nenhum sem ninguem "
    "non mai nessun nessuna senza niet geen nooit zonder не нет ни никогда без никто inte ingen aldrig utan".split()
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a text says: its words without their endings and its numbers, its dates and names, whether it denies some.

    Numbers are among the words, too, with a sign before them: a sentence may say little else.
    """

    words: frozenset[str]
    numbers: frozenset[str]
    dates: frozenset[str]
    names: frozenset[tuple[str, ...]]
    denies: bool


def _read(text: str) -> _Said:
    words = frozenset(tokens(text))
    dates = dates_of(words)
    parts = (tuple(part for part in tokens(name) if _tells(part) and part not in dates) for name in names_of(text))
    numbers = numbers_of(text) | written_numbers(words, certain=True)
    told = {stem(word) for word in words - dates if _tells(word)} | _signed(numbers)
    return _Said(frozenset(told), numbers, dates, frozenset(filter(None, parts)), bool(_DENIALS & words))


def _tells(word: str) -> bool:
    if len(word) < _SHORTEST or word.isdigit():
        return False
    return COMMON.isdisjoint((word, stem(word))) and word not in _DENIALS and word not in spelled()


def _signed(numbers: Iterable[str]) -> set[str]:
    return {f"#{number}" for number in numbers}


class _Paragraph:
    """A paragraph as sentences are compared with it; its title is part of it where names and numbers are concerned."""

    def __init__(self, text: str, head: str) -> None:
        said = _read(text)
        self.sentences = [_read(text[start:end]) for start, end in sentences(text)]
        self.all = frozenset(tokens(f"{head} {text}"))
        self.stems = frozenset(map(stem, self.all))
        self.sounds = frozenset(filter(None, map(sound, self.all)))
        self.numbers = numbers_of(head) | said.numbers | written_numbers(self.all, certain=False)
        self.dates = dates_of(self.all)
        self.above = frozenset(map(stem, tokens(head))) - said.words
        self.words = said.words | _signed(self.numbers)

    def has_name(self, name: Iterable[str]) -> bool:
        """Whether a name of one word or several stands here, in another form or another alphabet, too."""
        return all(part in self.all or stem(part) in self.stems or sound(part) in self.sounds for part in name)


class Judge:
    """Tells what the sentences of an answer rest on: `texts` are the paragraphs it was made from, numbered from 1.

    `heads` are the titles above them: of names and numbers they are part, of what is said they are not. `translated`
    says that the answer was to be in another language, for one that is too short to tell.
    """

    def __init__(
        self, texts: Sequence[str], answer: str, heads: Sequence[str] = (), *, translated: bool = False
    ) -> None:
        self._paragraphs = [_Paragraph(*pair) for pair in zip(texts, heads or [""] * len(texts), strict=True)]
        count = len(texts)
        holding: dict[str, int] = {}
        for word in chain.from_iterable(each.words for each in self._paragraphs):
            holding[word] = holding.get(word, 0) + 1
        self._weights = {word: log(1 + count / times) for word, times in holding.items()}
        self._unheard = log(1 + count) * _UNHEARD
        text = frozenset(chain.from_iterable(each.all for each in self._paragraphs))
        self._nouns = _capitals(answer) > _NOUNS  # then who reads it cannot tell names from other nouns
        self.same_language = alike(frozenset(tokens(answer)), text, translated=translated)

    def receipt(self, sentence: str, claimed: Iterable[int]) -> Receipt | None:
        """What a sentence rests on, beginning with the paragraphs that it claims; None for one that says too little."""
        said = _read(sentence)
        if len(said.words) < _WORDS:
            return None
        named = tuple(dict.fromkeys(number for number in claimed if 0 < number <= len(self._paragraphs)))
        telling = tuple(number for number in named if self._tells(said, number))
        # One word is too little to say that the model named the wrong paragraph.
        best = [] if named and len(said.words) <= _WORDS else self._best(said)
        if best and telling and self._share(said, best[0]) - self._share(said, telling) >= _BETTER:
            telling = ()
        helped = ((number, other) for number in telling for other in self._helpers(said, number))
        for numbers in (telling, *((number,) for number in telling), *helped, *best):
            if numbers and self._bears_out(said, numbers):
                return Receipt(sentence, self._needed(said, numbers), supported=True)
        return Receipt(sentence, (), supported=False)

    def _tells(self, said: _Said, number: int) -> bool:
        """Whether a paragraph has to do with a sentence at all."""
        if not self.same_language or self._share(said, (number,)) >= _TELLS:
            return True
        return bool(said.numbers & self._paragraphs[number - 1].numbers)

    def _helpers(self, said: _Said, number: int) -> list[int]:
        """The paragraph that has most of what a sentence says and this one lacks: names and figures, then words."""
        first = self._paragraphs[number - 1]
        names = [name for name in said.names if not first.has_name(name)]
        figures = said.numbers - first.numbers

        def helps(other: int) -> tuple[int, float]:
            there = self._paragraphs[other - 1]
            facts = len(figures & there.numbers) + sum(there.has_name(name) for name in names)
            return facts, self._share(said, (number, other))

        others = [other for other in range(1, len(self._paragraphs) + 1) if other != number]
        return [max(others, key=helps)] if others and self.same_language else []

    def _best(self, said: _Said) -> list[tuple[int, ...]]:
        """The paragraph that has most of a sentence, and the two that have most together."""
        if not self._paragraphs:
            return []
        measure = self._facts if not self.same_language else lambda said, number: self._share(said, (number,))
        ranked = sorted(range(1, len(self._paragraphs) + 1), key=lambda number: -measure(said, number))
        if not self.same_language:
            return [(ranked[0],)]
        return [(ranked[0],), *((ranked[0], other) for other in self._helpers(said, ranked[0]))]

    def _facts(self, said: _Said, number: int) -> float:
        """How many of a sentence's numbers and names a paragraph has."""
        paragraph = self._paragraphs[number - 1]
        return len(said.numbers & paragraph.numbers) + sum(
            paragraph.has_name([part]) for name in said.names for part in name
        )

    def _bears_out(self, said: _Said, numbers: Sequence[int]) -> bool:
        chosen = [self._paragraphs[number - 1] for number in numbers]
        if not said.numbers <= frozenset(chain.from_iterable(each.numbers for each in chosen)):
            return False
        named = [any(each.has_name(name) for each in chosen) for name in said.names]
        if not self.same_language and self._nouns:
            parts = {part for name in said.names for part in name}
            return bool(said.numbers) or any(each.has_name([part]) for each in chosen for part in parts)
        if not self.same_language:
            return all(named) and bool(said.numbers or named)
        if not all(named):
            return False
        if not said.dates <= frozenset(chain.from_iterable(each.dates for each in chosen)):
            return False
        least = _BORNE_OUT if len(numbers) == 1 else _TOGETHER
        names = {stem(part) for name in said.names for part in name}
        above = frozenset(chain.from_iterable(each.above for each in chosen))
        claims = said.words - (names & above)  # a name may stand in the title alone
        said = replace(said, words=claims) if claims else said
        return self._share(said, numbers) >= least and not self._contrary(said, chosen)

    def _contrary(self, said: _Said, chosen: Iterable[_Paragraph]) -> bool:
        """Whether a sentence denies what the text says of the same, or says what the text denies."""
        told = [each for paragraph in chosen for each in paragraph.sentences]
        whole = self._weight(said.words)
        about = [each for each in told if self._weight(said.words & each.words) >= _ABOUT * whole]
        if said.denies:
            return not any(each.denies for each in about)
        denials = [
            each
            for each in about
            if each.denies and self._weight(said.words & each.words) >= _CONTRARY * self._weight(each.words)
        ]
        return bool(denials) and not any(not each.denies for each in about)

    def _share(self, said: _Said, numbers: Sequence[int]) -> float:
        """How much of a sentence's words, by weight, these paragraphs have."""
        chosen = [self._paragraphs[number - 1].words for number in numbers]
        there = [word for word in said.words if any(word in words for words in chosen)]
        return self._weight(there) / (self._weight(said.words) or 1.0)

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self._weights.get(word, self._unheard) for word in words)

    def _needed(self, said: _Said, numbers: Sequence[int]) -> tuple[int, ...]:
        """Those of these paragraphs that bring something, in their order."""
        kept = list(numbers)
        for number in numbers:
            rest = [other for other in kept if other != number]
            if rest and self._bears_out(said, rest) and self._share(said, kept) - self._share(said, rest) < _HELPS:
                kept = rest
        return tuple(sorted(kept))


def _capitals(text: str) -> float:
    """How many words inside sentences begin with a capital: in German all nouns do."""
    words = [word for start, end in sentences(text) for word in _WORD.findall(text[start:end])[1:]]
    return len([word for word in words if word[0].isupper()]) / (len(words) or 1)


def alike(answer: Collection[str], text: Collection[str], *, translated: bool = False) -> bool:
    """Whether two texts are in one language: they share its common words; if there are few, its script at least.

    A short text shares few of a long one's: there it counts of which language both have the most.
    """
    common = [word for word in answer if word in COMMON]
    if len(common) >= _FEW_COMMON:
        if sum(word in text for word in common) >= _SAME_LANGUAGE * len(common):
            return True
        language = language_in(answer)
        return language is not None and language == language_in(text)
    scripts = [_script(words) for words in (answer, text)]
    return not translated and (scripts[0] == scripts[1] or not all(scripts))


def _script(words: Collection[str]) -> str:
    """The script of most words: a letter's block of characters, in thousands."""
    counts: dict[str, int] = {}
    for word in words:
        if not word[0].isdigit():
            key = "latin" if ord(word[0]) < 0x370 else str(ord(word[0]) // 0x200)
            key = "han" if 0x3040 <= ord(word[0]) <= 0x9FFF else key
            counts[key] = counts.get(key, 0) + 1
    return max(counts, key=lambda key: counts[key], default="")
