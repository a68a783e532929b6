"""The person's own tasks for the language model: `prompts/NAME.txt` beside config.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.bounds import AI_PROMPT
from newsreader.config.paths import open_file
from newsreader.errors import ConfigError
from newsreader.stories.prompts import TASKS, mistakes
from newsreader.text import clean_text

if TYPE_CHECKING:
    from pathlib import Path

    from newsreader.config import Paths
    from newsreader.model.answers import Ask


def task_file(paths: Paths, ask: Ask) -> Path:
    """Where the person's own task stands, if there is one."""
    return paths.prompts / f"{ask}.txt"


def read_task(paths: Paths, ask: Ask) -> str:
    """The task for the model: the person's own, else ours. Raises ConfigError, with file and line, for a mistake."""
    path = task_file(paths, ask)
    try:
        with open_file(path) as file:
            content = file.read(AI_PROMPT + 1)
    except FileNotFoundError:
        return TASKS[ask]
    except OSError as error:
        raise ConfigError(f"prompts/{path.name} cannot be read: {error.strerror or error}.", str(error)) from error
    if len(content) > AI_PROMPT:
        raise ConfigError(f"prompts/{path.name} is longer than {AI_PROMPT // 1024} kB.")
    try:
        text = clean_text(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ConfigError(f"prompts/{path.name}, line {line}: this is not UTF-8 text.") from error
    for line, mistake in mistakes(ask, text):
        raise ConfigError(f"prompts/{path.name}, line {line}: {mistake}")
    return text
