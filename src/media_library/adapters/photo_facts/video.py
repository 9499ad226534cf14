"""Reads when and where a home video was taken, as MediaInfo finds it in the file."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pymediainfo import MediaInfo

from media_library.adapters.photo_facts.exif import moment_in, offset_in
from media_library.adapters.photo_facts.refusal import PhotoRefused
from media_library.models.photo import PhotoFacts

_LOCAL: Final = ("com_apple_quicktime_creationdate", "Recorded_Date", "Mastered_Date", "Original_Date")
_UTC: Final = ("Encoded_Date", "Tagged_Date")
_PLACES: Final = ("Recorded_Location", "com_apple_quicktime_location_ISO6709", "xyz", "©xyz")
_PLACE = re.compile(r"([+-]\d{1,2}(?:\.\d{1,10})?)([+-]\d{1,3}(?:\.\d{1,10})?)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d")
_ZONE = re.compile(r"[+-]\d\d:?\d\d$")
_FIRST_YEAR: Final = 1970  # QuickTime counts from 1904, and 0 means that nobody set it
_NOTHING = "There is no video in this file: it is damaged, or not what its name says."


def read_video(file: Path) -> PhotoFacts:
    """When, where and with what a video was taken, and its size as it is shown. Raises ``PhotoRefused``."""
    answer = MediaInfo.parse(
        str(file), parse_speed=0, output="JSON", mediainfo_options={"File_TestContinuousFileNames": "0"}
    )
    try:
        tracks = [track for track in json.loads(answer, strict=False)["media"]["track"] if isinstance(track, dict)]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise PhotoRefused(_NOTHING) from error
    return facts_of(tracks)


def facts_of(tracks: list[dict[str, Any]]) -> PhotoFacts:
    """The facts in a description of MediaInfo. Raises ``PhotoRefused``."""
    general = next((track for track in tracks if track.get("@type") == "General"), {})
    video = next((track for track in tracks if track.get("@type") == "Video"), None)
    if video is None:
        raise PhotoRefused(_NOTHING)
    extra = general.get("extra")
    said = {**(extra if isinstance(extra, dict) else {}), **general}
    taken, offset, is_utc = _moment(said)
    latitude, longitude = _place(said)
    width, height = _number(video, "Width"), _number(video, "Height")
    if abs(round(float(_number(video, "Rotation")))) in (90, 270):
        width, height = height, width
    maker = _text(said, "com_apple_quicktime_make") or _text(said, "Encoded_Hardware_CompanyName")
    model = _text(said, "com_apple_quicktime_model") or _text(said, "Encoded_Hardware_Model")
    camera = model if model.lower().startswith(maker.lower()) else f"{maker} {model}"
    return PhotoFacts(width, height, 1, taken, offset, camera.strip()[:80] or None, latitude, longitude, is_utc)


def _moment(said: dict[str, Any]) -> tuple[str | None, int | None, bool]:
    """The local time and its offset, or the time in UTC; whether it is that."""
    for name in _LOCAL:
        text = _text(said, name)
        match = _DATE.search(text)
        if match is not None and (moment := _believed(match[0])) is not None:
            zone = _ZONE.search(text)
            return moment, offset_in(zone[0]) if zone is not None else None, "UTC" in text
    for name in _UTC:
        match = _DATE.search(_text(said, name))
        if match is not None and (moment := _believed(match[0])) is not None:
            return moment, None, True
    return None, None, False


def _believed(text: str) -> str | None:
    moment = moment_in(text)
    return moment if moment is not None and datetime.fromisoformat(moment).year > _FIRST_YEAR else None


def _place(said: dict[str, Any]) -> tuple[float | None, float | None]:
    for name in _PLACES:
        match = _PLACE.match(_text(said, name))
        if match is not None:
            latitude, longitude = float(match[1]), float(match[2])
            if abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude or longitude):
                return latitude, longitude
    return None, None


def _number(track: dict[str, Any], name: str) -> int:
    text = _text(track, name).partition(".")[0]
    return int(text) if text.lstrip("-").isascii() and text.lstrip("-").isdecimal() and len(text) < 7 else 0


def _text(track: dict[str, Any], name: str) -> str:
    value = track.get(name)
    return value.strip()[:200] if isinstance(value, str) else ""
