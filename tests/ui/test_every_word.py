"""Articles of every kind of element on the page: no word lost, every link reachable, no line over the measure."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from newsreader.ui.layout import Layout
from tests.document.test_every_word import document_of, words
from tests.document.writing import Written, articles

MEASURES = st.integers(20, 120)


@settings(deadline=None, max_examples=300)
@given(articles, MEASURES)
def test_articles_are_set_whole(article: Written, measure: int) -> None:
    layout = Layout(document_of(article), measure)
    layout.lay()
    shown = "\n".join(line.words for line in layout.lines)
    assert set(words(shown)) == set(article.words)
    for alternative in article.alternatives:
        assert f"{alternative}xyz" in shown
    reachable = {piece.link for line in layout.lines for piece in line.pieces()}
    assert reachable >= set(article.links)
    for line in layout.lines:
        assert cell_len(line.full) <= measure
