"""What is said about articles that are selected, and what is done to all of them."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, several

NOTHING_TO_SELECT: Final = _("There is no article here to select.")
NOTHING_TO_REPEAT: Final = _("Nothing was done yet that could be done again.")
NO_ADDRESS: Final = _("None of them has an address.")


def selected(count: int) -> str:
    """Say how many articles are selected."""
    return several("{count} selected", "{count} selected", count).format(count=f"{count:,}")


def acts_on_all(count: int, key: str) -> str:
    """Say what happens next to what is selected, and the key that gives the selection up."""
    said = several(
        "{count} article selected: what you do next is done to it.",
        "{count} articles selected: what you do next is done to all.",
        count,
    )
    ends = _("{key} ends it.").format(key=key)
    return f"{said.format(count=f'{count:,}')} {ends}"


def too_many(count: int) -> str:
    """Say how many articles can be selected."""
    return _("More than {count} articles cannot be selected at once.").format(count=f"{count:,}")


def _said(said: str, count: int) -> str:
    return said.format(count=f"{count:,}")


def read(count: int, *, became: bool) -> str:
    """Say how many articles are read now, or unread."""
    if became:
        return _said(several("{count} article marked read.", "{count} articles marked read.", count), count)
    return _said(several("{count} article marked unread.", "{count} articles marked unread.", count), count)


def bookmarked(count: int, *, became: bool) -> str:
    """Say how many articles are bookmarked now, or not any more."""
    if became:
        return _said(
            several("{count} article bookmarked: kept for ever.", "{count} articles bookmarked: kept for ever.", count),
            count,
        )
    return _said(
        several("The bookmark of {count} article is gone.", "The bookmarks of {count} articles are gone.", count), count
    )


def later(count: int, *, became: bool) -> str:
    """Say how many articles wait in Later now, or not any more."""
    if became:
        return _said(several("{count} article waits in Later.", "{count} articles wait in Later.", count), count)
    return _said(several("{count} article taken out of Later.", "{count} articles taken out of Later.", count), count)


def tagged(count: int, tags: str) -> str:
    """Say how many articles were tagged anew, and how."""
    return several("{count} article tagged anew: {tags}.", "{count} articles tagged anew: {tags}.", count).format(
        count=f"{count:,}", tags=tags
    )


def hidden(count: int) -> str:
    """Say how many articles were hidden."""
    return _said(
        several(
            "{count} article hidden; it goes with the list.", "{count} articles hidden; they go with the list.", count
        ),
        count,
    )


def shown_again(count: int) -> str:
    """Say how many articles are shown again."""
    return _said(
        several("{count} article shown again, for good.", "{count} articles shown again, for good.", count), count
    )


def copied(count: int) -> str:
    """What was copied."""
    return _said(several("{count} address", "{count} addresses", count), count)


def opened(count: int, all_of_them: int) -> str:
    """Say how many articles were opened in the browser, of how many."""
    if count < all_of_them:
        return _("Opened {count} of {all} in the browser: more at once is more than one reads.").format(
            count=count, all=f"{all_of_them:,}"
        )
    return _said(
        several("Opened {count} article in the browser.", "Opened {count} articles in the browser.", count), count
    )


def tags_of(count: int) -> str:
    """The heading of the panel for tags."""
    return _said(several("Tags for {count} article", "Tags for {count} articles", count), count)
