"""Makes text of a file with subtitles, whatever encoding it has."""

import codecs
from typing import Final

_SAMPLE_BYTES = 32 * 1024
_LEGACY: Final = {
    **dict.fromkeys(("rus", "ukr", "bul", "bel", "mkd", "srp"), "cp1251"),
    **dict.fromkeys(("pol", "ces", "slk", "hun", "hrv", "slv", "ron", "sqi"), "cp1250"),
    **dict.fromkeys(("lit", "lav", "est"), "cp1257"),
    "ell": "cp1253",
    "tur": "cp1254",
    "heb": "cp1255",
    "ara": "cp1256",
    "fas": "cp1256",
    "vie": "cp1258",
    "tha": "cp874",
    "jpn": "cp932",
    "kor": "cp949",
}
"""What files in a language were written in before UTF-8, where it is one encoding."""


def text_of(content: bytes, language: str) -> str:
    """A byte order mark counts, then UTF-8, then what a language is usually written in, then what it looks like."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    sample = content[:_SAMPLE_BYTES]
    if sample and sample.count(0) > len(sample) // 5:
        is_little = sample[1::2].count(0) > sample[::2].count(0)
        return content.decode("utf-16-le" if is_little else "utf-16-be", "replace")
    content = content.removeprefix(codecs.BOM_UTF8)
    for name in ("utf-8", _LEGACY.get(language)):
        if name is not None:
            try:
                return content.decode(name)
            except UnicodeDecodeError:
                pass
    return content.decode(_looks_like(content) or "cp1252", "replace")


def _looks_like(content: bytes) -> str | None:
    from charset_normalizer import from_bytes  # needed for old files only, and slow to import

    # only lines that are not plain ASCII tell encodings apart
    lines: list[bytes] = []
    size = 0
    for line in content.splitlines():
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > _SAMPLE_BYTES:
                break
    best = from_bytes(b"\n".join(lines)[: 2 * _SAMPLE_BYTES]).best()
    return None if best is None else best.encoding
