"""What makes a feed that was found the one that was lost."""

from __future__ import annotations

import pytest

from newsreader.model import ArticleFace
from newsreader.text import short_identity
from newsreader.worker.likeness import Likeness, Lost, likeness
from newsreader.worker.peeking import FeedPeek
from newsreader.worker.search import FoundFeed

OLD = "https://old.example/feed"


def face(number: int, *, guid: str = "", site: str = "https://old.example", title: str = "") -> ArticleFace:
    return ArticleFace(guid or f"guid-{number}", f"{site}/{number}", title or f"The ferry number {number}")


LOST = Lost(OLD, "https://old.example/", ("Ines writes", "The Harbour Post"), tuple(map(face, range(4))))


def like(
    *faces: ArticleFace, url: str = "https://new.example/feed", title: str = "Other", lost: Lost = LOST
) -> Likeness:
    peek = FeedPeek(title, None, len(faces), None, None, None, None, comments=False, faces=faces)
    return likeness(lost, FoundFeed(url, 400, peek))


@pytest.mark.parametrize(
    "there",
    [
        (face(9), face(3, guid="another-guid-of-some-length", title="X")),  # the address of an article
        (ArticleFace("guid", "http://OLD.example:80/3?utm_source=rss", "X"),),
        (face(1, site="https://new.example"), face(2, site="https://new.example")),  # two titles
    ],
)
def test_articles_tell(there: tuple[ArticleFace, ...]) -> None:
    assert like(*there) is Likeness.ARTICLES


FERRY = short_identity("tag:old.example,2024:ferry")


def test_a_long_identity_tells_and_a_short_one_does_not() -> None:
    moved = {"site": "https://new.example", "title": "X"}
    lost = Lost(OLD, None, (), (face(1, guid=FERRY), face(2, guid="2")))
    assert like(face(1, guid=FERRY, **moved), lost=lost) is Likeness.ARTICLES
    assert like(face(7, guid="2", **moved), lost=lost) is Likeness.NONE


@pytest.mark.parametrize(
    "there",
    [
        (face(1, site="https://new.example"),),  # one title may be chance
        tuple(ArticleFace(f"g{each}", "https://old.example/", "Links") for each in range(4)),
        (),
    ],
)
def test_chance_is_no_likeness(there: tuple[ArticleFace, ...]) -> None:
    front = Lost(OLD, None, (), (ArticleFace("g", "https://old.example/", "Links"), *LOST.faces))
    assert like(*there, lost=front) is Likeness.NONE


def test_either_name_of_a_source_tells() -> None:
    assert like(title="the harbour  POST") is Likeness.TITLE
    assert like(title="Ines writes") is Likeness.TITLE


@pytest.mark.parametrize("title", ["", "Blog", "RSS Feed", "Latest news", "All posts", "Home", "My weblog"])
def test_names_that_anybody_has_tell_nothing(title: str) -> None:
    assert like(title=title, lost=Lost(OLD, None, (title,), ())) is Likeness.NONE


@pytest.mark.parametrize(
    ("was", "url", "same"),
    [
        (OLD, "https://www.old.example/rss", True),
        (OLD, "https://blog.old.example/rss", True),
        (OLD, "https://old.example.org/rss", False),
        ("https://feeds.example/ines", "https://old.example/rss", True),  # the home page's
        ("https://medium.com/feed/@ines", "https://medium.com/feed/@bo", False),
        ("https://www.reddit.com/r/a/.rss", "https://www.reddit.com/.rss", False),
        ("https://ines.wordpress.com/feed/", "https://ines.wordpress.com/rss/", True),
        ("https://ines.wordpress.com/feed/", "https://bo.wordpress.com/feed/", False),
        ("https://uni.example/~ines/feed", "https://uni.example/~bo/feed", False),
        ("https://uni.example/~ines/feed", "https://uni.example/~ines/rss", True),
        ("https://social.example/@ines.rss", "https://social.example/@bo.rss", False),
        ("https://social.example/users/ines.atom", "https://social.example/users/ines.rss", True),
        ("https://lemmy.example/feeds/c/sea.xml", "https://lemmy.example/feeds/c/sea.xml?sort=New", True),
        ("https://lemmy.example/feeds/c/sea.xml", "https://lemmy.example/feeds/local.xml", False),
    ],
)
def test_the_same_site_is_the_least(was: str, url: str, same: bool) -> None:
    home = "https://old.example/" if "feeds.example" in was else None
    assert like(url=url, lost=Lost(was, home, ("X",), ())) is (Likeness.SITE if same else Likeness.NONE)
