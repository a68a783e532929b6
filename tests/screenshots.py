"""Makes the pictures in screenshots/ from the demo world: `python -m tests.screenshots [NAME…]`.

The reader runs headless with the demo's frozen clock, Textual exports the screen as SVG, and chromium draws it (with
fonts that are installed: Debian's chromium, fonts-firacode, fonts-noto-cjk, fonts-noto-core, fonts-noto-color-emoji).
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from textual.pilot import Pilot

from newsreader.cli.context import Context
from newsreader.demo.server import NOW, DemoServer
from newsreader.feeds.catalogue import bundles
from newsreader.text import cell_width
from newsreader.ui.app import NewsreaderApp
from newsreader.worker.client import Worker
from tests.ai_server import AiServer, words

FOLDER = Path(__file__).parents[1] / "screenshots"
_FONT_FACE = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)
_TEXT = re.compile(r'textLength="[\d.]+"([^>]*)>([^<]*)</text>')
_CELL = 12.2  # the width of a cell in Textual's export


@dataclass(frozen=True)
class Picture:
    """One picture: its terminal, its theme, the keys that lead to it, and the words that show it is there."""

    name: str
    columns: int
    rows: int
    keys: tuple[str, ...]
    theme: str = "newsreader-dark"
    demo: bool = True
    answer: str = ""  # of a language model that is set for it


ANSWER = (
    "The council of Port Varrel has kept the night ferry to the island of Sennet for ten more years. [1] Seven members "
    "backed the ferry, six the bridge; the last vote was Henrike Toll's. [3] The town pays 1.9 million crowns a year "
    "for it and asks the county for a third. [5]\n\nIt is the most expensive ferry of the whole coast. [1]\n\n"
    "What follows for passengers:\n\n"
    "- The *Aurelia* leaves Port Varrel at 23:40 and Sennet at 00:50. [5]\n"
    "- If the county refuses, the fare rises from 38 to 45 crowns. [5]\n"
)
"""What a model might say of the first article of the demo world; one of its sentences is made up."""

PICTURES = (
    Picture("hero", 150, 44, ("j", "m", "j", "j", "m", "k", "k", "k", "s", "enter")),
    Picture("reader", 100, 40, ("enter", "z")),
    Picture("narrow", 60, 26, ()),
    Picture("source", 110, 36, ("h", "e")),
    Picture("comments", 110, 38, ("c",)),
    Picture("in-short", 150, 44, ("enter", "i", "s", "j", "j", "j")),
    Picture("asked", 150, 44, ("enter", "i", "S", "enter", "j"), theme="newsreader-light", answer=ANSWER),
    Picture("light", 150, 44, ("J", "J", "J", "J"), theme="newsreader-light"),
    Picture("first-start", 110, 32, (), demo=False),
)


@contextmanager
def furnished_home(*, demo: bool) -> Iterator[Context]:
    """A throw-away home, empty or with the demo world fetched into it."""
    with tempfile.TemporaryDirectory() as folder, DemoServer() as server:
        os.environ.update(NEWSREADER_NOW=str(NOW), NO_PROXY="*")
        context = Context.create(folder)
        if demo:
            with context.open_library() as store:
                store.add_sources(server.subscriptions())
            fetch = [sys.executable, "-m", "newsreader", "--home", folder, "fetch", "--all"]
            subprocess.run(fetch, check=True, stdout=subprocess.DEVNULL)
        yield context


async def take(picture: Picture, context: Context) -> str:
    """Run the reader to the picture and return its screen as SVG, with a language model where it shows an answer."""
    if not picture.answer:
        return await run(picture, context)
    context.paths.config.mkdir(parents=True, exist_ok=True)
    file = '[ai]\nbase_url = "http://localhost:11434/v1"\nmodel = "llama3.2"\nlanguage = "English"\n'
    (context.paths.config / "config.toml").write_text(file, encoding="utf-8")

    async def slowly(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.7)
        writer.write(words(picture.answer))

    async with AiServer(script=[slowly], models=["llama3.2"], port=11_434):
        return await run(picture, context)


async def run(picture: Picture, context: Context) -> str:
    """Run the reader to the picture and return its screen as SVG."""
    with context.open_library("pictures") as store:
        app = NewsreaderApp(
            store=store,
            worker=Worker(context.worker_command("pictures"), log_path=context.paths.log),
            config=context.config()._replace(theme=picture.theme),
            catalogue=bundles,
            clock=context.clock,
        )
        async with app.run_test(size=(picture.columns, picture.rows)) as pilot:
            await settle(pilot, 1.5)
            for key in picture.keys:
                await pilot.press(key)
                await settle(pilot, 0.4)
            await settle(pilot, 2)
            return app.export_screenshot(title="newsreader")


async def settle(pilot: Pilot[None], seconds: float) -> None:
    """Let the store thread and the worker answer."""
    await asyncio.sleep(seconds)
    await pilot.pause()


def widen(found: re.Match[str]) -> str:
    """Give wide characters their two cells: the export counts one for each."""
    attributes, said = found.groups()
    return f'textLength="{cell_width(unescape(said)) * _CELL:g}"{attributes}>{said}</text>'


def draw(svg: str, target: Path) -> None:
    """Draw an SVG as PNG, at the size it asks for."""
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert size is not None
    width, height = (round(float(side)) for side in size.groups())
    # The faces point to a server on the web; the installed fonts of the same name are used.
    draw_page(_TEXT.sub(widen, _FONT_FACE.sub("", svg)), target, width, height, suffix="svg")


def draw_page(page: str, target: Path, width: int, height: int, *, suffix: str = "html") -> None:
    """Let chromium draw a page, which may be an SVG, as PNG."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"screen.{suffix}"
        source.write_text(page, encoding="utf-8")
        command = [
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={folder}/profile", f"--window-size={width},{height}", f"--screenshot={target}",
            source.as_uri(),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def main(names: list[str]) -> None:
    if shutil.which("chromium") is None:
        sys.exit("This needs chromium (Debian: chromium fonts-firacode fonts-noto-cjk fonts-noto-core).")
    FOLDER.mkdir(exist_ok=True)
    for picture in PICTURES:
        if not names or picture.name in names:
            with furnished_home(demo=picture.demo) as context:
                draw(asyncio.run(take(picture, context)), FOLDER / f"{picture.name}.png")
                print(f"{picture.name}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
