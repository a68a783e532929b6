"""The sites whose discussions can be read, each by its adapter: what recognises an address, what reads an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.stories.talk import comment_feeds, hacker_news, lobsters, reddit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from newsreader.stories.talk.shapes import Answer, Spot, Talk


class Adapter(NamedTuple):
    """One site, or one kind of sites.

    `spot` gives the discussion at an address, None where that is none of theirs. `read` reads what stands at a spot's
    address; it raises ParseError for what is no discussion. Sites that are recognised by the path of an address alone
    are asked only where somebody named it as a discussion (`only_named`).
    """

    spot: Callable[[str], Spot | None]
    read: Callable[[Answer], Talk]
    only_named: bool = False


ADAPTERS: Final[Mapping[str, Adapter]] = {
    hacker_news.NAME: Adapter(hacker_news.spot, hacker_news.read),
    lobsters.NAME: Adapter(lobsters.spot, lobsters.read),
    reddit.NAME: Adapter(reddit.spot, reddit.read),
    comment_feeds.NAME: Adapter(lambda _: None, comment_feeds.read),
}
"""All of them by the names that stand in a `Spot`, in the order in which they are asked."""


def spot_at(url: str, *, named: bool = False) -> Spot | None:
    """The discussion at an address; `named` says that a feed named it as one."""
    for adapter in ADAPTERS.values():
        if (named or not adapter.only_named) and (found := adapter.spot(url)) is not None:
            return found
    return None
