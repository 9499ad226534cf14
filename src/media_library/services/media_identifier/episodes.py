"""Which episodes of the service the files of a show are: by season and number, counted through, or by date."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from media_library.adapters.tmdb import EpisodeFacts
from media_library.services.media_identifier.evidence import Place
from media_library.services.media_identifier.titles import TitleFit, fit

_MOST_IN_A_FILE = 12


class Episodes:
    """The episodes of a show, findable in every way in which files number them."""

    def __init__(self, episodes: Iterable[EpisodeFacts]) -> None:
        self._all = sorted(episodes, key=lambda one: (one.season, one.episode))
        self._numbered = {(one.season, one.episode): one for one in self._all}
        self._regular = [one for one in self._all if one.season > 0]
        self._counts_on = _counts_on(self._regular)

    def of(self, place: Place) -> tuple[EpisodeFacts, ...]:
        """The episodes that a file holds, in order; empty if that cannot be told."""
        if place.aired_on is not None and place.episode is None:
            return self._aired(place)
        if place.season is not None and place.episode is not None:
            last = place.episode_end if place.episode_end is not None else place.episode
            found = self._range(place.season, place.episode, last)
            if found or place.season == 0:
                return found
            if place.season == 1 and place.absolute is None:
                return self._counted(place.episode, last)
        first = place.absolute if place.absolute is not None else place.episode
        if first is not None and place.season != 0:
            length = (place.episode_end or 0) - (place.episode or 0) if place.episode_end and place.episode else 0
            return self._counted(first, first + max(0, length))
        return self._titled(place)

    def _range(self, season: int, first: int, last: int) -> tuple[EpisodeFacts, ...]:
        numbers = range(first, min(max(first, last), first + _MOST_IN_A_FILE) + 1)
        found = tuple(one for number in numbers if (one := self._numbered.get((season, number))) is not None)
        return found if len(found) == len(numbers) else found[:1]

    def _counted(self, first: int, last: int) -> tuple[EpisodeFacts, ...]:
        """By the number through all seasons, which some shows of the service have as their own number."""
        numbers = range(first, min(max(first, last), first + _MOST_IN_A_FILE) + 1)
        if self._counts_on:
            return tuple(one for one in self._regular if one.episode in numbers)
        return tuple(self._regular[number - 1] for number in numbers if 0 < number <= len(self._regular))

    def _aired(self, place: Place) -> tuple[EpisodeFacts, ...]:
        """By the day; where the day differs by a time zone, the one beside it if there is only one."""
        day = date.fromisoformat(place.aired_on or "")
        found = [one for one in self._all if one.aired_on == day.isoformat()]
        if not found:
            beside = {(day + timedelta(days=gap)).isoformat() for gap in (-1, 1)}
            found = [one for one in self._all if one.aired_on in beside]
        if len(found) > 1 and place.title:
            found = [one for one in found if fit(one.title, place.title) >= TitleFit.SAME] or found
        return tuple(found) if len(found) == 1 else ()

    def _titled(self, place: Place) -> tuple[EpisodeFacts, ...]:
        """A special without a number, by its title."""
        if not place.title:
            return ()
        candidates = [one for one in self._all if place.season is None or one.season == place.season]
        found = [one for one in candidates if fit(one.title, place.title) >= TitleFit.SAME]
        return tuple(found) if len(found) == 1 else ()


def joined_title(episodes: Sequence[EpisodeFacts]) -> str:
    """The title of a file that holds these episodes; "" if they have none."""
    return " / ".join(dict.fromkeys(one.title for one in episodes if one.title))[:300]


def _counts_on(regular: Sequence[EpisodeFacts]) -> bool:
    """Whether the numbers go on from season to season instead of beginning anew."""
    numbers = [one.episode for one in regular]
    seasons = {one.season for one in regular}
    return len(seasons) > 1 and len(set(numbers)) == len(numbers) and numbers == sorted(numbers)
