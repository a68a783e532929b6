"""What articles of several languages have in common, and what tells articles apart that are alike."""

from __future__ import annotations

import pytest

from newsreader.query.folding import tokens
from newsreader.stories.clustering import Stories
from newsreader.stories.concepts import concepts
from newsreader.stories.overviews import is_overview
from newsreader.stories.signs import signs_of
from tests.stories.test_clustering import DAY, NOW, news


def signs(text: str) -> set[str]:
    return {*signs_of(text, "", tokens(text))}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Putin in Samara", "Путин в Самаре"),
        ("Maradona", "マラドーナ"),
        ("Zimbabwe", "ज़िम्बाब्वे"),
        ("An earthquake in Chile", "Ein Erdbeben erschüttert den chilenischen Norden"),
        ("Earthquake", "地震"),
        ("Vienna", "Wien"),
        ("The new Zealand", "New Zealand"),
        ("2.3 million", "2,3 Millionen"),
        ("240,000 homes", "240 000 maisons"),
        ("seventeen", "17"),
        ("siebzehn", "diciassette"),
    ],
)
def test_names_numbers_and_things_are_the_same_in_other_languages(one: str, other: str) -> None:
    assert signs(one) & signs(other)


def test_words_that_mean_nothing_have_no_signs() -> None:
    assert signs("die und das of the Belgrade") == {"~brgrd"}
    assert not signs("…")


def test_a_version_is_no_number() -> None:
    assert signs("release 3.0.1") == {"v3.0.1"}
    assert signs("v2.4") == {"v2.4"}


def test_the_table_of_things_says_each_word_once() -> None:
    table = concepts()
    assert table.words["erdbeb"] == table.words["地震"] == "=earthquake"
    assert table.roots["chilen"] == "=chile"
    assert len({*table.words.values()}) > 200


@pytest.mark.parametrize(
    "title",
    ["Morning briefing: rates and rain", "Noise podcast", "Episode 12: salt", "The week in pictures", "Nieuwsbrief"],
)
def test_forms_that_tell_of_many_things_are_known(title: str) -> None:
    assert is_overview(title, "")
    assert is_overview("Tuesday", "Good morning. Here is what we read.")
    assert not is_overview("Council votes for the ferry", "It was a good morning for the ferry.")


def test_an_event_is_one_story_in_several_languages() -> None:
    stories = Stories()
    told = (
        ("Ferry sinks off Port Varrel, 17 dead", "The ferry Sennet Star sank at dawn; divers found 17 dead."),
        ("Fähre vor Port Varrel gesunken: 17 Tote", "Die Fähre Sennet Star sank am Morgen. Taucher fanden 17 Tote."),
        ("Паром «Сеннет Стар» затонул у Порт-Варреля", "Водолазы нашли 17 погибших."),
    )
    placed = [stories.place(news(number, number, *each)).story for number, each in enumerate(told, 1)]
    assert placed == [1, 1, 1]


def test_two_versions_and_two_bare_releases_are_two_stories() -> None:
    stories = Stories()
    for number, (title, text) in enumerate(
        [
            ("Tallow 3.0.0 released", "The compiler Tallow has a new parser."),
            ("Tallow 3.0.1 released", "The compiler Tallow has a new parser."),
            ("Release 1.12.0", "New: dark theme."),
            ("Release 1.12.0", "New: export."),
        ],
        1,
    ):
        assert stories.place(news(number, number, title, text)).story == number


def test_an_overview_is_in_no_story() -> None:
    stories = Stories()
    stories.place(news(1, 1, "Port Varrel keeps its night ferry", "The council of Port Varrel voted for the ferry."))
    briefing = news(2, 2, "Morning briefing: Port Varrel keeps its night ferry", "The council voted. Also: rain.")
    assert stories.place(briefing).story == 2


def test_two_stories_become_one_where_an_article_shows_that_they_are() -> None:
    stories = Stories()
    first = "Henrike Toll, mayor of Port Varrel, resigned over the Sennet ferry contract on Monday."
    second = "Mayor Henrike Toll of Port Varrel goes: the Sennet ferry contract cost her the office."
    stories.place(news(1, 1, "Mayor resigns over ferry", first))
    stories.place(news(2, 2, "Henrike Toll steps down", second, at=NOW + 60))
    assert {member.story for member in stories._held.values()} == {1}
    assert stories.place(news(3, 3, "Henrike Toll resigns in Port Varrel", first, at=NOW + 5 * DAY)).story == 3
