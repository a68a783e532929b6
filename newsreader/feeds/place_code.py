"""Rules for sites with programs and packages: see `place_rules`."""

from __future__ import annotations

from typing import Final

from newsreader.feeds.place_rule import rule

_GITHUB: Final = r"(?:www\.)?github\.com"
_GITHUB_PARTS: Final = (
    "about account apps blog careers codespaces collections contact copilot customer-stories dashboard education"
    " enterprise events explore features feed home issues join login marketplace new notifications organizations orgs"
    " pricing pulls readme resources search security sessions settings signup site sponsors stars team topics trending"
    " watching"
)
_REPOSITORY: Final = r"/(?P<name>[\w.-]+)/(?P<repo>[\w.-]+?)(?:\.git)?"
_RELEASES: Final = ("https://github.com/{name}/{repo}/releases.atom", "Releases of {repo}")
_TAGS: Final = ("https://github.com/{name}/{repo}/tags.atom", "Tags of {repo}")
_COMMITS: Final = ("https://github.com/{name}/{repo}/commits.atom", "Commits to {repo}")
_BRANCH: Final = ("https://github.com/{name}/{repo}/commits/{branch}.atom", "Commits to {repo}, {branch}")
_GITLAB: Final = r"gitlab\.com"
_GITLAB_PROJECT: Final = r"/(?P<name>[\w.-]+)/(?P<repo>[\w.-]+(?:/[\w.-]+)*?)"
_GITLAB_PARTS: Final = "-  admin api dashboard explore groups help projects search snippets users"
_GITLAB_RELEASES: Final = ("https://gitlab.com/{name}/{repo}/-/releases.atom", "Releases of {repo}")
_FORGEJO: Final = r"codeberg\.org|gitea\.com|git\.disroot\.org"
_FORGEJO_FEEDS: Final = (
    ("https://{host}/{name}/{repo}/releases.rss", "Releases of {repo}"),
    ("https://{host}/{name}/{repo}/tags.rss", "Tags of {repo}"),
    ("https://{host}/{name}/{repo}.rss", "Activity of {repo}"),
)

CODE: Final = (
    rule(
        _GITHUB,
        rf"{_REPOSITORY}/discussions/categories/(?P<category>[\w-]+)",
        ("https://github.com/{name}/{repo}/discussions/categories/{category}.atom", "{repo}: {category}"),
        ("https://github.com/{name}/{repo}/discussions.atom", "Discussions of {repo}"),
        but=_GITHUB_PARTS,
    ),
    rule(
        _GITHUB,
        rf"{_REPOSITORY}/(?P<what>wiki|discussions)(?:[/?]|$)",
        ("https://github.com/{name}/{repo}/{what}.atom", "{repo}: {what}"),
        _RELEASES,
        but=_GITHUB_PARTS,
    ),
    rule(
        _GITHUB, rf"{_REPOSITORY}/commits/(?P<branch>[^?#]+?)/?(?:$|\?)", _BRANCH, _RELEASES, _TAGS, but=_GITHUB_PARTS
    ),
    rule(_GITHUB, rf"{_REPOSITORY}/tree/(?P<branch>[^?#]+?)/?(?:$|\?)", _RELEASES, _BRANCH, _TAGS, but=_GITHUB_PARTS),
    rule(_GITHUB, rf"{_REPOSITORY}/blob/(?P<branch>[^?#]+?)/?(?:$|\?)", _BRANCH, _RELEASES, but=_GITHUB_PARTS),
    rule(
        _GITHUB,
        rf"{_REPOSITORY}/(?P<what>tags|commits)/?(?:$|\?)",
        ("https://github.com/{name}/{repo}/{what}.atom", "{repo}: {what}"),
        _RELEASES,
        but=_GITHUB_PARTS,
    ),
    rule(_GITHUB, rf"{_REPOSITORY}(?:[/?]|$)", _RELEASES, _COMMITS, _TAGS, but=_GITHUB_PARTS),
    rule(
        _GITHUB,
        r"/orgs/(?P<org>[\w-]+)",
        ("https://github.com/{org}.atom", "Activity of {org}"),
    ),
    rule(
        _GITHUB,
        r"/(?P<name>[\w-]+)/?(?:$|\?)",
        ("https://github.com/{name}.atom", "Activity of {name}"),
        but=_GITHUB_PARTS,
    ),
    rule(
        r"gist\.github\.com",
        r"/(?P<name>[\w-]+)",
        ("https://gist.github.com/{name}.atom", "Gists of {name}"),
        but="discover forked login mine search starred",
    ),
    rule(
        _GITLAB,
        rf"{_GITLAB_PROJECT}/-/(?:commits|tree)/(?P<branch>[^?#]+)",
        ("https://gitlab.com/{name}/{repo}/-/commits/{branch}?format=atom", "Commits to {repo}, {branch}"),
        _GITLAB_RELEASES,
        but=_GITLAB_PARTS,
    ),
    rule(
        _GITLAB,
        rf"{_GITLAB_PROJECT}/-/(?P<what>issues|merge_requests)",
        ("https://gitlab.com/{name}/{repo}/-/{what}.atom", "{repo}: {what}"),
        _GITLAB_RELEASES,
        but=_GITLAB_PARTS,
    ),
    rule(
        _GITLAB,
        rf"{_GITLAB_PROJECT}(?:/-/.*)?/?(?:$|\?)",
        _GITLAB_RELEASES,
        ("https://gitlab.com/{name}/{repo}/-/tags?format=atom", "Tags of {repo}"),
        ("https://gitlab.com/{name}/{repo}.atom", "Activity of {repo}"),
        but=_GITLAB_PARTS,
    ),
    rule(
        _GITLAB,
        r"/(?P<name>[\w.-]+)/?(?:$|\?)",
        ("https://gitlab.com/{name}.atom", "Activity of {name}"),
        but=_GITLAB_PARTS,
    ),
    rule(
        _FORGEJO,
        r"/(?P<name>[\w.-]+)/(?P<repo>[\w.-]+)/(?:src|commits)/branch/(?P<branch>[^?#]+?)/?(?:$|\?)",
        _FORGEJO_FEEDS[0],
        ("https://{host}/{name}/{repo}/rss/branch/{branch}", "Commits to {repo}, {branch}"),
        _FORGEJO_FEEDS[1],
        but="explore user repo org assets",
    ),
    rule(
        _FORGEJO,
        r"/(?P<name>[\w.-]+)/(?P<repo>[\w.-]+)(?![\w.-]|/(?:rss|atom)/)",
        *_FORGEJO_FEEDS,
        but="explore user repo org assets",
    ),
    rule(
        _FORGEJO,
        r"/(?P<name>[\w.-]+)/?(?:$|\?)",
        ("https://{host}/{name}.rss", "Activity of {name}"),
        but="explore user",
    ),
    rule(
        r"sourceforge\.net",
        r"/(?:projects|p)/(?P<name>[\w.-]+)",
        ("https://sourceforge.net/projects/{name}/rss?path=/", "Files of {name}"),
    ),
    rule(
        r"pypi\.org",
        r"/project/(?P<name>[\w.-]+)",
        ("https://pypi.org/rss/project/{name}/releases.xml", "Releases of {name}"),
    ),
    rule(
        r"crates\.io",
        r"/crates/(?P<name>[\w-]+)",
        ("https://static.crates.io/rss/crates/{name}.xml", "Releases of {name}"),
    ),
)
