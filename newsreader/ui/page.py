"""What the reader pane shows of one article: a value, so that the pane needs no library."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from newsreader.document.blocks import Document
    from newsreader.model import Highlight, Place
    from newsreader.ui.annex import Annex
    from newsreader.ui.discussion_page import Thread


class Page(NamedTuple):
    """One article ready for the reader pane.

    `moment` is the time to show (Unix seconds UTC). `document` is None while nothing readable is here yet. `full_text`
    tells which of the two documents this is, `stub` that only a part of the article is here, `media` what goes with
    that, or is all there is (`document.lengths.short_length`). `notice` is a sentence of ours under the facts: why the
    full text could not be had. That it is on its way (`fetching`) stands among the facts, so that no line moves when
    it is here. `categories` are what the feed files it under, in one line unless `all_categories` are wanted. `tags`,
    `note` and `highlights` are what the person wrote to it. `place` is where to begin; None begins
    at the top. `edits` is how often the publisher changed the article; with `changes` the document says what an edit
    changed, and no place in it is kept. `hidden_by` names the rule that hides the article. `annex` is what stands under
    it, which comes after the text and moves nothing of it. `comments` is how many there are, where that is known;
    with `thread` they are shown in the article's place.
    """

    article_id: int
    title: str
    source: str
    author: str | None
    moment: int
    words: int
    url: str | None
    document: Document | None
    full_text: bool = False
    bookmarked: bool = False
    later: bool = False
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    all_categories: bool = False
    note: str = ""
    highlights: tuple[Highlight, ...] = ()
    notice: str | None = None
    fetching: bool = False
    stub: bool = False
    media: str = ""
    edits: int = 0
    changes: bool = False
    place: Place | None = None
    hidden_by: str | None = None
    annex: Annex | None = None
    comments: int | None = None
    thread: Thread | None = None

    @property
    def is_article(self) -> bool:
        """Whether this is the article itself, and no edit or discussion of it: places in it are kept."""
        return not self.changes and self.thread is None

    @property
    def what(self) -> tuple[int, bool, bool]:
        """What is shown: when that is another, it begins at its own place."""
        return self.article_id, self.changes, self.thread is not None
