"""Small documents of every format, written for the tests of this folder."""

from __future__ import annotations

RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:atom="http://www.w3.org/2005/Atom" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
  xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
  <title>The Coast &amp; Gazette</title>
  <link>https://coast.example/</link>
  <atom:link href="https://coast.example/feed" rel="self" type="application/rss+xml"/>
  <description>News of the &lt;b&gt;harbour&lt;/b&gt;</description>
  <language>en-GB</language>
  <lastBuildDate>Tue, 05 Mar 2024 12:30:15 GMT</lastBuildDate>
  <ttl>90</ttl>
  <image><title>No title</title><link>https://no.example/</link></image>
  <item>
    <title>Ferry &lt;i&gt;stays&lt;/i&gt;: AT&amp;amp;T pays</title>
    <link>/2024/ferry</link>
    <guid isPermaLink="false">coast-1</guid>
    <dc:creator>Ines Almada</dc:creator>
    <dc:creator>Tomas Reed</dc:creator>
    <pubDate>Tue, 05 Mar 2024 12:30:15 GMT</pubDate>
    <description>Short.</description>
    <content:encoded><![CDATA[<p>Long <a href="map.html">map</a></p><img src="/p.jpg">]]></content:encoded>
    <category>Ferries</category><category>ferries</category><dc:subject>Harbour</dc:subject>
    <enclosure url="https://coast.example/a.mp3" type="audio/mpeg" length="1234"/>
    <media:content url="https://coast.example/p.jpg" medium="image"/>
    <comments>https://coast.example/2024/ferry#comments</comments>
    <wfw:commentRss>https://coast.example/2024/ferry/feed</wfw:commentRss>
    <slash:comments>14</slash:comments>
  </item>
  <item>
    <guid>https://coast.example/2024/bridge</guid>
    <author>reed@coast.example (Tomas Reed)</author>
    <description>&lt;p&gt;A bridge.&lt;/p&gt;</description>
  </item>
</channel>
</rss>
"""

RSS1 = b"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
  <channel rdf:about="https://wire.example/rdf">
    <title>Northern Wire</title><link>https://wire.example/</link><description>Wires</description>
    <sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
    <items><rdf:Seq><rdf:li rdf:resource="https://wire.example/1"/></rdf:Seq></items>
  </channel>
  <item rdf:about="https://wire.example/1">
    <title>Cooling</title><link>https://wire.example/1</link><dc:date>2024-03-05T12:30:15Z</dc:date>
  </item>
</rdf:RDF>
"""

RSS091 = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Caf\xe9 &eacute;</title><link>https://old.example/</link>
<description>Old</description><item><title>First</title><link>https://old.example/1</link></item></channel></rss>
"""

ATOM = b"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="pt" xml:base="https://sul.example/blog/"
  xmlns:thr="http://purl.org/syndication/thread/1.0">
  <title type="html">Boletim &amp;amp; Sul</title>
  <subtitle>Do sul</subtitle>
  <id>urn:sul</id>
  <updated>2024-03-05T12:30:15Z</updated>
  <link rel="self" href="feed.atom"/><link href="./"/>
  <author><name>Rosa Pinto</name><email>rosa@sul.example</email></author>
  <entry xml:base="2024/">
    <title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Ferry <em>noturno</em></div></title>
    <id>urn:sul:1</id>
    <link rel="replies" type="application/atom+xml" href="ferry/comments.atom" thr:count="3"/>
    <link rel="replies" type="text/html" href="ferry#c"/>
    <link rel="enclosure" type="audio/ogg" length="99" href="ferry.ogg"/>
    <link rel="alternate" type="text/html" href="ferry"/>
    <published>2024-03-05T09:30:15-03:00</published>
    <updated>2024-03-06T12:30:15Z</updated>
    <category term="mar" label="Mar"/>
    <summary>1 &lt; 2 &amp; 3</summary>
    <content type="xhtml">
    <div xmlns="http://www.w3.org/1999/xhtml"><p>Texto <a href="mapa">mapa</a><br/></p></div></content>
  </entry>
  <entry>
    <title>Plain 1 &lt; 2</title><id>urn:sul:2</id><author><name>Ana</name></author>
    <content type="html">&lt;p&gt;Ol\xc3\xa1&lt;/p&gt;</content>
  </entry>
</feed>
"""

ATOM03 = b"""<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Field Notes</title><tagline>Notes</tagline>
<link rel="alternate" type="text/html" href="https://notes.example/"/><modified>2024-03-05T12:30:15Z</modified>
<entry><title mode="escaped">Old &lt;b&gt;maps&lt;/b&gt;</title><link rel="alternate" href="https://notes.example/maps"/>
<id>tag:notes.example,2024:1</id><issued>2024-03-05T12:30:15Z</issued><modified>2024-03-06T12:30:15Z</modified>
<content type="text/html" mode="base64">PHA+TW90aHM8L3A+</content></entry></feed>
"""

JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Orbit Weekly", "home_page_url": "https://orbit.example/",
"description": "Orbits", "language": "en", "authors": [{"name": "Orbit Desk"}],
"items": [
 {"id": 7, "url": "https://orbit.example/7", "title": "Low &amp; slow", "content_html": "<p>Hi <a href='x'>x</a></p>",
  "date_published": "2024-03-05T12:30:15Z", "tags": ["space"], "authors": [{"name": "Kim"}, {"name": "Lee"}],
  "attachments": [{"url": "https://orbit.example/7.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 5}]},
 {"id": "8", "external_url": "https://else.example/8", "content_text": "One <two>\\n\\nThree", "summary": "Sum"}]}
"""

ALL = (RSS, RSS1, RSS091, ATOM, ATOM03, JSON)
