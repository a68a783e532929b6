"""Headers about asking again, in the forms that servers write."""

from __future__ import annotations

from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.bounds import MAX_RETRY_AFTER
from newsreader.fetch.headers import max_age, moment, retry_after, validator
from tests.fetch.conftest import NOW


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("1.5", 1),
        (formatdate(NOW + 90, usegmt=True), 90),
        (formatdate(NOW - 90, usegmt=True), 0),
        ("Monday, 23-Nov-26 18:01:00 GMT", 60),
        ("9" * 18, MAX_RETRY_AFTER),
        ("Fri, 31 Dec 9999 23:59:59 GMT", MAX_RETRY_AFTER),
        ("9" * 5_000, None),
        ("-5", None),
        ("soon", None),
        ("١٢٠", None),
        ("", None),
    ],
)
def test_retry_after(value: str, seconds: int | None) -> None:
    assert retry_after({"retry-after": value}, NOW) == seconds


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": "public, Max-Age = 600, s-maxage=9"}, 600),
        ({"cache-control": "s-maxage=900"}, None),
        ({"cache-control": 'max-age="600"', "age": "100"}, 500),
        ({"cache-control": "max-age=600", "age": "700"}, None),
        ({"cache-control": "max-age=0", "expires": formatdate(NOW + 60, usegmt=True)}, None),
        ({"cache-control": "no-cache", "expires": formatdate(NOW + 60, usegmt=True)}, None),
        ({"cache-control": "max-age=600, must-revalidate"}, 600),
        ({"cache-control": "max-age=0, must-revalidate"}, None),
        ({"cache-control": "max-age=600, no-cache"}, None),
        ({"cache-control": "no-store, max-age=600"}, None),
        ({"cache-control": "max-age=-5", "expires": formatdate(NOW + 60, usegmt=True)}, None),
        ({"cache-control": "max-age=" + "9" * 5_000}, 365 * 86_400),
        ({"cache-control": "max-age=-" + "9" * 5_000}, None),
        ({"cache-control": "x-max-age=60"}, None),
        ({"cache-control": "max-age=soon", "expires": formatdate(NOW + 60, usegmt=True)}, 60),
        ({"expires": "Fri, 31 Dec 9999 23:59:59 GMT"}, 365 * 86_400),
        ({"expires": formatdate(NOW + 60, usegmt=True)}, 60),
        ({"expires": formatdate(60, usegmt=True), "date": formatdate(10, usegmt=True)}, 50),
        ({"expires": "0"}, None),
        ({"expires": "-1"}, None),
        ({}, None),
    ],
)
def test_max_age(lines: dict[str, str], seconds: int | None) -> None:
    assert max_age(lines, NOW) == seconds


@given(st.text(), st.text(), st.text())
def test_no_header_raises(control: str, age: str, date: str) -> None:
    found = max_age({"cache-control": control, "age": age, "expires": date, "date": age}, NOW)
    assert found is None or found > 0
    wait = retry_after({"retry-after": date}, NOW)
    assert wait is None or 0 <= wait <= MAX_RETRY_AFTER


@given(st.integers(0, 2**37))
def test_http_dates_are_read_back(seconds: int) -> None:
    assert moment(formatdate(seconds, usegmt=True)) == seconds


def test_validators_are_kept_only_if_they_can_be_sent_back() -> None:
    assert validator(' W/"a b" ') == 'W/"a b"'
    for bad in (None, "", " ", '"\x1b[2J"', '"é"', '"a\r\nX: b"', "a" * 1_001):
        assert validator(bad) is None
