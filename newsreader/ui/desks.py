"""The place of a desk on the main screen: which commands are done there, and how it comes to be when it is needed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Self, overload

if TYPE_CHECKING:
    from newsreader.ui.desk import Desk
    from newsreader.ui.keeping import KeepingPanes


class Reserved:
    """The place of a desk: its module is loaded, and the desk made, when it is first asked for."""

    def __init__(self, where: str, commands: tuple[str, ...], beside: tuple[str, ...] = ()) -> None:
        self.commands = commands
        self._where = where
        self._beside = beside
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, main: None, owner: type) -> Self: ...
    @overload
    def __get__(self, main: KeepingPanes, owner: type) -> Desk: ...
    def __get__(self, main: KeepingPanes | None, owner: type) -> Self | Desk:
        if main is None:
            return self
        desk = self.kind()(main, *(getattr(main, each) for each in self._beside))
        main.__dict__[self._name] = desk  # where Python looks first from now on
        return desk

    def kind(self) -> type[Desk]:
        """The class of the desk."""
        module, _, name = self._where.partition(".")
        kind: type[Desk] = getattr(import_module(f"newsreader.ui.{module}"), name)
        return kind


def desk(where: str, *commands: str, beside: tuple[str, ...] = ()) -> Any:
    """Reserve a place for a desk, `module.Class`, at which these commands are done; it is given those `beside` it."""
    return Reserved(where, commands, beside)


def desks_of(screen: type) -> dict[str, str]:
    """The desk of each command that a screen does not do itself."""
    places = ((name, each) for name, each in vars(screen).items() if isinstance(each, Reserved))
    return {command: name for name, each in places for command in each.commands}
