"""Commands as they are typed: what each does with what stands behind its name."""

from __future__ import annotations

from newsreader.model import Scope
from newsreader.store import Store
from newsreader.store.keeping import tags_of
from newsreader.ui.desk import Desk
from newsreader.ui.keys import Where
from newsreader.ui.spots import meant
from newsreader.ui.words import commands as words


class Commanding(Desk):
    """Commands with arguments, each as a method named `take_` and the id of the command.

    Here are those of which the desk of the same command, or the screen, has none.
    """

    # Articles

    async def take_row(self, number: str) -> None:
        """Put the cursor on the article of this number in the list."""
        article = await self._numbered(int(number))
        if article is not None:
            self.main.pane = Where.ARTICLES
            self.main.articles.put_cursor(article)
            self.main.browsing.touch()
            self.main.preview()
            self.main.remember()

    async def take_open(self, number: str) -> None:
        """Open the article of this number in the list."""
        article = await self._numbered(int(number))
        if article is not None:
            await self.main.open_article(article)

    async def _numbered(self, number: int) -> int | None:
        browsing = self.main.browsing
        if number > len(browsing.ids):
            await browsing.whole()
        ids = browsing.ids
        if ids and number <= len(ids):
            return ids[max(0, number - 1)]
        self.main.foot.say(words.no_such_row(len(ids)))
        return None

    def take_tags(self, written: str) -> None:
        """Put tags on the article, and take those with a "-" before them from it."""
        head = self.main.target()
        if head is None:
            self.main.foot.say(words.NO_ARTICLE)
            return
        add, remove = signed_tags(written)
        gone = {tag.casefold() for tag in remove}
        stay = {tag.casefold(): tag for tag in (*head.tags, *add) if tag.casefold() not in gone}
        painted = head._replace(tags=tuple(sorted(stay.values(), key=str.casefold)))
        self.main.write(self.main.library.call(Store.tag, (head.id,), add, remove), [painted])
        self.main.foot.say(words.tagged(painted.tags, self.main.keymap.key_of("undo")))
        if add:
            self.main.have_full_text(head)

    def take_help(self, looked_for: str) -> None:
        """Show the keys of which these words tell."""
        from newsreader.ui.dialogs.help import HelpScreen

        self.main.app.push_screen(HelpScreen(self.main.keymap, looked_for))

    # Places

    async def take_source(self, name: str) -> None:
        """Go to the source of this name."""
        await self._go(name, Scope.SOURCE)

    async def take_folder(self, name: str) -> None:
        """Go to the folder of this name."""
        await self._go(name, Scope.FOLDER)

    async def take_go(self, name: str) -> None:
        """Go to whatever has this name."""
        await self._go(name, None)

    async def _go(self, name: str, scope: Scope | None) -> None:
        spot = meant(self.main.shelf, name, scope)
        if isinstance(spot, str):
            self.main.foot.say(spot, warning=True)
        else:
            await self.main.go(spot.query)


def signed_tags(written: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tags of a line that are to be put on, and those with a "-" before them, which are to be taken away."""
    each = written.replace(",", " ").split()
    add = tags_of(" ".join(tag for tag in each if not tag.startswith("-")))
    return add, tags_of(" ".join(tag[1:] for tag in each if tag.startswith("-")))
