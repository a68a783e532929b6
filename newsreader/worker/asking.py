"""Asking a language model about what is here: only where one is set, and only after the person agreed to its host.

Nothing is ever asked by itself. Of what is sent and of what comes nothing is logged but its size.
"""

from __future__ import annotations

import json
import os
import time
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from newsreader import bounds, log
from newsreader.document import blocks
from newsreader.errors import AiOff, ChildError, ModelError, ParseError, UsageError
from newsreader.fetch.chat import ModelServer
from newsreader.model.answers import Ask, NewReply
from newsreader.store import Store
from newsreader.stories import material as materials
from newsreader.stories.prompts import Task, messages
from newsreader.stories.translation import Unnumbered
from newsreader.text import one_line
from newsreader.worker.answering import plain
from newsreader.worker.prompt_files import read_task
from newsreader.worker.streaming import Stream

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsreader.config import Config
    from newsreader.fetch.chat import Chat, Said
    from newsreader.stories.material import Material, Source
    from newsreader.worker.answering import Answered
    from newsreader.worker.articles import Articles
    from newsreader.worker.tools import Tools

AGREED: Final = "ai.agreed"
"""In `memory`: the hosts to which the person lets text go, a JSON list."""

_FORM: Final = 2  # of what is sent; answers to another one are not used again
_LANGUAGES: Final = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish", "fi": "Finnish",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "nb": "Norwegian", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


class _Subject(NamedTuple):
    """What is asked about: its material, how many articles it is of, and the document that is to be translated."""

    material: Material
    articles: int
    original: bytes | None = None


class Asking:
    """Serves `ask`, `agree` and `models` (see `worker.protocol`)."""

    def __init__(self, tools: Tools, articles: Articles) -> None:
        self._tools = tools
        self._articles = articles

    async def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Answer a request; see `worker.protocol`. Raises AiOff, ModelError, ConfigError, UsageError."""
        config = self._config()
        chat = self._chat(config)
        task = _task(config, request, self._tools.now())
        subject = await self._subject(config, task.ask, request)
        key = _key(config, task, subject.material)
        if (
            not request.get("afresh")
            and (known := await self._tools.library.call(Store.reply_for, key, blocks.VERSION)) is not None
        ):
            return {"reply": known, "cached": True, "host": chat.host, "model": config.ai_model}
        if chat.host not in await self.agreed():
            size = _size(messages(task, subject.material))
            return {"consent": {
                "host": chat.host, "model": config.ai_model, "characters": size, "articles": subject.articles,
                "here": chat.here,
            }}  # fmt: skip
        return await self._answer(config, chat, task, subject, key, request)

    async def agreed(self) -> tuple[str, ...]:
        """The hosts to which the person lets text go."""
        return hosts_of(await self._tools.library.call(Store.recall, AGREED))

    async def agree(self, host: str | None) -> dict[str, Any]:
        """Write down that text may go to this host; None takes all back."""
        hosts = [] if host is None else sorted({*await self.agreed(), host})[-bounds.AI_HOSTS :]
        await self._tools.library.call(Store.remember, AGREED, json.dumps(hosts))
        return {"agreed": hosts}

    def host(self) -> str:
        """The host that text would go to. Raises AiOff, ModelError."""
        return self._chat(self._config()).host

    async def models(self) -> dict[str, Any]:
        """The models that the server has; before the person agreed to it, it gets no key. Raises AiOff, ModelError."""
        config = self._config()
        chat = self._chat(config)
        agreed = chat.host in await self.agreed()
        try:
            models = await (chat if agreed else self._chat(config._replace(ai_key=None))).models()
        except ModelError as error:
            if agreed or not error.key_refused or not config.ai_key:
                raise
            phrase = f"{chat.host} wants the key, which goes nowhere before you agree: `newsreader ai agree`."
            raise ModelError(phrase, error.cause, key_refused=True) from error
        return {"host": chat.host, "model": config.ai_model, "models": list(models)}

    def _config(self) -> Config:
        config = None if self._tools.config is None else self._tools.config()
        if config is None or config.ai_url is None:
            raise AiOff("No language model is set. `newsreader ai` tells how to set one; until then nothing is sent.")
        return config

    def _chat(self, config: Config) -> Chat:
        server = ModelServer(str(config.ai_url), config.ai_model or "", config.ai_key, float(config.ai_timeout))
        return self._tools.fetcher.chat(server)

    async def _answer(
        self, config: Config, chat: Chat, task: Task, subject: _Subject, key: str, request: dict[str, Any]
    ) -> dict[str, Any]:
        if not config.ai_model:
            raise AiOff("[ai] model is not set: `newsreader ai` lists the models that the server has.")
        sent = messages(task, subject.material)
        size = _size(sent)
        numbers = Unnumbered() if task.ask is Ask.TRANSLATE else None
        stream = Stream(self._tools.emit, request.get("id"), numbers)
        stream.progress("sent", host=chat.host, model=config.ai_model, characters=size, note=subject.material.note)
        log.get("ai").info("%s: %s characters to %s, %s", task.ask, size, chat.host, one_line(config.ai_model, 80))
        said, broken = await _heard(chat, sent, stream)
        answered = await self._finish(task, stream.text, subject)
        note = " ".join(filter(None, (subject.material.note, answered.note, _odd(said))))
        reply = NewReply(
            key=f"{key} {self._tools.clock()}" if broken else key,
            article=_article_of(request),
            ask=task.ask,
            question=task.question,
            model=config.ai_model,
            host=chat.host,
            document=answered.document,
            document_version=blocks.VERSION,
            receipts=answered.receipts,
            spots=subject.material.spots,
            note=" ".join(filter(None, (note, broken))),
        )
        return {
            "reply": await self._tools.library.call(Store.keep_reply, reply),
            "cached": False,
            "host": chat.host,
            "model": config.ai_model,
            "seconds": round(stream.seconds, 2),
            "first": round(stream.first, 2),
            "note": note,
            "broken": broken,
            "sentences": len(answered.receipts),
            "unsupported": sum(not receipt.supported for receipt in answered.receipts),
        }

    async def _finish(self, task: Task, answer: str, subject: _Subject) -> Answered:
        material = subject.material
        there = _LANGUAGES.get(material.language or "")
        translated = there is not None and task.language in {*_LANGUAGES.values()} - {there}
        try:
            answered: Answered = await self._tools.children.run(
                "finish_answer", task.ask, answer, material, subject.original, translated
            )
        except (ChildError, ParseError) as error:
            log.get("ai").warning("an answer that cannot be laid out: %s (%s)", error.phrase, error.cause)
            return plain(answer)
        return answered

    async def _subject(self, config: Config, ask: Ask, request: dict[str, Any]) -> _Subject:
        """What a request is about. Raises UsageError for nothing, and for articles without a text."""
        most = config.ai_characters
        if ask is Ask.TRANSLATE and "article" not in request:
            raise UsageError("One article at a time can be translated.")
        match request:
            case {"article": int(article_id)}:
                source, document = await self._source(article_id, request.get("full_text"))
                material = materials.of_article(source, most, markdown=ask is Ask.TRANSLATE)
                subject = _Subject(material, 1, document)
            case {"story": int(article_id)}:
                told = await self._tools.library.call(Store.story_of, article_id)
                ids = [each.id for each in told if each.copy_of is None][: bounds.AI_ARTICLES] or [article_id]
                sources = [(await self._source(id_))[0] for id_ in ids]
                subject = _Subject(materials.of_story(sources, most), len(sources))
            case {"articles": list(ids)} if all(isinstance(id_, int) for id_ in ids):
                sources = [(await self._source(id_))[0] for id_ in ids[: bounds.AI_ARTICLES]]
                listed = materials.of_list(sources, most, of=len(ids))
                subject = _Subject(listed, len(listed.parts))
            case _:
                raise UsageError("Ask about an article, a story or a list.")
        if not subject.material.parts:
            raise UsageError("There is no text in it to ask about.")
        return subject

    async def _source(self, article_id: int, full_text: object = None) -> tuple[Source, bytes]:
        """An article as material, in the text that is on the screen, or else in the one that it opens as."""
        article = await self._tools.library.call(Store.article, article_id)
        if article is None:
            raise UsageError(f"There is no article {article_id}.")
        shown = article.shows_full if full_text is None else bool(full_text)
        full = shown and article.full_document is not None
        version = article.full_document_version if full else article.document_version
        if version != blocks.VERSION:
            await self._articles.document(article_id, full_text=full)
            article = await self._tools.library.call(Store.article, article_id)
            if article is None:
                raise UsageError(f"There is no article {article_id}.")
        stored = (article.full_document if full else article.feed_document) or blocks.dump(blocks.Document(()))
        head = article.head
        moment = head.published if head.published is not None else head.sort_at
        when = time.strftime("%A %d %B %Y, %H:%M", time.localtime(moment))
        text, language = blocks.load(stored), article.language
        return materials.Source(head.id, head.title, head.source_title, when, text, head.url, language), stored


async def _heard(chat: Chat, sent: Sequence[dict[str, str]], stream: Stream) -> tuple[Said | None, str]:
    """Wait for an answer: how it ended, or why it broke off. Raises ModelError where nothing came."""
    said, broken = None, ""
    try:
        with stream:
            said = await chat.ask(sent, stream.add)
    except ModelError as error:
        if not stream.text.strip():
            raise
        broken = error.phrase
        log.get("ai").info("%s (%s)", error.phrase, error.cause)
    if not stream.text.strip():
        raise _nothing(chat.host, said)
    return said, broken


def hosts_of(memory: str | None) -> tuple[str, ...]:
    """The hosts that `memory` has under AGREED."""
    try:
        hosts = json.loads(memory or "[]")
    except ValueError:
        return ()
    return tuple(str(host) for host in hosts) if isinstance(hosts, list) else ()


def language_of(config: Config) -> str:
    """The language to answer in: the one that is set, else that of the person's system, else English."""
    if config.ai_language:
        return config.ai_language
    locale = next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return _LANGUAGES.get(locale.partition(".")[0].partition("_")[0].casefold(), "English")


def _task(config: Config, request: dict[str, Any], now: int) -> Task:
    """What is to be done. Raises UsageError for what nobody can be asked, ConfigError for a task with a mistake."""
    try:
        ask = Ask(str(request.get("ask")))
    except ValueError as error:
        raise UsageError("This worker knows no such request.", str(request.get("ask"))) from error
    question = one_line(str(request.get("question") or ""))
    if ask is Ask.QUESTION and not question:
        raise UsageError("Write a question.")
    if len(question) > bounds.AI_QUESTION:
        raise UsageError(f"A question has at most {bounds.AI_QUESTION:,} characters.")
    language = one_line(str(request.get("language") or language_of(config)), 60)
    today = time.strftime("%A %d %B %Y", time.localtime(now))
    return Task(ask, read_task(config.paths, ask), language, question if ask is Ask.QUESTION else "", today)


def _size(sent: Sequence[Mapping[str, str]]) -> int:
    """How many characters leave this machine."""
    return sum(len(each["content"]) for each in sent)


def _article_of(request: dict[str, Any]) -> int | None:
    """The article that is asked about, or by which a story is named."""
    named = request.get("article", request.get("story"))
    return named if isinstance(named, int) else None


def _key(config: Config, task: Task, material: Material) -> str:
    """What an answer is found again by: model, prompt, language and content, and where that stands."""
    lines = [str(_FORM), config.ai_url, config.ai_model, task.ask, task.filled, *material.lines(), material.spots]
    return blake2b(json.dumps(lines).encode(), digest_size=16).hexdigest()


def _nothing(host: str, said: Said | None) -> ModelError:
    """Why an answer is empty."""
    if said is not None and said.tools:
        return ModelError(f"The model at {host} wanted to call a tool, which there is none of, and wrote nothing.")
    if said is not None and said.reason == "content_filter":
        return ModelError(f"{host} withheld the answer: its content filter stopped it.")
    if said is not None and said.thought:
        return ModelError(f"The model at {host} only thought and wrote no answer: its room was used up.")
    return ModelError(f"The model at {host} wrote nothing. Try it again, or another model.")


def _odd(said: Said | None) -> str:
    """What is to be said of how an answer ended."""
    if said is None:
        return ""
    notes = []
    if said.reason == "length":
        notes.append("The model stopped in the middle: its room for an answer was used up.")
    elif said.reason == "content_filter":
        notes.append("The server's content filter cut the answer off.")
    elif said.full:
        notes.append(f"Only the first {bounds.AI_ANSWER:,} characters of the answer were taken.")
    elif not said.whole:
        notes.append("The server did not say that this is the end: the answer may be cut.")
    if said.tools:
        notes.append("The model wanted to call a tool; there is none, and nothing was done.")
    return " ".join(notes)
