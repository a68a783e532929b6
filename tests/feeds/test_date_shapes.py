"""Dates as feeds of many countries write them: what each means, and what is no date and so must give none."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest

from newsreader.feeds import parse
from newsreader.feeds.dates import parse_date

# The moment, then everything that says it.
READ = {
    "2023-12-31T00:00:00": (
        *("31.12.2023", "31.12.23", "31. 12. 2023", "So., 31.12.2023", "2023.12.31", "31.12.2023 r."),
    ),
    "2024-03-12T10:15:00": (
        *("12.03.2024 - 10:15", "12.03.2024 10:15 Uhr", "12.03.2024, 10.15 Uhr", "12.3.2024 10:15"),
        *("10:15 12.03.2024", "10.15, 12.03.2024", "12.03.24 10:15", "12.03.2024 | 10:15", "12.03.2024 um 10:15 Uhr"),
        *("12.03.2024 10h15", "Di, 12.03.2024 - 10:15", "10:15 - 12.03.2024", "12.03.2024 10:15:00"),
        *("2024.03.12 10:15", "2024.03.12. 10:15", "2024. 3. 12. 오전 10:15", "12.03.2024 10 Uhr 15"),
        *("Stand: 12.03.2024 10:15", "12.03.2024г. 10:15"),
    ),
    "2024-03-05T00:00:00": (
        *("05-03-2024", "5-3-2024", "03/05/2024", "3/5/2024", "3/5/24", "2024/3/5", "2024-3-5", "2024_03_05"),
        *("2024.3.5", "5/3-2024", "20240305", "5 March 2024", "March 5th, 2024", "5th of March, 2024", "Mar 5 '24"),
        *("Tuesday 5 March, 2024", "5-Mar-2024", "5/Mar/2024", "5.Mar.2024", "Mar/5/2024", "2024 Mar 5"),
        *("2024, March 5", "05MAR2024", "5mar24", "March 5 (Tuesday) 2024", "Tue, 05 Mar 124", "2024-03-05Z"),
        *("Week 10, 5 March 2024",),
    ),
    "2024-12-25T00:00:00": (
        *("25/12/2024", "12/25/2024", "25-12-2024", "12-25-2024", "25.12.2024", "25/12/24"),
    ),
    "1999-12-31T00:00:00": (
        *("31-12-99", "12/31/99", "99/12/31", "99-12-31", "31 Dec 99", "Fri, 31 Dec 1999"),
    ),
    "2024-03-05T12:30:00": (
        *("5 Mar 2024 12:30 PM", "5 Mar 2024 12:30 p.m.", "5 Mar 2024 12:30 p. m.", "5 Mar 2024 12:30pm"),
        *("3/5/2024 12:30 PM", "March 5, 2024 at 12:30 PM", "March 5, 2024 @ 12:30pm", "2024-03-05, 12:30"),
        *("2024-03-05 at 12:30", "2024-03-05_12:30", "5 mars 2024 à 12h30", "5 mars 2024 à 12 h 30"),
        *("05/Mar/2024:12:30:00", "2024-03-05 12.30", "2024-03-05T12:30", "20240305T1230Z", "20240305 1230"),
        *("202403051230", "Tue Mar 5 12:30:00 2024", "Tue Mar  5 12:30:00 UTC 2024", "2024-03-05T12:30:00Z[UTC]"),
        *("2024-03-05 12:30:00.0", "2024-03-05T12:30:00.123456789Z", "2024-03-05T12:30Z", "2024-065T12:30:00Z"),
        *("2024-W10-2T12:30:00Z", "2024-03-05T12:30:00,5Z", "2024-3-5 12:30", "12:30, 5 March 2024"),
        *("5. März 2024 12.30 Uhr", "PM 12:30 5 Mar 2024", "Tuesday, March 5, 2024 - 12:30"),
        *("Tue,05 Mar 2024 12:30 GMT", "Posted on March 5, 2024 12:30 by Ann", "5\u00a0Mar\u00a02024 12:30\u202fPM"),
        *("\u200e3\u200e/5/2024 12:30:00 PM", "20240305T12:30:00+0000", "2024-03-05T123000Z"),
        *("Tue, 05 Mar 2024 12:30:00 zulu", "1709641800", "1709641800.75", "1709641800000", "1709641800000000"),
        *("/Date(1709641800000)/", "/Date(1709641800000+0100)/"),
    ),
    "2024-03-05T00:30:00": (
        *("5 Mar 2024 12:30 AM", "5 Mar 2024 0:30", "5 Mar 2024 00:30 AM", "2024年3月5日 午前0:30"),
    ),
    "2024-03-05T14:00:00": (
        *("5 Mar 2024 2pm", "5 Mar 2024 2 p.m.", "5. März 2024, 14 Uhr", "5 mars 2024, 14h", "2024-03-05T14Z"),
    ),
    "2024-03-05T13:30:00": (
        *("5 Mar 2024 13:30 PM", "5 Mar 2024 1:30 PM", "5 Mar 2024 13:30 AM"),
    ),
    "2024-03-06T00:00:00": (
        *("2024-03-05T24:00:00Z", "5 Mar 2024 24:00", "Tue, 05 Mar 2024 24:00:00 GMT"),
    ),
    "2017-01-01T00:00:00": (
        *("2016-12-31T23:59:60Z", "Sat, 31 Dec 2016 23:59:60 GMT"),
    ),
    "2024-03-05T07:00:00": (
        *("Tue, 05 Mar 2024 12:30 +0530", "Tue, 05 Mar 2024 12:30:00 +05:30", "2024-03-05T12:30:00+0530"),
        *("5 Mar 2024 12:30 IST", "5 Mar 2024 12:30 GMT+5:30", "5 Mar 2024 12:30 UTC+05:30"),
        *("2024-03-05 12:30:00 +0530", "5 Mar 2024 12:30 (IST)", "Tue, 05 Mar 2024 12:30:00 India Standard Time"),
        *("2024-03-05T12:30:00+05:30[Asia/Kolkata]", "5 Mar 2024 9:00 GMT+2"),
        *("Tue Mar 05 2024 12:30:00 GMT+0530 (India Standard Time)", "5 Mar 2024 12:30 Asia/Kolkata"),
        *("5 Mar 2024 8:00 CET", "5 Mar 2024 2:00 EST", "5 Mar 2024 2:00 -05", "5 Mar 2024 2:00 -500"),
        *("5 Mar 2024 2:00 ET", "5 Mar 2024 02:00 \u22120500", "5 Mar 2024 2:00 AM America/New_York"),
        *("5 Mar 2024 02:00 EST-0500", "Mon, 04 Mar 2024 11:00:00 PM PST", "5 марта 2024 10:00 МСК"),
        *("5 Mar 2024 8:00 CET+0100", "5 Mar 2024 16:00 JST", "5 Mar 2024 2:00 Eastern Time"),
        *("5 Mar 2024 12:30 + 0530",),
    ),
    "2024-07-05T16:30:00": (
        *("5 Jul 2024 12:30 PM ET", "5 Jul 2024 12:30 EDT", "5 Jul 2024 12:30 America/New_York"),
        *("5 Jul 2024 18:30 MESZ", "5 Jul 2024 12:30 Eastern Daylight Time", "5 Jul 2024 9:30 PT"),
        *("5 Jul 2024 18:30 Central European Summer Time",),
    ),
    "2024-03-05T12:00:00": (
        *("5 Mar 2024 12:00 XYZ", "5 Mar 2024 12:00 Moon/Base", "5 Mar 2024 12:00 Uhr", "2024030512"),
    ),
}  # fmt: skip
# The fifth of March 2024, all day or at 14:30.
TONGUES = (
    *("Dienstag, 5. März 2024 14:30", "Di, 05 Mrz 2024 14:30:00 +0000", "5. Mär 2024", "5.März 2024"),
    *("mardi 5 mars 2024 14:30", "mar. 05 mars 2024 14:30", "mar, 05 mar 2024 14:30"),
    *("martes, 5 de marzo de 2024, 14:30", "mar 5 de mar. de 2024 14:30", "terça-feira, 5 de março de 2024 14h30"),
    *("ter, 05 mar 2024 14:30", "martedì 5 marzo 2024, ore 14:30", "dimarts, 5 de març de 2024 14:30"),
    *("martes, 5 de marzo de 2024", "dinsdag 5 maart 2024 14.30 uur", "di, 05 mrt 2024 14:30"),
    *("tirsdag den 5. marts 2024 kl. 14.30", "tisdag 5 mars 2024 kl 14:30", "tirsdag 5. mars 2024 14:30"),
    *("þriðjudagur, 5. mars 2024 14:30", "tiistai 5. maaliskuuta 2024 klo 14.30", "teisipäev, 5. märts 2024 14:30"),
    *("otrdiena, 2024. gada 5. marts 14:30", "2024 m. kovo 5 d. 14:30", "wtorek, 5 marca 2024 14:30"),
    *("úterý 5. března 2024 14:30", "utorok 5. marca 2024 14:30", "2024. március 5., kedd 14:30"),
    *("2024. márc. 5., sze 14:30", "marți, 5 martie 2024, 14:30", "вторник, 5 марта 2024 г. 14:30"),
    *("5-го марта 2024 14:30", "вівторок, 5 березня 2024 р. 14:30", "аўторак, 5 сакавіка 2024 14:30"),
    *("вторник, 05 март 2024 14:30", "уторак, 05. март 2024. 14:30", "utorak, 5. ožujka 2024. 14:30"),
    *("torek, 5. marec 2024 14:30", "Τρίτη, 5 Μαρτίου 2024 14:30", "Τρι, 05 Μαρ 2024 2:30 μ.μ."),
    *("5 Mart 2024 Salı 14:30", "Sal, 05 Mar 2024 14:30", "5 mart 2024 14:30", "2024(e)ko martxoaren 5a 14:30"),
    *("5 Mawrth 2024 14:30", "5 Márta 2024 14:30", "Selasa, 5 Maret 2024 14:30", "5 Mac 2024 14:30"),
    *("Thứ Ba, 5 tháng 3, 2024 14:30", "ngày 5 tháng 3 năm 2024 14:30", "5 thg 3 2024 14:30"),
    *("Martes, Marso 5, 2024 14:30", "5 Machi 2024 14:30", "2024年3月5日 14:30", "2024年3月5日(火) 14時30分"),
    *("2024年03月05日 14时30分00秒", "2024年3月5日 下午2:30", "２０２４年３月５日 １４：３０"),
    *("星期二, 05 三月 2024 14:30:00 +0000", "周二, 05 3月 2024 14:30:00 +0000", "2024年3月5日 午後2時30分"),
    *("2024-03-05 下午 02:30", "2024년 3월 5일 화요일 오후 2:30", "화, 05 3월 2024 14:30:00 +0000"),
    *("2024년 3월 5일 14시 30분", "2024.03.05 오후 2:30:00", "الثلاثاء، 5 مارس 2024 14:30", "٥ مارس ٢٠٢٤ ٢:٣٠ م"),
    *("5 مارس 2024 - 2:30 م", "سه\u200cشنبه ۵ مارس ۲۰۲۴ ۱۴:۳۰", "5 مارچ 2024 14:30", "יום שלישי, 5 במרץ 2024, 14:30"),
    *("05 מרץ 2024 14:30", "मंगलवार, 5 मार्च 2024 14:30", "5 মার্চ ২০২৪ 14:30", "5 மார்ச் 2024 14:30"),
    *("วันอังคารที่ 5 มีนาคม พ.ศ. 2567 14:30", "อ., 05 มี.ค. 2567 14:30", "5 มี.ค. 2024 14:30", "5 მარტი 2024 14:30"),
    *("5 наурыз 2024 14:30",),
)  # fmt: skip
NO_DATES = (
    *("", "n/a", "null", "none", "TBA", "now", "yesterday 12:30", "2 days ago", "5 minutes ago", "today", "Tuesday"),
    *("12:30", "10.15 Uhr", "March", "5 March", "March 5", "Tue, 05 Mar", "13/14/2024", "2024-13-01", "2024-00-10"),
    *("2024-02-30", "2023-366", "2024-W60-1", "0000-00-00", "0000-00-00 00:00:00", "Wed, 30 Nov -0001 00:00:00 +0000"),
    *("00.00.0000", "30 Feb 2024", "31.11.2023", "32.01.2024", "0", "-1", "7", "12345", "1234567", "12345678"),
    *("0000000000", "99999999999", "8080", "0404", "-86400", "1e9", "NaN", "Infinity", "1.2.3.04", "192.168.1.20"),
    *("v2024.3 beta", "version 1.12.24.7", "+49 30 12-34-56", "3.14", "12.03", "1/2", "10/11", "S01E05"),
    *("Martin 5, 2024", "Decent 12 2024", "Second 5 2024", "Mayor 5 2024", "set of 5", "1402/12/15", "5 Mar 1402"),
    *("15.12.1445", "5 March 2567", "5.3.2567", "5 Mar 9999 BC", "5 Mar 0024", "{{ date }}", "%d.%m.%Y"),
    *("2024-03-05-06-07", "12-2024-03-05", "05/03/", "//2024", "2024//03", "<pubDate>", "Invalid date"),
    *("Invalid Date", "NaN-NaN-NaN"),
)  # fmt: skip


def moment(iso: str) -> int:
    return int(datetime.fromisoformat(iso).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(("text", "iso"), [(text, iso) for iso, texts in READ.items() for text in texts])
def test_shapes(text: str, iso: str) -> None:
    assert parse_date(text) == moment(iso)


@pytest.mark.parametrize("text", TONGUES)
def test_tongues(text: str) -> None:
    timed = "30" in unicodedata.normalize("NFKC", text) or "۳۰" in text or "٣٠" in text
    assert parse_date(text) == moment("2024-03-05T14:30:00" if timed else "2024-03-05T00:00:00")


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_not_made_one(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "day"), [("3/4/2024", "2024-04-03"), ("3/14/2024", "2024-03-14"), ("25/3/24 10:15", "2024-03-25T10:15")]
)
def test_slashes_with_the_day_first(text: str, day: str) -> None:
    assert parse_date(text, day_first=True) == moment(day)


@pytest.mark.parametrize(
    ("dates", "language", "first"),
    [
        (("3/4/2024", "1/4/2024"), None, "2024-03-04"),
        (("3/4/2024", "31/3/2024"), "en-us", "2024-04-03"),
        (("3/4/2024", "3/31/2024"), "fr", "2024-03-04"),
        (("3/4/2024", "1/4/2024"), "fr", "2024-04-03"),
        (("3/4/2024 10:15", "1/4/2024"), "en-GB", "2024-04-03T10:15"),
        (("3/4/2024", "1/4/2024"), "en", "2024-03-04"),
        (("Mon, 4 Mar 2024", "25/2/2024"), None, "2024-03-04"),
    ],
)
def test_a_feed_tells_whether_its_days_come_first(dates: tuple[str, ...], language: str | None, first: str) -> None:
    said = f"<language>{language}</language>" if language else ""
    items = "".join(f"<item><pubDate>{date}</pubDate></item>" for date in dates)
    feed = parse(f"<rss><channel>{said}{items}</channel></rss>".encode())
    assert feed.articles[0].published == moment(first)


@pytest.mark.parametrize(
    "date", ["0001-01-01T00:00:00Z", "Mon, 01 Jan 0001 00:00:00 +0000", "0001-01-01T01:00:00+01:00"]
)
def test_the_year_1_is_how_programs_say_that_they_have_no_date(date: str) -> None:
    body = f"<item><pubDate>{date}</pubDate><dc:date>2024-03-05</dc:date></item><item><pubDate>{date}</pubDate></item>"
    feed = parse(f"<rss><channel>{body}</channel></rss>".encode())
    assert [article.published for article in feed.articles] == [moment("2024-03-05"), None]
