"""Smart sources on the command line and in lists of sources."""

from __future__ import annotations

from pathlib import Path

from newsreader.config import Paths
from newsreader.model import SavedSearch
from newsreader.store import Store
from tests.cli.conftest import Shell

SEARCHES = (
    SavedSearch("Ferries 🚢", "ferry"),
    SavedSearch("Twice", "is:unread"),
    SavedSearch("Twice", "is:bookmarked", "World"),
    SavedSearch("Wrong", "ferry is:bookmakred"),
)


def keep(shell: Shell) -> tuple[int, ...]:
    with Store.open(Paths.under(shell.home).library) as store:
        return store.add_smart(SEARCHES).ids


def test_smart_sources_are_listed_with_their_counts(furnished: Shell) -> None:
    assert furnished("sources", "--smart") == ""
    ids = keep(furnished)
    printed = furnished("sources")
    assert printed.startswith("Smart sources\n")
    assert "Ferries 🚢 · " in printed
    assert "did you mean “is:bookmarked”" in printed
    assert "Northern Wire" in printed
    assert "Northern Wire" not in furnished("sources", "--smart")
    listed = furnished.json("sources", "--smart")
    assert [each["id"] for each in listed] == list(ids)
    assert listed[2] == {
        "id": ids[2], "title": "Twice", "query": "is:bookmarked", "folder": "World", "unread": 0, "total": 0,
        "more": [], "mistake": None,
    }  # fmt: skip
    assert listed[1]["unread"] == len(furnished.json("list", "is:unread"))
    assert listed[3]["mistake"]
    assert all(source["kind"] != "smart" for source in furnished.json("sources"))


def test_the_articles_of_a_smart_source_are_listed_by_its_name(furnished: Shell) -> None:
    ids = keep(furnished)
    assert furnished.json("list", "--smart", "ferries 🚢") == furnished.json("list", "ferry")
    assert furnished.json("list", "--smart", "ferr", "is:read") == []
    assert furnished.json("list", "--smart", str(ids[1])) == furnished.json("list", "is:unread")
    assert "could be 2 smart sources" in furnished("list", "--smart", "twice", status=2)
    assert "There is no smart source “zebra”" in furnished("list", "--smart", "zebra", status=2)
    assert "is:bookmarked" in furnished("list", "--smart", "Wrong", status=2)


def test_smart_sources_go_out_and_come_in(furnished: Shell, tmp_path: Path) -> None:
    keep(furnished)
    file = tmp_path / "out.opml"
    assert "2 sources and 4 smart sources written" in furnished("export", str(file))
    other = Shell(tmp_path / "other", furnished.capture)
    assert "4 smart sources added." in other("import", str(file))
    assert "smart source" not in other("import", str(file))
    titles = {each["title"] for each in other.json("sources", "--smart")}
    assert titles == {search.title for search in SEARCHES}
    assert Paths.under(other.home).mirror.read_text().count("newsreader-smart") == 4


def test_what_newsboat_searched_for_stays_or_is_named_with_the_reason(furnished: Shell, tmp_path: Path) -> None:
    file = tmp_path / "urls"
    file.write_text('"query:Unread:unread = \\"yes\\""\n"query:Odd:guid = \\"x\\""\nhttps://b.example/\n')
    said = furnished("import", str(file))
    assert "1 smart source added.\n1 search kept." in said
    assert [each["query"] for each in furnished.json("sources", "--smart")] == ["is:unread"]
    assert "“Odd” of newsboat is kept as it is" in furnished("sources", "--smart")


def smart(shell: Shell, *arguments: str) -> list[str]:
    """The titles that a command prints as JSON."""
    return [each["title"] for each in shell.json("smart", *arguments)]


def test_smart_sources_are_made_changed_and_removed(furnished: Shell) -> None:
    assert furnished("smart") == ""
    assert "Ferries stands among the sources now." in furnished("smart", "add", "ferry", "-night", "--name", "Ferries")
    assert "It is kept already, as Ferries." in furnished("smart", "add", "ferry", "-night", "--name", "Ferries")
    (made,) = furnished.json("smart", "add", "is:unread", "--folder", "World")
    assert (made["title"], made["query"], made["folder"]) == ("is:unread", "is:unread", "World")
    assert made["unread"] == len(furnished.json("list", "is:unread"))
    assert "is:unread is called New now." in furnished("smart", "rename", "is:unread", "New")
    assert "Ferries searches for ferry OR boat now." in furnished("smart", "change", "ferr", "ferry", "OR", "boat")
    assert "did you mean “is:unread”" in furnished("smart", "change", "New", "is:unrad", status=2)
    assert [(each["title"], each["query"], each["folder"]) for each in furnished.json("smart", "list")] == [
        ("Ferries", "ferry OR boat", None),
        ("New", "is:unread", "World"),
    ]
    assert "Ferries and New: in the folder Sea now." in furnished("smart", "move", "Ferries", "New", "--to", "Sea")
    assert {each["folder"] for each in furnished.json("smart")} == {"Sea"}
    assert "Nothing to do: Ferries." in furnished("smart", "move", "Ferries", "--to", "Sea")
    assert Paths.under(furnished.home).mirror.read_text().count("newsreader-smart") == 2
    assert "2 smart sources removed: Ferries and New" in furnished("smart", "remove", "Ferries", "New")
    assert furnished.json("smart") == []
    (last, *_) = furnished.json("journal", "--limit", "1")
    furnished("journal", "--undo", str(last["id"]))
    assert smart(furnished) == ["Ferries", "New"]
    assert "There is no smart source “gone”" in furnished("smart", "remove", "gone", status=2)
    assert "did you mean" in furnished("smart", "add", "is:unrad", status=2)


def test_smart_sources_are_put_in_order(furnished: Shell) -> None:
    for name in ("One", "Two", "Three", "Four"):
        furnished("smart", "add", "ferry", "--name", name)
    assert "Three and Four: moved up." in furnished("smart", "up", "Three", "Four")
    assert smart(furnished) == ["One", "Three", "Four", "Two"]
    assert smart(furnished, "down", "One", "Three") == ["One", "Three"]
    assert smart(furnished) == ["Four", "One", "Three", "Two"]
    assert "Nothing to do: Two." in furnished("smart", "down", "Two")
