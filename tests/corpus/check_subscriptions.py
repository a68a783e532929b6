"""Check OPML import and feed discovery against the corpus of saved files.

    python -m tests.corpus.check_subscriptions CORPUS

Every list must be imported with all its addresses of the web and survive a round trip; of the pages, at least 98 in a
hundred must give every feed they name, the best first. Prints what fails and ends with 1.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

from newsreader.feeds import opml
from newsreader.feeds.discovery import find_feeds

GOOD_PAGES = 0.98


def content(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def manifest(folder: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return entries


def check_lists(folder: Path) -> list[str]:
    failures = []
    for entry in manifest(folder):
        file = opml.read(content(folder / entry["file"]))
        missing = entry["distinct_xml_urls"] - len(file.subscriptions) - len(file.problems) - len(file.merged)
        if missing > 0:
            failures.append(f"{entry['file']}: {missing} addresses are missing")
        written = opml.write(file.subscriptions, title=file.title)
        again = opml.read(written)
        same_bytes = opml.write(again.subscriptions, title=again.title) == written
        if set(again.subscriptions) != set(file.subscriptions) or not same_bytes:
            failures.append(f"{entry['file']}: the round trip changes it")
    return failures


def check_pages(folder: Path) -> list[str]:
    failures = []
    pages = manifest(folder)
    for entry in pages:
        found = [c.url.rstrip("/") for c in find_feeds(content(folder / entry["file"]), entry["url"])]
        expected = [url.rstrip("/") for url in entry["expected_feeds"]]
        if not set(expected) <= set(found) or (expected and found[0] not in expected):
            failures.append(f"{entry['url']}: {found[:3]} instead of {expected[:3]}")
    return failures if len(failures) > (1 - GOOD_PAGES) * len(pages) else []


def main() -> int:
    corpus = Path(sys.argv[1])
    failures = check_lists(corpus / "opml") + check_pages(corpus / "discovery")
    print("\n".join(failures) or "OPML and discovery: all well")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
