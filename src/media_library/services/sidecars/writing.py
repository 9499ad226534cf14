"""Lays a file beside media so that it is there as a whole or not at all, and never in place of somebody else's."""

import logging
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from media_library.adapters import durable
from media_library.services.file_naming import name_key

log = logging.getLogger(__name__)

_MOST_BYTES = 32 << 20
_MARK = b"Written by Media Library"
_SOI = b"\xff\xd8"


def lay_beside(target: Path, content: bytes, is_ours: Callable[[bytes], bool], *, others: Iterable[str] = ()) -> bool:
    """Write a file unless it is there already; true if something was written.

    What is there under its name, in any spelling, is replaced only if it ``is_ours``. ``others`` are names of files
    that say the same to a player: where somebody else laid one of these, nothing is written. Raises ``OSError``.
    """
    there = {name_key(entry.name): entry for entry in target.parent.iterdir()}
    for name in others:
        rival = there.get(name_key(name))
        if rival is not None and rival.name != target.name and not _holds(rival, is_ours):
            return False
    present = there.get(name_key(target.name))
    if present is not None and (present.name != target.name or not _holds(present, is_ours)):
        return False
    if present is not None and _read(present) == content:
        return False
    partial = target.with_name(f".{target.name[:80]}.part")
    partial.unlink(missing_ok=True)
    try:
        with partial.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if present is None:
            durable.move(partial, target)
        else:
            partial.replace(target)
            durable.flush_folder(target.parent)
    except FileExistsError:
        log.info("%s came meanwhile; it stays as it is", target)
        return False
    finally:
        partial.unlink(missing_ok=True)
    return True


def take_away(target: Path, is_ours: Callable[[bytes], bool]) -> bool:
    """Remove a file that we laid there and that says what is not true any more; true if it was there."""
    if not _holds(target, is_ours):
        return False
    target.unlink()
    durable.flush_folder(target.parent)
    return True


def marked_picture(jpeg: bytes) -> bytes:
    """A JPEG with a comment by which we know it again; anything else as it is."""
    if not jpeg.startswith(_SOI):
        return jpeg
    at = len(_SOI)
    if jpeg[at : at + 2] == b"\xff\xe0":  # the JFIF header stays first
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    comment = b"\xff\xfe" + (len(_MARK) + 2).to_bytes(2) + _MARK
    return jpeg[:at] + comment + jpeg[at:]


def is_our_picture(content: bytes) -> bool:
    """Whether a picture has our comment."""
    return content.startswith(_SOI) and _MARK in content[:256]


def _holds(path: Path, is_ours: Callable[[bytes], bool]) -> bool:
    return not path.is_symlink() and path.is_file() and is_ours(_read(path))


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MOST_BYTES)
