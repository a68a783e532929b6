"""What a document that is no feed is called, and whether it is a page to read."""

from __future__ import annotations

import time

import pytest

from newsreader.errors import NotAFeed
from newsreader.feeds import parse

FORM = "<form>Your name <input type=password></form>"
WORDS = "<p>The ferry came late again, and nobody on the quay was surprised.</p>" * 60


@pytest.mark.parametrize(
    ("page", "said", "is_page"),
    [
        (f"<html><body>{FORM}</body></html>", "login page", False),
        (f"<html><body>{FORM}{WORDS}</body></html>", "web page", True),
        (f"<html><body>{FORM}<script>{WORDS}</script></body></html>", "login page", False),
        ("<html><title>Just a moment...</title></html>", "captcha", False),
        (f"<html><script src=recaptcha.js></script>{WORDS}</html>", "web page", True),
        ("<!doctype html><p>Short", "web page", True),
        ("<title>No head</title><p>Short", "web page", True),
        (f"<div class=box>{FORM}</div>", "login page", False),
        (f"<!-- x -->\n{FORM}", "login page", False),
        ("<h1>It works!</h1>", "web page", True),
        ("<p>Short", "web page", True),
        ("<preface/>", "XML document", False),
        ("%PDF-1.7", "PDF", False),
        ("<opml/>", "OPML", False),
        ("Hello", "plain text", False),
        ("{}", "JSON", False),
        ("\ufeff", "empty", False),
        ("\ufeff \ufeff\n", "empty", False),
    ],
)
def test_what_it_is(page: str, said: str, is_page: bool) -> None:
    with pytest.raises(NotAFeed, match=said) as caught:
        parse(page.encode())
    assert caught.value.page is is_page


def test_a_flood_of_signs_is_looked_through_at_once() -> None:
    begun = time.monotonic()
    for flood in ("<", "<script", "<script>", "< ", "<a "):
        with pytest.raises(NotAFeed):
            parse(f"<html>{FORM}{flood * (300_000 // len(flood))}".encode())
    assert time.monotonic() - begun < 5
