"""`newsreader add` against pages that a server on this machine gives."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from newsreader.text import iso_utc
from tests.cli.conftest import NOW, Shell

LINKS = "".join(
    f'<link rel="alternate" type="application/rss+xml" title="{name}" href="/{name}.xml">' for name in ("all", "sport")
)


def _feed(title: str, words: int) -> str:
    entries = "".join(
        f"<entry><id>{number}</id><title>{title} {number}&#x202e;</title><updated>{iso_utc(NOW - number * 86_400)}"
        f"</updated><content>{'word ' * words}</content></entry>"
        for number in range(1, 4)
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><id>x</id><title>{title}</title>{entries}</feed>"


def _story(title: str, hours: int) -> str:
    """A feed with one article, which stands at the same address in all of them."""
    return (
        f"<feed xmlns='http://www.w3.org/2005/Atom'><id>{title}</id><title>{title}</title><entry><id>{title}</id>"
        f"<link href='https://news.example/ferry'/><title>Harbour town keeps its night ferry</title>"
        f"<updated>{iso_utc(NOW - hours * 3_600)}</updated><content>It goes on for ten years.</content></entry></feed>"
    )


PRIVATE = "/private.xml"
PAGES = {
    "/": f"<html><head>{LINKS}</head><body>Hello</body></html>",
    "/all.xml": _feed("Everything", 200),
    "/sport.xml": _feed("Sport", 5),
    PRIVATE: _feed("Private", 5),
    "/wire.xml": _story("The wire", 1),
    "/paper.xml": _story("The paper", 2),
    "/story": f"<html><title>A story</title><body><article>{'<p>' + 'The ferry sails again. ' * 30 + '</p>'}</article>",
    "/bare/": "<html><body>Nothing</body></html>",
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGES.get(self.path, "").encode()
        given = [self.headers.get(name) for name in ("Authorization", "X-Key", "User-Agent")]
        allowed = self.path != PRIVATE or given == ["Basic YWRhOnB3", "k", "Mine/1"]
        self.send_response(401 if not allowed else 200 if body else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the base class's
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def feeds(shell: Shell) -> list[str]:
    return [source["url"] for source in shell.json("sources") if source["kind"] == "feed"]


def test_the_best_is_taken_and_the_others_are_offered(shell: Shell, site: str) -> None:
    said = shell("add", site, "--folder", "Coast")
    assert f"Added Everything ({site}/all.xml), 3 new articles." in said
    assert "→ 1  Everything · 3 articles · 7 a week · full text · latest 1 day ago · “Everything 1" in said
    assert "  2  Sport · 3 articles · 7 a week · short texts" in said
    assert f"     {site}/sport.xml" in said
    assert "\u202e" not in said
    assert feeds(shell) == [f"{site}/all.xml"]
    again = shell("add", f"{site}/sport.xml")
    assert "Added Sport" in again
    assert "→" not in again


def test_what_it_brings_is_placed_in_its_stories(shell: Shell, site: str) -> None:
    for name in ("wire", "paper"):
        shell("add", f"{site}/{name}.xml")
    first, second = shell.json("list", "title:harbour")
    story = shell.json("read", str(first["id"]))["story"]
    assert {each["id"] for each in story["articles"]} == {first["id"], second["id"]}


def test_a_list_subscribes_to_nothing(shell: Shell, site: str) -> None:
    said = shell("add", "--list", site)
    assert f"2 feeds at {site}" in said
    assert "1  Everything" in said
    assert feeds(shell) == []


def test_what_was_found_is_there_for_programs(shell: Shell, site: str) -> None:
    (listed,) = shell.json("add", "--list", site)
    assert (listed["address"], listed["problem"]) == (site, None)
    assert listed["candidates"][0] == {
        "url": f"{site}/all.xml", "title": "Everything", "latest_title": "Everything 1",
        "latest_at": iso_utc(NOW - 86_400), "weekly": 7.0, "full_text": True, "articles": 3, "here": None,
    }  # fmt: skip
    (added,) = shell.json("add", site)
    assert (added["title"], added["added"], added["taken"]["url"]) == ("Everything", 3, f"{site}/all.xml")
    assert [other["title"] for other in added["others"]] == ["Sport"]
    (known,) = shell.json("add", "--list", site)
    assert known["candidates"][0]["here"] == added["source"]


def test_one_that_leads_nowhere_costs_the_others_nothing(shell: Shell, site: str) -> None:
    gone = f"{site}/nothing"
    said = shell("add", "http://127.0.0.1:1/feed", f"{site}/all.xml", status=1)
    assert "http://127.0.0.1:1/feed: " in said
    assert "Added Everything" in said
    assert "2 feeds near" in shell("add", "--list", gone, status=1)
    said = shell("add", gone, status=1)
    assert "404" in said
    assert "Nothing was added. Near it is this; to take it, give its address to `newsreader add`:\n  1" in said
    assert f"     {site}/all.xml" in said
    (told,) = shell.json("add", gone, status=1)
    assert (told["source"], [other["url"] for other in told["others"]]) == (
        None,
        [f"{site}/{name}.xml" for name in ("all", "sport")],
    )


def test_an_address_is_asked_with_what_is_set_and_stays_so(
    shell: Shell, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THEIR_PASSWORD", "pw")
    said = shell("add", site + PRIVATE, status=1)
    assert "answered 401" in said
    assert "--auth 'NAME env:VARIABLE'" in said
    given = ["--auth", "ada env:THEIR_PASSWORD", "--header", "X-Key: k", "--header", "X-B: b", "--user-agent", "Mine/1"]
    assert "1 feed at" in shell("add", "--list", *given, site + PRIVATE)
    assert feeds(shell) == []
    assert "Added Private" in shell("add", *given, "--interval", "2h", site + PRIVATE)
    said = shell("set", "Private")
    for line in ("auth         ada env:THEIR_PASSWORD", "X-Key: (hidden), X-B:", "Mine/1", "2h"):
        assert line in said


def test_a_known_source_takes_what_is_set(shell: Shell, site: str) -> None:
    shell("add", f"{site}/all.xml")
    assert "Known already" in shell("add", "--user-agent", "Mine/2", f"{site}/all.xml")
    assert "Mine/2" in shell("set", "Everything")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--auth", "ada pw", "never kept here"),
        ("--header", "nothing", "Name: value"),
        ("--interval", "often", "no time"),
    ],
)
def test_what_cannot_be_set_is_refused(shell: Shell, site: str, option: str, value: str, said: str) -> None:
    assert said in shell("add", option, value, f"{site}/all.xml", status=2)
    assert feeds(shell) == []


@pytest.mark.parametrize(
    ("weekly", "words"),
    [(84.2, "84 a week"), (1.0, "1 a week"), (0.5, "2 a month"), (0.1, "5 a year"), (0.001, "1 a year")],
)
def test_how_often_a_feed_posts_in_words(weekly: float, words: str) -> None:
    from newsreader.cli.add import rate

    assert rate(weekly) == words


def test_pages_are_saved_with_tags_and_a_note(shell: Shell, site: str) -> None:
    said = shell("save", f"{site}/story", f"{site}/gone", "not:an address", "--tag", "ferries", "--note", "N", status=1)
    assert "A story" in said
    assert "404" in said
    assert "kept and tried again" in said
    first, second = sorted(shell.json("list", "is:bookmarked"), key=lambda each: str(each["url"]), reverse=True)
    assert (first["title"], first["tags"], first["full_text"]) == ("A story", ["ferries"], True)
    assert (second["full_text"], second["noted"], second["source"]["title"]) == (False, True, "Saved")
    (again,) = shell.json("save", f"{site}/story")
    assert (again["article"], again["new"], again["problem"]) == (first["id"], False, None)
    assert "one by one" in shell("remove", "Saved", status=2)
    assert "by itself" not in shell("journal", "saved")


def test_a_browsers_bookmarks_are_imported_as_saved_pages(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "bookmarks.html"
    file.write_text(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><A HREF='https://a.example/1' ADD_DATE='1600000000'>One</A>"
        "<DT><A HREF='https://a.example/2'>Two</A></DL>"
    )
    assert "2 pages saved." in shell("import", str(file))
    assert "0 pages saved, 2 here already and bookmarked." in shell("import", str(file))
    assert [each["title"] for each in shell.json("list", "is:bookmarked", "is:read")] == ["Two", "One"]
