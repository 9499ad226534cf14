"""What follows the name of a film in the names of its versions, its parts, its subtitles and its pictures."""

import re
from collections.abc import Collection

from media_library.services.file_naming.components import safe_component

_MOST_LABEL = 32
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_FLAGS = ("default", "forced", "sdh")
_SAME_FLAGS = {"foreign": "forced", "cc": "sdh", "hi": "sdh"}


def version_suffix(label: str) -> str:
    """`` - 1080p``: what tells the versions of a film apart, as Jellyfin and Plex read it."""
    return f" - {safe_component(label)[:_MOST_LABEL].rstrip('. ')}"


def part_suffix(number: int) -> str:
    """``-cd1``: the place of a file among the parts of a film."""
    return f"-cd{number}"


def subtitle_suffix(language: str | None, flags: Collection[str], extension: str) -> str:
    """``.en.forced.srt``: language and flags of subtitles beside a film; ``extension`` begins with its dot.

    "hi" as a flag is written as "sdh", for players take ".hi" for Hindi.
    """
    wanted = {_SAME_FLAGS.get(flag, flag) for flag in flags}
    marks = [flag for flag in _FLAGS if flag in wanted]
    if language is not None and language != "und" and _LANGUAGE.fullmatch(language):
        marks.insert(0, language)
    return "".join(f".{mark}" for mark in marks) + extension
