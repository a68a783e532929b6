"""Text from outside made safe, short and comparable: what every string passes before the library and the screen.

Nothing here knows HTML or widgets. Cleaning follows RELIABILITY.md: C0 (but newline and tab), DEL, C1, bidi overrides,
tag characters and lone surrogates never reach a terminal; floods of combining marks are cut.
"""

from __future__ import annotations

import re
import unicodedata
from binascii import b2a_base64
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from rich.cells import cell_len, split_graphemes

from newsreader.bounds import COMBINING_MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNSAFE_CHARACTERS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but \t \n, DEL, C1: escape sequences begin here
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction marks and overrides
    "\xad\u200b\u2060\ufeff\ufff9-\ufffb"  # soft hyphen, zero width space, word joiner, BOM, annotations
    "\U000e0000-\U000e007f"  # tag characters
    "\ud800-\udfff\ufffe\uffff"  # lone surrogates, non-characters
)
_UNSAFE = re.compile(f"[{_UNSAFE_CHARACTERS}]")
_SUSPECT = re.compile(f"[{_UNSAFE_CHARACTERS}\u2028\u2029]")
_UNSAFE_BYTES = bytes(number for number in range(128) if _UNSAFE.match(chr(number)))
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Runs in which more marks than allowed may follow each other: no mark is a letter or a digit.
_CROWD = re.compile(rf"[^\w\s\x00-\x7f]{{{COMBINING_MARKS + 1},}}")
_FOREIGN = b"?" * (COMBINING_MARKS + 1)  # such a run in ASCII, where every other character is a question mark

_PORTS = {"http": 80, "https": 443}
_USERINFO = re.compile(
    r"(?<=[a-zA-Z0-9]://)(?:[^\s/?#\\]*@"
    r"|[^\s/?#\\:@\[\]]*:(?!\d{1,5}(?:[/?#\s]|$))\S*@)"  # a password with a slash in it, which should be written %2F
)

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def clean_text(text: str) -> str:
    """Make text from outside safe for a terminal and for SQLite; newlines and tabs stay.

    The result is in normal form C, holds no control character, no direction override and no lone surrogate, and no
    letter carries more than COMBINING_MARKS marks. Cleaning twice changes nothing.
    """
    if not text.isprintable() and _found(_SUSPECT, text):
        text = _UNSAFE.sub("", _LINE_ENDS.sub("\n", text))
    if text.isascii():
        return text
    if _FOREIGN in text.encode("ascii", "replace"):
        text = _CROWD.sub(_thin, text)  # first, for sorting a flood of marks takes the square of its length
    normal = unicodedata.normalize("NFC", text)
    return text if normal == text else _CROWD.sub(_thin, normal)  # one mark may have become two


def _thin(crowd: re.Match[str]) -> str:
    """Leave at most COMBINING_MARKS marks and joiners of any script in a row."""
    kept, marks = [], 0
    for character in crowd.group():
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me", "Mc", "Cf"} else 0
        if marks <= COMBINING_MARKS:
            kept.append(character)
    return "".join(kept)


def drop_unsafe(text: str) -> str:
    """Take out only what `clean_text` takes out, composing nothing: for markup that is parsed and cleaned later."""
    if text.isprintable() or not _found(_UNSAFE, text):
        return text
    return _UNSAFE.sub("", _LINE_ENDS.sub("\n", text))


def _found(unsafe: re.Pattern[str], text: str) -> bool:
    if text.isascii():  # a table in C takes a quarter of the time of the expression
        data = text.encode()
        return len(data.translate(None, _UNSAFE_BYTES)) < len(data)
    return unsafe.search(text) is not None


def fold_space(text: str) -> str:
    """Fold each run of what HTML calls white space to one space; a no-break space is a character like others."""
    for sign in "\n\t\r\f":
        if sign in text:
            text = text.replace(sign, " ")
    while "  " in text:  # halves every run: in C, and most texts have none
        text = text.replace("  ", " ")
    return text


def one_line(text: str, limit: int | None = None) -> str:
    """Clean text for a place that has one line: white space folded to single spaces, cut at `limit` characters."""
    if text.isprintable() and "  " not in text:  # as nearly all are: the only white space that is printed is a space
        folded = clean_text(text).strip(" ")
    else:
        folded = " ".join(clean_text(text).split())
    if limit is not None and len(folded) > limit:
        folded = folded[: limit - 1].rstrip() + "…"
    return folded


def without_userinfo(text: str) -> str:
    """Take name and password out of every address in a text (RFC 3986 3.2.1), for showing and giving away."""
    return _USERINFO.sub("", text)


def host_of(url: str) -> str:
    """The host of an address, for comparing: without port, in lower case; empty where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def keeps_secrets(old: str, new: str) -> bool:
    """Whether what is told to one address may be told to another: the same origin (RFC 6454), or its https instead.

    Only the default ports of one host count as going from http to https. What cannot be read may be told nothing.
    """
    try:
        before, after = (
            (parts.scheme, parts.hostname, parts.port or _PORTS[parts.scheme])
            for parts in (urlsplit(old), urlsplit(new))
        )
    except (ValueError, KeyError):
        return False
    return before == after or (before, after) == (("http", after[1], 80), ("https", before[1], 443))


@cache
def _addresses() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Most addresses, in which there is nothing to leave out; and what trackers add. Compiled when first needed."""
    trackers = r"(?i:(?:utm_[^=&]*|fbclid|gclid|mc_cid|mc_eid|igshid|xtor|echobox)(?:=[^&]*)?)"
    part = rf"(?!{trackers}(?:&|$))[!-\"$%'-~]+"
    plain = rf"https?(://[a-z0-9.-]+(?::(?!80/|443/)\d+)?/[!-\"$->@-~]*(?:\?{part}(?:&{part})*)?)"
    return re.compile(plain), re.compile(trackers)


def normalised_url(url: str) -> str:
    """The form of an address by which articles are recognised: https for http, no default port, no trackers.

    A fragment stays, for some feeds tell their articles by it, but for "#top", which is the page itself.
    """
    plain, trackers = _addresses()
    if (match := plain.fullmatch(url)) is not None:
        return "https" + match[1]
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    scheme = parts.scheme.lower()
    host = parts.netloc.lower().removesuffix(f":{_PORTS.get(scheme, '')}")
    query = "&".join(part for part in parts.query.split("&") if part and not trackers.fullmatch(part))
    fragment = "" if parts.fragment.lower() == "top" or trackers.fullmatch(parts.fragment) else parts.fragment
    path = parts.path if parts.path or not host else "/"
    return urlunsplit(("https" if scheme == "http" else scheme, host, path, query, fragment))


def page_of(url: str | None) -> str:
    """What of an address tells its page from others: the normalised one without scheme, "www." and slash at its end.

    Empty where it names a site and none of its pages: a front page is no article's own.
    """
    if not url:
        return ""
    page = normalised_url(url).removeprefix("https://").removeprefix("www.").rstrip("/?&")
    return page if "/" in page or "?" in page or "#" in page else ""


def folded_title(title: str) -> str:
    """A title as titles are compared: without case, white space folded."""
    return " ".join(title.casefold().split())


def same_title(one: str, other: str) -> bool | None:
    """Whether two titles are the same; None where they are only alike, or one is missing.

    Titles in which the numbers differ are those of a series ("Episode 12", "Episode 13"), however alike they are.
    """
    first, second = folded_title(one), folded_title(other)
    if first == second:
        return True if first else None
    if not first or not second:
        return None
    alike = _likeness(first, second, 3) >= _ALIKE and re.findall(r"\d+", first) == re.findall(r"\d+", second)
    return None if alike else False


def same_text(one: str, other: str) -> bool | None:
    """Whether two texts are versions of one; None where one is missing, they are only alike, or both are short.

    Releases, menus and issues have texts that are alike, and a short one may stand under every article ("Comments").
    """
    first, second = folded_title(one[:_COMPARED]), folded_title(other[:_COMPARED])
    if not first or not second:
        return None
    likeness = _likeness(first, second, 8)
    if likeness < _ALIKE:
        return False
    return True if likeness >= _SAME and min(len(first), len(second)) >= _TELLING else None


def is_version(one: str, other: str) -> bool:
    """Whether nothing speaks against two texts under one title and address being versions of one."""
    length = min(len(one.strip()), len(other.strip()))
    return length == 0 or one == other or (length >= _TELLING and same_text(one, other) is not False)


_ALIKE, _SAME = 0.6, 0.9  # of the pieces of the shorter text: unrelated ones of one language share a twentieth
_COMPARED = 2_000  # characters: a beginning tells enough
_TELLING = 120  # characters: what is shorter may be the same phrase under every article


def _likeness(one: str, other: str, size: int) -> float:
    """How much of the shorter of two texts stands in the longer too, from 0 to 1, in pieces of so many characters."""
    first, second = ({text[at : at + size] for at in range(max(1, len(text) - size + 1))} for text in (one, other))
    return len(first & second) / min(len(first), len(second))


def identity_of_guid(guid: str | None) -> str | None:
    """The identity that a guid makes: itself, or its hash where it is long. A site's front page makes none."""
    if not guid or (guid.startswith("http") and guid.count("/") <= 3 and "?" not in guid and not page_of(guid)):
        return None
    return short_identity(guid)


def identity_of_url(url: str | None) -> str | None:
    """The identity that an address makes, in the same way."""
    return identity_of_guid(normalised_url(url)) if page_of(url) and url else None


def identity_of_text(title: str, text: str) -> str:
    """The identity of an article that is known by its title and the beginning of its text."""
    return OF_TEXT + _short_hash(f"{' '.join(title.split())}\n{text[:200]}")


def short_identity(name: str) -> str:
    """What stands for a name in identities: itself, or its hash where it is long.

    Two of a source's articles have the same hash in one of a hundred million sources that have ten thousand.
    """
    return name if len(name) <= _LONGEST_IDENTITY else HASHED + _short_hash(name)


OF_TEXT, HASHED = "hash:", "~"
"""What identities begin with that are hashes: of title and text, and of long guids and addresses."""
_LONGEST_IDENTITY = 15  # characters: a library keeps two of each article


def _short_hash(text: str) -> str:
    from hashlib import blake2b

    return of_digest(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest(), 9)


def of_digest(digest: bytes, length: int) -> str:
    """So many characters of a digest: six bits each."""
    return b2a_base64(digest, newline=False)[:length].decode()


def relative_time(moment: int, now: int) -> str:
    """Say how long ago a moment (Unix seconds) was: "now", "4 minutes ago", "12 hours ago", "2 years ago"."""
    age = now - moment
    if age < _MINUTE:
        return "now"
    for size, word in (
        (365 * _DAY, "year"),
        (30 * _DAY, "month"),
        (7 * _DAY, "week"),
        (_DAY, "day"),
        (_HOUR, "hour"),
        (_MINUTE, "minute"),
    ):
        if age >= size:
            count = age // size
            return f"{count} {word}{'' if count == 1 else 's'} ago"
    raise AssertionError(age)


def short_age(moment: int, now: int) -> str:
    """Say the same in a list's narrow column: "now", "12 m", "3 h", "5 d", "6 w", "2 y"."""
    age = now - moment
    for size, letter in ((365 * _DAY, "y"), (14 * _DAY, "w"), (_DAY, "d"), (_HOUR, "h"), (_MINUTE, "m")):
        if age >= size:
            return f"{age // (7 * _DAY if letter == 'w' else size)} {letter}"
    return "now"


def time_ahead(moment: int, now: int) -> str:
    """Say how far ahead a moment is: "now", "in 26 minutes", "in 5 hours", "in 3 days"."""
    ahead = moment - now
    if ahead < _MINUTE:
        return "now"
    if ahead < 90 * _MINUTE:
        return f"in {count_of(round(ahead / _MINUTE), 'minute')}"
    if ahead < 2 * _DAY:
        return f"in {count_of(round(ahead / _HOUR), 'hour')}"
    return f"in {count_of(round(ahead / _DAY), 'day')}"


def clock_time(moment: int, now: int) -> str:
    """The time of day of a moment (local), with its day where that is another one: "14:30", "Tue 14:30"."""
    then, today = datetime.fromtimestamp(moment).astimezone(), datetime.fromtimestamp(now).astimezone()
    return then.strftime("%H:%M" if then.date() == today.date() else "%a %H:%M")


_RHYTHMS = (
    (2 * _HOUR, "all day long"),
    (3 * _DAY // 2, "daily"),
    (4 * _DAY, "every few days"),
    (10 * _DAY, "weekly"),
    (20 * _DAY, "every two weeks"),
    (45 * _DAY, "monthly"),
    (120 * _DAY, "every few months"),
)


def rhythm(gap: int) -> str:
    """How often something happens that lets `gap` seconds lie between two times: "weekly", "once in a long while"."""
    return next((words for most, words in _RHYTHMS if gap <= most), "once in a long while")


def silence(since: int, gap: int | None, now: int) -> str:
    """Say how long a source is silent that had an article every `gap` seconds: "used to post weekly, silent for …"."""
    days = count_of(max(1, (now - since) // _DAY), "day")
    return f"silent for {days}" if gap is None else f"used to post {rhythm(gap)}, silent for {days}"


def iso_utc(moment: int) -> str:
    """Write a moment (Unix seconds) as RFC 3339 in UTC: "2026-11-23T18:05:00Z"."""
    return datetime.fromtimestamp(moment, UTC).replace(tzinfo=None).isoformat() + "Z"


def word_count(text: str) -> int:
    """Count words as a reader would: runs between spaces, and two characters of scripts without spaces as one word."""
    if text.isascii():
        return (b" " + text.encode()).translate(_LETTERS).count(b" x")  # half the time of splitting
    if re.search(_PERHAPS_DENSE, text) is None:
        return len(text.split())
    others, dense = re.subn(_DENSE, " ", text)
    return len(others.split()) + (dense + 1) // 2


_LETTERS = bytes(ord(" ") if chr(number).isspace() else ord("x") for number in range(256))
# These two are compiled when they are first needed, which takes milliseconds of every start.
_PERHAPS_DENSE = "[\u0e00-\u0e7f\u3040-\uffff]"  # quicker than the exact one, in texts that have none
_DENSE = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f]"


def reading_time(words: int) -> str:
    """How long it takes to read so many words at 220 a minute: "1 min" at least, "2 h 44 min", "64 h" for a book."""
    minutes = max(1, round(words / 220))
    if minutes < 100:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours < 10 and rest else f"{round(minutes / 60):,} h"


def count_of(count: int, noun: str, plural: str | None = None) -> str:
    """Write a number with its noun: "1 article", "9,412 articles"."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def listed(words: Iterable[str]) -> str:
    """Write words as a list in a sentence: "a", "a and b", "a, b and c"; nothing for none."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def cell_width(text: str) -> int:
    """Cells that a terminal needs for this text; wide characters count two (rich's table of East Asian widths)."""
    return cell_len(text)


def in_rows(facts: Iterable[str], width: int, between: str = " · ") -> list[str]:
    """Put facts beside each other, as many as there is room for: no row ends within one, or with what stands between.

    One that alone is wider than a row has its own.
    """
    rows: list[str] = []
    for fact in filter(None, facts):
        longer = f"{rows[-1]}{between}{fact}" if rows else ""
        if rows and cell_width(longer) <= width:
            rows[-1] = longer
        else:
            rows.append(fact)
    return rows


def truncate(text: str, cells: int) -> str:
    """Cut a line to at most `cells` cells; a cut is shown by "…" and falls between what is seen as characters."""
    if cells <= 0:
        return ""
    if cell_width(text) <= cells:
        return text
    end = used = 0
    for _, stop, width in split_graphemes(text[: cells * _LONGEST])[0]:
        if used + width > cells - 1:
            break
        end, used = stop, used + width
    return text[:end].rstrip() + "…"


def break_line(text: str, cells: int) -> tuple[str, str]:
    """Break a line that is longer than `cells` cells: what stands on it, up to a space, and the rest.

    For the few lines of a title in a list; an article is broken by `document.wrapping`.
    """
    if cells <= 0:
        return "", text
    if cell_width(text) <= cells:
        return text, ""
    end = len(truncate(text, cells + 1)) - 1  # one cell more: the mark of the cut takes none here
    space = text.rfind(" ", 0, end + 1)
    cut = space if space > end // 3 else end
    return text[:cut].rstrip(), text[cut:].lstrip()


_LONGEST = 4 * COMBINING_MARKS  # characters to a cell: what follows so many cannot be in sight


_RAISED = str.maketrans("0123456789+-−=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ")
_LOWERED = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_STANDING = " [],*†‡′"  # what may stand among them as it is


def raised(text: str) -> str:
    """Set a text as a superscript, if Unicode has a character for each of its own; else it stays."""
    return _shifted(text, text.translate(_RAISED))


def lowered(text: str) -> str:
    """Set a text as a subscript in the same way."""
    return _shifted(text, text.translate(_LOWERED))


def _shifted(text: str, shifted: str) -> str:
    return shifted if all(a != b or a in _STANDING for a, b in zip(text, shifted, strict=True)) else text
