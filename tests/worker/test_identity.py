"""Which article an item of a feed is, told by whole sequences of documents on a library as it is on the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.bounds import SPOILT_KEPT
from newsreader.model import ArticleHead, Change, ParsedArticle, ParsedFeed, Query, Scope, Subscription
from newsreader.store import Store
from newsreader.worker.jobs import digest_parsed
from tests.worker import address_cases, identity_cases
from tests.worker.identity_cases import BREAD, FERRY, FRONT, NEWS, NOW, OWL, A, B, Case, item, under

CASES = identity_cases.CASES + address_cases.CASES
NOT_TOLD = {
    "a page written anew", "a site that moves, nothing but titles", "guid and page the same but for the scheme",
    "no guids, from http to https", "parts of a page, no guids, one edited", "another article of the same moment",
    "titles alone, one guid",
}  # fmt: skip
"""Of an article that went only its address with its title and its moment are known: with both the same it is old, and
new with neither; of one that has neither address nor text nothing but its guid is known.
"""


class Source:
    """A source that gives one document after the other."""

    def __init__(self, store: Store, url: str) -> None:
        self.store = store
        self.url = url
        self.id = store.add_sources([Subscription(url)]).ids[0]

    def give(self, articles: Sequence[ParsedArticle]) -> Change:
        feed = ParsedFeed(articles=tuple(articles))
        digest = digest_parsed(feed, self.url, self.store.known(self.id), NOW)
        return self.store.ingest(self.store.fetch_states([self.id])[0], digest.feed, digest.writes)

    @property
    def heads(self) -> tuple[ArticleHead, ...]:
        return self.store.heads(self.store.listing(Query(Scope.SOURCE, source_id=self.id)).ids)

    @property
    def titles(self) -> list[str]:
        return sorted(head.title.replace(" ", "-") for head in self.heads)

    @property
    def unread(self) -> list[str]:
        return sorted(head.title.replace(" ", "-") for head in self.heads if not head.read)


@pytest.fixture(scope="module")
def new_source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Source]]:
    """Gives one source after the other of one library."""
    path: Path = tmp_path_factory.mktemp("identity") / "library.db"
    numbers = count()
    with Store.open(path, clock=lambda: NOW) as store:
        yield lambda: Source(store, f"https://example.org/feed-{next(numbers)}.xml")
        assert store.check() == ()


@pytest.mark.parametrize("step", [1, -1], ids=["", "backwards"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_articles_are_neither_replaced_nor_doubled(new_source: Callable[[], Source], case: Case, step: int) -> None:
    source = new_source()
    for number, document in enumerate(case.documents):
        source.give(document[::step])
        before = source.heads
        assert not source.give(document[::step]).articles
        assert source.heads == before
        if not number:
            ids = [head.id for head in source.heads]
            source.store.mark_read(ids, True)
            source.store.bookmark(ids, True)
    assert source.titles == sorted(case.titles.split())
    assert source.unread == case.unread.split()
    assert {head.id for head in source.heads} >= set(ids)
    assert all(head.read and head.bookmarked for head in source.heads if head.id in ids)


@pytest.mark.parametrize("case", [case for case in CASES if case.name not in NOT_TOLD], ids=lambda case: case.name)
def test_what_was_read_and_went_does_not_come_back_unread(new_source: Callable[[], Source], case: Case) -> None:
    source = new_source()
    for number, document in enumerate(case.documents):
        source.give(document)
        if not number:
            ids = [head.id for head in source.heads]
            source.store.mark_read(ids, True)
            source.store.drop_articles(ids)
    assert source.unread == case.unread.split()


def test_the_text_of_an_article_is_not_touched_by_another_one(new_source: Callable[[], Source]) -> None:
    source = new_source()
    source.give(under("G", A))
    (id_,) = (head.id for head in source.heads)
    source.store.bookmark([id_], True)
    source.give(under("G", B))
    assert source.store.html(id_, full_text=False) == f"<p>{FERRY}</p>"
    assert source.store.former(id_) == ()
    source.give(under("G", A._replace(content_html=f"<p>Corrected. {FERRY}</p>")))
    assert source.store.html(id_, full_text=False) == f"<p>Corrected. {FERRY}</p>"
    assert len(source.store.former(id_)) == 1


def test_an_article_found_under_a_spoilt_guid_goes_on_by_its_address(new_source: Callable[[], Source]) -> None:
    source = new_source()
    source.give(under("G", A))
    source.give(under("G", B))
    source.give(under("G", A._replace(title="Boat"), B))
    assert source.titles == ["Boat", "Owl"]
    source.give(under("G", A._replace(title="Dinghy")))
    assert source.titles == ["Dinghy", "Owl"]


def test_guids_of_nothing_do_not_fill_the_library(new_source: Callable[[], Source]) -> None:
    source = new_source()
    for fetch in range(3):
        source.give([each for n in range(SPOILT_KEPT // 2) for each in under(f"{fetch}-{n}", A, B)])
    assert source.titles == ["Ferry", "Owl"]
    assert len(source.store.known(source.id)) <= SPOILT_KEPT + 20


WORDS = f"{FERRY} {OWL} {BREAD}".split()


def story(number: int) -> ParsedArticle:
    """One of many articles; every third has no text, every fourth no date, every fifth is one of a series."""
    text = None if number % 3 == 2 else " ".join(Random(number).choices(WORDS, k=60))
    title = f"Episode {number}" if number % 5 == 4 else " ".join(Random(-number).sample(WORDS, 4))
    return item(str(number), f"/{number}", title, text, number if number % 4 else None)


STORIES = [story(number) for number in range(12)]
GUIDS: dict[str, Callable[[int, int, ParsedArticle], str | None]] = {
    "right": lambda fetch, place, article: article.guid,
    "none": lambda fetch, place, article: None,
    "one": lambda fetch, place, article: "G",
    "feed": lambda fetch, place, article: identity_cases.FEED,
    "place": lambda fetch, place, article: f"place-{place}",
    "invented": lambda fetch, place, article: f"{fetch}-{place}",
    "link": lambda fetch, place, article: article.url,
    "old link": lambda fetch, place, article: (article.url or "").replace("https:", "http:"),
}
"""How feeds give guids, well or badly."""

URLS: dict[str, tuple[Callable[[ParsedArticle], str | None], set[str]]] = {
    "own": (lambda article: article.url, set()),
    "a part of a page": (lambda article: f"{NEWS}#{article.guid}", set()),
    "the front page": (lambda article: FRONT, {"link", "old link"}),
    "one for all": (lambda article: NEWS, {"one", "feed", "place", "link", "old link"}),
    "none": (lambda article: None, {"invented", "link", "old link"}),
}
"""What addresses articles have, and the guids with which nothing tells one from another, or nothing that it is one."""


@st.composite
def feeds(draw: st.DrawFn) -> list[list[ParsedArticle]]:
    """Several documents of one feed, whose addresses are of one kind and whose guids change their kind."""
    url_of, useless = URLS[draw(st.sampled_from(sorted(URLS)))]
    stories = [each._replace(url=url_of(each)) for each in STORIES]
    told = [each for each in stories if each.url or each.content_html]
    documents = []
    for fetch in range(draw(st.integers(1, 6))):
        guid_of = GUIDS[draw(st.sampled_from(sorted(GUIDS.keys() - useless)))]
        articles = draw(st.lists(st.sampled_from(told), max_size=5, unique=True))
        documents.append([each._replace(guid=guid_of(fetch, place, each)) for place, each in enumerate(articles)])
    return documents


@pytest.mark.slow
@given(feeds())
@settings(max_examples=300)
def test_whatever_guids_are_given_each_article_is_there_once(
    new_source: Callable[[], Source], documents: list[list[ParsedArticle]]
) -> None:
    source = new_source()
    seen: set[str] = set()
    for document in documents:
        source.give(document)
        new = {article.title.replace(" ", "-") for article in document} - seen
        assert source.unread == sorted(new)
        before = source.heads
        assert not source.give(document).added
        assert source.heads == before
        seen |= new
        assert source.titles == sorted(seen)
        source.store.mark_read([head.id for head in source.heads], True)


@given(
    st.lists(st.sampled_from(STORIES), max_size=4, unique=True),
    st.sets(st.sampled_from(["title", "text", "date", "address"]), max_size=2),
    st.integers(1, 3),
)
def test_an_edit_keeps_the_article_and_its_status(
    new_source: Callable[[], Source], others: list[ParsedArticle], changed: set[str], times: int
) -> None:
    """At most two of what a reader sees of an article change at a time."""
    edited = STORIES[1]._replace(guid="edited", url="https://example.org/edited", title="Edited")
    source = new_source()
    source.give([*others, edited])
    (id_,) = (head.id for head in source.heads if head.url == edited.url)
    source.store.mark_read([head.id for head in source.heads], True)
    for time in range(times):
        text = " ".join(Random(time + 100).choices(WORDS, k=60))
        edited = edited._replace(
            title=f"Edited {time}" if "title" in changed else edited.title,
            content_html=text if "text" in changed else edited.content_html,
            published=NOW - time - 7 if "date" in changed else edited.published,
            url=f"https://example.org/moved/{time}" if "address" in changed else edited.url,
        )
        source.give([edited, *others])
        assert source.unread == []
        assert {head.id: (head.title, head.url) for head in source.heads}[id_] == (edited.title, edited.url)
