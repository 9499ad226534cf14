"""The names by which the reading of names is measured, each with what it means.

``names/films.txt``, ``episodes.txt`` and ``others.txt`` were written name by name; ``titles.txt`` is combined with the
ways to name things of ``layouts.txt``, each title with six of them. A third of all names, chosen by a checksum of their
text, is held out: rules are written against the others only.
"""

import re
import zlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from media_library.models.library import LibraryKind
from media_library.models.media import MediaType

_FOLDER = Path(__file__).with_name("names")
_LAYOUTS_EACH = 6
_NUMBER = re.compile(r"(?P<s>\d+)x(?P<e>\d+)?(?:-(?P<to>\d+))?|a(?P<a>\d+)(?:-(?P<ato>\d+))?|d(?P<d>\d{4}-\d\d-\d\d)")


@dataclass(frozen=True, slots=True)
class Name:
    """A path below a library folder, and what is meant by it. ``title`` is ``None`` where only the kind counts."""

    kind: LibraryKind
    path: PurePosixPath
    media_type: MediaType
    title: str | None = None
    year: int | None = None
    season: int | None = None
    episode: int | None = None
    episode_end: int | None = None
    absolute: int | None = None
    air_date: date | None = None

    @property
    def is_held_out(self) -> bool:
        """Whether no rule may be written for it."""
        return zlib.crc32(str(self.path).encode()) % 3 == 0


def corpus() -> list[Name]:
    """All names, each once."""
    names = [*_films(), *_episodes(), *_others(), *_combined()]
    return list({(name.kind, name.path): name for name in names}.values())


def _lines(file: str) -> list[list[str]]:
    lines = (_FOLDER / file).read_text("utf-8").splitlines()
    return [line.split("|") for line in lines if line and not line.startswith("#")]


def _films() -> list[Name]:
    return [
        Name(LibraryKind(kind), PurePosixPath(path), MediaType.MOVIE, title, int(year) if year else None)
        for kind, title, year, path in _lines("films.txt")
    ]


def _episodes() -> list[Name]:
    return [
        _episode(LibraryKind(kind), title, int(year) if year else None, number, path)
        for kind, title, year, number, path in _lines("episodes.txt")
    ]


def _others() -> list[Name]:
    return [
        Name(LibraryKind(kind), PurePosixPath(path), MediaType(media_type))
        for kind, media_type, path in _lines("others.txt")
    ]


def _episode(kind: LibraryKind, title: str, year: int | None, number: str, path: str) -> Name:
    match = _NUMBER.fullmatch(number)
    assert match is not None, number
    return Name(
        kind,
        PurePosixPath(path),
        MediaType.EPISODE,
        title,
        year,
        season=int(match["s"]) if match["s"] else None,
        episode=int(match["e"]) if match["e"] else None,
        episode_end=int(match["to"] or match["ato"] or 0) or None,
        absolute=int(match["a"]) if match["a"] else None,
        air_date=date.fromisoformat(match["d"]) if match["d"] else None,
    )


def _combined() -> list[Name]:
    layouts = _lines("layouts.txt")
    films = [layout for layout in layouts if layout[0] == "film"]
    shows = [layout for layout in layouts if layout[0] == "show"]
    names: list[Name] = []
    film_at = show_at = 0
    for what, title, year, *episode in _lines("titles.txt"):
        for _ in range(_LAYOUTS_EACH):
            if what == "film":
                _, kind, named, layout = films[film_at % len(films)]
                film_at += 1
                path = PurePosixPath(_filled(layout, title, year))
                # a title that looks like a year is one, if nothing else is named
                names.append(Name(LibraryKind(kind), path, MediaType.MOVIE, title, int(year) if named == "y" else None))
            else:
                _, kind, named, layout = shows[show_at % len(shows)]
                show_at += 1
                season, number, own = episode
                last = f"-{int(number) + 1}" if "{f2}" in layout else ""
                path_text = _filled(layout, title, year, season, number, own)
                names.append(
                    _episode(
                        LibraryKind(kind),
                        title,
                        int(year) if named == "y" else None,
                        f"{season}x{number}{last}",
                        path_text,
                    )
                )
    return names


def _filled(layout: str, title: str, year: str, season: str = "0", episode: str = "0", own: str = "") -> str:
    title = title.replace(":", "").replace("?", "").replace("/", "-")
    values = {
        "t": title,
        "d": _dotted(title),
        "u": _dotted(title).replace(".", "_"),
        "l": _dotted(title).lower(),
        "c": re.sub(r"\W", "", title).lower(),
        "y": year,
        "s": season,
        "e": episode,
        "s2": season.zfill(2),
        "e2": episode.zfill(2),
        "f2": str(int(episode) + 1).zfill(2),
        "n": own.replace("/", "-"),
        "nd": _dotted(own),
    }
    return re.sub(r"\{(\w{1,2})\}", lambda match: values.get(match[1], match[0]), layout)


def _dotted(text: str) -> str:
    return re.sub(r"\.{2,}", ".", re.sub(r"[\s,'!?()]+", ".", text.replace("'", ""))).strip(".")
