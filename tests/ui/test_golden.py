"""The pages of documents of every kind, as text; see tests/document/golden.py for how to renew them."""

from __future__ import annotations

import pytest

from tests.document import golden

DOCUMENTS = golden.documents()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_pages_look_as_they_were_found_good(name: str) -> None:
    assert golden.page(DOCUMENTS[name]) == (golden.PAGES / f"{name}.txt").read_text(encoding="utf-8")
