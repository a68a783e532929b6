"""Themes: everything can be read in each of them; theme files with mistakes; what the terminal can show."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from rich.color import Color, ColorSystem
from textual.color import Color as TextualColor
from textual.theme import BUILTIN_THEMES

from newsreader.config import Config, Paths
from newsreader.ui.colours import (
    DARK,
    LIGHT,
    READABLE,
    VISIBLE,
    Palette,
    contrast,
    derived,
    is_colour,
    is_dark,
    mixed,
    readable,
)
from newsreader.ui.few_colours import SHOWN, snapped
from newsreader.ui.letters import SIGNS
from newsreader.ui.looks import LOOKS, PLAIN_LOOKS
from newsreader.ui.theme_files import example_theme, own_themes, read_theme, theme_file
from newsreader.ui.themed import ThemedApp
from newsreader.ui.themes import TERMINAL, palette_of
from newsreader.ui.words.themes import FIELDS
from tests.ui.desk import Desk, desk
from tests.ui.test_discussion import talked_about

if TYPE_CHECKING:
    from pathlib import Path

TEXTUALS = [theme for theme in BUILTIN_THEMES.values() if not theme.ansi]
WORDS = ("text", "strong", "dim", "accent", "warning", "good")


def textuals(name: str) -> Palette:
    theme = BUILTIN_THEMES[name]
    return palette_of(theme, theme.to_color_system().generate())


PALETTES = {"dark": DARK, "light": LIGHT, **{theme.name: textuals(theme.name) for theme in TEXTUALS}}


def assert_readable(palette: Palette) -> None:
    for word in WORDS:
        for ground in palette.grounds:
            assert contrast(getattr(palette, word), ground) >= READABLE, (word, ground)
    assert contrast(palette.strong, palette.lit) >= READABLE  # what is found, highlighted, selected
    assert contrast(palette.background, palette.accent) >= READABLE  # the letters of links, the match the eye is on


class TestReading:
    @pytest.mark.parametrize("name", PALETTES)
    def test_every_text_can_be_read_on_everything_it_stands_on(self, name: str) -> None:
        assert_readable(PALETTES[name])

    @pytest.mark.parametrize("name", PALETTES)
    def test_so_it_can_in_256_colours(self, name: str) -> None:
        few = snapped(PALETTES[name])
        assert_readable(Palette(**{field: SHOWN[getattr(few, field)] for field in Palette._fields}))
        assert few.cursor != few.background

    def test_the_terminal_shows_the_256_colours_that_were_meant(self) -> None:
        for sent, shown in SHOWN.items():
            number = Color.parse(sent).downgrade(ColorSystem.EIGHT_BIT).number
            assert number is not None
            triplet = Color.from_ansi(number).get_truecolor()
            assert triplet.hex == shown

    @pytest.mark.parametrize("name", PALETTES)
    def test_signs_and_what_marks_the_focus_are_seen(self, name: str) -> None:
        palette = PALETTES[name]
        for sign in (palette.accent, palette.warning, palette.dim):
            assert contrast(sign, palette.background) >= VISIBLE
            assert contrast(sign, palette.cursor) >= VISIBLE

    def test_what_is_derived_can_be_read_whatever_is_given(self) -> None:
        for background in ("#000000", "#ffffff", "#7f7f7f", "#0000ff", "#ffff00", "#2e3440", "#fdf6e3"):
            palette = derived({"background": background})
            assert contrast(palette.text, background) >= READABLE or palette.text in {"#ffffff", "#000000"}
            for word in ("dim", "accent", "warning", "good"):
                colour = getattr(palette, word)
                assert colour in {"#ffffff", "#000000"} or contrast(colour, background) >= READABLE

    def test_our_contrast_is_that_of_wcag(self) -> None:
        assert contrast("#000", "#ffffff") == pytest.approx(21)
        assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
        assert is_dark("#202020")
        assert not is_dark("#e0e0e0")
        assert mixed("#000000", "#ffffff", 0.5) == "#808080"
        assert readable("#ff0000", ["#000000"]) == "#ff0000"

    def test_without_colours_whatever_is_marked_on_a_page_is_still_marked(self) -> None:
        for name in ("highlight", "chosen", "hint", "match", "match-now", "lit", "keyboard", "code"):
            assert PLAIN_LOOKS[name], name
            assert "$" not in PLAIN_LOOKS[name]
        assert PLAIN_LOOKS.keys() == LOOKS.keys()
        assert PLAIN_LOOKS["match"] != PLAIN_LOOKS["match-now"]


class TestFiles:
    def write(self, folder: Path, text: str, name: str = "mine") -> Path:
        path = folder / "config" / "themes" / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def test_a_few_colours_make_a_theme(self, tmp_path: Path) -> None:
        palette, problems = read_theme(self.write(tmp_path, 'background = "#fff"\naccent = "#8a2be2"\n'))
        assert not problems
        assert palette is not None
        assert palette.accent == "#8a2be2"
        assert not palette.dark
        assert contrast(palette.dim, "#ffffff") >= READABLE

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ('text = "#123456"\n\naccent = "magnta"\n', 'themes/mine.toml, line 3: accent must be a colour such as "#'),
            ("accent = 3\n", "themes/mine.toml, line 1: accent must be a colour"),
            ('\nacent = "#123456"\n', "themes/mine.toml, line 2: there is no colour acent. Did you mean accent?"),
            ('[colours]\naccent = "#123456"\n', "themes/mine.toml, line 1: there is no colour colours."),
            ("accent = \n", "themes/mine.toml, line 1: this is no TOML"),
        ],
    )
    def test_a_mistake_is_named_with_its_line(self, tmp_path: Path, text: str, said: str) -> None:
        _, problems = read_theme(self.write(tmp_path, text))
        assert len(problems) == 1
        assert problems[0].startswith(said)

    def test_what_is_right_of_a_file_with_a_mistake_is_used(self, tmp_path: Path) -> None:
        palette, problems = read_theme(self.write(tmp_path, 'accent = "#12"\nwarning = "#ff8888"\n'))
        assert problems
        assert palette is not None
        assert palette.warning == "#ff8888"

    def test_the_example_is_a_theme_without_mistakes(self, tmp_path: Path) -> None:
        palette, problems = read_theme(self.write(tmp_path, example_theme()))
        assert (palette is not None, problems) == (True, ())
        everything = "\n".join(line.removeprefix("# ") for line in example_theme().splitlines() if '= "#' in line)
        assert tomllib.loads(everything).keys() == FIELDS.keys()
        assert read_theme(self.write(tmp_path, everything)) == (DARK, ())

    def test_files_are_found_by_name_and_nowhere_else(self, tmp_path: Path) -> None:
        self.write(tmp_path, "", "sepia")
        self.write(tmp_path, "", ".hidden")
        paths = Paths.under(tmp_path)
        assert own_themes(paths) == ("sepia",)
        assert theme_file(paths, "sepia") is not None
        assert theme_file(paths, "../themes/sepia") is None

    def test_colours_are_written_as_numbers(self) -> None:
        assert [is_colour(text) for text in ("#fff", "#A0b1C2", "fff", "#ffff", "red", 3, None)] == [
            True, True, False, False, False, False, False,
        ]  # fmt: skip


class TestUsing:
    async def test_a_theme_of_the_persons_own_is_shown_and_shown_anew(self, tmp_path: Path) -> None:
        file = TestFiles().write(tmp_path, 'background = "#102030"\n')
        async with desk(tmp_path, theme="mine") as here:
            assert here.app.screen.styles.background == TextualColor.parse("#102030")
            file.write_text('background = "#fff8e0"\nacent = "#000000"\n', encoding="utf-8")
            (problem,) = here.app.use_theme("mine")
            assert "Did you mean accent?" in problem
            await here.until(lambda: here.app.screen.styles.background == TextualColor.parse("#fff8e0"))

    async def test_a_theme_that_is_nowhere_changes_nothing_and_the_nearest_is_named(self, tmp_path: Path) -> None:
        async with desk(tmp_path) as here:
            (problem,) = here.app.use_theme("gruvbux")
            assert problem == "settings.toml: there is no theme gruvbux. Did you mean gruvbox?"
            assert here.app.theme == "newsreader-dark"
            assert here.app.theme_wanted == "newsreader-dark"

    async def test_animations_are_off_by_one_setting(self, tmp_path: Path) -> None:
        app = ThemedApp(Config(Paths.under(tmp_path), animations=False), None)
        levels: list[str] = [app.animation_level]
        app.use_animations(on=True)
        assert [*levels, app.animation_level] == ["none", "full"]

    async def test_without_colours_the_terminals_own_are_used(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("NO_COLOR", "1")
        async with desk(tmp_path, theme="nord") as here:
            assert here.app.theme == TERMINAL.name
            styles = [
                segment.style for strip in here.app.screen._compositor.render_strips() for segment in strip
                if segment.style is not None
            ]  # fmt: skip
            assert all(style.color is None or style.color.is_default for style in styles)
            assert any(style.reverse for style in styles)  # the cursor, where the focus is
            await here.press("g", "l")
            assert "too few colours" in here.main.foot.plain
            await here.press("g", "l")
            assert here.app.theme_wanted == "newsreader-dark"


SCREENS = (("j",), ("enter", "f"), ("enter", "/", "t", "h", "e", "enter"), ("?",), ("h", "e"), ("g", "s"), (":", "t"))
BESIDE = ((("c",), "Marta K."), (("c", "n", "enter"), "Marta K."), (("i",), "key points"), (("i", "n"), "Names"))
RULES = set("▏ ─│")  # that part things, and say nothing: how deep a comment stands is told by its indent


async def until_shown(here: Desk, words: str) -> None:
    await here.until(lambda: words in here.text)


def assert_painted_readable(here: Desk, keys: tuple[str, ...]) -> None:
    panels = here.app.screen.query(".dialog")
    seen = panels.first().region if panels else here.app.screen.region  # what is behind a panel is faint
    for y, strip in enumerate(here.app.screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            style, words = segment.style, set(segment.text) - RULES
            if words and seen.contains(x, y) and style is not None and style.color and style.bgcolor:
                colours = (style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex)
                least = VISIBLE if words <= SIGNS.keys() else READABLE
                assert contrast(*colours) >= least, (keys, segment.text, colours)
            x += segment.cell_length


@pytest.mark.parametrize("theme", ["newsreader-dark", "newsreader-light"])
async def test_whatever_is_painted_can_be_read(tmp_path: Path, theme: str) -> None:
    async with desk(tmp_path, theme=theme, size=(150, 44)) as here:
        for keys in SCREENS:
            await here.press("g", "a", *keys)
            assert_painted_readable(here, keys)
            await here.press(*["escape"] * 4)


@pytest.mark.parametrize("theme", ["newsreader-dark", "newsreader-light"])
async def test_so_can_comments_and_what_stands_beside_an_article(tmp_path: Path, theme: str) -> None:
    async with desk(tmp_path, theme=theme, size=(150, 44), prepare=talked_about) as here:
        for keys, shown in BESIDE:
            await here.press("g", "a", "enter", *keys)
            await until_shown(here, shown)
            assert_painted_readable(here, keys)
            await here.press(*["escape"] * 4)
