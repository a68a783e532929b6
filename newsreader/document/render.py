"""A Document as text: Markdown, plain text, HTML, or only its words. Needs no lxml."""

from newsreader.document.hypertext import to_html
from newsreader.document.markdown import title_line, to_markdown
from newsreader.document.plain import plain_text, to_plain

__all__ = ["plain_text", "title_line", "to_html", "to_markdown", "to_plain"]
