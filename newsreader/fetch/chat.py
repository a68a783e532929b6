"""The way to a language model: the chat completions of OpenAI, as Ollama, llama.cpp, LM Studio and others speak them.

It keeps the fetcher's bounds: addresses are checked, redirects to elsewhere are not followed (the key goes to nobody
else), what comes is bounded in size and time, and a call that is cancelled closes its connection at once. Nothing but
the model, the messages and the wish for a stream is sent: no tool, no name of the person.
"""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import httpx

from newsreader import __version__, bounds
from newsreader.errors import FetchError, ModelError
from newsreader.fetch import addresses, chat_phrases, headers, phrases
from newsreader.fetch.decompression import Body
from newsreader.fetch.deltas import Deltas
from newsreader.fetch.events import Answer, TooLongError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence

    from newsreader.fetch.secrets import Secrets
    from newsreader.fetch.transports import Transports

UNUSABLE: Final = (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError, UnicodeError)
_FOLLOWED: Final = frozenset({307, 308})  # the same request again (RFC 9110 15.4)


@dataclass(frozen=True, slots=True)
class ModelServer:
    """Where a model is: `key` names where the key is (`env:NAME`, `command:ARGV`, `file:PATH`), never the key."""

    base_url: str
    model: str
    key: str | None = None
    patience: float = bounds.AI_PATIENCE[1]


@dataclass(frozen=True, slots=True)
class Said:
    """How an answer ended: its text, the server's reason, and whether the model thought first or called for tools.

    `first` and `seconds` are seconds from the question to the first word and to the end; `whole` is False where it
    broke off without any word of its end.
    """

    text: str = field(repr=False)
    reason: str | None
    first: float
    seconds: float
    thought: bool = False
    tools: bool = False
    whole: bool = True
    full: bool = False


class Chat:
    """Asks one server. `told` hears the text as it comes, and an empty one while the model only thinks."""

    def __init__(
        self,
        server: ModelServer,
        transports: Transports,
        secrets: Secrets,
        *,
        clock: Callable[[], float] = time.time,
        connect_timeout: float = bounds.CONNECT_TIMEOUT,
        deadline: float = bounds.AI_TIME,
    ) -> None:
        """Raises ModelError for an address that is none, or to which no key may go."""
        try:
            base, credentials = addresses.parse(server.base_url)
        except FetchError as error:
            raise ModelError(f"[ai] base_url: {error.phrase}", error.cause) from error
        if credentials is not None:
            raise ModelError("[ai] base_url holds a name or password: name the key by [ai] key instead.")
        if server.key and base.scheme == "http" and not addresses.is_loopback(base.host):
            raise ModelError(
                f"The key would go to {base.host} in clear text, for all on the way to read: "
                "use https in [ai] base_url, or leave [ai] key out."
            )
        self._server = server
        self._base = base.copy_with(path=base.path.rstrip("/").removesuffix("/chat/completions"))
        self._transports = transports
        self._secrets = secrets
        self._connect_timeout = connect_timeout
        self._clock = clock
        self._deadline = deadline

    @property
    def host(self) -> str:
        """The server as people see it and agree to it: its name, and its port where it is not the usual one.

        Where others on the way can read what goes there, that is seen, and agreed to for itself.
        """
        name = self._base.netloc.decode("ascii")
        return name if self._base.scheme == "https" or self.here else f"http://{name}"

    @property
    def here(self) -> bool:
        """Whether the server is on this machine."""
        return addresses.is_loopback(self._base.host)

    async def models(self) -> tuple[str, ...]:
        """The models that the server has. Raises ModelError."""
        try:
            async with asyncio.timeout(self._server.patience), self._answer("GET", "models", None) as response:
                body = await _whole(response, bounds.AI_BODY)
        except TimeoutError as error:
            raise chat_phrases.silent(self.host, self._server.patience, begun=False) from error
        try:
            listed = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise chat_phrases.not_there(self.host, self._base.path) from error
        entries = listed.get("data") or listed.get("models") if isinstance(listed, dict) else listed
        if not isinstance(entries, list):
            raise chat_phrases.not_there(self.host, self._base.path)
        names = (each.get("id") or each.get("name") if isinstance(each, dict) else each for each in entries)
        return tuple(name for name in names if isinstance(name, str) and name)[: bounds.AI_MODELS]

    async def ask(self, messages: Sequence[dict[str, str]], told: Callable[[str], None]) -> Said:
        """Ask, and wait for the end of the answer. Raises ModelError; what came before `told` has."""
        try:
            return await self._ask(messages, told)
        except ModelError as error:
            if not error.model_missing:
                raise
            try:
                models = await self.models()
            except ModelError:
                models = ()
            raise chat_phrases.no_such_model(self.host, self._server.model, models) from error

    async def _ask(self, messages: Sequence[dict[str, str]], told: Callable[[str], None]) -> Said:
        asked = {"model": self._server.model, "messages": list(messages), "stream": True}
        content = json.dumps(asked, ensure_ascii=False).encode("utf-8", "replace")
        loop = asyncio.get_running_loop()
        patience, begun, first = self._server.patience, loop.time(), None
        deltas = Deltas(self.host)
        try:
            async with (
                asyncio.timeout(self._deadline),
                asyncio.timeout(patience) as waiting,
                self._answer("POST", "chat/completions", content) as response,
                aclosing(self._events(response)) as events,
            ):
                async for data in events:
                    text, moved = deltas.take(data)
                    if moved:
                        waiting.reschedule(loop.time() + patience)
                        if text and first is None:
                            first = loop.time() - begun
                        told(text)
                    if deltas.full or data == "[DONE]":
                        break
        except TimeoutError as error:
            if waiting.expired():
                raise chat_phrases.silent(self.host, patience, begun=bool(deltas.text)) from error
            raise chat_phrases.endless(self.host, self._deadline) from error
        if rest := deltas.end():
            told(rest)
        if not deltas.understood:
            raise chat_phrases.not_there(self.host, self._base.path)
        seconds = loop.time() - begun
        return Said(
            deltas.text, deltas.finish, seconds if first is None else first, seconds, deltas.thought, deltas.tools,
            whole=deltas.done, full=deltas.full,
        )  # fmt: skip

    async def _events(self, response: httpx.Response) -> AsyncGenerator[str, None]:
        """What each event of an answer says; an answer that is no stream but one object is one event."""
        answer = Answer(bounds.AI_EVENT)
        try:
            with Body(response.headers.get("content-encoding"), bounds.AI_BODY) as body:
                async for chunk in _raw(response):
                    body.add(chunk)
                    for data in answer.add(body.drain()):
                        yield data
                for data in (*answer.add(body.finish()), *answer.end()):
                    if answer.start == b"<":
                        raise chat_phrases.not_there(self.host, self._base.path)
                    yield data
        except TooLongError as error:
            raise ModelError(f"{self.host} sends an event without end.", "event too long") from error
        except FetchError as error:
            raise chat_phrases.broken_off(self.host, error.cause or error.phrase) from error

    @asynccontextmanager
    async def _answer(self, method: str, path: str, content: bytes | None) -> AsyncIterator[httpx.Response]:
        """Ask, and give an answer that is one; at the end its connection is closed. Raises ModelError."""
        url = self._base.copy_with(path=f"{self._base.path.rstrip('/')}/{path}")
        lines = await self._lines(content is not None)
        proxy = self._transports.proxy_of(url)
        try:
            response = await self._go(method, url, lines, content, proxy)
            try:
                if response.status_code != 200:
                    raise await self._refusal(response, keyed="Authorization" in lines)
                yield response
            finally:
                await response.aclose()
        except UNUSABLE as error:
            failure = phrases.for_failure(error, url.host, proxy=proxy, online=addresses.is_private(url.host))
            if "broke" in failure.phrase:
                raise chat_phrases.broken_off(self.host, failure.cause) from error
            raise chat_phrases.unreached(failure, self.host) from error

    async def _lines(self, posts: bool) -> dict[str, str]:
        lines = {
            "User-Agent": f"newsreader/{__version__}",
            "Accept": "text/event-stream, application/json" if posts else "application/json",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        if posts:
            lines["Content-Type"] = "application/json"
        if self._server.key:
            try:
                lines["Authorization"] = f"Bearer {await self._secrets.value(self._server.key)}"
            except FetchError as error:
                raise ModelError(f"[ai] key: {error.phrase}", error.cause, key_refused=True) from None
            if not lines["Authorization"].isascii() or not lines["Authorization"].isprintable():
                raise ModelError("[ai] key names a key with characters that cannot be sent.", key_refused=True)
        return lines

    async def _go(
        self, method: str, url: httpx.URL, lines: dict[str, str], content: bytes | None, proxy: str | None
    ) -> httpx.Response:
        """Send the request; a redirect within the server is followed, one that leads elsewhere is the answer."""
        for _ in range(bounds.MAX_REDIRECTS):
            extensions = {"timeout": {"connect": self._connect_timeout}}
            request = httpx.Request(method, url, headers=lines, content=content, extensions=extensions)
            response = await self._transports.transport_of(url, proxy).handle_async_request(request)
            if response.status_code not in _FOLLOWED:
                return response
            try:
                target = url.join(response.headers.get("location", ""))
            except httpx.InvalidURL:
                return response
            if addresses.origin(target) != addresses.origin(url) or target == url:
                return response
            await response.aclose()
            url = target.copy_with(fragment=None)
        raise ModelError(f"{self.host} redirects in a circle. Check [ai] base_url.")

    async def _refusal(self, response: httpx.Response, *, keyed: bool) -> ModelError:
        """Why there is no answer."""
        try:
            body = await _whole(response, bounds.AI_REFUSAL)
        except FetchError:
            body = b""
        if response.status_code in {401, 403} and self._server.key:
            self._secrets.forget(self._server.key)  # the next try asks for it anew: it may have been renewed
        wait = headers.retry_after(response.headers, self._clock())
        return chat_phrases.of_status(
            response.status_code, self.host, body, path=self._base.path, keyed=keyed, retry_after=wait
        )


async def _whole(response: httpx.Response, limit: int) -> bytes:
    with Body(response.headers.get("content-encoding"), limit) as body:
        async for chunk in _raw(response):
            body.add(chunk)
        return body.finish()


def _raw(response: httpx.Response) -> httpx.AsyncByteStream:
    assert isinstance(response.stream, httpx.AsyncByteStream)
    return response.stream
