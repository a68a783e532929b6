"""Readings of characters come behind them, in brackets."""

from __future__ import annotations

import pytest

from newsreader.pages import clean


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>です", "漢字<small>（かんじ）</small>です"),
        ("<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>です", "漢字<small>（かんじ）</small>です"),
        ("<ruby><rb>北</rb><rt>běi</rt><rb>京</rb><rt>jīng</rt></ruby>", "北京<small>（běi jīng）</small>"),
        ("<ruby>WWW<rt>World Wide Web</rt></ruby>", "WWW<small> (World Wide Web)</small>"),
        (
            "<ruby>彼<rt>かれ</rt>は新しい船<rt>ふね</rt>に</ruby>",
            "彼<small>（かれ）</small>は新しい船<small>（ふね）</small>に",
        ),
        ('<ruby><a href="https://x.example/">漢</a><rt>かん</rt></ruby>', None),
        ("<ruby>漢</ruby><ruby><rt></rt></ruby>", "漢"),
    ],
)
def test_readings(html: str, expected: str | None) -> None:
    wanted = '<a href="https://x.example/">漢</a><small>（かん）</small>' if expected is None else expected
    assert clean(html).replace("<small></small>", "") == wanted
    assert clean(clean(html)) == clean(html)
