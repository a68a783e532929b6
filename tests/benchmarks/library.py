"""Build a large library in minutes: `python -m tests.benchmarks.library ARTICLES FOLDER [SEED]`.

FOLDER gets a `library.db`, filled by the Store itself: what it writes is what a refresh writes. The same numbers give
the same articles. What stands in it is made to the measure of 3,594 articles of 320 real feeds:

- Clean HTML has 480 bytes in the median, 1,660 at three quarters, 5,400 at nine tenths, 1,900 in the mean (2,750 where
  each feed counts alike), the text 320 in the median and 1,460 in the mean. Here they are 480, 1,690, 4,600 and 1,940,
  380 and 1,580. Deflate brings the HTML of a single article to 0.44 of its size, there and here.
- Titles have 48 bytes, addresses 74, guids 54; a third of the guids are the address.
- Seven tenths of the sources write in Latin letters without accents, the others with accents, in Cyrillic, Greek,
  Arabic, Chinese and Japanese. Words follow Zipf's law, and each article has some that hardly another has.
- Articles of all sources come mixed, in the order of their dates, over eight years; the last twentieth are backlogs of
  sources that were added late, whose articles are old and whose ids are new. The largest source has some 2 %.
- Seven of eight articles are read, most of the unread ones young; one of 200 is bookmarked, one of 100 was opened.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from itertools import accumulate
from math import exp
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from newsreader.document import blocks
from newsreader.model import ArticleWrite, Subscription
from newsreader.store import Intake, Store
from newsreader.text import of_digest, short_identity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NOW: Final = 1_795_456_800  # 2026-11-23T18:00:00Z
SOURCES: Final = 500
COMMON, RARE = "archive", "qwyzzix"  # a word of one article in six, and one of a single article
_SPAN: Final = 8 * 365 * 86_400
_ROUND: Final = 10_000  # articles between two fetches of every source
_IDLE: Final = 8  # rounds between two idle moments, in which all is indexed and packed
_LATE: Final = 20  # one of so many articles comes from the backlog of a source that was added late
_MOST: Final = 120  # paragraphs of one article
_WORDS: Final = 30_000  # of each script
_PARAGRAPHS: Final = 4_000  # of each script
_LITTLE: Final = (
    "the of and to in a is that for it was on as with be by at from are this have not but they or his an we which one "
    "you were all their there been has when who will more no if out so said what up its about into than them can only "
    "other new some could time these two may then do first any my now such like our over man me even most made after"
).split()
_SCRIPTS: Final = (
    ("latin", 70, "b c d f g l m n p r s t v st tr ch sh", "a e i o u ea ou", " "),
    ("accents", 12, "b c d f g l m n p r s t v ç ß ñ", "a e i o u é ü ö å è", " "),
    ("cyrillic", 6, "б в г д ж з к л м н п р с т ш", "а е и о у ы я ю", " "),
    ("greek", 2, "β γ δ ζ θ κ λ μ ν π ρ σ τ φ", "α ε η ι ο υ ω", " "),
    ("arabic", 2, "ب ت ج د ر س ش ع ف ق ل م ن ه", "ا و ي", " "),
    ("han", 5, "新聞国家経済会議日本中文市場技術政府", "人民大学電力東西北京風雨山水", ""),
    ("kana", 3, "かきくけこさしすせそたちつてと", "なにぬねのはひふへほまみむめも", ""),
)


@dataclass(frozen=True, slots=True)
class _Script:
    """What sources of one script write from: words, the most frequent first, and paragraphs (text, HTML, document)."""

    name: str
    gap: str
    words: list[str]
    weights: list[float]
    paragraphs: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class _Site:
    """A source on its way: its script, its address, and whether its guids are addresses."""

    script: _Script
    address: str
    author: str
    guids: bool


def build(path: Path, articles: int, *, sources: int = SOURCES, seed: int = 1) -> None:
    """Make a library of so many articles at a path where there is none, indexed and in order."""
    with Store.open(path, clock=lambda: NOW) as store:
        _subscribe(store, sources)
        for number, intakes in enumerate(_fetches(store, articles, Random(seed)), 1):
            store.ingest_all(intakes)
            if number % _IDLE == 0:
                _index_and_pack(store)
        _use(store, seed)
        _put_in_order(store)


def _index_and_pack(store: Store) -> None:
    """What idle moments do first: the pages that this frees are used by what comes next."""
    while store.index_some(100_000):
        pass
    while store._pack_step():
        pass


def _put_in_order(store: Store) -> None:
    _index_and_pack(store)
    while store.tidy():
        pass


def _subscribe(store: Store, count: int) -> None:
    store.add_sources(
        [
            Subscription(
                f"https://site{number}.example/feed.xml",
                f"The {_LITTLE[number % len(_LITTLE)].capitalize()} Gazette {number}",
                f"Folder {number % 23}" if number % 3 else None,
            )
            for number in range(count)
        ]
    )


def _fetches(store: Store, articles: int, chance: Random) -> Iterator[list[Intake]]:
    """What each round of refreshing brought, oldest first, and then the backlogs."""
    states = store.fetch_states()
    scripts = [_script(*one[:1], *one[2:], chance) for one in _SCRIPTS]
    sites = []
    for number in range(len(states)):
        script = chance.choices(scripts, [weight for _, weight, *_ in _SCRIPTS])[0]
        sites.append(
            _Site(script, f"https://site{number}.example", f"Ines Almada {number % 90}", guids=number % 3 == 0)
        )
    weights = list(accumulate(1 / (number + 12) ** 0.7 for number in range(len(states))))
    numbers = range(len(states))
    late = articles // _LATE
    done = 0
    while done < articles:
        is_late = done >= articles - late
        count = min(_ROUND, (articles if is_late else articles - late) - done)
        brought: dict[int, list[ArticleWrite]] = {}
        chosen = (
            chance.choices(numbers[-25:], k=count) if is_late else chance.choices(numbers, cum_weights=weights, k=count)
        )
        for at, number in enumerate(chosen, done):
            place = (at - (articles - late)) / late if is_late else at / (articles - late)
            moment = NOW - int(_SPAN * (1 - place)) - chance.randrange(86_400)
            brought.setdefault(number, []).append(_article(sites[number], at, moment, chance))
        done += count
        yield [
            Intake(states[number]._replace(last_attempt=NOW, last_success=NOW, next_due=NOW + 3_600), None, writes)
            for number, writes in brought.items()
        ]


def _article(site: _Site, number: int, moment: int, chance: Random) -> ArticleWrite:
    script = site.script
    title = script.gap.join(chance.choices(script.words, cum_weights=script.weights, k=chance.randint(4, 9)))
    own = script.gap.join(f"{word}{number % 977}" for word in chance.choices(script.words, k=2))
    length = min(_MOST, int(1.55 * exp(chance.gauss(0, 1.53))))
    paragraphs = chance.choices(script.paragraphs, k=length)
    first = f"{COMMON} {own}" if number % 6 == 0 else own
    if number == 0:
        first = f"{RARE} {first}"
    text = "\n".join([first, *(each[0] for each in paragraphs)])
    html = f"<p>{first}</p>" + "".join([each[1] for each in paragraphs])
    document = "[null,[" + ",".join([f'["p","{first}"]', *(each[2] for each in paragraphs)]) + "]]"
    url = f"{site.address}/{1970 + moment // 31_556_952}/{title[:24].replace(' ', '-').lower()}-{number}.html"
    guid = url if site.guids else f"tag:{site.address[8:]},{moment}:article-{number}"
    return ArticleWrite(
        identity=short_identity(guid),
        content_hash=of_digest(number.to_bytes(6, "big"), 8),
        sort_at=moment,
        guid=guid,
        url=url,
        title=title.capitalize(),
        author=site.author if number % 4 else None,
        published=moment,
        updated=None,
        html=html,
        text=text,
        document=document.encode(),
        document_version=blocks.VERSION,
        words=text.count(" ") + length,
    )


def _script(name: str, heads: str, tails: str, gap: str, chance: Random) -> _Script:
    head, tail = (each.split() if " " in each else list(each) for each in (heads, tails))
    found = dict.fromkeys(_LITTLE if name == "latin" else ())
    while len(found) < _WORDS:
        syllables = chance.choice((1, 2, 2, 3, 3, 4)) if gap else chance.choice((1, 1, 2))
        found["".join(chance.choice(head) + chance.choice(tail) for _ in range(syllables))] = None
        if not gap and len(found) > 600:
            break
    words = list(found)
    weights = list(accumulate(1 / (rank + 2.7) ** 1.05 for rank in range(len(words))))
    return _Script(name, gap, words, weights, [_paragraph(words, weights, gap, chance) for _ in range(_PARAGRAPHS)])


def _paragraph(words: Sequence[str], weights: Sequence[float], gap: str, chance: Random) -> tuple[str, str, str]:
    """A paragraph, some with a link at its beginning: as text, as HTML, and as it stands in a document."""
    sentences = []
    for _ in range(chance.randint(1, 5)):
        sentence = gap.join(chance.choices(words, cum_weights=weights, k=chance.randint(5, 26)))
        sentences.append(f"{sentence.capitalize()}{'.' if gap else '。'}")
    text = gap.join(sentences)
    kind = chance.random()
    if kind < 0.2:
        return text, f"<p>{text}</p>", f'["p","{text}"]'
    target = f"https://site{chance.randrange(SOURCES)}.example/{chance.randrange(10**9)}/{'-'.join(words[40:45])}"
    if kind < 0.45:
        figure = f'<figure><img src="{target}.jpg" alt=""/><figcaption>{text}</figcaption></figure>'
        return text, figure, f'["f","{target}.jpg",null,"","{text}"]'
    end = text.find(gap, 6) if gap else 6
    html = f'<p><a href="{target}">{text[:end]}</a>{text[end:]}</p>'
    return text, html, f'["p",["{text}",[0,{end},"a","{target}"]]]'


def _use(store: Store, seed: int) -> None:
    """Let a person have read, bookmarked and opened articles; by the Store's own columns, as one by one takes hours."""
    database = store._db
    last = database.value("SELECT max(id) FROM status")
    share = f"(id * 7919 + {seed}) % 1000"
    for statement in (
        f"UPDATE status SET read = 1 WHERE {share} < CASE WHEN id < {last} * 0.97 THEN 895 ELSE 300 END",
        f"UPDATE status SET bookmarked_at = sort_at + 3600 WHERE {share} < 5",
        f"UPDATE status SET opened_at = sort_at + 1800 WHERE {share} < 10",
        f"""
        INSERT INTO place (id, full_text, block, offset, words, percent)
        SELECT id, 0, 1, 10, 'the archive of', 5 + id % 90 FROM status WHERE {share} = 3 AND id > {last - 200_000}
        """,
    ):
        with database.transaction():
            database.run(statement)


def main(articles: int, folder: str, seed: int = 1) -> None:
    path = Path(folder) / "library.db"
    if path.exists():
        raise SystemExit(f"There is a library at {path} already.")
    begun = time.monotonic()
    build(path, articles, seed=seed)
    took, size = time.monotonic() - begun, path.stat().st_size
    print(f"{articles:,} articles in {took:.0f} s: {size / 1e6:,.0f} MB, {size // articles:,} bytes each")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:]))
