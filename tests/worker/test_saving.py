from __future__ import annotations

import errno

import httpx
import pytest

from newsreader.errors import UsageError
from newsreader.feeds.bookmarks import Bookmark
from newsreader.model import Article, Deed, Query, Scope, SourceKind, Subscription
from newsreader.worker.saving import blank, save_bookmarks
from tests.worker.conftest import NOW, Worker, page

STORM = "http://harbour.test/storm"
DATED = '<meta property="article:published_time" content="2026-11-20T08:00:00Z">'


def article(worker: Worker, id_: int) -> Article:
    found = worker.store.article(id_)
    assert found is not None
    return found


async def test_a_saved_page_is_a_bookmarked_article_with_its_text(worker: Worker) -> None:
    worker.web.pages[STORM] = page(head=DATED)
    answer = await worker.service.answer(
        {"request": "save", "address": STORM, "tags": ["storms", "read it"], "note": "For Monday"}
    )
    assert (answer["title"], answer["new"], answer["problem"]) == ("A page", True, None)
    found = article(worker, answer["article"])
    assert (found.head.bookmarked, found.head.full_text, found.head.source_title) == (True, True, "Saved")
    assert (found.head.tags, found.note, found.head.published) == (
        ("read-it", "storms"),
        "For Monday",
        1_795_161_600,
    )
    (source,) = (each for each in worker.store.sources() if each.kind is SourceKind.SAVED)
    assert (source.total, source.unread) == (1, 1)


async def test_the_same_address_twice_is_one_article(worker: Worker) -> None:
    worker.web.pages[STORM] = page()
    first = await worker.service.saving.save(STORM)
    again = await worker.service.saving.save(f"{STORM}?utm_source=x", ["more"])
    assert (again["article"], again["new"], again["problem"]) == (first["article"], False, None)
    assert article(worker, first["article"]).head.tags == ("more",)
    assert worker.web.asked[STORM] == 1


async def test_a_front_page_and_an_address_without_a_scheme_can_be_saved(worker: Worker) -> None:
    worker.web.pages["https://harbour.test/"] = page()
    answer = await worker.service.saving.save("harbour.test")
    assert answer["problem"] is None
    with pytest.raises(UsageError):
        await worker.service.saving.save("javascript:alert(1)")


@pytest.mark.parametrize(
    ("response", "said"),
    [
        (httpx.Response(404), "404"),
        (httpx.Response(200, content=b"%PDF-1.7 ...", headers={"Content-Type": "application/pdf"}), "This is a PDF"),
        (httpx.Response(200, content=b"\x89PNG....", headers={"Content-Type": "image/png"}), "This is a picture"),
        (httpx.ConnectError("refused"), "harbour.test"),
    ],
)
async def test_what_has_no_text_is_kept_with_the_reason_and_tried_again(
    worker: Worker, response: httpx.Response | Exception, said: str
) -> None:
    worker.web.pages[STORM] = response
    answer = await worker.service.saving.save(STORM)
    assert said in answer["problem"]
    found = article(worker, answer["article"])
    assert (found.head.title, found.head.bookmarked) == ("harbour.test/storm", True)
    assert said in (found.full_text_error or "")
    worker.web.pages[STORM] = page()
    worker.time[0] += 2 * 3_600
    await worker.service.articles.fetch_bookmarked()
    assert article(worker, answer["article"]).head.title == "A page"


async def test_without_a_network_it_is_kept_too(worker: Worker) -> None:
    error = httpx.ConnectError("unreachable")
    error.__cause__ = OSError(errno.ENETUNREACH, "Network is unreachable")
    worker.web.pages[STORM] = error
    answer = await worker.service.saving.save(STORM)
    assert answer["problem"]
    assert worker.store.wanting_full_text(5) == (answer["article"],)


async def test_plain_text_is_a_page_too(worker: Worker) -> None:
    text = "\n\n".join(["Paragraph of a plain text, long enough to be one, with <angles> & more. " * 3] * 4)
    worker.web.pages[STORM] = httpx.Response(200, text=text, headers={"Content-Type": "text/plain; charset=utf-8"})
    answer = await worker.service.saving.save(STORM)
    assert answer["problem"] is None
    assert "&lt;angles&gt; &amp; more" in (worker.store.html(answer["article"], full_text=True) or "")


async def test_saving_is_undone_and_done_again(worker: Worker) -> None:
    worker.web.pages[STORM] = page()
    answer = await worker.service.saving.save(STORM)
    saved = Query(Scope.BOOKMARKS)
    with worker.store.acting_for("worker"):
        undone = worker.store.undo()
        assert undone is not None
        assert undone.action == "saved harbour.test/storm"
        assert worker.store.listing(saved).ids == ()
        again = await worker.service.saving.save(STORM)
        assert again["article"] == answer["article"]
        assert worker.store.listing(saved).ids == (answer["article"],)


async def test_what_was_let_go_is_saved_again(worker: Worker) -> None:
    worker.web.pages[STORM] = page()
    first = await worker.service.saving.save(STORM)
    worker.store.bookmark([first["article"]], False)
    assert worker.store.drop_articles([first["article"]]).articles
    again = await worker.service.saving.save(STORM)
    assert again["article"] == first["article"]
    assert article(worker, again["article"]).head.full_text
    (source,) = (each for each in worker.store.sources() if each.kind is SourceKind.SAVED)
    assert source.total == 1


async def test_failures_teach_nothing_of_other_saved_pages(worker: Worker) -> None:
    for number in range(4):
        worker.web.pages[f"{STORM}{number}"] = httpx.Response(403)
        await worker.service.saving.save(f"{STORM}{number}")
    worker.web.pages[STORM] = page()
    answer = await worker.service.saving.save(STORM)
    assert article(worker, answer["article"]).shows_full


async def test_bookmarks_are_saved_read_in_one_action(worker: Worker) -> None:
    marks = [Bookmark(f"{STORM}{number}", f"Storm {number}", NOW - 9_000, ("old",), "N") for number in range(300)]
    assert await save_bookmarks(worker.service.tools, [*marks, Bookmark(f"{STORM}1")]) == (300, 1)
    assert await save_bookmarks(worker.service.tools, marks) == (0, 300)
    (source,) = (each for each in worker.store.sources() if each.kind is SourceKind.SAVED)
    assert (source.total, source.unread) == (300, 0)
    head = worker.store.heads(worker.store.listing(Query(Scope.BOOKMARKS)).ids)[0]
    assert (head.sort_at, head.tags, head.noted, head.read) == (NOW - 9_000, ("old",), True, True)
    with worker.store.acting_for("worker"):
        undone = worker.store.undo()
        assert undone is not None
        assert undone.action == "imported 301 bookmarks"
        assert worker.store.counts().bookmarks == 0


@pytest.mark.parametrize(
    ("brought", "saved", "same"),
    [
        ("http://harbour.test/storm?utm_source=rss", "https://www.harbour.test/storm/", True),
        ("https://harbour.test/a_b%25", "https://harbour.test/a_b%25", True),
        ("https://harbour.test/axb", "https://harbour.test/a_b", False),
        ("https://harbour.test/storm-two", "https://harbour.test/storm", False),
        ("https://harbour.test/", "https://harbour.test/", False),
    ],
)
async def test_a_page_that_a_source_brought_is_that_article(
    worker: Worker, brought: str, saved: str, same: bool
) -> None:
    (source_id,) = worker.store.add_sources([Subscription("https://harbour.test/feed", "Harbour")]).ids
    (state,) = worker.store.fetch_states([source_id])
    change = worker.store.ingest(state, None, [blank(brought, NOW - 9_000, "Storm")])
    worker.web.pages[saved] = page()
    answer = await worker.service.saving.save(saved, ["storms"], "For Monday")
    assert (answer["article"] in change.added) is same
    assert (answer["new"], answer["source"]) == ((False, "Harbour") if same else (True, None))
    assert any(each.kind is SourceKind.SAVED for each in worker.store.sources()) is not same
    found = article(worker, answer["article"])
    assert (found.head.bookmarked, found.head.tags, found.note) == (True, ("storms",), "For Monday")
    bookmarks = [Bookmark(saved), Bookmark("https://harbour.test/other"), Bookmark("https://harbour.test/third")]
    assert await save_bookmarks(worker.service.tools, bookmarks) == (2, 1)
    with worker.store.acting_for("worker"):
        worker.store.undo()
        worker.store.undo()
    assert not article(worker, next(iter(change.added))).head.bookmarked


async def test_a_page_of_a_source_that_was_removed_or_hidden(worker: Worker) -> None:
    ids = worker.store.add_sources([Subscription(f"https://harbour.test/{n}", "Harbour") for n in "ab"]).ids
    hidden, gone = (
        worker.store.ingest(worker.store.fetch_states([id_])[0], None, [blank(f"{STORM}{id_}", NOW - 9_000, "Storm")])
        for id_ in ids
    )
    worker.store.add_rule("storm", Deed.HIDE)
    worker.store.apply_now(worker.store.rules()[0].id)
    worker.store.remove_sources([ids[1]])
    for id_ in ids:
        worker.web.pages[f"{STORM}{id_}"] = page()
    first = await worker.service.saving.save(f"{STORM}{ids[0]}")
    assert first["article"] in hidden.added
    assert worker.store.heads([first["article"]])[0].hidden_by is None
    second = await worker.service.saving.save(f"{STORM}{ids[1]}")
    assert second["article"] not in gone.added


async def test_a_saved_page_stands_at_the_day_it_was_saved_and_keeps_its_own_date(worker: Worker) -> None:
    worker.web.pages[STORM] = page(head='<meta property="article:published_time" content="2019-11-20T08:00:00Z">')
    answer = await worker.service.saving.save(STORM)
    head = article(worker, answer["article"]).head
    assert head.sort_at == NOW
    assert head.published is not None
    assert head.published < NOW - 365 * 86_400
    assert worker.store.listing(Query(Scope.TODAY)).ids == (answer["article"],)
