"""Well-formed HTML of every kind of element, with the words and the links that a reader must find in it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Final

from hypothesis import strategies as st

_MARKS: Final = "b i em strong code kbd sub sup del ins mark small span q u cite font".split()
_SPACE: Final = (" ", "\n", "  ", "&nbsp;", "<br>", "<br/>", "")
_TEXTS: Final = ("p", "p", "p", "h1", "h2", "h3", "h4", "h5", "h6")
_LISTS: Final = ("ul", "ol", "ol reversed", 'ol type="a"')
_BOXES: Final = ("div", "section", "blockquote", "details", "center", "article")


@dataclass
class Written:
    """HTML in the making; each word and each address in it is another one."""

    chance: random.Random
    parts: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    room: int = 24

    @property
    def html(self) -> str:
        """All of it."""
        return "".join(self.parts)

    def word(self) -> str:
        """Write a word."""
        letters = self.chance.choice("wéжعz")
        word = f"{letters}{len(self.words)}"
        self.words.append(word)
        self.parts.append(word)
        return word

    def text(self, *, linked: bool = False) -> None:
        """Write running text: words, marks, links, breaks."""
        for _ in range(self.chance.randint(1, 3)):
            self.parts.append(" ")
            kind = self.chance.randint(0, 5)
            if kind == 0 and self.room > 0:
                self.room -= 1
                name = self.chance.choice(_MARKS)
                self.parts.append(f"<{name}>")
                self.text(linked=linked)
                self.parts.append(f"</{name}>")
            elif kind == 1 and not linked:
                self.parts.append(f'<a href="{self.address()}">')
                self.text(linked=True)
                self.parts.append("</a>")
            else:
                self.word()
            self.parts.append(self.chance.choice(_SPACE))
            self.parts.append(" ")

    def address(self) -> str:
        """Make an address to link to."""
        self.links.append(f"https://example.org/{len(self.links)}/page")
        return self.links[-1]

    def inside(self, *names: str) -> None:
        """Write elements inside each other, with text or blocks in the innermost."""
        self.parts += (f"<{name}>" for name in names)
        if self.room > 0 and self.chance.random() < 0.5:
            self.blocks()
        else:
            self.text()
        self.parts += (f"</{name}>" for name in reversed(names))

    def blocks(self) -> None:
        """Write a few blocks."""
        for _ in range(self.chance.randint(1, 3)):
            self.room -= 1
            write = self.chance.choice(_KINDS)
            write(self)

    def paragraph(self) -> None:
        """Write a paragraph or a heading."""
        name = self.chance.choice(_TEXTS)
        self.parts.append(f"<{name}>")
        self.text()
        self.parts.append(f"</{name}>")

    def box(self) -> None:
        """Write a container or a quotation."""
        self.inside(self.chance.choice(_BOXES))

    def listing(self) -> None:
        """Write preformatted text."""
        self.parts.append("<pre>")
        for _ in range(self.chance.randint(1, 3)):
            self.word()
            self.parts.append(self.chance.choice(["\n", " ", "\t", "  \n\n"]))
        self.parts.append(f'<a href="{self.address()}">')
        self.word()
        self.parts.append("</a></pre>")

    def items(self) -> None:
        """Write a list."""
        name = self.chance.choice(_LISTS)
        self.parts.append(f"<{name}>")
        for _ in range(self.chance.randint(1, 3)):
            self.inside("li")
        self.parts.append(f"</{name[:2]}>")

    def definitions(self) -> None:
        """Write a definition list."""
        self.parts.append("<dl><dt>")
        self.text()
        self.parts.append("</dt>")
        self.inside("dd")
        self.parts.append("</dl>")

    def table(self) -> None:
        """Write a table, with a heading in some."""
        columns = self.chance.randint(2, 7)
        self.parts.append("<table>")
        for row in range(self.chance.randint(2, 3)):
            self.parts.append("<tr>")
            name = "th" if not row and self.chance.random() < 0.5 else "td"
            for _ in range(columns):
                self.parts.append(f"<{name}>")
                self.text()
                self.parts.append(f"</{name}>")
            self.parts.append("</tr>")
        self.parts.append("</table>")

    def figure(self) -> None:
        """Write a picture, which may be a link, and its caption."""
        alternative = f"p{len(self.alternatives)}"
        self.alternatives.append(alternative)
        picture = f'<img src="https://example.org/{alternative}.png" alt="{alternative}xyz">'
        if self.chance.random() < 0.5:
            picture = f'<a href="{self.address()}">{picture}</a>'
        self.parts.append(f"<figure>{picture}<figcaption>")
        self.text()
        self.parts.append("</figcaption></figure>")


_KINDS = (
    *(Written.paragraph, Written.paragraph, Written.box, Written.listing, Written.items, Written.definitions),
    *(Written.table, Written.figure),
)


def _article(seed: int) -> Written:
    written = Written(random.Random(seed))
    written.blocks()
    return written


articles = st.integers(0, 2**32).map(_article)
"""An article for each number."""
