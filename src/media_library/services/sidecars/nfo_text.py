"""Writes .nfo files in the shape of Kodi (kodi.wiki/view/NFO_files), which Jellyfin and Emby read too.

A comment in the second line holds a digest of the rest: so a file that we wrote, and that nobody changed since, is
known again, and only such a one is ever written over.
"""

import hashlib
import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from media_library.models.media import Streams
from media_library.models.nfo import Nfo, NfoKind

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MARK = "<!-- Written by Media Library {digest}. Change anything and it is yours. -->\n"
_OURS = re.compile(rb"<!-- Written by Media Library ([0-9a-f]{64})\. Change anything and it is yours\. -->\n")
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RATING_NAMES = {"tmdb": "themoviedb"}


def nfo_text(items: Sequence[Nfo], streams: Streams | None = None, duration_ms: int = 0) -> bytes:
    """The file of an item, or of several episodes that one file holds."""
    return _sealed("".join(_written(_element(item, streams, duration_ms)) for item in items))


def season_text(season: int, title: str, plot: str | None = None, premiered: str | None = None) -> bytes:
    """The ``season.nfo`` of a season; ``premiered`` is a day."""
    root = ET.Element("season")
    _add(root, "title", title)
    _add(root, "plot", plot)
    _add(root, "premiered", premiered)
    _add(root, "seasonnumber", season)
    return _sealed(_written(root))


def is_ours(content: bytes) -> bool:
    """Whether we wrote that, and nobody changed it since."""
    head, mark, body = content.partition(b"-->\n")
    match = _OURS.search(head + mark)
    return match is not None and hashlib.sha256(body).hexdigest().encode() == match[1]


def _sealed(body: str) -> bytes:
    digest = hashlib.sha256(body.encode()).hexdigest()
    return f"{_DECLARATION}{_MARK.format(digest=digest)}{body}".encode()


def _written(root: ET.Element) -> str:
    ET.indent(root, "  ")
    return ET.tostring(root, "unicode", short_empty_elements=False) + "\n"


def _element(item: Nfo, streams: Streams | None, duration_ms: int) -> ET.Element:
    root = ET.Element(str(item.kind))
    _add(root, "name" if item.kind is NfoKind.ARTIST else "title", item.title)
    _add(root, "originaltitle", item.original_title)
    _add(root, "sorttitle", item.sort_title)
    _add(root, "showtitle", item.show_title)
    _add(root, "season", item.season)
    _add(root, "episode", item.episode)
    _add_rating(root, item)
    _add(root, "outline", item.outline)
    _add(root, "review" if item.kind is NfoKind.ALBUM else "plot", item.plot)
    _add(root, "tagline", item.tagline)
    _add(root, "runtime", item.runtime_minutes)
    _add(root, "mpaa", item.certification)
    _add_ids(root, item)
    for tag, values in (
        ("genre", item.genres),
        ("country", item.countries),
        ("tag", item.tags),
        ("studio", item.studios),
        ("director", item.directors),
        ("credits", item.writers),
    ):
        for value in values:
            _add(root, tag, value)
    if item.collection:
        collection = ET.SubElement(root, "set")
        _add(collection, "name", item.collection)
        _add(collection, "overview", item.collection_overview)
    _add(root, "edition", item.edition)
    _add(root, "aired" if item.kind is NfoKind.EPISODE else "premiered", item.premiered)
    _add(root, "year", item.year)
    for place, person in enumerate(item.actors):
        actor = ET.SubElement(root, "actor")
        _add(actor, "name", person.name)
        _add(actor, "role", person.role)
        _add(actor, "order", place if person.position is None else person.position)
    _add_music(root, item)
    if streams is not None:
        _add_streams(root, streams, duration_ms)
    _add(root, "dateadded", item.date_added)
    return root


def _add(parent: ET.Element, tag: str, value: str | int | None) -> None:
    if value is not None and value != "":
        ET.SubElement(parent, tag).text = _NOT_XML.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))


def _add_rating(root: ET.Element, item: Nfo) -> None:
    if item.rating is None:
        return
    name = next((_RATING_NAMES[service] for service, _ in item.ids if service in _RATING_NAMES), "default")
    ratings = ET.SubElement(root, "ratings")
    rating = ET.SubElement(ratings, "rating", name=name, max="10", default="true")
    _add(rating, "value", f"{item.rating:g}")
    _add(rating, "votes", item.votes)


def _add_ids(root: ET.Element, item: Nfo) -> None:
    """Ids as ``uniqueid``, of which the first is the default; those of MusicBrainz have elements of their own."""
    is_first = True
    for service, number in item.ids:
        if service.startswith("musicbrainz"):
            tag = "musicBrainzArtistID" if service == "musicbrainzartist" else f"{service}id"
            _add(root, tag, number)
            continue
        unique = ET.SubElement(root, "uniqueid", type=service)
        if is_first:
            unique.set("default", "true")
            is_first = False
        unique.text = number


def _add_music(root: ET.Element, item: Nfo) -> None:
    if item.kind is NfoKind.ALBUM and (item.album_artist or item.artist):
        credit = ET.SubElement(root, "albumArtistCredits")
        _add(credit, "artist", item.album_artist or item.artist)
        _add(credit, "musicBrainzArtistID", item.id_of("musicbrainzalbumartist"))
    for track in item.tracks:
        element = ET.SubElement(root, "track")
        _add(element, "position", track.position)
        _add(element, "title", track.title)
        if track.duration_seconds is not None:
            _add(element, "duration", f"{track.duration_seconds // 60}:{track.duration_seconds % 60:02d}")


def _add_streams(root: ET.Element, streams: Streams, duration_ms: int) -> None:
    details = ET.SubElement(ET.SubElement(root, "fileinfo"), "streamdetails")
    if streams.video is not None:
        video = ET.SubElement(details, "video")
        _add(video, "codec", streams.video.codec)
        if streams.video.height > 0:
            _add(video, "aspect", f"{streams.video.width / streams.video.height:.6f}")
        _add(video, "width", streams.video.width)
        _add(video, "height", streams.video.height)
        _add(video, "durationinseconds", duration_ms // 1000)
        _add(video, "hdrtype", _HDR.get(streams.video.hdr or ""))
    for track in streams.audio:
        audio = ET.SubElement(details, "audio")
        _add(audio, "codec", track.codec)
        _add(audio, "language", track.language if track.language != "und" else "")
        _add(audio, "channels", track.channels)
    for subtitles in streams.subtitles:
        if subtitles.language != "und":
            _add(ET.SubElement(details, "subtitle"), "language", subtitles.language)


_HDR = {"HDR10": "hdr10", "HDR10+": "hdr10", "Dolby Vision": "dolbyvision", "HLG": "hlg"}
"""The words of Kodi for what a picture may be."""
