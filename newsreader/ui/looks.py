"""The looks of a page: for every name that a piece of it can carry, what the theme's colours make of it."""

from __future__ import annotations

from typing import Final

LOOKS: Final = (
    *("title", "facts", "note", "notice", "message", "progress", "eye"),
    *(
        "heading",
        "subheading",
        "term",
        "table-head",
        "label",
        "caption",
        "marker",
        "bar",
        "rule",
        "block-code",
        "continued",
    ),
    *("strong", "emphasis", "small", "raised", "lowered", "deleted", "inserted", "highlight", "code", "keyboard"),
    *("link", "quiet-link", "jump", "chosen", "hint", "match", "match-now", "lit"),
    *("comment", "keyword", "string", "number", "name", "added", "removed"),
)

CSS: Final = """
ReaderView {
    overflow-x: hidden;
    overflow-y: scroll;
    scrollbar-size: 0 0;
    & > .reader--title { color: $page-strong; text-style: bold; }
    & > .reader--facts, & > .reader--message, & > .reader--progress { color: $page-dim; }
    & > .reader--notice { color: $page-dim; text-style: italic; }
    & > .reader--note { color: $accent; }
    & > .reader--eye { color: $accent; text-style: bold; }
    & > .reader--heading { color: $page-strong; text-style: bold; }
    & > .reader--subheading, & > .reader--term, & > .reader--table-head, & > .reader--strong { text-style: bold; }
    & > .reader--emphasis { text-style: italic; }
    & > .reader--small, & > .reader--caption, & > .reader--label { color: $page-dim; }
    & > .reader--marker, & > .reader--continued { color: $page-dim; }
    & > .reader--bar, & > .reader--rule { color: $page-rule; }
    & > .reader--code, & > .reader--block-code { background: $page-cursor; }
    & > .reader--keyboard { background: $page-cursor; text-style: bold; }
    & > .reader--deleted { color: $page-dim; text-style: strike; }
    & > .reader--inserted { color: $success; text-style: bold underline; }
    & > .reader--highlight { background: $accent 25%; }
    & > .reader--link { color: $accent; text-style: underline; }
    & > .reader--quiet-link { text-style: underline; }
    & > .reader--jump, & > .reader--number { color: $accent; }
    & > .reader--chosen { background: $accent 30%; text-style: bold underline; }
    & > .reader--hint, & > .reader--match-now { background: $accent; color: $background; text-style: bold; }
    & > .reader--match { background: $accent 30%; text-style: underline; }
    & > .reader--lit { background: $accent 25%; }
    & > .reader--comment { color: $page-dim; text-style: italic; }
    & > .reader--keyword { color: $page-strong; text-style: bold; }
    & > .reader--name { color: $page-strong; }
    & > .reader--string, & > .reader--added { color: $success; }
    & > .reader--removed { color: $error; }
}
"""
