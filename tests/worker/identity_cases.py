"""Sequences of documents such as feeds in the wild give them, and what must be in the library after the last one."""

from __future__ import annotations

from typing import NamedTuple

from newsreader.model import Enclosure, ParsedArticle

NOW = 1_795_456_800
HOUR = 3_600

FERRY = (
    "The ferry to the island was cancelled on Monday after its engine failed in the middle of the strait. Passengers "
    "were brought back by two fishing boats, and the company says that a replacement comes on Thursday."
)
OWL = (
    "A pair of snowy owls has been breeding in the tower of the old brewery since March. Ornithologists ask visitors "
    "to stay behind the fence, because the young will not leave the nest before the second week of July."
)
BREAD = (
    "Rye bread keeps for a week when the dough has rested for a night. Knead the flour with warm water and sourdough, "
    "cover the bowl, wait until it has doubled, and bake the loaf at a falling temperature for an hour."
)
FRONT = "https://example.org/"
FEED = "https://example.org/feed.xml"
NEWS = "https://example.org/news"


class Case(NamedTuple):
    """`titles` are what the library shows after the last document; `unread` those that are new since the first, which
    was read and bookmarked.
    """

    name: str
    documents: list[list[ParsedArticle]]
    titles: str
    unread: str = ""


def item(
    guid: str | None,
    url: str | None,
    title: str,
    text: str | None = None,
    at: int | None = None,
    updated: int | None = None,
    file: str | None = None,
) -> ParsedArticle:
    """An article; an address without a host is one of example.org, `at` is hours before now."""
    return ParsedArticle(
        guid=guid,
        url=f"https://example.org{url}" if url is not None and url.startswith("/") else url,
        title=title,
        published=None if at is None else NOW - at * HOUR - 61,
        updated=updated,
        content_html=None if text is None else f"<p>{text}</p>",
        enclosures=() if file is None else (Enclosure(file),),
    )


def under(guid: str | None, *articles: ParsedArticle, url: str | None = "") -> list[ParsedArticle]:
    """The same articles under one guid, and with one address where that is given."""
    changed = [article._replace(guid=guid) for article in articles]
    return changed if url == "" else [article._replace(url=url) for article in changed]


A, B, C = item("1", "/1", "Ferry", FERRY, 90), item("2", "/2", "Owl", OWL, 80), item("3", "/3", "Bread", BREAD, 70)
a, b, c = under("G", A, B, C)

CASES = [
    # A guid that is no identity.
    Case("a guid for all, then on a third one alone", [[a, b], [c]], "Bread Ferry Owl", "Bread"),
    Case("a guid for all, one article at a time", [[a], [b], [c]], "Bread Ferry Owl", "Bread Owl"),
    Case("the same, and the first comes back", [[a], [b], [c], [a]], "Bread Ferry Owl", "Bread Owl"),
    Case("the same, over and over", [[a], [b], [a], [b], [a, b], [b]], "Ferry Owl", "Owl"),
    Case(
        "a guid taken for another article, beside others",
        [[A, b], [A, b, item("G", "/3", "Bread", BREAD)]],
        "Bread Ferry Owl",
        "Bread",
    ),
    Case(
        "a guid for all, articles without dates",
        [[item("G", "/1", "Ferry", FERRY)], [item("G", "/2", "Owl", OWL)]],
        "Ferry Owl",
        "Owl",
    ),
    Case("a guid for all, no texts", [[item("G", "/1", "Ferry")], [item("G", "/2", "Owl")]], "Ferry Owl", "Owl"),
    Case(
        "a guid for all, no addresses",
        [under("G", A, url=None), under("G", B, url=None), under("G", A, B, C, url=None)],
        "Bread Ferry Owl",
        "Bread Owl",
    ),
    Case(
        "a guid for all, the same boilerplate as text",
        [[item("G", "/1", "Ferry", "Comments")], [item("G", "/2", "Owl", "Comments")]],
        "Ferry Owl",
        "Owl",
    ),
    Case("a guid that is the feed's address", [under(FEED, A, B), under(FEED, C)], "Bread Ferry Owl", "Bread"),
    Case("a guid that is the feed's address, one at a time", [under(FEED, A), under(FEED, C)], "Bread Ferry", "Bread"),
    Case(
        "a guid and an address that are the front page",
        [under(FRONT, A, B, url=FRONT), under(FRONT, B, C, url=FRONT)],
        "Bread Ferry Owl",
        "Bread",
    ),
    Case("the same, one at a time", [under(FRONT, A, url=FRONT), under(FRONT, C, url=FRONT)], "Bread Ferry", "Bread"),
    Case(
        "the same, titles of a series",
        [[item(FRONT, FRONT, "Menu of Monday")], [item(FRONT, FRONT, "Menu of Tuesday")]],
        "Menu-of-Monday Menu-of-Tuesday",
        "Menu-of-Tuesday",
    ),
    Case(
        "a guid and an address for all in one document",
        [under("G", A, B, C, url=NEWS)],
        "Bread Ferry Owl",
    ),
    Case(
        "the same, titles only",
        [[item("G", "/news", "Ferry", None, 3), item("G", "/news", "Owl", None, 2)]],
        "Ferry Owl",
    ),
    Case(
        "a series under one guid",
        [[item("G", "/ep/12", "Episode 12", FERRY, 48)], [item("G", "/ep/13", "Episode 13", OWL, 24)]],
        "Episode-12 Episode-13",
        "Episode-13",
    ),
    Case(
        "one title and one guid for all",
        [[item("G", "/m/23", "Menu", FERRY, 48)], [item("G", "/m/24", "Menu", OWL, 24)]],
        "Menu Menu",
        "Menu",
    ),
    Case(
        "places instead of guids",
        [under("1", A) + under("2", B), under("1", C) + under("2", A) + under("3", B)],
        "Bread Ferry Owl",
        "Bread",
    ),
    Case(
        "places instead of guids, pushed out",
        [under("1", A) + under("2", B), under("1", C) + under("2", A)],
        "Bread Ferry Owl",
        "Bread",
    ),
    Case(
        "places without dates and texts",
        [[item("1", "/a", "Ferry"), item("2", "/b", "Owl")], [item("1", "/c", "Bread"), item("2", "/a", "Ferry")]],
        "Bread Ferry Owl",
        "Bread",
    ),
    Case(
        "a guid used again years later",
        [[A, B], [B], [item("1", "/77", "Bread", BREAD, 1)]],
        "Bread Ferry Owl",
        "Bread",
    ),
    Case(
        "no identity for good: alike titles later",
        [
            [item("G", "/1", "Menu A", FERRY, 9), item("G", "/2", "Menu B", OWL, 8)],
            [item("G", "/3", "Menu C", FERRY, 7)],
            [item("G", "/4", "Menu D", FERRY, 6)],
        ],
        "Menu-A Menu-B Menu-C Menu-D",
        "Menu-C Menu-D",
    ),
    Case(
        "a guid handed on by an article that is still there",
        [
            [item("G", "/1", "Ferry", None, 9)],
            [item("x", "/1", "Ferry", None, 9), item("G", "/2", "Ferry sinks", None, 9)],
        ],
        "Ferry Ferry-sinks",
        "Ferry-sinks",
    ),
    Case(
        "a guid that is another article's address",
        [[item(None, "/1", "Ferry", FERRY), item("https://example.org/1", None, "Owl", OWL)]],
        "Ferry Owl",
    ),
    Case(
        "titles alone, one guid",
        [[item("G", None, "Ferry")], [item("G", None, "Owl")], [item("G", None, "Ferry"), item("G", None, "Owl")]],
        "Ferry Owl",
        "Owl",
    ),
    # Edits under a guid.
    Case("a new title", [[A], [item("1", "/1", "Ferry sinks", FERRY, 90)]], "Ferry-sinks"),
    Case("a page written anew", [[A], [item("1", "/1", "Owl", OWL, 1)]], "Owl"),
    Case("a new title and address", [[A], [item("1", "/boat", "Boat", FERRY, 90)]], "Boat"),
    Case(
        "an alike title, a new address, its moment",
        [[item("1", "/1", "Ferry", None, 9)], [item("1", "/2", "Ferry sinks", None, 9)]],
        "Ferry-sinks",
    ),
    Case(
        "an old text under another title, address and date",
        [[A], [item("1", "/boat", "Boat", FERRY, 2)]],
        "Boat Ferry",
        "Boat",
    ),
    Case(
        "another article of the same moment",
        [[item("1", "/1", "Ferry", None, 9)], [item("1", "/2", "Owl", OWL, 9)]],
        "Ferry Owl",
        "Owl",
    ),
    Case(
        "releases under one guid",
        [
            [item("G", "/3.4", "Release 3.4", f"{FERRY} {OWL} 3.4", 99)],
            [item("G", "/3.5", "Release 3.5", f"{FERRY} {OWL} 3.5", 9)],
        ],
        "Release-3.4 Release-3.5",
        "Release-3.5",
    ),
    Case(
        "a site that moves, same text",
        [
            [A, B],
            [item("1", "https://new.test/x/1", "Ferry", FERRY, 90), item("2", "https://new.test/x/2", "Owl", OWL, 80)],
        ],
        "Ferry Owl",
    ),
    Case(
        "a site that moves, nothing but titles",
        [
            [item("1", "/1", "Ferry"), item("2", "/2", "Owl")],
            [item("1", "https://new.test/1", "Ferry"), item("2", "https://new.test/2", "Owl")],
        ],
        "Ferry Owl",
    ),
    Case(
        "a site that moves and gives full text",
        [[item("1", "/1", "Ferry", "Short.", 90)], [item("1", "https://new.test/1", "Ferry", FERRY, 90)]],
        "Ferry",
    ),
    Case(
        "dates that float", [[A, B], [item("1", "/1", "Ferry", FERRY, 1), item("2", "/2", "Owl", OWL, 1)]], "Ferry Owl"
    ),
    Case(
        "a podcast without pages, described anew",
        [[item("1", None, "Ferry", FERRY, 90)], [item("1", None, "Ferry", OWL, 90)]],
        "Ferry",
    ),
    Case("a stub that becomes an article", [[item("1", "/1", "Ferry", None, 90)], [A]], "Ferry"),
    Case("edited and back", [[A], [item("1", "/1", "Boat", OWL, 90)], [A]], "Ferry"),
    Case(
        "an edition beside the first (Atom)",
        [[item("1", "/1", "Ferry", FERRY, updated=1), item("1", "/1", "Boat", FERRY, updated=2)]],
        "Boat",
    ),
    Case(
        "guid and page the same but for the scheme",
        [[A], [item("1", "http://www.example.org/1/?utm_source=x", "Boat", BREAD, 3)]],
        "Boat",
    ),
    # Invented guids.
    Case("a flood of guids", [[item(f"{n}", "/1", "Ferry", FERRY, 90)] for n in range(20)], "Ferry"),
    Case(
        "a flood of guids and texts",
        [[item(f"{n}", "/1", "Ferry", text, 90)] for n, text in enumerate([FERRY, OWL] * 6)],
        "Ferry",
    ),
    Case("a flood of guids without addresses", [[item(f"{n}", None, "Ferry", FERRY, 90)] for n in range(20)], "Ferry"),
    Case(
        "a flood of guids at the front page",
        [[item(f"{n}", FRONT, "Ferry", FERRY, 90), item(f"x{n}", FRONT, "Owl", OWL)] for n in range(9)],
        "Ferry Owl",
    ),
    Case(
        "a flood of guids and a new title",
        [[item(f"{n}", "/1", "Ferry" if n < 5 else "Boat", FERRY, 90)] for n in range(12)],
        "Boat Ferry",
        "Boat",
    ),
    Case(
        "a new title, then invented guids",
        [[A], [item("1", "/1", "Boat", FERRY, 90)], *([item(f"x{n}", "/1", "Boat", FERRY, 90)] for n in range(9))],
        "Boat",
    ),
    Case(
        "many guids for one in a document",
        [
            [
                item(f"{n}", f"http{'s' * (n % 2)}://example.org/1{'/' * (n % 3)}", "Ferry", text, 90)
                for n, text in enumerate([FERRY, OWL] * 6)
            ]
        ]
        * 2,
        "Ferry",
    ),
    Case("a flood of guids that stand on two pages each", [under(f"{n}", A, B) for n in range(9)], "Ferry Owl"),
    Case(
        "a flood of trackers and guids",
        [[item(f"https://example.org/1?utm_id={n}", f"/1?utm_id={n}", "Ferry", FERRY)] for n in range(9)],
        "Ferry",
    ),
    Case(
        "a flood of trackers behind #", [[item(f"{n}", f"/1#xtor=RSS-{n}", "Ferry", FERRY)] for n in range(9)], "Ferry"
    ),
]
