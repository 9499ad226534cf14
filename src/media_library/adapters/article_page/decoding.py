"""Turns the bytes of a page into text, whatever the page says of itself; runs in the child process only."""

import codecs
import re

_DECLARED_WITHIN = 4096
_META = re.compile(rb"<meta\b[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)
_HEADER = re.compile(r"\bcharset\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# https://encoding.spec.whatwg.org/#names-and-labels: what browsers read instead of what is declared
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "shift_jis-2004": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-8-sig": "utf-8",
}
_READABLE = frozenset(
    {"utf-8", "cp866", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp874", "gb18030", "big5hkscs", "euc_jp"}
    | {"iso2022_jp", "cp932", "cp949"}
    | {f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)}
    | {f"cp125{part}" for part in range(9)}
)
_NEVER_GUESSED = frozenset({"mac-roman", "mac-cyrillic"})
_LAST_RESORT = "cp1252"


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a page. ``content_type`` is the header of the answer.

    A byte order mark wins; then UTF-8 that cannot be anything else; then what the header or the page declares, if the
    bytes bear it out; then a guess. Never fails: what cannot be read becomes a replacement character.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    if bare := _bare_utf16(body):
        return body.decode(bare, "replace")
    if not body.isascii() and (text := _strict(body, "utf-8")) is not None:
        return text
    for name in (*_declared(body, content_type), *_guessed(body)):
        if (text := _strict(body, name)) is not None:
            return text
    return body.decode(next(iter(_declared(body, content_type)), _LAST_RESORT), "replace")


def _declared(body: bytes, content_type: str) -> list[str]:
    head = body[:_DECLARED_WITHIN]
    labels = [match[1] for match in (_HEADER.search(content_type),) if match]
    labels += [match[1].decode("ascii") for match in (_XML.search(head), _META.search(head)) if match]
    return [name for label in labels if (name := _codec(label)) is not None]


def _codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    name = _READ_AS.get(name, name)
    return name if name in _READABLE else None


def _guessed(body: bytes) -> list[str]:
    from trafilatura.utils import detect_encoding

    names = [name for label in detect_encoding(body) if (name := _codec(label)) is not None]
    return [name for name in names if name not in _NEVER_GUESSED]  # the web was hardly ever written on old Macs


def _strict(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except UnicodeDecodeError:
        return None


def _bare_utf16(body: bytes) -> str | None:
    """UTF-16 without its mark: markup is ASCII, so every second byte of it is zero."""
    head = body[:_DECLARED_WITHIN]
    half = len(head) // 2
    if half < 8:
        return None
    if head[1::2].count(0) > half * 0.4 and head[::2].count(0) < half * 0.1:
        return "utf-16-le"
    if head[::2].count(0) > half * 0.4 and head[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return None
