"""A part of the collection with a folder of its own, such as the films."""

from dataclasses import dataclass
from enum import StrEnum


class LibraryKind(StrEnum):
    """What a library holds."""

    MOVIES = "movies"
    SHOWS = "shows"
    MUSIC = "music"
    VIDEOS = "videos"
    PODCASTS = "podcasts"
    ARTICLES = "articles"
    BOOKS = "books"


@dataclass(frozen=True, slots=True)
class Library:
    """A library; ``folder`` is relative to ``MEDIA_ROOT``."""

    id: str
    kind: LibraryKind
    name: str
    folder: str
