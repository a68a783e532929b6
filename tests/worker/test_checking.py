"""Whether what the catalogue offers still answers."""

from __future__ import annotations

import httpx
import pytest

from newsreader.errors import Offline
from newsreader.fetch.fetcher import Fetcher
from newsreader.model import Subscription
from newsreader.text import iso_utc
from newsreader.worker.checking import Checked, Checker, Finding
from tests.worker.conftest import NOW, InlineChildren, Web, page, rss

DAY = 86_400


def atom(age: int) -> bytes:
    entry = f"<entry><id>1</id><title>One</title><updated>{iso_utc(NOW - age * DAY)}</updated></entry>"
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><id>x</id><title>News</title>{entry}</feed>".encode()


def moves(status: int) -> httpx.Response:
    return httpx.Response(status, headers={"Location": "https://new.test/feed"})


async def check(web: Web, *urls: str) -> tuple[Checked, ...]:
    told: list[Checked] = []
    async with Fetcher(clock=lambda: NOW, transport=httpx.MockTransport(web.answer), host_gap=0) as fetcher:
        checker = Checker(fetcher, InlineChildren(), lambda: NOW)
        found = await checker.check([Subscription(url, "Title") for url in urls], told.append)
    assert set(told) == set(found)
    return found


async def test_each_source_is_told_for_what_it_is(web: Web) -> None:
    web.pages |= {
        "https://a.test/good": atom(2),
        "https://b.test/old": atom(400),
        "https://c.test/empty": rss(),
        "https://d.test/page": page(),
        "https://e.test/moved": moves(301),
        "https://f.test/for-now": moves(302),
        "https://new.test/feed": atom(1),
    }
    found = await check(web, *(url for url in web.pages if url != "https://new.test/feed"), "https://g.test/nothing")
    assert [each.finding for each in found] == [
        Finding.ANSWERS, Finding.SILENT, Finding.SILENT, Finding.BROKEN, Finding.MOVED, Finding.ANSWERS, Finding.BROKEN,
    ]  # fmt: skip
    assert found[4].moved_to == "https://new.test/feed"
    assert "web page" in found[3].problem
    assert "404" in found[6].problem


async def test_no_network_is_nobodys_fault(web: Web) -> None:
    web.pages |= {"https://a.test/": Offline("There is no network."), "https://b.test/": atom(1)}
    with pytest.raises(Offline):
        await check(web, *web.pages)
