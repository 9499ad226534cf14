"""Makes of a plan what a person wants instead: other titles, or another kind of disc."""

from dataclasses import replace

from media_library.models.disc import Disc, DiscContent, DiscTitle, TitleRole
from media_library.ripper.order import RipPlan

_LEAST_EPISODE = 1 / 3
"""Beside the longest title, what is shorter than this share of it is an extra, no episode."""

_SET_ASIDE = frozenset({TitleRole.PLAY_ALL, TitleRole.DECOY})


def as_said(plan: RipPlan, disc: Disc, numbers: tuple[int, ...]) -> RipPlan:
    """The plan with the titles numbered by a person (none = as planned), taken for what they say the disc is."""
    if numbers:
        plan = RipPlan(plan.content, tuple(replace(title, chosen=title.index in numbers) for title in plan.titles))
    said = disc.content if disc.names.by_hand else None
    if said is DiscContent.SHOW and plan.content is DiscContent.FILM:
        return _as_show(plan, by_number=bool(numbers))
    if said is DiscContent.FILM and plan.content is DiscContent.SHOW:
        return _as_film(plan, by_number=bool(numbers))
    if plan.content is DiscContent.FILM and all(title.role is not TitleRole.FEATURE for title in plan.chosen):
        return _with_longest_as_film(plan)
    return plan


def _as_show(plan: RipPlan, *, by_number: bool) -> RipPlan:
    """Every chosen title is an episode; if none were chosen, all that are not much shorter than the longest."""
    least = _LEAST_EPISODE * max((title.duration_ms for title in plan.titles), default=0)

    def cast(title: DiscTitle) -> DiscTitle:
        wanted = title.chosen if by_number else title.role not in _SET_ASIDE and title.duration_ms >= least
        return replace(title, chosen=wanted, role=TitleRole.EPISODE if wanted else _aside(title))

    return RipPlan(DiscContent.SHOW, tuple(cast(title) for title in plan.titles))


def _as_film(plan: RipPlan, *, by_number: bool) -> RipPlan:
    """The longest of the chosen titles is the film; if none were chosen, the longest of the disc, and only that."""
    longest = max(plan.chosen if by_number else plan.titles, key=lambda title: title.duration_ms, default=None)
    titles = tuple(
        replace(title, role=TitleRole.EXTRA, chosen=title.chosen if by_number else title == longest)
        for title in plan.titles
    )
    return _with_longest_as_film(RipPlan(DiscContent.FILM, titles))


def _with_longest_as_film(plan: RipPlan) -> RipPlan:
    film = max(plan.chosen, key=lambda title: title.duration_ms, default=None)

    def cast(title: DiscTitle) -> DiscTitle:
        if title == film:
            return replace(title, role=TitleRole.FEATURE)
        return replace(title, role=TitleRole.EXTRA) if title.role is TitleRole.FEATURE else title

    return plan if film is None else RipPlan(plan.content, tuple(cast(title) for title in plan.titles))


def _aside(title: DiscTitle) -> TitleRole:
    return title.role if title.role in _SET_ASIDE else TitleRole.EXTRA
