"""What `newsreader read` prints of documents of every kind; see golden.py for how to renew it."""

from __future__ import annotations

import pytest

from tests.document import golden

DOCUMENTS = golden.documents()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_are_printed_as_they_were_found_good(name: str) -> None:
    assert golden.printed(DOCUMENTS[name]) == (golden.HERE / f"{name}.txt").read_text(encoding="utf-8")


def test_no_golden_text_is_left_over() -> None:
    assert {path.stem for path in golden.HERE.glob("*.txt")} == set(DOCUMENTS)
    assert len(DOCUMENTS) >= 30
