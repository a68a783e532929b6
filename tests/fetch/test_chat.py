from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from pathlib import Path
from time import time
from typing import Any

import pytest

from newsreader import bounds
from newsreader.errors import ModelError
from newsreader.fetch.chat import Chat, ModelServer, Said
from newsreader.fetch.fetcher import Fetcher
from newsreader.fetch.secrets import Secrets
from newsreader.fetch.transports import Transports
from tests.ai_server import AiServer, answer, cut, delta, error, in_json, packed, stream, until_closed, words
from tests.fetch.test_tls import CERTIFICATES, safe

KEY = "sk-cormorant-93"
MESSAGES = [{"role": "system", "content": "Rules."}, {"role": "user", "content": "Tèxt."}]
PARTS = (delta("One, "), delta("two."), delta(finish="stop"))
ONE_TWO = stream(*PARTS)
THOUGHT = (
    delta(reasoning_content="Hm."),
    delta("<think>", role="assistant"),
    delta("no</think>One, two."),
    delta(finish="stop"),
)
USAGE = {"choices": [], "usage": {"total_tokens": 9}}
REFUSED, BAD, NOT_FOUND, MANY = "401 Unauthorized", "400 Bad Request", "404 Not Found", "429 Too Many Requests"
CONTEXT = "This model's maximum context length is 4096 tokens. However, your messages resulted in 5120 tokens."
LLAMA = {
    "code": 400,
    "message": "too large",
    "type": "exceed_context_size_error",
    "n_prompt_tokens": 9000,
    "n_ctx": 8192,
}


def moved(status: str, location: str) -> bytes:
    return answer("", "text/plain", status, lines=[f"Location: {location}"])


@dataclass
class Asker:
    server: AiServer
    fetcher: Fetcher
    heard: list[str] = field(default_factory=list)

    async def ask(self, *script: bytes, **settings: Any) -> Said:
        if script:
            self.server.script = list(script)
        return await self.chat(**settings).ask(MESSAGES, self.heard.append)

    def chat(self, **settings: Any) -> Chat:
        return self.fetcher.chat(replace(ModelServer(self.server.base_url, "tern-7b", patience=20.0), **settings))

    @property
    def text(self) -> str:
        return "".join(self.heard)


@pytest.fixture
async def asker() -> AsyncIterator[Asker]:
    async with AiServer() as server, Fetcher() as fetcher:
        yield Asker(server, fetcher)


async def test_the_answer_comes_word_by_word_and_only_what_is_needed_is_sent(asker: Asker) -> None:
    said = await asker.ask(words("One, ", "two."))
    assert [each for each in asker.heard if each] == ["One, ", "two."]
    assert (said.text, said.reason, said.whole, said.tools) == ("One, two.", "stop", True, False)
    (asked,) = asker.server.asked
    assert (asked.method, asked.path) == ("POST", "/v1/chat/completions")
    assert asked.body == {"model": "tern-7b", "messages": MESSAGES, "stream": True}
    assert asked.headers.keys() <= {
        "host", "user-agent", "accept", "accept-encoding", "connection", "content-type", "content-length",
    }  # fmt: skip


@pytest.mark.parametrize(
    "script",
    [
        answer(ONE_TWO, chunk=1),
        answer(ONE_TWO, chunk=13),
        answer(ONE_TWO.replace("\n", "\r\n"), chunk=5),
        answer(ONE_TWO.replace("data: ", "data:")),
        answer(": comment\n\n" + ONE_TWO.replace("\n\n", "\n\n: keep-alive\n\n")),
        answer(stream(*PARTS, done=False)),
        answer(stream(*PARTS, USAGE)),
        answer(stream(*PARTS, end="\n")),
        answer("event: message\n" + ONE_TWO.replace('{"id": "x", ', '{"id": "x",\ndata: ')),
        answer(ONE_TWO, "text/plain"),
        answer(stream(*THOUGHT)),
        answer(ONE_TWO.replace('"id": "x"', '"id": "a\tb"')),
        packed(ONE_TWO),
        until_closed(ONE_TWO),
        until_closed(ONE_TWO, "1.1"),
        in_json({"choices": [{"message": {"role": "assistant", "content": "One, two."}, "finish_reason": "stop"}]}),
        answer('\n {"choices": [{"message": {"content": "One, two."}, "finish_reason": "stop"}]}', chunk=3),
    ],
)
async def test_every_way_in_which_servers_say_it(asker: Asker, script: bytes) -> None:
    said = await asker.ask(script)
    assert asker.text == said.text == "One, two."
    assert said.whole


async def test_how_it_ended_is_told(asker: Asker) -> None:
    assert (await asker.ask(words("One", finish="length"))).reason == "length"
    assert (await asker.ask(words("One", finish="content_filter"))).reason == "content_filter"
    assert not (await asker.ask(answer(stream(delta("One"), done=False)))).whole
    called = stream(delta("One"), delta(tool_calls=[{"function": {"name": "shell", "arguments": "{}"}}]))
    assert (await asker.ask(answer(called))).tools


async def test_a_stream_that_is_cut_says_so_and_what_came_was_told(asker: Asker) -> None:
    with pytest.raises(ModelError, match="broke off"):
        await asker.ask(cut(stream(delta("One, "), done=False)))
    assert asker.text == "One, "


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (error("Incorrect API key provided: sk-corm***", REFUSED), "wants a key (401): name one by"),
        (error("no", "403 Forbidden"), "wants a key (403)"),
        (error("slow down", MANY, ["Retry-After: 90"]), "Try it again in 90 seconds"),
        (error("slow down", MANY, ["Retry-After: 600"]), "Try it again in 10 minutes"),
        (error("slow down", MANY), "Try it again in a while"),
        (error("Sorry", MANY, code="insufficient_quota"), "nothing left to spend"),
        (answer("oops", "text/plain", "500 Internal Server Error"), "answered 500: the server has a fault"),
        (error("Loading model", "503 Service Unavailable"), "still loading the model"),
        (answer("<html>nginx</html>", "text/html", NOT_FOUND), "Check [ai] base_url."),
        (answer("<html>Welcome</html>", "text/html"), "No OpenAI-compatible server answers at"),
        (answer("hello", "text/plain"), "No OpenAI-compatible server answers at"),
        (error("The kettle broke", BAD), "could not answer (400): “The kettle broke”"),
        (in_json({"detail": "The kettle broke"}, "422 Unprocessable"), "(422): “The kettle broke”"),
        (in_json({"error": "The kettle broke"}), "could not answer: “The kettle broke”"),
        (answer(stream({"error": {"message": "The kettle broke", "code": 500}})), "“The kettle broke”"),
        (moved("302 Found", "http://elsewhere.test/v1/chat/completions"), "sends the request elsewhere"),
        (moved("307 Temporary Redirect", "http://elsewhere.test/"), "sends the request elsewhere"),
        (
            error(CONTEXT, BAD),
            "it takes 5,120 tokens and the model has room for 4,096, 1,024 too many. Set [ai]",
        ),
        (in_json({"error": LLAMA}, BAD), "it takes 9,000 tokens and the model has room for 8,192, 808 too many"),
        (error("prompt is too long: 210000 tokens > 200000 maximum", BAD), "room for 200,000, 10,000 too many"),
        (answer('{"error": "no\trelay"}', "application/json", BAD), "no relay"),
        (error("context length exceeded", BAD), "The text is too long for the model. Set"),
        (answer("", "text/plain", "413 Payload Too Large"), "too long for the server (413)"),
    ],
)
async def test_every_refusal_is_said_in_words(asker: Asker, script: bytes, expected: str) -> None:
    with pytest.raises(ModelError) as caught:
        await asker.ask(script)
    assert expected in caught.value.phrase


async def test_a_date_until_which_to_wait_is_counted_from_now(asker: Asker) -> None:
    with pytest.raises(ModelError, match="Try it again in 60 minutes"):
        await asker.ask(error("slow down", MANY, [f"Retry-After: {formatdate(time() + 3_600)}"]))


@pytest.mark.parametrize(
    "script",
    [
        error('model "teern-7b" not found, try pulling it first', NOT_FOUND, type="api_error"),
        error("The model `teern-7b` does not exist or you have no access.", NOT_FOUND, code="model_not_found"),
        error("teern-7b is not a valid model ID: unknown model", BAD),
    ],
)
async def test_a_model_that_is_missing_is_named_with_those_that_are_there(asker: Asker, script: bytes) -> None:
    with pytest.raises(ModelError) as caught:
        await asker.ask(script, model="teern-7b")
    assert "has no model “teern-7b”. Did you mean tern-7b? It has tern-7b, heron-70b." in caught.value.phrase
    asker.server.models = []
    with pytest.raises(ModelError, match="It tells of none that it has"):
        await asker.ask(model="teern-7b")


async def test_the_models_of_a_server(asker: Asker) -> None:
    assert await asker.chat().models() == ("tern-7b", "heron-70b")


async def test_a_server_that_is_not_there(asker: Asker) -> None:
    with pytest.raises(ModelError, match="is the server running there"):
        await asker.ask(base_url="http://127.0.0.1:9/v1")
    with pytest.raises(ModelError, match="does not exist"):
        await asker.ask(base_url="http://no-such-host.invalid/v1")


@pytest.mark.parametrize(
    ("certificate", "expected"),
    [("expired", "has expired"), ("self-signed", "not safe"), ("other-host", "another host")],
)
async def test_a_server_that_cannot_show_who_it_is_gets_no_key_and_no_text(
    asker: Asker, monkeypatch: pytest.MonkeyPatch, certificate: str, expected: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "authority.pem"))
    monkeypatch.setenv("AI_KEY", KEY)
    async with safe(certificate, words("One")) as server:
        with pytest.raises(ModelError, match=expected):
            await asker.ask(base_url=f"https://localhost:{server.port}/v1", key="env:AI_KEY")
    async with safe("good", words("One")) as server:
        url = f"https://localhost:{server.port}/v1"
        assert (await asker.ask(base_url=url, key="env:AI_KEY")).text == "One"


async def test_a_base_url_without_v1_is_told_of_it(asker: Asker) -> None:
    with pytest.raises(ModelError, match="Most end with /v1, and this one does not"):
        await asker.ask(words("One"), base_url=asker.server.base_url.removesuffix("/v1"))
    for end in ("/", "/chat/completions", "/chat/completions/"):
        assert (await asker.ask(words("One"), base_url=asker.server.base_url + end)).text == "One"


async def test_a_redirect_within_the_server_is_followed(asker: Asker) -> None:
    asker.server.script = [moved("308 Permanent Redirect", "/v1/chat/completions?again")]
    with pytest.raises(ModelError):
        await asker.ask()
    assert len(asker.server.asked) == 2
    assert asker.server.asked[1].body["messages"] == MESSAGES


async def test_a_key_goes_into_one_header_and_nowhere_else(
    asker: Asker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("AI_KEY", KEY)
    caplog.set_level(logging.DEBUG)
    await asker.ask(words("One"), key="env:AI_KEY")
    (asked,) = asker.server.asked
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in asked.raw.decode()
    with pytest.raises(ModelError) as caught:
        await asker.ask(error(f"Incorrect API key provided: {KEY}", REFUSED), key="env:AI_KEY")
    assert "refuses the key (401)" in caught.value.phrase
    assert caught.value.key_refused
    said = f"{caught.value!r} {caught.value.phrase} {caught.value.cause} {caplog.text} {asker.chat(key='env:AI_KEY')!r}"
    assert KEY not in said


async def test_a_key_that_was_refused_is_asked_for_anew(asker: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AI_KEY", "old")
    with pytest.raises(ModelError):
        await asker.ask(error("no", REFUSED), key="env:AI_KEY")
    monkeypatch.setenv("AI_KEY", "new")
    await asker.ask(words("One"), key="env:AI_KEY")
    assert asker.server.asked[-1].headers["authorization"] == "Bearer new"


async def test_keys_of_files_and_commands(asker: Asker, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(f"{KEY}\n")
    path.chmod(0o600)
    await asker.ask(words("One"), key=f"file:{path}")
    await asker.ask(words("One"), key=f"command:cat {path}")
    assert {each.headers["authorization"] for each in asker.server.asked} == {f"Bearer {KEY}"}
    path.chmod(0o640)
    async with Fetcher() as fresh:
        with pytest.raises(ModelError, match=r"Others may read the secret in .*chmod 600"):
            await Asker(asker.server, fresh).ask(key=f"file:{path}")
    with pytest.raises(ModelError, match="environment variable NOT_THERE, which is to hold a secret, holds none"):
        await asker.ask(key="env:NOT_THERE")
    assert len(asker.server.asked) == 2


@pytest.mark.parametrize("base_url", ["http://models.example/v1", "http://192.168.1.9:11434/v1"])
async def test_no_key_goes_over_the_network_in_clear(asker: Asker, base_url: str) -> None:
    with pytest.raises(ModelError, match="in clear text"):
        asker.chat(base_url=base_url, key="env:AI_KEY")
    asker.chat(base_url=base_url)
    asker.chat(base_url=base_url.replace("http:", "https:"), key="env:AI_KEY")


@pytest.mark.parametrize(
    ("base_url", "host"),
    [
        ("https://ai.example.com/v1", "ai.example.com"),
        ("https://ai.example.com:8443/v1", "ai.example.com:8443"),
        ("http://ai.example.com/v1", "http://ai.example.com"),
        ("http://127.0.0.1:11434/v1", "127.0.0.1:11434"),
    ],
)
def test_whoever_agreed_to_a_host_did_not_agree_to_clear_text(asker: Asker, base_url: str, host: str) -> None:
    assert asker.chat(base_url=base_url).host == host


@pytest.mark.parametrize("base_url", ["ftp://models.example", "http://", "http://sk-cormorant-93@models.example/v1"])
async def test_a_base_url_that_is_none_is_refused_without_what_is_secret_in_it(asker: Asker, base_url: str) -> None:
    with pytest.raises(ModelError) as caught:
        asker.chat(base_url=base_url)
    assert "[ai] base_url" in caught.value.phrase
    assert KEY not in f"{caught.value.phrase} {caught.value.cause}"


async def test_a_call_that_is_cancelled_closes_its_connection_at_once(asker: Asker) -> None:
    asker.server.script = [asker.server.hang("One, ")]
    begun = asyncio.Event()
    task = asyncio.create_task(asker.chat().ask(MESSAGES, lambda text: begun.set()))
    async with asyncio.timeout(5):
        await begun.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await asker.server.closed.wait()
    assert task.cancelled()


async def test_a_server_that_goes_silent_is_given_up(asker: Asker) -> None:
    asker.server.script = [asker.server.hang()]
    with pytest.raises(ModelError, match="did not begin to answer"):
        await asker.ask(patience=0.05)
    asker.server.script = [asker.server.hang("One, ")]
    with pytest.raises(ModelError, match="went silent in the middle"):
        await asker.ask(patience=0.1)
    assert asker.text == "One, "


async def test_keep_alives_are_no_words_and_a_dripping_answer_has_an_end(asker: Asker) -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
        while not writer.is_closing():
            writer.write(b": still here\n\n")
            await writer.drain()
            await asyncio.sleep(0.01)

    async def words_for_ever(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
        while not writer.is_closing():
            writer.write(b'data: {"choices": [{"delta": {"content": "a"}}]}\n\n')
            await writer.drain()
            await asyncio.sleep(0.01)

    asker.server.script = [drip]
    with pytest.raises(ModelError, match="did not begin"):
        await asker.ask(patience=0.1)
    asker.server.script = [words_for_ever]
    server = ModelServer(asker.server.base_url, "tern-7b", patience=5.0)
    hasty = Chat(server, Transports(), Secrets(), deadline=0.15)
    with pytest.raises(ModelError, match="took longer than"):
        await hasty.ask(MESSAGES, asker.heard.append)


async def test_an_answer_without_end_is_cut_at_a_bound(asker: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsreader.fetch.deltas.AI_ANSWER", 100)
    said = await asker.ask(words(*["word "] * 200))
    assert said.full
    assert said.text == "word " * 20
    monkeypatch.setattr(bounds, "AI_EVENT", 1_000)
    with pytest.raises(ModelError, match="an event without end"):
        await asker.ask(answer("data: " + "x" * 5_000))
