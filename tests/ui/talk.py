"""Discussions to look at: a small one with answers to answers, and ones of any size."""

from __future__ import annotations

from typing import Final

from newsreader.document.blocks import VERSION, Document, Mark, Paragraph, Span, Text, dump
from newsreader.model.talk import Comment, Discussion
from tests.ui.world import DAY, HOUR, MINUTE, NOW

URL: Final = "https://news.ycombinator.com/item?id=4711"


def comment(
    key: str, depth: int, words: str, *, author: str = "", age: int = HOUR, score: int | None = None
) -> Comment:
    """A comment; an address in it is a link."""
    at = words.find("https://")
    end = words.find(" ", at) if " " in words[at:] else len(words)
    spans = (Span(at, end, Mark.LINK, words[at:end]),) if at >= 0 else ()
    document = dump(
        Document(
            tuple(Paragraph(Text(each, spans if not number else ())) for number, each in enumerate(words.split("\n")))
        )
    )
    return Comment(key, depth, author or f"reader-{key}", NOW - age, score, document, f"{URL}#{key}")


SMALL: Final = (
    comment(
        "a", 0, "The numbers in the second half are from the 2019 survey, not this one.", author="Marta K.", score=12
    ),
    comment("b", 1, "They are; the article says so at the end.", author="Ines Almada", age=50 * MINUTE),
    comment("c", 2, "Then the headline is a little bold. See https://survey.test/2019 for both.", age=40 * MINUTE),
    comment("d", 1, "The survey of 2019 asked another question.", age=30 * MINUTE),
    comment(
        "e",
        0,
        "I took this ferry every night for nine years.\nIt was late twice.",
        author="Tomas",
        age=2 * HOUR,
        score=41,
    ),
    comment("f", 1, "Twice in nine years is better than my watch.", age=HOUR),
    comment("g", 0, "What does a ferry cost that nobody takes?", age=20 * MINUTE),
)


def discussion(
    article_id: int,
    comments: tuple[Comment, ...] = SMALL,
    *,
    age: int = MINUTE,
    total: int | None = None,
    failure: str | None = None,
    url: str | None = URL,
    version: int = VERSION,
) -> Discussion:
    """A discussion on Hacker News."""
    count = len(comments) if total is None else total
    return Discussion(article_id, "Hacker News", url, NOW - age, count, comments, failure, version)


def many(count: int, *, deep: int = 12) -> tuple[Comment, ...]:
    """So many comments, up to so deep, some long."""
    return tuple(
        comment(
            str(number),
            number * number % 7 * number % deep if number % 5 else 0,
            f"Comment {number}. " + "It goes on and on. " * (number % 9 + 1),
            age=number % 90 * MINUTE + DAY * (number % 3),
        )
        for number in range(count)
    )
