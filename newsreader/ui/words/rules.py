"""Rules in words, for the screen and the command line. Loads no textual."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from newsreader.errors import UsageError
from newsreader.model import Deed
from newsreader.text import one_line
from newsreader.ui.words import _, several

if TYPE_CHECKING:
    from newsreader.model import Rehearsal, Rule

REHEARSED: Final = 30  # days that a dry run looks back
_ALSO: Final = {"mark read": Deed.READ, "fulltext": Deed.FULL_TEXT, "full-text": Deed.FULL_TEXT, "tell": Deed.NOTIFY}


def read_deed(text: str) -> tuple[Deed, str | None]:
    """The deed that words mean, with the tags of one that tags: "hide", "tag ferries". Raises UsageError."""
    line = " ".join(text.casefold().split())
    word, _space, rest = one_line(text).strip().partition(" ")
    if word.casefold() == Deed.TAG:
        return Deed.TAG, rest.strip() or None
    deeds = {str(deed): deed for deed in Deed} | _ALSO
    if line in deeds:
        return deeds[line], None
    near = difflib.get_close_matches(line, deeds, n=1)
    said = _("A rule can hide, read, tag NAME, bookmark, full text, or notify.")
    if near:
        said = _("A rule can hide, read, tag NAME, bookmark, full text, or notify. Did you mean {meant}?")
    raise UsageError(said.format(meant=near[0] if near else ""))


def described(rule: Rule) -> str:
    """What a rule did so far: "47 articles so far, hides 12 now · paused"."""
    said = several("{count} article so far", "{count} articles so far", rule.hits).format(count=f"{rule.hits:,}")
    if rule.hidden:
        said = _("{so_far}, hides {count} now").format(so_far=said, count=f"{rule.hidden:,}")
    return _("{so_far} · paused").format(so_far=said) if rule.paused else said


def rehearsed(deed: Deed, found: Rehearsal) -> str:
    """What a rule would have done in the last days."""
    spared = len(found.spared) if deed is Deed.HIDE else 0
    done = _would(deed, found.total).format(
        count=f"{len(found.matched) - spared:,}", total=f"{found.total:,}", days=REHEARSED
    )
    if not spared:
        return done
    kept = several(
        "{count} other you opened or kept: such are never hidden.",
        "{count} others you opened or kept: such are never hidden.",
        spared,
    )
    return f"{done} {kept.format(count=f'{spared:,}')}"


def _would(deed: Deed, total: int) -> str:
    match deed:
        case Deed.HIDE:
            return several(
                "Would have hidden {count} of the {total} article of the last {days} days.",
                "Would have hidden {count} of the {total} articles of the last {days} days.",
                total,
            )
        case Deed.READ:
            return several(
                "Would have marked read {count} of the {total} article of the last {days} days.",
                "Would have marked read {count} of the {total} articles of the last {days} days.",
                total,
            )
        case Deed.TAG:
            return several(
                "Would have tagged {count} of the {total} article of the last {days} days.",
                "Would have tagged {count} of the {total} articles of the last {days} days.",
                total,
            )
        case Deed.BOOKMARK:
            return several(
                "Would have bookmarked {count} of the {total} article of the last {days} days.",
                "Would have bookmarked {count} of the {total} articles of the last {days} days.",
                total,
            )
        case Deed.FULL_TEXT:
            return several(
                "Would have fetched the full text of {count} of the {total} article of the last {days} days.",
                "Would have fetched the full text of {count} of the {total} articles of the last {days} days.",
                total,
            )
        case Deed.NOTIFY:
            return several(
                "Would have told you of {count} of the {total} article of the last {days} days.",
                "Would have told you of {count} of the {total} articles of the last {days} days.",
                total,
            )


def examples(deed: Deed, found: Rehearsal, count: int) -> tuple[int, ...]:
    """The newest articles that a rule would have been for."""
    spared = found.spared if deed is Deed.HIDE else frozenset()
    return tuple(id_ for id_ in found.matched if id_ not in spared)[:count]
