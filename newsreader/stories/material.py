"""The text that a language model is given: an article, a story or a list, in numbered paragraphs, and bounded. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.bounds import AI_LEAD
from newsreader.document.blocks import Code, Document, Figure, Mark, Media, Rule
from newsreader.document.render import plain_text, to_markdown
from newsreader.document.words import texts_of
from newsreader.model.answers import Spot
from newsreader.stories.paragraphs import paragraphs, text_of
from newsreader.text import count_of, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newsreader.document.blocks import Block

_SHORTEST: Final = 200  # characters of a paragraph that is cut: less of it is left out
_TITLE: Final = 300
_WORDS: Final = 60


class Part(NamedTuple):
    """A numbered paragraph, and what its number stands for."""

    text: str
    spot: Spot


class Source(NamedTuple):
    """An article as material: its id, what names it, and its text. `age` is in words."""

    article: int
    title: str
    source: str
    age: str
    document: Document
    url: str | None = None
    language: str | None = None


class Material(NamedTuple):
    """What is sent of a text: numbered parts with, before some of them, a line that says whose they are.

    `above` has those lines by the index of the part that they stand before. `links` are the addresses that stand in
    it: no others are shown in an answer. `note` says in words what was left out, or is empty. `markdown`: the parts are
    blocks of Markdown, to be translated. `language` is what all articles are in, where that is known and one.
    """

    parts: tuple[Part, ...]
    above: dict[int, str]
    links: frozenset[str]
    note: str = ""
    markdown: bool = False
    language: str | None = None

    @property
    def spots(self) -> tuple[Spot, ...]:
        """What the numbers stand for, from 1 on."""
        return tuple(part.spot for part in self.parts)

    @property
    def texts(self) -> tuple[str, ...]:
        """The paragraphs: what a sentence of an answer can rest on."""
        return tuple(part.text for part in self.parts)

    @property
    def heads(self) -> tuple[str, ...]:
        """The line that stands above the article of each part."""
        found: list[str] = []
        for index in range(len(self.parts)):
            found.append(self.above.get(index, found[-1] if found else ""))
        return tuple(found)

    def lines(self) -> Iterator[str]:
        """The text as it is sent."""
        between = "\n" if self.markdown else " "
        for index, part in enumerate(self.parts):
            if index in self.above:
                yield self.above[index]
            yield f"[{index + 1}]{between}{part.text}"


def of_article(source: Source, most: int, *, markdown: bool = False) -> Material:
    """An article's paragraphs, up to so many characters; as Markdown, its blocks that can be translated."""
    return _whole([source], most, markdown=markdown)


def of_story(sources: Sequence[Source], most: int) -> Material:
    """The articles of a story, each with its share of so many characters."""
    return _whole(sources, most)


def of_list(sources: Sequence[Source], most: int, *, of: int) -> Material:
    """The articles of a list, as many as fit: title, source, age and the first lines of each. `of`: so many it has."""
    parts: list[Part] = []
    size = 0
    for each in sources:
        lead = _cut(" ".join(plain_text(each.document).split()), AI_LEAD)
        text = f"{_head(each)}\n{lead}".strip()
        size += len(text)
        if size > most and parts:
            break
        parts.append(Part(text[:most], Spot(each.article, 0, lead[:_WORDS])))
    left_out = of - len(parts)
    note = f"Only the first {count_of(len(parts), 'article')} of {of:,} were sent." if left_out > 0 else ""
    links = frozenset(each.url for each in sources if each.url)
    return Material(tuple(parts), {}, links, note, language=_language(sources))


def _whole(sources: Sequence[Source], most: int, *, markdown: bool = False) -> Material:
    parts: list[Part] = []
    above: dict[int, str] = {}
    links: set[str] = set()
    sent = whole = 0
    for number, each in enumerate(sources):
        share = (most - sent) // (len(sources) - number)
        texts = [*(_markdown(each.document) if markdown else paragraphs(each.document))]
        whole += sum(len(text) for _, text in texts)
        if not markdown:
            above[len(parts)] = _head(each)
        for index, text in texts:
            kept = text if len(text) <= share else "" if markdown or share < _SHORTEST else _cut(text, share)
            if kept:
                parts.append(Part(kept, Spot(each.article, index, text_of(each.document.blocks[index])[:_WORDS])))
                sent += len(kept)
                share -= len(kept)
            if len(kept) < len(text):
                break
        links |= {*_links(each.document.blocks), *([each.url] if each.url else ())}
    more = f"Only {sent:,} of {whole:,} characters were sent: [ai] max_characters allows no more."
    note = more if sent < whole else ""
    above = {index: line for index, line in above.items() if index < len(parts)}
    return Material(tuple(parts), above, frozenset(links), note, markdown, _language(sources))


def _language(sources: Sequence[Source]) -> str | None:
    """The primary subtag that all have (BCP 47)."""
    languages = {each.language.partition("-")[0].casefold() if each.language else None for each in sources}
    return languages.pop() if len(languages) == 1 else None


def _head(source: Source) -> str:
    """Title, source and age in one line."""
    return " · ".join(filter(None, (one_line(source.title, _TITLE), one_line(source.source, _TITLE), source.age)))


def _markdown(document: Document) -> Iterator[tuple[int, str]]:
    """Each block as Markdown, by its place, but for what has no words and what is not to be translated."""
    for place, block in enumerate(document.blocks):
        if not isinstance(block, Rule | Media | Code | Figure) and (text := to_markdown(Document((block,))).strip()):
            yield place, text


def _cut(text: str, most: int) -> str:
    """The beginning of a text, up to the last word that is whole."""
    if len(text) <= most:
        return text
    start = text[:most]
    return f"{start[: start.rfind(' ')] if ' ' in start[most // 2 :] else start} …"


def _links(blocks: Iterable[Block]) -> Iterator[str]:
    """The addresses that a document leads to."""
    for text in texts_of(blocks):
        yield from (span.target for span in text.spans if span.mark is Mark.LINK and span.target)
