from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from html import unescape
from itertools import pairwise

import pytest

from newsreader import handbook
from newsreader.cli.parser import build_parser
from newsreader.config import find_setting
from newsreader.document.blocks import Block, Code, Heading, ListBlock, Table
from newsreader.document.build import build
from newsreader.document.render import plain_text
from newsreader.model import ParsedArticle
from newsreader.pages import clean
from newsreader.text import clean_text, word_count
from newsreader.ui.keymap import Keymap
from newsreader.ui.keys import COMMANDS, parse_keys

ARTICLES = handbook.feed().articles
# How the handbook writes keys whose names on the screen are signs.
WRITTEN = {"Enter": "enter", "Esc": "escape"}


def _title(article: object) -> str:
    return article.title if isinstance(article, ParsedArticle) else str(article)


def _html(article: ParsedArticle) -> str:
    assert article.content_html is not None
    return article.content_html


def _blocks() -> list[Block]:
    return [block for article in ARTICLES for block in build(clean(_html(article))).blocks]


def _codes() -> list[str]:
    return [
        unescape(found)
        for article in ARTICLES
        for found in re.findall(r"<code[^>]*>(.*?)</code>", _html(article), re.DOTALL)
    ]


def test_the_first_article_is_the_newest() -> None:
    feed = handbook.feed()
    assert feed.title == handbook.TITLE
    assert len(feed.articles) == 10
    assert feed.articles[0].title == "Start here"
    moments = [article.published for article in feed.articles]
    assert None not in moments
    assert all(first > second for first, second in pairwise(moment or 0 for moment in moments))
    assert feed.updated == moments[0]


def test_articles_have_an_identity_that_stays_and_no_address() -> None:
    assert len({article.guid for article in ARTICLES}) == len(ARTICLES)
    assert all(article.guid and article.guid.startswith(handbook.URL + "/") for article in ARTICLES)
    assert all(article.url is None for article in ARTICLES)


@pytest.mark.parametrize("article", ARTICLES, ids=_title)
def test_an_article_is_short_and_survives_cleaning_whole(article: ParsedArticle) -> None:
    html = _html(article)
    text = plain_text(build(clean(html)))
    assert 300 <= word_count(text) <= 500
    assert text.split() == plain_text(build(html)).split()
    assert clean_text(html) == html


def test_structure_is_shown_by_being_used() -> None:
    kinds = {type(block) for block in _blocks()}
    assert {Heading, ListBlock, Table, Code} <= kinds


@pytest.mark.parametrize("article", ARTICLES, ids=_title)
def test_it_names_no_key_that_does_not_exist(article: ParsedArticle) -> None:
    known = {" ".join(sequence) for command in COMMANDS for sequence in parse_keys(command.keys)} | {"g"}
    named = [unescape(found) for found in re.findall(r"<kbd>(.*?)</kbd>", _html(article))]
    assert named
    assert {WRITTEN.get(name, name) for name in named} <= known


def test_what_it_says_of_a_key_is_what_the_key_does() -> None:
    told = {
        "space": "read_on", "n": "next_unread", "J": "next_article", "]": "next_source", "s": "bookmark", "u": "undo",
        "d": "full_text", "m": "toggle_read", "A": "mark_all_read", "o": "browser", "y": "copy", "z": "zen",
        ";": "let_in", "a": "add", "g i": "import_opml", "g l": "theme",
        "g C": "catalogue", "g s": "settings", "r": "refresh", "R": "refresh_all",
    }  # fmt: skip
    keys = {" ".join(sequence): command.id for command in COMMANDS for sequence in parse_keys(command.keys)}
    assert {key: keys[key] for key in told} == told


def test_the_settings_it_shows_exist() -> None:
    shown = [tomllib.loads(code) for code in _codes() if code.startswith("[")]
    assert len(shown) == 3
    assert all(find_setting(f"ai.{name}") for table in shown for name in table.get("ai", ()))
    keys = next(table["keys"] for table in shown if "keys" in table)
    assert keys.keys() - {"preset"} <= {command.id for command in COMMANDS}
    assert Keymap({key: keys[key] for key in keys.keys() - {"preset"}}, preset=keys["preset"]).problems == ()
    assert Keymap(macros=next(table["macros"] for table in shown if "macros" in table)).problems == ()
    assert {"reader": {"measure": 68}} in shown


def test_the_commands_it_shows_can_be_run() -> None:
    parser = build_parser()
    lines = [line for code in _codes() for line in code.splitlines() if line.startswith("newsreader ")]
    assert len(lines) >= 10
    for line in lines:
        words = [word.strip('"') for word in line.partition(">")[0].split()[1:]]
        assert isinstance(parser.parse_args(words), argparse.Namespace)


def test_reading_it_needs_no_lxml() -> None:
    program = "import sys; from newsreader import handbook; handbook.feed(); print('lxml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
