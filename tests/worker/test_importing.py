from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.bounds import MAX_LINE
from newsreader.errors import ParseError, UsageError
from newsreader.feeds import opml
from newsreader.feeds.gathering import same_address
from newsreader.model import Counts, FullTextMode, KeptQuery, Query, Scope, SourceSettings, Subscription
from newsreader.store import Store
from newsreader.store.backup import write_backup
from newsreader.store.settings import read_settings
from newsreader.worker.adopting import adopt
from newsreader.worker.newsboat_files import NewsboatFiles, find_newsboat
from newsreader.worker.protocol import encode
from tests.worker.conftest import NOW, Worker
from tests.worker.newsboat_feeds import FEEDS
from tests.worker.newsboat_home import address, make_cache, make_home

FEED = "https://harbour.test/feed.xml"
WORDS = st.text("ab/ ,%~&<ü\n\x07", max_size=6)
PATHS = st.text("ab/,%~&?<ü", max_size=6)
SUBSCRIPTIONS = st.lists(
    st.builds(
        Subscription,
        url=st.builds("{}://{}.test/{}".format, st.sampled_from(["http", "https"]), st.sampled_from("abcdef"), PATHS),
        title=WORDS | st.just("https://name:secret@a.test/"),
        folder=st.none() | WORDS | st.lists(WORDS, max_size=12).map(" / ".join),
        link=st.none() | st.sampled_from(["https://a.test/", "a.test", "mailto:a@b.test", "feed:https://a.test/"]),
        tags=st.lists(WORDS, max_size=3).map(tuple),
        full_text_mode=st.sampled_from(FullTextMode),
        interval=st.none() | st.integers(900, 2_592_000),
        settings=st.lists(
            st.sampled_from(
                [
                    ("user-agent", "Moth/1"),
                    ("headers", "A: env:B\nC: Bearer file:D"),
                    ("headers", "A: swordfish"),
                    ("auth", "ada command:x 'y z' & <"),
                    ("auth", "ada swordfish"),
                    ("proxy", "none"),
                    ("proxy", "socks5://ada:swordfish@p.test:1"),
                    ("keep", "90d 500 unread"),
                ]
            ),
            unique_by=lambda pair: pair[0],
        ).map(tuple),
    ),
    max_size=8,
    unique_by=lambda each: same_address(each.url),
)


def states(worker: Worker) -> dict[tuple[str, str], tuple[bool, bool]]:
    """Read and bookmarked of every article that came from newsboat's feeds, by source and title."""
    heads = worker.store.heads(worker.store.listing(Query()).ids)
    shown = [head for head in heads if head.source_title in FEEDS]
    found = {(head.source_title, head.title): (head.read, head.bookmarked) for head in shown}
    assert len(found) == len(shown), "an article is there twice"
    return found


def cached(path: Path) -> dict[tuple[str, str], tuple[bool, bool]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT feedurl, title, unread, flags FROM rss_item WHERE deleted = 0").fetchall()
    return {
        (url.rpartition("/")[2], " ".join(title.split())): (not unread, bool(flags))
        for url, title, unread, flags in rows
    }


class TestLists:
    async def test_an_opml_file_is_imported_without_fetching(self, worker: Worker, tmp_path: Path) -> None:
        worker.add(FEED)
        file = tmp_path / "mine.opml"
        new = Subscription("https://b.test/", "B", "Coast / North", None, ("x",), FullTextMode.FULL, 7_200)
        file.write_bytes(opml.write([Subscription(FEED), new], title=""))
        assert await worker.service.answer({"request": "import", "path": str(file)}) == {
            "added": 1, "known": 1, "queries": 0, "smart": 0, "rules": 0, "articles": 0, "read": 0, "bookmarked": 0,
            "saved": 0, "again": 0, "problems": [],
        }  # fmt: skip
        assert worker.store.subscriptions()[1] == new
        assert not worker.web.asked

    async def test_what_is_exported_and_imported_gives_the_same_bytes(self, worker: Worker, tmp_path: Path) -> None:
        first = make_home(tmp_path / "newsboat")
        await worker.service.importing.take([str(first / "urls")])
        written = opml.write(worker.store.subscriptions(), title="x")
        worker.store.remove_sources([source.id for source in worker.store.sources()])
        (tmp_path / "x.opml").write_bytes(written)
        again = await worker.service.importing.take([str(tmp_path / "x.opml")])
        assert (again.added, again.known) == (len(FEEDS), 0)  # what was removed comes back
        assert opml.write(worker.store.subscriptions(), title="x") == written

    async def test_another_spelling_of_an_address_is_known(self, worker: Worker) -> None:
        worker.add(FEED)
        imported = await worker.service.importing.take_bytes(b"http://HARBOUR.test:80/feed.xml\nhttps://b.test/\n")
        assert (imported.added, imported.known) == (1, 1)

    async def test_an_export_is_known_though_it_has_no_passwords(self, worker: Worker) -> None:
        worker.add("https://ada:hunter2@a.test/feed")
        data = opml.write(worker.store.subscriptions(), title="")
        imported = await worker.service.importing.take_bytes(data)
        assert (imported.added, imported.known) == (0, 1)

    async def test_only_ones_own_file_sets_what_could_give_secrets_away(self, worker: Worker) -> None:
        reaching = (("headers", "X-Token: env:TOKEN"), ("auth", "ada file:~/secret"), ("proxy", "http://evil.test:1"))
        theirs = Subscription(FEED, "Theirs", settings=(("user-agent", "Moth/1"), *reaching, ("keep", "1d unread")))
        data = opml.write([theirs, Subscription("https://b.test/", settings=(("user-agent", "ü"),))], title="")
        imported = await worker.service.importing.take_bytes(data)
        (state, _) = worker.store.fetch_states()
        assert state.settings == SourceSettings(user_agent="Moth/1")
        (unfit, left_out) = imported.problems
        assert unfit.startswith("https://b.test/: A user agent may hold")
        assert "Theirs" in left_out
        assert "newsreader import --own FILE" in left_out
        again = await worker.service.importing.take_bytes(data, own=True)
        assert (again.added, again.known) == (0, 2)
        (state, _) = worker.store.fetch_states()
        assert (state.settings.user, state.settings.secret) == ("ada", "file:~/secret")
        assert state.settings.headers == (("X-Token", "env:TOKEN"),)
        assert state.settings.keep == "1d unread"
        undone = worker.store.undo()
        assert undone is not None
        assert worker.store.fetch_states()[0].settings == SourceSettings(user_agent="Moth/1")

    async def test_what_a_person_set_is_not_changed_by_their_own_file(self, worker: Worker) -> None:
        (id_,) = worker.add(FEED)
        worker.store.set_source(id_, settings=SourceSettings(user_agent="Mine"))
        data = opml.write([Subscription(FEED, settings=(("user-agent", "Theirs"),))], title="")
        await worker.service.importing.take_bytes(data, own=True)
        assert worker.store.fetch_states()[0].settings.user_agent == "Mine"

    async def test_a_list_that_is_cut_off_says_so_first(self, worker: Worker, tmp_path: Path) -> None:
        data = opml.write([Subscription(f"https://{letter}.test/", letter) for letter in "abc"], title="")
        (tmp_path / "half.opml").write_bytes(data[: data.index(b"c.test")])
        answer = await worker.service.answer({"request": "import", "path": str(tmp_path / "half.opml")})
        assert answer["added"] == 2
        assert answer["problems"][0].startswith("The list is cut off after “b”: 2 sources were read")
        assert answer["problems"][1].startswith("c: ")

    async def test_an_answer_holds_as_many_problems_as_a_line_can(self, worker: Worker, tmp_path: Path) -> None:
        rows = b"".join(b"exec:~/script-%d-%s\n" % (number, b"x" * 60) for number in range(2_000))
        (tmp_path / "urls").write_bytes(rows)
        answer = await worker.service.answer({"request": "import", "path": str(tmp_path / "urls")})
        assert len(encode(answer)) < MAX_LINE
        *listed, rest = answer["problems"]
        assert rest == f"{2_000 - len(listed):,} more, which newsreader import lists on the command line."

    async def test_queries_are_kept_once(self, worker: Worker) -> None:
        line = b'"query:Long:guid =~ \\"x\\""\nhttps://b.test/\n'
        imported = await worker.service.importing.take_bytes(line)
        assert (imported.queries, imported.smart) == (1, 0)
        assert "“Long” of newsboat is kept as it is" in imported.problems[-1]
        assert "identifiers" in imported.problems[-1]
        assert (await worker.service.importing.take_bytes(line)).queries == 0
        assert worker.store.kept_queries() == (KeptQuery("Long", 'guid =~ "x"', "newsboat"),)

    async def test_queries_with_an_equal_become_smart_sources_once(self, worker: Worker) -> None:
        lines = b'"query:Unread:unread = \\"yes\\""\n"query:Ferry:title =~ \\"ferry|boat\\""\nhttps://b.test/\n'
        imported = await worker.service.importing.take_bytes(lines)
        assert (imported.queries, imported.smart) == (0, 2)
        saved = {each.title: each.query for each in worker.store.saved_searches()}
        assert saved["Unread"] == "is:unread"
        assert "title:ferry" in saved["Ferry"]
        assert worker.store.kept_queries() == ()
        again = await worker.service.importing.take_bytes(lines)
        assert (again.queries, again.smart) == (0, 0)
        assert len(worker.store.saved_searches()) == 2

    async def test_what_was_kept_before_it_could_be_said_is_taken_up(self, worker: Worker) -> None:
        kept = [KeptQuery("New", 'unread = "yes"', "newsboat"), KeptQuery("Odd", 'guid = "x"', "newsboat")]
        worker.store.keep_queries(kept)
        adopted = adopt(worker.store)
        assert adopted.new == 1
        assert len(adopted.problems) == 1
        assert worker.store.kept_queries() == tuple(kept[1:])
        assert adopt(worker.store).new == 0

    async def test_an_import_can_be_undone(self, worker: Worker) -> None:
        await worker.service.importing.take_bytes(b"https://a.test/\nhttps://b.test/\n")
        undone = worker.store.undo()
        assert undone is not None
        assert undone.action == "added 2 sources"
        assert not worker.store.subscriptions()

    async def test_what_cannot_be_imported_is_said(self, worker: Worker, tmp_path: Path) -> None:
        take = worker.service.importing.take
        with pytest.raises(UsageError, match="cannot be read"):
            await take([str(tmp_path / "none.opml")])
        with pytest.raises(UsageError, match="folder"):
            await take([str(tmp_path)])
        with pytest.raises(UsageError, match="is an address, and import takes files") as mistake:
            await take(["https://ada:hunter2@a.test/list.opml"])
        assert "hunter2" not in mistake.value.phrase
        (tmp_path / "words").write_bytes(b"no markup at all")
        with pytest.raises(ParseError, match="no list of feeds"):
            await take([str(tmp_path / "words")])
        with pytest.raises(UsageError, match="standard input"):
            await worker.service.importing.take_bytes(b"SQLite format 3\0rest")
        assert not worker.store.subscriptions()

    async def test_one_bad_file_costs_the_others_nothing(self, worker: Worker, tmp_path: Path) -> None:
        (tmp_path / "bad").write_bytes(b"no markup at all")
        (tmp_path / "good").write_bytes(b"https://a.test/\n")
        imported = await worker.service.importing.take([str(tmp_path / "bad"), str(tmp_path / "good")])
        assert imported.added == 1
        assert "no list of feeds" in imported.problems[0]


@pytest.mark.slow
@settings(max_examples=20)
@given(SUBSCRIPTIONS)
def test_any_library_survives_the_way_through_a_file(subscriptions: list[Subscription]) -> None:
    written: list[bytes] = []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "library.db") as store:
            store.add_sources(subscriptions)
            written.append(opml.write(store.subscriptions(), title="mine"))
            assert b"swordfish" not in written[-1]
            set_here = {state.url: state.settings for state in store.fetch_states()}
            given = {each.url: read_settings(each.settings)[0] for each in subscriptions}
            assert all(
                (one.user_agent, one.user, one.secret) == (given[url].user_agent, given[url].user, given[url].secret)
                for url, one in set_here.items()
            )
        subscriptions = list(opml.read(written[-1]).subscriptions)
    assert written[0] == written[1]


class TestConfig:
    async def test_what_newsboat_ignores_is_offered_as_rules_that_pause(self, worker: Worker, tmp_path: Path) -> None:
        home = make_home(tmp_path / "newsboat")
        (home / "config").write_text(
            'ignore-article "*" "title =~ \\"cricket\\""\nignore-article "*" "guid = \\"1\\""\n', encoding="utf-8"
        )
        imported = await worker.service.importing.take([str(home)])
        assert (imported.added, imported.rules) == (14, 1)
        assert any("became 1 rule that hides, pausing" in problem for problem in imported.problems)
        assert any("identifiers of articles" in problem for problem in imported.problems)
        (rule,) = worker.store.rules()
        assert (rule.query, rule.does, rule.paused) == ("title:cricket*", "hide", True)
        assert (await worker.service.importing.take([str(home / "config")])).rules == 0
        worker.store.pause_rules([rule.id], False)
        assert (await worker.service.importing.take([str(home / "config")])).rules == 0
        worker.store.remove_rules([rule.id])
        assert (await worker.service.importing.take([str(home / "config")])).rules == 1

    async def test_a_folder_needs_more_than_a_config(self, worker: Worker, tmp_path: Path) -> None:
        (tmp_path / "config").write_text("auto-reload yes")
        with pytest.raises(UsageError, match=r"neither urls nor cache\.db"):
            await worker.service.importing.take([str(tmp_path)])


class TestCache:
    @pytest.mark.parametrize("schema", ["2.10", "2.11", "2.22", "2.33"])
    async def test_articles_and_their_state_are_taken_over(self, worker: Worker, tmp_path: Path, schema: str) -> None:
        home = make_home(tmp_path / "newsboat", schema)
        imported = await worker.service.importing.take([str(home)])
        assert (imported.added, imported.queries, imported.articles, imported.bookmarked) == (14, 0, 41, 1)
        assert imported.smart == 1
        assert states(worker) == cached(home / "cache.db")
        assert any("runs a program" in problem for problem in imported.problems)
        assert worker.of("import")[-1]["done"] == worker.of("import")[-1]["total"] == 42

    async def test_the_first_refresh_doubles_nothing_and_keeps_the_state(self, worker: Worker, tmp_path: Path) -> None:
        home = make_home(tmp_path / "newsboat")
        await worker.service.importing.take([str(home)])
        before = states(worker)
        worker.web.pages |= {address(name): body.encode() for name, body in FEEDS.items()}
        outcome = await worker.service.refresh(everything=True)
        assert (outcome.total, outcome.failed, outcome.added) == (len(FEEDS), 0, 0)
        after = states(worker)
        deleted = {key: after.pop(key) for key in set(after) - set(before)}
        assert after == before
        assert list(deleted.values()) == [(True, False)]  # newsboat had deleted it: it does not come back as unread

    async def test_importing_again_changes_nothing(self, worker: Worker, tmp_path: Path) -> None:
        home = make_home(tmp_path / "newsboat")
        await worker.service.importing.take([str(home)])
        before = states(worker)
        again = await worker.service.importing.take([str(home)])
        assert (again.added, again.known, again.articles, again.read, again.bookmarked) == (0, 14, 0, 0, 0)
        assert states(worker) == before

    async def test_articles_that_are_here_keep_their_text_and_can_be_put_back(
        self, worker: Worker, tmp_path: Path
    ) -> None:
        worker.web.pages[address("guid.xml")] = FEEDS["guid.xml"].replace("The whole", "The newer whole").encode()
        await worker.service.subscribing.add(address("guid.xml"))
        imported = await worker.service.importing.take([str(make_cache(tmp_path / "cache.db"))])
        assert (imported.articles, imported.read, imported.bookmarked) == (0, 1, 1)
        unread = worker.store.listing(Query(Scope.UNREAD)).ids
        assert len(unread) == 2
        undone = worker.store.undo()
        assert undone is not None
        assert undone.action == "took over the state of 2 articles of “A feed” from newsboat"
        assert len(worker.store.listing(Query(Scope.UNREAD)).ids) == 3

    async def test_undone_nothing_of_an_import_stays(self, worker: Worker, tmp_path: Path) -> None:
        imported = await worker.service.importing.take([str(make_home(tmp_path / "newsboat"))])
        assert imported.bookmarked
        undone = [worker.store.undo(), worker.store.undo()]
        assert [each.action for each in undone if each] == [
            "took over the state of “With guid 0” from newsboat",
            f"added {imported.added} sources and added the smart source “Unread”",
        ]
        assert worker.store.counts() == Counts(0, 0, 0, 0)
        again = await worker.service.importing.take([str(tmp_path / "newsboat")])
        assert again.bookmarked == imported.bookmarked

    async def test_feeds_that_are_no_sources_are_listed(self, worker: Worker, tmp_path: Path) -> None:
        worker.add(address("guid.xml"))
        imported = await worker.service.importing.take([str(make_cache(tmp_path / "cache.db"))])
        assert imported.articles == 3
        assert "13 feeds that are not among your sources" in imported.problems[0]

    async def test_neither_the_cache_nor_its_folder_is_changed(self, worker: Worker, tmp_path: Path) -> None:
        home = make_home(tmp_path / "newsboat")

        def look() -> list[tuple[str, int, bytes]]:
            files = [home, *sorted(home.iterdir())]
            return [
                (file.name, file.stat().st_mtime_ns, sha256(file.read_bytes()).digest() if file.is_file() else b"")
                for file in files
            ]

        before = look()
        await worker.service.importing.take([str(home)])
        assert look() == before

    async def test_damage_in_a_cache_costs_the_feeds_it_is_in_and_is_said(self, worker: Worker, tmp_path: Path) -> None:
        home = make_home(tmp_path / "newsboat")
        data = bytearray((home / "cache.db").read_bytes())
        pages = [
            at for at in range(4096, len(data), 4096) if data[at] == 13 and b"The whole of 2." in data[at : at + 4096]
        ]
        (page,) = pages  # a leaf of the table of articles
        data[page] = 0xFF
        (home / "cache.db").write_bytes(data)
        imported = await worker.service.importing.take([str(home / "urls"), str(home / "cache.db")])
        assert 0 < imported.articles < 41
        (said,) = [problem for problem in imported.problems if "is damaged" in problem]
        assert "A feed" in said
        assert worker.store.undo() is not None  # what was marked can be put back

    async def test_another_database_is_said_to_be_none(self, worker: Worker, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
            connection.execute("CREATE TABLE moz_places (id)")
        with pytest.raises(ParseError, match="not newsboat's cache"):
            await worker.service.importing.take([str(tmp_path / "other.db")])
        (tmp_path / "broken.db").write_bytes((tmp_path / "other.db").read_bytes()[:900])
        with pytest.raises(ParseError, match="damaged"):
            await worker.service.importing.take([str(tmp_path / "broken.db")])


class TestWhereNewsboatIs:
    def test_nothing_is_there(self, tmp_path: Path) -> None:
        assert find_newsboat({"HOME": str(tmp_path)}) == NewsboatFiles()
        assert find_newsboat({}) == NewsboatFiles()

    def test_in_the_home_folder(self, tmp_path: Path) -> None:
        home = make_home(tmp_path / ".newsboat")
        assert find_newsboat({"HOME": str(tmp_path)}) == NewsboatFiles(home / "urls", home / "cache.db")

    def test_in_the_xdg_folders_once_the_config_folder_is_there(self, tmp_path: Path) -> None:
        make_home(tmp_path / ".newsboat")
        config, data = tmp_path / ".config" / "newsboat", tmp_path / "data" / "newsboat"
        data.mkdir(parents=True)
        make_cache(data / "cache.db")
        environment = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": "relative"}
        assert find_newsboat(environment).urls == tmp_path / ".newsboat" / "urls"
        config.mkdir(parents=True)
        assert find_newsboat(environment) == NewsboatFiles(None, data / "cache.db")
        (config / "config").write_text('# mine\ncache-file "~/elsewhere.db"\n')
        (config / "urls").write_text("https://a.test/\n")
        make_cache(tmp_path / "elsewhere.db")
        assert find_newsboat(environment) == NewsboatFiles(
            config / "urls", tmp_path / "elsewhere.db", config / "config"
        )

    async def test_what_is_there_is_counted(self, worker: Worker, tmp_path: Path) -> None:
        home = make_home(tmp_path / ".newsboat")
        assert await worker.service.importing.newsboat({"HOME": str(tmp_path)}) == {
            "urls": str(home / "urls"), "cache": str(home / "cache.db"), "config": None, "sources": 14, "tags": 1,
            "queries": 1,
        }  # fmt: skip
        (home / "urls").write_text("")
        found = await worker.service.importing.newsboat({"HOME": str(tmp_path)})
        assert found["sources"] == 0
        assert not worker.web.asked


async def test_a_backup_is_taken_over_as_an_action_of_the_window(worker: Worker, tmp_path: Path) -> None:
    with Store.open(tmp_path / "other" / "library.db", clock=lambda: NOW) as other:
        other.add_sources([Subscription("http://harbour.test/feed", "Harbour")])
    backup = tmp_path / "mine.backup"
    write_backup(tmp_path / "other" / "library.db", backup, now=NOW)
    imported = await worker.service.importing.take([str(backup)])
    assert imported.added == 1
    assert [source.title for source in worker.store.sources() if source.kind == "feed"] == ["Harbour"]
    backup.write_bytes(backup.read_bytes()[:-9])
    with pytest.raises(UsageError, match="is damaged"):
        await worker.service.importing.take([str(backup)])
