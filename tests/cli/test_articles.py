from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from newsreader.cli import main
from newsreader.config import Paths
from newsreader.document.blocks import VERSION, Document, Paragraph, Text, dump
from newsreader.model import FullText, FullTextMode
from tests.cli.conftest import Shell


def titles(shell: Shell, *query: str) -> list[str]:
    return [article["title"] for article in shell.json("list", *query)]


def test_articles_are_listed_newest_first(furnished: Shell) -> None:
    articles = furnished.json("list")
    assert [article["published"] for article in articles] == [
        "2026-11-23T17:00:00Z",
        "2026-11-23T16:00:00Z",
        "2026-11-22T12:00:00Z",
    ]
    first = articles[0]
    assert first["title"] == "Harbour town votes to keep its night ferry"
    assert first["author"] == "Ines Almada"
    assert first["url"] == "https://news.example/1"
    assert first["source"]["title"] == "The Coast Gazette"
    assert first["source"]["url"] == "https://news.example/feed"
    assert (first["read"], first["bookmarked"], first["words"], first["full_text"]) == (False, False, 6, False)
    assert isinstance(first["id"], int)
    assert isinstance(first["source"]["id"], int)


def test_a_query_is_words_and_conditions(furnished: Shell) -> None:
    assert titles(furnished, "ferry") == ["Harbour town votes to keep its night ferry"]
    assert titles(furnished, "council", "monday") == ["Harbour town votes to keep its night ferry"]
    assert titles(furnished, "is:read") == []
    assert len(titles(furnished, "is:unread", "source:coast")) == 3


@pytest.mark.parametrize("query", ["-", '""', "()", "*", "'--", "\x1b[", "\ud800", "&"])
def test_what_says_nothing_leaves_nothing_out(furnished: Shell, query: str) -> None:
    assert len(furnished("list", "--", query).splitlines()) == 3


def test_a_mistake_is_shown_where_it_stands(furnished: Shell) -> None:
    assert furnished("list", "渡し船", "is:unraed", "since:x", status=2).splitlines() == [
        "newsreader: There is no “is:unraed”; did you mean “is:unread”?",
        "  渡し船 is:unraed since:x",
        "            ^^^^^^",
        "newsreader: “x” is no date. since: takes 12h, 2d, 3w, 6m, 1y, today, yesterday or 2026-11-01.",
        "  渡し船 is:unraed since:x",
        "                         ^",
    ]


@pytest.mark.parametrize("query", ['"', "is:", "((", "a OR", "source:", "a\x1b[ is:\ud800"])
def test_what_is_not_written_out_is_a_mistake(furnished: Shell, query: str) -> None:
    assert "^" in furnished("list", "--", query, status=2)


def test_what_is_left_out_may_stand_anywhere(furnished: Shell) -> None:
    assert len(furnished.json("list", "-ferry")) == len(furnished.json("list", "NOT ferry")) > 0
    assert furnished.json("list", "ferry", "-is:unread", "--limit", "3") == []
    assert furnished("list", "--", "-ferry") == furnished("list", "-ferry")


def test_a_name_that_nothing_has_is_said(furnished: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(furnished.home), "list", "source:gazzete"]) == 0
    said = capsys.readouterr().err
    assert "No source is called “gazzete”; did you mean “Gazette”?" in said
    assert "no article matches" in said


def test_the_limit_cuts_and_says_so(furnished: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(furnished.json("list", "--limit", "2")) == 2
    furnished("list", "--limit", "2")
    assert len(furnished("list").splitlines()) == 3
    assert capsys.readouterr().err == ""
    with furnished.store() as store:
        store.index_some(10)
    assert titles(furnished, "is:unread", "--limit", "1") == titles(furnished, "is:unread")[:1]
    assert titles(furnished, "sort:oldest", "--limit", "1") == titles(furnished)[-1:]


def test_nothing_found_is_said_on_standard_error_and_json_stays_json(furnished: Shell) -> None:
    assert furnished("list", "zebra") == ""
    assert furnished.json("list", "zebra") == []


def test_a_hostile_title_is_printed_as_text(furnished: Shell) -> None:
    printed = furnished("list")
    assert "[/red][@click=app.quit]x]52;c;aGVsbG8=" in printed
    assert "\x1b" not in printed
    assert "\x07" not in printed


def test_an_article_is_read_in_four_forms(furnished: Shell) -> None:
    number = furnished.json("list", "ferry")[0]["id"]
    plain = furnished("read", str(number), "--plain")
    assert plain.splitlines()[0] == "Harbour town votes to keep its night ferry"
    assert "The Coast Gazette · 1 hour ago · by Ines Almada" in plain
    assert plain.rstrip().endswith("The council voted late on Monday.")
    assert furnished("read", str(number)) == plain
    assert furnished("read", str(number), "--markdown").startswith("# Harbour town votes")
    whole = furnished.json("read", str(number))
    assert whole["text"].strip() == "The council voted late on Monday."
    assert whole["html"] == "<p>The council voted late on Monday.</p>"
    assert whole["id"] == number


def test_a_stub_is_called_one_until_its_full_text_is_here(furnished: Shell) -> None:
    number = furnished.json("list", "ferry")[0]["id"]
    assert "by Ines Almada · stub, 6 words\n" in furnished("read", str(number), "--plain")
    text = "word " * 400
    document = dump(Document((Paragraph(Text(text)),)))
    with furnished.store() as store:
        store.save_full_text(number, FullText(f"<p>{text}</p>", text, document, VERSION, 400))
    assert "by Ines Almada · 400 words · 2 min\n" in furnished("read", str(number), "--plain")
    with furnished.store() as store:
        gazette = next(source for source in store.sources() if source.title == "The Coast Gazette")
        store.set_source(gazette.id, full_text_mode=FullTextMode.FEED)
    assert "· stub, 6 words\n" in furnished("read", str(number), "--plain")
    assert "· 400 words · 2 min\n" in furnished("read", str(number), "--plain", "--full-text")


def test_an_article_without_a_word_says_so_beside_the_output(
    furnished: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    number = furnished.json("list", "ferry")[0]["id"]
    with furnished.store() as store:
        store.save_full_text(number, FullText("<p></p>", "", dump(Document(())), VERSION, 0))
    assert main(["--home", str(furnished.home), "read", str(number), "--full-text"]) == 0
    out, err = capsys.readouterr()
    assert out.endswith("https://news.example/1\n")
    assert err == "newsreader: There is nothing to read in this article.\n"


def test_an_article_that_is_not_there_is_said(furnished: Shell) -> None:
    assert "no article 999" in furnished("read", "999", status=2)


def test_bookmarks_and_read_marks_are_kept_and_counted(furnished: Shell) -> None:
    one, two, _ = (article["id"] for article in furnished.json("list"))
    assert "1 article bookmarked" in furnished("bookmark", str(one))
    assert "2 articles marked read" in furnished("mark-read", str(one), str(two), str(two))
    assert "0 articles marked read" in furnished("mark-read", str(one))
    assert [article["id"] for article in furnished.json("list", "is:bookmarked")] == [one]
    assert {article["id"] for article in furnished.json("list", "is:read")} == {one, two}


def test_later_tags_and_notes_are_kept_shown_and_taken_away(furnished: Shell) -> None:
    one, two, _ = (article["id"] for article in furnished.json("list"))
    assert "1 article put into Later" in furnished("later", str(one))
    assert "2 articles changed" in furnished("tag", str(one), str(two), "--add", "ferries", "#port")
    assert "1 article changed" in furnished("tag", str(two), "--remove", "PORT")
    assert furnished.json("tag") == [{"name": "ferries", "articles": 2}, {"name": "port", "articles": 1}]
    assert "port" not in furnished("tag", str(two))
    assert "Note written" in furnished("note", str(one), "For", "Monday")
    assert furnished("note", str(one)) == "For Monday\n"
    first = furnished.json("list")[0]
    assert (first["later"], first["tags"], first["noted"]) == (True, ["ferries", "port"], True)
    assert "◷" in furnished("list")
    assert "#ferries #port" in furnished("list")
    read = furnished.json("read", str(one))
    assert (read["note"], read["highlights"]) == ("For Monday", [])
    assert "For Monday" in furnished("read", str(one))
    assert "Note taken away" in furnished("note", str(one), "--remove")
    assert "1 article taken out of Later" in furnished("later", str(one), "--remove")
    furnished("bookmark", str(one))
    assert "1 article no longer bookmarked" in furnished("bookmark", str(one), "--remove")


def test_what_is_asked_of_no_article_is_said(furnished: Shell) -> None:
    assert "which articles" in furnished("tag", "--add", "x", status=2)
    assert "no article 999" in furnished("tag", "999", "--add", "x", status=2)
    assert "no article 999" in furnished("note", "999", "x", status=2)
    assert "Either" in furnished("note", "1", "x", "--remove", status=2)
    assert furnished.json("tag") == []


def test_an_unknown_article_changes_nothing(furnished: Shell) -> None:
    one = furnished.json("list")[0]["id"]
    assert "no article 999" in furnished("bookmark", str(one), "999", status=2)
    assert furnished.json("list", "is:bookmarked") == []


def test_json_is_utf_8_and_whole(furnished: Shell) -> None:
    assert "港の夜の渡し船 🚢" in furnished("list", "--json")
    assert json.loads(furnished("list", "--json"))


def test_why_a_library_takes_no_writes_is_said_once(furnished: Shell) -> None:
    id_ = str(furnished.json("list")[0]["id"])
    with closing(sqlite3.connect(Paths.under(furnished.home).library)) as connection:
        connection.execute("PRAGMA user_version = 999")
    said = furnished("mark-read", id_, status=2)
    assert said.count("written by a newer newsreader") == 1
