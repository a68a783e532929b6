"""An article: as it is written, as a row of a list, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from newsreader.model.feeds import Enclosure


class ArticleWrite(NamedTuple):
    """One new or changed article on its way into the library: everything cleaned, the document built.

    A tuple, because a first refresh brings them by the ten thousand from the children: a dataclass with slots costs
    three times as much to pickle.

    `identity` is what DESIGN rule 4 says; `content_hash` tells an edit from a repetition; `sort_at` follows rule 5 and
    is used only when the article is new. `html` is the clean HTML of the feed (content, else summary); `text` its
    words for search; `document` the serialised Document of the builder's version; `media` what there is beside or in
    place of words (see `document.lengths.short_length`).
    """

    identity: str
    content_hash: str
    sort_at: int
    guid: str | None
    url: str | None
    title: str
    author: str | None
    published: int | None
    updated: int | None
    html: str
    text: str
    document: bytes
    document_version: int
    words: int
    enclosures: tuple[Enclosure, ...] = ()
    categories: tuple[str, ...] = ()
    comments_url: str | None = None
    comments_feed_url: str | None = None
    comments_count: int | None = None
    language: str | None = None
    image_url: str | None = None
    media: str = ""


class FullText(NamedTuple):
    """The article as extracted from its page, cleaned and built, on its way into the library.

    `next_page` is where it goes on; it is not kept. `cut` says that this may be only the beginning: the site keeps
    whole articles for its subscribers. `edges` are the marks of its first and last blocks (`pages.repeated`).
    """

    html: str
    text: str
    document: bytes
    document_version: int
    words: int
    title: str | None = None
    author: str | None = None
    language: str | None = None
    next_page: str | None = None
    published: int | None = None
    cut: bool = False
    edges: tuple[int, ...] = ()


class ArticleFace(NamedTuple):
    """What an article is recognised by in another feed: its identity (DESIGN rule 4), address and title."""

    identity: str
    url: str | None
    title: str


class Length(NamedTuple):
    """How much one of an article's two texts is: its words, whether that is a stub, and what else (`ArticleHead`)."""

    words: int
    stub: bool = False
    media: str = ""


class ArticleHead(NamedTuple):
    """What a row of the article list shows; never a body.

    `words` counts the text that opening it would show (the full text's where it is here, else the feed's); `stub` says
    that only a part of the article is here, as far as is known. `media` is what there is in place of words, or what a
    short text goes with, a letter each (`document.lengths.short_length`). `percent` tells how far the reader came in
    it, 0 where it was not begun. `later` says that it waits in the Later queue; `tags` are by name; `noted` says that
    it has a note, and `highlights` how many passages of it are highlighted. `hidden_by` names the rule that hides it,
    and is empty where a person did. `story` is the story that it belongs to, of which so many `sources` tell.
    `comments` is how many there are, as its feed said, or its discussion where that was fetched since; None where
    nobody said.
    """

    id: int
    source_id: int
    source_title: str
    title: str
    url: str | None
    author: str | None
    published: int | None
    sort_at: int
    words: int
    read: bool
    bookmarked: bool
    full_text: bool
    stub: bool
    percent: int = 0
    media: str = ""
    later: bool = False
    tags: tuple[str, ...] = ()
    noted: bool = False
    highlights: int = 0
    hidden_by: str | None = None
    story: int | None = None
    sources: int = 1
    comments: int | None = None


class Place(NamedTuple):
    """Where in an article the reader was: which document, which block, which character of its text.

    `words` are those that stand there. They find the place again in a document that is another one now: the article's
    other text, or what its publisher made of it. Two places are the same whatever the words.
    """

    full_text: bool = False
    block: int = 0
    offset: int = 0
    words: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Place) and self[:3] == other[:3]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self[:3])


class Highlight(NamedTuple):
    """A passage that the person highlighted: where it stood, with all its words, and when that was."""

    id: int
    place: Place
    made_at: int


class Tag(NamedTuple):
    """A tag, and on how many articles it is."""

    name: str
    articles: int


class Keepsake(NamedTuple):
    """A kept article as it leaves the library: whole, with what the person wrote to it. `kept_at` is its bookmark's.

    `html` is clean; addresses are without name and password.
    """

    id: int
    title: str
    url: str | None
    source: str
    source_url: str
    author: str | None
    published: int
    kept_at: int | None
    tags: tuple[str, ...]
    note: str
    highlights: tuple[str, ...]
    language: str | None
    html: str


class SavedPage(NamedTuple):
    """A page that the person saves: the article without a text that it is until then, and what goes with it."""

    write: ArticleWrite
    tags: tuple[str, ...] = ()
    note: str = ""
    read: bool = False


class Article(NamedTuple):
    """An article as the reader view opens it: its head, both documents as stored, and what goes with it.

    `shows_full` says that it opens as its full text, which is here; `wants_full` that it is to be fetched for that.
    Both follow what the person set for the source, else what its last full texts taught (`store.learning`).
    `full_is_whole` says that a full text is here and lacks nothing that the feed gave. `feed_length` and `full_length`
    are how much each of its texts is. `edits` is how often the
    publisher changed its title or words since it came, as far as that is kept (FORMER_KEPT).
    """

    head: ArticleHead
    source_url: str
    shows_full: bool
    wants_full: bool
    full_is_whole: bool
    feed_length: Length
    full_length: Length | None
    edits: int
    feed_document: bytes | None
    full_document: bytes | None
    document_version: int | None
    full_document_version: int | None
    full_text_error: str | None
    place: Place | None
    enclosures: tuple[Enclosure, ...] = ()
    categories: tuple[str, ...] = ()
    comments_url: str | None = None
    comments_feed_url: str | None = None
    language: str | None = None
    image_url: str | None = None
    note: str = ""
    highlights: tuple[Highlight, ...] = ()


class Former(NamedTuple):
    """What an edit of an article replaced: its title and clean HTML until `replaced_at`, and the Document of it.

    The document may be missing or of another version: then it is built anew from the HTML.
    """

    id: int
    replaced_at: int
    title: str
    html: str
    document: bytes | None = None
    document_version: int | None = None
