"""Background work that textual starts: made only when its turn comes, so that none is left over at the end."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.worker import WorkType

P = ParamSpec("P")


def work(function: Callable[P, Coroutine[Any, Any, None]], *args: P.args, **kwargs: P.kwargs) -> WorkType[None]:
    """Give `run_worker` a call to make later, instead of a coroutine that warns when nobody awaits it."""
    return partial(function, *args, **kwargs)
