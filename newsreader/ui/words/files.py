"""What is said about files that the sources are written to and read from."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, several

EXPORT: Final = _("Write the sources as OPML to")
A_FILE: Final = _("A file")
NO_FILE: Final = _("Name a file: this is a folder, or nothing.")


def there_already(name: str) -> str:
    """Say that a file is there."""
    return _("{name} is there already. The same again writes over it.").format(name=name)


def exported(sources: int, smart: int, bare: int, path: str) -> str:
    """Say what was written where, and what was not."""
    said = several("{count} source", "{count} sources", sources).format(count=f"{sources:,}")
    if smart:
        also = several("{count} smart source", "{count} smart sources", smart).format(count=f"{smart:,}")
        said = _("{sources} and {smart}").format(sources=said, smart=also)
    said = _("{what} written to {path}.").format(what=said, path=path)
    if not bare:
        return said
    kept = several("The secrets of {count} stay here.", "The secrets of {count} of them stay here.", bare)
    return f"{said} {kept.format(count=f'{bare:,}')}"
