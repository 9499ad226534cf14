"""Gives every title of a disc its role and chooses those that are ripped."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from media_library.models.disc import DiscContent, DiscNames, DiscTitle, TitleRole
from media_library.models.drive import DiscKind
from media_library.services.title_selection.films import find_film
from media_library.services.title_selection.likeness import unique
from media_library.services.title_selection.shows import find_show, listed


@dataclass(frozen=True, slots=True)
class Selection:
    """What the disc holds, all its titles with role and choice, a question for a person, and the plan as a sentence."""

    content: DiscContent
    titles: tuple[DiscTitle, ...]
    review_reason: str | None
    plan: str

    @property
    def chosen(self) -> tuple[DiscTitle, ...]:
        """The titles to rip, in the order of the disc; empty if the disc holds nothing long enough."""
        return tuple(title for title in self.titles if title.chosen)


def select_titles(
    kind: DiscKind,
    titles: Sequence[DiscTitle],
    names: DiscNames,
    *,
    keep_extras: bool = False,
    minimum_ms: int = 0,
) -> Selection:
    """Decide for the scanned titles of a disc; ``names`` is what its label tells.

    Titles shorter than ``minimum_ms`` are listed but never chosen. A disc with nothing to rip has no chosen title.
    """
    if kind is DiscKind.AUDIO_CD:
        return _music(titles)
    long_enough = [title for title in titles if title.duration_ms >= max(1, minimum_ms)]
    if not long_enough:
        left = tuple(replace(title, role=TitleRole.EXTRA, chosen=False) for title in titles)
        return Selection(DiscContent.FILM, left, None, "There is no title long enough to be worth ripping.")
    different = unique(long_enough, plain_too=names.season is None)
    show = find_show(different, names)
    if show is None and len(different) < len(long_enough):
        show = find_show(long_enough, names)  # episodes of one length, which only their sum betrays
        if show is not None and show.play_alls:
            different = long_enough
        else:
            show = None
    if show is not None:
        roles = {title.index: TitleRole.EPISODE for title in show.episodes}
        roles |= {title.index: TitleRole.PLAY_ALL for title in show.play_alls}
        given = _cast(titles, roles, long_enough, different, keep_extras)
        return Selection(DiscContent.SHOW, given, show.review_reason, _show_plan(given, names))
    film = find_film(different)
    roles = {title.index: TitleRole.DECOY for title in film.decoys} | {film.feature.index: TitleRole.FEATURE}
    given = _cast(titles, roles, long_enough, different, keep_extras)
    return Selection(DiscContent.FILM, given, film.review_reason, _film_plan(film.feature, given))


def _music(titles: Sequence[DiscTitle]) -> Selection:
    tracks = tuple(replace(title, role=TitleRole.TRACK, chosen=True) for title in titles)
    return Selection(DiscContent.MUSIC, tracks, None, f"{_count(len(tracks), 'track')}.")


def _cast(
    titles: Sequence[DiscTitle],
    roles: dict[int, TitleRole],
    long_enough: Collection[DiscTitle],
    different: Collection[DiscTitle],
    keep_extras: bool,
) -> tuple[DiscTitle, ...]:
    """Give each title its role: one of ``roles``, a copy of another title is a decoy, the rest are extras."""
    wanted = {TitleRole.FEATURE, TitleRole.EPISODE} | ({TitleRole.EXTRA} if keep_extras else set())
    cast = []
    for title in titles:
        eligible = title in long_enough
        role = TitleRole.DECOY if eligible and title not in different else roles.get(title.index, TitleRole.EXTRA)
        cast.append(replace(title, role=role, chosen=eligible and role in wanted))
    return tuple(cast)


def _show_plan(titles: Sequence[DiscTitle], names: DiscNames) -> str:
    chosen = [title for title in titles if title.chosen and title.role is TitleRole.EPISODE]
    season = f" of season {names.season}" if names.season is not None else ""
    numbers = f"title{'s' if len(chosen) > 1 else ''} {listed(chosen)}"
    return f"{_count(len(chosen), 'episode')}{season}: {numbers}.{_rest(titles)}"


def _film_plan(feature: DiscTitle, titles: Sequence[DiscTitle]) -> str:
    return f"The film is title {feature.index} ({_length(feature.duration_ms)}).{_rest(titles)}"


def _rest(titles: Sequence[DiscTitle]) -> str:
    left = [title for title in titles if not title.chosen]
    extras = sum(title.chosen and title.role is TitleRole.EXTRA for title in titles)
    kept = f" {_count(extras, 'extra')} kept too." if extras else ""
    return kept + (f" {_count(len(left), 'other title')} left out." if left else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _length(milliseconds: int) -> str:
    seconds = round(milliseconds / 1000)
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {seconds % 60} s" if minutes else f"{seconds} s"
