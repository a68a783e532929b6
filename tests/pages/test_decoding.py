from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.pages.decoding import decode

JAPANESE = "日本語のテキストです。いろいろな漢字とかなが含まれています。カタカナも。" * 3
RUSSIAN = "Это тестовый текст на русском языке, в котором много обычных букв. " * 3
GERMAN = "Größe und Übermut, schöne Füße; „Anführung“ – naïve café, fünf €. " * 3


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (JAPANESE, "euc_jp"),
        (JAPANESE, "shift_jis"),
        ("这是一个测试文本，包含许多常用汉字。我们希望检测编码是否正确。" * 3, "gb18030"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (GERMAN, "cp1252"),
        (GERMAN, "utf-8"),
    ],
)
def test_an_encoding_is_taken_from_header_or_page_or_guessed(text: str, encoding: str) -> None:
    html = f"<html><body><p>{text}</p></body></html>"
    assert decode(html.encode(encoding)) == html
    assert decode(html.encode(encoding), f'text/html; charset="{encoding}"') == html
    declared = f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}">{html}'
    assert decode(declared.encode(encoding)) == declared


@pytest.mark.parametrize(
    ("data", "content_type", "expected"),
    [
        (codecs.BOM_UTF8 + "é".encode(), "text/html; charset=latin-1", "é"),
        ("é".encode("utf-16"), None, "é"),
        ("“é”".encode(), "text/html; charset=iso-8859-1", "“é”"),
        ("“é”".encode("cp1252"), "text/html; charset=iso-8859-1", "“é”"),
        ("é".encode("latin-1"), "text/html; charset=nonsense", "é"),
        ("é".encode("latin-1"), "text/html; charset=base64", "é"),
        (b"plain", "text/html; charset=utf-16", "plain"),
        (b"<meta charset=utf-7>+ADw-script+AD4-", None, "<meta charset=utf-7>+ADw-script+AD4-"),
        ("今日".encode("iso2022_jp"), "text/html; charset=iso-2022-jp", "今日"),
        (b'<?xml version="1.0" encoding="windows-1251"?>' + RUSSIAN.encode("cp1251"), None, None),
        (b"good text " * 30 + "öäü".encode() * 9 + b"\xff cut", "text/html; charset=utf-8", None),
    ],
)
def test_what_the_bytes_say_counts_more(data: bytes, content_type: str | None, expected: str | None) -> None:
    text = decode(data, content_type)
    if expected is None:
        assert RUSSIAN in text or "öäü" in text
    else:
        assert text == expected


@pytest.mark.parametrize(
    ("language", "text", "encoding"),
    [
        ("ar", "قرر مجلس المدينة الإبقاء على العبارة الليلية", "cp1256"),
        ("pl", "Rada miasta postanowiła, że nocny prom będzie pływał dalej: źródło, gęś, łódź", "cp1250"),
        ("el-GR", "Το δημοτικό συμβούλιο αποφάσισε να κρατήσει το πλοίο", "cp1253"),
        ("lv", "Pilsētas padome nolēma saglabāt nakts prāmi: ķīļi, šķēršļi", "cp1257"),
    ],
)
def test_where_nothing_is_declared_the_language_of_the_page_tells(language: str, text: str, encoding: str) -> None:
    html = f'<html lang="{language}"><body><p>{text}</p></body></html>'
    assert decode(html.encode(encoding)) == html
    assert decode(html.encode()) == html


def test_a_long_line_without_breaks_is_read_at_once() -> None:
    assert decode(b"x" * 3_000_000 + "é".encode("cp1252")).endswith("xé")


@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=30).map("charset={}".format)))
def test_every_input_becomes_text(data: bytes, content_type: str | None) -> None:
    assert isinstance(decode(data, content_type), str)
