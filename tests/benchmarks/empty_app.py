"""The least that Textual does: `python -m tests.benchmarks.empty_app` paints one word and waits."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Label


class EmptyApp(App[None]):
    """One label."""

    def compose(self) -> ComposeResult:
        yield Label("ready")


if __name__ == "__main__":
    EmptyApp().run()
