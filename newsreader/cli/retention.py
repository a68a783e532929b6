"""`newsreader retention`: how long articles are kept, what would go now, and letting it go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsreader.cli import output
from newsreader.config import load
from newsreader.config.writing import save_setting
from newsreader.errors import UsageError
from newsreader.model import Keep, read_keep, size_words
from newsreader.text import clock_time, count_of, truncate

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context
    from newsreader.model import RetentionPreview
    from newsreader.store import Store

_NAME = 40  # cells of a source's name in the table


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Say what is set and what would go by it; set it; or let it go now."""
    tried = _line(arguments.preview) if arguments.preview else None
    if arguments.set is not None:
        _set(arguments.set, context)
    everywhere = context.config().retention
    with context.open_library() as store:
        if arguments.now:
            _let_go(store, everywhere)
            return 0
        preview = store.preview_retention(tried or everywhere)
        own = [state for state in store.fetch_states() if state.settings.keep is not None]
    if arguments.json:
        output.as_json(_json(preview, tried or everywhere))
        return 0
    if tried is None:
        output.line(f"Every source keeps {_words(everywhere)}{', but for these:' if own or everywhere.tags else '.'}")
        for tag, keep in everywhere.tags:
            output.line(f"        those with the tag #{tag}: {_words(keep)}")
        for state in own:
            output.row(f"{state.source_id:>6}  ", f"{state.title} · keeps {state.settings.keep}", output.width())
    _say(preview, int(context.clock()), tried=tried is not None)
    return 0


def _line(text: str) -> Keep:
    try:
        return read_keep(text)
    except ValueError as mistake:
        raise UsageError(str(mistake)) from mistake


def _set(text: str, context: Context) -> None:
    """Keep what is set beside config.toml, which wins where it says something else."""
    line = str(_line(text))
    save_setting(context.paths, "retention.keep", line)
    if load(context.paths).keep != line:
        output.problem("config.toml says something else in [retention], and it counts: change it there.")


def _words(keep: Keep) -> str:
    """A line in words."""
    if keep.everything:
        return "all its articles"
    days = "" if keep.days is None else f"what was published or opened in the last {_days(keep.days)}"
    count = "" if keep.articles is None else f"its newest {count_of(keep.articles, 'article')}"
    both = " and of that only ".join(filter(None, (days, count)))
    return f"{both}{'' if keep.unread else ', and whatever is unread'}"


def _days(days: int) -> str:
    return "day" if days == 1 else count_of(days, "day")


def _say(preview: RetentionPreview, now: int, *, tried: bool) -> None:
    if preview.problem is not None:
        output.line(f"Nothing goes now. {preview.problem}")
        return
    if not preview.articles:
        output.line("Nothing would go." if tried else "Nothing is to go now.")
        return
    output.line(f"Would remove {preview}:")
    for each in preview.sources:
        numbers = f"{each.articles:>9,}  {size_words(each.size):>7}  {each.source_id:>6}  "
        output.row(numbers, f"{truncate(each.title, _NAME)} · keeps {each.keep}", output.width())
    output.line(
        "What you kept on purpose stays: bookmarked, later, tagged, with a note, highlighted. So does what is open."
    )
    if tried:
        return
    when = f"From {clock_time(preview.begins, now)} on it" if preview.begins is not None else "It"
    output.line(f"{when} goes by and by, in idle moments; `newsreader retention --now` does not wait.")


def _let_go(store: Store, everywhere: Keep) -> None:
    if (problem := store.clock_problem()) is not None:
        raise UsageError(problem)
    before = store.facts()
    while store.retire_some(everywhere, at_once=True):
        pass
    after = store.facts()
    output.line(
        f"{count_of(before.articles - after.articles, 'article')} went; the room is given back in idle moments."
    )


def _json(preview: RetentionPreview, keep: Keep) -> dict[str, Any]:
    return {
        "keep": str(keep),
        "articles": preview.articles,
        "bytes": preview.size,
        "begins": output.moment(preview.begins),
        "problem": preview.problem,
        "sources": [
            {
                "id": each.source_id,
                "title": each.title,
                "keep": each.keep,
                "articles": each.articles,
                "bytes": each.size,
            }
            for each in preview.sources
        ],
    }
