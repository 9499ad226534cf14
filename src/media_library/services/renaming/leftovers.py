"""What is left in a folder all of whose items go elsewhere: pictures, texts, extras. It goes after them."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from media_library.models.rename import Move
from media_library.services.renaming.disk import Disk
from media_library.services.renaming.targets import is_extras_folder

_ALONG = frozenset(
    f".{suffix}"
    for suffix in (
        *("nfo", "xml", "opf", "json", "txt", "md", "url", "pdf", "plexmatch", "ignore", "nomedia"),
        *("jpg", "jpeg", "png", "webp", "gif", "tbn", "svg"),
        *("srt", "ass", "ssa", "sub", "idx", "vtt", "sup", "smi", "lrc", "elrc"),
        *("m3u", "m3u8", "cue", "log", "sfv", "md5", "ffp"),
        *("ds_store", "db", "ini"),
    )
)
_OF_SHOW = re.compile(
    r"(tvshow\.nfo|\.plexmatch|(poster|fanart|backdrop\d*|banner|logo|clearart|clearlogo|landscape|thumb|folder|show)"
    r"\.\w+|season.+-(poster|fanart|banner|landscape|thumb)\.\w+|theme\.\w+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moved:
    """The move of one item's own file; ``root`` is the new folder of its show, if it is an episode."""

    base: str
    old: str
    new: str
    root: str | None = None


def leftovers(
    disk: Disk, moved: Collection[Moved], taken: Collection[str], items: Mapping[str, str], followers: Collection[str]
) -> dict[str, list[Move]]:
    """The moves of what is left, by the old path of an item with which they go: the last of its folder.

    ``taken`` are the old paths of all that moves anyway; ``items`` are the ids of all items by their paths, of which
    ``followers`` are the extras, which stay with their film.
    """
    found: dict[str, list[Move]] = defaultdict(list)
    done = set(taken)
    for folder, (target, root, last) in _emptied(moved, items, followers).items():
        for name in disk.files(folder):
            path = f"{folder}/{name}"
            if path in done or path in items or not _goes_along(name):
                continue
            is_of_show = root is not None and target.startswith(f"{root}/") and _OF_SHOW.fullmatch(name)
            found[last].append(Move(path, f"{root if is_of_show else target}/{name}"))
            done.add(path)
        for name in disk.folders(folder):
            for move in _tree(disk, f"{folder}/{name}", f"{target}/{name}", items, followers):
                if move.old not in done:
                    found[last].append(move)
                    done.add(move.old)
    return found


def _emptied(
    moved: Collection[Moved], items: Mapping[str, str], followers: Collection[str]
) -> dict[str, tuple[str, str | None, str]]:
    """The folders that all their items leave for one and the same other: that, its show's, the last item."""
    targets: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
    counts: dict[str, int] = defaultdict(int)
    last: dict[str, str] = {}
    for one in moved:
        old, new = PurePosixPath(one.old), PurePosixPath(one.new)
        while str(old.parent) != one.base and str(new.parent) != one.base:
            old, new = old.parent, new.parent
            targets[str(old)].add((str(new), one.root))
        for folder in _between(one.old, one.base):
            counts[folder] += 1
            last[folder] = one.old
    held: dict[str, int] = defaultdict(int)
    for path in items:
        if path not in followers:
            for above in PurePosixPath(path).parents:
                held[str(above)] += 1
    found = {}
    for folder, wanted in sorted(targets.items()):
        roots = {root for _, root in wanted}
        root = next(iter(roots)) if len(roots) == 1 else None
        # the episodes of a flat folder go to many seasons of one show
        target = next(iter(wanted))[0] if len(wanted) == 1 else root
        if target is not None and target != folder and counts[folder] == held[folder]:
            found[folder] = (target, root, last[folder])
    return found


def _tree(disk: Disk, folder: str, target: str, items: Mapping[str, str], followers: Collection[str]) -> list[Move]:
    """All that is in a folder without items, if that is what belongs to films and shows."""
    below = disk.all_below(folder)
    if below is None:
        return []
    is_extras = is_extras_folder(PurePosixPath(folder).name)
    paths = {name: f"{folder}/{name}" for name in below}
    if any(path in items and path not in followers for path in paths.values()):
        return []
    if not is_extras and not all(_goes_along(PurePosixPath(name).name) for name in below):
        return []
    return [Move(path, f"{target}/{name}", items.get(path)) for name, path in paths.items()]


def _goes_along(name: str) -> bool:
    lower = name.lower()
    return PurePosixPath(lower).suffix in _ALONG or lower in _ALONG or lower.startswith("theme.")


def _between(path: str, base: str) -> Iterable[str]:
    for parent in PurePosixPath(path).parents:
        if str(parent) == base:
            return
        yield str(parent)
