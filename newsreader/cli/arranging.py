"""`newsreader source ACTION …` and `newsreader folder ACTION …`: arranging what one reads; all of it undoable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.cli import output
from newsreader.cli.context import choose_sources
from newsreader.errors import UsageError
from newsreader.model import SourceKind
from newsreader.text import count_of, listed, one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from newsreader.cli.context import Context
    from newsreader.model import Change, Source
    from newsreader.store import Store

_UNDO: Final = "`newsreader journal` lists what was done, and takes it back."


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Do one of the actions."""
    from newsreader.worker.mirror import write_mirror

    with context.open_library() as store:
        if arguments.command == "folder" and arguments.action == "list":
            return _list(store)
        if arguments.action == "edits":
            return _edits(store, arguments, context)
        sentence = _folder(store, arguments) if arguments.command == "folder" else _sources(store, arguments)
        write_mirror(store, context.paths.mirror)
    output.line(sentence)
    return 0


def _sources(store: Store, arguments: argparse.Namespace) -> str:
    chosen = choose_sources(store, arguments.sources)
    fixed = next((source for source in chosen if source.kind is not SourceKind.FEED), None)
    if fixed is not None:
        raise UsageError(f"{fixed.title} stands where it stands, and is never fetched.")
    ids = [source.id for source in chosen]
    match arguments.action:
        case "rename":
            store.update_source(ids[0], title=arguments.name)
            renamed = store.source(ids[0])
            return f"{chosen[0].title} is called {renamed.title if renamed else arguments.name} now."
        case "move":
            folder = one_line(arguments.folder)
            where = f"in the folder {folder}" if folder else "in no folder"
            return _done(store.move_sources(ids, folder or None), chosen, where)
        case "up" | "down":
            way = arguments.action
            return _done(store.shift_sources(ids, -1 if way == "up" else 1), chosen, f"moved {way}")
        case "tag":
            return _tag(store, chosen, arguments)
        case action:
            paused = action == "pause"
            what = "paused: not fetched until `newsreader source resume`" if paused else "going on"
            return _done(store.pause_sources(ids, paused), chosen, what)


def _tag(store: Store, chosen: list[Source], arguments: argparse.Namespace) -> str:
    if not arguments.add and not arguments.remove:
        lines = (f"{source.title}: {' '.join(f'#{tag}' for tag in source.tags) or 'no tags'}" for source in chosen)
        return "\n".join(lines)
    change = store.tag_sources([source.id for source in chosen], arguments.add, arguments.remove)
    return _done(change, chosen, "tagged so")


def _done(change: Change, chosen: list[Source], what: str) -> str:
    if not change:
        return f"Nothing to do: {listed(source.title for source in chosen[:3])}{' …' if len(chosen) > 3 else ''}."
    named = chosen[0].title if len(chosen) == 1 else count_of(len(chosen), "source")
    return f"{named}: {what}. {_UNDO}"


def _edits(store: Store, arguments: argparse.Namespace, context: Context) -> int:
    """Show what was edited by hand in sources.opml, take it over or write the file anew."""
    from newsreader.worker import mirror
    from newsreader.worker.edits import told

    path = context.paths.mirror
    if arguments.take:
        changed = mirror.take_edits(store, path)
        output.line(f"{count_of(len(changed.sources) + len(changed.smart), 'source')} as in {path} now. {_UNDO}")
    elif arguments.drop:
        output.line(f"{path} was written anew; the edited one is {mirror.drop_edits(store, path)}.")
    else:
        found = told(mirror.difference(store, path))
        output.line(found["problem"] or found["short"] or f"{path} says what the library says.")
        for line in found["lines"]:
            output.line(f"  {line}")
        if found["short"]:
            output.line("`newsreader source edits --take` takes it over, --drop writes the file anew.")
    return 0


def _list(store: Store) -> int:
    folders: dict[str, list[Source]] = {}
    for source in store.sources():
        if source.folder:
            folders.setdefault(source.folder, []).append(source)
    for name, sources in folders.items():
        unread = sum(source.unread for source in sources)
        output.row("", f"{name} · {count_of(len(sources), 'source')} · {unread:,} unread", output.width())
    if not folders:
        output.problem("there is no folder yet: `newsreader source move SOURCE --to NAME` begins one.")
    return 0


def _folder(store: Store, arguments: argparse.Namespace) -> str:
    folder = _named(store, arguments.folder)
    inside = [source.id for source in store.sources() if source.folder == folder]
    actions: dict[str, Callable[[], Change]] = {
        "rename": lambda: store.rename_folder(folder, arguments.name),
        "up": lambda: store.shift_folder(folder, -1),
        "down": lambda: store.shift_folder(folder, 1),
        "dissolve": lambda: store.dissolve_folder(folder),
        "remove": lambda: store.remove_folder(folder),
        "pause": lambda: store.pause_sources(inside, True),
        "resume": lambda: store.pause_sources(inside, False),
    }
    if not actions[arguments.action]():
        return f"Nothing to do: {folder}."
    said = store.actions(1)[0].words
    return f"{said[0].upper()}{said[1:]}. {_UNDO}"


def _named(store: Store, word: str) -> str:
    """The folder that a word means: in any case, and its beginning is enough. Raises UsageError."""
    names = dict.fromkeys(source.folder for source in store.sources() if source.folder)
    names |= dict.fromkeys(smart.folder for smart in store.smart_sources() if smart.folder)
    folded = one_line(word).casefold()
    exact = [name for name in names if name and name.casefold() == folded]
    found = exact or [name for name in names if name and folded and name.casefold().startswith(folded)]
    if len(found) != 1:
        what = f"There is no folder “{word}”" if not found else f"“{word}” could be {listed(found[:5])}"
        raise UsageError(f"{what}. `newsreader folder list` has them.")
    return found[0]
