"""What feedparser makes of a feed, as our records: bounded, addresses absolute, times in UTC, durations understood."""

import calendar
import hashlib
import html
import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
from feedparser.mixin import _FeedParserMixin as Parser

from media_library.adapters.feeds.decoding import MOST_EPISODES, Refused, as_text, shortened
from media_library.models.podcast import Feed, FeedEpisode

_PODCAST_NAMESPACES = (
    "https://podcastindex.org/namespace/1.0",
    "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
)
_MOST_TITLE = 500
_MOST_LINE = 200
_MOST_ADDRESS = 2048
_MOST_GUID = 500
_MOST_DURATION = 40
_MOST_TAGS = 3_000
_MOST_NOTES = 64_000
_MOST_NOTES_TOGETHER = 5_000_000
_LONGEST_MS = 10 * 24 * 3_600_000
_LATEST_MS = 4_102_444_800_000  # the year 2100
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_SPACES = re.compile(r"\s+")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})(?:\.\d+)?")
_SECONDS = re.compile(r"(\d{1,8})(?:\.\d+)?")
_WORDS = re.compile(r"(?:(\d{1,3})\s*h\w*)?\s*(?:(\d{1,4})\s*m\w*)?\s*(?:(\d{1,5})\s*s\w*)?", re.IGNORECASE)
_TRANSCRIPT_RANK = {
    "text/vtt": 0,
    "application/srt": 1,
    "application/x-subrip": 1,
    "text/srt": 1,
    "application/json": 2,
    "text/html": 3,
    "text/plain": 4,
}

Fields = dict[str, Any]
"""What feedparser gives: a dict of whatever the feed said."""


def read_feed(content: bytes, url: str, content_type: str = "") -> Feed:
    """The feed in ``content``, which was found at ``url``. Raises ``Refused``."""
    text, entries = shortened(as_text(content, content_type))
    _learn_podcast_namespace()
    found = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),  # bytes in a file: a text could be taken for a path
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    if not found.version and not found.entries:
        raise Refused("it is no feed")
    channel = found.feed
    base = _address(channel.get("link"), url) or url
    return Feed(
        title=plain(channel.get("title"), _MOST_TITLE) or urlsplit(url).hostname or "Podcast",
        author=plain(channel.get("author") or channel.get("publisher"), _MOST_LINE) or None,
        overview=_longest(channel, ("summary", "subtitle", "description"))[:_MOST_NOTES],
        site_url=_address(channel.get("link"), url),
        language=_language(channel.get("language")),
        image_url=_image(channel, base),
        moved_to=_address(channel.get("itunes_new-feed-url"), url),
        is_complete=str(channel.get("itunes_complete", "")).strip().lower() == "yes",
        entries=max(entries, len(found.entries)),
        episodes=_episodes(found.entries[:MOST_EPISODES], base),
    )


def duration_ms(text: object) -> int | None:
    """A duration as feeds write it: ``1:02:03``, ``62:03``, ``3723``, ``1h 2m``; ``None`` for anything else."""
    words = str(text or "")[:_MOST_DURATION].strip()
    if clock := _CLOCK.fullmatch(words):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        total = hours * 3600 + minutes * 60 + seconds
    elif plain_seconds := _SECONDS.fullmatch(words):
        total = int(plain_seconds[1])
    elif words and (spoken := _WORDS.fullmatch(words)):
        hours, minutes, seconds = (int(part or 0) for part in spoken.groups())
        total = hours * 3600 + minutes * 60 + seconds
    else:
        return None
    return total * 1000 if 0 < total * 1000 <= _LONGEST_MS else None


def plain(value: object, most: int) -> str:
    """A line of text: without tags, entities, control and direction characters, at most ``most`` long."""
    text = str(value or "")
    if "<" in text:
        text = _TAGS.sub(" ", text)
    text = _UNSEEN.sub(" ", html.unescape(text))
    return _SPACES.sub(" ", text).strip()[:most].strip()


def _learn_podcast_namespace() -> None:
    """Teach the parser the podcast namespace, which it does not know: of several transcripts it would keep the last."""
    for name in _PODCAST_NAMESPACES:
        Parser.namespaces[name] = "podcast"
    Parser._start_podcast_transcript = _start_transcript


def _start_transcript(parser: Any, attributes: dict[str, str]) -> None:
    parser._get_context().setdefault("podcast_transcripts", []).append(dict(attributes))


def _episodes(entries: list[Fields], base: str) -> tuple[FeedEpisode, ...]:
    room = _MOST_NOTES_TOGETHER
    found = []
    for entry in entries:
        episode = _episode(entry, base, min(room, _MOST_NOTES))
        if episode is not None:
            room -= len(episode.notes)
            found.append(episode)
    return _told_apart(found)


def _episode(entry: Fields, base: str, room: int) -> FeedEpisode | None:
    enclosure = _enclosure(entry, base)
    if enclosure is None:
        return None
    address, kind, size = enclosure
    transcript_url, transcript_type = _transcript(entry, base)
    return FeedEpisode(
        guid=_guid(entry.get("id")) or address,
        title=plain(entry.get("title") or entry.get("itunes_title"), _MOST_TITLE) or "Untitled",
        enclosure_url=address,
        enclosure_type=kind,
        enclosure_bytes=size,
        notes=_notes(entry)[:room],
        published_at=_moment(entry),
        duration_ms=duration_ms(entry.get("itunes_duration")),
        season=_number(entry.get("itunes_season")),
        episode=_number(entry.get("itunes_episode")),
        image_url=_image(entry, base),
        chapters_url=_address(_attribute(entry.get("podcast_chapters"), "url"), base),
        transcript_url=transcript_url,
        transcript_type=transcript_type,
    )


def _enclosure(entry: Fields, base: str) -> tuple[str, str | None, int | None] | None:
    """The first sound, else the first picture with sound, else whatever is enclosed first."""
    candidates = [link for link in entry.get("links", ()) if link.get("rel") == "enclosure"]
    candidates += [{"href": one.get("url"), **one} for one in entry.get("media_content", ()) if one.get("url")]
    usable: list[tuple[int, int, str, str | None, int | None]] = []
    for link in candidates:
        address = _address(link.get("href"), base)
        kind = plain(link.get("type"), 100).lower() or None
        if address is not None and not (kind or "").startswith(("image/", "text/")):
            rank = 0 if (kind or "").startswith("audio/") else 1 if (kind or "").startswith("video/") else 2
            usable.append((rank, len(usable), address, kind, _number(link.get("length"))))
    if not usable:
        return None
    _, _, address, kind, size = min(usable)
    return address, kind, size


def _transcript(entry: Fields, base: str) -> tuple[str | None, str | None]:
    """The transcript that can be shown best: one with times before one without."""
    found: list[tuple[int, int, str, str]] = []
    for one in entry.get("podcast_transcripts", ()):
        address = _address(one.get("url"), base)
        kind = plain(one.get("type"), 100).lower().partition(";")[0]
        if address is not None and kind in _TRANSCRIPT_RANK:
            found.append((_TRANSCRIPT_RANK[kind], len(found), address, kind))
    if not found:
        return None, None
    _, _, address, kind = min(found)
    return address, kind


def _told_apart(episodes: list[FeedEpisode]) -> tuple[FeedEpisode, ...]:
    """Episodes with ids of their own: those that share one are told apart by what is enclosed, repeats are dropped."""
    enclosures: dict[str, set[str]] = {}
    for episode in episodes:
        enclosures.setdefault(episode.guid, set()).add(episode.enclosure_url)
    named = [
        episode if len(enclosures[episode.guid]) == 1 else replace(episode, guid=_guid(episode.enclosure_url))
        for episode in episodes
    ]
    count: Counter[str] = Counter()
    kept = []
    for episode in named:
        count[episode.guid] += 1
        if count[episode.guid] == 1:
            kept.append(episode)
    return tuple(kept)


def _guid(value: object) -> str:
    text = _UNSEEN.sub("", str(value or "")).strip()
    return text if len(text) <= _MOST_GUID else hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _notes(entry: Fields) -> str:
    """The fullest description, as HTML."""
    texts = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    best: Fields = max(texts, key=lambda one: len(one.get("value") or ""), default={})
    value = str(best.get("value") or "")[:_MOST_NOTES]
    if value.count("<") > _MOST_TAGS:  # nobody's notes: elements in elements cost whoever cleans them
        value = html.escape(_TAGS.sub(" ", value))
    if "<" in value:
        return value
    text = html.escape(value, quote=False) if best.get("type") == "text/plain" else value
    parts = text.replace("\r\n", "\n").split("\n\n")
    return "".join(f"<p>{part.strip().replace(chr(10), '<br>')}</p>" for part in parts if part.strip())


def _longest(fields: Fields, names: tuple[str, ...]) -> str:
    return max((str(fields.get(name) or "") for name in names), key=len)


def _moment(entry: Fields) -> int | None:
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        parsed = dict.get(entry, name)  # its own get would take one for another
        if parsed is not None:
            moment = calendar.timegm(parsed) * 1000
            return moment if 0 < moment < _LATEST_MS else None
    return None


def _image(fields: Fields, base: str) -> str | None:
    return _address(_attribute(fields.get("image"), "href"), base)


def _attribute(value: object, name: str) -> str | None:
    found = value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, str) else None


def _number(value: object) -> int | None:
    text = str(value or "").strip()
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else None


def _language(value: object) -> str | None:
    text = str(value or "").strip()
    return text if re.fullmatch(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}", text) else None


def _address(value: object, base: str) -> str | None:
    """An absolute web address, or ``None`` for what is none; whether it may be asked is judged when it is."""
    text = str(value or "").strip()
    if not text or len(text) > _MOST_ADDRESS or _UNSEEN.search(text) or " " in text:
        text = text.replace(" ", "%20")
        if not text or len(text) > _MOST_ADDRESS or _UNSEEN.search(text):
            return None
    try:
        absolute = urljoin(base, text)
        parts = urlsplit(absolute)
    except ValueError:
        return None
    return absolute if parts.scheme in ("http", "https") and parts.hostname and len(absolute) <= _MOST_ADDRESS else None
