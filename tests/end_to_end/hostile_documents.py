"""Feeds, and what stands where feeds should, that a reader meets: good, odd or hostile (see `hostile_cases`)."""

from __future__ import annotations

import base64
import json
from typing import Any, Final

from tests.end_to_end.hostile_case import Case
from tests.hostile_server import answer

ESCAPE: Final = "\x1b]52;c;ZXZpbA==\x07\x1b[2J\x9b31m\u202e"
_HIDDEN: Final = "&#27;]0;a&#7;&amp;#27;[2J&#155;31m&amp;#155;2J&#x9d;8;;http://evil/&#x9c;"
_NS: Final = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom"'
)


def rss(items: str, channel: str = "<title>Odd</title><link>http://odd.example/</link>", before: str = "") -> str:
    return f'{before}<rss version="2.0" {_NS}><channel>{channel}{items}</channel></rss>'


def item(inside: str, title: str = "One") -> str:
    return f"<item><title>{title}</title>{inside}</item>"


def atom(entries: str, extra: str = "") -> str:
    head = "<title>Odd</title><id>urn:odd</id><updated>2026-01-01T00:00:00Z</updated>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {extra}>{head}{entries}</feed>'


def entry(inside: str, title: str = "<title>One</title>") -> str:
    return f"<entry><id>urn:1</id>{title}<updated>2026-01-01T00:00:00Z</updated>{inside}</entry>"


def xml(document: str | bytes, content_type: bytes = b"application/rss+xml") -> bytes:
    body = document.encode("utf-8", "surrogatepass") if isinstance(document, str) else document
    return answer(body, b"200 OK", b"Content-Type: " + content_type)


def as_json(document: Any, content_type: bytes = b"application/feed+json") -> bytes:
    return xml(document if isinstance(document, str) else json.dumps(document), content_type)


def json_feed(*items: Any, **members: Any) -> dict[str, Any]:
    return {"version": "https://jsonfeed.org/version/1.1", "title": "Odd", "items": list(items), **members}


def good(name: str, document: str | bytes, *titles: str, **more: Any) -> Case:
    return Case(name, xml(document), titles or ("One",), **more)


def _encodings() -> list[Case]:
    words = "Čtyři žluté"
    declared = '<?xml version="1.0" encoding="{}"?>' + rss(item("<guid>1</guid>", "{}"))

    def coded(name: str, title: str, label: str, codec: str, mark: bytes = b"", kind: bytes = b"text/xml") -> Case:
        return Case(name, xml(mark + declared.format(label, title).encode(codec), kind), (title,))

    return [
        coded("bom-8", words, "utf-8", "utf-8", b"\xef\xbb\xbf"),
        coded("bom-8-declared-latin", words, "iso-8859-1", "utf-8", b"\xef\xbb\xbf"),
        coded("bom-16-le", words, "utf-16", "utf-16-le", b"\xff\xfe"),
        coded("bom-16-be", words, "utf-8", "utf-16-be", b"\xfe\xff"),
        coded("no-bom-16", words, "utf-16", "utf-16-le"),
        coded("utf-32", words, "utf-32", "utf-32-be"),
        coded("16-declared-8-sent", words, "utf-16", "utf-8"),
        coded("cp1252-declared-utf-8", "“Café” – naïve", "utf-8", "cp1252"),
        coded("latin-1-means-cp1252", "“Café” – naïve", "iso-8859-1", "cp1252"),
        coded("cp1250", words, "windows-1250", "cp1250"),
        coded("cp1251", "Привет", "windows-1251", "cp1251"),
        coded("koi8", "Привет", "koi8-r", "koi8-r", b"", b"text/xml; charset=koi8-r"),
        coded("header-charset", "Привет", "utf-8", "cp1251", b"", b'text/xml; charset="windows-1251"'),
        coded("shift-jis", "日本語の題", "Shift_JIS", "cp932"),
        coded("gb", "中文标题", "gb2312", "gb18030"),
        coded("unknown-charset", words, "x-klingon", "utf-8"),
        coded("header-lies", words, "utf-8", "utf-8", b"", b"text/xml; charset=us-ascii"),
        coded("no-text-codec", words, "zlib_codec", "utf-8"),
        good("doubled", rss(item("", "Ã¼ber cafÃ©")), "über café"),
        Case("as-octets", xml(rss(item("")), b"application/octet-stream"), ("One",)),
        Case("as-html", xml(rss(item("")), b"text/html; charset=utf-8"), ("One",)),
        Case("as-text", xml(rss(item("")), b"text/plain"), ("One",)),
    ]


def _fields() -> list[Case]:
    """Odd but valid, and nearly valid: dates, identities, links, text constructs."""

    def dated(name: str, date: str, published: str | None) -> Case:
        return good(name, rss(item(f"<pubDate>{date}</pubDate>")), facts={"published": published})

    url = "http://odd.example/a"
    return [
        dated("year-1", "0001-01-01T00:00:00Z", None),
        dated("before-year-1", "0001-01-01T00:00:00+02:00", None),
        dated("after-year-9999", "9999-12-31T23:59:59-08:00", None),
        dated("year-0", "0000-00-00 00:00:00", None),
        dated("date-of-5000-digits", "1" * 5_000, None),
        dated("year-of-5000-digits", "Mon, 01 Jan " + "2" * 5_000 + " 00:00:00 GMT", None),
        dated("no-such-day", "Wed, 31 Feb 2026 10:00:00 GMT", None),
        dated("date-in-words", "yesterday", None),
        dated("empty-date", " ", None),
        dated("far-future", "Fri, 01 Jan 2999 00:00:00 GMT", "2999-01-01T00:00:00Z"),
        dated("midnight-24", "2026-01-01T24:00:00Z", "2026-01-02T00:00:00Z"),
        dated("before-1970", "Sat, 01 Jan 1955 00:00:00 GMT", "1955-01-01T00:00:00Z"),
        dated("escape-date", f"{_HIDDEN}2026", None),
        Case("no-items", xml(rss("")), ()),
        Case("no-entries", xml(atom("")), ()),
        Case("empty-channel", xml('<rss version="2.0"><channel/></rss>'), ()),
        good("only-text", rss("<item><description>Words alone.</description></item>"), "Words alone."),
        good("nothing-but-a-link", rss(f"<item><link>{url}</link></item>"), "", facts={"url": url}),
        Case("empty-items", xml(rss("<item/><item></item>")), count=1),
        good("no-guid-same-title", rss("".join(item(f"<link>/{n}</link>") for n in range(3))), *["One"] * 3),
        good("same-guid-twice", rss(item("<guid>a</guid><link>/a</link>") * 2)),
        good(
            "guid-on-two-urls",
            rss(item("<guid>a</guid><link>/a</link>") + item("<guid>a</guid><link>/b</link>", "Two")),
            "One",
            "Two",
        ),
        good("guid-on-two-titles", rss(item("<guid>a</guid>") + item("<guid>a</guid>", "Two")), "One", "Two"),
        good("url-and-title-twice", rss("".join(item(f"<guid>{n}</guid><link>{url}</link>") for n in "ab"))),
        good("guid-is-link", rss(item(f"<guid>{url}</guid>")), facts={"url": url}),
        good("guid-is-no-link", rss(item(f'<guid isPermaLink="false">{url}</guid>')), facts={"url": None}),
        good("guid-of-100-kb", rss(item(f"<guid>{'g' * 100_000}</guid>"))),
        Case("articles-1500", xml(rss("".join(item(f"<guid>{n}</guid>", f"T{n}") for n in range(1_500)))), count=1_500),
        Case(
            "articles-20000", xml(rss("".join(item(f"<guid>{n}</guid>", f"T{n}") for n in range(20_000)))), count=5_000
        ),
        good("relative-link", rss(item("<link>/a?b=1&amp;c=2#d</link>")), facts={"url": f"{url}?b=1&c=2#d"}),
        good("link-without-scheme", rss(item("<link>//odd.example/a</link>")), facts={"url": url}),
        good("link-with-spaces", rss(item("<link>\n  http://odd.example/a b \n</link>")), facts={"url": f"{url}%20b"}),
        good("script-link", rss(item("<link>javascript:alert(1)</link>")), facts={"url": None}),
        good("file-link", rss(item("<link>file:///etc/passwd</link>")), facts={"url": None}),
        good("atom-link", rss(item(f'<atom:link rel="alternate" href="{url}"/>')), facts={"url": url}),
        good("xml-base", atom(entry('<link href="a"/>'), 'xml:base="http://odd.example/"'), facts={"url": url}),
        good("cdata-title", rss(item("", "<![CDATA[Tom & <b>Jerry</b>]]>")), "Tom & Jerry"),
        good("cdata-in-cdata", rss(item("", "<![CDATA[a ]]]]><![CDATA[> b]]>")), "a ]]> b"),
        good("escaped-twice", rss(item("", "Tom &amp;amp; Jerry &amp;lt;b&amp;gt;")), "Tom & Jerry <b>"),
        good("title-in-lines", rss(item("", "a\r\n\tb\u2028c\u2029d\u0085e")), "a b c d e"),
        good(
            "xhtml",
            atom(
                entry(
                    '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A <b>bold</b> word'
                    "</p></div></content>"
                )
            ),
            text="A bold word",
        ),
        good(
            "xhtml-prefixed",
            atom(
                entry('<content type="xhtml"><h:div><h:p>Words</h:p></h:div></content>'),
                'xmlns:h="http://www.w3.org/1999/xhtml"',
            ),
            text="Words",
        ),
        good(
            "xhtml-title",
            atom(
                entry(
                    "",
                    '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">An <em>odd</em> one</div></title>',
                )
            ),
            "An odd one",
        ),
        good("text-with-tags", atom(entry("", '<title type="text">1 &lt; 2 &amp;amp; 3</title>')), "1 < 2 & 3"),
        good(
            "base64",
            '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>One</title><content mode="base64"'
            f' type="text/html">{base64.b64encode(b"<p>Packed words</p>").decode()}</content></entry></feed>',
            text="Packed words",
        ),
        good(
            "entities",
            '<!DOCTYPE rss [<!ENTITY co "Odd &amp; Sons">]>' + rss(item("", "&co; caf&eacute;&nbsp;&bull; &bogus;")),
            "Odd & Sons café • &bogus;",
        ),
        good(
            "entity-heavy", rss(item(f"<description>{'&amp;amp;&amp;eacute; ' * 20_000}</description>")), text="&é &é"
        ),
        good("bare-ampersands", rss(item("<link>http://odd.example/?a=1&b=2</link>", "AT&T & Co <3")), "AT&T & Co <3"),
        good("unclosed-markup", rss(item("<description><p>One<br>two<b>three</description>")), text="three"),
        good(
            "php-warning",
            "\n<br />\n<b>Warning</b>: mysql_connect() in /a.php\n" + rss(item(""), before='<?xml version="1.0"?>'),
        ),
        good("blank-lines", "\n\n \t" + rss(item(""), before='<?xml version="1.0"?>')),
        good("after-the-end", rss(item("")) + "\n<!-- 0.1 s --><script>x()</script>\0\0\0"),
        good("xml-1.1", rss(item(""), before='<?xml version="1.1"?>')),
        good("no-namespace", f"<feed>{entry('')}</feed>"),
        good("odd-namespace", f'<feed xmlns="http://nobody.example/atom">{entry("")}</feed>'),
        good(
            "rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
            f'<channel rdf:about="x"/><item rdf:about="{url}"><title>One</title></item></rdf:RDF>',
            facts={"url": url},
        ),
        good(
            "rss-0.91",
            '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/x.dtd">'
            + rss(item("")).replace("2.0", "0.91"),
        ),
        good("upper-case", "<RSS><CHANNEL><ITEM><TITLE>One</TITLE></ITEM></CHANNEL></RSS>"),
        good("cut-in-article", rss(item("") + item("", "Two"))[:-30], "One"),
        Case("cut-in-first-article", xml(rss(item(""))[:-30]), error="no article"),
        Case("cut-in-head", xml(rss("")[:-30]), error="no article"),
    ]


def _json() -> list[Case]:
    def of(name: str, *items: Any, titles: tuple[str, ...] = ("One",), **more: Any) -> Case:
        return Case(name, as_json(json_feed(*items)), titles, **more)

    one = {"id": "1", "title": "One"}
    return [
        of("ids-are-numbers", {**one, "id": 1}, {"id": 2.5, "title": "Two"}, titles=("One", "Two")),
        of(
            "ids-are-nonsense",
            {**one, "id": None},
            {"id": [1], "title": "Two"},
            {"id": True, "title": "Three"},
            titles=("One", "Two", "Three"),
        ),
        of("items-are-nonsense", None, 1, "x", [], one),
        of(
            "members-are-nonsense",
            {
                **one,
                "url": 5,
                "authors": "x",
                "tags": {"a": 1},
                "attachments": [None, {"url": 1}],
                "content_html": ["x"],
                "date_published": {},
            },
        ),
        of("lone-surrogate", {"id": "\ud800", "title": "A\udfffB", "content_text": "\ud83d"}, titles=("A?B",)),
        of(
            "json-escapes",
            {
                **one,
                "title": f"O{ESCAPE}ne",
                "content_html": f"<p>{ESCAPE}x</p>",
                "authors": [{"name": ESCAPE}],
                "url": f"http://a/{ESCAPE}",
                "tags": [ESCAPE],
                "language": ESCAPE,
            },
            titles=("O]52;c;ZXZpbA==[2J31mne",),
        ),
        Case("json-with-mark", as_json("\ufeff" + json.dumps(json_feed(one))), ("One",)),
        Case("json-as-html", as_json(json_feed(one), b"text/html"), ("One",)),
        Case("json-no-items", as_json(json_feed()), ()),
        Case("json-items-null", as_json({**json_feed(), "items": None}), ()),
        Case(
            "json-huge-numbers",
            as_json(
                json.dumps(json_feed({**one, "attachments": [{"url": "http://a/b", "size_in_bytes": 7}]})).replace(
                    ": 7", ": 1e999"
                )
            ),
            ("One",),
        ),
        Case(
            "json-many-digits",
            as_json(json.dumps(json_feed({**one, "id": 7})).replace(": 7", f": {'7' * 5_000}")),
            ("One",),
        ),
        Case("json-nan", as_json(json.dumps(json_feed({**one, "n": 7})).replace(": 7", ": NaN")), ("One",)),
        Case(
            "json-deep", as_json('{"version":"https://jsonfeed.org/version/1","items":' + "[" * 100_000), error="JSON"
        ),
        Case("json-cut", as_json(json.dumps(json_feed(one))[:-5]), error="JSON"),
        Case("json-other", as_json({"error": "no"}), error="not a feed"),
        Case("json-list", as_json([1, 2]), error="not a feed"),
    ]


def _not_feeds() -> list[Case]:
    page = "<!DOCTYPE html><html><head><title>x</title></head><body>{}</body></html>"
    documents: dict[str, tuple[str | bytes, str]] = {
        "page": (page.format("<p>Hello</p>"), "web page"),
        "login": (page.format("<form><input type='password'></form>"), "login page"),
        "captcha": (page.format("<div class='g-recaptcha'>Are you human?</div>"), "captcha"),
        "page-with-xml": ('<?xml version="1.0"?>' + page.format("x"), "web page"),
        "pdf": (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        "opml": ('<opml version="2.0"><body><outline xmlUrl="http://a/"/></body></opml>', "OPML"),
        "sitemap": ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url/></urlset>', "sitemap"),
        "plain": ("404 page not found\n", "plain text"),
        "other-xml": ('<svg xmlns="http://www.w3.org/2000/svg"><title>x</title></svg>', "not a feed"),
        "blank": (" \n\t ", "empty"),
        "zeros": (bytes(10_000), "empty"),
        "noise": (bytes(range(256)) * 400, "not a feed"),
        "escapes": (ESCAPE.encode() * 100, "not a feed"),
    }
    return [Case(f"no-feed-{name}", xml(body, b"text/html"), error=words) for name, (body, words) in documents.items()]


def _hostile() -> list[Case]:
    """Meant to break the reader, or the terminal."""
    bomb = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    full = (
        f"<guid>{_HIDDEN}</guid><link>http://a/{_HIDDEN}</link><author>{_HIDDEN}</author><category>{_HIDDEN}</category>"
        f"<dc:language>{_HIDDEN}</dc:language><comments>http://a/{_HIDDEN}</comments><description>{_HIDDEN}</description>"
        f'<content:encoded>{_HIDDEN}&lt;a href="http://a/{_HIDDEN}"&gt;x&lt;/a&gt;</content:encoded>'
        f'<enclosure url="http://a/{_HIDDEN}" type="{_HIDDEN}" length="9"/>'
    )
    raw = full.replace(_HIDDEN, ESCAPE)

    def long(name: str, html: str, **more: Any) -> Case:
        return good(name, rss(item(f"<description><![CDATA[{html}]]></description>")), **more)

    return [
        Case(
            "hidden-escapes",
            xml(rss(item(full, f"One{_HIDDEN}"), f"<title>{_HIDDEN}</title><link>http://a/{_HIDDEN}</link>")),
            count=1,
        ),
        Case(
            "raw-escapes",
            xml(rss(item(raw, f"One{ESCAPE}"), f"<title>{ESCAPE}</title><link>http://a/{ESCAPE}</link>")),
            count=1,
        ),
        Case(
            "atom-escapes",
            xml(
                atom(
                    entry(
                        f'<link href="http://a/{_HIDDEN}"/><content type="html">{_HIDDEN}</content>',
                        f'<title type="html">One{_HIDDEN}</title>',
                    )
                )
            ),
            count=1,
        ),
        good(
            "markup-title",
            rss(item("", "[/red][@click=app.quit]x[link=http://e/]")),
            "[/red][@click=app.quit]x[link=http://e/]",
        ),
        good("bidi-title", rss(item("", "a\u202eb\u2066c\u200bd\U000e0041e\ufefff")), "abcdef"),
        Case("marks", xml(rss(item("", "a" + "\u0316\u0317" * 5_000))), ("a" + "\u0316\u0317" * 4,)),
        Case("bare-marks", xml(rss(item("", "\u0316" * 50_000))), count=1),
        good("huge-title", rss(item("", "t" * 1_000_000)), "t" * 999 + "…"),
        good("huge-word", rss(item(f"<description>{'w' * 2_000_000}</description>")), text="www"),
        good(
            "text-of-12-mb",
            rss(item(f"<description>{'All work and no play. ' * 550_000}the end</description>")),
            text="All work",
        ),
        good(
            "xxe",
            '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss(item("<description>&x; y</description>")),
            absent="root:",
        ),
        good(
            "xxe-parameter",
            '<!DOCTYPE rss [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>' + rss(item("")),
            absent="root:",
        ),
        good("laughs", f'<!DOCTYPE rss [<!ENTITY a0 "ha">{bomb}]>' + rss(item("<description>&a9;</description>"))),
        good(
            "quadratic",
            f'<!DOCTYPE rss [<!ENTITY a "{"a" * 1_500}">]>' + rss(item(f"<description>{'&a;' * 5_000}</description>")),
        ),
        Case("deep-xml", xml(rss("<a>" * 100_000 + item("") + "</a>" * 100_000)), ("One",)),
        Case("deep-xml-behind", xml(rss(item("") + "<a>" * 100_000 + "</a>" * 100_000)), ("One",)),
        long("deep-html", "<div>" * 50_000 + "x", count=1),
        long("unclosed-html", "<b><i><font>" * 300 + "x", count=1),
        long("attributes", "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">The end</p>", text="The end"),
        good(
            "attributes-in-xml",
            rss("<item " + " ".join(f'a{n}="1"' for n in range(50_000)) + "><title>One</title></item>"),
        ),
        long("tags", "<b>x</b>" * 300_000),
        long("links", '<a href="/x">y</a>' * 50_000),
        long("meta", "<meta" * 100_000 + ">The end"),
        long("open-tags", "<" * 500_000),
        long("references", "&" * 500_000 + "&#" * 100_000),
        long("comments", "<!--" * 100_000),
        long("script", "<script>" * 50_000 + "<img src=x onerror=y>", absent="onerror"),
        long("table", "<table>" + "<tr>" + "<td>x" * 50_000),
        good("comments-in-xml", rss(item("")) + "<!--" * 100_000),
        good("sections", rss(item("") + "<![CDATA[" * 100_000)),
        good("prologue", "<!--" + "-" * 200_000 + "-->" + rss(item(""))),
        Case("doctype", xml("<!DOCTYPE rss [" + "<!ENTITY" * 100_000 + rss(item(""))), ("One",)),
        good("nul-and-surrogates", rss(item("", "O&#0;n&#xD800;e\0\ufffe")), "One"),
    ]


DOCUMENTS: Final = tuple(case for kind in (_encodings, _fields, _json, _not_feeds, _hostile) for case in kind())
