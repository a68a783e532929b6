"""The one table of commands: the keymap (`ui.keymap`), help, palette and README's table come from it.

Keys are written as the person writes them in `[keys]`: alternatives by comma, the keys of a sequence by a space
("g a, f2"). Textual's own bindings are not used: they know no sequences, ignore unknown names and steal clashing keys
in silence. This module loads no textual: the command line prints from it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Sequence = tuple[str, ...]


class Where(StrEnum):
    """The pane in which a command's keys work.

    While words are lit in the reader, `FINDING` comes before it, in the panel beside the text `ASIDE`, while comments
    are shown in its place `DISCUSSION`, and where words are lit in those (`SEEKING`) one after the other.
    """

    SOURCES = "sources"
    ARTICLES = "articles"
    READER = "reader"
    FINDING = "finding"
    ASIDE = "aside"
    DISCUSSION = "discussion"
    SEEKING = "seeking"


PANES: Final = (Where.SOURCES, Where.ARTICLES, Where.READER)
_LISTS_ONLY: Final = (Where.SOURCES, Where.ARTICLES)
_SOURCES_ONLY: Final = (Where.SOURCES,)
_ARTICLES_ON: Final = (Where.ARTICLES, Where.READER)
_READER_ONLY: Final = (Where.READER,)
_ARTICLES_ONLY: Final = (Where.ARTICLES,)
_COMMENTS_ONLY: Final = (Where.DISCUSSION,)


class Command(NamedTuple):
    """One thing the reader can do: `id` names the action of the main screen and the key in `[keys]`.

    `takes` are the kinds of what may be typed behind its name after `:`, with a "?" where it may be left out; both are
    of `ui.language`. A command without keys is typed only.
    """

    id: str
    keys: str
    label: str
    help: str
    group: str
    where: tuple[Where, ...] = PANES
    line: str = ""  # of a macro: the commands that it stands for, written as after `:`
    takes: str = ""


MOVING: Final = "Moving"
MACROS: Final = "Your own"
_PAGE, _READ, _LISTS, _SOURCES, _PROGRAM = "In an article", "Reading", "Lists", "Sources", "The program"
_TALK: Final = "In comments"

COMMANDS: Final = (
    Command("down", "j, down", "down", "Move down; in the reader, scroll a line.", MOVING),
    Command("up", "k, up", "up", "Move up; in the reader, scroll a line.", MOVING),
    Command("left", "h, left", "left", "Go to the pane on the left; fold a folder, a story, a burst.", MOVING),
    Command(
        "right", "l, right", "right", "Go to the pane on the right; open the article; unfold what is folded.", MOVING
    ),
    Command(
        "open",
        "enter",
        "open",
        "Open what the cursor is on; in the reader, the link, else zen.",
        MOVING,
        takes="number?",
    ),
    Command("row", "", "to the number", "Go to an article of the list by its number.", MOVING, takes="number"),
    Command("next_pane", "tab", "next pane", "Go round the panes; in the reader, from link to link first.", MOVING),
    Command("previous_pane", "shift+tab", "previous pane", "The same backwards.", MOVING),
    Command("page_down", "ctrl+f, pagedown", "page down", "A page down.", MOVING),
    Command("page_up", "b, shift+space, ctrl+b, pageup", "page up", "A page up.", MOVING),
    Command("half_down", "ctrl+d", "half down", "Half a page down.", MOVING),
    Command("half_up", "ctrl+u", "half up", "Half a page up.", MOVING),
    Command("top", "g g, home", "top", "To the top.", MOVING),
    Command("bottom", "G, end", "bottom", "To the end.", MOVING),
    Command("place_top", "Z t", "to the top", "Put the row, or the line gone to last, at the top.", MOVING),
    Command("place_middle", "Z z", "to the middle", "Put it into the middle.", MOVING),
    Command("place_bottom", "Z b", "to the bottom", "Put it at the bottom.", MOVING),
    Command("next_paragraph", "}", "paragraph", "The next paragraph.", _PAGE, _READER_ONLY),
    Command("previous_paragraph", "{", "paragraph back", "The paragraph before.", _PAGE, _READER_ONLY),
    Command("next_heading", ")", "heading", "The next heading.", _PAGE, _READER_ONLY),
    Command("previous_heading", "(", "heading back", "The heading before.", _PAGE, _READER_ONLY),
    Command("jump_back", "ctrl+o", "back where I was", "Back from the end, a find, a footnote.", _PAGE, _READER_ONLY),
    Command(
        "link",
        "f",
        "link",
        "Open a link by its letters; with shift, copy it; + first, save its page.",
        _PAGE,
        _READER_ONLY,
    ),
    Command("links", "U", "links", "All links of the article, and the sites they really lead to.", _PAGE, _READER_ONLY),
    Command("find", "/", "find", "Find words in the article.", _PAGE, _READER_ONLY, takes="words?"),
    Command("find_next", "n", "next match", "While finding: the next match; esc ends it.", _PAGE, (Where.FINDING,)),
    Command("find_previous", "N", "match before", "While finding: the match before.", _PAGE, (Where.FINDING,)),
    Command(
        "highlight", "H", "highlight", "Highlight what the mouse marked, else sentences by keys.", _PAGE, _READER_ONLY
    ),
    Command("passages", "P", "highlights", "The highlighted passages of the article.", _PAGE, _READER_ONLY),
    Command("changes", "w", "what changed", "What the publisher changed, word by word.", _PAGE, _READER_ONLY),
    Command(
        "next_comment", "}", "comment", "In comments: the next one; j and k scroll by lines.", _TALK, _COMMENTS_ONLY
    ),
    Command("previous_comment", "{", "comment back", "In comments: the one before.", _TALK, _COMMENTS_ONLY),
    Command(
        "next_sibling",
        ")",
        "same level",
        "In comments: the next of the same level, else of a higher one.",
        _TALK,
        _COMMENTS_ONLY,
    ),
    Command(
        "previous_sibling",
        "(",
        "same level back",
        "In comments: the one before of the same level, else what they answer.",
        _TALK,
        _COMMENTS_ONLY,
    ),
    Command("next_thread", "n", "next thread", "In comments: the next thread.", _TALK, _COMMENTS_ONLY),
    Command(
        "previous_thread",
        "p, N",
        "thread back",
        "In comments: to where this thread begins, and to the one before.",
        _TALK,
        _COMMENTS_ONLY,
    ),
    Command("parent_comment", "P", "parent", "In comments: what this one answers.", _TALK, _COMMENTS_ONLY),
    Command(
        "fold_comment", "enter", "fold", "In comments: fold one with its answers, or unfold it.", _TALK, _COMMENTS_ONLY
    ),
    Command("fold_comments", "Z m", "fold answers", "In comments: fold all answers.", _TALK, _COMMENTS_ONLY),
    Command("unfold_comments", "Z r", "unfold answers", "In comments: unfold all.", _TALK, _COMMENTS_ONLY),
    Command("browse_comment", "o, v", "browser", "In comments: open this one in the browser.", _TALK, _COMMENTS_ONLY),
    Command(
        "copy_comment", "y", "copy its address", "In comments: copy the address of this one.", _TALK, _COMMENTS_ONLY
    ),
    Command("refresh_comments", "r", "fetch anew", "In comments: fetch them anew.", _TALK, _COMMENTS_ONLY),
    Command(
        "ask_for_comments",
        "H",
        "ask Hacker News",
        "In comments: ask Hacker News for some, where none are known.",
        _TALK,
        _COMMENTS_ONLY,
    ),
    Command("read_on", "space", "read on", "A page down; at the end, the next unread article.", _READ),
    Command("next_unread", "n", "next unread", "The next unread article, in the next source if need be.", _READ),
    Command("previous_unread", "p, N", "previous unread", "The unread article before this one.", _READ),
    Command("next_article", "J", "next article", "The next article, from any pane.", _READ),
    Command("previous_article", "K", "previous article", "The article before this one, from any pane.", _READ),
    Command("full_text", "d", "full text", "The full text, or what the feed gives; kept for this source.", _READ),
    Command("bookmark", "s", "bookmark", "Bookmark the article, or take the bookmark away.", _READ),
    Command("bookmark_with", "S", "bookmark with tags and note", "Bookmark with tags and a note.", _READ),
    Command("later", "L", "later", "Put the article into the Later queue, or take it out.", _READ),
    Command("tags", "t", "tags", "The tags of the article, in one line.", _READ, _ARTICLES_ON, takes="tags?"),
    Command("toggle_read", "m", "read or unread", "Mark the article read, or unread again.", _READ),
    Command("browser", "o, v", "browser", "Open the article in the browser.", _READ),
    Command("browser_read", "O", "browser, and read", "Open it in the browser and mark it read.", _READ),
    Command("enclosure", "e", "play", "Play or open the file that goes with the article.", _READ, _ARTICLES_ON),
    Command("hide", "D", "hide", "Hide the article, or show a hidden one again, for good.", _READ, _ARTICLES_ON),
    Command("pipe", "|", "pipe", "Give the article to a command, as Markdown.", _READ, _ARTICLES_ON, takes="command"),
    Command("copy", "y", "copy address", "Copy the address of the article.", _READ),
    Command("copy_link", "Y", "copy link", "Copy title and address of the article as a Markdown link.", _READ),
    Command("write", "", "write", "Write the article to a file (.md, .txt, .html) or a folder.", _READ, takes="file"),
    Command(
        "aside",
        "i",
        "in short",
        "The article in short, beside the text: summary, key points, names.",
        _READ,
        _ARTICLES_ON,
        takes="brief?",
    ),
    Command("ask", "", "ask", "Ask a language model about the article, if you set one.", _READ, takes="words"),
    Command(
        "ask_story", "", "ask about the story", "Ask it about what all sources tell of this.", _READ, takes="words"
    ),
    Command("ask_list", "", "ask about the list", "Ask it about the articles of the list.", _READ, takes="words"),
    Command("zen", "z", "zen", "The article alone, or the panes again.", _READ),
    Command(
        "comments", "c", "comments", "What people say of the article; again, or esc: the article.", _READ, _ARTICLES_ON
    ),
    Command("story", "=", "the story", "What all sources tell of this, in the order of time; esc goes back.", _READ),
    Command("search", "/", "search", "In the lists: search titles and texts.", _LISTS, _LISTS_ONLY, takes="query?"),
    Command("filter", "F", "filter", "Keep what these words find in this list; esc ends it.", _LISTS, takes="query?"),
    Command("mark_all_read", "A", "all read", "Mark everything in this list read; u undoes it.", _LISTS),
    Command("mark_above_read", "M", "read above", "Mark everything above in this list read.", _LISTS, _ARTICLES_ON),
    Command("mark_below_read", "g M", "read below", "Mark everything below in this list read: what is older.", _LISTS),
    Command("select", "x", "select", "Select the article; what you do next is done to all.", _LISTS, _ARTICLES_ONLY),
    Command("select_range", "V", "select to here", "Select from the last one to this one.", _LISTS, _ARTICLES_ONLY),
    Command("repeat", ".", "again", "Do the last thing again, to this article.", _LISTS),
    Command("catch_up", "g k", "catch up", "What mattered while you were away; the rest is set aside.", _LISTS),
    Command("undo", "u", "undo", "Undo the last thing you did.", _LISTS),
    Command("redo", "ctrl+r", "redo", "Do again what you undid last.", _LISTS),
    Command("journal", "g j", "journal", "All that was done in ninety days; take any of it back.", _LISTS),
    Command("let_in", ";", "let new in", "Let the new articles into the list.", _LISTS),
    Command("go_unread", "g u", "unread", "Go to everything unread.", _LISTS),
    Command("go_all", "g a", "all", "Go to all articles.", _LISTS),
    Command("go_today", "g t", "today", "Go to the articles of today.", _LISTS),
    Command("go_top_stories", "g S", "top stories", "Go to what most sources tell of in these days.", _LISTS),
    Command("go_begun", "g c", "continue reading", "Go to what you began and did not finish.", _LISTS),
    Command("go_bookmarks", "g b", "bookmarks", "Go to the bookmarks.", _LISTS),
    Command("go_later", "g L", "later", "Go to what waits in Later.", _LISTS),
    Command("go_hidden", "g h", "hidden", "Go to what is hidden, by rules or by hand.", _LISTS),
    Command(
        "go", "g f", "go to", "Go to a source, folder, tag or list by letters of its name.", _SOURCES, takes="place?"
    ),
    Command("source", "", "source by name", "Go to a source by its name.", _SOURCES, takes="source"),
    Command("folder", "", "folder by name", "Go to a folder by its name.", _SOURCES, takes="folder"),
    Command("next_source", "]", "next source", "The next source with something unread.", _SOURCES),
    Command("previous_source", "[", "previous source", "The source with something unread before this one.", _SOURCES),
    Command(
        "refresh", "r", "refresh", "Refresh the source; in a list of several, all of them.", _SOURCES, takes="source?"
    ),
    Command("refresh_all", "R", "refresh all", "Refresh all sources.", _SOURCES),
    Command("add", "a", "add", "Add a source by its address.", _SOURCES, takes="address?"),
    Command("mend", "e", "source", "How the source does, its settings, and what mends it.", _SOURCES, _SOURCES_ONLY),
    Command(
        "rename_source",
        "E",
        "rename",
        "Call the source, folder or smart source otherwise.",
        _SOURCES,
        _SOURCES_ONLY,
        takes="name?",
    ),
    Command(
        "move_source",
        "M",
        "move",
        "Move the source to another folder, or a new one.",
        _SOURCES,
        _SOURCES_ONLY,
        takes="into?",
    ),
    Command(
        "shift_up",
        "{, shift+up",
        "up one",
        "Let the source or folder change places with the one above.",
        _SOURCES,
        _SOURCES_ONLY,
    ),
    Command(
        "shift_down", "}, shift+down", "down one", "Let it change places with the one below.", _SOURCES, _SOURCES_ONLY
    ),
    Command("tag_source", "T", "tag", "The tags of the source, in one line.", _SOURCES, _SOURCES_ONLY, takes="labels?"),
    Command(
        "filter_tag",
        "t",
        "by tag",
        "Show only the sources with a tag; esc shows all.",
        _SOURCES,
        _SOURCES_ONLY,
        takes="labels?",
    ),
    Command("pause_source", "P", "pause", "Fetch the source no more; again, and it goes on.", _SOURCES, _SOURCES_ONLY),
    Command(
        "remove_source",
        "D",
        "remove",
        "Remove the source, or the folder with its sources or without.",
        _SOURCES,
        _SOURCES_ONLY,
    ),
    Command("tick_source", "x", "choose", "Choose sources: what you do next is done to all.", _SOURCES, _SOURCES_ONLY),
    Command("sort_sources", "g o", "order", "The sources by hand, name, what is unread, quiet first.", _SOURCES),
    Command("fold_all", "Z m", "fold all", "Fold all folders.", _SOURCES),
    Command("unfold_all", "Z r", "unfold all", "Unfold all folders.", _SOURCES),
    Command("health", "g H", "health", "How all sources do, trouble first, and what mends them.", _SOURCES),
    Command("edited", "g e", "edited by hand", "What was edited in sources.opml, to be taken over.", _SOURCES),
    Command("export", "g w", "export", "Write the sources to a file, as OPML.", _SOURCES, takes="file?"),
    Command("keep_search", "+", "smart source", "Keep the search as a smart source, or begin a new one.", _SOURCES),
    Command("rules", "g r", "rules", "Rules for what comes in: hide, mark read, tag, tell.", _SOURCES),
    Command("catalogue", "g C", "catalogue", "Sources to subscribe to, by topic and language; searched.", _SOURCES),
    Command("import_opml", "g i", "import", "Add the sources of a file: OPML, or newsboat's.", _SOURCES, takes="file?"),
    Command("edit_sources", "g E", "edit the sources", "Edit the file of the sources in your editor.", _SOURCES),
    Command("help", "?", "keys", "Show all keys, searchable.", _PROGRAM, takes="words?"),
    Command("command", ":", "command line", "Type a command: tab completes it, ↑ brings back earlier ones.", _PROGRAM),
    Command("palette", "ctrl+p", "palette", "Find a command, a source, a tag, a search by its letters.", _PROGRAM),
    Command("narrower", "<", "narrower", "Make the list narrower; in the reader, the lines of the text.", _PROGRAM),
    Command("wider", ">", "wider", "Make the list wider; in the reader, the lines of the text.", _PROGRAM),
    Command("pane_narrower", "Z <", "pane narrower", "Make the pane narrower, the reader too.", _PROGRAM),
    Command("pane_wider", "Z >", "pane wider", "Make the pane wider, the reader too.", _PROGRAM),
    Command("messages", "g m", "messages", "What was said at the foot of late, to read it again.", _PROGRAM),
    Command("by_source", "B", "by source", "Group the list by source, or by day again.", _PROGRAM),
    Command("quiet_first", "Z q", "quiet first", "Sources that seldom post first, or all by day.", _PROGRAM),
    Command("fold_stories", "Z s", "a row a story", "Fold what several sources tell into one row, or not.", _PROGRAM),
    Command("fold_bursts", "Z d", "fold bursts", "Fold what one source posts in a row within a day.", _PROGRAM),
    Command("density", "g d", "density", "One line to an article, or two and more.", _PROGRAM),
    Command("theme", "g l", "light or dark", "Change between the dark and the light theme.", _PROGRAM, takes="theme?"),
    Command("set", "", "set", "Set something by its name, as set measure 80.", _PROGRAM, takes="setting"),
    Command("settings", "g s", "settings", "What can be set, with a line about each; changed at once.", _PROGRAM),
    Command("shell", "!", "shell", "Run a command, with the article in its environment.", _PROGRAM, takes="command"),
    Command("back", "escape", "back", "Back one level; ends a search.", _PROGRAM),
    Command("back_or_quit", "q", "back", "Back one level; at the top, quit.", _PROGRAM),
    Command("quit", "Q", "quit", "Quit at once, as ctrl+q does.", _PROGRAM),
)
"""Every command, in the order of the help."""

BY_ID: Final = {command.id: command for command in COMMANDS}

COUNTS: Final[Mapping[str, str]] = {
    "down": "steps down",
    "up": "steps up",
    "page_down": "pages down",
    "page_up": "pages up",
    "half_down": "half pages down",
    "half_up": "half pages up",
    "top": "row, or percent",
    "bottom": "row, or percent",
    "next_paragraph": "paragraphs on",
    "previous_paragraph": "paragraphs back",
    "next_heading": "headings on",
    "previous_heading": "headings back",
    "find_next": "matches on",
    "find_previous": "matches back",
    "next_comment": "comments on",
    "previous_comment": "comments back",
    "next_sibling": "comments on",
    "previous_sibling": "comments back",
    "next_thread": "threads on",
    "previous_thread": "threads back",
    "parent_comment": "levels up",
    "link": "that link",
    "enclosure": "that file",
    "narrower": "steps narrower",
    "pane_narrower": "steps narrower",
    "pane_wider": "steps wider",
    "wider": "steps wider",
    "next_unread": "unread on",
    "previous_unread": "unread back",
    "next_article": "articles on",
    "previous_article": "articles back",
    "select": "articles",
    "undo": "undone",
    "redo": "done again",
    "next_source": "sources on",
    "previous_source": "sources back",
}
"""What a count typed before a command does to it; the others take none. Their actions have a parameter `count`."""

NAMES: Final = {
    "up": "↑", "down": "↓", "left": "←", "right": "→", "enter": "⏎", "space": "space", "tab": "tab", "escape": "esc",
    "home": "home", "end": "end", "pageup": "pgup", "pagedown": "pgdn", "backspace": "⌫", "delete": "del",
    "insert": "ins", **{f"f{number}": f"f{number}" for number in range(1, 25)},
}  # fmt: skip
"""The keys that have names, as the screen shows them."""


_OTHER_NAMES: Final = {
    **{shown: name for name, shown in NAMES.items()}, "comma": ",", "return": "enter", "page_down": "pagedown",
    "page_up": "pageup", "bs": "backspace", "plus": "+", "minus": "-",
}  # fmt: skip
_HELD: Final = re.compile(r"(?:(?:ctrl|shift|alt)\+)+(?=.)", re.IGNORECASE)


def _one_name(key: str) -> str:
    """A key as the terminal names it, where a person wrote it otherwise: "Esc", "Ctrl+A", "shift+a"."""
    held = _HELD.match(key)
    keys, name = (held.group().lower(), key[held.end() :]) if held else ("", key)
    name = name if len(name) == 1 else name.lower()
    name = _OTHER_NAMES.get(name, name)
    if keys == "shift+" and len(name) == 1 and name.isalpha():
        return name.upper()
    return f"{keys}{name.lower()}" if keys else name


def parse_keys(keys: str) -> tuple[Sequence, ...]:
    """Read alternatives and sequences: "g a, f2" is (("g", "a"), ("f2",)). The comma key is written "comma"."""
    alternatives = (tuple(_one_name(key) for key in part.split()) for part in keys.split(","))
    return tuple(alternative for alternative in alternatives if alternative)


def show_sequence(sequence: Sequence) -> str:
    """Write a sequence as the screen shows it: "⏎", "g a", "ctrl+d"."""
    return " ".join(NAMES.get(key, key) for key in sequence)
