"""The sites whose discussions can be read, each by its adapter: what recognises an address, what reads an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.stories.talk import comment_feeds, discourse, hacker_news, lemmy, lobsters, mastodon, reddit, wordpress

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from newsreader.stories.talk.shapes import Answer, Spot, Talk


class Adapter(NamedTuple):
    """One site, or one kind of sites.

    `spot` gives the discussion at an address, None where that is none of theirs; `named` does so where a feed named the
    address as a discussion, for sites that are recognised by little. `read` reads what stands at a spot's address; it
    raises ParseError for what is no discussion.
    """

    spot: Callable[[str], Spot | None]
    read: Callable[[Answer], Talk]
    named: Callable[[str], Spot | None] | None = None


def _nowhere(url: str) -> None:
    """Of those that no address shows: where they are is found otherwise."""
    del url


ADAPTERS: Final[Mapping[str, Adapter]] = {
    hacker_news.NAME: Adapter(hacker_news.spot, hacker_news.read),
    lobsters.NAME: Adapter(lobsters.spot, lobsters.read),
    reddit.NAME: Adapter(reddit.spot, reddit.read),
    lemmy.NAME: Adapter(lemmy.spot_by_name, lemmy.read, lemmy.spot),
    discourse.NAME: Adapter(discourse.spot, discourse.read),
    mastodon.NAME: Adapter(mastodon.spot, mastodon.read),
    comment_feeds.NAME: Adapter(_nowhere, comment_feeds.read),
    wordpress.NAME: Adapter(_nowhere, wordpress.read),
}
"""All of them by the names that stand in a `Spot`, in the order in which they are asked."""


def spot_at(url: str, *, named: bool = False) -> Spot | None:
    """The discussion at an address; `named` says that a feed named it as one."""
    for adapter in ADAPTERS.values():
        find = (adapter.named if named else None) or adapter.spot
        if (found := find(url)) is not None:
            return found
    return None
