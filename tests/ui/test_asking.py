"""A language model is asked from the panel beside the text: only on a key, only where a host was agreed to."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.document.blocks import (
    VERSION,
    Code,
    Document,
    Heading,
    ListBlock,
    Mark,
    Paragraph,
    Span,
    Text,
    dump,
)
from newsreader.document.render import plain_text
from newsreader.errors import NewsreaderError
from newsreader.model.answers import Ask, NewReply, Receipt, Reply, Spot
from newsreader.ui.answers import Asked, Going, answered, consent, failed, going
from newsreader.ui.aside import AsideSheet, Do, Passage
from newsreader.ui.keys import Where
from newsreader.ui.streamed import streamed
from tests.fakes import FakeWorker
from tests.ui.desk import Desk, desk
from tests.ui.world import NOW

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from newsreader.store import Store

SAID = "The council kept its ferry. Pigs were seen to fly over it."
MARKED = Document(
    (
        Paragraph(
            Text(
                "The council kept its ferry. [1][3] Pigs were seen to fly over it. [?]",
                (
                    Span(28, 31, Mark.LINK, "#1"),
                    Span(31, 34, Mark.LINK, "#3"),
                    Span(66, 69, Mark.LINK, "#0"),
                ),
            )
        ),
    )
)
RECEIPTS = (Receipt("The council kept its ferry.", (1, 3), True), Receipt("Pigs were seen to fly over it.", (), False))


def keep(store: Store, article: int, key: str = "k") -> int:
    """An answer as the worker keeps it."""
    spots = (Spot(article, 0), Spot(article, 1), Spot(article, 3, "The vote was close"))
    reply = NewReply(
        key, article, Ask.SUMMARY, "", "llama3.2", "localhost", dump(MARKED), VERSION, RECEIPTS, spots, "A note."
    )
    return store.keep_reply(reply)


class Model:
    """What the worker says of a language model: it asks for consent once, then tells words as they are let through."""

    def __init__(self, article: Callable[[], int], path: Path) -> None:
        self.agreed = False
        self.go_on = asyncio.Event()
        self.failure = ""
        self._article = article
        self._path = path

    async def ask(self, told: Callable[[dict[str, Any]], None], **arguments: Any) -> dict[str, Any]:
        from newsreader.store import Store

        if self.failure:
            raise NewsreaderError(self.failure)
        if not self.agreed:
            wanted = {"host": "api.example.com", "model": "llama3.2", "characters": 4210, "articles": 1, "here": False}
            return {"consent": wanted}
        told(
            {"answer": "progress", "stage": "sent", "host": "api.example.com", "model": "llama3.2", "characters": 4300}
        )
        told({"answer": "progress", "stage": "begun", "seconds": 8.2})
        told({"answer": "chunk", "text": "# Half\n\nThe **council** kept"})
        await self.go_on.wait()
        with Store.open(self._path, clock=lambda: NOW) as store:
            reply = keep(store, self._article())
        return {"reply": reply, "cached": not arguments["afresh"], "first": 8.2, "seconds": 12.0, "broken": ""}

    async def agree(self, host: str) -> dict[str, Any]:
        self.agreed = host == "api.example.com"
        return {"agreed": [host]}


@asynccontextmanager
async def asking(folder: Path) -> AsyncIterator[tuple[Desk, Model]]:
    """The reader with a language model set, and its stand-in."""
    worker = FakeWorker()
    async with desk(folder, worker=worker) as here:
        model = Model(lambda: here.main.reading.article_id or 0, here.path)
        worker.answers |= {"ask": model.ask, "agree": model.agree}
        here.main.config = here.main.config._replace(ai_url="https://api.example.com/v1", ai_model="llama3.2")
        yield here, model


async def test_without_a_model_the_menu_says_how_one_is_set_and_nothing_is_asked(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.press("enter", "i")
        assert "AI is off. [ai] in config.toml switches it on, or g s" in here.text
        await here.press("S")
        assert here.worker.asked("ask") == []
        assert not here.main.has_aside


async def test_the_first_time_says_what_goes_where_and_only_a_key_sends_it(tmp_path: Path) -> None:
    async with asking(tmp_path) as (here, model):
        await here.press("enter", "i", "s", "escape", "i")
        assert "llama3.2 at api.example.com:" in here.text
        await here.press("S")
        await here.until(lambda: "This sends 4,210 characters of this article" in here.text)
        assert "Nothing has been sent yet." in here.text
        assert "▸" not in here.text  # of what was shown before
        assert not model.agreed
        await here.press("enter")
        await here.until(lambda: "The council kept" in here.text)
        assert "4,300 characters to api.example.com · first word after" in here.text
        model.go_on.set()
        await here.until(lambda: "[1][3]" in here.text)
        assert "1 of 2 sentences is not found in the text: [?]." in here.text
        assert "A note." in here.text
        assert "prompts/summary.txt" in here.text
        assert "kept, answered now" in here.text
        assert here.worker.asked("ask")[-1]["ask"] == "summary"


async def test_every_number_lights_the_paragraph_that_a_sentence_rests_on(tmp_path: Path) -> None:
    async with asking(tmp_path) as (here, model):
        model.agreed = True
        model.go_on.set()
        await here.press("enter", "i", "S")
        await here.until(lambda: "[1][3]" in here.text)
        await here.settle()
        assert "▸ The council of Port Varrel voted" in here.text
        await here.press("j")
        assert "▸ The vote was close." in here.text
        await here.press("enter", "escape", "escape")
        assert not here.main.has_aside


async def test_escape_stops_first_and_closes_then_and_what_came_stays(tmp_path: Path) -> None:
    async with asking(tmp_path) as (here, model):
        model.agreed = True
        await here.press("enter", "i", "S")
        await here.until(lambda: "The council kept" in here.text)
        await here.press("escape")
        assert here.main.has_aside
        assert "You stopped it here." in here.text
        assert "The council kept" in here.text
        model.go_on.set()
        await here.press("escape")
        assert not here.main.has_aside


async def test_what_goes_wrong_is_said_and_a_key_asks_anew(tmp_path: Path) -> None:
    async with asking(tmp_path) as (here, model):
        model.failure = "No server answers at api.example.com."
        await here.press("enter", "i", "h")
        await here.until(lambda: "No server answers at api.example.com." in here.text)
        model.failure, model.agreed = "", True
        model.go_on.set()
        await here.press("r")
        await here.until(lambda: "[1][3]" in here.text)
        assert [each["afresh"] for each in here.worker.asked("ask")] == [False, True]


async def test_a_question_is_typed_and_may_be_about_the_list(tmp_path: Path) -> None:
    async with asking(tmp_path) as (here, model):
        model.agreed = True
        model.go_on.set()
        await here.press("enter", "i", "a")
        await here.until(lambda: here.app.focused is here.main.foot.find_line or ":ask" in here.text)
        await here.press(*"who", "enter")
        await here.until(lambda: "[1][3]" in here.text)
        assert here.worker.asked("ask")[-1]["question"] == "who"
        here.main.perform("ask_list", "what changed since Monday?")
        await here.until(lambda: "articles" in here.worker.asked("ask")[-1])
        assert here.worker.asked("ask")[-1]["articles"] == list(here.main.browsing.ids)


async def test_who_asks_about_the_list_has_read_none_of_it(tmp_path: Path) -> None:
    async with asking(tmp_path) as (here, model):
        model.agreed = True
        model.go_on.set()
        first = here.main.articles.cursor
        assert first is not None
        assert not getattr(here.main.articles.head(first), "read", True)
        here.main.perform("ask_list", "what changed since Monday?")
        await here.until(lambda: here.main.has_aside and "anew" in here.text)
        head = here.main.articles.head(first)
        assert head is not None
        assert not head.read
        await here.press("escape")
        assert here.main.pane is Where.ARTICLES
        here.main.perform("ask_list", "what changed since Monday?")
        await here.until(lambda: here.main.has_aside and "anew" in here.text)
        await here.press("l")
        await here.until(lambda: getattr(here.main.articles.head(first), "read", False))


def test_the_numbers_of_an_answer_about_a_list_stand_for_articles() -> None:
    reply = Reply(1, Ask.QUESTION, "q", "m", "h", NOW, dump(MARKED), VERSION, RECEIPTS[:1], (Spot(7, 0),))
    for about, said in (({"articles": [7]}, "to the article that"), ({"article": 7}, "to the paragraph that")):
        assert said in text_of(answered(Asked(Ask.QUESTION, about, "q"), reply, {}, NOW, "r"))


def test_what_came_stays_when_the_worker_ends_in_the_middle() -> None:
    came = Going(ASKED, "api.example.com", "llama3.2", 4210, first=1.0, text="The council kept")
    text = text_of(failed(came, "The worker ended.", "r"))
    assert "The council kept" in text
    assert "▲  The worker ended." in text
    assert "llama3.2" not in text_of(failed(Going(ASKED), "Nobody is there.", "r"))


ASKED = Asked(Ask.SUMMARY, {"article": 1})


def text_of(aside: Any) -> str:
    return "\n".join(line.full for line in AsideSheet(aside, 200).lines)


def test_waiting_is_told_by_the_second_and_thinking_too() -> None:
    now = Going(ASKED, "api.example.com", "llama3.2", 4210, seconds=8.7)
    assert "no word yet after 8 s" in text_of(going(now, "esc"))
    assert "it thinks, 8 s so far" in text_of(going(replace(now, thinks=True), "esc"))
    assert "first word after 9.1 s" in text_of(going(replace(now, first=9.1), "esc"))
    assert "esc stops it" in text_of(going(now, "esc"))


@pytest.mark.parametrize(("here", "said"), [(True, "on this machine"), (False, "to api.example.com, for m")])
def test_consent_says_whether_it_leaves_the_machine(here: bool, said: str) -> None:
    wanted = {"host": "api.example.com", "model": "m", "characters": 1, "articles": 3, "here": here}
    shown = consent(ASKED, wanted)
    assert said in text_of(shown)
    assert "1 character of 3 articles" in text_of(shown)
    assert [item.target for item in AsideSheet(shown, 60).items] == [Do.SEND]


def test_an_answer_has_its_age_its_breach_and_its_receipts_as_items() -> None:
    reply = Reply(
        1,
        Ask.SUMMARY,
        "",
        "m",
        "h",
        NOW - 7200,
        dump(MARKED),
        VERSION,
        RECEIPTS,
        (Spot(7, 0), Spot(7, 1), Spot(8, 2)),
        "Cut. It broke.",
    )
    shown = answered(ASKED, reply, {"cached": True, "broken": "It broke."}, NOW, "r")
    text = text_of(shown)
    assert "m · h · kept, answered 2 hours ago" in text
    assert "▲  It broke." in text
    assert "Cut." in text
    assert [item.target for item in AsideSheet(shown, 60).items] == [
        Passage("", 0, 7, whole=True),
        Passage("", 2, 8, whole=True),
    ]
    assert "not kept any more" in text_of(answered(ASKED, None, {}, NOW, "r"))


def test_words_that_come_are_set_as_what_they_are() -> None:
    text = (
        "# What\n\nThe **ferry**\nstays.\n\n- one\n- two\n  goes on\n\n3. three\n\n[4]\n\n```\ncode *a*\n```\n<think>hm"
    )
    blocks = streamed(text).blocks
    assert blocks == (
        Heading(1, Text("What")),
        Paragraph(Text("The ferry stays.")),
        ListBlock(((Paragraph(Text("one")),), (Paragraph(Text("two goes on")),))),
        ListBlock(((Paragraph(Text("three")),),), 3),
        Code("code *a*"),
    )


@given(st.text(alphabet=st.sampled_from("ab *_`#-1.[]\n<think>/"), max_size=80))
def test_no_beginning_of_an_answer_is_too_odd(text: str) -> None:
    plain_text(streamed(text))
