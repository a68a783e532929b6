"""The desk of what stands under an article: reading it up, unfolding beginnings, and reading an article in place."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from newsreader.model import Scope
from newsreader.query import Name, Named, written
from newsreader.store import Store
from newsreader.stories.adding import added
from newsreader.text import one_line, truncate
from newsreader.ui.annex_reading import FOLDED, first_unread, read_again, read_annex, read_talk, read_text
from newsreader.ui.desk import Desk
from newsreader.ui.keys import BY_ID
from newsreader.ui.links import Deed
from newsreader.ui.pace import at_once
from newsreader.ui.page_links import ARTICLE, CATEGORIES, CATEGORY, NEXT, PART, PASSAGE, TALK, number_in
from newsreader.ui.words import annex as words

if TYPE_CHECKING:
    from newsreader.document.blocks import Document
    from newsreader.model import ArticleHead, Change
    from newsreader.ui.annex import Annex, Entry
    from newsreader.ui.keeping import KeepingPanes
    from newsreader.ui.pace import Draw
    from newsreader.ui.turning import Spot

_LEAD: Final = 600  # letters of a beginning
_SHOWN: Final = 60  # cells of an address in a sentence
_COMPARED: Final = 8  # articles of a story, with the one above
_TRAIL: Final = 50  # articles to come back to
_KEYS: Final = ("bookmark_with", "comments", "read_on", "open", "right")


class _Step(NamedTuple):
    """Where one came from: the article, what stood under it, and the line."""

    article_id: int
    annex: Annex | None
    spot: Spot | None


class Annexing(Desk):
    """What stands under the article in the reader pane."""

    _trail: tuple[_Step, ...] = ()
    _reached: int | None = None  # the article that the trail led to
    _read: Document | None = None  # the text with which others were compared, and what they add to it

    def __init__(self, main: KeepingPanes) -> None:
        super().__init__(main)
        self._added: dict[int, tuple[str, ...] | None] = {}

    async def load(self, article_id: int, draw: Draw = at_once) -> None:
        """Read up what stands under an article, if it is still the one that is shown."""
        if self.main.reading.article_id == article_id:
            annex = await self.main.library.call(read_annex, article_id)
            await self._put(annex, draw)
            self.main.spawn(self._compare, article_id)

    async def _put(self, annex: Annex, draw: Draw) -> None:
        """Show what was read up, and what is next as soon as that is known."""
        article = self.main.reading.article
        if article is None or article.head.id != annex.article_id:
            return
        keys: dict[str, str] = {each: self.main.keymap.key_of(each) for each in _KEYS if each in BY_ID}
        page = self.main.reader.page
        document = page.document if page is not None and page.article_id == annex.article_id else None
        talk = await self.main.library.call(read_talk, article, document)
        annex = replace(annex, talk=talk, keys=keys)
        if not self.main.browsing.is_whole:  # what is next may take a while in a long list
            draw(partial(self._show, annex))
        following = await self._following()
        annex = replace(annex, following=following, nothing="" if following is not None else self._nothing())
        draw(partial(self._show, annex))

    def _show(self, annex: Annex) -> None:
        """Show it, folded and unfolded as it is by now."""
        shown = self.main.reading.annex
        if shown is not None and shown.article_id == annex.article_id:
            annex = _with_leads(replace(annex, unfolded=shown.unfolded, folded=shown.folded), shown)
            annex = self._with_added(annex)
            if annex.following is None and not annex.nothing:
                annex = replace(annex, following=shown.following, nothing=shown.nothing)
        self.main.reading.put_annex(annex)

    async def apply(self, change: Change, draw: Draw) -> None:
        """Show anew what changed of the articles under the article, or of its story; what is in sight stays there."""
        annex = self.main.reading.annex
        if annex is None:
            return
        ids = {annex.article_id, *annex.ids()}
        if not change.everything and not change.articles & ids and (annex.following or not change.added):
            return
        if self.main.reader.shows_under:
            await self._put(await self.main.library.call(read_again, annex), draw)
        else:
            await self.load(annex.article_id, draw)

    # What the others of the story add

    async def _compare(self, article_id: int) -> None:
        """Find out what the others of the story say that this article does not, behind all else."""
        page, annex = self.main.reader.page, self.main.reading.annex
        if annex is None or page is None or page.document is None or page.article_id != article_id:
            return
        if self._read is not page.document:
            self._read, self._added = page.document, {}
        others = [entry.head.id for entry in annex.story if not entry.copy][:_COMPARED]
        for other in others:
            if other not in self._added and self._read is page.document:
                text = await self.main.library.call(read_text, other)
                blocks = text.blocks if text is not None else ()
                self._added[other] = await asyncio.to_thread(added, page.document.blocks, blocks)
        here = self.main.reading.annex
        if here is not None and here.article_id == article_id and self._read is page.document:
            self.main.reading.put_annex(self._with_added(here))

    def _with_added(self, annex: Annex) -> Annex:
        """The same with what its articles add; of one whose beginning is being read that is not said any more."""
        page = self.main.reader.page
        if page is None or page.document is not self._read:
            return annex
        known = {id_: adds for id_, adds in self._added.items() if adds is not None and id_ not in annex.unfolded}
        story = (replace(each, adds=known.get(each.head.id, each.adds)) for each in annex.story)
        return replace(annex, story=tuple(story))

    # What is next

    async def _following(self) -> ArticleHead | None:
        """The article that the key for the next unread one opens."""
        browsing = self.main.browsing
        found = await browsing.next_unread(1)
        if found is None and browsing.query.scope in {Scope.SOURCE, Scope.FOLDER}:
            found = await self.main.library.call(first_unread, self.main.sources_with_unread(1))
        if found is None:
            found = await browsing.next_unread(1, from_edge=True, waiting=True)
        if found is None:
            found = await browsing.next_unread(1, from_edge=True, waiting=True, folded=True)
        heads = await self.main.library.call(Store.heads, () if found is None else (found,))
        return next((head for head in heads if head.id != self.main.reading.article_id), None)

    def _nothing(self) -> str:
        """Say that nothing is next, and what could be done."""
        key = self.main.keymap.key_of
        here = self.main.reading.article
        read = here is None or here.head.read or here.head.id == self.main.opened_id
        left = sum(source.unread for source in self.main.all_sources.values()) - (not read)
        return (
            words.nothing_here(key("go_unread")) if left > 0 else words.nothing_after(key("go_all"), key("refresh_all"))
        )

    # What its links do

    def tell(self, target: str) -> str:
        """What keys do with the link that is chosen."""
        key, annex = self.main.keymap.key_of, self.main.reading.annex
        opens = key("open")
        kinds = ((PASSAGE, words.on_passage), (TALK, words.on_comments), (NEXT, words.on_next))
        for kind, said in (*kinds, (CATEGORIES, words.on_categories)):
            if target.startswith(kind):
                return said(opens)
        if target.startswith(CATEGORY):
            return words.on_category(opens, one_line(target.removeprefix(CATEGORY)))
        if target.startswith(PART):
            return words.on_part(opens, folded=annex is not None and target.removeprefix(PART) in annex.folded)
        told = annex.story if annex is not None else ()
        adds = any(each.adds for each in told if f"{ARTICLE}{each.head.id}" == target)
        return (words.on_adding if adds else words.on_article)(opens, key("right"))

    async def choose(self, target: str, deed: Deed) -> None:
        """Do what a link under the article is for."""
        article_id = number_in(target, ARTICLE) or number_in(target, NEXT)
        if target.startswith(CATEGORY):
            self.main.reader.leave_link()
            self.main.perform("search", written(Named(Name.CATEGORY, target.removeprefix(CATEGORY))))
        elif target == CATEGORIES:
            self.main.reading.show_all_categories()
        elif target.startswith(PART):
            await self.fold(target.removeprefix(PART))
        elif (passage := number_in(target, PASSAGE)) is not None:
            self.main.reader.leave_link()
            if not self.main.reader.go_to_highlight(passage):
                self.main.foot.say(words.PASSAGE_GONE)
        elif target.startswith(NEXT) and deed is Deed.OPEN:
            self.main.reader.leave_link()
            self.main.perform("next_unread")
        elif target.startswith(TALK) and deed is Deed.OPEN:
            self.main.reader.leave_link()
            self.main.perform("comments")
        elif article_id is not None:
            await self.take(article_id, deed)

    def right(self, target: str) -> bool:
        """Unfold what a link under the article stands for, or fold its beginning; False where it is another one."""
        annex, article_id = self.main.reading.annex, number_in(target, ARTICLE)
        if article_id is not None:
            self.main.after_others(lambda: self.unfold(article_id))
        elif annex is not None and target.removeprefix(PART) in annex.folded:
            self.main.after_others(lambda: self.fold(target.removeprefix(PART)))
        return target.startswith((ARTICLE, PART))

    def left(self, target: str) -> bool:
        """Fold what a link under the article stands for; False where it is not unfolded."""
        annex, article_id = self.main.reading.annex, number_in(target, ARTICLE)
        if annex is None:
            return False
        if article_id in annex.unfolded:
            self.main.after_others(lambda: self.unfold(article_id or 0))
        elif target.startswith(PART) and target.removeprefix(PART) not in annex.folded:
            self.main.after_others(lambda: self.fold(target.removeprefix(PART)))
        else:
            return False
        return True

    async def fold(self, part: str) -> None:
        """Fold a part, or unfold it, here and under every article from now on."""
        annex = self.main.reading.annex
        if annex is not None:
            folded = annex.folded ^ {part}
            self.main.reading.put_annex(replace(annex, folded=folded))
            await self.main.library.call(Store.remember, FOLDED, json.dumps(sorted(folded)))

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


def _with_leads(annex: Annex, before: Annex) -> Annex:
    """The same with the beginnings, and what the articles add, that were there before."""
    leads = {entry.head.id: (entry.lead, entry.adds) for entry in (*before.story, *before.related)}

    def with_leads(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        known = ((entry, *leads.get(entry.head.id, ("", None))) for entry in entries)
        return tuple(replace(entry, lead=lead, adds=adds) for entry, lead, adds in known)

    return replace(annex, story=with_leads(annex.story), related=with_leads(annex.related))
