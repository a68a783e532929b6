"""Draw the pairs of real articles that are labelled in pairs.toml.

    python -m tests.stories.draw_pairs CORPUS [--show]

Prints 200 pairs as TOML without labels; with `--show` the titles and leads of both, for whoever labels. The draw is by
hash, so the same corpus gives the same pairs on every machine. Words are compared as they stand and rare means rare in
this corpus: it shall not resemble what is measured with it.

- close: different sources, within four days, at least three rare words shared (then two, if there are too few)
- copy: the same title in two files
- near: one source, within four days, at least two rare words shared
- random: different sources, within four days
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

from tests.stories.corpus_articles import CorpusArticle, read_corpus

Pair = tuple[CorpusArticle, CorpusArticle]

WANTED = {"close": 110, "copy": 10, "near": 45, "random": 35}
WITHIN = 4 * 86400
RARE = 20
"""A word in at most so many articles is rare..."""

USUAL = 0.12
"""...unless more than this part of the articles of its file have it: what is said in every language is not rare."""

OFTEN = 8
"""No article is in more pairs than this."""

WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}")


def words_of(article: CorpusArticle) -> set[str]:
    return set(WORD.findall(f"{article.title} {article.text[:600]}".casefold()))


def draw_of(pair: Pair) -> str:
    return hashlib.sha256("|".join(sorted(a.name for a in pair)).encode()).hexdigest()


def near_in_time(articles: list[CorpusArticle]) -> Iterator[Pair]:
    for a, b in combinations(articles, 2):
        if a.file != b.file or a.key != b.key:
            assert a.published is not None
            assert b.published is not None
            if abs(a.published - b.published) < WITHIN:
                yield a, b


def rare_words(articles: list[CorpusArticle], words: dict[str, set[str]]) -> dict[str, set[str]]:
    among = Counter(word for found in words.values() for word in found)
    size = Counter(a.file for a in articles)
    within = Counter((a.file, word) for a in articles for word in words[a.name])

    def is_rare(word: str, file: str) -> bool:
        return among[word] <= RARE and within[file, word] <= max(2, USUAL * size[file])

    return {a.name: {word for word in words[a.name] if is_rare(word, a.file)} for a in articles}


def draw(articles: list[CorpusArticle]) -> list[tuple[str, Pair]]:
    """The pairs, each with its kind, in the order they are labelled in."""
    dated = [a for a in articles if a.published is not None and len(a.title) > 8]
    words = {a.name: words_of(a) for a in dated}
    rare = rare_words(dated, words)
    pairs = sorted(near_in_time(dated), key=draw_of)
    used: Counter[str] = Counter()
    taken: set[str] = set()
    drawn: list[tuple[str, Pair]] = []

    def shared(pair: Pair) -> int:
        return len(rare[pair[0].name] & rare[pair[1].name])

    def take(kind: str, fits: Callable[[Pair], bool]) -> None:
        left = WANTED[kind] - sum(1 for k, _ in drawn if k == kind)
        for pair in pairs:
            names = [a.name for a in pair]
            if left <= 0:
                return
            if draw_of(pair) in taken or max(used[n] for n in names) >= OFTEN or not fits(pair):
                continue
            used.update(names)
            taken.add(draw_of(pair))
            drawn.append((kind, pair))
            left -= 1

    def apart(pair: Pair) -> bool:
        return pair[0].source != pair[1].source

    def titled_alike(pair: Pair) -> bool:
        return pair[0].title == pair[1].title

    take("close", lambda p: apart(p) and not titled_alike(p) and shared(p) >= 3)
    take("close", lambda p: apart(p) and not titled_alike(p) and shared(p) == 2)
    take("copy", lambda p: p[0].file != p[1].file and titled_alike(p))
    take("near", lambda p: not apart(p) and not titled_alike(p) and shared(p) >= 2)
    take("random", apart)
    return drawn


def first_words(title: str) -> str:
    """Enough to recognise it; the whole headline stays its publisher's."""
    return " ".join(re.sub(r"[\"\\]", "", title).split()[:5])[:40]


def as_toml(kind: str, pair: Pair) -> str:
    lines = ["[[pair]]", f'kind = "{kind}"']
    for name, article in zip("ab", pair, strict=True):
        lines.append(f'{name} = "{article.name}" # {first_words(article.title)}')
    return "\n".join([*lines, "same = ", "related = ", ""])


def as_text(number: int, kind: str, pair: Pair) -> str:
    lines = [f"{number} ({kind})"]
    for article in pair:
        lines += [f"  {article.source[:18]} | {article.title}", f"      {article.text[:260]}"]
    return "\n".join(lines)


def main() -> int:
    options = argparse.ArgumentParser(description="Draw the pairs that are labelled.")
    options.add_argument("corpus", type=Path)
    options.add_argument("--show", action="store_true")
    given = options.parse_args()
    for number, (kind, pair) in enumerate(draw(read_corpus(given.corpus)), 1):
        print(as_text(number, kind, pair) if given.show else as_toml(kind, pair))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
