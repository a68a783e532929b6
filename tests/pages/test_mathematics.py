"""Formulas: one line of text for each, however often the page wrote it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.pages import clean
from newsreader.pages.tex import to_text

MATHML = (
    "<math{}><semantics><mrow><msup><mi>e</mi><mrow><mi>i</mi><mi>π</mi></mrow></msup><mo>+</mo><mn>1</mn><mo>=</mo>"
    '<mn>0</mn></mrow><annotation encoding="application/x-tex">e^{{i\\pi}}+1=0</annotation></semantics></math>'
)
_KATEX = (
    f'<span class="katex-display"><span class="katex"><span class="katex-mathml">{MATHML.format("")}</span>'
    '<span class="katex-html" aria-hidden="true"><span>e</span><span>iπ</span></span></span></span>'
)
_MATHJAX_2 = (
    '<span class="MathJax_Preview">[x]</span><span class="MathJax" id="m"><nobr>x2</nobr></span>'
    '<script type="math/tex">x^2</script>'
)
_MATHJAX_3 = (
    f"<mjx-container><mjx-math>x</mjx-math><mjx-assistive-mml>{MATHML.format('')}</mjx-assistive-mml></mjx-container>"
)
_WIKIPEDIA = (
    f'<span class="mwe-math-element"><span class="mwe-math-mathml-inline" style="display:none">{MATHML.format("")}'
    '</span><img src="https://w.example/x.svg" class="mwe-math-fallback-image-inline" alt="{\\displaystyle e}"></span>'
)


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"{\displaystyle E=mc^{2}}", "E = mc²"),
        (r"x=\frac{-b\pm\sqrt{b^2-4ac}}{2a}", "x = (−b ± √(b² − 4ac))/(2a)"),
        (r"\sum_{i=1}^{n} x_i^2", "∑ᵢ₌₁ⁿ xᵢ²"),
        (r"\int_0^\infty e^{-x^2}\,dx", "∫₀^∞ e^(−x²) dx"),
        (r"\mathbb{R}^n \to \mathcal{H}", "ℝⁿ → H"),
        (r"\left( \alpha + \beta \right)^2", "(α + β)²"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(a b; c d)"),
        (r"\begin{cases} 1 & \text{if } x>0 \\ 0 & \text{otherwise} \end{cases}", "{ 1 if x > 0; 0 otherwise"),
        (r"\hat{x} \cdot \vec{v}", "x\u0302 · v\u20d7"),
        (r"\lim_{x\to 0} \frac{\sin x}{x}", "lim_(x → 0) (sin x)/x"),
        (r"\sqrt[3]{x+1}, \binom{n}{k}", "∛(x + 1), (n choose k)"),
        (r"f'(x_1,\ldots,x_n) \leq 10^{-6}", "f′(x₁, …, xₙ) ≤ 10⁻⁶"),
        (r"\unheardof{x}", r"\unheardof x"),
        (r"$$x^$$", "x"),
        ("", ""),
    ],
)
def test_tex(tex: str, text: str) -> None:
    assert to_text(tex).replace("\xa0", " ") == text


@given(st.lists(st.sampled_from([*r"\{}^_&~[]()$ ab1-'", r"\frac", r"\sqrt", r"\begin", r"\text"])).map("".join))
@settings(max_examples=500)
def test_any_tex_is_read(tex: str) -> None:
    to_text(tex)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"a {MATHML.format('')} b", "a e^(iπ) + 1 = 0 b"),
        (f"a {MATHML.format(' display=block')} b", "a <div>e^(iπ) + 1 = 0</div> b"),
        ('<math alttext="\\frac{1}{2}"></math>', "1/2"),
        ("<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac></math>", "(a + b)/c"),
        ("<math><mi>sin</mi><mo>&#x2061;</mo><mi>x</mi><mspace width='1em'/><mi>y</mi></math>", "sin x y"),
        ("<math><msqrt><mi>x</mi></msqrt><mroot><mi>x</mi><mn>3</mn></mroot></math>", "√x∛x"),
        ("<math><mtable><mtr><mtd>a</mtd><mtd>b</mtd></mtr><mtr><mtd>c</mtd></mtr></mtable></math>", "a b; c"),
        ("<math><mi>only", "only"),
        ("<math></math>x", "x"),
        (f"{_KATEX} b", "<div>e^(iπ) + 1 = 0</div> b"),
        (f"{_MATHJAX_2} b", "x² b"),
        (f"{_MATHJAX_3} b", "e^(iπ) + 1 = 0 b"),
        (f"{_WIKIPEDIA} b", "e^(iπ) + 1 = 0 b"),
        ('<img src="https://w.example/x.svg" alt="{\\displaystyle x^{2}}"> b', "x² b"),
        ('a <img class="latex" src="https://b.example/latex.php?latex=x" alt="x \\le y"> b', "a x ≤ y b"),
        ('<img class="text" src="https://b.example/x.png" alt="x_1">', '<img src="https://b.example/x.png" alt="x_1">'),
        ("costs $5 and $6", "costs $5 and $6"),
    ],
)
def test_each_formula_is_written_once(html: str, expected: str) -> None:
    assert clean(html).replace("\xa0", " ") == expected
    assert clean(clean(html)) == clean(html)


@pytest.mark.parametrize("unit", ["<mrow>", "<msup><mi>x</mi>", "<mfrac>", "<math>", '<span class="katex"><math>'])
def test_formulas_of_any_depth_are_read(unit: str) -> None:
    assert "end" in clean("<math>" + unit * 3_000 + "x</math>end")
