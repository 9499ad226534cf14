"""Bytes of a feed as text that a parser may read: a known encoding, no document type, bounded depth and length."""

import codecs
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from xml.parsers import expat

MOST_BYTES = 20 * 1024 * 1024
MOST_EPISODES = 5_000
_MOST_DEPTH = 100
_MOST_ENTRIES = 100_000
_DECLARATION = re.compile(r"<\?xml\b[^>]{0,500}\?>")
_ENCODING = re.compile(r"""encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,39})["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z][A-Za-z0-9._-]{0,39})""", re.IGNORECASE)
_PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_ENTRY_START = re.compile(r"<(?:item|entry)[\s>]", re.IGNORECASE)
_ENTRY_END = re.compile(r"</(?:item|entry)\s{0,20}>", re.IGNORECASE)
_DATE = re.compile(r"<(?:pubDate|published|updated|dc:date)[^<>]{0,200}>([^<]{1,80})<", re.IGNORECASE)
_MOST_DATE_SEARCH = 20_000
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, None),
    (codecs.BOM_UTF32_BE, None),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SINGLE_BYTE = re.compile(r"iso8859-\d+|cp125[0-8]|cp874|koi8-[ru]|mac-roman|tis-620|ascii")
_MANY_BYTES = frozenset(
    {"utf-8", "utf-16", "shift_jis", "cp932", "euc_jp", "iso2022_jp", "gb2312", "gbk", "gb18030", "big5", "euc_kr"}
)


class Refused(Exception):
    """The content is not read; the text says why in half a sentence."""


def as_text(content: bytes, content_type: str = "") -> str:
    """The feed as text without its XML declaration. Raises ``Refused``."""
    if len(content) > MOST_BYTES:
        raise Refused("it is larger than 20 MB")
    text = _NOT_XML.sub("", _decoded(content, content_type))
    text = _DECLARATION.sub("", text[:1000], count=1) + text[1000:]
    _refuse_document_type(text)
    _refuse_depth(text)
    return text


def shortened(text: str) -> tuple[str, int]:
    """The text with its newest 5,000 entries only, and how many it had. Raises ``Refused`` beyond 100,000."""
    entries = list(_entries(text))
    if len(entries) > _MOST_ENTRIES:
        raise Refused("it has more than 100,000 entries")
    if len(entries) <= MOST_EPISODES:
        return text, len(entries)
    # feeds begin with the newest entry, but some end with it: the date decides where there is one
    newest = sorted(entries, key=lambda entry: _date(text[entry]), reverse=True)[:MOST_EPISODES]
    between = "\n".join(text[entry] for entry in sorted(newest, key=lambda entry: entry.start))
    return f"{text[: entries[0].start]}{between}{text[entries[-1].stop :]}", len(entries)


def _entries(text: str) -> Iterator[slice]:
    """Where entries stand, in one walk over their beginnings and ends, however these are nested or left open."""
    ends = (end.end() for end in _ENTRY_END.finditer(text))
    end = 0
    for start in _ENTRY_START.finditer(text):
        if start.start() < end:
            continue
        end = next((place for place in ends if place > start.start()), 0)
        if not end:
            return
        yield slice(start.start(), end)


def _date(entry: str) -> float:
    found = _DATE.search(entry, 0, _MOST_DATE_SEARCH)
    if found is None:
        return 0.0
    try:
        return parsedate_to_datetime(found[1].strip()).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        digits = re.sub(r"\D", "", found[1])[:14]  # ISO 8601, near enough to tell years and days apart
        return float(digits[:4] or 0) * 31_557_600 - 62_167_219_200 + float(digits[4:8] or 0) * 25_000


def _decoded(content: bytes, content_type: str) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            if encoding is None:
                raise Refused("its encoding is not supported")
            return content[len(mark) :].decode(encoding, "replace")
    start = content[:1000].decode("latin-1")
    declaration = _DECLARATION.search(start)
    declared = _ENCODING.search(declaration[0]) if declaration else None
    named = declared or _CHARSET.search(content_type)
    encoding = _known(named[1]) if named else "utf-8"
    if encoding == "utf-8" or _SINGLE_BYTE.fullmatch(encoding):
        # a feed that is UTF-8 but says otherwise is far more common than text that only looks like UTF-8
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            encoding = "cp1252" if encoding in ("utf-8", "ascii", "iso8859-1") else encoding
    return content.decode(encoding, "replace")


def _known(name: str) -> str:
    try:
        encoding = codecs.lookup(name).name
    except LookupError:
        return "utf-8"
    if encoding in _MANY_BYTES or _SINGLE_BYTE.fullmatch(encoding):
        return encoding
    raise Refused("its encoding is not supported")


def _refuse_document_type(text: str) -> None:
    """Entities, inside and outside ones, are declared in a document type only; no feed needs one."""
    place = 0
    while found := _PROLOG.match(text, place):
        place = found.end()
    if text.startswith("<!", place):
        raise Refused("it has a document type, which feeds have no use for")


def _refuse_depth(text: str) -> None:
    """Walk over the elements as fast as can be; what is not well-formed is left to the patient parser."""
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MOST_DEPTH:
            raise Refused("it is nested too deeply")

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*declaration: object) -> None:
        raise Refused("it has a document type, which feeds have no use for")

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError:
        pass
