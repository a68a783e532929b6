"""Line breaks in the source of Chinese and Japanese are no spaces."""

from __future__ import annotations

import pytest

from newsreader.pages import clean


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>夜の\n  船は、\r\n来年も</p>", "<p>夜の船は、来年も</p>"),
        ("<p><b>夜</b>の\n船</p>", "<p><strong>夜</strong>の船</p>"),
        ("夜の\n船", "夜の船"),
        ("<p>夜 の船</p>", "<p>夜 の船</p>"),
        ("<p>夜\nferry\n船</p>", "<p>夜 ferry 船</p>"),
        ("<p>밤\n배</p>", "<p>밤 배</p>"),
        ("<pre>夜\n<b>船\nが</b>\n出る</pre>", "<pre>夜\n<strong>船\nが</strong>\n出る</pre>"),
    ],
)
def test_lines_are_joined_where_no_space_was_meant(html: str, expected: str) -> None:
    assert clean(html) == expected
    assert clean(expected) == expected
