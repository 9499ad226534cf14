"""What applying a match would change, before anything is written: new names that leave locked fields alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from media_library.adapters.tmdb import CrewMember, EpisodeFacts, FilmFacts, SeasonFacts, ShowFacts, TitleFacts
from media_library.models.media import Media, MediaNames
from media_library.models.work import Credit, Person, ShowEpisode, ShowSeason, WorkFacts, WorkIds
from media_library.services.media_identifier.episodes import Episodes, joined_title
from media_library.services.media_identifier.evidence import Evidence

_JOBS = {
    "Director": "director",
    "Creator": "creator",
    "Writer": "writer",
    "Screenplay": "writer",
    "Story": "writer",
    "Novel": "writer",
    "Original Music Composer": "composer",
    "Producer": "producer",
}
_MOST_CAST = 20
_NAMED = ("title", "year", "show_title", "season", "episode", "episode_end")


@dataclass(frozen=True, slots=True)
class Change:
    """A field of an item that would change, or would if it were not locked."""

    field: str
    old: str | int | None
    new: str | int | None
    is_locked: bool


@dataclass(frozen=True, slots=True)
class NewNames:
    """An item with the names and the overview that the service has for it, and its reference of the still."""

    media: Media
    wanted: MediaNames
    overview: str | None
    still: str | None = None

    @property
    def names(self) -> MediaNames:
        """The names that it gets: those that a person gave stay."""
        kept = {
            one.name: getattr(self.media.names, one.name) for one in fields(MediaNames) if one.name in self.media.locked
        }
        return replace(self.wanted, **kept)

    def changes(self) -> tuple[Change, ...]:
        """What would change in its names, and what would not because it is locked."""
        return tuple(
            Change(name, old, new, is_locked=name in self.media.locked)
            for name in _NAMED
            if (old := getattr(self.media.names, name)) != (new := getattr(self.wanted, name))
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """All that applying a film or a show comes to."""

    facts: WorkFacts
    ids: WorkIds
    credits: tuple[Credit, ...]
    items: tuple[NewNames, ...]
    poster: str | None
    backdrop: str | None
    saga_id: int | None = None
    episodes: tuple[ShowEpisode, ...] = ()
    seasons: tuple[ShowSeason, ...] = ()


def plan_film(media: Media, film: FilmFacts) -> Plan:
    """What a film would become."""
    wanted = replace(media.names, title=film.title, year=film.year or media.names.year)
    item = NewNames(media, wanted, film.overview or media.overview)
    facts = replace(_facts(film), runtime_minutes=film.runtime_minutes)
    return Plan(
        facts,
        WorkIds(film.id, film.imdb_id),
        _credits(film),
        (item,),
        film.poster,
        film.backdrop,
        film.saga_id,
    )


def plan_show(
    media: Sequence[Media], evidence: Evidence, show: ShowFacts, seasons: Sequence[SeasonFacts], title: str
) -> Plan:
    """What the episodes of a show would become; ``title`` is what the show is to be called here."""
    episodes = [episode for season in seasons for episode in season.episodes]
    known = Episodes(episodes)
    places = {place.media_id: place for place in evidence.places}
    locked = next((one.names.show_title for one in media if "show_title" in one.locked), None)
    items = []
    for one in media:
        found = known.of(places[one.id]) if one.id in places else ()
        wanted = replace(one.names, show_title=locked or title, year=show.year or one.names.year)
        overview, still = one.overview, None
        if found:
            first, last = found[0], found[-1]
            wanted = replace(
                wanted,
                title=joined_title(found) or one.names.title,
                season=first.season,
                episode=first.episode,
                episode_end=last.episode if last.episode > first.episode else one.names.episode_end,
            )
            overview = "\n\n".join(part.overview for part in found if part.overview) or one.overview
            still = first.still
        items.append(NewNames(one, wanted, overview, still))
    return Plan(
        _facts(show),
        WorkIds(show.id, show.imdb_id, show.tvdb_id),
        _credits(show),
        tuple(items),
        show.poster,
        show.backdrop,
        episodes=tuple(_listed(one) for one in episodes),
        seasons=tuple(
            ShowSeason(one.season, one.title or None, one.overview or None, one.aired_on, one.poster) for one in seasons
        ),
    )


def _facts(one: TitleFacts) -> WorkFacts:
    return WorkFacts(
        title=one.title,
        original_title=one.original_title if one.original_title != one.title else None,
        year=one.year,
        overview=one.overview or None,
        tagline=one.tagline or None,
        released_on=one.released_on,
        certification=one.certification,
        rating=one.rating,
        votes=one.votes or None,
        genres=one.genres,
        tags=one.tags,
        studios=one.studios,
    )


def _credits(one: TitleFacts) -> tuple[Credit, ...]:
    cast = (
        Credit(_person(actor.person_id, actor.name, actor.portrait), "cast", actor.character)
        for actor in one.cast[:_MOST_CAST]
    )
    return (*cast, *_crew(one.crew))


def _crew(crew: Iterable[CrewMember]) -> Iterable[Credit]:
    named = {(member.person_id, _JOBS[member.job]): member for member in reversed(tuple(crew)) if member.job in _JOBS}
    for (_, job), member in reversed(named.items()):
        yield Credit(_person(member.person_id, member.name, member.portrait), job)


def _person(tmdb_id: int, name: str, portrait: str | None) -> Person:
    return Person("", name, tmdb_id=tmdb_id, portrait=portrait)


def _listed(one: EpisodeFacts) -> ShowEpisode:
    return ShowEpisode(
        one.season,
        one.episode,
        one.title or None,
        one.overview or None,
        one.aired_on,
        one.runtime_minutes,
        one.still,
        one.id,
    )
