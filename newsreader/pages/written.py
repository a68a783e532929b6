"""Markdown -> HTML, which `clean` cleans like any other. Markup in it is text.

Of what a language model wrote pictures are their words, and a link that leads to an address which the model was not
given is text with that address behind it: nobody follows where a fooled model points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from newsreader.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_MARKS: Final = {"html": False, "linkify": False, "maxNesting": 20}


def to_html(markdown: str, links: Collection[str]) -> str:
    """Write Markdown (CommonMark, with tables and strike-through) as HTML; `links` are the addresses it may lead to."""
    # Not "reference": a line "[2]: address" would make links of the numbers of paragraphs.
    parser = MarkdownIt("commonmark", _MARKS).enable(["table", "strikethrough"]).disable("reference")
    allowed = {form for link in links for form in _forms(parser.normalizeLink(link))}
    tokens = parser.parse(clean_text(markdown))
    for token in tokens:
        if token.children:
            token.children = list(_harmless(token.children, allowed))
    html: str = parser.renderer.render(tokens, parser.options, {})
    return html


def of_people(markdown: str) -> str:
    """Write what people wrote, as comments at sites that give them as Markdown, as HTML; their links lead anywhere."""
    html: str = MarkdownIt("commonmark", _MARKS).enable(["table", "strikethrough"]).render(clean_text(markdown))
    return html


def _forms(link: str) -> tuple[str, str]:
    """An address with and without a slash at its end, which people leave out."""
    return link.rstrip("/"), f"{link.rstrip('/')}/"


def _harmless(tokens: Sequence[Token], allowed: Collection[str]) -> Iterator[Token]:
    """Inline tokens without pictures, and with links to known addresses only."""
    foreign: list[str | None] = []
    said = ""
    for token in tokens:
        if token.type == "image":
            yield _text(token.content)
        elif token.type == "link_open":
            target = str(token.attrGet("href") or "")
            foreign.append(None if target in allowed else target)
            said = ""
            if target in allowed:
                token.attrs = {"href": target}
                yield token
        elif token.type == "link_close":
            target_left = foreign.pop() if foreign else None
            if target_left is None:
                yield token
            elif target_left and target_left != said:
                yield _text(f" ({target_left})")
        else:
            said += token.content
            yield token


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
