"""Takes the facts of an item from its element in an .nfo file; every value is a claim of the file and bounded."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from media_library.models.nfo import Nfo, NfoKind, NfoPerson, NfoTrack

_MOST_CHARACTERS: Final = 500
_MOST_TEXT: Final = 20_000
_MOST_VALUES: Final = 60
_MOST_ACTORS: Final = 300
_MOST_TRACKS: Final = 500
_TAG = re.compile(r"<[^<>]{0,200}>")
_NUMBER = re.compile(r"-?\d{1,9}")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_SERVICE = re.compile(r"[a-z0-9_]{2,40}")
_IMDB = re.compile(r"tt\d{5,10}")
_PLAIN_ID = re.compile(r"[A-Za-z0-9\-_.:/]{1,100}")
_IDS = (
    ("tmdbid", "tmdb"),
    ("imdbid", "imdb"),
    ("imdb_id", "imdb"),
    ("tvdbid", "tvdb"),
    ("musicbrainzalbumid", "musicbrainzalbum"),
    ("musicbrainzreleasegroupid", "musicbrainzreleasegroup"),
    ("musicbrainzalbumartistid", "musicbrainzalbumartist"),
    ("musicbrainzartistid", "musicbrainzartist"),
)
_ALIASES = {"themoviedb": "tmdb", "thetvdb": "tvdb", "moviedb": "tmdb"}


def item_of(element: Element, kind: NfoKind) -> Nfo:
    """The facts of one root element."""
    premiered = _day(element, "premiered", "releasedate", "aired", "releasedate")
    year = _number(element, "year", least=1800, most=2200)
    rating, votes = _rating(element)
    collection, collection_overview = _collection(element)
    return Nfo(
        kind,
        title=_line(element, "title") or (_line(element, "name") if kind is NfoKind.ARTIST else ""),
        original_title=_line(element, "originaltitle"),
        sort_title=_line(element, "sorttitle"),
        show_title=_line(element, "showtitle"),
        year=year if year is not None else (int(premiered[:4]) if premiered else None),
        premiered=premiered,
        plot=_text(element, "plot", "review", "biography"),
        outline=_text(element, "outline"),
        tagline=_line(element, "tagline"),
        runtime_minutes=_number(element, "runtime", least=1, most=60_000),
        certification=_line(element, "mpaa"),
        rating=rating,
        votes=votes,
        season=_number(element, "season", least=0, most=99_999),
        episode=_number(element, "episode", least=0, most=999_999),
        display_season=_number(element, "displayseason", least=0, most=99_999),
        display_episode=_number(element, "displayepisode", least=0, most=999_999),
        ids=_ids(element, kind),
        genres=_list(element, "genre"),
        tags=_list(element, "tag"),
        studios=_list(element, "studio"),
        countries=_list(element, "country"),
        directors=_list(element, "director"),
        writers=_list(element, "credits", "writer"),
        actors=_actors(element),
        collection=collection,
        collection_overview=collection_overview,
        artist=_line(element, "artist") or _credit(element),
        album=_line(element, "album"),
        album_artist=_line(element, "albumartist") or _credit(element),
        tracks=_tracks(element),
        edition=_line(element, "edition"),
        date_added=_day(element, "dateadded"),
        is_locked=_line(element, "lockdata").lower() in ("true", "1", "yes"),
    )


def _first(element: Element, *tags: str) -> Iterator[Element]:
    for tag in tags:
        yield from element.findall(tag)


def _plain(element: Element) -> str:
    return "".join(element.itertext())


def _line(element: Element, tag: str) -> str:
    for found in element.findall(tag):
        line = " ".join(_plain(found).split())[:_MOST_CHARACTERS]
        if line:
            return line
    return ""


def _text(element: Element, *tags: str) -> str:
    for found in _first(element, *tags):
        text = _TAG.sub(" ", _plain(found)[: 2 * _MOST_TEXT]).replace("\r\n", "\n").strip()
        if text:
            return "\n".join(" ".join(line.split()) for line in text.split("\n"))[:_MOST_TEXT]
    return ""


def _number(element: Element, tag: str, *, least: int, most: int) -> int | None:
    match = _NUMBER.match(_line(element, tag))
    value = int(match[0]) if match is not None else None
    return value if value is not None and least <= value <= most else None


def _day(element: Element, *tags: str) -> str | None:
    for found in _first(element, *tags):
        match = _DAY.match(_plain(found).strip())
        if match is None:
            continue
        try:
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        except ValueError:
            continue
    return None


def _list(element: Element, *tags: str) -> tuple[str, ...]:
    """Values of repeated elements; "Action / Drama" in one are two."""
    values: dict[str, None] = {}
    for found in _first(element, *tags):
        for value in _plain(found)[:2000].split(" / "):
            line = " ".join(value.split())[:_MOST_CHARACTERS]
            if line and len(values) < _MOST_VALUES:
                values.setdefault(line)
    return tuple(values)


def _actors(element: Element) -> tuple[NfoPerson, ...]:
    people = []
    for actor in element.findall("actor")[:_MOST_ACTORS]:
        name = _line(actor, "name")
        if name:
            people.append(NfoPerson(name, _line(actor, "role"), _number(actor, "order", least=0, most=100_000)))
    return tuple(people)


def _tracks(element: Element) -> tuple[NfoTrack, ...]:
    tracks = []
    for track in element.findall("track")[:_MOST_TRACKS]:
        position = _number(track, "position", least=0, most=9_999)
        if position is not None:
            tracks.append(NfoTrack(position, _line(track, "title"), _seconds(_line(track, "duration"))))
    return tuple(tracks)


def _seconds(text: str) -> int | None:
    parts = text.split(":")
    if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdecimal() and len(part) < 6 for part in parts):
        return None
    total = 0
    for part in parts:
        total = 60 * total + int(part)
    return total


def _credit(element: Element) -> str:
    names = [_line(credit, "artist") for credit in element.findall("albumartistcredits")[:_MOST_VALUES]]
    return ", ".join(name for name in names if name)[:_MOST_CHARACTERS]


def _collection(element: Element) -> tuple[str, str]:
    found = element.find("set")
    if found is None:
        return "", ""
    name = _line(found, "name")
    if name:
        return name, _text(found, "overview")
    return (" ".join((found.text or "").split())[:_MOST_CHARACTERS], "") if len(found) == 0 else ("", "")


def _rating(element: Element) -> tuple[float | None, int | None]:
    """The default rating on a scale to 10, and how many voted."""
    ratings = element.findall("ratings/rating")
    ratings.sort(key=lambda one: one.get("default", "").lower() != "true")
    for one in ratings:
        value = _decimal(_line(one, "value"))
        most = _decimal(one.get("max", "10")) or 10.0
        if value is not None and 0 <= value <= most:
            return round(10 * value / most, 2), _number(one, "votes", least=0, most=10**9)
    value = _decimal(_line(element, "rating"))
    if value is not None and 0 <= value <= 10:
        return value, _number(element, "votes", least=0, most=10**9)
    return None, None


def _decimal(text: str) -> float | None:
    plain = text.replace(",", ".")
    if not re.fullmatch(r"\d{1,6}(?:\.\d{1,10})?", plain, re.ASCII):
        return None
    return float(plain)


def _ids(element: Element, kind: NfoKind) -> tuple[tuple[str, str], ...]:
    said: list[tuple[str, str]] = []
    unique = element.findall("uniqueid")[:_MOST_VALUES]
    unique.sort(key=lambda one: one.get("default", "").lower() != "true")
    for one in unique:
        service = one.get("type", "").lower()
        said.append((_ALIASES.get(service, service), "".join((one.text or "").split())))
    said += [(service, _line(element, tag)) for tag, service in _IDS]
    plain = _line(element, "id")
    if _IMDB.fullmatch(plain):
        said.append(("imdb", plain))
    elif plain.isdecimal() and kind in (NfoKind.SHOW, NfoKind.EPISODE):
        said.append(("tvdb", plain))
    elif plain.isdecimal() and kind is NfoKind.MOVIE:
        said.append(("tmdb", plain))
    ids: dict[str, str] = {}
    for service, value in said:
        if _SERVICE.fullmatch(service) and _is_id(service, value):
            ids.setdefault(service, value)
    return tuple(ids.items())


def _is_id(service: str, value: str) -> bool:
    if service == "imdb":
        return _IMDB.fullmatch(value) is not None
    if service in ("tmdb", "tvdb"):
        return value.isascii() and value.isdecimal() and 0 < int(value[:10]) < 10**9
    return _PLAIN_ID.fullmatch(value) is not None
