"""Writes tags into music files: all of a file that the program made (``whole``), or some of a stranger's (a child).

What writes is imported where it is used, because mutagen takes room in a process that only answers.
"""

from media_library.adapters.audio_tags.change import WRITABLE, change_tags
from media_library.adapters.audio_tags.tags import Tags

__all__ = ["WRITABLE", "Tags", "change_tags"]
