"""The table of sites with feeds by rule: host, path, and the addresses that are made of them.

The rules are in `place_talk`, `place_code` and `place_people`; here they are put in order.
"""

from __future__ import annotations

from typing import Final

from newsreader.feeds.place_code import CODE
from newsreader.feeds.place_people import PEOPLE
from newsreader.feeds.place_rule import rule
from newsreader.feeds.place_talk import TALK

# A profile as a page of any program of the fediverse, and its host, which is known for other profiles.
_OTHER_PROFILES: Final = (
    r"(?!.*(?:dailymotion|flickr|hashnode|instagram|listed|medium|note|observablehq|odysee|paragraph|substack|threads"
    r"|tiktok|twitter|velog|x|youtube)\.\w+$).+"
)

RULES: Final = (
    *TALK,
    *CODE,
    *PEOPLE,
    # Programs that anybody can run: a guess, checked as all are
    rule(
        _OTHER_PROFILES,
        r"/@(?P<user>[\w.-]+)@(?P<home>(?:[\w-]+\.)+[\w-]+)",
        ("https://{home}/@{user}.rss", "Posts of {user}"),
        anywhere=True,
    ),
    rule(
        _OTHER_PROFILES,
        r"/@(?P<user>[\w.-]+)/(?P<part>with_replies|media|tagged/[^/?#]+)/?$",
        ("https://{host}/@{user}/{part}.rss", "Posts of {user}, {part}"),
        ("https://{host}/@{user}.rss", "Posts of {user}"),
        anywhere=True,
    ),
    rule(
        _OTHER_PROFILES,
        r"/@(?P<user>[\w.-]+)(?:/(?:\d+|featured)?)?/?$",
        ("https://{host}/@{user}.rss", "Posts of {user}"),
        anywhere=True,
    ),
    rule(
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
