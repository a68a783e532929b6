"""What is said about other programs: commands, players, the editor."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, several

NOTHING_TO_PIPE: Final = _("There is no article here to give to a command.")
NO_TEXT_YET: Final = _("The text of this article is not here yet. Open it first.")
NO_TERMINAL: Final = _("No other program can have this terminal.")
ENTER_GOES_BACK: Final = _("Enter goes back to newsreader.")
NO_SOURCES_FILE: Final = _("The file of the sources is not there yet: it is written when the sources change.")
DOES_NOT_END: Final = _("it does not end")
SCROLL: Final = _("scroll")
CLOSE: Final = _("close")


def copying_failed(command: str, why: str) -> str:
    """Say that a command could not copy."""
    return _("Copying by {command} failed: {why}.").format(command=command, why=why)


def notifying_failed(command: str, why: str) -> str:
    """Say that a command could not tell of articles."""
    return _("Notifying by {command} failed: {why}.").format(command=command, why=why)


def went_wrong(status: int) -> str:
    """Say with which status a command ended, within a sentence."""
    return _("it ended with {status}").format(status=status)


def piped(command: str) -> str:
    """Say that a command took the article, and printed nothing."""
    return _("Given to {command}.").format(command=command)


def failed(command: str, why: str) -> str:
    """Say that a command went wrong."""
    return _("{command} failed: {why}").format(command=command, why=why)


def ended_with(status: int) -> str:
    """Say with which status a command ended; a signal has a negative one."""
    if status < 0:
        return _("it was stopped.")
    return _("it ended with {status}.").format(status=status)


def endless(seconds: float) -> str:
    """Say that a command was stopped."""
    return _("it was stopped after {seconds} seconds.").format(seconds=f"{seconds:.0f}")


def enclosures_here(count: int) -> str:
    """Say how many files go with an article, where one beyond was asked for."""
    if not count:
        return _("No file goes with this article: no sound, no film.")
    return several("{count} file goes with this article.", "{count} files go with this article.", count).format(
        count=count
    )


def opened(shown: str, number: int, count: int, key: str) -> str:
    """Say which file was opened, and how to have another."""
    if count == 1:
        return _("Opened {shown}").format(shown=shown)
    return _("Opened {number} of {count}: {shown}. {other}{key} opens another.").format(
        number=number, count=count, shown=shown, other=number % count + 1, key=key
    )
