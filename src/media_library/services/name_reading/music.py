"""Reads a file as a track: "Artist/Album (Year)/1-01 - Title"."""

import re

from media_library.models.media import MediaType
from media_library.models.name_reading import NameReading
from media_library.services.name_reading.cleaning import clean, title_of

_NUMBER = re.compile(r"^\(?(?:(?P<d>\d{1,2})[-.](?=\d))?(?P<n>\d{1,3})\)?(?:\s*[-–.)_]+\s*|\s+|_)(?=\S)")
_DISC = re.compile(r"(?:cd|dis[ck]|disque|volume|vol\.?)[\s._\-]*(\d{1,2})(?:[\s\-–:].*)?", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"^[(\[]?((?:19|20)\d\d)[)\]]?[\s\-–._]+(?=\S)")
_YEAR = re.compile(r"[\s._\-]*[(\[]((?:19|20)\d\d)(?:[-, ][^)\]]*)?[)\]]")
_TECHNICAL = re.compile(
    r"\s*[\[({][^\])}]*(?:flac|mp3|320|v0|24.?bit|16.?bit|lossless|web|vinyl|cd|remaster|deluxe|hi-?res|kbps|opus|aac|m4a)[^\])}]*[\])}]",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s+[-–]\s+")


def track(stem: str, folders: tuple[str, ...]) -> NameReading:
    """The track that a file is by its name and its folders; tags in the file tell more."""
    text, _ = clean(stem)
    if "_" in text and " " not in text:
        text = text.replace("_", " ")
    names = list(folders)
    disc = number = None
    is_plain = False
    if names and (match := _DISC.fullmatch(names[-1].strip())):
        disc = int(match[1])
        names.pop()
    match = _NUMBER.match(text)
    if match is not None:
        number = int(match["n"])
        # "21 Questions" may be the whole title
        is_plain = number > 9 and match[0].strip().isdecimal()
        disc = int(match["d"]) if match["d"] else disc
        if disc is None and 100 < number < 1000 and len(match["n"]) == 3:
            disc, number = divmod(number, 100)
        text = text[match.end() :]
    album, year = _album(names[-1]) if names else (None, None)
    artist = names[-2].strip() if len(names) > 1 else None
    parts = [part.strip() for part in _DASH.split(text) if part.strip()]
    if album is not None and artist is None and len(found := _DASH.split(album, maxsplit=1)) == 2:
        artist, album = found[0].strip(), found[1].strip()
    if len(parts) >= 2 and (number is not None or len(parts) == 2) and not parts[-2].isdecimal():
        own_artist, text = parts[0], " - ".join(parts[1:])
        if artist is None or artist.casefold().startswith(("various", "va", "compilation", "sampler")):
            artist = own_artist
        elif own_artist.casefold() != artist.casefold():
            text = " - ".join(parts)
    elif len(parts) >= 3:
        # "Artist - Album - 01 - Title"
        at = next((index for index, part in enumerate(parts) if part.isdecimal()), None)
        if at is not None and 0 < at < len(parts) - 1:
            number = int(parts[at])
            artist, text = artist or parts[0], " - ".join(parts[at + 1 :])
            album = album or (parts[1] if at == 2 else None)
    return NameReading(
        MediaType.TRACK,
        title_of(text) or text,
        year=year,
        artist=artist or None,
        album=album or None,
        disc_number=disc,
        track_number=number,
        sure=bool(artist and album and number is not None) and not is_plain,
    )


def _album(folder: str) -> tuple[str | None, int | None]:
    text, _ = clean(folder)
    year = None
    match = _YEAR_FIRST.match(text)
    if match is not None:
        year, text = int(match[1]), text[match.end() :]
    match = _YEAR.search(text)
    if match is not None and match.start() > 0:
        year = year or int(match[1])
        text = text[: match.start()] + text[match.end() :]
    return title_of(_TECHNICAL.sub("", text)) or None, year
