"""Opening links: what is opened, by which command, and what is not."""

from __future__ import annotations

import stat
import sys
import time
from typing import TYPE_CHECKING

import pytest

from newsreader.errors import UsageError
from newsreader.ui.links import browser_command, checked, open_link, true_host

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?b=c&d=%20#e",
        "http://example.org",
        "https://münchen.example/straße",
        "mailto:someone@example.org?subject=Hello",
        "HTTPS://EXAMPLE.ORG/",
    ],
)
def test_web_and_mail_addresses_are_opened(url: str) -> None:
    assert checked(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "-https://example.org",
        "--version",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "ftp://example.org/",
        "//example.org/",
        "https:///nowhere",
        "https://",
        "https://[::1/",
        "https://example.org/\x1b]0;x",
        "https://example.org/a b",
        "https://example.org/\nx",
        "https://example.org/\u202egpj.exe",
        "mailto:",
        "mailto:-x",
        "mailto:a@example.org?attach=/etc/passwd",
        "mailto:a@example.org?%61ttachment=/etc/passwd",
        "https://example.org/" + "a" * 5_000,
    ],
)
def test_anything_else_is_refused_with_a_phrase(url: str) -> None:
    with pytest.raises(UsageError, match=r"^This link is not opened: .+\.$"):
        open_link(url, browser="false")


def command(folder: Path, name: str, body: str = "") -> Path:
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_the_setting_comes_first_then_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, theirs = command(tmp_path, "mine"), command(tmp_path, "theirs")
    monkeypatch.setenv("BROWSER", f"{tmp_path}/missing:{theirs} --new-tab %s")
    assert browser_command("https://a.example/", f"{mine} --private") == [str(mine), "--private", "https://a.example/"]
    assert browser_command("https://a.example/", None) == [str(theirs), "--new-tab", "https://a.example/"]
    assert browser_command("https://a.example/", " ") == [str(theirs), "--new-tab", "https://a.example/"]


def test_without_a_browser_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="No browser was found"):
        browser_command("https://a.example/", None)
    with pytest.raises(UsageError, match="was not found: lost"):
        browser_command("https://a.example/", "lost")
    with pytest.raises(UsageError, match="quotation mark"):
        browser_command("https://a.example/", "'lost")


def test_a_command_that_cannot_start_is_a_phrase(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/nowhere/at/all\n")
    broken.chmod(0o755)
    with pytest.raises(UsageError, match="could not be started"):
        open_link("https://a.example/", browser=str(broken))


def test_the_browser_gets_one_argument_and_no_terminal(tmp_path: Path) -> None:
    report = tmp_path / "report"
    body = (
        "import os, sys\n"
        "streams = [os.fstat(n).st_rdev == os.stat(os.devnull).st_rdev for n in range(3)]\n"
        f"open({str(report) + '.part'!r}, 'w').write(repr((sys.argv[1:], streams, os.getsid(0) == os.getpid())))\n"
        f"os.rename({str(report) + '.part'!r}, {str(report)!r})"
    )
    open_link("https://a.example/?q=$(id)&x=;ls", browser=str(command(tmp_path, "browser", body)))
    end = time.monotonic() + 20
    while not report.exists() and time.monotonic() < end:
        time.sleep(0.01)
    assert report.read_text() == repr((["https://a.example/?q=$(id)&x=;ls"], [True, True, True], True))


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Example.ORG/path", "example.org"),
        ("https://bank.example@evil.example/login", "evil.example"),
        ("http://localhost:8080/", "localhost:8080"),
        ("https://аpple.example/", "xn--pple-43d.example"),
        ("https://münchen.example/", "xn--mnchen-3ya.example"),
        ("mailto:Someone@Example.org,b@c.example", "example.org"),
        ("#note", ""),
        ("https://[::1", ""),
        ("https://a.example:port/", ""),
        ("https://\u202e.example/", "xn--" + "\u202e".encode("punycode").decode() + ".example"),
    ],
)
def test_the_true_host_is_shown(url: str, host: str) -> None:
    assert true_host(url) == host
    assert true_host(url).isascii()
