from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from html import unescape
from html.parser import HTMLParser
from importlib.resources import files
from typing import TYPE_CHECKING, get_args

import pytest

from newsreader.demo import feeds, pages, world
from newsreader.demo.site import Site
from newsreader.demo.world import DemoArticle, DemoSource, sources
from newsreader.text import clean_text, one_line, word_count

if TYPE_CHECKING:
    from pathlib import Path

PAIRS = [(source, article) for source in sources() for article in source.articles]
VOID = {"br", "hr", "img"}


def _name(value: object) -> str:
    return value.slug if isinstance(value, DemoSource | DemoArticle) else str(value)


class _Balance(HTMLParser):
    """Raises AssertionError where tags do not close in the order in which they were opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def test_every_data_file_is_read() -> None:
    folders = [folder for folder in (files("newsreader.demo") / "world").iterdir() if folder.is_dir()]
    names = [file.name for folder in folders for file in folder.iterdir()]
    assert len(sources()) == len(folders)
    assert len(PAIRS) == sum(name.endswith(".html") and not name.endswith(".before.html") for name in names)
    assert sum(bool(article.comments) for _, article in PAIRS) == sum(name.endswith(".comments.toml") for name in names)
    assert {name.rpartition(".")[2] for name in names} == {"html", "toml"}


def test_the_world_has_what_it_promises() -> None:
    everything = sources()
    assert 8 <= len(everything) <= 15
    assert {source.format for source in everything} == set(get_args(world.Format))
    assert {source.fault for source in everything} == set(get_args(world.Fault))
    assert {"en", "pt", "ar", "ja"} == {source.language for source in everything}
    assert len(PAIRS) >= 60
    assert sum(article.held for _, article in PAIRS) == 4
    assert sum(bool(article.comments) for _, article in PAIRS) >= 3
    assert any(len(article.title) > 300 for _, article in PAIRS)
    assert any("<angle> & ampersand" in article.title for _, article in PAIRS)


def test_lengths_are_from_a_note_to_an_essay() -> None:
    words = sorted(word_count(feeds.plain(article.html)) for _, article in PAIRS)
    assert words[0] < 60
    assert words[-1] > 1_000
    assert sum(count > 600 for count in words) >= 8


def test_events_are_told_by_several_sources() -> None:
    tellers: defaultdict[str, set[str]] = defaultdict(set)
    for source, article in PAIRS:
        if article.event:
            tellers[article.event].add(source.slug)
    assert {event: len(names) for event, names in tellers.items()} == {"ferry": 4, "cooling": 3, "lark": 3}
    assert {"boletim-do-sul", "sawt-al-mina"} < tellers["ferry"]


def test_ages_are_spread_and_no_two_articles_share_an_address() -> None:
    ages = [article.age for _, article in PAIRS]
    hour, day = 3_600, 86_400
    for earliest, latest in (
        (0, hour),
        (hour, 12 * hour),
        (12 * hour, 2 * day),
        (2 * day, 14 * day),
        (60 * day, 10**8),
    ):
        assert any(earliest <= age < latest for age in ages)
    paths = Counter(source.path(article) for source, article in PAIRS)
    assert max(paths.values()) == 1


@pytest.mark.parametrize(("source", "article"), PAIRS, ids=_name)
def test_an_article_is_sound(source: DemoSource, article: DemoArticle) -> None:
    pieces = [article.html, *(comment.html for comment in article.comments)]
    for piece in pieces:
        balance = _Balance()
        balance.feed(piece)
        balance.close()
        assert balance.open == []
        assert clean_text(piece) == piece
    assert one_line(article.title) == article.title
    for number, comment in enumerate(article.comments):
        assert comment.age < article.age
        assert comment.answers is None or 0 <= comment.answers < number
        if comment.answers is not None:
            assert comment.age <= article.comments[comment.answers].age


@pytest.mark.parametrize("source", [source for source in sources() if source.stub], ids=_name)
def test_a_stub_begins_with_a_paragraph_of_its_own_length(source: DemoSource) -> None:
    for article in source.articles:
        assert 40 <= word_count(feeds.plain(article.first_paragraph)) <= 65, article.slug


def test_every_local_address_leads_somewhere() -> None:
    site = Site(sources(), "http://127.0.0.1:1", 0, 0)
    addresses = {
        unescape(found)
        for _, article in PAIRS
        for piece in (article.html, *(comment.html for comment in article.comments))
        for found in re.findall(r'(?:href|src)="(/[^"]*)"', piece)
    }
    assert addresses
    for address in addresses:
        assert site.reply(address).status == 200, address
    targets = itertools.chain.from_iterable(re.findall(r'href="#([^"]+)"', article.html) for _, article in PAIRS)
    everything = "".join(article.html for _, article in PAIRS)
    for target in targets:
        assert f'id="{target}"' in everything


def test_a_picture_stands_alone() -> None:
    article = next(article for _, article in PAIRS if article.slug == "picture-of-the-week")
    assert article.html.startswith("<figure>")
    assert article.html.endswith("</figure>")
    assert len(pages.pictures(article)) == 1


def test_the_decoder_in_the_article_decodes() -> None:
    from math import sin, tau

    article = next(article for _, article in PAIRS if article.slug.startswith("decoding-lark"))
    code = re.findall(r'<pre><code class="language-python">(.*?)</code></pre>', article.html, re.DOTALL)
    program: dict[str, object] = {}
    for part in code:
        exec(unescape(part), program)
    frame = bytes.fromhex("474D5B000012C00001")
    message = bytes([0x2D, 0xD4, len(frame), *frame, sum(frame) % 256])
    tones = [1_200 if byte >> place & 1 else 2_200 for byte in b"\x55" + message for place in range(7, -1, -1)]
    samples = [sin(tau * tone * n / 48_000) for tone in tones for n in range(40)]
    bits, frames = program["bits"], program["frames"]
    assert callable(bits)
    assert callable(frames)
    assert list(frames(bits(samples))) == [frame]


def _write_source(folder: Path, article: str, source: str = "") -> Path:
    folder = folder / "01-a-source"
    folder.mkdir()
    (folder / "source.toml").write_text(
        'title = "A"\nabout = "a"\nformat = "rss2"\nlanguage = "en"\nhome = "/a/"\n' + source, encoding="utf-8"
    )
    (folder / "01-an-article.html").write_text(article, encoding="utf-8")
    return folder


def test_a_data_file_becomes_values(tmp_path: Path) -> None:
    folder = _write_source(
        tmp_path,
        "title: A: b\nage: 90m\nupdated: 1h\ncategories: x, y\nenclosure: /a/s.mp3 audio/mpeg 9\n\n<p>Word.</p>\n",
    )
    (article,) = world._source(folder).articles
    assert article.slug == "an-article"
    assert article.title == "A: b"
    assert (article.age, article.updated) == (5_400, 3_600)
    assert article.categories == ("x", "y")
    assert article.enclosure == world.File("/a/s.mp3", "audio/mpeg", 9)
    assert article.first_paragraph == "Word."


@pytest.mark.parametrize(
    ("article", "source"),
    [
        ("title: A\n\n<p>no age</p>", ""),
        ("title: A\nage: 3w\n\n<p>no such unit</p>", ""),
        ("title: A\nage: 3d\nmood: fine\n\n<p>no such key</p>", ""),
        ("title: A\nno colon\n\n<p>no header</p>", ""),
        ("title: A\nage: 3d\n\n<p>fine</p>", 'fault = "asleep"'),
        ("title: A\nage: 3d\n\n<p>fine</p>", "colour = 1"),
    ],
)
def test_a_mistake_in_a_data_file_is_named(tmp_path: Path, article: str, source: str) -> None:
    folder = _write_source(tmp_path, article, source)
    with pytest.raises(ValueError, match="01-a-source/"):
        world._source(folder)
