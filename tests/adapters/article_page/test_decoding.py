"""The text of a page is read whatever the page says of itself."""

import codecs

import pytest

from media_library.adapters.article_page.decoding import decode

TEXTS = {
    "utf-8": "Größe, naïve, 東京, Москва",
    "iso-8859-1": "Große Bäume müssen ausgeästet werden",
    "windows-1252": "“Smart” quotes – and a €",
    "windows-1251": "Зимой в саду тихо, и работа не видна никому",
    "koi8-r": "Зимой в саду тихо, и работа не видна никому",
    "shift_jis": "冬の果樹園は静かで、仕事は誰にも見えません。",
    "euc-jp": "冬の果樹園は静かで、仕事は誰にも見えません。",
    "iso-2022-jp": "冬の果樹園は静かで、仕事は誰にも見えません。",
    "gb2312": "冬天的果园很安静",
    "big5": "冬天的果園很安靜",
    "euc-kr": "겨울 과수원은 조용하다",
    "iso-8859-2": "Zażółć gęślą jaźń",
    "windows-1255": "הבוסתן בחורף שקט",
    "windows-1256": "البستان في الشتاء هادئ",
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_what_the_page_declares_is_believed(encoding: str) -> None:
    text = f'<html><head><meta charset="{encoding}"></head><p>{TEXTS[encoding]}</p>'
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", TEXTS)
def test_what_the_header_declares_is_believed(encoding: str) -> None:
    text = f"<p>{TEXTS[encoding]}</p>"
    assert decode(text.encode(encoding), f'text/html; charset="{encoding.upper()}"') == text


def test_the_old_way_of_declaring_and_that_of_xml_count_too() -> None:
    text = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Зимой</p>'
    assert decode(text.encode("cp1251")) == text
    text = '<?xml version="1.0" encoding="koi8-r"?><html><p>Зимой</p></html>'
    assert decode(text.encode("koi8-r")) == text


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_a_byte_order_mark_is_believed_before_anything_else(mark: bytes) -> None:
    encoding = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}[mark]
    text = '<meta charset="windows-1251"><p>Größe 東京</p>'
    assert decode(mark + text.encode(encoding), "text/html; charset=iso-8859-1") == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_its_mark(encoding: str) -> None:
    text = "<html><head><title>x</title></head><body><p>Größe</p></body></html>"
    assert decode(text.encode(encoding)) == text


def test_utf_8_that_is_declared_as_something_else_is_read_as_utf_8() -> None:
    text = '<meta charset="iso-8859-1"><p>Größe, 東京</p>'
    assert decode(text.encode(), "text/html; charset=windows-1252") == text


def test_what_cannot_be_as_declared_is_guessed() -> None:
    text = '<meta charset="utf-8"><p>' + TEXTS["windows-1251"] * 20 + "</p>"
    assert TEXTS["windows-1251"] in decode(text.encode("cp1251"), "text/html; charset=utf-8")


def test_an_unknown_or_dangerous_encoding_is_not_used() -> None:
    for name in ("x-nonsense", "utf-7", "unicode_escape", "zlib", "rot13", "idna"):
        body = f'<meta charset="{name}"><p>+ADw-script+AD4- \\u003c</p>'.encode()
        assert decode(body, f"text/html; charset={name}") == body.decode()


def test_nothing_is_too_broken_to_be_read() -> None:
    for body in (b"", b"\0", b"\xff", b"\xff\xfe\x00", bytes(range(256)) * 40, b"\x1b$B\xff\xff"):
        assert isinstance(decode(body), str)
