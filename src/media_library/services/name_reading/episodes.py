"""Reads a file as an episode: which one of which show."""

import re
from dataclasses import replace

from media_library.models.media import MediaType
from media_library.models.name_reading import NameReading
from media_library.services.name_reading import numbers
from media_library.services.name_reading.cleaning import Marks, title_of
from media_library.services.name_reading.folders import Place, same_title
from media_library.services.name_reading.labels import Label, split, technical_end
from media_library.services.name_reading.numbers import Numbers

_GROUP_TAIL = re.compile(r"^\s*-[A-Za-z0-9]{2,12}\s*$")
_PART = re.compile(r"[\s._\-(\[]*\b(?:part|pt|cd)[\s._\-]?(\d)\b[)\]]?$", re.IGNORECASE)


def numbers_of(text: str, group: str | None, place: Place, *, among_shows: bool) -> Numbers | None:
    """The number of an episode in the name of a file; ``among_shows``: weak hints count, for it lies among shows."""
    found = numbers.numbered(text)
    if found is not None:
        return found
    if among_shows and (found := numbers.dated(text)) is not None:
        return found
    if group is not None and (found := numbers.of_group(text)) is not None:
        return found
    if place.has_season_folder and (found := numbers.leading(text, in_season=True)) is not None:
        return _in_season(found, place.season)
    if among_shows or place.has_season_folder:
        found = numbers.special(text) or numbers.counted(text)
        if found is None:
            found = numbers.part_of_season(text)
        if found is None and group is None:
            found = (
                (_in_season(dashed, place.season) if (dashed := numbers.of_group(text)) is not None else None)
                or (numbers.leading(text, in_season=False) if place.near is not None else None)
                or numbers.short_date(text)
                or numbers.three_digits(text)
            )
        return found or (numbers.trailing(text) if among_shows else None)
    return None


def episode(text: str, marks: Marks, group: str | None, found: Numbers, place: Place) -> NameReading:
    """The episode with the number ``found`` in ``text``, the cleaned name of a file without the group before it."""
    before = text[: found.start]
    if found.air_date is None and (day := numbers.dated(before)) is not None and day.start > 0:
        before = before[: day.start]
    own = split(before.rstrip(" ._-[("), marks, group) if before.strip(" ._-[(#") else None
    show, year, from_folder = _show(own, place)
    show, season_of_title = numbers.without_season(show)
    show = title_of(show)
    after = text[found.end :]
    title, part = _title(after, show)
    season = found.season if found.season is not None else season_of_title
    absolute = found.absolute
    if season is None and found.air_date is None:
        season = place.season
    if absolute is not None and season is not None and season != 0:
        absolute = None
    tail = split("x " + after.lstrip(" ._-"), marks) if after.strip(" ._-") else None
    folder_marks = (place.show or place.near or Label("", "")).marks
    ids = marks.over(folder_marks)
    return NameReading(
        MediaType.EPISODE,
        title,
        year=year,
        show_title=show or None,
        season=season,
        episode=found.episode if season is not None or absolute is None else None,
        episode_end=found.episode_end,
        absolute=absolute,
        air_date=found.air_date,
        part=part,
        edition=ids.edition,
        language=tail.language if tail else None,
        source=tail.source if tail else None,
        tmdb_id=ids.tmdb_id,
        imdb_id=ids.imdb_id,
        tvdb_id=ids.tvdb_id,
        sure=bool(show) and (found.strong or (from_folder and place.has_season_folder)),
    )


def _show(own: Label | None, place: Place) -> tuple[str, int | None, bool]:
    """The title of the show, its year, and whether its folder told them."""
    folder = place.show if place.has_season_folder else place.near
    if place.has_season_folder and folder is None:
        folder = place.above
    if own is None or not own.title:
        if folder is None:
            return "", None, False
        if place.near_has_number and not place.has_season_folder:
            number = numbers.numbered(folder.text)
            if number is not None:
                label = split(folder.text[: number.start].rstrip(" ._-[("), folder.marks)
                return label.title, label.year, False
        return folder.title, folder.year, True
    if folder is None:
        return own.title, own.year, False
    same = same_title(own.title, folder.title)
    if place.has_season_folder and place.show is not None:
        return folder.title, folder.year or (own.year if same else None), True
    if same and not folder.is_release:
        return folder.title, folder.year or own.year, True
    return own.title, own.year, False


def _title(after: str, show: str) -> tuple[str, int | None]:
    if _GROUP_TAIL.match(after):
        return "", None
    title = technical_end(after)
    part = None
    match = _PART.search(title)
    if match is not None and not title[: match.start()].strip(" ._-"):
        part, title = int(match[1]), ""
    return title_of(title), part


def _in_season(found: Numbers, season: int | None) -> Numbers:
    """ "103 - Title" in the folder of season 1 is episode 3."""
    if season and found.episode is not None and found.episode // 100 == season and found.episode % 100:
        last = found.episode_end
        last = last % 100 if last and last // 100 == season else None
        return replace(found, season=season, episode=found.episode % 100, episode_end=last, absolute=None)
    return found
