"""Has the file of a book read by a child process that can do nothing else."""

import logging
from pathlib import Path

import msgspec

from media_library.adapters import process
from media_library.adapters.book_files.answer import Answer
from media_library.adapters.book_files.refusal import BookRefused
from media_library.adapters.sandbox import Sandbox, python_argv
from media_library.errors import ToolStalled
from media_library.models.book import BookFile
from media_library.models.tool import ToolRun

log = logging.getLogger(__name__)

_SECONDS = 120.0
_CPU_SECONDS = 90
_MEMORY_BYTES = 1 << 30
_COVER_BYTES = 64 << 20
_MOST_ANSWER_BYTES = 16 << 20
_COVER = "cover"


def reading(file: Path, folder: Path) -> ToolRun[BookFile]:
    """Read ``file``; its cover, as the file has it, becomes ``folder / BookFile.cover``.

    ``folder`` is an empty one for the child alone. Raises ``BookRefused`` with what is wrong with the file.
    """
    argv = python_argv("media_library.adapters.book_files.parse", file, folder / _COVER)
    bounds = Sandbox(
        read=(file,),
        write=(folder,),
        memory_bytes=_MEMORY_BYTES,
        cpu_seconds=_CPU_SECONDS,
        file_bytes=_COVER_BYTES,
    )
    try:
        finished = yield from process.running(
            argv, timeout_seconds=_SECONDS, sandbox=bounds, max_output_bytes=_MOST_ANSWER_BYTES
        )
    except ToolStalled as error:
        raise BookRefused("Reading this file takes too long. It is not a book to trust.") from error
    if finished.code != 0:
        log.warning("The reader of %s ended with %d: %s", file.name, finished.code, finished.stderr.decode()[-2000:])
        raise BookRefused("This file cannot be read as a book: it is damaged, or reading it needs too much memory.")
    try:
        answer = msgspec.json.decode(finished.stdout, type=Answer)
    except msgspec.MsgspecError as error:
        raise BookRefused("This file cannot be read as a book.") from error
    if answer.found is None:
        raise BookRefused(answer.refused or "This file cannot be read as a book.")
    return answer.found
