"""What a child does with the answer of a language model: Markdown from outside becomes a Document, as a feed does."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsreader.document import blocks
from newsreader.document.blocks import Document, Paragraph, Text
from newsreader.document.build import build
from newsreader.model.answers import Ask
from newsreader.pages import clean
from newsreader.pages.written import to_html
from newsreader.stories.answers import headline, tidied, with_receipts
from newsreader.stories.translation import blocks_of, merged
from newsreader.text import clean_text

if TYPE_CHECKING:
    from newsreader.model.answers import Receipt
    from newsreader.stories.material import Material


class Answered(NamedTuple):
    """An answer as the library takes it; `note` says in words what is to be known of it."""

    document: bytes
    receipts: tuple[Receipt, ...] = ()
    note: str = ""


_UNNUMBERED = "The model did not answer block by block: whether everything is translated could not be looked into."
_OTHER_LANGUAGE = "The text is in another language: the numbers behind sentences are checked by figures and names only."


def finish(ask: Ask, answer: str, material: Material, original: bytes | None, *, translated: bool = False) -> Answered:
    """Make a Document of an answer, with its receipts; `original` is the document that was translated.

    `translated`: the answer is to be in another language than its material.
    """
    if ask is Ask.TRANSLATE and len(material.parts) > 1 and not blocks_of(answer):
        return Answered(blocks.dump(_built(tidied(answer), material)), (), _UNNUMBERED)
    if ask is Ask.TRANSLATE and original is not None:
        document, note = merged(blocks.load(original), material, tidied(answer), lambda text: _built(text, material))
        return Answered(blocks.dump(document), (), note)
    bare = ask is Ask.HEADLINE
    document = Document((Paragraph(Text(clean_text(headline(answer)))),)) if bare else _built(tidied(answer), material)
    texts, heads = material.texts, material.heads
    marked, receipts, same_language = with_receipts(document, texts, heads, translated=translated)
    if bare and all(receipt.supported for receipt in receipts):
        marked = document  # a headline needs no numbers
    return Answered(blocks.dump(marked), receipts, "" if same_language or not receipts else _OTHER_LANGUAGE)


def plain(answer: str) -> Answered:
    """The same without a look into it, for an answer that no child could read in time: its paragraphs as they came."""
    paragraphs = (" ".join(each.split()) for each in clean_text(answer).split("\n\n"))
    return Answered(blocks.dump(Document(tuple(Paragraph(Text(each)) for each in paragraphs if each))))


def _built(markdown: str, material: Material) -> Document:
    return build(clean(to_html(markdown, material.links)))
