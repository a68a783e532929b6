"""The same for addresses: other forms of one, one for many articles, parts of a page; and for what goes and comes."""

from __future__ import annotations

from tests.worker.identity_cases import BREAD, FERRY, FRONT, NEWS, OWL, A, B, C, Case, item, under

CASES = [
    # Addresses in other forms, guids that come and go.
    Case(
        "guids from http to https",
        [
            [item("http://example.org/1", "http://example.org/1", "Ferry", FERRY)],
            [item("https://www.example.org/1/", "https://www.example.org/1/", "Ferry", FERRY)],
        ],
        "Ferry",
    ),
    Case(
        "no guids, from http to https",
        [
            [item(None, "http://example.org/1", "Ferry", FERRY)],
            [item(None, "https://example.org/1", "Boat", FERRY)],
        ],
        "Boat",
    ),
    Case("guids come later", [under(None, A, B, C), [A, B, C]], "Bread Ferry Owl"),
    Case("guids go", [[A, B, C], under(None, A, B, C)], "Bread Ferry Owl"),
    Case("guids come and go", [under(None, A, B), [A, B], under(None, A, B), [A, B], under("G", A, B)], "Ferry Owl"),
    Case(
        "guids get another form once",
        [[A, B], under("tag:1", A) + under("tag:2", B), under("tag:1", A) + under("tag:2", B)],
        "Ferry Owl",
    ),
    Case(
        "guids come to articles of one page",
        [
            under(None, A, B, C, url=NEWS),
            [
                *under("1", A, url=NEWS),
                *under("2", B, url=NEWS),
                *under("3", C, url=NEWS),
            ],
        ],
        "Bread Ferry Owl",
    ),
    Case(
        "guids of articles of one page go",
        [
            [*under("1", A, url=NEWS), *under("2", B, url=NEWS)],
            under(None, A, B, C, url=NEWS),
        ],
        "Bread Ferry Owl",
        "Bread",
    ),
    # Articles that have one address.
    Case(
        "one address, no guids",
        [under(None, A, B, url=NEWS), under(None, B, C, url=NEWS)],
        "Bread Ferry Owl",
        "Bread",
    ),
    Case(
        "one address, no guids, one at a time",
        [
            under(None, A, url=NEWS),
            under(None, B, url=NEWS),
            under(None, C, url=NEWS),
        ],
        "Bread Ferry Owl",
        "Bread Owl",
    ),
    Case(
        "the same, one, then both",
        [
            under(None, A, url=NEWS),
            under(None, A, B, url=NEWS),
            under(None, B, url=NEWS),
        ],
        "Ferry Owl",
        "Owl",
    ),
    Case(
        "the front page, no guids",
        [under(None, A, B, url=FRONT), under(None, C, url=FRONT)],
        "Bread Ferry Owl",
        "Bread",
    ),
    Case(
        "the front page, one title",
        [
            [item(None, FRONT, "Outage", FERRY, 3), item(None, FRONT, "Outage", OWL, 2)],
            [item(None, FRONT, "Outage", BREAD, 1)],
        ],
        "Outage Outage Outage",
        "Outage",
    ),
    Case(
        "one page, one title, other texts",
        [[item(None, "/status", "Outage", FERRY, 3), item(None, "/status", "Outage", OWL, 2)]],
        "Outage Outage",
    ),
    Case(
        "one page, a text that grows",
        [
            under(None, A, B, url=NEWS),
            [*under(None, B, url=NEWS), item(None, NEWS, "Ferry", f"Resolved. {FERRY}", 90)],
        ],
        "Ferry Owl",
    ),
    Case(
        "one page, no titles",
        [
            [item(None, "/s", "", "Rain today."), item(None, "/s", "", "A dry night.")],
            [item(None, "/s", "", "Storms!")],
        ],
        "A-dry-night. Rain-today. Storms!",
        "Storms!",
    ),
    Case(
        "parts of a page, one title",
        [
            [item("1", "/live#1", "Live", FERRY), item("2", "/live#2", "Live", OWL)],
            [item("3", "/live#3", "Live", BREAD)],
        ],
        "Live Live Live",
        "Live",
    ),
    Case(
        "parts of a page, without texts", [[item("1", "/day#1", "Links"), item("2", "/day#2", "Links")]], "Links Links"
    ),
    Case(
        "parts of a page, a flood of guids",
        [[item(f"{n}a", "/live#1", "Live", FERRY), item(f"{n}b", "/live#2", "Live", OWL)] for n in range(9)],
        "Live Live",
    ),
    Case(
        "parts of a page, no guids, one edited",
        [
            [item(None, "/l#1", "Ferry", FERRY), item(None, "/l#2", "Owl", OWL)],
            [item(None, "/l#1", "Ferry sinks", FERRY), item(None, "/l#2", "Owl", OWL)],
        ],
        "Ferry-sinks Owl",
    ),
    Case(
        "a new title without guid",
        [under(None, A, B), [*under(None, B), item(None, "/1", "Ferry sinks", FERRY, 90)]],
        "Ferry-sinks Owl",
    ),
    # Going and coming.
    Case("gone from the feed and back", [[A, B], [B], [B], [A, B]], "Ferry Owl"),
    Case("gone and back, edited meanwhile", [[A, B], [B], [item("1", "/1", "Boat", FERRY, 90), B]], "Boat Owl"),
    Case("an empty feed between", [[A, B], [], [A, B]], "Ferry Owl"),
    Case("re-dated every time", [[item("1", "/1", "Ferry", FERRY, n)] for n in range(9)], "Ferry"),
    Case("re-dated without guid and address", [[item(None, None, "Ferry", FERRY, n)] for n in range(9)], "Ferry"),
    Case(
        "the same episode with another file",
        [[item("1", "/1", "Ferry", FERRY, 90, file=f"https://example.org/{n}.mp3")] for n in range(4)],
        "Ferry",
    ),
    Case(
        "very long guids",
        [
            [item("x" * 3_000, "/1", "Ferry", FERRY), item("x" * 3_000, "/2", "Owl", OWL)],
            [item("x" * 3_000, "/3", "Bread", BREAD)],
        ],
        "Bread Ferry Owl",
        "Bread",
    ),
    Case(
        "guids that look like ours",
        [
            [item("hash:1", "/1", "Ferry", FERRY), item("none", "/2", "Owl", OWL)],
            [item("hash:1", "/3", "Bread", BREAD), item("none", "/2", "Owl", OWL)],
        ],
        "Bread Ferry Owl",
        "Bread",
    ),
]
