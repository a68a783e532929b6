"""A digest as blocks, which become plain text and Markdown, and as a page for mail."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Final

from newsreader.cli.parts import linked
from newsreader.document.blocks import Document, Heading, ListBlock, Mark, Paragraph, Span, Text
from newsreader.text import clean_text, count_of, one_line, relative_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.document.blocks import Block
    from newsreader.model import ArticleHead
    from newsreader.stories.digest import Digest, Told, Unread

_ALSO: Final = "Also new"
_UNREAD: Final = "Unread"


def moment_words(moment: int, now: int) -> str:
    """A moment as people write it, where they are: "23 November, 18:00", with its year where that is another."""
    then = datetime.fromtimestamp(moment).astimezone()
    year = "" if then.year == datetime.fromtimestamp(now).astimezone().year else " %Y"
    return f"{then:%-d %B{year}, %H:%M}"


def _title(found: Digest) -> str:
    return f"The news of {datetime.fromtimestamp(found.now).astimezone():%A, %-d %B %Y}"


def _about(found: Digest) -> str:
    return f"{count_of(found.new, 'new article')} since {moment_words(found.since, found.now)}"


def _name(head: ArticleHead) -> str:
    return one_line(head.title) or "Untitled"


def _age(head: ArticleHead, now: int) -> str:
    return relative_time(head.sort_at if head.published is None else head.published, now)


def _unread_words(each: Unread) -> str:
    return f"{one_line(each.source.title)} · {each.source.unread:,} unread"


def _more(found: Digest) -> str:
    return f"and {count_of(found.more_new, 'more article')}"


# As blocks


def document(found: Digest) -> Document:
    """The digest as a document."""
    return Document(tuple(_blocks(found)))


def _blocks(found: Digest) -> Iterator[Block]:
    yield Heading(1, Text(_title(found)))
    yield Paragraph(Text(_about(found)))
    for told in found.stories:
        yield Heading(2, linked(_name(told.head), told.head.url))
        yield Paragraph(_tellers(told, found.now))
        if told.said:
            yield ListBlock(
                tuple((Paragraph(Text(f"{said.text} ({one_line(said.head.source_title)})")),) for said in told.said)
            )
    if found.also:
        yield Heading(2, Text(_ALSO))
        yield ListBlock(tuple((Paragraph(_entry(head, found.now)),) for head in found.also))
    if found.more_new:
        yield Paragraph(Text(_more(found)))
    if found.unread:
        yield Heading(2, Text(_UNREAD))
    for each in found.unread:
        yield Heading(3, Text(_unread_words(each)))
        yield ListBlock(tuple((Paragraph(linked(_name(head), head.url)),) for head in each.newest))
    if found.more_unread:
        yield Paragraph(Text(f"and {count_of(found.more_unread, 'more source', 'more sources')}"))


def _tellers(told: Told, now: int) -> Text:
    """Who tells of it, each a link to what it says: "Northern Wire, 3 hours ago · …"."""
    parts: list[str] = []
    spans: list[Span] = []
    at = 0
    for head in told.around.story:
        link = linked(one_line(head.source_title), head.url)
        copied = ", the same text" if head.id in told.around.copies else ""
        part = f"{link.text}, {_age(head, now)}{copied}"
        spans += [Span(at, at + len(link.text), Mark.LINK, span.target) for span in link.spans]
        parts.append(part)
        at += len(part) + len(" · ")
    return Text(" · ".join(parts), tuple(spans))


def _entry(head: ArticleHead, now: int) -> Text:
    text = linked(_name(head), head.url)
    return Text(f"{text.text}\n{one_line(head.source_title)}, {_age(head, now)}", text.spans)


# As a page for mail: no script, no style sheet that a mail program would drop, no colours that need a ground.

_PAGE: Final = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>{title}</title></head>
<body style="margin:0;padding:0">
<div style="max-width:38em;margin:0 auto;padding:1.5em 1em;font:16px/1.5 Georgia,'Times New Roman',serif">
{body}
</div></body></html>"""
_QUIET: Final = "color:#7d7d7d;font:13px/1.5 -apple-system,'Segoe UI',Helvetica,Arial,sans-serif"
_STYLES: Final = {
    "h1": "font-size:1.5em;line-height:1.25;margin:0 0 .2em",
    "h2": "font-size:1.2em;line-height:1.3;margin:2em 0 .2em",
    "section": "font-size:1em;line-height:1.3;margin:2.5em 0 .6em;padding-top:1em;border-top:1px solid #8884",
    "source": "font-size:1em;margin:1em 0 .2em",
    "quiet": f"margin:0 0 .6em;{_QUIET}",
    "p": "margin:0 0 .6em",
    "said": f"display:inline-block;{_QUIET}",
    "plain": "color:inherit;text-decoration:none",
    "under": "color:inherit",
}


def html(found: Digest) -> str:
    """The digest as a page that stands alone."""
    parts = [_element("h1", "h1", escape(_title(found))), _element("p", "quiet", escape(_about(found)))]
    for told in found.stories:
        parts += _story(told, found.now)
    if found.also:
        parts.append(_element("h2", "section", _ALSO))
        for head in found.also:
            facts = f"{_source(head)}, {escape(_age(head, found.now))}"
            parts.append(_element("p", "p", f"{_link(_name(head), head.url)}<br>{_aside(facts)}"))
    if found.more_new:
        parts.append(_element("p", "quiet", _more(found)))
    if found.unread:
        parts.append(_element("h2", "section", _UNREAD))
    for each in found.unread:
        parts.append(_element("h3", "source", escape(_unread_words(each))))
        parts += [_element("p", "p", _link(_name(head), head.url)) for head in each.newest]
    if found.more_unread:
        parts.append(_element("p", "quiet", f"and {count_of(found.more_unread, 'more source', 'more sources')}"))
    return clean_text(_PAGE.format(title=escape(_title(found)), body="\n".join(parts)))


def _story(told: Told, now: int) -> Iterator[str]:
    yield _element("h2", "h2", _link(_name(told.head), told.head.url, "plain"))
    tellers = (
        f"{_link(one_line(head.source_title), head.url)}, {escape(_age(head, now))}"
        + (", the same text" if head.id in told.around.copies else "")
        for head in told.around.story
    )
    yield _element("p", "quiet", " · ".join(tellers))
    for said in told.said:
        yield _element("p", "p", f"{escape(said.text)} {_aside(f'— {_source(said.head)}')}")


def _source(head: ArticleHead) -> str:
    return f"<bdi>{escape(one_line(head.source_title))}</bdi>"


def _aside(inner: str) -> str:
    """What stands quietly beside words of any direction, and is not torn apart."""
    return f'<span dir="ltr" style="{_STYLES["said"]}">{inner}</span>'


def _element(name: str, style: str, inner: str) -> str:
    return f'<{name} dir="auto" style="{_STYLES[style]}">{inner}</{name}>'


def _link(words: str, url: str | None, style: str = "under") -> str:
    """Words that lead to an address, if it is one of the web."""
    target = next((span.target for span in linked(words, url).spans if span.target), None)
    if target is None:
        return escape(words)
    return f'<a href="{escape(target)}" style="{_STYLES[style]}">{escape(words)}</a>'
