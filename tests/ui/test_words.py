"""The words of the interface: they stand in one package, where xgettext finds them, and are said in any language."""

from __future__ import annotations

import ast
import re
import runpy
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import newsreader.ui
from newsreader.ui import words
from newsreader.ui.words import lists
from tests.ui.desk import desk

if TYPE_CHECKING:
    from collections.abc import Iterator

UI: Final = Path(newsreader.ui.__file__).parent
WORDS: Final = UI / "words"
MODULES: Final = sorted(path for path in UI.rglob("*.py") if WORDS not in path.parents)
IN_WORDS: Final = sorted(WORDS.glob("*.py"))
EXCEPTIONS: Final = {
    "keys.py": "the commands are one table, with their labels and help; they are translated where they are shown",
    "foot_keys.py": "a part of the same table: the commands that the foot names",
    "presets.py": "the keys of other readers, a table",
    "highlighting.py": "the types of tokens, as pygments calls them",
    "language.py": "further names of commands, as they are typed: ids",
}
"""Modules that are tables, and why they are no words."""

PHRASES: Final = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:": "what a browser calls itself",
    "on run argv": "a script of AppleScript",
    "end run": "a script of AppleScript",
    "display notification (item 1 of argv)": "a script of AppleScript",
    "Subscription": "a type that is named before it is loaded",
    "www.": "a part of addresses",
}
"""What looks like words and is none, by how it begins."""

_STYLE: Final = re.compile(r"(?:(?:bold|underline|reverse|italic|strike|dim|not|on|auto|\$[\w-]+)\s*)+\Z")
_TWO_WORDS: Final = re.compile(r"[^\W\d_]{2,}[,;:]? [^\W\d_]+")
_LABEL: Final = re.compile(r"[A-Z][a-z]+\Z")
_SENTENCE: Final = re.compile(r"[^\W\d_]{2,}[.!?…]\s*\Z")
_FIRST_KEYS: Final = {"BINDINGS", "CSS", "DEFAULT_CSS"}  # Textual's own: of a binding no screen shows the description
_SILENT: Final = {"debug", "info", "warning", "error", "exception", "compile", "getLogger"}  # logs, and patterns
_IDS: Final = {"classes", "id", "group", "name"}  # arguments that are for the program


def says_something(text: str) -> bool:
    """Whether a constant looks like words for a person."""
    said = _TWO_WORDS.search(text) or _SENTENCE.search(text) or _LABEL.match(text)
    return bool(said and not _STYLE.match(text.strip()))


def constants(node: ast.AST) -> Iterator[tuple[int, str]]:
    """The string constants below a node that may be said, with their lines; what is put into an f-string is a gap."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(isinstance(target, ast.Name) and target.id in _FIRST_KEYS for target in targets):
            return
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _SILENT:
        return
    if isinstance(node, ast.Assert) or (isinstance(node, ast.keyword) and node.arg in _IDS):
        return
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
        yield node.lineno, "".join(str(part) for part in parts)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value
    for child in ast.iter_child_nodes(node):
        if not (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
            yield from constants(child)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(UI)))
def test_what_is_said_stands_among_the_words(path: Path) -> None:
    if path.name in EXCEPTIONS:
        return
    elsewhere = [
        f"line {line}: {text!r} belongs into ui/words"
        for line, text in constants(ast.parse(path.read_text("utf-8")))
        if says_something(text) and not text.startswith(tuple(PHRASES))
    ]
    assert not elsewhere


def test_every_exception_is_needed() -> None:
    said = {path: [text for _, text in constants(ast.parse(path.read_text("utf-8")))] for path in MODULES}
    names = {path.name for path, texts in said.items() if any(map(says_something, texts))}
    assert names >= EXCEPTIONS.keys()
    texts = [text for each in said.values() for text in each if says_something(text)]
    assert [phrase for phrase in PHRASES if not any(text.startswith(phrase) for text in texts)] == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Nothing here.", True), ("two words", True), ("Done!", True), ("fetching…", True), ("… more of it", True),
        ("bold on $page-cursor", False), ("word", False), ("#reason", False),
        ("Folder", True), ("folder", False), ("$warning", False),
    ],
)  # fmt: skip
def test_what_counts_as_said(text: str, says: bool) -> None:
    assert says_something(text) is says


@pytest.mark.parametrize("path", IN_WORDS, ids=lambda path: path.name)
def test_the_words_can_be_extracted(path: Path) -> None:
    """What xgettext cannot see is never translated: words that are put together, or marked inside an f-string."""
    tree = ast.parse(path.read_text("utf-8"))
    inside = [call for each in ast.walk(tree) if isinstance(each, ast.JoinedStr) for call in ast.walk(each)]
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"_", "several"}:
            marked = call.args[: 1 if call.func.id == "_" else 2]
            assert call not in inside, f"line {call.lineno}: marked inside an f-string"
            literal = all(isinstance(each, ast.Constant) for each in marked)
            assert literal or ast.unparse(marked[0]) in {"setting.label", "setting.help"}, f"line {call.lineno}"


def _catalogue(folder: Path, language: str, texts: dict[str, str]) -> None:
    """Write a compiled catalogue, as msgfmt would."""
    texts = {"": "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n > 1;\n", **texts}
    keys = [(key.encode(), texts[key].encode()) for key in sorted(texts)]
    at, tables, held = 28 + 16 * len(keys), [b"", b""], b""
    for column in (0, 1):
        for pair in keys:
            tables[column] += struct.pack("<II", len(pair[column]), at + len(held))
            held += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, 0)
    path = folder / language / "LC_MESSAGES" / "newsreader.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(head + tables[0] + tables[1] + held)


def test_a_catalogue_translates_and_has_plurals_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {
        "{count} article marked read.\0{count} articles marked read.": "{count} article lu.\0{count} articles lus.",
        "{undo} undoes it.": "{undo} l'annule.",
    }
    _catalogue(tmp_path / "translations", "fr", texts)
    copy = tmp_path / "words" / "__init__.py"
    copy.parent.mkdir()
    copy.write_text(Path(words.__file__).read_text("utf-8"), "utf-8")
    monkeypatch.setenv("LANGUAGE", "fr")
    french = runpy.run_path(str(copy))
    for name in ("_", "several", "undoes"):
        monkeypatch.setattr(lists, name, french[name])
    assert lists.marked_read(2, "u") == "2 articles lus. u l'annule."
    assert lists.marked_read(1, "U") == "1 article lu. U l'annule."
    assert lists.marked_read(0, "u") == "0 article lu. u l'annule."  # one in French, several in English
    assert french["_"]("Everything here is read already.") == "Everything here is read already."


def test_without_a_catalogue_the_words_stand_as_they_are() -> None:
    assert lists.marked_read(0, "u") == "0 articles marked read. u undoes it."
    assert lists.marked_read(1, "x") == "1 article marked read. x undoes it."


async def test_sentences_name_the_keys_that_the_person_has(tmp_path: Path) -> None:
    mine = {"undo": "ctrl+z", "move_source": "f6", "pause_source": "f7", "quit": "f10", "tick_source": "f8"}
    async with desk(tmp_path, keys=mine) as here:
        await here.press("ctrl+c")
        assert "q goes back, f10 quits." in here.text
        await here.press("h", "home", *"jjjjjjjjj", "f8")
        assert "f6, T, f7, D, r act on all of them; esc or f8 lets go." in here.text
