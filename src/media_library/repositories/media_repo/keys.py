"""What media are sorted and grouped by, and the colour of their covers."""

import hashlib
import re
import unicodedata

from media_library.models.media import MediaNames, MediaType

_SHARING = frozenset({MediaType.EPISODE, MediaType.PODCAST})
_ARTICLES = re.compile(r"^(the|a|an|der|die|das|le|la|les|l'|el|il)\s+", re.IGNORECASE)


def sort_title(title: str) -> str:
    """The title as it is sorted: without accents, case and a leading article."""
    folded = "".join(char for char in unicodedata.normalize("NFKD", title) if not unicodedata.combining(char))
    return _ARTICLES.sub("", folded.strip()).casefold() or folded.casefold()


def show_key(names: MediaNames) -> str | None:
    """What the episodes of one show have in common; ``None`` for what is no episode."""
    return None if names.show_title is None else _key(names.show_title)


def album_key(names: MediaNames) -> str | None:
    """What the tracks of one album have in common; ``None`` for what is no track.

    An edition tells albums of the same name by the same artist apart.
    """
    if names.album is None:
        return None
    return _key(names.album_artist or names.artist or "", names.album, *([names.edition] if names.edition else ()))


def hue_of(media_type: MediaType, names: MediaNames) -> int:
    """The colour of the generated cover, 0 to 359: one for a show, a podcast or an album, else one for the title."""
    shared = names.show_title if media_type in _SHARING else names.album
    subject = shared or names.title
    return int.from_bytes(hashlib.sha256(subject.casefold().encode()).digest()[:2]) % 360


def _key(*parts: str) -> str:
    text = "\0".join(unicodedata.normalize("NFC", part).casefold().strip() for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def name_values(names: MediaNames) -> tuple[str | int | None, ...]:
    """The values of the columns title to track_number, sort_title, show_key and album_key, in this order."""
    return (
        names.title,
        names.year,
        names.show_title,
        names.season,
        names.episode,
        names.artist,
        names.album,
        names.album_artist,
        names.disc_number,
        names.track_number,
        sort_title(names.title),
        show_key(names),
        album_key(names),
    )
