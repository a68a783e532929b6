"""The source's own panel: how it does, what mends it, and its settings, editable in place."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from newsreader.model import FetchState, SourceHealth, SourceKind, read_keep
from newsreader.store import Store
from newsreader.store.arranging import tags_in
from newsreader.store.settings import parse_setting
from newsreader.text import one_line, truncate, without_userinfo
from newsreader.ui.condition import BROWSER, facts_of, fixes_of, short_address
from newsreader.ui.dialogs.fields import Choice, Field, fact_label
from newsreader.ui.dialogs.finding import AddressScreen
from newsreader.ui.dialogs.frame import Hanging
from newsreader.ui.dialogs.panel import Panel
from newsreader.ui.dialogs.settings import parse_mode, retention_words, setting_fields, show_settings
from newsreader.ui.links import open_link
from newsreader.ui.words import panels
from newsreader.ui.words import sources as words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.widget import Widget

    from newsreader.model import Source
    from newsreader.ui.condition import Fix
    from newsreader.ui.dialogs.panel import Ground

_SHOWN: Final = 60  # cells of a name in a sentence
_KEEP: Final = "keep"
_REACHING: Final = frozenset({"user-agent", "headers", "auth", "proxy"})  # what may make a source answer again


class SourcePanel(Panel):
    """How a source does, what mends it, its settings. Closes with a sentence where something is left to be said."""

    def __init__(self, source: Source, ground: Ground, folders: tuple[str, ...]) -> None:
        super().__init__(ground)
        self._source = source
        self._folders = folders
        self._health: SourceHealth | None = None
        self._fixes: tuple[Fix, ...] = ()

    def parts(self) -> list[Widget]:
        """Its trouble, what mends it, how it does, its settings."""
        return [
            Static("", id="reason"),
            Vertical(id="choices"),
            Hanging(id="facts"),
            Static(Content.styled(panels.SETTINGS_HEADING, "bold $page-strong"), id="settings"),
            *setting_fields(self._source, self._folders, self._parse),
        ]

    # What is shown

    async def load(self) -> None:
        """Read the source anew and show it; closes where it is no longer there."""
        source = await self.ground.library.call(Store.source, self._source.id)
        if source is None:
            self.finish()
            return
        health = await self.ground.library.call(Store.health, source.id) or _nothing_known(source)
        if self.gone:
            return
        self._health, self._source = health, source
        await self._show(health)

    async def _show(self, health: SourceHealth) -> None:
        source, now = health.source, int(self.ground.clock())
        name = Content.styled(source.title or short_address(source.url), "bold $page-strong")
        address = Content.styled(short_address(source.url), "$page-dim")
        self.static("name").update(name if source.kind is not SourceKind.FEED else Content("\n").join((name, address)))
        reason = self.static("reason")
        reason.display = bool(health.reason)
        loud = bool(source.error) and source.offer is None and not source.retired
        sign, look = ("▲ ", "$warning") if loud else ("▲ ", "$page-dim")
        reason.update(Content.assemble((sign, look), (without_userinfo(health.reason or ""), "$foreground")))
        facts = facts_of(health, now)
        self.query_one(Hanging).put(
            [(fact_label(label), Content.styled(words, "$foreground")) for label, words in facts]
        )
        show_settings(self.query(Field), health, self.ground.config)
        await self._show_choices(fixes_of(health))
        self.fit()

    async def _show_choices(self, fixes: tuple[Fix, ...]) -> None:
        if fixes == self._fixes:
            return
        self._fixes = fixes
        here = isinstance(self.focused, Choice)
        box = self.query_one("#choices", Vertical)
        await box.remove_children()
        choices = [Choice(fix.id, fix.words, fix.detail) for fix in fixes]
        await box.mount(*choices)
        if here and choices:
            self.go_to(choices[0])

    # Doing

    def chosen(self, name: str) -> Callable[[], Awaitable[None]]:
        """What mends it."""
        actions: dict[str, Callable[[], Awaitable[None]]] = {
            "take_offer": self._take_offer,
            "user_agent": self._set_user_agent,
            "password": self._set_password,
            "find": self._find,
            "fetch": self._fetch,
            "browse": self._browse,
            "pause": lambda: self._pause(True),
            "resume": lambda: self._pause(False),
            "remove": self._remove,
        }
        return actions[name]

    async def _take_offer(self) -> None:
        await self.settle(self.ground.library.call(Store.take_offer, self._source.id))
        await self._fetch(panels.NEW_ADDRESS)

    async def _set_user_agent(self) -> None:
        self.field("user-agent").begin(BROWSER)
        self.say(panels.AS_A_BROWSER)

    async def _set_password(self) -> None:
        self.field("auth").begin()

    async def _find(self) -> None:
        self.app.push_screen(AddressScreen(self.ground.worker, self.ground.clock, self._source), self._found)

    def _found(self, url: str | None) -> None:
        if url is not None:
            self.do(lambda: self._readdress(url))

    async def _readdress(self, url: str) -> None:
        before = self._source.url
        await self.settle(self.ground.library.call(Store.update_source, self._source.id, url=url))
        if self._source.url == before:
            self.say(panels.SAME_ADDRESS)
        else:
            await self._fetch(panels.NEW_ADDRESS)

    async def _fetch(self, done: str = "") -> None:
        """Fetch the source, and say what came of it after what was `done` before."""
        if self._source.paused is not None:
            self.say(f"{done} {words.IS_PAUSED}".strip())
            return
        self.say(f"{done} {panels.FETCHING}".strip())
        answer = await self.ground.worker.request("refresh", sources=[self._source.id], all=True)
        await self.load()
        outcome = _outcome(answer)
        self.say(f"{done} {outcome}".strip(), warning=bool(answer.get("failed")))

    async def _browse(self) -> None:
        """Open what the trouble is about: the address itself, else the site."""
        source = self._source
        url = without_userinfo(source.url if source.error else source.link or source.url)
        await asyncio.to_thread(open_link, url, browser=self.ground.config.browser)
        self.say(panels.to_browser(truncate(short_address(url), _SHOWN)))

    async def _pause(self, paused: bool) -> None:
        await self.settle(self.ground.library.call(Store.pause_sources, [self._source.id], paused))
        if paused:
            self.say(words.NOW_PAUSED)
        else:
            await self._fetch(words.NOW_RESUMED)

    async def _remove(self) -> None:
        change = await self.ground.library.call(Store.remove_sources, [self._source.id])
        await self.ground.apply(change)
        self.finish(panels.removed(truncate(self._source.title, _SHOWN), self.ground.keymap.key_of("undo")))

    # Settings

    async def tried(self, name: str, text: str) -> None:
        """Say what would go while it is being written how long articles are kept."""
        if name == _KEEP:
            await self._tell_going(text)

    async def _tell_going(self, text: str, done: str = "") -> None:
        try:
            keep = read_keep(text, of_one=True) if text not in {"", "auto"} else None
        except ValueError:
            return
        everywhere = self.ground.config.retention
        preview = await self.ground.library.call(
            Store.preview_retention, everywhere, source_id=self._source.id, keep=keep or everywhere
        )
        self.say(f"{done} {retention_words(preview, int(self.ground.clock()))}".strip())

    async def save(self, name: str, text: str) -> None:
        """Keep a setting."""
        library, source = self.ground.library, self._source
        match name:
            case "title":
                call = library.call(Store.update_source, source.id, title=one_line(text))
            case "folder":
                call = library.call(Store.update_source, source.id, folder=one_line(text) or None)
            case "tags":
                tags = tags_in(text)
                gone = [tag for tag in source.tags if tag not in tags]
                call = library.call(Store.tag_sources, [source.id], tags, gone)
            case "mode":
                call = library.call(Store.set_source, source.id, full_text_mode=parse_mode(text))
            case _:
                call = library.call(Store.set_source, source.id, settings=self._parse(name, text))
        await self.settle(call)
        if self._source.error and name in _REACHING:
            await self._fetch(panels.KEPT)
        elif name == _KEEP:
            await self._tell_going(text, panels.KEPT_AND)
        else:
            self.say(panels.KEPT_UNDO)

    def _parse(self, key: str, text: str) -> Any:
        assert self._health is not None
        return parse_setting(self._health.state.settings, key, text)


def _nothing_known(source: Source) -> SourceHealth:
    """The health of a source that is never fetched."""
    return SourceHealth(source, FetchState(source.id, source.url, source.title), None, None, None, None, None)


def _outcome(answer: dict[str, Any]) -> str:
    if answer.get("offline"):
        return panels.OFFLINE
    if answer.get("failed"):
        return panels.STILL_BROKEN
    return panels.works(int(answer.get("added") or 0))
