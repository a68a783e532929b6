"""Which keys do what: the table of commands under a preset, the person's `[keys]` and their own macros.

Loads no textual: the command line prints from it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsreader.bounds import MISTAKES_GUESSED
from newsreader.text import one_line
from newsreader.ui.foot_keys import FOOT, FOOT_SPECIAL
from newsreader.ui.keys import (
    BY_ID,
    COMMANDS,
    COUNTS,
    MACROS,
    NAMES,
    PANES,
    Command,
    Where,
    parse_keys,
    show_sequence,
)
from newsreader.ui.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from newsreader.config import Config
    from newsreader.ui.keys import Sequence

MACRO_PREFIX: Final = ","
_RESERVED: Final = frozenset({"ctrl+c", "ctrl+q", "ctrl+i", "ctrl+m", "ctrl+h", "ctrl+["})
_MODIFIER: Final = re.compile(r"(?:(?:ctrl|shift|alt)\+)+")
_DEFAULT: Final = "default"


def preset_keys(preset: str) -> Mapping[str, str]:
    """Every command's id with its keys in a preset, in the order of the table."""
    if preset == _DEFAULT:  # the reader starts without looking at the others
        return {command.id: command.keys for command in COMMANDS}
    from newsreader.ui.presets import PRESETS

    return {command.id: PRESETS[preset].get(command.id, command.keys) for command in COMMANDS}


def keymap_of(config: Config) -> Keymap:
    """The keys as the person's config.toml has them."""

    def line_of(table: str, name: str) -> int:
        from newsreader.config.lines import setting_line

        return setting_line(config.paths, table, name)

    return Keymap(config.keys, line_of, preset=config.preset, macros=config.macros)


def table(keymap: Keymap | None = None) -> str:
    """The commands as a Markdown table, for README."""
    from newsreader.ui.language import usage_of

    keymap = keymap or Keymap()
    lines = ["| Key | Does |", "|---|---|"]
    for command in keymap.commands:
        shown = " ".join(f"`{keys}`" for keys in keymap.keys_of(command.id)) or f"`:{usage_of(command)}`"
        lines.append(f"| {shown} | {command.help} |".replace("`|`", "`\\|`"))
    return "\n".join(lines) + "\n"


def _is_key(key: str) -> bool:
    name = _MODIFIER.sub("", key) or key
    return name in NAMES or (len(name) == 1 and name.isprintable() and not name.isspace())


class Keymap:
    """Which keys do what in which pane.

    `problems` are sentences about what in `[keys]` and `[macros]` could not be followed, with the line of config.toml.
    """

    def __init__(
        self,
        chosen: Mapping[str, str] | None = None,
        line_of: Callable[[str, str], int] | None = None,
        *,
        preset: str = _DEFAULT,
        macros: Mapping[str, str] | None = None,
    ) -> None:
        self.problems: tuple[str, ...] = ()
        self.preset = self._known_preset(preset, line_of)
        self._line_of = line_of
        self._keys: dict[str, tuple[Sequence, ...]] = {}
        self._main: dict[str, str] = {}
        self._taken: dict[tuple[Where, Sequence], Command] = {}
        self._begun: dict[tuple[Where, Sequence], Command] = {}  # what begins a longer one, with the first such command
        self._table = {name: parse_keys(keys) for name, keys in preset_keys(self.preset).items()}
        wishes = {name: parse_keys(keys) for name, keys in (chosen or {}).items() if self._is_command(name)}
        self._left = {name: keys for name, keys in self._table.items() if name not in wishes}
        self._grant_macros(macros or {})
        for name, sequences in wishes.items():
            self._grant(BY_ID[name], [each for each in sequences if self._is_possible(BY_ID[name], each)])
        for command in COMMANDS:
            if not self._keys.get(command.id) and wishes.get(command.id) != ():  # an empty wish takes all keys away
                self._keep_defaults(command)

    @property
    def commands(self) -> tuple[Command, ...]:
        """Every command of the table, and the person's macros after them."""
        return (*COMMANDS, *self._macros)

    def press(self, pending: Sequence, key: str, where: Where) -> Command | Sequence | None:
        """What a key does after the keys that are pending: a command, the longer pending sequence, or nothing."""
        sequence = (*pending, key)
        for here in _places(where):
            command = self._taken.get((here, sequence))
            if command is not None:
                return command
            if (here, sequence) in self._begun:
                return sequence
        return None

    def command_of(self, sequence: Sequence, where: Where) -> Command | None:
        """What a whole sequence does in a pane."""
        return next(filter(None, (self._taken.get((here, sequence)) for here in _places(where))), None)

    def ways_on(self, pending: Sequence, where: Where) -> tuple[tuple[str, str], ...]:
        """What may follow a pending sequence: the next keys as shown, and the label of the command they give."""
        return tuple(
            (show_sequence(taken[len(pending) :]), _(command.label))
            for (place, taken), command in self._taken.items()
            if place in _places(where) and len(taken) > len(pending) and taken[: len(pending)] == pending
            if self.command_of(taken, where) is command  # and no other comes before it here
        )

    def ways_to_count(self, where: Where) -> tuple[tuple[str, str], ...]:
        """The commands that take a count in a pane: their main keys, and what the count does to them."""
        places = set(_places(where))
        return tuple(
            (self.key_of(name), _(does))
            for name, does in COUNTS.items()
            if (keys := self._keys.get(name)) and not places.isdisjoint(BY_ID[name].where)
            if self.command_of(keys[0], where) is BY_ID[name]  # and no other comes before it here
        )

    def keys_of(self, command_id: str) -> tuple[str, ...]:
        """The sequences of a command as the screen shows them; the first is its main one."""
        return tuple(show_sequence(sequence) for sequence in self._keys.get(command_id, ()))

    def key_of(self, command_id: str) -> str:
        """The main key of a command as the screen shows it, or how it is typed where it has none."""
        if command_id not in self._main:  # a source list asks for each of its rows
            self._main[command_id] = next(iter(self.keys_of(command_id)), f":{command_id.replace('_', '-')}")
        return self._main[command_id]

    def foot(self, where: Where, *, special: bool = False) -> tuple[tuple[str, str], ...]:
        """The six keys of the foot line for a pane, each with its word.

        It is `special` where articles are selected in the list, and where there are no comments in their place.
        """
        shown = self._foot(where, special=special)
        return tuple(("/".join(self.key_of(name) for name in names), _(word)) for names, word in shown)

    def foot_commands(self, where: Where, *, special: bool = False) -> tuple[str, ...]:
        """The commands of the keys that the foot line shows, one for each."""
        return tuple(names[0] for names, _word in self._foot(where, special=special))

    def _foot(self, where: Where, *, special: bool) -> Iterator[tuple[tuple[str, ...], str]]:
        listed = FOOT_SPECIAL.get(where, FOOT[where]) if special else FOOT[where]
        return (each for each in listed if all(self.keys_of(name) for name in each[0]))

    # How it is put together

    def _known_preset(self, preset: str, line_of: Callable[[str, str], int] | None) -> str:
        if preset == _DEFAULT:
            return preset
        from newsreader.ui.presets import PRESETS

        if preset in PRESETS:
            return preset
        from newsreader.ui.words import mistakes

        self._line_of = line_of
        self._report("preset", mistakes.no_preset(preset, PRESETS))
        return _DEFAULT

    def _grant_macros(self, macros: Mapping[str, str]) -> None:
        self._macros: tuple[Command, ...] = ()
        for keys, line in macros.items():
            sequences = [(MACRO_PREFIX, *sequence) for sequence in parse_keys(keys)]
            name = f"{MACRO_PREFIX} {one_line(keys)}"
            shown = one_line(line)
            macro = Command(name, name, shown, shown, MACROS, PANES, line=line)
            possible = [each for each in sequences if self._is_possible(macro, each, table="macros")]
            if possible and self._makes_sense(keys, line):
                self._macros = (*self._macros, macro)
                self._grant(macro, possible)

    def _makes_sense(self, name: str, line: str) -> bool:
        from newsreader.ui.language import understand
        from newsreader.ui.words import mistakes

        understood = understand(line)
        for mistake in understood.mistakes:
            self._report(name, mistake.sentence, "macros")
        if not understood.calls and not understood.mistakes:
            self._report(name, mistakes.names_no_command(f"{MACRO_PREFIX} {name}"), "macros")
        return bool(understood.calls) and not understood.mistakes

    def _keep_defaults(self, command: Command) -> None:
        mine = self._table[command.id]
        free = [sequence for sequence in mine if not self._clash(command, sequence)]
        self._grant(command, free)
        if mine and not free:
            from newsreader.ui.words import mistakes

            taker = self._clash(command, mine[0])
            self._report(taker, mistakes.no_key_left(show_sequence(mine[0]), taker, command.id))

    def _is_command(self, name: str) -> bool:
        if name in BY_ID:
            return True
        from difflib import get_close_matches

        from newsreader.ui.words import mistakes

        near = get_close_matches(name, BY_ID if len(self.problems) < MISTAKES_GUESSED else (), n=1, cutoff=0.5)
        self._report(name, mistakes.no_command(name, near[0] if near else ""))
        return False

    def _is_possible(self, command: Command, sequence: Sequence, *, table: str = "keys") -> bool:
        problem = self._problem_with(command, sequence)
        if problem:
            self._report(command.id if table == "keys" else command.id.removeprefix(f"{MACRO_PREFIX} "), problem, table)
        return not problem

    def _problem_with(self, command: Command, sequence: Sequence) -> str:
        """Why a command cannot have a sequence; "" where it can."""
        from newsreader.ui.words import mistakes

        shown, name = show_sequence(sequence), command.id
        for key in sequence:
            if key in _RESERVED:
                return mistakes.RESERVED[key].format(command=name)
            if not _is_key(key):
                return mistakes.no_key(key)
        if sequence[0].isdigit():
            return mistakes.a_count(sequence[0], name)
        for other, theirs in self._others(command):
            if _begins(sequence, theirs):
                return mistakes.begins(shown, show_sequence(theirs))
            if _begins(theirs, sequence):
                return mistakes.begun_by(show_sequence(theirs), shown, other if other in BY_ID else "")
        taker = self._clash(command, sequence)
        return mistakes.taken(shown, taker) if taker and taker != name else ""

    def _others(self, command: Command) -> Iterable[tuple[str, Sequence]]:
        """What other commands of its panes have, or will have where nothing else is wished for them."""
        places = set(command.where)
        for name, sequences in (*self._keys.items(), *self._left.items()):
            where = BY_ID[name].where if name in BY_ID else PANES
            if name != command.id and not places.isdisjoint(where):
                yield from ((name, each) for each in sequences)

    def _clash(self, command: Command, sequence: Sequence) -> str:
        """The id of the command that has this sequence, or one that begins or continues it, in one of the panes."""
        for place in command.where:
            beginnings = (self._taken.get((place, sequence[:length])) for length in range(1, len(sequence) + 1))
            taker = next(filter(None, beginnings), None) or self._begun.get((place, sequence))
            if taker:
                return taker.id
        return ""

    def _grant(self, command: Command, sequences: Iterable[Sequence]) -> None:
        for sequence in sequences:
            self._keys[command.id] = (*self._keys.get(command.id, ()), sequence)
            for place in command.where:
                self._taken[place, sequence] = command
                for length in range(1, len(sequence)):
                    self._begun.setdefault((place, sequence[:length]), command)

    def _report(self, name: str, problem: str, table: str = "keys") -> None:
        from newsreader.ui.words import mistakes

        line = self._line_of(table, name) if self._line_of else 0
        self.problems = (*self.problems, mistakes.at(mistakes.in_line(line, table), problem))


_BEFORE: Final[Mapping[Where, tuple[Where, ...]]] = {
    Where.FINDING: (Where.FINDING, Where.READER),
    Where.ASIDE: (Where.ASIDE, Where.READER),
    Where.DISCUSSION: (Where.DISCUSSION, Where.READER),
    Where.SEEKING: (Where.FINDING, Where.DISCUSSION, Where.READER),
}


def _places(where: Where) -> tuple[Where, ...]:
    """Where a key is looked for, in order."""
    return _BEFORE.get(where, (where,))


def _begins(short: Sequence, long: Sequence) -> bool:
    return len(short) < len(long) and long[: len(short)] == short
