"""`newsreader journal`: what was done in all windows; `--undo ID` takes any of it back, `--redo ID` does it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsreader.cli import EXIT_FAILED, output
from newsreader.errors import UsageError
from newsreader.ui.words.journal import outcome, what, when

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context
    from newsreader.model import Action
    from newsreader.store import Store


def run(arguments: argparse.Namespace, context: Context) -> int:
    """List the journal, newest first, or turn one action of it."""
    with context.open_library() as store:
        if arguments.undo is not None:
            return _turn(store, arguments.undo, back=True)
        if arguments.redo is not None:
            return _turn(store, arguments.redo, back=False)
        actions = store.actions(arguments.limit, words=" ".join(arguments.words))
        if arguments.json:
            output.as_json([_json(action) for action in actions])
            return 0
        now, columns = int(context.clock()), output.width()
        for action in actions:
            output.row(f"{action.id:>7}  ", f"{what(action)} · {when(action, now, store.window)}", columns)
        if not actions:
            output.line("Nothing in the journal.")
    return 0


def _turn(store: Store, action_id: int, *, back: bool) -> int:
    """Take one action back, or do it again; exit 1 where nothing of it could be turned."""
    action = store.action(action_id)
    if action is None:
        raise UsageError(f"There is no action {action_id}. `newsreader journal` shows the numbers.")
    turned = store.take_back(action_id) if back else store.do_again(action_id)
    if turned is None:
        state = "is undone already" if back else "was not undone"
        raise UsageError(f"Action {action_id} {state}: {action.words}.")
    for further in store.turn_on(turned):
        turned = further
    output.line(outcome(turned, back=back))
    return 0 if turned.restored or not turned.left else EXIT_FAILED


def _json(action: Action) -> dict[str, Any]:
    return {
        "id": action.id,
        "window": action.window,
        "at": output.moment(action.at),
        "action": action.words,
        "undone": output.moment(action.undone_at),
    }
