"""What the menu of the panel beside the text offers: what is made here, and what a language model is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from newsreader.model.answers import Ask
from newsreader.text import one_line
from newsreader.ui.aside_menu import Group
from newsreader.ui.in_short import NAMES, POINTS, SUMMARY
from newsreader.ui.ranking import Ranking
from newsreader.ui.words import aside as words
from newsreader.ui.words import asking

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from newsreader.config import Config

STORY: Final = "t"
"""The story in short, by its key in the menu."""

LABELS: Final[Mapping[str, str]] = {
    SUMMARY: words.MENU_SUMMARY,
    POINTS: words.MENU_POINTS,
    NAMES: words.MENU_NAMES,
    STORY: words.MENU_STORY,
}
"""What is made here, by its key."""

ASK_STORY: Final = "T"
ASKS: Final[Mapping[str, Ask]] = {
    "S": Ask.SUMMARY,
    "K": Ask.POINTS,
    ASK_STORY: Ask.SUMMARY,
    "e": Ask.EXPLAIN,
    "l": Ask.TRANSLATE,
    "h": Ask.HEADLINE,
}
"""What a model is asked for, by its key."""

QUESTIONS: Final[Mapping[str, str]] = {"a": "ask", "A": "ask_story", "L": "ask_list"}
"""The commands that take a question, by the key that begins one."""

NAMED: Final[Mapping[str, str]] = {
    "summary": SUMMARY,
    "points": POINTS,
    "names": NAMES,
    "story": STORY,
    "explain": "e",
    "translate": "l",
    "headline": "h",
}
"""By what names these are typed."""

_ASK_LABELS: Final[Mapping[str, str]] = {
    "S": asking.MENU_SUMMARY,
    "K": asking.MENU_POINTS,
    ASK_STORY: asking.MENU_STORY,
    "e": asking.MENU_EXPLAIN,
    "l": asking.MENU_TRANSLATE,
    "h": asking.MENU_HEADLINE,
    "a": asking.MENU_ASK,
    "A": asking.MENU_ASK_STORY,
    "L": asking.MENU_ASK_LIST,
}
_OF_STORIES: Final = frozenset({STORY, ASK_STORY, "A"})


def named() -> Iterator[tuple[str, str, str]]:
    """By what names entries of the menu are typed: each with its key and its label."""
    for name, key in NAMED.items():
        yield name, key, LABELS[key] if key in LABELS else _ASK_LABELS[key]


def meant_by(typed: str) -> str:
    """The key of what is typed by a name, or the beginning of one."""
    known = {*LABELS, *_ASK_LABELS}
    return typed if typed in known else Ranking((key, (name,)) for name, key in NAMED.items()).meant(typed) or typed


def choices(config: Config, settings_key: str, *, story: bool) -> tuple[tuple[Group, ...], str]:
    """The groups of the menu, and a note; `story` says whether the article has one."""
    here = _group(asking.HERE if config.ai_url else "", LABELS, story=story)
    if not config.ai_url:
        return (here,), asking.off(settings_key)
    host = one_line(urlsplit(config.ai_url).netloc)
    return (here, _group(asking.at(one_line(config.ai_model or ""), host), _ASK_LABELS, story=story)), ""


def _group(head: str, labels: Mapping[str, str], *, story: bool) -> Group:
    return Group(head, tuple(each for each in labels.items() if story or each[0] not in _OF_STORIES))
