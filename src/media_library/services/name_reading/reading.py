"""Decides what a file is by its path, and reads it as that."""

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePosixPath

from media_library.models.library import LibraryKind
from media_library.models.media import MediaType
from media_library.models.name_reading import NameReading
from media_library.services.name_reading.cleaning import MOST_CHARACTERS, clean, title_of
from media_library.services.name_reading.episodes import episode, numbers_of
from media_library.services.name_reading.films import film
from media_library.services.name_reading.folders import Place, place_of
from media_library.services.name_reading.home import CAMERA, day_in
from media_library.services.name_reading.labels import split, without_group
from media_library.services.name_reading.music import track
from media_library.services.name_reading.numbers import dated
from media_library.services.name_reading.vocabulary import (
    AUDIO_SUFFIXES,
    BESIDE_SUFFIXES,
    BOOK_SUFFIXES,
    PHOTO_SUFFIXES,
    VIDEO_SUFFIXES,
)

_REMEMBERED = 4_096  # the names of a folder are asked for more than once
_KNOWN = VIDEO_SUFFIXES | AUDIO_SUFFIXES | PHOTO_SUFFIXES | BOOK_SUFFIXES | BESIDE_SUFFIXES
_YOUTUBE = re.compile(r"\s*\[([A-Za-z0-9_-]{11})\]$")
_COMPACT_DAY = re.compile(r"((?:19|20)\d{6})[ _]*-?[ _]+(?=\S)")
_HOME_FOLDER = re.compile(
    r"home (?:videos?|movies?)|dcim|camera|camera roll|family videos?|photos?|pictures|bilder|fotos?|100\w{5}"
    r"|whatsapp .*",
    re.IGNORECASE,
)


@lru_cache(maxsize=_REMEMBERED)
def quick_reading(path: PurePosixPath, kind: LibraryKind) -> NameReading:
    """What the names alone say, by patterns: some ten microseconds. ``path`` is relative to the library folder.

    Never raises, whatever the name.
    """
    name = path.name[:MOST_CHARACTERS]
    stem, dot, suffix = name.rpartition(".")
    suffix = suffix.lower()
    if not dot or not stem or suffix not in _KNOWN:
        stem, suffix = name, suffix if dot and stem else ""
    folder = str(path.parent)
    match kind.value:
        case "music":
            return track(stem, path.parts[:-1])
        case "home":
            return _home(stem, suffix)
        case "videos":
            return _video(stem, path.parts[:-1])
        case "podcasts":
            return _spoken(stem, path.parts[:-1])
        case "books" | "articles":
            return _written(stem, path.parts[:-1], MediaType.BOOK if kind.value == "books" else MediaType.ARTICLE)
        case "mixed":
            return _mixed(stem, suffix, path)
    return _screen(stem, place_of("" if folder == "." else folder), among_shows=kind is LibraryKind.SHOWS)


def _screen(stem: str, place: Place, *, among_shows: bool) -> NameReading:
    text, marks = clean(stem)
    text, group = without_group(text)
    found = numbers_of(text, group, place, among_shows=among_shows)
    if found is not None and not found.strong and found.air_date is None and place.near_has_number:
        whole = _of_folder(place, marks)
        if whole is not None:
            return whole
    if found is not None and (found.strong or among_shows or place.has_season_folder or group is not None):
        return episode(text, marks, group, found, place)
    if place.near_has_number and place.near is not None and (own := _of_folder(place, marks)) is not None:
        return own
    own_label = split(text, marks, group)
    if not among_shows:
        return film(own_label, place)
    if place.has_season_folder or (place.near is not None and not place.near.is_release):
        show = place.show or place.near
        assert show is not None or place.has_season_folder
        return NameReading(
            MediaType.EPISODE,
            own_label.title,
            year=show.year if show else None,
            show_title=show.title if show else None,
            season=place.season,
            tmdb_id=show.marks.tmdb_id if show else None,
            imdb_id=show.marks.imdb_id if show else None,
            tvdb_id=show.marks.tvdb_id if show else None,
        )
    return replace(film(own_label, place), sure=False)


def _of_folder(place: Place, marks: object) -> NameReading | None:
    """A release folder "Show.S01E02.720p-GRP" around a file whose own name says nothing."""
    folder = place.near
    if folder is None:
        return None
    found = numbers_of(folder.text, folder.group, Place(), among_shows=False)
    return None if found is None else episode(folder.text, folder.marks, folder.group, found, Place(near=place.above))


def _mixed(stem: str, suffix: str, path: PurePosixPath) -> NameReading:
    if suffix in AUDIO_SUFFIXES:
        return track(stem, path.parts[:-1])
    if suffix in BOOK_SUFFIXES:
        return _written(stem, path.parts[:-1], MediaType.BOOK)
    if (
        suffix in PHOTO_SUFFIXES
        or CAMERA.fullmatch(stem)
        or any(_HOME_FOLDER.fullmatch(one) for one in path.parts[:-1])
    ):
        return _home(stem, suffix)
    if _YOUTUBE.search(stem):
        return _video(stem, path.parts[:-1])
    folder = str(path.parent)
    return _screen(stem, place_of("" if folder == "." else folder), among_shows=False)


def _home(stem: str, suffix: str) -> NameReading:
    kind = MediaType("photo" if suffix in PHOTO_SUFFIXES else "home_video")
    text, _ = clean(stem)
    return NameReading(kind, title_of(text) or text or stem, air_date=day_in(stem), sure=True)


def _video(stem: str, folders: tuple[str, ...]) -> NameReading:
    text, _ = clean(_YOUTUBE.sub("", stem))
    found = dated(text)
    title = text
    day = found.air_date if found is not None else None
    if found is not None:
        title = text[found.end :].lstrip(" -_.") or text[: found.start].rstrip(" -_.") or text
    elif (compact := _COMPACT_DAY.match(text)) is not None:
        day, title = day_in(compact[1]), text[compact.end() :]
    channel = next(
        (one for one in reversed(folders) if not re.fullmatch(r"(?:season )?\d{4}", one, re.IGNORECASE)), None
    )
    match = re.match(r"s(\d{4})e(\d{2,8})\s*-\s*", text, re.IGNORECASE)
    if match is not None:
        title = text[match.end() :]
    return NameReading(
        MediaType.VIDEO,
        title or stem,
        show_title=channel,
        air_date=day,
        sure=channel is not None,
    )


def _spoken(stem: str, folders: tuple[str, ...]) -> NameReading:
    text, _ = clean(stem)
    found = dated(text)
    title = (text[found.end :].lstrip(" -_.") if found is not None else text) or text
    return NameReading(
        MediaType.PODCAST,
        title or stem,
        show_title=folders[0] if folders else None,
        air_date=found.air_date if found else None,
        sure=bool(folders),
    )


def _written(stem: str, folders: tuple[str, ...], media_type: MediaType) -> NameReading:
    text, _ = clean(stem)
    author = folders[0] if folders else None
    title = text
    if " - " in text:
        first, _, last = text.partition(" - ")
        if author is None:
            author, title = first, last
        elif last.casefold() == author.casefold():
            title = first
        elif first.casefold() == author.casefold():
            title = last
    label = split(title, clean("")[1])
    return NameReading(media_type, label.title or title or stem, year=label.year, artist=author)
