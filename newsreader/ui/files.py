"""Paths as they are written: ~ for the home folder, and what a path that is begun can mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.config.paths import expanded
from newsreader.ui.completion import Named

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOKED_AT: Final = 2_000  # files of a folder: from more nobody picks one


def files(typed: str) -> Sequence[Named]:
    """The files and folders that a path which is begun can mean; a folder ends with "/", hidden ones are asked for."""
    head, _, begun = typed.rpartition("/")
    folder = expanded(f"{head}/" if typed.startswith("/") or head else ".")
    lead = f"{head}/" if "/" in typed else ""
    if typed == "~":
        return [Named("~/")]
    found: list[Named] = []
    try:
        for number, entry in enumerate(folder.iterdir()):
            if number >= _LOOKED_AT:
                break
            fits = entry.name.casefold().startswith(begun.casefold()) and entry.name.isprintable()
            if fits and entry.name.startswith(".") <= begun.startswith("."):
                found.append(Named(f"{lead}{entry.name}{'/' if entry.is_dir() else ''}"))
    except OSError:
        return ()
    return sorted(found, key=lambda each: each.name.rstrip("/").casefold())
