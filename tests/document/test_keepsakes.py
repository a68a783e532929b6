from __future__ import annotations

import json
import re

from hypothesis import example, given
from hypothesis import strategies as st

from newsreader.document.blocks import Document, Paragraph, Text
from newsreader.document.keepsakes import file_name, html_file, html_index, markdown_file
from newsreader.model import Keepsake

FERRY = Keepsake(
    id=12,
    title="The night ferry: “stays”",
    url="https://a.example/ferry?a=1&b=2",
    source="The Coast Gazette",
    source_url="https://a.example/feed",
    author="Ines Almada",
    published=1_795_456_800,
    kept_at=1_795_456_900,
    tags=("ferries", "port"),
    note='For "Monday"',
    highlights=("The vote\n\nwas close.",),
    language="en",
    html="<p>The vote was close.</p>",
)
TEXT = Document((Paragraph(Text("The vote was close.")),))


def test_markdown_has_everything_in_front() -> None:
    assert markdown_file(FERRY, TEXT) == (
        '---\ntitle: "The night ferry: “stays”"\nurl: "https://a.example/ferry?a=1&b=2"\nsource: "The Coast Gazette"\n'
        'source_url: "https://a.example/feed"\nauthor: "Ines Almada"\npublished: "2026-11-23T18:00:00Z"\n'
        'bookmarked: "2026-11-23T18:01:40Z"\ntags:\n  - "ferries"\n  - "port"\nnote: "For \\"Monday\\""\n'
        'highlights:\n  - "The vote was close."\n---\n\n# The night ferry: “stays”\n\nThe vote was close.\n'
    )


def test_a_title_stays_words_in_markdown() -> None:
    hostile = FERRY._replace(title="[a](javascript:alert(1)) <b> `c` *d* #")
    text = markdown_file(hostile, TEXT).split("---\n")[-1].strip()
    assert text.startswith("# \\[a\\](javascript:alert(1)) \\<b\\> \\`c\\` \\*d\\* \\#\n")


@given(st.text(), st.text(), st.text())
def test_the_front_is_lines_of_json_strings(title: str, note: str, tag: str) -> None:
    written = markdown_file(FERRY._replace(title=title, note=note, tags=(tag,)), TEXT)
    begin, front, _ = written.split("---\n", 2) if written.count("---\n") > 1 else ("x", "", "")
    assert begin == ""
    for line in front.splitlines():
        value = re.fullmatch(r"(?:\w+:|  -)(?: (\".*\"))?", line)
        assert value is not None, line
        if value[1]:
            assert isinstance(json.loads(value[1]), str)


@given(st.text(), st.integers(1, 10**9))
@example("../../etc/passwd", 1)
@example("CON", 1)
@example("a" * 999, 1)
@example("漢" * 300, 1)
@example("title\x00\n\u202etxt.exe. ", 1)
def test_names_are_safe_and_bounded(title: str, number: int) -> None:
    name = file_name(FERRY._replace(title=title, id=number), "md")
    assert len(name.encode()) <= 140
    assert not set(name) & set('<>:"/\\|?*\u202e')
    assert name.isprintable()
    assert name.startswith("2026-11-23 ")
    assert name.endswith(f" {number}.md")


def test_names_keep_letters_of_all_scripts() -> None:
    assert file_name(FERRY._replace(title="नाव और पुल: ऊँचा/नीचा"), "md") == "2026-11-23 नाव और पुल ऊँचा नीचा 12.md"
    assert file_name(FERRY._replace(title="???"), "html") == "2026-11-23 untitled 12.html"


def test_a_page_stands_alone_and_escapes_what_it_is_given() -> None:
    page = html_file(FERRY._replace(title="<script>alert(1)</script>", tags=("<b>",), note="<i>"))
    assert "<script>" not in page
    for words in (
        "&lt;i&gt;",
        "#&lt;b&gt;",
        "<mark>The vote was close.</mark>",
        "<p>The vote was close.</p>",
        "a=1&amp;b=2",
    ):
        assert words in page
    index = html_index([("2026-11-23 A & B 1.html", "A & B", "Gazette")])
    assert 'href="2026-11-23%20A%20%26%20B%201.html"' in index
    assert "A &amp; B" in index
