from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.errors import ParseError
from newsreader.feeds import opml
from newsreader.feeds.gathering import folder_of, path_of, same_address
from newsreader.model import FullTextMode, SavedSearch, Subscription
from newsreader.text import one_line

LIST = b"""<?xml version="1.0"?>
<opml version="1.1"><head><title>My &amp; feeds</title></head><body>
<outline text="News"><outline title="World" text="w">
  <outline type="rss" text="Wire" XMLURL="https://wire.example/feed"
   htmlurl="https://wire.example/" category="/a/b,two, two"/>
</outline>
<outline type="rss" text="https://coast.example/rss" xmlUrl=" https://coast.example/rss "/></outline>
<outline text="Wire again" title="Wire again" xmlUrl="https://wire.example/feed" category="three"/>
<outline text="Bare" xmlUrl="field.example/notes.xml"><outline text="Inside" xmlUrl="feed://inner.example/x"/></outline>
<outline text="Old" xmlUrl="feed:https://old.example/x"/>
<outline text="A note"/>
<outline text="Script" xmlUrl="exec:~/run.py"/><outline text="Bad" xmlUrl="javascript:alert(1)"/>
<outline text="None" xmlUrl=""/>
</body></opml>
"""


def test_a_list_from_another_program() -> None:
    file = opml.read(LIST)
    assert file.title == "My & feeds"
    assert file.subscriptions == (
        Subscription(
            "https://wire.example/feed", "Wire", "News / World", "https://wire.example/", ("a/b", "two", "three")
        ),
        Subscription("https://coast.example/rss", "", "News"),
        Subscription("https://field.example/notes.xml", "Bare"),
        Subscription("https://inner.example/x", "Inside"),
        Subscription("https://old.example/x", "Old"),
    )
    assert [problem.partition(":")[0] for problem in file.problems] == ["Script", "Bad", "None"]
    assert "command" in file.problems[0]
    assert file.merged == ("Wire again",)
    assert file.remarks()[-1] == "1 source stood in the list again; the first was kept: Wire again."


def test_broken_lists_are_read_as_far_as_they_go() -> None:
    broken = b'<opml><body><outline text="A & B &eacute;" xmlUrl="https://a.example/?x=1&y=2"><outline xmlUrl="https://b.example/"'
    assert [s.url for s in opml.read(broken).subscriptions] == ["https://a.example/?x=1&y=2", "https://b.example/"]
    assert opml.read(broken).subscriptions[0].title == "A & B é"
    headless = b'e.org/"/>\n<outline text="C" xmlUrl="https://c.example/"/><outline xmlUrl="https://d.example/"/></body></opml>'
    assert [s.url for s in opml.read(headless).subscriptions] == ["https://c.example/", "https://d.example/"]


@pytest.mark.parametrize("data", [b"", b"words", b"%PDF-1", b"<!doctype html><html></html>", b"<rss><channel/></rss>"])
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(ParseError):
        opml.read(data)


def test_a_file_holds_no_entity_of_another() -> None:
    data = b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline text="&x;" xmlUrl="https://a.example"/></body></opml>'
    assert opml.read(data).subscriptions == (Subscription("https://a.example", "&x;"),)


def test_very_deep_folders_are_read_without_recursion() -> None:
    depth = 200
    data = (
        b"<opml><body>"
        + b'<outline text="f">' * depth
        + b'<outline xmlUrl="https://a.example/"/>'
        + b"</outline>" * depth
    )
    (only,) = opml.read(data + b"</body></opml>").subscriptions
    assert only.folder == " / ".join("f" * 10)


def test_what_is_written_says_what_it_is() -> None:
    data = opml.write([Subscription("https://a.example/", "A", "F")], title="Mine", date=1_709_641_815)
    assert data.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<opml version=\"2.0\">")
    assert b"<dateCreated>Tue, 05 Mar 2024 12:30:15 GMT</dateCreated>" in data


def _one(attributes: str, before: str = "", behind: str = "") -> tuple[Subscription, ...]:
    return opml.read(f"<opml><body>{before}<outline {attributes}/>{behind}</body></opml>".encode()).subscriptions


def test_a_source_is_taken_once_and_its_first_place_counts() -> None:
    rows = (
        b'<outline text="A"><outline text="First" xmlUrl="http://Wire.example:80/feed"/></outline>'
        b'<outline text="B"><outline text="Second" xmlUrl="https://wire.example/feed#top" htmlUrl="wire.example/"'
        b' category="x"/></outline><outline xmlUrl="https://wire.example/feed?full"/>'
    )
    file = opml.read(b"<opml><body>" + rows + b"</body></opml>")
    assert file.subscriptions == (
        Subscription("http://Wire.example:80/feed", "First", "A", "https://wire.example/", ("x",)),
        Subscription("https://wire.example/feed?full"),
    )
    assert file.merged == ("Second",)


def test_links_to_other_lists_and_pages_are_listed_as_not_taken() -> None:
    rows = (
        b'<outline text="More" type="include" url="https://a.example/more.opml"/>'
        b'<outline text="Also" type="link" url="https://a.example/also.opml?x=1"/>'
        b'<outline text="Page" type="link" url="https://name:secret@a.example/"/>'
        b'<outline text="Lost" type="rss"/><outline text="Empty folder"/>'
    )
    file = opml.read(b"<opml><body>" + rows + b"</body></opml>")
    assert not file.subscriptions
    assert [problem.partition(":")[0] for problem in file.problems] == ["More", "Also", "Page", "Lost"]
    assert "another list" in file.problems[0]
    assert "secret" not in " ".join(file.problems)


def test_a_feed_that_a_command_filters_is_taken_and_told() -> None:
    file = opml.read(b'<opml><body><outline text="A" xmlUrl="https://a.example/" filtercmd="~/f"/></body></opml>')
    assert [each.url for each in file.subscriptions] == ["https://a.example/"]
    assert "without the command" in file.problems[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "iso-8859-1", "windows-1252", "koi8-r"])
def test_every_encoding_is_read(encoding: str) -> None:
    word = "Новости" if encoding == "koi8-r" else "Grüße"
    declared = encoding.removesuffix("-sig").removesuffix("-le")
    text = f'<?xml version="1.0" encoding="{declared}"?><opml><body><outline text="{word}" xmlUrl="https://a.example/"/></body></opml>'
    assert opml.read(text.encode(encoding)).subscriptions[0].title == word


def test_what_the_person_set_survives_and_nothing_secret_is_written() -> None:
    source = Subscription("https://a.example/", "A", full_text_mode=FullTextMode.FULL, interval=7_200, settings=SET)
    data = opml.write([source], title="Mine")
    assert b'newsreader:userAgent="Moth/1"' in data
    assert b'newsreader:fullText="full" newsreader:interval="7200"' in data
    assert opml.read(data).subscriptions == (source,)
    assert opml.read(data.replace(b' xmlns:newsreader="urn:newsreader:opml"', b"")).subscriptions == (source,)
    assert b"newsreader" not in opml.write([Subscription("https://a.example/")], title="Mine")


def test_smart_sources_stand_beside_the_sources_and_others_pass_over_them() -> None:
    searches = [
        SavedSearch("Ferries", '"night ferry" OR (boat -is:read) <b>&amp;', "World / Sea"),
        SavedSearch("渡し船", "source:海", None),
        SavedSearch("Ferries", "ferry", None),
    ]
    data = opml.write([Subscription("https://a.example/x", "A", "World")], searches=searches, title="t")
    file = opml.read(data)
    assert set(file.searches) == set(searches)
    assert [each.title for each in file.subscriptions] == ["A"]
    assert file.problems == ()
    assert opml.write(file.subscriptions, searches=file.searches, title="t") == data
    assert data.count(b'type="newsreader-smart"') == 3
    cut = data[: data.index(b"</body>") - 40]
    assert len(opml.read(cut).searches) >= 2


@pytest.mark.parametrize(("given", "seconds"), [("1", 900), ("999999999", 2_592_000), ("-5", None), ("x", None)])
def test_an_interval_out_of_bounds_is_brought_into_them(given: str, seconds: int | None) -> None:
    (only,) = _one(f'xmlUrl="https://a.example/" xmlns:n="{opml.NAMESPACE}" n:interval="{given}" n:fullText="odd"')
    assert (only.interval, only.full_text_mode) == (seconds, FullTextMode.AUTO)


def test_a_folder_with_a_slash_in_its_name_is_one_folder() -> None:
    inside = '<outline text="My"><outline text="News / World">'
    (only,) = opml.read(
        f'<opml><body>{inside}<outline xmlUrl="https://a.example/"/></outline></outline></body></opml>'.encode()
    ).subscriptions
    assert only.folder == "My / News // World"
    assert b'text="News / World"' in opml.write([only], title="")
    assert path_of(only.folder) == ("My", "News / World")


def test_the_password_of_an_address_is_written_only_where_nobody_else_reads() -> None:
    source = Subscription(
        "https://ada:hunter2@a.example/", "https://ada:hunter2@a.example/", link="http://x:hunter2@b.c/"
    )
    assert b"hunter2" not in opml.write([source], title="Mine")
    assert opml.read(opml.write([source], title="Mine", private=True)).subscriptions[0].url == source.url


HEAD = '<?xml version="1.0"?>\n<opml version="2.0"><head><title>Mine</title></head><body>\n<outline text="News">\n'
ROWS = tuple(f'<outline type="rss" text="S{n}" xmlUrl="https://s{n}.example/feed"/>\n' for n in range(6))
WHOLE = HEAD + "".join(ROWS[:3]) + "</outline>\n" + "".join(ROWS[3:]) + "</body></opml>\n"


def test_a_list_that_is_whole_is_called_so_whatever_had_to_be_mended() -> None:
    for text in (WHOLE, WHOLE.replace("S2", "S & co"), WHOLE.replace('"S2"', "S2"), "junk\n" + WHOLE):
        file = opml.read(text.encode())
        assert file.is_whole
        assert len(file.subscriptions) == 6
        assert not file.remarks()


@pytest.mark.parametrize("size", range(len(HEAD), WHOLE.index("</body>"), 7))
def test_of_a_list_that_is_cut_off_all_before_the_cut_is_read_and_the_cut_is_said(size: int) -> None:
    file = opml.read(WHOLE[:size].encode())
    whole = sum(WHOLE.index(row) + len(row.rstrip()) <= size for row in ROWS)
    readable = sum(WHOLE.index(row) + row.index("/>") <= size for row in ROWS)  # with its last quote
    assert [each.title for each in file.subscriptions[:whole]] == [f"S{n}" for n in range(whole)]
    assert len(file.subscriptions) == readable
    assert [each.folder for each in file.subscriptions] == ["News"] * min(3, readable) + [None] * max(0, readable - 3)
    assert not file.is_whole
    where = f" after “S{readable - 1}”" if readable else ""
    verb = "was" if readable == 1 else "were"
    sources = "1 source" if readable == 1 else f"{readable} sources"
    assert file.problems[0].startswith(f"The list is cut off{where}: {sources} {verb} read, the rest is lost.")


def test_a_row_that_is_cut_is_named() -> None:
    file = opml.read(WHOLE[: WHOLE.index("s4.example")].encode())
    assert file.problems[1:] == ("S4: its row is damaged, and its address cannot be read.",)


@pytest.mark.parametrize(
    ("was", "becomes", "titles"),
    [
        ('"S2"', '"S "2" x"', "S0 S1 S3 S4 S5"),
        ('"S2"', '"a < b <c> d"', "S0 S1 S3 S4 S5"),
        ('"S2"', '"S2', "S0 S1 S3 S4 S5"),
        ('text="S2" xmlUrl="https://s2', '\x01"<\x00>>&&&', "S0 S1 S3 S4 S5"),
        ('s2.example/feed"/>', 's2.example/feed"/></outline></outline></body>', "S0 S1 S2 S3 S4 S5"),
        ('text="S2"', 'text="S2" text="T"', "S0 S1 S2 S3 S4 S5"),
        ("</opml>", "</opml>" + WHOLE.replace("S", "T").replace("//s", "//t"), "S0 S1 S2 S3 S4 S5"),
    ],
)
def test_damage_in_one_row_costs_no_other_and_is_said(was: str, becomes: str, titles: str) -> None:
    file = opml.read(WHOLE.replace(was, becomes, 1).encode("latin-1"))
    assert set(titles.split()) <= {each.title for each in file.subscriptions}
    assert not file.is_whole
    assert "The list is damaged: " in file.problems[0]


def test_two_lists_in_one_file_are_both_read() -> None:
    assert len(opml.read((WHOLE + WHOLE.replace("//s", "//t")).encode()).subscriptions) == 12


def test_a_lost_beginning_and_both_lost_ends_are_said() -> None:
    behind = WHOLE[WHOLE.index("S1") :]
    file = opml.read(behind.encode())
    assert [each.title for each in file.subscriptions] == ["S2", "S3", "S4", "S5"]
    assert file.problems[0].startswith("The beginning of the list is missing: 4 sources were read, the rest is lost.")
    file = opml.read(behind[: behind.index("S4")].encode())
    assert file.problems[0].startswith("Both ends of the list are missing: 2 sources were read")


def test_rows_in_comments_are_no_rows() -> None:
    text = WHOLE.replace(ROWS[2], f"<!-- {ROWS[2]} -->").replace("</opml>", "")
    assert [each.title for each in opml.read(text.encode()).subscriptions] == ["S0", "S1", "S3", "S4", "S5"]


SET = (
    ("user-agent", "Moth/1"),
    ("headers", "X-Token: env:TOKEN\nAccept-Language: file:~/lang"),
    ("auth", "ada command:pass news"),
    ("proxy", "socks5://proxy.example:1080"),
    ("keep", "90d 500"),
)
TEXTS = st.text("ab:/ %&<>\"'é\n", min_size=1, max_size=20).map(str.strip).filter(bool)
WORDS = st.text(max_size=20).map(lambda text: one_line(text, 300))
NAMES = (WORDS | st.sampled_from(["News / World", "/", "//", "/ a", "a /", "a/b", "a // b"])).filter(bool)
URLS = st.builds(
    lambda scheme, host, path: f"{scheme}://{host}.example/{path}",
    st.sampled_from(["http", "https"]),
    st.text("abc0-", min_size=1, max_size=6),
    st.text("abc/?&=%#ü'\"<>", max_size=12),
)
SUBSCRIPTIONS = st.builds(
    Subscription,
    url=URLS,
    title=WORDS,
    folder=st.lists(NAMES, max_size=4).map(lambda names: folder_of(tuple(names))),
    link=st.none() | URLS,
    tags=st.lists(WORDS.filter(bool) | st.sampled_from([",", "/", "//a", "%2F", "a,b/c"]), max_size=4, unique=True).map(
        tuple
    ),
    full_text_mode=st.sampled_from(FullTextMode),
    interval=st.none() | st.integers(900, 2_592_000),
    settings=st.lists(
        st.sampled_from(SET) | st.tuples(st.sampled_from([key for key, _ in SET]), TEXTS), max_size=4
    ).map(lambda pairs: tuple((key, dict(pairs)[key]) for key, _ in SET if key in dict(pairs))),
)


@given(st.lists(SUBSCRIPTIONS, max_size=12, unique_by=lambda s: same_address(s.url)), WORDS)
def test_a_round_trip_loses_nothing(subscriptions: list[Subscription], title: str) -> None:
    data = opml.write(subscriptions, title=title)
    file = opml.read(data)
    assert file.title == title
    assert not file.remarks()
    assert set(file.subscriptions) == set(subscriptions)
    for folder in {s.folder for s in subscriptions}:
        assert [s for s in file.subscriptions if s.folder == folder] == [s for s in subscriptions if s.folder == folder]
    assert opml.write(file.subscriptions, title=title) == data


@given(st.lists(NAMES, max_size=5))
def test_the_path_of_a_folder_is_what_it_was_made_of(names: list[str]) -> None:
    assert path_of(folder_of(tuple(names))) == tuple(names)


@given(st.text(max_size=30))
def test_any_name_of_a_folder_has_a_path_that_lasts(folder: str) -> None:
    path = path_of(folder)
    assert path_of(folder_of(path)) == path


@given(st.binary(max_size=300))
def test_arbitrary_bytes_raise_nothing_but_parse_errors(data: bytes) -> None:
    try:
        opml.read(b"<opml><body>" + data)
        opml.read(data)
    except ParseError:
        pass
