"""What the panel beside the text says: its menu, the heads of what it shows, and where each comes from."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, several

SUMMARY: Final = _("Summary")
POINTS: Final = _("Key points")
NAMES: Final = _("Names")
NAMED: Final = _("What it names; each leads to a search")
STORY: Final = _("The story in short")
THIS_ONE: Final = _("this one")
NOBODY: Final = _("No names were found in it. They are known by their capital letters, which not every script has.")
NO_SENTENCES: Final = _(
    "No sentences were found that could stand for this article: there are too few words, or no marks that end them."
)
NO_POINTS: Final = _("It has no sections, and the summary says what there is to say.")
OF_ITSELF: Final = _("In the article's own sentences, chosen here; nothing was sent anywhere.")
OF_THE_STORY: Final = _("In the articles' own sentences, chosen here; nothing was sent anywhere.")
LOOKING: Final = _("Looking…")
NO_ARTICLE: Final = _("There is no article here to say anything of.")
NO_TEXT: Final = _("The text of this article is not here yet.")
IN_SIGHT: Final = _("It is in sight already: ▸ stands before it.")
IN_SHORT: Final = _("in short, beside the text")
LEAVES: Final = _("esc leaves")

MENU_SUMMARY: Final = _("summary")
MENU_POINTS: Final = _("key points")
MENU_NAMES: Final = _("names and length")
MENU_STORY: Final = _("the story in short")


def paragraph(number: int) -> str:
    """The sign of a paragraph."""
    return f"¶{number}"


def sentences(count: int) -> str:
    """Say how many sentences an article has."""
    return several("{count} sentence", "{count} sentences", count).format(count=f"{count:,}")


def short_enough(count: int) -> str:
    """Say of a text of a few sentences that it needs no summary."""
    return several(
        "It is short enough to be read: {count} sentence.", "It is short enough to be read: {count} sentences.", count
    ).format(count=count)


def times(count: int) -> str:
    """Say how often something is named."""
    return f"{count:,}"


def sources(count: int) -> str:
    """Say how many sources a story is summed up from."""
    return several("{count} source", "{count} sources", count).format(count=f"{count:,}")


def articles(count: int) -> str:
    """Say how many articles a story is summed up from."""
    return several("{count} article", "{count} articles", count).format(count=f"{count:,}")


def not_in_menu(what: str, names: list[str]) -> str:
    """Say that there is nothing of that name, and what there is."""
    return _("“{what}” is nothing that can be shown here. There are: {names}.").format(
        what=what, names=", ".join(names)
    )


def goes_back(back: str) -> str:
    """Say how to get back from a passage to where one was."""
    return _("{back} goes back to where you were.").format(back=back)


def not_in_this_text() -> str:
    """Say that a sentence is not in the text that is shown."""
    return _("That sentence is not in the text that is shown now.")
