"""Going from an article to its story, all that is told of the same event, and back to where one was."""

from __future__ import annotations

from typing import NamedTuple

from newsreader.model import Query, Scope
from newsreader.ui.desk import Desk
from newsreader.ui.keys import Where
from newsreader.ui.words import stories as words


class _Origin(NamedTuple):
    """Where a story was looked at from."""

    query: Query
    cursor: int | None
    pane: Where


class Stories(Desk):
    """The command that shows a story, and the way back."""

    _origin: _Origin | None = None

    async def action_story(self) -> None:
        """List the articles of the story in the order in which they were told."""
        main, head = self.main, self.main.target()
        if head is None:
            main.foot.say(words.NO_ARTICLE)
        elif main.browsing.query.scope is Scope.STORY:
            main.pane = Where.ARTICLES
        elif head.story is None:
            main.foot.say(words.ALONE)
        else:
            self._origin = _Origin(main.browsing.query, main.articles.cursor, main.pane)
            main.end_search()
            await main.list_query(Query(Scope.STORY, story_of=head.id), cursor=head.id)
            main.pane = Where.ARTICLES
            main.foot.say(words.told(main.keymap.key_of("back")))

    async def leave(self) -> None:
        """Go back to the list and the article from where the story was shown."""
        query, cursor, pane = self._origin or _Origin(Query(Scope.UNREAD), None, Where.ARTICLES)
        self._origin = None
        await self.main.list_query(query, cursor=cursor, keep=cursor)
        if pane is Where.READER and cursor is not None:
            await self.main.open_article(cursor)
        else:
            self.main.pane = pane
