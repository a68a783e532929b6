"""Code in colours: which characters are a keyword, a string, a comment. The colours are the reader view's."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from newsreader import log

if TYPE_CHECKING:
    from textual.highlight import HighlightTheme

_LOG = log.get("highlighting")

MAX_HIGHLIGHTED: Final = 12_000  # characters: more is a data file, and the lexers take 50 ms for so much

# Pygments' token types are tuples of their names; these are the ones worth a look of their own.
_LOOKS: Final[dict[tuple[str, ...], str]] = {
    ("Comment",): "comment",
    ("Keyword",): "keyword",
    ("Operator", "Word"): "keyword",
    ("Name", "Tag"): "keyword",
    ("Literal", "String"): "string",
    ("Literal", "Number"): "number",
    ("Name", "Function"): "name",
    ("Name", "Class"): "name",
    ("Name", "Decorator"): "name",
    ("Name", "Attribute"): "name",
    ("Generic", "Deleted"): "removed",
    ("Generic", "Inserted"): "added",
    ("Generic", "Heading"): "name",
    ("Generic", "Subheading"): "comment",
    ("Generic", "Prompt"): "comment",
}
CLASSES: Final = tuple(sorted(set(_LOOKS.values())))
"""The names that `highlighted` gives to stretches of code."""


@lru_cache(maxsize=64)  # a page is set anew for each width of the window
def highlighted(code: str, language: str | None) -> tuple[tuple[int, int, str], ...]:
    """Say which stretches of code (lines ended by newline only) look how: (start, end, one of CLASSES), in order.

    Nothing is guessed: code whose page names no language, or one that nobody knows, stays plain.
    """
    if not language or len(code) > MAX_HIGHLIGHTED:
        return ()
    from textual.highlight import highlight

    try:
        spans = highlight(code, language=language, theme=_theme(), tab_size=4).spans
    except (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError) as error:
        # A lexer is a program that reads hostile text; the page is worth more than its colours.
        _LOG.info("code in %s stays plain: %r", language, error)
        return ()
    return tuple(
        (span.start, span.end, span.style) for span in spans if isinstance(span.style, str) and span.style in CLASSES
    )


@cache
def _theme() -> type[HighlightTheme]:
    """Make Textual's highlighter give our names in place of its colours."""
    from textual.highlight import HighlightTheme

    class Names(HighlightTheme):
        STYLES = _LOOKS

    return Names
