"""Articles that tell of many things at once, by the forms they come in: they belong to no one event."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_TITLE: Final = r"""
    \b(?: briefings? | newsletters? | podcasts? | (?:episode|ep\.?|folge|épisode|episodio)[ ]\d+
    | round-?ups? | wrap-?up | markets?[ ]wrap | recap | digest | quiz(?:zes)? | crossword | horoscopes?
    | deals[ ]of[ ]the | (?:best|top)[ ].{0,30}\bdeals | results[ ]in[ ]full
    | (?:day|week|month|year)[ ]in[ ](?:pictures|photos|review) | in[ ]brief | top[ ]stories | today[’']s[ ]headlines
    | morning[ ]edition | (?:week|day)[ ]ahead | this[ ]week[ ]in | (?:things|what)[ ]to[ ]know[ ](?:this|today|for)
    | what[ ]to[ ](?:watch|read)[ ](?:this|today) | front[ ]pages | papers[ ]today | open[ ]thread | link[ ]?dump
    | links[ ]for | weekend[ ]reads | sky[ ]this[ ]week | weather[ ](?:for|forecast)
    | überblick | wochenrückblick | presseschau | kurz[ ]gemeldet | kurzmeldungen | nachrichten[ ]am | horoskop
    | bilder[ ]der[ ]woche | revue[ ]de[ ]presse | l[’']essentiel[ ]de | infolettre | la[ ]semaine[ ]en
    | resumen[ ]de | boletín | titulares | las[ ]noticias[ ]del | la[ ]semana[ ]en | horóscopo
    | rassegna[ ]stampa | le[ ]notizie[ ]del | oroscopo | la[ ]settimana[ ]in
    | resumo[ ]d[aeo] | as[ ]notícias[ ]d[aeo] | boletim | a[ ]semana[ ]em
    | nieuwsbrief | nieuwsoverzicht | persoverzicht | overzicht
    | дайджест | подкаст | главные[ ]новости | итоги[ ](?:дня|недели) | обзор[ ](?:дня|недели|прессы) )\b
    | نشرة | موجز | أبرز[ ]الأخبار | بودكاست | सुर्खियां | सुर्खियाँ | पॉडकास्ट | राशिफल
    | まとめ | ポッドキャスト | 今日のニュース | 早报 | 一周要闻 | 播客 | 要闻
"""
_GREETING: Final = r"""
    ^\W*(?: good[ ](?:morning|afternoon|evening) | guten[ ](?:morgen|abend|tag) | buenos[ ]días | buongiorno | bom[ ]dia
    | goedemorgen | goedenavond | доброе[ ]утро | добрый[ ]вечер )\b | ^.{0,40}\b(?:round-?up|rundown|überblick)\b
"""


@cache
def _made(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


def is_overview(title: str, lead: str) -> bool:
    """Whether an article says that it tells of several things: a briefing, an episode, a list of results."""
    return bool(_made(_TITLE).search(title) or _made(_GREETING).search(lead))
