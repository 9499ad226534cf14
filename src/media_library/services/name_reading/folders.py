"""What the folders of a file say of it: its show, its season, the film whose folder it is.

One answer serves every file of a folder, so that a scan reads each folder name once.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from media_library.services.name_reading.cleaning import clean, title_of
from media_library.services.name_reading.labels import FIRST_YEAR, LAST_YEAR, Label, label_of, split, without_group
from media_library.services.name_reading.numbers import numbered
from media_library.services.name_reading.vocabulary import words

_SEASON_WORD = (
    r"season|series|staffel|saison|temporada|stagione|seizoen|säsong|sæson|sesong|sezon|sezóna|évad|kausi|сезон|сезона"
    r"|book|シーズン|시즌"
)
_SEASON: Final = re.compile(
    rf"(?:(?:{_SEASON_WORD})[ ._\-#]{{0,3}}(?P<a>\d{{1,4}})|s(?P<b>\d{{1,4}})"
    rf"|(?P<c>\d{{1,2}})(?:st|nd|rd|th|\.|-?й|ª|º|e|ème|er|ère)?[ ._]{{0,2}}(?:{_SEASON_WORD})"
    r"|第[ ]?(?P<d>\d{1,2}|[一二三四五六七八九十])[ ]?[季期部])(?![^\W_])",
    re.IGNORECASE,
)
_SPECIALS: Final = re.compile(
    r"(?:the )?(?:tv )?specials?|season 0+|s0+|ovas?|oads?|onas?|ova[s]? (?:&|and) specials|sonderfolgen"
    r"|spéciaux|hors[- ]séries?|especiales|speciali|特典|スペシャル|спецвыпуски|extras? episodes",
    re.IGNORECASE,
)
_DISC: Final = re.compile(r"(?:cd|dvd|dis[ck]|disque|blu-?ray|bd)[ ._\-]?(\d{1,2})", re.IGNORECASE)
_STRUCTURE: Final = frozenset(
    {"video_ts", "audio_ts", "bdmv", "stream", "playlist", "clipinf", "backup", "certificate"}
)
_GENERIC: Final = words(
    """
    movies movie films film filme filmy peliculas películas cinema video videos vidéos tv series shows television
    serien séries serie série seriale anime animes cartoons kids children kinder family documentaries documentary docs
    dokus action comedy drama horror thriller western animation animated romance crime mystery war musical fantasy
    downloads download complete completed incoming torrents torrent finished new unsorted misc other media library hd
    sd uhd 4k 1080p 720p 3d bluray dvd dvds blu-ray rips ripped favorites favourites watched unwatched classics
    foreign share public data temp tmp sonstiges dokumentationen usenet sabnzbd nzb miniseries tv-serien christmas
    sci-fi фильмы сериалы кино мультфильмы аниме 映画 電影 电影 アニメ ドラマ 剧集 영화 드라마
    """
) | {
    *("tv shows", "tv series", "web series", "home videos", "new folder", "science fiction", "sci fi", "stand up"),
    *("to watch", "blu ray", "4k movies", "hd movies", "kids movies", "kids tv", "movies hd", "movies 4k"),
    *("anime movies", "anime series", "feature films", "short films", "world cinema", "mini series", "tv serien"),
    *("documentary films", "christmas movies"),
}
"""Folders that only sort: their names say nothing of what lies in them."""
_SHELF: Final = re.compile(
    r"[a-z#]|[a-z]\s?[-–]\s?[a-z]|0\s?[-–]\s?9|[a-z]{1,3}\s?[-–]\s?[a-z]{1,3}|\d{2,4}s", re.IGNORECASE
)
_COMPLETE: Final = re.compile(
    r"[\s._\-(\[]+(?:the[ ._])?"
    r"(?:s\d{1,2}[ ._]?-[ ._]?s?\d{1,2}\b|seasons?[ ._]\d{1,2}[ ._]?(?:-|to|&)[ ._]?\d{1,2}\b|complete\b).*",
    re.IGNORECASE,
)
_CHINESE = {char: value for value, char in enumerate("一二三四五六七八九十", 1)}
_RANGE = re.compile(r"\s*[(\[]\s*((?:19|20)\d\d)\s*[-–]\s*(?:(?:19|20)\d\d|present|heute|)?\s*[)\]]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file lies. ``near`` is the nearest folder with a title of its own, ``above`` the one over that.

    ``show`` is the folder of the show if a folder of a season told it; ``is_disc``: within VIDEO_TS or BDMV; ``part``
    is the number of a folder such as "CD1"; ``year`` that of a folder such as "1999".
    """

    near: Label | None = None
    above: Label | None = None
    show: Label | None = None
    season: int | None = None
    has_season_folder: bool = False
    is_disc: bool = False
    part: int | None = None
    year: int | None = None
    near_has_number: bool = False


NOWHERE: Final = Place()


@lru_cache(maxsize=4096)
def place_of(folder: str) -> Place:
    """Read the folders of a path, "/" between them; "" = none."""
    names = [name for name in folder.split("/") if name and name != "."]
    is_disc = False
    part: int | None = None
    season: int | None = None
    has_season = False
    show: Label | None = None
    year: int | None = None
    labels: list[Label] = []
    while names:
        name = names.pop()
        lowered = name.strip().lower()
        if lowered in _STRUCTURE:
            is_disc = True
        elif (disc := _DISC.fullmatch(lowered)) is not None:
            part = int(disc[1]) if part is None else part
        elif _is_generic(lowered):
            continue
        elif not labels and not has_season and (found := season_of(name)) is not None:
            season, own = found
            has_season = True
            if own is not None:
                show = own
                labels.append(own)
        elif _is_year(lowered):
            label = label_of(name)
            year = year or int(lowered)
            labels.append(label)
        else:
            labels.append(show_label(name))
        if len(labels) >= 2:
            break
    near = labels[0] if labels else None
    above = labels[1] if len(labels) > 1 else None
    if has_season and show is None:
        show = near
    elif show is not None and above is not None and _same(show.title, above.title):
        show = above if above.year is not None or show.year is None else show
    return Place(
        near,
        above,
        show,
        season,
        has_season,
        is_disc,
        part,
        year,
        near is not None and numbered(near.text) is not None,
    )


def season_of(name: str) -> tuple[int, Label | None] | None:
    """The season that a folder holds, and its show if the folder names it too; ``None`` if it is no such folder."""
    text, marks = clean(name)
    plain = text.replace("_", " ").replace(".", " ").strip()
    if _SPECIALS.fullmatch(plain):
        return 0, None
    match = _SEASON.search(text)
    if match is None or numbered(text) is not None:
        return None
    value = next(group for group in match.groups() if group)
    season = _CHINESE.get(value) or int(value)
    before, after = text[: match.start()], text[match.end() :]
    if before.strip(" ._-([") == "":
        return season, None
    if match["b"] is not None and not _follows_as_season(after):
        return None
    before, group = without_group(before)
    label = split(before.rstrip(" ._-(["), marks, group)
    return season, label if label.title else None


def show_label(name: str) -> Label:
    """The folder of a show or a film; of a range of years ("2008-2013") the first counts."""
    text, marks = clean(name)
    years = _RANGE.search(text)
    if years is not None and years.start() > 0:
        title = title_of(text[: years.start()])
        return Label(text, title, "", int(years[1]), False, marks=marks)
    text, group = without_group(text)
    complete = _COMPLETE.search(text)
    if complete is not None and complete.start() > 0:
        text = text[: complete.start()]
    return split(text, marks, group)


def same_title(one: str, other: str) -> bool:
    """Whether two titles are the same but for case, spaces and signs, or one has the other in it."""
    return _same(one, other)


def _same(one: str, other: str) -> bool:
    first, second = _key(one), _key(other)
    if not first or not second:
        return False
    return first == second or (len(min(first, second, key=len)) > 3 and (first in second or second in first))


def _key(title: str) -> str:
    return "".join(char for char in title.casefold().replace("&", "and") if char.isalnum())


def _is_generic(lowered: str) -> bool:
    return (
        lowered in _GENERIC
        or lowered.replace("_", " ").strip("[]()- ") in _GENERIC
        or (len(lowered) <= 7 and _SHELF.fullmatch(lowered) is not None)
    )


def _is_year(lowered: str) -> bool:
    return len(lowered) == 4 and lowered.isdecimal() and FIRST_YEAR <= int(lowered) <= LAST_YEAR


def _follows_as_season(after: str) -> bool:
    return after == "" or after[0] in " ._-)]+"
