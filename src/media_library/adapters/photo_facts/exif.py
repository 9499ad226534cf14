"""Takes time, place and camera from the EXIF of a picture (CIPA DC-008), believing none of it blindly."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

_MOMENT = re.compile(r"(\d{4})[:\-.](\d\d)[:\-.](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
_FIRST_YEAR: Final = 1839
_MOST_CAMERA: Final = 80


@dataclass(frozen=True, slots=True)
class Taken:
    """When, where and with what; the fields are those of ``PhotoFacts``."""

    orientation: int = 1
    taken: str | None = None
    offset_minutes: int | None = None
    camera: str | None = None
    latitude: float | None = None
    longitude: float | None = None


def taken_of(exif: Image.Exif) -> Taken:
    """What ``exif`` says."""
    details, place = exif.get_ifd(IFD.Exif), exif.get_ifd(IFD.GPSInfo)
    taken, offset = None, None
    for moment, zone, source in (
        (Base.DateTimeOriginal, Base.OffsetTimeOriginal, details),
        (Base.DateTimeDigitized, Base.OffsetTimeDigitized, details),
        (Base.DateTime, Base.OffsetTime, exif),
    ):
        taken = moment_in(source.get(moment))
        if taken is not None:
            offset = offset_in(details.get(zone))
            break
    latitude = _degrees(place, GPS.GPSLatitude, GPS.GPSLatitudeRef, "S", 90.0)
    longitude = _degrees(place, GPS.GPSLongitude, GPS.GPSLongitudeRef, "W", 180.0)
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        latitude = longitude = None  # cameras without reception write 0, 0
    orientation = exif.get(Base.Orientation)
    return Taken(
        orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1,
        taken,
        offset,
        _camera(exif.get(Base.Make), exif.get(Base.Model)),
        latitude,
        longitude,
    )


def moment_in(value: object) -> str | None:
    """A date and time as "YYYY-MM-DDTHH:MM:SS", from EXIF's "YYYY:MM:DD HH:MM:SS" and the like."""
    match = _MOMENT.match(_text(value))
    if match is None:
        return None
    year, month, day, hour, minute, second = map(int, match.groups())
    if year < _FIRST_YEAR:
        return None
    try:
        return datetime(year, month, day, hour, minute, min(second, 59)).isoformat()  # noqa: DTZ001 local time there
    except ValueError:
        return None


def offset_in(value: object) -> int | None:
    """How many minutes "+02:00" is ahead of UTC."""
    match = _OFFSET.match(_text(value))
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3])
    return None if minutes > 14 * 60 else minutes * (-1 if match[1] == "-" else 1)


def _degrees(place: Mapping[int, Any], value: int, side: int, negative: str, most: float) -> float | None:
    parts = place.get(value)
    if not isinstance(parts, tuple) or len(parts) != 3:
        return None
    try:
        degrees = float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    if not 0 <= degrees <= most:  # NaN is none either
        return None
    return round(-degrees if _text(place.get(side)).upper().startswith(negative) else degrees, 6)


def _camera(make: object, model: object) -> str | None:
    maker, name = _text(make), _text(model)
    if name.lower().startswith(maker.split(" ")[0].lower()):
        maker = ""
    return f"{maker} {name}".strip()[:_MOST_CAMERA] or None


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return ""
    return " ".join("".join(char if char.isprintable() else " " for char in value.split("\0")[0]).split())
