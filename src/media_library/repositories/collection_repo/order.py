"""The order of a list that was read again: as its source says, and what the source dropped beside its old neighbour."""

from collections.abc import Iterable, Sequence


def merge_order(source: Sequence[str], known: Iterable[str], *, complete: bool) -> list[str]:
    """The keys of both, each once.

    What ``source`` no longer names follows what it followed before. If ``source`` is only the beginning of the list
    (not ``complete``), what has no such neighbour comes last instead of first.
    """
    named = set(source)
    followers: dict[str | None, list[str]] = {}
    neighbour: str | None = None
    for key in known:
        if key in named:
            neighbour = key
        else:
            followers.setdefault(neighbour, []).append(key)
    without = followers.get(None, [])
    merged = list(without) if complete else []
    for key in dict.fromkeys(source):
        merged.append(key)
        merged += followers.get(key, [])
    return merged if complete else merged + without
