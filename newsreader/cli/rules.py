"""`newsreader rules`: list them, add, rehearse, pause, remove them, and why an article is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from newsreader.cli import output
from newsreader.errors import UsageError
from newsreader.model import Deed
from newsreader.text import count_of, relative_time, short_age
from newsreader.ui.words.rules import REHEARSED, described, examples, rehearsed

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from newsreader.cli.context import Context
    from newsreader.model import ArticleHead, Rehearsal, Rule
    from newsreader.store import Store

_EXAMPLES: Final = 10
_DONE: Final = {
    Deed.HIDE: "shown again; once hidden",
    Deed.READ: "marked read",
    Deed.TAG: "tagged",
    Deed.BOOKMARK: "bookmarked",
    Deed.FULL_TEXT: "given its full text",
    Deed.NOTIFY: "told of",
}


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Do one of the actions."""
    actions: dict[str, Callable[[Store, argparse.Namespace, int], None]] = {
        "list": _list,
        "add": _add,
        "remove": _change,
        "pause": _change,
        "resume": _change,
        "up": _move,
        "down": _move,
        "apply": _apply,
        "why": _why,
        "unhide": _unhide,
    }
    with context.open_library() as store:
        actions[arguments.action](store, arguments, int(context.clock()))
    return 0


def _list(store: Store, arguments: argparse.Namespace, now: int) -> None:
    rules = store.rules()
    if arguments.json:
        output.as_json([_json(rule) for rule in rules])
        return
    for rule in rules:
        output.row(f"{rule.id:>6}  ", _line(rule), output.width())
    if not rules:
        output.problem("there are no rules yet. `newsreader rules add QUERY --hide` adds one; --dry-run only tries it.")
    del now


def _line(rule: Rule) -> str:
    title = "" if rule.title == rule.query else f"{rule.title} · "
    return f"{title}{rule.query} · {rule.does} · {described(rule)}"


def _json(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": rule.title,
        "query": rule.query,
        "deed": str(rule.deed),
        "argument": rule.argument,
        "paused": rule.paused,
        "added": output.moment(rule.added_at),
        "hits": rule.hits,
        "hidden": rule.hidden,
    }


def _add(store: Store, arguments: argparse.Namespace, now: int) -> None:
    deed = Deed.TAG if arguments.tag is not None else Deed(arguments.deed)
    query = " ".join(arguments.query).strip()
    store.check_rule(query, deed, arguments.tag)
    if arguments.dry_run:
        _say_rehearsal(store, deed, store.rehearse(query, REHEARSED), now)
        return
    store.add_rule(query, deed, arguments.tag, title=arguments.name)
    rule = store.rules()[-1]
    output.line(f"Rule {rule.id} acts on what comes in from now on: {_line(rule)}")


def _say_rehearsal(store: Store, deed: Deed, found: Rehearsal, now: int) -> None:
    output.line(rehearsed(deed, found))
    for head in store.heads(examples(deed, found, _EXAMPLES)):
        start = f"{head.id:>7}  {short_age(head.sort_at, now):>5}  "
        output.row(start, f"{head.title or 'untitled'} · {head.source_title}", output.width())


def _change(store: Store, arguments: argparse.Namespace, now: int) -> None:
    del now
    ids = [_find(store, text) for text in arguments.rules]
    if arguments.action == "remove":
        changed = store.remove_rules(ids)
        done = "removed"
    else:
        changed = store.pause_rules(ids, arguments.action == "pause")
        done = "paused" if arguments.action == "pause" else "going on"
    articles = f"; {count_of(len(changed.articles), 'article')} changed with it" if changed.articles else ""
    output.line(f"{count_of(len(ids), 'rule')} {done}{articles}.")


def _move(store: Store, arguments: argparse.Namespace, now: int) -> None:
    ids = [_find(store, text) for text in arguments.rules]
    store.move_rules(ids, -1 if arguments.action == "up" else 1)
    arguments.json = False
    _list(store, arguments, now)


def _apply(store: Store, arguments: argparse.Namespace, now: int) -> None:
    del now
    for rule_id in [_find(store, text) for text in arguments.rules]:
        changed = store.apply_now(rule_id)
        rule = next(rule for rule in store.rules() if rule.id == rule_id)
        output.line(f"{rule.title} · {rule.does} · {count_of(len(changed.articles), 'article')}.")


def _find(store: Store, text: str) -> int:
    """The rule that a number or a name means."""
    rules = store.rules()
    folded = text.casefold()
    found = [rule for rule in rules if str(rule.id) == text] or [
        rule for rule in rules if folded in {rule.title.casefold(), rule.query.casefold()}
    ]
    if len(found) != 1:
        what = f"There is no rule “{text}”" if not found else f"There are {len(found)} rules “{text}”"
        raise UsageError(f"{what}. `newsreader rules` shows their numbers.")
    return found[0].id


def _why(store: Store, arguments: argparse.Namespace, now: int) -> None:
    for head in _heads(store, arguments.ids):
        output.line(f"{head.id}  {head.title or 'untitled'} · {head.source_title}")
        reasons = store.why(head.id)
        for reason in reasons:
            tags = f" {reason.rule.argument}" if reason.rule.argument else ""
            what = "is hidden by" if reason.hides else f"{_DONE[reason.rule.deed]}{tags} by"
            name = "" if reason.rule.title == reason.rule.query else f" ({reason.rule.query})"
            output.line(f"    {what} the rule “{reason.rule.title}”{name}, {relative_time(reason.at, now)}")
        if not reasons:
            output.line("    no rule did anything to it.")


def _unhide(store: Store, arguments: argparse.Namespace, now: int) -> None:
    del now
    changed = store.show_again([head.id for head in _heads(store, arguments.ids)])
    them = "it" if len(changed.articles) == 1 else "them"
    output.line(f"{count_of(len(changed.articles), 'article')} shown again, and no rule hides {them} any more.")


def _heads(store: Store, ids: Sequence[int]) -> Sequence[ArticleHead]:
    heads = store.heads(ids)
    unknown = [str(id_) for id_ in ids if id_ not in {head.id for head in heads}]
    if unknown:
        raise UsageError(f"There is no article {', '.join(unknown[:10])}. `newsreader list is:hidden` has the hidden.")
    return heads
