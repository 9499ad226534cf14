"""The child process that looks into media files: a request a line in, an answer a line out, until its input ends."""

import errno
import hashlib
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path

import msgspec

from media_library.adapters.media_probe.music import MUSIC_SUFFIXES, read_music
from media_library.adapters.media_probe.request import ProbeRequest
from media_library.adapters.media_probe.streams import Unreadable, read_streams
from media_library.models.probed import Probed

READY = b"ready\n"
"""What is written before the first answer."""

_PIECE = 16_384
_EMPTY = "The file is empty. Copy it again."
_NO_FILE = "This is no regular file."


def answer(request: ProbeRequest) -> Probed:
    """Look into one file."""
    path = request.path
    try:
        facts = _facts(path)
    except FileNotFoundError:
        return Probed(is_gone=True, reason="The file is not there any more.")
    except OSError as error:
        if error.errno == errno.ELOOP:
            return Probed(reason=_NO_FILE)
        if isinstance(error, PermissionError):
            return Probed(reason="The file may not be read. Give the program the permission to read it.")
        return Probed(reason=f"The file cannot be read: {error.strerror}.")
    if facts.reason is not None:
        return facts
    try:
        found = _look_into(path, request.cover)
    except Unreadable as reason:
        return replace(facts, reason=str(reason))
    return replace(found, size_bytes=facts.size_bytes, mtime_ns=facts.mtime_ns, digest=facts.digest)


def _look_into(path: str, cover: str | None) -> Probed:
    if Path(path).suffix.lower() in MUSIC_SUFFIXES:
        music = read_music(path, cover)
        if music is not None and music.is_usable:
            return music
        if music is not None:  # tags that mutagen knows around a stream that it does not
            found = read_streams(path)
            return replace(found, tags=music.tags, has_cover=music.has_cover, cover=music.cover)
    return read_streams(path)


def _facts(path: str) -> Probed:
    """Size, time and digest of a file; a ``reason`` if it is none, or empty."""
    fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            return Probed(reason=_NO_FILE)
        size = status.st_size
        digest = hashlib.blake2b(size.to_bytes(8, "little"), digest_size=16)
        for start in sorted({0, max(0, size // 2 - _PIECE // 2), max(0, size - _PIECE)}):
            digest.update(os.pread(fd, _PIECE, start))
    finally:
        os.close(fd)
    return Probed(size, status.st_mtime_ns, digest.hexdigest(), reason=None if size else _EMPTY)


def main() -> int:
    """Answer until there is nothing more to be read."""
    out = sys.stdout.buffer
    requests = msgspec.json.Decoder(ProbeRequest)
    encoder = msgspec.json.Encoder()
    out.write(READY)
    out.flush()
    for line in sys.stdin.buffer:
        out.write(encoder.encode(answer(requests.decode(line))) + b"\n")
        out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
