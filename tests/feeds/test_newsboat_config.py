from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsreader.feeds.newsboat_config import read_ignored

CONFIG = rb"""
# how newsboat looks
auto-reload yes
ignore-mode "display"
ignore-article "*" "title =~ \"cricket|rugby\""
ignore-article https://news.test/feed "author = \"Ines Almada\""
ignore-article "*" "title =~ \"cricket|rugby\""
IGNORE-ARTICLE * \
  "content =~ \"sponsored\""
ignore-article "regex:news" "title =~ \"x\""
ignore-article "*" "guid = \"1\""
ignore-article "*" "title =="
ignore-article "*"
"""


def test_what_newsboat_ignores_becomes_queries() -> None:
    found = read_ignored(CONFIG)
    assert [name for name, _ in found.queries] == [
        'title =~ "cricket|rugby"',
        'author = "Ines Almada"',
        'content =~ "sponsored"',
    ]
    queries = [query for _, query in found.queries]
    assert queries[0].startswith("title:cricket")
    assert 'source:"https://news.test/feed"' in queries[1] or "source:https://news.test/feed" in queries[1]
    assert "sponsored" in queries[2]


def test_what_has_no_equal_is_said() -> None:
    regex, guid, broken = read_ignored(CONFIG).problems
    assert "by a pattern of addresses" in regex
    assert "identifiers of articles cannot be searched for" in guid
    assert "cannot be read as an expression" in broken


def test_many_lines_are_bounded() -> None:
    found = read_ignored(b'ignore-article "*" "title =~ \\"a\\""\n' * 201)
    assert found.problems == ("newsboat's config has 201 lines ignore-article: the first 200 were taken.",)


@given(st.binary(max_size=200) | st.text(max_size=80).map(lambda text: f'ignore-article "*" {text}'.encode()))
def test_nothing_raises(data: bytes) -> None:
    read_ignored(data)
