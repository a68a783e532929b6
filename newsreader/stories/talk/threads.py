"""From comments that name what they answer to a tree, written as a list with depths (`model.talk.Comment`).

Nothing here recurses, and nothing that a site says breaks it: comments that answer each other in a circle, themselves,
or what is not there, keys that come twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.bounds import COMMENT_DEPTH, MAX_COMMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsreader.stories.talk.shapes import RawComment


def arrange(
    comments: Iterable[RawComment], *, most: int = MAX_COMMENTS, deepest: int = COMMENT_DEPTH
) -> tuple[tuple[RawComment, int], ...]:
    """Put comments into reading order: each once, behind what it answers, with its depth.

    Those that answer the same stay in their order. Of several with one key the first counts. One that is gone stays
    where it has answers that are here. Of more than `most` the first are given, in reading order; answers deeper than
    `deepest` stand at that depth.
    """
    known: dict[str, RawComment] = {}
    for comment in comments:
        known.setdefault(comment.key, comment)
    ordered = list(_walk(known))
    kept = _without_empty_places(ordered)[:most]
    # What was cut off may have been all that a place that is gone stood for.
    return tuple((comment, min(depth, deepest)) for comment, depth in _without_empty_places(kept))


def _walk(known: dict[str, RawComment]) -> Iterator[tuple[RawComment, int]]:
    """All comments in reading order. What is in a circle begins where the first of the circle stands."""
    answers: dict[str, list[RawComment]] = {}
    tops: list[RawComment] = []
    for comment in known.values():
        if comment.parent is None or comment.parent == comment.key or comment.parent not in known:
            tops.append(comment)
        else:
            answers.setdefault(comment.parent, []).append(comment)
    seen: set[str] = set()
    for top in (*tops, *known.values()):
        waiting = [(top, 0)]
        while waiting:
            comment, depth = waiting.pop()
            if comment.key in seen:
                continue
            seen.add(comment.key)
            yield comment, depth
            waiting += [(answer, depth + 1) for answer in reversed(answers.get(comment.key, ()))]


def _without_empty_places(ordered: list[tuple[RawComment, int]]) -> list[tuple[RawComment, int]]:
    """Leave out what is gone and has no answers that are not: looked at from behind, each place knows its answers."""
    kept: list[tuple[RawComment, int]] = []
    after = -1  # the depth of what follows and stays
    for comment, depth in reversed(ordered):
        if comment.gone and after <= depth:
            continue
        kept.append((comment, depth))
        after = depth
    kept.reverse()
    return kept
