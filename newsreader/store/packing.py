"""Bodies of articles packed: HTML, Document and text in one piece, as deflate finds what the three have in common.

A packed body is a kind (one byte), a checksum, two lengths, and what is compressed. The kinds are for ever: what was
packed with a dictionary can only be read with the same one. So a better dictionary is a further kind.
"""

from __future__ import annotations

import lzma
import struct
import zlib
from typing import Final, NamedTuple

from newsreader import log
from newsreader.errors import LibraryError

TABLES: Final = (
    "ALTER TABLE feed_body RENAME TO feed_loose",
    "ALTER TABLE full_text RENAME TO full_loose",
    "ALTER TABLE full_loose ADD COLUMN packed INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX full_unpacked ON full_loose (id, packed) WHERE packed = 0",
    """
    CREATE TABLE feed_packed (
        id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
        version INTEGER,
        body BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE full_packed (
        id INTEGER PRIMARY KEY REFERENCES full_loose (id) ON DELETE CASCADE,
        body BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE VIEW feed_body (id, version, document, html, text) AS
    SELECT a.id,
        coalesce((SELECT l.version FROM feed_loose l WHERE l.id = a.id),
            (SELECT p.version FROM feed_packed p WHERE p.id = a.id)),
        coalesce((SELECT l.document FROM feed_loose l WHERE l.id = a.id),
            (SELECT document_in(p.body) FROM feed_packed p WHERE p.id = a.id)),
        coalesce((SELECT l.html FROM feed_loose l WHERE l.id = a.id),
            (SELECT html_in(p.body) FROM feed_packed p WHERE p.id = a.id)),
        coalesce((SELECT l.text FROM feed_loose l WHERE l.id = a.id),
            (SELECT text_in(p.body) FROM feed_packed p WHERE p.id = a.id))
    FROM article a
    """,
    """
    CREATE VIEW full_text (id, version, document, html, text, title, author, language, saved_at) AS
    SELECT l.id, l.version,
        coalesce(l.document, (SELECT document_in(p.body) FROM full_packed p WHERE p.id = l.id)),
        coalesce((SELECT html_in(p.body) FROM full_packed p WHERE p.id = l.id), l.html),
        coalesce((SELECT text_in(p.body) FROM full_packed p WHERE p.id = l.id), l.text),
        l.title, l.author, l.language, l.saved_at
    FROM full_loose l
    """,
)
"""Statements of schema 5: see `store.bodies`."""

_HEAD: Final = struct.Struct("<BIII")  # kind, CRC-32 of what follows, bytes of the HTML, of the Document
_NO_DOCUMENT: Final = 0xFFFFFFFF
_PLAIN, _DEFLATED, _LZMA = 0, 1, 2
_LARGE: Final = 48 * 1024  # bytes: deflate looks back over 32 kB, and finds nothing of the HTML in the text any more
_TOO_LARGE: Final = 256 * 1024  # would take longer than a step of upkeep may; one of some ten thousand
_LEVEL: Final = 6  # 9 takes a fifth longer for a thousandth less
_FILTERS: Final = [{"id": lzma.FILTER_LZMA2, "preset": 1}]
_WINDOW: Final = 15

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


def pack(body: Body) -> bytes:
    """Pack a body: a tenth of a millisecond for an ordinary one, a third of its size or less."""
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


def unpack(packed: bytes) -> Body:
    """Give back what was packed: some ten microseconds. Raises LibraryError for what is damaged."""
    try:
        kind, checksum, html_end, length = _HEAD.unpack_from(packed)
        data = packed[_HEAD.size :]
        whole = _opened(kind, data, checksum)
        document_end = html_end + (0 if length == _NO_DOCUMENT else length)
        document = None if length == _NO_DOCUMENT else whole[html_end:document_end]
        html, text = (part.decode("utf-8", "surrogatepass") for part in (whole[:html_end], whole[document_end:]))
    except (struct.error, zlib.error, lzma.LZMAError, ValueError) as error:
        raise LibraryError(_DAMAGED, str(error)) from error
    return Body(html, document, text)


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


def html_in(packed: bytes | None) -> str | None:
    """For SQL: the HTML of a packed body; empty where it is damaged, as all that is in it."""
    return None if packed is None else _as_it_is(packed).html


def document_in(packed: bytes | None) -> bytes | None:
    """For SQL: its Document."""
    return None if packed is None else _as_it_is(packed).document


def text_in(packed: bytes | None) -> str | None:
    """For SQL: its words."""
    return None if packed is None else _as_it_is(packed).text


def _as_it_is(packed: bytes) -> Body:
    """What is there of a body: feeds are taken in and indexed as before where one is damaged; who reads it is told."""
    try:
        return unpack(packed)
    except LibraryError as error:
        _log.error("%s (%s)", error.phrase, error.cause)
        return Body("", None, "")
