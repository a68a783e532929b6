from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.document.blocks import Block, Code, Document, Heading, ListBlock, Mark, Paragraph, Quote, Span, Text
from newsreader.stories.naming import named_in
from newsreader.stories.paragraphs import paragraph_numbers
from newsreader.stories.summary import MOST, summarise, summarise_all

PARAGRAPHS = (
    (
        "The council of Port Varrel voted late on Monday to keep the night ferry to Sennet running for ten more years. "
        "It had been a long evening in a hall that was not built for three hundred people and their umbrellas."
    ),
    (
        "Seven members of the council backed the night ferry, six the bridge, said Rui Haldorsen, the ferry’s captain. "
        "Was that close? The coffee was cold."
    ),
    "Without the night ferry the island of Sennet would be eleven kilometres from the next doctor after dark.",
    "The bridge would have stood on nineteen pillars and been closed in wind, as Rui Haldorsen said again.",
)


MOTHS = "In the same night somebody counted eleven thousand moths at the lighthouse, more than in any year before."


def document(*texts: str) -> Document:
    return Document(tuple(Paragraph(Text(text)) for text in texts))


def test_a_summary_has_whole_sentences_in_their_order_with_the_blocks_they_stand_in() -> None:
    found = summarise(document(*PARAGRAPHS), "Town keeps its night ferry")
    assert 3 <= len(found.sentences) <= MOST
    assert [each.block for each in found.sentences] == sorted(each.block for each in found.sentences)
    for told in found.sentences:
        assert told.text in PARAGRAPHS[told.block]
    assert found.sentences[0].text.startswith("The council of Port Varrel voted")


def test_what_is_said_twice_is_summarised_once_and_questions_are_not() -> None:
    found = summarise(document(PARAGRAPHS[0], PARAGRAPHS[0], PARAGRAPHS[1]), "Night ferry")
    texts = [each.text for each in found.sentences]
    assert len(texts) == len(set(texts))
    assert not any(text.endswith("?") for text in texts)


def test_names_are_those_of_people_and_places_with_how_often_they_stand_there() -> None:
    names = {each.name: each.times for each in summarise(document(*PARAGRAPHS), "").names}
    assert names["Rui Haldorsen"] == 2
    assert names["Sennet"] == 2
    assert "The" not in names
    assert "Seven" not in names


def test_somebody_is_one_by_whatever_name_and_months_are_nobody() -> None:
    text = (
        "PORT VARREL — On the quay of Port Varrel stood Henrike Toll in the rain of October. For a while Ms Toll said "
        "nothing at all, and then Toll went home to her house in Port Varrel."
    )
    names = {each.name: each.times for each in summarise(document(text), "").names}
    assert names == {"Port Varrel": 3, "Henrike Toll": 3}


def test_the_first_word_of_what_somebody_says_is_no_name() -> None:
    text = (
        "«Vai estranhar o frio», disse o mestre, Abílio Paiva, no cais. «Eu também», disse depois Abílio Paiva a todos."
    )
    assert [each.name for each in summarise(document(text), "").names] == ["Abílio Paiva"]


@pytest.mark.parametrize(
    "said",
    [
        "Read the full report of the council for more on the ferry, the bridge and the wind.",
        "[2] Almada, Ines: The ferry and the bridge that was drawn three times, Port Varrel.",
        "Some of the other more interesting facts about the ferry and the bridge include:",
        "Marta Kline/Getty ImagesMost of the islanders cross at night, the harbour office says",
        "Disclosure: we may earn a commission from some of the products featured here.",
        "Leave a comment and let us know what your favourite crossing of the year is.",
        "All that and more is below in the latest round of our daily lunch break offers.",
        "Wer mehr wissen will, kann hier den Newsletter abonnieren und nichts mehr verpassen.",
    ],
)
def test_what_a_page_says_of_itself_is_nothing_of_the_article(said: str) -> None:
    found = summarise(document(said, *PARAGRAPHS), "Leave a comment")
    assert said not in {each.text for each in (*found.sentences, *found.points)}


def test_a_point_begins_with_nobody_whom_only_another_sentence_names() -> None:
    told = (f"He went to quay number {each}, and nobody there knew the {each} of them." for each in "ABCDEF")
    texts = [*PARAGRAPHS, *told]
    assert not any(each.text.startswith("He ") for each in summarise(document(*texts), "Ferry").points)


def test_a_sentence_behind_a_dateline_begins_with_its_words() -> None:
    found = summarise(document(f"PORT VARREL, 3 p.m.! — {PARAGRAPHS[0]}"), "Ferry")
    assert found.sentences[0].text.startswith(PARAGRAPHS[0][:20])


def names_in(*texts: str) -> dict[str, int]:
    return {each.name: each.times for each in named_in(texts)}


def test_what_opens_a_sentence_and_an_initial_are_told_from_names() -> None:
    found = names_in(
        "Regarding MagSafe, they said nothing to Tim Cook. Following Assange’s arrest, Patrick W. Carlineo wrote to "
        "MagSafe and Julian Assange. Then Cook went home, and Assange slept."
    )
    assert found == {"MagSafe": 2, "Julian Assange": 3, "Tim Cook": 2, "Patrick W. Carlineo": 1}


def test_offices_are_no_part_of_a_name_and_places_and_products_keep_their_own() -> None:
    found = names_in(
        "Later the Israeli Prime Minister Benjamin Netanyahu met the Prime Minister in New Delhi on Twitter Tuesday.",
        "Smoke hung over Delhi, and the Google Stadia crew left.",
        "But Stadia went on, as Google said in Delhi on Black Friday.",
    )
    assert found["Benjamin Netanyahu"] == 1
    assert (found["Delhi"], found["New Delhi"]) == (2, 1)
    assert (found["Stadia"], found["Google"]) == (2, 1)
    assert {"Twitter", "Black Friday"} <= found.keys()
    assert not {"Prime Minister", "Google Stadia", "Twitter Tuesday", "Black"} & found.keys()


def test_in_german_nouns_are_no_names() -> None:
    found = names_in(
        "Die Caritas sieht in der Impfpflicht für die Pflege trotz der Impfquoten von 75 Prozent einen Ansatz.",
        "Das sagte der Direktor Heinz-Josef Kessmann am Montag. Die Hersteller dürfen Waffen nach Russland liefern, "
        "und nach Russland gehen auch die Gewehre, sagte Kessmann. Ursula von der Leyen schwieg zu den Waffen.",
    )
    assert found == {"Heinz-Josef Kessmann": 2, "Russland": 2, "Ursula von der Leyen": 1}


def test_a_name_ends_where_another_script_goes_on() -> None:
    assert names_in("それは Kindle for PCをインストールすると自動で設定されます。") == {"Kindle for PC": 1}


def test_names_beside_each_other_are_several_and_no_name_is_lost_in_a_longer_one() -> None:
    text = (
        "Whenever Apple speaks, Kim and Mayor Berit Sandoval listen. They hear Apple Thunderbolt whenever they can. "
        "On the stage stood Apple’s Tim Cook, then Apple again, and Sandoval said nothing to former President Quade."
    )
    names = {each.name: each.times for each in summarise(document(text), "").names}
    assert names == {"Apple": 3, "Kim": 1, "Berit Sandoval": 2, "Apple Thunderbolt": 1, "Tim Cook": 1, "Quade": 1}


def test_what_cannot_stand_for_itself_is_in_no_summary() -> None:
    odd = (
        "Photograph by Ines Almada for The Coast Gazette, taken in the harbour on Monday.",
        "By Ines Almada and Tomas Reis, our correspondents in Port Varrel and Sennet",
        "If the last boat leaves at nine, the island is a museum at ten.”",
        "Read also: what the ferry cost the town of Port Varrel in the last ten years.",
        "The decision that the council of Port Varrel took that night has four parts in all:",
        "And who would pay for the ferry of Port Varrel in the end, the town or the county?",
    )
    link = "Seven things that you did not know about the night ferry of Port Varrel, in pictures."
    blocks: tuple[Block, ...] = (
        *(Paragraph(Text(each)) for each in (*PARAGRAPHS, *odd)),
        Paragraph(Text(link, (Span(0, len(link), Mark.LINK, "https://example.org/seven"),))),
        Code("print('The ferry of Port Varrel is late again, and nobody is surprised.')"),
    )
    found = summarise(Document(blocks), "Ferry of Port Varrel", 9)
    told = " ".join(each.text for each in (*found.sentences, *found.points))
    assert told
    assert not [text for text in (*odd, link) if text[:40] in told]
    assert "print" not in told


def test_key_points_say_what_the_summary_does_not_also_where_there_are_no_sections() -> None:
    texts = [
        f"Chapter{number} is about matter{number}, which {number} people in all looked into." for number in range(20)
    ]
    found = summarise(document(*texts), "Chapters")
    assert len(found.sentences) == 4
    assert len(found.points) == 4  # of the first stretch all is said
    assert not {each.block for each in found.points} & {each.block for each in found.sentences}
    assert max(each.block for each in found.points) > 15


def test_several_articles_are_summed_up_as_one_and_what_two_say_is_said_once() -> None:
    found = summarise_all(
        [(document(*PARAGRAPHS), "Ferry stays"), (document(PARAGRAPHS[0], MOTHS), "Moths and ferries")]
    )
    assert {each.article for each in found.sentences} == {0, 1}
    assert len({each.text for each in found.sentences}) == len(found.sentences)
    assert summarise_all([]).sentences == ()


def test_a_short_article_is_said_to_be_short() -> None:
    assert summarise(document(*PARAGRAPHS[2:]), "").is_short
    assert not summarise(document(*PARAGRAPHS), "").is_short


def test_paragraphs_are_numbered_as_a_person_would() -> None:
    quoted = Quote((Paragraph(Text("q")),))
    blocks = (Heading(1, Text("One")), Paragraph(Text("a")), Code("b"), quoted, ListBlock(()), Paragraph(Text("c")))
    assert paragraph_numbers(Document(blocks)) == {1: 1, 2: 2, 3: 3, 5: 4}


def test_sections_that_the_summary_says_nothing_of_have_a_point_each() -> None:
    sections = (
        Paragraph(Text(PARAGRAPHS[0])),
        *(
            block
            for number in range(8)
            for block in (
                Heading(2, Text(f"Part {number}")),
                Paragraph(
                    Text(f"Section {number} tells of thing{number} and of matter{number} at some length, alone.")
                ),
            )
        ),
    )
    found = summarise(Document(sections), "Night ferry")
    assert found.points
    assert not {each.text for each in found.points} & {each.text for each in found.sentences}


def test_any_language_whose_sentences_end_can_be_summarised() -> None:
    found = summarise(
        document(
            "ポート・ヴァレルの町議会は月曜の夜、夜行フェリーを今後十年間続けることを決めた。橋の計画はこれで三度目の棚上げとなった。",
            "船長は四万回以上この航路を渡ってきたと言い、島の人々は夜のフェリーがなければ医者にも行けないと話した。",
            "町議会の採決は七対六で、夜行フェリーの契約は五年後に一度だけ見直されることになっている。",
        ),
        "夜行フェリー存続へ",
    )
    assert len(found.sentences) == 3


@pytest.mark.parametrize(
    "texts",
    [
        (  # Hindi
            "नगर परिषद ने सोमवार रात नौका को अगले दस वर्षों तक जारी रखने का निर्णय लिया। पुल की योजना तीसरी बार टाल दी गई है।",
            "कप्तान ने कहा कि द्वीप के लोग रात की नौका के बिना चिकित्सक तक नहीं पहुँच सकते।",
        ),
        (  # Arabic
            "صوّت مجلس المدينة مساء الاثنين على إبقاء العبّارة الليلية عشر سنوات. تأجل مشروع الجسر للمرة الثالثة.",
            "قال القبطان إن أهل الجزيرة لا يصلون إلى الطبيب ليلا من دون العبّارة الليلية.",
        ),
        (  # Russian
            "Городской совет поздно вечером решил сохранить паром ещё на десять лет. Мост отложили уже в третий раз.",
            "Капитан сказал, что без парома жители острова не доберутся ночью до врача.",
        ),
    ],
)
def test_so_can_what_other_scripts_say(texts: tuple[str, ...]) -> None:
    found = summarise(document(*texts), "")
    assert {each.block for each in found.sentences} == {0, 1}
    assert not any(each.text in texts for each in found.sentences if not each.block)


def test_where_no_ends_are_marked_a_paragraph_is_taken_as_a_sentence() -> None:
    thai = (
        "สภาเมืองพอร์ตวาร์เรลลงมติเมื่อคืนวันจันทร์ให้เดินเรือข้ามฟากกลางคืนต่อไปอีกสิบปี ซึ่งเป็นการยุติข้อพิพาท",
        "กัปตันเรือกล่าวว่าชาวเกาะจะไปหาหมอตอนกลางคืนไม่ได้ถ้าไม่มีเรือข้ามฟากลำนี้ และเขาข้ามมาแล้วสี่หมื่นครั้ง",
        "สะพานที่เมืองไม่ต้องการนั้นจะมีเสาสิบเก้าต้น และต้องปิดเมื่อลมแรงราวหกสิบหกวันต่อปีตามที่วิศวกรคำนวณไว้",
        "ค่าใช้จ่ายปีละหนึ่งล้านเก้าแสนคราวน์ เมืองจะขอให้มณฑลช่วยออกหนึ่งในสาม มิฉะนั้นค่าโดยสารจะเพิ่มขึ้น",
    )
    assert {each.text for each in summarise(document(*thai), "").sentences} <= {*thai}
    assert summarise(document(*thai), "").counted == 4


def test_an_article_without_sentences_has_no_summary() -> None:
    for empty in (Document(()), document(""), Document((Code("x = 1\n" * 50),)), document("Short.", "No.")):
        assert summarise(empty, "A title").sentences == ()


@given(
    st.lists(st.text(max_size=80) | st.sampled_from(PARAGRAPHS), max_size=6),
    st.text(max_size=30),
    st.integers(1, MOST),
)
def test_no_text_is_too_odd_to_be_summarised(texts: list[str], title: str, most: int) -> None:
    blocks = tuple(Paragraph(Text(text)) for text in texts)
    whole = Document((*blocks, Quote(blocks), ListBlock((blocks,))))
    found = summarise(whole, title, most)
    assert len(found.sentences) <= most
    assert all(0 <= each.block < len(whole.blocks) for each in (*found.sentences, *found.points))
