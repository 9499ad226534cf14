"""Decides which videos of a list are fetched, and which stay."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from media_library.models.collection import Rules


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of a video when it is judged; ``None`` is not known yet."""

    title: str
    duration_ms: int | None = None
    published_at: int | None = None


def refusal(rules: Rules, video: Candidate) -> str | None:
    """Why a video is left out, in a few words; ``None`` if it is wanted, as far as can be told."""
    title = _folded(video.title)
    if rules.title_include and not any(word in title for word in _words(rules.title_include)):
        return "its title lacks what the rules ask for"
    if rules.title_exclude and any(word in title for word in _words(rules.title_exclude)):
        return "its title has what the rules exclude"
    if video.duration_ms is not None:
        seconds = video.duration_ms / 1000
        if rules.min_seconds is not None and seconds < rules.min_seconds:
            return "it is too short"
        if rules.max_seconds is not None and seconds > rules.max_seconds:
            return "it is too long"
    if rules.since is not None and video.published_at is not None and video.published_at < rules.since:
        return "it is too old"
    return None


def newest(entries: Iterable[tuple[str, int | None]], count: int) -> frozenset[str]:
    """The ids of the ``count`` newest of (id, published_at), which come in the order of their list.

    Where the dates are not all known, what stands first in the list is taken for the newest, as sites list them.
    """
    listed = list(entries)
    if all(published is not None for _, published in listed):
        listed.sort(key=lambda entry: -(entry[1] or 0))
    return frozenset(entry_id for entry_id, _ in listed[:count])


def _words(text: str) -> list[str]:
    """The words and phrases of a filter, which stand between commas or on lines of their own."""
    return [_folded(part) for part in re.split(r"[,\n]", text) if part.strip()]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
