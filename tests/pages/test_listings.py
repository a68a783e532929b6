"""Listings: their language where a page names it, and no numbers of lines."""

from __future__ import annotations

import pytest

from newsreader.pages import clean

_JEKYLL = (
    '<div class="language-c++ highlighter-rouge"><div class="highlight"><pre class="highlight"><code>x</code></pre>'
    "</div></div>"
)
_ROUGE = (
    '<div class="language-sql highlighter-rouge"><div class="highlight"><code><table class="rouge-table"><tr>'
    '<td class="rouge-gutter gl"><pre class="lineno">1\n</pre></td><td class="rouge-code"><pre>x</pre></td></tr>'
    "</table></code></div></div>"
)
_PYGMENTS = (
    '<table class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre>1\n2</pre></div></td>'
    '<td class="code"><pre>a\nb</pre></td></tr></table>'
)


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ('<pre class="language-js">x</pre>', "js"),
        ('<pre lang="PHP">x</pre>', "php"),
        ('<pre data-lang="go"><code>x</code></pre>', "go"),
        ('<pre><code class="lang-rust">x</code></pre>', "rust"),
        ('<pre class="brush: jscript; title: ; notranslate">x</pre>', "javascript"),
        ('<pre class="sourceCode haskell"><code class="sourceCode haskell">x</code></pre>', "haskell"),
        ('<pre><code class="hljs javascript">x</code></pre>', "javascript"),
        ('<pre><code class="python">x</code></pre>', "python"),
        ('<pre class="literal-block code rust">x</pre>', "rust"),
        ('<pre class="src src-emacs-lisp">x</pre>', "emacs-lisp"),
        ('<pre class="EnlighterJSRAW" data-enlighter-language="c">x</pre>', "c"),
        ('<div class="highlight-source-shell"><pre>x</pre></div>', "shell"),
        ('<div class="highlight-python notranslate"><div class="highlight"><pre>x</pre></div></div>', "python"),
        (_JEKYLL, "cpp"),
        (_ROUGE, "sql"),
        ('<pre class="language-none">x</pre>', None),
        ('<pre><code class="hljs language-plaintext">x</code></pre>', None),
        ('<pre class="wp-block-code">x</pre>', None),
        ('<div class="python"><div class="text"><pre>x</pre></div></div>', None),
    ],
)
def test_the_language_of_a_listing(html: str, language: str | None) -> None:
    assert (f'<pre class="language-{language}">' if language else "<pre>") in clean(html)
    assert clean(html).count("language-") == bool(language)


@pytest.mark.parametrize(
    "html",
    [
        '<pre><span class="ln">1</span>a\n<span class="ln">2</span>b\n</pre>',
        '<pre><a class="lineno" id="L1">1 </a>a\n<a class="lineno" id="L2">2 </a>b\n</pre>',
        _PYGMENTS,
        '<table><tr><td class="gutter"><pre>1\n2\n</pre></td><td class="code"><pre>a\nb</pre></td></tr></table>',
    ],
)
def test_the_numbers_of_lines_go(html: str) -> None:
    text = "".join(part.partition(">")[2] for part in clean(html).split("<"))
    assert text.split() == ["a", "b"]


def test_numbers_that_are_no_numbers_of_lines_stay() -> None:
    assert clean('<pre><span class="mi">1</span> + x</pre>') == "<pre>1 + x</pre>"
    assert "Gutter 5 cm" in clean('<table><tr><td class="gutter">Gutter 5 cm</td></tr></table><pre>x</pre>')
