"""Themes of the person's own: `themes/NAME.toml` beside config.toml, a few colours from which the others follow.

A mistake is a sentence with file, line and the nearest name; what is right of the file is used all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from newsreader.config.lines import line_of, mistake_in, setting_line
from newsreader.config.reading import read_toml
from newsreader.text import one_line
from newsreader.ui.colours import DARK, derived, is_colour
from newsreader.ui.words import mistakes
from newsreader.ui.words.themes import FIELDS, HEAD

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from newsreader.config import Config, Paths
    from newsreader.ui.colours import Palette

_NAME: Final = re.compile(r"\w[\w. -]*")
_GIVEN: Final = ("background", "text", "accent", "warning")  # what the example sets; the rest follows
_LONG: Final = 300  # characters of a sentence about a mistake


def theme_file(paths: Paths, name: str) -> Path | None:
    """Where the file of a theme of the person's own lies, if there is one of this name."""
    path = paths.themes / f"{name}.toml"
    return path if _NAME.fullmatch(name) and path.is_file() else None


def own_themes(paths: Paths) -> tuple[str, ...]:
    """The names of the person's own themes."""
    return tuple(sorted(path.stem for path in paths.themes.glob("*.toml") if _NAME.fullmatch(path.stem)))


def read_named_theme(paths: Paths, name: str, others: Iterable[str] = ()) -> tuple[Palette | None, tuple[str, ...]]:
    """The palette of the person's theme of this name, and what is wrong; `others` are the themes that need no file."""
    path = theme_file(paths, name)
    if path is not None:
        return read_theme(path)
    line = setting_line(paths, "screen", "theme")
    place = mistakes.in_line(line, "screen") if line else paths.settings_file.name
    about = mistakes.at(place, mistakes.no_theme(name, nearest(name, (*others, *own_themes(paths)))))
    return None, (one_line(about, _LONG),)


def theme_problems(config: Config) -> tuple[str, ...]:
    """What is wrong with the theme that is set, without showing it."""
    if config.theme == "auto" or config.theme.startswith("newsreader-"):
        others: tuple[str, ...] = ("auto", "newsreader-dark", "newsreader-light", "newsreader-terminal")
    else:
        from textual.theme import BUILTIN_THEMES

        others = tuple(BUILTIN_THEMES)
    return () if config.theme in others else read_named_theme(config.paths, config.theme, others)[1]


def read_theme(path: Path) -> tuple[Palette | None, tuple[str, ...]]:
    """The palette of a theme file, and every mistake in it as a sentence. None for what makes no sense at all."""
    name = f"{path.parent.name}/{path.name}"
    try:
        text, given = read_toml(path)
    except OSError as error:
        return None, (mistakes.unreadable(name, error.strerror or str(error)),)
    except (ValueError, RecursionError) as error:
        return None, (one_line(f"{name}, {mistake_in(path, error)}", _LONG),)
    wrong = {key: problem for key, value in given.items() if (problem := _problem(key, value))}
    problems = (mistakes.wrong_line(name, line_of(text, (key,)), problem) for key, problem in wrong.items())
    right = {key: value for key, value in given.items() if key not in wrong}
    return derived(right), tuple(one_line(problem, _LONG) for problem in problems)


def _problem(key: str, value: Any) -> str:
    if key not in FIELDS:
        return mistakes.no_colour(key, nearest(key, FIELDS))
    return "" if is_colour(value) else mistakes.not_a_colour(key, getattr(DARK, key))


def nearest(name: str, known: Iterable[str]) -> str:
    """What may have been meant."""
    from difflib import get_close_matches

    known = list(known)
    near = get_close_matches(name.casefold(), known, n=1, cutoff=0.5)
    return mistakes.meant(near[0]) if near else mistakes.known(known)


def example_theme() -> str:
    """A commented theme file: four colours, and the others to be set by those who want to."""
    lines = [f"# {line}" for line in HEAD.splitlines()]
    for name, about in FIELDS.items():
        comment = "" if name in _GIVEN else "# "
        lines += ["", f"# {about}", f'{comment}{name} = "{getattr(DARK, name)}"']
    return "\n".join(lines) + "\n"
