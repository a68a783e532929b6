"""`newsreader health`, `doctor --sources`: how each source does, the worst first, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsreader.cli import EXIT_FAILED, output
from newsreader.cli.context import choose_sources
from newsreader.store.health import BLOCKED, PRIVATE
from newsreader.text import (
    clean_text,
    clock_time,
    count_of,
    one_line,
    relative_time,
    silence,
    time_ahead,
    without_userinfo,
)
from newsreader.ui.condition import facts_of, short_address, weekly_words
from newsreader.ui.keymap import keymap_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from newsreader.cli.context import Context
    from newsreader.config import Config
    from newsreader.model import SourceHealth

_HEADINGS = ("Id", "Source", "Last good", "Status", "Posts", "Next try", "What is wrong, and what to do")
_WIDE = 100  # columns from which on the table is easier to read than a paragraph a source


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print all that is known of the named sources; without names as `tell` does."""
    if not arguments.sources:
        return tell(context, as_json=arguments.json, everything=arguments.all)
    now = int(context.clock())
    with context.open_library() as store:
        named = [store.health(source.id) for source in choose_sources(store, arguments.sources)]
    healths = [health for health in named if health is not None]
    if arguments.json:
        output.as_json([_json(health, now) for health in healths])
    for health in () if arguments.json else healths:
        _print_facts(health, now)
    return EXIT_FAILED if any(_fails(health) for health in healths) else 0


def tell(context: Context, *, as_json: bool, everything: bool = False) -> int:
    """Print the sources that something is to be said of, or all, and how many are in order; exit 1 if one fails."""
    with context.open_library() as store:
        healths = store.healths()
    now = int(context.clock())
    if as_json:
        output.as_json([_json(health, now) for health in healths])
    else:
        told = [health for health in healths if everything or _needs_words(health)]
        columns = output.width()
        if columns is not None and columns >= _WIDE:
            _print_table(told, now)
        else:
            for health in told:
                _print_lines(health, now)
        output.line(_sum(healths, told, context.config()))
    return EXIT_FAILED if any(_fails(health) for health in healths) else 0


def _needs_words(health: SourceHealth) -> bool:
    return health.reason is not None or health.held_until is not None or health.source.retired


def _fails(health: SourceHealth) -> bool:
    if health.source.paused is not None:
        return False
    return health.source.error is not None or health.source.offer is not None or health.source.retired


def _sum(healths: Sequence[SourceHealth], told: Sequence[SourceHealth], config: Config) -> str:
    well = len(healths) - len(told)
    if not healths:
        return "There is no source yet: `newsreader add ADDRESS` adds one."
    if not told:
        return f"{count_of(well, 'source')}, all in order."
    others = f"{count_of(well, 'further source')} in order; --json lists all." if well else "No other sources."
    return (
        f"{others} In the reader, {keymap_of(config).key_of('mend')} on a source opens its panel, which mends it too."
    )


def _print_facts(health: SourceHealth, now: int) -> None:
    """All facts of a source, as its panel has them."""
    sign = "▲ " if _fails(health) else "  "
    output.line(f"{sign}{health.source.id}  {one_line(health.source.title)} · {short_address(health.source.url)}")
    for sentence in _said(health):
        output.line(f"    {one_line(sentence)}")
    for label, words in (*facts_of(health, now), *_own(health)):
        output.line(f"    {label:<20} {one_line(words)}")


def _own(health: SourceHealth) -> tuple[tuple[str, str], ...]:
    """Where the person put it."""
    source = health.source
    facts = (("Folder", source.folder or ""), ("Tags", " ".join(f"#{tag}" for tag in source.tags)))
    return tuple(fact for fact in facts if fact[1])


def _print_table(told: Sequence[SourceHealth], now: int) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not told:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0))
    for heading in _HEADINGS:
        narrow = heading in {"Id", "Status"}
        table.add_column(heading, no_wrap=narrow, justify="right" if narrow else "left", overflow="fold")
    for health in told:
        name = f"{health.source.title}\n{short_address(health.source.url)}"
        cells = (str(health.source.id), name, *_facts(health, now), " ".join(_said(health)))
        table.add_row(*(Text(clean_text(cell)) for cell in cells))
    Console().print(table)


def _print_lines(health: SourceHealth, now: int) -> None:
    good, status, posts, next_try = _facts(health, now)
    sign = "▲ " if _fails(health) else "  "
    output.line(f"{sign}{health.source.id}  {one_line(health.source.title)} · {short_address(health.source.url)}")
    for sentence in _said(health):
        output.line(f"    {one_line(sentence)}")
    answered = f", last answer {status}" if status else ""
    posted = f", {posts}" if posts else ""
    output.line(f"    last good fetch {good}{answered}{posted}, next try {next_try}")


def _facts(health: SourceHealth, now: int) -> tuple[str, str, str, str]:
    """Last good fetch, status, posts, next try."""
    state = health.state
    good = relative_time(state.last_success, now) if state.last_success else "never"
    return good, str(state.status or ""), weekly_words(health.weekly), _next_try(health, now)


def _next_try(health: SourceHealth, now: int) -> str:
    if health.source.paused is not None:
        return f"not while it pauses, since {relative_time(health.source.paused, now)}"
    if health.held_until is not None:
        return f"waits until {clock_time(health.held_until, now)}, its host asked for it"
    if health.source.retired:
        return "never: it has ended"
    return time_ahead(health.state.next_due or now, now)


def _said(health: SourceHealth) -> list[str]:
    """What is wrong, and what to do: in the reader by a key, here by a command."""
    said = [without_userinfo(health.reason)] if health.reason else []
    if health.fix is not None:
        said.append(f"{health.fix}: {_command(health)}")
    return said


def _command(health: SourceHealth) -> str:
    """The command that mends a source, to be copied."""
    source = health.source
    if source.offer is not None:
        return f"newsreader set {source.id} address {without_userinfo(source.offer)}"
    if health.fix == PRIVATE:
        return f'newsreader set {source.id} auth "NAME env:VARIABLE"'
    if health.fix == BLOCKED:
        return f'newsreader set {source.id} user-agent "Mozilla/5.0"'
    site = short_address(source.link or source.url, host_only=True)
    return (
        f"newsreader add --list {site} finds it, newsreader set {source.id} address NEW takes it, "
        f"newsreader remove {source.id} removes it"
    )


def _json(health: SourceHealth, now: int) -> dict[str, Any]:
    source, state = health.source, health.state
    return {
        "id": source.id,
        "title": source.title,
        "url": without_userinfo(source.url),
        "last_success": output.moment(state.last_success),
        "status": state.status,
        "error": source.error,
        "failures": state.error_count,
        "next_due": None if source.retired else output.moment(state.next_due),
        "held_until": output.moment(health.held_until),
        "retired": source.retired,
        "paused": output.moment(source.paused),
        "folder": source.folder,
        "tags": list(source.tags),
        "full_texts": {"tried": state.full_texts[1], "gained": state.full_texts[0]},
        "size": state.size,
        "weekly": None if health.weekly is None else round(health.weekly, 2),
        "silence": None if source.silent_since is None else silence(source.silent_since, state.gap, now),
        "note": state.problem,
        "offer": None if source.offer is None else without_userinfo(source.offer),
        "reason": None if health.reason is None else without_userinfo(health.reason),
        "fix": None if health.fix is None else f"{health.fix}: {_command(health)}",
    }
