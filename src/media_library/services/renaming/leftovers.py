"""What is left in a folder all of whose items go elsewhere: pictures, texts, extras. It goes after them."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from media_library.models.rename import Move
from media_library.services.file_roles.folder_names import extra_suffix, is_sample_name
from media_library.services.name_reading.folders import season_of
from media_library.services.name_reading.vocabulary import VIDEO_SUFFIXES
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

_DISC = re.compile(r"(?:cd|dis[ck]|dvd)[ ._-]?\d{1,3}\b.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moved:
    """The move of one item's own file; ``root`` is the new folder of its show, if it is an episode."""

    base: str
    old: str
    new: str
    root: str | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What lies around what moves: the ids of ``items`` by their paths, of which ``followers`` are the extras, which
    stay with their film; ``is_known`` tells whether that are all items of a folder.
    """

    items: Mapping[str, str]
    followers: Collection[str]
    is_known: Callable[[str], bool]


def leftovers(disk: Disk, moved: Collection[Moved], taken: Collection[str], around: Around) -> dict[str, list[Move]]:
    """The moves of what is left, by the old path of an item with which they go: the last of its folder.

    ``taken`` are the old paths of all that moves anyway.
    """
    items, followers = around.items, around.followers
    found: dict[str, list[Move]] = defaultdict(list)
    done = set(taken)
    for folder, (target, root, last) in _emptied(moved, around).items():
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


def _emptied(moved: Collection[Moved], around: Around) -> dict[str, tuple[str, str | None, str]]:
    """The folders that all their items leave for one and the same other: that, its show's, the last item.

    The innermost come first, for what lies there has the first right to a name.
    """
    targets: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
    counts: dict[str, int] = defaultdict(int)
    last: dict[str, str] = {}
    for one in moved:
        for folder, instead in _paired(one):
            targets[folder].add((instead, one.root))
        for folder in _between(one.old, one.base):
            counts[folder] += 1
            last[folder] = one.old
    held: dict[str, int] = defaultdict(int)
    for path in around.items:
        if path not in around.followers:
            for above in PurePosixPath(path).parents:
                held[str(above)] += 1
    found = {}
    for folder, wanted in sorted(targets.items(), key=lambda one: (-one[0].count("/"), one[0])):
        roots = {root for _, root in wanted}
        root = next(iter(roots)) if len(roots) == 1 else None
        # the episodes of a flat folder go to many seasons of one show
        target: str | None = next(iter(wanted))[0] if len(wanted) == 1 else root
        is_left = counts[folder] == held[folder] and around.is_known(folder)
        if target is not None and target != folder and is_left:
            found[folder] = (target, root, last[folder])
    return found


def _paired(one: Moved) -> Iterator[tuple[str, str]]:
    """The folders in which an item lies, and for each the one that takes its place, the innermost first.

    Where only one of the two sides has folders of seasons or discs, these stand for what is around them. What lies
    deeper than it will belongs to the outermost folder.
    """
    old, new = list(_between(one.old, one.base)), list(_between(one.new, one.base))
    if len(old) > 1 and new and _is_part(old[0]) and not _is_part(new[0]):
        new.insert(0, new[0])
    elif old and len(new) > 1 and _is_part(new[0]) and not _is_part(old[0]):
        del new[0]
    for at, folder in enumerate(old if new else ()):
        yield folder, new[min(at, len(new) - 1)]


def _is_part(folder: str) -> bool:
    name = PurePosixPath(folder).name
    return _DISC.fullmatch(name) is not None or season_of(name) is not None


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
    stem, suffix = PurePosixPath(lower).stem, PurePosixPath(lower).suffix
    if suffix[1:] in VIDEO_SUFFIXES:
        return is_sample_name(stem) or extra_suffix(stem) is not None
    return suffix in _ALONG or lower in _ALONG or lower.startswith("theme.")


def _between(path: str, base: str) -> Iterator[str]:
    for parent in PurePosixPath(path).parents:
        if str(parent) == base:
            return
        yield str(parent)
