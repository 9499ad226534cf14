"""Has single tags of a stranger's file changed by a child process that can touch nothing but that file."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from media_library.adapters import process
from media_library.adapters.sandbox import Sandbox, python_argv
from media_library.errors import ToolFailed

WRITABLE = frozenset({"flac", "opus", "ogg", "mp3", "m4a"})
"""The containers whose tags can be changed."""

_SECONDS = 300.0
_MOST_BYTES = 100_000


def change_tags(file: Path, container: str, values: Mapping[str, Sequence[str]]) -> None:
    """Change tags of ``file``, a copy that may be spoilt by it; all others stay.

    ``values`` have the names of Vorbis comments. Raises ``ToolFailed`` if the file is not what its container says, or
    cannot be written.
    """
    said = json.dumps({name: list(texts) for name, texts in values.items()})
    if len(said) > _MOST_BYTES:
        raise ToolFailed("The tags are too long to be written.")
    finished = process.run(
        python_argv("media_library.adapters.audio_tags.child", file, container, said),
        timeout_seconds=_SECONDS,
        sandbox=Sandbox(read=(file,), write=(file,), file_bytes=None, cpu_seconds=int(_SECONDS)),
        max_output_bytes=65_536,
    )
    if finished.code != 0:
        lines = tuple(finished.stderr.decode("utf-8", "replace").splitlines())
        raise ToolFailed("The tags cannot be written: the file is damaged, or not what its name says.", lines)
