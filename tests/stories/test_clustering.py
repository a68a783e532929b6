from __future__ import annotations

import pytest

from newsreader.model import Placed
from newsreader.stories import clustering
from newsreader.stories.clustering import DAYS, Stories
from newsreader.stories.sketch import Sketch, sketch

NOW = 1_795_456_800
DAY = 86_400
FERRY = (
    "The council of Port Varrel voted late on Monday to keep the night ferry running for another ten years, ending a "
    "dispute that had split the town since the bridge to Sennet was first proposed by Henrike Toll."
)
FERRY_TOO = (
    "Seven members of the council in Port Varrel backed the night ferry to Sennet against six for the bridge, after "
    "weeks in which Henrike Toll would not say how she was going to vote on the ten-year contract."
)
FLOOD = (
    "Old maps of the river Brede show meadows where houses stand now, and the houses were flooded on Sunday for the "
    "third time since the dam was opened, said the county's engineer."
)


def news(id_: int, source: int, title: str, text: str = "", *, at: int = NOW, link: str = "") -> Sketch:
    return sketch(id_, source, at, title=title, text=text, link=link)


def placed(*articles: Sketch) -> list[int]:
    stories = Stories()
    return [stories.place(article).story for article in articles]


def test_articles_of_two_sources_about_one_event_are_a_story_of_the_first() -> None:
    found = placed(
        news(1, 1, "Port Varrel keeps its night ferry", FERRY),
        news(2, 2, "Old maps, new floods", FLOOD),
        news(3, 2, "Night ferry wins by one vote in Port Varrel", FERRY_TOO),
    )
    assert found == [1, 2, 1]


def test_articles_of_one_source_alone_are_no_story() -> None:
    assert placed(
        news(1, 1, "Port Varrel keeps its night ferry", FERRY),
        news(2, 1, "Night ferry wins by one vote in Port Varrel", FERRY_TOO),
    ) == [1, 2]


def test_one_that_was_alone_joins_with_the_article_that_tells_of_the_same() -> None:
    stories = Stories()
    stories.place(news(1, 1, "Port Varrel keeps its night ferry", FERRY))
    stories.place(news(2, 1, "Night ferry of Port Varrel to run ten more years", FERRY))
    last = stories.place(news(3, 2, "Port Varrel keeps its night ferry for ten more years", FERRY_TOO))
    assert {last.story, *last.joined} == {1, 2}


def test_what_lies_days_apart_is_another_story() -> None:
    apart = DAYS * DAY + 1
    assert placed(
        news(1, 1, "Port Varrel keeps its night ferry", FERRY),
        news(2, 2, "Port Varrel keeps its night ferry", FERRY, at=NOW + apart),
    ) == [1, 2]


def test_the_same_text_and_the_same_address_are_copies_of_the_first() -> None:
    stories = Stories()
    stories.place(news(1, 1, "Port Varrel keeps its night ferry", FERRY * 2))
    assert stories.place(news(2, 2, "Ferry stays", FERRY * 2)) == Placed(2, 1, 1)
    assert stories.place(news(3, 3, "Ferry to stay", FERRY * 2)) == Placed(3, 1, 1)
    stories.place(news(4, 4, "Old maps, new floods", FLOOD, link="example.org/maps"))
    assert stories.place(news(5, 5, "Maps (2026)", link="example.org/maps")) == Placed(5, 4, 4)


def test_what_one_source_says_in_the_same_form_each_day_is_no_copy() -> None:
    form = "The fire brigade of Port Varrel was called at night and went out with two engines and eleven members. " * 2
    assert placed(news(1, 1, "Alarm", form), news(2, 1, "Alarm", form, at=NOW + 60)) == [1, 2]


def test_a_page_that_many_things_lead_to_is_nobodys_own() -> None:
    entries = [news(number, 1, f"Notice {number}", link="example.org/notices") for number in range(1, 12)]
    assert placed(*entries, news(12, 2, "Something else", link="example.org/notices"))[-1] == 12


def test_the_same_articles_in_the_same_order_give_the_same_stories_also_after_a_restart() -> None:
    articles = [
        news(1, 1, "Port Varrel keeps its night ferry", FERRY),
        news(2, 2, "Old maps, new floods", FLOOD),
        news(3, 2, "Night ferry wins by one vote in Port Varrel", FERRY_TOO),
        news(4, 3, "Ferry to Sennet stays, Port Varrel decides", FERRY_TOO + FERRY),
    ]
    whole = Stories()
    first = [whole.place(article) for article in articles]
    again = Stories()
    for article, place in zip(articles[:3], first[:3], strict=True):
        again.remember(article, place)
    assert again.place(articles[3]) == first[3]


def test_only_the_last_articles_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "HELD", 3)
    stories = Stories()
    stories.place(news(1, 1, "Port Varrel keeps its night ferry", FERRY, link="example.org/ferry"))
    for number in range(2, 6):
        stories.place(news(number, 3, f"Number {number} of the list", link=f"example.org/{number}"))
    assert len(stories) == 3
    assert stories.place(news(9, 2, "Port Varrel keeps its night ferry", FERRY, link="example.org/ferry")).story == 9


@pytest.mark.parametrize("title", ["", "?", "the of and", "1", "🙂", "a" * 5_000])
def test_titles_that_say_nothing_join_nothing(title: str) -> None:
    assert placed(news(1, 1, title), news(2, 2, title)) == [1, 2]
