"""Every command with its arguments and help. The interface is fixed: later versions add to it, none takes away."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from newsreader import __version__
from newsreader.bounds import DIGEST_STORIES

if TYPE_CHECKING:
    from collections.abc import Iterable

_EXAMPLES = """\
examples:
  newsreader                                   read
  newsreader --demo                            look around in an invented news world, offline
  newsreader add theverge.com                  subscribe to what a site offers
  newsreader import subscriptions.opml         take over the sources of another reader
  newsreader import ~/.newsboat                newsboat's sources, tags, articles, what was read and flagged
  newsreader fetch --all                       refresh everything now (cron and systemd run this too)
  newsreader list is:unread ferry --limit 5    the newest unread articles about a ferry
  newsreader read 1234 --markdown              one article, to pipe or to keep
  newsreader digest --since 24h --html         what happened since yesterday, to be mailed by cron
"""


class _Parser(argparse.ArgumentParser):
    """One that can take a query apart from options: `-bridge` is a word of it, though it begins as an option does."""

    takes_query = False

    def parse_known_args(self, args: Iterable[str] | None = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Put a space before what a query leaves out: what begins so is no option to argparse."""
        if args is not None:
            args = [f" {word}" if self.takes_query and _leaves_out(word) else word for word in args]
        return super().parse_known_args(args, namespace)


def _leaves_out(word: str) -> bool:
    return len(word) > 1 and word[0] == "-" and word[1] != "-" and word != "-h"


def build_parser(*, with_commands: bool = True) -> argparse.ArgumentParser:
    """Put together the parser; every command sets `module`, the module of newsreader.cli that runs it.

    Without the commands it takes a hundredth of the time: for the reader, whose start it would hold up.
    """
    parser = _Parser(
        prog="newsreader",
        description="A news reader for the terminal. Without a command it opens the reader.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"newsreader {__version__}")
    parser.add_argument("--home", metavar="DIR", help="keep config, data, cache and state under this folder")
    parser.add_argument("--demo", action="store_true", help="read a throw-away demo world, offline")
    parser.set_defaults(module="reader")
    if not with_commands:
        return parser
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _source_commands(commands)
    _list_commands(commands)
    _fetch_command(commands)
    _article_commands(commands)
    _talk_command(commands)
    _keeping_commands(commands)
    _other_commands(commands)
    return parser


_Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse names the type nowhere else


def _command(commands: _Commands[_Parser], name: str, module: str, about: str) -> _Parser:
    parser = commands.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".")
    parser.set_defaults(module=module, command=name)
    # Also after the command, because people write it there; SUPPRESS keeps what stood before it.
    parser.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return parser


def _source_commands(commands: _Commands[_Parser]) -> None:
    add = _command(commands, "add", "add", "subscribe to feeds, or to the best feed of a page")
    add.add_argument("addresses", metavar="ADDRESS", nargs="+", help="anything: a feed, a site, an article, a channel")
    add.add_argument("--folder", metavar="NAME", help="put the sources into this folder")
    for option, metavar, about in _ADD_SETTINGS:
        action = "append" if option == "--header" else "store"
        add.add_argument(option, metavar=metavar, help=about, action=action)
    add.add_argument("--list", action="store_true", help="only list the feeds found there, with what is in them")
    add.add_argument("--json", action="store_true", help="as one JSON array, an object for each address")
    sources = _command(commands, "sources", "sources", "list the sources")
    sources.add_argument("--tag", metavar="TAG", help="only the sources with this tag")
    sources.add_argument("--smart", action="store_true", help="only the smart sources, with what they search for")
    sources.add_argument("--json", action="store_true", help="as one JSON array")
    remove = _command(
        commands, "remove", "remove", "remove sources; for 30 days adding one again brings its articles back"
    )
    remove.add_argument("sources", metavar="SOURCE", nargs="+", help="an id, an address or a part of the title")
    own = _command(commands, "set", "settings", "show or change what is set for one source")
    own.add_argument("source", metavar="SOURCE", help="an id, an address or a part of the title")
    keys = ", ".join((*(words[0].removeprefix("--") for words in _ADD_SETTINGS), "notify", "full-text or address"))
    own.add_argument("key", metavar="KEY", nargs="?", help=keys)
    own.add_argument(
        "value",
        metavar="VALUE",
        nargs="*",
        help='30m, 2h or 1d; "Name: value"; "NAME env:VARIABLE"; auto, always or feed; yes; `default` resets',
    )
    _arranging_commands(commands)
    _smart_command(commands)


def _arranging_commands(commands: _Commands[_Parser]) -> None:
    source = _command(commands, "source", "arranging", "rename, move, tag and pause sources")
    actions = source.add_subparsers(title="actions", metavar="ACTION", required=True)
    parsers = {name: _command(actions, name, "arranging", about) for name, about in _SOURCE_ACTIONS}
    for name, parser in parsers.items():
        count = 1 if name == "rename" else "+"
        parser.add_argument("sources", metavar="SOURCE", nargs=count, help="an id, an address or a part of the title")
        parser.set_defaults(command="source", action=name)
    parsers["rename"].add_argument("name", metavar="NAME", help='the name; "" for the one that the feed has')
    parsers["move"].add_argument("--to", dest="folder", metavar="FOLDER", required=True, help='"" is no folder')
    parsers["tag"].add_argument("--add", metavar="TAG", nargs="+", default=[], help="put these on")
    parsers["tag"].add_argument("--remove", metavar="TAG", nargs="+", default=[], help="take these away")
    edits = _command(actions, "edits", "arranging", "what was edited by hand in sources.opml")
    edits.set_defaults(command="source", action="edits")
    which = edits.add_mutually_exclusive_group()
    which.add_argument("--take", action="store_true", help="take it over")
    which.add_argument(
        "--drop", action="store_true", help="write the file anew as the library is; the edited one stays beside it"
    )
    folder = _command(commands, "folder", "arranging", "list, rename, move, pause and remove folders")
    actions = folder.add_subparsers(title="actions", metavar="ACTION", required=True)
    for name, about in (("list", "list the folders"), *_FOLDER_ACTIONS):
        parser = _command(actions, name, "arranging", about)
        parser.set_defaults(command="folder", action=name)
        if name != "list":
            parser.add_argument("folder", metavar="FOLDER", help="its name, or the beginning of it")
        if name == "rename":
            parser.add_argument("name", metavar="NAME", help="the name; that of another folder puts both together")


_SOURCE_ACTIONS = (
    ("rename", "call a source otherwise"),
    ("move", "put sources into a folder, which begins with them where it is new"),
    ("up", "let sources change places with those above them in their folder"),
    ("down", "with those below them"),
    ("tag", "put tags on sources; without --add and --remove show those they have"),
    ("pause", "fetch sources no more, until they go on"),
    ("resume", "let them go on"),
)
_FOLDER_ACTIONS = (
    ("rename", "call a folder otherwise"),
    ("up", "let a folder change places with the one above it"),
    ("down", "with the one below it"),
    ("dissolve", "take a folder away and keep its sources"),
    ("remove", "take a folder away with its sources; for 30 days that can be undone"),
    ("pause", "fetch nothing of a folder, until it goes on"),
    ("resume", "let it go on"),
)


def _smart_command(commands: _Commands[_Parser]) -> None:
    smart = _command(commands, "smart", "smart", "searches kept among the sources: make, change, order and remove them")
    smart.set_defaults(action="list")
    smart.add_argument("--json", action="store_true", help="as one JSON array")
    actions = smart.add_subparsers(title="actions", metavar="ACTION")
    parsers = {name: _command(actions, name, "smart", about) for name, about in _SMART_ACTIONS}
    for name, parser in parsers.items():
        parser.set_defaults(command="smart", action=name)
        parser.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help="those that it was about, as one JSON array"
        )
        if name not in {"list", "add"}:
            count = 1 if name in {"rename", "change"} else "+"
            parser.add_argument("smart", metavar="SMART", nargs=count, help="a number or a part of the name")
    for name in ("add", "change"):
        parsers[name].takes_query = True
        parsers[name].add_argument("query", metavar="QUERY", nargs="+", help="as in `list` and in the search")
    parsers["add"].add_argument("--name", metavar="NAME", default="", help="without one, as its query")
    parsers["add"].add_argument("--folder", metavar="FOLDER", help="put it into this folder")
    parsers["rename"].add_argument("name", metavar="NAME", help='the name; "" for its query')
    parsers["move"].add_argument("--to", dest="folder", metavar="FOLDER", required=True, help='"" is no folder')


_SMART_ACTIONS = (
    ("list", "list the smart sources, in the order in which they stand"),
    ("add", "keep a search among the sources"),
    ("rename", "call a smart source otherwise"),
    ("change", "let one search for something else"),
    ("move", "put smart sources into a folder"),
    ("up", "let them change places with those above them in their folder"),
    ("down", "with those below them"),
    ("remove", "take smart sources away; no article goes with them"),
)


def _list_commands(commands: _Commands[_Parser]) -> None:
    lists = _command(
        commands,
        "import",
        "opml",
        "take over sources from OPML, newsboat's urls and cache.db, or a list; save a browser's bookmarks",
    )
    lists.add_argument(
        "files", metavar="FILE", nargs="+", help="files, newsboat's folder, a backup, or - for standard input"
    )
    lists.add_argument(
        "--own", action="store_true", help="your own files: also the headers, places of passwords and proxies in them"
    )
    export = _command(commands, "export", "opml", "write the sources as OPML, the bookmarks in several forms, or all")
    export.add_argument("file", metavar="FILE", nargs="?", default="-", help="the file; standard output without")
    what = export.add_mutually_exclusive_group()
    what.add_argument(
        "--all", action="store_true", help="all that is in the library, for `newsreader import` on another machine"
    )
    what.add_argument(
        "--bookmarks", action="store_true", help="what is bookmarked, noted and highlighted, into a folder or a file"
    )
    what.add_argument("--kept", action="store_true", help="these, and what is only tagged or waits in Later")
    what.add_argument(
        "--query", metavar="QUERY", help='the articles that a query finds: --query "is:later words:>2000"'
    )
    export.add_argument(
        "--format",
        choices=("markdown", "html", "json", "netscape", "epub"),
        help="a file an article (markdown, html), JSON Feed, a browser's bookmarks, a book; without: by the name",
    )


_ADD_SETTINGS = (
    ("--interval", "TIME", "ask it so often: 30m, 2h, 1d"),
    ("--user-agent", "WORDS", "what the site is told that asks"),
    ("--header", "NAME: VALUE", "send this header, and as often as you want another; the value may be env:VARIABLE"),
    ("--auth", "NAME env:VARIABLE", "name and password; also NAME file:PATH or NAME command:PROGRAM"),
    ("--proxy", "ADDRESS", "go by this proxy, or `none`"),
    ("--keep", "HOW-LONG", "keep its articles so long: all, 90d, 500, or both"),
)
"""What `set` sets, by its names."""


def _fetch_command(commands: _Commands[_Parser]) -> None:
    fetch = _command(commands, "fetch", "fetch", "refresh the sources that are due")
    fetch.add_argument(
        "sources", metavar="SOURCE", nargs="*", help="only these: an id, an address or a part of the title"
    )
    fetch.add_argument("--all", action="store_true", help="refresh every source, due or not")
    fetch.add_argument("--watch", action="store_true", help="go on and refresh whatever falls due, until stopped")
    fetch.add_argument("--events", action="store_true", help="report as one JSON object a line")
    fetch.add_argument("--requests", action="store_true", help="take requests as JSON lines on standard input")
    fetch.add_argument("--window", metavar="NAME", default="worker", help="the reader whose undo gets what they do")


def _article_commands(commands: _Commands[_Parser]) -> None:
    listing = _command(commands, "list", "list", "list articles, newest first")
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
        "--limit", metavar="N", type=_positive, default=None, help="at most this many (50 on a terminal)"
    )
    read = _command(commands, "read", "read", "print one article")
    read.add_argument("id", metavar="ID", type=int, help="the number that `list` shows")
    form = read.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as one JSON object")
    form.add_argument(
        "--plain", action="store_true", help="as plain lines, one a paragraph, for screen readers and pipes"
    )
    form.add_argument("--markdown", action="store_true", help="as Markdown")
    read.add_argument("--full-text", action="store_true", help="the full text, fetched if it is not here yet")
    digest = _command(commands, "digest", "digest", "what happened of late: top stories in a few sentences, from here")
    digest.add_argument("--since", metavar="WHEN", default="24h", help="12h, 2d, today, 2026-11-01 … (without: 24h)")
    form = digest.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="as Markdown")
    form.add_argument("--html", action="store_true", help="as a page that stands alone, to be mailed")
    form.add_argument("--json", action="store_true", help="as one JSON object")
    digest.add_argument("--stories", metavar="N", type=_positive, default=DIGEST_STORIES, help="so many at most")
    digest.add_argument("--unread", action="store_true", help="also what is unread, by source")
    digest.add_argument("--mark-read", action="store_true", help="mark what it names read, undoably")


def _talk_command(commands: _Commands[_Parser]) -> None:
    comments = _command(commands, "comments", "comments", "print what people say of an article")
    comments.add_argument("id", metavar="ID", type=int, help="the number that `list` shows")
    form = comments.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as one JSON object; null where there is no discussion")
    form.add_argument("--markdown", action="store_true", help="as Markdown")
    comments.add_argument("--afresh", action="store_true", help="fetched now, however new what is here is")
    comments.add_argument(
        "--search", action="store_true", help="looked for at Hacker News, which is told the article's address"
    )


def _keeping_commands(commands: _Commands[_Parser]) -> None:
    for name, about, remove in (
        ("bookmark", "bookmark articles: they and their full text are kept for ever", "take the bookmarks away"),
        ("later", "put articles into the Later queue", "take them out of it"),
        ("mark-read", "mark articles read", ""),
    ):
        command = _command(commands, name, "mark", about)
        command.add_argument("ids", metavar="ID", type=int, nargs="+", help="the numbers that `list` shows")
        command.set_defaults(remove=False)
        if remove:
            command.add_argument("--remove", action="store_true", help=remove)
    save = _command(
        commands, "save", "save", "save pages by their addresses: bookmarked articles, with their full text"
    )
    save.add_argument("addresses", metavar="URL", nargs="+", help="addresses of pages")
    save.add_argument("--tag", metavar="TAG", action="append", default=[], help="tag them, as often as you want")
    save.add_argument("--note", metavar="WORDS", default="", help="a note to them")
    save.add_argument("--json", action="store_true", help="as one JSON array, an object for each address")
    tag = _command(commands, "tag", "tag", "put tags on articles; without a number list the tags there are")
    tag.add_argument("ids", metavar="ID", type=int, nargs="*", help="the numbers that `list` shows")
    tag.add_argument("--add", metavar="TAG", nargs="+", default=[], help="put these on")
    tag.add_argument("--remove", metavar="TAG", nargs="+", default=[], help="take these away")
    tag.add_argument("--json", action="store_true", help="the tags as one JSON array")
    note = _command(commands, "note", "note", "write a note to an article; without words print the one it has")
    note.add_argument("id", metavar="ID", type=int, help="the number that `list` shows")
    note.add_argument("words", metavar="WORDS", nargs="*", help="the note, in place of the one it has")
    note.add_argument("--remove", action="store_true", help="take the note away")


def _other_commands(commands: _Commands[_Parser]) -> None:
    from newsreader.ui.presets import PRESETS

    backup = _command(commands, "backup", "backup", "write what cannot be fetched again to a file; no secret is in it")
    backup.add_argument("file", metavar="FILE", nargs="?", help="the file; without one, that of this day")
    backup.add_argument("--list", action="store_true", help="list the daily backups, the newest first")
    restore = _command(commands, "restore", "backup", "take over what a backup has and the library has not")
    restore.add_argument("file", metavar="FILE", help="a backup, an export of everything, or another library")
    journal = _command(commands, "journal", "journal", "list what was done in all windows, and take any of it back")
    journal.add_argument("words", metavar="WORD", nargs="*", help="only what has these words")
    which = journal.add_mutually_exclusive_group()
    which.add_argument("--undo", metavar="ID", type=int, help="take this action back")
    which.add_argument("--redo", metavar="ID", type=int, help="do this one again, which was taken back")
    journal.add_argument("--limit", metavar="N", type=_positive, default=50, help="at most this many (50)")
    journal.add_argument("--json", action="store_true", help="as one JSON array")
    _rules_command(commands)
    retention = _command(commands, "retention", "retention", "how long articles are kept, and what would go now")
    what = retention.add_mutually_exclusive_group()
    what.add_argument(
        "--preview", metavar="HOW-LONG", nargs="?", const="", help='what would go; with "90d 500" as if that were set'
    )
    what.add_argument(
        "--set", metavar="HOW-LONG", help='keep so long: all, 90d, 500, "90d 500", "90d unread", "90d; #tag 7d"'
    )
    what.add_argument("--now", action="store_true", help="let go now what is to go, without waiting for idle moments")
    retention.add_argument("--json", action="store_true", help="what would go, as one JSON object")
    doctor = _command(commands, "doctor", "doctor", "check paths, versions, library and terminal, and say what to do")
    doctor.add_argument("--sources", action="store_true", help="how each source does, the worst first, and what to do")
    doctor.add_argument(
        "--catalogue", action="store_true", help="whether the sources of the starter catalogue answer: asks them all"
    )
    doctor.add_argument("--json", action="store_true", help="the sources as one JSON array")
    keys = _command(commands, "keys", "keys", "which keys do what in the reader, with your own of config.toml")
    keys.add_argument("--preset", metavar="NAME", choices=tuple(PRESETS), help="those of default, newsboat, vim or web")
    keys.add_argument("--json", action="store_true", help="as one JSON array")
    health = _command(commands, "health", "health", "how the sources do, the worst first, and what to do about it")
    health.add_argument("sources", metavar="SOURCE", nargs="*", help="all that is known of these")
    health.add_argument("--all", action="store_true", help="also those that are well")
    health.add_argument("--json", action="store_true", help="as one JSON array")
    config = _command(commands, "config", "configure", "show where the configuration lies, or an example of it")
    which = config.add_mutually_exclusive_group(required=True)
    which.add_argument("--path", action="store_true", help="print the path of config.toml")
    which.add_argument("--example", action="store_true", help="print a commented config.toml")
    which.add_argument("--example-theme", action="store_true", help="print a commented theme: themes/NAME.toml")


def _rules_command(commands: _Commands[_Parser]) -> None:
    rules = _command(commands, "rules", "rules", "what is done to articles as they come in: hide, mark read, tag …")
    rules.set_defaults(action="list")
    rules.add_argument("--json", action="store_true", help="as one JSON array")
    actions = rules.add_subparsers(title="actions", metavar="ACTION")
    listing = _command(actions, "list", "rules", "list the rules, in the order in which they act")
    listing.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="as one JSON array")
    add = _command(actions, "add", "rules", "add a rule for what comes in from now on")
    add.takes_query = True
    add.add_argument("query", metavar="QUERY", nargs="+", help="which articles, as in `list` and in the search")
    deed = add.add_mutually_exclusive_group(required=True)
    for option, about in _DEEDS:
        deed.add_argument(option, dest="deed", action="store_const", const=option[2:].replace("-", " "), help=about)
    deed.add_argument("--tag", metavar="TAG", help="tag them")
    add.add_argument("--name", metavar="NAME", default="", help="what the rule is called; without one, as its query")
    add.add_argument("--dry-run", action="store_true", help="add none: what it would have done in the last 30 days")
    for name, about in (
        ("remove", "remove rules; what only they hid comes back"),
        ("pause", "let rules pause; what only they hid is shown meanwhile"),
        ("resume", "let them go on"),
        ("up", "let rules act one place sooner: what two would hide, the first hides"),
        ("down", "let rules act one place later"),
        ("apply", "let rules act on what is here already, the newest 2,000 articles at most"),
    ):
        change = _command(actions, name, "rules", about)
        change.add_argument("rules", metavar="RULE", nargs="+", help="a number or a name, as `rules` shows them")
    for name, about in (("why", "say what rules did to articles"), ("unhide", "show hidden articles again, for good")):
        asked = _command(actions, name, "rules", about)
        asked.add_argument(
            "ids", metavar="ARTICLE", type=int, nargs="+", help="numbers, as `list is:hidden` shows them"
        )
    for name, each in actions.choices.items():
        each.set_defaults(command="rules", action=name)


_DEEDS = (
    ("--hide", "hide them: out of all lists and counts, never deleted"),
    ("--read", "mark them read"),
    ("--bookmark", "bookmark them"),
    ("--full-text", "fetch their full text"),
    ("--notify", "tell of them when they come"),
)


def _positive(text: str) -> int:
    number = int(text) if text.isdecimal() and len(text) < 10 else 0
    if number < 1:
        raise argparse.ArgumentTypeError("a whole number from 1 up")
    return number
