"""How alike two titles of a disc are: the same, the same work in another cut, or equally rich."""

from collections.abc import Sequence
from math import ceil

from media_library.models.disc import DiscTitle

_CHAPTER_TOLERANCE = 0.0001
_SHORTEST_TELLING_SHARE = 0.01
_SAME_WORK_LENGTHS = 0.7


def languages(title: DiscTitle) -> int:
    """How many languages one can hear the title in, commentaries aside."""
    return len({track.language for track in title.audio if not track.commentary})


def richness(title: DiscTitle) -> tuple[int, int, int]:
    """What a studio puts into the real thing and not into its copies: languages, chapters, subtitles."""
    return languages(title), len(title.chapters), len({track.language for track in title.subtitles})


def is_richer(title: DiscTitle, other: DiscTitle) -> bool:
    """Whether ``title`` has more of one thing and less of none."""
    pairs = list(zip(richness(title), richness(other), strict=True))
    return all(mine >= theirs for mine, theirs in pairs) and any(mine > theirs for mine, theirs in pairs)


def points(title: DiscTitle, rivals: Sequence[DiscTitle]) -> int:
    """How much speaks for ``title`` among ``rivals``: the disc's own menu counts 3, each kind of richness 1 or 2."""
    score = 3 if title.is_main_feature else 0
    for worth, (mine, theirs) in zip((2, 2, 1), _compared(title, rivals), strict=True):
        if mine == max(theirs) and mine > min(theirs):
            score += worth
    return score


def best(titles: Sequence[DiscTitle]) -> DiscTitle:
    """The title for which most speaks; among equals the longest, then the first on the disc."""
    return max(titles, key=lambda title: (points(title, titles), title.duration_ms, -title.index))


def unique(titles: Sequence[DiscTitle], *, plain_too: bool) -> list[DiscTitle]:
    """One title of each set of equal ones (length and chapters to the millisecond), in the order of the disc.

    Titles without chapters have nothing but their length in common; ``plain_too`` takes them for equal as well.
    """
    groups: dict[tuple[int, ...], list[DiscTitle]] = {}
    for title in titles:
        telling = title.chapters if len(title.chapters) > 1 else () if plain_too else (-title.index,)
        groups.setdefault((title.duration_ms, *telling), []).append(title)
    return sorted((best(group) for group in groups.values()), key=lambda title: title.index)


def is_same_work(title: DiscTitle, other: DiscTitle) -> bool:
    """Whether two titles share most of their chapters, in any order: two cuts of a film, or a shuffled decoy.

    Episodes may share opening and credits of exactly the same length, which is why two common chapters prove nothing.
    """
    if min(title.duration_ms, other.duration_ms) < _SAME_WORK_LENGTHS * max(title.duration_ms, other.duration_ms):
        return False
    longest = max(title.duration_ms, other.duration_ms)
    tolerance = max(1, round(_CHAPTER_TOLERANCE * longest))
    mine, theirs = (
        sorted(chapter for chapter in chapters if chapter > _SHORTEST_TELLING_SHARE * longest)
        for chapters in (title.chapters, other.chapters)
    )
    if len(mine) > 2 and mine[-2] - mine[1] <= tolerance:  # set by a machine every few minutes: they tell nothing
        return False
    return _common(mine, theirs, tolerance) >= max(3, ceil(0.5 * min(len(mine), len(theirs))))


def _common(mine: Sequence[int], theirs: Sequence[int], tolerance: int) -> int:
    found, left, right = 0, 0, 0
    while left < len(mine) and right < len(theirs):
        gap = mine[left] - theirs[right]
        if abs(gap) <= tolerance:
            found, left, right = found + 1, left + 1, right + 1
        elif gap < 0:
            left += 1
        else:
            right += 1
    return found


def _compared(title: DiscTitle, rivals: Sequence[DiscTitle]) -> list[tuple[int, list[int]]]:
    return [(mine, [richness(rival)[kind] for rival in rivals]) for kind, mine in enumerate(richness(title))]
