from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.document.blocks import Document, Mark, Paragraph, Span, Text
from newsreader.document.build import build
from newsreader.document.inline import Style, write
from newsreader.document.render import plain_text, to_html, to_markdown, to_plain

ARTICLE = """
<h1>Title</h1><p>Some <strong>bold</strong> text with a <a href="https://x.example/">link</a> and <code>a`b</code>.</p>
<ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul>
<ol start="9"><li><p>a</p><p>b</p></li><li>c</li></ol>
<blockquote><p>quoted words that go on and on</p><p>more</p></blockquote>
<pre class="language-py">def f():
    return 1</pre>
<table><tr><th>Name</th><th>漢字</th></tr><tr><td>größe</td><td>漢</td></tr><tr><td>b</td><td>xyz</td></tr></table>
<dl><dt>Term</dt><dd>Meaning</dd></dl>
<figure><img src="https://x.example/a.png" alt="Alt"><figcaption>Caption</figcaption></figure>
<hr><video src="https://x.example/v.mp4"></video><p>1. not a list</p>
"""

PLAIN = """\
Title
=====

Some bold text with a
link and a`b.

• one
• two
  • deep

 9. a

    b

10. c

> quoted words that go
> on and on
>
> more

    def f():
        return 1

Name   漢字
-----  ----
größe  漢
b      xyz

Term
    Meaning

[Image: Alt]
Caption

* * *

[Video]
https://x.example/v.mp4

1. not a list"""

MARKDOWN = """\
# Title

Some **bold** text with a [link](https://x.example/) and ``a`b``.

- one
- two
  - deep

<!-- -->

9. a

   b

10. c

> quoted words that go on and on
>
> more

```py
def f():
    return 1
```

| Name | 漢字 |
| --- | --- |
| größe | 漢 |
| b | xyz |

- **Term**

  Meaning

![Alt](https://x.example/a.png)

Caption

* * *

[Video](https://x.example/v.mp4)

1\\. not a list"""


def test_plain_text_is_set_like_a_page() -> None:
    assert to_plain(build(ARTICLE), 24) == PLAIN


def test_markdown() -> None:
    assert to_markdown(build(ARTICLE)) == MARKDOWN


def test_html_builds_the_same_document() -> None:
    document = build(ARTICLE)
    assert build(to_html(document)) == document


def test_words_only() -> None:
    words = plain_text(build(ARTICLE))
    assert words.startswith("Title\nSome bold text")
    assert "Alt" not in words
    assert "https" not in words


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>*a* _b_ [c] &lt;d&gt; \\ `e`</p>", r"\*a\* \_b\_ \[c\] \<d\> \\ \`e\`"),
        ("<p># a<br>- b<br>3) c<br>&amp;amp; d</p>", "\\# a\\\n\\- b\\\n3\\) c\\\n\\&amp; d"),
        ('<p><a href="https://x.example/(a)"><code>x</code></a></p>', "[`x`](<https://x.example/(a)>)"),
        ('<p><code>x<a href="https://x.example/">y</a></code></p>', "`x`[`y`](https://x.example/)"),
        ("<p>H<sub>2</sub> <del>x</del> <kbd>y</kbd></p>", "H<sub>2</sub> ~~x~~ <kbd>y</kbd>"),
        (
            '<pre>a <a href="https://x.example/_y">y</a> <a href="https://x.example/_y">y</a></pre>',
            "```\na y y\n```\n\n[y](https://x.example/_y)",
        ),
        ("<pre>```</pre>", "````\n```\n````"),
        ("<ol reversed><li>x<li><pre>y</pre></ol>", "- 2\\. x\n\n- 1\\.\n\n  ```\n  y\n  ```"),
        ("<table><tr><td>a|b<td>c<br>d<tr><td>e<td>f</table>", "|  |  |\n| --- | --- |\n| a\\|b | c<br>d |\n| e | f |"),
    ],
)
def test_markdown_escapes_what_it_would_read(html: str, expected: str) -> None:
    assert to_markdown(build(html)) == expected


def test_a_table_too_wide_becomes_records() -> None:
    html = "<table><tr><th>One<th>Two<th>Three<tr><td>alpha<td>beta<td>gamma<tr><td>delta<td>eta<td>theta</table>"
    assert to_plain(build(html), 14) == "One: alpha\nTwo: beta\nThree: gamma\n\nOne: delta\nTwo: eta\nThree: theta"


def test_a_table_of_many_columns_becomes_records_also_where_nothing_is_wrapped() -> None:
    names = "".join(f"<th>Column {number}" for number in range(9))
    row = "".join(f"<td>value {number} of it" for number in range(8))
    html = f"<p>{'long ' * 40}</p><blockquote><table><tr>{names}<tr>{row}<tr>{row}</table></blockquote>"
    paragraph, *rest = to_plain(build(html)).split("\n")
    assert paragraph == " ".join(["long"] * 40)
    assert rest[1:5] == [f"> Column {number}: value {number} of it" for number in range(4)]
    assert "> Column 8:" in rest
    sentence = f"<table><tr><th>A<th>B<tr><td>{'word ' * 40}<td>x</table>"
    assert max(map(len, to_plain(build(sentence)).split("\n"))) <= 80
    fits = "<table><tr><th>A<th>B<tr><td>" + "a" * 60 + "<td>x</table>"
    assert to_plain(build(fits)).split("\n")[2] == "a" * 60 + "  x"


def test_what_is_raised_or_deleted_can_be_told_in_plain_text() -> None:
    html = (
        "<p>10<sup>-6</sup> m<sup>2</sup> of H<sub>2</sub>O, the 2<sup>nd</sup>, was <del>5</del> <ins>6</ins> euro</p>"
    )
    assert to_plain(build(html)) == "10⁻⁶ m² of H₂O, the 2nd, was ~~5~~ 6 euro"


def test_a_picture_says_its_caption_and_what_it_shows_once() -> None:
    picture = '<figure><img alt="{}"><figcaption>The ferry at night</figcaption></figure>'
    assert to_plain(build(picture.format("The ferry"))) == "[Image: The ferry at night]"
    assert to_plain(build(picture.format("A boat"))) == "[Image: A boat]\nThe ferry at night"


def test_numbers_stand_at_the_right_of_their_column() -> None:
    html = "<table><tr><th>Ward<th>Votes<tr><td>Harbour<td>3<tr><td>Old Town<td>12</table>"
    assert to_plain(build(html), 40).split("\n")[2:] == ["Harbour       3", "Old Town     12"]


_SPANS = st.lists(
    st.builds(
        lambda start, length, mark: Span(
            start, min(start + length, 12), mark, "https://x.example/" if mark is Mark.LINK else None
        ),
        st.integers(0, 11),
        st.integers(1, 12),
        st.sampled_from(list(Mark)),
    ),
    max_size=6,
)


@given(_SPANS)
@settings(max_examples=200)
def test_crossing_marks_are_nested_and_no_character_is_lost(spans: list[Span]) -> None:
    text = Text("abcdefghijkl", tuple(spans))
    written = write(text, Style(str, lambda span, inner: f"({span.mark}{inner})"))
    assert written.count("(") == written.count(")")
    assert re.sub(r"\(.|\)", "", written) == text.text
    marked = build(to_html(Document((Paragraph(text),)))).blocks
    assert isinstance(marked[0], Paragraph)
    assert marked[0].content.text == text.text


def test_many_marks_take_linear_time() -> None:
    document = build("<p>" + "<em>x</em> " * 30_000 + "</p>")
    assert to_markdown(document).count("*x*") == 30_000
