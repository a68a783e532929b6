"""What the panel beside the text shows of an answer, from the question to its last receipt. Values: no widget here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from newsreader.document.blocks import VERSION, load
from newsreader.model.answers import Ask
from newsreader.text import one_line, relative_time
from newsreader.ui.aside import Aside, Do, Part, Passage, Row
from newsreader.ui.streamed import streamed
from newsreader.ui.words import asking as words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from newsreader.document.blocks import Document
    from newsreader.model.answers import Reply

_TITLES: Final[Mapping[Ask, str]] = {
    Ask.SUMMARY: words.SUMMARY,
    Ask.POINTS: words.POINTS,
    Ask.EXPLAIN: words.EXPLAIN,
    Ask.TRANSLATE: words.TRANSLATE,
    Ask.HEADLINE: words.HEADLINE,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, and about what: the arguments of the worker's request, and the title of the article."""

    ask: Ask
    about: Mapping[str, Any]
    question: str = ""
    title: str = ""

    @property
    def heading(self) -> str:
        """What the panel calls it."""
        if self.ask is Ask.QUESTION:
            return self.question
        return words.STORY if "story" in self.about else _TITLES[self.ask]


@dataclass(frozen=True, slots=True)
class Going:
    """How far an answer is: what the worker told so far.

    `seconds` is how long one has waited, `sent` how many characters left. `first` is when the first word came, None
    before; `text` what came so far.
    """

    asked: Asked
    host: str = ""
    model: str = ""
    sent: int = 0
    seconds: float = 0.0
    thinks: bool = False
    first: float | None = None
    text: str = ""
    note: str = ""


def going(now: Going, back: str) -> Aside:
    """An answer that is on its way."""
    facts = [words.sent(now.sent, now.host)] if now.sent else [words.ASKING]
    if now.first is not None:
        facts += [words.first_word(now.first), words.coming(back)]
    elif now.sent:
        waited = words.thinking if now.thinks else words.waiting
        facts += [waited(int(now.seconds)), words.coming(back)]
    parts = [*_said(now.note), Part((), document=streamed(now.text))]
    return Aside(now.asked.heading, " · ".join(facts), tuple(parts))


def stopped(now: Going, again: str) -> Aside:
    """An answer that the person stopped: what came stays."""
    parts = (Part((), document=streamed(now.text)), *_said(words.STOPPED, mark="▲"), *_said(words.asks_anew(again)))
    return Aside(now.asked.heading, " · ".join(filter(None, (now.model, now.host))), parts)


def failed(now: Going, phrase: str, again: str) -> Aside:
    """No answer, or no whole one, and why; what came of it stays."""
    parts = (Part((), document=streamed(now.text)), *_said(phrase, mark="▲"), *_said(words.asks_anew(again)))
    return Aside(now.asked.heading, " · ".join(filter(None, (now.model, now.host))) if now.text else "", parts)


def consent(asked: Asked, wanted: Mapping[str, Any]) -> Aside:
    """What would be sent, before anything is."""
    said = words.sends(
        int(wanted["characters"]),
        int(wanted["articles"]),
        one_line(str(wanted["host"])),
        one_line(str(wanted["model"] or "")),
        here=bool(wanted["here"]),
    )
    send = Row(words.SEND, "⏎", target=Do.SEND)
    return Aside(asked.heading, words.NOTHING_SENT, (Part((Row(said),)), Part((send,)), *_said(words.ONCE)))


def answered(asked: Asked, reply: Reply | None, done: Mapping[str, Any], now: int, again: str) -> Aside:
    """An answer with its receipts; `now` in Unix seconds."""
    document = _document(reply)
    if reply is None or document is None:
        return Aside(asked.heading, "", (*_said(words.GONE), *_said(words.asks_anew(again))))
    facts = [one_line(reply.model), one_line(reply.host)]
    if done.get("cached"):
        facts.append(words.kept(relative_time(reply.at, now)))
    else:
        facts += [words.first_word(float(done.get("first", 0))), words.took(float(done.get("seconds", 0)))]
    targets = tuple(Passage(spot.words, spot.block, spot.article, whole=True) for spot in reply.spots)
    parts = [Part((), document=document, targets=targets)]
    if asked.ask is Ask.HEADLINE and asked.title:
        parts += _said(words.original(one_line(asked.title)))
    broken = str(done.get("broken") or "")
    note = reply.note.removesuffix(broken).strip() if broken else reply.note
    parts += [
        *_said(broken, mark="▲"),
        *_said(note),
        *_said(_worth(reply, listed="articles" in asked.about)),
        *_said(words.prompt(asked.ask, again)),
    ]
    return Aside(asked.heading, " · ".join(filter(None, facts)), tuple(parts))


def _document(reply: Reply | None) -> Document | None:
    """An answer as it is kept; None where it cannot be read, or no longer so."""
    if reply is None or reply.document_version != VERSION:
        return None
    try:
        return load(reply.document)
    except ValueError:
        return None


def articles_of(reply: Reply) -> frozenset[int]:
    """The articles that an answer speaks of."""
    return frozenset(spot.article for spot in reply.spots)


def _worth(reply: Reply, *, listed: bool) -> str:
    """How many sentences of an answer are borne out by the text, or by the articles of a list."""
    lost = sum(not receipt.supported for receipt in reply.receipts)
    if lost:
        return words.unsupported(lost, len(reply.receipts))
    found = words.ALL_LISTED if listed else words.ALL_FOUND
    return found if any(receipt.numbers for receipt in reply.receipts) else ""


def _said(sentence: str, mark: str = "") -> tuple[Part, ...]:
    return (Part((Row(sentence, mark),), dim=not mark),) if sentence else ()
