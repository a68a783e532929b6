"""The links of a page as they stand on its lines, and the letters by which they are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from newsreader.ui.typesetting import Line

_LETTERS: Final = "asdfghjklqwertyuiopzxcvbnm"
"""For hints: the home row first."""


ARTICLE: Final = "article:"
"""What the address of a link begins with that leads to an article of the library: its id follows."""

NEXT: Final = "next:"
"""The same, of the next unread article of the list."""

PASSAGE: Final = "passage:"
"""What the address of a link begins with that leads to a highlight: its id follows."""

PART: Final = "part:"
"""What the address of the heading of a part under the article begins with: its name follows."""

TALK: Final = "talk:"
"""The address of the comments."""

CATEGORY: Final = "category:"
"""What the address of a category of the article begins with: its name follows."""

CATEGORIES: Final = "categories:"
"""The address of those that have no room."""

_OWN: Final = (ARTICLE, NEXT, PASSAGE, PART, TALK, CATEGORY, CATEGORIES)


def is_own(target: str) -> bool:
    """Whether a link is one of ours, and no address: those of a document begin with http, https, mailto or #."""
    return target.startswith(_OWN)


def number_in(target: str, kind: str) -> int | None:
    """The number in a link of a kind, None for any other link."""
    number = target.removeprefix(kind)
    return int(number) if number != target and number.isdigit() else None


def linked_article(target: str) -> int | None:
    """The article that a link leads to, None for a link to anywhere else."""
    return number_in(target, ARTICLE)


class PageLink(NamedTuple):
    """A link: its address or `#id`, its words, and for each line it stands on the first character and the one after."""

    target: str
    words: str
    parts: tuple[tuple[int, int, int], ...]

    @property
    def line(self) -> int:
        """The line on which it begins."""
        return self.parts[0][0]

    @property
    def start(self) -> tuple[int, int]:
        """Where it begins: line and character."""
        return self.parts[0][:2]


def links_on(line_at: Callable[[int], Line], first: int, end: int) -> Iterator[PageLink]:
    """Give the links on the lines from `first` up to `end`; one that goes on in the next line is one."""
    now: PageLink | None = None
    for number in range(first, end):
        line = line_at(number)
        if line.joint == "\n" and now is not None:
            yield now
            now = None
        at = sum(len(piece.text) for piece in line.lead)
        for piece in line.body:
            part = (number, at, at + len(piece.text))
            at = part[2]
            if now is not None and piece.link == now.target:
                now = _longer(now, piece.text, part, line.joint)
                continue
            if now is not None:
                yield now
            now = PageLink(piece.link, piece.text, (part,)) if piece.link and piece.text.strip() else None
    if now is not None:
        yield now


def _longer(link: PageLink, words: str, part: tuple[int, int, int], joint: str) -> PageLink:
    """A link with a further piece of it: on the same line, or on the next one."""
    number, start, _ = link.parts[-1]
    if number == part[0]:
        return PageLink(link.target, link.words + words, (*link.parts[:-1], (number, start, part[2])))
    return PageLink(link.target, link.words + joint + words, (*link.parts, part))


def hints(count: int) -> list[str]:
    """Letters for so many links, as few as can be: none is the beginning of another."""
    size = len(_LETTERS)
    single = max(0, min(size, (size * size - count) // (size - 1))) if count > size else count
    pairs = [first + second for first in _LETTERS[single:] for second in _LETTERS]
    return [*_LETTERS[:single], *pairs][:count]
