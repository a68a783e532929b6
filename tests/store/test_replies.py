from __future__ import annotations

import pytest

from newsreader.bounds import AI_DAYS
from newsreader.document import blocks
from newsreader.model.answers import Ask, NewReply, Receipt, Spot
from newsreader.store import Store
from tests.store.conftest import Clock

NOW = blocks.VERSION


def new(key: str = "key", *, article: int | None = 7, text: str = "Ferry “stays” \u6e2f") -> NewReply:
    document = blocks.Document((blocks.Paragraph(blocks.Text(text)),))
    return NewReply(
        key=key,
        article=article,
        ask=Ask.QUESTION,
        question="Why?",
        model="tern",
        host="models.example",
        document=blocks.dump(document),
        document_version=NOW,
        receipts=(Receipt("It stays.", (1, 2), supported=True), Receipt("Pigs fly.", (), supported=False)),
        spots=(Spot(7, 0, "The council"), Spot(7, 3)),
        note="Cut.",
    )


def test_an_answer_comes_back_as_it_was_kept(store: Store, clock: Clock) -> None:
    id_ = store.keep_reply(new())
    reply = store.reply(id_)
    assert reply is not None
    given = new()
    assert (reply.id, reply.ask, reply.question, reply.model, reply.host) == (
        id_, given.ask, given.question, given.model, given.host,
    )  # fmt: skip
    assert (reply.document, reply.receipts, reply.spots, reply.note) == (
        given.document, given.receipts, given.spots, given.note,
    )  # fmt: skip
    assert reply.at == int(clock())
    assert store.reply(id_ + 1) is None


def test_it_is_found_by_what_was_asked_and_a_newer_one_takes_its_place(store: Store) -> None:
    id_ = store.keep_reply(new(text="Old"))
    assert store.reply_for("key", NOW) == id_
    assert store.reply_for("key", NOW + 1) is None, "a document of another version cannot be shown"
    assert store.reply_for("other", NOW) is None
    assert store.keep_reply(new(text="New")) == id_
    assert len(store.replies_about(7, NOW)) == 1


def test_the_answers_about_an_article_come_last_first(store: Store, clock: Clock) -> None:
    ids = []
    for key in ("one", "two"):
        ids.append(store.keep_reply(new(key)))
        clock.now += 60
    store.keep_reply(new("list", article=None))
    assert [each.id for each in store.replies_about(7, NOW)] == ids[::-1]


def test_old_answers_and_those_beyond_a_bound_go_in_idle_moments(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.store.replies.AI_KEPT", 3)
    for number in range(5):
        store.keep_reply(new(f"key {number}"))
        clock.now += 60
    while store.tidy():
        pass
    assert [store.reply_for(f"key {number}", NOW) is not None for number in range(5)] == [
        False,
        False,
        True,
        True,
        True,
    ]
    clock.now += AI_DAYS * 86_400 - 100
    while store.tidy():
        pass
    assert [number for number in range(5) if store.reply_for(f"key {number}", NOW)] == [4]


def test_all_can_be_taken_away(store: Store) -> None:
    for key in ("one", "two"):
        store.keep_reply(new(key))
    assert (store.drop_replies(), store.drop_replies()) == (2, 0)


def test_what_makes_no_sense_is_no_answer(store: Store) -> None:
    id_ = store.keep_reply(new())
    store._db.run("UPDATE answer SET deed = 'sing' WHERE id = ?", (id_,))
    assert store.reply(id_) is None
    assert store.replies_about(7, NOW) == ()
    store._db.run("UPDATE answer SET deed = 'summary', answer = x'7b7d'")
    assert store.reply(id_) is None
