"""The desk of comments: shown in place of the article, fetched behind, walked through, folded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from newsreader.bounds import COMMENTS_FRESH
from newsreader.errors import NewsreaderError
from newsreader.store import Store
from newsreader.text import one_line
from newsreader.ui.discussion_page import Thread
from newsreader.ui.discussion_setting import is_current
from newsreader.ui.discussion_sheet import ThreadSheet
from newsreader.ui.discussion_walking import Walking
from newsreader.ui.keys import Where
from newsreader.ui.links import Deed
from newsreader.ui.words import discussion as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.model import Change
    from newsreader.model.talk import Comment, Discussion
    from newsreader.ui.keeping import KeepingPanes
    from newsreader.ui.turning import Spot

_REMEMBERED: Final = 50  # discussions to whose comments one comes back


@dataclass
class _Visit:
    """The stay at the comments of an article, and what is remembered of it until the next one.

    `spot` is where the person was in the article, `left` where in the comments, at which of them (`at`), when they
    went. `former` is what was here when they came. `numbers` are the comments' as long as the program runs. `asking` is
    the host that is being asked, `host` who can be asked where the comments are.
    """

    article_id: int
    author: str
    spot: Spot | None = None
    left: Spot | None = None
    at: str = ""
    former: Discussion | None = None
    discussion: Discussion | None = None
    numbers: dict[str, int] = field(default_factory=dict)
    folded: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    fetching: bool = False
    asking: str = ""
    notice: str = ""
    host: str = ""


class Discussing(Walking):
    """The comments on the article in the reader pane."""

    _visit: _Visit | None = None

    def __init__(self, main: KeepingPanes) -> None:
        super().__init__(main)
        self._visits: dict[int, _Visit] = {}

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
        self._visit = visit = self._visits.pop(head.id, None) or _Visit(head.id, one_line(head.author or ""))
        self._visits = dict([*self._visits.items(), (head.id, visit)][-_REMEMBERED:])
        here = await main.library.call(Store.discussion, head.id)
        visit.spot, visit.notice = main.reader.spot(), ""
        visit.former, visit.discussion = visit.discussion or here, here
        self._show(visit)
        self._come_back(visit)
        if main.at_aside:
            main.set_focus(main.reader, scroll_visible=False)
        if not self._is_fresh(visit.discussion):
            self._fetch(visit)

    def _come_back(self, visit: _Visit) -> None:
        """Go to the comment at which the person was last."""
        sheet, reader = self.main.reader.sheet, self.main.reader
        if visit.left is not None and isinstance(sheet, ThreadSheet) and sheet.talk.comments:
            place = sheet.talk.place_of_number(visit.numbers.get(visit.at, 0))
            sheet.choose(place or 0)
            reader.go(reader.line_of(visit.left))
            reader.repaint()

    def _is_fresh(self, discussion: Discussion | None) -> bool:
        if discussion is None or not is_current(Thread(discussion)):
            return False
        return 0 <= int(self.main.clock()) - discussion.fetched_at < COMMENTS_FRESH

    def _fetch(self, visit: _Visit, **how: bool) -> None:
        """Have the comments fetched, and show them when they are here; nobody waits for it."""
        if not visit.fetching:
            visit.fetching, visit.asking = True, ""
            self._show(visit)
            self.main.spawn(self._ask, visit, how)

    def asked(self, article_id: int, host: str) -> None:
        """Say which host is being asked for the comments that are waited for."""
        visit = self._visit
        if visit is not None and visit.article_id == article_id and visit.fetching:
            visit.asking = host
            self._show(visit)

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
            if failure := one_line(str(answer.get("failure") or "")):
                visit.notice = f"{words.page_unread(failure)} {visit.notice}"
        if visit is self._visit:
            self._show(visit)
            if "afresh" in how:  # the person waits for it, perhaps far below the head
                new = len(_fresh(visit.former, visit.discussion))
                self.main.foot.say(visit.notice or words.came(new), warning=bool(visit.notice))

    async def apply(self, change: Change) -> None:
        """Show what another window or the command line had fetched of these comments."""
        visit = self._visit
        if visit is None or not (change.everything or visit.article_id in change.articles):
            return
        here = await self.main.library.call(Store.discussion, visit.article_id)
        if here is None or visit.fetching or visit is not self._visit:
            return
        if visit.discussion is None or here.fetched_at > visit.discussion.fetched_at:
            visit.discussion, visit.notice = here, ""
            self._show(visit)

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
            asking=visit.asking,
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
        sheet = self.main.reader.sheet
        if isinstance(sheet, ThreadSheet) and sheet.comment is not None:
            visit.left, visit.at = self.main.reader.spot(), sheet.comment.key
        self.main.reading.put_thread(visit.article_id, None)
        if visit.spot is not None:
            self.main.reader.go(self.main.reader.line_of(visit.spot))
        return True

    def action_refresh_comments(self) -> None:
        """Fetch the comments anew."""
        visit = self._visit
        if visit is not None and self.sheet_here() is not None:
            self.main.foot.say(words.FETCHING_ANEW)  # the head, which says it too, may be far above
            self._fetch(visit, afresh=True)

    def action_ask_for_comments(self) -> None:
        """Ask Hacker News where people talk about this article; its address is told to it."""
        visit = self._visit
        if self.sheet_here() is None or visit is None:
            return
        if visit.host and visit.discussion is None:
            self._fetch(visit, search=True)
        else:
            self.main.foot.say(words.KNOWN if visit.discussion is not None else words.NO_ONE_TO_ASK)

    # Folding

    def action_fold_comment(self) -> None:
        """Fold the comment with what answers it into a line, or unfold it; a link that is chosen is opened."""
        link = self.main.reader.link
        if link is not None:
            self.main.reader.choose(link)
            return
        sheet = self.comments_here()
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
        sheet, visit = self.comments_here(), self._visit
        if sheet is not None and visit is not None:
            tree = sheet.talk.tree
            roots = (place for place, parent in enumerate(tree.parents) if parent < 0 and tree.answers(place))
            visit.bare = frozenset(sheet.talk.comments[place].key for place in roots)
            self._show(visit)

    def action_unfold_comments(self) -> None:
        """Unfold all comments."""
        visit = self._visit
        if self.comments_here() is not None and visit is not None:
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

    def _address(self, otherwise: str | None = None) -> str | None:
        """The address of the chosen comment, else that of all of them, else another one."""
        sheet, visit = self.sheet_here(), self._visit
        if sheet is None or visit is None:
            return None
        address = sheet.comment.link if sheet.comment is not None else None
        address = address or (visit.discussion.url if visit.discussion is not None else otherwise)
        if address is None:
            self.main.foot.say(words.NO_ADDRESS)
        return address

    def action_browse_comment(self) -> None:
        """Open the comment in the browser; where no discussion is known, the article, which may have one."""
        article = self.main.reading.article
        address = self._address(article.head.url if article is not None else None)
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
