"""What is said about articles that are written to files."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, several

ENDINGS: Final = _("A file for articles ends with .md, .txt or .html; the name of a folder ends with /.")
ONE_PAGE: Final = _("A page holds one article. Name a folder, with / at its end, or a file that ends with .md.")


def there_already(path: str) -> str:
    """Say that a file is there already."""
    return _("{path} is there already, and is left alone. Name another file.").format(path=path)


def writing(count: int) -> str:
    """Say that articles are being written."""
    return several("Writing {count} article…", "Writing {count} articles…", count).format(count=f"{count:,}")


def written(count: int, path: str) -> str:
    """Say how many articles were written, and where to."""
    said = several("{count} article written to {path}.", "{count} articles written to {path}.", count)
    return said.format(count=f"{count:,}", path=path)


def not_written(path: str, reason: str) -> str:
    """Say that a file or folder cannot be written."""
    return _("{path} cannot be written: {reason}.").format(path=path, reason=reason)
