"""Feeds of the kinds whose articles newsboat names differently: with guids, without, without dates or addresses."""

from __future__ import annotations

_DATES = [f"Mon, {day:02} Jan 2024 12:30:00 GMT" for day in (1, 8, 15)]


def _rss(*items: str, extra: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>A feed</title><link>http://site.example/</link><description>d</description>{extra}"
        + "".join(f"<item>{item}</item>" for item in items)
        + "</channel></rss>"
    )


def _atom(*entries: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>An Atom feed</title>'
        '<id>urn:x:feed</id><updated>2024-01-08T12:00:00Z</updated><link href="http://site.example/"/>'
        + "".join(f"<entry>{entry}</entry>" for entry in entries)
        + "</feed>"
    )


_TEXT = "<description>&lt;p&gt;The ferry is &lt;b&gt;late&lt;/b&gt; &amp;amp; full.&lt;/p&gt;</description>"

FEEDS: dict[str, str] = {
    "guid.xml": _rss(
        *(
            f"<guid isPermaLink='false'>tag:site,{n}</guid><title>With guid {n}</title>"
            f"<link>http://site.example/guid/{n}?utm_source=rss</link><pubDate>{date}</pubDate>{_TEXT}"
            f"<content:encoded><![CDATA[<p>The whole of {n}.</p>]]></content:encoded><dc:creator>Ann</dc:creator>"
            for n, date in enumerate(_DATES)
        )
    ),
    "permalink.xml": _rss(
        *(
            f"<guid>http://site.example/permalink/{n}</guid><title>Permalink {n}</title>"
            f"<link>http://site.example/permalink/{n}</link><pubDate>{date}</pubDate>{_TEXT}"
            for n, date in enumerate(_DATES)
        )
    ),
    "guid-only.xml": _rss(
        *(f"<guid>http://site.example/only/{n}</guid><title>Guid only {n}</title>{_TEXT}" for n in range(3))
    ),
    "no-guid.xml": _rss(
        *(
            f"<title>No guid {n}</title><link>http://site.example/2024-01-0{n + 1}/noguid</link>"
            f"<pubDate>{date}</pubDate>{_TEXT}"
            for n, date in enumerate(_DATES)
        )
    ),
    "no-guid-dc.xml": _rss(
        *(
            f"<title>DC date {n}</title><link>http://site.example/dc/{n}</link>"
            f"<dc:date>2024-02-0{n + 1}T10:00:00Z</dc:date>{_TEXT}"
            for n in range(3)
        )
    ),
    "no-guid-relative.xml": _rss(
        *(
            f"<title>Relative {n}</title><link>/relative/{n}</link><pubDate>{date}</pubDate>{_TEXT}"
            for n, date in enumerate(_DATES)
        )
    ),
    "no-date.xml": _rss(
        *(f"<title>No date {n}</title><link>http://site.example/nodate/{n}</link>{_TEXT}" for n in range(3))
    ),
    "title-only.xml": _rss(*(f"<title>Title only {n}</title>{_TEXT}" for n in range(3))),
    "title-date.xml": _rss(
        *(f"<title>Title and date {n}</title><pubDate>{date}</pubDate>{_TEXT}" for n, date in enumerate(_DATES))
    ),
    "enclosure.xml": _rss(
        *(
            f"<guid>episode-{n}</guid><title>Episode {n}</title><pubDate>{date}</pubDate>{_TEXT}"
            f'<enclosure url="http://site.example/{n}.mp3" type="audio/mpeg" length="12"/>'
            for n, date in enumerate(_DATES)
        )
    ),
    "spaced.xml": _rss(
        *(
            f"<guid>\n  spaced {n} \n</guid><title>\n Spaced\n {n} </title>"
            f"<link> http://site.example/spaced/{n} </link><pubDate>{date}</pubDate>{_TEXT}"
            for n, date in enumerate(_DATES)
        )
    ),
    "atom.xml": _atom(
        *(
            f"<id>urn:x:{n}</id><title type='html'>Atom &lt;i&gt;title&lt;/i&gt; {n}</title>"
            f"<updated>2024-01-0{n + 1}T12:00:00Z</updated>"
            f"<link href='http://site.example/atom/{n}'/><summary>Short {n}</summary>"
            f"<content type='html'>&lt;p&gt;Long {n}&lt;/p&gt;</content><author><name>Bo</name></author>"
            for n in range(3)
        )
    ),
    "atom-xhtml.xml": _atom(
        *(
            f"<id>http://site.example/axh/{n}</id><title type='xhtml'>"
            f"<div xmlns='http://www.w3.org/1999/xhtml'>Div <b>title</b> {n}</div></title>"
            f"<updated>2024-01-0{n + 1}T12:00:00Z</updated><link rel='alternate' href='axh/{n}'/>"
            f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>In xhtml {n}</p></div></content>"
            for n in range(3)
        )
    ),
    "rdf.xml": (
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="http://site.example/"><title>RDF</title><link>http://site.example/</link>'
        "<description>d</description></channel>"
        + "".join(
            f'<item rdf:about="http://site.example/rdf/{n}"><title>RDF {n}</title>'
            f"<link>http://site.example/rdf/{n}?x=1</link><dc:date>2024-01-0{n + 1}T12:00:00+01:00</dc:date>"
            "<description>Words.</description></item>"
            for n in range(3)
        )
        + "</rdf:RDF>"
    ),
}
