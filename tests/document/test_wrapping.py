"""Line breaking by cells: measure, whole words, CJK, emoji, long words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes

from newsreader.document.wrapping import chop, wrap

ALPHABET = st.sampled_from(
    "aäß -—–.,(){}“”/\xa0\u2009\u202f\u3000\n中文日本語、。「」っー한국عربيעברไทยé\u0301\u200d\ufe0f👩👍🏽🇩🇪❤☝⚡ﾞ１"
)


def set_lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


@given(st.text(ALPHABET, max_size=120), st.integers(2, 40))
def test_no_line_is_wider_than_the_measure(text: str, width: int) -> None:
    for line in set_lines(text, width):
        assert cell_len(line) <= width


@given(st.text(ALPHABET, max_size=120), st.integers(2, 40))
def test_only_white_space_is_left_out_and_order_is_kept(text: str, width: int) -> None:
    position = 0
    for start, end in wrap(text, width):
        assert position <= start <= end
        assert not text[position:start].strip(" \t\n\u2009\u3000")
        position = end
    assert not text[position:].strip(" \t\n\u2009\u3000")


@given(st.lists(st.text("abcdefghé", min_size=1, max_size=12), min_size=1, max_size=60), st.integers(12, 60))
def test_words_that_fit_stay_whole(words: list[str], width: int) -> None:
    assert " ".join(set_lines(" ".join(words), width)).split() == words


@given(st.text(ALPHABET, max_size=80), st.integers(2, 20))
def test_chop_leaves_nothing_out(text: str, width: int) -> None:
    line = text.replace("\n", "")
    slices = [line[start:end] for start, end in chop(line, width)]
    assert "".join(slices) == line
    assert all(cell_len(part) <= width for part in slices)


@given(st.text("abc déf-gh, ", max_size=90), st.integers(3, 30))
def test_both_ways_of_breaking_agree_on_narrow_text(text: str, width: int) -> None:
    # A zero-width joiner at the end sends the same text through the general way.
    assert set_lines(text.strip() + "x", width) == [
        line.replace("\u200c", "") for line in set_lines(text.strip() + "x\u200c", width)
    ]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 8, ["one two", "three"]),
        ("", 8, [""]),
        ("a\nb\n\nc", 8, ["a", "b", "", "c"]),
        ("a well-known thing", 8, ["a well-", "known", "thing"]),
        ("pages 12-13 of it", 8, ["pages", "12-13 of", "it"]),
        ("all 10\xa0000\xa0km away", 9, ["all", "10\xa0000\xa0km", "away"]),
        ("glued\xa0by\xa0a\xa0web\xa0page", 12, ["glued\xa0by\xa0a\xa0", "web\xa0page"]),
        ("see https://example.org/a/long/path", 20, ["see", "https://example.org/", "a/long/path"]),
        ("go to https://news.org/long/path-or-so", 24, ["go to https://news.org/", "long/path-or-so"]),
        ("👍 at https://news.org/long/path/or/so", 24, ["👍 at https://news.org/", "long/path/or/so"]),
        ("港の町、夜の船を残す。", 8, ["港の町、", "夜の船を", "残す。"]),
        ("港の町が、夜の船", 8, ["港の町", "が、夜の", "船"]),
        ("これは「引用」です", 8, ["これは", "「引用」", "です"]),
        ("한국어 문장은 띄어쓰기", 10, ["한국어", "문장은", "띄어쓰기"]),
        (
            "ab 👨\u200d👩\u200d👧\u200d👦👨\u200d👩\u200d👧\u200d👦",
            5,
            ["ab 👨\u200d👩\u200d👧\u200d👦", "👨\u200d👩\u200d👧\u200d👦"],
        ),
        ("🇩🇪🇫🇷", 3, ["🇩🇪", "🇫🇷"]),
    ],
)
def test_breaks(text: str, width: int, lines: list[str]) -> None:
    assert set_lines(text, width) == lines


_UNSPACED = st.text('กขงยรลวอะาำิีุูั็่้์เแโไใๆฯ๑๒กลบทນລວະາຳິີເແໄໆကမနတသရင်္ျြွှာိုးံ့၏။កខមរសភាិីុំះ្៖។ "()a1', max_size=90)


@given(_UNSPACED, st.integers(8, 40))
def test_scripts_without_spaces_fill_their_lines_and_no_letter_is_cut(text: str, width: int) -> None:
    cuts = list(wrap(text, width))
    bounds = {start for start, _, _ in split_graphemes(text)[0]} | {len(text)}
    bounds |= {place + 1 for place, letter in enumerate(text) if letter == " "}
    for start, end in cuts:
        assert {start, end} <= bounds
        assert cell_len(text[start:end]) <= width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("ภาษาไทยเป็นภาษาที่มีระดับเสียง", 12, ["ภาษาไทยเป็นภา", "ษาที่มีระดับเสียง"]),
        ("ไปเด็กๆ ฯลฯ แน่นอน", 7, ["ไปเด็กๆ", "ฯลฯ แน่น", "อน"]),
        ("ราคา “แพง” (มาก)", 8, ["ราคา “แพ", "ง” (มาก)"]),
        ("ភាសាខ្មែរគឺជា", 4, ["ភាសាខ្មែ", "រគឺជា"]),
        ("မြန်မာနိုင်ငံ၏", 6, ["မြန်မာနိုင်", "ငံ၏"]),
        ("ພາສາລາວເປັນພາສາ", 8, ["ພາສາລາວ", "ເປັນພາສາ"]),
    ],
)
def test_scripts_without_spaces_break_between_syllables(text: str, width: int, lines: list[str]) -> None:
    assert set_lines(text, width) == lines


@given(
    st.lists(
        st.sampled_from(
            ["漢", "か", "字。", "「漢", "字」", "（か）", "よ！？", "ター", "ちょっ", "￥５", "８％", "と……"]
        )
    ),
    st.integers(12, 60),
)
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(words: list[str], width: int) -> None:
    lines = set_lines("".join(words), width)
    assert not any(line[0] in "。」）！？ーょっ％…" for line in lines[1:])
    assert not any(line[-1] in "「（￥" for line in lines[:-1])
