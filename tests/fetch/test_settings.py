"""What a person set for one source: it goes to that origin and nowhere else, and no secret is ever shown."""

from __future__ import annotations

import asyncio
import base64
import io
import logging
import stat
import sys
import traceback
from pathlib import Path

import httpx
import pytest

from newsreader import log
from newsreader.errors import FetchError
from newsreader.fetch.fetcher import Fetched, Fetcher
from newsreader.fetch.secrets import Secrets, check
from newsreader.fetch.transports import Transports
from newsreader.model import SourceSettings
from tests.hostile_server import FEED, HostileServer

TOKEN = "t0ken-of-anna"
PASSWORD = "p4ss:word"
SETTINGS = SourceSettings(
    user_agent="Mozilla/5.0",
    headers=(("X-Auth-Token", "env:FEED_TOKEN"), ("Accept-Language", "de")),
    user="anna",
    secret="env:FEED_PASSWORD",
)


@pytest.fixture(autouse=True)
def _secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FEED_TOKEN", TOKEN)
    monkeypatch.setenv("FEED_PASSWORD", PASSWORD)


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


# Where they go


async def test_they_go_to_the_origin(fetcher: Fetcher, server: HostileServer) -> None:
    for path in ("/feed", "/to-feed"):
        server.requests.clear()
        await fetcher.get(server.url(path), settings=SETTINGS)
        for asked in server.requests:
            assert asked.headers["user-agent"] == "Mozilla/5.0"
            assert asked.headers["x-auth-token"] == TOKEN
            assert asked.headers["accept-language"] == "de"
            assert asked.headers["authorization"] == basic("anna", PASSWORD)
            assert len(asked.headers) == 7
    await fetcher.page(server.url("/feed"), settings=SETTINGS)
    assert server.requests[-1].headers["x-auth-token"] == TOKEN


async def test_they_never_cross_to_another_origin(fetcher: Fetcher, server: HostileServer) -> None:
    async with HostileServer() as other:
        other.pages["/back"] = f"/away?{server.url('/feed')}"
        await fetcher.get(server.url(f"/away?{other.url('/back')}"), settings=SETTINGS)
        for asked in (*other.requests, server.requests[-1]):  # nor back again
            assert set(asked.headers) == {"host", "user-agent", "accept", "accept-encoding"}
            assert asked.headers["user-agent"].startswith("newsreader/")
        assert len(server.requests) == 2


async def test_they_take_the_place_of_the_address(fetcher: Fetcher, server: HostileServer) -> None:
    await fetcher.get(server.url("/feed", userinfo="mallory:x@"), settings=SETTINGS)
    assert server.requests[0].headers["authorization"] == basic("anna", PASSWORD)
    await fetcher.get(server.url("/feed", userinfo="mallory:x@"), settings=SourceSettings(interval=3_600))
    assert server.requests[1].headers["authorization"] == basic("mallory", "x")


async def test_a_scheme_may_stand_before_a_secret(fetcher: Fetcher, server: HostileServer) -> None:
    await fetcher.get(
        server.url("/feed"), settings=SourceSettings(headers=(("authorization", "Bearer env:FEED_TOKEN"),))
    )
    assert server.requests[0].headers["authorization"] == f"Bearer {TOKEN}"


# Where secrets come from


async def test_secrets_of_every_kind(tmp_path: Path) -> None:
    file = tmp_path / "it's secret"
    file.write_text("from a file\nnot this\n")
    file.chmod(0o600)
    program = f"{sys.executable} -c \"print('from a command\\nnot this')\""
    secrets = Secrets()
    assert await secrets.value("env:FEED_TOKEN") == TOKEN
    assert await secrets.value(f"file:{file}") == "from a file"
    assert await secrets.value(f"command:{program}") == "from a command"


async def test_a_command_is_asked_once_and_by_no_shell(tmp_path: Path) -> None:
    script = tmp_path / "ask.py"
    script.write_text(f"import sys\nopen({str(tmp_path / 'asked')!r}, 'a').write('x')\nprint(sys.argv[1])\n")
    secrets = Secrets()
    reference = f"command:{sys.executable} {script} '$(id);x'"
    assert set(await asyncio.gather(*(secrets.value(reference) for _ in range(3)))) == {"$(id);x"}
    assert (tmp_path / "asked").read_text() == "x"


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("env:NOT_SET_AT_ALL", "The environment variable NOT_SET_AT_ALL, which is to hold a secret, holds none."),
        ("command:/no/such/program", "The command program, which is to give a secret, cannot be started."),
        ("command:", "cannot be read"),
        ("command:'", "cannot be read"),
        (f"command:{sys.executable} -c 'import sys; print(\"{TOKEN}\"); sys.exit(3)'", "ended with 3"),
        (f"command:{sys.executable} -c pass", "holds none"),
        ("file:/no/such/file", "cannot be opened"),
        ("file:/", "is no file"),
    ],
)
async def test_a_secret_that_cannot_be_had(reference: str, words: str) -> None:
    with pytest.raises(FetchError) as caught:
        await Secrets().value(reference)
    assert words in caught.value.phrase
    assert TOKEN not in "".join(traceback.format_exception(caught.value))


async def test_a_command_that_does_not_end_is_ended() -> None:
    with pytest.raises(FetchError, match=r"took longer than 0\.1 seconds"):
        await Secrets(timeout=0.1).value(f"command:{sys.executable} -c 'import time; time.sleep(60)'")


async def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(TOKEN)
    for mode in (stat.S_IRGRP, stat.S_IROTH, stat.S_IWOTH):
        file.chmod(0o600 | mode)
        with pytest.raises(FetchError) as caught:
            await Secrets().value(f"file:{file}")
        assert caught.value.phrase.endswith(f"chmod 600 {file}")
    file.chmod(0o400)
    assert await Secrets().value(f"file:{file}") == TOKEN


# What cannot be set


@pytest.mark.parametrize(
    "settings",
    [
        *(SourceSettings(headers=((name, "x"),)) for name in ("Host", "content-length", "Transfer-Encoding")),
        *(SourceSettings(headers=((name, "x"),)) for name in ("Connection", "", "a b", "a:b", "a\r\nb", "ä")),
        *(SourceSettings(headers=(("X-A", value),)) for value in ("a\r\nX-B: c", "a\nb", "a\x00", "a\x1b[2J", "ä")),
        *(SourceSettings(user_agent=value) for value in ("a\r\nX: b", "☃", "a" * 5_000)),
        *(SourceSettings(user=value, secret="env:A") for value in ("a:b", "a\nb")),
        *(SourceSettings(secret=value) for value in (PASSWORD, "env:", "envy:x")),
        *(SourceSettings(proxy=value) for value in ("ftp://x", "proxy.example", "http://", "")),
    ],
    ids=lambda settings: str(settings)[:40],
)
async def test_what_no_request_can_be_made_with(settings: SourceSettings) -> None:
    with pytest.raises(FetchError) as caught:
        check(settings)
    assert PASSWORD not in caught.value.phrase


async def test_a_secret_makes_no_second_header(
    fetcher: Fetcher, server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEED_TOKEN", f"{TOKEN}\rX-Evil: 1")
    with pytest.raises(FetchError, match="cannot be sent") as caught:
        await fetcher.get(server.url("/feed"), settings=SETTINGS)
    assert TOKEN not in caught.value.phrase
    assert not server.requests


# Proxies


async def test_a_source_may_have_a_proxy_of_its_own(
    fetcher: Fetcher, server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with HostileServer() as proxy:
        proxy.pages["http://feeds.example/old"] = "/away?http://other.example/feed"
        proxy.pages["http://other.example/feed"] = "/feed"
        settings = SourceSettings(proxy=proxy.url("", userinfo="me:pw@").rstrip("/"))
        answer = await fetcher.get("http://feeds.example/old", settings=settings)
        assert isinstance(answer, Fetched)
        assert answer.body == FEED
        assert len(proxy.requests) == 2  # the proxy goes with a redirect
        assert not server.requests
        monkeypatch.setenv("http_proxy", proxy.url(""))
        transports = Transports()
        url = httpx.URL("http://feeds.example/")
        assert transports.proxy_of(url) == proxy.url("")
        assert transports.proxy_of(url, "none") is None
        assert transports.proxy_of(url, "http://other.example:1") == "http://other.example:1"


async def test_a_socks_proxy_without_its_part_is_said(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    with pytest.raises(FetchError, match=r"install newsreader\[socks\], or correct the source's settings"):
        await fetcher.get("http://feeds.example/", settings=SourceSettings(proxy="socks5://me:pw@127.0.0.1:9"))
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:9")
    async with Fetcher() as other:
        with pytest.raises(FetchError, match="or correct http_proxy, https_proxy or all_proxy"):
            await other.get("http://feeds.example/")


# Nothing shows them


@pytest.mark.slow
async def test_no_secret_is_shown_by_any_failure(
    server: HostileServer, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """Log lines, phrases, causes, tracebacks and reprs of every misdeed, with a password in every place."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    caplog.set_level(logging.DEBUG)
    logging.getLogger().addHandler(handler)
    settings = SourceSettings(
        headers=(("X-Auth-Token", f"Token {TOKEN}"),), user="anna", secret="env:FEED_PASSWORD", user_agent="x"
    )
    with_proxy = SourceSettings(proxy="http://me:pr0xypw@127.0.0.1:9")
    shown = [repr(settings), repr(with_proxy)]
    async with Fetcher(deadline=0.3, max_body=100_000) as fetcher:

        async def one(path: str, own: SourceSettings) -> None:
            try:
                answer = await fetcher.get(server.url(f"{path}?key=qu3ry", userinfo="bob:b0bpw@"), settings=own)
            except FetchError as error:
                log.get("test").info("%s (%s)", error.phrase, error.cause)
                shown.extend((error.phrase, error.cause, repr(error), repr(error.__cause__)))
            else:
                shown.append(repr(answer).replace("?key=qu3ry", ""))  # its own address is its identity

        await asyncio.gather(*(one(path, settings) for path in HostileServer.paths()), one("/feed", with_proxy))
        shown.append(repr(fetcher))
    logging.getLogger().removeHandler(handler)
    text = "\n".join((*shown, caplog.text, written.getvalue()))
    encoded = basic("anna", PASSWORD).removeprefix("Basic "), basic("bob", "b0bpw").removeprefix("Basic ")
    for secret in (TOKEN, PASSWORD, "b0bpw", "pr0xypw", "qu3ry", *encoded):
        assert secret not in text, [line for line in text.splitlines() if secret in line]
