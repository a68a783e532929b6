"""The desk of what stands under an article: reading it up, unfolding beginnings, and reading an article in place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.store import Store
from newsreader.stories.around import around
from newsreader.text import one_line, truncate
from newsreader.ui.annex import Annex, Entry
from newsreader.ui.desk import Desk
from newsreader.ui.links import Deed
from newsreader.ui.words import annex as words

if TYPE_CHECKING:
    from newsreader.model import Change
    from newsreader.ui.turning import Spot

_LEAD: Final = 600  # letters of a beginning
_SHOWN: Final = 60  # cells of an address in a sentence
_TRAIL: Final = 50  # articles to come back to


class _Step(NamedTuple):
    """Where one came from: the article, what stood under it, and the line."""

    article_id: int
    annex: Annex | None
    spot: Spot | None


def read_annex(store: Store, article_id: int) -> Annex:
    """Read up who else tells of an article's event, and what is near it. Some 20 ms in a library of a million."""
    found = around(store, article_id)
    others = tuple(Entry(head, head.id in found.copies) for head in found.story if head.id != article_id)
    first = found.story[0] if found.story else None
    return Annex(article_id, others, found.sources, first, tuple(map(Entry, found.near)))


class Annexing(Desk):
    """What stands under the article in the reader pane."""

    _trail: tuple[_Step, ...] = ()
    _reached: int | None = None  # the article that the trail led to

    async def load(self, article_id: int) -> None:
        """Read up what stands under an article, if it is still the one that is shown."""
        if self.main.reading.article_id == article_id:
            annex = await self.main.library.call(read_annex, article_id)
            self.main.reading.put_annex(annex)

    async def apply(self, change: Change) -> None:
        """Show anew what changed of the articles under the article, or of its story."""
        annex = self.main.reading.annex
        if annex is not None and (change.everything or change.articles & {annex.article_id, *annex.ids()}):
            await self.load(annex.article_id)

    async def unfold(self, article_id: int) -> None:
        """Show how an article under the article begins, or show it no more."""
        annex = self.main.reading.annex
        if annex is None:
            return
        leads = await self.main.library.call(Store.leads, (article_id,), _LEAD)
        lead = leads[0].text if leads else ""
        self.main.reading.put_annex(_unfolded(annex, article_id, lead))

    async def take(self, article_id: int, deed: Deed) -> None:
        """Do with an article under the article what its letters were typed for."""
        if deed is Deed.OPEN:
            await self.follow(article_id)
        elif deed is Deed.SAVE:
            self.main.foot.say(words.HERE_ALREADY)
        else:
            heads = await self.main.library.call(Store.heads, (article_id,))
            url = heads[0].url if heads else None
            if url is None:
                self.main.foot.say(words.NO_ADDRESS)
            else:
                self.main.copy_text(url, truncate(one_line(url), _SHOWN))

    async def follow(self, article_id: int) -> None:
        """Read an article in place; the way back leads to the very line."""
        reading, reader = self.main.reading, self.main.reader
        here = reading.article_id
        if here is None:
            return
        step = _Step(here, reading.annex, reader.spot())
        self._trail = (*(self._trail if self._reached == here else ()), step)[-_TRAIL:]
        self._reached = article_id
        self.main.opened_id = article_id
        self.main.write(self.main.library.call(Store.opened, article_id))
        reader.leave_link()
        await reading.show(article_id, opened=True)

    async def back(self) -> bool:
        """Go back to where the article was read from in place; False where that is nowhere."""
        if not self._trail or self.main.reading.article_id != self._reached:
            return False
        *before, step = self._trail
        self._trail, self._reached = tuple(before), step.article_id
        self.main.opened_id = step.article_id
        await self.main.reading.show(step.article_id, opened=False)
        if step.annex is not None and self.main.reading.article_id == step.article_id:
            self.main.reading.put_annex(step.annex)
        if step.spot is not None:
            self.main.reader.lay_all()
            same = self.main.reader.sheet is not None and self.main.reader.sheet.measure == step.spot.sheet.measure
            self.main.reader.go(step.spot.top if same else self.main.reader.line_of(step.spot))
        return True


def _unfolded(annex: Annex, article_id: int, lead: str) -> Annex:
    """The same with an article's beginning, or without it where it was there."""

    def with_lead(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        return tuple(replace(entry, lead=lead) if entry.head.id == article_id else entry for entry in entries)

    unfolded = annex.unfolded ^ {article_id}
    return replace(annex, story=with_lead(annex.story), related=with_lead(annex.related), unfolded=unfolded)
