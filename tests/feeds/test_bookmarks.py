from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsreader.feeds.bookmarks import Bookmark, is_bookmarks, read, write

FIREFOX = b"""<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks Menu</H1>
<DL><p>
    <DT><H3 ADD_DATE="1" PERSONAL_TOOLBAR_FOLDER="true">Bookmarks Toolbar</H3>
    <DL><p>
        <DT><A HREF="https://a.example/1?x=1&amp;y=2" ADD_DATE="1600000000" TAGS="ferries,night boats"
            >The &lt;ferry&gt;</A>
        <DD>A note, &amp; more
        <DT><H3>Deep folder</H3>
        <DL><p>
            <DT><A HREF='https://a.example/2' ADD_DATE="1600000000000000">Micro
seconds</A>
        </DL><p>
        <DT><A HREF="javascript:alert(1)">Bookmarklet</A>
        <DT><A HREF="place:sort=8">Recent</A>
    </DL><p>
    <DT><H3>Other bookmarks</H3>
    <DL><p>
        <DT><H3>Recipes, mine</H3>
        <DL><p><DT><A HREF="https://a.example/4">Bread</A></DL>
    </DL>
    <dt><a href="https://a.example/1?x=1&amp;y=2">Again</a>
    <DT><A HREF=https://a.example/3>No quotes
</DL>
"""


def test_a_browsers_file() -> None:
    assert is_bookmarks(FIREFOX)
    assert read(FIREFOX) == (
        Bookmark(
            "https://a.example/1?x=1&y=2", "The <ferry>", 1_600_000_000, ("ferries", "night-boats"), "A note, & more"
        ),
        Bookmark("https://a.example/2", "Micro seconds", 1_600_000_000, ("Deep-folder",)),
        Bookmark("https://a.example/4", "Bread", None, ("Recipes-mine",)),
        Bookmark("https://a.example/3", "No quotes"),
    )


def test_what_is_none_is_told() -> None:
    assert not is_bookmarks(b"<html><body><a href='https://a.example'>A</a>")
    assert read(b"") == ()


def test_passwords_stay_here() -> None:
    assert b"secret" not in b"".join(write([Bookmark("https://me:secret@a.example/", "A")]))


WORDS = st.text(st.characters(codec="utf-8"), max_size=30).map(lambda text: text.split())


@given(
    st.lists(
        st.builds(
            lambda title, added, tags, note: Bookmark(
                "https://a.example/", " ".join(title), added, tuple(dict.fromkeys(tags)), " ".join(note)
            ),
            WORDS,
            st.none() | st.integers(1, 4_000_000_000),
            st.lists(st.from_regex(r"\A[a-z\"'<>&é]{1,9}\Z"), max_size=3),
            WORDS,
        ),
        max_size=4,
    )
)
def test_what_is_written_is_read(bookmarks: list[Bookmark]) -> None:
    given_ = [
        Bookmark(f"https://a.example/{number}?a=1&b=%22", each.title, each.added, each.tags, each.note)
        for number, each in enumerate(bookmarks)
    ]
    found = read(b"".join(write(given_)))
    assert [each.url for each in found] == [each.url for each in given_]
    assert [(each.added, each.tags) for each in found] == [(each.added, each.tags) for each in given_]


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    read(b"<!DOCTYPE NETSCAPE-Bookmark-file-1>" + data)
