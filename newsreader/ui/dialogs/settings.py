"""The settings of a source as fields of its panel: what they are called, what is proposed, how a value reads."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual.suggester import SuggestFromList

from newsreader.errors import UsageError
from newsreader.model import FullTextMode, SourceKind
from newsreader.store.settings import SETTINGS, show_setting
from newsreader.text import clock_time
from newsreader.ui.dialogs.fields import Field
from newsreader.ui.words import panels
from newsreader.ui.words import sources as words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from newsreader.config import Config
    from newsreader.model import RetentionPreview, Source, SourceHealth

_LABELS: Final = {**panels.SETTINGS, "notify": words.NOTIFY}
_MODES: Final = {FullTextMode.AUTO: "auto", FullTextMode.FULL: "always", FullTextMode.FEED: "feed"}
_BY_WORD: Final = {word: mode for mode, word in _MODES.items()}


def setting_fields(source: Source, folders: tuple[str, ...], check: Callable[[str, str], object]) -> tuple[Field, ...]:
    """The fields of a source; `check` gets the name of a setting and a text, and raises UsageError for a wrong one."""
    suggester = SuggestFromList(folders, case_sensitive=False) if folders else None
    fields = (
        Field("title", panels.NAME, hint=panels.NAME_HINT, check=_anything),
        Field("folder", panels.FOLDER, hint=panels.NONE, check=_anything, suggester=suggester),
    )
    if source.kind is not SourceKind.FEED:
        return fields
    return (
        *fields,
        Field("tags", words.TAGS[0], hint=words.TAGS[1], check=_anything),
        Field("mode", panels.FULL_TEXT[0], hint=panels.FULL_TEXT[1], check=parse_mode),
        *(Field(key, _LABELS[key][0], hint=_LABELS[key][1], check=partial(check, key)) for key in SETTINGS),
    )


def show_settings(fields: Iterable[Field], health: SourceHealth, config: Config) -> None:
    """Put the values of a source into its fields; what is not set for it says what is set for all."""
    source = health.source
    for field in fields:
        match field.name:
            case "title":
                field.put(source.title)
            case "folder":
                field.put(source.folder or panels.NONE, source.folder or "")
            case "tags":
                field.put(", ".join(f"#{tag}" for tag in source.tags) or words.NO_TAGS, ", ".join(source.tags))
            case "mode":
                word, shown = _MODES[source.full_text_mode], panels.MODES[source.full_text_mode]
                if source.full_text_mode is FullTextMode.AUTO and config.full_text_mode is not FullTextMode.AUTO:
                    shown = words.as_for_all(config.full_text)
                elif source.full_text_mode is FullTextMode.AUTO and source.learnt:
                    shown = panels.LEARNT[source.learnt]
                field.put(shown, word)
            case str(key):
                value = show_setting(health.state.settings, key)
                if key == "notify":
                    field.put(words.TELLS if value == "yes" else words.TELLS_NOT, value)
                    continue
                unset = value in {"auto", "none"}
                # What is hidden is not edited: a header is entered anew.
                text = "" if unset or key == "headers" else value
                field.put(_unset(key, config) if value == "auto" else value, text)


def _unset(key: str, config: Config) -> str:
    """What goes for a source for which this is not set."""
    if key == "keep":
        return words.as_for_all(config.keep)
    if key == "interval" and config.interval != "auto":
        return words.as_for_all(words.MANUAL if config.interval == "manual" else config.interval)
    return panels.AUTO.get(key, panels.AUTO_ELSE)


def parse_mode(text: str) -> FullTextMode:
    """The mode that a word means; an empty one is the usual. Raises UsageError."""
    mode = _BY_WORD.get(text.casefold() or "auto")
    if mode is None:
        raise UsageError(panels.WRITE_A_MODE)
    return mode


def retention_words(preview: RetentionPreview, now: int) -> str:
    """What a line about how long articles are kept would take, and from when on."""
    return panels.would_go(preview, clock_time(preview.begins, now) if preview.begins is not None else "")


def _anything(text: str) -> None:
    del text
