"""The process of its own in which photos and home videos are read: ``child KIND FILE TARGET WIDTH``, JSON out."""

import sys
from pathlib import Path

import msgspec

from media_library.adapters.photo_facts.answer import Answer
from media_library.adapters.photo_facts.refusal import PhotoRefused


def answer(kind: str, file: Path, target: Path, width: int) -> Answer:
    """Read a "photo", writing its picture, or a "video"."""
    try:
        if kind == "video":
            from media_library.adapters.photo_facts.video import read_video  # each needs a heavy library of its own

            return Answer(found=read_video(file))
        from media_library.adapters.photo_facts.photo import read_photo

        return Answer(found=read_photo(file, target, width))
    except PhotoRefused as refusal:
        return Answer(refused=str(refusal))


if __name__ == "__main__":
    _kind, _file, _target, _width = sys.argv[1:]
    sys.stdout.buffer.write(msgspec.json.encode(answer(_kind, Path(_file), Path(_target), int(_width))))
