"""What the .nfo of a film, a show, an episode, an album or an artist says, from what the library knows."""

from collections.abc import Sequence
from datetime import UTC, datetime

from media_library.models.media import Media
from media_library.models.nfo import Nfo, NfoKind, NfoPerson, NfoTrack
from media_library.models.work import Credit, ShowEpisode, Work

_MOST_ACTORS = 60


def film_nfo(media: Media, work: Work, credits: Sequence[Credit], saga: str = "") -> Nfo:
    """A film. What a person called it counts before what a service does."""
    facts = work.facts
    return Nfo(
        NfoKind.MOVIE,
        title=media.names.title,
        original_title=facts.original_title or "",
        year=media.names.year or facts.year,
        premiered=_day(facts.released_on),
        plot=facts.overview or media.overview or "",
        tagline=facts.tagline or "",
        runtime_minutes=facts.runtime_minutes or media.duration_ms // 60_000 or None,
        certification=facts.certification or "",
        rating=facts.rating,
        votes=facts.votes,
        ids=_ids(work),
        genres=facts.genres,
        tags=facts.tags,
        studios=facts.studios,
        directors=_named(credits, "director"),
        writers=_named(credits, "writer"),
        actors=_cast(credits),
        collection=saga,
        edition=media.names.edition or "",
        date_added=_moment(media.added_at),
    )


def show_nfo(title: str, work: Work, credits: Sequence[Credit]) -> Nfo:
    """A show as it is called here."""
    facts = work.facts
    return Nfo(
        NfoKind.SHOW,
        title=title,
        original_title=facts.original_title or "",
        year=facts.year,
        premiered=_day(facts.released_on),
        plot=facts.overview or "",
        tagline=facts.tagline or "",
        runtime_minutes=facts.runtime_minutes,
        certification=facts.certification or "",
        rating=facts.rating,
        votes=facts.votes,
        ids=_ids(work),
        genres=facts.genres,
        tags=facts.tags,
        studios=facts.studios,
        writers=_named(credits, "creator"),
        actors=_cast(credits),
    )


def episode_nfos(media: Media, known: dict[tuple[int, int], ShowEpisode]) -> list[Nfo]:
    """An episode, or each of those that its file holds."""
    names = media.names
    if names.episode is None:
        return []
    season = 1 if names.season is None else names.season
    found = []
    for number in range(names.episode, max(names.episode, names.episode_end or 0) + 1):
        listed = known.get((season, number))
        is_first = number == names.episode
        title = names.title if is_first else (listed.title if listed is not None else None) or f"Episode {number}"
        found.append(
            Nfo(
                NfoKind.EPISODE,
                title=title,
                show_title=names.show_title or "",
                season=season,
                episode=number,
                plot=(listed.overview if listed is not None else None) or (media.overview if is_first else "") or "",
                premiered=_day(listed.aired_on) if listed is not None else None,
                runtime_minutes=listed.runtime_minutes if listed is not None else None,
                ids=(("tmdb", str(listed.tmdb_id)),) if listed is not None and listed.tmdb_id else (),
                date_added=_moment(media.added_at) if is_first else None,
            )
        )
    return found


def album_nfo(tracks: Sequence[Media], work: Work) -> Nfo:
    """An album of these tracks, in order."""
    names = tracks[0].names
    listed = [
        NfoTrack(one.names.track_number, one.names.title, one.duration_ms // 1000)
        for one in tracks
        if one.names.track_number is not None
    ]
    return Nfo(
        NfoKind.ALBUM,
        title=names.album or work.facts.title or "",
        year=names.year or work.facts.year,
        premiered=_day(work.facts.released_on),
        plot=work.facts.overview or "",
        ids=(("musicbrainzalbum", work.ids.musicbrainz),) if work.ids.musicbrainz else (),
        genres=work.facts.genres,
        studios=work.facts.studios,
        album_artist=names.album_artist or names.artist or "",
        tracks=tuple(listed),
    )


def artist_nfo(name: str) -> Nfo:
    """An artist."""
    return Nfo(NfoKind.ARTIST, title=name)


def _ids(work: Work) -> tuple[tuple[str, str], ...]:
    ids = (("tmdb", work.ids.tmdb), ("imdb", work.ids.imdb), ("tvdb", work.ids.tvdb))
    return tuple((service, str(number)) for service, number in ids if number)


def _named(credits: Sequence[Credit], job: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(credit.person.name for credit in credits if credit.job == job))


def _cast(credits: Sequence[Credit]) -> tuple[NfoPerson, ...]:
    cast = [credit for credit in credits if credit.job == "cast"][:_MOST_ACTORS]
    return tuple(NfoPerson(credit.person.name, credit.character, at) for at, credit in enumerate(cast))


def _day(text: str | None) -> str | None:
    return text if text is not None and len(text) == len("2016-11-10") else None


def _moment(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")
