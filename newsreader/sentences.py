"""Where sentences begin and end, in any language that marks their ends.

A sentence ends at its mark, with what closes it, where a space and no small letter follow; marks of Chinese, Japanese,
Hindi, Arabic and others end one wherever they stand. A point behind an abbreviation, an initial or a number that is
counted ("the 3. of May") ends none. A line break always does.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOSING: Final = "[\"'\u201d\u201c\u2019\u00bb\u203a)\\]\\[0-9]*"
_MARKS: Final = "\u3002\uff01\uff1f\uff61\u0964\u0965\u061f\u06d4\u17d4\u104b\u0589\u1362\u1367"
_CLOSING_MARKS: Final = "[\u300d\u300f\u201d\u2019\uff09\u300b\"')]*"
_SENTENCE: Final = (
    rf"\S[^\n]*?(?:[.!?\u2026]+{_CLOSING}(?=\s+[^\sa-z\u00df-\u00f6\u00f8-\u00ff\u0430-\u045f\u03b1-\u03c9]|\s*$)"
    rf"|[{_MARKS}]+{_CLOSING_MARKS}|(?=\n)|$)"
)
_GOES_ON: Final = (
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Drs|Prof|St|Ste|Jr|Sr|Gen|Gov|Sen|Rep|Rev|Hon|Lt|Col|Sgt|Capt|Cmdr|Adm|Maj|Fr|No|Nos|Nr|Vol|pp?"
    r"|vs|etc|approx|ca|cf|al|Inc|Ltd|Co|Corp|Bros|Mt|Ft|Ave|Blvd|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|Ala|Ariz|Calif|Colo|Conn|Fla|Ga|Ill|Kan|Ky|Mass|Mich|Minn|Mo|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wis|Wyo"
    r"|Hr|Frau|bzw|usw|evtl|inkl|ggf|Mio|Mrd|Tsd|Str|Abs|Art|Bd|Hrsg|Mme|Mlle|MM|Sra?|Dra?|Exmo|Av|Ud|Uds|Sig|Dott|Ing"
    r"|tj|tzn|np|tzv|r|św|ul|pl|об|ул|г|гг|млн|млрд|тыс|руб|им|проф|акад)"
    r"|(?<![^\s(\u201c\"'])(?<!\w')[A-Za-z\u00c0-\u00de\u0410-\u042f]"  # an initial, or the first half of "z. B."
    r"|\b[a-zA-Z](?:\.\s?[a-zA-Z])+"  # U.S, z. B, e.g
    r"|(?<!\S)\d{1,2})\.$"
)


@cache
def _made(pattern: str) -> re.Pattern[str]:
    """A pattern, made when it is first needed: each start of the reader would pay for it."""
    return re.compile(pattern)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Give where each sentence of a text begins, and the character after its last."""
    start: int | None = None
    for found in _made(_SENTENCE).finditer(text):
        begins = found.start() if start is None else start
        start = None
        at_end = found.end() == len(text) or text[found.end()] == "\n"
        if not at_end and _made(_GOES_ON).search(text, begins, found.end()):
            start = begins
            continue
        yield begins, found.end()
