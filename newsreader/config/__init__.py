"""Where things lie, and what the person set.

`config.toml` is the person's: it is read and never written. What is set inside the reader goes to `settings.toml`
beside it, and `config.toml` wins. A mistake in either is a sentence with file, line and the nearest key; the reader
starts all the same, with the default in its place.

What can be set is one table, SETTINGS in `config.settings`: a new setting is a row there and a field of Config.
`config.writing` and `config.lines` load when something is written, or has to be named with its line.
"""

from __future__ import annotations

from newsreader.config.paths import Paths
from newsreader.config.reading import Files, load
from newsreader.config.settings import SETTINGS, Config, Kind, Setting, find_setting

__all__ = ["SETTINGS", "Config", "Files", "Kind", "Paths", "Setting", "find_setting", "load"]
