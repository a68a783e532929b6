"""The two themes of our own, and the few colours the panes use in any theme.

Hierarchy comes from weight, indent and space. There is one accent (unread, cursor) and one warning. Dim text keeps a
contrast of at least 4.5 to 1 on the page and on the cursor's background.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual.color import Color
from textual.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App

    from newsreader.config import Config

DARK: Final = "newsreader-dark"
LIGHT: Final = "newsreader-light"

THEMES: Final = (
    Theme(
        DARK,
        primary="#e0a458",
        secondary="#b9b4a8",
        accent="#e0a458",
        warning="#e5796b",
        error="#e5796b",
        success="#9fb878",
        foreground="#dcd8ce",
        background="#17181b",
        surface="#1d1e22",
        panel="#24262b",
        dark=True,
        variables={
            "page-dim": "#96928a",
            "page-rule": "#34363b",
            "page-cursor": "#24262b",
            "page-strong": "#f3efe6",
            "input-selection-background": "#e0a458 30%",
            "block-cursor-background": "#e0a458",
            "block-cursor-foreground": "#17181b",
        },
    ),
    Theme(
        LIGHT,
        primary="#94500f",
        secondary="#57524a",
        accent="#94500f",
        warning="#b3362b",
        error="#b3362b",
        success="#4f6b1f",
        foreground="#2b2822",
        background="#faf7f0",
        surface="#f4efe4",
        panel="#ece6d9",
        dark=False,
        variables={
            "page-dim": "#6a645a",
            "page-rule": "#d9d2c3",
            "page-cursor": "#ece6d9",
            "page-strong": "#12100c",
            "input-selection-background": "#94500f 25%",
            "block-cursor-background": "#94500f",
            "block-cursor-foreground": "#faf7f0",
        },
    ),
)


def show_theme(app: App[Any], config: Config) -> tuple[str, ...]:
    """Show the theme that is set; one that is not there is named with its line, and changes nothing."""
    if config.theme in app.available_themes:
        app.theme = config.theme
        return ()
    from difflib import get_close_matches

    from newsreader.config.lines import setting_line

    near = get_close_matches(config.theme, app.available_themes, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else f"{app.theme} is used."
    line = setting_line(config.paths, "screen", "theme")
    place = f"config.toml, line {line}" if line else "settings.toml"
    return (f"{place}: there is no theme {config.theme}. {hint}",)


def page_colours(theme: Theme) -> Mapping[str, str]:
    """The panes' colours for a theme that does not name them, mixed from its foreground and background.

    A theme that follows the terminal's palette has colours that cannot be mixed: then the words alone carry.
    """
    if theme.ansi:
        return {"page-dim": "ansi_default", "page-rule": "ansi_default", "page-cursor": "ansi_default",
                "page-strong": "ansi_default"}  # fmt: skip
    background = Color.parse(theme.background or ("#121212" if theme.dark else "#efefef"))
    foreground = Color.parse(theme.foreground or ("#e0e0e0" if theme.dark else "#1f1f1f"))
    mixed = {"page-dim": 0.66, "page-rule": 0.18, "page-cursor": 0.1}
    colours = {name: background.blend(foreground, share).hex for name, share in mixed.items()}
    return {**colours, "page-strong": foreground.hex}
