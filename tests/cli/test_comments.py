"""Comments on the command line: threaded for the eye, whole for programs, and said in words where there are none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from newsreader.cli import main
from newsreader.config import Paths
from newsreader.demo.server import DemoServer
from newsreader.document import blocks
from newsreader.errors import LibraryFull
from newsreader.model.talk import Comment, Discussion
from newsreader.worker.talking import Talking
from tests.cli.conftest import HOSTILE, NOW, Shell, written
from tests.talk_servers import talk_server


def document(*paragraphs: str) -> bytes:
    return blocks.dump(blocks.Document(tuple(blocks.Paragraph(blocks.Text(each)) for each in paragraphs)))


COMMENTS = (
    Comment("1", 0, "Ada", NOW - 7200, 3, document("Ferries float.", "At night, too."), "https://news.example/1#c1"),
    Comment("2", 1, "Bob", NOW - 3600, 1, document("Some do.")),
    Comment("3", 0, "", None, None, document(""), None, gone=True),
    Comment("4", 1, HOSTILE, None, None, document(HOSTILE)),
)
HTML = ("<p>Ferries float.</p><p>At night, too.</p>", "<p>Some do.</p>", "", f"<p>{HOSTILE}</p>")


def keep(shell: Shell, **fields: Any) -> int:
    """Keep a discussion of the first article that was fetched a moment ago; gives the article's number."""
    (article,) = shell.json("list", "ferry", "--limit", "1")
    page = "https://news.ycombinator.com/item?id=8"
    known = Discussion(article["id"], "Hacker News", page, NOW - 60, 7, COMMENTS, document_version=blocks.VERSION)
    found = known._replace(**fields)
    with shell.store() as store:
        store.save_discussion(found, HTML[: len(found.comments)])
    return int(article["id"])


def test_a_thread_is_set_in_under_what_it_answers(furnished: Shell) -> None:
    printed = furnished("comments", str(keep(furnished)))
    assert printed.splitlines() == [
        "Harbour town votes to keep its night ferry",
        "",
        "Comments",
        "--------",
        "",
        "Hacker News · 7 comments · as of 1 minute ago",
        "https://news.ycombinator.com/item?id=8",
        "",
        "Ada · 2 hours ago · 3 points",
        "    Ferries float.",
        "",
        "    At night, too.",
        "",
        "    Bob · 1 hour ago · 1 point",
        "        Some do.",
        "[deleted]",
        "    [/red][@click=app.quit]x]52;c;aGVsbG8=",
        "        [/red][@click=app.quit]x]52;c;aGVsbG8=",
        "",
        "4 more comments there.",
    ]


def test_they_are_markdown_and_json_too(furnished: Shell) -> None:
    number = str(keep(furnished))
    printed = furnished("comments", number, "--markdown")
    assert "# Harbour town votes to keep its night ferry\n\n## Comments\n" in printed
    assert "- **Ada · 2 hours ago · 3 points**\n" in printed
    assert "  - **Bob · 1 hour ago · 1 point**\n" in printed
    found = furnished.json("comments", number)
    assert (found["site"], found["total"], found["fetched"]) == ("Hacker News", 7, "2026-11-23T17:59:00Z")
    first, _, third, _ = found["comments"]
    assert first == {
        "key": "1",
        "depth": 0,
        "author": "Ada",
        "posted": "2026-11-23T16:00:00Z",
        "score": 3,
        "deleted": False,
        "url": "https://news.example/1#c1",
        "text": "Ferries float.\n\nAt night, too.",
        "html": HTML[0],
    }
    assert (third["deleted"], third["author"], third["text"]) == (True, None, "")


def test_a_page_says_where_comments_are_that_nobody_asked_for_yet(furnished: Shell) -> None:
    with furnished.store() as store:
        (state, *_) = store.fetch_states()
        article = written(77, "A talk of the town", "About the boat.", hours=1)
        page = "https://news.ycombinator.com/item?id=8"
        (id_,) = store.ingest(state, None, [article._replace(comments_url=page, comments_count=7)]).added
    read = furnished("read", str(id_), "--markdown")
    said = f"## Comments\n\n[Hacker News]({page})\n\n7 comments · `newsreader comments {id_}` has them"
    assert said in read.replace("\\`", "`")
    assert "## Comments" not in furnished("read", str(id_))


def test_an_article_that_is_read_has_those_that_are_here(furnished: Shell) -> None:
    (article,) = furnished.json("list", "ferry", "--limit", "1")
    assert furnished.json("read", str(article["id"]))["comments"] is None
    assert article["comments_count"] is None
    number = str(keep(furnished))
    read = furnished.json("read", number)
    assert (len(read["comments"]["comments"]), read["comments_count"]) == (4, 7)
    assert "## Comments" in furnished("read", number, "--markdown")
    assert "Ferries float." not in furnished("read", number)


def test_those_of_a_former_builder_are_laid_out_anew(furnished: Shell) -> None:
    number = str(keep(furnished, document_version=0, comments=tuple(c._replace(document=b"") for c in COMMENTS)))
    assert furnished.json("read", number)["comments"]["comments"][1]["text"] == "Some do."
    assert furnished.json("comments", number)["comments"][1]["text"] == "Some do."


def test_where_nothing_can_be_kept_those_that_are_here_are_printed(
    furnished: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object, **__: object) -> None:
        raise LibraryFull("The disk is full.")

    number = str(keep(furnished))
    monkeypatch.setattr(Talking, "comments", full)
    printed = furnished("comments", number, "--afresh", status=1)
    assert "Ada · 2 hours ago" in printed
    assert "The disk is full." in printed


def test_a_library_of_a_newer_program_is_told_of_once(furnished: Shell) -> None:
    number = str(keep(furnished))
    with closing(sqlite3.connect(Paths.under(furnished.home).library)) as raw:
        raw.execute("PRAGMA user_version = 99")
    assert main(["--home", str(furnished.home), "comments", number]) == 0
    printed = furnished.capture.readouterr()
    assert "Ada · 2 hours ago" in printed.out
    assert printed.err.count("open for reading only") == 1


def test_none_yet_and_answers_without_end(furnished: Shell) -> None:
    number = str(keep(furnished, comments=(), total=0))
    assert furnished("comments", number).endswith("\nNo comments yet.\n")
    deep = tuple(Comment(str(depth), depth, f"A{depth}", None, None, document(f"D{depth}")) for depth in range(40))
    keep(furnished, comments=deep, total=40)
    lines = furnished("comments", number).splitlines()
    assert [line.strip() for line in lines if line.strip().startswith("D")] == [f"D{depth}" for depth in range(40)]
    assert max(len(line) for line in lines) <= 76


def test_what_leads_nowhere_says_what_can_be_done(furnished: Shell) -> None:
    number = keep(furnished, comments=(), total=0)
    with furnished.store() as store, store._db.transaction():
        store._db.run("DELETE FROM discussion")
        store._db.run("UPDATE article SET url = 'http://127.0.0.1:1/a' WHERE id = ?", (number,))
    said = furnished("comments", str(number), status=1)
    assert "No discussion of this article was found." in said
    assert furnished("comments", "99", status=2).startswith("newsreader: There is no article 99.")


@pytest.mark.slow
def test_those_of_the_demo_world_come_from_its_feeds(shell: Shell) -> None:
    with DemoServer() as demo:
        gazette = next(each.url for each in demo.subscriptions() if "gazette" in each.url)
        shell("add", gazette)
        (article,) = shell.json("list", "title:night", "title:ferry", "has:comments")
        printed = shell("comments", str(article["id"]))
        assert "The Coast Gazette · 7 comments · as of now" in printed
        assert "    Tomas · " in printed
        assert shell.json("comments", str(article["id"]))["comments"][1]["depth"] == 1


@pytest.mark.slow
def test_what_servers_answer_comes_to_a_thread_or_to_a_sentence(shell: Shell) -> None:
    with talk_server() as feed:
        shell("add", feed)
        numbers = {article["title"]: str(article["id"]) for article in shell.json("list")}
        shapes = {}
        for name in ("lemmy", "discourse", "mastodon", "weblog"):
            found = shell.json("comments", numbers[name])
            shapes[name] = ([comment["depth"] for comment in found["comments"]], found["total"])
        assert shapes == {
            "lemmy": ([0, 1], 2),
            "discourse": ([0, 0], 40),
            "mastodon": ([0, 1], 2),
            "weblog": ([0, 1], 2),
        }
        for name, said in (("busy", "again in 5 minutes"), ("wall", "no discussion")):
            assert said in shell.json("comments", numbers[name], status=1)["failure"]
