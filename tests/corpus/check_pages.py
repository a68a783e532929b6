"""Take every saved page of the corpus the whole way, from its bytes to lines on the screen, as the program does.

    python -m tests.corpus.check_pages CORPUS

Each page is read in a child with its deadline and its cap on memory. Of each article no word and no link may be
missing in the document and on the page, no line may be wider than the measure, and what is written from the document
must give the same document again. Prints what fails, and ends with 1 if anything does.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree, html
from rich.cells import cell_len

from newsreader.document import blocks
from newsreader.document.build import build
from newsreader.document.render import plain_text, to_html, to_markdown, to_plain
from newsreader.errors import ParseError
from newsreader.pages.trimming import lines_of
from newsreader.ui.layout import Layout
from newsreader.worker.children import Children

MEASURES = (20, 72, 120)
_WORD = re.compile(r"\w+")


def faults(clean: str, document: blocks.Document) -> Iterator[str]:
    """Give what is wrong with the document of clean HTML, and with its page."""
    body = html.fromstring(f"<body>{clean}</body>", parser=html.HTMLParser(encoding="utf-8"))
    # On paper stand the numbers of lists too, which a page may have written into their items.
    shown = Counter(_WORD.findall(plain_text(document))) | Counter(_WORD.findall(to_plain(document)))
    for word in Counter(_WORD.findall(lines_of(body))) - shown:
        yield f"the word {word} is not in the document"
    if build(to_html(document), language=document.language) != document:
        yield "its own HTML gives another document"
    to_markdown(document)
    to_plain(document, 72)
    wanted = {link.get("href") for link in body.iter("a") if link.get("href") and _is_seen(link)}
    for measure in MEASURES:
        layout = Layout(document, measure)
        layout.lay()
        reachable = {piece.link for line in layout.lines for piece in line.pieces()}
        for link in wanted - reachable:
            yield f"the link {link} is not on the page at {measure}"
        for link in reachable:
            if link and link.startswith("#") and layout.place_of(link) is None:
                yield f"{link} leads nowhere"
        yield from (f"too wide for {measure}: {line.full}" for line in layout.lines if cell_len(line.full) > measure)


def _is_seen(link: etree._Element) -> bool:
    """Whether a link can be seen in a browser, and leads elsewhere: pictures and headings often lead to themselves."""
    target = link.get("href", "")
    if target.startswith("#") and any(around.get("id") == target[1:] for around in link.iterancestors()):
        return False
    return bool("".join(link.itertext()).strip()) or next(link.iter("img"), None) is not None or bool(link.get("class"))


async def check(corpus: Path) -> int:
    """Check every page; the number of those with faults."""
    children = Children(1)
    failed = read = 0
    slowest: list[tuple[float, str]] = []
    manifest: list[dict[str, Any]] = json.loads((corpus / "pages" / "manifest.json").read_text())
    for entry in manifest:
        data = gzip.decompress((corpus / "pages" / entry["file"]).read_bytes())
        started = time.monotonic()
        try:
            full = await children.run("extract_page", data, entry["url"], None, None, None)
        except ParseError:
            continue  # there is no article, or too little of it: what it should find is scored elsewhere
        read += 1
        slowest.append((time.monotonic() - started, entry["file"]))
        found = list(faults(full.html, blocks.load(full.document)))
        failed += bool(found)
        for fault in found[:5]:
            print(f"{entry['file']}: {fault}")
    await children.close()
    print(f"pages: {read} of {len(manifest)} read, {failed} with faults; the slowest", *sorted(slowest)[-3:])
    return failed


if __name__ == "__main__":
    sys.exit(asyncio.run(check(Path(sys.argv[1]))) > 0)
