"""What stories are made from and come to."""

from __future__ import annotations

from typing import NamedTuple


class Lead(NamedTuple):
    """An article as far as it is compared with others: title, the beginning of its text, address, time, source.

    `sort_at` is in Unix seconds. `text` is the full text where it is here, else the feed's.
    """

    id: int
    source_id: int
    sort_at: int
    title: str
    url: str | None
    text: str


class Holders(NamedTuple):
    """Which articles hold a word: the ids of the newest, and about how many there are in all."""

    ids: tuple[int, ...]
    total: int


class Placed(NamedTuple):
    """Which story an article belongs to: the id of that story's first article, its own where it is alone.

    `copy_of` is the article of which it is a copy. `joined` are articles that were alone and belong to the story now.
    """

    id: int
    story: int
    copy_of: int | None = None
    joined: tuple[int, ...] = ()


class StoryArticle(NamedTuple):
    """One article of a story, as its list shows it; `copy_of` is the article of the story of which it is a copy."""

    id: int
    copy_of: int | None


class Origin(NamedTuple):
    """From where an article is: its source, and the story that it belongs to, None where it is alone."""

    source: int
    story: int | None


class Teller(NamedTuple):
    """Who told of something, and when."""

    name: str
    at: int


class Gap(NamedTuple):
    """What came while nobody was here, since a moment: how many articles, and those that are not to be missed.

    `top` are the stories of most sources, each as its first article, `quiet` all articles of so many `quiet_sources`;
    the `rest` can be set aside.
    """

    since: int
    new: int
    top: tuple[int, ...]
    quiet: tuple[int, ...]
    quiet_sources: int
    rest: int = 0
