"""Where the picture of an element is: pages that load pictures late name it in many places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.pages.addresses import web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

LAZY: Final = (
    "data-src", "data-lazy-src", "data-original", "data-orig-src", "data-hi-res-src", "data-lazy", "data-srcset",
    "data-lazy-srcset",
)  # fmt: skip


def address_of(element: etree._Element, base_url: str) -> str | None:
    """Find the address of a picture: lazy ones keep it in another attribute and a placeholder in `src`.

    In a `picture` it may have none itself, but stand behind sources that have.
    """
    for key in LAZY:
        value = element.get(key)
        if value and (address := web_address(_first_of_set(value), base_url)):
            return address
    source = element.get("src")
    if source and (address := web_address(source, base_url)):
        return address
    for around in (element, *_sources(element)):
        if address := web_address(_first_of_set(around.get("srcset", "")), base_url):
            return address
    return None


def _sources(element: etree._Element) -> Iterator[etree._Element]:
    """Give the sources of the `picture` in which an element stands; libxml2 puts it inside the last of them."""
    parent = element.getparent()
    if parent is not None and parent.get("srcset"):
        yield parent
    yield from (beside for beside in element.itersiblings(preceding=True) if beside.get("srcset"))


def _first_of_set(value: str) -> str:
    """Take the first address of a srcset ("a.jpg 1x, b.jpg 2x"); a plain address is its own first."""
    parts = value.split(maxsplit=1)
    return parts[0].rstrip(",") if parts else ""
