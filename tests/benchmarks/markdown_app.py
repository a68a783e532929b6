"""Textual's own Markdown widget as a reader, to measure against: `python -m tests.benchmarks.markdown_app FILE.md`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Markdown, Static


class MarkdownApp(App[None]):
    """J shows the document, K a word, ctrl+f turns the page, e paints one word elsewhere, Q quits."""

    CSS = "#word { height: 1; }"
    BINDINGS: ClassVar = [("J", "show"), ("K", "hide"), ("ctrl+f", "turn"), ("e", "count"), ("Q", "quit")]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._count = 0

    def compose(self) -> ComposeResult:
        yield Static("", id="word")
        with VerticalScroll():
            yield Markdown("ready")

    async def action_show(self) -> None:
        await self.query_one(Markdown).update(self._text)

    async def action_hide(self) -> None:
        self.query_one(VerticalScroll).scroll_home(animate=False)
        await self.query_one(Markdown).update("ready")

    def action_turn(self) -> None:
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def action_count(self) -> None:
        self.query_one("#word", Static).update(f"empty{self._count}")
        self._count += 1


if __name__ == "__main__":
    MarkdownApp(Path(sys.argv[1]).read_text(encoding="utf-8")).run()
