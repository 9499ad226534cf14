"""Fixed facts of the program: its name, its version and limits that are not settings."""

from typing import Final

PROGRAM: Final = "Media Library"
VERSION: Final = "0.1.0"

APPLICATION_ID: Final = 0x4D4C4942
"""SQLite ``application_id`` of the state file: "MLIB" in ASCII."""

FINISHED_FRACTION: Final = 0.95
"""A media item counts as finished from this share of its duration on."""

CONTINUE_FROM_MS: Final = 5_000
"""Continue-watching lists an unfinished item once it was played past this position."""

MAX_JSON_BYTES: Final = 64 * 1024
"""Largest JSON body that a request may carry."""

MAX_ATTEMPTS: Final = 3
"""A job that took its worker down this many times is quarantined as failed."""

LEASE_SECONDS: Final = 60
"""How long a claimed job stays with a worker that does not report."""

STAGING_FOLDER: Final = ".media-library"
"""Folder below ``MEDIA_ROOT`` that holds the root's identity, unfinished files and the bin."""

SERVICE_CACHE: Final = "services"
"""Folder in the data directory with what web services answered, and the pace at which they are asked."""

VIDEO_TYPES: Final = {
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".mkv": "video/x-matroska",
    ".webm": "video/webm",
}
AUDIO_TYPES: Final = {
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".opus": "audio/ogg",
    ".ogg": "audio/ogg",
}
BOOK_TYPES: Final = {
    ".epub": "application/epub+zip",
    ".pdf": "application/pdf",
    ".cbz": "application/vnd.comicbook+zip",
}
MIME_TYPES: Final = {**VIDEO_TYPES, **AUDIO_TYPES, **BOOK_TYPES}
"""Content types that are served, by the suffix that the program itself gave the file."""
