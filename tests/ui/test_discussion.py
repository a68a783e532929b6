"""Comments in the reader pane: at once from the library, fetched behind, walked through, folded, and left again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from newsreader.errors import NewsreaderError
from newsreader.model import Query, Scope
from newsreader.store import Store
from newsreader.ui.discussion_sheet import ThreadSheet
from newsreader.ui.keys import Where
from tests.fakes import FakeWorker
from tests.ui.desk import Desk, desk
from tests.ui.talk import SMALL, URL, comment, discussion, many
from tests.ui.world import DAY, HOUR, MINUTE, NOW, article, body, fill

if TYPE_CHECKING:
    from pathlib import Path

    from newsreader.model.talk import Comment, Discussion

GAZETTE, WIRE = "Harbour town keeps its ferry", "Ferry to sail on"


def two(store: Store) -> dict[str, int]:
    """Two articles, without a word about them."""
    return fill(
        store,
        {
            "The Coast Gazette": (article(GAZETTE, HOUR, body(30), "Ines Almada"),),
            "Northern Wire": (article(WIRE, 3 * HOUR, body(6)),),
        },
    )


def save(path: Path, said: Discussion) -> None:
    with Store.open(path, clock=lambda: NOW) as store:
        store.save_discussion(said, ["<p>…</p>"] * len(said.comments))


def id_of(store: Store, title: str = GAZETTE) -> int:
    return next(head.id for head in store.heads(store.listing(Query(Scope.ALL)).ids) if head.title == title)


def talked_about(store: Store, comments: tuple[Comment, ...] = SMALL, **more: Any) -> dict[str, int]:
    """The same, and what people say of the first."""
    ids = two(store)
    store.save_discussion(discussion(id_of(store), comments, **more), ["<p>…</p>"] * len(comments))
    return ids


def thread(here: Desk) -> ThreadSheet:
    sheet = here.main.reader.sheet
    assert isinstance(sheet, ThreadSheet)
    return sheet


def chosen(here: Desk) -> str:
    said = thread(here).comment
    assert said is not None
    return said.key


def below_top(here: Desk) -> int:
    """How far down the pane the chosen comment begins."""
    return thread(here).comment_lines(thread(here).chosen).start - here.main.reader.top


def at_comments(here: Desk) -> bool:
    return here.main.where is Where.DISCUSSION


async def test_comments_come_from_the_library_at_once_and_escape_goes_back_to_the_very_line(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=talked_about, size=(80, 24)) as here:
        await here.press("enter", *"20", "j")
        top = here.main.reader.top
        await here.press("c")
        assert "Comments · 7 on Hacker News · 1 minute ago" in here.text
        assert "│ Ines Almada · author · 50 minutes ago" in here.text
        assert "comment 1 of 7" in here.text
        assert "n/p thread" in here.text
        assert here.worker.asked("comments") == []  # a minute old: nothing is asked
        await here.press("escape")
        assert (here.title, here.main.reader.top) == (GAZETTE, top)
        assert "The council of Port Varrel" not in here.text
        assert not here.main.reader.in_discussion
        await here.until(lambda: "n next unread" in here.text)


async def test_the_head_of_an_article_and_its_row_say_how_many_comments_there_are(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=talked_about, size=(200, 40)) as here:
        await here.press("enter")
        assert "6 min · 7 comments" in here.text
        assert here.text.count("7 comments") == 2


@pytest.mark.parametrize("key", ["h", "q", "c", "left"])
async def test_further_keys_lead_back_to_the_article(tmp_path: Path, key: str) -> None:
    async with desk(tmp_path, prepare=talked_about) as here:
        await here.press("c")
        assert here.at(Where.READER)
        assert here.main.reader.in_discussion
        await here.press(key)
        assert here.at(Where.READER)
        assert not here.main.reader.in_discussion


async def test_what_is_old_is_shown_while_it_is_fetched_and_what_is_new_has_a_sign(tmp_path: Path) -> None:
    worker = FakeWorker()
    path = tmp_path / "library.db"

    async def fetched(article: int) -> dict[str, Any]:
        assert "fetching…" in here.text
        assert "3 days ago" in here.text
        worker.on_event({"event": "comments", "article": article + 1, "host": "elsewhere.test"})
        worker.on_event({"event": "comments", "article": article, "host": "hn.algolia.com"})
        await here.until(lambda: "3 days ago · asking hn.algolia.com…" in here.text)
        more = (*SMALL[:2], comment("new", 1, "Just now."), *SMALL[2:])
        save(path, discussion(article, more, age=0))
        return {"found": True}

    worker.answers["comments"] = fetched
    async with desk(tmp_path, prepare=lambda store: talked_about(store, age=3 * DAY), worker=worker) as here:
        await here.press("c")
        await here.until(lambda: "Comments · 8 on Hacker News · now" in here.text)
        assert "1 new" in here.text
        assert "● reader-new" in here.text
        assert "asking" not in here.text


async def test_what_another_window_fetched_of_them_is_shown(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=talked_about, size=(90, 20)) as here:
        await here.press("c", "2", "}")
        before = below_top(here)
        save(here.path, discussion(here.head(GAZETTE).id, (comment("new", 0, "I say. " * 200, age=0), *SMALL), age=0))
        await here.until(lambda: "comment 4 of 8" in here.text)
        assert (chosen(here), below_top(here)) == ("c", before)


async def test_one_walks_by_comment_level_thread_and_parent(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=talked_about) as here:
        await here.press("c")
        walk = []
        for keys in ("}", "}", ")", ")", "n", "p", "2n", "{", "p", "2}", "2P", "P", "p", "{"):
            await here.press(*keys)
            walk.append(chosen(here))
        assert walk == ["b", "c", "d", "e", "g", "e", "g", "f", "e", "g", "g", "g", "e", "d"]


async def test_a_comment_is_folded_into_a_line_and_unfolded(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=talked_about) as here:
        await here.press("c", "enter")
        assert "▸ Marta K. · 1 hour ago · 3 answers · 12 points" in here.text
        assert "2019 survey" not in here.text
        await here.press("}")
        assert chosen(here) == "e"
        await here.press("{", "l")
        assert "2019 survey" in here.text
        await here.press("Z", "m")
        assert "2019 survey" in here.text
        assert "They are; the article says so" not in here.text
        assert "▸ Tomas · 2 hours ago · 1 answer" in here.text
        await here.press("Z", "r")
        assert "They are; the article says so" in here.text


async def test_folding_away_what_is_chosen_chooses_what_it_is_folded_under(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=talked_about) as here:
        await here.press("c", "2", "}")
        assert chosen(here) == "c"
        await here.press("Z", "m")
        assert chosen(here) == "a"


async def test_the_address_of_a_comment_is_copied_and_its_links_have_letters(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=talked_about) as here:
        await here.press("c", "}", "y")
        assert here.app.clipboard == f"{URL}#b"
        await here.press("f", "A")
        assert here.app.clipboard == "https://survey.test/2019"


async def test_words_are_found_and_walked_through_in_comments_too(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=talked_about) as here:
        await here.press("c", "/", *"survey", "enter")
        await here.until(lambda: "1 of 3" in here.text)
        await here.press("n")
        assert "2 of 3" in here.text
        await here.press("}")
        assert chosen(here) == "b"
        await here.press("escape")
        assert here.main.reader.in_discussion
        await here.press("n")
        assert chosen(here) == "e"


async def test_a_click_chooses_and_one_on_the_first_line_folds(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=talked_about) as here:
        await here.press("c")
        reader = here.main.reader
        line = thread(here).comment_lines(4).start
        await here.pilot.click(reader, offset=(reader.left + 2, line + 1))
        await here.settle()
        assert chosen(here) == "e"
        assert "It was late twice." in here.text
        await here.pilot.click(reader, offset=(reader.left + 2, line))
        await here.until(lambda: "It was late twice." not in here.text)


async def test_no_comments_yet_is_said_with_the_address(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=lambda store: talked_about(store, ())) as here:
        await here.press("c")
        assert "No comments yet. o opens it in the browser." in here.text
        assert "news.ycombinator.com/item?id=4711" in here.text
        assert "esc the article   r fetch anew   o browser" in here.text
        assert "n/p thread" not in here.text
        await here.press("}", "enter")
        assert "There is no comment here." in here.text
        await here.press("y")
        assert here.app.clipboard == URL


async def test_a_site_that_cannot_be_read_is_named_with_its_address(tmp_path: Path) -> None:
    failed = "This site cannot be read here."
    async with desk(tmp_path, prepare=lambda store: talked_about(store, (), failure=failed)) as here:
        await here.press("c")
        assert f"{failed} o opens it in the browser." in here.text
        assert "news.ycombinator.com/item?id=4711" in here.text


async def test_where_no_comments_are_known_the_reason_is_said_and_the_browser_opens_the_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker, opened = FakeWorker(), []
    monkeypatch.setattr("newsreader.ui.perusing.open_link", lambda url, browser: opened.append(url))

    async def answer(article: int, **_: Any) -> dict[str, Any]:
        return {"found": False, "search": None, "failure": "Nothing answers at harbour.test."}

    worker.answers["comments"] = answer
    async with desk(tmp_path, prepare=two, worker=worker) as here:
        await here.press("c")
        await here.until(lambda: "Its page could not be looked through: Nothing answers at harbour.test." in here.text)
        await here.press("H")
        assert "There is nobody to ask about this article" in here.main.foot.plain
        await here.press("o")
        await here.until(lambda: opened == [here.head(GAZETTE).url])


async def test_nothing_is_told_to_anybody_before_the_person_says_so(tmp_path: Path) -> None:
    worker = FakeWorker()
    path = tmp_path / "library.db"

    async def answer(article: int, *, search: bool = False) -> dict[str, Any]:
        if search:
            save(path, discussion(article, age=0))
        return {"found": search, "search": None if search else "hn.algolia.com"}

    worker.answers["comments"] = answer
    async with desk(tmp_path, prepare=two, worker=worker) as here:
        await here.press("c")
        await here.until(lambda: "people talk about this article. H asks Hacker" in here.text)
        assert "hn.algolia.com" in here.text
        assert [set(each) for each in worker.asked("comments")] == [{"article"}]
        await here.press("H")
        await here.until(lambda: "Comments · 7 on Hacker News" in here.text)
        await here.press("H")
        assert worker.asked("comments")[1:] == [{"article": worker.asked("comments")[0]["article"], "search": True}]


async def test_what_cannot_be_fetched_leaves_what_is_here(tmp_path: Path) -> None:
    worker = FakeWorker()

    async def refuse(**_: Any) -> dict[str, Any]:
        raise NewsreaderError("Hacker News answered 429: it asks to wait 4 minutes.")

    worker.answers["comments"] = refuse
    async with desk(tmp_path, prepare=lambda store: talked_about(store, age=3 * DAY), worker=worker) as here:
        await here.press("c")
        await here.until(lambda: "Not fetched anew: Hacker News answered 429" in here.text)
        assert "Comments · 7 on Hacker News · 3 days ago" in here.text
        assert "Marta K." in here.text
        await here.press("r")
        await here.until(lambda: len(worker.asked("comments")) == 2)
        assert worker.asked("comments")[1]["afresh"] is True


async def test_the_next_article_is_an_article_again_and_its_comments_are_its_own(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=talked_about) as here:
        await here.press("c", "J")
        assert here.title == WIRE
        assert not here.main.reader.in_discussion
        await here.press("}", "c")
        await here.until(lambda: "Nothing tells where" in here.text)
        assert "Marta K." not in here.text
        await here.press("K")
        assert "Marta K." not in here.text


async def test_fetching_anew_says_what_came_and_leaves_the_comment_under_the_eye_where_it_is(tmp_path: Path) -> None:
    worker = FakeWorker()
    path = tmp_path / "library.db"

    async def answer(article: int, **_: Any) -> dict[str, Any]:
        more = (comment("new", 0, "I say. " * 200, age=0), *SMALL)
        save(path, discussion(article, more, age=0))
        return {"found": True}

    worker.answers["comments"] = answer
    async with desk(tmp_path, prepare=talked_about, worker=worker, size=(90, 20)) as here:
        await here.press("c", "2", "}")
        assert chosen(here) == "c"
        before = below_top(here)
        await here.press("r")
        await here.until(lambda: "1 new comment." in here.text)
        assert (chosen(here), below_top(here)) == ("c", before)
        assert here.main.reader.top > 20


async def test_where_the_chosen_comment_is_gone_one_in_sight_is_chosen(tmp_path: Path) -> None:
    worker = FakeWorker()
    path = tmp_path / "library.db"

    async def answer(article: int, **_: Any) -> dict[str, Any]:
        save(path, discussion(article, SMALL[:-1], age=0))
        return {"found": True}

    worker.answers["comments"] = answer
    async with desk(tmp_path, prepare=talked_about, worker=worker, size=(90, 16)) as here:
        await here.press("c", "2", "n")
        assert chosen(here) == "g"
        await here.press("r")
        await here.until(lambda: "No new comments." in here.text)
        sheet = thread(here)
        assert sheet.comment_lines(sheet.chosen).start in range(here.main.reader.top, here.main.reader.top + 16)


async def test_what_an_article_comes_to_is_said_beside_the_article(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=talked_about) as here:
        await here.press("c", "i")
        assert at_comments(here)
        await here.press("s")
        await here.until(lambda: here.main.has_aside and not here.main.reader.in_discussion)
        await here.press("c")
        assert at_comments(here)


def linked(store: Store) -> dict[str, int]:
    """An article that says where it is talked about, and what is said there."""
    write = article(GAZETTE, HOUR, body(30))._replace(comments_url=URL, comments_count=14)
    ids = fill(store, {"The Coast Gazette": (write,)})
    store.save_discussion(discussion(id_of(store)), ["<p>…</p>"] * len(SMALL))
    return ids


async def test_the_line_under_an_article_leads_to_its_comments_and_escape_back_to_it(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=linked, size=(100, 20)) as here:
        await here.press("enter")
        await here.until(lambda: here.main.reading.annex is not None)
        await here.press("G")
        await here.until(lambda: "Comments · 7 on" in here.text)
        top = here.main.reader.top
        await here.press("tab", "enter")
        await here.until(lambda: at_comments(here))
        await here.press("n", "n", "escape")
        assert here.main.where is Where.READER
        assert here.main.reader.top == top
        assert "Comments · 7 on" in here.text
        line = next(line for line in here.text.split("\n") if "c to read" in line)
        await here.pilot.click(offset=(line.index("to read"), here.text.split("\n").index(line)))
        await here.until(lambda: at_comments(here))


@pytest.mark.parametrize("version", [0, 1], ids=["from a backup", "of a former builder"])
async def test_texts_are_built_anew_before_they_are_shown(tmp_path: Path, version: int) -> None:
    worker = FakeWorker()
    path = tmp_path / "library.db"

    async def answer(article: int) -> dict[str, Any]:
        assert "Setting the comments…" in here.text
        save(path, discussion(article))
        return {"found": True}

    worker.answers["comments"] = answer
    async with desk(tmp_path, prepare=lambda store: talked_about(store, version=version), worker=worker) as here:
        await here.press("c")
        await here.until(lambda: "Marta K." in here.text)
        assert "Setting" not in here.text


async def test_who_comes_back_to_comments_finds_them_as_they_were_left(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=lambda store: talked_about(store, many(60)), size=(90, 20)) as here:
        await here.press("c", "enter", "5", "n", "2", "j")
        before = (chosen(here), here.main.reader.top)
        assert before[1] > 20
        await here.press("c", "c")
        assert (chosen(here), here.main.reader.top) == before
        await here.press("g", "g")
        assert "▸ reader-0" in here.text


async def test_keys_of_comments_say_so_where_none_are_shown(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=two) as here:
        here.main.perform("next_comment")
        await here.settle()
        assert "No comments are shown here. c shows those of an article." in here.text


async def test_a_great_discussion_opens_with_what_is_in_sight_and_keeps_the_comment_at_another_width(
    tmp_path: Path,
) -> None:
    comments = many(3_000)
    async with desk(tmp_path, prepare=lambda store: talked_about(store, comments), size=(100, 30)) as here:
        await here.press("enter", "c")
        assert thread(here).talk.laid_comments < 120
        await here.press(*"40", "n")
        before = chosen(here)
        at = here.main.reader.top
        assert thread(here).comment_at(at) == thread(here).chosen
        await here.pilot.resize_terminal(70, 30)
        await here.settle()
        assert chosen(here) == before
        assert thread(here).comment_at(here.main.reader.top) == thread(here).chosen


async def test_a_great_discussion_is_looked_through_a_part_at_a_time(tmp_path: Path) -> None:
    async with desk(tmp_path, prepare=lambda store: talked_about(store, many(1_000))) as here:
        await here.press("c")
        reader = here.main.reader
        reader.lay_all()
        reader.begin_find()
        reader.find("it goes on")
        assert reader.foot_words().startswith("1 of ")
        assert reader.foot_words().endswith("+")
        await here.until(lambda: not reader.foot_words().endswith("+"))
        assert reader.foot_words() == f"1 of {sum(number % 9 + 1 for number in range(1_000)):,}"


@pytest.mark.parametrize("minutes", [1, 30])
async def test_ages_are_told_anew_each_minute(tmp_path: Path, minutes: int) -> None:
    async with desk(tmp_path, prepare=talked_about) as here:
        await here.press("c")
        here.main.reader.set_now(NOW + minutes * MINUTE)
        await here.settle()
        assert f"reader-g · {20 + minutes} minutes ago" in here.text
        assert f"Hacker News · {1 + minutes} minutes ago" in here.text
