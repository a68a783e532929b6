"""The house rules about who may import whom, kept by reading every import statement, lazy ones included."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import newsreader

ROOT = Path(newsreader.__file__).parent
LAYERS = (
    {"__main__"},
    {"cli"},
    {"ui", "demo"},
    {"worker"},
    {"stories"},
    {"fetch", "store", "feeds", "pages", "document", "handbook"},
    {"config"},
    {"text", "sentences", "model", "query", "errors", "bounds", "log"},
)
FLOOR = len(LAYERS) - 1
ONLY_IN = {
    "textual": {"ui"},
    "httpx": {"fetch"},
    "httpcore": {"fetch"},
    "h11": {"fetch"},
    "sqlite3": {"store"},
    "lxml": {"feeds", "pages", "document"},
    "markdown_it": {"pages"},
    "readability": {"pages"},
}
PANES = ("ui/source_list.py", "ui/article_list.py", "ui/reader_view.py", "ui/virtual_list.py")
PANES_SEE = {"bounds", "sentences", "model", "query", "text", "document", "ui"}
FILES = sorted(ROOT.rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    """Every module that a file imports, whole names, anywhere in it; names under TYPE_CHECKING count as well."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            module = node.module or ""
            found.add(module)
            if module == "newsreader":
                found |= {f"newsreader.{alias.name}" for alias in node.names}
    return found - {"newsreader"}


def room_of(path: Path) -> str:
    """The room of the house in which a file stands: "ui", "store", "text" …"""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def layer_of(room: str) -> int:
    return next(number for number, rooms in enumerate(LAYERS) if room in rooms)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_layers_below_its_own(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        assert not imports_of(path)
        return
    for name in imports_of(path):
        if not name.startswith("newsreader."):
            outside = name.split(".")[0]
            assert room in ONLY_IN.get(outside, {room}), f"{outside} is not for {room}"
            continue
        other = name.split(".")[1]
        if other in {room, "__version__"}:
            continue
        own, theirs = layer_of(room), layer_of(other)
        assert own < theirs or own == theirs == FLOOR, f"{room} must not import {other}"
        if room == "ui" and other == "worker":
            assert name == "newsreader.worker.client", "ui sees of the worker its client only"
        assert not (room == "ui" and other in {"fetch", "feeds", "pages"}), f"ui must not import {other}"


@pytest.mark.parametrize("pane", PANES)
def test_panes_cannot_see_what_could_block_them(pane: str) -> None:
    for name in imports_of(ROOT / pane):
        if name.startswith("newsreader."):
            assert name.split(".")[1] in PANES_SEE, f"{pane} must not import {name}"


def test_there_is_no_import_cycle() -> None:
    names = {
        path: ".".join(["newsreader", *path.relative_to(ROOT).with_suffix("").parts]).removesuffix(".__init__")
        for path in FILES
    }
    known = set(names.values())
    edges = {
        names[path]: {name for name in imports_of(path) if name in known and name != names[path]} for path in FILES
    }
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " -> ".join([*way[way.index(module) :], module])
        if module in done:
            return
        for other in sorted(edges[module]):
            # A package's own __init__ may gather its modules, and they may name the package.
            if not module.startswith(f"{other}."):
                visit(other, (*way, module))
        done.add(module)

    for module in sorted(known):
        visit(module, ())


def loaded_by(statement: str) -> set[str]:
    code = f"{statement}\nimport sys\nprint(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in run.stdout.split()} | set(run.stdout.split())


def test_the_command_line_loads_no_textual_and_no_network() -> None:
    modules = "configure, doctor, list, mark, remove, sources"
    loaded = loaded_by(f"import newsreader.cli.parser as p; p.build_parser()\nfrom newsreader.cli import {modules}")
    assert not loaded & {"textual", "httpx", "lxml", "readability", "rich.console"}


def test_the_reader_loads_no_network_and_no_html() -> None:
    loaded = loaded_by("import newsreader.ui.app, newsreader.ui.main, newsreader.store, newsreader.worker.client")
    assert "textual" in loaded
    assert not loaded & {"httpx", "lxml", "readability"}
    first_needed_later = {"newsreader.document.blocks", "newsreader.ui.dialogs.frame", "newsreader.feeds", "_hashlib"}
    assert not loaded & first_needed_later, "the first paint waits for what it does not need"


def test_the_first_paint_waits_for_few_dataclasses_and_no_desk() -> None:
    """Each dataclass takes half a millisecond to be made: a named tuple takes a tenth of that."""
    code = """
import newsreader.cli.reader, newsreader.cli.ending, newsreader.config, newsreader.ui.app
import newsreader.worker.client, newsreader.store, sys
ours = [module for name, module in sys.modules.items() if name.startswith("newsreader")]
named = [kind for module in ours for kind in vars(module).values() if isinstance(kind, type)]
kinds = {kind for kind in named if "__dataclass_fields__" in vars(kind)}
print(*sorted(kind.__qualname__ for kind in kinds if kind.__module__.startswith("newsreader")))
print(*(each.__name__ for each in ours))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    made, loaded = (set(line.split()) for line in run.stdout.splitlines())
    assert made <= {"Notice", "Row"}
    desks = {"adjusting", "annexing", "arranging", "asiding", "away", "command_line", "commanding", "discussion"}
    desks |= {"exporting", "jumping", "managing", "outside", "placing", "ruling", "searching", "selecting", "smart"}
    assert not loaded & {f"newsreader.ui.{desk}" for desk in (*desks, "stories", "tending")}
    assert {name for name in loaded if name.startswith("newsreader.ui.dialogs.")} == {"newsreader.ui.dialogs.search"}


def test_the_package_itself_loads_nothing() -> None:
    bare = loaded_by("pass")
    assert loaded_by("import newsreader") - bare <= {"newsreader"}
