"""Tells the videos of a folder apart: which are films or episodes of their own, which versions, which parts of one."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath

from media_library.models.library import LibraryKind
from media_library.models.library_file import FileRole
from media_library.models.media import MediaType
from media_library.models.name_reading import NameReading
from media_library.services.file_roles.records import RoleOf
from media_library.services.name_reading import quick_reading
from media_library.services.name_reading.folders import place_of

_PART = re.compile(
    r"[\s._\-(\[]+(?:cd|dvd|part|pt|disc|disk)[\s._\-]?(\d{1,2}|[a-d])(?:\s*of\s*\d+)?[)\]]?(?=$|[\s._\-])",
    re.IGNORECASE,
)
_RESOLUTION = re.compile(r"(?<!\d)(?:(\d{3,4})[pi]|(4k|uhd)|(8k))(?![a-z0-9])", re.IGNORECASE)
_THREE_D = re.compile(r"(?<![^\W_])3d(?![^\W_])", re.IGNORECASE)
_AFTER_FOLDER = re.compile(r"\s*[-\[{(._]|\s+part\s", re.IGNORECASE)
_LABEL = re.compile(r"\s+-\s+([^-\[\]{}][^\[\]{}]*?)\s*$|\[([^\[\]]+)\]\s*$")
_KODI_DISC = re.compile(r"vts_\d\d_0", re.IGNORECASE)
_VOB = re.compile(r"vts_(\d\d)_([1-9])", re.IGNORECASE)

Video = tuple[str, str, int]
"""Name, name without suffix, size in bytes."""


def roles_of_videos(folder: PurePosixPath, videos: list[Video], kind: LibraryKind) -> list[RoleOf]:
    """The role of each video that is no extra and no sample."""
    if kind in (LibraryKind.HOME, LibraryKind.VIDEOS, LibraryKind.PODCASTS):
        return [RoleOf(name, FileRole.MAIN) for name, _, _ in videos]
    groups: dict[object, list[Video]] = defaultdict(list)
    readings: dict[str, NameReading] = {}
    for video in videos:
        reading = quick_reading(folder / video[0], kind)
        readings[video[0]] = reading
        groups[_identity(video, reading, folder)].append(video)
    found: list[RoleOf] = []
    for members in groups.values():
        found += _alternatives(folder, members, readings)
    return found


def roles_of_disc(videos: list[Video]) -> list[RoleOf]:
    """The films of a folder VIDEO_TS or STREAM: the largest title, in its parts, and the rest."""
    sets: dict[str, list[Video]] = defaultdict(list)
    for video in videos:
        match = _VOB.fullmatch(video[1])
        sets[match[1] if match else video[0]].append(video)
    titles = {key: members for key, members in sets.items() if not _KODI_DISC.fullmatch(members[0][1])}
    if not titles:
        return [RoleOf(name, FileRole.OTHER) for name, _, _ in videos]
    best = sorted(max(titles.values(), key=lambda members: sum(size for _, _, size in members)))
    main = best[0][0]
    places = {name: index for index, (name, _, _) in enumerate(best)}
    found = []
    for name, _, _ in videos:
        at = places.get(name)
        if at is None:
            found.append(RoleOf(name, FileRole.OTHER, main))
        elif at == 0:
            found.append(RoleOf(name, FileRole.MAIN, position=1 if len(best) > 1 else None))
        else:
            found.append(RoleOf(name, FileRole.PART, main, position=at + 1))
    return found


def _identity(video: Video, reading: NameReading, folder: PurePosixPath) -> object:
    """What two files must have in common to be one film or episode."""
    stem = video[1].lower()
    if reading.media_type is MediaType.EPISODE:
        number = reading.episode if reading.episode is not None else reading.absolute
        if number is None and reading.air_date is None:
            return _PART.sub("", stem, count=1)
        return (
            _key(reading.show_title or ""),
            reading.season,
            number,
            reading.episode_end,
            reading.air_date,
            _key(reading.title) if reading.air_date else "",
        )
    if _is_called_like(folder, stem, reading):
        return folder.name.lower()
    if reading.year is None:
        return _PART.sub("", stem, count=1)
    return _key(reading.title), reading.year


def _is_called_like(folder: PurePosixPath, stem: str, reading: NameReading) -> bool:
    """Whether a film is the one that its folder is called after, and what follows in its name tells versions apart.

    "Film (1999) - 1080p" and "Film (1999) [4K]" in "Film (1999)" are; "Film 2" and "Film (2003)" in "Film" are others.
    """
    name = folder.name.lower()
    if not name or not stem.startswith(name):
        return False
    rest = stem[len(name) :]
    if rest and _AFTER_FOLDER.match(rest) is None and _RESOLUTION.match(rest.lstrip()) is None:
        return False
    there = place_of(str(folder)).near
    return reading.year == (None if there is None else there.year)


def _alternatives(folder: PurePosixPath, members: list[Video], readings: dict[str, NameReading]) -> list[RoleOf]:
    """Versions of one film, each perhaps in parts."""
    if len(members) == 1:
        return [RoleOf(members[0][0], FileRole.MAIN, label=_label(folder, members[0][1], readings[members[0][0]]))]
    by_base: dict[str, list[tuple[int, Video]]] = defaultdict(list)
    for video in members:
        match = next(iter([*_PART.finditer(video[1])][-1:]), None)
        base = video[1] if match is None else video[1][: match.start()] + video[1][match.end() :]
        by_base[base.lower()].append((0 if match is None else _part_number(match[1]), video))
    versions: list[tuple[Video, list[RoleOf]]] = []
    for numbered in by_base.values():
        numbered.sort(key=lambda pair: (pair[0], pair[1][0]))
        positions = [position for position, _ in numbered]
        if len(numbered) > 1 and positions == list(range(1, len(numbered) + 1)):
            first = numbered[0][1]
            rest = [RoleOf(video[0], FileRole.PART, first[0], position=position) for position, video in numbered[1:]]
            versions.append((first, [RoleOf(first[0], FileRole.MAIN, position=1), *rest]))
        else:
            versions += [(video, [RoleOf(video[0], FileRole.MAIN)]) for _, video in numbered]
    versions.sort(key=_preference(folder))
    main = versions[0][0][0]
    found: list[RoleOf] = []
    for index, (video, roles) in enumerate(versions):
        label = _label(folder, video[1], readings[video[0]]) if len(versions) > 1 else None
        head = replace(roles[0], label=label)
        if index > 0:
            head = replace(head, role=FileRole.VERSION, main=main)
        found += [head, *roles[1:]]
    return found


def _preference(folder: PurePosixPath) -> Callable[[tuple[Video, list[RoleOf]]], tuple[bool, bool, int, int, str]]:
    """The main file first: the one that is called like its folder, then flat before 3D, the highest resolution."""

    def order(version: tuple[Video, list[RoleOf]]) -> tuple[bool, bool, int, int, str]:
        name, stem, size = version[0]
        return (
            stem.lower() != folder.name.lower(),
            _THREE_D.search(stem) is not None,
            -_lines(stem),
            -size,
            name,
        )

    return order


def _label(folder: PurePosixPath, stem: str, reading: NameReading) -> str | None:
    label = _LABEL.search(stem) if stem.lower().startswith(folder.name.lower() or "\0") else None
    if label is not None and len(stem) > len(folder.name):
        return (label[1] or label[2]).strip()[:80]
    words = [reading.edition] if reading.edition else []
    resolution = _RESOLUTION.search(stem)
    if resolution is not None:
        words.append(resolution[0].lower() if resolution[1] else resolution[0].upper())
    if _THREE_D.search(stem):
        words.append("3D")
    return " ".join(words) or None


def _lines(stem: str) -> int:
    match = _RESOLUTION.search(stem)
    if match is None:
        return 0
    return int(match[1]) if match[1] else (2160 if match[2] else 4320)


def _part_number(text: str) -> int:
    return int(text) if text.isdecimal() else "abcd".index(text.lower()) + 1


def _key(title: str) -> str:
    return "".join(char for char in title.casefold() if char.isalnum())
