"""Moves finished files, and folders as a whole, so that no crash loses them and nothing is ever overwritten."""

import errno
import fcntl
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from media_library.errors import StorageError

_F_FULLFSYNC = 51  # macOS: through the drive's own cache; fcntl.F_FULLFSYNC exists there only
_NO_HARD_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES})

_REASONS = {
    errno.ENOSPC: "its volume is full. Make room, then retry",
    errno.EDQUOT: "its quota is used up. Make room, then retry",
    errno.EROFS: "its volume is read-only. Check the drive, then retry",
    errno.EACCES: "the program may not write there. Check the permissions, then retry",
    errno.EPERM: "the program may not write there. Check the permissions, then retry",
}


def flush_file(file: Path) -> None:
    """Return only once the content of ``file`` is on the medium."""
    handle = os.open(file, os.O_RDONLY)
    try:
        if sys.platform == "darwin":
            try:
                fcntl.fcntl(handle, _F_FULLFSYNC)
                return
            except OSError:  # a network volume knows only the ordinary way
                pass
        os.fsync(handle)
    finally:
        os.close(handle)


def flush(path: Path) -> None:
    """Return only once a file, or a folder with all that is in it, is on the medium."""
    if not path.is_dir():
        flush_file(path)
        return
    for inner in sorted(path.iterdir()):
        flush(inner)
    flush_folder(path)


def flush_folder(folder: Path) -> None:
    """Return only once the names in ``folder`` are on the medium, as far as its file system can promise that."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EOPNOTSUPP, errno.EBADF):
            raise
    finally:
        os.close(handle)


def make_folders(folder: Path, below: Path) -> list[Path]:
    """Create ``folder`` and what is missing between it and ``below``, so that a crash does not lose them.

    Returns those that it created, the innermost first.
    """
    missing = [part for part in (folder, *folder.parents) if below in part.parents and not part.exists()]
    created: list[Path] = []
    try:
        for part in reversed(missing):
            part.mkdir(exist_ok=True)
            created.insert(0, part)
            flush_folder(part.parent)
    except OSError:
        remove_empty(created)
        raise
    return created


def remove_empty(folders: Iterable[Path]) -> None:
    """Take back folders of ``make_folders`` into which nothing came; whatever is in one keeps it."""
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:
            return


def move(source: Path, target: Path) -> None:
    """Give ``source`` the name ``target`` on the same volume; raises ``FileExistsError`` instead of overwriting.

    A hard link is made only if the name is free. Where a file system has none, an empty file takes the name first; for
    a folder an empty folder does, in whose place the full one then comes. Where a file system takes both names for one,
    only the spelling changes.
    """
    if _is_same_place(source, target):
        return
    if is_other_spelling(source, target):
        source.rename(target)
        flush_folder(target.parent)
        return
    if source.is_dir():
        _move_folder(source, target)
        return
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        source.replace(target)
    else:
        source.unlink()
    flush_folder(target.parent)


def double(source: Path, target: Path) -> None:
    """Let a file be at ``target`` too, on the medium: under a second name, or as a copy where that is impossible."""
    target.unlink(missing_ok=True)
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS | {errno.EXDEV}:
            raise
        try:
            shutil.copyfile(source, target, follow_symlinks=False)
            flush_file(target)
        except OSError:
            target.unlink(missing_ok=True)
            raise
    flush_folder(target.parent)


def bring(source: Path, target: Path) -> None:
    """Move a file, also from another volume; raises ``FileExistsError`` instead of overwriting."""
    try:
        move(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        part = target.with_name(f".{target.name}.part")
        double(source, part)
        try:
            move(part, target)
        finally:
            part.unlink(missing_ok=True)
        source.unlink()


def finish_move(source: Path, target: Path) -> None:
    """Bring a move to its end that may have been broken off anywhere, or not even begun, or be complete.

    Raises ``FileNotFoundError`` if the file is at neither place and ``FileExistsError`` if something else has the name.
    """
    if not os.path.lexists(source):
        if not os.path.lexists(target):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(source))
        return
    if _is_same_place(source, target):
        return
    if os.path.lexists(target) and not is_other_spelling(source, target):
        if os.path.samestat(source.lstat(), target.lstat()):
            if _is_listed(target) and _is_listed(source):
                source.unlink()  # the second name was made, the first one not yet taken away
                flush_folder(source.parent)
            return
        free_name(target)
    move(source, target)


def respell_folders(folder: Path, below: Path) -> None:
    """Give the folders between ``below`` and ``folder`` that are there the spelling that they have in that path.

    Only where a file system takes their names for the same anyway; elsewhere these are other folders.
    """
    for part in [part for part in (folder, *folder.parents) if below in part.parents][::-1]:
        if not part.is_dir() or _is_listed(part):
            continue
        there = next((other for other in part.parent.iterdir() if other.is_dir() and other.samefile(part)), None)
        if there is not None and not there.is_symlink():
            there.rename(part)
            flush_folder(part.parent)


def is_other_spelling(source: Path, target: Path) -> bool:
    """Whether a file system that does not tell case or Unicode forms apart takes ``target`` for ``source``.

    Two names of one file in a folder that lists them both are hard links, and not that.
    """
    try:
        is_same = os.path.samestat(source.lstat(), target.lstat()) and source.parent.samefile(target.parent)
    except OSError:
        return False
    return is_same and source.name != target.name and not _is_listed(target)


def _is_same_place(source: Path, target: Path) -> bool:
    """Whether two paths lead to one name, by folders that are spelled differently."""
    if source.name != target.name or not os.path.lexists(source):
        return False
    try:
        return source.parent.samefile(target.parent)
    except FileNotFoundError:
        return False


def _is_listed(path: Path) -> bool:
    """Whether the folder holds the very name, letter by letter."""
    return any(other.name == path.name for other in path.parent.iterdir())


def exchange(old: Path, new: Path, kept: Path) -> None:
    """Let ``new`` take the place of ``old``, which is kept as ``kept``; at every moment one of them is there.

    Where a file system has no hard links, and for folders, there is a short moment without.
    """
    if old.is_dir():
        _move_folder(old, kept)
        _move_folder(new, old)
        return
    try:
        os.link(old, kept, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        old.rename(kept)
        move(new, old)
    else:
        new.replace(old)
        flush_folder(old.parent)
    flush_folder(kept.parent)


def remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it, for good; nothing happens if it is gone."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def free_name(path: Path) -> None:
    """Take away the empty file or folder by which a move that a crash broke off had kept a name."""
    if path.is_dir() and not path.is_symlink():
        remove_empty([path])
    elif path.is_file() and path.stat().st_size == 0:
        path.unlink()


def storage_error(error: OSError) -> StorageError:
    """An error of the file system below the media folder, in words."""
    reason = _REASONS.get(error.errno or 0, f"{error.strerror}. Check the drive, then retry")
    return StorageError(f"The media folder cannot be written: {reason}.")


def _move_folder(source: Path, target: Path) -> None:
    target.mkdir()
    try:
        source.rename(target)
    except OSError:
        remove_empty([target])
        raise
    flush_folder(target.parent)
    flush_folder(source.parent)
