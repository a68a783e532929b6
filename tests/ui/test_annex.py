"""What stands under an article: the others of its story, what is related, read in place and left to the same line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.document.blocks import Document, Paragraph, Text
from newsreader.model import ArticleHead, Highlight, Place, Placed, Query, Scope
from newsreader.store import Store
from newsreader.text import cell_width
from newsreader.ui.annex import HIGHLIGHTS, NOTE, RELATED, STORY, Annex, Entry, Talk, annex_lines
from newsreader.ui.annex_reading import FOLDED, read_annex, read_talk
from newsreader.ui.page_links import ARTICLE, is_own, linked_article
from newsreader.ui.pieces import ISOLATES
from tests.ui.desk import Desk, desk
from tests.ui.talk import SMALL, discussion
from tests.ui.world import HOUR, NOW, article, body, deliver, fill

if TYPE_CHECKING:
    from pathlib import Path

GAZETTE, WIRE, LATER = "Harbour town keeps its ferry", "Ferry to sail on", "What the moth counters learned"


def told(store: Store, second: Document | None = None) -> dict[str, int]:
    """Two articles of one story in two sources, and one of another."""
    ids = fill(
        store,
        {
            "The Coast Gazette": (article(GAZETTE, HOUR, body(30)),),
            "Northern Wire": (article(WIRE, 3 * HOUR, second or body(6)),),
            "Field Notes": (article(LATER, 4 * HOUR),),
        },
    )
    heads = {head.title: head.id for head in store.heads(store.listing(Query(Scope.ALL)).ids)}
    first, last = sorted((heads[GAZETTE], heads[WIRE]))
    store.place([Placed(first, first), Placed(last, first)], 0)
    return ids


async def to_the_end(here: Desk) -> None:
    await here.press("enter")
    await here.until(lambda: here.main.reading.annex is not None)
    await here.press("G")


async def test_under_an_article_stand_the_others_of_its_story(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        await to_the_end(here)
        assert "This story · 2 sources" in here.text
        assert "first: Northern Wire, 3 hours ago" in here.text
        assert f"● {WIRE}" in here.text
        assert here.main.reader.percent == 100


async def test_one_is_read_in_place_and_escape_comes_back_to_the_same_line(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        await to_the_end(here)
        top = here.main.reader.top
        await here.press("tab", "enter")
        assert here.title == WIRE
        assert here.main.reader.top == 0
        assert here.cursor == GAZETTE
        await here.press("escape")
        assert here.title == GAZETTE
        assert here.main.reader.top == top
        await here.until(lambda: f"● {WIRE}" not in here.text)  # it is read now
        assert f"{WIRE}" in here.text


async def test_right_shows_how_one_begins(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        await to_the_end(here)
        before = here.main.reader.sheet
        await here.press("tab", "l")
        assert before is not None
        assert here.main.reader.sheet is not None
        assert here.main.reader.sheet.height > before.height
        await here.press("l")
        assert here.main.reader.sheet.height == before.height


async def test_what_is_alone_has_nothing_under_it(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        await here.press("G", "enter")
        assert here.title == LATER
        await here.until(lambda: here.main.reading.annex is not None)
        assert "This story" not in here.text


@pytest.mark.parametrize("kept", ["{", "null", "5", '{"a": 1}', '[1, ["x"], "told"]', "[" * 5_000])
async def test_what_a_hand_wrote_for_the_parts_that_are_folded_harms_nothing(tmp_path: Path, kept: str) -> None:
    with Store.open(tmp_path / "library.db", clock=lambda: NOW) as store:
        store.remember(FOLDED, kept)
        assert read_annex(store, 1).folded <= {"told"}


async def test_a_part_folds_on_its_heading_and_stays_folded_under_the_next_article(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        await to_the_end(here)
        await here.press("g", "g", ")", ")")
        assert "⏎ folds this part" in here.text
        await here.press("enter")
        assert "▸ This story · 2 sources" in here.text
        assert under(here).count(f"● {WIRE}") == 1  # it is the next unread one, too
        await here.press("l")
        assert under(here).count(f"● {WIRE}") == 2
        await here.press("h", "n")
        await here.until(lambda: here.title == WIRE and here.main.reading.annex is not None)
        await here.press("G")
        assert "▸ This story · 2 sources" in here.text


async def test_a_note_and_highlights_stand_under_the_text_and_lead_to_their_passages(tmp_path: Path) -> None:
    def noted(store: Store) -> dict[str, int]:
        ids = told(store)
        (article_id,) = (each.id for each in store.heads(store.listing(Query(Scope.ALL)).ids) if each.title == GAZETTE)
        store.keep(article_id, (), "Ask for the survey")
        store.highlight(article_id, Place(words="Nobody lives on the island by accident"))
        return ids

    async with desk(tmp_path, prepare=noted) as here:
        await here.press("enter")
        await here.until(lambda: here.main.reading.annex is not None)
        assert "your note is below" in here.text
        await here.press("G")
        shown = under(here)
        assert shown.index("Your note") < shown.index("Ask for") < shown.index("Highlights") < shown.index("This story")
        await here.press("tab")
        assert "⏎ goes to it in the text" in here.text
        await here.press("enter")
        assert here.main.reader.top < 20
        await here.press("ctrl+o")
        assert "Ask for the survey" in here.text


async def test_the_last_line_leads_to_the_next_unread_article_or_says_that_there_is_none(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        await to_the_end(here)
        await here.until(lambda: "Next unread · space" in here.text)
        await here.press("shift+tab", "enter")
        await here.until(lambda: here.title == WIRE)
        await here.press("n")
        await here.until(lambda: here.main.reading.annex is not None and here.main.reading.annex.nothing)
        assert here.title == LATER
        await here.press("G")
        assert "Nothing unread after this. g a shows everything" in " ".join(here.text.split())


async def test_the_line_about_comments_leads_to_them_and_says_how_many_there_are(tmp_path: Path) -> None:
    def talked(store: Store) -> dict[str, int]:
        ids = told(store)
        (article_id,) = (each.id for each in store.heads(store.listing(Query(Scope.ALL)).ids) if each.title == GAZETTE)
        store.save_discussion(discussion(article_id), ("",) * len(SMALL))
        return ids

    async with desk(tmp_path, prepare=talked) as here:
        await to_the_end(here)
        assert "Comments · 7 on Hacker News   c to read" in here.text
        await here.press("tab", "tab")
        assert "⏎ reads them" in here.text
        await here.press("enter")
        await here.until(lambda: here.main.reader.in_discussion)


def test_where_comments_are_is_told_from_the_address_and_nothing_where_it_is_not_known(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library.db", clock=lambda: NOW) as store:
        hacker_news = "https://news.ycombinator.com/item?id=4711"
        talked = article(GAZETTE, HOUR)._replace(comments_url=hacker_news, comments_count=0)
        fill(store, {"The Coast Gazette": (talked,), "Northern Wire": (article(WIRE, 3 * HOUR),)})
        said = {}
        for article_id in store.listing(Query(Scope.ALL)).ids:
            whole = store.article(article_id)
            assert whole is not None
            said[whole.head.title] = read_talk(store, whole, None)
    assert said == {GAZETTE: Talk("Hacker News", 0), WIRE: None}
    lines = annex_lines(Annex(1, talk=said[GAZETTE]), NOW, 60)
    assert "  No comments yet on Hacker News" in [under.line.full for under in lines]


def test_the_comment_feed_of_a_source_is_called_as_the_source_is(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library.db", clock=lambda: NOW) as store:
        talked = article(GAZETTE, HOUR)
        address = f"{talked.url}/comments.xml"
        fill(store, {"The Coast Gazette": (talked._replace(comments_feed_url=address, comments_count=7),)})
        whole = store.article(store.listing(Query(Scope.ALL)).ids[0])
        assert whole is not None
        assert read_talk(store, whole, None) == Talk("The Coast Gazette", 7)


async def test_what_another_source_adds_is_counted_and_unfolds(tmp_path: Path) -> None:
    new = "A second boat with an electric engine is to be ordered in the summer from a yard in Brede."

    def more(store: Store) -> dict[str, int]:
        longer = Document((*body(1).blocks, Paragraph(Text(new))))
        return told(store, longer)

    async with desk(tmp_path, prepare=more) as here:
        await to_the_end(here)
        await here.until(lambda: "+ 1 paragraph not above" in here.text)
        await here.press("tab")
        assert "l shows what it adds" in here.text
        await here.press("l")
        assert f"+ {new[:40]}" in here.text
        await here.press("l")
        assert f"+ {new[:40]}" not in here.text


@pytest.mark.parametrize(
    ("measure", "said"), [(50, " · + 23 paragraphs not above"), (40, " · + 23 paragraphs"), (30, " · + 23"), (24, "")]
)
def test_what_another_source_adds_is_said_by_as_many_words_as_have_room(measure: int, said: str) -> None:
    entry = Entry(head(2, WIRE, "Northern Wire", read=False), adds=("Words.",) * 23)
    lines = [under.line.full for under in annex_lines(Annex(1, story=(entry,)), NOW, measure)]
    assert lines[-1].strip() == f"Northern Wire · now{said}"


async def test_what_comes_in_moves_nothing_under_the_article_that_is_in_sight(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told) as here:
        await to_the_end(here)
        await here.until(lambda: "all of it is above" in under(here))
        before = under(here)
        deliver(here.path, "Boletim do Sul", article("Ferry continua", 0, body(2)))
        with Store.open(here.path, clock=lambda: NOW) as store:
            heads = {head.title: head.id for head in store.heads(store.listing(Query(Scope.ALL)).ids)}
            upto, _ = store.unplaced(9, 1)
            first = min(heads[GAZETTE], heads[WIRE])
            store.place([Placed(heads["Ferry continua"], first)], upto)
        await here.until(lambda: here.main.browsing.waiting)
        await here.settle()
        assert "Ferry continua" not in under(here).split("Next unread")[0]
        assert before.split("Next unread")[0] == under(here).split("Next unread")[0]


async def test_what_comes_under_the_article_moves_no_line_of_its_head(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=told, size=(80, 24)) as here:
        await here.press("enter", "j", "j")
        await here.until(lambda: (annex := here.main.reading.annex) is not None and annex.following is not None)
        assert here.main.reader.top == 2


def under(here: Desk) -> str:
    """What stands under the article."""
    sheet = here.main.reader.sheet
    assert sheet is not None
    return "\n".join(sheet.line(number).full for number in range(sheet.text_height, sheet.height))


def head(id_: int, title: str, source: str, *, read: bool) -> ArticleHead:
    return ArticleHead(id_, 1, source, title, None, None, NOW, NOW - 60, 9, read, False, False, False)


@given(
    st.lists(st.tuples(st.text(max_size=40), st.text(max_size=20), st.booleans(), st.text(max_size=90)), max_size=3),
    st.integers(12, 120),
    st.frozensets(st.sampled_from((NOTE, HIGHLIGHTS, STORY, RELATED))),
)
def test_no_line_is_wider_than_the_measure_and_titles_are_links(
    rows: list[tuple[str, str, bool, str]], measure: int, folded: frozenset[str]
) -> None:
    entries = tuple(
        Entry(head(number, title or "Untitled", source, read=read), copy=read, lead=lead)
        for number, (title, source, read, lead) in enumerate(rows)
    )
    first = entries[0].head if entries else None
    lit = tuple(Highlight(number, Place(words=title), NOW) for number, (title, *_) in enumerate(rows))
    annex = Annex(
        99,
        note=rows[0][3] if rows else "",
        highlights=lit,
        story=entries,
        sources=3,
        first=first,
        related=entries,
        talk=Talk("Hacker News", len(rows)) if rows else None,
        following=first,
        unfolded=frozenset(range(9)),
        folded=folded,
        keys={"bookmark_with": "S", "read_on": "space"},
    )
    lines = [under.line for under in annex_lines(annex, NOW, measure)]
    assert all(cell_width(line.full.translate(ISOLATES)) <= measure for line in lines)
    links = {piece.link for line in lines for piece in line.body if piece.link}
    assert all(map(is_own, links))
    shown = {linked_article(link) for link in links} - {None}
    assert shown <= {*range(len(rows))}
    assert not shown or not {STORY, RELATED} <= folded
    assert bool(lines) == bool(rows)


@given(st.lists(st.sampled_from(("of", "harbours", "Upkeep-and-good-order", "港の")), max_size=30), st.integers(30, 90))
def test_a_title_has_two_lines_at_most(words: list[str], measure: int) -> None:
    long = head(1, " ".join(words) or "Untitled", "The Coast Gazette", read=False)
    lines = annex_lines(Annex(99, related=(Entry(long),)), NOW, measure)
    assert sum(any(piece.link == f"{ARTICLE}1" for piece in under.line.body) for under in lines) <= 2


def test_only_the_address_of_an_article_here_is_one() -> None:
    assert linked_article(f"{ARTICLE}12") == 12
    assert [linked_article(other) for other in (ARTICLE, "https://example.org/article:12", "#12", "article:x")] == [
        None
    ] * 4
