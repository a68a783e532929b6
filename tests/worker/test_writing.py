"""Articles made ready for the library: plain markup takes a shorter way, and nobody can tell."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.document.build import build_tree
from newsreader.document.plain_layout import lay_out
from newsreader.model import Enclosure, ParsedArticle
from newsreader.pages import plain_markup
from newsreader.pages.cleaning import clean_tree, serialise
from newsreader.worker.merge import MergedArticle
from newsreader.worker.writing import write
from tests.pages.soup import soup

BASE = "https://example.org/blog/post?a=1&b=2"

WORDS = (
    *("word", " ", " two words ", "a &amp; b", "&lt;b&gt;", "it&#8217;s", "&#x27;", "&nbsp;", "\xa0", "é", "e\u0301"),
    *("漢字", "\u0301", "\u200d", "😀", "&quot;x&quot;", "\n", "a  b", "&#27;", "&x;", "&", "٣", "\u3000", "x\ty"),
)
ADDRESSES = (
    *("https://example.org/a?utm_source=x&amp;b=1", "/path", "a b", "#note", "http://e.org/[x]", "mailto:a@b.c"),
    *("https://example.org/blog/post?a=1&amp;b=2#here", "HTTP://E.ORG/", "javascript:x", "", "//e.org/ü", "x&y=1"),
)
ATTRIBUTES = (
    *("", "", "", ' class="x"', ' class="language-py"', ' style="a: b"', ' id="n"', ' data-lang="c"', " hidden"),
    *(' start="3"', ' value="2"', ' class="embed"', ' class="a" class="b"', "\n", " ", ' title="a &gt; b"', " a='b'"),
)
_WORDS = st.sampled_from(WORDS)
_ADDRESSES = st.sampled_from(ADDRESSES)
_ATTRIBUTES = st.sampled_from(ATTRIBUTES)
_MARKS = st.sampled_from("em strong i b code kbd sub sup del s ins mark small span cite tt q font u".split())
_BLOCKS = st.sampled_from("p p p div h1 h3 ul ol li li blockquote figure figcaption pre section dl dt td".split())
_VOID = st.sampled_from(["<br>", "<br/>", "<br />", "<hr>", "<hr/>", "<br></br>", "<p/>", "<wbr>", "<!-- x -->"])


def _picture(source: str, alternative: str, size: str) -> str:
    return f'<img src="{source}" alt="{alternative}"{size}/>'


def _linked(inside: str, address: str, attributes: str) -> str:
    return f'<a href="{address}"{attributes}>{inside}</a>'


def _marked(inside: str, name: str, attributes: str) -> str:
    return f"<{name}{attributes}>{inside}</{name}>"


_PICTURES = st.builds(
    _picture,
    _ADDRESSES,
    st.sampled_from(["", "A ship", ":)", "a &amp; b", "{\\displaystyle x}", " two  spaces ", "Ünïcode"]),
    st.sampled_from(
        [
            "",
            ' width="600" height="400"',
            ' width="1" height="1"',
            ' width="16" height="16"',
            ' width="9em"',
            ' title="A ship at sea"',
        ]
    ),
)
_INLINE = st.recursive(
    st.one_of(_WORDS, _WORDS, _VOID, _PICTURES),
    lambda inner: st.one_of(
        st.builds(_marked, inner, _MARKS, _ATTRIBUTES),
        st.builds(_linked, inner, _ADDRESSES, _ATTRIBUTES),
        st.lists(inner, max_size=4).map("".join),
    ),
    max_leaves=8,
)
_MARKUP = st.recursive(
    _INLINE,
    lambda inner: st.one_of(
        st.builds(_marked, inner, _BLOCKS, _ATTRIBUTES),
        st.builds("<ul>\n<li>{}</li>\n<li>{}</li>\n</ul>".format, inner, inner),
        st.builds("<figure>{}<figcaption>{}</figcaption></figure>".format, _PICTURES, inner),
        st.builds("<pre><code>{}</code></pre>".format, inner),
        st.lists(inner, max_size=4).map("\n".join),
    ),
    max_leaves=12,
)


def assert_told_alike(html: str) -> bool:
    """Whether the markup is plain; if so, both ways give the same."""
    written = plain_markup.write(html, BASE)
    document = None if written is None else lay_out(written, "de")
    if document is None:
        return False
    tree = clean_tree(html, BASE)
    assert written == serialise(tree)
    assert document == build_tree(tree, BASE, language="de")
    return True


@pytest.mark.slow
@given(_MARKUP)
@settings(max_examples=1_500)
def test_plain_markup_is_read_as_the_parser_reads_it(html: str) -> None:
    assert_told_alike(html)


@given(soup)
@settings(max_examples=500)
def test_soup_is_read_as_the_parser_reads_it_or_left_to_it(html: str) -> None:
    assert_told_alike(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>One.</p>\n<p>Two, <em>with</em> a <a href='x'>link</a>.</p>".replace("'", '"'),
        '<p class="lead">One <b>bold</b> word,<br/>and a line.<br /><br />A paragraph.</p>',
        "<h2>A heading</h2><ul>\n<li>one</li>\n<li>two <code>x &lt; 1</code></li>\n</ul><ol><li><p>a</p></li></ol>",
        '<figure><img src="/a.png" alt="A ship" width="640"/><figcaption>At <i>sea</i></figcaption></figure>',
        "<blockquote><p>Said.</p><p>And said.</p></blockquote><hr/>Loose text<p></p>",
        "Loose text<pre><code>a\n  b &gt; c\n</code></pre>",
        '<div><div class="x"><span style="a">It&#8217;s &quot;so&quot;</span></div></div>',
        '<p><a href="https://example.org/x?utm_source=feed&amp;a=1"><img src="https://example.org/p.jpg"></a></p>',
        '<p>x<a href="https://twitter.com/share?u=y"><img src="/p.jpg"/></a></p>',
        '<p><a href="/x"><img src="/p.jpg" title="A title"/> words</a><a href="/p.jpg"><img src="/p.jpg"/></a></p>',
        "<pre>  a\n  b</pre><p> c</p>",
        "漢字の<strong>記事</strong>です",
        "",
    ],
)
def test_most_articles_are_plain(html: str) -> None:
    assert assert_told_alike(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>One<p>Two",
        "<p>a <b>b <i>c</b></i></p>",
        "<b>x</strong><strong>y</b>",
        "<p><i>x</em></p>",
        '<p><span>a <a href="/x">b</span> c</a></p>',
        '<p id="a">x</p>',
        "<table><tr><td>x</td></tr></table>",
        "<p><div>x</div></p>",
        "a < b > c",
        '<a href="#note">x</a>',
        "<li>x</li>",
        "<ul>x<li>y</li></ul>",
        '<div class="highlight-source-c"><pre>x</pre></div>',
        '<pre><span class="lineno">1</span> x</pre>',
        '<p><img class="latex" src="/x.png" alt="a^2 + b^2"/></p>',
        '<a class="embed" href="https://example.org/">x</a>',
        '<h2><a href="https://example.org/x#y">#</a>Title</h2>',
        '<p title="a&quot; id=&quot;b">x</p>',
    ],
)
def test_what_only_the_parser_can_judge_is_left_to_it(html: str) -> None:
    assert not assert_told_alike(html)


@pytest.mark.parametrize(
    ("html", "kind", "media"),
    [
        ("<p>Words</p>", None, ""),
        ('<img src="/a.png"><img src="/b.png">', None, "pp"),
        ('<p>Words</p><img src="/a.png"><p>Words</p><img src="/b.png">', None, "i"),
        ('<img src="/a.png">' + "<p>Words of a long text</p>" * 60, None, "i"),
        ("<p>Words of a long text</p>" * 60, "audio/mpeg", ""),
        ('<p>Words</p><img src="/a.png">', "audio/mpeg", "ai"),
        ('<img src="/a.png">', "audio/mpeg", "ai"),
        ("<p>Words</p>", "audio/mpeg", "a"),
    ],
)
def test_that_there_are_pictures_is_noted_for_searches(html: str, kind: str | None, media: str) -> None:
    enclosures = (Enclosure("https://example.org/e", kind),) if kind else ()
    parsed = ParsedArticle(title="T", content_html=html, enclosures=enclosures)
    assert write(MergedArticle("1", "hash", 0, parsed), BASE).media == media


_ARTICLE = (
    '<div><p class="lead">It&#8217;s <span style="a">a <b>bold</b></span> start, with <i>two '
    '<a href="/x?a=1&amp;b=2" rel="nofollow">links</a></i> &amp; <em>one</em> <a href="https://example.org/z">more</a>.'
    "</p>\n<h2>Then</h2><ul>\n<li>one</li>\n<li><p>two <code>x &lt; 1</code></p></li>\n</ul>\n<blockquote><p>Said."
    "<br/>And said.</p></blockquote><ol><li>a<ul><li>b</li></ul></li></ol></div>\n"
    '<figure><a href="/big"><img src="/a.png" alt="A ship" width="640"/></a>'
    "<figcaption>At <small>sea</small></figcaption></figure><p>Loose <strong>énds</strong></p> and text<hr/>"
    "<pre><code>  a\n b</code></pre>"
)
_FRAGMENTS = (
    *"<p> </p> <li> </li> <ul> </ul> <div> </div> <b> </b> <strong> </strong> <i> </i> <em> </em> <br> <br/>".split(),
    *"<hr> <pre> </pre> <h2> </h2> <span> </span> <blockquote> </blockquote> <figure> </figure> <figcaption>".split(),
    *"</figcaption> </a> <code> </code> <small> </small> x &#39; &lt;".split(),
    *(" ", '<a href="/y">', '<img src="/b.png">', '<img src="/c" width="1" height="1"/>', "\u0301"),
)


@pytest.mark.slow
def test_harmed_articles_are_read_as_the_parser_reads_them() -> None:
    chance = random.Random(7)
    plain = 0
    for _ in range(6_000):
        parts = re.split("(<[^<>]*>)", _ARTICLE)
        for _ in range(chance.randint(1, 3)):
            place, kind = chance.randrange(len(parts)), chance.random()
            if kind < 0.4:
                parts.pop(place)
            else:
                found = chance.choice(parts) if kind < 0.6 else chance.choice(_FRAGMENTS)
                parts.insert(place, found)
        plain += assert_told_alike("".join(parts))
    assert plain > 600
