"""Names of feed elements by meaning: whatever prefix or spelling of a namespace a feed uses, one short name each.

"title" is the title of every RSS and of every Atom, "dc:creator" the Dublin Core creator also where the prefix was
never declared. Names of namespaces that mean nothing here become "".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml import etree

# Prefix -> addresses, without scheme, in lower case and without the characters that people add or forget at the end.
_NAMESPACES: Final = {
    "": (
        "backend.userland.com/rss",
        "backend.userland.com/rss2",
        "backend.userland.com/rss091",
        "blogs.law.harvard.edu/tech/rss",
        "cyber.law.harvard.edu/rss",
        "cyber.harvard.edu/rss/rss.html",
        "my.netscape.com/rdf/simple/0.9",
        "my.netscape.com/publish/formats/rss-0.91.dtd",
        "channel.netscape.com/rdf/simple/0.9",
        "purl.org/net/rss1.1",
        "purl.org/rss/1.0",
        "purl.org/rss/2.0",
        "purl.org/rss/1.0/modules/rss091",
        "purl.org/atom/ns",
        "www.w3.org/2005/atom",
        "www.w3.org/1999/02/22-rdf-syntax-ns",
        "purl.oclc.org/net/rss_2.0/enc",
    ),
    "prism": (
        "prismstandard.org/namespaces/basic/1.2",
        "prismstandard.org/namespaces/1.2/basic",
        "prismstandard.org/namespaces/basic/2.0",
        "prismstandard.org/namespaces/basic/2.1",
        "prismstandard.org/namespaces/basic/3.0",
    ),
    "yandex": ("news.yandex.ru",),
    "content": ("purl.org/rss/1.0/modules/content",),
    "dc": ("purl.org/dc/elements/1.1", "purl.org/dc/elements/1.0"),
    "dcterms": ("purl.org/dc/terms",),
    "media": (
        "search.yahoo.com/mrss",
        "www.rssboard.org/media-rss",
        "video.search.yahoo.com/mrss",
        "tools.search.yahoo.com/mrss",
    ),
    "itunes": ("www.itunes.com/dtds/podcast-1.0.dtd", "example.com/dtds/podcast-1.0.dtd"),
    "googleplay": ("www.google.com/schemas/play-podcasts/1.0",),
    "podcast": (
        "podcastindex.org/namespace/1.0",
        "github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
    ),
    "thr": ("purl.org/syndication/thread/1.0",),
    "wfw": ("wellformedweb.org/commentapi",),
    "slash": ("purl.org/rss/1.0/modules/slash",),
    "sy": ("purl.org/rss/1.0/modules/syndication",),
    "xhtml": ("www.w3.org/1999/xhtml",),
}
_PREFIXES: Final = {address: prefix for prefix, addresses in _NAMESPACES.items() for address in addresses}


class Names(dict[object, str]):
    """The names of one document's tags, each worked out once.

    The namespace of the root, in RDF also that of the names without prefix, counts as the format's own, so that a feed
    with an invented or misspelt one is still read. For the same reason an unknown one with a known prefix counts as
    what that prefix mostly stands for.
    """

    def __init__(self, root: etree._Element) -> None:
        super().__init__()
        namespace, _, local = str(root.tag).rpartition("}")
        self._declared = root.nsmap
        self._default = _normal(self._declared.get(None) or "")
        own = _normal(namespace[1:])
        self._own = (own, self._default) if local.lower() == "rdf" else (own,)

    def __missing__(self, tag: object) -> str:
        if not isinstance(tag, str):  # what lxml has for comments and entities
            return ""
        namespace, found, local = tag.rpartition("}")
        if found:
            address = _normal(namespace[1:])
            prefix = "" if address in self._own else _PREFIXES.get(address)
            if prefix is None:
                prefix = "" if address == self._default else self._usual(namespace[1:])
        else:
            prefix, _, local = tag.rpartition(":")
            prefix = _GUESSED.get(prefix.lower(), prefix.lower())
        local = local.lower()
        short = "" if prefix == "?" else f"{prefix}:{local}" if prefix else local
        self[tag] = short
        return short

    def _usual(self, namespace: str) -> str:
        """The prefix that the root gives a namespace, if it is one of those known here; "?" otherwise."""
        prefix = next((prefix for prefix, address in self._declared.items() if address == namespace), None) or "?"
        prefix = _GUESSED.get(prefix.lower(), prefix.lower())
        return prefix if prefix in _NAMESPACES else "?"


_GUESSED: Final = {"atom": "", "rss": "", "rdf": "", "a10": "", "atom10": "", "terms": "dcterms"}


def _normal(address: str) -> str:
    """A namespace without scheme, case and the slash or hash at its end."""
    return address.strip().lower().rpartition("://")[2].rstrip("/#")
