"""What stood around the other articles of a site goes from the ends of this one, and from nowhere else."""

from __future__ import annotations

from collections import Counter

import pytest

from newsreader.pages import extract
from newsreader.pages.cleaning import clean_tree, serialise
from newsreader.pages.repeated import drop_repeated, edges

URL = "https://gazette.example/story"
BOTTOM = (
    "<p>The Coast Gazette has been printed on the quay of Port Varrel since 1911, in a house that smells of tar, and "
    "it belongs to those who read it. Letters to the editor reach us by post, by boat and by pigeon, all the week, "
    "and we answer each of them by hand.</p>"
    "<p>You can hear our editors on Harbour Radio every evening at seven.</p>"
)
TOP = "<p>This story was read aloud for you by volunteers of the harbour library.</p>"


def story(number: int, paragraphs: int = 8) -> str:
    return "".join(
        f"<p>In story {number} part {part} the council of harbour {number * part} votes, counts and votes again, "
        f"while the ferry waits, and the tide of day {number} does not, says pilot {number}{part}.</p>"
        for part in range(paragraphs)
    )


def site_page(number: int, text: str | None = None) -> str:
    body = TOP + (story(number) if text is None else text) + BOTTOM
    return (
        f"<html><head><title>Story {number}</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Story {number}</h1>{body}</article></body></html>"
    )


def shares(*pages: str) -> dict[int, float]:
    counts = Counter(mark for page in pages for mark in extract(page, URL).edges)
    return {mark: count / len(pages) for mark, count in counts.items() if count >= 3}


def test_what_three_other_articles_have_at_their_ends_is_dropped() -> None:
    before = extract(site_page(9), URL)
    assert "printed on the quay" in before.text
    assert "read aloud" in before.text
    after = extract(site_page(9), URL, repeated=shares(*map(site_page, range(4))))
    assert after.text.splitlines() == before.text.splitlines()[1:-2]
    assert "story 9 part 0" in after.text
    assert "story 9 part 7" in after.text
    assert after.edges == before.edges  # or it would be forgotten as soon as it is dropped


def test_two_other_articles_are_not_enough() -> None:
    assert not shares(site_page(1), site_page(2))


def test_a_third_of_the_text_stays() -> None:
    seen = shares(*map(site_page, range(4)))
    short = site_page(9, story(9, 3))
    assert "printed on the quay" in extract(short, URL, repeated=seen).text


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p>Again</p><p>{long}</p><p>Again</p><p>{long}</p><p>Again</p>", "<p>{long}</p><p>Again</p><p>{long}</p>"),
        ("<h2>Again</h2><p>{long}</p><h2>Again</h2>", "<h2>Again</h2><p>{long}</p>"),
        ("<p>{long}</p><p>Again</p><pre>code</pre>", "<p>{long}</p><p>Again</p><pre>code</pre>"),
        ("<p>{long}</p><p>Again</p>loose", "<p>{long}</p><p>Again</p>loose"),
        ('<p>{long}</p><figure><img src="/a.png"></figure><p>Again</p>', "<p>{long}</p><figure></figure>"),
        ('<p>{long}</p><img src="/b.png"><p>Again</p>', '<p>{long}</p><img src="https://gazette.example/b.png">'),
        ("<p>{long}</p><p>{background}</p>", "<p>{long}</p><p>{background}</p>"),
        ('<p>{long}</p><ul><li>Again</li><li><a href="/x">Again</a></li></ul>', "<p>{long}</p><ul></ul>"),
    ],
)
def test_only_the_ends_are_dropped(html: str, left: str) -> None:
    words = {"long": "The council votes. " * 60, "background": "The war began in the spring of that year. " * 8}
    known = clean_tree('<p>Again</p><img src="/a.png"><p>{background}</p>'.format(**words), URL)
    body = clean_tree(html.format(**words), URL)
    drop_repeated(body, dict.fromkeys(edges(known), 0.3))
    assert serialise(body) == serialise(clean_tree(left.format(**words), URL))


def test_a_long_block_goes_where_it_stands_in_most_articles() -> None:
    bottom = "<p>" + "We are the paper of the harbour and of those who live by it. " * 6 + "</p>"
    body = clean_tree(f"<p>{'The council votes. ' * 90}</p>{bottom}", URL)
    drop_repeated(body, dict.fromkeys(edges(clean_tree(bottom, URL)), 0.6))
    assert "harbour" not in serialise(body)
