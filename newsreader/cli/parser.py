"""Every command with its arguments and help. The interface is fixed: later versions add to it, none takes away."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from newsreader import __version__
from newsreader.cli.arguments import Parser, new_command, positive

if TYPE_CHECKING:
    from newsreader.cli.arguments import Commands

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


def build_parser(*, with_commands: bool = True) -> argparse.ArgumentParser:
    """Put together the parser; every command sets `module`, the module of newsreader.cli that runs it.

    Without the commands it takes a hundredth of the time: for the reader, whose start it would hold up.
    """
    parser = Parser(
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
    from newsreader.cli.article_arguments import add_article_commands
    from newsreader.cli.asking_arguments import add_asking_commands

    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _source_commands(commands)
    _list_commands(commands)
    _fetch_command(commands)
    add_article_commands(commands)
    add_asking_commands(commands)
    _other_commands(commands)
    return parser


def _source_commands(commands: Commands[Parser]) -> None:
    add = new_command(commands, "add", "add", "subscribe to feeds, or to the best feed of a page")
    add.add_argument("addresses", metavar="ADDRESS", nargs="+", help="anything: a feed, a site, an article, a channel")
    add.add_argument("--folder", metavar="NAME", help="put the sources into this folder")
    for option, metavar, about in _ADD_SETTINGS:
        action = "append" if option == "--header" else "store"
        add.add_argument(option, metavar=metavar, help=about, action=action)
    add.add_argument("--list", action="store_true", help="only list the feeds found there, with what is in them")
    add.add_argument("--json", action="store_true", help="as one JSON array, an object for each address")
    sources = new_command(commands, "sources", "sources", "list the sources")
    sources.add_argument("--tag", metavar="TAG", help="only the sources with this tag")
    sources.add_argument("--smart", action="store_true", help="only the smart sources, with what they search for")
    sources.add_argument("--json", action="store_true", help="as one JSON array")
    remove = new_command(
        commands, "remove", "remove", "remove sources; for 30 days adding one again brings its articles back"
    )
    remove.add_argument("sources", metavar="SOURCE", nargs="+", help="an id, an address or a part of the title")
    own = new_command(commands, "set", "settings", "show or change what is set for one source")
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


def _arranging_commands(commands: Commands[Parser]) -> None:
    source = new_command(commands, "source", "arranging", "rename, move, tag and pause sources")
    actions = source.add_subparsers(title="actions", metavar="ACTION", required=True)
    parsers = {name: new_command(actions, name, "arranging", about) for name, about in _SOURCE_ACTIONS}
    for name, parser in parsers.items():
        count = 1 if name == "rename" else "+"
        parser.add_argument("sources", metavar="SOURCE", nargs=count, help="an id, an address or a part of the title")
        parser.set_defaults(command="source", action=name)
    parsers["rename"].add_argument("name", metavar="NAME", help='the name; "" for the one that the feed has')
    parsers["move"].add_argument("--to", dest="folder", metavar="FOLDER", required=True, help='"" is no folder')
    parsers["tag"].add_argument("--add", metavar="TAG", nargs="+", default=[], help="put these on")
    parsers["tag"].add_argument("--remove", metavar="TAG", nargs="+", default=[], help="take these away")
    edits = new_command(actions, "edits", "arranging", "what was edited by hand in sources.opml")
    edits.set_defaults(command="source", action="edits")
    which = edits.add_mutually_exclusive_group()
    which.add_argument("--take", action="store_true", help="take it over")
    which.add_argument(
        "--drop", action="store_true", help="write the file anew as the library is; the edited one stays beside it"
    )
    folder = new_command(commands, "folder", "arranging", "list, rename, move, pause and remove folders")
    actions = folder.add_subparsers(title="actions", metavar="ACTION", required=True)
    for name, about in (("list", "list the folders"), *_FOLDER_ACTIONS):
        parser = new_command(actions, name, "arranging", about)
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


def _smart_command(commands: Commands[Parser]) -> None:
    smart = new_command(
        commands, "smart", "smart", "searches kept among the sources: make, change, order and remove them"
    )
    smart.set_defaults(action="list")
    smart.add_argument("--json", action="store_true", help="as one JSON array")
    actions = smart.add_subparsers(title="actions", metavar="ACTION")
    parsers = {name: new_command(actions, name, "smart", about) for name, about in _SMART_ACTIONS}
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


def _list_commands(commands: Commands[Parser]) -> None:
    lists = new_command(
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
    export = new_command(
        commands, "export", "opml", "write the sources as OPML, the bookmarks in several forms, or all"
    )
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


def _fetch_command(commands: Commands[Parser]) -> None:
    fetch = new_command(commands, "fetch", "fetch", "refresh the sources that are due")
    fetch.add_argument(
        "sources", metavar="SOURCE", nargs="*", help="only these: an id, an address or a part of the title"
    )
    fetch.add_argument("--all", action="store_true", help="refresh every source, due or not")
    fetch.add_argument("--watch", action="store_true", help="go on and refresh whatever falls due, until stopped")
    fetch.add_argument("--events", action="store_true", help="report as one JSON object a line")
    fetch.add_argument("--requests", action="store_true", help="take requests as JSON lines on standard input")
    fetch.add_argument("--window", metavar="NAME", default="worker", help="the reader whose undo gets what they do")


def _other_commands(commands: Commands[Parser]) -> None:
    from newsreader.ui.presets import PRESETS

    backup = new_command(
        commands, "backup", "backup", "write what cannot be fetched again to a file; no secret is in it"
    )
    backup.add_argument("file", metavar="FILE", nargs="?", help="the file; without one, that of this day")
    backup.add_argument("--list", action="store_true", help="list the daily backups, the newest first")
    restore = new_command(commands, "restore", "backup", "take over what a backup has and the library has not")
    restore.add_argument("file", metavar="FILE", help="a backup, an export of everything, or another library")
    journal = new_command(commands, "journal", "journal", "list what was done in all windows, and take any of it back")
    journal.add_argument("words", metavar="WORD", nargs="*", help="only what has these words")
    which = journal.add_mutually_exclusive_group()
    which.add_argument("--undo", metavar="ID", type=int, help="take this action back")
    which.add_argument("--redo", metavar="ID", type=int, help="do this one again, which was taken back")
    journal.add_argument("--limit", metavar="N", type=positive, default=50, help="at most this many (50)")
    journal.add_argument("--json", action="store_true", help="as one JSON array")
    _rules_command(commands)
    retention = new_command(commands, "retention", "retention", "how long articles are kept, and what would go now")
    what = retention.add_mutually_exclusive_group()
    what.add_argument(
        "--preview", metavar="HOW-LONG", nargs="?", const="", help='what would go; with "90d 500" as if that were set'
    )
    what.add_argument(
        "--set", metavar="HOW-LONG", help='keep so long: all, 90d, 500, "90d 500", "90d unread", "90d; #tag 7d"'
    )
    what.add_argument("--now", action="store_true", help="let go now what is to go, without waiting for idle moments")
    retention.add_argument("--json", action="store_true", help="what would go, as one JSON object")
    doctor = new_command(
        commands, "doctor", "doctor", "check paths, versions, library and terminal, and say what to do"
    )
    doctor.add_argument("--sources", action="store_true", help="how each source does, the worst first, and what to do")
    doctor.add_argument(
        "--catalogue", action="store_true", help="whether the sources of the starter catalogue answer: asks them all"
    )
    doctor.add_argument("--json", action="store_true", help="the sources as one JSON array")
    keys = new_command(commands, "keys", "keys", "which keys do what in the reader, with your own of config.toml")
    keys.add_argument("--preset", metavar="NAME", choices=tuple(PRESETS), help="those of default, newsboat, vim or web")
    keys.add_argument("--json", action="store_true", help="as one JSON array")
    health = new_command(commands, "health", "health", "how the sources do, the worst first, and what to do about it")
    health.add_argument("sources", metavar="SOURCE", nargs="*", help="all that is known of these")
    health.add_argument("--all", action="store_true", help="also those that are well")
    health.add_argument("--json", action="store_true", help="as one JSON array")
    config = new_command(commands, "config", "configure", "show where the configuration lies, or an example of it")
    which = config.add_mutually_exclusive_group(required=True)
    which.add_argument("--path", action="store_true", help="print the path of config.toml")
    which.add_argument("--example", action="store_true", help="print a commented config.toml")
    which.add_argument("--example-theme", action="store_true", help="print a commented theme: themes/NAME.toml")


def _rules_command(commands: Commands[Parser]) -> None:
    rules = new_command(commands, "rules", "rules", "what is done to articles as they come in: hide, mark read, tag …")
    rules.set_defaults(action="list")
    rules.add_argument("--json", action="store_true", help="as one JSON array")
    actions = rules.add_subparsers(title="actions", metavar="ACTION")
    listing = new_command(actions, "list", "rules", "list the rules, in the order in which they act")
    listing.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="as one JSON array")
    add = new_command(actions, "add", "rules", "add a rule for what comes in from now on")
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
        change = new_command(actions, name, "rules", about)
        change.add_argument("rules", metavar="RULE", nargs="+", help="a number or a name, as `rules` shows them")
    for name, about in (("why", "say what rules did to articles"), ("unhide", "show hidden articles again, for good")):
        asked = new_command(actions, name, "rules", about)
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
