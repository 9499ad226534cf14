"""What goes along with a file that gets another name: its versions, parts, subtitles, pictures, its .nfo."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from media_library.models.library_file import FileRole, LibraryFile
from media_library.models.rename import Move
from media_library.repositories.rename_repo import ExtraPath
from media_library.services.file_naming import part_suffix, subtitle_suffix, version_suffix
from media_library.services.file_roles.folder_names import EXTRA_SUFFIXES

_VIDEOS = frozenset({FileRole.VERSION, FileRole.PART})
_MARKS = (".", "-")


@dataclass(frozen=True, slots=True)
class Main:
    """A file and the path that it is to have, both in the library; ``plain`` is that path without label and suffix."""

    old: str
    new: str
    plain: str


def main_of(old: str, plain: str, files: Sequence[LibraryFile]) -> Main:
    """The path of a file that may be one of several parts or versions of a film."""
    own = next((file for file in files if file.path == old), None)
    suffix = PurePosixPath(old).suffix
    if any(file.role is FileRole.PART for file in files):
        number = own.position if own is not None and own.position is not None else 1
        return Main(old, f"{plain}{part_suffix(number)}{suffix}", plain)
    if own is not None and own.label and any(file.role is FileRole.VERSION for file in files):
        return Main(old, f"{plain}{version_suffix(own.label)}{suffix}", plain)
    return Main(old, f"{plain}{suffix}", plain)


def companions(
    main: Main,
    files: Sequence[LibraryFile],
    beginning: Callable[[str, str], Sequence[str]],
    is_item: Callable[[str], bool],
) -> list[Move]:
    """The files that are the item's own.

    ``files`` are those that a scan gave to the item, ``beginning`` tells the names in a folder that begin so, and
    ``is_item`` whether a path belongs to another item.
    """
    moves: dict[str, str] = {}
    stems = {_stem(main.old): _stem(main.new)}
    for file in files:
        if file.path != main.old and file.role in _VIDEOS and not is_item(file.path):
            mark = _mark_of(file, _stem(main.old))
            moves[file.path] = f"{main.plain}{mark}{PurePosixPath(file.path).suffix}"
            stems[_stem(file.path)] = _stem(moves[file.path])
    folder = _folder(main.old)
    for stem in sorted(stems, key=len, reverse=True):  # the longest name of a video that fits counts
        around, _, start = stem.rpartition("/")
        for name in beginning(around, start):
            path, rest = f"{around}/{name}", name.removeprefix(start)
            if rest.startswith(_MARKS) and path != main.old and path not in moves and not is_item(path):
                moves[path] = f"{stems[stem]}{rest}"
    for file in files:
        if file.role is FileRole.SUBTITLE and file.path not in moves and file.path.startswith(f"{folder}/"):
            marks = subtitle_suffix(file.language, file.flags, PurePosixPath(file.path).suffix.lower())
            new = f"{_stem(main.new)}{marks}"
            if new not in moves.values():
                moves[file.path] = new
    return [Move(old, new) for old, new in moves.items() if old != new]


def extras_along(
    main: Main,
    extras: Sequence[ExtraPath],
    beginning: Callable[[str, str], Sequence[str]],
    is_item: Callable[[str], bool],
    *,
    is_alone: bool,
) -> list[Move]:
    """The trailers and the like of a film, and what is called like these.

    They keep their places in its folder. Where a film ``is_alone`` in its new folder they keep their names too, else
    they get its name with their kind.
    """
    old_folder, new_folder = _folder(main.old), _folder(main.new)
    old_name, new_stem = _stem(main.old).rpartition("/")[2], _stem(main.new)
    moves: dict[str, Move] = {}
    taken: set[str] = set()
    for extra in extras:
        below = extra.path.removeprefix(f"{old_folder}/")
        if below == extra.path:
            continue
        rest = below.removeprefix(old_name)
        if "/" not in below and rest != below and rest.startswith(_MARKS):
            new = f"{new_stem}{rest}"
        elif is_alone:
            new = f"{new_folder}/{below}"
        else:
            new = _suffixed(new_stem, extra, taken)
        taken.add(new)
        moves[extra.path] = Move(extra.path, new, extra.media_id)
        around, _, start = _stem(extra.path).rpartition("/")
        for name in beginning(around, start):
            path, rest = f"{around}/{name}", name.removeprefix(start)
            if rest.startswith(_MARKS) and path != extra.path and path not in moves and not is_item(path):
                moves[path] = Move(path, f"{_stem(new)}{rest}")
    return [move for move in moves.values() if move.old != move.new]


def _suffixed(stem: str, extra: ExtraPath, taken: Collection[str]) -> str:
    kind = EXTRA_SUFFIXES.get(extra.kind, "extra")
    suffix = PurePosixPath(extra.path).suffix
    names = (f"{stem}-{kind}{number or ''}{suffix}" for number in (0, *range(2, 100)))
    return next((name for name in names if name not in taken), f"{stem}-{kind}{suffix}")


def _mark_of(file: LibraryFile, stem: str) -> str:
    if file.role is FileRole.PART:
        return part_suffix(file.position or 2)
    if file.label:
        return version_suffix(file.label)
    rest = _stem(file.path).removeprefix(stem).strip(" -._[]()")
    return version_suffix(rest or "2")


def _stem(path: str) -> str:
    return path.removesuffix(PurePosixPath(path).suffix)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
