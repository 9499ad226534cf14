"""Small files that only the program's own user may read: the secret key, the setup token."""

import os
import secrets
import stat
from pathlib import Path

from media_library.errors import StartError

_MAX_BYTES = 4096


def read_private(path: Path) -> str | None:
    """The stripped text of a private file, ``None`` if there is none.

    Raises ``StartError`` if it cannot be read, is not a regular file, or other users of the machine could read it.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StartError(f"{path} cannot be read: {error.strerror}. The program's user must own it.") from error
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise StartError(f"{path} is not a file, which it must be.")
        if status.st_mode & 0o077:
            raise StartError(
                f"{path} can be read by other users of this machine. Type: chmod 600 '{path}'. If one of them may have"
                " read it, put a new one in its place first, made by: openssl rand -hex 32"
            )
        content = file.read(_MAX_BYTES)
    try:
        return content.decode("ascii").strip()
    except UnicodeDecodeError as error:
        raise StartError(f"{path} is damaged. Put it back from a backup.") from error


def write_private(path: Path, text: str, *, replace: bool) -> None:
    """Write a file with mode 0600, all or nothing, and put it to disk.

    Without ``replace`` a file that is already there stays as it is. Raises ``StartError``.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                os.fchmod(descriptor, 0o600)
                file.write(text + "\n")
                file.flush()
                os.fsync(descriptor)
            if replace:
                draft.replace(path)
            else:
                _link(draft, path)
        finally:
            draft.unlink(missing_ok=True)
        _sync_folder(path.parent)
    except OSError as error:
        raise StartError(f"{path} cannot be written: {error.strerror}.") from error


def _link(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # somebody was faster; theirs counts


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
