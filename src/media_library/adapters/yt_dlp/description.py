"""What yt-dlp tells of videos and lists, bounded: every word of it was written by a site."""

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from media_library.models.media import Chapter

_Kind = TypeVar("_Kind", bound=msgspec.Struct)

_MOST_TITLE = 500
_MOST_NAME = 200
_MOST_TEXT = 200_000
_MOST_CHAPTERS = 1000
_MOST_PARTS = 4
_LONGEST_SECONDS = 14 * 24 * 3600
_MOST_BYTES = 1 << 50
_DAY = re.compile(r"\d{8}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")
_SMUGGLED = "#__youtubedl_smuggle="
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a download: its format and how many bytes it is said to have."""

    format_id: str
    size_bytes: int | None


@dataclass(frozen=True, slots=True)
class VideoInfo:
    """A video as its site describes it. Times are milliseconds, ``published_at`` since the Unix epoch.

    ``key`` is what identifies it beyond its address, "yt:<extractor>:<id>"; ``None`` where only the address does.
    ``of_many`` says that it is one of several at its address.
    """

    title: str
    url: str | None = None
    key: str | None = None
    site_id: str | None = None
    channel: str | None = None
    description: str | None = None
    duration_ms: int | None = None
    published_at: int | None = None
    language: str | None = None
    is_live: bool = False
    is_upcoming: bool = False
    of_many: bool = False
    thumbnail: str | None = None
    chapters: tuple[Chapter, ...] = ()
    parts: tuple[Part, ...] = ()
    extractor: str = "generic"

    @property
    def size_bytes(self) -> int | None:
        """What it will take, as far as the site tells."""
        known = [part.size_bytes for part in self.parts if part.size_bytes]
        return sum(known) if known else None


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A video of a list, as the list describes it."""

    url: str
    title: str
    key: str | None
    duration_ms: int | None
    published_at: int | None


@dataclass(frozen=True, slots=True)
class ListInfo:
    """A playlist, channel or other list."""

    title: str
    url: str | None
    key: str | None
    overview: str | None
    is_channel: bool
    picture: str | None
    count: int | None


def read_video(line: str) -> VideoInfo | None:
    """The video of one line of JSON; ``None`` if it is none."""
    raw = _decoded(line, _Video)
    if raw is None:
        return None
    title = clean_text(raw.title or raw.fulltitle or "", _MOST_TITLE) or "Untitled"
    live = str(raw.live_status or "")
    duration_ms = _milliseconds(raw.duration)
    return VideoInfo(
        title=title,
        url=_web(raw.webpage_url) or _web(raw.url) or _web(raw.original_url),
        key=_key(raw.extractor_key, raw.id),
        site_id=clean_text(raw.id or "", 100) or None,
        channel=clean_text(raw.channel or raw.uploader or raw.creator or raw.series or "", _MOST_NAME) or None,
        description=clean_text(raw.description or "", _MOST_TEXT, lines=True) or None,
        duration_ms=duration_ms,
        published_at=_published(raw),
        language=raw.language if raw.language and _LANGUAGE.fullmatch(raw.language) else None,
        is_live=raw.is_live is True or live == "is_live",
        is_upcoming=live == "is_upcoming",
        of_many=max(_count(raw.n_entries) or 0, _count(raw.playlist_count) or 0) > 1,
        thumbnail=_web(raw.thumbnail),
        chapters=chapters_of(raw.chapters, duration_ms),
        parts=_parts(raw),
        extractor=clean_text(raw.extractor_key or "", 100) or "generic",
    )


def read_entry(line: str) -> ListEntry | None:
    """The entry of a list in one line of JSON; ``None`` if it has no web address."""
    raw = _decoded(line, _Video)
    if raw is None:
        return None
    url = _web(raw.url) if raw.type in ("url", "url_transparent") else None
    url = url or _web(raw.webpage_url) or _web(raw.url) or _web(raw.original_url)
    if url is None:
        return None
    title = clean_text(raw.title or "", _MOST_TITLE) or url
    return ListEntry(url, title, _key(raw.extractor_key, raw.id), _milliseconds(raw.duration), _published(raw))


def read_list(line: str) -> ListInfo | None:
    """The list of one line of JSON."""
    raw = _decoded(line, _List)
    if raw is None:
        return None
    channel = clean_text(raw.channel or raw.uploader or "", _MOST_NAME)
    title = clean_text(raw.title or "", _MOST_TITLE) or channel or "Untitled list"
    pictures = [url for one in raw.thumbnails or () if (url := _web(one.url)) is not None]
    is_channel = bool(channel) and title.casefold().startswith(channel.casefold())
    return ListInfo(
        title,
        _web(raw.webpage_url),
        _key(raw.extractor_key, raw.id),
        clean_text(raw.description or "", _MOST_TEXT, lines=True) or None,
        is_channel,
        pictures[-1] if pictures else None,
        _count(raw.playlist_count),
    )


def chapters_of(raw: "list[RawChapter] | None", duration_ms: int | None) -> tuple[Chapter, ...]:
    """Chapters in the order of time, within the video; those that make no sense are left out."""
    longest = duration_ms or _LONGEST_SECONDS * 1000
    found = []
    for number, one in enumerate((raw or [])[:_MOST_CHAPTERS], 1):
        start, end = _milliseconds(one.start_time), _milliseconds(one.end_time)
        if start is None and one.start_time == 0:
            start = 0
        if start is not None and start < longest and (end is None or end > start):
            title = clean_text(one.title or "", _MOST_NAME) or f"Chapter {number}"
            found.append(Chapter(title, start, min(end or longest, longest)))
    return tuple(sorted(found, key=lambda chapter: (chapter.start_ms, -chapter.end_ms)))


def clean_text(text: str, most: int, *, lines: bool = False) -> str:
    """Text to show: no control and direction characters, line breaks only where ``lines``, at most ``most`` long."""
    kept = "".join(
        char if char.isprintable() or (lines and char in "\n\t") else " " if char in "\r\n\t" else ""
        for char in text[: 2 * most].replace("\r\n", "\n")
        if char not in _DIRECTIONS
    )
    return kept.strip()[:most]


def _decoded(line: str, kind: type[_Kind]) -> _Kind | None:
    try:
        return msgspec.json.decode(line, type=kind, strict=False)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return None


def _key(extractor: str | None, site_id: str | None) -> str | None:
    """The generic extractor's ids are parts of addresses and say nothing."""
    if not extractor or not site_id or extractor.casefold() in ("generic", "html5"):
        return None
    return f"yt:{clean_text(extractor, 60).casefold()}:{clean_text(site_id, 300)}"


def _published(raw: "_Video") -> int | None:
    for seconds in (raw.release_timestamp, raw.timestamp):
        if seconds is not None and math.isfinite(seconds) and 0 < seconds < 32_503_680_000:
            return int(seconds * 1000)
    if raw.upload_date and _DAY.fullmatch(raw.upload_date):
        try:
            day = datetime.strptime(raw.upload_date, "%Y%m%d").replace(tzinfo=UTC)
        except ValueError:
            return None
        return int(day.timestamp() * 1000) if day.year >= 1970 else None
    return None


def _parts(raw: "_Video") -> tuple[Part, ...]:
    formats = raw.requested_formats or [raw]
    return tuple(Part(str(one.format_id or ""), _size(one, raw.duration)) for one in formats[:_MOST_PARTS])


def _size(one: "_Format", duration: float | None) -> int | None:
    size = one.filesize or one.filesize_approx
    if not size and one.tbr and duration and math.isfinite(one.tbr * duration):
        size = one.tbr * duration * 125
    return int(size) if size and math.isfinite(size) and 0 < size < _MOST_BYTES else None


def _milliseconds(seconds: float | None) -> int | None:
    if seconds is None or not math.isfinite(seconds) or not 0 < seconds <= _LONGEST_SECONDS:
        return None
    return round(seconds * 1000)


def _count(number: float | None) -> int | None:
    return int(number) if number is not None and math.isfinite(number) and 0 <= number < 10_000_000 else None


def _web(url: str | None) -> str | None:
    """A web address without what yt-dlp hides in its fragment."""
    if not url or len(url) > 2048 or not url.lower().startswith(("http://", "https://")) or not url.isprintable():
        return None
    return url.partition(_SMUGGLED)[0]


class RawChapter(msgspec.Struct):
    """A chapter as it is told; times in seconds."""

    title: str | None = None
    start_time: float | None = None
    end_time: float | None = None


class _Format(msgspec.Struct):
    format_id: str | None = None
    filesize: float | None = None
    filesize_approx: float | None = None
    tbr: float | None = None


class _Video(_Format, rename={"type": "_type"}):
    id: str | None = None
    title: str | None = None
    fulltitle: str | None = None
    description: str | None = None
    channel: str | None = None
    uploader: str | None = None
    creator: str | None = None
    series: str | None = None
    duration: float | None = None
    timestamp: float | None = None
    release_timestamp: float | None = None
    upload_date: str | None = None
    extractor_key: str | None = None
    webpage_url: str | None = None
    original_url: str | None = None
    url: str | None = None
    is_live: bool | None = None
    live_status: str | None = None
    language: str | None = None
    n_entries: float | None = None
    playlist_count: float | None = None
    thumbnail: str | None = None
    chapters: list[RawChapter] | None = None
    requested_formats: list[_Format] | None = None
    type: str | None = None


class _Thumbnail(msgspec.Struct):
    url: str | None = None


class _List(msgspec.Struct):
    id: str | None = None
    title: str | None = None
    description: str | None = None
    channel: str | None = None
    uploader: str | None = None
    extractor_key: str | None = None
    webpage_url: str | None = None
    playlist_count: float | None = None
    thumbnails: list[_Thumbnail] | None = None
