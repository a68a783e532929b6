"""Placing the articles that came in in their stories, when they are in the index and nobody waits."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from newsreader.store import Store
from newsreader.stories.clustering import DAYS, HELD, Stories
from newsreader.stories.sketch import LEAD, sketch
from newsreader.text import page_of

if TYPE_CHECKING:
    from newsreader.model import Lead, Placed
    from newsreader.stories.sketch import Sketch
    from newsreader.worker.tools import Tools

STEP: Final = 40  # articles that are placed at once: some 20 ms
_DAY: Final = 86_400


class Storyteller:
    """Knows the stories of the last days, and goes on with them; another process may do so in between."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._stories: Stories | None = None
        self._upto = 0

    async def place(self) -> None:
        """Place every article that is in no story yet, a few at a time, in the order in which they came."""
        library = self._tools.library
        while True:
            upto, leads = await library.call(Store.unplaced, STEP, LEAD)
            if not leads:
                return
            if self._stories is None or upto != self._upto:
                self._stories = await self._known(min(lead.sort_at for lead in leads))
            placed = [self._stories.place(sketch_of(lead)) for lead in leads]
            change = await library.call(Store.place, placed, upto)
            self._upto = placed[-1].id if change is not None else 0

    async def _known(self, oldest: int) -> Stories:
        """The stories that were told so far, as far back as these articles may go on with them.

        Sketching them takes seconds, in which others wait for this process: so it is done a few at a time, too.
        """
        since = oldest - DAYS * _DAY
        known: list[tuple[Sketch, Placed]] = []
        while len(known) < HELD:
            before = known[-1][0].id if known else None
            page = await self._tools.library.call(Store.placed, since, STEP, LEAD, before)
            if not page:
                break
            known += ((sketch_of(lead), placed) for lead, placed in page)
        stories = Stories()
        for number, each in enumerate(reversed(known)):
            stories.remember(*each)
            if number % STEP == 0:
                await asyncio.sleep(0)
        return stories


def sketch_of(lead: Lead) -> Sketch:
    """What an article of the library is placed by."""
    return sketch(lead.id, lead.source_id, lead.sort_at, title=lead.title, text=lead.text, link=page_of(lead.url))
