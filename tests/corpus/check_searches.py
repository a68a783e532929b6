"""Check the whole search for feeds against the corpus of saved pages: from an address to the list a person sees.

    python -m tests.corpus.check_searches CORPUS

Behind each page stands a web in which every feed that it names gives articles of its own, and whatever else looks like
a feed on it does so too. A page is right when each feed that is expected is in the list, and the best is one of them.
Prints what fails and the slowest searches, and ends with 1 below GOOD_PAGES.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from zlib import crc32

import httpx

from newsreader.feeds.addresses import same_key
from newsreader.feeds.discovery import find_feeds, is_comments
from newsreader.fetch.fetcher import Fetcher
from newsreader.store import Store
from newsreader.worker.finding import Finder
from newsreader.worker.library import Library
from newsreader.worker.search import Findings
from newsreader.worker.tools import Tools
from tests.corpus.check_subscriptions import GOOD_PAGES, content, manifest
from tests.worker.conftest import InlineChildren, rss


def feed(url: str) -> bytes:
    """A feed with an article of its own; one of comments says so in its title, as they do."""
    number = crc32(url.encode())
    return rss(f"a{number}", title=f"Comments on {number}" if is_comments("", url) else f"Feed {number}")


def web(page: bytes, url: str, expected: list[str]) -> httpx.MockTransport:
    """A page and the feeds behind it."""
    named = [*expected, *(each.url for each in find_feeds(page, url))]
    feeds = {same_key(str(httpx.URL(address))): address for address in named}
    here = same_key(str(httpx.URL(url)))

    def answer(request: httpx.Request) -> httpx.Response:
        key = same_key(str(request.url))
        if key == here:
            return httpx.Response(200, content=page, headers={"Content-Type": "text/html"})
        if key in feeds:
            return httpx.Response(200, content=feed(feeds[key]), headers={"Content-Type": "application/rss+xml"})
        return httpx.Response(404)

    return httpx.MockTransport(answer)


async def search(page: bytes, url: str, expected: list[str], folder: Path) -> Findings:
    """Look for the feeds behind a page with the gaps that the program keeps."""
    library = Library(Store.open(folder / "library.db"))
    children = InlineChildren()
    async with Fetcher(transport=web(page, url, expected), routed=lambda: True) as fetcher:
        tools = Tools(library, fetcher, children, time.time, lambda _: None)
        findings = await Finder(tools).find(url)
    await children.close()
    await library.close()
    return findings


def wrong(entry: dict[str, Any], findings: Findings) -> str | None:
    """What is wrong with what was found; None where nothing is."""
    found = [same_key(str(httpx.URL(each.url))) for each in findings.feeds]
    expected = {same_key(str(httpx.URL(url))) for url in entry["expected_feeds"]}
    missing = expected - set(found)
    if missing:
        return f"{entry['url']}: {len(missing)} of {len(expected)} are missing, as {min(missing)}"
    if expected and found[0] not in expected:
        return f"{entry['url']}: {found[0]} is the best, not one of {sorted(expected)[:3]}"
    return None


def check(folder: Path) -> list[str]:
    """The pages that are wrong, where there are too many of them."""
    pages, times = manifest(folder), []
    failures: list[str] = []
    for entry in pages:
        page = content(folder / entry["file"])
        with tempfile.TemporaryDirectory() as place:
            begun = time.monotonic()
            findings = asyncio.run(search(page, entry["url"], entry["expected_feeds"], Path(place)))
            times.append((time.monotonic() - begun, entry["url"]))
        failures += filter(None, [wrong(entry, findings)])
    right = len(pages) - len(failures)
    print(f"searches: {right} of {len(pages)} pages right; the slowest took {max(times)[0]:.1f} s, at {max(times)[1]}")
    for failure in failures:
        print(f"  {failure}")
    return failures if right < GOOD_PAGES * len(pages) else []


def main() -> int:
    return 1 if check(Path(sys.argv[1]) / "discovery") else 0


if __name__ == "__main__":
    raise SystemExit(main())
