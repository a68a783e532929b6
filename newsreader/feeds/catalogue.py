"""The starter catalogue: a few bundles of well-known sources for the first start to offer (catalogue.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from newsreader.model import Bundle, Subscription


@cache
def bundles(language: str | None = None) -> tuple[Bundle, ...]:
    """All bundles in the order in which they are offered; each source carries its bundle's name as folder.

    The bundle in the person's language (a primary subtag of BCP 47) is the second. Loads neither lxml nor
    anything else of a parser.
    """
    text = files("newsreader.feeds").joinpath("catalogue.toml").read_text(encoding="utf-8")
    found = [
        Bundle(
            name=bundle["name"],
            about=bundle["about"],
            language=bundle.get("language"),
            sources=tuple(
                Subscription(url=source["url"], title=source["title"], folder=bundle["name"], link=source["link"])
                for source in bundle["source"]
            ),
        )
        for bundle in tomllib.loads(text)["bundle"]
    ]
    own = [bundle for bundle in found if language is not None and bundle.language == language]
    others = [bundle for bundle in found if bundle not in own]
    return (*others[:1], *own, *others[1:])
