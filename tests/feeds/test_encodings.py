"""Documents whose bytes are in another charset than they say, in none that they say, or in two."""

from __future__ import annotations

import codecs

import pytest

from newsreader.feeds import parse
from newsreader.feeds.decoding import decode
from newsreader.feeds.doubled import undouble

POLISH = "Rząd przyjął projekt ustawy o ochronie środowiska. Ceny żywności wzrosły o dziesięć procent. Piłkarze wygrali"
CZECH = "Vláda schválila návrh. Fotbalisté vyhráli zápas, fanoušci šíleli. Vědci objevili nový druh ryby. Příště více"
HUNGARIAN = "A győri lakosok tiltakoznak. Az élelmiszerek ára nőtt egy év alatt. Hóvihar, közlekedés; művek, törvények"
ROMANIAN = "Locuitorii protestează împotriva construcţiei. Fotbaliştii au câştigat. Preţurile au crescut; peşte, viaţa"
CROATIAN = (
    "Stanovnici Čakovca prosvjeduju. Nogometaši pobijedili u zadnjoj minuti, vrlo čudno. Izložba; ćevapi, žličnjaci"
)
TURKISH = "Hükümet yasa tasarısını kabul etti. Futbolcular maçı kazandı. Gıda fiyatları yüzde on arttı; ağaç, aşk"
LITHUANIAN = (
    "Šiaulių gyventojai protestuoja prieš naujo kelio statybą. Pūga sustabdė eismą. Žuvų rūšis, dešimtmečiai, dėžė"
)
LATVIAN = (
    "Rīgas iedzīvotāji protestē pret jauna ceļa būvniecību. Zinātnieki atklāja jaunu zivju sugu. Nākamā, šķēle, žņaugi"
)
ARABIC = "وافقت الحكومة على مشروع قانون حماية البيئة. ارتفعت أسعار المواد الغذائية"
UKRAINIAN = "Ціни на продукти за рік зросли на десять відсотків. Їжа, ґрунт, єдність"
JAPANESE = "三十分でできるおいしいきゅうりのスープの作り方"
WESTERN = (
    "Münchner Bürger protestieren gegen die neue Straße; größer, schöner, für Öl, Äpfel und Übermut, süß",
    "Des chercheurs ont découvert une nouvelle espèce à Nîmes; où, ça, forêt, dû, cœur, naïf, île, août",
    "Los científicos descubren una nueva especie; ¿quién ganó?, mañana, corazón, pingüino, está aquí",
    "Exposição dedicada a jovens pintores; lições, opiniões, coração, pêssego, avô, à noite, São João",
    "Fødevarepriserne steg; øjeblik, få, æble, sådan, lækker, første, børn, måske, vær så god",
    "Íbúar á Akureyri mótmæla; þetta, maður, síðustu, ég, ekki, ýmislegt, börn, æði, Þór, hús",
    "Malmö, São Paulo, Århus, Kraków, Málaga, Zürich, Besançon, Forlì, Tromsø: ten cafés for a naïve traveller",
)


def titles(data: bytes, content_type: str | None = None) -> list[str]:
    return [article.title for article in parse(data, "", content_type).articles]


def feed(*items: str, declared: str = "", language: str = "") -> str:
    said = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    spoken = f"<language>{language}</language>" if language else ""
    body = "".join(f"<item><title>{item}</title></item>" for item in items)
    return f"{said}<rss><channel><title>News</title>{spoken}{body}</channel></rss>"


@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1"])
@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        *(("cp1250", words) for words in (POLISH, CZECH, HUNGARIAN, ROMANIAN, CROATIAN)),
        *(("iso8859-2", words) for words in (POLISH, CZECH, CROATIAN)),
        *(("cp1254", TURKISH), ("cp1257", LITHUANIAN), ("cp1257", LATVIAN), ("cp1256", ARABIC), ("iso8859-6", ARABIC)),
        *(("koi8-u", UKRAINIAN), ("cp1251", UKRAINIAN), ("cp932", JAPANESE), ("euc_jp", JAPANESE)),
    ],
)
def test_charsets_are_told_by_the_letters(encoding: str, words: str, declared: str) -> None:
    assert titles(feed(words, declared=declared).encode(encoding)) == [words]


@pytest.mark.parametrize("words", WESTERN)
def test_western_text_stays_western(words: str) -> None:
    for text in (words, words.upper(), words[:40].strip(), words + words):
        for language in ("", "en", "pl", "hu", "tr", "ru", "ja"):
            data = feed(text, language=language).encode("cp1252", "ignore")
            assert titles(data) == [data.decode("cp1252").split("title>")[3][:-2]]


@pytest.mark.parametrize(
    ("language", "encoding", "words"),
    [
        ("pl", "cp1250", "Łódź"),
        ("pl-PL", "iso8859-2", "Sąd, źródło"),
        ("cs", "cp1250", "Nový"),
        ("hu", "cp1250", "Erdő"),
        ("tr", "cp1254", "Işık"),
        ("lv", "cp1257", "Rīga"),
        ("ja", "euc_jp", "東京大学"),
        ("zh-TW", "big5", "台北"),
        ("ko", "cp949", "서울"),
    ],
)
def test_the_language_of_a_document_helps(language: str, encoding: str, words: str) -> None:
    assert titles(feed(words, language=language).encode(encoding)) == [words]


@pytest.mark.parametrize(
    ("label", "encoding", "words"),
    [
        ("x-sjis", "cp932", "東京"),
        ("x-gbk", "gb18030", "新闻"),
        ("windows1251", "cp1251", "Новости"),
        ("win-1251", "cp1251", "Новости"),
        ("CP-1250", "cp1250", "Łódź"),
        ("iso-8859-9", "cp1254", "İstanbul “şehir”"),
        ("iso-8859-2", "iso8859-2", "Łódź"),
        ("koi8-r", "koi8-u", "Їжа"),
    ],
)
def test_labels_mean_more_than_they_say(label: str, encoding: str, words: str) -> None:
    assert titles(feed(words, declared=label).encode(encoding)) == [words]


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
@pytest.mark.parametrize("before", ["", "\n"])
def test_a_mark_of_wide_characters_before_narrow_ones_is_passed_over(mark: bytes, before: str) -> None:
    assert titles(mark + f"{before}{feed(POLISH)}".encode()) == [POLISH]


@pytest.mark.parametrize("label", ["utf-7", "iso-2022-jp", "hz"])
def test_what_is_utf_8_is_in_no_charset_of_seven_bits(label: str) -> None:
    assert titles(feed(POLISH, declared=label).encode(), f"text/xml; charset={label}") == [POLISH]


def test_quotes_of_windows_in_a_charset_of_iso() -> None:
    data = feed("ŁódźQ", declared="iso-8859-2").encode("iso8859-2").replace(b"Q", b" \x96 \x93x\x94")
    assert titles(data) == ["Łódź – “x”"]


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("gb2312", "北京今天开放了一座新的美术馆"),
        ("shift_jis", JAPANESE),
        ("euc-kr", "서울에서 새로운 미술관이"),
        ("utf-8", POLISH),
    ],
)
def test_one_bad_byte_or_a_cut_costs_no_more_than_a_character(encoding: str, words: str) -> None:
    text = feed(words, words, words, declared=encoding)
    data = text.encode(encoding)
    place = data.rindex(words[:1].encode(encoding))
    assert titles(data[:place] + b"\xff" + data[place:])[:2] == [words, words]
    assert titles(data[: place + 1]) == [words, words]


def test_utf_8_with_some_bytes_of_windows_1252_stays_utf_8() -> None:
    data = feed(POLISH, "X", "Новости").encode().replace(b"X", b"caf\xe9")
    for content_type in (None, "text/xml; charset=windows-1251", "text/xml; charset=iso-8859-2"):
        assert titles(data, content_type) == [POLISH, "café", "Новости"]
    assert titles(b"\xef\xbb\xbf" + data) == [POLISH, "café", "Новости"]


@pytest.mark.parametrize(
    "words",
    [
        *(
            "Zürich – größer",
            "don’t",
            "François",
            "Café",
            "État",
            "£30 million",
            "más allá",
            "Comunità di Roma",
            "20 °C",
        ),
        *("Новости", "Łódź, źródło", "příště", "Ελλάδα", "naïve “x”", "…", "€ 5"),
    ],
)
def test_one_field_that_was_encoded_twice_is_repaired(words: str) -> None:
    doubled = words.encode().decode("cp1252", "replace")
    if "\ufffd" in doubled:  # bytes that windows-1252 lacks are kept as they are
        doubled = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in words.encode())
    document = feed("Grüße – ‘right’", doubled, "Über “alles”")
    assert titles(document.encode()) == ["Grüße – ‘right’", words, "Über “alles”"]


@pytest.mark.parametrize(
    "words",
    [
        *(
            "AMANHÃ”, disse",
            "ESPAÑA",
            "voilà\u00a0»",
            "gagné\u00a0»",
            "PÅ – nei",
            "NÃO",
            "MAÇÃ…",
            "Ångström…",
            "IRMÃ’S",
        ),
        *("MAÑ’ana", "Coração – “x”", "¿Ñandú?", "ÅÄÖ”", "Τι είναι »", "Ð° о", "É»", "Â", "â €", "« Ã »"),
    ],
)
def test_what_only_looks_encoded_twice_stays(words: str) -> None:
    for document in (feed(words), feed("é", words, "Ã¼ber")):
        text = undouble(decode(document.encode()), document.encode())
        assert words in text
