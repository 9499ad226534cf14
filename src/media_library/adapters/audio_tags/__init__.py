"""Writes tags into music files: all of a file that the program made, or some of one that somebody else made."""

from media_library.adapters.audio_tags.change import change_tags
from media_library.adapters.audio_tags.formats import WRITABLE
from media_library.adapters.audio_tags.whole import Tags, write_tags

__all__ = ["WRITABLE", "Tags", "change_tags", "write_tags"]
