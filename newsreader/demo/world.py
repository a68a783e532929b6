"""The invented sources and their articles, read from the data files in `world/` into frozen values.

A source is a folder `NN-slug/` with a `source.toml`; its articles are `NN-slug.html`: header lines `key: value`, a
blank line, then the article's HTML, which begins with a paragraph. Beside an article stand its comments in
`NN-slug.comments.toml`, and what it said before it was edited in `NN-slug.before.html`. Ages are counted back from
whatever moment the server calls now. A mistake in a data file is a ValueError that names it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Format = Literal["rss2", "rss1", "rss09", "atom", "atom03", "json"]
"""RSS 2.0, RSS 1.0 (RDF), RSS 0.91, Atom 1.0 (RFC 4287), Atom 0.3, JSON Feed 1.1."""

Fault = Literal["", "gone", "moved", "lost", "guarded", "slow", "broken"]
"""What is wrong with a source's feed: nothing; 410; 301 to another path; 404, and only the front page names the new
path; 403 to whoever is no browser; a late answer; a document cut short."""

_SOURCE_KEYS: Final = frozenset(
    {"title", "about", "folder", "format", "language", "home", "stub", "fault", "layout", "encoding"}
)
_HEADER_KEYS: Final = frozenset(
    {"title", "author", "age", "updated", "event", "held", "comments", "categories", "enclosure"}
)
_BEFORE: Final = ".before.html"
_AGE: Final = re.compile(r"(\d+)([mhd])")
_SECONDS: Final = {"m": 60, "h": 3_600, "d": 86_400}
_FIRST_PARAGRAPH: Final = re.compile(r"\s*<p\b[^>]*>(.*?)</p>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment under an article; `answers` is the number (from 0) of the comment it answers."""

    author: str
    age: int
    html: str
    answers: int | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes with an article: its path on the server, its media type, its length in bytes."""

    path: str
    type: str
    length: int


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """One invented article. Ages are seconds before now; `event` is the same for articles about one event.

    A `held` article is not in the feed until the server publishes more; one that said something else `before` is
    edited then.
    """

    slug: str
    title: str
    html: str
    age: int
    author: str | None = None
    updated: int | None = None
    event: str | None = None
    held: bool = False
    comments: tuple[Comment, ...] = ()
    categories: tuple[str, ...] = ()
    enclosure: File | None = None
    before: str | None = None

    @property
    def first_paragraph(self) -> str:
        """The inside of the first paragraph, as HTML: what a stub feed gives."""
        found = _FIRST_PARAGRAPH.match(self.html)
        return found.group(1).strip() if found else ""


@dataclass(frozen=True, slots=True)
class DemoSource:
    """One invented source. A `stub` source has only first paragraphs in its feed; the pages have everything."""

    slug: str
    title: str
    about: str
    folder: str | None
    format: Format
    language: str
    home: str
    stub: bool
    fault: Fault
    layout: str
    encoding: str
    articles: tuple[DemoArticle, ...]

    @property
    def feed_path(self) -> str:
        """Where people subscribe."""
        return f"{self.home}feed.json" if self.format == "json" else f"{self.home}feed.xml"

    @property
    def moved_path(self) -> str:
        """Where the feed of a source that moved is now."""
        return f"{self.home}programmes.xml"

    @property
    def named_path(self) -> str:
        """The path that the source's own pages name."""
        return self.moved_path if self.fault == "lost" else self.feed_path

    def path(self, article: DemoArticle) -> str:
        """Where an article's page is."""
        return f"{self.home}{article.slug}"

    def comments_path(self, article: DemoArticle) -> str:
        """Where the comment feed of an article is."""
        return f"{self.home}{article.slug}/comments.xml"


@cache
def sources() -> tuple[DemoSource, ...]:
    """Every source with its articles, newest first. Raises ValueError for a mistake in a data file."""
    folders = sorted((files("newsreader.demo") / "world").iterdir(), key=lambda entry: entry.name)
    return tuple(_source(folder) for folder in folders if folder.is_dir() and folder.name[:2].isdigit())


def _source(folder: Traversable) -> DemoSource:
    where = f"{folder.name}/source.toml"
    data = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8"))
    _check(where, data, _SOURCE_KEYS, required=("title", "about", "format", "language", "home"))
    fault = data.get("fault", "")
    if data["format"] not in get_args(Format) or fault not in get_args(Fault):
        raise ValueError(f"{where}: unknown format or fault")
    articles = [
        _article(file, folder)
        for file in folder.iterdir()
        if file.name.endswith(".html") and not file.name.endswith(_BEFORE)
    ]
    return DemoSource(
        slug=_slug(folder.name),
        title=data["title"],
        about=data["about"],
        folder=data.get("folder"),
        format=data["format"],
        language=data["language"],
        home=data["home"],
        stub=data.get("stub", False),
        fault=fault,
        layout=data.get("layout", "paper"),
        encoding=data.get("encoding", "utf-8"),
        articles=tuple(sorted(articles, key=lambda article: (article.age, article.slug))),
    )


def _article(file: Traversable, folder: Traversable) -> DemoArticle:
    where = f"{folder.name}/{file.name}"
    head, _, body = file.read_text(encoding="utf-8").partition("\n\n")
    header: dict[str, str] = {}
    for line in head.splitlines():
        key, colon, value = line.partition(":")
        if not colon:
            raise ValueError(f"{where}: not a header line: {line}")
        header[key.strip()] = value.strip()
    _check(where, header, _HEADER_KEYS, required=("title", "age"))
    return DemoArticle(
        slug=_slug(file.name.removesuffix(".html")),
        title=header["title"],
        html=body.strip(),
        age=_age(header["age"], where),
        author=header.get("author"),
        updated=_age(header["updated"], where) if "updated" in header else None,
        event=header.get("event"),
        held=header.get("held") == "yes",
        comments=_comments(file, folder) if header.get("comments") == "yes" else (),
        categories=tuple(part.strip() for part in header.get("categories", "").split(",") if part.strip()),
        enclosure=_enclosure(header["enclosure"]) if "enclosure" in header else None,
        before=_before(file, folder),
    )


def _before(file: Traversable, folder: Traversable) -> str | None:
    before = folder / (file.name.removesuffix(".html") + _BEFORE)
    return before.read_text(encoding="utf-8").strip() if before.is_file() else None


def _comments(file: Traversable, folder: Traversable) -> tuple[Comment, ...]:
    name = file.name.removesuffix(".html") + ".comments.toml"
    data = tomllib.loads((folder / name).read_text(encoding="utf-8"))
    where = f"{folder.name}/{name}"
    for entry in data["comment"]:
        _check(where, entry, frozenset({"author", "age", "html", "answers"}), required=("author", "age", "html"))
    return tuple(
        Comment(entry["author"], _age(entry["age"], where), entry["html"].strip(), entry.get("answers"))
        for entry in data["comment"]
    )


def _enclosure(value: str) -> File:
    path, media_type, length = value.split()
    return File(path, media_type, int(length))


def _check(where: str, data: dict[str, Any], known: frozenset[str], *, required: tuple[str, ...]) -> None:
    unknown = sorted(data.keys() - known)
    missing = [key for key in required if key not in data]
    if unknown or missing:
        raise ValueError(f"{where}: unknown {unknown}, missing {missing}")


def _age(text: str, where: str) -> int:
    """Read "90m", "12h" or "3d" as seconds."""
    found = _AGE.fullmatch(text)
    if found is None:
        raise ValueError(f"{where}: not an age: {text}")
    return int(found.group(1)) * _SECONDS[found.group(2)]


def _slug(name: str) -> str:
    return name.partition("-")[2]
