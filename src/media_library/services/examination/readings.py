"""The ways to read an address, made of what was seen of it; the likeliest comes first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from media_library.adapters.page_facts import PageFacts
from media_library.adapters.yt_dlp import Findings
from media_library.models.podcast import Feed

_MEDIA_STARTS = (b"\x1aE\xdf\xa3", b"ID3", b"fLaC", b"OggS", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"\xff\xf9")
_LISTS = ("mpegurl", "dash+xml")
_UNITS = ("bytes", "kB", "MB", "GB", "TB")


class ReadingKind(StrEnum):
    """What an address can be read as."""

    VIDEO = "video"
    PLAYLIST = "playlist"
    PODCAST = "podcast"
    ARTICLE = "article"
    FILE = "file"
    BOOK = "book"
    MUSIC_PLAYLIST = "music_playlist"


@dataclass(frozen=True, slots=True)
class FoundReading:
    """One way to read an address. ``picture`` is an address at first, and a data URI in the end.

    ``duration_ms`` is in milliseconds, ``count`` how many videos or episodes there are; ``sure`` says that it needs no
    second look by a person.
    """

    kind: ReadingKind
    url: str
    title: str
    detail: str | None = None
    picture: str | None = None
    duration_ms: int | None = None
    count: int | None = None
    is_live: bool = False
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found: ``media_id`` is what is in the library already."""

    url: str
    readings: tuple[FoundReading, ...]
    media_id: str | None


@dataclass(frozen=True, slots=True)
class Glimpse:
    """The beginning of what an address answers. ``size_bytes`` is what the host says of the whole."""

    url: str
    content_type: str
    head: bytes
    size_bytes: int | None

    @property
    def is_page(self) -> bool:
        """Whether a browser would show it as a page."""
        return "html" in self.content_type or (
            not self.content_type.startswith(("audio/", "video/", "image/")) and b"<html" in self.head[:2048].lower()
        )


def of_file(glimpse: Glimpse) -> FoundReading | None:
    """The reading as a media file or a book, by how it begins and what the host calls it."""
    name = PurePosixPath(unquote(urlsplit(glimpse.url).path)).name
    title = PurePosixPath(name).stem.replace("_", " ").strip() or name or urlsplit(glimpse.url).hostname or ""
    detail = None if glimpse.size_bytes is None else size_text(glimpse.size_bytes)
    head, kind, suffix = glimpse.head, glimpse.content_type, PurePosixPath(name).suffix.lower()
    if head.startswith(b"%PDF-"):
        return FoundReading(ReadingKind.BOOK, glimpse.url, title, _with("PDF", detail), sure=True)
    if head.startswith(b"PK\3\4") and (b"mimetypeapplication/epub" in head[:100] or suffix in (".epub", ".cbz")):
        is_comic = suffix == ".cbz" or "comic" in kind
        return FoundReading(
            ReadingKind.BOOK, glimpse.url, title, _with("CBZ" if is_comic else "EPUB", detail), sure=True
        )
    if any(word in kind for word in _LISTS) or head.startswith((b"#EXTM3U", b"<html", b"<!doctype", b"<!DOCTYPE")):
        return None
    is_media = head.startswith(_MEDIA_STARTS) or head[4:8] == b"ftyp" or head[8:12] in (b"WAVE", b"AVI ")
    if is_media or (kind.startswith(("audio/", "video/")) and head.lstrip()[:1] != b"<"):
        noun = "Sound" if kind.startswith("audio/") or suffix in (".mp3", ".flac", ".m4a", ".ogg", ".opus") else "Video"
        return FoundReading(ReadingKind.FILE, glimpse.url, title, _with(noun, detail), sure=is_media)
    return None


def of_feed(feed: Feed, url: str) -> tuple[FoundReading, ...]:
    """The readings of a feed: as a podcast, or, if its episodes are films, as a list of videos; none without either."""
    if not feed.episodes:
        return ()
    count = len(feed.episodes)
    podcast = FoundReading(ReadingKind.PODCAST, url, feed.title, feed.author, feed.image_url, count=count, sure=True)
    videos = FoundReading(ReadingKind.PLAYLIST, url, feed.title, feed.author, feed.image_url, count=count)
    are_films = all((episode.enclosure_type or "").startswith("video/") for episode in feed.episodes)
    return (videos, podcast) if are_films else (podcast, videos)


def of_page(facts: PageFacts, url: str) -> FoundReading:
    """The reading as an article."""
    return FoundReading(
        ReadingKind.ARTICLE,
        url,
        facts.title or urlsplit(url).hostname or url,
        facts.site or urlsplit(url).hostname,
        facts.picture_url,
        sure=facts.is_article,
    )


def of_findings(findings: Findings, url: str) -> FoundReading | None:
    """The reading as a video, or as a list of them."""
    video, listed = findings.video, findings.list
    if listed is not None:
        noun = "Channel" if listed.is_channel else "Playlist"
        count = listed.count or len(findings.entries)
        return FoundReading(ReadingKind.PLAYLIST, url, listed.title, noun, listed.picture, count=count, sure=True)
    if video is None:
        return None
    return FoundReading(
        ReadingKind.VIDEO,
        url,
        video.title,
        video.channel,
        video.thumbnail,
        video.duration_ms,
        is_live=video.is_live or video.is_upcoming,
        sure=video.extractor.lower() not in ("generic", "html5"),
    )


def ranked(
    page: FoundReading | None, facts: PageFacts | None, site: FoundReading | None, podcasts: Sequence[FoundReading]
) -> tuple[FoundReading, ...]:
    """All readings of a page, the likeliest first: what its site is known for, then what the page says of itself."""
    says_video = facts is not None and any("video" in kind.lower() for kind in facts.kinds)
    is_article = page is not None and page.sure
    if site is not None and (site.sure or says_video or not is_article):
        site = replace(site, sure=site.sure or says_video)
        order = [site, *podcasts, page]
    elif podcasts and not is_article:
        order = [*podcasts, page, site]
    else:
        order = [page, site, *podcasts]
    return tuple(reading for reading in order if reading is not None)


def size_text(size_bytes: int) -> str:
    """A size as people read it: "12 MB"."""
    size, unit = float(size_bytes), 0
    while size >= 1000 and unit < len(_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return f"{size:.1f} {_UNITS[unit]}" if unit > 1 and size < 10 else f"{size:.0f} {_UNITS[unit]}"


def _with(noun: str, detail: str | None) -> str:
    return noun if detail is None else f"{noun}, {detail}"
