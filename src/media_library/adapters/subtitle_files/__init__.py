"""Subtitles as text, of whatever format and encoding, read into cues that are safe to show, and written as WebVTT."""

from media_library.adapters.subtitle_files.markup import plain_of
from media_library.adapters.subtitle_files.reading import MOST_BYTES, read_subtitles
from media_library.adapters.subtitle_files.webvtt import webvtt_of

__all__ = ["MOST_BYTES", "plain_of", "read_subtitles", "webvtt_of"]
