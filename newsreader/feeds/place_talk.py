"""Rules for sites where people show videos and talk: see `place_rules`."""

from __future__ import annotations

from typing import Final

from newsreader.feeds.place_rule import rule, site

_YOUTUBE: Final = r"(?:www\.|m\.|music\.)?youtube\.com"
_VIMEO: Final = r"(?:www\.)?vimeo\.com"
_REDDIT: Final = r"(?:[\w-]+\.)?reddit\.com"
_REDDIT_SORT: Final = r"(?P<sort>new|top|hot|rising|controversial|best)"
_HN: Final = r"news\.ycombinator\.com"
_HN_LIST: Final = r"newest|ask|jobs|best|active|newcomments|bestcomments|launches|polls"
_STACK: Final = (
    r"(?:[\w.-]+\.)?stackexchange\.com|(?:[a-z]{2}\.)?stackoverflow\.com|serverfault\.com|superuser\.com"
    r"|(?:[\w]+\.)?askubuntu\.com|mathoverflow\.net|stackapps\.com"
)

TALK: Final = (
    # Videos
    rule(
        _YOUTUBE,
        r"/channel/(?P<id>UC[\w-]{22})",
        ("https://www.youtube.com/feeds/videos.xml?channel_id={id}", "Videos"),
    ),
    rule(
        _YOUTUBE,
        r"/user/(?P<user>[\w.-]+)",
        ("https://www.youtube.com/feeds/videos.xml?user={user}", "Videos of {user}"),
    ),
    rule(
        _YOUTUBE,
        r"/playlist\?(?:.*&)?list=(?P<id>[\w-]+)",
        ("https://www.youtube.com/feeds/videos.xml?playlist_id={id}", "Playlist"),
    ),
    rule(
        _VIMEO,
        r"/(?P<kind>channels|groups)/(?P<id>[\w-]+)",
        ("https://vimeo.com/{kind}/{id}/videos/rss", "Videos of {id}"),
    ),
    rule(
        _VIMEO,
        r"/(?P<name>[A-Za-z][\w-]*)(?:/videos)?/?$",
        ("https://vimeo.com/{name}/videos/rss", "Videos of {name}"),
        but="categories watch features solutions blog help about upgrade log_in join search stock ott enterprise",
    ),
    rule(
        r"(?:www\.)?dailymotion\.com",
        r"/(?:user/)?(?P<name>[\w-]+)/?(?:videos)?/?$",
        ("https://www.dailymotion.com/rss/user/{name}", "Videos of {name}"),
        but="video playlist signin search about trending",
    ),
    rule(
        r"odysee\.com",
        r"/(?P<channel>@[^/?#:]+:\w+)",
        ("https://odysee.com/$/rss/{channel}", "Videos of {channel}"),
    ),
    # Discussions
    rule(
        _REDDIT,
        r"/r/(?P<name>[\w+-]+)/comments/(?P<id>\w+)",
        ("https://www.reddit.com/r/{name}/.rss", "Posts of r/{name}"),
        ("https://www.reddit.com/r/{name}/comments/{id}/.rss", "Comments on this post"),
    ),
    rule(
        _REDDIT,
        rf"/r/(?P<name>[\w+-]+)/{_REDDIT_SORT}/?(?P<query>\?t=\w+)?",
        ("https://www.reddit.com/r/{name}/{sort}/.rss{query}", "Posts of r/{name}, {sort}"),
        ("https://www.reddit.com/r/{name}/.rss", "Posts of r/{name}"),
    ),
    rule(
        _REDDIT,
        r"(?P<where>/r/[\w+-]+)?/search/?\?(?P<query>(?:.*&)?q=[^#]+)",
        ("https://www.reddit.com{where}/search.rss?{query}", "Posts that are found"),
    ),
    rule(_REDDIT, r"/r/(?P<name>[\w+-]+)", ("https://www.reddit.com/r/{name}/.rss", "Posts of r/{name}")),
    rule(
        _REDDIT,
        r"/u(?:ser)?/(?P<name>[\w-]+)/m/(?P<multi>\w+)",
        ("https://www.reddit.com/user/{name}/m/{multi}/.rss", "Posts of {multi}"),
    ),
    rule(
        _REDDIT,
        r"/u(?:ser)?/(?P<name>[\w-]+)/(?P<part>submitted|comments)",
        ("https://www.reddit.com/user/{name}/{part}/.rss", "{name}, {part}"),
    ),
    rule(_REDDIT, r"/u(?:ser)?/(?P<name>[\w-]+)", ("https://www.reddit.com/user/{name}/.rss", "{name} on Reddit")),
    rule(_REDDIT, r"/domain/(?P<name>[\w.-]+)", ("https://www.reddit.com/domain/{name}/.rss", "Links to {name}")),
    rule(_REDDIT, r"/?$", ("https://www.reddit.com/.rss", "Reddit")),
    rule(
        _HN,
        r"/(?:news)?/?$",
        ("https://news.ycombinator.com/rss", "Hacker News"),
        ("https://hnrss.org/frontpage", "Hacker News: front page"),
    ),
    rule(
        _HN,
        r"/show(?:new)?(?:$|\?)",
        ("https://news.ycombinator.com/showrss", "Hacker News: show"),
        ("https://hnrss.org/show", "Hacker News: show"),
    ),
    rule(_HN, rf"/(?P<list>{_HN_LIST})(?:$|\?)", ("https://hnrss.org/{list}", "Hacker News: {list}")),
    rule(
        _HN,
        r"/user\?id=(?P<name>[\w-]+)",
        ("https://hnrss.org/submitted?id={name}", "{name} on Hacker News"),
        ("https://hnrss.org/threads?id={name}", "Comments by {name} on Hacker News"),
    ),
    rule(_HN, r"/submitted\?id=(?P<name>[\w-]+)", ("https://hnrss.org/submitted?id={name}", "{name} on Hacker News")),
    rule(
        _HN,
        r"/threads\?id=(?P<name>[\w-]+)",
        ("https://hnrss.org/threads?id={name}", "Comments by {name} on Hacker News"),
    ),
    rule(_HN, r"/item\?id=(?P<id>\d+)", ("https://hnrss.org/item?id={id}", "Comments on this thread")),
    rule(
        _HN,
        r"/from\?site=(?P<name>[\w./-]+)",
        ("https://hnrss.org/newest?q={name}&search_attrs=url", "Hacker News: links to {name}"),
    ),
    rule(
        r"lobste\.rs",
        r"/(?P<what>newest|comments|t/[\w,+.-]+|domains/[\w.-]+|~[\w-]+/stories)/?$",
        ("https://lobste.rs/{what}.rss", "Lobsters: {what}"),
    ),
    rule(
        r"lobste\.rs",
        r"/(?:~|u/|newest/)(?P<user>[\w-]+)",
        ("https://lobste.rs/~{user}/stories.rss", "Lobsters: stories of {user}"),
    ),
    rule(r"lobste\.rs", r"/top(?:/|$)", ("https://lobste.rs/top/rss", "Lobsters: top")),
    site(r"lobste\.rs", ("https://lobste.rs/rss", "Lobsters")),
    rule(
        _STACK,
        r"/questions/tagged/(?P<tag>[^/?#]+)",
        ("https://{host}/feeds/tag/{tag}", "Questions about {tag}"),
    ),
    rule(_STACK, r"/(?:questions|q)/(?P<id>\d+)", ("https://{host}/feeds/question/{id}", "Answers to this question")),
    rule(_STACK, r"/users/(?P<id>\d+)", ("https://{host}/feeds/user/{id}", "Posts of this user")),
    rule(_STACK, r"/(?:questions/?)?(?:$|\?)", ("https://{host}/feeds", "Newest questions")),
)
