"""Documents as text, for comparing with what was looked at and found good.

The HTML of `golden/NAME.html` and of some articles of the demo's world is cleaned and laid out; `golden/NAME.txt` is
what `newsreader read` prints of it, and `tests/ui/golden/NAME.txt` is its page. After a change that is meant to show:

    python -m tests.document.golden --update

and then look at what `git diff` shows, one by one: what stands there is what people will read.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from newsreader.demo import world
from newsreader.document.build import build
from newsreader.document.plain import to_plain
from newsreader.pages import clean
from newsreader.ui.layout import Layout

HERE: Final = Path(__file__).parent / "golden"
PAGES: Final = Path(__file__).parents[1] / "ui" / "golden"
BASE: Final = "https://example.org/blog/post"
PRINTED: Final = 72
MEASURE: Final = 60
DEMO: Final = (  # source, article
    ("coast-gazette", "harbour-town-votes-to-keep-its-night-ferry"),
    ("coast-gazette", "public-notice"),
    ("coast-gazette", "what-the-fish-fetched"),
    ("boletim-do-sul", "a-sardinha-chegou-tarde"),
    ("sawt-al-mina", "al-madina-takhtar"),
    ("plain-machines", "decoding-lark-with-forty-lines-of-python"),
    ("plain-machines", "the-project-table"),
    ("plain-machines", "sorting-names-is-not-sorting-strings"),
    ("field-notes", "a-glossary-of-mud"),
    ("orbit-weekly", "this-weeks-launches"),
    ("orbit-weekly", "picture-of-the-week"),
    ("valley-radio", "programme-212-bells"),
    ("tide-and-timetable", "the-winter-sheet"),
)


def documents() -> dict[str, str]:
    """Every golden document: its name, its HTML as it comes."""
    found = {path.stem: path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.html"))}
    articles = {(source.slug, article.slug): article.html for source in world.sources() for article in source.articles}
    return found | {f"demo-{article}": articles[source, article] for source, article in DEMO}


def printed(html: str) -> str:
    """What `newsreader read` prints of an article."""
    return to_plain(build(clean(html, BASE), BASE), PRINTED) + "\n"


def page(html: str) -> str:
    """The page of an article."""
    layout = Layout(build(clean(html, BASE), BASE), MEASURE)
    layout.lay()
    return "".join(f"{line.full.rstrip()}\n" for line in layout.lines)


def main() -> None:
    """Write all of it anew."""
    if sys.argv[1:] != ["--update"]:
        sys.exit(__doc__)
    for folder in (HERE, PAGES):
        folder.mkdir(exist_ok=True)
        for old in folder.glob("*.txt"):
            old.unlink()
    for name, html in documents().items():
        (HERE / f"{name}.txt").write_text(printed(html), encoding="utf-8")
        (PAGES / f"{name}.txt").write_text(page(html), encoding="utf-8")


if __name__ == "__main__":
    main()
