"""Articles made to break a reader: every hazard for text and parsers that RELIABILITY names, and more of their kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_STEERING: Final = "\x1b]52;c;aGk=\x07 \x1b[2J \x9b6n \x9d0;t\x9c &#27;[31m &#155;2J \x00\x08\x0b\x7f"
_BIDI: Final = "\u202eabc\u2066def\u200f\u061c\u200b\ufeff\U000e0041\ufff9"

KINDS: Final[dict[str, Callable[[], str]]] = {
    # the terminal and text
    "steering": lambda: f"<p>{_STEERING}</p><pre>{_STEERING}</pre><img alt='{_STEERING}'><h2>{_STEERING}</h2>" * 20,
    "steering-links": lambda: f"<a href='https://x.example/{_STEERING}' title='{_STEERING}'>{_STEERING}</a>" * 50,
    "bidi": lambda: f"<p>{_BIDI}</p><table><tr><td>{_BIDI}<td>x<tr><td>{_BIDI}<td>y</table>" * 20,
    "combining": lambda: "<p>" + "a" + "\u0301" * 2_000 + "\u0344" * 50_000,
    "bare-marks": lambda: "<p>" + "\u0300" * 50_000,
    "line-ends": lambda: "<p>a\r\nb\rc\u2028d\u2029e\x85f\x0cg</p>" * 50,
    "surrogates": lambda: "<p>a\ud800b\udc00c&#xD800;&#xFFFF;&#x110000;&#0;" * 20,
    "long-word": lambda: "<p>" + "x" * 200_000,
    "long-wide-word": lambda: "<p>" + "漢" * 200_000,
    "long-emoji": lambda: "<p>" + "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 30_000,
    "joiners": lambda: "<p>" + "\u200d\ufe0f\U0001f1e9" * 30_000,
    "markup": lambda: "<p>[/foo] [link=http://x]y[/link] [@click=app.pwn]z[/] \\[b]</p>" * 50,
    "private-use": lambda: "<p>\ue000\uf8ff\U000f0000\U0010ffff\u2fff\uffff</p>" * 20,
    # parsing
    "large-node": lambda: "<p>" + "word " * 2_000_000 + "END",
    "large-listing": lambda: "<pre>" + "some code(here);\t\n" * 200_000,
    "one-line-listing": lambda: '<pre class="language-python">' + "some code(here); " * 200_000,
    "deep": lambda: "<div>" * 50_000 + "END",
    "unclosed": lambda: "<b><i><font>" * 5_000 + "END",
    "attributes": lambda: "<p " + " ".join(f"a{n}=b" for n in range(50_000)) + ">END",
    "tags": lambda: "<i>x</i>" * 100_000,
    "meta": lambda: "<meta" * 100_000,
    "entities": lambda: "&amp;lt;&AMP;&ampamp;&#x;&#;&#99999999999;&nosuch;" * 20_000,
    "comments": lambda: "<p>a<!-- <p>b --><!--><p>c<!-- never closed <p>END" * 100,
    "cdata": lambda: "<![CDATA[" * 1_000 + "<p>END]]>" + "<?php <!DOCTYPE " * 1_000,
    "nulls": lambda: "<p>a\x00b</p>\x00<\x00p>" * 1_000,
    "quotes": lambda: "<blockquote>" * 3_000 + "END",
    "lists": lambda: "<ul><li>" * 3_000 + "END",
    "definitions": lambda: "<dl><dt>a<dd>" * 2_000 + "END",
    "tables-in-tables": lambda: "<table><tr><td>" * 1_500 + "END",
    "large-table": lambda: "<table>" + ("<tr>" + "<td>cell and words" * 20) * 5_000,
    "spans": lambda: "<table>" + "<tr><td colspan=1000 rowspan=65534>a<td rowspan=9999>b" * 200 + "</table>END",
    "wide-row": lambda: "<table><tr>" + "<th>h" * 5_000 + "<tr>" + "<td>c" * 5_000,
    "figures": lambda: "<figure>" * 1_000 + "<img src=x alt=a>" * 5_000 + "<figcaption>" * 500 + "END",
    "links": lambda: "<p>" + "<a href='https://x.example/'>x</a> " * 50_000,
    "links-in-links": lambda: "<a href='https://x.example/'>" * 5_000 + "END",
    "wordless-links": lambda: "<a href='https://x.example/'>" + "<img src=/a.png>" * 10_000 + "</a>",
    "ids": lambda: "".join(f"<p id=n{n}><a href=#n{n + 1}>x</a>" for n in range(30_000)),
    "one-id": lambda: "<p>" + "<a id=x href=#x>y</a> " * 30_000,
    "marks": lambda: "<p>" + "<em>x</em><sup>2</sup> " * 50_000,
    "crossing-marks": lambda: "<p>" + "<b>a<i>b</b>c</i>" * 30_000,
    "breaks": lambda: "<p>" + "a<br>" * 200_000,
    "rules": lambda: "<hr>" * 100_000 + "END",
    "headings": lambda: "<h1>" * 2_000 + "x<h2>y" * 5_000,
    "formulas": lambda: "<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>" * 10_000,
    "deep-formula": lambda: "<math>" + "<mfrac><mrow>" * 2_000 + "x" + "</math>END",
    "tex": lambda: "<img class=latex alt='" + "\\frac{{{x^{" * 500 + "'>" * 2 + "END",
    "many-tex": lambda: "<img class=latex src=x alt='\\frac{a}{\\sqrt{b}}'> " * 10_000,
    "katex": lambda: "<span class=katex>" * 2_000 + "<math><mi>x</mi></math>" * 2_000,
    "ruby": lambda: "<ruby>a<rt>b" * 3_000 + "END",
    "many-ruby": lambda: "<ruby>漢<rt>かん</rt></ruby>" * 20_000,
    "players": lambda: "<video><audio><iframe src=https://x.example/>" * 2_000 + "END",
    "drawings": lambda: "<svg><select><object><template>" * 500 + "<p>END",
    "scripts": lambda: "<script>" * 1_000 + "</script><p>END",
    "forms": lambda: "<form><button><textarea><option>" * 1_000 + "END",
    "line-numbers": lambda: "<pre>" + "<span class=ln>1</span>x\n" * 30_000,
    "languages": lambda: "<div class='highlight language-x'>" * 150 + "<pre>x</pre>" * 5_000,
    "pictures": lambda: "<picture>" + "<source srcset=x>" * 5_000 + "<img>" * 5_000,
    "namespaces": lambda: "<o:p><m:math><x:script>" * 3_000 + "END",
    "empty": lambda: "",
    "only-space": lambda: " \n\t\u00a0\u3000" * 50_000,
}
