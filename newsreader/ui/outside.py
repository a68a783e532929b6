"""What is handed to other programs: the browser, players for enclosures, commands of the person's own, their editor."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from textual.app import SuspendNotSupported

from newsreader.errors import UsageError
from newsreader.store import Store
from newsreader.text import clean_text, one_line, truncate
from newsreader.ui.desk import Desk
from newsreader.ui.keys import Where
from newsreader.ui.links import open_link, shown_address
from newsreader.ui.running import command_for, editor, pipe_through, run_in_terminal
from newsreader.ui.words import outside as words

if TYPE_CHECKING:
    from newsreader.model import Article, ArticleHead

_SHOWN: Final = 60  # cells of a command, an address or a line of its output in a sentence


class Outside(Desk):
    """The commands that need another program."""

    def action_browser_read(self) -> None:
        """Open the article in the browser, and mark it read."""
        head = self.main.target()
        self.main.action_browser()
        if head is not None and head.url is not None and not head.read:
            call = self.main.library.call(Store.mark_read, (head.id,), read=True)
            self.main.write(call, [head._replace(read=True)])

    def action_enclosure(self, count: int = 1) -> None:
        """Play or open the file that goes with the article; with a count, the one of that number."""
        head = self.main.target()
        if head is not None:
            self.main.spawn(self._open_enclosure, head, count)

    async def _open_enclosure(self, head: ArticleHead, number: int) -> None:
        article = await self.main.library.call(Store.article, head.id)
        enclosures = article.enclosures if article is not None else ()
        if number > len(enclosures):
            self.main.foot.say(words.enclosures_here(len(enclosures)))
            return
        enclosure = enclosures[number - 1]
        command = command_for(enclosure.type, enclosure.url, self.main.config.enclosures) or self.main.config.browser
        await asyncio.to_thread(open_link, enclosure.url, browser=command)
        shown = truncate(one_line(enclosure.title or shown_address(enclosure.url)), _SHOWN)
        self.main.foot.say(words.opened(shown, number, len(enclosures), self.main.keymap.key_of("enclosure")))

    # Commands of the person's own

    def take_pipe(self, command: str) -> None:
        """Give the article to this command, or all that are selected, one after the other."""
        articles, target = self.main.articles, self.main.target()
        ids = [each for each in articles.roll[:] if each in articles.selected] if articles.selected else []
        if target is None:
            self.main.foot.say(words.NOTHING_TO_PIPE)
        elif ids and self.main.pane is not Where.READER:
            self.main.spawn(self._pipe, command, ids)
        else:
            self.main.spawn(self._pipe, command, [target.id])

    async def _pipe(self, command: str, ids: list[int]) -> None:
        written: list[str] = []
        for id_ in ids:
            article = await self.main.library.call(Store.article, id_)
            text = None if article is None else await asyncio.to_thread(_as_markdown, article)
            if article is None or text is None:
                self.main.foot.say(words.NO_TEXT_YET)
                return
            written.append(text)
            environment = _environment(article.head)
        printed = clean_text(await pipe_through(command, "\n".join(written), environment)).strip()
        if "\n" in printed:
            from newsreader.ui.dialogs.printed import PrintedScreen

            self.main.app.push_screen(PrintedScreen(command, printed))
        else:
            self.main.foot.say(truncate(printed, 3 * _SHOWN) or words.piped(truncate(one_line(command), _SHOWN)))

    def take_shell(self, command: str) -> None:
        """Run this command in the terminal, with the article in its environment."""
        head = self.main.target()
        self._in_terminal(command, _environment(head) if head is not None else {}, words.ENTER_GOES_BACK)

    def _in_terminal(self, command: str | list[str], environment: dict[str, str], afterwards: str = "") -> bool:
        """Let a command have the terminal until it ends; False where that cannot be."""
        problem = ""
        try:
            with self.main.app.suspend():
                try:
                    run_in_terminal(command, environment, afterwards)
                except (
                    UsageError
                ) as error:  # said when the terminal is ours again: an error that goes through leaves it
                    problem = error.phrase
        except SuspendNotSupported:
            problem = words.NO_TERMINAL
        if problem:
            self.main.foot.say(problem, warning=True)
        return not problem

    # The sources as a file

    def action_edit_sources(self) -> None:
        """Edit the file of the sources; what was changed is offered to be taken over."""
        path = self.main.config.paths.mirror
        before = path.read_bytes() if path.exists() else None
        if before is None:
            self.main.foot.say(words.NO_SOURCES_FILE)
            return
        if self._in_terminal([*editor(), str(path)], {}) and path.exists() and path.read_bytes() != before:
            self.main.perform("edited")


def _environment(head: ArticleHead) -> dict[str, str]:
    """What a command may want to know of an article."""
    facts = {"ID": str(head.id), "URL": head.url or "", "TITLE": head.title, "SOURCE": head.source_title}
    return {f"NEWSREADER_{name}": one_line(value) for name, value in facts.items()}


def _as_markdown(article: Article) -> str | None:
    """An article as Markdown, with its title and address; None where its text has to be set first."""
    from newsreader.document.blocks import VERSION, load
    from newsreader.document.render import title_line, to_markdown

    data = article.full_document if article.shows_full else article.feed_document
    version = article.full_document_version if article.shows_full else article.document_version
    if data is None or version != VERSION:
        return None
    parts = (title_line(article.head.title), article.head.url, to_markdown(load(data)))
    return "\n\n".join(filter(None, parts)).rstrip() + "\n"
