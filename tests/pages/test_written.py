from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.document.blocks import Mark
from newsreader.document.build import build
from newsreader.document.render import to_plain
from newsreader.document.words import texts_of
from newsreader.pages import clean
from newsreader.pages.written import to_html

HERE = ("http://harbour.test/plan", "https://harbour.test/Ä?a=1&b=2")


def links(markdown: str) -> set[str | None]:
    document = build(clean(to_html(markdown, HERE)))
    return {span.target for text in texts_of(document.blocks) for span in text.spans if span.mark is Mark.LINK}


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("[plan](http://harbour.test/plan)", "plan"),
        ("[plan](http://harbour.test/plan/)", "plan"),
        ("[log in](http://evil.test/login)", "log in (http://evil.test/login)"),
        ("<http://evil.test/auto>", "http://evil.test/auto"),
        ("[http://harbour.test](http://evil.test/)", "http://harbour.test (http://evil.test/)"),
        ("![pixel](http://evil.test/p.png)", "pixel"),
        ("[![pixel](http://evil.test/p.png)](http://evil.test/)", "pixel (http://evil.test/)"),
        ("[a]\n\n[a]: http://evil.test/", "[a]\n\n[a]: http://evil.test/"),
        ("<b onclick=x>bold</b> & <script>x</script>", "<b onclick=x>bold</b> & <script>x</script>"),
        ("~~gone~~ **here**", "~~gone~~ here"),
    ],
)
def test_markup_pictures_and_foreign_addresses_are_text(markdown: str, shown: str) -> None:
    assert to_plain(build(clean(to_html(markdown, HERE)))) == shown


def test_links_that_the_text_has_stay_however_they_are_written() -> None:
    assert links("[a](http://harbour.test/plan) [b](<https://harbour.test/Ä?a=1&b=2>)") == {
        "http://harbour.test/plan", "https://harbour.test/%C3%84?a=1&b=2",
    }  # fmt: skip


@given(
    st.lists(
        st.sampled_from("[ ] ( ) ! < > * ` \n # - | : http://evil.test javascript:x data:x a &#x6a; \\".split(" ")),
        max_size=20,
    )
)
def test_no_markdown_leads_to_a_foreign_address(parts: list[str]) -> None:
    assert links("".join(parts)) <= set(HERE)


@given(st.text(max_size=80))
def test_any_text_is_laid_out(text: str) -> None:
    build(clean(to_html(text, ())))
