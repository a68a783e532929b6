"""The app as far as it is about looks: which theme is shown, and what the terminal can show of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual import on
from textual.app import App
from textual.constants import TEXTUAL_ANIMATIONS

from newsreader.ui.themes import (
    AUTO,
    DARK_NAME,
    LIGHT_NAME,
    TERMINAL_NAME,
    THEMES,
    BackgroundTold,
    PageTheme,
    page_variables,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.driver import Driver
    from textual.filter import LineFilter

    from newsreader.config import Config
    from newsreader.ui.terminal import Terminal

_FEW: Final = "256"
_FEWER: Final = frozenset({None, "standard"})  # what rich calls no colours, and sixteen


class ThemedApp(App[None]):
    """Shows a theme by its name as far as the terminal can: sixteen colours are the terminal's own.

    `terminal` is what the app runs in; without one it is taken for one that can do everything and tells nothing.
    """

    theme_wanted = AUTO
    """The theme as the person named it."""

    _terminal: Terminal | None = None
    _filters_of_ours: tuple[LineFilter, ...] = ()
    _few = _fewer = _knows_themes = False

    def __init__(self, config: Config, terminal: Terminal | None) -> None:
        self._terminal = terminal
        super().__init__()
        self._paths = config.paths
        for theme in THEMES:
            self.register_theme(theme)
        self._knows_themes = True
        self.use_animations(on=config.animations)
        if terminal is not None:
            depth = self.console.color_system
            self._few, self._fewer = depth == _FEW, depth in _FEWER
            if not terminal.shows_everything:
                from newsreader.ui.letters import Letters

                self._filters_of_ours = (Letters(terminal.letters),)
        if self.no_color:
            from textual.filter import Monochrome, NoColor

            self._fewer = True
            for each in super().get_line_filters():
                each.enabled = not isinstance(each, Monochrome)  # it would make greys of the terminal's own colours
            self._filters_of_ours += (NoColor(),)
        self.theme_problems = self.use_theme(config.theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def use_theme(self, name: str) -> tuple[str, ...]:
        """Show a theme, its file read anew where it has one; returns what is wrong with it, in sentences.

        What is no theme at all changes nothing.
        """
        problems: tuple[str, ...] = ()
        same = name == self.theme_wanted
        if name != AUTO and not self._is_ready_made(name):
            from newsreader.ui.theme_files import read_named_theme

            palette, problems = read_named_theme(self._paths, name, self.ready_made_themes)
            if palette is None:
                return problems
            theme = self.available_themes.get(name)
            same = same and isinstance(theme, PageTheme) and theme.palette == palette
            self.register_theme(PageTheme(name, palette))
        self.theme_wanted = name
        if not same or not self.is_running:
            self._show_theme()
        return problems

    def take_keys(self) -> None:
        """From now on keys can be taken: what they act on is there."""
        if self._terminal is not None:
            self._terminal.ready.set()

    def use_animations(self, *, on: bool) -> None:
        """Let things move, or not; where TEXTUAL_ANIMATIONS says less, that is what counts."""
        self.animation_level = TEXTUAL_ANIMATIONS if on else "none"

    def use_mouse(self, *, on: bool) -> None:
        """Hear of the mouse, or leave it to the terminal."""
        from newsreader.ui.driver import TerminalDriver

        if isinstance(self._driver, TerminalDriver):
            self._driver.use_mouse(on=on)

    @property
    def ready_made_themes(self) -> tuple[str, ...]:
        """The names of the themes that need no file: "auto", ours, Textual's."""
        ours = tuple(theme.name for theme in THEMES)
        return (
            AUTO,
            *ours,
            *(name for name in self.available_themes if self._is_ready_made(name) and name not in ours),
        )

    @property
    def theme_names(self) -> tuple[str, ...]:
        """The names of all themes: the ready-made and the person's own."""
        from newsreader.ui.theme_files import own_themes

        return (*self.ready_made_themes, *own_themes(self._paths))

    def _is_ready_made(self, name: str) -> bool:
        theme = self.available_themes.get(name)
        return theme is not None and (theme in THEMES or not isinstance(theme, PageTheme))

    def _show_theme(self) -> None:
        """Show the theme that is wanted, or what comes nearest to it here."""
        follows = self.theme_wanted == AUTO
        name = self.theme_wanted
        if follows:
            dark = self._terminal is None or self._terminal.look() is not False
            name = DARK_NAME if dark else LIGHT_NAME
        if self._fewer and not self.available_themes[name].ansi:
            name = TERMINAL_NAME
        if self._terminal is not None and self._terminal.is_followed != follows:
            self._terminal.is_followed = follows
            self._tell_driver(follows=follows)
        if name != self.theme:
            self.theme = name
        elif self.is_running:
            self.mutate_reactive(App.theme)  # its file may say something else now

    def _tell_driver(self, *, follows: bool) -> None:
        if self._driver is None:
            return  # it asks when it begins
        from newsreader.ui.driver import TerminalDriver

        if isinstance(self._driver, TerminalDriver):
            if follows:
                self._driver.follow()
            else:
                self._driver.follow_no_more()

    @on(BackgroundTold)
    def _follow_terminal(self) -> None:
        if self.theme_wanted == AUTO:
            self._show_theme()

    def get_driver_class(self) -> type[Driver]:
        """The driver that hears what the terminal tells of itself."""
        usual = super().get_driver_class()
        if self._terminal is None or usual.__name__ != "LinuxDriver":
            return usual
        from newsreader.ui.driver import driver_for

        return driver_for(self._terminal)

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme, all of them such that they can be read where they stand."""
        variables = super().get_css_variables()
        if self._knows_themes:
            variables |= page_variables(self.current_theme, variables, few=self._few)
            self.theme_variables = variables
        return variables

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What is done to every line, at last in letters and colours that the terminal has."""
        return (*super().get_line_filters(), *self._filters_of_ours)


def show_theme(app: App[Any], config: Config) -> tuple[str, ...]:
    """Let an app follow what is set about its looks; what is wrong is said in sentences."""
    if not isinstance(app, ThemedApp):
        return ()
    app.use_animations(on=config.animations)
    app.use_mouse(on=config.mouse)
    return app.use_theme(config.theme)


def theme_names(app: App[Any]) -> tuple[str, ...]:
    """The names of all themes that an app can show."""
    return app.theme_names if isinstance(app, ThemedApp) else ()


def shows_too_few(app: App[Any]) -> bool:
    """Whether an app shows the terminal's own colours because it has too few for the theme that is wanted."""
    return isinstance(app, ThemedApp) and app.theme == TERMINAL_NAME != app.theme_wanted


def is_to_be_dark(app: App[Any]) -> bool:
    """Whether the theme that is wanted is dark, even where too few colours are there for it."""
    wanted = app.available_themes.get(app.theme_wanted) if isinstance(app, ThemedApp) else None
    return (wanted or app.current_theme).dark
