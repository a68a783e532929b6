"""Text from outside: whatever comes in, what goes out is safe, short and the same the second time."""

from __future__ import annotations

import sqlite3
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsreader.bounds import COMBINING_MARKS
from newsreader.text import (
    cell_width,
    clean_text,
    count_of,
    in_rows,
    iso_utc,
    listed,
    normalised_url,
    one_line,
    page_of,
    reading_time,
    relative_time,
    same_text,
    same_title,
    short_age,
    truncate,
    without_userinfo,
    word_count,
)

# All code points, surrogates too, with what is dangerous more often than chance would have it.
texts = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("\x00\x07\x1b\x7f\x85\x9b\x9d\r\n\t\x0b\x0c\u2028\u2029\u200b\u200d\u202e\u2066\u2069\ufeff"),
        st.sampled_from("\u0300\u0301\u0323\u0e33\u0ec8\u1ab0\u20dd\ufe0f\U000e0041\U0001d165\udc80\ufffe"),
        st.sampled_from("ae 漢字한국어\U0001f468\U0001f469"),
    ),
    max_size=60,
)


@given(texts)
@example("a" + "\u0301" * 7 + "\u0344\u0344")
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once


@given(texts)
def test_nothing_that_steers_a_terminal_survives(text: str) -> None:
    for character in clean_text(text):
        category = unicodedata.category(character)
        assert category not in {"Cc", "Cs"} or character in "\n\t"
        assert unicodedata.bidirectional(character) not in {
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        }
        assert not "\U000e0000" <= character <= "\U000e007f"


@given(texts)
def test_clean_text_is_normal_and_can_be_stored(text: str) -> None:
    cleaned = clean_text(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    with sqlite3.connect(":memory:") as library:
        assert library.execute("select ?", (cleaned,)).fetchone() == (cleaned,)
    library.close()


@given(texts)
@example("a" + "\u0300" * 7 + "\u0344")
def test_no_letter_carries_a_flood_of_marks(text: str) -> None:
    run = 0
    for character in clean_text(text):
        run = run + 1 if unicodedata.category(character) in {"Mn", "Me", "Mc", "Cf"} else 0
        assert run <= COMBINING_MARKS


@pytest.mark.parametrize(
    "mark", "\u0301\u0323\u0483\u05b0\u064b\u0e34\u1ab0\u1dc0\u20dd\ufe0f\ufe20\U0001d167\U000e0100"
)
def test_floods_are_cut_in_every_script(mark: str) -> None:
    flood = clean_text("a" + mark * 2_000 + "b")
    assert len(flood) <= COMBINING_MARKS + 2
    assert flood[0] in "aáạ"
    assert flood[-1] == "b"


def test_flood_of_mixed_marks_is_not_sorted_first() -> None:
    begun = time.process_time()
    assert clean_text("a" + "\u0301" * 50_000 + "\u0323" * 50_000) == "\u00e1" + "\u0301" * 7
    assert time.process_time() - begun < 2  # normalising it as it is takes fifteen seconds


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=60))
def test_ordinary_text_stays(text: str) -> None:
    assert clean_text(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    "text",
    [
        "Straße, naïve, Tiếng Việt, ελληνικά, русский",
        "עִבְרִית מְנֻקֶּדֶת and العَرَبِيَّة",
        "ภาษาไทยนี้ หนังสือพิมพ์",
        "हिन्दी में समाचार, தமிழ்",
        "漢字かな交じり文、한국어",
        "👩‍👩‍👧 ❤️ 🇩🇪 1️⃣",
        "[/red][@click=app.quit]x",
    ],
)
def test_scripts_and_emoji_stay_as_they_are(text: str) -> None:
    assert clean_text(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x1b]52;c;ZXZpbA==\x07b", "a]52;c;ZXZpbA==b"),
        ("a\x9b31mb", "a31mb"),
        ("a\r\nb\rc\u2028d\x85e\x0cf", "a\nb\nc\nd\ne\nf"),
        ("\ufeffa\u200bb\u202ec", "abc"),
        ("a\ud800b", "ab"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("a\tb\nc", "a\tb\nc"),
    ],
)
def test_cleaning(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


@given(texts, st.none() | st.integers(1, 40))
@example("a\x1cb", None)
@example("a b", 2)
def test_one_line_is_one_line(text: str, limit: int | None) -> None:
    line = one_line(text, limit)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()
    assert "  " not in line
    assert one_line(line, limit) == line
    assert limit is None or len(line) <= limit


def test_one_line_shows_its_cut() -> None:
    assert one_line("  The ferry\n is   late ", None) == "The ferry is late"
    assert one_line("The ferry is late", 10) == "The ferry…"
    assert one_line("The ferry", 9) == "The ferry"


@given(texts, st.integers(-2, 30))
def test_truncated_lines_fit(text: str, cells: int) -> None:
    line = one_line(text)
    cut = truncate(line, cells)
    assert cell_width(cut) <= max(cells, 0)
    assert cut == line or cells <= 0 or (cut.endswith("…") and line.startswith(cut[:-1]))
    assert truncate(cut, cells) == cut


@pytest.mark.parametrize(
    ("text", "cells", "cut"),
    [
        ("newsreader", 10, "newsreader"),
        ("newsreader", 5, "news…"),
        ("news reader", 6, "news…"),
        ("漢字漢字", 5, "漢字…"),
        ("漢字漢字", 4, "漢…"),
        ("漢字", 1, "…"),
        ("a", 0, ""),
        ("👩‍👩‍👧👩‍👩‍👧", 3, "👩‍👩‍👧…"),
        ("❤️❤️", 3, "❤️…"),
    ],
)
def test_truncate(text: str, cells: int, cut: str) -> None:
    assert truncate(text, cells) == cut


MINUTE, HOUR, DAY = 60, 3_600, 86_400


@pytest.mark.parametrize(
    ("age", "words", "short"),
    [
        (-5 * DAY, "now", "now"),
        (0, "now", "now"),
        (59, "now", "now"),
        (MINUTE, "1 minute ago", "1 m"),
        (4 * MINUTE + 59, "4 minutes ago", "4 m"),
        (HOUR, "1 hour ago", "1 h"),
        (23 * HOUR, "23 hours ago", "23 h"),
        (DAY, "1 day ago", "1 d"),
        (8 * DAY, "1 week ago", "8 d"),
        (14 * DAY, "2 weeks ago", "2 w"),
        (60 * DAY, "2 months ago", "8 w"),
        (364 * DAY, "12 months ago", "52 w"),
        (365 * DAY, "1 year ago", "1 y"),
        (40 * 365 * DAY, "40 years ago", "40 y"),
    ],
)
def test_ages(age: int, words: str, short: str) -> None:
    assert relative_time(2**31 - age, 2**31) == words
    assert short_age(2**31 - age, 2**31) == short


@given(st.integers(-(2**40), 2**40), st.integers(-(2**40), 2**40))
def test_any_age_has_words(moment: int, now: int) -> None:
    assert relative_time(moment, now)
    assert short_age(moment, now)


def test_iso_utc() -> None:
    assert iso_utc(1_795_456_800) == "2026-11-23T18:00:00Z"
    assert iso_utc(0) == "1970-01-01T00:00:00Z"
    assert iso_utc(-1) == "1969-12-31T23:59:59Z"
    assert iso_utc(253_402_300_799) == "9999-12-31T23:59:59Z"
    assert iso_utc(-62_135_596_800) == "0001-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one", 1),
        (" one  two\nthree ", 3),
        ("naïve café", 2),
        ("漢字漢字", 2),
        ("漢", 1),
        ("the 漢字 sign", 3),
    ],
)
def test_word_count(text: str, words: int) -> None:
    assert word_count(text) == words


@given(texts)
def test_words_are_never_more_than_characters(text: str) -> None:
    assert 0 <= word_count(text) <= len(text)


def test_small_phrases() -> None:
    assert [count_of(1, "article"), count_of(9_412, "article"), count_of(0, "story", "stories")] == [
        *("1 article", "9,412 articles", "0 stories")
    ]
    lengths = (0, 220, 1_100, 36_066, 39_600, 840_002)
    assert [reading_time(words) for words in lengths] == ["1 min", "1 min", "5 min", "2 h 44 min", "3 h", "64 h"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://anna:pw@a.example/feed?x=1#y", "https://a.example/feed?x=1#y"),
        ("see HTTP://anna:p@w@a.example:80 and https://b@c.example/", "see HTTP://a.example:80 and https://c.example/"),
        ("https://a.example/@anna", "https://a.example/@anna"),
        ("https://a.example?to=b@c.example", "https://a.example?to=b@c.example"),
        ("anna@a.example", "anna@a.example"),
        ("socks5://anna:pw@a.example:1080", "socks5://a.example:1080"),
        ("http://anna:p/w@a.example/x", "http://a.example/x"),  # the slash should be %2F
        ("http://a.example:8080/@anna http://[::1]:80/@anna", "http://a.example:8080/@anna http://[::1]:80/@anna"),
    ],
)
def test_name_and_password_are_taken_out(text: str, shown: str) -> None:
    assert without_userinfo(text) == shown


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ferry  cancelled", "ferry cancelled", True),
        ("Ferry cancelled", "Ferry cancelled after all", None),
        ("Ferry cancelled", "Snowy owls breed", False),
        ("Episode 12", "Episode 13", False),
        ("Ferry", "", None),
        ("", "", None),
    ],
)
def test_titles_are_compared(one: str, other: str, same: bool | None) -> None:
    assert same_title(one, other) is same
    assert same_title(other, one) is same


STORY = (
    "The ferry was cancelled on Monday after its engine had failed. A replacement comes on Thursday, says the company. "
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (2 * STORY, f"Corrected. {2 * STORY} More of it.", True),
        (
            2 * STORY,
            "A pair of snowy owls has been breeding in the tower since March, and may not be disturbed. " * 2,
            False,
        ),
        ("渡輪星期一因引擎故障取消。" * 20, "渡輪星期一因引擎故障取消。" * 20 + "更正。", True),
        ("Comments", "Comments", None),
        ("Rain today.", "A dry night.", False),
        (STORY, " ", None),
    ],
)
def test_texts_are_compared(one: str, other: str, same: bool | None) -> None:
    assert same_text(one, other) is same
    assert same_text(other, one) is same


@given(st.text("htps:/.w?&=#a1utm_x", max_size=30).map("http://".__add__) | texts)
def test_the_normal_form_of_an_address_is_its_own(url: str) -> None:
    normal = normalised_url(url)
    assert normalised_url(normal) == normal
    assert page_of(normal) == page_of(url)


@pytest.mark.parametrize(
    ("words", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_are_listed_as_in_a_sentence(words: list[str], said: str) -> None:
    assert listed(iter(words)) == said


def test_facts_stand_beside_each_other_and_none_is_broken() -> None:
    facts = ("by Ines Almada", "", "1,075 words", "5 min", "7 comments")
    assert in_rows(facts, 80) == ["by Ines Almada · 1,075 words · 5 min · 7 comments"]
    assert in_rows(facts, 42) == ["by Ines Almada · 1,075 words · 5 min", "7 comments"]
    assert in_rows(facts, 5) == [fact for fact in facts if fact]
    assert in_rows(("", ""), 9) == []


@given(st.lists(st.text(max_size=20)), st.integers(1, 60))
def test_no_row_of_facts_is_wider_than_there_is_room_unless_one_alone_is(facts: list[str], width: int) -> None:
    rows = in_rows(facts, width)
    assert " · ".join(rows) == " · ".join(filter(None, facts))
    assert all(cell_width(row) <= width or row in facts for row in rows)
