"""Numbers the episodes of a disc after those of the discs before it."""

from dataclasses import dataclass
from typing import Protocol

from media_library.models.disc import Disc, DiscTitle, TitleRole
from media_library.models.media import Media, MediaType


class KnownDiscs(Protocol):
    """What is remembered of the other discs of a show."""

    def discs_of_show(self, title: str, season: int) -> list[Disc]:
        """The ripped discs of one season of a show."""

    def media_of_disc(self, disc_id: str) -> list[Media]:
        """What came from a disc."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """The season, the number of the first episode of the disc, and why somebody should look at it."""

    season: int
    first: int
    review_reason: str | None = None

    def number(self, title: DiscTitle, titles: tuple[DiscTitle, ...]) -> int:
        """The number of an episode: its place among the episodes of the disc, chosen or not."""
        episodes = [other.index for other in titles if other.role is TitleRole.EPISODE]
        return self.first + episodes.index(title.index)


def number_episodes(disc: Disc, titles: tuple[DiscTitle, ...], known: KnownDiscs) -> Numbering:
    """Where the episodes of ``disc`` begin.

    Disc 1 begins with 1. A later disc goes on after the discs before it when all of them were ripped; otherwise they
    are taken to hold as many episodes as this one, which a person should look at.
    """
    season = 1 if disc.names.season is None else disc.names.season
    reasons = (
        [] if disc.names.season is not None else ["The disc does not say which season this is; season 1 was taken."]
    )
    others = [other for other in known.discs_of_show(disc.names.title, season) if other.id != disc.id]
    place = disc.names.disc_number
    if place is None:
        first = _after(others, known) if others else 1
        if others:
            reasons.append("The disc does not say which of the season it is; its episodes were put behind the others.")
    elif place <= 1:
        first = 1
    else:
        before = {other.names.disc_number: other for other in others if 0 < (other.names.disc_number or 0) < place}
        if len(before) == place - 1:
            first = _after(list(before.values()), known)
        else:
            first = (place - 1) * sum(title.role is TitleRole.EPISODE for title in titles) + 1
            reasons.append(
                "The discs before this one were not all ripped, so the episode numbers are a guess. Check them."
            )
    return Numbering(season, first, " ".join(reasons) or None)


def _after(discs: list[Disc], known: KnownDiscs) -> int:
    numbers = [
        media.names.episode or 0
        for disc in discs
        for media in known.media_of_disc(disc.id)
        if media.media_type is MediaType.EPISODE
    ]
    return max(numbers, default=0) + 1
