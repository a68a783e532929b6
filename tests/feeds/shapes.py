"""Well-formed feeds of every shape, made from a seed; each article has a marker word in title, id and link."""

from __future__ import annotations

import html
import json
import random
from collections.abc import Callable

WORDS = (
    "harbour ferry tide lantern archive quiet copper bridge über café naïve 東京 новости señal “quoted” – dash "
    "C&A 5<6 gravel pilot season winter orchard signal"
).split()
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
)


def marker(number: int) -> str:
    """The word by which an article is known again after whatever happened to its feed."""
    return f"zq{number:03d}x"


def shaped(seed: int) -> bytes:
    """A feed of one of the shapes with 2 to 12 articles; the same for the same seed."""
    chance = random.Random(seed)
    return SHAPES[seed % len(SHAPES)](chance, range(chance.randrange(2, 13)))


def prose(chance: random.Random, count: int) -> str:
    """Some words as XML text."""
    return html.escape(" ".join(chance.choices(WORDS, k=count)), quote=False)


def body(chance: random.Random) -> str:
    """A few paragraphs of HTML."""
    paragraphs = [
        f'<p>{prose(chance, 12)} <a href="/p/{n}?a=1&amp;b=2">{prose(chance, 2)}</a><br>{prose(chance, 6)}</p>'
        for n in range(chance.randrange(1, 4))
    ]
    return "".join(paragraphs) + '<img src="a.jpg" alt="">'


def blog(chance: random.Random, numbers: range) -> bytes:
    """RSS 2.0 as blogs write it: content in CDATA, lines and indents."""
    items = "".join(
        f"""
    <item>
      <title>{prose(chance, 4)} {marker(n)}</title>
      <link>https://blog.example/{marker(n)}</link>
      <guid isPermaLink="false">https://blog.example/?p={marker(n)}</guid>
      <dc:creator><![CDATA[{chance.choice(WORDS[:6])}]]></dc:creator>
      <pubDate>Tue, {1 + n:02d} Mar 2024 12:30:15 +0000</pubDate>
      <category><![CDATA[News & notes]]></category>
      <description><![CDATA[{prose(chance, 10)} [&#8230;]]]></description>
      <content:encoded><![CDATA[{body(chance)}]]></content:encoded>
      <slash:comments>{n}</slash:comments>
    </item>"""
        for n in numbers
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {SPACES}>\n<channel>\n  <title>A blog</title>\n'
        f'  <atom:link href="https://blog.example/feed" rel="self" type="application/rss+xml"/>\n'
        f"  <link>https://blog.example/</link>\n  <description>{prose(chance, 5)}</description>{items}\n"
        "</channel>\n</rss>\n"
    ).encode()


def wire(chance: random.Random, numbers: range) -> bytes:
    """RSS 2.0 in one line, HTML escaped, no declaration."""
    items = "".join(
        f"<item><title>{prose(chance, 5)} {marker(n)}</title><link>https://wire.example/{marker(n)}</link>"
        f"<guid>https://wire.example/{marker(n)}</guid><pubDate>{1 + n} March 2024 08:00 EST</pubDate>"
        f"<description>{html.escape(body(chance))}</description></item>"
        for n in numbers
    )
    return f'<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'.encode()


def podcast(chance: random.Random, numbers: range) -> bytes:
    """RSS 2.0 of a podcast."""
    items = "".join(
        f"<item><title>{marker(n)} {prose(chance, 3)}</title><guid>{marker(n)}</guid>\n"
        f'<enclosure url="https://pod.example/{marker(n)}.mp3" length="{n}000" type="audio/mpeg"/>\n'
        f"<itunes:duration>00:{n:02d}:30</itunes:duration><itunes:summary>{prose(chance, 9)}</itunes:summary>\n"
        f"<pubDate>Wed, {1 + n} May 2024 06:00:00 GMT</pubDate></item>\n"
        for n in numbers
    )
    return (
        f'<?xml version="1.0"?>\n<rss {SPACES} version="2.0"><channel><title>Pod</title>'
        f'<itunes:image href="https://pod.example/c.jpg"/>{items}</channel></rss>'
    ).encode()


def atom(chance: random.Random, numbers: range) -> bytes:
    """Atom 1.0 with HTML and xhtml content by turns."""
    entries = "".join(
        f"""<entry>
  <title type="html">{prose(chance, 4)} {marker(n)}</title>
  <id>tag:atom.example,2024:{marker(n)}</id>
  <link rel="alternate" type="text/html" href="https://atom.example/{marker(n)}"/>
  <published>2024-03-{1 + n:02d}T09:30:15-03:00</published><updated>2024-03-{1 + n:02d}T12:30:15Z</updated>
  <author><name>Ana</name></author><category term="mar"/>
  {_atom_content(chance, n)}
</entry>
"""
        for n in numbers
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
        "<title>Atom</title><id>urn:atom</id><updated>2024-03-05T12:30:15Z</updated>\n"
        f'<link href="https://atom.example/"/>\n{entries}</feed>\n'
    ).encode()


def _atom_content(chance: random.Random, number: int) -> str:
    if number % 2:
        return f'<content type="html">{html.escape(body(chance))}</content>'
    inner = body(chance).replace("<br>", "<br/>").replace('alt="">', 'alt=""/>')
    return f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{inner}</div></content>'


def rdf(chance: random.Random, numbers: range) -> bytes:
    """RSS 1.0."""
    items = "".join(
        f'<item rdf:about="https://rdf.example/{marker(n)}"><title>{prose(chance, 3)} {marker(n)}</title>\n'
        f"<link>https://rdf.example/{marker(n)}</link><description>{prose(chance, 8)}</description>\n"
        f"<dc:date>2024-03-{1 + n:02d}T12:30:15Z</dc:date></item>\n"
        for n in numbers
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<channel rdf:about="https://rdf.example/"><title>RDF</title><link>https://rdf.example/</link></channel>\n'
        f"{items}</rdf:RDF>"
    ).encode()


def video(chance: random.Random, numbers: range) -> bytes:
    """Atom 1.0 of a video channel, in which nearly all stands in media groups."""
    entries = "".join(
        f"<entry><id>v:{marker(n)}</id><title>{marker(n)} {prose(chance, 3)}</title>"
        f'<link rel="alternate" href="https://v.example/w?v={marker(n)}&amp;x=1"/>'
        f"<published>2024-04-{1 + n:02d}T00:00:00+00:00</published><media:group><media:title>{prose(chance, 3)}"
        f'</media:title><media:thumbnail url="https://v.example/{n}.jpg"/>'
        f"<media:description>{prose(chance, 9)}</media:description></media:group></entry>\n"
        for n in numbers
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {SPACES}><title>Videos</title>{entries}</feed>'.encode()


def western(chance: random.Random, numbers: range) -> bytes:
    """RSS 0.91 in windows-1252 with a DOCTYPE and an entity of HTML."""
    items = "".join(
        f"<item><title>Málaga – {chance.choice(WORDS[:6])} {marker(n)}</title>"
        f"<link>https://old.example/{marker(n)}</link><description>niño &eacute;t&eacute; ü</description></item>\n"
        for n in numbers
    )
    return (
        '<?xml version="1.0" encoding="windows-1252"?>\n<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS '
        '0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">\n'
        f'<rss version="0.91"><channel><title>Viejo</title>{items}</channel></rss>\n'
    ).encode("cp1252")


def json_feed(chance: random.Random, numbers: range) -> bytes:
    """JSON Feed 1.1."""
    items = [
        {"id": marker(n), "url": f"https://json.example/{marker(n)}", "content_html": body(chance), "title": marker(n)}
        for n in numbers
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": items}, indent=1).encode()


SHAPES: tuple[Callable[[random.Random, range], bytes], ...] = (
    blog,
    wire,
    podcast,
    atom,
    rdf,
    video,
    western,
    json_feed,
)
