"""`newsreader set SOURCE [KEY [VALUE]]`: what is set for one source, shown and changed."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from newsreader.cli import output
from newsreader.cli.context import choose_sources
from newsreader.errors import UsageError
from newsreader.feeds.addresses import normalise_address
from newsreader.model import FullTextMode, SourceKind
from newsreader.store.settings import SETTINGS, parse_setting, show_setting
from newsreader.text import without_userinfo

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context
    from newsreader.model import FetchState, Source
    from newsreader.store import Store

_FULL_TEXT: Final = "full-text"
_ADDRESS: Final = "address"
_KEYS: Final = (*SETTINGS, _FULL_TEXT, _ADDRESS)
_ALIASES: Final = {"header": "headers", "user_agent": "user-agent", "full_text": _FULL_TEXT, "url": _ADDRESS}
_DEFAULT: Final = "default"
_MODES: Final = {"auto": FullTextMode.AUTO, "always": FullTextMode.FULL, "feed": FullTextMode.FEED}


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Show all settings of a source, or one; or set one."""
    from newsreader.worker.mirror import write_mirror

    with context.open_library() as store:
        (source,) = choose_sources(store, [arguments.source])
        if source.kind is not SourceKind.FEED:
            raise UsageError(f"{source.title} is never fetched: there is nothing to set.")
        (state,) = store.fetch_states([source.id])
        keys = _KEYS if arguments.key is None else (_key(arguments.key),)
        if arguments.value:
            _set(store, source, state, keys[0], " ".join(arguments.value))
            (state,) = store.fetch_states([source.id])
            write_mirror(store, context.paths.mirror)
    output.line(state.title)
    for key in keys:
        output.line(f"  {key:<12} {_shown(state, key)}")
    return 0


def _key(given: str) -> str:
    key = _ALIASES.get(given.casefold(), given.casefold())
    if key in _KEYS:
        return key
    near = get_close_matches(key, _KEYS, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise UsageError(f"There is no setting “{given}”.{hint} There are {', '.join(_KEYS)}.")


def _set(store: Store, source: Source, state: FetchState, key: str, value: str) -> None:
    reset = value.strip().casefold() == _DEFAULT
    if key == _ADDRESS:
        _readdress(store, source, value)
    elif key == _FULL_TEXT:
        mode = _MODES.get("auto" if reset else value.strip().casefold())
        if mode is None:
            raise UsageError(f"“{value}” is no mode of full text. There are {', '.join(_MODES)}.")
        store.set_source(source.id, full_text_mode=mode)
    else:
        store.set_source(source.id, settings=parse_setting(state.settings, key, "" if reset else value))


def _readdress(store: Store, source: Source, value: str) -> None:
    """Give a source another address; the one that is offered may be shown without its password, and is meant so."""
    if source.offer is not None and value in {source.offer, without_userinfo(source.offer)}:
        store.take_offer(source.id)
    else:
        store.update_source(source.id, url=normalise_address(value))


def _shown(state: FetchState, key: str) -> str:
    if key == _ADDRESS:
        return without_userinfo(state.url)
    if key == _FULL_TEXT:
        return next(word for word, mode in _MODES.items() if mode is state.full_text_mode)
    return show_setting(state.settings, key)
