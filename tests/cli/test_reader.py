from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from newsreader.cli.context import Context
from newsreader.cli.reader import claim_window


def test_a_window_takes_the_name_that_acted_last_and_that_no_other_has(tmp_path: Path) -> None:
    context = Context.create(str(tmp_path))
    acted = ("", "window-2", "worker", "window-1")
    with ExitStack() as one, ExitStack() as other, ExitStack() as third:
        assert claim_window(one, context, acted) == "window-2"
        assert claim_window(other, context, acted) == "window-1"
        assert claim_window(third, context, acted) == "window-3"
    with ExitStack() as again:
        assert claim_window(again, context) == "window-1"
