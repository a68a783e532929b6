"""What a person changed in the OPML mirror by hand: the file against what the library would write. Pure.

Both are read by the same reader, so that only what was edited differs. A title that is missing says nothing; an address
that stands where another stood, under the same name and in the same folder, is where that source is now.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from newsreader.model import SavedSearch, SourceEdits
from newsreader.store.settings import read_settings, written_settings
from newsreader.text import count_of, listed, one_line, without_userinfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsreader.feeds.gathering import FeedList
    from newsreader.model import Subscription

_LINES: Final = 100  # that many of what was edited are named
_LINE: Final = 200  # characters of each


@dataclass(frozen=True, slots=True)
class Difference:
    """A mirror that was edited by hand, against the library; `problem` says in words why it cannot be read."""

    edits: SourceEdits = field(default_factory=SourceEdits)
    problem: str | None = None

    @property
    def only_in_file(self) -> tuple[Subscription | SavedSearch, ...]:
        """What the library does not have."""
        return (*self.edits.added, *self.edits.smart_added)

    @property
    def only_in_library(self) -> tuple[Subscription | SavedSearch, ...]:
        """What the file does not have."""
        return (*self.edits.removed, *self.edits.smart_removed)


def find_edits(here: FeedList, there: FeedList) -> SourceEdits:
    """What the file (`there`) says differently from the library (`here`)."""
    mine = {each.url: each for each in here.subscriptions}
    theirs = {each.url: each for each in there.subscriptions}
    removed = [each for url, each in mine.items() if url not in theirs]
    added = [each for url, each in theirs.items() if url not in mine]
    moved = _readdressed(removed, added)
    by_new = {new: old for old, new in moved}
    changed = []
    how = []
    for url, each in theirs.items():
        before = mine.get(by_new.get(url, url))
        differs = () if before is None else _differs(before, each._replace(title=each.title or before.title))
        if differs:
            changed.append(each)
            how.append(listed(differs))
    return SourceEdits(
        added=tuple(each for each in added if each.url not in by_new),
        removed=tuple(each for each in removed if each.url not in dict(moved)),
        readdressed=moved,
        changed=tuple(changed),
        how=tuple(how),
        order=tuple(theirs),
        reordered=_reordered(here.subscriptions, there.subscriptions),
        smart_added=tuple(each for each in there.searches if each not in here.searches),
        smart_removed=tuple(each for each in here.searches if each not in there.searches),
    )


def _differs(before: Subscription, after: Subscription) -> tuple[str, ...]:
    """What of a source two lists say differently, but where it is."""
    one, other = _said(before), _said(after)
    return tuple(word for word in one if one[word] != other[word])


def _said(each: Subscription) -> dict[str, object]:
    """All that a list says of a source but where it is, by what that is called."""
    return {
        "name": each.title,
        "folder": each.folder,
        "tags": sorted(tag.casefold() for tag in each.tags),
        "full text": each.full_text_mode,
        "interval": each.interval,
        "settings": written_settings(read_settings(each.settings)[0]),
    }


def _readdressed(removed: Iterable[Subscription], added: Iterable[Subscription]) -> tuple[tuple[str, str], ...]:
    """The old and the new address of sources that are one and the same."""
    old, new = ([(each.title, each.folder, each.url) for each in side if each.title] for side in (removed, added))
    counts = [Counter((title, folder) for title, folder, _ in side) for side in (old, new)]
    places = {(title, folder): url for title, folder, url in new}
    return tuple(
        (url, places[title, folder]) for title, folder, url in old if all(count[title, folder] == 1 for count in counts)
    )


def _reordered(here: Sequence[Subscription], there: Sequence[Subscription]) -> bool:
    """Whether sources that are in the same folder in both stand in another order."""
    folders = {each.url: each.folder for each in there}
    kept = {each.url for each in here if folders.get(each.url, "\0") == each.folder}
    return [each.url for each in here if each.url in kept] != [each.url for each in there if each.url in kept]


def in_short(edits: SourceEdits) -> str:
    """How an edited list differs from the library: "2 sources more, 1 changed, another order"."""
    smart = len(edits.smart_added) + len(edits.smart_removed)
    parts = (
        f"{count_of(len(edits.added), 'source')} more" if edits.added else "",
        f"{count_of(len(edits.removed), 'source')} fewer" if edits.removed else "",
        count_of(len(edits.readdressed), "new address", "new addresses") if edits.readdressed else "",
        f"{len(edits.changed):,} changed" if edits.changed else "",
        f"{count_of(smart, 'smart source')} changed" if smart else "",
        "another order" if edits.reordered else "",
    )
    return ", ".join(filter(None, parts))


def told(difference: Difference | None) -> dict[str, Any]:
    """A difference as an answer: its sentence, and the names of what it is about, as many as fit."""
    if difference is None or difference.problem is not None:
        return {"problem": None if difference is None else difference.problem, "short": "", "lines": []}
    edits = difference.edits
    lines = [
        *(f"+ {_named(each)}" for each in difference.only_in_file),
        *(f"- {_named(each)}" for each in difference.only_in_library),
        *(f"→ {without_userinfo(old)} is at {without_userinfo(new)}" for old, new in edits.readdressed),
        *(f"~ {_named(each)}: {how}" for each, how in zip(edits.changed, edits.how, strict=True)),
    ]
    return {"problem": None, "short": in_short(edits), "lines": [one_line(line, _LINE) for line in lines[:_LINES]]}


def _named(each: Subscription | SavedSearch) -> str:
    if isinstance(each, SavedSearch):
        return f"{each.title} ({each.query})"
    place = f" in {each.folder}" if each.folder else ""
    return f"{each.title or without_userinfo(each.url)}{place}"
