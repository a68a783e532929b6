"""The vocabulary of clean HTML: which elements and attributes may stay, and under which one name."""

from __future__ import annotations

import re
from typing import Final

_UNCHANGED: Final = (
    "p h1 h2 h3 h4 h5 h6 blockquote pre ul ol li dl dt dd div hr br img a table caption thead tbody tfoot tr th td "
    "figure figcaption em strong code kbd sub sup del ins mark small q span audio video"
)
_CONTAINERS: Final = (
    "article section main header footer nav aside address center form fieldset legend hgroup dialog search details "
    "summary title optgroup multicol"
)
NAMES: Final = {
    **{name: name for name in _UNCHANGED.split()},
    **dict.fromkeys(_CONTAINERS.split(), "div"),
    **dict.fromkeys(("i", "cite", "dfn", "var"), "em"),
    **dict.fromkeys(("tt", "samp"), "code"),
    **dict.fromkeys(("s", "strike"), "del"),
    **dict.fromkeys(("dir", "menu"), "ul"),
    **dict.fromkeys(("xmp", "listing", "plaintext"), "pre"),
    **dict.fromkeys(("iframe", "embed"), "a"),
    "b": "strong",
    "image": "img",
}
BLOCKS: Final = frozenset(
    "p h1 h2 h3 h4 h5 h6 blockquote pre ul ol li dl dt dd div hr table caption thead tbody tfoot tr th td figure "
    "figcaption audio video".split()
)
PLAYERS: Final = frozenset({"audio", "video", "a"})  # "a": what an iframe becomes
SCRIPTS: Final = ("script", "style", "template", "noembed", "annotation", "annotation-xml")
DRAWINGS: Final = ("svg", "select", "datalist", "applet", "object")
ATTRIBUTES: Final = {
    "ol": {
        "start": re.compile(r"-?\d{1,9}"),
        "type": re.compile("[1aAiI]"),
        "reversed": re.compile("(?:reversed)?", re.IGNORECASE),
    },
    "table": {"dir": re.compile("rtl|ltr")},
    "li": {"value": re.compile(r"-?\d{1,9}")},
    "td": {"colspan": re.compile(r"\d{1,4}"), "rowspan": re.compile(r"\d{1,4}")},
    "th": {"colspan": re.compile(r"\d{1,4}"), "rowspan": re.compile(r"\d{1,4}")},
    "pre": {"class": re.compile(r"language-[\w+#.-]{1,30}")},
}
_TABLE_PARTS: Final = frozenset({"tbody", "tfoot", "tr", "th", "td"})
ENDS: Final = {  # libxml2 closes the first element where one of the others begins directly inside it
    "p": BLOCKS - {"thead", "figure", "figcaption", "audio", "video"},
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), frozenset({"p", "li", "table"})),
    "pre": frozenset({"ul", "li", "dl", "dt", "dd", "table"}),
    "ul": frozenset({"pre"}),
    "li": frozenset({"li"}),
    "dl": frozenset({"li"}),
    "dt": frozenset({"dl", "dd"}),
    "dd": frozenset({"dt"}),
    "caption": frozenset({"thead", "tbody", "tfoot", "tr"}),
    "thead": frozenset({"tbody", "tfoot"}),
    "tbody": frozenset({"tbody", "tfoot"}),
    "tfoot": frozenset({"tbody"}),
    "tr": frozenset({"tbody", "tfoot", "tr"}),
    "td": _TABLE_PARTS,
    "th": _TABLE_PARTS,
    "a": frozenset({"table", "th", "td", "a"}),
    "small": frozenset({"p"}),
    "span": frozenset({"th", "td"}),
}
