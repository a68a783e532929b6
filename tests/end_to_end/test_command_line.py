from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys

import pytest

from newsreader import __version__, bounds
from newsreader.demo.server import DemoServer
from newsreader.feeds import opml
from tests.end_to_end.conftest import Home
from tests.end_to_end.terminal import PROGRAM

pytestmark = pytest.mark.slow


def test_without_a_terminal_the_reader_says_so_in_one_sentence(home: Home) -> None:
    said = home.run(status=2)
    assert len(said.strip().splitlines()) == 1
    assert "terminal" in said
    assert "\x1b" not in said


def test_version_and_help(home: Home) -> None:
    assert home.run("--version").strip() == f"newsreader {__version__}"
    text = home.run("--help")
    for word in ("examples:", "add", "fetch", "list", "read", "doctor", "--home"):
        assert word in text


def test_python_m_newsreader_is_the_same_program(home: Home) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "newsreader", "--version"],
        env=home.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"newsreader {__version__}\n"


def test_a_new_home_has_the_handbook_and_nothing_else(home: Home) -> None:
    sources = home.json("sources")
    assert [source["kind"] for source in sources] == ["builtin"]
    home.run("doctor")


def test_adding_a_feed_fetches_it_at_once(home: Home, world: DemoServer) -> None:
    subscription = world.subscriptions()[0]
    home.run("add", subscription.url, "--folder", "World")
    source = next(one for one in home.json("sources") if one["kind"] == "feed")
    assert source["folder"] == "World"
    assert source["error"] is None
    assert source["total"] == source["unread"] > 0
    articles = [one for one in home.json("list") if one["source"]["id"] == source["id"]]
    assert len(articles) == source["total"]
    assert {"id", "source", "title", "url", "author", "published", "read", "bookmarked", "words", "full_text"} <= set(
        articles[0]
    )


def test_adding_a_page_takes_the_feed_it_names(home: Home, world: DemoServer) -> None:
    subscription = next(one for one in world.subscriptions() if one.link)
    assert subscription.link is not None
    said = home.run("add", subscription.link)
    assert subscription.url in {one["url"] for one in home.json("sources")}, said


def test_adding_what_is_no_feed_says_what_it_is(home: Home, world: DemoServer) -> None:
    address = world.subscriptions()[0].url.split("/")
    nothing = "/".join(address[:3]) + "/there-is-nothing-here"
    said = home.run("add", nothing, status=1)
    assert "404" in said
    assert [one["kind"] for one in home.json("sources")] == ["builtin"]


def test_a_fetch_lists_failures_and_takes_the_rest(furnished: Home, world: DemoServer) -> None:
    sources = [one for one in furnished.json("sources") if one["kind"] == "feed"]
    assert len(sources) == len(world.subscriptions())
    failed = [one for one in sources if one["error"]]
    assert 0 < len(failed) < len(sources)
    assert all(one["total"] > 0 for one in sources if not one["error"])


def test_events_are_json_lines_and_end_with_indexed(home: Home, world: DemoServer) -> None:
    for subscription in world.subscriptions()[:2]:
        home.run("import", "-", stdin=opml.write([subscription], title="one", date=None).decode())
    events = [json.loads(line) for line in home.run("fetch", "--all", "--events").splitlines()]
    kinds = [event["event"] for event in events]
    assert kinds[0] == "hello"
    assert kinds.index("readable") < kinds.index("indexed")
    for event in events:
        if event["event"] in {"readable", "indexed"}:
            assert event["wall"] > 0
            assert event["cpu"] > 0


def test_search_read_bookmark_and_mark(furnished: Home) -> None:
    found = furnished.json("list", "ferry")
    assert found
    one = found[0]["id"]
    assert one in {article["id"] for article in furnished.json("list", "is:unread")}
    furnished.run("bookmark", str(one))
    furnished.run("mark-read", str(one))
    again = next(article for article in furnished.json("list", "ferry") if article["id"] == one)
    assert (again["read"], again["bookmarked"]) == (True, True)
    assert [article["id"] for article in furnished.json("list", "is:bookmarked")] == [one]
    assert again["title"] in furnished.run("read", str(one))
    assert furnished.run("read", str(one), "--markdown").startswith("# ")
    assert furnished.json("read", str(one))["id"] == one
    assert "no article 999999" in furnished.run("read", "999999", status=2)


def test_the_full_text_of_a_stub_comes_from_its_page(furnished: Home) -> None:
    stub = next(
        article for article in furnished.json("list")
        if article["source"]["title"] == "Field Notes" and not article["full_text"]
    )  # fmt: skip
    whole = json.loads(furnished.run("read", str(stub["id"]), "--full-text", "--json"))
    assert whole["full_text"] is True
    assert whole["words"] > stub["words"]
    listed = next(article for article in furnished.json("list") if article["id"] == stub["id"])
    assert listed["full_text"] is True


def test_sources_travel_by_opml(furnished: Home, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = furnished.folder / "out.opml"
    furnished.run("export", str(file))
    other = Home(tmp_path_factory.mktemp("other"))
    other.run("import", str(file))

    def listed(home: Home) -> list[tuple[str, str, str | None]]:
        return sorted(
            (one["url"], one["title"], one["folder"]) for one in home.json("sources") if one["kind"] == "feed"
        )

    assert listed(other) == listed(furnished)
    assert "newsreader:handbook" not in file.read_text()
    assert other.run("export").encode() == other.run("export", "-").encode()


def test_a_lost_library_costs_no_subscription(furnished: Home) -> None:
    before = {one["url"] for one in furnished.json("sources")}
    shutil.rmtree(furnished.folder / "newsreader" / "data")
    assert {one["url"] for one in furnished.json("sources")} == before


def test_a_removed_source_comes_back_with_its_articles(furnished: Home) -> None:
    source = next(one for one in furnished.json("sources") if one["title"] == "Field Notes")
    furnished.run("remove", "Field Notes")
    assert source["id"] not in {one["id"] for one in furnished.json("sources")}
    assert not [one for one in furnished.json("list") if one["source"]["id"] == source["id"]]
    furnished.run("add", source["url"])
    back = next(one for one in furnished.json("sources") if one["url"] == source["url"])
    assert (back["id"], back["total"]) == (source["id"], source["total"])


def test_a_pipe_that_closes_early_is_no_error(furnished: Home) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{PROGRAM} list | head -1"], env=furnished.environment, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


def test_a_fetch_ends_when_nobody_reads_what_it_says(home: Home) -> None:
    """It has said its first line, and nothing follows: the server never answers."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/feed"
        home.run("import", "-", stdin=f'<opml version="2.0"><head/><body><outline xmlUrl="{url}"/></body></opml>')
        done = subprocess.run(
            ["sh", "-c", f"{PROGRAM} fetch --all --events | head -1"],
            env=home.environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=bounds.FETCH_DEADLINE - 5,
        )
    assert '"hello"' in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    "arguments",
    [["read", "x"], ["list", "--limit", "0"], ["nonsense"], ["remove", "nobody"], ["import", "/nowhere/x.opml"]],
)
def test_what_makes_no_sense_ends_with_2_and_words(home: Home, arguments: list[str]) -> None:
    assert home.run(*arguments, status=2).strip()


def test_offline_a_fetch_says_so_once(home: Home) -> None:
    hosts = [f"http://host{number}.invalid/feed" for number in range(5)]
    rows = "".join(f'<outline type="rss" text="x" xmlUrl="{host}"/>' for host in hosts)
    home.run("import", "-", stdin=f'<opml version="2.0"><head/><body>{rows}</body></opml>')
    said = home.run("fetch", "--all", status=1)
    assert said.count("There is no network connection.") == 1
    assert "does not exist" not in said
    assert all(source["error"] is None for source in home.json("sources"))
    home.run("list")


def test_a_damaged_library_is_put_aside_and_said(furnished: Home) -> None:
    library = furnished.folder / "newsreader" / "data" / "library.db"
    for suffix in ("-wal", "-shm"):
        library.with_name(library.name + suffix).unlink(missing_ok=True)
    content = bytearray(library.read_bytes())
    content[0:4096] = os.urandom(4096)
    library.write_bytes(bytes(content))
    urls = {one["url"] for one in furnished.json("sources")}
    assert len(urls) > 5
    assert any(".corrupt-" in path.name for path in library.parent.iterdir())


def test_a_single_source_is_fetched_and_one_that_pauses_is_said_not_to_be(furnished: Home) -> None:
    assert "paused" not in furnished.run("fetch", "Northern Wire")
    furnished.run("source", "pause", "Northern Wire")
    assert "Northern Wire" in furnished.run("source", "resume", "Northern Wire")
