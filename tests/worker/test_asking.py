from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from newsreader.document import blocks
from newsreader.document.render import to_plain
from newsreader.document.words import texts_of
from newsreader.errors import AiOff, ConfigError, ModelError, UsageError
from newsreader.model import Placed
from tests.ai_server import answer, cut, delta, stream, words
from tests.worker.ai_desk import FERRY, PARAGRAPHS, Desk, html, open_desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as desk:
        yield desk


async def test_a_summary_streams_and_is_kept_with_its_receipts(desk: Desk) -> None:
    (id_,) = desk.add(("Town keeps its ferry", html(*PARAGRAPHS)))
    desk.server.script = [
        words("The council keeps the night ferry ", "for ten more years [2]. ", "It costs 9 million [1].")
    ]
    await desk.agree()
    done = await desk.ask("summary", article=id_)
    assert desk.stages() == ["sent", "begun"]
    assert desk.chunks == "The council keeps the night ferry for ten more years [2]. It costs 9 million [1]."
    assert desk.text(done) == "The council keeps the night ferry for ten more years. [1] It costs 9 million. [?]"
    reply = desk.reply(done)
    assert [(each.numbers, each.supported) for each in reply.receipts] == [((1,), True), ((), False)]
    assert [(spot.article, spot.block) for spot in reply.spots] == [(id_, 0), (id_, 1), (id_, 2)]
    assert (done["sentences"], done["unsupported"], done["broken"]) == (2, 1, "")


async def test_nothing_is_sent_before_the_person_agreed_to_the_host(desk: Desk) -> None:
    (id_,) = desk.add(("Town keeps its ferry", html(*PARAGRAPHS)))
    done = await desk.ask("summary", article=id_)
    assert not desk.server.asked
    consent = done["consent"]
    assert (consent["host"], consent["model"], consent["articles"]) == (desk.server.host, "tern-7b", 1)
    assert consent["here"] is True
    assert consent["characters"] > sum(map(len, PARAGRAPHS))


async def test_what_was_agreed_to_is_asked_once_and_can_be_taken_back(desk: Desk) -> None:
    (id_,) = desk.add(FERRY)
    desk.server.script = [words("Yes.")]
    await desk.agree()
    assert "reply" in await desk.ask("summary", article=id_)
    assert await desk.service.asking.agreed() == (desk.server.host,)
    await desk.service.answer({"id": 2, "request": "agree", "host": None})
    assert "consent" in await desk.ask("summary", article=id_, afresh=True)
    assert len(desk.server.asked) == 1


async def test_what_was_asked_before_is_not_asked_again(desk: Desk) -> None:
    (id_,) = desk.add(FERRY)
    desk.server.script = [words("Heron."), words("Tern."), words("Plover."), words("Merlin.")]
    await desk.agree()
    first = await desk.ask("summary", article=id_)
    again = await desk.ask("summary", article=id_)
    assert (again["reply"], again["cached"], first["cached"]) == (first["reply"], True, False)
    assert len(desk.server.asked) == 1
    afresh = await desk.ask("summary", article=id_, afresh=True)
    assert (afresh["reply"], desk.text(afresh)) == (first["reply"], "Tern. [?]")
    desk.config[0] = desk.config[0]._replace(ai_model="heron-70b")
    assert desk.text(await desk.ask("summary", article=id_)) == "Plover. [?]"
    desk.config[0] = desk.config[0]._replace(ai_language="German")
    assert desk.text(await desk.ask("summary", article=id_)) == "Merlin. [?]"
    assert [each.ask for each in desk.store.replies_about(id_, blocks.VERSION)] == ["summary"] * 3


async def test_the_same_text_elsewhere_is_another_question(desk: Desk) -> None:
    ids = desk.add(("Here", html("One.")), ("There", html("One.")))
    desk.server.script = [words("[1]\nEins.")]
    await desk.agree()
    replies = [desk.reply(await desk.ask("translate", article=id_)) for id_ in ids]
    assert [reply.spots[0].article for reply in replies] == ids


async def test_a_stream_that_breaks_leaves_what_came_and_is_asked_for_anew(desk: Desk) -> None:
    (id_,) = desk.add(FERRY)
    desk.server.script = [cut(stream(delta("The council keeps the night ferry."), done=False)), words("Whole.")]
    await desk.agree()
    done = await desk.ask("summary", article=id_)
    assert "broke off" in done["broken"]
    assert desk.text(done) == "The council keeps the night ferry. [1]"
    assert done["broken"] in desk.reply(done).note
    whole = await desk.ask("summary", article=id_)
    assert (whole["cached"], desk.text(whole)) == (False, "Whole. [?]")


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (words(), "wrote nothing"),
        (words(finish="content_filter"), "content filter"),
        (words("<think>It is", " all so hard", finish="length"), "only thought"),
        (
            answer(stream(delta(tool_calls=[{"function": {"name": "shell"}}]), delta(finish="tool_calls"))),
            "call a tool",
        ),
        (cut(": hm\n\n"), "broke off"),
    ],
)
async def test_an_empty_answer_says_why(desk: Desk, script: bytes, expected: str) -> None:
    (id_,) = desk.add(FERRY)
    desk.server.script = [script]
    await desk.agree()
    with pytest.raises(ModelError, match=expected):
        await desk.ask("summary", article=id_)
    assert not desk.store.replies_about(id_, blocks.VERSION)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (words("Ferry.", finish="length"), "its room for an answer was used up"),
        (words("Ferry.", finish="content_filter"), "content filter cut the answer off"),
        (answer(stream(delta("Ferry."), done=False)), "the answer may be cut"),
        (
            answer(stream(delta("Ferry."), delta(tool_calls=[{"function": {"name": "shell"}}]), delta(finish="stop"))),
            "wanted to call a tool; there is none",
        ),
    ],
)
async def test_how_an_answer_ended_is_told(desk: Desk, script: bytes, expected: str) -> None:
    (id_,) = desk.add(FERRY)
    desk.server.script = [script]
    await desk.agree()
    done = await desk.ask("summary", article=id_)
    assert expected in done["note"]
    assert expected in desk.reply(done).note


async def test_a_model_that_thinks_first_is_seen_to(desk: Desk) -> None:
    (id_,) = desk.add(FERRY)
    thinking = delta(reasoning_content="Hm.")
    desk.server.script = [answer(stream(thinking, thinking, delta("Ferry."), delta(finish="stop")))]
    await desk.agree()
    done = await desk.ask("summary", article=id_)
    assert desk.stages() == ["sent", "thinking", "begun"]
    assert desk.chunks == "Ferry."
    assert 0 <= done["first"] <= done["seconds"]


async def test_a_headline_is_one_plain_line(desk: Desk) -> None:
    (id_,) = desk.add(FERRY)
    desk.server.script = [words("\n**“Council of Port Varrel keeps night ferry to Sennet” [1]**\nI hope this helps!")]
    await desk.agree()
    done = await desk.ask("headline", article=id_)
    assert desk.text(done) == "Council of Port Varrel keeps night ferry to Sennet"
    desk.server.script = [words("Ferry sinks with 40 aboard")]
    assert desk.text(await desk.ask("headline", article=id_, afresh=True)) == "Ferry sinks with 40 aboard [?]"


async def test_a_translation_keeps_the_structure_and_says_what_is_wrong_with_it(desk: Desk) -> None:
    page = (
        "<h2>The vote</h2><p>Seven of <b>13</b> members backed <a href='http://harbour.test/ferry'>the ferry</a>.</p>"
        "<ul><li>Yes: 7</li><li>No: 6</li></ul><pre>count(7, 6)</pre><p>The night is long.</p><p>It is late.</p>"
    )
    (id_,) = desk.add(("The vote", page))
    desk.config[0] = desk.config[0]._replace(ai_language="German")
    said = (
        "[1]\n# Die Abstimmung\n\n[2]\nSieben von **12** Mitgliedern waren für "
        "[die Fähre](http://harbour.test/ferry) und [hier](http://evil.test/).\n\n[3]\n- Ja: 7\n- Nein: 6\n\n"
        "[4]\nDie Nacht ist lang.\n\nSehr lang.\n"
    )
    desk.server.script = [words(said)]
    await desk.agree()
    done = await desk.ask("translate", article=id_)
    document = blocks.load(desk.reply(done).document)
    kinds = [type(block).__name__ for block in document.blocks]
    assert kinds == ["Heading", "Paragraph", "ListBlock", "Code", "Paragraph", "Paragraph", "Paragraph"]
    assert document.blocks[0] == blocks.Heading(2, blocks.Text("Die Abstimmung"))
    text = to_plain(document)
    assert "Sieben von 12 Mitgliedern" in text
    assert "It is late." in text
    links = {span.target for each in texts_of(document.blocks) for span in each.spans if span.mark is blocks.Mark.LINK}
    assert links == {"http://harbour.test/ferry"}
    assert "1 paragraph of 5 came back without a translation" in done["note"]
    assert "1 paragraph came back in another shape." in done["note"]
    assert "Figures differ from the original in paragraph 2." in done["note"]
    sent = desk.server.asked[0].message("user")
    assert "[3]\n- Yes: 7\n- No: 6" in sent
    assert "count(7, 6)" not in sent
    with pytest.raises(UsageError, match="One article at a time"):
        await desk.ask("translate", story=id_)


async def test_a_question_about_a_list_has_titles_sources_and_times(desk: Desk) -> None:
    ids = desk.add(FERRY, ("Bridge is off", html("Nineteen pillars will not be built.")))
    desk.server.script = [words("The bridge is off [2]. Pigs fly over Rome [1].")]
    await desk.agree()
    done = await desk.ask("question", articles=ids, question="  What changed\nsince Monday? ")
    sent = desk.server.asked[0].message("user")
    assert "What changed since Monday?" in sent
    assert "[2] Bridge is off · " in sent
    assert "2026" in sent
    assert [spot.article for spot in desk.reply(done).spots] == ids
    assert desk.text(done) == "The bridge is off. [2] Pigs fly over Rome. [?]"
    assert desk.reply(done).question == "What changed since Monday?"
    with pytest.raises(UsageError, match="Write a question"):
        await desk.ask("question", articles=ids)


async def test_a_story_is_asked_about_by_one_of_its_articles(desk: Desk) -> None:
    ids = desk.add(FERRY, ("Bridge is off", html("Nineteen pillars will not be built, said Mayor Okonjo.")))
    placed = [Placed(ids[0], ids[0], None), Placed(ids[1], ids[0], None, (ids[0],))]
    desk.store.place(placed, 0)
    desk.server.script = [words("Mayor Okonjo said that nineteen pillars will not be built [4].")]
    await desk.agree()
    done = await desk.ask("summary", story=ids[0])
    assert {spot.article for spot in desk.reply(done).spots} == {*ids}
    (receipt,) = desk.reply(done).receipts
    assert receipt.supported
    assert desk.reply(done).spots[receipt.numbers[0] - 1].article == ids[1]


async def test_a_long_text_is_cut_and_that_is_said(desk: Desk) -> None:
    (id_,) = desk.add(("Long", html(*[f"Paragraph {number} says a little. " * 10 for number in range(60)])))
    desk.config[0] = desk.config[0]._replace(ai_characters=2_000)
    desk.server.script = [words("A little.")]
    await desk.agree()
    done = await desk.ask("summary", article=id_)
    assert "characters were sent" in done["note"]
    assert len(desk.server.asked[0].message("user")) < 4_000
    (sent,) = [each for each in desk.events if each.get("stage") == "sent"]
    assert (sent["host"], sent["note"]) == (desk.server.host, done["note"])
    assert sent["characters"] == sum(len(each["content"]) for each in desk.server.asked[0].body["messages"])


async def test_an_answer_in_another_language_is_checked_by_its_figures_and_names(desk: Desk) -> None:
    page = html(
        "Der Rat von Port Varrel hat am Montag mit 7 zu 6 Stimmen für die Fähre und gegen die Brücke gestimmt.",
        "Die Fähre soll noch 10 Jahre fahren, sagte Rui Haldorsen, der auch der Kapitän von ihr ist.",
    )
    (id_,) = desk.add(("Rat stimmt für Fähre", page))
    desk.server.script = [
        words("The council voted 7 to 6 for the ferry [2]. It is to go on for 12 years and there is no more to it [1].")
    ]
    await desk.agree()
    done = await desk.ask("summary", article=id_)
    assert [(each.numbers, each.supported) for each in desk.reply(done).receipts] == [((1,), True), ((), False)]
    assert "in another language" in done["note"]


async def test_without_a_model_nothing_is_asked(desk: Desk) -> None:
    (id_,) = desk.add(FERRY)
    desk.config[0] = desk.config[0]._replace(ai_model=None)
    await desk.agree()
    with pytest.raises(AiOff, match="model is not set"):
        await desk.ask("summary", article=id_)
    desk.config[0] = desk.config[0]._replace(ai_url=None)
    for request in ("ask", "models"):
        with pytest.raises(AiOff, match="No language model is set"):
            await desk.service.answer({"id": 1, "request": request, "ask": "summary", "article": id_})
    assert not desk.server.asked


async def test_what_cannot_be_asked(desk: Desk) -> None:
    (id_, empty) = desk.add(FERRY, ("Nothing", ""))
    await desk.agree()
    for request, expected in (
        ({"ask": "poem", "article": id_}, "no such request"),
        ({"ask": "summary"}, "Ask about"),
        ({"ask": "summary", "article": 999}, "no article 999"),
        ({"ask": "summary", "article": empty}, "no text in it"),
        ({"ask": "question", "article": id_, "question": "x" * 3_000}, "at most 2,000"),
    ):
        with pytest.raises(UsageError, match=expected):
            await desk.service.answer({"id": 1, "request": "ask", **request})
    assert not desk.server.asked


async def test_the_models_are_told(desk: Desk) -> None:
    told = await desk.service.answer({"id": 1, "request": "models"})
    assert told == {"host": desk.server.host, "model": "tern-7b", "models": ["tern-7b", "heron-70b"]}


async def test_the_persons_own_task_stands_in_for_ours(desk: Desk) -> None:
    (id_,) = desk.add(FERRY)
    desk.server.script = [words("Arr.")]
    await desk.agree()
    desk.paths.prompts.mkdir(parents=True)
    own = desk.paths.prompts / "summary.txt"
    own.write_text("Tell it as a pirate, in {language}. {No placeholder}? JSON: {}.\n")
    with pytest.raises(ConfigError, match=r"prompts/summary.txt, line 1: there is no placeholder \{No placeholder\}"):
        await desk.ask("summary", article=id_)
    own.write_text("Tell it as a pirate,\nin {language}, as JSON {}.\n")
    await desk.ask("summary", article=id_)
    assert desk.server.asked[0].message("user").startswith("Tell it as a pirate,\nin English, as JSON {}.\n")
    (desk.paths.prompts / "question.txt").write_text("Answer!")
    with pytest.raises(ConfigError, match=r"question.txt, line 1: it must have \{question\}"):
        await desk.ask("question", article=id_, question="Why?")
    own.write_bytes(b"One\n\xff")
    with pytest.raises(ConfigError, match=r"summary.txt, line 2: this is not UTF-8"):
        await desk.ask("summary", article=id_)
    own.write_text(" \n")
    with pytest.raises(ConfigError, match=r"summary.txt, line 1: it is empty"):
        await desk.ask("summary", article=id_)
