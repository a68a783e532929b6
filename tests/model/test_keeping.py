from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.model import Keep, read_keep, size_words


@pytest.mark.parametrize(
    ("line", "keep"),
    [
        ("all", Keep()),
        ("Everything", Keep()),
        ("90d", Keep(90)),
        ("90 days", Keep(90)),
        ("2w, 1,000 articles", Keep(14, 1_000)),
        ("500 unread", Keep(None, 500, unread=True)),
        ("unread 1y 500", Keep(365, 500, unread=True)),
        ("90d,500", Keep(90, 500)),
        (
            "90d; #Wire 7d;#daily-news 500 unread",
            Keep(90, tags=(("wire", Keep(7)), ("daily-news", Keep(None, 500, True)))),
        ),
        ("#wire 7d", Keep(tags=(("wire", Keep(7)),))),
        ("#wire 7d; #day 1d", Keep(tags=(("wire", Keep(7)), ("day", Keep(1))))),
    ],
)
def test_a_line_says_how_long_articles_are_kept(line: str, keep: Keep) -> None:
    assert read_keep(line) == keep


@pytest.mark.parametrize(
    "line",
    [
        "",
        "unread",
        "0",
        "0d",
        "banana",
        "12 34x",
        "all 3d",
        "99999d",
        "-3d",
        "3.5d",
        "90d; 7d",
        "90d; #",
        "90d; #wire",
        "90d #wire 7d",
        "all; #a 1d; #A 2d",
    ],
)
def test_a_line_that_says_nothing_is_refused_in_words(line: str) -> None:
    with pytest.raises(ValueError, match=r"[A-Z].*\.$"):
        read_keep(line)


@given(
    st.builds(
        Keep, st.none() | st.integers(1, 36_500), st.none() | st.integers(1, 10**9 - 1), st.booleans(), st.just(())
    )
)
def test_what_is_written_is_read_as_the_same(keep: Keep) -> None:
    assert read_keep(str(keep)) == (Keep() if keep.everything else keep)


@given(st.text(max_size=60))
def test_no_line_raises_anything_else(line: str) -> None:
    try:
        keep = read_keep(line)
    except ValueError:
        return
    assert read_keep(str(keep)) == keep


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 B"), (999, "999 B"), (1_234, "1.2 kB"), (410_000_000, "410 MB"), (1.24e9, "1.2 GB")]
)
def test_sizes_are_said_as_people_say_them(size: int, words: str) -> None:
    assert size_words(size) == words


def test_a_source_has_the_line_of_the_first_of_its_tags() -> None:
    keep = read_keep("90d; #wire 7d; #daily-news 500")
    assert keep.of(["Daily News", "other"]) == Keep(None, 500)
    assert keep.of(["#WIRE", "daily-news"]) == Keep(7)
    assert keep.of(["other"]) == keep.of([]) == Keep(90)
    assert read_keep("all; #wire 7d").limits_any
    assert not read_keep("all; #wire all").limits_any
    with pytest.raises(ValueError, match="single source"):
        read_keep("90d; #wire 7d", of_one=True)
