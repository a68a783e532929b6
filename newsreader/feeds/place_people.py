"""Rules for sites where people write, show and tell, and for what is known and new: see `place_rules`."""

from __future__ import annotations

from typing import Final

from newsreader.feeds.place_rule import rule, site

_WIKI: Final = (
    r"[\w-]+\.(?:m\.)?(?:wikipedia|wiktionary|wikinews|wikibooks|wikiquote|wikisource|wikiversity|wikivoyage)\.org"
)
_FLICKR: Final = r"(?:www\.)?flickr\.com"
_FLICKR_FEEDS: Final = "https://www.flickr.com/services/feeds"

PEOPLE: Final = (
    rule(
        r"bsky\.app",
        r"/profile/(?P<name>[\w.:%-]+)",
        ("https://bsky.app/profile/{name}/rss", "Posts of {name}"),
    ),
    rule(
        r"(?:www\.)?medium\.com",
        r"/(?P<name>[\w-]+)/tagged/(?P<tag>[\w-]+)",
        ("https://medium.com/feed/{name}/tagged/{tag}", "{name}: {tag}"),
    ),
    rule(
        r"(?:www\.)?medium\.com", r"/tag/(?P<tag>[\w-]+)", ("https://medium.com/feed/tag/{tag}", "Stories about {tag}")
    ),
    rule(
        r"(?:www\.)?medium\.com",
        r"/(?P<name>@[\w.-]+|[\w-]+)",
        ("https://medium.com/feed/{name}", "Stories of {name}"),
        but="m p me search about plans membership creators explore-topics topics",
    ),
    rule(
        r"(?!www\.)(?P<name>[\w-]+)\.medium\.com",
        r"/tagged/(?P<tag>[\w-]+)",
        ("https://medium.com/feed/{name}/tagged/{tag}", "{name}: {tag}"),
    ),
    site(r"[\w-]+\.medium\.com", ("https://{host}/feed", "Stories")),
    rule(r"open\.substack\.com", r"/pub/(?P<name>[\w-]+)", ("https://{name}.substack.com/feed", "Posts of {name}")),
    site(r"(?!www\.|open\.)[\w-]+\.substack\.com", ("https://{host}/feed", "Posts")),
    rule(
        r"(?!www\.)(?P<blog>[\w-]+)\.tumblr\.com",
        r"/tagged/(?P<tag>[^/?#]+)",
        ("https://{host}/tagged/{tag}/rss", "Posts about {tag}"),
        ("https://{host}/rss", "Posts"),
    ),
    site(r"(?!www\.)[\w-]+\.tumblr\.com", ("https://{host}/rss", "Posts")),
    rule(
        r"(?:www\.)?tumblr\.com",
        r"/(?:blog/(?:view/)?)?(?P<name>[\w-]+)",
        ("https://{name}.tumblr.com/rss", "Posts of {name}"),
        but="explore login register tagged search dashboard about policy help communities settings",
    ),
    rule(
        r"(?P<blog>[\w-]+)\.wordpress\.com",
        r"/(?P<part>(?:category|tag|author)/[^?#]+?)/?(?:$|\?)",
        ("https://{host}/{part}/feed/", "Posts of this part"),
        ("https://{host}/feed/", "Posts"),
    ),
    site(r"(?!www\.)[\w-]+\.wordpress\.com", ("https://{host}/feed/", "Posts")),
    rule(
        r"(?:[\w-]+)\.blogspot\.\w+(?:\.\w+)?",
        r"/search/label/(?P<label>[^/?#]+)",
        ("https://{host}/feeds/posts/default/-/{label}", "Posts about {label}"),
        ("https://{host}/feeds/posts/default", "Posts"),
    ),
    site(r"(?:[\w-]+)\.blogspot\.\w+(?:\.\w+)?", ("https://{host}/feeds/posts/default", "Posts")),
    rule(
        r"(?!www\.)[\w-]+\.ghost\.io",
        r"/(?P<part>(?:tag|author)/[\w-]+)",
        ("https://{host}/{part}/rss/", "Posts of this part"),
        ("https://{host}/rss/", "Posts"),
    ),
    site(r"(?!www\.)[\w-]+\.ghost\.io", ("https://{host}/rss/", "Posts")),
    site(r"(?!www\.)[\w-]+\.hashnode\.dev", ("https://{host}/rss.xml", "Posts")),
    site(r"(?!www\.)[\w-]+\.(?:livejournal\.com|dreamwidth\.org)", ("https://{host}/data/rss", "Entries")),
    rule(r"dev\.to", r"/t/(?P<tag>[\w-]+)", ("https://dev.to/feed/tag/{tag}", "Posts about {tag}")),
    rule(
        r"dev\.to",
        r"/(?P<name>[\w-]+)",
        ("https://dev.to/feed/{name}", "Posts of {name}"),
        but="search tags about top latest videos podcasts code-of-conduct privacy terms",
    ),
    rule(
        r"(?:www\.)?deviantart\.com",
        r"/(?P<name>[\w-]+)/?(?:gallery|art|$|\?)",
        (
            "https://backend.deviantart.com/rss.xml?type=deviation&q=by%3A{name}+sort%3Atime+meta%3Aall",
            "Deviations of {name}",
        ),
        but="about join search tag topic shop",
    ),
    rule(
        _FLICKR,
        r"/photos/(?P<id>\d+@N\d+)/(?:favorites|faves)",
        (_FLICKR_FEEDS + "/photos_faves.gne?id={id}", "Favourite photos"),
    ),
    rule(
        _FLICKR,
        r"/(?:photos|people)/(?P<id>\d+@N\d+)",
        (_FLICKR_FEEDS + "/photos_public.gne?id={id}", "Photos"),
    ),
    rule(
        _FLICKR,
        r"/photos/tags/(?P<tag>[^/?#]+)",
        (_FLICKR_FEEDS + "/photos_public.gne?tags={tag}", "Photos of {tag}"),
    ),
    rule(
        _FLICKR,
        r"/groups/(?P<id>\d+@N\d+)",
        (_FLICKR_FEEDS + "/groups_pool.gne?id={id}", "Photos of this group"),
    ),
    rule(
        r"letterboxd\.com",
        r"/(?P<name>\w+)/?$",
        ("https://letterboxd.com/{name}/rss/", "Films of {name}"),
        but="films film lists members journal activity search about pro apps settings sign-in create-account",
    ),
    rule(r"world\.hey\.com", r"/(?P<name>[\w.-]+)", ("https://world.hey.com/{name}/feed.atom", "Posts of {name}")),
    rule(r"(?P<user>[\w-]+)\.itch\.io", r"/(?P<game>[\w-]+)", ("https://{host}/{game}/devlog.rss", "Devlog of {game}")),
    rule(
        r"(?:www\.)?kickstarter\.com",
        r"/projects/(?P<id>[\w-]+/[\w-]+)",
        ("https://www.kickstarter.com/projects/{id}/posts.atom", "Updates"),
    ),
    # Podcasts: the directory's lookup answers with JSON that names the feed.
    rule(
        r"(?:podcasts|itunes)\.apple\.com",
        r"/(?:[\w-]+/)*(?:[^/?#]+/)?id(?P<id>\d+)",
        ("https://itunes.apple.com/lookup?id={id}&entity=podcast", "Podcast"),
    ),
    rule(r"overcast\.fm", r"/itunes(?P<id>\d+)", ("https://itunes.apple.com/lookup?id={id}&entity=podcast", "Podcast")),
    # News and knowledge
    rule(
        r"store\.steampowered\.com",
        r"/(?:app|news/app)/(?P<id>\d+)",
        ("https://store.steampowered.com/feeds/news/app/{id}/", "News"),
    ),
    rule(
        r"steamcommunity\.com",
        r"/(?:app|games)/(?P<id>\d+)",
        ("https://store.steampowered.com/feeds/news/app/{id}/", "News"),
    ),
    rule(
        r"steamcommunity\.com",
        r"/groups/(?P<name>[\w-]+)",
        ("https://steamcommunity.com/groups/{name}/rss/", "News of {name}"),
    ),
    rule(
        r"store\.steampowered\.com",
        r"/(?:news/?)?$",
        ("https://store.steampowered.com/feeds/news.xml", "Steam news"),
    ),
    rule(
        _WIKI,
        r"/wiki/(?P<page>(?!Special:)[^?#]+)",
        ("https://{host}/w/index.php?title={page}&action=history&feed=atom", "Changes of {page}"),
    ),
    rule(
        _WIKI,
        r"/w/index\.php\?(?:.*&)?title=(?P<page>[^&#]+)",
        ("https://{host}/w/index.php?title={page}&action=history&feed=atom", "Changes of {page}"),
    ),
    rule(
        _WIKI,
        r"/wiki/Special:(?P<page>RecentChanges|NewPages|Contributions/[^?#]+)",
        ("https://{host}/w/index.php?title=Special:{page}&feed=atom", "{page}"),
    ),
    rule(
        r"(?:www\.)?arxiv\.org",
        r"/(?:list|archive)/(?P<list>[\w.+-]+)",
        ("https://rss.arxiv.org/rss/{list}", "New papers in {list}"),
    ),
    rule(
        r"news\.google\.com",
        r"/(?P<what>(?:search|topics|topstories|home)[^#]*)?",
        ("https://news.google.com/rss/{what}", "Google News"),
    ),
)
