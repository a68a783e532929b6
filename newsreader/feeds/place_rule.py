"""What a rule for a site is, and how one is written down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of address of a site: `feeds` are templates of address and title, filled by the named groups.

    `host` and `path` are regular expressions, compiled when the first address is looked at: a refresh needs none.
    `host` fits the whole host whatever its case; `path` is matched from the start of path and query. `not_names` are
    names that stand for parts of the site itself. Of the rules that fit, the first counts. `whole_site`: the feed is
    that of the host, whichever page of it is meant. `anywhere`: the host is anybody's, and the rule a guess.
    """

    host: str
    path: str
    feeds: tuple[tuple[str, str], ...]
    not_names: frozenset[str] = frozenset()
    whole_site: bool = False
    anywhere: bool = False


def rule(host: str, path: str, *feeds: tuple[str, str], but: str = "", anywhere: bool = False) -> Rule:
    """A rule for one kind of address; `but` are the names that are none, with blanks between."""
    return Rule(host, path, feeds, frozenset(but.split()), anywhere=anywhere)


def site(host: str, *feeds: tuple[str, str]) -> Rule:
    """A rule for all pages of a host."""
    return Rule(host, "/", feeds, whole_site=True)
