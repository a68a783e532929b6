"""Listings of programs in a page: the language that the page names, and the numbers of their lines, which go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_NAMED: Final = re.compile(
    r"(?:^|\s)(?:(?:lang(?:uage)?|highlight-source|highlight-text|src)-|brush:?\s*|lang:\s*)([\w+#.-]{1,30})",
    re.IGNORECASE,
)
_BESIDE: Final = re.compile(r"(?:^|\s)highlight-([\w+#.]{1,30})(?:\s|$)", re.IGNORECASE)
_ATTRIBUTES: Final = ("data-lang", "data-language", "data-enlighter-language", "data-code-language")
_WORD: Final = re.compile(r"[\w+#.-]{1,30}")
_WRAPPER: Final = re.compile(r"highlight|code|source|snippet|prism|language-", re.IGNORECASE)
_NONE: Final = frozenset(
    "none plain plaintext text txt nohighlight no-highlight highlight default code raw generic auto notranslate wrap "
    "block literal output hljs line-numbers numberlines sourcecode source".split()
)
_OTHERWISE: Final = {"jscript": "javascript", "shell-session": "console", "c++": "cpp", "c#": "csharp", "f#": "fsharp"}
_KNOWN: Final = frozenset(  # names that stand alone as a class of code
    "ada asm assembly awk bash bat batch c clojure cmake cmd coffeescript console cpp cs csharp css cuda d dart diff "
    "docker dockerfile elixir elm erlang fish fortran fsharp go golang graphql groovy haskell hcl html http ini java "
    "javascript js json json5 jsonc jsx julia kotlin latex less lisp lua make makefile markdown mathematica matlab md "
    "mysql nasm nginx nim nix objc objective-c ocaml pascal perl pgsql php plsql postgresql powershell prolog proto "
    "protobuf ps1 puppet py python python3 pycon r racket rb ruby rs rust sass scala scheme scss sh shell solidity "
    "sql svelte swift tcl terraform tex toml ts tsx typescript v vb vbnet verilog vhdl vim vue wasm xml yaml yml zig "
    "zsh".split()
)
GUTTER: Final = re.compile(
    r"(?:^|\s)(?:linenos?|linenodiv|lineno|line-?nums?|line-?numbers?|ln|lnt|lntd|gutter|gl|rouge-gutter|blob-num"
    r"|hljs-ln-n(?:umbers)?|code-linenos?|prettyprint-linenum)(?:\s|$)",
    re.IGNORECASE,
)
_NUMBERS: Final = re.compile(r"[\s\d|.:\xa0]*")
_AROUND: Final = 8  # elements between a listing and what names its language: tables with the numbers of lines


def note_language(pre: etree._Element) -> None:
    """Write the language of a listing, where the page names it in one of the usual places, as its class."""
    for element, own in _places(pre):
        named = next((value for key in _ATTRIBUTES if (value := element.get(key))), "")
        if not named and own and element is pre:
            named = element.get("lang") or ""
        language = (named or _of_class(element.get("class") or "", own=own)).lower()
        if language and language not in _NONE and _WORD.fullmatch(language):
            pre.set("class", f"language-{_OTHERWISE.get(language, language)}")
            return
    pre.attrib.pop("class", None)


def _places(pre: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Give the elements that may name the language, the likeliest first, and whether they are the listing itself."""
    yield pre, True
    code = pre.find("code")
    if code is not None:
        yield code, True
    for number, around in enumerate(pre.iterancestors()):
        if number >= _AROUND or around.tag in {"body", "article", "main"}:
            return
        if number == 0 or _WRAPPER.search(around.get("class") or ""):
            yield around, False


def _of_class(classes: str, *, own: bool) -> str:
    for found in _NAMED.finditer(classes):
        if found[1].lower() not in _NONE:
            return found[1]
    beside = _BESIDE.search(classes)
    if beside and beside[1].lower() in _KNOWN:
        return beside[1]
    return next((word for word in classes.lower().split() if word in _KNOWN), "") if own else ""


def line_numbers(body: etree._Element) -> Iterator[etree._Element]:
    """Give the elements around and inside listings that hold nothing but the numbers of their lines."""
    for element in body.iter("td", "span", "div", "a", "code", "pre"):
        classes = element.get("class")
        if classes and GUTTER.search(classes) and _NUMBERS.fullmatch("".join(element.itertext())):
            yield element
