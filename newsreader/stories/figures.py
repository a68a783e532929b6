"""Numbers and dates as texts of many languages write them, made alike: what a sentence must not get wrong. Pure."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from newsreader.query.folding import tokens

_NUMBER: Final = re.compile(
    r"(?<![A-Za-z\u00c0-\u024f0-9.,])(?:\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.,\u2009\u00a0\u202f']\d+)*)"
)
_GROUPED: Final = re.compile(r"\d{1,3}(?:[.,\u2009\u00a0\u202f' ]\d{3})+")
_SEPARATOR: Final = re.compile(r"[.,\u2009\u00a0\u202f' ]")
_SPELLED: Final = """
two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn
deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize
dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho
dois tres quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove
due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto
twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien
два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать
dva tri ctyri pet sest sedm osm devet deset
dwa trzy cztery piec szesc siedem osiem dziewiec dziesiec
"""
_TENS: Final = """
twenty thirty forty fifty sixty seventy eighty ninety hundred
zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig hundert
vingt trente quarante cinquante soixante - - - cent
veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien
vinte trinta quarenta cinquenta sessenta setenta oitenta noventa cem
venti trenta quaranta cinquanta sessanta settanta ottanta novanta cento
twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd
двадцать тридцать сорок
"""
_AMBIGUOUS: Final = frozenset(["six", "elf", "once", "sei", "tien", "cent", "acht", "tre", "quince", "dos"])
"""Words of another meaning in another language: they bear a number out, and need no bearing out."""

_DATES: Final = frozenset(
    """
    january february april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    januar februar marz mai juni juli oktober dezember
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
    janvier fevrier avril juin juillet aout septembre octobre novembre decembre
    lundi mardi mercredi jeudi vendredi samedi dimanche
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    lunes martes miercoles jueves viernes sabado domingo
    janeiro fevereiro marco maio junho julho setembro outubro novembro dezembro
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
    lunedi martedi mercoledi giovedi venerdi sabato domenica
    """.split()
)


@cache
def spelled() -> dict[str, str]:
    """The numbers that are written as words, in digits."""
    values: dict[str, str] = {}
    for lines, first, step in ((_SPELLED, 2, 1), (_TENS, 20, 10)):
        for line in lines.splitlines():
            values |= {word: str(first + place * step) for place, word in enumerate(line.split()) if word != "-"}
    return {tokens(word)[0]: value for word, value in values.items()}


def numbers_of(text: str) -> frozenset[str]:
    """The numbers that stand in a text in digits: 1,240 and 1.240 and 1 240 are one, and 3,5 is 3.5."""
    found = set()
    for match in _NUMBER.finditer(text):
        number = match[0]
        if _GROUPED.fullmatch(number):
            found.add(_SEPARATOR.sub("", number).lstrip("0") or "0")
        else:
            whole, *rest = _SEPARATOR.split(number)
            found.add(".".join([whole.lstrip("0") or "0", *rest]))
    return frozenset(found)


def written_numbers(words: frozenset[str], *, certain: bool) -> frozenset[str]:
    """The numbers that stand in a text as words; with `certain` none that may be another word elsewhere."""
    values = spelled()
    return frozenset(values[word] for word in words if word in values and not (certain and word in _AMBIGUOUS))


def dates_of(words: frozenset[str]) -> frozenset[str]:
    """The months and days of the week among the folded words of a text."""
    return words & _DATES
