"""Pages that stand before an article instead of it: requests for consent, checks for robots, articles for subscribers.

Each is said in words, so that a person knows what to do; none is passed off as the article.
"""

from __future__ import annotations

import re
from typing import Final

from newsreader.pages.trimming import words_of

ROBOTS: Final = "The site asks whether a person is reading before it shows the article. Open it in a browser."
CONSENT: Final = "The site asks for consent to cookies before it shows the article. Open it in a browser."
PAID: Final = "The page shows only the beginning of this article; the rest is for subscribers of the site."
PERHAPS_PAID: Final = "This may be only the beginning: the site keeps whole articles for its subscribers."

_WALL: Final = 3000  # characters: what is longer is an article
_BEGINNING: Final = 1500  # characters: what a site shows of an article to everybody is rarely longer
_ROBOTS: Final = re.compile(
    r"^\W*(?:just a moment|attention required|access (?:to this page has been )?denied|are you a (?:ro)?bot"
    r"|robot or human|verif(?:y|ying) (?:that )?you|checking your browser|security (?:check|verification)"
    r"|bot verification|please (?:verify|wait)|un momento|einen moment|un instant|pardon our interruption"
    r"|client challenge)\b",
    re.IGNORECASE,
)
_CONSENT: Final = re.compile(
    r"\b(?:cookies?|consent\w*|partners?|privacy|tracking|accept\w*|reject\w*|personali[sz]ed?"
    r"|einwillig\w*|zustimm\w*|datenschutz\w*|akzeptier\w*|partnern?|consentement|confidentialité|accepter|refuser"
    r"|privacidad|aceptar|rechaz\w*|consentimiento|toestemming|privacybeleid|samtycke|zgod\w+|prywatnoś\w+|согласи\w+)\b",
    re.IGNORECASE,
)


def wall_before(page_title: str, text: str, wanted: str) -> str | None:
    """Tell what a page shows instead of the article called `wanted`, None if nothing speaks for that.

    `wanted` is the title that the feed gave: where most of its words are on the page, this is the article.
    """
    expected = words_of(wanted)
    if len(text) > (_WALL if expected else _WALL // 4):
        return None
    if expected and len(expected & words_of(f"{page_title}\n{text}")) * 2 > len(expected):
        return None
    if _ROBOTS.match(page_title):
        return ROBOTS
    asking = len(_CONSENT.findall(text))
    return CONSENT if asking >= 4 and asking * 25 > len(text.split()) else None


def is_cut_off(text: str, *, free: bool) -> bool:
    """Whether there may be only the beginning, for the page says that the article is not free, and it is short."""
    return not free and len(text) < _BEGINNING
