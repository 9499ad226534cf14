"""Has photos and home videos read by a child process that can do nothing else."""

import logging
from pathlib import Path
from typing import Final, Literal

import msgspec

from media_library.adapters import process
from media_library.adapters.photo_facts.answer import Answer
from media_library.adapters.photo_facts.refusal import PhotoRefused
from media_library.adapters.sandbox import Sandbox, python_argv
from media_library.errors import ToolFailed, ToolStalled
from media_library.models.photo import PhotoFacts

log = logging.getLogger(__name__)

_CHILD: Final = "media_library.adapters.photo_facts.child"
_SECONDS = 60.0
_CPU_SECONDS = 45
_MEMORY_BYTES = 2 << 30
_PICTURE_BYTES = 64 << 20
_MOST_ANSWER_BYTES = 64 << 10
_DAMAGED = "This file is damaged, or reading it needs too much memory."


def read_photo(file: Path, target: Path, *, width: int) -> PhotoFacts:
    """Read a photo and write it to ``target`` at most ``width`` pixels wide, upright and without metadata.

    It becomes a JPEG if ``target`` ends in ".jpg", no higher than ``width`` either, else WebP. The folder of ``target``
    is one for the child alone.
    Raises ``PhotoRefused`` with the reason.
    """
    found = _ask("photo", file, target, width)
    if not target.is_file() or target.is_symlink():
        raise PhotoRefused(_DAMAGED)
    return found


def read_video(file: Path) -> PhotoFacts:
    """Read when and where a home video was taken. Raises ``PhotoRefused``."""
    return _ask("video", file, None, 0)


def _ask(kind: Literal["photo", "video"], file: Path, target: Path | None, width: int) -> PhotoFacts:
    argv = python_argv(_CHILD, kind, file, target or "", str(width))
    bounds = Sandbox(
        read=(file,),
        write=() if target is None else (target.parent,),
        memory_bytes=_MEMORY_BYTES,
        cpu_seconds=_CPU_SECONDS,
        file_bytes=_PICTURE_BYTES,
    )
    try:
        finished = process.run(argv, timeout_seconds=_SECONDS, sandbox=bounds, max_output_bytes=_MOST_ANSWER_BYTES)
    except ToolStalled as error:
        raise PhotoRefused("Reading this file takes too long, so it is not shown.") from error
    except ToolFailed as error:
        raise PhotoRefused(_DAMAGED) from error
    if finished.code != 0:
        log.warning("The reader of %s ended with %d: %s", file.name, finished.code, finished.stderr.decode()[-500:])
        raise PhotoRefused(_DAMAGED)
    try:
        answer = msgspec.json.decode(finished.stdout, type=Answer)
    except msgspec.MsgspecError as error:
        raise PhotoRefused(_DAMAGED) from error
    if answer.found is None:
        raise PhotoRefused(answer.refused or _DAMAGED)
    return answer.found
