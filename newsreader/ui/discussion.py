"""The desk of comments: shown in place of the article, fetched behind, walked through, folded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from newsreader.bounds import COMMENTS_FRESH
from newsreader.errors import NewsreaderError
from newsreader.store import Store
from newsreader.text import one_line
from newsreader.ui.desk import Desk
from newsreader.ui.discussion_page import Thread
from newsreader.ui.discussion_setting import is_current
from newsreader.ui.discussion_sheet import ThreadSheet
from newsreader.ui.keys import Where
from newsreader.ui.links import Deed
from newsreader.ui.words import discussion as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.model.talk import Comment, Discussion
    from newsreader.ui.turning import Spot


@dataclass
class _Visit:
    """The stay at the comments of an article.

    `spot` is where the person was in the article, `former` what was here when they came. `numbers` are the comments'
    of this stay. `host` is who can be asked where the comments are.
    """

    article_id: int
    author: str
    spot: Spot | None
    former: Discussion | None = None
    discussion: Discussion | None = None
    numbers: dict[str, int] = field(default_factory=dict)
    folded: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    fetching: bool = False
    notice: str = ""
    host: str = ""


class Discussing(Desk):
    """The comments on the article in the reader pane."""

    _visit: _Visit | None = None

    # Coming, fetching and leaving

    async def action_comments(self) -> None:
        """Show the comments on the article in its place, or the article again."""
        main = self.main
        if main.pane is Where.READER and self.leave():
            return
        head = main.target()
        if head is None:
            main.foot.say(words.NO_ARTICLE)
            return
        if main.reader.in_discussion and main.reading.article_id == head.id:
            main.pane = Where.READER
            return
        if main.pane is not Where.READER or main.reading.article_id != head.id:
            await main.open_article(head.id)
        await main.reading.leave_edit()
        visit = _Visit(head.id, one_line(head.author or ""), main.reader.spot())
        visit.discussion = visit.former = await main.library.call(Store.discussion, head.id)
        self._visit = visit
        self._show(visit)
        if main.at_aside:
            main.set_focus(main.reader, scroll_visible=False)
        if not self._is_fresh(visit.discussion):
            self._fetch(visit)

    def _is_fresh(self, discussion: Discussion | None) -> bool:
        if discussion is None or not is_current(Thread(discussion)):
            return False
        return int(self.main.clock()) - discussion.fetched_at < COMMENTS_FRESH

    def _fetch(self, visit: _Visit, **how: bool) -> None:
        """Have the comments fetched, and show them when they are here; nobody waits for it."""
        if not visit.fetching:
            visit.fetching = True
            self._show(visit)
            self.main.spawn(self._ask, visit, how)

    async def _ask(self, visit: _Visit, how: dict[str, bool]) -> None:
        answer: dict[str, Any] = {}
        try:
            answer = await self.main.worker.request("comments", article=visit.article_id, **how)
            visit.notice = ""
        except NewsreaderError as error:
            said = words.not_fetched_anew if visit.discussion is not None else words.not_fetched
            visit.notice = said(error.phrase)
        finally:
            visit.fetching = False
        visit.discussion = await self.main.library.call(Store.discussion, visit.article_id)
        if visit.discussion is None and not visit.notice:
            visit.host = one_line(str(answer.get("search") or ""))
            visit.notice = self._where_to_ask(visit.host, asked="search" in how)
        if visit is self._visit:
            self._show(visit)
            if "afresh" in how:  # the person waits for it, perhaps far below the head
                new = len(_fresh(visit.former, visit.discussion))
                self.main.foot.say(visit.notice or words.came(new), warning=bool(visit.notice))

    def _where_to_ask(self, host: str, *, asked: bool) -> str:
        """What to say where nothing tells where the comments are."""
        if asked:
            return words.NOT_FOUND
        return words.unknown(self.main.keymap.key_of("ask_for_comments"), host) if host else words.NOWHERE

    def _show(self, visit: _Visit) -> None:
        discussion = visit.discussion
        current = discussion if is_current(Thread(discussion)) else None
        for comment in current.comments if current is not None else ():
            visit.numbers.setdefault(comment.key, len(visit.numbers) + 1)
        thread = Thread(
            current,
            visit.numbers,
            fetching=visit.fetching,
            notices=tuple(self._notices(visit)),
            link=discussion.url if discussion is not None and not discussion.comments else None,
            folded=visit.folded,
            bare=visit.bare,
            fresh=_fresh(visit.former, current),
            author=visit.author,
        )
        self.main.reading.put_thread(visit.article_id, thread)
        sheet, reader = self.main.reader.sheet, self.main.reader
        if isinstance(sheet, ThreadSheet):
            reader.repaint_lines(sheet.come_to(reader.top, reader.room))

    def _notices(self, visit: _Visit) -> Iterator[str]:
        """What is to be said above the comments, or in place of them."""
        discussion = visit.discussion
        if visit.notice:
            yield visit.notice
        if discussion is None:
            return
        opens = words.opens_there(self.main.keymap.key_of("browse_comment")) if discussion.url else ""
        if discussion.failure is not None:
            yield f"{discussion.failure} {opens}".rstrip()
        elif not discussion.comments:
            yield f"{words.NONE_YET} {opens}".rstrip()
        elif not is_current(Thread(discussion)):
            yield words.SETTING
        elif discussion.missing:
            yield words.missing(discussion.missing)

    def leave(self) -> bool:
        """Show the article again, at the very line; False where no comments are shown."""
        visit, self._visit = self._visit, None
        if visit is None or self.main.reading.thread is None:
            return False
        self.main.reading.put_thread(visit.article_id, None)
        if visit.spot is not None:
            self.main.reader.go(self.main.reader.line_of(visit.spot))
        return True

    def action_refresh_comments(self) -> None:
        """Fetch the comments anew."""
        visit = self._visit
        if visit is not None and self._sheet() is not None:
            self._fetch(visit, afresh=True)

    def action_ask_for_comments(self) -> None:
        """Ask Hacker News where people talk about this article; its address is told to it."""
        visit = self._visit
        if self._sheet() is None or visit is None:
            return
        if visit.host and visit.discussion is None:
            self._fetch(visit, search=True)
        else:
            self.main.foot.say(words.KNOWN)

    # Walking

    def _sheet(self) -> ThreadSheet | None:
        """What is walked through; where there is nothing, that is said."""
        sheet = self.main.reader.sheet
        if self.main.reading.thread is not None and isinstance(sheet, ThreadSheet):
            return sheet
        self.main.foot.say(words.not_shown(self.main.keymap.key_of("comments")))
        return None

    def _walked(self) -> ThreadSheet | None:
        sheet = self._sheet()
        if sheet is not None and not sheet.talk.comments:
            self.main.foot.say(words.NO_COMMENT)
            return None
        return sheet

    def _go(self, sheet: ThreadSheet, place: int, *, far: bool = False) -> None:
        """Choose a comment and put it on top, as far as the page is long."""
        reader = self.main.reader
        if far:
            reader.leave_way_back()
        reader.leave_link()
        reader.repaint_lines(sheet.choose(place))
        reader.go(sheet.comment_lines(place).start)
        reader.repaint_foot()

    def _step(self, count: int, step: int) -> None:
        """Go so many comments on, or back; what is folded away counts for nothing."""
        sheet = self._walked()
        if sheet is None:
            return
        shown = sheet.talk.shown
        spot = sheet.talk.spot_of(sheet.chosen)
        to = min(max(spot + step * count, 0), len(shown) - 1)
        self._arrive(sheet, shown[to] if to != spot else None, step)

    def _arrive(self, sheet: ThreadSheet, place: int | None, step: int, *, far: bool = False) -> None:
        if place is not None:
            self._go(sheet, place, far=far)
        elif step < 0 and self.main.reader.top:
            self.main.reader.go(0)
        else:
            self.main.foot.say(words.LAST if step > 0 else words.FIRST)

    def action_next_comment(self, count: int = 1) -> None:
        """Go to the next comment, or further."""
        self._step(count, 1)

    def action_previous_comment(self, count: int = 1) -> None:
        """Go to the comment before, or further back."""
        self._step(count, -1)

    def _beside(self, count: int, step: int) -> None:
        sheet = self._walked()
        if sheet is None:
            return
        place: int | None = None
        following = sheet.talk.tree.beside(sheet.chosen, step)
        while following is not None and count:
            place, count = following, count - 1
            following = sheet.talk.tree.beside(place, step)
        self._arrive(sheet, place, step)

    def action_next_sibling(self, count: int = 1) -> None:
        """Go to the next comment of the same level, or a higher one at the end."""
        self._beside(count, 1)

    def action_previous_sibling(self, count: int = 1) -> None:
        """Go to the comment of the same level before, or to what they answer."""
        self._beside(count, -1)

    def _thread(self, count: int, step: int) -> None:
        sheet = self._walked()
        if sheet is None:
            return
        tree, place = sheet.talk.tree, None
        root = tree.root(sheet.chosen)
        if step < 0 and root != sheet.chosen:  # first to where this thread begins
            place, count = root, count - 1
        while count and (following := tree.beside(root, step)) is not None:
            place, root, count = following, following, count - 1
        self._arrive(sheet, place, step, far=True)

    def action_next_thread(self, count: int = 1) -> None:
        """Go to the next comment on the article itself, or further."""
        self._thread(count, 1)

    def action_previous_thread(self, count: int = 1) -> None:
        """Go back to where this thread begins, and then to the one before."""
        self._thread(count, -1)

    def action_parent_comment(self, count: int = 1) -> None:
        """Go to what this comment answers, or further up."""
        sheet = self._walked()
        if sheet is None:
            return
        above = list(sheet.talk.tree.above(sheet.chosen))[:count]
        if above:
            self._go(sheet, above[-1], far=True)
        else:
            self.main.foot.say(words.TOP_LEVEL)

    # Folding

    def action_fold_comment(self) -> None:
        """Fold the comment with what answers it into a line, or unfold it; a link that is chosen is opened."""
        link = self.main.reader.link
        if link is not None:
            self.main.reader.choose(link)
            return
        sheet = self._walked()
        comment = sheet.comment if sheet is not None else None
        if comment is not None:
            self._fold(comment)

    def _fold(self, comment: Comment) -> None:
        visit = self._visit
        if visit is None:
            return
        key = frozenset({comment.key})
        if key & (visit.folded | visit.bare):
            visit.folded, visit.bare = visit.folded - key, visit.bare - key
        else:
            visit.folded |= key
        self._show(visit)
        sheet = self.main.reader.sheet
        if isinstance(sheet, ThreadSheet):
            self.main.reader.reveal(sheet.comment_lines(sheet.chosen).start)

    def unfold(self) -> bool:
        """Unfold the chosen comment; False where no comments are shown."""
        sheet, visit = self.main.reader.sheet, self._visit
        if self.main.reading.thread is None or not isinstance(sheet, ThreadSheet) or visit is None:
            return False
        if sheet.comment is not None and sheet.comment.key in visit.folded | visit.bare:
            self._fold(sheet.comment)
        return True

    def action_fold_comments(self) -> None:
        """Fold all answers away: what stays are the comments on the article itself."""
        sheet, visit = self._walked(), self._visit
        if sheet is not None and visit is not None:
            tree = sheet.talk.tree
            roots = (place for place, parent in enumerate(tree.parents) if parent < 0 and tree.answers(place))
            visit.bare = frozenset(sheet.talk.comments[place].key for place in roots)
            self._show(visit)

    def action_unfold_comments(self) -> None:
        """Unfold all comments."""
        visit = self._visit
        if self._walked() is not None and visit is not None:
            visit.folded = visit.bare = frozenset()
            self._show(visit)

    def click(self, line: int) -> None:
        """Choose the comment that was clicked; on its first line, fold it too."""
        sheet = self.main.reader.sheet
        place = sheet.comment_at(line) if isinstance(sheet, ThreadSheet) else None
        if isinstance(sheet, ThreadSheet) and place is not None:
            self.main.reader.repaint_lines(sheet.choose(place))
            self.main.reader.repaint_foot()
            if sheet.is_first_line(line) and sheet.comment is not None:
                self._fold(sheet.comment)

    # Elsewhere

    def _address(self) -> str | None:
        """The address of the chosen comment, else that of all of them."""
        sheet, visit = self._sheet(), self._visit
        if sheet is None or visit is None:
            return None
        address = sheet.comment.link if sheet.comment is not None else None
        address = address or (visit.discussion.url if visit.discussion is not None else None)
        if address is None:
            self.main.foot.say(words.NO_ADDRESS)
        return address

    def action_browse_comment(self) -> None:
        """Open the comment in the browser."""
        address = self._address()
        if address is not None:
            self.main.do_with_link(address, Deed.OPEN)

    def action_copy_comment(self) -> None:
        """Copy the address of the comment."""
        address = self._address()
        if address is not None:
            self.main.do_with_link(address, Deed.COPY)


def _fresh(former: Discussion | None, now: Discussion | None) -> frozenset[str]:
    """The comments that came since what was here when the person came."""
    if former is None or now is None or former.failure is not None or now is former:
        return frozenset()
    known = {comment.key for comment in former.comments}
    return frozenset(
        comment.key
        for comment in now.comments
        if comment.key not in known and (comment.posted_at is None or comment.posted_at >= former.fetched_at)
    )
