"""Finds the episodes on a disc: several titles of similar length, perhaps with one that plays them all."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import median

from media_library.models.disc import DiscNames, DiscTitle
from media_library.services.title_selection.likeness import is_same_work, languages

# All of these are shares of a length on the same disc, never minutes.
_EPISODES_DIFFER = 1.5
_THREE_EPISODES_DIFFER = 1.3
_TWO_EPISODES_DIFFER = 1.15
_LABELLED_EPISODES_DIFFER = 1.6
_SUM_TOLERANCE = 0.06
_ENDS_AGREE = 0.005
_ENDS_DISAGREE = 0.015
_DOUBLE = (1.6, 2.4)
_OUTWEIGHS = 2.5
_SONGS = 12
_LONGEST_DISC_MS = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Show:
    """The episodes in the order of the disc and the titles that play several of them.

    ``is_proven`` if a title that plays them all has a chapter wherever one of three or more episodes ends.
    """

    episodes: tuple[DiscTitle, ...]
    play_alls: tuple[DiscTitle, ...] = ()
    review_reason: str | None = None
    is_proven: bool = False


def find_show(titles: Sequence[DiscTitle], names: DiscNames) -> Show | None:
    """The show on the disc, if it is one. ``titles`` are free of duplicates; a season in the names speaks for it."""
    candidates = [show for group in _clusters(titles, names) if (show := _judge(group, titles, names)) is not None]
    composed = {title.index for show in candidates for title in show.play_alls}
    candidates = [show for show in candidates if len(show.episodes) > 1 or show.episodes[0].index not in composed]
    if not candidates:
        return None
    return max(candidates, key=lambda show: (show.is_proven, sum(title.duration_ms for title in show.episodes)))


def _clusters(titles: Sequence[DiscTitle], names: DiscNames) -> list[list[DiscTitle]]:
    """Every run of titles of similar length, the largest for each shortest member."""
    widest = _LABELLED_EPISODES_DIFFER if names.season is not None else _EPISODES_DIFFER
    ordered = sorted(titles, key=lambda title: title.duration_ms)
    groups = []
    for place, shortest in enumerate(ordered):
        group = [title for title in ordered[place:] if title.duration_ms <= widest * shortest.duration_ms]
        if group:
            groups.append(sorted(group, key=lambda title: title.index))
    return groups


def _judge(group: list[DiscTitle], titles: Sequence[DiscTitle], names: DiscNames) -> Show | None:
    labelled = names.season is not None
    members = {title.index for title in group}
    outside = [title for title in titles if title.index not in members and title.duration_ms > _shortest(group)]
    play_alls = [title for title in outside if len(group) > 1 and _plays_all(title, group, outside)]
    rest = [title for title in outside if title not in play_alls]
    doubles = [title for title in rest if _is_double(title, group, labelled=labelled)]
    if len(doubles) > max(1, len(group) // 3):
        doubles = []
    rest = [title for title in rest if title not in doubles]
    episodes = sorted([*group, *doubles], key=lambda title: title.index)
    total = sum(title.duration_ms for title in episodes)
    longest_other = max((title.duration_ms for title in rest), default=0)
    if longest_other > total / (1.0 if labelled else _OUTWEIGHS) and longest_other > _EPISODES_DIFFER * _longest(group):
        return None
    if labelled:
        proven = _is_proven(episodes, play_alls)
        return Show(tuple(episodes), tuple(play_alls), is_proven=proven) if not _is_one_work(group) else None
    if play_alls:
        return _with_play_all(episodes, play_alls)
    return _alone(episodes, group, names, total)


def _with_play_all(episodes: list[DiscTitle], play_alls: list[DiscTitle]) -> Show | None:
    if len(episodes) > _SONGS:  # a concert and its songs look the same; the whole is never wrong there
        return None
    agree = any(_ends_agree(title, episodes, _ENDS_AGREE) for title in play_alls)
    reason = (
        None
        if agree or len(episodes) > 2
        else (
            f"Titles {listed(episodes)} together are as long as title {play_alls[0].index}: "
            "two episodes, or one film in two parts."
        )
    )
    return Show(tuple(episodes), tuple(play_alls), reason, _is_proven(episodes, play_alls))


def _is_proven(episodes: Sequence[DiscTitle], play_alls: Sequence[DiscTitle]) -> bool:
    return len(episodes) > 2 and any(_ends_agree(title, episodes, _ENDS_AGREE) for title in play_alls)


def _alone(episodes: list[DiscTitle], group: list[DiscTitle], names: DiscNames, total: int) -> Show | None:
    """Episodes of which neither a label nor a title that plays them all tells."""
    if total > _LONGEST_DISC_MS or _is_one_work(group) or _stands_out(group):
        return None
    spread = _longest(group) / _shortest(group)
    if len(group) == 2 and names.disc_number is not None and spread <= _TWO_EPISODES_DIFFER:
        reason = f"Titles {listed(episodes)} are of similar length: two episodes, or two versions of a film."
        return Show(tuple(episodes), (), reason)
    if len(group) < 3 or (len(group) == 3 and spread > _THREE_EPISODES_DIFFER):
        return None
    return Show(tuple(episodes))


def _plays_all(title: DiscTitle, group: Sequence[DiscTitle], outside: Sequence[DiscTitle]) -> bool:
    """Whether a title is as long as all episodes together, with or without the double-length ones."""
    if title.duration_ms <= _EPISODES_DIFFER * _longest(group) or _speaks_more(title, group):
        return False
    total = sum(member.duration_ms for member in group)
    shorter = [other for other in outside if other.duration_ms < title.duration_ms and _is_double(other, group)]
    with_doubles = total + sum(other.duration_ms for other in shorter)
    for whole, parts in ((total, list(group)), (with_doubles, [*group, *shorter])):
        if abs(title.duration_ms - whole) <= _SUM_TOLERANCE * whole:
            return not _ends_disagree(title, sorted(parts, key=lambda part: part.index))
    return False


def _ends_agree(title: DiscTitle, parts: Sequence[DiscTitle], share: float) -> bool:
    """Whether the chapters of a title break where its parts end, however much of their credits is cut."""
    breaks = list(accumulate(title.chapters))
    shortened = title.duration_ms / sum(part.duration_ms for part in parts)
    ends = list(accumulate(part.duration_ms * shortened for part in parts))[:-1]
    tolerance = share * title.duration_ms
    return bool(breaks) and all(min(abs(mark - end) for mark in breaks) <= tolerance for end in ends)


def _ends_disagree(title: DiscTitle, parts: Sequence[DiscTitle]) -> bool:
    """Whether the chapters prove that a title is not made of these parts: enough of them, which break elsewhere."""
    return len(title.chapters) >= len(parts) and not _ends_agree(title, parts, _ENDS_DISAGREE)


def _is_double(title: DiscTitle, group: Sequence[DiscTitle], *, labelled: bool = False) -> bool:
    """A pilot or a finale of twice the length."""
    low, high = (share * median(member.duration_ms for member in group) for share in _DOUBLE)
    many_enough = len(group) >= (2 if labelled else 3)
    return many_enough and low <= title.duration_ms <= high and not _speaks_more(title, group)


def _speaks_more(title: DiscTitle, group: Sequence[DiscTitle]) -> bool:
    """Whether a title has more languages than the others: what was dubbed is not made of what was not."""
    return languages(title) > max(languages(member) for member in group)


def _is_one_work(group: Sequence[DiscTitle]) -> bool:
    """Whether most titles of a group are versions of the first one."""
    versions = sum(is_same_work(group[0], title) for title in group[1:])
    return len(group) > 1 and versions >= 0.5 * (len(group) - 1)


def _stands_out(group: Sequence[DiscTitle]) -> bool:
    """Whether one of several similar titles is the film and the others are decoys or documentaries.

    Episodes of one disc have the same languages.
    """
    by_languages = sorted(group, key=lambda title: (languages(title), len(title.chapters)), reverse=True)
    first, others = by_languages[0], by_languages[1:]
    if not others or languages(first) == languages(others[0]):
        return False
    most_chapters = all(len(first.chapters) > len(other.chapters) for other in others)
    return most_chapters or first.duration_ms == _longest(group)


def listed(titles: Sequence[DiscTitle]) -> str:
    """The numbers of titles as a person writes them: "2, 3 and 4"."""
    numbers = [str(title.index) for title in titles]
    return " and ".join([", ".join(numbers[:-1]), numbers[-1]]) if len(numbers) > 1 else "".join(numbers)


def _longest(titles: Sequence[DiscTitle]) -> int:
    return max(title.duration_ms for title in titles)


def _shortest(titles: Sequence[DiscTitle]) -> int:
    return min(title.duration_ms for title in titles)
