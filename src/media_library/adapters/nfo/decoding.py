"""Makes text of an .nfo file, whatever encoding it has or claims to have."""

import codecs
import html.entities
import re
from typing import Final

_DECLARATION = re.compile(r"<\?xml[^>]{0,300}\?>")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([A-Za-z0-9._\-]{2,30})[\"']")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_AMPERSAND = re.compile(r"&(?:#(\d{1,7});|#[xX]([0-9A-Fa-f]{1,6});|([A-Za-z][A-Za-z0-9]{1,31});)?")
_CDATA: Final = "<![CDATA["
_OF_XML: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_TAKEN: Final = re.compile(
    r"iso-?8859-\d+|windows-?125\d|cp125\d|koi8-[ru]|shift_?jis|euc-(?:jp|kr)|gb(?:2312|k|18030)|big5", re.I
)


def text_of(content: bytes) -> str:
    """The text without XML declarations and characters that XML does not know.

    A byte order mark counts, then UTF-8, then what the file says, then Windows-1252.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16", "replace")
    elif content[:4].count(0) >= 2:
        text = content.decode("utf-16-le" if content[1:2] == b"\0" else "utf-16-be", "replace")
    else:
        text = _eight_bits(content.removeprefix(codecs.BOM_UTF8))
    return _NOT_XML.sub("", _DECLARATION.sub("", text))


def mended(text: str) -> str:
    """XML in which every ampersand stands for a character: those of HTML by number, lonely ones as they are."""
    first, *sections = text.split(_CDATA)
    parts = [_AMPERSAND.sub(_character, first)]
    for section in sections:
        literal, end, rest = section.partition("]]>")
        parts.append(_CDATA + literal + end + _AMPERSAND.sub(_character, rest))
    return "".join(parts)


def _eight_bits(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(content[:400])
    if declared is not None and _TAKEN.fullmatch(name := declared[1].decode("ascii")):
        try:
            return content.decode(name)
        except (LookupError, UnicodeDecodeError):
            pass
    return content.decode("cp1252", "replace")


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name is not None:
        if name in _OF_XML:
            return match[0]
        code = html.entities.name2codepoint.get(name)
        return f"&amp;{name};" if code is None else f"&#{code};"
    if decimal is None and hexadecimal is None:
        return "&amp;"
    code = int(decimal) if decimal is not None else int(hexadecimal, 16)
    is_character = (
        code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
    )
    return match[0] if is_character else " "
