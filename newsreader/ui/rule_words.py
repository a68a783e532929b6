"""Rules in words, for the screen and the command line. Loads no textual."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from newsreader.errors import UsageError
from newsreader.model import Deed
from newsreader.text import count_of, one_line

if TYPE_CHECKING:
    from newsreader.model import Rehearsal, Rule

REHEARSED: Final = 30  # days that a dry run looks back
_WOULD: Final = {
    Deed.HIDE: "Would have hidden",
    Deed.READ: "Would have marked read",
    Deed.TAG: "Would have tagged",
    Deed.BOOKMARK: "Would have bookmarked",
    Deed.FULL_TEXT: "Would have fetched the full text of",
    Deed.NOTIFY: "Would have told you of",
}
_ALSO: Final = {"mark read": Deed.READ, "fulltext": Deed.FULL_TEXT, "full-text": Deed.FULL_TEXT, "tell": Deed.NOTIFY}


def read_deed(text: str) -> tuple[Deed, str | None]:
    """The deed that words mean, with the tags of one that tags: "hide", "tag ferries". Raises UsageError."""
    line = " ".join(text.casefold().split())
    word, _, rest = one_line(text).strip().partition(" ")
    if word.casefold() == Deed.TAG:
        return Deed.TAG, rest.strip() or None
    deeds = {str(deed): deed for deed in Deed} | _ALSO
    if line in deeds:
        return deeds[line], None
    near = difflib.get_close_matches(line, deeds, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise UsageError(f"A rule can hide, read, tag NAME, bookmark, full text, or notify.{hint}")


def described(rule: Rule) -> str:
    """What a rule did so far: "47 articles so far, hides 12 now · paused"."""
    hidden = f", hides {rule.hidden:,} now" if rule.hidden else ""
    return f"{count_of(rule.hits, 'article')} so far{hidden}{' · paused' if rule.paused else ''}"


def rehearsed(deed: Deed, found: Rehearsal) -> str:
    """What a rule would have done in the last days."""
    spared = len(found.spared) if deed is Deed.HIDE else 0
    articles = count_of(found.total, "article")
    done = f"{_WOULD[deed]} {len(found.matched) - spared:,} of the {articles} of the last {REHEARSED} days."
    return f"{done} {count_of(spared, 'other')} you opened or kept: such are never hidden." if spared else done


def examples(deed: Deed, found: Rehearsal, count: int) -> tuple[int, ...]:
    """The newest articles that a rule would have been for."""
    spared = found.spared if deed is Deed.HIDE else frozenset()
    return tuple(id_ for id_ in found.matched if id_ not in spared)[:count]
