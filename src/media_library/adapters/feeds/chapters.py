"""Chapters as the podcast namespace writes them: a small JSON file beside the episode.

The format: https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md
"""

import msgspec

from media_library.models.media import Chapter

MOST_BYTES = 1024 * 1024
_MOST_CHAPTERS = 1000
_MOST_TITLE = 300
_LONGEST_SECONDS = 10 * 24 * 3600.0


class _Chapter(msgspec.Struct, rename="camel"):
    start_time: float
    end_time: float | None = None
    title: str | None = None
    toc: bool = True


class _Chapters(msgspec.Struct):
    chapters: list[_Chapter]


def read_chapters(content: bytes, duration_ms: int) -> tuple[Chapter, ...]:
    """The chapters in their order, within ``duration_ms``; none if the file is not understood."""
    try:
        said = msgspec.json.decode(content, type=_Chapters, strict=False).chapters
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ()
    listed = [one for one in said if one.toc and 0 <= one.start_time <= _LONGEST_SECONDS]
    ordered = sorted(listed, key=lambda one: one.start_time)[:_MOST_CHAPTERS]
    starts = [round(one.start_time * 1000) for one in ordered]
    found = []
    for number, (one, start) in enumerate(zip(ordered, starts, strict=True), 1):
        following = starts[number] if number < len(starts) else duration_ms
        end = following if one.end_time is None else min(round(min(one.end_time, _LONGEST_SECONDS) * 1000), duration_ms)
        if start < duration_ms and end > start:
            found.append(Chapter(_title(one.title) or f"Chapter {number}", start, min(end, duration_ms)))
    return tuple(found)


def _title(text: str | None) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text or "").split())[:_MOST_TITLE]
