"""Opening what an article links to: only web and mail addresses, by argument vector, and never inside this terminal."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from enum import StrEnum
from typing import Final
from urllib.parse import unquote, urlsplit

from newsreader.bounds import MAX_URL
from newsreader.errors import UsageError
from newsreader.text import one_line
from newsreader.ui.words import pages as said


class Deed(StrEnum):
    """What is done with a link."""

    OPEN = "open"
    COPY = "copy"
    SAVE = "save"


SCHEMES: Final = ("http", "https", "mailto")
_FORBIDDEN: Final = r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
_OPENERS: Final = (
    ("xdg-open",),
    ("gio", "open"),
    ("sensible-browser",),
    ("x-www-browser",),
    ("firefox",),
    ("chromium",),
)


def open_link(url: str, *, browser: str | None = None) -> None:
    """Open an address in the person's browser and come back at once.

    `browser` is the person's setting, a command with or without %s; else $BROWSER (commands, separated as in PATH),
    else what the system opens addresses with. The command gets the address as one argument, no shell, and neither
    reads nor writes this terminal. Raises UsageError if the address is not one to open or nothing can open it.
    """
    argv = browser_command(checked(url), browser)
    try:
        process = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise UsageError(said.not_started(argv[0], str(error.strerror)), repr(error)) from error
    # Someone has to wait for it, or it stays in the process table; it may run as long as the browser does.
    threading.Thread(target=process.wait, name="browser", daemon=True).start()


def checked(url: str) -> str:
    """Give the address back if it may be opened: http, https with a host, or mailto, and nothing hidden in it.

    Raises UsageError with the reason if not.
    """
    if url.startswith("-") or re.search(_FORBIDDEN, url) or len(url) > MAX_URL:
        raise UsageError(said.MALFORMED, url)
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        raise UsageError(said.MALFORMED, url) from error
    if parts.scheme not in SCHEMES:
        raise UsageError(said.ONLY_WEB_AND_MAIL, url)
    if parts.scheme == "mailto":
        if not parts.path or parts.path.startswith("-"):
            raise UsageError(said.MAIL_TO_NO_ONE, url)
        if "attach" in unquote(parts.query).casefold():
            raise UsageError(said.WOULD_ATTACH, url)
    elif not host:
        raise UsageError(said.NO_SITE, url)
    return url


def browser_command(url: str, browser: str | None) -> list[str]:
    """Put together the argument vector that opens an address; raises UsageError if there is no such command."""
    if browser and browser.strip():
        try:
            words = shlex.split(browser)
        except ValueError as error:
            raise UsageError(said.BROWSER_UNREADABLE, browser) from error
        if not words or shutil.which(words[0]) is None:
            raise UsageError(said.no_such_browser(browser))
        return _with_address(words, url)
    for choice in os.environ.get("BROWSER", "").split(os.pathsep):
        try:
            words = shlex.split(choice)
        except ValueError:
            continue
        if words and shutil.which(words[0]):
            return _with_address(words, url)
    for opener in (("open",),) if sys.platform == "darwin" else _OPENERS:
        if shutil.which(opener[0]):
            return [*opener, url]
    raise UsageError(said.NO_BROWSER)


def true_host(url: str) -> str:
    """Name the site an address really leads to: in lower case, without user information, punycode shown.

    Empty for an address that has none. For mailto it is the host of the first address.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme == "mailto":
        host, port = parts.path.partition(",")[0].rpartition("@")[2].lower(), ""
    return ".".join(map(_ascii_label, host.split("."))) + port


def shown_address(url: str) -> str:
    """An address as a person should see it: the true host first, then what follows it; never its user information."""
    if url.startswith("#"):
        return said.IN_THIS_ARTICLE
    try:
        parts = urlsplit(url)
    except ValueError:
        return one_line(url)
    if parts.scheme == "mailto":
        return said.mail_to(one_line(unquote(parts.path)))
    query = f"?{parts.query}" if parts.query else ""
    return one_line(f"{true_host(url)}{parts.path.rstrip('/')}{query}")


def _with_address(words: list[str], url: str) -> list[str]:
    """Put the address where the command has %s, else at its end."""
    if any("%s" in word for word in words[1:]):
        return [words[0], *(word.replace("%s", url) for word in words[1:])]
    return [*words, url]


def _ascii_label(label: str) -> str:
    """Write one label of a host name as the name system sees it (RFC 3492)."""
    if label.isascii():
        return re.sub(_FORBIDDEN, "", label)
    try:
        return label.encode("idna").decode("ascii")
    except UnicodeError:
        return "xn--" + label.encode("punycode", "replace").decode("ascii")


def markdown_link(title: str, url: str) -> str:
    """A title and its address as Markdown."""
    from newsreader.document.blocks import Document, Mark, Paragraph, Span, Text
    from newsreader.document.markdown import to_markdown

    words = title or url
    return to_markdown(Document((Paragraph(Text(words, (Span(0, len(words), Mark.LINK, url),))),)))
