"""The one table of what can be set: config.toml, its example, the panel, `:set` and the checks all come from it."""

from __future__ import annotations

import re
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from newsreader.bounds import AI_CHARACTERS, AI_PATIENCE, MEASURES
from newsreader.errors import UsageError
from newsreader.model import FullTextMode, Keep, read_keep
from newsreader.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from newsreader.config.paths import Paths

Value = str | int | bool | None
"""What a setting can be; None where it may be left out and is."""


class Config(NamedTuple):
    """What the person set, with the defaults for the rest, and every mistake found on the way as a sentence."""

    paths: Paths
    theme: str = "auto"
    animations: bool = True
    measure: int = 76
    mouse: bool = True
    density: str = "comfortable"
    history: bool = True
    stories: bool = False
    bursts: bool = False
    quiet_first: bool = False
    copies: bool = True
    away: int = 5
    browser: str | None = None
    copy_command: str | None = None
    full_text: str = "auto"
    interval: str = "auto"
    on_start: bool = False
    quiet: str | None = None
    keep: str = "all"
    bell: bool = False
    notify_command: str | None = None
    ai_url: str | None = None
    ai_model: str | None = None
    ai_key: str | None = None
    ai_language: str | None = None
    ai_timeout: int = AI_PATIENCE[1]
    ai_characters: int = AI_CHARACTERS[1]
    preset: str = "default"
    keys: Mapping[str, str] = MappingProxyType({})
    macros: Mapping[str, str] = MappingProxyType({})
    enclosures: Mapping[str, str] = MappingProxyType({})
    problems: tuple[str, ...] = ()

    @property
    def retention(self) -> Keep:
        """How long articles are kept of sources for which nothing else is set: for ever, unless the person says so.

        Text is small and disks are large; what is gone can never be had again, and searching costs no more for it.
        """
        return read_keep(self.keep)

    @property
    def full_text_mode(self) -> FullTextMode:
        """What opening an article shows first, of sources for which nothing else is set."""
        modes = {"always": FullTextMode.FULL, "feed": FullTextMode.FEED}
        return modes.get(self.full_text, FullTextMode.AUTO)

    @property
    def seconds(self) -> int | None:
        """The time between two askings of a source for which nothing else is set; None: as often as it posts."""
        number, unit = self.interval[:-1], self.interval[-1]
        return int(number) * _SECONDS[unit] if number.isdecimal() else None

    def is_quiet(self, minute: int) -> bool:
        """Whether this minute of the day is one of the quiet hours."""
        if self.quiet is None:
            return False
        begin, end = _span(self.quiet)
        return begin <= minute < end or (end <= begin and (minute >= begin or minute < end))

    def having(self, setting: Setting, value: Value) -> Config:
        """The same with one setting at another value."""
        changes: dict[str, Any] = {setting.field: value}
        return self._replace(**changes)


class Kind(StrEnum):
    """What a setting is, and so how the panel changes it."""

    SWITCH = "switch"
    """True or false."""
    NUMBER = "number"
    """A whole number from `least` to `most`, by `step`."""
    CHOICE = "choice"
    """One of `choices`. Without any, the reader knows them (themes, presets), and any word can stand in the file."""
    TEXT = "text"
    """A line of text for which `check` holds; `wanted` says what it must be."""


def _is_text(value: str) -> bool:
    return bool(value.strip()) and value == one_line(value)


class Setting(NamedTuple):
    """One row of the table. The field of Config that it fills holds its default."""

    name: str
    """The table and the key of config.toml: "screen.theme"."""
    field: str
    kind: Kind
    label: str
    """What the panel calls it."""
    help: str
    """One line that explains it, in the panel and in the example."""
    more: str = ""
    """What the example has room for beside it."""
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    step: int = 1
    check: Callable[[str], bool] = _is_text
    wanted: str = ""
    example: Value = None
    """What the example shows where the default is nothing."""

    @property
    def table(self) -> str:
        """The table of config.toml in which it stands."""
        return self.name.partition(".")[0]

    @property
    def key(self) -> str:
        """Its key there."""
        return self.name.partition(".")[2]

    @property
    def default(self) -> Value:
        """What it is where nobody set it."""
        value: Value = _DEFAULTS[self.field]
        return value

    def accepts(self, value: Any) -> bool:
        """Whether it can be this, which stood in a file."""
        match self.kind:
            case Kind.SWITCH:
                return isinstance(value, bool)
            case Kind.NUMBER:
                return type(value) is int and self.least <= value <= self.most
            case Kind.CHOICE:
                return isinstance(value, str) and (value in self.choices if self.choices else _is_text(value))
            case Kind.TEXT:
                return isinstance(value, str) and self.check(value)

    def must_be(self) -> str:
        """What it must be, after "must be"."""
        match self.kind:
            case Kind.SWITCH:
                return "true or false"
            case Kind.NUMBER:
                return f"a whole number from {self.least} to {self.most}"
            case Kind.CHOICE if self.choices:
                *others, last = (f'"{choice}"' for choice in self.choices)
                return f"{', '.join(others)} or {last}" if others else last
        return self.wanted

    def read(self, text: str) -> Value:
        """The value that a person wrote on a line. Raises UsageError, in words, for one that it cannot be."""
        words = text.strip()
        value: Value = words
        if self.kind is Kind.SWITCH:
            value = _SWITCH.get(words.casefold(), words)
        elif self.kind is Kind.NUMBER:
            value = int(words) if words.isdecimal() and len(words) < _DIGITS else words
        elif self.default is None and words.casefold() in {"", "none"}:
            return None
        elif self.choices:
            value = next((choice for choice in self.choices if choice.casefold() == words.casefold()), words)
        if not self.accepts(value):
            wanted = "on or off" if self.kind is Kind.SWITCH else self.must_be()
            raise UsageError(f"{self.name} must be {wanted}.")
        return value

    def show(self, value: Value) -> str:
        """A value as a person reads it, and as `read` takes it back."""
        if self.kind is Kind.SWITCH:
            return "on" if value else "off"
        return "none" if value is None else str(value)


_HOUR, _DAY = 60, 24 * 60  # minutes
_SECONDS: Final = {"m": 60, "h": 3_600, "d": 86_400}
_SPAN: Final = r"(\d\d?)(?::(\d\d))? ?- ?(\d\d?)(?::(\d\d))?"
_MODEL_ADDRESS: Final = r"https?://[^\s/?#@]+(/[^\s?#@]*)?"
_KEY: Final = r"env:[A-Za-z_]\w*|(command|file):\S.*"
_SWITCH: Final[Mapping[str, bool]] = {
    **dict.fromkeys(("on", "true", "yes"), True), **dict.fromkeys(("off", "false", "no"), False),
}  # fmt: skip
_DIGITS: Final = 10  # more than any number that can be set has
_DEFAULTS: Final[Mapping[str, Any]] = Config._field_defaults


def _span(value: str) -> tuple[int, int]:
    """The minutes of the day at which quiet hours begin and end. Raises ValueError for what are none."""
    found = re.fullmatch(_SPAN, value.strip())
    if found is None:
        raise ValueError(value)
    hours, minutes = (int(found[1]), int(found[3])), (int(found[2] or 0), int(found[4] or 0))
    begin, end = (60 * hour + minute for hour, minute in zip(hours, minutes, strict=True))
    if begin == end or max(begin, end) > _DAY or max(minutes) >= _HOUR:
        raise ValueError(value)
    return begin, end


def _is_span(value: str) -> bool:
    try:
        return bool(_span(value))
    except ValueError:
        return False


def _is_model_address(value: str) -> bool:
    return _is_text(value) and re.fullmatch(_MODEL_ADDRESS, value, re.IGNORECASE) is not None


def _is_key(value: str) -> bool:
    return _is_text(value) and re.fullmatch(_KEY, value) is not None


def _is_keep(value: str) -> bool:
    try:
        return bool(read_keep(value))
    except ValueError:
        return False


SETTINGS: Final = (
    Setting(
        "screen.theme", "theme", Kind.CHOICE, "Theme",
        "auto is dark or light as the terminal is; your own themes are themes/NAME.toml",
        "newsreader-dark, newsreader-light, newsreader-terminal (its own colours), one of Textual's (nord, gruvbox …)",
        wanted="the name of a theme",
    ),
    Setting(
        "screen.density", "density", Kind.CHOICE, "Density",
        "comfortable, two lines and more to an article, or compact, one line to each",
        choices=("comfortable", "compact"),
    ),
    Setting("screen.animations", "animations", Kind.SWITCH, "Animations", "off lets nothing on the screen move"),
    Setting("screen.mouse", "mouse", Kind.SWITCH, "Mouse", "off leaves the mouse to the terminal"),
    Setting(
        "screen.history", "history", Kind.SWITCH, "Keep what is typed",
        "off keeps no typed commands and no searches after the end, and takes away what was kept",
    ),
    Setting(
        "reader.measure", "measure", Kind.NUMBER, "Line length", "characters in a line of an article, 40 to 120",
        least=MEASURES[0], most=MEASURES[1], step=4,
    ),
    Setting(
        "reader.full_text", "full_text", Kind.CHOICE, "Full text",
        "auto fetches it where the feed is short, always of everything, feed of nothing; each source can differ",
        choices=("auto", "always", "feed"),
    ),
    Setting(
        "list.stories", "stories", Kind.SWITCH, "A row a story",
        "on folds what several sources tell of one event into one row, which unfolds in its place",
    ),
    Setting(
        "list.bursts", "bursts", Kind.SWITCH, "Fold bursts",
        "on folds six articles and more that one source posts in a row within a day into one row",
    ),
    Setting(
        "list.quiet_first", "quiet_first", Kind.SWITCH, "Quiet sources first",
        "on puts what sources brought that post about once a week or less above all others",
    ),
    Setting(
        "list.copies", "copies", Kind.SWITCH, "Copies together",
        "reading an article reads the same text in other sources too; never what is bookmarked or in Later",
    ),
    Setting(
        "list.away", "away", Kind.NUMBER, "Days away",
        "after so many days away one line offers to catch up; 0 offers nothing",
        most=365,
    ),
    Setting(
        "refresh.interval", "interval", Kind.CHOICE, "Refresh every",
        "auto asks each source as often as it posts; manual asks none unless you do; each source can differ",
        choices=("auto", "15m", "30m", "1h", "2h", "4h", "8h", "1d", "manual"),
    ),
    Setting(
        "refresh.on_start", "on_start", Kind.SWITCH, "Refresh at start",
        "on asks every source when the reader is opened, but those that were asked a quarter of an hour ago",
    ),
    Setting(
        "refresh.quiet", "quiet", Kind.TEXT, "Quiet hours",
        "hours of the day in which nothing is refreshed unless you ask, and no bell rings, as 23:00-07:00",
        check=_is_span, wanted="hours as 23:00-07:00", example="23:00-07:00",
    ),
    Setting(
        "retention.keep", "keep", Kind.TEXT, "Keep articles",
        'all, or 90d, or the newest 500 of each source, or both: "90d 500"; by tag: "90d; #wire 7d"',
        'what you kept on purpose stays, and what is unread, unless "unread" stands there too; '
        "`newsreader retention` shows what would go",
        check=_is_keep, wanted="all, 90d, 500 or 90d 500",
    ),
    Setting(
        "notify.bell", "bell", Kind.SWITCH, "Bell",
        "rings the terminal's bell when a rule or a source has to tell you of articles",
    ),
    Setting(
        "notify.command", "notify_command", Kind.TEXT, "Notify by",
        "desktop (notify-send), or a command that is started then, with what is to be told as its last argument",
        "not more than once a refresh, and not in quiet hours",
        wanted="desktop, or a command", example="desktop",
    ),
    Setting(
        "browser.command", "browser", Kind.TEXT, "Browser",
        "a command that opens links; without it $BROWSER, then the system's",
        "the address is added as its last argument",
        wanted="a command", example="firefox --new-tab",
    ),
    Setting(
        "copy.command", "copy_command", Kind.TEXT, "Copy by",
        "a command that gets what you copy on its standard input",
        "for terminals that know no OSC 52",
        wanted="a command", example="wl-copy",
    ),
    Setting(
        "ai.base_url", "ai_url", Kind.TEXT, "AI server",
        "an OpenAI-compatible server; without it there is no AI, and nothing is sent anywhere",
        "Ollama http://localhost:11434/v1, llama.cpp http://localhost:8080/v1, LM Studio http://localhost:1234/v1",
        check=_is_model_address, wanted="an http or https address without a password",
        example="http://localhost:11434/v1",
    ),
    Setting(
        "ai.model", "ai_model", Kind.TEXT, "AI model", "its name there; `newsreader ai` lists those that there are",
        wanted="the name of a model", example="llama3.2",
    ),
    Setting(
        "ai.key", "ai_key", Kind.TEXT, "AI key",
        "where the key is, never the key: env:NAME, command:PROGRAM or file:PATH",
        "the first line of what the program prints, without a shell; a file that only you may read (chmod 600)",
        check=_is_key, wanted="where the key is, and not the key: env:NAME, command:PROGRAM or file:PATH",
        example="env:OPENAI_API_KEY",
    ),
    Setting(
        "ai.language", "ai_language", Kind.TEXT, "AI answers in",
        "the language of answers and translations; without it that of your system",
        wanted="the name of a language", example="English",
    ),
    Setting(
        "ai.timeout", "ai_timeout", Kind.NUMBER, "AI patience",
        f"seconds without a word after which a model is given up, {AI_PATIENCE[0]} to {AI_PATIENCE[2]}",
        least=AI_PATIENCE[0], most=AI_PATIENCE[2], step=30,
    ),
    Setting(
        "ai.max_characters", "ai_characters", Kind.NUMBER, "AI text at most",
        "characters of a text; what is longer is cut, and said to be. Models have room for so much only",
        "four characters are about a token",
        least=AI_CHARACTERS[0], most=AI_CHARACTERS[2], step=2_000,
    ),
    Setting(
        "keys.preset", "preset", Kind.CHOICE, "Keys", "default, newsboat, vim or web: where the hands know their keys",
        wanted="the name of a preset",
    ),
)  # fmt: skip
"""Every setting, in the order of the example and of the panel; those of one table stand together, [keys] last."""


def find_setting(name: str) -> Setting:
    """The setting of this name, or of this key where only one table has it. Raises UsageError with the nearest."""
    from difflib import get_close_matches

    wanted = name.strip().casefold().replace("-", "_")
    names = {each.name: each for each in SETTINGS}
    keys = [each for each in SETTINGS if each.key == wanted]
    if wanted in names or len(keys) == 1:
        return names.get(wanted) or keys[0]
    if keys:
        raise UsageError(f"{wanted} could be {' or '.join(each.name for each in keys)}.")
    near = get_close_matches(wanted, [*names, *(each.key for each in SETTINGS)], n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(names)}."
    raise UsageError(f"There is no setting {one_line(name, 40)}. {hint}")
