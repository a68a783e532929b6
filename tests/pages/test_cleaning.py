from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from lxml import etree

from newsreader.bounds import MAX_DEPTH
from newsreader.pages import clean
from newsreader.pages.cleaning import clean_tree, serialise
from newsreader.pages.vocabulary import NAMES
from newsreader.text import clean_text
from tests.pages.soup import soup

BASE = "https://example.org/blog/post"


@pytest.mark.parametrize(
    "attack",
    [
        "<script>steal()</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<scr<script>ipt>steal()</script>",
        '<a href="javascript:steal()">x</a>',
        '<a href=" \x01javascript:steal()">x</a>',
        '<a href="java\nscript:steal()">x</a>',
        '<a href="jav&#x09;ascript&colon;steal()">x</a>',
        '<a href="JaVaScRiPt&#58;steal()">x</a>',
        '<a href="vbscript:steal()">x</a>',
        '<a href="data:text/html,<script>steal()</script>">x</a>',
        '<a href="feed:javascript:steal()">x</a>',
        '<a href="file:///etc/passwd">x</a>',
        '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
        "<img src=x onerror=steal()>",
        '<img src="x"onerror="steal()">',
        "<p/onclick=steal()>x</p>",
        '<p style="background:url(javascript:steal())">x</p>',
        "<style>p{background:url(steal())}</style>",
        '<link rel="stylesheet" href="https://evil.example/steal()">',
        '<meta http-equiv="refresh" content="0;url=javascript:steal()">',
        '<base href="javascript:steal()//">',
        '<svg><a xlink:href="javascript:steal()"><text>x</text></a></svg>',
        '<math><maction xlink:href="javascript:steal()">x</maction></math>',
        '<svg onload="steal()"><animate attributeName="href" values="javascript:steal()"/></svg>',
        '<iframe src="javascript:steal()"></iframe>',
        '<iframe srcdoc="<script>steal()</script>"></iframe>',
        '<object data="javascript:steal()"></object>',
        '<embed src="javascript:steal()">',
        '<form action="javascript:steal()"><input type=submit></form>',
        '<button formaction="javascript:steal()">x</button>',
        '<video poster="javascript:steal()" src="javascript:steal()"></video>',
        '<xml id=x><a><b>&lt;script>steal()&lt;/script></b></a></xml><p datasrc="#x">',
        "<template><script>steal()</script></template>",
        '<noscript><p title="</noscript><img src=x onerror=steal()>"></noscript>',
        "<!--[if IE]><script>steal()</script><![endif]-->",
        "<![CDATA[<script>steal()</script>]]>",
        '<?xml-stylesheet href="javascript:steal()"?>',
        '<x:script xmlns:x="http://www.w3.org/1999/xhtml">x</x:script onclick="steal()">',
    ],
)
def test_nothing_active_survives(attack: str) -> None:
    cleaned = clean(f"<p>before</p>{attack}<p>after</p>", BASE)
    tree = etree.fromstring(f"<html><body>{cleaned}</body></html>", etree.HTMLParser())
    for element in tree.iter():
        assert element.tag in set(NAMES.values()) | {"html", "body"}
        assert "steal" not in " ".join(element.attrib.values()).replace("https://example.org", "")
        assert not any(name.startswith("on") or name in {"style", "srcdoc", "action"} for name in element.attrib)
    assert "before" in cleaned


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", ""),
        ("just words", "just words"),
        ("1 < 2 & 3 &gt; 2 &eacute;", "1 &lt; 2 &amp; 3 &gt; 2 é"),
        ("<b>bold</b> <i>it</i> <tt>x</tt> <strike>no</strike>", None),
        ("<p>a<br>b</p>", "<p>a<br>b</p>"),
        ("<font color=red>text</font> <span style='x'>more</span>", "text more"),
        ("<section><header>h</header></section>", "<div><div>h</div></div>"),
        ("a</body>b</html>c", "abc"),
        ("x<![CDATA[<b>y</b>]]>z", "x<strong>y</strong>z"),
        ("sa<!-- never closed >fe", "safe"),
        ("<p>one\n   two\t three</p>", "<p>one two three</p>"),
        ("<pre>  a\n    b</pre>", "<pre>  a\n    b</pre>"),
        ("<p>caf\u0065\u0301 \u202eevil\u202c \x1b[2J&#27;]0;x&#7;</p>", "<p>café evil [2J]0;x</p>"),
        ("<p>\u0338x</p>", "<p>\u0338x</p>"),
        ("<p>&gt;\u0300\u0338</p>", "<p>\u226f\u0300</p>"),
        ("<title>A title</title>text", "<div>A title</div>text"),
        (
            "<ul><li><input type=checkbox disabled checked> done<li><input type=checkbox disabled> to do</ul>",
            "<ul><li>☑ done</li><li>☐ to do</li></ul>",
        ),
        ("<ul><li><input type=checkbox> subscribe</ul>", "<ul><li> subscribe</li></ul>"),
    ],
)
def test_words_and_shape(html: str, expected: str | None) -> None:
    wanted = "<strong>bold</strong> <em>it</em> <code>x</code> <del>no</del>" if expected is None else expected
    assert clean(html) == wanted


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("/x", "https://example.org/x"),
        ("y?utm_medium=feed&a=1&fbclid=2#top", "https://example.org/blog/y?a=1#top"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("mailto:someone@example.org", "mailto:someone@example.org"),
        ("tel:123", None),
        ("http://[broken", None),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://a.example/a b", "https://a.example/a%20b"),
        ("https://a.example/" + "x" * 5000, None),
    ],
)
def test_links(address: str, expected: str | None) -> None:
    cleaned = clean(f'<a href="{address}">text</a>', BASE)
    assert cleaned == ("text" if expected is None else f'<a href="{expected}">text</a>')


def test_relative_links_without_a_base_lose_their_address() -> None:
    assert clean('<a href="/x">text</a>') == "text"


def test_notes_keep_their_way_back_and_other_ids_go() -> None:
    cleaned = clean(
        '<p id=top>x<a id=r1 href="https://example.org/blog/post#n1">1</a></p><p id=n1>n<a href="#r1">b</a>', BASE
    )
    assert cleaned == '<p>x<a href="#n1" id="r1">1</a></p><p id="n1">n<a href="#r1">b</a></p>'


def test_a_link_to_an_id_that_is_not_here_leads_to_the_page() -> None:
    assert clean('<a href="#gone">x</a>', BASE) == f'<a href="{BASE}#gone">x</a>'
    assert clean('<a href="#gone">x</a>') == "x"


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (
            '<img src="/a.png" alt="A" width="600" height="x" class="c">',
            'src="https://example.org/a.png" alt="A" width="600"',
        ),
        ('<img src="data:image/gif;base64,R0" data-src="b.png">', 'src="https://example.org/blog/b.png"'),
        ('<img srcset="c.png 1x, d.png 2x">', 'src="https://example.org/blog/c.png"'),
        ('<img src="/pixel" width="1" height="1">', None),
        ("<img>", None),
        (
            '<picture><source srcset="c.webp 1x"><img src="data:image/gif;base64,R0" alt="A"></picture>',
            'src="https://example.org/blog/c.webp" alt="A"',
        ),
        ('<img alt="only words">', 'alt="only words"'),
    ],
)
def test_images(image: str, expected: str | None) -> None:
    assert clean(image, BASE) == ("" if expected is None else f"<img {expected}>")


def test_a_lazy_picture_is_not_shown_twice() -> None:
    assert clean('<img data-src="/a.png"><noscript><img src="/a.png"></noscript>', BASE).count("<img") == 1


def test_players_keep_their_address_and_drop_their_apologies() -> None:
    assert clean("<video><source src=/v.mp4>Your browser is old.</video>", BASE) == (
        '<video src="https://example.org/v.mp4"></video>'
    )
    assert clean('<iframe title="Talk" src="https://www.youtube-nocookie.com/embed/abcdef?x=1"></iframe>') == (
        '<a href="https://www.youtube.com/watch?v=abcdef" class="embed" title="Talk"></a>'
    )


@pytest.mark.parametrize("name", ["iframe", "video", "audio", "svg", "select", "textarea", "template", "object"])
def test_an_element_left_open_hides_no_text(name: str) -> None:
    cleaned = clean(f"<p>before</p><{name} src=https://a.example/x><p>after</p> the end")
    assert "after" in cleaned
    assert "the end" in cleaned


@pytest.mark.parametrize(
    "unit", ["<b><i><font>", "<div>", "<span>x", "<b><div></b>", "<table><tr><td>", "<ul><li>", "<blockquote>"]
)
@pytest.mark.parametrize("count", [100, 5000])
def test_depth_never_loses_text(unit: str, count: int) -> None:
    body = clean_tree(unit * count + "THE END<p>and more</p>")
    text = "".join(body.itertext())
    assert "THE END" in text
    assert "and more" in text
    assert max(len(list(element.iterancestors())) for element in body.iter()) <= MAX_DEPTH


def test_flattened_blocks_stay_apart() -> None:
    text = "".join(clean_tree("<div>" * 250 + "<p>one</p><p>two</p>").itertext())
    assert re.search(r"one\s+two", text)


def test_a_flood_of_attributes_is_cut_and_one_long_value_is_not() -> None:
    flood = "<p " + " ".join(f"a{index}=1" for index in range(50_000)) + ">words</p>"
    assert clean(flood) == "<p>words</p>"
    long = "<p title=" + "x" * 20_000 + " id=n>words</p><a href='#n'>n</a>"
    assert 'id="n"' in clean(long)


def test_the_language_of_a_listing_is_found_in_the_usual_places() -> None:
    for html in (
        '<pre class="brush: python">x</pre>',
        '<pre><code class="language-python">x</code></pre>',
        '<div class="highlight-source-python"><pre>x</pre></div>',
        '<pre lang="python">x</pre>',
        '<pre data-lang="Python">x</pre>',
    ):
        assert '<pre class="language-python">' in clean(html)


def test_the_tree_and_the_text_are_the_same() -> None:
    html = "<p>a <b>b</b><ul><li>c</ul>"
    assert serialise(clean_tree(html, BASE)) == clean(html, BASE)


@given(soup)
@example("<p><span><div>x</div></span></p>y")
@example("<li><font><li>x")
@example("<table><tr><td><font><td>x")
@example("<ul><font><pre> x\n y</pre></font></ul>")
@settings(max_examples=400)
def test_cleaning_twice_changes_nothing(html: str) -> None:
    once = clean(html, BASE)
    assert clean(once, BASE) == once
    assert clean_text(once) == once or "\u0338" in once


@given(soup)
@settings(max_examples=300)
def test_only_the_vocabulary_comes_out(html: str) -> None:
    allowed = set(NAMES.values())
    for element in clean_tree(html, BASE).iterdescendants():
        assert element.tag in allowed
        for name, value in element.attrib.items():
            assert name in {
                "href",
                "src",
                "alt",
                "title",
                "id",
                "class",
                "width",
                "height",
                "colspan",
                "rowspan",
                "start",
                "value",
            }
            if name in {"href", "src"}:
                assert re.match(r"https?://|mailto:|#", value)


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ('<div dir="RTL"><table><tr><td>1</table></div>', '<div><table dir="rtl"><tr><td>1</td></tr></table></div>'),
        ('<table dir="rtl"><tr><td>1</table>', '<table dir="rtl"><tr><td>1</td></tr></table>'),
        ('<div dir="ltr"><table><tr><td>1</table></div>', "<div><table><tr><td>1</td></tr></table></div>"),
        (
            '<p dir="auto">נמל</p><table dir="ltr"><tr><td>1</table>',
            '<p>נמל</p><table dir="ltr"><tr><td>1</td></tr></table>',
        ),
        ('<table dir="auto"><tr><td>נמל</table>', "<table><tr><td>נמל</td></tr></table>"),
    ],
)
def test_a_table_keeps_the_direction_that_is_declared_around_it(html: str, cleaned: str) -> None:
    assert clean(html, BASE) == cleaned
    assert clean(cleaned, BASE) == cleaned


def test_an_abbreviation_is_written_out_once() -> None:
    html = (
        '<h2>The <abbr title="Port Council of Varrel">PCV</abbr></h2>'
        '<p>A <abbr title="Port Council of Varrel">PCV</abbr> met; the <abbr title="Port Council of Varrel">PCV</abbr>'
        ' voted; <abbr title="Night Ferry Fund">NFF</abbr> (the night ferry fund) pays'
        ' <abbr title="2 May 2026">2.5.</abbr> (<abbr title="Port of Varrel">PoV</abbr>)'
        ' <abbr title="Port Authority">PA</abbr>-chief'
        '  <acronym title="required">*</acronym><abbr>km</abbr></p>'
    )
    cleaned = clean(html, BASE)
    assert cleaned == (
        "<h2>The PCV</h2><p>A PCV<small> (Port Council of Varrel)</small> met; the PCV voted; "
        "NFF (the night ferry fund) pays 2.5. (PoV) PA-chief *km</p>"
    )
    assert clean(cleaned, BASE) == cleaned


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        (
            '<amp-img src="/a.png" width="60"><noscript><img></noscript><amp-img placeholder></amp-img></amp-img>after',
            '<img src="https://example.org/a.png" width="60">after',
        ),
        ('<amp-anim src="/a.gif"/>', '<img src="https://example.org/a.gif">'),
        ('<amp-img src="/a.png">left open <p>text', '<img src="https://example.org/a.png">left open <p>text</p>'),
        (
            '<amp-video poster="/p.png" title="Tide"><source src="/v.mp4"><div fallback>Too old.</div></amp-video>',
            '<video src="https://example.org/v.mp4" title="Tide"></video>',
        ),
        ('<amp-audio src="/e.mp3"></amp-audio>', '<audio src="https://example.org/e.mp3"></audio>'),
        (
            '<amp-iframe src="https://maps.example/x" title="Map"><p placeholder>Loading</p></amp-iframe>',
            '<a href="https://maps.example/x" class="embed" title="Map"></a>',
        ),
        (
            '<amp-youtube data-videoid="abcdefghijk"></amp-youtube>',
            '<a href="https://www.youtube.com/watch?v=abcdefghijk" class="embed" title=""></a>',
        ),
        ("<p>a</p><amp-ad><div fallback>Buy!</div></amp-ad><amp-carousel><p>b</p></amp-carousel>", "<p>a</p><p>b</p>"),
    ],
)
def test_amp_shows_what_html_shows(html: str, cleaned: str) -> None:
    assert clean(html, BASE) == cleaned
    assert clean(cleaned, BASE) == cleaned
