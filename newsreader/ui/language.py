"""The language of commands, as they are typed after `:` and stand in macros. Pure.

A line holds commands with a `;` between them: `tag later; next`. A command is named by its id, with "-" or "_" and in
any case, or by one of its further names; a ":" before it and a "!" behind it, which other programs want, mean nothing.
A number alone goes to the article of that number. The last argument of a command takes all that is left; one before
it is a word. In double quotes stand several words as one, and a `;` that parts nothing; a backslash keeps a quote in
them. Words that are searched for keep their quotes, which mean something there.
"""

from __future__ import annotations

import difflib
import re
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.query import Mistake
from newsreader.text import one_line
from newsreader.ui.keys import BY_ID, COMMANDS, Command
from newsreader.ui.words import commands as words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MANY: Final = 64  # commands of one line: more are no line that a person wrote
_SHOWN: Final = 40  # characters of a name in a sentence
_ROW: Final = "row"  # the command of a number alone
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"(?=\s|;|$)')
_ESCAPED: Final = re.compile(r"\\(.)")
ALSO: Final[Mapping[str, str]] = {
    "add": "subscribe",
    "back": "close",
    "bookmark": "star",
    "browser": "open-in-browser",
    "copy": "yank",
    "go": "goto",
    "go_all": "all",
    "go_begun": "continue",
    "go_bookmarks": "bookmarks starred",
    "go_hidden": "hidden",
    "go_later": "queue",
    "go_today": "today",
    "go_unread": "unread",
    "help": "h keys",
    "import_opml": "import opml",
    "later": "read-later",
    "mark_all_read": "mark-feed-read",
    "next_article": "cnext",
    "next_unread": "n next",
    "open": "e edit",
    "previous_article": "cprevious",
    "previous_unread": "p prev previous prev-unread",
    "quit": "q qa wq x exit",
    "redo": "red",
    "refresh": "reload",
    "refresh_all": "reload-all",
    "tags": "tag edit-flags",
    "theme": "colorscheme",
    "toggle_read": "read toggle-article-read",
    "undo": "u",
    "write": "w save",
}
"""Further names by which commands are typed, as hands from newsboat and vim know them."""

_NAME: Final = re.compile(r"[^\s;\"]+")


class Kind(StrEnum):
    """What an argument is; it decides how it is completed and checked."""

    NUMBER = "number"
    WORDS = "words"
    """Text as it stands, its quotes too."""
    QUERY = "query"
    """The same, to be searched for."""
    NAME = "name"
    """Any name, in quotes where it must be."""
    SOURCE = "source"
    FOLDER = "folder"
    INTO = "into"
    """A folder, or a new one."""
    TAGS = "tags"
    LABELS = "labels"
    """Tags of sources."""
    PLACE = "place"
    THEME = "theme"
    BRIEF = "brief"
    """What can be said of an article in short."""
    FILE = "file"
    ADDRESS = "address"
    SETTING = "setting"
    COMMAND = "command"


AS_IT_STANDS: Final = frozenset({Kind.WORDS, Kind.QUERY})
"""What keeps its quotes, which mean something there."""


class Argument(NamedTuple):
    """What may stand behind a command."""

    kind: Kind
    optional: bool

    @property
    def shown(self) -> str:
        """How it is written where it is explained: "FILE", "[TAGS]"."""
        name = words.KINDS[self.kind]
        return f"[{name}]" if self.optional else name


class Call(NamedTuple):
    """A command with its arguments."""

    command: Command
    arguments: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The one way to write it."""
        last = len(self.arguments) - 1
        written = (
            each if kind in AS_IT_STANDS else _quoted(each, whole=number == last)
            for number, (each, kind) in enumerate(zip(self.arguments, _kinds(self.command), strict=False))
        )
        return " ".join((name_of(self.command), *written))


class Understood(NamedTuple):
    """A line as it was understood: what is to be done, and the mistakes. With a mistake nothing of it is done."""

    calls: tuple[Call, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


class Part(NamedTuple):
    """A stretch of a line: a command with its arguments, or one of them; `text` is what it means without quotes."""

    start: int
    end: int
    text: str


class Standing(NamedTuple):
    """Where in a line somebody writes: in the name of a command (`argument` None), or in an argument of it."""

    start: int
    end: int
    typed: str
    command: Command | None = None
    argument: Argument | None = None


def name_of(command: Command) -> str:
    """The name by which a command is typed."""
    return command.id.replace("_", "-")


def names_of(command: Command) -> tuple[str, ...]:
    """All names by which it can be typed."""
    return (name_of(command), *ALSO.get(command.id, "").split())


def usage_of(command: Command) -> str:
    """A command with what it takes: "tags [TAGS]"."""
    return " ".join((name_of(command), *(argument.shown for argument in arguments_of(command))))


@cache
def arguments_of(command: Command) -> tuple[Argument, ...]:
    """What a command takes, as the table says it."""
    return tuple(Argument(Kind(word.removesuffix("?")), word.endswith("?")) for word in command.takes.split())


def command_named(name: str) -> Command | None:
    """The command that is typed so."""
    return _by_name().get(_bare(name))


def nearest(name: str) -> Command | None:
    """The command that was probably meant by a name that none has: one that begins so, else one that looks alike."""
    bare = _bare(name)
    known = _by_name()
    begun = next((command for each, command in known.items() if bare and each.startswith(bare)), None)
    if begun is not None:
        return begun
    near = difflib.get_close_matches(bare[:_SHOWN], known, n=1, cutoff=0.6)
    return known[near[0]] if near else None


def understand(line: str) -> Understood:
    """Read a line. Never raises: what cannot be understood is a mistake that says where it stands."""
    calls: list[Call] = []
    mistakes: list[Mistake] = []
    for piece in list(_pieces(line))[:MANY]:
        read = _read(piece)
        if isinstance(read, Call):
            calls.append(read)
        elif read is not None and calls and not mistakes and Kind.COMMAND in _kinds(calls[-1].command):
            mistakes.append(Mistake(read.start, read.end, words.in_quotes(name_of(calls[-1].command))))
        elif read is not None:
            mistakes.append(read)
    return Understood(tuple(calls), tuple(mistakes))


def standing(line: str, cursor: int) -> Standing:
    """What somebody writes whose cursor stands there: from its beginning to the cursor."""
    piece = next(each for each in _pieces(line[:cursor], final=True) if each.end >= cursor)
    lead = _lead(piece.text)
    name = _NAME.match(piece.text, lead)
    start = piece.start + lead
    if name is None or name.end() == len(piece.text):
        return Standing(start, cursor, line[start:cursor])
    command = command_named(name.group())
    if command is None:
        return Standing(cursor, cursor, "")
    given = _parts(piece.text, name.end(), len(arguments_of(command)), piece.start)
    wanted = arguments_of(command)
    if len(given) < len(wanted) and piece.text[-1:].isspace() and (not given or given[-1].end < cursor):
        given.append(Part(cursor, cursor, ""))
    if not wanted or not given or len(given) > len(wanted):
        return Standing(cursor, cursor, "", command)
    last = given[-1]
    typed = line[last.start : cursor]
    return Standing(last.start, cursor, typed.lstrip('"'), command, wanted[len(given) - 1])


def written(calls: Iterable[Call]) -> str:
    """Commands as a line."""
    return "; ".join(call.text for call in calls)


def in_place(text: str, argument: Argument) -> str:
    """An argument as it is put into a line."""
    return text if argument.kind in AS_IT_STANDS else _quoted(text, whole=True)


@cache
def _by_name() -> dict[str, Command]:
    return {_bare(name): command for command in COMMANDS for name in names_of(command)}


def _bare(name: str) -> str:
    return name.rstrip("!").casefold().replace("-", "").replace("_", "")


def _kinds(command: Command) -> tuple[Kind, ...]:
    return tuple(argument.kind for argument in arguments_of(command))


def _quoted(text: str, *, whole: bool) -> str:
    """An argument that is read as it was, in quotes where it must be; `whole` takes spaces without them."""
    plain = text == text.strip() and text and not text.startswith('"') and ";" not in text
    if plain and (whole or not re.search(r"\s", text)) and not re.search(r'\s"', text):
        return text
    escaped = re.sub(r'(["\\])', r"\\\1", text)
    return f'"{escaped}"'


def _pieces(line: str, *, final: bool = False) -> Iterator[Part]:
    """The commands of a line, whatever stands between two `;`; with `final` an empty last one too."""
    start = place = 0
    while place <= len(line):
        if place == len(line) or line[place] == ";":
            if line[start:place].strip(": \t") or (final and place == len(line)):
                yield Part(start, place, line[start:place])
            start = place + 1
        elif line[place] == '"' and (place == start or line[place - 1].isspace()):
            quoted = _QUOTED.match(line, place)
            place = quoted.end() - 1 if quoted else place
        place += 1


def _lead(piece: str) -> int:
    """Where the name of a command begins: after spaces and colons."""
    return len(piece) - len(piece.lstrip(": \t\r\n"))


def _read(piece: Part) -> Call | Mistake | None:
    lead = _lead(piece.text)
    name = _NAME.match(piece.text, lead)
    start = piece.start + lead
    if name is None:
        return Mistake(start, piece.end, words.no_command(one_line(piece.text[lead:], _SHOWN), None))
    if name.group().isascii() and name.group().isdecimal() and not piece.text[name.end() :].strip():
        return Call(BY_ID[_ROW], (str(int(name.group()[:_SHOWN])),))
    command = command_named(name.group())
    if command is None:
        meant = nearest(name.group())
        shown = name_of(meant) if meant is not None else None
        said = words.no_command(one_line(name.group(), _SHOWN), shown)
        return Mistake(start, piece.start + name.end(), said, shown)
    given = _parts(piece.text, name.end(), max(1, len(arguments_of(command))), piece.start)
    return _check(command, given, piece, start)


def _check(command: Command, given: list[Part], piece: Part, start: int) -> Call | Mistake:
    wanted = arguments_of(command)
    if len(given) > len(wanted):
        return Mistake(given[len(wanted)].start, piece.end, words.takes_nothing(name_of(command)), "")
    if len(given) < len(wanted) and not wanted[len(given)].optional:
        lacking = wanted[len(given)]
        return Mistake(start, piece.end, words.lacks(name_of(command), lacking.shown))
    values: list[str] = []
    for part, argument in zip(given, wanted, strict=False):
        text = part.text
        if argument.kind is Kind.NUMBER:
            if not (text.isascii() and text.isdecimal()):
                said = words.no_number(name_of(command), one_line(text, _SHOWN))
                return Mistake(part.start, part.end, said)
            text = str(int(text[:_SHOWN]))
        elif argument.kind in AS_IT_STANDS:
            text = piece.text[part.start - piece.start : part.end - piece.start]  # its quotes mean something
        values.append(text)
    return Call(command, tuple(values))


def _parts(piece: str, place: int, most: int, offset: int) -> list[Part]:
    """The arguments behind the name of a command: words, of which the last takes all that is left."""
    found: list[Part] = []
    while True:
        place += len(piece[place:]) - len(piece[place:].lstrip())
        if place >= len(piece):
            return found
        rest = piece[place:].rstrip()
        if len(found) + 1 >= most:
            whole = _QUOTED.fullmatch(rest)
            found.append(Part(offset + place, offset + place + len(rest), _plain(whole) if whole else rest))
            return found
        quoted = _QUOTED.match(piece, place)
        end = quoted.end() if quoted else place + len(rest.split(maxsplit=1)[0])
        found.append(Part(offset + place, offset + end, _plain(quoted) if quoted else piece[place:end]))
        place = end


def _plain(quoted: re.Match[str]) -> str:
    return _ESCAPED.sub(r"\1", quoted.group(1))
