"""A small library to look at: a few sources in folders, articles of today, yesterday and long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.document.blocks import VERSION, Block, Code, Document, Heading, ListBlock, Paragraph, Quote, Text, dump
from newsreader.model import ArticleWrite, FetchState, FullText, Subscription
from newsreader.store import Store
from newsreader.text import word_count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NOW: Final = 1_795_456_800  # 2026-11-23T18:00:00Z
MINUTE, HOUR, DAY = 60, 3_600, 86_400

SOURCES: Final = (
    Subscription("https://gazette.test/feed", "The Coast Gazette", "World"),
    Subscription("https://wire.test/feed", "Northern Wire", "World"),
    Subscription("https://boletim.test/feed", "Boletim do Sul", "World"),
    Subscription("https://sawt.test/feed", "صوت الميناء", "World"),
    Subscription("https://circuits.test/feed", "Quiet Circuits", "Technology"),
    Subscription("https://kernel.test/feed", "Kernel Almanac", "Technology"),
    Subscription("https://field.test/feed", "Field Notes", "Science"),
    Subscription("https://orbit.test/feed", "Orbit Weekly", "Science"),
    Subscription("https://valley.test/feed", "Valley Radio"),
)

_BODY: Final = (
    Paragraph(
        Text(
            "The council of Port Varrel voted late on Monday to keep the night ferry running for another ten years, "
            "ending a dispute that had split the town since the bridge was first proposed."
        )
    ),
    Paragraph(
        Text(
            "“Nobody lives on the island by accident,” said the ferry's captain, who has made the crossing more than "
            "forty thousand times. “If the last boat leaves at nine, the island is a museum at ten.”"
        )
    ),
    Heading(2, Text("What was decided")),
    Paragraph(
        Text(
            "The vote was close. Seven members backed the ferry, six the bridge, and the chair, who has a casting vote "
            "and a cottage on the far shore, was spared from using it."
        )
    ),
    ListBlock(
        (
            (Paragraph(Text("The last crossing stays at half past midnight.")),),
            (Paragraph(Text("Fares are frozen until 2028.")),),
            (Paragraph(Text("A second, electric boat is to be ordered before the summer.")),),
        )
    ),
    Quote((Paragraph(Text("A bridge is for people who are leaving. A ferry is for people who are coming home.")),)),
    Code("timetable = sorted(crossings, key=departure)\nprint(timetable[-1])", "python"),
)
_FILLER: Final = Paragraph(
    Text(
        "The harbour office published the minutes the same night, and by the morning the bakery on the quay had "
        "copied the page out by hand and hung it in the window, where it drew a longer queue than the bread."
    )
)


def body(paragraphs: int = 12) -> Document:
    """An article of some length."""
    blocks: tuple[Block, ...] = (*_BODY, *([_FILLER] * paragraphs))
    return Document(blocks, "en")


def short(sentence: str) -> Document:
    """A stub."""
    return Document((Paragraph(Text(sentence)),), "en")


def words_of(document: Document) -> int:
    """Roughly the words of a document."""
    return sum(word_count(block.content.text) for block in document.blocks if isinstance(block, Paragraph))


def article(title: str, age: int, document: Document | None = None, author: str | None = None) -> ArticleWrite:
    """An article `age` seconds before NOW."""
    document = body() if document is None else document
    slug = "".join(letter for letter in title.lower() if letter.isalnum()) or "untitled"
    return ArticleWrite(
        identity=slug,
        content_hash=str(hash(title)),
        sort_at=NOW - age,
        guid=slug,
        url=f"https://example.test/{slug}",
        title=title,
        author=author,
        published=NOW - age,
        updated=None,
        html="<p>…</p>",
        text=title,
        document=dump(document),
        document_version=VERSION,
        words=words_of(document),
    )


def full_text(document: Document | None = None) -> FullText:
    """The full text of an article."""
    document = body(20) if document is None else document
    return FullText("<p>…</p>", "full text", dump(document), VERSION, words_of(document))


STUB: Final = short("The old maps were right about the meadow, and the insurers have begun to read them. Read more.")

ARTICLES: Final[dict[str, tuple[ArticleWrite, ...]]] = {
    "The Coast Gazette": (
        article("Harbour town votes to keep its night ferry", 12 * MINUTE, author="Ines Almada"),
        article("A lighthouse keeper's last winter", 5 * HOUR, body(3), "Tomas Reis"),
        article("The bakery that opens when the ferry does", 26 * HOUR, body(2)),
    ),
    "Northern Wire": (
        article("A quieter way to cool a data centre", 1 * HOUR, body(20), "Ada Lindqvist"),
        article("Reindeer, railways and the right of way", 22 * HOUR, body(6)),
    ),
    "صوت الميناء": (article("المدينة تختار العبّارة الليلية", 2 * HOUR, body(1)),),
    "Boletim do Sul": (article("Ferry noturno continua por dez anos", 40 * MINUTE, body(1), "Rui Prata"),),
    "Field Notes": (
        article("Old maps, new floods", 3 * HOUR, STUB),
        article("What the moth counters learned", 23 * HOUR, body(16)),
        article("Seven ways to describe a hill", 4 * DAY, body(5)),
    ),
    "Quiet Circuits": (
        article("潮汐发电机的第一个冬天", 4 * HOUR, body(4)),
        article("Writing software for a machine you will never see 🛰️", 30 * HOUR, body(9)),
    ),
    "Kernel Almanac": (article("What changed in the scheduler, and why you did not notice", 9 * DAY, body(30)),),
    "Orbit Weekly": (
        article("A year on the far side", 6 * HOUR, body(11)),
        article("The map of everything that fell", 40 * DAY, body(8)),
        article("Nine small satellites", 400 * DAY, body(2)),
    ),
}


def fill(store: Store, articles: dict[str, tuple[ArticleWrite, ...]] | None = None) -> dict[str, int]:
    """Put sources and articles into a library; gives the ids of the sources by name."""
    added = store.add_sources(SOURCES)
    ids = {source.title: number for source, number in zip(SOURCES, added.ids, strict=True)}
    states = {state.source_id: state for state in store.fetch_states()}
    for name, writes in (ARTICLES if articles is None else articles).items():
        ingest(store, states[ids[name]], writes)
    return ids


def ingest(store: Store, state: FetchState, writes: Sequence[ArticleWrite]) -> None:
    """Take articles in, as a successful refresh would."""
    store.ingest(
        FetchState(state.source_id, state.url, state.title, last_attempt=NOW, last_success=NOW - 4 * MINUTE),
        None,
        writes,
    )


def deliver(path: Path, source: str, *writes: ArticleWrite) -> None:
    """Take articles in through a connection of its own, as the worker would."""
    with Store.open(path, clock=lambda: NOW) as store:
        state = next(each for each in store.fetch_states() if each.title == source)
        ingest(store, state, writes)
