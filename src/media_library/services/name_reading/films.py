"""Reads a file as a film, with the help of the folder that is named after it."""

import re

from media_library.models.media import MediaType
from media_library.models.name_reading import NameReading
from media_library.services.name_reading.folders import Place, same_title
from media_library.services.name_reading.labels import Label

_JUNK = re.compile(
    r"(?:movie|film|video|main|feature|index|untitled|default|title[\s_]?t?\d+|vts[_ ]\d\d[_ ]\d|video[_ ]ts|\d{5}"
    r"|[a-f0-9]{16,}|[a-z]\d_t\d\d|disc\s?\d?|playlist|00\d{3}|main\s?(?:movie|feature)|full\s?(?:movie|film)|sample)",
    re.IGNORECASE,
)
_CODED = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", re.ASCII)


def film(own: Label, place: Place) -> NameReading:
    """The film that ``own``, the name of the file, or the folder around it names."""
    folder = place.near
    chosen, other = (own, folder) if folder is None or _is_own(own, folder, place) else (folder, own)
    year = chosen.year
    if year is None and other is not None and other.is_year_certain and same_title(chosen.title, other.title):
        year = other.year
    if year is None and chosen is own and folder is None:
        year = place.year
    ids = (
        own.marks.over(folder.marks)
        if folder is not None and (chosen is folder or same_title(own.title, folder.title))
        else own.marks
    )
    certain = chosen.is_year_certain or (other is not None and other.is_year_certain and other.year == year)
    has_id = ids.tmdb_id is not None or ids.imdb_id is not None
    return NameReading(
        MediaType.MOVIE,
        chosen.title,
        year=year,
        part=own.part or place.part,
        edition=ids.edition
        or own.edition
        or (other.edition if other is not None and chosen is not own else chosen.edition),
        language=own.language or chosen.language,
        source=own.source or chosen.source,
        tmdb_id=ids.tmdb_id,
        imdb_id=ids.imdb_id,
        tvdb_id=ids.tvdb_id,
        sure=bool(chosen.title) and ((year is not None and certain) or has_id),
    )


def _is_own(own: Label, folder: Label, place: Place) -> bool:
    """Whether the name of the file tells more of the film than that of its folder."""
    if place.is_disc or not own.title or _JUNK.fullmatch(own.text.strip()):
        return False
    if own.year is not None and own.is_year_certain:
        if own.year == folder.year:
            return folder.is_release and not _is_coded(own)
        return True
    if folder.year is None:
        return not (folder.is_release and _is_coded(own))
    if _is_coded(own) or same_title(own.title, folder.title):
        return False
    shared = _words(own.title) & _words(folder.title)
    return not shared and len(own.title.split()) > 1


def _is_coded(own: Label) -> bool:
    """ "abc-xyz1080p": a name made for machines."""
    return _CODED.fullmatch(own.text.strip()) is not None and not own.text.isdecimal()


def _words(title: str) -> set[str]:
    return {word for word in re.findall(r"\w+", title.casefold()) if len(word) > 2 and word not in ("the", "and")}
