from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.feeds.dates import parse_date

NOON = int(datetime(2024, 3, 5, 12, 30, 15, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    "text",
    [
        "Tue, 05 Mar 2024 12:30:15 GMT",
        "Tue, 5 Mar 2024 12:30:15 +0000",
        "tue, 05 mar 2024 12:30:15 Z",
        "5 Mar 2024 12:30:15 UT",
        "Tue, 05 March 2024 12:30:15 UTC",
        "Tue, 05 Mar 24 12:30:15 +0000",
        "Tue, 05 Mar 2024 13:30:15 +0100 (CET)",
        "Tue, 05 Mar 2024 13:30:15 +01:00",
        "Tue, 05 Mar 2024 07:30:15 EST",
        "Tue, 05 Mar 2024 04:30:15 PST",
        "Tue, 05 Mar 2024 14:30:15 GMT+2",
        "Tue, 05-Mar-2024 12:30:15 GMT",
        "Tue Mar  5 12:30:15 2024",
        "March 5, 2024 12:30:15 PM",
        "Tuesday, March 5, 2024 12:30:15 pm",
        "2024-03-05T12:30:15Z",
        "2024-03-05t12:30:15z",
        "2024-03-05T12:30:15.987Z",
        "2024-03-05 12:30:15",
        "2024-03-05T18:00:15+05:30",
        "2024-03-05T04:30:15-0800",
        "20240305T123015Z",
        "20240305123015",
        "2024/03/05 12:30:15",
        "5.3.2024 12:30:15",
        "05/03/2024 12:30:15 ".replace("05/03", "03/05"),
        "Di, 05 März 2024 12:30:15 +0000",
        "mar, 05 mar 2024 12:30:15 +0000",
        "mar., 5 mars 2024 12:30:15",
        "Ter, 05 Mar 2024 09:30:15 -0300",
        "wto, 05 mar 2024 12:30:15",
        "Вт, 05 мар 2024 12:30:15 +0000",
        "2024年3月5日 12:30:15",
        "2024년 3월 5일 오후 12:30:15",
        " \n Tue, 05 Mar 2024 12:30:15 GMT \n",
        "1709641815",
        "1709641815000",
    ],
)
def test_one_moment_in_many_spellings(text: str) -> None:
    assert parse_date(text) == NOON


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-05", datetime(2024, 3, 5, tzinfo=UTC)),
        ("2024-03", datetime(2024, 3, 1, tzinfo=UTC)),
        ("2024", datetime(2024, 1, 1, tzinfo=UTC)),
        ("20240305", datetime(2024, 3, 5, tzinfo=UTC)),
        ("2024-065", datetime(2024, 3, 5, tzinfo=UTC)),
        ("2024-W10-2", datetime(2024, 3, 5, tzinfo=UTC)),
        ("13/4/2024", datetime(2024, 4, 13, tzinfo=UTC)),
        ("12 août 2021", datetime(2021, 8, 12, tzinfo=UTC)),
        ("Mon, 01 Jan 99", datetime(1999, 1, 1, tzinfo=UTC)),
        ("Sun, 31 Dec 2023 24:00:00 GMT", datetime(2024, 1, 1, tzinfo=UTC)),
        ("2024-03-05 99:99:99", datetime(2024, 3, 5, tzinfo=UTC)),
    ],
)
def test_parts_and_odd_times(text: str, day: datetime) -> None:
    assert parse_date(text) == int(day.timestamp())


@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", "9", "yesterday", "no date", "0000-00-00T00:00:00Z", "2024-02-30", "32 Mar 2024", "9" * 5000),
        *("0001-01-01T00:00:00+02:00", "9999-12-31T23:59:59-08:00", "9999-12-31T24:00:00Z", "9999-366", "9999-W53-7"),
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert parse_date(text) is None


def test_the_first_and_the_last_moment_of_all() -> None:
    assert parse_date("0001-01-01T00:00:00Z") == -62_135_596_800
    assert parse_date("9999-12-31T23:59:59Z") == 253_402_300_799


MOMENTS = st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2099, 12, 31)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)
ZONES = st.integers(min_value=-14 * 60, max_value=14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(MOMENTS, ZONES)
def test_what_is_written_by_the_standards_is_read_back(moment: datetime, zone: timezone) -> None:
    there = moment.replace(tzinfo=zone)
    assert parse_date(there.isoformat()) == int(there.timestamp())
    assert parse_date(format_datetime(there)) == int(there.timestamp())


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    moment = parse_date(text)
    assert moment is None or isinstance(moment, int)


@given(st.text(alphabet="0123456789 :-/.,+TZWapmJanFebMar月日年", max_size=40))
def test_nothing_that_looks_like_a_date_raises(text: str) -> None:
    moment = parse_date(text)
    assert moment is None or isinstance(moment, int)
