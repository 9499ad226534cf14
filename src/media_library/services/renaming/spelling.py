"""Finds the folders that are only to be spelled otherwise: another case, another Unicode form of the same name."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePosixPath

from media_library.models.media import Media
from media_library.services.file_naming import name_key
from media_library.services.renaming.targets import Target


def spellings(
    base: str, found: Sequence[tuple[Media, Target | None]], items: Mapping[str, str], followers: Collection[str]
) -> dict[str, str]:
    """The new names of folders below ``base``, by their paths.

    Only of those all of whose ``items`` (paths, without the extras in ``followers``) are among ``found`` and want the
    same name: what somebody else keeps there would otherwise be torn from it where spellings are told apart.
    """
    wanted: dict[str, Counter[str]] = defaultdict(Counter)
    for media, target in found:
        if target is None or target.base != base or media.file is None:
            continue
        old = PurePosixPath(media.file.path).relative_to(base).parts[:-1]
        path = base
        for here, there in zip(old, target.place.path.parts[:-1], strict=False):
            if name_key(here) != name_key(there):
                break
            path = f"{path}/{here}"
            wanted[path][there] += 1
    changed = {path: next(iter(names)) for path, names in wanted.items() if len(names) == 1}
    changed = {path: name for path, name in changed.items() if name != path.rpartition("/")[2]}
    if not changed:
        return {}
    held: Counter[str] = Counter()
    for item in items:
        if item not in followers:
            held.update(str(parent) for parent in PurePosixPath(item).parents)
    return {path: name for path, name in changed.items() if wanted[path].total() == held[path]}
