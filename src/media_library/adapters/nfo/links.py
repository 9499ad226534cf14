"""Finds the addresses of pages of services in a text, which are all that some .nfo files hold."""

import re

_UUID = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
_TVDB = r"thetvdb\.com/(?:[^\s\"<>]{0,80}?[?&](?:id|seriesid)=|(?:series|dereferrer/series)/)(\d{1,9})\b"
_LINKS = tuple(
    (service, re.compile(pattern, re.IGNORECASE))
    for service, pattern in (
        ("imdb", r"imdb\.(?:com|org)/(?:[a-z]{2}/)?title/(tt\d{5,10})"),
        ("tmdb", r"(?:themoviedb|tmdb)\.org/(?:movie|tv)/(\d{1,9})"),
        ("tvdb", _TVDB),
        ("musicbrainzalbum", rf"musicbrainz\.org/release/{_UUID}"),
        ("musicbrainzartist", rf"musicbrainz\.org/artist/{_UUID}"),
    )
)


def ids_in(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs of service and id, each service once, the first that the text names."""
    found = ((service, pattern.search(text)) for service, pattern in _LINKS)
    return tuple((service, match[1].lower()) for service, match in found if match is not None)
