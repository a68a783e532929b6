"""Check that the starter catalogue offers only addresses that others published, too.

    python -m tests.corpus.check_catalogue CORPUS

Every address must stand in a subscription list of the corpus, or be named by two of its saved pages. Prints those that
do not and ends with 1.
"""

from __future__ import annotations

import sys
from pathlib import Path

from newsreader.feeds import opml
from newsreader.feeds.catalogue import bundles
from newsreader.feeds.discovery import find_feeds
from newsreader.text import host_of
from tests.corpus.check_subscriptions import content, manifest

FOLDERS = ("pages", "discovery")
ENOUGH = 2


def unproved(corpus: Path) -> list[str]:
    lists = corpus / "opml"
    listed = {each.url for entry in manifest(lists) for each in opml.read(content(lists / entry["file"])).subscriptions}
    wanted = {source.url for bundle in bundles() for source in bundle.sources} - listed
    named = dict.fromkeys(wanted, 0)
    for folder in FOLDERS:
        for entry in manifest(corpus / folder):
            page = content(corpus / folder / entry["file"])
            host = host_of(entry["url"])
            if any(host_of(url) == host or url.encode() in page for url in wanted):
                for url in wanted & {found.url for found in find_feeds(page, entry["url"])}:
                    named[url] += 1
    return [url for url, pages in named.items() if pages < ENOUGH]


def main() -> int:
    missing = unproved(Path(sys.argv[1]))
    for url in missing:
        print(f"{url} stands in no list and not in {ENOUGH} pages")
    print(f"{sum(len(bundle.sources) for bundle in bundles())} addresses of the catalogue, {len(missing)} unproved")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
