"""Bodies of articles packed: the HTML, and what Document and text differ by from it, by the words of the library.

A packed body is a kind (one byte) and what `store.condensing` makes of it. Before a library has learnt its words, and
for a body with characters that are signs there, HTML, Document and text are packed in one piece with a dictionary of
this program: a kind, a checksum, two lengths, and what is compressed.

The kinds are for ever: what was packed with a dictionary can only be read with the same one. So a better dictionary is
a further kind.
"""

from __future__ import annotations

import lzma
import struct
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from newsreader import log
from newsreader.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsreader.store.condensing import Condenser

T = TypeVar("T")

_HEAD: Final = struct.Struct("<BIII")  # kind, CRC-32 of what follows, bytes of the HTML, of the Document
_NO_DOCUMENT: Final = 0xFFFFFFFF
_PLAIN, _DEFLATED, _LZMA = 0, 1, 2
CONDENSED: Final = 3
"""The first of the kinds of `store.condensing`; there is another."""
_LARGE: Final = 48 * 1024  # bytes: deflate looks back over 32 kB, and finds nothing of the HTML in the text any more
_TOO_LARGE: Final = 256 * 1024  # would take longer than a step of upkeep may; one of some ten thousand
_LEVEL: Final = 6  # 9 takes a fifth longer for a thousandth less
_FILTERS: Final = [{"id": lzma.FILTER_LZMA2, "preset": 1}]
_WINDOW: Final = 15
_TEXTS: Final = 768  # texts that are kept: some 2 kB each in the mean
_SMALL: Final = 4_000  # bytes, packed, of one that is

_DICTIONARY: Final = """
the of and to in a is that for it was on as with be by at from are this have not but they or his an we which one you
were all their there been has when who will more no if out so said what up its about into than them can only other new
some could time these two may then do first any my now such like our over man me even most made after also did many
before must through years where much your way well down should because each just those people how too little state good
very make world still own see men work long get here between both life being under never day same another know while
last might us great old year off come since against go came right used take three der die und in den von zu das mit
sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch
wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde de la le et les des en du un
une que est pour qui dans par plus pas au sur ne se ce il sont avec son ou cette ont aux el y los del las por con no su
al lo como más pero sus ya este sí porque esta entre cuando muy sin sobre в и на не что по как это из за для он от так
но к все было только то ["f","https://www. ",null,"",""]["c",["]],["l",[[["p","]]],null],["q",[["p","["h",3,"["h",2,
<table><tr><td></td></tr></table><h3></h3><h2></h2><code></code><pre><code></code></pre><ol><li></li></ol><ul><li></li>
<li></li></ul><blockquote><p></p></blockquote><figure><figcaption></figcaption></figure><br/><br/><em></em><strong>
</strong><img src="https://cdn.images-wp.com/wp-content/uploads/2025/2026/" alt="" width="" height=""/>.jpg .png .html
.com/ .org/ .net/ ?utm_source=rss https://www.youtube.com/watch?v= https://github.com/ https://en.wikipedia.org/wiki/
Continue reading Read more The post appeared first on Comments Share this: &amp; &lt; &gt; </a></li><li><a href="https://
</p><p><strong></strong></p><p><a href="https://www."></a></p><p>The [null,[["p","","a","https://"],[0,"]],["p",
""".replace("\n", " ").encode()

_DAMAGED: Final = "The text of this article is damaged in the library; its page may still have it."

_log = log.get("store")


class Body(NamedTuple):
    """What there is of an article's text: the clean HTML, its Document as stored, its words."""

    html: str
    document: bytes | None
    text: str


class Parts(NamedTuple):
    """A body unpacked: the HTML, and the two others as they are, or, if they `differ`, by what they do from it."""

    html: str
    document: bytes | str | None
    text: str
    differ: bool = False

    def whole_document(self) -> bytes | None:
        """The Document."""
        if not isinstance(self.document, str):
            return self.document
        from newsreader.store.deriving import document_of

        document = document_of(self.html, self.document)
        return None if document is None else document.encode()

    def whole_text(self) -> str:
        """The words."""
        if not self.differ:
            return self.text
        from newsreader.store.deriving import text_of

        return text_of(self.html, self.text)


def pack(body: Body, condenser: Condenser | None = None) -> bytes:
    """Pack a body: some tenths of a millisecond for an ordinary one, a quarter of its size or less.

    What was packed by the words of a library is unpacked again before it counts.
    """
    if condenser is not None and len(body.html) <= _TOO_LARGE:
        packed = condenser.packed(*body)
        if packed is not None:
            return packed
    html, text = (part.encode("utf-8", "surrogatepass") for part in (body.html, body.text))
    whole = b"".join((html, body.document or b"", text))
    if len(whole) > _TOO_LARGE:
        kind, data = _PLAIN, whole
    elif len(whole) > _LARGE:
        kind, data = _LZMA, lzma.compress(whole, lzma.FORMAT_RAW, filters=_FILTERS)
    else:
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -_WINDOW, 9, zlib.Z_DEFAULT_STRATEGY, _DICTIONARY)
        kind, data = _DEFLATED, packer.compress(whole) + packer.flush()
    lengths = len(html), _NO_DOCUMENT if body.document is None else len(body.document)
    return _HEAD.pack(kind, zlib.crc32(data), *lengths) + data


def unpack(packed: bytes, *wordings: bytes | None) -> Body:
    """Give back what was packed: a tenth of a millisecond. Raises LibraryError for what is damaged.

    `wordings` are what the library has under the id that `wanted` says, and the copy of that.
    """
    return _told(packed, wordings, _body)


def wanted(packed: bytes | None) -> int | None:
    """For SQL: the id of the wording that has to be handed over to unpack a body; most often none."""
    if not packed or packed[0] < CONDENSED:
        return None
    from newsreader.store.condensing import missing

    return missing(packed)


def damaged(packed: bytes, *wordings: bytes | None) -> bool:
    """For SQL: whether nothing of a packed body can be read."""
    try:
        _told(packed, wordings, lambda _: None)
    except LibraryError:
        return True
    return False


@lru_cache(maxsize=1)  # for HTML, Document and text are asked for one after the other
def _parts(packed: bytes, wordings: tuple[bytes | None, ...]) -> Parts:
    if packed[:1] >= bytes([CONDENSED]):
        from newsreader.store.condensing import parts

        html, by_document, by_text = parts(packed, wordings)
        return Parts(html, by_document, by_text, differ=True)
    kind, checksum, html_end, length = _HEAD.unpack_from(packed)
    whole = _opened(kind, packed[_HEAD.size :], checksum)
    document_end = html_end + (0 if length == _NO_DOCUMENT else length)
    document = None if length == _NO_DOCUMENT else whole[html_end:document_end]
    html, text = (part.decode("utf-8", "surrogatepass") for part in (whole[:html_end], whole[document_end:]))
    return Parts(html, document, text)


def _opened(kind: int, data: bytes, checksum: int) -> bytes:
    if zlib.crc32(data) != checksum:
        raise ValueError("checksum")
    if kind == _PLAIN:
        return data
    if kind == _DEFLATED:
        return zlib.decompressobj(-_WINDOW, _DICTIONARY).decompress(data)
    if kind == _LZMA:
        return lzma.decompress(data, lzma.FORMAT_RAW, filters=_FILTERS)
    raise ValueError(f"kind {kind}")


def _body(parts: Parts) -> Body:
    return Body(parts.html, parts.whole_document(), parts.whole_text())


def _told(packed: bytes, wordings: tuple[bytes | None, ...], what: Callable[[Parts], T]) -> T:
    try:
        return what(_parts(packed, wordings))
    except (struct.error, zlib.error, lzma.LZMAError, ValueError, OSError, EOFError) as error:
        raise LibraryError(_DAMAGED, str(error)) from error


def _shown(
    packed: bytes | None, wordings: tuple[bytes | None, ...], what: Callable[[Parts], T], nothing: T
) -> T | None:
    """What is there of a body: feeds are taken in and indexed as before where one is damaged; who reads it is told."""
    if packed is None:
        return None
    try:
        return _told(packed, wordings, what)
    except LibraryError as error:
        _log.error("%s (%s)", error.phrase, error.cause)
        return nothing


def html_in(packed: bytes | None, *wordings: bytes | None) -> str | None:
    """For SQL: the HTML of a packed body; empty where it is damaged, as all that is in it."""
    return _shown(packed, wordings, lambda parts: parts.html, "")


def document_in(packed: bytes | None, *wordings: bytes | None) -> bytes | None:
    """For SQL: its Document."""
    return _shown(packed, wordings, Parts.whole_document, None)


def text_in(packed: bytes | None, *wordings: bytes | None) -> str | None:
    """For SQL: its words.

    The texts of some hundred bodies are kept: each letter that is typed into a search looks at the newest ones again.
    """
    look = _kept_text if packed is not None and len(packed) <= _SMALL else _text
    return look(packed, wordings)


def _text(packed: bytes | None, wordings: tuple[bytes | None, ...]) -> str | None:
    return _shown(packed, wordings, Parts.whole_text, "")


_kept_text = lru_cache(maxsize=_TEXTS)(_text)
