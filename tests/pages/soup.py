"""HTML as nobody should write it, for property tests: tags opened and closed in any order, attributes of any kind."""

from __future__ import annotations

from hypothesis import strategies as st

TAGS = (
    "p div h1 h3 blockquote pre ul ol li dl dt dd table caption thead tbody tr th td figure figcaption a em i b strong "
    "code kbd sub sup del s ins mark small q span audio video iframe img br hr font center section article nav svg "
    "script style noscript ruby rt rp math mfrac mo input object template select option textarea title form "
    "button o:p x-y math mi body html abbr acronym amp-img amp-video amp-iframe amp-youtube amp-ad"
).split()

_VALUES = st.one_of(
    st.sampled_from(
        [
            "javascript:alert(1)",
            " java\nscript:x",
            "data:text/html,x",
            "https://example.org/a?utm_source=x&b=1",
            "/path",
            "#note",
            "note",
            "http://[bad",
            "mailto:a@b.c",
            "//cdn.example/x.png",
            "language-py",
            "embed",
            "2",
            "1",
            "a > b \"c\" 'd' & <e>",
            "x 1x, y 2x",
            "rtl",
            "Port Council of Varrel",
        ]
    ),
    st.text(max_size=12),
)
_ATTRIBUTE_NAMES = (
    "href src alt title id name class style onclick onload colspan rowspan width height srcset data-src start type "
    "value reversed dir fallback data-videoid"
).split()
_NAMES = st.sampled_from(_ATTRIBUTE_NAMES)


@st.composite
def _attribute(draw: st.DrawFn) -> str:
    value = draw(_VALUES)
    quote = draw(st.sampled_from(["'", '"']))
    return f" {draw(_NAMES)}={quote}{value.replace(quote, '')}{quote}"


_ATTRIBUTES = st.lists(_attribute(), max_size=2).map("".join)
_TEXT = [" ", "\n", "word", "a\u0338", "\u0338", "&amp;", "&#27;", "&#155;", "&lt;b&gt;", "\u202e", "é", "漢字", "נמל"]
_ODD = ["<!-- x -->", "<!--", "-->", "<![CDATA[", "]]>", "<?php", "<!DOCTYPE html>", "<", ">", "\x00", "\r\n"]
_PIECES = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(TAGS), _ATTRIBUTES),
    st.builds("</{}>".format, st.sampled_from(TAGS)),
    st.text(max_size=10),
    st.sampled_from(_TEXT),
    st.sampled_from(_ODD),
)
soup = st.lists(_PIECES, max_size=14).map("".join)
"""Any text with markup of any kind in it."""
