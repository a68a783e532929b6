from __future__ import annotations

from newsreader.cli import EXIT_FAILED
from newsreader.model import Query
from tests.cli.conftest import Shell


def test_the_journal_lists_and_takes_back(furnished: Shell) -> None:
    with furnished.store() as store:
        ids = store.listing(Query()).ids
        store.mark_read(ids, True)
    marked, *_ = furnished.json("journal")
    assert marked["action"].startswith(f"marked {len(ids)} articles")
    assert (marked["window"], marked["undone"]) == ("test", None)
    assert "now · in another window" in furnished("journal", "marked", "--limit", "1")
    number = str(marked["id"])
    assert furnished("journal", "--undo", number).startswith("Undone: marked")
    assert "· undone" in furnished("journal", "marked")
    assert "is undone already" in furnished("journal", "--undo", number, status=2)
    assert furnished("journal", "--redo", number).startswith("Done again: marked")
    assert "was not undone" in furnished("journal", "--redo", number, status=2)
    assert "Nothing in the journal." in furnished("journal", "zeppelin")


def test_what_was_changed_since_is_said(furnished: Shell) -> None:
    with furnished.store() as store:
        ids = store.listing(Query()).ids[:1]
        store.mark_read(ids, True)
        number = str(store.actions(1)[0].id)
        store.mark_read(ids, False)
    assert "all was changed since" in furnished("journal", "--undo", number, status=EXIT_FAILED)
    assert "There is no action 99" in furnished("journal", "--undo", "99", status=2)
