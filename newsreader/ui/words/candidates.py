"""What is said of the feeds that an address led to."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _

LIKE: Final = {
    "articles": _("the same articles"),
    "title": _("the same name"),
    "site": _("the same site"),
    "itself": _("its address now"),
}
"""What a feed has in common with the source whose new address it may be."""

HERE: Final = _("you have it")
LENGTHS: Final = {True: _("full text"), False: _("stubs"), None: ""}
NO_ARTICLE: Final = _("no article yet")
