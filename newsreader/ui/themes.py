"""The themes of our own, and what is made of any theme so that every pane can be read in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.message import Message
from textual.theme import Theme

from newsreader.ui.colours import DARK, LIGHT, derived, readable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsreader.ui.colours import Palette

AUTO: Final = "auto"
"""No theme but a choice: dark or light as the terminal is."""
DARK_NAME: Final = "newsreader-dark"
LIGHT_NAME: Final = "newsreader-light"
TERMINAL_NAME: Final = "newsreader-terminal"


class BackgroundTold(Message, bubble=False):
    """The terminal said whether its background is dark."""


class PageTheme(Theme):
    """A theme made of a palette: one of ours, or a theme file's."""

    def __init__(self, name: str, palette: Palette) -> None:
        super().__init__(
            name,
            primary=palette.accent,
            foreground=palette.text,
            background=palette.background,
            dark=palette.dark,
            variables=palette.variables(),
        )
        self.palette = palette


TERMINAL: Final = Theme(
    TERMINAL_NAME,
    # Magenta and red are the two of the sixteen that can be read on black and on white, whatever the terminal makes
    # of them. All else is the terminal's own text on its own page: weight, underlines and signs tell the states.
    primary="ansi_magenta",
    accent="ansi_magenta",
    warning="ansi_red",
    error="ansi_red",
    success="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    variables={"ansi-background": "ansi_default", "ansi-foreground": "ansi_default"},
    ansi=True,
)
"""The terminal's own colours: for terminals that have sixteen, or none, or that are seen through."""

THEMES: Final = (PageTheme(DARK_NAME, DARK), PageTheme(LIGHT_NAME, LIGHT), TERMINAL)

_GROUNDS: Final = ("surface", "panel", "page-cursor", "page-lit", "block-cursor-background",
                   "screen-selection-background", "input-selection-background", "input-cursor-background")  # fmt: skip
_WORDS: Final = ("page-strong", "page-dim", "page-rule", "screen-selection-foreground", "input-selection-foreground")


def palette_of(theme: Theme, variables: Mapping[str, str]) -> Palette:
    """The palette of a theme of true colours; `variables` are what Textual makes of it.

    Textual's themes are not made for words in their accent on every ground of ours: such colours are brought towards
    black or white until they can be read. What a theme file gives is taken as it is.
    """
    if isinstance(theme, PageTheme):
        return theme.palette
    given = {"background": variables["background"], "text": variables["foreground"]}
    given["text"] = readable(given["text"], derived(given).grounds)
    grounds = derived(given).grounds
    named = {"accent": "accent", "warning": "error", "good": "success"}  # what warns here is always something wrong
    return derived(given | {name: readable(variables[theirs], grounds) for name, theirs in named.items()})


def page_variables(theme: Theme, variables: Mapping[str, str], *, few: bool = False) -> dict[str, str]:
    """The colours of the panes in a theme; with `few` in the 256 colours of a terminal that has no more."""
    if theme.ansi:
        return dict.fromkeys((*_GROUNDS, *_WORDS), "ansi_default")
    palette = palette_of(theme, variables)
    if few:
        from newsreader.ui.few_colours import snapped

        palette = snapped(palette)
    return palette.variables()
