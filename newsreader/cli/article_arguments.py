"""The commands about articles, with their arguments and help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.bounds import DIGEST_STORIES
from newsreader.cli.arguments import new_command, positive

if TYPE_CHECKING:
    from newsreader.cli.arguments import Commands, Parser


def add_article_commands(commands: Commands[Parser]) -> None:
    """Add what lists, prints, keeps and marks articles."""
    _article_commands(commands)
    _talk_command(commands)
    _keeping_commands(commands)


def _article_commands(commands: Commands[Parser]) -> None:
    listing = new_command(commands, "list", "list", "list articles, newest first")
    listing.takes_query = True
    listing.add_argument(
        "query",
        metavar="QUERY",
        nargs="*",
        help='words, "phrases", begin*, -not, OR, ( ), is:unread, source:NAME, since:2d … (README, "Searching")',
    )
    listing.add_argument("--smart", metavar="NAME", help="those of a smart source: its number or a part of its name")
    listing.add_argument("--json", action="store_true", help="as one JSON array")
    listing.add_argument(
        "--limit", metavar="N", type=positive, default=None, help="at most this many (50 on a terminal)"
    )
    read = new_command(commands, "read", "read", "print one article")
    read.add_argument("id", metavar="ID", type=int, help="the number that `list` shows")
    form = read.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as one JSON object")
    form.add_argument(
        "--plain", action="store_true", help="as plain lines, one a paragraph, for screen readers and pipes"
    )
    form.add_argument("--markdown", action="store_true", help="as Markdown")
    read.add_argument("--full-text", action="store_true", help="the full text, fetched if it is not here yet")
    digest = new_command(
        commands, "digest", "digest", "what happened of late: top stories in a few sentences, from here"
    )
    digest.add_argument("--since", metavar="WHEN", default="24h", help="12h, 2d, today, 2026-11-01 … (without: 24h)")
    form = digest.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="as Markdown")
    form.add_argument("--html", action="store_true", help="as a page that stands alone, to be mailed")
    form.add_argument("--json", action="store_true", help="as one JSON object")
    digest.add_argument("--stories", metavar="N", type=positive, default=DIGEST_STORIES, help="so many at most")
    digest.add_argument("--unread", action="store_true", help="also what is unread, by source")
    digest.add_argument("--mark-read", action="store_true", help="mark what it names read, undoably")


def _talk_command(commands: Commands[Parser]) -> None:
    comments = new_command(commands, "comments", "comments", "print what people say of an article")
    comments.add_argument("id", metavar="ID", type=int, help="the number that `list` shows")
    form = comments.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as one JSON object; null where there is no discussion")
    form.add_argument("--markdown", action="store_true", help="as Markdown")
    comments.add_argument("--afresh", action="store_true", help="fetched now, however new what is here is")
    comments.add_argument(
        "--search", action="store_true", help="looked for at Hacker News, which is told the article's address"
    )


def _keeping_commands(commands: Commands[Parser]) -> None:
    for name, about, remove in (
        ("bookmark", "bookmark articles: they and their full text are kept for ever", "take the bookmarks away"),
        ("later", "put articles into the Later queue", "take them out of it"),
        ("mark-read", "mark articles read", ""),
    ):
        command = new_command(commands, name, "mark", about)
        command.add_argument("ids", metavar="ID", type=int, nargs="+", help="the numbers that `list` shows")
        command.set_defaults(remove=False)
        if remove:
            command.add_argument("--remove", action="store_true", help=remove)
    save = new_command(
        commands, "save", "save", "save pages by their addresses: bookmarked articles, with their full text"
    )
    save.add_argument("addresses", metavar="URL", nargs="+", help="addresses of pages")
    save.add_argument("--tag", metavar="TAG", action="append", default=[], help="tag them, as often as you want")
    save.add_argument("--note", metavar="WORDS", default="", help="a note to them")
    save.add_argument("--json", action="store_true", help="as one JSON array, an object for each address")
    tag = new_command(commands, "tag", "tag", "put tags on articles; without a number list the tags there are")
    tag.add_argument("ids", metavar="ID", type=int, nargs="*", help="the numbers that `list` shows")
    tag.add_argument("--add", metavar="TAG", nargs="+", default=[], help="put these on")
    tag.add_argument("--remove", metavar="TAG", nargs="+", default=[], help="take these away")
    tag.add_argument("--json", action="store_true", help="the tags as one JSON array")
    note = new_command(commands, "note", "note", "write a note to an article; without words print the one it has")
    note.add_argument("id", metavar="ID", type=int, help="the number that `list` shows")
    note.add_argument("words", metavar="WORDS", nargs="*", help="the note, in place of the one it has")
    note.add_argument("--remove", action="store_true", help="take the note away")
