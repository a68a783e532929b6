"""Bodies packed by the words of their library: they come out as they went in, wherever they are taken."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.document.blocks import VERSION
from newsreader.errors import LibraryError
from newsreader.model import FullText, Query
from newsreader.store import Store, condensing, teaching
from newsreader.store.backup import write_backup
from newsreader.store.condensing import Condenser
from newsreader.store.deriving import difference, document_of, text_of
from newsreader.store.packing import Body, html_in, pack, unpack, wanted
from newsreader.store.salvage import salvage
from newsreader.store.unpacking import unpacked
from newsreader.store.wording import Lessons, load
from newsreader.worker.jobs import build_document
from tests.store.conftest import Clock, add_source, ingest, write

HTML = (
    '<h2>The night ferry</h2><p>It leaves at <em>nine</em> &amp; <a href="https://a.example/ferry?a=1&amp;b=2">is '
    'late</a>.</p><ul><li>One</li><li>Two<br>lines</li></ul><pre>a  "b"\n\tc</pre><figure><img src="https://a.example/'
    'p.jpg" alt="A pier"><figcaption>The pier</figcaption></figure><p>First<br><br>Second Überfahrt 夜行</p>'
)


def body(html: str) -> Body:
    """As a refresh makes it."""
    document, text, _ = build_document(html)
    return Body(html, document, text)


def taught(*bodies: Body) -> bytes:
    lessons = Lessons()
    for each in bodies * 5:
        lessons.take(*each)
    return lessons.wording().dump()


WORDS = taught(body(HTML), *(body(f"<p>The ferry number {n} is late, says the Pier Company.</p>") for n in range(50)))
ANY = st.one_of(
    st.text(),
    st.text(st.sampled_from('<>/pbremai &;"\\\n\t=01éÉ東\x00\x01\x02\x03\x04\x05\x06\x08\ud800')),
    st.lists(st.sampled_from([*HTML.split(" "), "\n", "<p>", "</p>", "<br>", " The ", "Ferry", "ferry"])).map("".join),
)


@given(ANY, st.one_of(st.none(), st.binary(max_size=60), ANY.map(lambda text: text.encode("utf-8", "replace"))), ANY)
@settings(deadline=None, max_examples=300)
def test_any_body_comes_out_as_it_went_in(html: str, document: bytes | None, text: str) -> None:
    any_body = Body(html, document, text)
    assert unpack(pack(any_body, Condenser(WORDS))) == any_body


@given(ANY)
@settings(deadline=None, max_examples=200)
def test_any_text_comes_out_of_its_codes(text: str) -> None:
    text = text.translate(dict.fromkeys(range(1, 4)))
    wording = load(WORDS)
    assert wording.read(wording.inflated(wording.deflated(wording.coded(text)))) == text


def test_document_and_text_cost_little_beside_their_html() -> None:
    html, document, text = body(HTML)
    assert document is not None
    by = difference(html, document.decode(), text)
    assert by is not None
    assert document_of(html, by[0]) == document.decode()
    assert text_of(html, by[1]) == text
    for word in ("night", "leaves", "late", "a.example", "pier", "Überfahrt", '\\"b\\"'):
        assert word not in by[0] + by[1]


def test_a_body_by_words_takes_half_the_room() -> None:
    ordinary = body("<p>The night ferry number 9 is late, says the Company.</p><p>It leaves the pier at nine.</p>")
    packed = pack(ordinary, Condenser(WORDS))
    assert len(packed) < len(pack(ordinary)) * 0.6
    long = body("".join(f"<p>The ferry number {n * n} is {n} minutes late.</p>" for n in range(2_000)))
    assert unpack(pack(long, Condenser(WORDS))) == long
    assert len(pack(long, Condenser(WORDS))) < len(pack(long))


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_any_damage_is_said(data: st.DataObject) -> None:
    packed = bytearray(pack(body(HTML), Condenser(WORDS)))
    at = data.draw(st.integers(1, len(packed) - 1))
    packed[at] ^= data.draw(st.integers(1, 255))
    with suppress(LibraryError):
        assert unpack(bytes(packed)) == body(HTML), "but for bits behind the end, that say nothing"
    with pytest.raises(LibraryError, match="damaged"):
        unpack(bytes(packed[: at // 2]))


def test_a_wording_is_handed_over_once(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = pack(body(HTML), Condenser(WORDS))
    monkeypatch.setattr(condensing, "_wordings", {})
    assert wanted(packed) is not None
    with pytest.raises(LibraryError, match="damaged"):
        unpack(packed, None, WORDS[:-9], b"")
    assert html_in(packed, WORDS[:-9], WORDS) == HTML, "the first was damaged, its copy is not"
    assert wanted(packed) is None
    assert unpack(packed) == body(HTML)


@pytest.fixture
def learnt(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A library that has learnt its words, with bodies packed by them: twelve of feeds, one of a page."""
    monkeypatch.setattr(teaching, "_FEWEST", 10)
    monkeypatch.setattr(teaching, "_ENOUGH", 10)
    source_id = add_source(store)
    for number in range(12):
        html, document, text = body(f"<p>The ferry of night {number} is late, the pier is wet.</p>{HTML}")
        ingest(store, source_id, write(number, html=html, document=document, text=text, document_version=VERSION))
    html, document, text = body(HTML * 2)
    assert document is not None
    store.save_full_text(1, FullText(html, text, document, VERSION, 80))
    while store.index_some(100) or store.tidy():
        pass
    return store


def everything(store: Store) -> list[object]:
    return [(store.article(n), store.html(n, full_text=False), store.html(n, full_text=True)) for n in range(1, 13)]


def kinds(store: Store) -> set[int]:
    bodies = store._db.column("SELECT body FROM feed_packed UNION ALL SELECT body FROM full_packed")
    assert len(bodies) == 13
    return {packed[0] for packed in bodies}


def test_a_library_learns_its_words_and_packs_by_them(learnt: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kinds(learnt) == {3}
    article = learnt.article(1)
    assert article is not None
    assert (article.feed_document, article.full_document) == (
        body(f"<p>The ferry of night 0 is late, the pier is wet.</p>{HTML}").document,
        body(HTML * 2).document,
    )
    assert learnt.listing(Query(text='"night 7 is late"')).ids == (8,)
    before = everything(learnt)
    monkeypatch.setattr(condensing, "_wordings", {})
    assert everything(learnt) == before
    assert learnt.check() == ()


def test_the_words_are_learnt_anew_when_there_is_much_more(learnt: Store) -> None:
    for number in range(20, 120):
        html, document, text = body(f"<p>Nightly trains number {number}</p>")
        ingest(learnt, 2, write(number, html=html, document=document, text=text))
    before = everything(learnt)
    while learnt.index_some(100) or learnt.tidy():
        pass
    assert learnt._db.value("SELECT count(*) FROM wording") == 2
    assert everything(learnt) == before


def lose_wording(store: Store, *tables: str) -> None:
    for table in tables:
        store._db.run(f"UPDATE {table} SET words = CAST(substr(words, 1, 20) AS BLOB)")


def test_the_copy_of_the_words_stands_in_for_them(
    learnt: Store, path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(learnt)
    lose_wording(learnt, "wording")
    monkeypatch.setattr(condensing, "_wordings", {})
    with Store.open(path, clock=clock) as again:
        assert everything(again) == before
        again.mark_read([1], True)
        ingest(again, 2, write(1, content_hash="new", html="<p>New</p>", text="New"))
        while again.index_some(100) or again.tidy():
            pass
        assert again.html(2, full_text=False) == "<p>New</p>"
    monkeypatch.setattr(condensing, "_wordings", {})
    lose_wording(learnt, "wording_copy")
    with Store.open(path, clock=clock) as again:
        with pytest.raises(LibraryError, match="damaged in the library"):
            again.article(5)
        assert len(again.heads(range(1, 13))) == 12


@pytest.mark.parametrize("way", ["backup", "whole", "salvaged"])
def test_bodies_are_read_wherever_they_are_taken(
    learnt: Store, path: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    learnt.bookmark(range(1, 13), True)
    before = [learnt.html(n, full_text=False) for n in range(1, 13)]
    learnt._db.value("PRAGMA wal_checkpoint(TRUNCATE)")
    monkeypatch.setattr(condensing, "_wordings", {})
    taken = path
    if way == "backup":
        taken = tmp_path / "one.backup"
        write_backup(path, taken, now=clock.now)
    elif way == "salvaged":
        taken = tmp_path / "saved.db"
        salvage(path, taken, whole=False)
    with unpacked(taken) as plain, Store.open(tmp_path / "new" / "library.db", clock=clock) as other:
        assert other.take_in(plain).articles == 12
        monkeypatch.setattr(condensing, "_wordings", {})
        assert sorted(filter(None, (other.html(n, full_text=False) for n in range(1, 13)))) == sorted(
            filter(None, before)
        )
        assert other.html(other.listing(Query(text="is:fulltext")).ids[0], full_text=True) == HTML * 2
        assert other.check() == ()
