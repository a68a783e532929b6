"""Programs that serve many sites: how their pages give them away, and where they have their feeds.

The paths are what their manuals or their sources say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Software:
    """A program: the sign of it in a page, and for patterns of paths the feeds' paths and titles.

    `always`: its pages do not name all of them; else they count only where a page names no feed at all.
    """

    sign: str
    rules: tuple[tuple[str, str, str], ...]
    always: bool = False

    def made(self, text: str) -> bool:
        """Whether a page is one of this program's."""
        return re.search(self.sign, text, re.IGNORECASE) is not None

    def feeds(self, path: str) -> Iterator[tuple[str, str]]:
        """The path and title of each feed that a page has by its own path."""
        for pattern, address, title in self.rules:
            if found := re.match(pattern, path):
                groups = [group or "" for group in found.groups()]
                yield address.format(*groups), title.format(*groups)


def _generator(name: str) -> str:
    """The meta element by which a page says what made it."""
    content = rf"content=[\"']?{name}"
    return (
        rf"<meta\s[^<>]{{0,200}}name=[\"']?generator\b[^<>]{{1,200}}{content}|<meta\s+{content}[^<>]{{0,200}}generator"
    )


def _software(sign: str, *rules: tuple[str, str, str], always: bool = False) -> Software:
    return Software(sign, rules, always)


_REPOSITORY: Final = r"/([\w.-]+(?:/[\w.-]+)+?)(?:/-/.*)?/?$"
_OWNED: Final = r"/([\w.-]+/[\w.-]+)"

SOFTWARE: Final = (
    # Forums and the fediverse
    _software(
        rf"{_generator('Discourse ')}|id=\"data-discourse-setup\"",
        (r"((?:/[\w-]+)?/c/[\w/-]+?)(?:/(?:l|none|all)/\w+)?/?$", "{0}.rss", "Topics of this category"),
        (r"((?:/[\w-]+)?/tag/[^/?]+)", "{0}.rss", "Topics with this tag"),
        (r"(?:/[\w-]+)?/u/([\w.-]+)", "/u/{0}/activity.rss", "Activity of {0}"),
        (r"/top(?:/|$)()", "/top.rss", "Top topics"),
        (r"()", "/latest.rss", "Latest topics"),
        (r"(/t/[\w-]+/\d+)", "{0}.rss", "Posts of this topic"),
        always=True,
    ),
    _software(
        r"class=\"lemmy-site\"|name=\"Description\" content=\"Lemmy\"|/static/assets/icons/lemmy",
        (r"/(c|m)/([\w.@-]+)", "/feeds/{0}/{1}.xml?sort=New", "Posts of {1}"),
        (r"/u/([\w.@-]+)", "/feeds/u/{0}.xml?sort=New", "Posts of {0}"),
        (r"()", "/feeds/local.xml?sort=New", "Posts of this server"),
        always=True,
    ),
    _software(
        rf"<div class=['\"]app-holder['\"]|<div[^<>]{{0,400}} id=['\"]mastodon['\"]|{_generator('Mastodon')}",
        (r"/tags/(\w+)", "/tags/{0}.rss", "Posts with #{0}"),
        (r"/(?:web/)?(?:users/|@)([\w.-]+)", "/@{0}.rss", "Posts of {0}"),
        always=True,
    ),
    # Code
    _software(
        r"content=\"[^\"]{0,200}\b(?:gitea|forgejo)\b|Powered by (?:Gitea|Forgejo)",
        (_OWNED, "/{0}/releases.rss", "Releases of {0}"),
        (_OWNED, "/{0}.rss", "Activity of {0}"),
        (r"/([\w.-]+)/?$", "/{0}.rss", "Activity of {0}"),
        always=True,
    ),
    _software(
        r"content=\"GitLab\"|gon\.gitlab_url",
        (_REPOSITORY, "/{0}/-/releases.atom", "Releases of {0}"),
        (_REPOSITORY, "/{0}/-/tags?format=atom", "Tags of {0}"),
        (_REPOSITORY, "/{0}.atom", "Activity of {0}"),
        (r"/([\w.-]+)/?$", "/{0}.atom", "Activity of {0}"),
        always=True,
    ),
    # Programs for sites
    _software(
        rf"{_generator('WordPress')}|/wp-content/(?:themes|plugins)/",
        (r"(.*/(?:category|tag|author)/.+?)/?$", "{0}/feed/", "Posts of this part"),
        (r"()", "/feed/", "Posts"),
    ),
    _software(
        _generator("Ghost"),
        (r"(.*/(?:tag|author)/[\w-]+)", "{0}/rss/", "Posts of this part"),
        (r"()", "/rss/", "Posts"),
    ),
    _software(
        _generator("Hugo"),
        (r"(.*?)/(?:index\.html)?$", "{0}/index.xml", "Posts"),
        (r"()", "/index.xml", "Posts"),
    ),
    _software(_generator("Jekyll"), (r"()", "/feed.xml", "Posts")),
    _software(_generator("Hexo"), (r"()", "/atom.xml", "Posts")),
    _software(
        _generator("blogger"),
        (r"/search/label/([^/?#]+)", "/feeds/posts/default/-/{0}", "Posts about {0}"),
        (r"()", "/feeds/posts/default", "Posts"),
    ),
    _software(_generator("Drupal"), (r"()", "/rss.xml", "Posts")),
    _software(
        _generator("Joomla"),
        (r"(.*)$", "{0}?format=feed&type=rss", "Posts of this part"),
    ),
    _software(
        r"static1\.squarespace\.com|This is Squarespace\.",
        (r"(/[\w-]+)", "{0}?format=rss", "Posts"),
        (r"()", "/blog?format=rss", "Posts"),
    ),
    _software(
        r"cdn\.shopify\.com",
        (r"(/blogs/[\w-]+)", "{0}.atom", "Posts"),
        (r"()", "/blogs/news.atom", "Posts"),
    ),
    _software(rf"{_generator('Wix')}|static\.wixstatic\.com", (r"()", "/blog-feed.xml", "Posts")),
)
