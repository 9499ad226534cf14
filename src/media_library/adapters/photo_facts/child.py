"""The process of its own in which photos and home videos are read.

``child KIND FILE TARGET WIDTH`` reads one; without arguments it answers a request a line until its input ends.
"""

import importlib
import os
import sys
from pathlib import Path

import msgspec

from media_library.adapters.photo_facts.answer import READY, Answer, PhotoRequest
from media_library.adapters.photo_facts.refusal import PhotoRefused


def answer(kind: str, file: Path, target: Path, width: int) -> Answer:
    """Read a "photo", writing its picture, or a "video"."""
    try:
        if kind == "video":
            from media_library.adapters.photo_facts.video import read_video  # each needs a heavy library of its own

            return Answer(found=read_video(file))
        from media_library.adapters.photo_facts.photo import read_photo

        found, made = read_photo(file, target, width)
        return Answer(found=found, made=made)
    except PhotoRefused as refusal:
        return Answer(refused=str(refusal))


def answer_all() -> None:
    """Read photos until there is nothing more to be read."""
    importlib.import_module("media_library.adapters.photo_facts.photo")  # before the time of the first file begins
    out = sys.stdout.buffer
    requests = msgspec.json.Decoder(PhotoRequest)
    encoder = msgspec.json.Encoder()
    out.write(READY + b"\n")
    out.flush()
    for line in sys.stdin.buffer:
        asked = requests.decode(line)
        file, target = Path(os.fsdecode(asked.file)), Path(os.fsdecode(asked.target))
        try:
            said = answer("photo", file, target, asked.width)
        except OSError as error:
            said = Answer(refused=f"The file cannot be read: {error.strerror}.")
        said.number = asked.number
        out.write(encoder.encode(said) + b"\n")
        out.flush()


if __name__ == "__main__":
    if sys.argv[1:]:
        _kind, _file, _target, _width = sys.argv[1:]
        sys.stdout.buffer.write(msgspec.json.encode(answer(_kind, Path(_file), Path(_target), int(_width))))
    else:
        answer_all()
