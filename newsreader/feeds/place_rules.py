"""The table of sites with feeds by rule: host, path, and the addresses that are made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


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


def _rule(host: str, path: str, *feeds: tuple[str, str], but: str = "", anywhere: bool = False) -> Rule:
    return Rule(host, path, feeds, frozenset(but.split()), anywhere=anywhere)


def _site(host: str, *feeds: tuple[str, str]) -> Rule:
    return Rule(host, "/", feeds, whole_site=True)


_YOUTUBE: Final = r"(?:www\.|m\.|music\.)?youtube\.com"
_REDDIT: Final = r"(?:[\w-]+\.)?reddit\.com"
_REDDIT_SORT: Final = r"(?P<sort>new|top|hot|rising|controversial|best)"
_HN: Final = r"news\.ycombinator\.com"
_STACK: Final = (
    r"(?:[\w.-]+\.)?stackexchange\.com|(?:[a-z]{2}\.)?stackoverflow\.com|serverfault\.com|superuser\.com"
    r"|(?:[\w]+\.)?askubuntu\.com|mathoverflow\.net|stackapps\.com"
)
_WIKI: Final = (
    r"[\w-]+\.(?:m\.)?(?:wikipedia|wiktionary|wikinews|wikibooks|wikiquote|wikisource|wikiversity|wikivoyage)\.org"
)
_HN_LIST: Final = r"newest|ask|show|jobs|best|active|newcomments|bestcomments|launches|polls"
_GITHUB_PARTS: Final = (
    "topics orgs settings features marketplace explore search login join about pricing sponsors collections trending"
    " notifications issues pulls stars new apps security enterprise contact readme site codespaces customer-stories"
)
_NEW_HOSTED_GIT: Final = r"codeberg\.org|gitea\.com|disroot\.org|git\.disroot\.org|notabug\.org"

RULES: Final = (
    # Videos
    _rule(
        _YOUTUBE,
        r"/channel/(?P<id>UC[\w-]{22})",
        ("https://www.youtube.com/feeds/videos.xml?channel_id={id}", "Videos"),
    ),
    _rule(
        _YOUTUBE,
        r"/user/(?P<user>[\w.-]+)",
        ("https://www.youtube.com/feeds/videos.xml?user={user}", "Videos of {user}"),
    ),
    _rule(
        _YOUTUBE,
        r"/playlist\?(?:.*&)?list=(?P<id>[\w-]+)",
        ("https://www.youtube.com/feeds/videos.xml?playlist_id={id}", "Playlist"),
    ),
    _rule(
        r"(?:www\.)?vimeo\.com",
        r"/(?P<kind>channels|groups)/(?P<id>[\w-]+)",
        ("https://vimeo.com/{kind}/{id}/videos/rss", "Videos of {id}"),
    ),
    _rule(
        r"(?:www\.)?vimeo\.com",
        r"/(?P<name>[A-Za-z][\w-]*)(?:/videos)?/?$",
        ("https://vimeo.com/{name}/videos/rss", "Videos of {name}"),
        but="categories watch features solutions blog help about upgrade log_in join search stock ott enterprise",
    ),
    _rule(
        r"(?:www\.)?dailymotion\.com",
        r"/(?:user/)?(?P<name>[\w-]+)/?(?:videos)?/?$",
        ("https://www.dailymotion.com/rss/user/{name}", "Videos of {name}"),
        but="video playlist signin search about",
    ),
    # Discussions
    _rule(
        _REDDIT,
        r"/r/(?P<name>[\w+-]+)/comments/(?P<id>\w+)",
        ("https://www.reddit.com/r/{name}/.rss", "Posts of r/{name}"),
        ("https://www.reddit.com/r/{name}/comments/{id}/.rss", "Comments on this post"),
    ),
    _rule(
        _REDDIT,
        rf"/r/(?P<name>[\w+-]+)/{_REDDIT_SORT}/?(?P<query>\?t=\w+)?",
        ("https://www.reddit.com/r/{name}/{sort}/.rss{query}", "Posts of r/{name}, {sort}"),
        ("https://www.reddit.com/r/{name}/.rss", "Posts of r/{name}"),
    ),
    _rule(_REDDIT, r"/r/(?P<name>[\w+-]+)", ("https://www.reddit.com/r/{name}/.rss", "Posts of r/{name}")),
    _rule(
        _REDDIT,
        r"/u(?:ser)?/(?P<name>[\w-]+)/m/(?P<multi>\w+)",
        ("https://www.reddit.com/user/{name}/m/{multi}/.rss", "Posts of {multi}"),
    ),
    _rule(
        _REDDIT,
        r"/u(?:ser)?/(?P<name>[\w-]+)/(?P<part>submitted|comments)",
        ("https://www.reddit.com/user/{name}/{part}/.rss", "{name}, {part}"),
    ),
    _rule(_REDDIT, r"/u(?:ser)?/(?P<name>[\w-]+)", ("https://www.reddit.com/user/{name}/.rss", "{name} on Reddit")),
    _rule(_REDDIT, r"/?$", ("https://www.reddit.com/.rss", "Reddit")),
    _rule(
        _HN,
        r"/(?:news)?/?$",
        ("https://news.ycombinator.com/rss", "Hacker News"),
        ("https://hnrss.org/frontpage", "Hacker News: front page"),
    ),
    _rule(_HN, rf"/(?P<list>{_HN_LIST})(?:$|\?)", ("https://hnrss.org/{list}", "Hacker News: {list}")),
    _rule(_HN, r"/shownew", ("https://hnrss.org/show", "Hacker News: show")),
    _rule(
        _HN,
        r"/user\?id=(?P<name>[\w-]+)",
        ("https://hnrss.org/submitted?id={name}", "{name} on Hacker News"),
        ("https://hnrss.org/threads?id={name}", "Comments by {name} on Hacker News"),
    ),
    _rule(_HN, r"/submitted\?id=(?P<name>[\w-]+)", ("https://hnrss.org/submitted?id={name}", "{name} on Hacker News")),
    _rule(
        _HN,
        r"/threads\?id=(?P<name>[\w-]+)",
        ("https://hnrss.org/threads?id={name}", "Comments by {name} on Hacker News"),
    ),
    _rule(_HN, r"/item\?id=(?P<id>\d+)", ("https://hnrss.org/item?id={id}", "Comments on this thread")),
    _rule(
        r"lobste\.rs",
        r"/(?P<what>newest|comments|t/[\w,+.-]+|domains/[\w.-]+|~[\w-]+/stories)/?$",
        ("https://lobste.rs/{what}.rss", "Lobsters: {what}"),
    ),
    _rule(
        r"lobste\.rs",
        r"/~(?P<user>[\w-]+)",
        ("https://lobste.rs/~{user}/stories.rss", "Lobsters: stories of {user}"),
    ),
    _site(r"lobste\.rs", ("https://lobste.rs/rss", "Lobsters")),
    _rule(
        _STACK,
        r"/questions/tagged/(?P<tag>[^/?#]+)",
        ("https://{host}/feeds/tag/{tag}", "Questions about {tag}"),
    ),
    _rule(_STACK, r"/(?:questions|q)/(?P<id>\d+)", ("https://{host}/feeds/question/{id}", "Answers to this question")),
    _rule(_STACK, r"/users/(?P<id>\d+)", ("https://{host}/feeds/user/{id}", "Posts of this user")),
    _rule(_STACK, r"/(?:questions/?)?(?:$|\?)", ("https://{host}/feeds", "Newest questions")),
    # Code
    _rule(
        r"(?:www\.)?github\.com",
        r"/(?P<name>[\w.-]+)/(?P<repo>[\w.-]+?)(?:\.git)?/commits/(?P<branch>[^?#]+?)/?(?:$|\?)",
        ("https://github.com/{name}/{repo}/commits/{branch}.atom", "Commits to {repo}, {branch}"),
        ("https://github.com/{name}/{repo}/releases.atom", "Releases of {repo}"),
        ("https://github.com/{name}/{repo}/tags.atom", "Tags of {repo}"),
        but=_GITHUB_PARTS,
    ),
    _rule(
        r"(?:www\.)?github\.com",
        r"/(?P<name>[\w.-]+)/(?P<repo>[\w.-]+?)/tree/(?P<branch>[^?#]+?)/?(?:$|\?)",
        ("https://github.com/{name}/{repo}/releases.atom", "Releases of {repo}"),
        ("https://github.com/{name}/{repo}/commits/{branch}.atom", "Commits to {repo}, {branch}"),
        ("https://github.com/{name}/{repo}/tags.atom", "Tags of {repo}"),
        but=_GITHUB_PARTS,
    ),
    _rule(
        r"(?:www\.)?github\.com",
        r"/(?P<name>[\w.-]+)/(?P<repo>[\w.-]+?)(?:\.git)?/(?P<what>tags|commits)/?(?:$|\?)",
        ("https://github.com/{name}/{repo}/{what}.atom", "{repo}: {what}"),
        ("https://github.com/{name}/{repo}/releases.atom", "Releases of {repo}"),
        but=_GITHUB_PARTS,
    ),
    _rule(
        r"(?:www\.)?github\.com",
        r"/(?P<name>[\w.-]+)/(?P<repo>[\w.-]+?)(?:\.git)?(?:[/?]|$)",
        ("https://github.com/{name}/{repo}/releases.atom", "Releases of {repo}"),
        ("https://github.com/{name}/{repo}/commits.atom", "Commits to {repo}"),
        ("https://github.com/{name}/{repo}/tags.atom", "Tags of {repo}"),
        but=_GITHUB_PARTS,
    ),
    _rule(
        r"(?:www\.)?github\.com",
        r"/(?P<name>[\w-]+)/?(?:$|\?)",
        ("https://github.com/{name}.atom", "Activity of {name}"),
        but=_GITHUB_PARTS,
    ),
    _rule(
        r"gitlab\.com",
        r"/(?P<name>[\w.-]+)/(?P<repo>[\w.-]+(?:/[\w.-]+)*?)/-/commits/(?P<branch>[^?#]+)",
        ("https://gitlab.com/{name}/{repo}/-/commits/{branch}?format=atom", "Commits to {repo}, {branch}"),
        ("https://gitlab.com/{name}/{repo}/-/releases.atom", "Releases of {repo}"),
        but="explore users groups help",
    ),
    _rule(
        r"gitlab\.com",
        r"/(?P<name>[\w.-]+)/(?P<repo>[\w.-]+(?:/[\w.-]+)*?)(?:/-/.*)?/?(?:$|\?)",
        ("https://gitlab.com/{name}/{repo}/-/releases.atom", "Releases of {repo}"),
        ("https://gitlab.com/{name}/{repo}/-/tags?format=atom", "Tags of {repo}"),
        ("https://gitlab.com/{name}/{repo}.atom", "Activity of {repo}"),
        but="explore users groups help",
    ),
    _rule(
        r"gitlab\.com",
        r"/(?P<name>[\w.-]+)/?(?:$|\?)",
        ("https://gitlab.com/{name}.atom", "Activity of {name}"),
        but="explore users help",
    ),
    _rule(
        _NEW_HOSTED_GIT,
        r"/(?P<name>[\w.-]+)/(?P<repo>[\w.-]+)",
        ("https://{host}/{name}/{repo}/releases.rss", "Releases of {repo}"),
        ("https://{host}/{name}/{repo}/tags.rss", "Tags of {repo}"),
        ("https://{host}/{name}/{repo}.rss", "Activity of {repo}"),
        but="explore user repo org assets",
    ),
    _rule(
        _NEW_HOSTED_GIT,
        r"/(?P<name>[\w.-]+)/?(?:$|\?)",
        ("https://{host}/{name}.rss", "Activity of {name}"),
        but="explore user",
    ),
    _rule(
        r"pypi\.org",
        r"/project/(?P<name>[\w.-]+)",
        ("https://pypi.org/rss/project/{name}/releases.xml", "Releases of {name}"),
    ),
    _rule(
        r"crates\.io",
        r"/crates/(?P<name>[\w-]+)",
        ("https://static.crates.io/rss/crates/{name}.xml", "Releases of {name}"),
    ),
    # People
    _rule(
        r"bsky\.app",
        r"/profile/(?P<name>[\w.:%-]+)",
        ("https://bsky.app/profile/{name}/rss", "Posts of {name}"),
    ),
    _rule(
        r"(?:www\.)?medium\.com",
        r"/(?P<name>[\w-]+)/tagged/(?P<tag>[\w-]+)",
        ("https://medium.com/feed/{name}/tagged/{tag}", "{name}: {tag}"),
    ),
    _rule(
        r"(?:www\.)?medium\.com", r"/tag/(?P<tag>[\w-]+)", ("https://medium.com/feed/tag/{tag}", "Stories about {tag}")
    ),
    _rule(
        r"(?:www\.)?medium\.com",
        r"/(?P<name>@[\w.-]+|[\w-]+)",
        ("https://medium.com/feed/{name}", "Stories of {name}"),
        but="m p me search about plans membership creators explore-topics topics",
    ),
    _site(r"[\w-]+\.medium\.com", ("https://{host}/feed", "Stories")),
    _rule(r"open\.substack\.com", r"/pub/(?P<name>[\w-]+)", ("https://{name}.substack.com/feed", "Posts of {name}")),
    _site(r"(?!www\.|open\.)[\w-]+\.substack\.com", ("https://{host}/feed", "Posts")),
    _rule(
        r"(?!www\.)(?P<blog>[\w-]+)\.tumblr\.com",
        r"/tagged/(?P<tag>[^/?#]+)",
        ("https://{host}/tagged/{tag}/rss", "Posts about {tag}"),
        ("https://{host}/rss", "Posts"),
    ),
    _site(r"(?!www\.)[\w-]+\.tumblr\.com", ("https://{host}/rss", "Posts")),
    _rule(
        r"(?:www\.)?tumblr\.com",
        r"/(?:blog/(?:view/)?)?(?P<name>[\w-]+)",
        ("https://{name}.tumblr.com/rss", "Posts of {name}"),
        but="explore login register tagged search dashboard about policy help communities settings",
    ),
    _rule(
        r"(?P<blog>[\w-]+)\.wordpress\.com",
        r"/(?P<part>(?:category|tag|author)/[^?#]+?)/?(?:$|\?)",
        ("https://{host}/{part}/feed/", "Posts of this part"),
        ("https://{host}/feed/", "Posts"),
    ),
    _site(r"(?!www\.)[\w-]+\.wordpress\.com", ("https://{host}/feed/", "Posts")),
    _rule(
        r"(?:[\w-]+)\.blogspot\.\w+(?:\.\w+)?",
        r"/search/label/(?P<label>[^/?#]+)",
        ("https://{host}/feeds/posts/default/-/{label}", "Posts about {label}"),
        ("https://{host}/feeds/posts/default", "Posts"),
    ),
    _site(r"(?:[\w-]+)\.blogspot\.\w+(?:\.\w+)?", ("https://{host}/feeds/posts/default", "Posts")),
    _site(r"(?!www\.)[\w-]+\.ghost\.io", ("https://{host}/rss/", "Posts")),
    _site(r"(?!www\.)[\w-]+\.hashnode\.dev", ("https://{host}/rss.xml", "Posts")),
    _site(r"(?!www\.)[\w-]+\.(?:livejournal\.com|dreamwidth\.org)", ("https://{host}/data/rss", "Entries")),
    _rule(r"dev\.to", r"/t/(?P<tag>[\w-]+)", ("https://dev.to/feed/tag/{tag}", "Posts about {tag}")),
    _rule(
        r"dev\.to",
        r"/(?P<name>[\w-]+)",
        ("https://dev.to/feed/{name}", "Posts of {name}"),
        but="search tags about top latest videos podcasts code-of-conduct privacy terms",
    ),
    _rule(
        r"(?:www\.)?deviantart\.com",
        r"/(?P<name>[\w-]+)/?(?:gallery|art|$|\?)",
        (
            "https://backend.deviantart.com/rss.xml?type=deviation&q=by%3A{name}+sort%3Atime+meta%3Aall",
            "Deviations of {name}",
        ),
        but="about join search tag topic shop",
    ),
    _rule(
        r"(?:www\.)?flickr\.com",
        r"/(?:photos|people)/(?P<id>\d+@N\d+)",
        ("https://www.flickr.com/services/feeds/photos_public.gne?id={id}", "Photos"),
    ),
    _rule(
        r"(?P<user>[\w-]+)\.itch\.io", r"/(?P<game>[\w-]+)", ("https://{host}/{game}/devlog.rss", "Devlog of {game}")
    ),
    _rule(
        r"(?:www\.)?kickstarter\.com",
        r"/projects/(?P<id>[\w-]+/[\w-]+)",
        ("https://www.kickstarter.com/projects/{id}/posts.atom", "Updates"),
    ),
    # Podcasts: the directory's lookup answers with JSON that names the feed.
    _rule(
        r"(?:podcasts|itunes)\.apple\.com",
        r"/(?:[\w-]+/)*(?:[^/?#]+/)?id(?P<id>\d+)",
        ("https://itunes.apple.com/lookup?id={id}&entity=podcast", "Podcast"),
    ),
    _rule(
        r"overcast\.fm", r"/itunes(?P<id>\d+)", ("https://itunes.apple.com/lookup?id={id}&entity=podcast", "Podcast")
    ),
    # News and knowledge
    _rule(
        r"store\.steampowered\.com",
        r"/(?:app|news/app)/(?P<id>\d+)",
        ("https://store.steampowered.com/feeds/news/app/{id}/", "News"),
    ),
    _rule(
        r"steamcommunity\.com",
        r"/(?:app|games)/(?P<id>\d+)",
        ("https://store.steampowered.com/feeds/news/app/{id}/", "News"),
    ),
    _rule(
        r"store\.steampowered\.com",
        r"/(?:news/?)?$",
        ("https://store.steampowered.com/feeds/news.xml", "Steam news"),
    ),
    _rule(
        _WIKI,
        r"/wiki/(?P<page>(?!Special:)[^?#]+)",
        ("https://{host}/w/index.php?title={page}&action=history&feed=atom", "Changes of {page}"),
    ),
    _rule(
        _WIKI,
        r"/w/index\.php\?(?:.*&)?title=(?P<page>[^&#]+)",
        ("https://{host}/w/index.php?title={page}&action=history&feed=atom", "Changes of {page}"),
    ),
    _rule(
        r"(?:www\.)?arxiv\.org",
        r"/(?:list|archive)/(?P<list>[\w.+-]+)",
        ("https://rss.arxiv.org/rss/{list}", "New papers in {list}"),
    ),
    _rule(
        r"news\.google\.com",
        r"/(?P<what>(?:search|topics|topstories|home)[^#]*)?",
        ("https://news.google.com/rss/{what}", "Google News"),
    ),
    # Programs that anybody can run: a guess, checked as all are
    _rule(
        r"(?!.*(?:medium|youtube|tiktok|threads|flickr|substack|instagram|x|twitter)\.\w+$).+",
        r"/@(?P<user>[\w.-]+)@(?P<home>(?:[\w-]+\.)+[\w-]+)",
        ("https://{home}/@{user}.rss", "Posts of {user}"),
        anywhere=True,
    ),
    _rule(
        r"(?!.*(?:medium|youtube|tiktok|threads|flickr|substack|instagram|x|twitter)\.\w+$).+",
        r"/@(?P<user>[\w.-]+)(?:/(?:\d+|with_replies|media|featured)?)?/?$",
        ("https://{host}/@{user}.rss", "Posts of {user}"),
        anywhere=True,
    ),
    _rule(
        r"(?!.*(?:youtube)\.\w+$).+",
        r"/c/(?P<name>[A-Za-z_][\w]*(?:@[\w.-]+)?)/?$",
        ("https://{host}/feeds/c/{name}.xml?sort=New", "Posts of {name}"),
        anywhere=True,
    ),
)

NO_FEEDS: Final = {
    "x.com": "X",
    "twitter.com": "Twitter",
    "facebook.com": "Facebook",
    "instagram.com": "Instagram",
    "threads.net": "Threads",
    "threads.com": "Threads",
    "tiktok.com": "TikTok",
    "linkedin.com": "LinkedIn",
    "t.me": "Telegram",
    "open.spotify.com": "Spotify",
}
"""Sites that serve no feeds of what people post there, by host."""
