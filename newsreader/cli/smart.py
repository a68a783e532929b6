"""`newsreader smart ACTION …`: smart sources, made, renamed, changed, moved and removed; all of it undoable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.cli import EXIT_USAGE, output
from newsreader.cli.context import choose_smart
from newsreader.cli.sources import counted, print_smart
from newsreader.model import SavedSearch
from newsreader.query import parse
from newsreader.text import count_of, listed, one_line

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context
    from newsreader.model import SmartSource
    from newsreader.store import Store

_UNDO: Final = "`newsreader journal` lists what was done, and takes it back."


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Do one of the actions."""
    from newsreader.worker.mirror import write_mirror

    query = " ".join(getattr(arguments, "query", ())).strip()
    if mistakes := parse(query).mistakes:
        output.mistakes(query, mistakes)
        return EXIT_USAGE
    with context.open_library() as store:
        if arguments.action == "list":
            ids, sentence = [each.id for each in store.smart_sources()], None
        elif arguments.action == "add":
            ids, sentence = _add(store, query, arguments)
        else:
            chosen = list({each.id: each for each in (choose_smart(store, word) for word in arguments.smart)}.values())
            ids, sentence = [each.id for each in chosen], _change(store, chosen, query, arguments)
        if sentence is not None:
            write_mirror(store, context.paths.mirror)
        smart = tuple(each for each in counted(store) if each.id in ids)
    if arguments.json:
        output.as_json([output.smart_json(each) for each in smart])
    elif sentence is not None:
        output.line(sentence)
    elif smart:
        print_smart(smart, output.width())
    else:
        output.problem("there is no smart source yet: `newsreader smart add QUERY` keeps a search as one.")
    return 0


def _add(store: Store, query: str, arguments: argparse.Namespace) -> tuple[list[int], str]:
    added = store.add_smart([SavedSearch(arguments.name, query, arguments.folder)])
    smart = store.smart_source(added.ids[0])
    title = smart.title if smart is not None else query
    said = f"{title} stands among the sources now. {_UNDO}" if added.new else f"It is kept already, as {title}."
    return list(added.ids), said


def _change(store: Store, chosen: list[SmartSource], query: str, arguments: argparse.Namespace) -> str:
    """Do what was asked with those that were named, as one action; says what was done."""
    this, named = chosen[0], listed(each.title for each in chosen[:3]) + (" …" if len(chosen) > 3 else "")
    with store.together():
        match arguments.action:
            case "rename":
                change = store.change_smart(this.id, title=arguments.name)
                renamed = store.smart_source(this.id)
                done = f"{this.title} is called {renamed.title if renamed else arguments.name} now"
            case "change":
                change = store.change_smart(this.id, query=query)
                done = f"{this.title} searches for {query} now"
            case "remove":
                change = store.remove_smart([each.id for each in chosen])
                done = f"{count_of(len(chosen), 'smart source')} removed: {named}; no article went with it"
            case "move":
                folder = one_line(arguments.folder)
                changes = [store.change_smart(each.id, folder=folder or None) for each in chosen]
                change = next((each for each in changes if each), changes[0])
                done = f"{named}: in {f'the folder {folder}' if folder else 'no folder'} now"
            case way:
                change = store.move_smart([each.id for each in chosen], -1 if way == "up" else 1)
                done = f"{named}: moved {way}"
    return f"{done}. {_UNDO}" if change else f"Nothing to do: {named}."
