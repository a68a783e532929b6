from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.bounds import MAX_ELEMENTS
from newsreader.errors import ParseError
from newsreader.pages import clean, extract
from newsreader.pages.extraction import find_article
from tests.pages.soup import soup

URL = "https://gazette.example/2026/ferry"
SENTENCE = "The council of the harbour town voted late on Monday, after four hours, to keep the night ferry number {}. "


def paragraphs(first: int, count: int) -> str:
    return "".join(
        f"<p>{''.join(SENTENCE.format(f'{number}-{part}') for part in range(3))}</p>"
        for number in range(first, first + count)
    )


def page(body: str, head: str = "", lang: str = "en") -> str:
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>Night ferry stays | The Gazette</title>{head}</head><body>'
        '<nav><a href="/">Home</a> <a href="/news">News</a></nav>'
        f'<div id="content"><article>{body}</article></div>'
        '<div class="sidebar"><ul><li><a href="/1">Other story one</a><li><a href="/2">Other story two</a></ul></div>'
        "<footer>All rights reserved by the publisher.</footer></body></html>"
    )


def test_the_article_is_found_and_the_page_around_it_is_not() -> None:
    found = extract(page(f"<h1>Night ferry stays</h1>{paragraphs(0, 6)}"), URL)
    for number in range(6):
        assert f"number {number}-2" in found.text
    assert "Other story" not in found.text
    assert "rights reserved" not in found.text
    assert clean(found.html, URL) == found.html


def test_bytes_are_decoded_first() -> None:
    html = page("<p>" + "Größe, Füße und schöne Übermut in der Zeitung von gestern, mit Komma. " * 8 + "</p>")
    assert "Größe" in extract(html.encode("cp1252"), URL).text


def test_hyphens_that_only_say_where_a_word_may_break_go() -> None:
    begin = "<p>The ferry\xadman of the har&shy;bour town was asked for his word.</p>"
    assert "The ferryman of the harbour" in extract(page(begin + paragraphs(0, 3)), URL).text


@pytest.mark.parametrize(
    "html",
    [
        "",
        "  \n",
        "\x00\x00",
        "<html></html>",
        "<frameset><frame src=x></frameset>",
        "<div id=app></div><script>go()</script>",
        "words",
    ],
)
def test_a_page_without_an_article_says_so(html: str) -> None:
    with pytest.raises(ParseError) as error:
        extract(html, URL)
    assert error.value.phrase == "No article text found on the page."


def test_the_title_above_is_not_repeated_in_the_text() -> None:
    body = f"<h1>Night ferry stays</h1><p>By Ines Almada</p><p>23 November 2026</p>{paragraphs(0, 5)}"
    found = extract(page(body, '<meta name="author" content="Ines Almada">'), URL, title="Night ferry stays")
    assert found.text.startswith("The council")


def test_share_bars_and_pointers_elsewhere_go_and_text_stays() -> None:
    body = (
        f"{paragraphs(0, 3)}<div class='share-buttons'><a href='/t'>Tweet</a> <a href='/f'>Share</a></div>"
        f"<p>Read more: <a href='/x'>Another story altogether</a></p>{paragraphs(3, 3)}"
        "<div class='related-posts'><h3>Related stories</h3><ul><li><a href='/a'>A</a></li></ul></div>"
    )
    text = extract(page(body), URL).text
    assert "Tweet" not in text
    assert "Another story" not in text
    assert "Related stories" not in text
    assert "number 5-2" in text


@pytest.mark.parametrize(
    "ending",
    [
        "<p>Follow us on Twitter @gazette and on Facebook.</p>",
        "<p>Was it good? Subscribe to the Gazette's newsletters.</p>",
        "<h3>You might also like</h3>",
        "<p>More about ferries:</p><ul><li><a href='/1'>One ferry</a></li><li><a href='/2'>Two ferries</a></li></ul>",
        "<div><a href='/news'>Back to the list of all news</a></div><p>Published 11:34 PM EST Nov 19, 2026</p>",
        "<p>23 November 2026</p><p><a href='https://gazette.example/print'>This article in print</a></p>",
    ],
)
def test_what_leads_on_below_the_last_paragraph_goes(ending: str) -> None:
    text = extract(page(paragraphs(0, 4) + ending), URL).text
    assert text.endswith("number 3-2.")


@pytest.mark.parametrize(
    "ending",
    [
        "<p>People follow her on Twitter, and she knows it.</p>",
        "<p>The whole study: <a href='https://university.example/study'>Ferries at night</a></p>",
        "<p><a href='https://university.example/study'>Ferries at night, the study</a></p>",
        "<p>Where next?</p>",
    ],
)
def test_a_short_last_line_of_the_article_stays(ending: str) -> None:
    text = extract(page(paragraphs(0, 4) + ending), URL).text
    assert not text.endswith("number 3-2.")


def test_a_headline_with_little_more_in_it_than_the_title_is_the_title() -> None:
    html = page(f"<h1><span>27.01.2026</span> Night ferry stays after all</h1>{paragraphs(0, 4)}")
    assert extract(html, URL, title="Night ferry stays after all").text.startswith("The council")


def test_headings_that_are_links_stay_in_a_text_about_many_things() -> None:
    parts = "".join(f"<h2><a href='https://shop.example/{n}'>Thing {n}</a></h2>{paragraphs(n, 1)}" for n in range(4))
    assert "Thing 3" in extract(page(parts), URL).text


def test_a_picture_or_a_byline_may_stand_below_a_heading_that_is_a_link() -> None:
    for between in ("<figure><img src='/a.jpg'></figure>", "<div>By Ines Almada</div>"):
        parts = "".join(f"<h2><a href='/things/{n}'>Thing {n}</a></h2>{between}{paragraphs(n, 1)}" for n in range(2))
        assert "Thing 1" in extract(page(paragraphs(0, 4) + parts + paragraphs(2, 2)), URL).text


@pytest.mark.parametrize(
    ("pager", "stays"),
    [
        ("<a href='{0}/2' rel='next'>Next page</a>", False),
        ("<p><a href='{0}/2'>2</a> <a href='{0}/3'>3</a> <a href='{0}/2'>Next page »</a></p>", False),
        ("<p>Page 1 <b><a href='{0}/2'>2</a></b></p>", False),
        ("<p>As <a href='{0}/2'>page 2</a> says, the ferry is blue.</p>", True),
        ("<p>The parts: <a href='{0}/2'>Installation</a>, <a href='{0}/3'>Removal</a>.</p>", True),
        ("<p><a href='https://gazette.example/other/2'>Page 2</a> was not there.</p>", True),
    ],
)
def test_links_to_the_other_pages_of_an_article_go_where_they_stand_alone(pager: str, stays: bool) -> None:
    found = extract(page(paragraphs(0, 4) + pager.format(URL) + paragraphs(4, 3)), URL)
    between = found.text.partition("number 3-2.")[2].partition("The council")[0]
    assert any(letter.isalnum() for letter in between) == stays


@pytest.mark.parametrize("line", ["<p>In: {}</p>", "<div><strong>{}, {}</strong><p>Be kind.</p></div>"])
def test_what_an_article_is_filed_under_goes_and_a_tag_in_a_sentence_stays(line: str) -> None:
    tag = "<a href='/tags/boats' rel='category tag'>boats</a>"
    said = f"<p>The council spoke of nothing but {tag} for three hours, which is longer than it ever did before.</p>"
    text = extract(page(paragraphs(0, 3) + said + paragraphs(3, 3) + line.format(tag, tag)), URL).text
    assert text.count("boats") == 1


def test_a_list_of_things_each_with_a_link_and_a_player_is_found_beside_comments() -> None:
    def thing(number: int) -> str:
        player = f"<div><iframe src='https://www.youtube.com/embed/{number}'></iframe></div>"
        words = "It plays well, looks better, and costs less than what came before it did in its first year. " * 6
        return f"<h3><a href='https://shop.example/{number}'>Thing {number}</a></h3>{player}<p>{words[:520]}</p>"

    things = "<div>" * 4 + "".join(map(thing, range(8))) + "</div>" * 4
    remark = f"<div><p>{'I saw the report, which said that nothing at all was found by anybody. ' * 6}</p></div>"
    found = extract(f"<html><title>Things</title><body>{things}<div>{remark}</div></body></html>", URL)
    assert "Thing 0" in found.text
    assert "Thing 7" in found.text


def test_who_was_quoted_stays() -> None:
    for name in ("<footer>— <cite>The captain</cite></footer>", "<div><a href='/captain'>The captain</a></div>"):
        quote = f"<blockquote><p>Nobody lives on the island by accident.</p>{name}</blockquote>"
        assert "The captain" in extract(page(paragraphs(0, 3) + quote + paragraphs(3, 3)), URL).text
    assert "The captain" not in extract(page(f"{paragraphs(0, 3)}<footer>The captain</footer>"), URL).text


def test_a_section_named_like_noise_that_is_text_stays() -> None:
    body = f"{paragraphs(0, 3)}<div class='related-content'>{paragraphs(3, 4)}</div>"
    assert "number 6-2" in extract(page(body), URL).text


def test_quoted_posts_stay() -> None:
    words = "<p>We keep the ferry, and that is that, says the mayor.</p>— Mayor"
    post = f"<blockquote class='twitter-tweet'>{words}</blockquote>"
    assert "says the mayor" in extract(page(paragraphs(0, 3) + post + paragraphs(3, 3)), URL).text
    box = f"<div class='social-embed'>{post}</div>"
    assert "says the mayor" in extract(page(paragraphs(0, 3) + box + paragraphs(3, 3)), URL).text
    link = "<a href='https://post.example/1'>post.example/1</a>"
    short = f"<div><blockquote class='twitter-tweet'><p>We keep it. {link}</p>— Mayor {link}</blockquote></div>"
    assert "We keep it" in extract(page(paragraphs(0, 3) + short + paragraphs(3, 3)), URL).text


def test_the_body_that_the_page_marks_is_taken_when_readability_misses_most() -> None:
    parts = "".join(f"<div class='x{n}'><div>{paragraphs(n, 1)}</div></div>" for n in range(12))
    found = extract(page(f"<div itemprop='articleBody'>{parts}</div>"), URL)
    assert all(f"number {number}-1" in found.text for number in range(12))


def test_an_article_in_many_boxes_of_one_kind_is_whole() -> None:
    boxes = "".join(f"<div class='block'><div class='inner'>{paragraphs(n, 2)}</div></div>" for n in (0, 2, 4))
    aside = "<div class='box'><p>" + "A few words about this paper and those who make it. " * 3 + "</p></div>"
    text = extract(f"<title>Ferry</title><div id=main>{boxes}</div>{aside}", URL).text
    assert all(f"number {number}-1" in text for number in range(6))
    assert "this paper" not in text


def test_what_stands_above_the_headline_is_none_of_the_article() -> None:
    ticker = "".join(f"<li>{SENTENCE.format(f'old-{number}')}</li>" for number in range(8))
    body = f"<div><ul>{ticker}</ul></div><div><h2>Night ferry stays</h2><div>{paragraphs(0, 4)}</div></div>"
    text = extract(page(body, '<meta property="og:title" content="Night ferry stays">'), URL).text
    assert "number 3-2" in text
    assert "old-" not in text


def test_the_beginning_under_the_headline_is_the_articles_and_a_line_that_sums_it_up_is_not() -> None:
    begin = f"<div class='top'><p>{SENTENCE.format('begin') * 2}</p></div>"
    summing_up = "<p class='standfirst'>The council sat long, and the night ferry will go on running.</p>"
    html = page(f"<header><h1>Night ferry stays</h1>{summing_up}{begin}</header><div>{paragraphs(0, 12)}</div>")
    text = extract(html, URL).text
    assert text.startswith("The council of the harbour town")
    assert "number begin" in text
    assert "sat long" not in text


@pytest.mark.parametrize(
    "rest",
    [
        "<section>" + "".join(
            f"<div class=card><h3><a href='/{n}'>Story {n}</a></h3><p>Elsewhere {SENTENCE.format(n)}</p></div>"
            for n in range(12)
        ) + "</section>",
        "<ol id='comment-list'>" + "".join(f"<li><p>Elsewhere {SENTENCE.format(n) * 3}</p></li>" for n in range(9))
        + "</ol>",
    ],
    ids=["teasers", "comments"],
)  # fmt: skip
def test_a_short_article_is_found_above_much_that_is_no_article(rest: str) -> None:
    html = f"<title>Ferry</title><div class=a><h1>Ferry</h1><div>{paragraphs(0, 2)}</div></div><div>{rest}</div>"
    text = extract(html, URL).text
    assert "number 1-2" in text
    assert "Elsewhere" not in text


@pytest.mark.parametrize(
    "rest",
    [
        "<div><h3>3 comments</h3><div>{}</div></div>",
        "<h3>Leave a reply</h3><div>{}</div>",
        "<div><div><p><strong>Kommentare (9)</strong></p></div>{}</div>",
        "<div><h4>You may also like</h4>{}</div>",
        "<div><h4>Te puede interesar:</h4>{}</div>",
    ],
)
def test_a_box_goes_by_its_title_when_that_says_that_it_is_none_of_the_article(rest: str) -> None:
    other = "".join(f"<div><p>Elsewhere {SENTENCE.format(n)}</p></div>" for n in range(5))
    text = extract(page(paragraphs(0, 8) + rest.format(other)), URL).text
    assert text.endswith("number 7-2.")
    assert "Elsewhere" not in text


@pytest.mark.parametrize("title", ["Related work", "Comments in source code", "What followed"])
def test_a_section_with_a_title_of_its_own_stays(title: str) -> None:
    text = extract(page(f"{paragraphs(0, 4)}<section><h2>{title}</h2>{paragraphs(4, 3)}</section>"), URL).text
    assert title in text
    assert text.endswith("number 6-2.")


def test_the_line_of_the_author_goes_with_what_little_else_is_in_it() -> None:
    head = '<meta name="author" content="Ines Almada">'
    top = "<p>Ines Almada, The Gazette</p><p>Ines Almada was at the pier.</p>"
    text = extract(page(f"<h1>Night ferry stays</h1>{top}{paragraphs(0, 4)}", head), URL).text
    assert text.startswith("Ines Almada was at the pier.")


@pytest.mark.parametrize(
    "line", ["Submitted on Mon, 2026-01-27 13:49", "Dodano: 30 kwietnia 2026", "Mis à jour le 3 mai 2026"]
)
def test_the_line_of_the_date_goes(line: str) -> None:
    text = extract(page(f"<h1>Night ferry stays</h1><p>{line}</p>{paragraphs(0, 4)}"), URL).text
    assert text.startswith("The council")


def test_a_caption_above_the_text_is_not_its_beginning() -> None:
    picture = f"<div class='image top'><img src='/a.jpg'><p>{SENTENCE.format('caption') * 2}</p></div>"
    html = page(f"<h1>Night ferry stays</h1>{picture}<div>{paragraphs(0, 12)}</div>")
    assert "number caption" not in extract(html, URL).text


def test_a_page_that_begins_with_other_news_is_no_other_news() -> None:
    ticker = "<div>Trending</div><div><a href='/1'>One</a></div>"
    html = f"<title>Night ferry stays</title><div>{ticker}<div><h2>Night ferry stays</h2>{paragraphs(0, 6)}</div></div>"
    foot = "<div><p>A longer text on what we do with what you tell us. It has sentences, and is no article.</p></div>"
    assert extract(html + foot, URL).text.startswith("The council")


def test_tables_with_short_cells_and_links_within_the_page_stay() -> None:
    rows = "".join(f"<tr><td><div>{n}</div></td><td><div>Pier {n}</div></td></tr>" for n in range(9))
    contents = "<ul><li><a href='#one'>The ferry</a></li><li><a href='#two'>The piers</a></li></ul>"
    headings = "<h2 id=one>The ferry<a href='#one'>¶</a></h2>", "<h2 id=two><a href='#two'>The piers</a></h2>"
    body = f"{contents}{headings[0]}{paragraphs(0, 3)}{headings[1]}<table>{rows}</table>{paragraphs(3, 2)}"
    text = extract(page(body), URL).text
    assert "Pier 8" in text
    assert text.count("The piers") == 2


def test_a_page_of_a_few_words_is_given_whole() -> None:
    assert find_article("<h2>Opening hours</h2><img src='/a.jpg'><p>Every day</p>", URL).text.count("\n") == 1


def test_players_stay_as_links_and_other_frames_go() -> None:
    frames = "".join(
        f"<div><iframe {key}='{source}'></iframe></div>"
        for key, source in (
            ("src", "https://www.youtube.com/embed/abcdefghijk"),
            ("data-src", "https://player.vimeo.com/video/1"),
            ("src", "https://ads.example/frame?9"),
        )
    )
    clip = "<div class='clip'><video src='/ferry.mp4'></video></div>"
    html = extract(page(paragraphs(0, 2) + frames + clip + paragraphs(2, 2)), URL).html
    assert 'href="https://www.youtube.com/watch?v=abcdefghijk"' in html
    assert 'href="https://player.vimeo.com/video/1"' in html
    assert 'src="https://gazette.example/ferry.mp4"' in html
    assert "ads.example" not in html


def test_the_body_of_schema_org_is_taken_when_the_page_holds_none() -> None:
    body = "\n".join(SENTENCE.format(number) * 4 for number in range(8))
    data = json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "articleBody": body}]})
    head = f'<script type="application/ld+json">{data}</script>'
    assert "number 7" in extract(page("<p>Please wait.</p>", head), URL).text


def test_lazy_pictures_and_relative_links_are_made_whole() -> None:
    picture = '<figure><img src="data:," data-src="/a.jpg" alt="Ferry"><figcaption>The ferry</figcaption></figure>'
    link = "<p>See <a href='/docs'>the document</a> for it.</p>"
    found = extract(page(paragraphs(0, 2) + picture + link + paragraphs(2, 3)), URL)
    assert 'href="https://gazette.example/docs"' in found.html
    assert 'src="https://gazette.example/a.jpg"' in found.html


@pytest.mark.parametrize(
    "picture",
    [
        '<span><noscript><img src="/a.jpg" alt="Ferry"></noscript></span>',
        '<span><img src="data:image/gif;base64,R0"><noscript><img src="/a.jpg" alt="Ferry"></noscript></span>',
        '<img src="/a.jpg"><noscript><img src="/a.jpg?w=9"></noscript>',
        '<picture><source srcset="/a.jpg 1x, /b.jpg 2x"><img src="data:image/gif;base64,R0" alt="Ferry"></picture>',
        '<picture><source data-srcset="/a.jpg"><source data-srcset="/b.jpg"><img alt="Ferry"></picture>',
        '<img src="/blank.gif" data-lazy="/a.jpg">',
        '<img src="data:image/svg+xml,x" data-lazy-srcset="/a.jpg 300w, /b.jpg 600w">',
    ],
)
def test_a_picture_that_is_shown_late_is_there_once(picture: str) -> None:
    html = extract(page(f"{paragraphs(0, 3)}<p>{picture}</p>{paragraphs(3, 3)}"), URL).html
    assert html.count("<img") == 1
    assert "https://gazette.example/a.jpg" in html


def test_metadata() -> None:
    head = (
        '<meta property="og:title" content="Night ferry stays"><meta property="og:image" content="/top.jpg">'
        '<meta property="article:published_time" content="2026-11-23T18:00:00+01:00">'
        '<meta name="author" content="by Ines Almada"><link rel="next" href="/2026/ferry?page=2">'
    )
    found = extract(page(paragraphs(0, 5), head, "pt-BR"), URL)
    assert (found.title, found.byline, found.language) == ("Night ferry stays", "Ines Almada", "pt-BR")
    assert found.published == 1_795_453_200
    assert found.image == "https://gazette.example/top.jpg"
    assert found.next_page == "https://gazette.example/2026/ferry?page=2"
    assert 0 < found.quality <= 1


def test_a_title_without_metadata_loses_the_name_of_the_site() -> None:
    assert extract(page(paragraphs(0, 5)), URL).title == "Night ferry stays"


def test_metadata_of_the_wrong_kind_is_no_harm() -> None:
    data = {
        "@type": ["NewsArticle", 3],
        "headline": {"a": 1},
        "author": [{"name": None}, "A\x1bB"],
        "datePublished": 12,
        "image": [],
    }
    scripts = (json.dumps(data), "[" * 90_000)
    head = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    found = extract(page(paragraphs(0, 5), head), URL)
    assert found.byline == "AB"
    assert found.published is None


def test_a_summary_that_is_not_in_the_text_lowers_the_quality() -> None:
    html = page(paragraphs(0, 6))
    right = extract(
        html, URL, summary="<p>The council of the harbour town voted late on Monday to keep the night ferry</p>"
    )
    wrong = extract(html, URL, summary="Eleven quite different words about gardening, moths, telescopes and old bread")
    assert wrong.quality < right.quality


@pytest.mark.parametrize(
    "extra",
    [
        "<meta" * 100_000,
        "<p " + " ".join(f"a{index}=1" for index in range(50_000)) + ">x</p>",
        "<b><i><font>" * 1000,
        "<div>" * 20_000,
        "<b><div></b>" * 2000,
        "<table><tr><td>" * 500,
        "<![CDATA[" * 10_000,
        "<a " * 20_000,
        "<" * 50_000,
        "&#1;&#27;\ud800\ufffe",
        '<base href="http://[bad"><a href="http://[http://x">k</a>',
    ],
    ids=lambda extra: extra[:12],
)
def test_hostile_pages_still_give_their_article(extra: str) -> None:
    assert "number 5-2" in extract(f"<html><body><article>{extra}{paragraphs(0, 6)}</article></body></html>", URL).text


@pytest.mark.slow
def test_six_hundred_thousand_tags_end_in_text() -> None:
    html = page(paragraphs(0, 6) + "<b>x</b>" * 300_000 + "<p>The end</p>")
    assert "The end" in extract(html, URL).text


@pytest.mark.parametrize("name", ["article", "div"])
def test_of_a_page_of_very_many_elements_all_that_may_be_the_article_is_kept(name: str) -> None:
    flood = "<b>x</b> " * MAX_ELEMENTS
    html = f"<p>Menu.</p><{name}><h1>Night ferry</h1>{paragraphs(0, 6)}{flood}<p>The end.</p></{name}>"
    text = extract(f"<html><head><title>Night ferry</title><body>{html}</body></html>", URL).text
    assert "Night ferry" not in text
    assert "number 5-2" in text
    assert text.endswith("The end.")
    assert ("Menu." in text) == (name == "div")


def test_of_two_texts_that_is_taken_of_which_the_feed_speaks() -> None:
    def box(name: str, count: int) -> str:
        return "<div>" + "".join(f"<p>{name} {SENTENCE.format(n) * 2}</p>" for n in range(count)) + "</div>"

    menu = "<ul>" + "<li><a href='/'>Menu of the day, as it was yesterday</a></li>" * 90 + "</ul>"
    html = f"<title>The Gazette</title><div>{box('One', 8)}</div>{menu}<div>{box('Two', 7)}</div>"
    assert "One The council" in extract(html, URL).text
    summary = "Two The council of the harbour town voted late on Monday, after four hours, to keep"
    assert "One The council" not in extract(html, URL, summary=f"<p>{summary}</p>").text


NOT_FREE = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
CONSENT = (
    "<p>We and our 842 partners use cookies and tracking to show personalised advertising, if you accept. You can"
    " reject all cookies, or withdraw your consent at any time in the privacy settings at the foot of this page.</p>"
)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (f"<title>Before you go on</title>{CONSENT * 3}", "consent to cookies"),
        ("<title>Just a moment...</title><p>Enable JavaScript and cookies to continue.</p>", "whether a person"),
        (f"<title>Night ferry stays</title>{NOT_FREE}<p>The council voted late on Monday.</p>", "for subscribers"),
    ],
)
def test_what_stands_before_an_article_is_said(html: str, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        extract(html, URL, title="Night ferry stays")


def test_an_article_about_cookies_is_no_wall() -> None:
    assert "842 partners" in extract(page(CONSENT * 3), URL, title="Our 842 partners use cookies").text
    assert "number 5-2" in extract(page(paragraphs(0, 6)), URL, title="Just a moment").text


def test_a_beginning_that_all_may_read_says_that_it_may_be_one() -> None:
    found = extract(page(paragraphs(0, 3), NOT_FREE), URL)
    assert found.text.endswith("whole articles for its subscribers.")
    assert clean(found.html, URL) == found.html
    assert found.quality < extract(page(paragraphs(0, 3)), URL).quality
    assert (found.whole, extract(page(paragraphs(0, 3)), URL).whole) == (False, True)
    assert extract(page(paragraphs(0, 9), NOT_FREE), URL).text.endswith("number 8-2.")
    with pytest.raises(ParseError, match="for subscribers"):
        extract(page(paragraphs(0, 3), NOT_FREE), URL, summary=SENTENCE * 12)  # the feed gave more


@given(soup, st.booleans())
@settings(max_examples=150)
def test_every_page_ends_in_text_or_in_words(html: str, whole: bool) -> None:
    try:
        found = find_article(page(html + paragraphs(0, 2)) if whole else html, URL)
    except ParseError:
        return
    assert clean(found.html, URL) == found.html


def test_cleaning_does_not_load_readability() -> None:
    code = "import sys, newsreader.pages; newsreader.pages.clean('<p>x'); print('readability' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"


def test_entities_in_the_names_that_a_page_gives_as_json_are_read() -> None:
    data = {
        "@type": "NewsArticle",
        "headline": "The caf&eacute; &amp; the ferry",
        "author": {"name": "Redacci&oacute;n Diario"},
    }
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    found = extract(page(paragraphs(0, 5), head), URL)
    assert (found.title, found.byline) == ("The café & the ferry", "Redacción Diario")


def test_a_name_that_is_a_link_in_a_cell_of_a_table_stays() -> None:
    rows = "".join(
        f'<tr><td><div><a href="/app/{number}">App {number}</a></div></td><td><div>{number} MB</div></td></tr>'
        for number in range(6)
    )
    links = "".join(f'<div><a href="/tag/{number}">Tag {number}</a></div>' for number in range(6))
    layout = f"<table><tr><td>{links}</td><td>{paragraphs(4, 8)}</td></tr></table>"
    text = extract(page(f"{paragraphs(0, 4)}<table>{rows}</table>{layout}"), URL).text
    assert all(f"App {number}" in text for number in range(6))
    assert "Tag" not in text


def test_the_direction_of_a_page_is_that_of_its_tables() -> None:
    html = page(f"{paragraphs(0, 6)}<table><tr><th>A<th>B<tr><td>One<td>Two</table>").replace(
        "<html", '<html dir="rtl"'
    )
    assert '<table dir="rtl">' in extract(html, URL).html


def test_an_amp_page_keeps_its_pictures_and_players() -> None:
    picture = (
        '<figure><amp-img src="/quay.png" width="600" height="400"></amp-img><figcaption>The quay</figcaption></figure>'
    )
    player = '<amp-youtube data-videoid="abcdefghijk"></amp-youtube>'
    found = extract(page(f"{paragraphs(0, 3)}{picture}{paragraphs(3, 6)}{player}{paragraphs(6, 8)}"), URL).html
    assert '<img src="https://gazette.example/quay.png" width="600" height="400">' in found
    assert "watch?v=abcdefghijk" in found
