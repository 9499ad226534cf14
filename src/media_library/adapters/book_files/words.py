"""Puts the words of metadata into the forms that the library keeps: lines, dates, ISBNs, languages."""

import html
import re

_TAG = re.compile(r"<[^<>]{0,2000}>")
_BREAK = re.compile(r"<\s*/?\s*(p|br|div|li|h[1-6])\b[^<>]{0,2000}>", re.IGNORECASE)
_DATE = re.compile(r"\s*(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)")
_PDF_DATE = re.compile(r"\s*(?:D:)?(\d{4})(\d{2})?(\d{2})?")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?![A-Za-z0-9])")
_FIRST_YEAR = 1400
"""Before printing; a date before it stands for “not known”."""
_LAST_YEAR = 2200
_MOST_LINE = 300
_MOST_TEXT = 10_000


def line(text: str | None, most: int = _MOST_LINE) -> str | None:
    """One line without control characters, shortened; ``None`` for nothing."""
    words = " ".join(_printable(text or "").split())
    if not words:
        return None
    return words if len(words) <= most else f"{words[: most - 1]}…"


def paragraphs(text: str | None) -> str | None:
    """A description, which may be HTML, as plain paragraphs."""
    plain = html.unescape(_TAG.sub("", _BREAK.sub("\n", (text or "")[: _MOST_TEXT * 4])))
    lines = [" ".join(_printable(one).split()) for one in plain.splitlines()]
    joined = "\n".join(one for one in lines if one)
    return joined[:_MOST_TEXT] or None


def date(text: str | None) -> str | None:
    """ "2020-05-31T…" as "2020-05-31"; months and days that do not exist are left out."""
    return _date(_DATE.match(text or ""))


def pdf_date(text: str | None) -> str | None:
    """ "D:20200531120000Z" as "2020-05-31" (ISO 32000-1, section 7.9.4)."""
    return _date(_PDF_DATE.match(text or ""))


def language(text: str | None) -> str | None:
    """A BCP 47 tag of language, script and region: "pt_br" is "pt-BR"."""
    match = _LANGUAGE.match((text or "").strip())
    if match is None or match[1].lower() in ("und", "mul", "zxx", "mis"):
        return None
    parts = (match[1].lower(), (match[2] or "").title(), (match[3] or "").upper())
    return "-".join(part for part in parts if part)


def isbn(text: str | None) -> str | None:
    """The 13 digits of an ISBN of 10 or 13, whose check digit must be right."""
    digits = re.sub(r"[\s-]|^\s*(urn:)?isbn(-1[03])?:?", "", (text or "").lower())
    if re.fullmatch(r"97[89]\d{10}", digits):
        return digits if _check_digit(digits[:12]) == digits[12] else None
    if not re.fullmatch(r"\d{9}[\dx]", digits):
        return None
    total = sum((10 - place) * (10 if digit == "x" else int(digit)) for place, digit in enumerate(digits))
    body = f"978{digits[:9]}"
    return body + _check_digit(body) if total % 11 == 0 else None


def number(text: str | None) -> float | None:
    """A number of a series, such as "2" or "2.5"; ``None`` for what is none or out of reach."""
    match = re.match(r"\s*(\d{1,4}(?:[.,]\d{1,2})?)(?!\d)", text or "")
    return float(match[1].replace(",", ".")) if match else None


def _date(match: re.Match[str] | None) -> str | None:
    if match is None or not _FIRST_YEAR <= int(match[1]) <= _LAST_YEAR:
        return None
    year, month, day = match[1], match[2], match[3]
    if month is None or not 1 <= int(month) <= 12:
        return year
    if day is None or not 1 <= int(day) <= 31:
        return f"{year}-{month}"
    return f"{year}-{month}-{day}"


def _check_digit(twelve: str) -> str:
    total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(twelve))
    return str(-total % 10)


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() or character.isspace() else "" for character in text)
